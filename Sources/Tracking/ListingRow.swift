internal import Diffing
internal import GRDB
internal import Models
internal import Storage

/// What the cache holds for lists about one article.
struct ListingRow: Sendable {
    /// The article's row in the catalog.
    let id: Int64
    let key: String
    let scope: String?
    let site: String
    var headline: String?
    var language: String?
    /// Times of captures.
    var first: Int64
    var last: Int64
    /// When something was last received.
    var received: Int64?
    var captures: Int
    var states: Int
    /// The edits that are none of the site's furniture, as far as that was known.
    var edits = EditTally()
    /// When the last of them was captured.
    var edited: Int64?
    /// Of the latest state; nil where nobody has looked.
    var health: StateHealth?

    /// Of an article without captures.
    init(_ article: ArticleIdentity) {
        id = article.catalogRow
        key = article.key.description
        scope = article.scope?.description
        site = article.key.site
        first = .max
        last = .min
        captures = 0
        states = 0
    }
}

// MARK: In the cache

extension ListingRow {
    static let columns = """
        listing.id, listing.key, listing.scope, listing.site, headline, language, listing.first, listing.last, received, captures,
        states, substantive, minor, cosmetic, listing.kinds, listing.edited, health, reason, isReturned, listing.sum
        """

    /// From a row with `columns` first.
    init(_ row: GRDB.Row) throws {
        id = try row.decode(atIndex: 0)
        key = try row.decode(atIndex: 1)
        scope = try row.decode(atIndex: 2)
        site = try row.decode(atIndex: 3)
        headline = try row.decode(atIndex: 4)
        language = try row.decode(atIndex: 5)
        first = try row.decode(atIndex: 6)
        last = try row.decode(atIndex: 7)
        received = try row.decode(atIndex: 8)
        captures = try row.decode(atIndex: 9)
        states = try row.decode(atIndex: 10)
        edits = EditTally(
            substantive: try row.decode(atIndex: 11), minor: try row.decode(atIndex: 12),
            cosmetic: try row.decode(atIndex: 13), kinds: try row.decode(atIndex: 14))
        edited = try row.decode(atIndex: 15)
        if try row.decode(String?.self, atIndex: 16) != nil { health = try StateHealth(row) }
        guard try row.decode(Int64.self, atIndex: 19) == sum else { throw RowSum.failure }
    }

    static func fetch(_ article: ArticleIdentity, _ db: Database) throws -> ListingRow? {
        let find = try db.cachedStatement(sql: "SELECT \(columns) FROM listing WHERE id = ?")
        guard let row = try Row.fetchOne(find, arguments: [article.catalogRow]) else { return nil }
        return try ListingRow(row)
    }

    func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO listing(headline, language, first, last, received, captures, states, substantive, minor, cosmetic, kinds,
                    edited, health, reason, isReturned, sum, id, key, scope, site)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: changing + [id, key, scope, site])
    }

    /// Only what may have changed, so that indexes over the rest stand as they are.
    func update(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE listing SET headline = ?, language = ?, first = ?, last = ?, received = ?, captures = ?, states = ?,
                    substantive = ?, minor = ?, cosmetic = ?, kinds = ?, edited = ?, health = ?, reason = ?, isReturned = ?, sum = ?
                WHERE id = ?
                """
        ).execute(arguments: changing + [id])
    }

    private var changing: StatementArguments {
        [
            headline, language, first, last, received, captures, states, edits.substantive, edits.minor,
            edits.cosmetic, edits.kinds, edited, health?.state.rawValue, health?.reason?.rawValue,
            health?.isReturned ?? false, sum,
        ]
    }

    private var sum: Int64 {
        RowSum.of(
            [key, scope, site, headline, language, health?.state.rawValue, health?.reason?.rawValue],
            [
                id, first, last, received, Int64(captures), Int64(states), Int64(edits.substantive),
                Int64(edits.minor), Int64(edits.cosmetic), edits.kinds, edited, health?.isReturned == true ? 1 : 0,
            ])
    }
}

// MARK: Keeping it up to date

extension ListingRow {
    /// One more capture, which nobody counted yet.
    mutating func add(_ capture: Recorded, language: String?) {
        let time = capture.capturedAt.milliseconds
        captures += 1
        first = min(first, time)
        last = max(last, time)
        guard capture.status != .unreceived else { return }
        states = max(states, 1)
        guard time >= received ?? .min else { return }
        received = time
        headline = capture.headline
        self.language = language
    }

    /// All captures, counted anew.
    mutating func set(_ tally: CaptureTally) {
        captures = tally.captures
        first = tally.first.milliseconds
        last = tally.last.milliseconds
        received = tally.received?.milliseconds
        headline = tally.headline
        language = tally.language
        states = max(states, received == nil ? 0 : 1)
    }

    /// What was just written about the article's states: added to what is known of those before, if that is what this row says.
    mutating func add(_ followed: FollowedArticle, _ written: FollowedArticle.Written, _ db: Database) throws {
        guard followed.kept == 0 || (written.isAppended && followed.kept == states) else {
            return try countStates(followed.article.name, db)
        }
        if followed.kept == 0 {
            edits = EditTally()
            edited = nil
        }
        states = followed.kept + followed.states.count
        if let last = followed.states.last { health = last.health }
        for (step, tally) in zip(followed.steps, written.tallies) where !tally.isEmpty {
            edits.add(tally)
            edited = max(edited ?? .min, step.after.capturedAt.milliseconds)
        }
    }

    /// All that is known of the article's states, counted anew.
    mutating func countStates(_ name: String, _ db: Database) throws {
        let latest = try db.cachedStatement(
            sql: "SELECT number, health, reason, isReturned FROM states WHERE article = ? ORDER BY number DESC LIMIT 1")
        // What was in one state only is not among them.
        guard let row = try Row.fetchOne(latest, arguments: [name]) else { return }
        states = try row.decode(atIndex: 0)
        health = try StateHealth(row)
        edits = EditTally()
        edited = nil
        let find = try db.cachedStatement(sql: "SELECT \(StepRow.columns) FROM steps WHERE article = ?")
        let rows = try Row.fetchCursor(find, arguments: [name])
        while let row = try rows.next() {
            let step = try StepRow(row)
            guard !step.edits.isEmpty else { continue }
            edits.add(step.edits)
            edited = max(edited ?? .min, step.at)
        }
    }
}

extension ListedArticle {
    init(_ row: ListingRow) throws {
        guard let first = Timestamp(milliseconds: row.first), let last = Timestamp(milliseconds: row.last) else {
            throw TrackingError("an article without times")
        }
        name = row.scope.map { "\($0)/\(row.key)" } ?? row.key
        key = ArticleKey(stored: row.key)
        scope = row.scope.flatMap { OriginID($0) }
        site = row.site
        headline = row.headline
        language = row.language
        firstCapturedAt = first
        lastCapturedAt = last
        captures = row.captures
        states = row.states
        substantive = row.edits.substantive
        minor = row.edits.minor
        cosmetic = row.edits.cosmetic
        lastEditedAt = row.edited.flatMap { Timestamp(milliseconds: $0) }
        health = row.health ?? (row.states == 0 ? StateHealth(.suspect, .empty) : StateHealth(.healthy))
    }
}
