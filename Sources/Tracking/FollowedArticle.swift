internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// What was found out about one article, on its way into the cache.
struct FollowedArticle: Sendable {
    struct State: Sendable {
        let number: Int
        /// The last capture that shows the state before.
        let before: CaptureName?
        let first: HistoryCapture
        let health: StateHealth
    }

    /// Two healthy states that follow each other, whatever was suspect in between.
    struct Step: Sendable {
        /// Of the later state.
        let number: Int
        /// The last capture that shows the earlier one.
        let before: CaptureName
        let after: HistoryCapture
        let pair: ComparedPair
        /// The number of an earlier state that this returns to.
        let revertsTo: Int?
    }

    struct Judgement: Sendable {
        let revision: ObjectID
        let earlier: ObjectID?
        let status: Int
        let health: StateHealth
    }

    /// How a capture's state was judged, and which of `steps` leads to it.
    struct Sight: Sendable {
        let health: StateHealth
        let step: Int?
    }

    let article: ArticleIdentity
    /// The place up to which the article was followed before; as it is in the cache, where it may be outdated.
    let basis: Archive.CatalogPlace
    let place: Archive.CatalogPlace
    /// How many states stand as they were.
    let kept: Int
    /// Steps to later states than these are replaced; nil: all.
    let from: Timestamp?
    let states: [State]
    let steps: [Step]
    let judgements: [Judgement]
    /// By the captures' rows.
    let sights: [Int64: Sight]
    /// Revisions of the last two states.
    let latest: [ObjectID]

    /// What has been in one state only has nothing to compare, and is left out of the cache.
    private var isMoved: Bool { kept + states.count > 1 }

    /// What entering an article into the cache came to.
    struct Written: Sendable {
        /// Nothing that was there before was taken out.
        let isAppended: Bool
        /// Of each of `steps`, the edits that are none of the site's furniture.
        let tallies: [EditTally]
    }

    /// - Parameter furniture: of sites, as far as it is known by now.
    /// - Returns: nil when somebody else followed the article meanwhile: it must be done again.
    func write(_ furniture: inout SitesFurniture, _ db: Database) throws -> Written? {
        guard isMoved else { return Written(isAppended: true, tallies: []) }
        let name = article.name
        guard try Self.place(name, db) == basis else { return nil }
        try db.cachedStatement(sql: "DELETE FROM states WHERE article = ? AND number > ?").execute(arguments: [
            name, kept,
        ])
        let areStatesReplaced = db.changesCount > 0
        let areStepsReplaced = try removeSteps(name, db)
        try writeStates(name, db)
        let tallies = try writeSteps(&furniture, db)
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO followed(article, row, capture) VALUES (?, ?, ?)")
            .execute(arguments: [name, place.row, place.capture])
        return Written(isAppended: !areStatesReplaced && !areStepsReplaced, tallies: tallies)
    }

    static func place(_ name: String, _ db: Database) throws -> Archive.CatalogPlace {
        let find = try db.cachedStatement(sql: "SELECT row, capture FROM followed WHERE article = ?")
        return try Row.fetchOne(find, arguments: [name]).map {
            .init(row: (try $0.decode(forColumn: "row")), capture: (try $0.decode(forColumn: "capture")))
        } ?? .start
    }

    /// - Returns: whether there were any.
    private func removeSteps(_ name: String, _ db: Database) throws -> Bool {
        let find = try db.cachedStatement(
            sql: """
                SELECT steps.id AS id, flickers FROM steps JOIN pairs ON pairs.id = pair WHERE article = ? AND at >= ?
                """)
        let removed = try Row.fetchAll(find, arguments: [name, from?.milliseconds ?? .min])
        guard !removed.isEmpty else { return false }
        let flicker = try db.cachedStatement(
            sql: "DELETE FROM flickers WHERE site = ? AND print = ? AND article = ? AND step = ?")
        for row in removed {
            let id: Int64 = try row.decode(forColumn: "id")
            for print in BlockFingerprint.list(try row.decode(forColumn: "flickers")) {
                try flicker.execute(arguments: [article.key.site, Int64(bitPattern: print.rawValue), name, id])
            }
            try db.cachedStatement(sql: "DELETE FROM steps WHERE id = ?").execute(arguments: [id])
        }
        return true
    }

    private func writeStates(_ name: String, _ db: Database) throws {
        let judge = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO judgements(revision, earlier, status, health, reason) VALUES (?, ?, ?, ?, ?)")
        for judgement in judgements {
            try judge.execute(arguments: [
                Data(judgement.revision.bytes), Data(judgement.earlier?.bytes ?? []), judgement.status,
                judgement.health.state.rawValue, judgement.health.reason?.rawValue,
            ])
        }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO states(article, key, site, number, revision, before, capture, at, health, reason, isReturned, sum)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for state in states {
            try insert.execute(arguments: [
                name, article.key.description, article.key.site, state.number, Data(state.first.revision.bytes),
                state.before?.description, state.first.name.description, state.first.capturedAt.milliseconds,
                state.health.state.rawValue, state.health.reason?.rawValue, state.health.isReturned,
                RowSum.of(
                    [
                        name, article.key.description, article.key.site, state.before?.description,
                        state.first.name.description, state.health.state.rawValue, state.health.reason?.rawValue,
                    ], [state.first.capturedAt.milliseconds, state.health.isReturned ? 1 : 0, nil]),
            ])
        }
    }

    /// Enters the steps; then what flickered in them, and then, knowing that, which of their edits are furniture.
    private func writeSteps(_ furniture: inout SitesFurniture, _ db: Database) throws -> [EditTally] {
        let edits = try steps.map { try $0.pair.edits() }
        let rows = try zip(steps, edits).map { step, edits in
            let row = try step.pair.row(db)
            var all = EditTally()
            for edit in edits { all.add(edit) }
            return try StepRow(of: article, step, pair: row, edits: all).inserted(db)
        }
        guard article.isOfSite else { return rows.map(\.edits) }
        try writeFlickers(rows, db)
        var tallies: [EditTally] = []
        for place in rows.indices {
            let tally = try furniture.tally(edits[place], of: article.key.site, db)
            tallies.append(tally)
            if tally != rows[place].edits { try rows[place].with(tally).updateEdits(db) }
        }
        return tallies
    }

    private func writeFlickers(_ rows: [StepRow], _ db: Database) throws {
        let flicker = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO flickers(site, print, article, step) VALUES (?, ?, ?, ?)")
        for (step, row) in zip(steps, rows) {
            for print in step.pair.flickered {
                try flicker.execute(arguments: [row.site, Int64(bitPattern: print.rawValue), row.article, row.id])
            }
        }
    }
}

extension ArticleIdentity {
    /// Files share a folder, not a site.
    var isOfSite: Bool { !key.isFile }
}
