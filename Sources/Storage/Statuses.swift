internal import Foundation
internal import GRDB
internal import Models

extension Archive {
    /// What captures are, compared with the ones before them in the order of `capturedAt` over all logs.
    func statuses(of captures: [Int64]) throws(ArchiveError) -> [Recorded] {
        try catalog.read { db in
            let find = try db.cachedStatement(sql: Self.capture)
            return try captures.map { id in
                guard let row = try Row.fetchOne(find, arguments: [id]) else {
                    throw ArchiveError.catalog("capture \(id)")
                }
                return try Self.recorded(row, id: id, status: try Self.status(of: row, id: id, db))
            }
        }
    }

    // By their places: to look columns up by name takes longer than to find the row.
    private static let capture = """
        SELECT article, capturedAt, recordedAt, payload, revision, idx, articles.key, hash, headline, origin
        FROM captures JOIN articles ON articles.id = article JOIN revisions ON revisions.id = revision
        JOIN logs ON logs.id = log WHERE captures.id = ?
        """

    private static func status(of row: Row, id: Int64, _ db: Database) throws -> Recorded.Status {
        if try row.decode(Data.self, atIndex: 7) == ObjectID.ofNothing.data { return .unreceived }
        guard let neighbour = try neighbour(of: row, id: id, db) else { return .new }
        if try neighbour.decode(Data.self, atIndex: 0) == row.decode(Data.self, atIndex: 3) { return .unchanged }
        return try neighbour.decode(Int64.self, atIndex: 1) == row.decode(Int64.self, atIndex: 4) ? .furniture : .edited
    }

    /// The capture before; for one that is earlier than all, the one after, so that old captures found late are not called new.
    private static func neighbour(of row: Row, id: Int64, _ db: Database) throws -> Row? {
        let before = try db.cachedStatement(
            sql: """
                SELECT payload, revision FROM captures WHERE article = ?1 AND \(Catalog.isReceived)
                AND (capturedAt, recordedAt, id) < (?2, ?3, ?4) ORDER BY capturedAt DESC, recordedAt DESC, id DESC LIMIT 1
                """)
        let place: StatementArguments = [
            try row.decode(Int64.self, atIndex: 0), try row.decode(Int64.self, atIndex: 1),
            try row.decode(Int64.self, atIndex: 2), id,
        ]
        if let row = try Row.fetchOne(before, arguments: place) { return row }
        let after = try db.cachedStatement(
            sql: """
                SELECT payload, revision FROM captures WHERE article = ?1 AND id < ?4 AND \(Catalog.isReceived)
                AND (capturedAt, recordedAt, id) > (?2, ?3, ?4) ORDER BY capturedAt, recordedAt, id LIMIT 1
                """)
        return try Row.fetchOne(after, arguments: place)
    }

    private static func recorded(_ row: Row, id: Int64, status: Recorded.Status) throws -> Recorded {
        guard let time = Timestamp(milliseconds: (try row.decode(atIndex: 1))),
            let recordedAt = Timestamp(milliseconds: (try row.decode(atIndex: 2)))
        else { throw ArchiveError.catalog("capture") }
        let origin = OriginID(try ObjectID(catalog: (try row.decode(atIndex: 9))))
        let key = ArticleKey(stored: (try row.decode(atIndex: 6)))
        return Recorded(
            status: status, headline: (try row.decode(atIndex: 8)),
            revision: try ObjectID(catalog: (try row.decode(atIndex: 7))),
            payload: try ObjectID(catalog: (try row.decode(atIndex: 3))), capturedAt: time,
            capture: CaptureName(origin: origin, index: (try row.natural(at: 5))), recordedAt: recordedAt,
            row: id,
            identity: ArticleIdentity(
                key: key, scope: key.isFile ? origin : nil, row: (try row.decode(atIndex: 0))))
    }
}
