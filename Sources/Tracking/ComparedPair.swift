internal import Diffing
internal import Foundation
internal import GRDB
internal import Models

/// Two revisions and the edits between them. They depend on the revisions alone, so they are kept whatever else changes; what
/// is learned about a site's furniture later is taken off when they are asked for.
struct ComparedPair: Sendable {
    let before: ObjectID
    let after: ObjectID
    let isModifiedMoved: Bool
    let edits: [TrackedEdit]
    /// Row of a pair that is in the cache.
    private let known: Int64?
    /// Blocks that differ although the article stands still.
    private let flickered: [BlockFingerprint]

    init(before: ObjectID, after: ObjectID, _ from: Revision, _ to: Revision) {
        let comparison = Comparison(from: from, to: to)
        self.before = before
        self.after = after
        isModifiedMoved = comparison.isModifiedMoved
        edits = comparison.edits.map { TrackedEdit($0, of: comparison) }
        known = nil
        flickered = FurnitureLesson(to, after: from).flickered
    }

    /// Of what is no text on one side.
    init(before: ObjectID, after: ObjectID) {
        self.before = before
        self.after = after
        isModifiedMoved = false
        edits = []
        known = nil
        flickered = []
    }

    static func fetch(_ before: ObjectID, _ after: ObjectID, _ db: Database) throws -> ComparedPair? {
        let find = try db.cachedStatement(
            sql: "SELECT id, isModifiedMoved, edits FROM pairs WHERE before = ? AND after = ?")
        guard let row = try Row.fetchOne(find, arguments: [Data(before.bytes), Data(after.bytes)]) else { return nil }
        return ComparedPair(
            before: before, after: after, isModifiedMoved: row["isModifiedMoved"], edits: try Self.decode(row["edits"]),
            known: row["id"], flickered: [])
    }

    private init(
        before: ObjectID, after: ObjectID, isModifiedMoved: Bool, edits: [TrackedEdit], known: Int64,
        flickered: [BlockFingerprint]
    ) {
        self.before = before
        self.after = after
        self.isModifiedMoved = isModifiedMoved
        self.edits = edits
        self.known = known
        self.flickered = flickered
    }

    /// The pair's row, entered if it is not there.
    func row(_ db: Database, site: String, article: String) throws -> Int64 {
        for print in flickered {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO flickers(site, print, article) VALUES (?, ?, ?)")
                .execute(arguments: [site, Int64(bitPattern: print.rawValue), article])
        }
        if let known { return known }
        let bytes = JSON.array(edits.map(\.json)).canonicalBytes
        try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO pairs(before, after, isModifiedMoved, edits) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [Data(before.bytes), Data(after.bytes), isModifiedMoved, Data(bytes)])
        let find = try db.cachedStatement(sql: "SELECT id FROM pairs WHERE before = ? AND after = ?")
        guard let id = try Int64.fetchOne(find, arguments: [Data(before.bytes), Data(after.bytes)]) else {
            throw TrackingError("a pair that was just entered is not there")
        }
        return id
    }

    static func decode(_ data: Data) throws -> [TrackedEdit] {
        guard let json = try JSON(parsing: Array(data)).array else { throw TrackingError("edits that are no list") }
        return json.compactMap { TrackedEdit($0) }
    }
}
