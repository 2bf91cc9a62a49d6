import Diffing
import Models
import Testing

/// A small generator with a seed (splitmix64), so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Makes articles out of bits of many scripts, and edits them at random.
struct ArticleGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    private static let bits = [
        "ship", "harbour", "Lindvik", "the", "of", "12", "250,000", "٢٥٠", "2.5 million", "said", "“we leave”",
        "\"no\"", "«да»",
        "„nie“", "it’s", "war-torn", "—", "...", "…", "U.S.", "a.m.", "المدينة", "מֶלֶךְ", "צה\"ל", "city\u{AD}hall",
        "می‌خواهم",
        "cafe\u{301}", "café", "上海的人", "「決して」", "カタカナ", "สวัสดี", "👩‍👩‍👧", "e\u{301}\u{327}", "\u{200F}", "\u{A0}", "'90s",
        "%", "€5",
        "Correction:", "ok.", "Yes!", "why?", "终于。", "नमस्ते।", "؟", "\u{FEFF}", "x\u{200D}y", "(a)", "[b]", "*",
    ]

    mutating func article() -> Revision {
        let kinds = Revision.Block.Kind.allCases
        let blocks = (0..<Int.random(in: 0...8, using: &random)).map { _ in
            Revision.Block(kinds.randomElement(using: &random) ?? .paragraph, sentence())
        }
        return Revision(headline: Bool.random(using: &random) ? sentence() : nil, authors: [sentence()], blocks: blocks)
    }

    private mutating func sentence() -> String {
        let words = (0..<Int.random(in: 1...14, using: &random)).map { _ in bit() }
        return words.joined(separator: Int.random(in: 0..<9, using: &random) == 0 ? "" : " ")
    }

    private mutating func bit() -> String { Self.bits.randomElement(using: &random) ?? "x" }

    mutating func edited(_ article: Revision) -> Revision {
        var blocks = article.blocks
        for _ in 0..<Int.random(in: 0...4, using: &random) { edit(&blocks) }
        return Revision(headline: Bool.random(using: &random) ? article.headline : sentence(), blocks: blocks)
    }

    private mutating func edit(_ blocks: inout [Revision.Block]) {
        let at = blocks.isEmpty ? 0 : Int.random(in: blocks.indices, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: blocks.insert(Revision.Block(.paragraph, sentence()), at: at)
        case 1 where !blocks.isEmpty: blocks.remove(at: at)
        case 2 where !blocks.isEmpty: blocks.append(blocks.remove(at: at))
        case 3 where at + 1 < blocks.count:
            blocks[at] = Revision.Block(blocks[at].kind, blocks[at].text + " " + blocks.remove(at: at + 1).text)
        case 4 where !blocks.isEmpty:
            let words = blocks[at].text.split(separator: " ")
            guard words.count > 1 else { return }
            let cut = Int.random(in: 1..<words.count, using: &random)
            blocks[at] = Revision.Block(blocks[at].kind, words[..<cut].joined(separator: " "))
            blocks.insert(Revision.Block(.paragraph, words[cut...].joined(separator: " ")), at: at + 1)
        default:
            guard !blocks.isEmpty else { return }
            var words = blocks[at].text.split(separator: " ").map(String.init)
            let place = Int.random(in: 0...words.count, using: &random)
            if place < words.count, Bool.random(using: &random) {
                words[place] = bit()
            } else {
                words.insert(bit(), at: place)
            }
            blocks[at] = Revision.Block(blocks[at].kind, words.joined(separator: " "))
        }
    }
}

@Suite("What holds of any two texts")
struct PropertyTests {
    @Test("runs give both sides back byte for byte, and a text compared with itself shows no edit", arguments: 0..<40)
    func reproduction(seed: Int) {
        var generator = ArticleGenerator(seed: UInt64(seed))
        for _ in 0..<50 {
            let from = generator.article()
            let to = generator.edited(from)
            expectReproduction(Comparison(from: from, to: to))
            #expect(Comparison(from: from, to: from).edits.isEmpty)
            let other = generator.article()
            expectReproduction(Comparison(from: from, to: other))
            expectSound(ArticleComparison(from, other))
            expectSound(ArticleComparison(from, to))
        }
    }

    private func expectSound(_ comparison: ArticleComparison) {
        for finding in comparison.findings {
            #expect(isSame(finding.words.side(.delete), finding.a))
            #expect(isSame(finding.words.side(.insert), finding.b))
            #expect((0...1).contains(finding.similarity))
        }
    }

    @Test("any byte that differs shows as an edit", arguments: 0..<20)
    func completeness(seed: Int) {
        var generator = ArticleGenerator(seed: UInt64(1000 + seed))
        for _ in 0..<50 {
            let from = generator.article()
            let to = generator.edited(from)
            let isSameBody =
                from.blocks.count == to.blocks.count
                && zip(from.blocks, to.blocks).allSatisfy { $0.kind == $1.kind && isSame($0.text, $1.text) }
            let body = Comparison(from: from, to: to).edits.filter { $0.part == .body }
            #expect(body.isEmpty == isSameBody)
        }
    }

    @Test("matches are in order, and as many as can be", arguments: 0..<20)
    func matching(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        var matcher = SequenceMatcher()
        var likeness = Likeness()
        for _ in 0..<100 {
            let letters = Int32.random(in: 1...12, using: &random)
            let a = (0..<Int.random(in: 0...90, using: &random)).map { _ in
                Int32.random(in: 0...letters, using: &random)
            }
            let b = (0..<Int.random(in: 0...90, using: &random)).map { _ in
                Int32.random(in: 0...letters, using: &random)
            }
            var matches: [Match] = []
            matcher.match(a.span, b.span, into: &matches)
            #expect(matches.allSatisfy { a[Int($0.before)] == b[Int($0.after)] })
            #expect(zip(matches, matches.dropFirst()).allSatisfy { $0.before < $1.before && $0.after < $1.after })
            let longest = longestCommon(a, b)
            #expect(matches.count == longest)
            #expect(likeness.common(a.span, b.span, vocabulary: Int(letters) + 1) == longest)
        }
    }

    /// The textbook's table.
    private func longestCommon(_ a: [Int32], _ b: [Int32]) -> Int {
        var row = [Int](repeating: 0, count: b.count + 1)
        for first in a {
            var diagonal = 0
            for (at, second) in b.enumerated() {
                let above = row[at + 1]
                row[at + 1] = first == second ? diagonal + 1 : max(above, row[at])
                diagonal = above
            }
        }
        return row[b.count]
    }
}
