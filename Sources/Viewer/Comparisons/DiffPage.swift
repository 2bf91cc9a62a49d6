public import Diffing
import Models

/// A comparison as one self-contained page: it loads nothing and runs nothing, so that it can be mailed, printed and kept.
public enum DiffPage {
    /// One side of a comparison.
    public struct Side: Sendable {
        /// Which state this is: its number, or a file's name.
        public let title: String
        /// RFC 3339; nil when nobody observed it, as with a file.
        public let capturedAt: String?
        /// What else is known of it, e.g. its hashes, as pairs of a name and a value.
        public let facts: [(name: String, value: String)]

        public init(title: String, capturedAt: String? = nil, facts: [(name: String, value: String)] = []) {
            self.title = title
            self.capturedAt = capturedAt
            self.facts = facts
        }
    }

    /// The page, in UTF-8.
    public static func html(_ comparison: Comparison, article: String, from: Side, to: Side) -> String {
        let headline = comparison.to.headline ?? comparison.from.headline ?? article
        let after = SideText(.after, to, comparison.to)
        let lines = [
            "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">", policy,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"referrer\" content=\"no-referrer\">",
            "<title>Edits: \(HTMLText.escaped(headline))</title>", "<style>\(DiffPageStyle.text)</style>", "</head>",
            "<body>", "<header>", "<p class=\"key\">\(HTMLText.escaped(article))</p>",
            "<h1\(after.attributes(for: headline))>\(HTMLText.escaped(headline))</h1>",
            "<p class=\"sum\">\(summary(comparison.edits))</p>", "</header>", "<main>",
            sections(comparison, from: from, to: to, .sides),
            "</main>",
            "<footer><p>Made by stet from the two texts named above. This page loads nothing and runs nothing.</p></footer>",
            "</body>", "</html>", "",
        ]
        return lines.joined(separator: "\n")
    }

    /// What is compared, each edit, and the texts, as sections of a page.
    static func sections(_ comparison: Comparison, from: Side, to: Side, _ layout: DiffLayout) -> String {
        let order = ReadingOrder(comparison)
        let sides = (SideText(.before, from, comparison.from), SideText(.after, to, comparison.to))
        let texts =
            switch layout {
            case .sides: table(comparison, order, sides)
            case .inline: ColumnText(comparison, order, sides).html
            }
        return [states(from, to), editList(comparison, order, sides), texts].joined(separator: "\n")
    }

