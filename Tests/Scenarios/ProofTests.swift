import Foundation
import Models
import Testing

@Suite("A capture's proof, from the archive to a stranger's hands")
struct ProofTests {
    private let machine: Machine
    private var captures: [String] = []

    init() throws {
        machine = try Machine()
        try machine.stet("init", "press")
        for number in 1...3 {
            try machine.write(
                Story.page(headline: "Headline <b>\(number)</b> & \"more\" <script>alert(1)</script>"),
                to: "in/story.html")
            try machine.write(Data([0xFF, 0x00, UInt8(number)]), to: "in/odd.bin")
            let run = try machine.stet("capture", "in", "--archive", "press", "--json")
            captures += try run.lines.compactMap { $0["capture"]?.string }
            try machine.stet("snapshot", "--archive", "press")
        }
        try machine.write(try machine.stet("key", "show", "--quiet").output, to: "desk.pub")
        try #require(captures.count == 6)
    }

    /// Another user, who has none of this.
    private func stranger(_ arguments: String...) throws -> Machine.Run {
        try machine.run(
            Machine.stet, ["verify-proof"] + arguments + ["--json"], environment: ["HOME": machine.path("nobody")])
    }

    @Test("every capture is proven by the earliest snapshot that covers it, and gives its payload back")
    func all() throws {
        for (index, capture) in captures.enumerated() {
            let run = try machine.stet("prove", capture, "-o", "p.json", "--archive", "press", "--json")
            #expect(run.exit == 0, "\(run.errors)")
            #expect(try run.lines.first?["snapshot"]?.integer == Int64(index / 2 + 1))
            let checked = try stranger("p.json", "--key", "desk.pub", "--extract", "payload")
            #expect(checked.exit == 0, "\(checked.errors)")
            #expect(
                try checked.lines.first?["capture"]?.string?.hasSuffix(":\(capture.split(separator: ":")[1])") == true)
            let payload = try #require(try checked.lines.first?["payload"]?.string)
            #expect(ObjectID(hashing: Array(try machine.read("payload"))).description == payload)
            #expect(try checked.lines.first?["trusted"]?.bool == true)
        }
        let later = try machine.stet(
            "prove", captures[0], "-o", "p.json", "--snapshot", "3", "--archive", "press", "--json")
        #expect(try later.lines.first?["snapshot"]?.integer == 3)
        #expect(try stranger("p.json", "--key", "desk.pub").exit == 0)
    }

    @Test("the payload may lie beside the proof, in a file named for its hash")
    func beside() throws {
        let run = try machine.stet(
            "prove", captures[1], "-o", "out.json", "--payload", "beside", "--archive", "press", "--json")
        let payload = try #require(try run.lines.first?["payload"]?.string)
        #expect(ObjectID(hashing: Array(try machine.read(payload))).description == payload)
        #expect(try !String(decoding: machine.read("out.json"), as: UTF8.self).contains("base64"))
        #expect(try stranger("out.json", "--key", "desk.pub", "--extract", "back").exit == 0)
        #expect(try machine.read("back") == machine.read(payload))
        try FileManager.default.removeItem(atPath: machine.path(payload))
        let without = try stranger("out.json", "--key", "desk.pub", "--extract", "again")
        #expect(without.exit == 13 && without.errors.contains("missingPayload"))
        #expect(!FileManager.default.fileExists(atPath: machine.path("again")))
    }

    @Test("a stranger is told the fingerprint and what holds, and nothing is handed out as if it were believed")
    func unknown() throws {
        try machine.stet("prove", captures[0], "-o", "p.json", "--archive", "press")
        let run = try machine.run(
            Machine.stet, ["verify-proof", "p.json", "--extract", "payload"],
            environment: ["HOME": machine.path("nobody")])
        #expect(run.exit == 12)
        let fingerprint = try #require(
            try machine.shell("ssh-keygen -lf desk.pub").text.split(separator: " ").dropFirst().first)
        #expect(run.text.contains(fingerprint) && run.errors.contains(fingerprint))
        #expect(run.text.contains("A signature proves who recorded what and when, not that the server said it."))
        #expect(!FileManager.default.fileExists(atPath: machine.path("payload")))
    }

    @Test("what cannot be proven says why")
    func refused() throws {
        try machine.write(Story.text(), to: "new.txt")
        let new = try #require(
            try machine.stet("capture", "new.txt", "--archive", "press", "--json").lines.first?["capture"]?.string)
        let origin = new.split(separator: ":")[0]
        let rows: [([String], Int32, String)] = [
            ([new], 66, "stet snapshot"), ([captures[4], "--snapshot", "1"], 66, "does not cover"),
            ([captures[0], "--snapshot", "9"], 66, "no snapshot 9"), (["\(origin):0"], 64, "genesis"),
            (["\(origin):99"], 66, "no capture"), (["ffff:1"], 66, "no capture"), (["story"], 64, "ORIGIN:INDEX"),
        ]
        for (arguments, exit, words) in rows {
            let run = try machine.run(
                Machine.stet, ["prove", "-o", "none.json", "--archive", "press"] + arguments)
            #expect(run.exit == exit && run.errors.contains(words), "\(arguments): \(run.exit) \(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: machine.path("none.json")))
        #expect(try machine.stet("verify-proof", "none.json").exit == 66)
        #expect(try machine.stet("verify-proof", "press").exit == 65)
    }

    @Test("captures of a restored origin are proven by its own snapshots")
    func restored() throws {
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        #expect(try machine.stet("prove", captures[3], "-o", "p.json", "--archive", "copy").exit == 0)
        #expect(try stranger("p.json", "--key", "desk.pub").exit == 0)
    }

    @Test("a log that was changed behind its signature is not proven")
    func changedBehind() throws {
        let manifest = try #require(try machine.files(below: "press/manifests", suffix: "-1.json").first)
        var text = String(decoding: try machine.read(manifest), as: UTF8.self)
        let root = try #require(text.range(of: "\"root\":\""))
        text.replaceSubrange(root.upperBound..<text.index(after: root.upperBound), with: "f")
        if text == String(decoding: try machine.read(manifest), as: UTF8.self) {
            text.replaceSubrange(root.upperBound..<text.index(after: root.upperBound), with: "0")
        }
        try machine.write(text, to: manifest)
        let run = try machine.stet("prove", captures[0], "-o", "p.json", "--archive", "press")
        #expect(run.exit == 12, "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: machine.path("p.json")))
    }

    @Test("the page for people holds no code of the captured page, and its commands check the proof with stock tools")
    func page() throws {
        #expect(
            try machine.stet("prove", captures[2], "-o", "proof.json", "--html", "--archive", "press").exit == 0)
        let html = String(decoding: try machine.read("proof.html"), as: UTF8.self)
        #expect(!html.contains("<script") && !html.contains("<b>2</b>") && html.contains("default-src 'none'"))
        #expect(html.contains("A signature proves who recorded what and when, not that the server said it."))
        let start = try #require(html.range(of: "<pre id=\"check\">")).upperBound
        let end = try #require(html.range(of: "</pre>", range: start..<html.endIndex)).lowerBound
        var commands = String(html[start..<end])
        for (escaped, plain) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            commands = commands.replacingOccurrences(of: escaped, with: plain)
        }
        let run = try machine.shell("mkdir desk && cp proof.json desk && cd desk\n" + commands)
        #expect(run.exit == 0, "\(run.errors)")
        let lines = run.text.split(separator: "\n").map(String.init)
        try #require(lines.count == 6, "\(run.text)")
        #expect(html.contains(String(lines[0].prefix(64))) && Array(lines[1...3]) == ["True", "True", "True"])
        #expect(html.contains(String(lines[4].prefix(64))) && lines[5].hasPrefix("Good \"stet-manifest\" signature"))
    }
}
