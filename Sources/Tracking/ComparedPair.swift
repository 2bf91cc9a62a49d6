internal import Diffing
internal import Foundation
internal import GRDB
internal import Models

/// Two revisions and the edits between them. They depend on the revisions alone, so they are kept whatever else changes; what
/// is learned about a site's furniture later is taken off when they are asked for.
struct ComparedPair: Sendable {
    private let before: ObjectID
    private let after: ObjectID
    private let isModifiedMoved: Bool
    /// The edits, as they are kept.
    private let bytes: [UInt8]
    /// Blocks that differ although the article stands still.
    let flickered: [BlockFingerprint]
    /// Row of a pair that is in the cache.
    private let known: Int64?

    init(before: ObjectID, after: ObjectID, _ from: RevisionContent, _ to: RevisionContent) {
        self.before = before
        self.after = after
        known = nil
        // What is no text on one side cannot be compared.
        guard let old = from.revision, let new = to.revision else {
            isModifiedMoved = false
            bytes = JSON.array([]).canonicalBytes
            flickered = []
            return
        }
        let comparison = Comparison(from: old, to: new)
        let prints = (before: from.prints, after: to.prints)
        isModifiedMoved = comparison.isModifiedMoved
        bytes = JSON.array(comparison.edits.map { TrackedEdit($0, prints).json }).canonicalBytes
        flickered = FurnitureLesson.flickered(old, prints.before, new, prints.after)
    }

    static func fetch(_ before: ObjectID, _ after: ObjectID, _ db: Database) throws -> ComparedPair? {
        let find = try db.cachedStatement(
            sql: "SELECT id, isModifiedMoved, edits, flickers, sum FROM pairs WHERE before = ? AND after = ?")
        guard let row = try Row.fetchOne(find, arguments: [Data(before.bytes), Data(after.bytes)]) else { return nil }
        return ComparedPair(
            before: before, after: after, isModifiedMoved: (try row.decode(forColumn: "isModifiedMoved")),
            bytes: try storedEdits(in: row),
            flickered: BlockFingerprint.list(try row.decode(forColumn: "flickers")),
            known: (try row.decode(forColumn: "id")))
    }

    private init(
        before: ObjectID, after: ObjectID, isModifiedMoved: Bool, bytes: [UInt8], flickered: [BlockFingerprint],
        known: Int64
    ) {
        self.before = before
        self.after = after
        self.isModifiedMoved = isModifiedMoved
        self.bytes = bytes
        self.flickered = flickered
        self.known = known
    }

    /// The edits in a row with `isModifiedMoved`, `edits` and the pair's `sum`.
    static func storedEdits(in row: GRDB.Row) throws -> [UInt8] {
        guard let edits = (try row.decode(forColumn: "edits")) as Data?,
            let sum = (try row.decode(forColumn: "sum")) as Int64?
        else {
            throw TrackingError("a pair of revisions is missing")
        }
        let bytes = Array(edits)
        try RowSum.check(sum, [], [(try row.decode(forColumn: "isModifiedMoved"))], bytes)
        return bytes
    }

    /// The pair's row, entered if it is not there.
    func row(_ db: Database) throws -> Int64 {
        if let known { return known }
        try db.cachedStatement(
            sql:
                "INSERT OR IGNORE INTO pairs(before, after, isModifiedMoved, edits, flickers, sum) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            Data(before.bytes), Data(after.bytes), isModifiedMoved, Data(bytes), BlockFingerprint.data(flickered),
            RowSum.of([], [isModifiedMoved ? 1 : 0], bytes),
        ])
        if db.changesCount > 0 { return db.lastInsertedRowID }
        let find = try db.cachedStatement(sql: "SELECT id FROM pairs WHERE before = ? AND after = ?")
        guard let id = try Int64.fetchOne(find, arguments: [Data(before.bytes), Data(after.bytes)]) else {
            throw TrackingError("a pair that was just entered is not there")
        }
        return id
    }

    func edits() throws -> [TrackedEdit] { try Self.decode(bytes) }

    static func decode(_ bytes: [UInt8]) throws -> [TrackedEdit] {
        guard let json = try JSON(parsing: bytes).array else { throw TrackingError("edits that are no list") }
        return json.compactMap { TrackedEdit($0) }
    }
}

extension BlockFingerprint {
    static func list(_ data: Data) -> [BlockFingerprint] {
        data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
                let value = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                return BlockFingerprint(rawValue: UInt64(littleEndian: value))
            }
        }
    }

    static func data(_ list: [BlockFingerprint]) -> Data {
        Data(list.flatMap { print in (0..<8).map { UInt8(truncatingIfNeeded: print.rawValue >> UInt64(8 * $0)) } })
    }
}
