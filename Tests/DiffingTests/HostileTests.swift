import Diffing
import Models
import Testing

/// Texts made to be slow or large. The limit is generous: it tells linear from quadratic time, which would take minutes.
@Suite("Hostile texts", .serialized)
struct HostileTests {
    struct Attack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let from: [String]
        let to: [String]

        init(_ name: String, _ from: [String], _ to: [String]) {
            testDescription = name
            self.from = from
            self.to = to
        }
    }

    static func words(_ count: Int, of vocabulary: Int, seed: UInt64, sentence: Int? = 18) -> String {
        var random = SeededGenerator(seed)
        var text = ""
        for at in 0..<count {
            let word = String(Int.random(in: 0..<vocabulary, using: &random), radix: 36)
            text += "w" + word + (sentence.map { at % $0 == $0 - 1 } == true ? ". W " : " ")
        }
        return text
    }

    static func blocks(_ count: Int, seed: UInt64) -> [String] {
        (0..<count).map { words(60, of: 20_000, seed: seed &+ UInt64($0)) }
    }

    static let attacks: [Attack] = [
        Attack("nothing in common, many blocks", blocks(3000, seed: 1), blocks(3000, seed: 1_000_001)),
        Attack(
            "nothing in common, one block", [words(180_000, of: 90_000, seed: 1)], [words(180_000, of: 90_000, seed: 2)]
        ),
        Attack(
            "nothing in order, one sentence", [words(180_000, of: 9000, seed: 1, sentence: nil)],
            [words(180_000, of: 9000, seed: 2, sentence: nil)]),
        Attack(
            "few words in disorder, one sentence", [words(180_000, of: 5, seed: 1, sentence: nil)],
            [words(180_000, of: 5, seed: 2, sentence: nil)]),
        Attack(
            "one word repeated", [String(repeating: "word ", count: 200_000)],
            [String(repeating: "word ", count: 150_000) + "end"]),
        Attack(
            "one sentence repeated", [String(repeating: "A b. ", count: 100_000)],
            ["X y. " + String(repeating: "A b. ", count: 60_000) + String(repeating: "A c. ", count: 30_000)]),
        Attack(
            "one block repeated", Array(repeating: "A b.", count: 60_000), Array(repeating: "A b c.", count: 50_000)),
        Attack("tiny blocks", (0..<100_000).map { "a\($0 % 1000)" }, (0..<100_000).map { "a\($0 % 997)" }),
        Attack("blocks in reverse", (0..<50_000).map { "line \($0)" }, (0..<50_000).reversed().map { "line \($0)" }),
        Attack(
            "lines alike", (0..<8000).map { "Item \($0) costs \($0 * 7) crowns." },
            (0..<8000).map { "Item \($0) costs \($0 * 8) crowns." }),
        Attack(
            "open quotation marks", [String(repeating: "“a «b 'c ", count: 60_000)],
            [String(repeating: "“a «c 'c ", count: 60_000)]),
        Attack(
            "apostrophes", [String(repeating: "'a's' ", count: 120_000)], [String(repeating: "'b's' ", count: 120_000)]),
        Attack(
            "nothing but stops", [String(repeating: ". ", count: 300_000)], [String(repeating: "! ", count: 300_000)]),
        Attack(
            "one endless word", [String(repeating: "x", count: 1_000_000)],
            [String(repeating: "x", count: 999_999) + "y"]),
        Attack(
            "marks on one letter", ["a" + String(repeating: "\u{301}", count: 300_000)],
            ["a" + String(repeating: "\u{327}", count: 300_000)]),
        Attack(
            "digits without end", [String(repeating: "1,", count: 300_000) + "1"],
            [String(repeating: "2,", count: 300_000) + "1"]),
        Attack(
            "number words without end", [String(repeating: "two million ", count: 80_000)],
            [String(repeating: "ten million ", count: 80_000)]),
        Attack(
            "joiners without end", ["👩" + String(repeating: "\u{200D}👩", count: 100_000)],
            ["👩" + String(repeating: "\u{200D}👨", count: 100_000)]),
        Attack("ideographs", [String(repeating: "上海的人", count: 80_000)], [String(repeating: "人的海上", count: 80_000)]),
        Attack("a notice without end", [flood], [String(repeating: "Correction: this article was ", count: 30_000)]),
    ]

    @Test("takes no more than linear time and stays exact", .timeLimit(.minutes(1)), arguments: attacks)
    func bounded(_ attack: Attack) {
        let (from, to) = (Revision(body: attack.from), Revision(body: attack.to))
        let clock = ContinuousClock()
        var comparison = Comparison(from: from, to: from)
        let took = clock.measure { comparison = Comparison(from: from, to: to) }
        #expect(took < .seconds(15))
        #expect(
            isSame(
                comparison.rows.filter { $0.kind != .moved }.map { $0.words.side(.delete) }.filter { !$0.isEmpty }
                    .joined(separator: "\n"), attack.from.joined(separator: "\n")))
        #expect(
            isSame(
                comparison.rows.filter { !$0.after.isEmpty }.map { $0.words.side(.insert) }.joined(separator: "\n"),
                attack.to.joined(separator: "\n")))
        #expect(clock.measure { _ = ArticleComparison(from, to) } < .seconds(15))
        let others = clock.measure {
            _ = PageHealth.judge(CapturedPage(revision: to, status: 200), earlier: [from])
            _ = ArticleSketch(to)
            _ = FurnitureLesson(to, after: from)
            _ = UnifiedDiff.text(from: from.text, to: to.text, nameBefore: "a", nameAfter: "b")
            _ = UndoneEdit.find(in: [comparison.edits, Comparison(from: to, to: from).edits])
        }
        #expect(others < .seconds(30))
    }

    @Test("two revisions of a megabyte each take about a second at most")
    func megabyte() {
        let from = Revision(body: Self.blocks(2800, seed: 7))
        var lines = from.blocks.map(\.text)
        for at in stride(from: 0, to: lines.count, by: 20) { lines[at] = "Changed " + lines[at] }
        let to = Revision(body: lines)
        #expect(from.text.utf8.count > 700_000)
        let clock = ContinuousClock()
        #expect(clock.measure { _ = Comparison(from: from, to: to) } < .seconds(3))
    }
}
