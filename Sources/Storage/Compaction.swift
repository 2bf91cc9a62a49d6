internal import Foundation
internal import GRDB
internal import Models

/// What merging packs did.
public struct CompactionReport: Hashable, Sendable {
    public var packsBefore = 0
    public var packsAfter = 0
    public var bytesBefore = 0
    public var bytesAfter = 0
}

/// Which packs are merged.
public enum CompactionScope: Sendable {
    /// Those written since, and merged ones when the new ones weigh half as much: each byte is written anew only a few times.
    case recent
    case all
}

extension Archive {
    /// zstd's level when packs are merged: see `archive/FORMAT.md` for what others cost and give.
    static var compactionLevel: Int32 { 9 }
    /// Content that goes into one pack at most; an object counts for some kilobytes at least, because each takes memory on the way.
    private static var largestPack: Int { 4 << 30 }
    private static var objectWeight: Int { 4 << 10 }

    /// Held by the one process that moves what packs hold.
    func compactionLock() throws(ArchiveError) -> WriterLock {
        try WriterLock(path + "/state/gc-lock", archive: path, seconds: patience)
    }

    /// Merges packs, compressing harder and bringing together what is alike.
    ///
    /// Others may capture and read at the same time. At every moment everything is in packs that are whole and durable: old ones
    /// go when the new one is there, and only those on which nothing leans that was captured meanwhile.
    public func compact(
        _ scope: CompactionScope, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(ArchiveError) -> CompactionReport {
        let lock = try compactionLock()
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        var report = CompactionReport()
        (report.packsBefore, report.bytesBefore) = try packTotals()
        let groups = try compactionGroups(scope)
        let total = groups.reduce(0) { $0 + $1.content }
        var done = 0
        for group in groups {
            var compaction = try Compaction(self, packs: group.packs)
            try compaction.write { progress(done + $0, total) }
            try compaction.commit()
            done += group.content
        }
        // What later groups leaned on could not go before them.
        try withWriterLock { archive throws(ArchiveError) in
            try archive.remove(unneeded: groups.reduce(into: []) { $0.formUnion($1.packs) })
        }
        (report.packsAfter, report.bytesAfter) = try packTotals()
        lock.release()
        return report
    }

    private func packTotals() throws(ArchiveError) -> (Int, Int) {
        try catalog.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT COUNT(*) AS n, ifnull(SUM(bytes), 0) AS bytes FROM packs")
            return (row?["n"] ?? 0, row?["bytes"] ?? 0)
        }
    }

    private func compactionGroups(_ scope: CompactionScope) throws(ArchiveError) -> [(packs: Set<Int64>, content: Int)]
    {
        try catalog.read { db in
            let packs = try Row.fetchAll(
                db,
                sql: """
                    SELECT packs.id AS id, bytes, isCompact, ifnull(SUM(contentLength), 0) AS content,
                        ifnull(SUM(count), 0) AS count
                    FROM packs LEFT JOIN frames ON frames.pack = packs.id GROUP BY packs.id ORDER BY isCompact, bytes
                    """
            ).map {
                (
                    id: $0["id"] as Int64, isCompact: $0["isCompact"] as Bool, bytes: $0["bytes"] as Int,
                    content: max($0["content"], ($0["count"] as Int) * Self.objectWeight)
                )
            }
            var chosen: Set<Int64> = []
            var sum = 0
            for pack in packs {
                guard scope == .all || !pack.isCompact || pack.bytes <= 2 * sum else { break }
                chosen.insert(pack.id)
                sum += pack.bytes
            }
            chosen = try Catalog.closure(of: chosen, in: db)
            // In the order in which they were made, so that what belongs together in time comes together.
            var groups: [(packs: Set<Int64>, content: Int)] = []
            for pack in packs.sorted(by: { $0.id < $1.id }) where chosen.contains(pack.id) {
                if let last = groups.last, last.content + pack.content <= Self.largestPack {
                    groups[groups.count - 1].packs.insert(pack.id)
                    groups[groups.count - 1].content += pack.content
                } else {
                    groups.append(([pack.id], pack.content))
                }
            }
            return groups
        }
    }
}

