internal import GRDB
internal import Models
internal import Storage

/// A step between two healthy states of an article, as it is in the cache.
struct StepRow: Sendable {
    private(set) var id: Int64
    /// The article's name.
    let article: String
    let key: String
    let site: String
    let before: String
    let after: String
    let at: Int64
    let pair: Int64
    let revertsTo: Int64?
    /// Of all edits between the two states, the bits of `EditTally`.
    let kinds: Int64
    /// The edits that were no furniture when the step was followed.
    private(set) var edits: EditTally

    static let columns = """
        steps.id, steps.article, steps.key, steps.site, steps.before, steps.after, steps.at, steps.pair, steps.revertsTo,
        steps.kinds, steps.counted, steps.substantive, steps.minor, steps.cosmetic, steps.sum AS rowSum
        """
    /// From a row with `columns` first.
    init(_ row: GRDB.Row) throws {
        id = try row.decode(atIndex: 0)
        article = try row.decode(atIndex: 1)
        key = try row.decode(atIndex: 2)
        site = try row.decode(atIndex: 3)
        before = try row.decode(atIndex: 4)
        after = try row.decode(atIndex: 5)
        at = try row.decode(atIndex: 6)
        pair = try row.decode(atIndex: 7)
        revertsTo = try row.decode(atIndex: 8)
        kinds = try row.decode(atIndex: 9)
        edits = EditTally(
            substantive: try row.decode(atIndex: 11), minor: try row.decode(atIndex: 12),
            cosmetic: try row.decode(atIndex: 13), kinds: try row.decode(atIndex: 10))
        guard try row.decode(Int64.self, atIndex: 14) == sum else { throw RowSum.failure }
    }

    /// A step that is entered now, with all its edits; the cache gives it an id.
    init(
        of article: ArticleIdentity, _ step: FollowedArticle.Step, pair: Int64, edits: EditTally
    ) {
        id = 0
        self.article = article.name
        key = article.key.description
        site = article.key.site
        before = step.before.description
        after = step.after.name.description
        at = step.after.capturedAt.milliseconds
        self.pair = pair
        revertsTo = step.revertsTo.map { Int64($0) }
        kinds = edits.kinds
        self.edits = edits
    }

    /// With edits counted anew.
    func with(_ edits: EditTally) -> StepRow {
        var row = self
        row.edits = edits
        return row
    }

    /// Enters it, and returns it with its id.
    func inserted(_ db: Database) throws -> StepRow {
        try db.cachedStatement(
            sql: """
                INSERT INTO steps(article, key, site, before, after, at, pair, revertsTo, kinds, counted, substantive, minor,
                    cosmetic, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            article, key, site, before, after, at, pair, revertsTo, kinds, edits.kinds, edits.substantive,
            edits.minor, edits.cosmetic, sum,
        ])
        var row = self
        row.id = db.lastInsertedRowID
        return row
    }

    /// Enters which edits are furniture, where that was found out since.
    func updateEdits(_ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE steps SET counted = ?, substantive = ?, minor = ?, cosmetic = ?, sum = ? WHERE id = ?"
        ).execute(arguments: [edits.kinds, edits.substantive, edits.minor, edits.cosmetic, sum, id])
    }

    /// Without the id, which the cache gives.
    private var sum: Int64 {
        RowSum.of(
            [article, key, site, before, after],
            [
                at, pair, revertsTo, kinds, edits.kinds, Int64(edits.substantive), Int64(edits.minor),
                Int64(edits.cosmetic),
            ])
    }
}
