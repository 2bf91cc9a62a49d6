import Models
import Testing
import Viewer

@Suite("A text with marks")
struct MarkedTextTests {
    private func html(_ text: String, _ marks: [MarkedText.Mark], language: String? = "en") -> String {
        MarkedText(
            Pages.revision([text], language: language), marks, letters: (own: "a", other: "b"), otherName: "The <Other>"
        ).html
    }

    private func mark(_ number: Int, _ name: String, _ text: String, _ stretch: String, _ occurrence: Int = 0) throws
        -> MarkedText.Mark
    {
        let found = text.ranges(of: stretch)
        try #require(found.count > occurrence)
        let range = found[occurrence]
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        return MarkedText.Mark(
            number: number, name: name, block: 0, place: start..<start + stretch.utf8.count,
            depth: name == "passage" ? 0 : 1)
    }

    @Test("marks the occurrence that is meant, not another one of the same words")
    func repeated() throws {
        let text = "Some 20 people, “20 people”, and 20 people."
        let html = html(text, [try mark(3, "figure", text, "20 people", 2)])
        #expect(html.contains("“20 people”, and <a"))
        #expect(html.contains("data-f=\"3\">20 people</mark>."))
        #expect(html.matches(of: "<mark") == 1)
    }

    @Test("what lies within or across something else is marked by both, and tags stay in order")
    func overlapping() throws {
        let text = "one two three four five six"
        let html = html(
            text,
            [
                try mark(1, "passage", text, "one two three four"), try mark(2, "quotation", text, "two three"),
                try mark(3, "quotation", text, "four five"),
            ])
        var depth = 0
        for piece in html.pieces(between: "<", and: ">") {
            if piece.hasPrefix("mark") { depth += 1 }
            if piece == "/mark" { depth -= 1 }
            if piece.hasPrefix("a ") || piece == "/p" { #expect(depth == 0) }
            #expect(depth >= 0)
        }
        #expect(html.contains("data-f=\"1\"><mark class=\"quotation k1\" data-f=\"2\">two three</mark></mark>"))
        #expect(html.contains("data-f=\"1\"><mark class=\"quotation k2\" data-f=\"3\">four</mark></mark>"))
        #expect(html.contains("<mark class=\"quotation k2\" data-f=\"3\"> five</mark> six"))
    }

    @Test("each number leads to its partner and says to listeners where that is")
    func links() throws {
        let html = html("one two", [try mark(7, "passage", "one two", "one")])
        #expect(html.contains("id=\"a7\" href=\"#b7\""))
        #expect(html.contains("passage </span>7<span class=\"vh\">, in The &lt;Other&gt;</span>"))
    }

    @Test("nothing that a text says becomes markup, marked or not", arguments: Pages.hostile)
    func hostile(text: String) throws {
        let whole = "before \(text) after"
        for marked in [html(whole, []), html(whole, [try mark(1, "passage", whole, whole)])] {
            for forbidden in [
                "<script", "<img", "<base", "<!-- ", "onload=\"", "\u{202E}", "\u{0}", "\u{1B}", "</style",
            ] {
                #expect(!marked.contains(forbidden), "\(forbidden.debugDescription)")
            }
        }
    }

    @Test("each paragraph says its direction, whatever that of the page is")
    func directions() {
        let text = MarkedText(
            Pages.revision(Pages.arabic + ["A note in English was added."], language: "ar"), [],
            letters: (own: "b", other: "a"), otherName: "Post")
        #expect(text.html.matches(of: "lang=\"ar\" dir=\"rtl\"") == Pages.arabic.count)
        #expect(text.html.matches(of: "lang=\"ar\" dir=\"ltr\"") == 1)
    }

    @Test("places that lie outside the text mark nothing")
    func outside() {
        let mark = MarkedText.Mark(number: 1, name: "passage", block: 0, place: 3..<90, depth: 0)
        #expect(!html("short", [mark]).contains("<mark"))
    }
}
