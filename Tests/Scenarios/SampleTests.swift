import Foundation
import Models
import Testing

@Suite("The sample in the repository")
struct SampleTests {
    private func restored() throws -> Machine {
        let machine = try Machine()
        let run = try machine.stet(
            "restore", Machine.repository.path, "press", "--trust",
            Machine.repository.appending(path: "scripts/sample/sample.pub").path)
        #expect(run.exit == 0, "\(run.errors)")
        return machine
    }

    @Test("is refused without its key, and restores with it")
    func restores() throws {
        let machine = try Machine()
        #expect(try machine.stet("restore", Machine.repository.path, "press").exit == 12)
        let whole = try restored()
        let articles = try whole.stet("articles", "--archive", "press", "--json").lines
        #expect(articles.count == 5)
        #expect(try whole.shell("ls press/manifests/*.json | wc -l").text == "6\n")
        let sample = Machine.repository.appending(path: "scripts/sample/sample.pub").path
        try whole.stet("trust", "add", sample)
        let verify = try whole.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0, "\(verify.text)")
        #expect(try verify.summary["captures"]?.integer == 25)
    }

    @Test("every payload is the page it was made from")
    func payloads() throws {
        let machine = try restored()
        let table = try String(
            contentsOf: Machine.repository.appending(path: "scripts/sample/captures.tsv"), encoding: .utf8)
        let pages = table.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)[2]
        }
        #expect(pages.count == 25)
        var held: Set<String> = []
        for article in try machine.stet("articles", "--archive", "press", "--json").lines.compactMap({
            $0["article"]?.string
        }) {
            for state in try machine.stet("log", article, "--archive", "press", "--json").lines {
                for capture in state["captures"]?.array ?? [] { held.insert(capture["payload"]?.string ?? "") }
            }
        }
        for page in pages {
            let bytes = try Data(contentsOf: Machine.repository.appending(path: "scripts/sample/\(page)"))
            #expect(held.contains(ObjectID(hashing: Array(bytes)).description), "\(page)")
        }
    }

    /// What `captures.tsv` says of each capture, as the statuses and kinds that it must come out as.
    @Test("tells edits from furniture, and names them")
    func edits() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let table = try String(
            contentsOf: Machine.repository.appending(path: "scripts/sample/captures.tsv"), encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(rows.count == 25)
        for row in rows {
            let file = Machine.repository.appending(path: "scripts/sample/\(row[2])").path
            let url = row[1].isEmpty ? [] : ["--url", row[1]]
            let run = try machine.run(
                Machine.stet, ["capture", file, "--captured-at", row[0], "--archive", "press", "--json"] + url)
            let line = try #require(try run.lines.first)
            let status = line["status"]?.string
            let expected = Self.expectation(row[3])
            #expect(status == expected.status, "\(row[2]): \(row[3])")
            guard status == "edited", let article = line["article"]?.string else { continue }
            let kinds = try machine.stet("diff", article, "--archive", "press", "--json").lines.compactMap {
                $0["kind"]?.string
            }
            for kind in expected.kinds { #expect(kinds.contains(kind), "\(row[2]): \(row[3]): \(kinds)") }
            #expect(kinds.count <= expected.most, "\(row[2]): \(row[3]): \(kinds)")
        }
    }

    private static func expectation(_ what: String) -> (status: String, kinds: [String], most: Int) {
        let table: [(String, String, [String], Int)] = [
            ("first capture", "new", [], 0), ("furniture only", "furniture", [], 0),
            ("byte-identical", "unchanged", [], 0),
            ("casualty figure", "edited", ["figure"], 4), ("headline changed", "edited", ["headline"], 1),
            ("quotation altered", "edited", ["quotation"], 2), ("paragraph removed", "edited", ["removed"], 3),
            ("paragraph moved", "edited", ["moved"], 1), ("byline changed", "edited", ["byline"], 1),
            ("correction added", "edited", ["correction", "figure"], 2),
            ("typography only", "edited", ["typography"], 20),
            ("attribution changed", "edited", ["attribution"], 1), ("reverted", "edited", ["attribution"], 1),
            ("paragraph added", "edited", ["added"], 3), ("picture and caption", "edited", ["image"], 2),
        ]
        for (start, status, kinds, most) in table where what.hasPrefix(start) { return (status, kinds, most) }
        return ("unknown: \(what)", [], 0)
    }
}
