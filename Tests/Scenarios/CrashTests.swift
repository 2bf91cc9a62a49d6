import Foundation
import Models
import Testing

@Suite("Crashes and several processes at once")
struct CrashTests {
    @Test("kill -9 at any moment of a capture leaves every reported capture, and nothing half there")
    func killedCaptures() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for number in 0..<600 {
            let filler = (0..<40).map { "Sentence \($0) of story \(number) says \(number &* 7919 &+ $0 &* 104_729)." }
            try machine.write(
                "Headline \(number)\n\n" + filler.joined(separator: " "), to: String(format: "in/%04d.txt", number))
        }
        var reported: Set<String> = []
        for round in 0..<12 {
            // Later and later, from before the first byte to after the last.
            let delay = Double(round) * 0.08
            let run = try machine.shell(
                killing:
                    "capture in --archive press --json --captured-at 2026-03-01T00:00:\(String(format: "%02d", round))Z",
                after: 0.01 + delay)
            for line in run.text.split(separator: "\n") {
                // The last line may be cut off by the kill.
                guard let json = try? JSON(parsing: Array(line.utf8)), let name = json["capture"]?.string else {
                    continue
                }
                reported.insert(name)
            }
            let verify = try machine.stet("verify", "--archive", "press", "--json")
            #expect(verify.exit == 0, "round \(round): \(verify.text)")
            #expect(try (verify.summary["captures"]?.integer ?? 0) >= reported.count)
        }
        #expect(!reported.isEmpty)
        var held: Set<String> = []
        for article in try machine.stet("articles", "--archive", "press", "--json").lines.compactMap({
            $0["article"]?.string
        }).prefix(40) {
            for state in try machine.stet("log", article, "--archive", "press", "--json").lines {
                for capture in state["captures"]?.array ?? [] { held.insert(capture["capture"]?.string ?? "") }
            }
        }
        #expect(!held.isEmpty)
        let stats = try machine.stet("stats", "--archive", "press", "--json").summary
        #expect((stats["captures"]?.integer ?? 0) >= reported.count)
        #expect(try machine.stet("capture", "in", "--archive", "press").exit == 0)
    }

    @Test("a snapshot that was interrupted is made anew, whole")
    func killedSnapshots() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for round in 0..<10 {
            try machine.write(
                "Headline \(round)\n\n" + String(repeating: "Words of round \(round). ", count: 2000),
                to: "in/\(round).txt")
            try machine.stet("capture", "in", "--archive", "press")
            try machine.shell(killing: "snapshot --archive press", after: 0.005 + Double(round) * 0.006)
        }
        #expect(try machine.stet("snapshot", "--archive", "press").exit == 0)
        let verify = try machine.stet("verify", "--archive", "press")
        #expect(verify.exit == 0, "\(verify.text) \(verify.errors)")
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        #expect(try machine.stet("articles", "--archive", "copy", "--json").lines.count == 10)
    }

    @Test("four processes capture into one archive at once: no error, no loss")
    func fourProcesses() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for writer in 0..<4 {
            for number in 0..<50 {
                try machine.write(
                    "Headline \(writer) \(number)\n\nText \(number).", to: "in\(writer)/w\(writer)-\(number).txt")
            }
        }
        let script = """
            export HOME=$PWD/home
            for writer in 0 1 2 3; do
              ( for round in 1 2 3 4 5; do \(Machine.stet.path) capture in$writer --archive press --quiet >> out.$writer || echo "exit $?" >> failures; done ) &
            done
            wait
            cat failures 2>/dev/null || true
            """
        #expect(try machine.shell(script).text == "")
        let verify = try machine.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0)
        #expect(try verify.summary["captures"]?.integer == 1000)
        #expect(try machine.stet("articles", "--archive", "press", "--json").lines.count == 200)
    }
}
