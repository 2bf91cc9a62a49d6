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
            if let row = try insert(contentOf: record, log: log.id, &tally, &withholding, into: db) {
                captures.append(row)
            }
            logs[record.origin] = log
        }
        for log in logs.values { try log.save(db) }
        try tally.enter(into: db)
        try withholding.removeCaptures(from: db)
        return captures
    }

    /// What a record says, beside its line. Returns the row of a capture.
    private static func insert(
        contentOf record: IndexedRecord, log: Int64, _ tally: inout Tally, _ withholding: inout Withholding,
        into db: Database
    ) throws -> Int64? {
        switch record.detail {
        case .capture, .adopted:
            guard let detail = record.detail?.captured, let interpretation = record.interpretation,
                try !withholding.covers(record.line, of: record.origin, in: db)
            else { return nil }
            return try insert(detail, interpretation, of: record.line, log: log, &tally, into: db)
        case .note(let note): try insert(note.target, of: record.line, log: log, &tally, into: db)
        case .withdrawal(let withdrawal):
            try insert(withdrawal.target, of: record.line, log: log, &tally, into: db)
            try withholding.add(withdrawal.target, by: record.origin)
        default: break
        }
        return nil
    }

    /// Enters what records say whose lines were entered without their details.
    static func complete(_ records: [IndexedRecord], own: OriginID, in db: Database) throws {
        var withholding = try Withholding(own: own, in: db)
        var tally = Tally()
        for record in records {
            guard var log = try Log.fetch(record.origin, in: db) else { continue }
            if case .genesis(let detail) = record.detail {
                log.name = detail.name
                log.key = detail.key
                try log.save(db)
            }
            _ = try insert(contentOf: record, log: log.id, &tally, &withholding, into: db)
            try db.cachedStatement(sql: "DELETE FROM detailless WHERE log = ? AND idx = ?")
                .execute(arguments: [log.id, record.line.index])
        }
        try tally.enter(into: db)
        try withholding.removeCaptures(from: db)
    }

    /// Remembers that the details of these lines are wanted.
    static func note(detailless line: LogLine, of origin: OriginID, in db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO detailless(log, idx) SELECT id, ? FROM logs WHERE origin = ?"
        ).execute(arguments: [line.index, origin.id.data])
    }

    /// Lines after the given one whose details were not there when they were entered, and now are.
    static func completable(
        after place: (log: Int64, index: Int), in db: Database
    ) throws -> [(log: Int64, origin: OriginID, line: LogLine)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT detailless.log, detailless.idx, origin, kind, recordedAt, detail FROM detailless
                JOIN records USING (log, idx) JOIN logs ON logs.id = detailless.log
                WHERE (detailless.log, detailless.idx) > (?, ?) AND EXISTS (SELECT 1 FROM objects WHERE id = detail)
                ORDER BY detailless.log, detailless.idx LIMIT 1024
                """, arguments: [place.log, place.index]
        ).map { row in
            let origin = OriginID(try ObjectID(catalog: (try row.decode(atIndex: 2))))
            return (
                (try row.decode(atIndex: 0)), origin,
                try line(row, at: 3, index: try row.natural(at: 1), origin: origin)
            )
        }
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
        tally.add(capture: id, recordedAt: line.recordedAt.milliseconds, article: article, revision: revision)
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
        return try line(row, at: 0, index: index, origin: origin)
    }

    static func line(_ row: Row, index: Int, origin: OriginID) throws -> LogLine {
        try line(
            row.decode(forColumn: "kind"), row.decode(forColumn: "recordedAt"), row.decode(forColumn: "detail"),
            index: index, origin: origin)
    }

    /// The same of columns by number: by name they take longer than the query.
    static func line(_ row: Row, at column: Int, index: Int, origin: OriginID) throws -> LogLine {
        try line(
            row.decode(atIndex: column), row.decode(atIndex: column + 1), row.decode(atIndex: column + 2), index: index,
            origin: origin)
    }

    private static func line(
        _ kind: String, _ recordedAt: Int64, _ detail: Data, index: Int, origin: OriginID
    ) throws -> LogLine {
        guard let kind = LogLine.Kind(rawValue: kind), let time = Timestamp(milliseconds: recordedAt) else {
            throw ArchiveError.catalog("record \(index) of \(origin.short)")
        }
        let detail = try ObjectID(catalog: detail)
        return kind == .genesis
            ? LogLine(genesis: detail, recordedAt: time)
            : LogLine(origin: origin, index: index, kind: kind, recordedAt: time, detail: detail)
    }
}

/// The catalog's row of one origin's log.
struct Log {
    let id: Int64
    private let origin: Data
    var name: String
    var key: String
    /// Over the lines from 0 on without a gap.
    var frontier: MerkleFrontier
    /// Behind the last line that is held, be there gaps before it or not: no line is looked for from here on.
    var end: Int

    static let columns = """
        logs.id, logs.origin, logs.name, logs.key, logs.size, logs.frontier, logs.sum,
        (SELECT COALESCE(MAX(idx), -1) + 1 FROM records WHERE log = logs.id)
        """

    static func fetch(_ origin: OriginID, in db: Database) throws -> Log? {
        let find = try db.cachedStatement(sql: "SELECT \(columns) FROM logs WHERE origin = ?")
        return try Row.fetchOne(find, arguments: [origin.id.data]).map { try Log($0) }
    }

    static func fetchOrInsert(_ origin: OriginID, in db: Database) throws -> Log {
        if let log = try fetch(origin, in: db) { return log }
        try db.execute(
            sql: "INSERT INTO logs(origin, name, key, size, frontier, sum) VALUES (?, '', '', 0, x'', 0)",
            arguments: [origin.id.data])
        let log = Log(
            id: db.lastInsertedRowID, origin: origin.id.data, name: "", key: "", frontier: MerkleFrontier(), end: 0)
        try log.save(db)
        return log
    }

    /// - Throws: `ArchiveError.catalog` when the row is not what was saved.
    init(_ row: Row) throws {
        let frontier: Data = try row.decode(atIndex: 5)
        let size = try row.natural(at: 4)
        let end = try row.natural(at: 7)
        guard let tree = MerkleFrontier(size: size, bytes: Array(frontier)) else { throw Self.damage }
        self.init(
            id: (try row.decode(atIndex: 0)), origin: (try row.decode(atIndex: 1)),
            name: (try row.decode(atIndex: 2)), key: (try row.decode(atIndex: 3)), frontier: tree, end: end)
        guard try row.decode(atIndex: 6) == sum else { throw Self.damage }
    }

    private static var damage: ArchiveError { .catalog("what it says of a log was changed") }

    private init(id: Int64, origin: Data, name: String, key: String, frontier: MerkleFrontier, end: Int) {
        self.id = id
        self.origin = origin
        self.name = name
        self.key = key
        self.frontier = frontier
        self.end = end
    }

    private var sum: Int64 {
        Tally.sum(ofLog: origin, name: name, key: key, size: frontier.size, frontier: Data(frontier.bytes))
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE logs SET name = ?, key = ?, size = ?, frontier = ?, sum = ? WHERE id = ?")
            .execute(arguments: [name, key, frontier.size, Data(frontier.bytes), sum, id])
    }
}
