import Diffing
import Models
import Testing
import Viewer

@Suite("A comparison in reading order")
struct ReadingOrderTests {
    private func passages(_ before: [String], _ after: [String]) -> (Comparison, [ReadingOrder.Passage]) {
        let comparison = Comparison(from: Pages.revision(before), to: Pages.revision(after))
        return (comparison, ReadingOrder(comparison).passages)
    }

    @Test("every edit stands at exactly one passage, and every row is a passage")
    func complete() {
        let (comparison, passages) = passages(Pages.bridge, Pages.bridgeLater)
        #expect(comparison.edits.count > 5)
        #expect(passages.flatMap(\.edits).sorted() == Array(comparison.edits.indices))
        #expect(passages.compactMap(\.row) == Array(comparison.rows.indices))
        for passage in passages where !passage.isChanged { #expect(passage.edits.isEmpty) }
    }

    @Test("what was moved is told at its old and its new place, what was split by the number of its pieces")
    func notes() {
        let notes = passages(Pages.bridge, Pages.bridgeLater).1.compactMap(\.note)
        #expect(notes == ["here from paragraph 5", "split into 2 paragraphs", "moved from here to paragraph 3"])
    }

    @Test("a paragraph that became a heading is told so")
    func markup() {
        let from = Revision(blocks: [.init(.paragraph, "What it costs"), .init(.paragraph, Pages.bridge[0])])
        let to = Revision(blocks: [.init(.heading, "What it costs"), .init(.paragraph, Pages.bridge[0])])
        let passages = ReadingOrder(Comparison(from: from, to: to)).passages
        #expect(passages.map(\.note) == ["a paragraph became a heading", nil])
    }

    @Test("what changed in furniture is said to be no edit")
    func furniture() {
        let (from, to) = (
            Pages.revision(Pages.bridge), Pages.revision(Pages.bridge + ["Read more about bridges and ferries."])
        )
        let comparison = Comparison(from: from, to: to) { $0.text.hasPrefix("Read more") }
        #expect(comparison.edits.isEmpty)
        #expect(ReadingOrder(comparison).passages.compactMap(\.note) == ["furniture, not counted as an edit"])
    }

    @Test("every changed passage has an edit, or says why not")
    func reasons() {
        let pairs = [
            (Pages.bridge, Pages.bridgeLater), (Pages.bridgeLater, Pages.bridge), (Pages.arabic, Pages.bridge),
        ]
        for (before, after) in pairs {
            let passages = passages(before, after).1
            #expect(passages.filter(\.isChanged).count > 2)
            for passage in passages where passage.isChanged {
                #expect(!(passage.edits + passage.departures).isEmpty || passage.note?.hasPrefix("moved from") == true)
            }
        }
    }

    @Test("an unchanged headline is a passage, unchanged dates and bylines are not")
    func fields() {
        var from = Pages.revision(Pages.bridge)
        from.authors = ["Ruth Adler"]
        from.modified = "2026-11-20"
        var to = from
        #expect(
            ReadingOrder(Comparison(from: from, to: to)).passages.filter { $0.row == nil }.map(\.part) == [.headline])
        to.authors = ["Ruth Adler", "Sam Ode"]
        to.modified = "2026-11-21"
        let fields = ReadingOrder(Comparison(from: from, to: to)).passages.filter { $0.row == nil }
        #expect(fields.map(\.part) == [.headline, .byline, .modified])
    }
}

@Suite("The direction of text")
struct TextDirectionTests {
    @Test(
        "is that of most letters, whatever stands first",
        arguments: [
            ("The bridge", TextDirection.leftToRight), ("الجسر القديم", .rightToLeft), ("הגשר הישן", .rightToLeft),
            ("BBC كانت أول من نشر الخبر", .rightToLeft), ("He said “نعم” to them", .leftToRight),
            ("4200 شخص", .rightToLeft), ("橋は毎日", .leftToRight), ("𞤀𞤣𞤤𞤢𞤥", .rightToLeft),
        ])
    func most(text: String, direction: TextDirection) {
        #expect(TextDirection.ofMost(text) == direction)
    }

    @Test("is nobody's where there are no letters", arguments: ["", "4,200", "— … !", " \u{0301}"])
    func none(text: String) {
        #expect(TextDirection.ofMost(text) == nil)
        #expect(!TextDirection.hasRightToLeft(text))
    }

    @Test("of the first letter is what a terminal guesses")
    func first() {
        #expect(TextDirection.ofFirstLetter("12 BBC كانت") == .leftToRight)
        #expect(TextDirection.ofFirstLetter("“نعم” BBC") == .rightToLeft)
        #expect(TextDirection.hasRightToLeft("12 BBC كانت"))
    }
}
