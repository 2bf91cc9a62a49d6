import Capturing
import Models
import Testing

@Suite("robots.txt")
struct RobotsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        let path: String
        let allows: Bool
        var testDescription: String { "\(file.replacing("\n", with: "|")) \(path)" }
    }

    /// The examples of RFC 9309 (sections 2.2.1 to 2.2.3 and 5), and what it says in words.
    static let cases: [Case] = [
        Case(file: "User-agent: *\nDisallow: /a", path: "/a/b", allows: false),
        Case(file: "User-agent: *\nDisallow: /a", path: "/b", allows: true),
        Case(file: "User-agent: *\nDisallow:", path: "/a", allows: true),
        Case(file: "", path: "/a", allows: true),
        Case(file: "user-agent: STET\ndisallow: /a", path: "/a", allows: false),
        Case(file: "User-agent: stet/2.0\nDisallow: /a", path: "/a", allows: false),
        Case(file: "User-agent: stetson\nDisallow: /a", path: "/a", allows: true),
        // The group that names the crawler counts, and not `*` as well.
        Case(file: "User-agent: *\nDisallow: /\n\nUser-agent: stet\nDisallow: /x", path: "/a", allows: true),
        Case(file: "User-agent: stet\nDisallow: /x\n\nUser-agent: *\nDisallow: /", path: "/a", allows: true),
        // Groups of one crawler are joined.
        Case(
            file: "User-agent: stet\nDisallow: /x\nUser-agent: other\nDisallow: /y\nUser-agent: stet\nDisallow: /z",
            path: "/z", allows: false),
        Case(
            file: "User-agent: stet\nDisallow: /x\nUser-agent: other\nDisallow: /y\nUser-agent: stet\nDisallow: /z",
            path: "/y", allows: true),
        // Several names before the rules.
        Case(file: "User-agent: other\nUser-agent: stet\nDisallow: /a", path: "/a", allows: false),
        Case(file: "User-agent: other\nCrawl-delay: 5\nUser-agent: stet\nDisallow: /a", path: "/a", allows: false),
        Case(
            file: "User-agent: other\nSitemap: https://x/y\nUser-agent: stet\nDisallow: /a", path: "/a", allows: false),
        // The longest match; of two the one that allows.
        Case(file: "User-agent: *\nDisallow: /a\nAllow: /a/b", path: "/a/b/c", allows: true),
        Case(file: "User-agent: *\nAllow: /a\nDisallow: /a/b", path: "/a/b/c", allows: false),
        Case(file: "User-agent: *\nDisallow: /a\nAllow: /a", path: "/a", allows: true),
        Case(
            file: "User-agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
            path: "/example/page/disallowed.gif", allows: true),
        Case(
            file: "User-agent: stet\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
            path: "/example/page/disallowed.gif", allows: false),
        Case(
            file: "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/",
            path: "/publications/a.gif", allows: true),
        Case(
            file: "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/",
            path: "/elsewhere/a.gif", allows: false),
        Case(
            file: "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/",
            path: "/elsewhere/a.gif?x", allows: true),
        // `*` and `$`.
        Case(file: "User-agent: *\nDisallow: /*/print", path: "/a/b/print?x", allows: false),
        Case(file: "User-agent: *\nDisallow: /a$", path: "/a", allows: false),
        Case(file: "User-agent: *\nDisallow: /a$", path: "/ab", allows: true),
        Case(
            file: "User-agent: *\nDisallow: /path/file-with-a-%2A.html", path: "/path/file-with-a-%2A.html",
            allows: false),
        Case(
            file: "User-agent: *\nDisallow: /path/file-with-a-%2A.html", path: "/path/file-with-a-x.html", allows: true),
        // Encodings of one address.
        Case(file: "User-agent: *\nDisallow: /foo/bar/ツ", path: "/foo/bar/%E3%83%84", allows: false),
        Case(file: "User-agent: *\nDisallow: /foo/bar/%E3%83%84", path: "/foo/bar/ツ", allows: false),
        Case(file: "User-agent: *\nDisallow: /foo/bar/%62%61%7A", path: "/foo/bar/baz", allows: false),
        Case(file: "User-agent: *\nDisallow: /a?b=*&c", path: "/a?b=1&c=2", allows: false),
        // The file itself, remarks, line ends, spaces, a mark at the beginning.
        Case(file: "User-agent: *\nDisallow: /", path: "/robots.txt", allows: true),
        Case(file: "\u{FEFF}User-agent:*#all\r\nDisallow:/a#b\r\n", path: "/a", allows: false),
        Case(file: "  User-agent : *  \r  Disallow : /a  \r", path: "/a", allows: false),
        Case(file: "Disallow: /a", path: "/a", allows: true),
        Case(file: "<html><body>User-agent: *</body></html>", path: "/a", allows: true),
    ]

    @Test("rules decide as RFC 9309 says", arguments: cases)
    func decides(_ given: Case) throws {
        let rules = RobotsRules(parsing: Array(given.file.utf8), for: "stet")
        let address = try #require(WebAddress("https://example.org" + given.path))
        #expect(rules.decision(for: address).allows == given.allows)
    }

    @Test("a delay is read for whom it is meant")
    func readsDelay() {
        let file = "User-agent: *\nCrawl-delay: 30\nDisallow: /a\n\nUser-agent: stet\nCrawl-delay: 2.5\nDisallow: /b"
        #expect(RobotsRules(parsing: Array(file.utf8), for: "stet").delay == 2500)
        #expect(RobotsRules(parsing: Array(file.utf8), for: "other").delay == 30_000)
    }

    @Test("what is beyond 500 KiB is not read")
    func endsAtLimit() throws {
        let filler = String(repeating: "# " + String(repeating: "x", count: 1021) + "\n", count: 500)
        let rules = RobotsRules(parsing: Array(("User-agent: *\n" + filler + "Disallow: /a\n").utf8), for: "stet")
        #expect(rules.decision(for: try #require(WebAddress("https://example.org/a"))).allows)
    }

    @Test("a hostile pattern costs little")
    func survivesHostilePatterns() throws {
        let pattern = "/" + String(repeating: "*a", count: 900) + "b$"
        let file = "User-agent: *\n" + String(repeating: "Disallow: \(pattern)\n", count: 250)
        let rules = RobotsRules(parsing: Array(file.utf8), for: "stet")
        let address = try #require(WebAddress("https://example.org/" + String(repeating: "a", count: 6000)))
        #expect(rules.decision(for: address).allows)
    }

    @Test("what was learned lasts a day, over restarts too; what was not to be had ten minutes")
    func isKept() throws {
        let time = try #require(Timestamp("2026-03-02T06:00:00Z"))
        let later = { (minutes: Int64) in Timestamp(milliseconds: time.milliseconds + minutes * 60_000) ?? time }
        let rules = RobotsRules(
            parsing: Array("User-agent: *\nDisallow: /a\nAllow: /a/*\nCrawl-delay: 3".utf8), for: "stet")
        let cache = RobotsCache()
        cache.keep(.rules(rules), of: "https://a.example", at: time)
        cache.keep(.open(status: 404), of: "https://b.example", at: time)
        cache.keep(.closed(status: 503), of: "https://c.example", at: time)
        let other = RobotsCache()
        other.learn(try JSON(parsing: cache.json.canonicalBytes))
        for cache in [cache, other] {
            #expect(cache.standing(of: "https://a.example", at: later(1439)) == .rules(rules))
            #expect(cache.standing(of: "https://a.example", at: later(1440)) == nil)
            #expect(cache.standing(of: "https://b.example", at: later(1439)) == .open(status: 404))
        }
        #expect(cache.standing(of: "https://c.example", at: later(9)) == .closed(status: 503))
        #expect(cache.standing(of: "https://c.example", at: later(10)) == nil)
        #expect(other.standing(of: "https://c.example", at: later(1)) == nil)
    }
}
