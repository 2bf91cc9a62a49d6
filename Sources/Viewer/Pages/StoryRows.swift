internal import Diffing
internal import Models

/// A line of the table of a story.
struct StoryRow {
    struct Earlier {
        let what: String
        let at: TimeText
        let href: String?
        let attributes: String
        let html: String
    }

    struct Version {
        let style: String
        let agreement: String
        let attributes: String
        let lead: String?
        let words: String
        let tail: String?
        let earlier: [Earlier]
    }

    struct Cell {
        let style: String
        let version: Version?
        let absent: String
    }

    let id: String
    let style: String
    let name: String
    let tally: String
    let cells: [Cell]
}

/// Writes what is told as lines of a table.
struct StoryRows<Links: Linking> {
    private let texts: [SideText]
    private let earlier: [EarlierVersions]
    private let links: Links

    /// Characters of the sentence that are shown on either side.
    private static var around: Int { 110 }

    init(_ revisions: [Revision?], _ earlier: [EarlierVersions], _ links: Links) {
        texts = revisions.map { SideText(.after, DiffPage.Side(title: ""), $0 ?? Revision()) }
        self.earlier = earlier
        self.links = links
    }

    func row(_ row: Retelling.Row, number: Int, table: String) -> StoryRow {
        StoryRow(
            id: "\(table)\(number)", style: row.kind.rawValue, name: row.kind == .quotation ? "Quotation" : "Figure",
            tally: Self.tally(row),
            cells: row.versions.enumerated().map { at, version in
                let isComparable = row.comparable.contains(at)
                return StoryRow.Cell(
                    style: version.map { _ in "told" } ?? "none",
                    version: version.map { self.version($0, row, at) },
                    absent: isComparable ? "not there" : "in another language: not compared")
            })
    }

    private func version(_ version: Retelling.Version, _ row: Retelling.Row, _ article: Int) -> StoryRow.Version {
        let isReference = article == row.reference
        let words = isReference ? HTMLText.escaped(version.text) : MarkedWords.html(version.words)
        let texts = texts[article]
        let found = earlier[article].of(version, row.kind)
        return StoryRow.Version(
            style: version.agreement.rawValue, agreement: Self.said(version.agreement, row),
            attributes: texts.attributes(for: version.lead + version.text + version.tail),
            lead: Self.end(version.lead), words: words, tail: Self.start(version.tail),
            earlier: found.map { past in
                StoryRow.Earlier(
                    what: past.isNew ? "put in" : "edited", at: TimeText(past.at),
                    href: past.before.flatMap { links.href(.diff(from: $0, to: past.after, .sides)) },
                    attributes: texts.attributes(for: past.words.map(\.text).joined()),
                    html: past.isNew ? "" : MarkedWords.html(past.words))
            })
    }

    private static func said(_ agreement: Retelling.Agreement, _ row: Retelling.Row) -> String {
        switch (agreement, row.kind) {
        case (.same, .quotation): "word for word"
        case (.same, .figure): "the same"
        case (.part, _): "in part"
        case (.more, _): "more of it"
        case (.hedged, _): "same number"
        case (.altered, .quotation): "altered"
        case (.altered, .figure): "another number"
        }
    }

    /// "3 word for word, 1 altered, 1 without".
    private static func tally(_ row: Retelling.Row) -> String {
        var parts = Retelling.Agreement.allCases.compactMap { agreement -> String? in
            let count = row.versions.count { $0?.agreement == agreement }
            return count == 0 ? nil : "\(count) \(said(agreement, row))"
        }
        let without = row.comparable.count { row.versions[$0] == nil }
        if without > 0 { parts.append("\(without) without") }
        return parts.joined(separator: ", ")
    }

    private static func end(_ text: String) -> String? {
        text.isEmpty ? nil : text.count > around ? "… " + text.suffix(around) : text
    }

    private static func start(_ text: String) -> String? {
        text.isEmpty ? nil : text.count > around ? text.prefix(around) + " …" : text
    }
}
