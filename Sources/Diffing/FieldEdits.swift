import Models

/// Edits of the headline, the byline and the dates.
struct FieldEdits {
    private let from: Revision
    private let to: Revision
    let headline: [WordRun]

    init(_ from: Revision, _ to: Revision) {
        self.from = from
        self.to = to
        headline = WordRun.between(from.headline ?? "", to.headline ?? "")
    }

    /// `body` decides what a moved time of last change is worth.
    func edits(besides body: [Edit]) -> [Edit] {
        var edits = [headlineEdit, bylineEdit, publishedEdit].compactMap(\.self)
        if let modified = modifiedEdit(alone: (edits + body).allSatisfy { $0.significance == .cosmetic }) {
            edits.append(modified)
        }
        return edits
    }

    private var headlineEdit: Edit? {
        field(.headline, .substantive, .headline, from.headline, to.headline, headline)
    }

    private var bylineEdit: Edit? {
        let before = Self.line(from.authors)
        let after = Self.line(to.authors)
        return field(.byline, .minor, .byline, before, after, WordRun.between(before ?? "", after ?? ""))
    }

    private static func line(_ authors: [String]) -> String? { authors.isEmpty ? nil : authors.joined(separator: ", ") }

    private func field(
        _ kind: EditKind, _ significance: Significance, _ part: Edit.Part, _ before: String?, _ after: String?,
        _ words: [WordRun]
    ) -> Edit? {
        guard words.contains(where: { $0.operation != .equal }) else { return nil }
        let isTypography = SentenceChange.isTypography(before: before ?? "", after: after ?? "")
        return Edit(
            isTypography ? .typography : kind, isTypography ? .cosmetic : significance, part: part, before: before,
            after: after,
            words: words)
    }

    private var publishedEdit: Edit? {
        guard !Self.isSameSpelling(from.published, to.published) else { return nil }
        let isSame = Self.isSameMoment(from.published, to.published)
        return date(.published, from.published, to.published, isSame ? .cosmetic : .minor)
    }

    /// A time of last change that moves while nothing else does is what many systems write at every touch of a page: at the
    /// rate at which pages are captured such edits would bury all others, so alone it is cosmetic.
    private func modifiedEdit(alone: Bool) -> Edit? {
        guard !Self.isSameSpelling(from.modified, to.modified) else { return nil }
        let isSame = Self.isSameMoment(from.modified, to.modified)
        return date(.modified, from.modified, to.modified, isSame || alone ? .cosmetic : .minor)
    }

    private func date(_ part: Edit.Part, _ before: String?, _ after: String?, _ significance: Significance) -> Edit {
        Edit(
            .date, significance, part: part, before: before, after: after,
            words: WordRun.between(before ?? "", after ?? ""))
    }

    private static func isSameSpelling(_ a: String?, _ b: String?) -> Bool {
        a.map { Array($0.utf8) } == b.map { Array($0.utf8) }
    }

    /// Whether two ISO 8601 dates do not contradict each other: the same instant in two zones, or one the other's day.
    static func isSameMoment(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        if a == b { return true }
        if let first = Timestamp(a), let second = Timestamp(b) { return first == second }
        let shorter = a.utf8.count < b.utf8.count ? a : b
        let longer = a.utf8.count < b.utf8.count ? b : a
        return shorter.utf8.count == 10 && longer.hasPrefix(shorter)
    }
}
