import Capturing
import Models
import Testing

@Suite("Feeds and sitemaps")
struct FeedTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var items: [String] = []
        var sitemaps: [String] = []
        var isFeed = true
        var testDescription: String { name }
    }

    /// Items as `url guid published`, `-` where there is none.
    static let cases: [Case] = [
        Case(
            name: "RSS 2.0",
            text: """
                <?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
                <channel><title>Desk</title><link>https://example.org/</link><atom:link rel="self" href="https://example.org/rss"/>
                <item><title>One</title><link> https://example.org/one?utm_source=rss&amp;id=1 </link><guid isPermaLink="false">g1</guid>
                <pubDate>Mon, 02 Mar 2026 06:40:00 +0100</pubDate><media:content url="https://example.org/x.jpg"><media:title>no</media:title></media:content></item>
                <item><atom:link rel="related" href="/other"/><link><![CDATA[/two]]></link><guid>https://example.org/two</guid></item>
                <item><guid>https://example.org/three</guid><pubDate>2 Mar 26 06:40 GMT</pubDate></item>
                <item><title>no address</title><guid isPermaLink="false">https://example.org/not</guid></item>
                </channel></rss>
                """,
            items: [
                "https://example.org/one?utm_source=rss&id=1 g1 2026-03-02T05:40:00Z",
                "https://example.org/two https://example.org/two -",
                "https://example.org/three https://example.org/three 2026-03-02T06:40:00Z",
            ]),
        Case(
            name: "RSS 1.0",
            text: """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                <channel rdf:about="https://example.org/"><link>https://example.org/</link><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
                <item rdf:about="https://example.org/a"><title>A</title><link>https://example.org/a</link><dc:date>2026-03-02T06:40:00+01:00</dc:date></item>
                <item rdf:about="https://example.org/b"><title>B</title></item>
                </rdf:RDF>
                """,
            items: ["https://example.org/a - 2026-03-02T05:40:00Z", "https://example.org/b - -"]),
        Case(
            name: "Atom",
            text: """
                <feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/><id>f</id><updated>2026-03-05T00:00:00Z</updated>
                <entry><id>urn:1</id><link rel="enclosure" href="/x.mp3"/><link rel="alternate" href="../one"/><published>2026-03-02T06:40:00Z</published>
                <updated>2026-03-03T06:40:00Z</updated><source><id>s</id><link href="https://elsewhere.example/"/></source></entry>
                <entry><id>urn:2</id><link href='two'/><updated>2026-03-03T06:40:00Z</updated><content type="xhtml"><div><a href="x">link</a></div></content></entry>
                </feed>
                """,
            items: [
                "https://example.org/one urn:1 2026-03-02T06:40:00Z",
                "https://example.org/feeds/two urn:2 2026-03-03T06:40:00Z",
            ]),
        Case(
            name: "a news sitemap",
            text: """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
                 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
                <url><loc>https://example.org/one</loc><news:news><news:publication><news:name>D</news:name></news:publication>
                <news:publication_date>2026-03-02T06:40Z</news:publication_date></news:news><image:image><image:loc>https://example.org/i.jpg</image:loc></image:image></url>
                <url><loc>https://example.org/two</loc><lastmod>2026-03-02</lastmod></url></urlset>
                """,
            items: ["https://example.org/one - 2026-03-02T06:40:00Z", "https://example.org/two - 2026-03-02T00:00:00Z"]),
        Case(
            name: "an index of sitemaps",
            text: """
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://example.org/s1.xml.gz</loc>
                <lastmod>2026-03-02T06:40:00+00:00</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>
                """,
            sitemaps: ["https://example.org/s1.xml.gz - 2026-03-02T06:40:00Z", "https://example.org/s2.xml - -"]),
        Case(
            name: "a document type with entities, which are not expanded",
            text: """
                <!DOCTYPE rss [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
                <rss><channel><item><link>https://example.org/&b;&#x41;&lt;</link><guid isPermaLink="false">&x;</guid></item></channel></rss>
                """,
            items: ["https://example.org/&b;A%3C &x; -"]),
        Case(
            name: "a broken end keeps what came before",
            text:
                "<rss><channel><item><link>https://example.org/a</link></item><item><link>https://example.org/b</link><",
            items: ["https://example.org/a - -"]),
        Case(
            name: "addresses that are none",
            text:
                "<rss><channel><item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item></channel></rss>"
        ),
        Case(
            name: "a web page", text: "<html><body><a href='/x'>x</a><item><link>/y</link></item></body></html>",
            items: ["https://example.org/y - -"], isFeed: false),
        Case(name: "nothing", text: "", isFeed: false),
    ]

    private static func text(_ item: Feed.Item) -> String {
        "\(item.url) \(item.guid ?? "-") \(item.published.map { "\($0)" } ?? "-")"
    }

    @Test("what a feed lists is found", arguments: cases)
    func reads(_ given: Case) {
        let feed = Feed(parsing: Array(given.text.utf8), mediaType: "text/xml", url: "https://example.org/feeds/all")
        #expect(feed.isFeed == given.isFeed)
        #expect(feed.items.map(Self.text) == given.items)
        #expect(feed.sitemaps.map(Self.text) == given.sitemaps)
    }

    @Test("every beginning of a feed is read without harm", arguments: cases)
    func readsBeginnings(_ given: Case) {
        let bytes = Array(given.text.utf8)
        for end in bytes.indices {
            let feed = Feed(parsing: Array(bytes[..<end]), mediaType: nil, url: "https://example.org/feeds/all")
            #expect(feed.items.count <= max(given.items.count, 4))
        }
    }

    @Test("depth and numbers are bounded")
    func isBounded() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(Feed(parsing: Array(deep.utf8), mediaType: nil, url: "https://example.org/").items.isEmpty)
        let many = "<rss>" + String(repeating: "<item><link>/a</link></item>", count: Feed.mostItems + 10)
        let feed = Feed(parsing: Array(many.utf8), mediaType: nil, url: "https://example.org/")
        #expect(feed.items.count == Feed.mostItems)
    }

    @Test("a character set that the declaration names is believed")
    func readsCharacterSets() {
        let text: [UInt8] =
            Array("<?xml version=\"1.0\" encoding=\"windows-1252\"?><rss><item><link>/caf".utf8) + [0xE9]
            + Array("</link></item></rss>".utf8)
        let feed = Feed(parsing: text, mediaType: "application/rss+xml", url: "https://example.org/")
        #expect(feed.items.map(\.url) == ["https://example.org/caf%C3%A9"])
    }

    static let times: [(String, String)] = [
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"), ("06 Nov 1994 08:49 -0500", "1994-11-06T13:49:00Z"),
        ("Mon, 2 Mar 2026 06:40:00 +0530", "2026-03-02T01:10:00Z"),
        ("Mon, 2 March 2026 06:40:00 EST", "2026-03-02T11:40:00Z"), ("2026-03-02", "2026-03-02T00:00:00Z"),
        ("2026-03-02T06:40Z", "2026-03-02T06:40:00Z"), ("2026-03-02T06:40:00+0100", "2026-03-02T05:40:00Z"),
        ("2026-03-02T06:40:00.250-01:00", "2026-03-02T07:40:00.250Z"), ("yesterday", "-"), ("", "-"),
        ("31 Foo 2026 06:40 GMT", "-"), ("99 Mar 2026 06:40 GMT", "-"), ("2 Mar 2026 99:99 GMT", "-"),
    ]

    @Test("times are read as feeds and servers write them", arguments: times)
    func readsTimes(_ text: String, _ meant: String) {
        #expect(InternetDate.parse(text)?.description ?? "-" == meant)
    }
}
