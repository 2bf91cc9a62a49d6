import Diffing
import Models
import Testing
import Viewer

@Suite("A comparison as a page")
struct DiffPageTests {
    private func page(_ before: [String], _ after: [String], headline: String = "Headline") -> String {
        Pages.html(Pages.revision(before, headline: headline), Pages.revision(after, headline: headline))
    }

    @Test("shows both sides, with what differs marked on each and said in words")
    func sides() {
        let html = page(["Some 14 people were killed on the quay."], ["Some 17 people were killed on the quay."])
        #expect(html.contains("[deleted: </span>14<span"))
        #expect(html.contains("[inserted: </span>17<span"))
        #expect(html.contains("1 edit: 1 substantive"))
        #expect(html.contains("<strong>figure</strong>"))
        for time in ["2026-11-20T06:28:26.735Z", "2026-11-21T06:28:26.735Z"] {
            #expect(html.contains("<dt>captured</dt><dd><time datetime=\"\(time)\">\(time)</time></dd>"))
        }
        #expect(html.contains("<dt>payload</dt><dd>\(ObjectID(hashing: [1]))</dd>"))
    }

    @Test("nothing that a page says becomes markup", arguments: Pages.hostile)
    func escaping(text: String) {
        let plain = page(["What stood before the change"], ["What stands after the change"])
        var before = Pages.revision(["\(text) before the change"], headline: text, language: text)
        before.authors = [text]
        before.published = text
        let html = Pages.html(before, Pages.revision(["\(text) after the change"], headline: "\(text)!"))
        for forbidden in ["<script", "<img", "<base", "<!-- ", "onload=\"", "\u{202E}", "\u{0}", "\u{1B}"] {
            #expect(!html.contains(forbidden), "\(forbidden.debugDescription)")
        }
        for tag in ["<style", "</style", "</table", "<html"] {
            #expect(html.matches(of: tag) == plain.matches(of: tag))
        }
    }

    @Test("loads nothing: no address but those of its own passages, no script, a policy that forbids both")
    func selfContained() {
        let html = page(["One sentence of text."], ["Another sentence of text."])
        #expect(html.contains("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"))
        for forbidden in ["http://", "https://", "src=", "@import", "url(", "<script", "<link"] {
            #expect(!html.contains(forbidden))
        }
        #expect(html.matches(of: "href=") == html.matches(of: "href=\"#"))
    }

    @Test("every address leads to a passage or edit of the page, and no two have one name")
    func anchors() {
        let html = Pages.bridgeHTML
        let ids = html.pieces(between: " id=\"", and: "\"")
        let targets = html.pieces(between: "href=\"#", and: "\"")
        #expect(targets.count > 10)
        #expect(Set(ids).count == ids.count)
        #expect(Set(targets).isSubset(of: ids))
    }

    @Test("each side says its own language and direction, each cell that of its text")
    func languages() {
        let html = Pages.html(
            Pages.revision(Pages.arabic, headline: "الجسر القديم", language: "ar"),
            Pages.revision(Pages.arabic + ["An editor's note in English was added below the text."], language: "ar-EG"))
        #expect(html.contains("class=\"before\" lang=\"ar\" dir=\"rtl\""))
        #expect(html.contains("class=\"after\" lang=\"ar-EG\" dir=\"rtl\""))
        #expect(html.contains("class=\"after\" lang=\"ar-EG\" dir=\"ltr\""))
        #expect(html.contains("<html lang=\"en\">"))
    }

    @Test("says so when nothing differs")
    func same() {
        let html = page(["The same."], ["The same."])
        #expect(html.contains("No edits"))
        #expect(!html.contains("<del>") && !html.contains("<ins>"))
    }
}

extension String {
    func matches(of text: String) -> Int { ranges(of: text).count }

    func pieces(between start: String, and end: String) -> [String] {
        ranges(of: start).compactMap { range in
            let rest = self[range.upperBound...]
            return rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
        }
    }
}
