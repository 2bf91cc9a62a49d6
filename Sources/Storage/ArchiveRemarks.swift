internal import Foundation
internal import GRDB
public import Models

/// A record of any kind, as it stands in some log.
public struct LoggedRecord: Hashable, Sendable {
    public let origin: OriginID
    public let line: LogLine
    public let detail: Detail
    public var name: CaptureName { CaptureName(origin: origin, index: line.index) }
}

/// That a record's content is gone, or not shown, because somebody withdrew it.
public struct Withheld: Hashable, Sendable {
    /// The record that was withdrawn.
    public let record: CaptureName
    public let since: Timestamp
    public let reason: String
    /// The record that says so.
    public let by: CaptureName
    /// Withdrawn by its own origin; else hidden, by the archive in whose log `by` stands.
    public let isWithdrawn: Bool
}

extension Archive {
    /// Every record of these kinds, over all logs, in the order in which they were recorded.
    public func records(of kinds: Set<LogLine.Kind>) throws(ArchiveError) -> [LoggedRecord] {
        let list = kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ",")
        return try logged(
            try catalog.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT records.*, logs.origin AS origin FROM records JOIN logs ON logs.id = log WHERE kind IN (\(list))
                        ORDER BY recordedAt, origin, idx
                        """
                ).map { row in
                    let origin = OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin"))))
                    return (origin, try Catalog.line(row, index: (try row.natural("idx")), origin: origin))
                }
            })
    }

    private func logged(_ lines: [(OriginID, LogLine)]) throws(ArchiveError) -> [LoggedRecord] {
        var records: [LoggedRecord] = []
        for (origin, line) in lines {
            if try !holds(line.detail) {
                if try isWithheld(line.index, of: origin) { continue }
                if try isLeftOut(line.index, of: origin) { continue }
            }
            records.append(LoggedRecord(origin: origin, line: line, detail: try detail(line.detail, with: readers[0])))
        }
        return records
    }

    /// The notes on captures, over all logs, in the order in which they were recorded.
    public func notes(on captures: [HistoryCapture]) throws(ArchiveError) -> [CaptureName: [LoggedRecord]] {
        guard try hasSubjects() else { return [:] }
        var found: [CaptureName: [LoggedRecord]] = [:]
        for capture in captures {
            let notes = try subjects(of: capture.index, of: capture.origin, kind: .note)
            if !notes.isEmpty { found[capture.name] = notes }
        }
        return found
    }

    /// The notes on one record, held or not, in the order in which they were recorded.
    package func notes(on record: RecordReference) throws(ArchiveError) -> [LoggedRecord] {
        try subjects(of: record.index, of: record.origin, kind: .note)
    }

    private func hasSubjects() throws(ArchiveError) -> Bool {
        try catalog.read { db in try Int.fetchOne(db, sql: "SELECT 1 FROM subjects LIMIT 1") != nil }
    }

    /// What stands in any log about one record, and about no other at its place.
    private func subjects(
        of index: Int, of origin: OriginID, kind: LogLine.Kind
    ) throws(ArchiveError) -> [LoggedRecord] {
        let lines = try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db),
                let target = try Catalog.heldLine(log.id, index, origin: origin, db)
            else { return [] as [(OriginID, LogLine)] }
            return try Catalog.subjects(of: origin, index: index, kind: kind, in: db).compactMap { subject in
                guard subject.leaf == target.leafHash, let own = try Log.fetch(subject.origin, in: db),
                    let line = try Catalog.heldLine(own.id, subject.index, origin: subject.origin, db)
                else { return nil }
                return (subject.origin, line)
            }
        }
        return try logged(lines).sorted {
            ($0.line.recordedAt, $0.origin, $0.line.index) < ($1.line.recordedAt, $1.origin, $1.line.index)
        }
    }

    /// The tags that captures have now: what was put on and not taken off since.
    public func tags() throws(ArchiveError) -> [NoteTag: Set<CaptureName>] {
        guard try hasSubjects() else { return [:] }
        var tags: [NoteTag: Set<CaptureName>] = [:]
        for record in try records(of: [.note]) {
            guard case .note(let note) = record.detail, let line = try line(note.target.index, of: note.target.origin),
                line.leafHash == note.target.leaf
            else { continue }
            for tag in note.tags { tags[tag, default: []].insert(note.target.name) }
            for tag in note.untags { tags[tag]?.remove(note.target.name) }
        }
        return tags.filter { !$0.value.isEmpty }
    }

    package func line(_ index: Int, of origin: OriginID) throws(ArchiveError) -> LogLine? {
        try lines(index..<index + 1, of: origin).first
    }

    /// The record of that name; nil when there is none, or when the name fits records of several origins.
    package func record(named name: CaptureName) throws(ArchiveError) -> (origin: OriginID, line: LogLine)? {
        let origins = try catalog.read { db in
            try Data.fetchAll(db, sql: "SELECT origin FROM logs").map { OriginID(try ObjectID(catalog: $0)) }
        }.filter { $0.description.hasPrefix(name.originPrefix) }
        guard origins.count == 1, let line = try line(name.index, of: origins[0]) else { return nil }
        return (origins[0], line)
    }

    /// Why a record's content is not here or not shown; nil for one that was not withdrawn.
    public func withheld(_ name: CaptureName) throws(ArchiveError) -> Withheld? {
        guard let (origin, line) = try record(named: name), try isWithheld(line.index, of: origin) else { return nil }
        let found = try subjects(of: line.index, of: origin, kind: .withdrawal)
        // Its own origin's word counts most, then this archive's.
        let chosen = found.first { $0.origin == origin } ?? found.first { $0.origin == self.origin } ?? found.first
        guard let chosen, case .withdrawal(let withdrawal) = chosen.detail else { return nil }
        return Withheld(
            record: CaptureName(origin: origin, index: line.index), since: chosen.line.recordedAt,
            reason: withdrawal.reason, by: chosen.name, isWithdrawn: chosen.origin == origin)
    }

    /// Whether a log that is held says that a record was withdrawn or hidden; the record's own log need not be held.
    package func isWithdrawn(_ record: RecordReference) throws(ArchiveError) -> Bool {
        try catalog.read { db in
            try Catalog.withdrawals(of: record.origin, index: record.index, in: db).contains { $0.leaf == record.leaf }
        }
    }

    package func isWithheld(_ index: Int, of origin: OriginID) throws(ArchiveError) -> Bool {
        try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db),
                let line = try Catalog.heldLine(log.id, index, origin: origin, db)
            else { return false }
            return try self.isWithheld(line, of: origin, in: db)
        }
    }

    /// What its own origin withdrew, or this archive hides; and what another archive hid before it came here without its detail.
    func isWithheld(_ line: LogLine, of origin: OriginID, in db: Database) throws -> Bool {
        let found = try Catalog.withdrawals(of: origin, index: line.index, in: db).filter { $0.leaf == line.leafHash }
        if found.contains(where: { $0.origin == origin || $0.origin == self.origin }) { return true }
        // Nobody else explains a loss in this archive's own log.
        return try !found.isEmpty && origin != self.origin && !Catalog.holds(line.detail, in: db)
    }
}
