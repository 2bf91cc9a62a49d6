public import Models

/// What differs between two revisions of one article.
///
/// Paragraphs are aligned (also when moved, split or merged), then sentences, then words. The result depends on the two
/// revisions alone. Time grows near-linearly with their length, memory linearly, whatever the text.
public struct Comparison: Sendable, Hashable {
    public let from: Revision
    public let to: Revision
    /// The way from the older headline to the newer; empty when neither has one.
    public let headline: [WordRun]
    /// The body in display order: every block of either revision is in exactly one row, but those of something moved in two.
    public let rows: [Row]
    /// In display order: headline, byline, dates, body.
    public let edits: [Edit]

    /// Compares `from`, the older, with `to`, the newer.
    public init(from: Revision, to: Revision) {
        self.init(from: from, to: to) { _ in false }
    }

    /// The same, leaving out edits that concern only blocks which `isFurniture` knows to be no part of the article. They
    /// stay in `rows`.
    public init(from: Revision, to: Revision, isFurniture: (Revision.Block) -> Bool) {
        self.from = from
        self.to = to
        var finder = EditFinder(from, to)
        finder.findBodyEdits()
        rows = finder.rows
        let body = finder.edits.filter { edit in
            let touched = [edit.blockBefore.map { from.blocks[$0] }, edit.blockAfter.map { to.blocks[$0] }].compactMap(
                \.self)
            return !touched.allSatisfy(isFurniture)
        }
        let fields = FieldEdits(from, to)
        headline = fields.headline
        edits = Silence.marked(fields.edits(besides: body) + body, in: to)
    }

    /// The strongest edit's; nil when nothing differs.
    public var significance: Significance? { edits.map(\.significance).max() }

    /// Whether the page's own time of last change moved.
    public var isModifiedMoved: Bool { !FieldEdits.isSameMoment(from.modified, to.modified) }
}
