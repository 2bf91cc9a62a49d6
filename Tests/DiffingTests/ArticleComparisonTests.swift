import Diffing
import Models
import Testing

@Suite("Across articles")
struct ArticleComparisonTests {
    private let harbour = Revision(
        headline: "Strike closes harbour of Lindvik",
        blocks: [
            .init(
                .paragraph,
                "“We will never give up our jobs and we won’t be silent,” Henrik Dahl of the dockers' union told the Karna Post."
            ),
            .init(.paragraph, bridge),
            .init(
                .paragraph,
                "Ships carrying food have waited in the bay to reach the 4,200 islanders cut off by the strike on Great Holm."
            ),
            .init(.paragraph, "The ferry company has 12 ships."),
        ])
    private let islands = Revision(
        headline: "Islands cut off by dock strike",
        blocks: [
            .init(
                .paragraph,
                "There are about 5,000 islanders on Great Holm, cut off since the strike began and short of food."),
            .init(.paragraph, "\"We will not give up our jobs and we won't be silent,\" a union leader said."),
            .init(.paragraph, bridge.replacing("stays", with: "remains")),
            .init(.paragraph, "The ferry company has 12 ships and wants 30 more."),
        ])

    private func findings(_ kind: ArticleComparison.Finding.Kind) -> [ArticleComparison.Finding] {
        ArticleComparison(harbour, islands).findings.filter { $0.kind == kind }
    }

    @Test("a passage that both articles have is found where it stands")
    func passages() throws {
        let passage = try #require(findings(.passage).first { $0.blockA == 1 })
        #expect(passage.a == bridge)
        #expect(passage.b == bridge.replacing("stays", with: "remains"))
        #expect(passage.similarity > 0.9 && passage.similarity < 1)
        #expect(passage.words.contains(WordRun(.insert, "remains")))
        #expect(passage.blockB == 2)
    }

    @Test("a quotation that is not the same word for word is found with the words that differ")
    func quotations() throws {
        let quotations = findings(.quotation)
        #expect(quotations.count == 1)
        let quotation = try #require(quotations.first)
        #expect(quotation.a == "We will never give up our jobs and we won’t be silent")
        #expect(quotation.b == "We will not give up our jobs and we won't be silent")
        #expect(
            quotation.words.prefix(3) == [
                WordRun(.equal, "We will "), WordRun(.delete, "never"), WordRun(.insert, "not"),
            ])
    }

    @Test("figures that measure the same thing and differ are found, agreeing ones are not")
    func figures() throws {
        let figures = findings(.figure)
        #expect(figures.count == 1)
        let figure = try #require(figures.first)
        #expect(figure.focusA == "4,200 islanders")
        #expect(figure.focusB == "about 5,000 islanders")
        #expect(figure.a.hasPrefix("Ships carrying food"))
    }

    @Test("the order of the two articles makes no difference to what is found")
    func symmetry() {
        let there = ArticleComparison(harbour, islands).findings.map { "\($0.kind) \($0.focusA) \($0.focusB)" }
        let back = ArticleComparison(islands, harbour).findings.map { "\($0.kind) \($0.focusB) \($0.focusA)" }
        #expect(!there.isEmpty)
        #expect(Set(there) == Set(back))
    }

    @Test("a quotation given in part, or in other marks, is not altered")
    func partial() {
        let whole = Revision(blocks: [
            .init(
                .paragraph,
                "“It is not true. Nobody trusts the harbour master any more, not even his friends,” he said.")
        ])
        let part = Revision(blocks: [.init(.paragraph, "He said that 'nobody trusts the harbour master any more'.")])
        #expect(ArticleComparison(whole, part).findings.allSatisfy { $0.kind != .quotation })
    }

    @Test("dates, times and names with numbers are no figures that disagree")
    func labels() {
        let first = Revision(blocks: [
            .init(
                .paragraph,
                "The ferry of the island line left the harbour of Lindvik on 3 November 2016 at 9 am with an F-16 overhead."
            )
        ])
        let second = Revision(blocks: [
            .init(
                .paragraph,
                "The ferry of the island line left the harbour of Lindvik on 4 November 2017 at 7 pm with an F-15 overhead."
            )
        ])
        #expect(ArticleComparison(first, second).findings.allSatisfy { $0.kind != .figure })
    }

    @Test("articles about other things have nothing in common")
    func unrelated() {
        #expect(ArticleComparison(Revision(body: [flood, school]), Revision(body: [relief, bridge])).findings.isEmpty)
        #expect(ArticleComparison(Revision(), Revision()).findings.isEmpty)
    }

    @Test("passages are found in scripts without spaces")
    func chinese() {
        let shared = "昨天晚上大雨造成山区河水上涨，村里四十多户人家的地下室被淹，消防队整夜抽水。"
        let first = Revision(blocks: [.init(.paragraph, "记者从现场报道。" + shared)])
        let second = Revision(blocks: [.init(.paragraph, shared + "学校今天停课。")])
        let findings = ArticleComparison(first, second).findings
        #expect(findings.map(\.kind) == [.passage])
        #expect(findings.first?.a == shared)
    }
}
