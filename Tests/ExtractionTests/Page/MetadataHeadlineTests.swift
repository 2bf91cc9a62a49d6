import Extraction
import Models
import Testing

@Suite("The headline among what a page shows and declares")
struct MetadataHeadlineTests {
    private static let headline = "Ferry caught in the storm off the coast"

    private func page(title: String, head: String = "", top: String) -> Revision {
        PageFixture.revision(
            "<!DOCTYPE html><html lang=en><head><title>\(title)</title>\(head)</head><body>\(PageFixture.nav)\(top)"
                + "<div class=text>\(PageFixture.paragraphs)</div></body></html>")
    }

    @Test(
        "the outlet's name and sections are taken off a title",
        arguments: [
            ("\(headline) | The Post", "The Post"), ("\(headline) - World - The Post", "The Post"),
            ("\(headline) | World | The Post", "The Post"), ("The Post: \(headline)", "The Post"),
            ("\(headline) – post.example", nil), ("\(headline) | Post", nil),
        ])
    func siteNames(_ title: String, _ site: String?) {
        let head = site.map { "<meta property=og:site_name content='\($0)'>" } ?? ""
        let top = title.hasPrefix("The Post:") ? "<h3 class=post-title>\(Self.headline)</h3>" : ""
        let found = page(title: title, head: head, top: top).headline
        #expect(found == Self.headline || found == "\(Self.headline) - World")
    }

    @Test(
        "the outlet's name in a heading of the first rank is not the headline",
        arguments: [
            "<h1 class=logo><a href=/>The Post</a></h1><h2 class=entry-title>\(headline)</h2>",
            "<h1>The Post Online Edition</h1><div class=title>\(headline)</div>",
            "<h1>The Post</h1><h1>\(headline)</h1>",
        ])
    func logo(_ top: String) {
        #expect(page(title: "\(Self.headline) - The Post", top: top).headline == Self.headline)
    }

    @Test("a kicker in the heading is left out when the declared title has none")
    func kicker() {
        let found = page(
            title: "\(Self.headline) - The Post", top: "<h1><span>Exclusive</span><span>\(Self.headline)</span></h1>")
        #expect(found.headline == Self.headline)
    }

    @Test("what the page shows is believed more than the title made for previews")
    func preview() {
        let found = page(
            title: "x", head: "<meta property=og:title content='You will not believe this ferry in the storm'>",
            top: "<h1>\(Self.headline)</h1>")
        #expect(found.headline == Self.headline)
    }

    @Test("headings of dialogs and other stories are not the headline")
    func dialogs() {
        let found = page(
            title: Self.headline,
            top: "<h1>\(Self.headline)</h1><div class=modal><h1>Create a new password for your account</h1></div>")
        #expect(found.headline == Self.headline)
    }

    @Test("references that were escaped twice in JSON-LD are read")
    func escapedTwice() {
        let json = "{\"@type\":\"NewsArticle\",\"headline\":\"&#8220;No&#8221; &amp; <em>yes</em>: the ferry's crew\"}"
        let found = page(title: "x", head: "<script type=application/ld+json>\(json)</script>", top: "")
        #expect(found.headline == "“No” & yes: the ferry's crew")
    }
}
