import Foundation
import Models
import Testing

/// One way to work on an archive, which is stopped at some moment.
struct Work: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    /// Packs are captured one by one until as many are there as this needs.
    var rounds = 5
    /// A byte of the largest pack is changed first.
    var isDamaged = false
    /// All is in one pack, as `gc --all` leaves it: what a repair brings back is then in frames of the same names.
    var isMerged = false
    var hasCatalog = true
    var testDescription: String { name }

    static let capture = Work(name: "capture", arguments: ["capture", "new", "--json"])
    static let merging = Work(
        name: "capture that merges small packs", arguments: ["capture", "new", "--json"], rounds: 7)
    static let gc = Work(name: "gc", arguments: ["gc", "--all"])
    static let reindex = Work(name: "reindex", arguments: ["reindex"])
    static let repair = Work(name: "repair", arguments: ["repair"], isDamaged: true)
    static let repairMerged = Work(name: "repair after gc", arguments: ["repair"], isDamaged: true, isMerged: true)
    static let repairBlind = Work(
        name: "repair without a catalog", arguments: ["repair"], isDamaged: true, hasCatalog: false)
    static let snapshot = Work(name: "snapshot", arguments: ["snapshot"])
}

@Suite("Stopped, or out of room, at any moment", .enabled(if: Faults.isThere, Faults.reason))
struct FaultTests {
    /// A machine with an archive in `ready`, of pages that lean on each other, some captures and a snapshot beside it.
    private func machine(_ work: Work) throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "ready")
        if work.isDamaged {
            // Bytes that are stored as they are: nothing but their hash shows that one was changed.
            try machine.shell("head -c 100000 /dev/urandom > noise.bin")
            try machine.stet("capture", "noise.bin", "--archive", "ready")
        }
        for round in 0..<work.rounds {
            for number in 0..<8 {
                let filler = (0..<30).map {
                    "Sentence \($0) of story \(number) says \(number &* 7919 &+ $0 &* 104_729)."
                }
                try machine.write(
                    "Headline \(number)\n\nRound \(round).\n\n" + filler.joined(separator: " "),
                    to: "in/site\(number % 3)/\(number).txt")
            }
            // The last captures are those that a merging takes up.
            if round == 2 { try machine.stet("snapshot", "--archive", "ready") }
            try machine.stet("capture", "in", "--archive", "ready", "--captured-at", "2026-03-0\(round + 1)T00:00:00Z")
        }
        try machine.shell("cp -r in new; for file in new/*/*.txt; do echo 'And more.' >> $file; done")
        if work.name == "snapshot" { return machine }
        try machine.stet("snapshot", "--archive", "ready")
        if work.isMerged { try machine.stet("gc", "--all", "--archive", "ready") }
        if work.isDamaged {
            try machine.shell(
                """
                pack=$(ls -S ready/packs/*.pack | head -1); size=$(stat -c %s $pack)
                printf '\\377\\376' | dd of=$pack bs=1 seek=$((size / 2)) conv=notrunc status=none
                """)
        }
        return machine
    }

    private func count(_ machine: Machine, _ archive: String) throws -> (size: Int, captures: Int) {
        let stats = try machine.stet("stats", "--archive", archive, "--json")
        let log = try #require(try stats.lines.first { $0["origin"] != nil })
        return (Int(try #require(log["size"]?.integer)), Int(try #require(stats.summary["captures"]?.integer)))
    }

    /// The captures that a run said were stored; its last line may be cut off.
    private func reported(_ run: Machine.Run) -> [String] {
        run.text.split(separator: "\n").compactMap { line in
            (try? JSON(parsing: Array(line.utf8)))?["capture"]?.string
        }
    }

    /// `verify` finds nothing wrong; what was there before is there, and each capture that was reported.
    private func check(
        _ machine: Machine, before: (size: Int, captures: Int), reported: [String], _ comment: Comment
    ) throws {
        let verify = try machine.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0, "\(comment): \(verify.text) \(verify.errors)")
        let after = try count(machine, "press")
        #expect(try Int(verify.summary["captures"]?.integer ?? -1) == after.captures, comment)
        #expect(after.captures >= before.captures, comment)
        for name in reported {
            let index = try #require(name.split(separator: ":").last.flatMap { Int($0) })
            #expect(index >= before.size && index < after.size, "\(comment): \(name) was reported")
        }
        #expect(Set(reported).count == reported.count, comment)
        // A batch is there whole or not at all.
        #expect([0, 8].contains(after.captures - before.captures), comment)
    }

    @Test(
        "kill -9 before any call that changes a file: what was reported is there, nothing is half there",
        arguments: [Work.capture, .merging, .gc, .reindex, .repair, .repairMerged, .repairBlind, .snapshot])
    func killed(work: Work) throws {
        let machine = try machine(work)
        let faults = try Faults(machine)
        let before = try count(machine, "ready")
        if !work.hasCatalog { try machine.shell("rm ready/catalog.sqlite*") }
        let arguments = work.arguments + ["--archive", "press"]
        try machine.shell("cp -r ready press")
        let calls = try faults.calls(arguments)
        if work.name == Work.merging.name {
            try #require(try machine.files(below: "press/packs", suffix: ".pack").count < 4, "it must merge")
        }
        var chance = Chance()
        let rounds = Chance.amount("STET_TEST_ROUNDS", default: 16)
        for call in (1...calls).shuffled(using: &chance).prefix(rounds).sorted() {
            let comment: Comment = "\(work.name), seed \(chance.seed), call \(call) of \(calls)"
            try machine.shell("rm -rf press; cp -r ready press")
            let killed = try faults.run(arguments, .kill, at: call)
            // Threads may do a call more or less than the first time.
            #expect(killed.exit == -9 || call > calls - 10, "\(comment): exit \(killed.exit) \(killed.errors)")
            if work.isDamaged {
                let again = try machine.stet("repair", "--archive", "press")
                #expect(again.exit == 0, "\(comment): \(again.text) \(again.errors)")
            }
            try check(machine, before: before, reported: reported(killed), comment)
            let again = try machine.run(Machine.stet, arguments)
            #expect(again.exit == 0, "\(comment): \(again.text) \(again.errors)")
            #expect(try machine.stet("verify", "--archive", "press").exit == 0, comment)
            let left = try machine.shell("ls -A press press/* | grep -c '^.tmp' || true").text
            #expect(left == "0\n", "\(comment): temporary files are left")
        }
    }

    @Test(
        "no room on the disk, from any write on: exit 74, the archive is as it was, and works again when there is room",
        arguments: [Work.capture, .merging, .gc, .reindex, .repair, .snapshot])
    func full(work: Work) throws {
        let machine = try machine(work)
        let faults = try Faults(machine)
        let before = try count(machine, "ready")
        let arguments = work.arguments + ["--archive", "press"]
        try machine.shell("cp -r ready press")
        let calls = try faults.calls(arguments)
        var chance = Chance()
        let rounds = Chance.amount("STET_TEST_ROUNDS", default: 12)
        var refused = 0
        for call in (1...calls).shuffled(using: &chance).prefix(rounds).sorted() {
            let comment: Comment = "\(work.name), seed \(chance.seed), call \(call) of \(calls)"
            try machine.shell("rm -rf press; cp -r ready press")
            let run = try faults.run(arguments, .full, at: call)
            // What comes after the captures are told, merging above all, must not fail them.
            #expect([0, 74].contains(run.exit), "\(comment): exit \(run.exit) \(run.text) \(run.errors)")
            if run.exit == 74 {
                refused += 1
                #expect(run.errors.contains("disk"), "\(comment): \(run.errors)")
            }
            if work.isDamaged {
                let again = try machine.stet("repair", "--archive", "press")
                #expect(again.exit == 0, "\(comment): \(again.text) \(again.errors)")
            }
            try check(machine, before: before, reported: reported(run), comment)
            let again = try machine.run(Machine.stet, arguments)
            #expect(again.exit == 0, "\(comment): \(again.text) \(again.errors)")
            #expect(try machine.stet("verify", "--archive", "press").exit == 0, comment)
        }
        #expect(refused > 0)
    }

    @Test("kill -9 at random moments of captures, one after the other into one archive")
    func killedByTime() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for number in 0..<400 {
            let filler = (0..<40).map { "Sentence \($0) of story \(number) says \(number &* 7919 &+ $0 &* 104_729)." }
            try machine.write("Headline \(number)\n\n" + filler.joined(separator: " "), to: "in/\(number).txt")
        }
        var chance = Chance()
        var all: Set<String> = []
        var round = 0
        // On a machine that has much else to do a capture takes longer than any time set beforehand: the times grow until some are told.
        while round < 12 || (all.isEmpty && round < 60) {
            let delay = Double.random(in: 0.01..<0.9, using: &chance) * (1 + Double(round / 12))
            let verb = Bool.random(using: &chance) ? "capture in --json" : "gc --all"
            let run = try machine.shell(killing: "\(verb) --archive press", after: delay)
            let names = reported(run)
            #expect(all.isDisjoint(with: names), "seed \(chance.seed), round \(round): an index was given twice")
            all.formUnion(names)
            let verify = try machine.stet("verify", "--archive", "press", "--json")
            #expect(verify.exit == 0, "seed \(chance.seed), round \(round): \(verify.text) \(verify.errors)")
            let now = try count(machine, "press")
            #expect(now.captures >= all.count && now.captures == now.size - 1, "seed \(chance.seed), round \(round)")
            round += 1
        }
        #expect(!all.isEmpty)
    }
}
