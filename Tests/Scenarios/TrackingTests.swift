import Foundation
import Models
import Testing

@Suite("Edits over the whole archive, through the command")
struct TrackingScenarios {
    private static let story = [
        "The ferry left the harbour at dawn, with forty people on board, and the tide was already turning when it passed the mole.",
        "By noon, according to the harbour office, the wind had risen to seven, and two smaller boats had turned back to the quay.",
        "The company said that nobody was hurt, that the crew had been trained for such weather, and that sailings would go on.",
    ]

    private static func page(_ text: [String], headline: String = "Ferry in the storm") -> String {
        "<!DOCTYPE html><html lang=en><head><title>\(headline) | The Post</title></head><body><h1>\(headline)</h1><article>"
            + text.map { "<p>\($0)</p>" }.joined() + "</article></body></html>"
    }

    private static let wall =
        "<!DOCTYPE html><html lang=en><head><title>Before you continue</title></head><body><h1>We value your privacy</h1><p>We and our partners store and access cookies on your device. Please accept all cookies or manage your consent.</p><button>Accept all</button></body></html>"

    private func capture(_ machine: Machine, _ page: String, _ time: String, url: String = "https://post.example/ferry")
        throws -> JSON
    {
        try machine.write(page, to: "page.html")
        let run = try machine.stet(
            "capture", "page.html", "--url", url, "--captured-at", time, "--archive", "press", "--json")
        return try #require(try run.lines.first)
    }

    @Test("a changed bit in tracking.sqlite never passes for something that the articles said")
    func bitRot() throws {
        let machine = try Machine()
        try machine.stet("init", "press", "--quiet")
        for (day, number) in ["forty", "fifty", "sixty", "seventy"].enumerated() {
            let text = Self.story.map { $0.replacing("forty", with: number) }
            _ = try capture(machine, Self.page(text), "2026-03-0\(day + 1)T06:00:00Z")
        }
        let sound = try machine.stet("changes", "--archive", "press")
        #expect(sound.exit == 0 && sound.text.contains("seventy"))
        let cache = machine.folder.appending(path: "press/tracking.sqlite")
        let bytes = try Data(contentsOf: cache)
        var noticed = 0
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<80 {
            var changed = bytes
            // Most of the file is empty.
            let used = bytes.indices.filter { bytes[$0] != 0 }
            let place = try #require(used.randomElement(using: &generator))
            let bit = UInt8.random(in: 0..<8, using: &generator)
            changed[place] ^= 1 << bit
            try machine.shell("rm -f press/tracking.sqlite*")
            try changed.write(to: cache)
            let run = try machine.stet("changes", "--archive", "press")
            #expect(
                (run.exit == 0 && run.text == sound.text)
                    || (run.exit == 74 && run.errors.contains("tracking.sqlite")),
                "bit \(bit) of byte \(place): exit \(run.exit) \(run.errors)")
            if run.exit == 74 { noticed += 1 }
        }
        #expect(noticed > 0)
        try machine.shell("rm -f press/tracking.sqlite*")
        #expect(try machine.stet("changes", "--archive", "press").text == sound.text)
    }

    @Test("a consent wall is suspect, and the edit behind it is found all the same")
    func suspect() throws {
        let machine = try Machine()
        try machine.stet("init", "press", "--quiet")
        let edited = Self.story.map { $0.replacing("forty", with: "fifty") }
        #expect(try capture(machine, Self.page(Self.story), "2026-03-01T06:00:00Z")["status"]?.string == "new")
        let wall = try capture(machine, Self.wall, "2026-03-02T06:00:00Z")
        #expect(wall["status"]?.string == "suspect")
        #expect(wall["reason"]?.string == "consentWall")
        #expect(try capture(machine, Self.page(edited), "2026-03-03T06:00:00Z")["status"]?.string == "edited")
        let run = try machine.stet("changes", "--archive", "press", "--json")
        let changes = try run.lines
        #expect(changes.compactMap { $0["kind"]?.string } == ["page", "figure", "page"])
        #expect(changes.first?["significance"]?.string == "returned")
        #expect(try run.summary["edits"]?.integer == 1)
        #expect(try run.summary["pages"]?.integer == 2)
        // The default comparison is of the last two good states.
        let diff = try machine.stet("diff", "ferry", "--archive", "press", "--json").lines
        #expect(diff.compactMap { $0["kind"]?.string } == ["figure"])
        let log = try machine.stet("log", "ferry", "--archive", "press", "--json").lines
        #expect(log.compactMap { $0["health"]?.string } == ["healthy", "suspect", "healthy"])
    }

    @Test("changes --since-last shows each edit once, and --exit-code tells that there were some")
    func sinceLast() throws {
        let machine = try Machine()
        try machine.stet("init", "press", "--quiet")
        _ = try capture(machine, Self.page(Self.story), "2026-03-01T06:00:00Z")
        _ = try capture(machine, Self.page(Self.story, headline: "Ferry in a gale"), "2026-03-02T06:00:00Z")
        let look = { try machine.stet("changes", "--since-last", "--archive", "press", "--json", "--exit-code") }
        let first = try look()
        #expect(first.exit == 1)
        #expect(try first.lines.compactMap { $0["kind"]?.string } == ["headline"])
        let second = try look()
        #expect(second.exit == 0)
        #expect(try second.lines.isEmpty)
    }

    /// Lines with fractions, which stet's own reader refuses: nothing that is hashed has any.
    private func objects(_ run: Machine.Run) throws -> [[String: Any]] {
        try run.text.split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    @Test("articles are found by words and by what they tell, and compared")
    func across() throws {
        let machine = try Machine()
        try machine.stet("init", "press", "--quiet")
        let quote =
            "\u{201C}We will never give up the old quay of Osterby,\u{201D} said Ingrid Berg, the harbour master."
        let other =
            "\u{201C}We will not give up the old quay of Osterby,\u{201D} said Ingrid Berg, who is harbour master."
        _ = try capture(machine, Self.page(Self.story + [quote]), "2026-03-01T06:00:00Z")
        _ = try capture(
            machine, Self.page([other, Self.story[0]], headline: "Quay to stay"), "2026-03-01T07:00:00Z",
            url: "https://daily.example/quay")
        let found = try machine.stet("search", "\"old quay\" osterby", "--archive", "press", "--json").lines
        #expect(found.compactMap { $0["article"]?.string }.sorted() == ["daily.example/quay", "post.example/ferry"])
        let related = try objects(machine.stet("related", "ferry", "--archive", "press", "--json"))
        #expect(related.first?["article"] as? String == "daily.example/quay")
        #expect(try #require(related.first?["score"] as? Double) > 0.1)
        let compared = try objects(
            machine.stet("compare", "ferry", "daily.example/quay", "--archive", "press", "--json"))
        let quotation = try #require(compared.first { $0["kind"] as? String == "quotation" })
        #expect((quotation["a"] as? String)?.contains("never") == true)
        #expect((quotation["b"] as? String)?.contains("not") == true)
        #expect(try machine.stet("search", "?!", "--archive", "press").exit == 64)
        #expect(try machine.stet("changes", "--kind", "nonsense", "--archive", "press").exit == 64)
    }
}
