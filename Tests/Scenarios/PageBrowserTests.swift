import Foundation
import Models
import Testing

/// The checks themselves: pages broken on purpose must be found out, and a sound page must not.
@Suite("The checks of pages in a browser", .enabled(if: PageBrowser.isThere, PageBrowser.missing))
struct PageBrowserTests {
    private struct Broken {
        let name: String
        /// The check that must find it, and a part of what it says.
        let check: String
        let says: String
        let html: String

        init(_ name: String, _ check: String, _ says: String = "", _ body: String, head: String = "") {
            (self.name, self.check, self.says) = (name, check, says)
            html = PageBrowserTests.page(body, head: head)
        }
    }

    private static func page(_ body: String, head: String = "", main: String = "<main id=\"main\" tabindex=\"-1\">")
        -> String
    {
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Bridge closed</title><style>:root{color-scheme:light dark;background:Canvas;color:CanvasText} a,button{display:inline-block;min-width:24px;min-height:24px}
        :focus-visible{outline:3px solid} pre{overflow:auto}</style>\(head)</head><body><a href="#main">Skip to the content</a>
        <header><nav aria-label="Main"><a href="sound.html">Home page</a> <a href="sound.html?2">Changes</a></nav></header>
        \(main)<h1>Bridge closed</h1><p>The bridge is closed.</p>\(body)</main></body></html>
        """
    }

    private static let broken = [
        Broken("console", "console", "broken on purpose", "<script>console.error('broken on purpose')</script>"),
        Broken("warning", "console", "careful", "<script>console.warn('careful')</script>"),
        Broken("exception", "exception", "nothingOfThatName", "<script>nothingOfThatName()</script>"),
        Broken("image", "request", "outside.example", "<img alt=\"\" src=\"http://outside.example/x.png\">"),
        Broken(
            "font", "request", "outside.example",
            "<style>@font-face{font-family:f;src:url(//outside.example/f)} p{font-family:f}</style>"),
        Broken("fetch", "request", "outside.example", "<script>fetch('http://outside.example/').catch(()=>0)</script>"),
        Broken("climbing", "request", "passwd", "<img alt=\"\" src=\"file:///etc/passwd\">"),
        Broken("missing", "console", "FILE_NOT_FOUND", "<img alt=\"\" src=\"none.png\">"),
        Broken(
            "policy", "policy", "script-src", "<script>1</script>",
            head: "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\">"),
        Broken("window", "window", "sound.html", "<script>open('sound.html')</script>"),
        Broken("alt", "axe", "image-alt", "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">"),
        Broken("contrast", "axe", "color-contrast", "<p style=\"color:#aaa;background:#fff\">Hardly to be read</p>"),
        Broken(
            "dark", "axe", "color-contrast", "<p class=\"x\">Hardly to be read</p>",
            head: "<style>@media (prefers-color-scheme:dark){.x{color:#333}}</style>"),
        Broken("label", "axe", "label", "<input>"),
        Broken("name", "axe", "link-name", "<a href=\"x.html\"></a>"),
        Broken(
            "small", "axe", "target-size",
            "<p><a style=\"min-width:0;min-height:0;font-size:8px\" href=\"#a\">a</a><a style=\"min-width:0;min-height:0;font-size:8px\" href=\"#b\">b</a></p>"
        ),
        Broken(
            "trap", "keyboard", "not reached by Tab",
            "<button id=\"t\">x y</button><a href=\"x.html\">after it</a><script>t.onkeydown=e=>e.preventDefault()</script>"
        ),
        Broken(
            "mouse-only", "keyboard", "not reached by Tab", "<span role=\"button\" onclick=\"1\">Only for mice</span>"),
        Broken(
            "unseen-focus", "keyboard", "focus is not visible", "<a href=\"x.html\" style=\"outline:none\">No ring</a>"),
        Broken(
            "off-focus", "keyboard", "outside of the window",
            "<a href=\"x.html\" style=\"position:fixed;left:-9000px\">Far away</a>"),
        Broken(
            "covered", "keyboard", "focus is covered",
            "<a href=\"x.html\">Under it</a><div style=\"position:fixed;inset:0;background:canvas\">Over it</div>"),
        Broken("wide", "overflow", "px wide", "<div style=\"width:500px\">Wider than a telephone</div>"),
        Broken("word", "overflow", "px wide", "<p>\(String(repeating: "w", count: 200))</p>"),
        Broken(
            "paper", "print", "lost", "<p class=\"x\">Not for paper</p>",
            head: "<style>@media print{.x{display:none}}</style>"),
        Broken(
            "paper-edge", "print", "px wide", "<p class=\"x\">Wider than paper</p>",
            head: "<style>@media print{.x{width:1000px}}</style>"),
        Broken("scripts", "no-scripts", "lost", "<p id=\"s\"></p><script>s.textContent='Only with scripts'</script>"),
    ]

    @Test("what is wrong with a page is found, and nothing is with a sound one")
    func found() throws {
        let machine = try Machine()
        for page in Self.broken { try machine.write(page.html, to: "site/\(page.name).html") }
        try machine.write(
            Self.page("<p><button>Press here</button></p><details><summary>More of it</summary>Text</details>"),
            to: "site/sound.html")
        // A page without its skip link, whose first stop is another.
        try machine.write(
            Self.page("", main: "<main>").replacingOccurrences(of: "Skip to the content</a>", with: "</a>"),
            to: "site/skip.html")
        let names = Self.broken.map(\.name) + ["sound", "skip"]
        let addresses = names.map { "file://\(machine.path("site/\($0).html"))" }
        let outcome = try PageBrowser.visit(machine, ["--folder", machine.path("site")] + addresses)
        #expect(outcome.pages.count == names.count)
        let found = Dictionary(grouping: outcome.findings) {
            URL(filePath: String($0.page.dropFirst(7))).deletingPathExtension().lastPathComponent
        }
        #expect(found["sound"] == nil, "\(found["sound"] ?? [])")
        for page in Self.broken {
            let of = found[page.name] ?? []
            #expect(of.contains { $0.check == page.check && $0.what.contains(page.says) }, "\(page.name): \(of)")
        }
        #expect(found["skip"]?.contains { $0.what.contains("skip link") } == true)
    }

    @Test("a crawl finds the page that is not there, and stays inside")
    func crawl() throws {
        let machine = try Machine()
        try machine.write(
            Self.page("<a href=\"deep/one.html\">One</a> <a href=\"../outside.html\">Out</a>"), to: "site/sound.html")
        try machine.write(Self.page("<a href=\"none.html\">None</a>"), to: "site/deep/one.html")
        try machine.write(Self.page(""), to: "outside.html")
        let outcome = try PageBrowser.visit(
            machine, ["--crawl", "--folder", machine.path("site"), "file://\(machine.path("site/sound.html"))"])
        let pages = outcome.pages.compactMap { $0["page"]?.string.map { URL(filePath: $0).lastPathComponent } }
        #expect(Set(pages) == ["sound.html", "sound.html?2", "one.html", "none.html"], "\(pages)")
        #expect(outcome.findings.contains { $0.page.hasSuffix("none.html") && $0.check == "load" })
    }

    @Test("a comparison written as a page of its own has nothing wrong with it")
    func comparison() throws {
        let machine = try Machine()
        var later = Story.paragraphs
        later[1] = later[1].replacingOccurrences(of: "4,200", with: "4,300")
        later.remove(at: 3)
        try machine.write(Story.page(), to: "monday.html")
        try machine.write(Story.page(later), to: "tuesday.html")
        let page = try machine.stet("diff", "monday.html", "tuesday.html", "--format", "html")
        try machine.write(page.output, to: "site/edits.html")
        let outcome = try PageBrowser.visit(
            machine, ["--folder", machine.path("site"), "file://\(machine.path("site/edits.html"))"])
        #expect(outcome.pages.count == 1)
        #expect(outcome.findings.map(\.description) == [])
    }
}
