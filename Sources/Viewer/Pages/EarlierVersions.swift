internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// How an article edited its quotations and figures later on.
struct EarlierVersions {
    struct Past {
        let words: [WordRun]
        /// Of the captures that show the older and the newer wording.
        let before: CaptureName?
        let after: CaptureName
        let at: Timestamp
        /// Nothing stood there before.
        let isNew: Bool
    }

    /// Newest first.
    private let changes: [(change: Change, edit: TrackedEdit)]

    /// Steps back from what is said now.
    private static let most = 6
    /// Edits of one article that are looked at.
    private static let mostEdits = 60

    init(of article: ArticleSummary, in tracker: Tracker) throws {
        var filter = ChangeFilter()
        filter.article = article.name
        filter.kinds = [.quotation, .figure, .added]
        filter.includesPages = false
        var found: [(change: Change, edit: TrackedEdit)] = []
        try tracker.changes(filter) { change in
            if case .edit(let edit, _, _) = change.what, change.articleName == article.name {
                found.append((change, edit))
            }
            return found.count < Self.mostEdits
        }
        changes = found
    }

    /// From the newest on: what stood where a version stands now, as far back as one edit leads to another.
    func of(_ version: Retelling.Version, _ kind: Retelling.Kind) -> [Past] {
        var sentences = version.sentences
        var found: [Past] = []
        for (change, edit) in changes where found.count < Self.most {
            guard let after = edit.after, let at = sentences.firstIndex(where: { Self.overlap($0, after) }) else {
                continue
            }
            let isNew = edit.before == nil
            guard isNew || edit.kind == (kind == .quotation ? .quotation : .figure) else { continue }
            if !isNew, found.isEmpty, !isTouched(version, edit) { continue }
            found.append(
                Past(words: edit.words, before: change.before, after: change.after, at: change.at, isNew: isNew))
            guard let before = edit.before else { break }
            sentences[at] = before
        }
        return found
    }

    /// Whether an edit changed what the version says, not something else in its sentence.
    private func isTouched(_ version: Retelling.Version, _ edit: TrackedEdit) -> Bool {
        let said = FoldedText.words(version.text)
        // A quotation may run on over several sentences, of which the edit has one.
        guard Self.contains(FoldedText.words(edit.after ?? ""), said) else { return true }
        return !Self.contains(FoldedText.words(edit.before ?? ""), said)
    }

    private static func contains(_ long: [String], _ short: [String]) -> Bool {
        guard short.count <= long.count else { return false }
        return (0...long.count - short.count).contains { long[$0...].starts(with: short) }
    }

    private static func overlap(_ a: String, _ b: String) -> Bool {
        a == b || (a.utf8.count > b.utf8.count ? a.contains(b) : b.contains(a))
    }
}
