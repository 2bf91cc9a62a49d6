package import Diffing
import Models

/// A comparison in the order in which a reader meets it: headline, byline, dates, then the body, each with its edits.
package struct ReadingOrder: Sendable {
    /// A field or a row of the body.
    package struct Passage: Sendable {
        package let part: Edit.Part
        /// Index in the comparison's `rows`; nil outside the body.
        package let row: Int?
        package let words: [WordRun]
        package let hasBefore: Bool
        package let hasAfter: Bool
        /// Indices in the comparison's `edits`.
        package let edits: [Int]
        /// Edits whose older words stood here and which are told where their newer words are.
        package let departures: [Int]
        /// What became of the paragraphs as such: "here from paragraph 2", "split into 2 paragraphs".
        package let note: String?

        package var isChanged: Bool {
            note != nil || !edits.isEmpty || words.contains { $0.operation != .equal }
        }
    }

    package let passages: [Passage]

    package init(_ comparison: Comparison) {
        var placed = [Edit.Part: [Int]]()
        var editsOfRow = [[Int]](repeating: [], count: comparison.rows.count)
        var departures = [[Int]](repeating: [], count: comparison.rows.count)
        let rows = RowsOfBlocks(comparison)
        for (at, edit) in comparison.edits.enumerated() {
            guard edit.part == .body else {
                placed[edit.part, default: []].append(at)
                continue
            }
            let before = edit.blockBefore.flatMap { rows.before[$0] }
            guard let row = edit.blockAfter.flatMap({ rows.after[$0] }) ?? before else { continue }
            editsOfRow[row].append(at)
            if let before, before != row { departures[before].append(at) }
        }
        passages =
            Self.fields(comparison, placed)
            + comparison.rows.enumerated().map { at, row in
                var note = Self.note(row, comparison)
                if note == nil, row.kind != .unchanged, editsOfRow[at].isEmpty, departures[at].isEmpty {
                    note = "furniture, not counted as an edit"
                }
                return Passage(
                    part: .body, row: at, words: row.words, hasBefore: !row.before.isEmpty,
                    hasAfter: !row.after.isEmpty,
                    edits: editsOfRow[at], departures: departures[at], note: note)
            }
    }

    /// The headline always, where there is one; the other fields when they were edited.
    private static func fields(_ comparison: Comparison, _ edits: [Edit.Part: [Int]]) -> [Passage] {
        var fields: [Passage] = []
        if !comparison.headline.isEmpty {
            fields.append(
                Passage(
                    part: .headline, row: nil, words: comparison.headline, hasBefore: comparison.from.headline != nil,
                    hasAfter: comparison.to.headline != nil, edits: edits[.headline] ?? [], departures: [], note: nil))
        }
        for part in [Edit.Part.byline, .published, .modified] {
            for at in edits[part] ?? [] {
                let edit = comparison.edits[at]
                fields.append(
                    Passage(
                        part: part, row: nil, words: edit.words, hasBefore: edit.before != nil,
                        hasAfter: edit.after != nil, edits: [at], departures: [], note: nil))
            }
        }
        return fields
    }

    private static func note(_ row: Row, _ comparison: Comparison) -> String? {
        switch row.kind {
        case .moved: return "here from paragraph \(row.before.lowerBound + 1)"
        case .movedAway:
            let place = row.partner.map { comparison.rows[$0].after.lowerBound + 1 }
            return place.map { "moved from here to paragraph \($0)" } ?? "moved from here"
        case .split: return "split into \(row.after.count) paragraphs"
        case .merged: return "\(row.before.count) paragraphs merged into one"
        case .rewritten:
            guard row.before.count == 1, row.after.count == 1 else { return nil }
            let kinds = (comparison.from.blocks[row.before.lowerBound], comparison.to.blocks[row.after.lowerBound])
            return kinds.0.kind == kinds.1.kind ? nil : "\(kinds.0.kind.name) became \(kinds.1.kind.name)"
        case .unchanged, .added, .removed: return nil
        }
    }
}

/// The row that shows each block; of something moved, where it is now.
private struct RowsOfBlocks {
    private(set) var before: [Int: Int] = [:]
    private(set) var after: [Int: Int] = [:]

    init(_ comparison: Comparison) {
        for (at, row) in comparison.rows.enumerated() where row.kind != .movedAway {
            for block in row.before { before[block] = at }
            for block in row.after { after[block] = at }
        }
    }
}

extension Revision.Block.Kind {
    /// With its article, for sentences.
    fileprivate var name: String {
        switch self {
        case .paragraph: "a paragraph"
        case .heading: "a heading"
        case .listItem: "a list item"
        case .quotation: "a quotation"
        case .caption: "a caption"
        case .standfirst: "a summary"
        }
    }
}
