import Diffing
import Models
import Testing

/// Texts of three outlets on one event, written for these tests.
@Suite("What several articles tell of one event")
struct RetellingTests {
    private let post = Revision(
        headline: "Strike closes harbour",
        blocks: [
            .init(
                .paragraph,
                "“This is out of the question. We will never give up our jobs and we won’t be silent,” Henrik Dahl of the dockers' union said."
            ),
            .init(
                .paragraph,
                "Ships carrying food have waited in the bay to reach the 4,200 islanders cut off by the strike on Great Holm."
            ),
            .init(.paragraph, "Some 40 divers searched the wreck of the pilot boat on Monday morning."),
            .init(.paragraph, "The article was published on 3 November 2016 at 9 am."),
        ], language: "en")
    private let gazette = Revision(
        headline: "Islands cut off",
        blocks: [
            .init(
                .paragraph,
                "There are about 5,000 islanders on Great Holm, cut off since the strike began and short of food."),
            .init(
                .paragraph,
                "\"This is out of the question. We will not give up our jobs and we won't be silent,\" a union leader said."
            ),
            .init(.paragraph, "About 60 divers and volunteers worked along the hull."),
            .init(.paragraph, "The article was published on 4 November 2016 at 7 pm."),
        ], language: "en")
    private let courier = Revision(
        headline: "Dockers defiant",
        blocks: [
            .init(
                .paragraph,
                "‘This is out of the question,’ said Dahl. ‘We will not give up our jobs and we won't be silent.’"),
            .init(.paragraph, "In the middle of the night the lamps of the harbour were lit again."),
        ], language: "en")

    private func rows(_ kind: Retelling.Kind, _ articles: [Revision]) -> [Retelling.Row] {
        Retelling(articles).rows.filter { $0.kind == kind }
    }

    @Test("an altered quotation is one row, whole, and compared with what most have")
    func quotation() throws {
        let found = rows(.quotation, [post, gazette, courier])
        #expect(found.count == 1)
        let row = try #require(found.first)
        #expect(row.versions.map { $0?.agreement } == [.altered, .same, .same])
        let words = try #require(row.versions[0]).words
        #expect(words.contains(WordRun(.insert, "never")) && words.contains(WordRun(.delete, "not")))
        let changed = words.filter { $0.operation != .equal }
        #expect(changed.count == 2)
        #expect(row.versions[0]?.text.hasPrefix("This is out of the question. We will never") == true)
        #expect(row.isDisputed)
    }

    @Test("a quotation in two parts is one version")
    func parts() throws {
        let row = try #require(rows(.quotation, [post, gazette, courier]).first)
        let version = try #require(row.versions[2])
        #expect(version.text.contains(" … We will not give up"))
        #expect(version.words.allSatisfy { $0.operation == .equal })
    }

    @Test("figures that disagree are one row each; dates of publication are none")
    func figures() {
        let found = rows(.figure, [post, gazette, courier])
        #expect(
            Set(found.map { $0.versions.map { $0?.text } }) == [
                ["4,200 islanders", "about 5,000 islanders", nil], ["Some 40 divers", "About 60 divers", nil],
            ])
        #expect(found.allSatisfy { $0.isDisputed })
    }

    @Test("a quotation of which one gives only a part is no altered one")
    func partial() throws {
        let whole = Revision(blocks: [
            .init(
                .paragraph,
                "“It is not true. Nobody trusts the harbour master any more, not even his friends,” he said.")
        ])
        let part = Revision(blocks: [.init(.paragraph, "He said that 'nobody trusts the harbour master any more'.")])
        let row = try #require(Retelling([whole, part]).rows.first)
        #expect(row.versions.map { $0?.agreement } == [.same, .part])
        #expect(!row.isDisputed)
    }

    @Test("the same number with another hedge is told differently")
    func hedges() throws {
        let first = Revision(blocks: [
            .init(.paragraph, "At least 17 people were killed when the grain quay collapsed in the harbour.")
        ])
        let second = Revision(blocks: [
            .init(.paragraph, "The grain quay collapsed and 17 people were killed in the harbour.")
        ])
        let row = try #require(Retelling([first, second]).rows.first)
        #expect(row.versions.map { $0?.text } == ["At least 17 people", "17 people"])
        #expect(row.versions[1]?.agreement == .hedged)
    }

    @Test("one article's two figures for one thing never become one version")
    func contradiction() {
        let first = Revision(blocks: [
            .init(.paragraph, "Police counted 200 marchers on the old bridge over the river in the town of Delin."),
            .init(.paragraph, "The union counted 900 marchers on the old bridge over the river in the town of Delin."),
        ])
        let second = Revision(blocks: [
            .init(.paragraph, "Some 500 marchers stood on the old bridge over the river in the town of Delin.")
        ])
        let found = Retelling([first, second]).rows
        #expect(!found.isEmpty)
        for row in found { #expect(row.versions[0]?.text.contains("200") != row.versions[0]?.text.contains("900")) }
    }

    @Test("languages are not compared, and the row says which articles were")
    func languages() throws {
        let arabic = Revision(
            blocks: [.init(.paragraph, "وقال: «لن نتخلى عن وظائفنا ولن نصمت أبدا»، مضيفا أن 4200 من السكان معزولون.")],
            language: "ar")
        let row = try #require(rows(.quotation, [post, arabic, gazette]).first)
        #expect(row.comparable == [0, 2])
        #expect(row.versions[1] == nil)
    }

    @Test("a phrase of small words that both quote is no quotation of the event")
    func phrases() {
        let first = Revision(blocks: [
            .init(.paragraph, "“That is what it was and it is for all of us in here,” said the cook.")
        ])
        let second = Revision(blocks: [
            .init(.paragraph, "The other one said “but that is what it was like when we were there”.")
        ])
        #expect(Retelling([first, second]).rows.isEmpty)
    }

    @Test("texts made to be slow are told of in bounded time", arguments: ["“a b c d” ", "12 men ", "“12 men” and “"])
    func hostile(text: String) {
        let article = Revision(blocks: [.init(.paragraph, String(repeating: text, count: 20_000))])
        let found = Retelling([article, article, article])
        #expect(found.rows.count <= 2048)
    }

    @Test("findings say where in its block the focus stands, even where the words stand there twice")
    func places() throws {
        let first = Revision(blocks: [
            .init(.paragraph, "Ships waited."),
            .init(
                .paragraph,
                "Of 30 ships some reached the 4,200 islanders cut off by the strike on Great Holm, 4,200 islanders as the mayor said."
            ),
        ])
        var count = 0
        for finding in ArticleComparison(first, gazette).findings {
            count += 1
            let (a, b) = (
                Array(first.blocks[finding.blockA].text.utf8), Array(gazette.blocks[finding.blockB].text.utf8)
            )
            #expect(String(decoding: a[finding.placeA], as: UTF8.self) == finding.focusA)
            #expect(String(decoding: b[finding.placeB], as: UTF8.self) == finding.focusB)
        }
        #expect(count > 0)
    }
}
