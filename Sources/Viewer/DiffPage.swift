public import Diffing
internal import Models

/// A comparison as one self-contained page: it loads nothing and runs nothing, so that it can be mailed, printed and kept.
public enum DiffPage {
    /// One side of a comparison.
    public struct Side: Sendable {
        /// Which state this is: its number, or a file's name.
        public let title: String
        /// What else is known of it, e.g. when it was captured and its hashes, as pairs of a name and a value.
        public let facts: [(name: String, value: String)]

        public init(title: String, facts: [(name: String, value: String)] = []) {
            self.title = title
            self.facts = facts
        }
    }

    /// The page, in UTF-8.
    public static func html(_ comparison: Comparison, article: String, from: Side, to: Side) -> String {
        let title = HTMLText.escaped(comparison.to.headline ?? comparison.from.headline ?? article)
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Edits: \(title)</title>
            <style>\(style)</style>
            </head>
            <body>
            <header><p class="key">\(HTMLText.escaped(article))</p><h1 dir="auto">\(title)</h1></header>
            <main>
            \(editList(comparison.edits))
            <h2>Side by side</h2>
            <table class="sides">
            <thead><tr><th scope="col">\(head(from))</th><th scope="col">\(head(to))</th></tr></thead>
            <tbody>
            \(headlineRow(comparison))\(comparison.rows.map { row($0, comparison) }.joined())
            </tbody>
            </table>
            </main>
            </body>
            </html>

            """
    }

    private static func head(_ side: Side) -> String {
        let facts = side.facts.map { "<dt>\(HTMLText.escaped($0.name))</dt><dd>\(HTMLText.escaped($0.value))</dd>" }
            .joined()
        return "\(HTMLText.escaped(side.title))" + (facts.isEmpty ? "" : "<dl>\(facts)</dl>")
    }

    private static func editList(_ edits: [Edit]) -> String {
        guard !edits.isEmpty else { return "<p>No edits: the article is the same.</p>" }
        let items = edits.map { edit in
            let silent = edit.isSilent && edit.significance == .substantive ? " <span class=\"tag\">silent</span>" : ""
            let before =
                edit.before == nil ? "" : "<p class=\"before\" dir=\"auto\">\(runs(edit.words, without: .insert))</p>"
            let after =
                edit.after == nil ? "" : "<p class=\"after\" dir=\"auto\">\(runs(edit.words, without: .delete))</p>"
            return """
                <li class="\(edit.significance.rawValue)"><p class="what"><strong>\(edit.kind.rawValue)</strong> \
                <span class="tag">\(edit.significance.rawValue)</span>\(silent)</p>\(before)\(after)</li>
                """
        }
        let count = "\(edits.count) \(edits.count == 1 ? "edit" : "edits")"
        return "<h2>\(count)</h2>\n<ol class=\"edits\">\n\(items.joined(separator: "\n"))\n</ol>"
    }

    private static func headlineRow(_ comparison: Comparison) -> String {
        guard !comparison.headline.isEmpty else { return "" }
        return cells(
            "headline", comparison.headline, hasBefore: comparison.from.headline != nil,
            hasAfter: comparison.to.headline != nil)
    }

    private static func row(_ row: Row, _ comparison: Comparison) -> String {
        cells(row.kind.rawValue, row.words, hasBefore: !row.before.isEmpty, hasAfter: !row.after.isEmpty)
    }

    private static func cells(_ kind: String, _ words: [WordRun], hasBefore: Bool, hasAfter: Bool) -> String {
        let before = hasBefore ? runs(words, without: .insert) : ""
        let after = hasAfter ? runs(words, without: .delete) : ""
        return "<tr class=\"\(kind)\"><td dir=\"auto\">\(before)</td><td dir=\"auto\">\(after)</td></tr>\n"
    }

    /// `del` and `ins` are read out by screen readers, and underlined or struck through for those who see no colour.
    private static func runs(_ words: [WordRun], without hidden: WordRun.Operation) -> String {
        words.filter { $0.operation != hidden }.map { run in
            let text = HTMLText.escaped(run.text)
            switch run.operation {
            case .equal: return text
            case .delete: return "<del>\(text)</del>"
            case .insert: return "<ins>\(text)</ins>"
            }
        }.joined()
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--faint:#5c5c5c;--line:#d0d0d0;--del:#fbe0de;--ins:#d9f2de}
        @media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--faint:#b0b0b0;--line:#444;--del:#5a2320;--ins:#1f4a2a}}
        body{margin:0 auto;max-width:76rem;padding:1.5rem;font:1rem/1.55 Georgia,serif;color:var(--ink);background:var(--paper)}
        h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 1rem}h2{font-size:1.15rem;margin-top:2rem}
        .key,.what,th,dl,.tag{font-family:system-ui,sans-serif;font-size:.85rem}.key{color:var(--faint);margin:0}
        .edits{padding-left:1.5rem}.edits li{margin:.8rem 0}.edits p{margin:.15rem 0}
        .tag{border:1px solid var(--line);border-radius:.6rem;padding:0 .45rem;color:var(--faint)}
        table{width:100%;border-collapse:collapse;table-layout:fixed}td,th{vertical-align:top;text-align:start;padding:.45rem .7rem;border-top:1px solid var(--line)}
        td{white-space:pre-line;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:auto 1fr;gap:0 .6rem;font-weight:normal;overflow-wrap:anywhere}dt{color:var(--faint)}dd{margin:0}
        del{background:var(--del);text-decoration:line-through}ins{background:var(--ins);text-decoration:underline}
        tr.headline td{font-weight:bold}tr.unchanged td{color:var(--faint)}
        @media print{body{max-width:none;padding:0}tr{break-inside:avoid}}
        """
}
