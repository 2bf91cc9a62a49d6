import Extraction
import Models
import Testing

@Suite("What a page declares about its article")
struct PageMetadataTests {
    private func page(head: String = "", body: String = "") -> Revision {
        PageFixture.page("<h1>Ferry in the storm</h1>\(body)<article>\(PageFixture.paragraphs)</article>", head: head)
    }

    private static let thing = """
        "@type":"NewsArticle","headline":"Ferry in the storm","datePublished":"2026-03-02T12:25:00+02:00",\
        "dateModified":"2026-03-02T14:00:00+02:00"
        """

    @Test(
        "JSON-LD is read in the shapes that sites give it",
        arguments: [
            "{\(thing),\"author\":\"Jane Doe\"}", "{\(thing),\"author\":{\"@type\":\"Person\",\"name\":\"Jane Doe\"}}",
            "{\(thing),\"author\":[{\"name\":\"Jane Doe\"}]}",
            "[{\"@type\":\"WebSite\",\"name\":\"x\"},{\(thing),\"author\":\"Jane Doe\"}]",
            "{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#j\",\"name\":\"Jane Doe\"},{\(thing),\"author\":{\"@id\":\"#j\"}}]}",
            "{\(thing),\"author\":\"By Jane Doe\",}", "{\(thing),\"author\":[\"Jane Doe\",],};",
        ])
    func linkedData(_ json: String) {
        let page = page(head: "<script type='application/ld+json'>\(json)</script>")
        #expect(page.headline == "Ferry in the storm")
        #expect(page.authors == ["Jane Doe"])
        #expect(page.published == "2026-03-02T12:25:00+02:00")
        #expect(page.modified == "2026-03-02T14:00:00+02:00")
    }

    @Test("several authors are all named, in order")
    func authors() {
        let page = page(
            head:
                "<script type=application/ld+json>{\(Self.thing),\"author\":[{\"name\":\"Jane Doe\"},{\"name\":\"John Roe\"}]}</script>"
        )
        #expect(page.authors == ["Jane Doe", "John Roe"])
    }

    @Test("broken JSON-LD costs nothing else")
    func broken() {
        let page = page(
            head: "<script type=application/ld+json>{\"@type\": oops</script><meta name=author content='Jane Doe'>")
        #expect(page.authors == ["Jane Doe"])
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test(
        "the date of publication is found where pages put it",
        arguments: [
            ("<meta property=article:published_time content=2026-03-02T12:25:00Z>", "", "2026-03-02T12:25:00Z"),
            ("<meta itemprop='datePublished dateCreated' content=2026-03-02>", "", "2026-03-02"),
            ("", "<span itemprop=datePublished content=2026-03-02>Monday</span>", "2026-03-02"),
            ("", "<time datetime=2026-03-02T12:25:00Z>yesterday</time>", "2026-03-02T12:25:00Z"),
            ("", "<div class=x>March 2, 2026</div>", "2026-03-02"),
        ])
    func published(_ head: String, _ body: String, _ expected: String) {
        #expect(page(head: head, body: body).published == expected)
    }

    @Test("a clock above the headline is not the date of publication")
    func clock() {
        let page = PageFixture.page(
            "<time datetime=2026-03-09>9 March</time><h1>Ferry in the storm</h1><time datetime=2026-03-02>2 March</time>"
                + "<article>\(PageFixture.paragraphs)</article>")
        #expect(page.published == "2026-03-02")
    }

    @Test("Open Graph speaks where nothing else does")
    func openGraph() {
        let head =
            "<meta property=og:title content='Ferry in the storm'><meta property=og:site_name content='The Post'>"
            + "<meta property=og:url content=https://post.example/n/1>"
        let page = PageFixture.page("<article>\(PageFixture.paragraphs)</article>", head: head, attributes: "")
        #expect(page.headline == "Ferry in the storm")
        #expect(page.publisher == "The Post")
        #expect(page.url == "https://post.example/n/1")
        #expect(page.language == "en")
    }

    @Test("the canonical address is resolved against the page's own")
    func canonical() {
        #expect(page(head: "<link rel=canonical href=/news/ferry>").url == "https://post.example/news/ferry")
    }

    @Test("without any heading the title gives the headline, without the outlet's name")
    func title() {
        #expect(PageFixture.page("<article>\(PageFixture.paragraphs)</article>").headline == "Ferry in the storm")
    }

    @Test("titles of offices among the names are no authors")
    func offices() {
        #expect(
            page(head: "<meta name=author content='Robert Burns, AP National Security Writer'>").authors == [
                "Robert Burns"
            ])
    }
}
