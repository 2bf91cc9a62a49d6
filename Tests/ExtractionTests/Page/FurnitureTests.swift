import Extraction
import Models
import Testing

@Suite("Furniture that shows by its form")
struct FurnitureTests {
    private let title = "<h1>Ferry in the storm</h1>"
    private let comment =
        "<div class=row><b>Sailor</b><p>I was on that ferry, and it was nothing like what you write, believe me, "
        + "nothing at all, and the captain, whom I know, will tell you the same if you ask him on the quay.</p></div>"

    @Test(
        "comments that are longer than the article are not taken for it, whatever their boxes are called",
        arguments: ["12 Comments", "Kommentare (12)", "12 commentaires", "Comentarios", "التعليقات", "12 комментариев"])
    func comments(_ heading: String) {
        let box = "<div class=x><div class=y><h3>\(heading)</h3></div>\(String(repeating: comment, count: 12))</div>"
        let page = PageFixture.page("\(title)<div class=t>\(PageFixture.paragraphs)</div>\(box)")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("a link to the comments above the text does not make the text a comment")
    func commentsLink() {
        let top = "<div class=top><a href=#c>12 Comments</a></div>"
        let page = PageFixture.page("\(title)<div class=t>\(top)\(PageFixture.paragraphs)</div>")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("teasers with a linked title and a few lines each are not taken for a short article beside them")
    func teasers() {
        let teaser = { (number: Int) in
            "<div class=card><h3><a href=/\(number)>Another story of the day, number \(number)</a></h3><p>It tells, in a sentence "
                + "or two, with a comma here and there, what the story says, and why one should read it, number \(number).</p></div>"
        }
        let list = "<div class=list>\((1...9).map(teaser).joined())</div>"
        let page = PageFixture.page("\(title)<div class=t><p>\(PageFixture.story[0])</p></div>\(list)")
        #expect(page.blocks.map(\.text) == [PageFixture.story[0]])
    }

    @Test("items of a list that is the article are not teasers")
    func listicle() {
        let item = { (number: Int) in
            "<div class=item><h2>Harbour number \(number)</h2><p>A harbour worth a journey, with a mole, a lighthouse, and boats "
                + "that go out at dawn, whatever the weather may be, number \(number) of them all.</p></div>"
        }
        let page = PageFixture.page("\(title)<div class=t>\((1...6).map(item).joined())</div>")
        #expect(PageFixture.texts(page).count == 6)
        #expect(PageFixture.texts(page, .heading).count == 6)
    }

    @Test("an aside longer than the article is not the article")
    func aside() {
        let about = String(
            repeating: "<p>About us: a paper, a printing house, and a harbour office, since 1901, all in one.</p>",
            count: 12)
        let page = PageFixture.page("\(title)<article>\(PageFixture.paragraphs)</article><aside>\(about)</aside>")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("what stands above the headline is the site's")
    func aboveHeadline() {
        let page = PageFixture.page(
            "<div class=t><p>The Post is a daily paper of the harbour, read by many.</p>\(title)\(PageFixture.paragraphs)</div>"
        )
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("a post that the article quotes is kept, in whatever box it stands")
    func embeddedPost() {
        let post =
            "<div class='social-widget'><blockquote class=twitter-tweet><p>All forty are safe on land.</p>"
            + "&mdash; Harbour office (@harbour) <a href=/s/1>November 3, 2016</a></blockquote></div>"
        let parts = PageFixture.story.map { "<p>\($0)</p>" }
        let page = PageFixture.page("\(title)<article>\(parts[0])\(post)\(parts[1])\(parts[2])</article>")
        #expect(PageFixture.texts(page, .quotation).first == "All forty are safe on land.")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test(
        "what the page's own style sheet hides is left out",
        arguments: [
            ".teaser-popup{display:none}", ".x, .teaser-popup { color: red; DISPLAY : none !important }",
            "/* { */ .teaser-popup{visibility:hidden}",
        ])
    func hiddenByStyle(_ css: String) {
        let secret = "<p class='big teaser-popup'>This sentence is not shown to anybody who reads the page.</p>"
        let page = PageFixture.page(
            "\(title)<article>\(PageFixture.paragraphs)\(secret)</article>", head: "<style>\(css)</style>")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test(
        "what a style sheet hides only sometimes, or shows again, is kept",
        arguments: [
            "@media print { .note{display:none} }", ".note{display:none} .note{display:block}",
            ".menu .note{display:none}",
            ".note:empty{display:none}",
        ])
    func shownByStyle(_ css: String) {
        let note = "<p class=note>A correction: the ferry carried forty people, not fifty.</p>"
        let page = PageFixture.page(
            "\(title)<article>\(PageFixture.paragraphs)\(note)</article>", head: "<style>\(css)</style>")
        #expect(page.blocks.map(\.text).last == "A correction: the ferry carried forty people, not fifty.")
    }
}
