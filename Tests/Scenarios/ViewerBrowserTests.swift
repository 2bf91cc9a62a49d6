import Foundation
import Models
import Testing

/// `stet serve` in a real browser.
@Suite("The local web page in a browser", .enabled(if: PageBrowser.isThere, PageBrowser.missing))
struct ViewerBrowserTests {
    @Test("every kind of page loads cleanly, is for everybody, and asks nobody outside")
    func pages() throws {
        let machine = try Machine()
        let newsroom = try Newsroom(machine)
        let serving = try Serving(machine, archive: newsroom.archive)
        let odd = ["/?q=bridge", "/?q=%D7%94%D7%92%D7%A9%D7%A8", "/?q=nothingofthatkind", "/changes?least=cosmetic"]
        let outcome = try PageBrowser.visit(
            machine,
            ["--crawl", "--per-kind", "4", "--limit", "48"] + ["\(serving.origin)/"] + odd.map { serving.origin + $0 })
        #expect(outcome.pages.count >= 25)
        let kinds = Set(outcome.pages.compactMap { $0["kind"]?.string?.split(separator: "?").first.map(String.init) })
        for kind in ["/", "/article", "/diff", "/changes", "/snapshots", "/capture/*"] {
            #expect(kinds.contains(kind), "\(kinds)")
        }
        for page in outcome.pages { #expect(try #require(page["stops"]?.integer) >= 3, "\(page)") }
        #expect(outcome.findings.map(\.description) == [])
    }

    @Test("nothing that a captured page contains runs, loads, navigates or stores anything")
    func hostile() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let written = try PageBrowser.attack(machine, ["warc", machine.path("hostile.warc"), machine.path("files")])
        let tricks = try #require(written.summary["tricks"]?.array).count
        #expect(tricks >= 200)
        let archive = ["--archive", "press", "--json"]
        var lines = try machine.run(Machine.stet, ["capture", "hostile.warc"] + archive).lines
        for file in written.pages {
            let (path, url) = (try #require(file["file"]?.string), try #require(file["url"]?.string))
            let media = try #require(file["media"]?.string)
            // An address of no web page is refused: that is an end of the trick, too.
            lines += try machine.run(
                Machine.stet, ["capture", path, "--url", url, "--media-type", media] + archive
            ).lines
        }
        let captures = lines.filter { $0["capture"] != nil }
        #expect(captures.count >= tricks)
        if let first = captures.first?["capture"]?.string {
            _ = try machine.run(Machine.stet, ["note", first, "<script>alert(1)</script>{{x}}"] + archive)
        }

        let serving = try Serving(machine, archive: "press")
        let outcome = try PageBrowser.attack(
            machine,
            ["visit", "--pages", "\(serving.origin)/capture/{}", "--originals", "\(serving.origin)/original/{}"],
            input: captures)
        #expect(outcome.pages.count >= tricks)
        #expect(outcome.findings.map(\.description) == [])
        #expect(outcome.summary["reached"]?.integer == 0)
        #expect(outcome.summary["connections"]?.integer == 0)
        #expect(outcome.summary["lookedUp"]?.array?.compactMap(\.string) == [])
        #expect(outcome.summary["windows"]?.integer == 0)
    }

    @Test("the same captures do what they want where nothing keeps them from it, and that is noticed")
    func unprotected() throws {
        let outcome = try PageBrowser.attack(try Machine(), ["control"])
        #expect(outcome.pages.count >= 140)
        #expect(outcome.summary["unnoticed"]?.array?.compactMap(\.string) == [])
    }
}
