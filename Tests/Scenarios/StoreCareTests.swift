import Foundation
import Models
import Testing

@Suite("Care of the store")
struct StoreCareTests {
    /// An archive with several packs, of pages that lean on each other, and a snapshot beside it.
    private func archive(on machine: Machine, rounds: Int = 5) throws {
        try machine.stet("init", "press")
        for round in 0..<rounds {
            for number in 0..<40 {
                let filler = (0..<60).map {
                    "Sentence \($0) of story \(number) says \(number &* 7919 &+ $0 &* 104_729)."
                }
                try machine.write(
                    "Headline \(number)\n\nRound \(round).\n\n" + filler.joined(separator: " "),
                    to: "in/site\(number % 4)/\(number).txt")
            }
            try machine.stet(
                "capture", "in", "--archive", "press", "--quiet", "--captured-at", "2026-03-0\(round + 1)T00:00:00Z")
        }
    }

    @Test(
        "kill -9 at any moment of a merging, a reindexing or a repair loses nothing",
        arguments: ["gc --all", "reindex", "repair"])
    func killed(verb: String) throws {
        let machine = try Machine()
        try archive(on: machine)
        try machine.stet("snapshot", "--archive", "press")
        for round in 0..<14 {
            if verb == "repair" {
                // Something to do each time: a byte in the middle of the largest pack.
                try machine.shell(
                    """
                    pack=$(ls -S press/packs/*.pack | head -1); size=$(stat -c %s $pack)
                    printf '\\377' | dd of=$pack bs=1 seek=$((size / 3)) conv=notrunc status=none
                    """)
            }
            try machine.shell(killing: "\(verb) --archive press", after: 0.004 + Double(round) * 0.012)
            if verb == "repair" {
                let again = try machine.stet("repair", "--archive", "press")
                #expect(again.exit == 0, "round \(round): \(again.text) \(again.errors)")
            }
            let verify = try machine.stet("verify", "--archive", "press", "--json")
            #expect(verify.exit == 0, "round \(round): \(verify.text) \(verify.errors)")
            #expect(try verify.summary["captures"]?.integer == 200)
        }
        #expect(try machine.stet("gc", "--all", "--archive", "press", "--json").summary["packsAfter"]?.integer == 1)
        #expect(try machine.stet("capture", "in", "--archive", "press").exit == 0)
        #expect(try machine.stet("verify", "--archive", "press", "--json").summary["captures"]?.integer == 240)
    }

    @Test("captures, mergings and readings at the same time: no error, no loss")
    func together() throws {
        let machine = try Machine()
        try archive(on: machine, rounds: 2)
        let stet = Machine.stet.path
        let script = """
            export HOME=$PWD/home
            run() { "$@" > /dev/null 2>> errors || echo "exit $? of $*" >> failures; }
            for writer in 0 1 2 3; do
              ( for round in 1 2 3 4 5 6; do run \(stet) capture in/site$writer --archive press --quiet; done ) &
            done
            ( for round in 1 2 3 4 5 6; do run \(stet) gc --all --archive press; done ) &
            ( for round in 1 2 3 4 5 6; do run \(stet) export --files out --archive press; run \(stet) articles --archive press; done ) &
            wait
            cat failures errors 2>/dev/null || true
            """
        #expect(try machine.shell(script).text == "")
        let verify = try machine.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0, "\(verify.text)")
        #expect(try verify.summary["captures"]?.integer == 320)
    }

    @Test("a byte changed anywhere is found and named, or carries no information")
    func randomFlips() throws {
        let machine = try Machine()
        try archive(on: machine, rounds: 2)
        try machine.stet("snapshot", "--archive", "press")
        // So that its catalog is one file, and whole.
        try machine.shell("cp -r press pristine")
        let before = try machine.shell("cd pristine && find . -type f -size +0 | sort").text.split(separator: "\n").map(
            String.init)
        #expect(before.count >= 8)
        var state: UInt64 = 42
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        var found = 0
        for flip in 0..<150 {
            let name = before[random(before.count)]
            try machine.shell("rm -rf press && cp -r pristine press")
            let file = machine.folder.appending(path: "press/\(name)")
            var bytes = try Data(contentsOf: file)
            let at = bytes.startIndex + random(bytes.count)
            let old = bytes[at]
            bytes[at] ^= UInt8(1 << random(8))
            try bytes.write(to: file)
            let verify = try machine.stet("verify", "--archive", "press", "--json")
            if verify.exit != 0 {
                #expect([10, 12, 13].contains(verify.exit), "flip \(flip) in \(name): \(verify.exit) \(verify.errors)")
                found += 1
                continue
            }
            // What was found by comparing captures is computed anew from them whenever it is thrown away.
            if name.contains("tracking.sqlite") { continue }
            // The catalog is a cache with unused room in it; a name in the hint is only what somebody calls himself. What was captured
            // and signed must be as it was.
            let isUnused = name.contains("catalog.sqlite") || (name.contains("allowed_signers") && at < 64)
            #expect(isUnused, "flip \(flip) in \(name) at \(at) of \(old)")
            #expect(try verify.summary["captures"]?.integer == 80)
        }
        #expect(found > 90)
    }

    @Test("the reader that the format document prints, with zstd --patch-from, gives every object back")
    func stockReader() throws {
        let machine = try Machine()
        try archive(on: machine, rounds: 3)
        let document = try String(
            contentsOf: Machine.repository.appending(path: "archive/FORMAT.md"), encoding: .utf8)
        let section = try #require(document.split(separator: "## 6. Reading a pack without stet").last)
        let code = try #require(
            section.split(separator: "```python\n").dropFirst().first?.split(separator: "```").first)
        try machine.write(String(code), to: "unpack.py")
        for isMerged in [false, true] {
            if isMerged { try machine.stet("gc", "--all", "--archive", "press") }
            let chain = try machine.stet("stats", "--archive", "press", "--json").summary["longestChain"]?.integer ?? 0
            #expect(isMerged || chain > 1, "there must be deltas to read")
            let listed = try machine.shell("python3 unpack.py press/packs/*.pack 2>lines").text.split(separator: "\n")
            #expect(listed.count == 240 + 1 - 0, "payloads, details and the genesis detail")
            #expect(try machine.shell("wc -l < lines").text == "121\n")
            let name = try #require(listed.max { $0.count < $1.count }?.prefix(64))
            #expect(
                try machine.shell("python3 unpack.py -x \(name) press/packs/*.pack 2>/dev/null | sha256sum").text
                    .hasPrefix(name))
        }
    }
}
