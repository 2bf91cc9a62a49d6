internal import Foundation
internal import GRDB
package import Models

extension Archive {
    /// Records captures as one batch: all of them or, if this throws, none.
    public func record(_ observations: [Observation]) throws(ArchiveError) -> [Recorded] {
        var batch = try CaptureBatch(self)
        for observation in observations { batch.add(observation) }
        return try batch.commit()
    }

    /// Appends a record that is no capture, e.g. custody, to this archive's own log.
    package func record(_ detail: Detail) throws(ArchiveError) {
        var pack = try fileErrors { () throws(FileError) in try PackWriter(folder: packsFolder) }
        let compressor = Compressor(level: 3)
        try pack.appendObjects([detail.bytes], with: compressor)
        let lock = try WriterLock(lockPath, archive: path, seconds: patience)
        try catchUp()
        let head = try ownLog().frontier.size
        let line = LogLine(origin: origin, index: head, kind: detail.kind, recordedAt: clock(), detail: detail.id)
        try pack.appendLines([line], origin: origin, with: compressor)
        _ = try fileErrors { () throws(FileError) in try pack.finish() }
        try catchUp()
        lock.release()
    }

    /// The lines that come next in this archive's own log. Call only under the writer lock.
    func nextLines(for observations: [Observation]) throws(ArchiveError) -> [IndexedRecord] {
        let start = try ownLog().frontier.size
        let now = clock()
        return observations.enumerated().map { offset, observation in
            let detail = Detail.capture(observation.detail)
            return IndexedRecord(
                line: LogLine(
                    origin: origin, index: start + offset, kind: .capture, recordedAt: now, detail: detail.id),
                origin: origin, detail: detail, interpretation: observation.interpretation)
        }
    }

    private func ownLog() throws(ArchiveError) -> Log {
        let log = try catalog.read { db in try Log.fetch(self.origin, in: db) }
        // Without its own genesis an archive must not write: it would give an index a second time.
        guard let log, log.frontier.size > 0 else {
            throw .damaged(Damage(file: "packs", reason: "the beginning of this archive's own log is missing"))
        }
        if let head = try heads()[origin], head.size > log.frontier.size {
            throw .damaged(
                Damage(file: "packs", reason: "this archive's log is shorter than it was: a pack is missing"))
        }
        return log
    }

    /// What captures are, compared with the ones before them in the order of `capturedAt` over all logs.
    func statuses(of captures: [Int64]) throws(ArchiveError) -> [Recorded] {
        try catalog.read { db in
            try captures.map { id in
                guard let row = try Row.fetchOne(db.cachedStatement(sql: Self.capture), arguments: [id]) else {
                    throw ArchiveError.catalog("capture \(id)")
                }
                let neighbour = try Self.neighbour(of: row, id: id, db)
                let payload: Data = row["payload"]
                let status: Recorded.Status
                if let neighbour {
                    let same: Int64 = row["revision"]
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
                SELECT payload, revision FROM captures WHERE article = ?1
                AND (capturedAt, recordedAt, id) < (?2, ?3, ?4) ORDER BY capturedAt DESC, recordedAt DESC, id DESC LIMIT 1
                """)
        let place: StatementArguments = [row["article"], row["capturedAt"], row["recordedAt"], id]
        if let row = try Row.fetchOne(before, arguments: place) { return row }
        let after = try db.cachedStatement(
            sql: """
                SELECT payload, revision FROM captures WHERE article = ?1 AND id < ?4
                AND (capturedAt, recordedAt, id) > (?2, ?3, ?4) ORDER BY capturedAt, recordedAt, id LIMIT 1
                """)
        return try Row.fetchOne(after, arguments: place)
    }

    private static func recorded(_ row: Row, status: Recorded.Status, payload: Data) throws -> Recorded {
        guard let time = Timestamp(milliseconds: row["capturedAt"]) else { throw ArchiveError.catalog("capture") }
        return Recorded(
            status: status, article: ArticleKey(stored: row["key"]), headline: row["headline"],
            revision: try ObjectID(catalog: row["hash"]),
            payload: try ObjectID(catalog: payload), capturedAt: time,
            capture: CaptureName(origin: OriginID(try ObjectID(catalog: row["origin"])), index: row["idx"]))
    }
}