extension Catalog {
    /// The packs together with all whose frames lean on theirs.
    static func closure(of packs: Set<Int64>, in db: Database) throws -> Set<Int64> {
        var all = packs
        var added = packs
        while !added.isEmpty {
            var next: Set<Int64> = []
            for pack in added {
                next.formUnion(
                    try Int64.fetchAll(
                        db,
                        sql: """
                            SELECT DISTINCT leaning.pack FROM frames JOIN frames leaning ON leaning.baseID = frames.frameID
                            WHERE frames.pack = ?
                            """, arguments: [pack]))
            }
            added = next.subtracting(all)
            all.formUnion(added)
        }
        return all
    }
}

extension Archive {
    /// Removes those of `packs` that nothing needs any more. Call under the writer lock.
    func remove(unneeded packs: Set<Int64>) throws(ArchiveError) {
        let names = try catalog.write { db in
            let needed = try Catalog.needed(packs, in: db)
            return try packs.subtracting(needed).compactMap { pack -> String? in
                let name = try String.fetchOne(db, sql: "SELECT name FROM packs WHERE id = ?", arguments: [pack])
                if name != nil { try Catalog.remove(pack: pack, from: db) }
                return name
            }
        }
        guard !names.isEmpty else { return }
        try fileErrors { () throws(FileError) in
            for name in names { try Files.remove("\(packsFolder)/\(name)") }
            try Files.syncFolder(packsFolder)
        }
    }
}

extension Catalog {
    /// Enters a pack, and moves objects that lay elsewhere into it.
    static func insert(
        _ pack: WrittenPack, holding objects: [FrameObjects?], large: [(frame: Int, id: ObjectID, size: Int)],
        movingIn db: Database
    ) throws {
        // Merging that was stopped before the catalog knew may make the same pack again, to the byte.
        let rows =
            try knows(pack: pack.name, in: db)
            ? frames(ofPack: pack.name, in: db) : insert(pack, isWhole: true, into: db)
        try db.execute(sql: "UPDATE packs SET isCompact = 1 WHERE name = ?", arguments: [pack.name])
        let move = try db.cachedStatement(
            sql: """
                INSERT INTO objects(frame, start, length, id) VALUES (?, ?, ?, ?)
                ON CONFLICT(id) DO UPDATE SET frame = excluded.frame, start = excluded.start
                """)
        for (row, objects) in zip(rows, objects) {
            guard let objects else { continue }
            for (index, id) in objects.ids.enumerated() {
                try move.execute(arguments: [row, objects.starts[index], objects.lengths[index], id.data])
            }
        }
        for (frame, id, size) in large { try move.execute(arguments: [rows[frame], 0, size, id.data]) }
    }

    private static func frames(ofPack name: String, in db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: "SELECT frames.id FROM frames JOIN packs ON packs.id = pack WHERE packs.name = ? ORDER BY offset",
            arguments: [name])
    }

    /// Those of `packs` that must stay: frames in other packs lean on theirs, or objects still lie in them, and what these
    /// lean on in turn.
    static func needed(_ packs: Set<Int64>, in db: Database) throws -> Set<Int64> {
        let list = packs.map(String.init).joined(separator: ",")
        var needed = try Set(
            Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT frames.pack FROM frames JOIN objects ON objects.frame = frames.id
                    WHERE frames.pack IN (\(list))
                    """))
        var users = "NOT IN (\(list))"
        while true {
            let more = try Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT frames.pack FROM frames JOIN frames leaning ON leaning.baseID = frames.frameID
                    WHERE frames.pack IN (\(list)) AND leaning.pack \(users) AND NOT EXISTS
                        (SELECT 1 FROM frames other WHERE other.frameID = frames.frameID AND other.pack NOT IN (\(list)))
                    """)
            let added = Set(more).subtracting(needed)
            needed.formUnion(added)
            if added.isEmpty { return needed }
            users = "IN (\(needed.map(String.init).joined(separator: ",")))"
        }
    }
}