    private static let policy = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        base-uri 'none'; form-action 'none'">
        """

    static func summary(_ edits: [Edit]) -> String {
        guard !edits.isEmpty else { return "No edits: the article is the same." }
        let levels = Significance.allCases.reversed().compactMap { level in
            let count = edits.count { $0.significance == level }
            return count == 0 ? nil : "\(count) \(level.rawValue)"
        }
        return "\(counted(edits.count, "edit")): \(levels.joined(separator: ", "))"
    }

    private static func counted(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }

    // MARK: What is compared

    private static func states(_ from: Side, _ to: Side) -> String {
        """
        <section aria-labelledby="states">
        <h2 id="states">What is compared</h2>
        <div class="states">
        \(state("Before", from))
        \(state("After", to))
        </div>
        </section>
        """
    }

    private static func state(_ name: String, _ side: Side) -> String {
        let title = HTMLText.escaped(side.title)
        var facts = side.facts.map {
            "<div><dt>\(HTMLText.escaped($0.name))</dt><dd>\(HTMLText.escaped($0.value))</dd></div>"
        }
        if side.capturedAt != nil { facts.insert("<div><dt>captured</dt><dd>\(time(side))</dd></div>", at: 0) }
        let list = facts.isEmpty ? "" : "<dl>\(facts.joined())</dl>"
        return "<div class=\"state\"><h3>\(name): <bdi>\(title)</bdi></h3>\(list)</div>"
    }

    private static func time(_ side: Side) -> String {
        guard let time = side.capturedAt.map(HTMLText.escaped) else { return "" }
        return "<time datetime=\"\(time)\">\(time)</time>"
    }

    // MARK: Edits

    private static func editList(
        _ comparison: Comparison, _ order: ReadingOrder, _ sides: (SideText, SideText)
    ) -> String {
        guard !comparison.edits.isEmpty else { return "" }
        var passageOfEdit: [Int: Int] = [:]
        for (at, passage) in order.passages.enumerated() {
            for edit in passage.edits { passageOfEdit[edit] = at }
        }
        let items = comparison.edits.enumerated().map { at, edit in
            let name = place(edit)
            let place = passageOfEdit[at].map { "<a href=\"#p\($0 + 1)\">\(name)</a>" } ?? name
            let before = edit.before == nil ? "" : sides.0.line(edit.words)
            let after = edit.after == nil ? "" : sides.1.line(edit.words)
            return """
                <li id="e\(at + 1)"><p class="what"><strong>\(edit.kind.rawValue)</strong> \
                <span class="tag \(edit.significance.rawValue)">\(edit.significance.rawValue)</span> \
                \(silence(edit))<span class="place">\(place)</span></p>\(before)\(after)</li>
                """
        }
        return """
            <section aria-labelledby="edits">
            <h2 id="edits">\(counted(comparison.edits.count, "edit"))</h2>
            <ol class="edits">
            \(items.joined(separator: "\n"))
            </ol>\(comparison.edits.contains(where: isToldAsSilent) ? silenceNote : "")
            </section>
            """
    }

    private static let silenceNote =
        "\n<p class=\"note\"><strong>Silent</strong>: nothing on the newer page tells its readers of the edit.</p>"

    private static func isToldAsSilent(_ edit: Edit) -> Bool { edit.isSilent && edit.significance == .substantive }

    private static func silence(_ edit: Edit) -> String {
        isToldAsSilent(edit) ? "<span class=\"tag silent\">silent</span> " : ""
    }

    private static func place(_ edit: Edit) -> String {
        switch (edit.part, edit.blockBefore, edit.blockAfter) {
        case (.body, let before?, let after?) where before != after: "in paragraph \(after + 1), formerly \(before + 1)"
        case (.body, _, let after?): "in paragraph \(after + 1)"
        case (.body, let before?, nil): "in paragraph \(before + 1) of the older text"
        case (.published, _, _): "in the date of publication"
        case (.modified, _, _): "in the date of last change"
        default: "in the \(edit.part.rawValue)"
        }
    }

    // MARK: Side by side

    private static func table(
        _ comparison: Comparison, _ order: ReadingOrder, _ sides: (SideText, SideText)
    ) -> String {
        let rows = order.passages.enumerated().map { at, passage in
            row(at, passage, comparison, sides)
        }
        // Roles are spelt out because a table shown as blocks, as on narrow screens, is else no table to screen readers.
        return """
            <section aria-labelledby="sides">
            <h2 id="sides">Side by side</h2>
            <table role="table" aria-labelledby="sides">
            <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Edits</th>\
            <th role="columnheader" scope="col">Before: \(column(sides.0.side))</th>\
            <th role="columnheader" scope="col">After: \(column(sides.1.side))</th></tr></thead>
            <tbody role="rowgroup">
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </section>
            """
    }

    private static func column(_ side: Side) -> String {
        "<bdi>\(HTMLText.escaped(side.title))</bdi>" + (side.capturedAt == nil ? "" : "<br>\(time(side))")
    }

    private static func row(
        _ at: Int, _ passage: ReadingOrder.Passage, _ comparison: Comparison, _ sides: (SideText, SideText)
    ) -> String {
        let row = passage.row.map { comparison.rows[$0] }
        let told = passage.edits.map { link($0, comparison.edits[$0], suffix: "") }
        let left = passage.departures.map { link($0, comparison.edits[$0], suffix: " away") }
        var marks = told + left
        if let note = passage.note {
            let partner = row?.partner.flatMap { passageNumber(ofRow: $0, from: passage, at) }
            let text = HTMLText.escaped(note)
            marks.append("<span class=\"note\">\(partner.map { "<a href=\"#p\($0)\">\(text)</a>" } ?? text)</span>")
        }
        if !passage.isChanged { marks.append("<span class=\"vh\">unchanged</span>") }
        let classes = [
            passage.part == .body ? "" : "field \(passage.part.rawValue)", passage.isChanged ? "changed" : "same",
        ]
        .filter { !$0.isEmpty }.joined(separator: " ")
        let before = sides.0.cell(passage, blocks: row?.before, kind: row?.kind)
        let after = sides.1.cell(passage, blocks: row?.after, kind: row?.kind)
        return """
            <tr role="row" id="p\(at + 1)" class="\(classes)"><th role="rowheader" scope="row">\(marks.joined(separator: " "))</th>\
            \(before)\(after)</tr>
            """
    }

    /// Where the other half of something moved stands: fields come before rows, so rows keep their distance.
    private static func passageNumber(ofRow partner: Int, from passage: ReadingOrder.Passage, _ at: Int) -> Int? {
        passage.row.map { at + 1 + partner - $0 }
    }

    static func link(_ at: Int, _ edit: Edit, suffix: String) -> String {
        """
        <a class="tag \(edit.significance.rawValue)" href="#e\(at + 1)"><span class="vh">edit </span>\(at + 1) \
        \(edit.kind.rawValue)\(suffix)</a>
        """
    }
}
