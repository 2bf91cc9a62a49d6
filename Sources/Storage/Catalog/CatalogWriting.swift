internal import Foundation
internal import GRDB
internal import Models

/// A line of some log with everything computed from its detail, ready for the catalog.
struct IndexedRecord: Sendable {
    let line: LogLine
    let origin: OriginID
    /// Nil for what was withdrawn: its line stays.
    let detail: Detail?
    /// For captures alone.
    let interpretation: Interpretation?
}

extension Catalog {
    /// Enters records; those already there must be the same. Returns the row ids of new captures, in order.
    ///
    /// Records must come in order of their index within one origin. What was withdrawn, or is hidden by the archive whose own log is
    /// that of `own`, becomes no capture.
    @discardableResult
    static func insert(_ records: [IndexedRecord], own: OriginID, into db: Database) throws -> [Int64] {
        var withholding = try Withholding(own: own, in: db)
        var logs: [OriginID: Log] = [:]
        var captures: [Int64] = []
        var tally = Tally()
        for record in records {
            var log = try logs[record.origin] ?? Log.fetchOrInsert(record.origin, in: db)
            if record.line.index < log.end,
                let held = try heldLine(log.id, record.line.index, origin: record.origin, db)
            {
                guard held == record.line else { throw ArchiveError.forked(record.origin, index: record.line.index) }
                continue
            }
            try insert(record, log: &log, into: db)
            switch record.detail {
            case .capture, .adopted:
                guard let detail = record.detail?.captured, let interpretation = record.interpretation,
                    try !withholding.covers(record.line, of: record.origin, in: db)
                else { break }
                captures.append(try insert(detail, interpretation, of: record.line, log: log.id, &tally, into: db))
            case .note(let note): try insert(note.target, of: record.line, log: log.id, into: db)
            case .withdrawal(let withdrawal):
                try insert(withdrawal.target, of: record.line, log: log.id, into: db)
                try withholding.add(withdrawal.target, by: record.origin)
            default: break
            }
            logs[record.origin] = log
        }
        for log in logs.values { try log.save(db) }
        try tally.enter(into: db)
        try withholding.removeCaptures(from: db)
        return captures
    }

