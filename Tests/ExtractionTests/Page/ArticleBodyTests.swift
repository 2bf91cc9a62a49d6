import Extraction
import Models
import Testing

@Suite("The text of an article in a page")
struct ArticleBodyTests {
    private let title = "<h1>Ferry in the storm</h1>"
    private let teasers =
        "<ul><li><a href=/2>Another story of the day, as long as a sentence is</a><li><a href=/3>A third one</a></ul>"

    @Test(
        "the text is found in the element that declares it",
        arguments: [
            ("<div itemprop=articleBody>", "</div>"), ("<div class=article-body>", "</div>"),
            ("<div class=entry-content>", "</div>"),
            ("<article>", "</article>"), ("<main>", "</main>"), ("<div>", "</div>"),
            ("<table><tr><td>", "</td></tr></table>"),
        ])
    func containers(_ start: String, _ end: String) {
        let aside = "<div class=x><p>Weather: cold.</p></div>"
        let page = PageFixture.page(
            "\(PageFixture.nav)\(title)\(start)\(PageFixture.paragraphs)\(end)\(aside)<footer>Imprint</footer>")
        #expect(PageFixture.texts(page) == PageFixture.story)
        #expect(page.headline == "Ferry in the storm")
    }

    @Test(
        "a wrapper of the whole page is read, whatever its class says",
        arguments: [
            "ad-margins", "paywall", "has-sidebar", "widget", "modal-enabled", "no-print", "right-rail",
            "comments-open",
        ])
    func unluckyNames(_ name: String) {
        let page = PageFixture.page("<div class='\(name)'>\(title)<div>\(PageFixture.paragraphs)</div></div>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a page wrapped in one form is read")
    func form() {
        let page = PageFixture.page("<form method=post>\(title)<div>\(PageFixture.paragraphs)</div></form>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a text hidden until a script has run is read when it is most of the page")
    func hiddenPage() {
        let page = PageFixture.page("<div style='visibility:hidden'>\(title)\(PageFixture.paragraphs)</div>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test(
        "what the page does not show is left out",
        arguments: ["hidden", "style='display:none'", "style='DISPLAY: none'", "aria-hidden=true", "role=dialog"])
    func hidden(_ attribute: String) {
        let secret = "<p \(attribute)>This sentence is not shown to anybody who reads the page.</p>"
        let page = PageFixture.page("\(title)<article>\(PageFixture.paragraphs)\(secret)</article>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("two line breaks part paragraphs where a page has no p")
    func lineBreaks() {
        let text = PageFixture.story.joined(separator: "<br>\n<br>\n")
        let page = PageFixture.page("\(PageFixture.nav)\(title)<div class=x>\(text)</div>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("one line break is a space")
    func singleBreak() {
        let page = PageFixture.page(
            "\(title)<article><p>\(PageFixture.story[0])<br>Second line.</p>\(PageFixture.paragraphs)</article>")
        #expect(PageFixture.texts(page).first == PageFixture.story[0] + " Second line.")
    }

    @Test("a list of links in the article is left out")
    func linkList() {
        let page = PageFixture.page("\(title)<article>\(PageFixture.paragraphs)\(teasers)</article>")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("a list of the article's own is kept, as items")
    func ownList() {
        let list = "<ul><li>Forty passengers and their luggage.</li><li>Six of a crew, with the captain.</li></ul>"
        let page = PageFixture.page(
            "\(title)<article>\(PageFixture.paragraphs)\(list)<p>\(PageFixture.story[0]) Again.</p></article>")
        #expect(
            PageFixture.texts(page, .listItem) == [
                "Forty passengers and their luggage.", "Six of a crew, with the captain.",
            ])
    }

    @Test(
        "promos in the middle of the text are left out",
        arguments: [
            "<div class=newsletter-box><p>Get our newsletter every morning, free of charge.</p></div>",
            "<aside><p>More on this: the harbour in numbers, explained at length.</p></aside>",
            "<p><a href=/2>READ MORE: Two boats turned back to the quay</a></p>",
            "<div class=related-posts>\(PageFixture.nav)</div>",
            "<p class=ad-slot>Buy two umbrellas for the price of one, today only.</p>",
        ])
    func promos(_ promo: String) {
        let parts = PageFixture.story.map { "<p>\($0)</p>" }
        let page = PageFixture.page("\(title)<article>\(parts[0])\(promo)\(parts[1])\(parts[2])</article>")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("readers' comments are left out")
    func comments() {
        let comment = "<li><p>I was on that ferry, and it was nothing like what you write, believe me.</p>"
        let page = PageFixture.page(
            "\(title)<article>\(PageFixture.paragraphs)<div id=comments><h3>2 Comments</h3><ol>\(comment)\(comment)</ol></div></article>"
        )
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("what follows a line such as 'Related stories' at the end is left out")
    func tail() {
        let rest =
            "<h3>Related stories</h3><div class=t><p>The harbour was closed for the third time this year, again.</p></div>"
        let page = PageFixture.page("\(title)<article>\(PageFixture.paragraphs)\(rest)</article>")
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("a text cut in parts by pictures is read whole")
    func parts() {
        let chunks = PageFixture.story.map { "<div class=chunk><p>\($0)</p></div><div class=pic><img src=a.jpg></div>" }
            .joined()
        let page = PageFixture.page("\(PageFixture.nav)\(title)<div class=all>\(chunks)</div>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a second copy of a paragraph, for small screens, is left out")
    func copies() {
        let page = PageFixture.page(
            "\(title)<article>\(PageFixture.paragraphs)<p>\(PageFixture.story[0])</p></article>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a paywall stub is what it shows")
    func stub() {
        let page = PageFixture.page(
            "\(title)<article><p>\(PageFixture.story[0])</p><div class=paywall>Subscribe to read on.</div></article>")
        #expect(PageFixture.texts(page) == [PageFixture.story[0]])
    }

    @Test(
        "a page without text gives no blocks",
        arguments: ["", "<p></p>", PageFixture.nav, "<script>var a = 'text'</script>"])
    func empty(_ body: String) {
        #expect(PageFixture.page(body).blocks.isEmpty)
    }

    @Test("changed furniture leaves the revision as it is")
    func stability() {
        func page(_ clock: String, _ teaser: String) -> Revision {
            PageFixture.page(
                "<div class=top>\(clock)</div>\(PageFixture.nav)\(title)<article>\(PageFixture.paragraphs)</article>"
                    + "<div class=most-read><p><a href=/9>\(teaser)</a></p></div>")
        }
        #expect(
            page("12:05", "A storm is coming").id == page("18:40", "Seven things to know about ferries, and why").id)
    }
}
