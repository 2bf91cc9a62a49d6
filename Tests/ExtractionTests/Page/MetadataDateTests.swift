import Extraction
import Models
import Testing

@Suite("The dates of an article in a page")
struct MetadataDateTests {
    private func page(
        head: String = "", top: String = "", below: String = "", url: String = "https://post.example/news/1",
        language: String = "en"
    ) -> Revision {
        PageFixture.revision(
            "<!DOCTYPE html><html lang=\(language)><head><title>Ferry in the storm</title>\(head)</head><body>\(PageFixture.nav)<article>"
                + "<h1>Ferry in the storm</h1>\(top)<div class=text>\(PageFixture.paragraphs)</div></article>\(below)</body></html>",
            url: url)
    }

    private static func linked(_ members: String) -> String {
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry in the storm\",\(members)}</script>"
    }

    @Test(
        "a date in words below the headline is read",
        arguments: [
            ("<p>Publié le 2 mars 2026 à 10h00, modifié le 3 mars 2026</p>", "fr", "2026-03-02"),
            ("<div><span>Jane Doe</span><span>17. April 2026</span></div>", "de", "2026-04-17"),
            ("<div class=x>2026. április 17., péntek 10:00</div>", "hu", "2026-04-17"),
            ("<div>2026年4月17日 10時00分</div>", "ja", "2026-04-17"), ("<div>17 апреля 2026</div>", "ru", "2026-04-17"),
            ("<div>17 أبريل 2026</div>", "ar", "2026-04-17"), ("<div>Redazione | 07/04/2026</div>", "it", "2026-04-07"),
            ("<div>04/07/2026</div>", "en-US", "2026-04-07"), ("<div>17 април 2026 г.</div>", "bg", "2026-04-17"),
        ])
    func shown(_ top: String, _ language: String, _ expected: String) {
        #expect(page(top: top, language: language).published?.prefix(10) == expected[...])
    }

    @Test("the address gives the date where nothing else does, and only then")
    func address() {
        for url in [
            "https://post.example/2026/03/02/ferry", "https://post.example/n/20260302-ferry",
            "https://post.example/2026-03-02-ferry",
        ] {
            #expect(page(url: url).published == "2026-03-02")
            #expect(page(top: "<time datetime=2026-03-01>x</time>", url: url).published == "2026-03-01")
        }
        for url in [
            "https://post.example/2026/ferry", "https://post.example/20269999/x", "https://post.example/a12026030212",
        ] {
            #expect(page(url: url).published == nil)
        }
    }

    @Test(
        "the zero of a calendar is no date",
        arguments: ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1899-12-30", "0", "null", ""])
    func zero(_ date: String) {
        let head = Self.linked("\"datePublished\":\"\(date)\"")
        #expect(page(head: head, top: "<time datetime=2026-03-02>x</time>").published == "2026-03-02")
        #expect(page(head: head).published == nil)
    }

    @Test("of several articles in JSON-LD the one with the page's headline counts")
    func several() {
        let other =
            "{\"@type\":\"NewsArticle\",\"headline\":\"Bread is dear\",\"datePublished\":\"2026-01-01\",\"author\":\"A B\"}"
        let own =
            "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry in the storm\",\"datePublished\":\"2026-03-02\",\"author\":\"Jane Doe\"}"
        let found = page(head: "<script type=application/ld+json>[\(other),\(own),\(other)]</script>")
        #expect(found.published == "2026-03-02")
        #expect(found.authors == ["Jane Doe"])
    }

    @Test(
        "broken JSON-LD is read as far as it goes",
        arguments: [
            "{\"@type\":\"NewsArticle\",\"description\":\"She said \"no\" to all\",\"datePublished\":\"2026-03-02\"}",
            "\n//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-02\"}\n//]]>",
            "{\"@type\":\"WebSite\"}{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-02\"}",
            "{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-02\",\"image\": , \"x\": oops",
            "{\"@type\":\"NewsArticle\",\"text\":\"two\nlines\",\"datePublished\":\"2026-03-02\"",
            "{\"@type\":\"https://schema.org/NewsArticle\",\"datePublished\":1772445600000}",
            "{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":[\"Article\"],\"datePublished\":\"2026-03-02\"}}",
        ])
    func broken(_ json: String) {
        let found = page(head: "<script type=application/ld+json>\(json)</script>")
        #expect(found.published?.prefix(10) == "2026-03-02")
        #expect(PageFixture.texts(found) == PageFixture.story)
    }

    @Test("a date of the last change declared as that of publication is corrected by what is shown")
    func changed() {
        let head = Self.linked("\"datePublished\":\"2026-03-09\",\"dateModified\":\"2026-03-09\"")
        #expect(page(head: head, top: "<p>Published: March 2, 2026</p>").published == "2026-03-02")
    }

    @Test("a date of change alone dates an article, and not a page that is kept up to date")
    func onlyChanged() {
        let top = "<p>Last updated: March 2, 2026</p>"
        #expect(page(head: "<meta property=og:type content=article>", top: top).published == "2026-03-02")
        #expect(page(top: top).published == nil)
        #expect(page(top: top).modified == "2026-03-02")
    }

    @Test(
        "dates of readers, other stories and the page do not count",
        arguments: [
            "<div class=comments><div><time datetime=2026-05-05>May 5, 2026</time></div></div>",
            "<div class=more><article><h3>Other</h3><time datetime=2026-05-05>May 5, 2026</time></article></div>",
            "<footer><span class=date>May 5, 2026</span></footer>",
        ])
    func foreign(_ below: String) {
        #expect(page(below: below).published == nil)
    }

    @Test("deeply nested and endless declarations are read in bounded time")
    func hostile() {
        let depth = String(repeating: "{\"a\":[", count: 400_000)
        let quotes = "{\"a\":\"" + String(repeating: "\" ", count: 400_000)
        let metas = String(repeating: "<meta name=author content='x y'><meta property=date content=z>", count: 20_000)
        let things =
            "["
            + Array(
                repeating: "{\"@type\":\"Article\",\"headline\":\"x\",\"author\":[{\"name\":\"A\"}]}", count: 20_000
            )
            .joined(separator: ",") + "]"
        for json in [
            depth, quotes, things, String(repeating: "[", count: 1_000_000), String(repeating: "{", count: 1_000_000),
        ] {
            let found = page(
                head:
                    "<script type=application/ld+json>\(json)</script><meta property=article:published_time content=2026-03-02>"
            )
            #expect(found.published == "2026-03-02")
        }
        #expect(page(head: metas).headline == "Ferry in the storm")
        let marks = String(
            repeating: "<span class='author date' itemprop='author datePublished'><time>x</time>", count: 20_000)
        #expect(page(below: marks).headline == "Ferry in the storm")
    }
}
