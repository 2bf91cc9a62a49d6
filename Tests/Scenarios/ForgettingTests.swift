import Foundation
import Models
import Testing

@Suite("Forgetting", .serialized)
struct ForgettingTests {
    /// Words of the page that must go, none of which stands anywhere else; and those of its address, name and headers.
    private static let secrets = [
        "Zephyrine", "Okonjawa", "quillbasket", "undertow-ledger", "Harbourmaster whispers", "velvetine",
    ]

    private static let page = Story.page(
        headline: "Harbourmaster whispers about missing funds",
        Story.paragraphs + [
            "Zephyrine Okonjawa, who lives above the quillbasket workshop, told this paper what she had seen in the velvetine ledger."
        ])

    /// An archive with several packs, of pages that lean on the secret one and on which it leans.
    private func archive(on machine: Machine, snapshot: Bool = true) throws -> String {
        try machine.stet("init", "press")
        try capture(machine, Story.page(), "bridge", day: 1)
        try capture(machine, Self.page, "undertow-ledger", day: 2)
        try capture(machine, Story.page(Story.paragraphs + ["The ferry was late."]), "bridge", day: 3)
        if snapshot { #expect(try machine.stet("snapshot", "--archive", "press").exit == 0) }
        try capture(machine, Self.page + "<!-- again -->", "undertow-ledger", day: 4)
        try capture(machine, Story.page(Story.paragraphs + ["The ferry was early."]), "bridge", day: 5)
        // Fills the caches.
        #expect(try machine.stet("search", "Zephyrine", "--archive", "press", "--json").lines.count == 1)
        try machine.stet("changes", "--archive", "press")
        return try origin(machine)
    }

    private func capture(_ machine: Machine, _ text: String, _ name: String, day: Int) throws {
        try machine.write(text, to: "page.html")
        let run = try machine.stet(
            "capture", "page.html", "--url", "https://post.example/\(name)", "--captured-at",
            "2026-03-0\(day)T00:00:00Z",
            "--archive", "press")
        try #require(run.exit == 0, "\(run.errors)")
        try FileManager.default.removeItem(atPath: machine.path("page.html"))
    }

    private func origin(_ machine: Machine) throws -> String {
        let lines = try machine.stet("stats", "--archive", "press", "--json").lines
        let origins = lines.compactMap { $0["origin"]?.string }
        return String(try #require(origins.first).prefix(12))
    }

    private func forget(_ machine: Machine, _ name: String, _ more: String..., archive: String = "press") throws
        -> Machine.Run
    {
        try machine.run(
            Machine.stet,
            ["forget", name, "--reason", "it endangers somebody", "--yes", "--json", "--archive", archive] + more)
    }

    /// What is found of `words` in any file below a folder: as it lies there, in every frame of every pack, and in every bundle.
    private func traces(_ machine: Machine, of words: [String], in folder: String) throws -> [String] {
        let script = """
            import glob, os, subprocess, sys
            code = open(sys.argv[1]).read().split('```python')[1].split('```')[0].split('wanted, files')[0]
            exec(code)
            folder, words = sys.argv[2], sys.argv[3:]
            def report(where, data):
                for word in words:
                    if word.encode() in data or (len(word) == 64 and bytes.fromhex(word) in data):
                        print(where, word)
            packs = {}
            for root, _, files in os.walk(folder):
                for file in files:
                    path = os.path.join(root, file)
                    data = open(path, 'rb').read()
                    report(path, data)
                    if path.endswith('.pack'):
                        packs[path] = list(frames(data))
                    elif path.endswith('.zst'):
                        report(path + ' unpacked', subprocess.run(['zstd', '-dcq', path], stdout=subprocess.PIPE, check=True).stdout)
            by_name = {frame[4]: frame for pack in packs.values() for frame in pack}
            for path, pack in packs.items():
                for frame in pack:
                    report(path + ' frame', content(frame))
            """
        try machine.write(script, to: "traces.py")
        let format = Machine.repository.appending(path: "archive/FORMAT.md").path
        let run = try machine.run(
            URL(filePath: "/usr/bin/python3"), [machine.path("traces.py"), format, folder] + words)
        try #require(run.exit == 0, "\(run.errors)")
        return run.text.split(separator: "\n").map(String.init)
    }

    private func payloads(_ machine: Machine) throws -> [String] {
        try machine.stet("log", "undertow-ledger", "--archive", "press", "--json").lines.flatMap {
            $0["captures"]?.array ?? []
        }.compactMap { $0["payload"]?.string }
    }

    @Test("leaves nothing of a capture in any file, and a log that verifies")
    func gone() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        let words = Self.secrets + (try payloads(machine))
        try #require(words.count == Self.secrets.count + 2)
        #expect(try traces(machine, of: words, in: "press").count > 20)

        let first = try forget(machine, "\(origin):2")
        #expect(first.exit == 0, "\(first.errors)")
        #expect(try first.summary["withheld"]?.integer == 1)
        let snapshots = try first.summary["snapshots"]?.array ?? []
        #expect(snapshots.map { $0["number"]?.integer } == [1])
        #expect(first.errors.contains("\(origin):4"), "captures that show the same text are named: \(first.errors)")
        #expect(try forget(machine, "\(origin):4").exit == 0)
        #expect(try traces(machine, of: words, in: "press") == [])

        let verify = try machine.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0, "\(verify.text) \(verify.errors)")
        #expect(try verify.summary["withheld"]?.integer == 2 && verify.summary["missing"]?.integer == 0)
        #expect(try verify.summary["captures"]?.integer == 3)
        let log = try machine.stet("log", "\(origin):2", "--archive", "press")
        #expect(log.exit == 0 && log.text.contains("withheld since") && log.text.contains("endangers somebody"))
        #expect(try machine.stet("show", "\(origin):2", "--archive", "press").exit == 66)
        #expect(try machine.stet("articles", "--archive", "press", "--json").lines.count == 1)
        #expect(try machine.stet("diff", "bridge", "--archive", "press").exit == 0)
        // Once more changes nothing.
        #expect(try forget(machine, "\(origin):2").exit == 0)
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)
    }

    @Test("nothing brings it back: reindex, gc, repair, snapshot, restore")
    func staysGone() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        let words = Self.secrets + (try payloads(machine))
        try machine.shell("mkdir stick && cp -a press/archive press/manifests stick")
        for index in [2, 4] { #expect(try forget(machine, "\(origin):\(index)").exit == 0) }
        for verb in [["reindex"], ["gc", "--all"], ["repair", machine.path("stick")], ["snapshot"]] {
            let run = try machine.run(Machine.stet, verb + ["--archive", "press"])
            #expect(run.exit == 0, "\(verb) \(run.errors)")
            #expect(try traces(machine, of: words, in: "press") == [], "\(verb)")
        }
        // With all packs lost, lines and objects come from the old bundle on the stick and from newer ones of its own.
        try machine.shell("cp -a press lost; rm lost/packs/* lost/archive/*-0-4.*; rm -f lost/catalog.sqlite*")
        let repair = try machine.stet("repair", machine.path("stick"), "--archive", "lost")
        // The old bundle is not put back, and is named as missing.
        #expect(repair.exit == 13 && repair.text.contains("no bundle"), "\(repair.text) \(repair.errors)")
        #expect(try traces(machine, of: words, in: "lost") == [])
        #expect(try machine.stet("verify", "--archive", "lost", "--json").summary["withheld"]?.integer == 2)

        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        #expect(try traces(machine, of: words, in: "copy") == [])
        #expect(try machine.stet("verify", "--archive", "copy", "--json").summary["withheld"]?.integer == 2)
        // A stick that still has the old bundle, and got the new ones.
        try machine.shell("cp -n press/archive/* stick/archive; cp -n press/manifests/* stick/manifests")
        let old = try machine.stet("restore", "stick", "late")
        #expect(old.exit == 0, "\(old.errors)")
        #expect(try traces(machine, of: words, in: "late") == [])
        let verify = try machine.stet("verify", "--archive", "late")
        #expect(verify.exit == 0, "\(verify.text) \(verify.errors)")
        // What was packed anew cannot pass for the snapshot before the withdrawal.
        #expect(try machine.stet("restore", "press", "before", "--snapshot", "1").exit == 13)
        #expect(!FileManager.default.fileExists(atPath: machine.path("before")))
    }

    @Test("without a snapshot no key is needed, and the first snapshot leaves it out")
    func neverPacked() throws {
        let machine = try Machine()
        let origin = try archive(on: machine, snapshot: false)
        let words = Self.secrets + (try payloads(machine))
        for index in [2, 4] { #expect(try forget(machine, "\(origin):\(index)").exit == 0) }
        #expect(try machine.stet("snapshot", "--archive", "press").exit == 0)
        #expect(try traces(machine, of: words, in: "press") == [])
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        #expect(try machine.stet("verify", "--archive", "copy", "--json").summary["captures"]?.integer == 3)
    }

    @Test("captures of the same bytes are named, and go only when that is said")
    func identical() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        try capture(machine, Self.page, "undertow-ledger", day: 6)
        let refused = try forget(machine, "\(origin):2")
        #expect(refused.exit == 64 && refused.errors.contains("\(origin):"), "\(refused.errors)")
        #expect(try machine.stet("show", "\(origin):2", "--archive", "press").exit == 0)
        let both = try forget(machine, "\(origin):2", "--with-identical")
        #expect(both.exit == 0, "\(both.errors)")
        #expect(try both.summary["withheld"]?.integer == 2)
        #expect(try machine.stet("verify", "--archive", "press", "--json").summary["withheld"]?.integer == 2)
    }

    @Test("another origin's capture is hidden here, and only here")
    func hidden() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        try machine.stet("snapshot", "--archive", "press")
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        let words = Self.secrets + (try payloads(machine))
        for index in [2, 4] {
            let run = try forget(machine, "\(origin):\(index)", archive: "copy")
            #expect(run.exit == 0, "\(run.errors)")
            #expect(try run.summary["hidden"]?.integer == 1 && run.lines.first?["status"]?.string == "hidden")
        }
        #expect(try traces(machine, of: words, in: "copy") == [])
        let verify = try machine.stet("verify", "--archive", "copy", "--json")
        #expect(verify.exit == 0, "\(verify.text)")
        #expect(try verify.summary["withheld"]?.integer == 2)
        // Whoever restores from there gets what is there; the owner's archive has all.
        let third = try machine.stet("restore", "copy", "third")
        #expect(third.exit == 0, "\(third.errors)")
        #expect(try machine.stet("verify", "--archive", "third").exit == 0)
        // Who has the owner's own bundles, too, is not bound by what the copy hides.
        try machine.shell("cp -a copy union; cp -a press/archive press/manifests union")
        #expect(try machine.stet("restore", "union", "both").exit == 0)
        #expect(try machine.stet("verify", "--archive", "both", "--json").summary["captures"]?.integer == 5)
        #expect(try machine.stet("restore", "copy", "alone", "--origin", origin).exit == 13)
        #expect(try machine.stet("verify", "--archive", "press", "--json").summary["captures"]?.integer == 5)
    }

    @Test(
        "kill -9 before any call that changes a file: either nothing is forgotten, or the next command finishes it",
        .enabled(if: Faults.isThere, Faults.reason))
    func killed() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        let words = Self.secrets + (try payloads(machine))
        #expect(try forget(machine, "\(origin):4").exit == 0)
        try machine.shell("cp -a press kept")
        let faults = try Faults(machine)
        let arguments = ["forget", "\(origin):2", "--reason", "r", "--yes", "--archive", "press"]
        let calls = try faults.calls(arguments)
        var chance = Chance()
        var outcomes: Set<Bool> = []
        // The first calls write the withdrawal; behind the last one nothing is stopped.
        let later = (13...calls).shuffled(using: &chance).prefix(12)
        for call in Array(1...12) + later.sorted() + [calls + 100] {
            let round = "seed \(chance.seed), call \(call) of \(calls)"
            try machine.shell("rm -rf press && cp -a kept press")
            _ = try faults.run(arguments, .kill, at: call)
            let verify = try machine.stet("verify", "--archive", "press", "--json")
            #expect(verify.exit == 0, "\(round): \(verify.text) \(verify.errors)")
            let isGone = try verify.summary["withheld"]?.integer == 2
            outcomes.insert(isGone)
            if isGone {
                let left = try traces(machine, of: words, in: "press")
                #expect(left == [], "\(round)")
            } else {
                #expect(try machine.stet("show", "\(origin):2", "--archive", "press").exit == 0)
            }
            #expect(try machine.stet("restore", "press", "copy").exit == 0, "\(round)")
            try machine.shell("rm -rf copy")
        }
        #expect(outcomes == [true, false])
    }

    @Test("captures may go on meanwhile")
    func together() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        let words = Self.secrets + (try payloads(machine))
        for number in 0..<60 {
            try machine.write(Story.page(headline: "Story \(number)"), to: "in/\(number).html")
        }
        let script = """
            export HOME=$PWD/home
            for writer in 0 1; do
              ( for round in 1 2 3 4; do \(Machine.stet.path) capture in --archive press --quiet > /dev/null || echo "exit $?"; done ) &
            done
            for index in 2 4; do \(Machine.stet.path) forget \(origin):$index --reason r --yes --archive press > /dev/null || echo "exit $?"; done
            wait
            """
        #expect(try machine.shell(script).text == "")
        #expect(try traces(machine, of: words, in: "press") == [])
        let verify = try machine.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0, "\(verify.text) \(verify.errors)")
        #expect(try verify.summary["captures"]?.integer == 483)
    }

    @Test("what is refused: no such capture, a genesis record, no reason, no confirmation")
    func refused() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        #expect(try forget(machine, "\(origin):99").exit == 66)
        #expect(try forget(machine, "\(origin):0").exit == 66)
        #expect(try forget(machine, "undertow-ledger").exit == 64)
        #expect(try machine.stet("forget", "\(origin):2", "--archive", "press", "--yes").exit == 64)
        #expect(try machine.stet("forget", "\(origin):2", "--reason", "", "--archive", "press", "--yes").exit == 64)
        #expect(try machine.stet("forget", "\(origin):2", "--reason", "r", "--archive", "press").exit == 64)
        #expect(try machine.stet("verify", "--archive", "press", "--json").summary["captures"]?.integer == 5)
    }
}
