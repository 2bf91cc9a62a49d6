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
        // A feed has none.
        let stops = outcome.pages.compactMap { $0["stops"]?.integer }
        #expect(stops.count >= 25 && stops.allSatisfy { $0 >= 3 }, "\(stops)")
        #expect(outcome.findings.map(\.description) == [])
    }

    @Test("the same pages written as files open from a folder, search included")
    func files() throws {
        let machine = try Machine()
        let newsroom = try Newsroom(machine)
        let folder = machine.path("site")
        #expect(try machine.stet("--archive", newsroom.archive, "export", "--site", folder).exit == 0)
        let found = "file://\(folder)/search.html#bridge"
        let outcome = try PageBrowser.visit(
            machine,
            ["--folder", folder, "--crawl", "--per-kind", "4", "--limit", "32", "file://\(folder)/index.html", found])
        #expect(outcome.pages.count >= 16)
        let stops = Dictionary(
            try outcome.pages.map { (try #require($0["page"]?.string), $0["stops"]?.integer ?? 0) },
            uniquingKeysWith: max)
        // What is found are links; who has no scripts is told so, and has the list of articles.
        #expect(try #require(stops[found]) > #require(stops["file://\(folder)/search.html"]))
        let findings = outcome.findings.filter { $0.page != found || $0.check != "no-scripts" }
        #expect(findings.map(\.description) == [])
    }

    /// Hostile captures in an archive, and what `stet capture --json` said of each.
    private struct Hostile {
        let tricks: Int
        let captures: [JSON]

        init(_ machine: Machine) throws {
            try machine.stet("init", "press")
            let written = try PageBrowser.attack(
                machine, ["warc", machine.path("hostile.warc"), machine.path("files")])
            tricks = try #require(written.summary["tricks"]?.array).count
            let archive = ["--archive", "press", "--json"]
            var lines = try machine.run(Machine.stet, ["capture", "hostile.warc"] + archive).lines
            for file in written.pages {
                let (path, url) = (try #require(file["file"]?.string), try #require(file["url"]?.string))
                let media = try #require(file["media"]?.string)
                // An address of no web page is refused: that is an end of the trick, too.
                let capture = ["capture", path, "--url", url, "--media-type", media]
                lines += try machine.run(Machine.stet, capture + archive).lines
            }
            captures = lines.filter { $0["capture"] != nil }
            let first = try #require(captures.first?["capture"]?.string)
            let note = ["note", first, "<script>alert(1)</script>{{x}}"] + archive
            try #require(try machine.run(Machine.stet, note).exit == 0)
        }

        func expectNothing(of outcome: PageBrowser.Outcome) {
            #expect(tricks >= 250)
            // Some addresses are refused, and what has no address of its own is one page less.
            #expect(outcome.pages.count >= tricks - 5)
            #expect(outcome.findings.map(\.description) == [])
            #expect(outcome.summary["reached"]?.integer == 0)
            #expect(outcome.summary["connections"]?.integer == 0)
            #expect(outcome.summary["lookedUp"]?.array?.compactMap(\.string) == [])
            #expect(outcome.summary["windows"]?.integer == 0)
        }
    }

    @Test("nothing that a captured page contains runs, loads, connects, navigates or stores anything")
    func hostile() throws {
        let machine = try Machine()
        let hostile = try Hostile(machine)
        let serving = try Serving(machine, archive: "press")
        let addresses = ["--pages", "\(serving.origin)/capture/{}", "--originals", "\(serving.origin)/original/{}"]
        hostile.expectNothing(of: try PageBrowser.attack(machine, ["visit"] + addresses, input: hostile.captures))
    }

    @Test("nor does it in pages that were written as files")
    func hostileFiles() throws {
        let machine = try Machine()
        let hostile = try Hostile(machine)
        let folder = machine.path("site")
        #expect(try machine.stet("--archive", "press", "export", "--site", folder).exit == 0)
        let addresses = ["--folder", folder, "--pages", "file://\(folder)/captures/{-}.html"]
        hostile.expectNothing(of: try PageBrowser.attack(machine, ["visit"] + addresses, input: hostile.captures))
    }

    @Test("the same captures do what they want where nothing keeps them from it, and that is noticed")
    func unprotected() throws {
        let outcome = try PageBrowser.attack(try Machine(), ["control"])
        #expect(outcome.pages.count >= 140)
        let unnoticed = try #require(outcome.summary["unnoticed"]?.array).compactMap(\.string)
        #expect(unnoticed.isEmpty)
    }
}
