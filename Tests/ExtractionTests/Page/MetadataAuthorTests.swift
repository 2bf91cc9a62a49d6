import Extraction
import Models
import Testing

@Suite("The authors of an article in a page")
struct MetadataAuthorTests {
    private func page(head: String = "", top: String = "", below: String = "") -> Revision {
        PageFixture.page(
            "<article><h1>Ferry in the storm</h1>\(top)<div class=text>\(PageFixture.paragraphs)</div></article>\(below)",
            head: "<meta property=og:site_name content='The Post'>" + head)
    }

    private static func linked(_ author: String) -> String {
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry in the storm\",\"author\":\(author)}</script>"
    }

    @Test(
        "a declared value is cleaned of what is no name",
        arguments: [
            ("By Jane Doe", "Jane Doe"), ("By JANE DOE, Associated Press", "JANE DOE"),
            ("Jane Doe | The Post", "Jane Doe"),
            ("Jane Doe, Chief Reporter", "Jane Doe"), ("jane@post.example (Jane Doe)", "Jane Doe"),
            ("Doe, Jane", "Jane Doe"),
            ("Von Jane Doe", "Jane Doe"), ("Jane Doe in Beirut", "Jane Doe"), ("Jane Doe for The Post", "Jane Doe"),
            ("Jane Doe (Reporter)", "Jane Doe"), ("홍길동 기자", "홍길동"), ("作者：张三", "张三"), ("بقلم: أحمد محمود", "أحمد محمود"),
            ("Analysis by Jane Doe, Post Editor-at-large", "Jane Doe"), ("Jane Doe Staff Writer", "Jane Doe"),
            ("Jane Doe and John Roe", "Jane Doe"), ("Staff Reports", "Staff Reports"),
            ("The Associated Press", "The Associated Press"),
        ])
    func cleaned(_ value: String, _ expected: String) {
        #expect(page(head: "<meta name=author content='\(value)'>").authors.first == expected)
    }

    @Test(
        "addresses, handles and placeholders are no authors",
        arguments: [
            "https://social.example/post", "newsroom@post.example", "@thepost", "admin", "null", "undefined", "12345",
        ])
    func noNames(_ value: String) {
        #expect(page(head: "<meta name=author content='\(value)'>").authors == [])
    }

    @Test(
        "the byline is found near the headline",
        arguments: [
            "<p>By Jane Doe</p>", "<div>By <a href=/x>Jane Doe</a> | 3 March 2026</div>",
            "<p>by Jane Doe<br>Monday, March 2, 2026</p>",
            "<span class=author-name>Jane Doe</span>", "<div class=byline><a>Jane Doe</a> / TNN / Mar 2, 2026</div>",
            "<a rel=author href=/jane>Jane Doe</a>", "<a href=/authors/jane-doe>Jane Doe</a>",
            "<div itemprop=author itemscope itemtype=https://schema.org/Person><img alt=x><span itemprop=name>Jane Doe</span></div>",
            "<div>Submitted by <span>Jane Doe</span> on Mon, 03/02/2026</div>", "<div class=firma>Por Jane Doe</div>",
            "<div><span>Jane Doe</span><span>Political correspondent</span></div>".replacing(
                "<span>Jane", with: "<span class=author>Jane"),
            "<p>02/03/2026 - Publicado por: Jane Doe - Categoria: <a>Porto</a></p>",
        ])
    func shown(_ top: String) {
        #expect(page(top: top).authors == ["Jane Doe"])
    }

    @Test("a byline with several names gives them all")
    func several() {
        let top = "<div>By <a>Jane Doe</a>, <a>John Roe</a> and <a>Ann Poe</a></div><div>March 2, 2026</div>"
        #expect(page(top: top).authors == ["Jane Doe", "John Roe", "Ann Poe"])
    }

    @Test(
        "a person in the byline is believed more than an outlet that is declared",
        arguments: ["{\"@type\":\"Organization\",\"name\":\"The Post\"}", "\"The Post\"", "\"Reuters\"", "\"admin\""])
    func outlet(_ author: String) {
        #expect(page(head: Self.linked(author), top: "<div>By Jane Doe</div>").authors == ["Jane Doe"])
    }

    @Test("who entered the text is not believed when the byline names another")
    func entered() {
        #expect(
            page(head: Self.linked("{\"name\":\"Kevin Clerk\"}"), top: "<div>By Jane Doe</div>").authors == ["Jane Doe"]
        )
    }

    @Test("an outlet is named where there is no person")
    func onlyOutlet() {
        #expect(page(head: Self.linked("{\"@type\":\"Organization\",\"name\":\"The Post\"}")).authors == ["The Post"])
    }

    @Test("a reference to a person in another script is followed")
    func reference() {
        let person =
            "<script type=application/ld+json>{\"@type\":\"Person\",\"@id\":\"#j\",\"name\":\"Jane Doe\"}</script>"
        #expect(page(head: Self.linked("{\"@id\":\"#j\"}") + person).authors == ["Jane Doe"])
    }

    @Test("the pair of label and name for previews is read")
    func labels() {
        let head = "<meta name=twitter:label1 content='Geschrieben von'><meta name=twitter:data1 content='Jane Doe'>"
        #expect(page(head: head).authors == ["Jane Doe"])
    }

    @Test(
        "readers, other stories and labels are no authors",
        arguments: [
            "<div class=comments><div class=comment><cite class=author>Reader One</cite></div></div>",
            "<section class=related><article><h3>Other</h3><span class=author>Someone Else</span></article></section>",
            "<div itemscope itemtype=https://schema.org/Comment><span itemprop=author>Reader One</span></div>",
            "<aside><span class=author>Someone Else</span></aside>",
        ])
    func foreign(_ below: String) {
        #expect(page(below: below).authors == [])
    }
}