    private static func insert(_ record: IndexedRecord, log: inout Log, into db: Database) throws {
        let line = record.line
        try db.cachedStatement(sql: "INSERT INTO records(log, idx, kind, recordedAt, detail) VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [
                log.id, line.index, line.kind.rawValue, line.recordedAt.milliseconds, line.detail.data,
            ])
        if case .genesis(let detail) = record.detail {
            log.name = detail.name
            log.key = detail.key
        }
        if line.index == log.frontier.size {
            log.frontier.append(line.leafHash)
            // Lines that were indexed before the gap in front of them was closed.
            while log.frontier.size < log.end,
                let next = try heldLine(log.id, log.frontier.size, origin: record.origin, db)
            {
                log.frontier.append(next.leafHash)
            }
        }
        log.end = max(log.end, line.index + 1)
    }

    private static func insert(
        _ detail: CaptureDetail, _ interpretation: Interpretation, of line: LogLine, log: Int64,
        _ tally: inout Tally, into db: Database
    ) throws -> Int64 {
        let article = try articleID(interpretation.key, log: log, &tally, db)
        let revision = try revisionID(interpretation, payload: detail.payload, &tally, db)
        try db.cachedStatement(
            sql: """
                INSERT INTO captures(log, idx, article, capturedAt, recordedAt, payload, size, mediaType, revision)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            log, line.index, article, detail.capturedAt.milliseconds, line.recordedAt.milliseconds, detail.payload.data,
            detail.size, detail.mediaType, revision,
        ])
        let id = db.lastInsertedRowID
        tally.add(capture: id, article: article, revision: revision)
        return id
    }

    private static func articleID(_ key: ArticleKey, log: Int64, _ tally: inout Tally, _ db: Database) throws -> Int64 {
        // A file's path means something only within the origin that captured it.
        let scope = key.isFile ? log : 0
        let find = try db.cachedStatement(sql: "SELECT id FROM articles WHERE key = ? AND scope = ?")
        if let id = try Int64.fetchOne(find, arguments: [key.description, scope]) { return id }
        try db.cachedStatement(sql: "INSERT INTO articles(key, scope, site) VALUES (?, ?, ?)")
            .execute(arguments: [key.description, scope, key.site])
        let id = db.lastInsertedRowID
        tally.add(article: id, key: key.description, scope: scope, site: key.site)
        return id
    }

    private static func revisionID(
        _ interpretation: Interpretation, payload: ObjectID, _ tally: inout Tally, _ db: Database
    ) throws -> Int64 {
        let hash = interpretation.revisionID(payload: payload).data
        let find = try db.cachedStatement(sql: "SELECT id FROM revisions WHERE hash = ?")
        if let id = try Int64.fetchOne(find, arguments: [hash]) { return id }
        let revision = interpretation.revision
        try db.cachedStatement(
            sql: "INSERT INTO revisions(hash, headline, published, language, publisher) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [hash, revision?.headline, revision?.published, revision?.language, revision?.publisher])
        let id = db.lastInsertedRowID
        tally.add(
            revision: id, hash: hash,
            texts: [
                revision?.headline, revision?.published, revision?.language, revision?.publisher,
            ])
        return id
    }

    /// The line held at a place in a log, rebuilt from its columns: a line has no other content.
    static func heldLine(_ log: Int64, _ index: Int, origin: OriginID, _ db: Database) throws -> LogLine? {
        let find = try db.cachedStatement(sql: "SELECT kind, recordedAt, detail FROM records WHERE log = ? AND idx = ?")
        guard let row = try Row.fetchOne(find, arguments: [log, index]) else { return nil }
        return try line(row, index: index, origin: origin)
    }

    static func line(_ row: Row, index: Int, origin: OriginID) throws -> LogLine {
        guard let kind = LogLine.Kind(rawValue: (try row.decode(forColumn: "kind"))),
            let time = Timestamp(milliseconds: (try row.decode(forColumn: "recordedAt")))
        else {
            throw ArchiveError.catalog("record \(index) of \(origin.short)")
        }
        let detail = try ObjectID(catalog: (try row.decode(forColumn: "detail")))
        return kind == .genesis
            ? LogLine(genesis: detail, recordedAt: time)
            : LogLine(origin: origin, index: index, kind: kind, recordedAt: time, detail: detail)
    }
}

/// The catalog's row of one origin's log.
struct Log {
    let id: Int64
    var name: String
    var key: String
    /// Over the lines from 0 on without a gap.
    var frontier: MerkleFrontier
    /// Behind the last line that is held, be there gaps before it or not: no line is looked for from here on.
    var end: Int

    static let columns = "logs.*, (SELECT MAX(idx) FROM records WHERE log = logs.id) AS last"

    static func fetch(_ origin: OriginID, in db: Database) throws -> Log? {
        let find = try db.cachedStatement(sql: "SELECT \(columns) FROM logs WHERE origin = ?")
        return try Row.fetchOne(find, arguments: [origin.id.data]).map { try Log($0) }
    }

    static func fetchOrInsert(_ origin: OriginID, in db: Database) throws -> Log {
        if let log = try fetch(origin, in: db) { return log }
        try db.execute(
            sql: "INSERT INTO logs(origin, name, key, size, frontier) VALUES (?, '', '', 0, x'')",
            arguments: [origin.id.data])
        return Log(id: db.lastInsertedRowID, name: "", key: "", frontier: MerkleFrontier(), end: 0)
    }

    init(_ row: Row) throws {
        let frontier: Data = try row.decode(forColumn: "frontier")
        guard let frontier = MerkleFrontier(size: (try row.decode(forColumn: "size")), bytes: Array(frontier)) else {
            throw ArchiveError.catalog("the frontier of a log")
        }
        let last: Int? = try row.decode(forColumn: "last")
        self.init(
            id: (try row.decode(forColumn: "id")), name: (try row.decode(forColumn: "name")),
            key: (try row.decode(forColumn: "key")), frontier: frontier, end: (last ?? -1) + 1)
    }

    private init(id: Int64, name: String, key: String, frontier: MerkleFrontier, end: Int) {
        self.id = id
        self.name = name
        self.key = key
        self.frontier = frontier
        self.end = end
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE logs SET name = ?, key = ?, size = ?, frontier = ? WHERE id = ?")
            .execute(arguments: [name, key, frontier.size, Data(frontier.bytes), id])
    }
}
