import Diffing
import Models
import Testing

/// Five reports of one event by invented outlets: two share paragraphs, the others only names, figures and a quotation.
let strikeReports: [Revision] = [
    Revision(
        headline: "Dockers of Lindvik reject shipping line's offer",
        blocks: [
            .init(
                .paragraph,
                "The dockers' union of Lindvik on Tuesday rejected an offer by the Norrhav shipping line to end the strike that has closed the harbour for nine days."
            ),
            .init(
                .paragraph,
                "“We will never give up our jobs,” said Henrik Dahl, who leads the union, after a meeting in the old customs house."
            ),
            .init(
                .paragraph,
                "Norrhav had promised a bonus of 3,000 crowns for every docker who returned before Friday. About 4,200 people on Great Holm are cut off."
            ),
        ]),
    Revision(
        headline: "Islanders wait as harbour strike enters second week",
        blocks: [
            .init(
                .paragraph,
                "No ferry has reached Great Holm since the dockers walked out. The shop in Vesterby has sold the last of its flour, the mayor said."
            ),
            .init(
                .paragraph,
                "The union under Henrik Dahl turned down the latest offer of Norrhav on Tuesday. The shipping line wants to unload its containers with cranes that need no crew."
            ),
            .init(
                .paragraph,
                "Some 5,000 islanders depend on the harbour of Lindvik. The navy may bring medicine on Thursday."),
        ]),
    Revision(
        headline: "Norrhav offer refused, strike goes on",
        blocks: [
            .init(
                .paragraph,
                "The union under Henrik Dahl turned down the latest offer of Norrhav on Tuesday. The shipping line wants to unload its containers with cranes that need no crew."
            ),
            .init(
                .paragraph,
                "Shares of Norrhav fell by four percent. A director of the line, Marta Lund, called the refusal “a step into the last century”."
            ),
            .init(
                .paragraph,
                "Some 5,000 islanders depend on the harbour of Lindvik. The navy may bring medicine on Thursday."),
        ]),
    Revision(
        headline: "What the dockers want",
        blocks: [
            .init(
                .paragraph,
                "Cranes without crews are what the men at the gates of Lindvik harbour talk about. Nobody here trusts Norrhav, not after the ferries."
            ),
            .init(
                .paragraph,
                "Dahl, their leader, says that a bonus of 3,000 crowns buys no future. “We will not give up our jobs.”"),
            .init(
                .paragraph,
                "Marta Lund, the line's director, says that every port from here to the sound has such cranes by now. The strike costs Norrhav two million crowns a day."
            ),
        ]),
    Revision(
        headline: "Government urges talks in Lindvik",
        blocks: [
            .init(
                .paragraph,
                "The minister of labour asked both sides of the Lindvik dispute to meet in the capital. The union's Henrik Dahl said he would come, Norrhav did not answer."
            ),
            .init(
                .paragraph,
                "The harbour has been closed by the dockers' strike for nine days. Great Holm is without regular supplies, and the navy stands ready to sail. Both sides differ over cranes without crews and a bonus of 3,000 crowns."
            ),
        ]),
]

/// Articles of nobody: words of a made-up language by a falling frequency, among the common words of the reports.
struct OtherArticles {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed) }

    private static let common = """
        harbour union strike offer line mayor minister navy shop leader director talks capital government people day week men \
        ferry crane medicine share percent meeting house second last old new island port sound dispute side
        """.split(separator: " ").map(String.init)
    private static let places = ["Lindvik", "Osterby", "Karna", "Great Holm", "Vesterby"]

    private mutating func word() -> String {
        let roll = Double.random(in: 0..<1, using: &random)
        if roll < 0.25 { return Self.common.randomElement(using: &random) ?? "day" }
        if roll < 0.27 { return Self.places.randomElement(using: &random) ?? "Karna" }
        let rank = Int(30_000 * roll * roll * roll) + 7
        var (text, rest) = ("", rank)
        repeat {
            text += ["ba", "ke", "li", "mo", "nu", "ra", "sta", "te"][rest % 8]
            rest /= 8
        } while rest > 0
        return rank % 11 == 0 ? text.prefix(1).uppercased() + text.dropFirst() : text
    }

    private mutating func sentence() -> String {
        "The " + (0..<14).map { _ in word() }.joined(separator: " ") + "."
    }

    mutating func next() -> Revision {
        Revision(
            headline: (0..<6).map { _ in word() }.joined(separator: " "),
            blocks: (0..<6).map { _ in .init(.paragraph, sentence() + " " + sentence()) })
    }
}

@Suite("Related articles")
struct RelatedTests {
    /// An index in memory, asked as an archive asks its own.
    private struct Index {
        var sketches: [ArticleSketch] = []
        var byTerm: [UInt64: [Int]] = [:]
        var byBand: [UInt64: [Int]] = [:]

