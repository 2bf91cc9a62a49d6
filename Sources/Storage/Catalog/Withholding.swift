internal import Foundation
internal import GRDB
internal import Models

/// Which captures the catalog must not show, while records are entered into it.
struct Withholding {
    /// The origin whose archive this is: what its log hides is hidden here.
    private let own: OriginID
    private var isAny: Bool
    private var added: [RecordReference] = []

    init(own: OriginID, in db: Database) throws {
        self.own = own
        isAny = try Int.fetchOne(db, sql: "SELECT 1 FROM subjects WHERE kind = 'withdrawal' LIMIT 1") != nil
    }

    /// A withdrawal that stands in the log of `origin`. Others than the target's own origin and this archive bind nobody here.
    mutating func add(_ target: RecordReference, by origin: OriginID) throws {
        isAny = true
        if origin == target.origin || origin == own { added.append(target) }
    }

    func covers(_ line: LogLine, of origin: OriginID, in db: Database) throws -> Bool {
        guard isAny else { return false }
        return try Catalog.withdrawals(of: origin, index: line.index, in: db).contains {
            $0.leaf == line.leafHash && ($0.origin == origin || $0.origin == own)
        }
    }

    /// Takes out captures that came before what withdrew them, with what only they led to.
    func removeCaptures(from db: Database) throws {
        var isChanged = false
        for target in added {
            guard let log = try Log.fetch(target.origin, in: db),
                try Catalog.heldLine(log.id, target.index, origin: target.origin, db)?.leafHash == target.leaf
            else { continue }
            try db.execute(sql: "DELETE FROM captures WHERE log = ? AND idx = ?", arguments: [log.id, target.index])
            isChanged = isChanged || db.changesCount > 0
        }
        guard isChanged else { return }
        try db.execute(sql: "DELETE FROM articles WHERE id NOT IN (SELECT article FROM captures)")
        try db.execute(sql: "DELETE FROM revisions WHERE id NOT IN (SELECT revision FROM captures)")
        try db.execute(sql: "UPDATE tally SET sum = ?", arguments: [try Tally.counted(in: db) ?? 0])
    }
}

extension Catalog {
    static func insert(
        _ target: RecordReference, of line: LogLine, log: Int64, _ tally: inout Tally, into db: Database
    ) throws {
        tally.add(
            subjectOf: line.kind.rawValue, log: log, index: line.index, origin: target.origin.id.data,
            target: target.index, leaf: target.leaf.data)
        try db.execute(
            sql: "INSERT INTO subjects(log, idx, kind, origin, target, leaf) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                log, line.index, line.kind.rawValue, target.origin.id.data, target.index, target.leaf.data,
            ])
    }

    /// Of one record: the log in which it stands, its place there, and the line that it is about.
    struct Subject {
        let origin: OriginID
        let index: Int
        let leaf: ObjectID
    }

    /// Withdrawals of a record, in whatever log; the leaf they name may be another one's.
    static func withdrawals(of origin: OriginID, index: Int, in db: Database) throws -> [Subject] {
        try subjects(of: origin, index: index, kind: .withdrawal, in: db)
    }

    static func subjects(of origin: OriginID, index: Int, kind: LogLine.Kind, in db: Database) throws -> [Subject] {
        let find = try db.cachedStatement(
            sql: """
                SELECT logs.origin AS origin, idx, leaf FROM subjects JOIN logs ON logs.id = log
                WHERE subjects.origin = ? AND target = ? AND kind = ? ORDER BY log, idx
                """)
        return try Row.fetchAll(find, arguments: [origin.id.data, index, kind.rawValue]).map {
            Subject(
                origin: OriginID(try ObjectID(catalog: (try $0.decode(forColumn: "origin")))),
                index: (try $0.natural("idx")),
                leaf: try ObjectID(catalog: (try $0.decode(forColumn: "leaf"))))
        }
    }
}
