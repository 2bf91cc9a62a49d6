internal import Foundation
internal import GRDB
public import Models

/// One origin's log as this archive holds it.
public struct LogSummary: Hashable, Sendable {
    public let origin: OriginID
    /// The archive's name and first public key, from the genesis record.
    public let name: String
    public let key: String
    /// The lines from the first on without a gap.
    public let head: Manifest.Head
    /// How many of them are captures, those that were withdrawn included; adopted ones are not counted.
    public let captures: Int
}

extension Archive {
    /// Size and root of every log as it is held here, without counting what is in them: that takes as long as they are.
    package func heldHeads() throws(ArchiveError) -> [OriginID: Manifest.Head] {
        let all = try catalog.read { db in
            try Row.fetchAll(db, sql: "SELECT \(Log.columns) FROM logs").map { row in
                let log = try Log(row)
                return (
                    OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                    Manifest.Head(size: log.frontier.size, root: log.frontier.root)
                )
            }
        }
        return Dictionary(all) { first, _ in first }
    }

    /// Every log held here, this archive's own first.
    public func logs() throws(ArchiveError) -> [LogSummary] {
        let all = try catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Log.columns), (SELECT COUNT(*) FROM captures WHERE log = logs.id AND idx < logs.size)
                        - (SELECT COUNT(*) FROM records JOIN captures ON captures.log = records.log AND captures.idx = records.idx
                            WHERE records.log = logs.id AND records.kind = 'adopted' AND records.idx < logs.size)
                        + (SELECT COUNT(DISTINCT target) FROM subjects JOIN records ON records.log = logs.id AND records.idx = target
                            WHERE subjects.origin = logs.origin AND subjects.kind = 'withdrawal' AND target < logs.size
                            AND records.kind = 'capture'
                            AND NOT EXISTS (SELECT 1 FROM captures WHERE log = logs.id AND idx = target)) AS captures
                    FROM logs ORDER BY origin
                    """
            ).map { row in
                let log = try Log(row)
                return LogSummary(
                    origin: OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))), name: log.name,
                    key: log.key,
                    head: Manifest.Head(size: log.frontier.size, root: log.frontier.root),
                    captures: (try row.decode(forColumn: "captures")))
            }
        }
        return all.filter { $0.origin == origin } + all.filter { $0.origin != origin }
    }

    /// Lines `range` of an origin's log.
    package func lines(_ range: Range<Int>, of origin: OriginID) throws(ArchiveError) -> [LogLine] {
        try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db) else { return [] }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT idx, kind, recordedAt, detail FROM records WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx
                    """, arguments: [log.id, range.lowerBound, range.upperBound]
            ).map { try Catalog.line($0, at: 1, index: try $0.natural(at: 0), origin: origin) }
        }
    }

    /// The lines of one kind in an origin's log, in order.
    package func lines(of kind: LogLine.Kind, in origin: OriginID) throws(ArchiveError) -> [LogLine] {
        try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db) else { return [] }
            return try Row.fetchAll(
                db, sql: "SELECT * FROM records WHERE log = ? AND kind = ? ORDER BY idx",
                arguments: [log.id, kind.rawValue]
            ).map { try Catalog.line($0, index: (try $0.natural("idx")), origin: origin) }
        }
    }

    /// The root of the first `size` lines of a log.
    package func root(of origin: OriginID, size: Int) throws(ArchiveError) -> ObjectID {
        try frontier(of: origin, size: size).root
    }

    /// The tree over the first `size` lines of a log. Reads them, unless the log has just that size.
    package func frontier(of origin: OriginID, size: Int) throws(ArchiveError) -> MerkleFrontier {
        let held = try catalog.read { db in try Log.fetch(origin, in: db)?.frontier }
        if let held, held.size == size { return held }
        var frontier = MerkleFrontier()
        while frontier.size < size {
            let part = try lines(frontier.size..<min(size, frontier.size + 4096), of: origin)
            guard part.first?.index == frontier.size else { break }
            for line in part { frontier.append(line.leafHash) }
        }
        guard frontier.size == size else {
            throw .damaged(Damage(file: "packs", reason: "lines of the log of \(origin.short) are missing"))
        }
        return frontier
    }

    /// The highest heads ever seen of each origin. Kept in a small durable file, because forgetting one would let a log
    /// be rolled back unnoticed.
    package func heads() throws(ArchiveError) -> [OriginID: Manifest.Head] {
        guard Files.exists(headsPath) else { return [:] }
        let bytes = try fileErrors { () throws(FileError) in try Files.read(headsPath, limit: 64 << 20) }
        let unreadable = ArchiveError.damaged(Damage(file: "state/heads.json", reason: "it does not say what it must"))
        guard bytes.last == UInt8(ascii: "\n"), let json = try? JSON(canonical: bytes.dropLast()),
            case .object(let members) = json
        else { throw unreadable }
        var heads: [OriginID: Manifest.Head] = [:]
        for member in members {
            guard let origin = OriginID(member.name), let size = member.value["size"]?.integer, size >= 0,
                let root = member.value["root"]?.string.flatMap({ ObjectID($0) })
            else { throw unreadable }
            heads[origin] = Manifest.Head(size: Int(size), root: root)
        }
        return heads
    }

    /// Remembers heads that were verified, where they are higher than what was known.
    package func remember(_ seen: [OriginID: Manifest.Head]) throws(ArchiveError) {
        let merged = try heads().merging(seen) { $0.size >= $1.size ? $0 : $1 }
        let members = merged.map { origin, head in
            JSON.Member(
                origin.description, ["root": .string(head.root.description), "size": JSON(head.size)])
        }
        let bytes = JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]
        try fileErrors { () throws(FileError) in try Files.write(bytes, to: headsPath) }
    }
}