        mutating func add(_ revision: Revision) {
            let sketch = ArticleSketch(revision)
            for term in sketch.terms { byTerm[term.key, default: []].append(sketches.count) }
            for key in sketch.bandKeys { byBand[key, default: []].append(sketches.count) }
            sketches.append(sketch)
        }

        func related(to article: Int) -> [Int] {
            let frequency = Dictionary(
                uniqueKeysWithValues: sketches[article].terms.map { ($0.key, byTerm[$0.key]?.count ?? 0) })
            let score = RelatedScore(sketches[article], articles: sketches.count, frequency: frequency)
            var votes: [Int: Double] = [:]
            for key in score.lookups {
                for other in byTerm[key] ?? [] {
                    votes[other, default: 0] += RelatedScore.rarity(frequency[key] ?? 0, sketches.count)
                }
            }
            for key in sketches[article].bandKeys { for other in byBand[key] ?? [] { votes[other, default: 0] += 1 } }
            votes[article] = nil
            let met = votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(RelatedScore.mostCandidates)
            return met.map { ($0.key, score.score(sketches[$0.key])) }.filter { $0.1 >= RelatedScore.least }
                .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
        }
    }

    @Test("five reports of one event find each other and nothing else among thousands of articles")
    func event() {
        var index = Index()
        for report in strikeReports { index.add(report) }
        var others = OtherArticles(seed: 4)
        for _ in 0..<3000 { index.add(others.next()) }
        for report in strikeReports.indices {
            #expect(Set(index.related(to: report)) == Set(strikeReports.indices).subtracting([report]))
        }
        #expect(strikeReports.count == 5)
        for other in [5, 700, 2999] { #expect(index.related(to: other).isEmpty) }
    }

    @Test("near-duplicates come first and share a band")
    func duplicates() {
        var index = Index()
        var others = OtherArticles(seed: 9)
        let first = others.next()
        var second = first
        second.blocks[2] = .init(.paragraph, first.blocks[2].text + " One more sentence was put here later.")
        index.add(first)
        index.add(second)
        for _ in 0..<500 { index.add(others.next()) }
        #expect(index.related(to: 0) == [1])
        #expect(!Set(index.sketches[0].bandKeys).isDisjoint(with: index.sketches[1].bandKeys))
        #expect(index.sketches[0].resemblance(to: index.sketches[1]) > 0.7)
        #expect(index.sketches[0].resemblance(to: index.sketches[2]) < 0.1)
        #expect(index.sketches[0].resemblance(to: index.sketches[0]) == 1)
    }

    @Test("resemblance works in scripts without spaces")
    func chinese() {
        let text = "昨天晚上大雨造成山区河水上涨，村里四十多户人家的地下室被淹，消防队整夜抽水。学校今天停课，市长感谢志愿者。"
        let first = ArticleSketch(Revision(headline: "山区洪水", blocks: [.init(.paragraph, text)]))
        let second = ArticleSketch(
            Revision(headline: "洪水消息", blocks: [.init(.paragraph, text.replacing("今天", with: "明天"))]))
        let third = ArticleSketch(
            Revision(headline: "足球", blocks: [.init(.paragraph, "国家队昨天以二比一战胜客队，教练对年轻球员的表现十分满意。")]))
        #expect(first.resemblance(to: second) > 0.6)
        #expect(first.resemblance(to: third) < 0.1)
        let score = RelatedScore(first, articles: 1000, frequency: [:])
        #expect(score.score(second) > 0.8)
        #expect(score.score(third) < RelatedScore.least)
    }

    @Test("a sketch survives its bytes, and bytes of another kind make none")
    func bytes() throws {
        let sketch = ArticleSketch(strikeReports[0])
        #expect(sketch.minima.count == ArticleSketch.minimaCount)
        #expect((20...ArticleSketch.mostTerms).contains(sketch.terms.count))
        let back = try #require(ArticleSketch(bytes: sketch.bytes))
        #expect(back.minima == sketch.minima)
        #expect(back.terms.map(\.key) == sketch.terms.map(\.key))
        #expect(zip(back.terms, sketch.terms).allSatisfy { abs($0.weight - $1.weight) <= 0.0625 })
        #expect(ArticleSketch(bytes: []) == nil)
        #expect(ArticleSketch(bytes: Array(sketch.bytes.dropLast())) == nil)
        #expect(ArticleSketch(bytes: [2] + sketch.bytes.dropFirst()) == nil)
        let empty = ArticleSketch(Revision())
        #expect(empty.minima.isEmpty && empty.bandKeys.isEmpty && empty.terms.isEmpty)
        #expect(ArticleSketch(bytes: empty.bytes) == empty)
    }

    @Test("rarity falls from one to nothing")
    func rarity() {
        #expect(RelatedScore.rarity(1, 10_000) == 1)
        #expect(RelatedScore.rarity(0, 10_000) == 1)
        #expect(RelatedScore.rarity(10_000, 10_000) < 0.01)
        let values = [1, 3, 10, 30, 100, 1000, 9000].map { RelatedScore.rarity($0, 10_000) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
    }
}
