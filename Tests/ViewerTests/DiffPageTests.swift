import Diffing
import Models
import Testing
import Viewer

@Suite("A comparison as a page")
struct DiffPageTests {
    private func page(_ before: [String], _ after: [String], headline: String = "Headline") -> String {
        let from = Revision(headline: headline, blocks: before.map { .init(.paragraph, $0) })
        let to = Revision(headline: headline, blocks: after.map { .init(.paragraph, $0) })
        return DiffPage.html(
            Comparison(from: from, to: to), article: "post.example/a",
            from: .init(title: "@1", facts: [("captured", "then")]),
            to: .init(title: "@2"))
    }

    @Test("shows both sides, with what differs marked on each")
    func sides() {
        let html = page(["Some 14 people were killed on the quay."], ["Some 17 people were killed on the quay."])
        #expect(html.contains("<del>14</del>"))
        #expect(html.contains("<ins>17</ins>"))
        #expect(html.contains("1 edit<"))
        #expect(html.contains("<strong>figure</strong>"))
        #expect(html.contains("<dt>captured</dt><dd>then</dd>"))
    }

    @Test(
        "nothing that a page says becomes markup",
        arguments: [
            "<script>alert(1)</script>", "\" onload=\"x", "<img src=x onerror=y>", "&lt;b&gt;", "</style><script>",
            "\u{202E}gnirts", "a\u{0}b\u{1B}c",
        ])
    func escaping(text: String) {
        let html = page(["\(text) before the change"], ["\(text) after the change"], headline: text)
        for forbidden in ["<script", "<img", "onload=\"", "\u{202E}", "\u{0}", "\u{1B}"] where !forbidden.isEmpty {
            #expect(!html.contains(forbidden), "\(forbidden.debugDescription)")
        }
    }

    @Test("loads nothing: no address, no script, a policy that forbids both")
    func selfContained() {
        let html = page(["One sentence of text."], ["Another sentence of text."])
        #expect(html.contains("default-src 'none'"))
        for forbidden in ["http://", "https://", "src=", "href=", "@import", "url("] {
            #expect(!html.contains(forbidden))
        }
    }

    @Test("says so when nothing differs")
    func same() {
        #expect(page(["The same."], ["The same."]).contains("No edits"))
    }
}
