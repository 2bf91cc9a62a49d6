import Foundation
import Models
import Testing

/// What a browser makes of the page: scripts are added to a copy of it to measure with; what is looked at for errors and
/// photographed is the page itself.
@Suite(
    "A comparison in a real browser", .serialized,
    .enabled(if: Browser.path != nil, "chromium is not installed: scripts/install-packages --test"))
struct BrowserTests {
    @Test(
        "both columns are there, each with its own edits marked, in light and dark", arguments: Browser.Scheme.allCases)
    func columns(scheme: Browser.Scheme) throws {
        let browser = Browser(width: 1280, height: 3600, scheme: scheme)
        let layout = try Layout(of: Pages.bridgeHTML, in: browser)
        #expect(layout.rows.count == 10)
        for row in layout.rows {
            #expect(row.before.right <= row.after.left)
            #expect(row.before.top == row.after.top)
            #expect(row.before.width > 400 && row.after.width > 400)
        }
        #expect(scheme == .light ? layout.paper.brightness > 600 : layout.paper.brightness < 150)

        let (png, outcome) = try browser.screenshot(Pages.bridgeHTML)
        #expect(outcome.console == [])
        let first = try #require(layout.rows.first)
        let last = try #require(layout.rows.last)
        let columns = [first.before.joined(last.before), first.after.joined(last.after)]
        let counts = try Pixels.count([layout.deleted, layout.inserted, layout.paper], in: columns, of: png)
        #expect(counts[0][0] > 500 && counts[0][1] == 0)
        #expect(counts[1][1] > 500 && counts[1][0] == 0)
        #expect(counts.allSatisfy { $0[2] > 50_000 })
    }

    @Test("on a narrow screen the columns stack, and nothing runs over its edge")
    func narrow() throws {
        let layout = try Layout(of: Pages.bridgeHTML, in: Browser(width: 500, height: 6000, scheme: .light))
        #expect(layout.contentWidth <= layout.windowWidth)
        let stacked = layout.rows.filter { $0.before.height > 0 && $0.after.height > 0 }
        #expect(stacked.count >= 4)
        for row in stacked {
            #expect(row.before.bottom <= row.after.top)
            #expect(row.before.left == row.after.left)
        }
    }

    @Test("text can be told from its ground", arguments: Browser.Scheme.allCases)
    func contrast(scheme: Browser.Scheme) throws {
        let layout = try Layout(of: Pages.bridgeHTML, in: Browser(width: 1280, height: 3600, scheme: scheme))
        #expect(layout.contrasts.count > 20)
        // WCAG 2.2, 1.4.3: 4.5 to 1 for text of common size.
        #expect(layout.contrasts.filter { $0.ratio < 450 }.map(\.what) == [])
    }

    @Test("a page's own text does nothing in it, whatever it says")
    func hostile() throws {
        let browser = Browser(width: 1280, height: 2000, scheme: .light)
        let paragraphs = Pages.hostile.map { "\($0) stood in this paragraph." }
        let html = Pages.html(
            Pages.revision(paragraphs, headline: Pages.hostile[0]),
            Pages.revision(paragraphs.map { "\($0) And more." }, headline: Pages.hostile[2]))
        let dump = try browser.dump(html)
        #expect(dump.console == [])
        #expect(dump.output.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!dump.output.contains("<script"))
        #expect(try Layout(of: html, in: browser).rows.count == paragraphs.count + 1)
    }

    @Test("right-to-left text stands in the same columns, and begins at their right")
    func rightToLeft() throws {
        let browser = Browser(width: 1280, height: 2000, scheme: .light)
        let later = Pages.arabic.map { $0.replacing("4200", with: "4300") }
        let html = Pages.html(
            Pages.revision(Pages.arabic, headline: "الجسر", language: "ar"),
            Pages.revision(later, headline: "الجسر القديم", language: "ar"))
        let layout = try Layout(of: html, in: browser)
        #expect(layout.rows.count == 4)
        for row in layout.rows { #expect(row.before.right <= row.after.left) }
        #expect(layout.alignments == ["rtl"])
        #expect(try browser.screenshot(html).outcome.console == [])
    }

    @Test(
        "on paper both columns stand side by side, and dark colours stay on the screen",
        .enabled(if: Browser.pdfReader != nil, "pdftotext is not installed: scripts/install-packages --test"))
    func paper() throws {
        let text = try Browser(width: 1280, height: 2000, scheme: .dark).printedText(Pages.bridgeHTML)
        let lines = text.split(separator: "\n")
        #expect(lines.contains { $0.contains("Some 4,200 people") && $0.contains("Some 4,300 people") })
        #expect(lines.contains { $0.contains("Before: @1") && $0.contains("After: @2") })
        #expect(text.matches(of: "2026-11-20T06:28:26.735Z") >= 2)
        // No browser prints by the screen's rules, so rules for screens alone cannot darken paper.
        #expect(Pages.bridgeHTML.matches(of: "prefers-color-scheme:dark") == 1)
        #expect(Pages.bridgeHTML.contains("@media screen and (prefers-color-scheme:dark)"))
    }

    @Test("these checks notice a page that loads or runs something")
    func control() throws {
        let browser = Browser(width: 800, height: 600, scheme: .light)
        let refused = Pages.bridgeHTML.replacing("</body>", with: "<script>1</script><img src=\"x.png\"></body>")
        #expect(try browser.dump(refused).console.count >= 2)
    }
}
