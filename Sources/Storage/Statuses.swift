internal import Foundation
internal import GRDB
internal import Models

extension Archive {
    /// What captures are, compared with the ones before them in the order of `capturedAt` over all logs.
    func statuses(of captures: [Int64]) throws(ArchiveError) -> [Recorded] {
        try catalog.read { db in
            try captures.map { id in
                guard let row = try Row.fetchOne(db.cachedStatement(sql: Self.capture), arguments: [id]) else {
                    throw ArchiveError.catalog("capture \(id)")
                }
                let neighbour = try Self.neighbour(of: row, id: id, db)
                let payload: Data = try row.decode(forColumn: "payload")
                let status: Recorded.Status
                if (try row.decode(forColumn: "hash")) as Data == ObjectID.ofNothing.data {
                    status = .unreceived
                } else if let neighbour {
                    let same: Int64 = try row.decode(forColumn: "revision")
                    status =
                        payload == neighbour["payload"]
                        ? .unchanged : same == neighbour["revision"] ? .furniture : .edited
                } else {
                    status = .new
                }
                return try Self.recorded(row, status: status, payload: payload)
            }
        }
    }

    private static let capture = """
        SELECT captures.*, articles.key AS key, revisions.hash AS hash, revisions.headline AS headline, logs.origin AS origin
        FROM captures JOIN articles ON articles.id = article JOIN revisions ON revisions.id = revision
        JOIN logs ON logs.id = log WHERE captures.id = ?
        """

    /// The capture before; for one that is earlier than all, the one after, so that old captures found late are not called new.
    private static func neighbour(of row: Row, id: Int64, _ db: Database) throws -> Row? {
        let before = try db.cachedStatement(
            sql: """
                SELECT payload, revision FROM captures WHERE article = ?1 AND \(Catalog.isReceived)
                AND (capturedAt, recordedAt, id) < (?2, ?3, ?4) ORDER BY capturedAt DESC, recordedAt DESC, id DESC LIMIT 1
                """)
        let place: StatementArguments = [
            try row.decode(Int64.self, forColumn: "article"), try row.decode(Int64.self, forColumn: "capturedAt"),
            try row.decode(Int64.self, forColumn: "recordedAt"), id,
        ]
        if let row = try Row.fetchOne(before, arguments: place) { return row }
        let after = try db.cachedStatement(
            sql: """
                SELECT payload, revision FROM captures WHERE article = ?1 AND id < ?4 AND \(Catalog.isReceived)
                AND (capturedAt, recordedAt, id) > (?2, ?3, ?4) ORDER BY capturedAt, recordedAt, id LIMIT 1
                """)
        return try Row.fetchOne(after, arguments: place)
    }

    private static func recorded(_ row: Row, status: Recorded.Status, payload: Data) throws -> Recorded {
        guard let time = Timestamp(milliseconds: (try row.decode(forColumn: "capturedAt"))),
            let recordedAt = Timestamp(milliseconds: (try row.decode(forColumn: "recordedAt")))
        else { throw ArchiveError.catalog("capture") }
        let origin = OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin"))))
        let key = ArticleKey(stored: (try row.decode(forColumn: "key")))
        return Recorded(
            status: status, headline: (try row.decode(forColumn: "headline")),
            revision: try ObjectID(catalog: (try row.decode(forColumn: "hash"))),
            payload: try ObjectID(catalog: payload), capturedAt: time,
            capture: CaptureName(origin: origin, index: (try row.natural("idx"))), recordedAt: recordedAt,
            row: (try row.decode(forColumn: "id")),
            identity: ArticleIdentity(
                key: key, scope: key.isFile ? origin : nil, row: (try row.decode(forColumn: "article"))))
    }
}
