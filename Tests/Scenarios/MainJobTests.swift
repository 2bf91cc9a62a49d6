import Foundation
import Models
import Testing

@Suite("The main job, as a user does it")
struct MainJobTests {
    private let url = "https://post.example/news/bridge"

    @Test("captures of one page are new, unchanged, furniture and edited, in that order")
    func statuses() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        var statuses: [String?] = []
        let changed = Story.paragraphs.map { $0.replacingOccurrences(of: "4,200", with: "2,400") }
        for page in [Story.page(), Story.page(), Story.page(related: "Another story"), Story.page(changed)] {
            try machine.write(page, to: "story.html")
            let run = try machine.stet("capture", "story.html", "--url", url, "--archive", "press", "--json")
            #expect(run.exit == 0, "\(run.errors)")
            statuses.append(try run.lines.first?["status"]?.string)
        }
        #expect(statuses == ["new", "unchanged", "furniture", "edited"])
        let diff = try machine.stet("diff", "bridge", "--archive", "press", "--json")
        let edits = try diff.lines
        #expect(edits.map { $0["kind"]?.string } == ["figure"])
        #expect(edits.first?["significance"]?.string == "substantive")
        #expect(edits.first?["before"]?.string?.contains("4,200") == true)
        #expect(edits.first?["after"]?.string?.contains("2,400") == true)
        #expect(try diff.summary["edits"]?.integer == 1)
        #expect(try machine.stet("diff", "bridge", "--archive", "press", "--exit-code").exit == 1)
    }

    @Test("a snapshot restored on another machine agrees in log, show --raw and verify, byte for byte")
    func restoreElsewhere() throws {
        let here = try Machine()
        let there = try Machine()
        try here.stet("init", "press")
        for page in [Story.page(), Story.page(headline: "Bridge closed for a year")] {
            try here.write(page, to: "story.html")
            try here.stet("capture", "story.html", "--url", url, "--archive", "press")
        }
        try here.write(Story.text(), to: "texts/bridge.txt")
        try here.stet("capture", "texts", "--archive", "press")
        let snapshot = try here.stet("snapshot", "-m", "two pages", "--archive", "press", "--json")
        #expect(try snapshot.lines.first?["number"]?.integer == 1)
        try FileManager.default.copyItem(atPath: here.path("press"), toPath: there.path("stick"))

        let refused = try there.stet("restore", "stick", "copy")
        #expect(refused.exit == 12)
        #expect(refused.errors.contains("stet trust add"))
        #expect(!FileManager.default.fileExists(atPath: there.path("copy")))

        try there.write(try here.stet("key", "show", "--quiet").output, to: "desk.pub")
        #expect(try there.stet("trust", "add", "desk.pub").exit == 0)
        let restored = try there.stet("restore", "stick", "copy")
        #expect(restored.exit == 0, "\(restored.errors)")
        for arguments in [
            ["log", "bridge.txt", "--json"], ["log", "post.example", "--json"], ["show", "post.example@1", "--raw"],
            ["show", "post.example", "--raw"], ["show", "bridge.txt"], ["verify", "--json"], ["articles", "--json"],
            ["diff", "post.example", "--json"],
        ] {
            let original = try here.run(Machine.stet, arguments + ["--archive", "press"])
            let copy = try there.run(Machine.stet, arguments + ["--archive", "copy"])
            #expect(original.exit == 0, "\(arguments): \(original.errors)")
            #expect(original.output == copy.output, "\(arguments)")
        }
        #expect(try there.stet("show", "post.example", "--raw", "--archive", "copy").output == here.read("story.html"))
    }

    @Test("the catalog can be deleted: everything comes back from the packs alone")
    func catalogIsACache() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for number in 1...3 {
            try machine.write(Story.page(headline: "Headline number \(number) of the day"), to: "story.html")
            try machine.stet("capture", "story.html", "--url", url, "--archive", "press")
        }
        let before = try machine.stet("log", "bridge", "--json", "--archive", "press")
        for file in try machine.files(below: "press") where file.contains("catalog.sqlite") {
            try FileManager.default.removeItem(atPath: machine.path(file))
        }
        let after = try machine.stet("log", "bridge", "--json", "--archive", "press")
        #expect(try before.lines.count == 3)
        #expect(before.output == after.output)
        #expect(try machine.stet("reindex", "--archive", "press").exit == 0)
        #expect(try machine.stet("log", "bridge", "--json", "--archive", "press").output == before.output)
    }

    @Test("going back to an earlier text is a third state that names the first")
    func revert() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let other = Story.paragraphs.map { $0.replacingOccurrences(of: "until spring", with: "for years") }
        for (page, day) in [(Story.page(), 1), (Story.page(other), 2), (Story.page(), 3)] {
            try machine.write(page, to: "story.html")
            try machine.stet(
                "capture", "story.html", "--url", url, "--captured-at", "2026-03-0\(day)T10:00:00Z", "--archive",
                "press")
        }
        let states = try machine.stet("log", "bridge", "--json", "--archive", "press").lines
        #expect(states.map { $0["number"]?.integer } == [1, 2, 3])
        #expect(states.last?["revertsTo"]?.integer == 1)
    }

    @Test("captures are ordered by when the page was seen, not by when they were recorded")
    func backfill() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for (headline, day) in [("The second headline of the story", 2), ("The first headline of the story", 1)] {
            try machine.write(Story.page(headline: headline), to: "story.html")
            try machine.stet(
                "capture", "story.html", "--url", url, "--captured-at", "2026-03-0\(day)T10:00:00Z", "--archive",
                "press")
        }
        let states = try machine.stet("log", "bridge", "--json", "--archive", "press").lines
        #expect(
            states.map { $0["headline"]?.string } == [
                "The first headline of the story", "The second headline of the story",
            ])
    }

    @Test("a second snapshot holds only what is new, and both restore")
    func secondSnapshot() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for number in 1...2 {
            try machine.write(Story.page(headline: "Headline number \(number) of the day"), to: "story.html")
            try machine.stet("capture", "story.html", "--url", url, "--archive", "press")
            #expect(try machine.stet("snapshot", "--archive", "press").exit == 0)
        }
        let again = try machine.stet("snapshot", "--archive", "press", "--json")
        #expect(try again.lines.first?["isNew"] == .bool(false))
        #expect(try machine.files(below: "press/archive", suffix: ".tar.zst").count == 2)
        #expect(try machine.stet("restore", "press", "both").exit == 0)
        #expect(try machine.stet("log", "bridge", "--archive", "both", "--json").lines.count == 2)
        #expect(try machine.stet("restore", "press", "first", "--snapshot", "1").exit == 0)
        #expect(try machine.stet("log", "bridge", "--archive", "first", "--json").lines.count == 1)
        let both = try machine.stet("verify", "--archive", "both", "--json")
        #expect(both.exit == 0)
        #expect(try both.summary["snapshots"]?.integer == 2)
    }
}
