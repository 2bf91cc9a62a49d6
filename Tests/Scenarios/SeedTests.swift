import Foundation
import Models
import Testing

/// Runs where the five captured texts lie beside the repository.
@Suite("Five real texts of one event", .enabled(if: FileManager.default.fileExists(atPath: Machine.seeds.path)))
struct SeedTests {
    private func copied() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.shell("cp -r '\(Machine.seeds.path)' seeds && chmod -R u+w seeds")
        return machine
    }

    @Test("are five articles with the right headlines, dates and publishers, and five unchanged the second time")
    func capture() throws {
        let machine = try copied()
        let first = try machine.stet("capture", "seeds", "--archive", "press", "--json")
        #expect(try first.lines.map { $0["status"]?.string } == Array(repeating: "new", count: 5))
        #expect(
            try first.lines.map { $0["headline"]?.string } == [
                "Aleppo Rebels & Residents", "Aleppo: Rebels refuse Russia’s “humanitarian pause”",
                "Rebels reject Russian demand to leave Syria's Aleppo",
                "Aleppo: Russia offers humanitarian pause and exit, rebels refuse",
                "Syria rebels reject Russian offer to leave Aleppo",
            ])
        let fifth = try #require(try machine.stet("show", "004_", "--archive", "press", "--json").lines.first)
        #expect(fifth["published"]?.string == "2016-11-03")
        #expect(fifth["publisher"]?.string == "The Daily Star")
        let second = try machine.stet("capture", "seeds", "--archive", "press", "--json")
        #expect(try second.lines.map { $0["status"]?.string } == Array(repeating: "unchanged", count: 5))
    }

    @Test(
        "a changed number is a figure edit; a changed date line or related headline is furniture",
        arguments: [
            ("250,000", "260,000", "002", "edited"), ("46 civlians", "56 civlians", "003", "edited"),
            ("800 civilians", "900 civilians", "001", "edited"), ("48 percent", "58 percent", "000", "edited"),
            ("1070 Apartments", "1080 Apartments", "004", "edited"),
            ("FRI 26 - 4 - 2024", "SAT 27 - 4 - 2024", "004", "furniture"),
            (
                "Israeli strikes in Syria kill 8 pro-Iran fighters",
                "Israeli strikes in Syria kill 9 pro-Iran fighters", "004", "furniture"
            ),
            ("Readers Comments (0)", "Readers Comments (7)", "004", "furniture"),
            ("Copyright 2024", "Copyright 2025", "004", "furniture"),
            ("About 150 homes", "About 250 homes", "002", "furniture"),
        ])
    func change(from: String, to: String, file: String, status: String) throws {
        let machine = try copied()
        try machine.stet("capture", "seeds", "--archive", "press")
        let name = try #require(try machine.files(below: "seeds").first { $0.hasPrefix("seeds/\(file)") })
        let text = String(decoding: try machine.read(name), as: UTF8.self)
        try #require(text.contains(from))
        try machine.write(text.replacingOccurrences(of: from, with: to), to: name)
        let run = try machine.stet("capture", "seeds", "--archive", "press", "--json")
        #expect(try run.summary[status]?.integer == 1)
        #expect(try run.summary["unchanged"]?.integer == 4)
        guard status == "edited" else { return }
        let edits = try machine.stet("diff", "\(file)_", "--archive", "press", "--json").lines
        #expect(edits.map { $0["kind"]?.string } == ["figure"])
    }
}
