import Foundation
import Models
import Testing

/// The real binary against a web server on this machine.
@Suite("Captures from the web")
struct WebCaptureTests {
    private static func page(_ people: String) -> String {
        """
        <html><head><title>Harbour wall collapses</title></head><body><article><h1>Harbour wall collapses</h1>
        <p>The harbour wall of the old town collapsed in the night, officials said, and \(people) people were hurt near the quay.</p>
        <p>Repairs will take several months, according to the council, which met in the evening to discuss what they will cost.</p>
        </article></body></html>
        """
    }

    /// `files.py` over the machine's folder `site`, until the test ends.
    private final class Web {
        let root: String
        private let process = Process()
        private let input = Pipe()

        init(_ machine: Machine) throws {
            try machine.write(WebCaptureTests.page("12"), to: "site/a.html")
            try machine.write(WebCaptureTests.page("12"), to: "site/b.html")
            let output = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "python3", Machine.repository.appending(path: "Tests/Servers/files.py").path, machine.path("site"),
            ]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            var line = ""
            while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
                line.append(Character(Unicode.Scalar(byte)))
            }
            root = "http://127.0.0.1:\(try #require(Int(line)))/plain"
        }

        deinit { kill(process.processIdentifier, SIGKILL) }
    }

    @Test(
        "pages are captured with how they came; what was not reached is recorded, and is no state, no edit and no removal"
    )
    func captures() throws {
        let machine = try Machine()
        let web = try Web(machine)
        try machine.stet("init", "press")
        let archive = ["--archive", machine.path("press")]
        let run = try machine.run(
            Machine.stet,
            [
                "capture", "\(web.root)/a.html", "http://127.0.0.1:1/x", "\(web.root)/none.html", "--delay", "0",
                "--json",
            ] + archive)
        #expect(run.exit == 3)
        let lines = try run.lines
        let bySource = Dictionary(lines.map { ($0["source"]?.string ?? "", $0) }) { first, _ in first }
        #expect(bySource["\(web.root)/a.html"]?["status"]?.string == "new")
        #expect(bySource["\(web.root)/a.html"]?["url"]?.string == "\(web.root)/a.html")
        #expect(bySource["\(web.root)/none.html"]?["status"]?.string == "suspect")
        #expect(bySource["http://127.0.0.1:1/x"]?["status"]?.string == "failed")
        #expect(bySource["http://127.0.0.1:1/x"]?["outcome"]?.string == "refused")
        let alone = try machine.run(Machine.stet, ["capture", "http://127.0.0.1:1/x", "--delay", "0"] + archive)
        #expect(alone.exit == 69)
        let capture = try #require(bySource["\(web.root)/a.html"]?["capture"]?.string)
        _ = try machine.run(Machine.stet, ["snapshot"] + archive)
        #expect(
            try machine.run(Machine.stet, ["prove", capture, "-o", machine.path("proof.json")] + archive).exit == 0)
        #expect(try machine.run(Machine.stet, ["verify-proof", machine.path("proof.json")] + archive).exit == 0)
        #expect(try machine.run(Machine.stet, ["restore", machine.path("press"), machine.path("copy")]).exit == 0)
        #expect(try machine.run(Machine.stet, ["verify", "--archive", machine.path("copy")]).exit == 0)
        for place in ["press", "copy"] {
            _ = try machine.run(Machine.stet, ["reindex", "--archive", machine.path(place)])
            let log = try machine.run(
                Machine.stet, ["log", "127.0.0.1:1/x", "--json", "--archive", machine.path(place)])
            #expect(try log.lines.isEmpty)
            #expect(try log.summary["failures"]?.array?.map { $0["outcome"]?.string } == ["refused", "refused"])
            let changes = try machine.run(Machine.stet, ["changes", "--json", "--archive", machine.path(place)])
            #expect(try changes.lines.isEmpty)
        }
    }

    @Test("a watch tells of an edit once, also after it was killed, and ends when it is asked to")
    func watches() throws {
        let machine = try Machine()
        let web = try Web(machine)
        try machine.stet("init", "press")
        let archive = ["--archive", machine.path("press")]
        try machine.write("\(web.root)/a.html every=1m # the story\n\(web.root)/b.html\n", to: "list")
        let watch = ["watch", machine.path("list"), "--delay", "0"] + archive
        let first = try machine.run(Machine.stet, watch + ["--once", "--json"])
        #expect(first.exit == 0)
        #expect(try first.lines.isEmpty)
        try machine.write(Self.page("45"), to: "site/a.html")
        try machine.shell(
            "python3 -c 'import json; p=\"press/state/watch.json\"; d=json.load(open(p)); [t.update(due=t[\"added\"]) for t in d[\"things\"]]; open(p,\"w\").write(json.dumps(d))'"
        )
        let second = try machine.run(Machine.stet, watch + ["--once", "--json"])
        let edits = try second.lines
        try #require(edits.count == 1)
        #expect(edits[0]["kind"]?.string == "figure")
        #expect(edits[0]["after"]?.string?.contains("45 people") == true)
        // Killed without a chance to say a word; then it goes on, and says nothing twice.
        let command = ([Machine.stet.path] + watch).joined(separator: " ")
        let killed = try machine.shell(
            "\(command) </dev/null >out 2>err & p=$!; sleep 1; kill -KILL $p; wait $p || true; cat out")
        #expect(killed.text.isEmpty)
        #expect(try machine.run(Machine.stet, watch + ["--once", "--json"]).lines.isEmpty)
        let asked = try machine.shell(
            "\(command) </dev/null >out 2>err & p=$!; sleep 1; kill -TERM $p; wait $p; echo $?; cat out")
        #expect(asked.text == "0\nno edits\n")
        #expect(try machine.run(Machine.stet, ["changes", "--json"] + archive).lines.count == 1)
    }

    @Test("two watches with one archive are one too many; a list that cannot be read is named with its line")
    func refuses() throws {
        let machine = try Machine()
        let web = try Web(machine)
        try machine.stet("init", "press")
        let archive = ["--archive", machine.path("press")]
        try machine.write("\(web.root)/a.html\n", to: "list")
        let command = ([Machine.stet.path, "watch", machine.path("list")] + archive).joined(separator: " ")
        let run = try machine.shell(
            "\(command) </dev/null >out 2>err & p=$!; sleep 1; \(command) --once </dev/null || echo second $?; kill -KILL $p; wait $p || true"
        )
        #expect(run.text.contains("second 11"))
        try machine.write("\(web.root)/a.html\nfeed\n", to: "bad")
        let bad = try machine.run(Machine.stet, ["watch", machine.path("bad"), "--once"] + archive)
        #expect(bad.exit == 65)
        #expect(bad.errors.contains("line 2"))
    }
}
