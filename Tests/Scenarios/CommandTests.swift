import Foundation
import Models
import Testing

@Suite("The command line")
struct CommandTests {
    static let verbs = [
        ["init"], ["capture"], ["articles"], ["log"], ["show"], ["diff"], ["extract"], ["snapshot"], ["snapshots"],
        ["verify"],
        ["restore"], ["trust"], ["trust", "add"], ["trust", "list"], ["trust", "remove"], ["key"], ["key", "show"],
        ["key", "new"],
        ["stats"], ["reindex"],
    ]

    @Test("every verb has help with an example", arguments: verbs)
    func help(verb: [String]) throws {
        let machine = try Machine()
        let run = try machine.run(Machine.stet, verb + ["--help"])
        #expect(run.exit == 0)
        #expect(run.text.contains("Example"))
        #expect(run.text.contains("stet \(verb.joined(separator: " "))"))
    }

    @Test(
        "usage errors are exit 64 and read as all errors do",
        arguments: [
            ["nonsense"], ["log"], ["capture"], ["capture", "x", "--captured-at", "yesterday"],
            ["capture", "x", "--url", "mailto:a@b"],
            ["diff"], ["show", "a", "--no-such-option"], ["snapshot", "--max-bundle-size", "0"],
        ])
    func usage(arguments: [String]) throws {
        let machine = try Machine()
        let run = try machine.run(Machine.stet, arguments)
        #expect(run.exit == 64, "\(run.errors)")
        #expect(run.errors.hasPrefix("stet: error: "))
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test(
        "without an archive, exit 10 and what to do",
        arguments: [["articles"], ["log", "x"], ["stats"], ["verify"], ["snapshot"]])
    func noArchive(arguments: [String]) throws {
        let machine = try Machine()
        let run = try machine.run(Machine.stet, arguments)
        #expect(run.exit == 10)
        #expect(run.errors.contains("stet init"))
    }

    @Test("with --json, errors are JSON on the standard error")
    func jsonErrors() throws {
        let machine = try Machine()
        let run = try machine.stet("articles", "--json")
        let error = try JSON(parsing: Array(run.errors.dropLast().utf8))["error"]
        #expect(error?["code"]?.string == "noArchive")
        #expect(error?["message"]?.string != nil)
        #expect(error?["hint"]?.string != nil)
        #expect(run.output.isEmpty)
    }

    @Test("an archive of a newer format is not touched")
    func newerFormat() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let stamp = try String(decoding: machine.read("press/stet.json"), as: UTF8.self)
        try machine.write(stamp.replacingOccurrences(of: "\"format\":1", with: "\"format\":2"), to: "press/stet.json")
        let run = try machine.stet("articles", "--archive", "press")
        #expect(run.exit == 10)
        #expect(run.errors.contains("newer"))
    }

    @Test(
        "the archive is found from a folder below it, from the option before or after the verb, and from the environment"
    )
    func whichArchive() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        #expect(try machine.shell("cd press/packs && \(Machine.stet.path) stats").exit == 0)
        #expect(try machine.stet("--archive", "press", "stats").exit == 0)
        #expect(try machine.stet("stats", "--archive=press").exit == 0)
        #expect(try machine.stet("stats", environment: ["STET_ARCHIVE": machine.path("press")]).exit == 0)
        #expect(try machine.stet("--archive", "press", "trust", "list").exit == 0)
    }

    @Test("an ambiguous or unknown article says so")
    func whichArticle() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.write(Story.text(), to: "in/one.txt")
        try machine.write(Story.text(), to: "in/two.txt")
        try machine.stet("capture", "in", "--archive", "press")
        let ambiguous = try machine.stet("log", "file:", "--archive", "press")
        #expect(ambiguous.exit == 64)
        #expect(ambiguous.errors.contains("file:one.txt"))
        #expect(try machine.stet("log", "three", "--archive", "press").exit == 66)
        #expect(try machine.stet("show", "one.txt@7", "--archive", "press").exit == 66)
    }

    @Test("what a page says cannot control the terminal")
    func terminalSafety() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.write(
            Story.page(headline: "Bridge \u{1B}[31mclosed\u{1B}]0;evil\u{07} until \u{202E}spring"), to: "story.html")
        let capture = try machine.stet("capture", "story.html", "--archive", "press")
        let show = try machine.stet("show", "story.html", "--archive", "press")
        for text in [capture.text, show.text] {
            #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 || $0.value == 0x202E })
        }
    }

    @Test("a second archive on the same machine signs with the same key, and a named key only signs for its own")
    func keys() throws {
        let machine = try Machine()
        try machine.stet("init", "one")
        try machine.stet("init", "two")
        #expect(try machine.stet("key", "show", "--json").lines.count == 1)
        #expect(try machine.stet("key", "new", "--name", "other").exit == 0)
        let run = try machine.stet("snapshot", "--archive", "one", "--key", "home/.config/stet/keys/other")
        #expect(run.exit == 12)
        let modes = try machine.shell("stat -c %a home/.config/stet/keys/stet home/.config/stet/keys")
        #expect(modes.text == "600\n700\n")
        #expect(try machine.shell("ssh-keygen -y -f home/.config/stet/keys/stet").text.hasPrefix("ssh-ed25519 "))
    }

    @Test("a key that is trusted no longer is refused again")
    func trustRemoved() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.stet("snapshot", "--archive", "press")
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        #expect(try machine.stet("trust", "remove", "press").exit == 0)
        #expect(try machine.stet("restore", "press", "copy2").exit == 12)
        #expect(try machine.stet("snapshots", "--archive", "press").exit == 12)
        #expect(try machine.stet("trust", "remove", "press").exit == 66)
    }
}
