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

/// How much a merging takes upon itself. `archive/FORMAT.md` has what levels cost and give.
enum CompactionEffort: Sendable {
    /// What others lean on comes along, too; compressed as well as pays.
    case thorough
    /// Frames on which others lean are moved as they are, so that a few small packs can be merged without the large ones beside them.
    case quick

    /// zstd's.
    var level: Int32 { self == .thorough ? 17 : Archive.captureLevel }
}

extension Archive {
    /// Content that goes into one pack at most.
    private static var largestPack: Int { 4 << 30 }

    /// Merging and verifying take as long as there are bytes, and who waits for one of them waits for work that goes on: the kernel takes the lock
    /// from a process that dies. A day, so that commands on a schedule do not pile up behind one that was stopped.
    private static var compactionPatience: Int { 86_400 }

    /// Held by the one process that moves what packs hold; shared by those that must find it where it is.
    func compactionLock(
        seconds: Int? = nil, isShared: Bool = false, waiting: () -> Void = {}
    ) throws(ArchiveError) -> WriterLock {
        try WriterLock(
            path + "/state/gc-lock", archive: path, seconds: seconds ?? Self.compactionPatience, isShared: isShared,
            waiting: waiting)
    }

    /// Merges packs, compressing harder and bringing together what is alike.
    ///
    /// Others may capture and read at the same time. At every moment everything is in packs that are whole and durable: old ones
    /// go when the new one is there, and only those on which nothing leans that was captured meanwhile.
    ///
    /// - Parameter waiting: called when another process merges or verifies, which is waited for.
    public func compact(
        _ scope: CompactionScope, progress: (Int, Int) -> Void = { _, _ in }, waiting: () -> Void = {}
    ) throws(ArchiveError) -> CompactionReport {
        let lock = try compactionLock(waiting: waiting)
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        var report = CompactionReport()
        (report.packsBefore, report.bytesBefore) = try packTotals()
        let (groups, generation) = try catalog.read { db in
            (try Self.compactionGroups(scope, in: db), try Catalog.generation(in: db))
        }
        let total = groups.reduce(0) { $0 + $1.content }
        var done = 0
        var made: [String] = []
        for group in groups {
            var compaction = try Compaction(self, packs: group.packs, at: generation)
            try compaction.write { progress(done + $0, total) }
            made.append(try compaction.commit())
            done += group.content
        }
        // What later groups leaned on could not go before them.
        try withWriterLock { [made] archive throws(ArchiveError) in
            try archive.remove(
                unneeded: groups.reduce(into: []) { $0.formUnion($1.packs) }, mergedInto: made, at: generation)
        }
        (report.packsAfter, report.bytesAfter) = try packTotals()
        lock.release()
        return report
    }

    func packTotals() throws(ArchiveError) -> (Int, Int) {
        try catalog.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT COUNT(*) AS n, ifnull(SUM(bytes), 0) AS bytes FROM packs")
            return (row?["n"] ?? 0, row?["bytes"] ?? 0)
        }
    }

    private static func compactionGroups(
        _ scope: CompactionScope, in db: Database
    ) throws -> [(packs: Set<Int64>, content: Int)] {
        let packs = try Row.fetchAll(
            db,
            sql: "SELECT id, bytes, isCompact, weight FROM packs ORDER BY isCompact, bytes"
        ).map {
            (
                id: (try $0.decode(forColumn: "id")) as Int64,
                isCompact: (try $0.decode(forColumn: "isCompact")) as Bool,
                bytes: (try $0.natural("bytes")),
                content: (try $0.natural("weight"))
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

extension Catalog {
    /// Enters a pack, and moves objects that lay elsewhere into it.
    static func insert(
        _ pack: WrittenPack, _ effort: CompactionEffort, holding objects: [FrameObjects?],
        large: [(frame: Int, id: ObjectID, size: Int)], moved: [Int: Int64], movingIn db: Database
    ) throws {
        // Somebody who was stopped may have left this very pack, and the catalog may have found it; or it was damaged when the catalog did.
        var known = try rows(ofPack: pack.name, in: db)
        if let found = known, found.count != pack.frames.count, moved.isEmpty {
            try remove(pack: pack.name, from: db)
            known = nil
        }
        let rows = try known ?? insert(pack, isWhole: true, moved: moved, into: db)
        guard rows.count == pack.frames.count else {
            throw ArchiveError.catalog("it does not know the frames of \(pack.name)")
        }
        for (number, old) in moved where rows[number] != old {
            try db.execute(sql: "UPDATE objects SET frame = ? WHERE frame = ?", arguments: [rows[number], old])
        }
        try db.execute(
            sql: "UPDATE packs SET isCompact = ? WHERE name = ?", arguments: [effort == .thorough, pack.name])
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

    /// Where frames that are about to be moved lie, by their numbers in the new pack.
    static func places(
        ofFrames moved: [Int: Int64], in db: Database
    ) throws -> [Int: (row: Int64, pack: Int64, offset: Int)] {
        var places: [Int: (row: Int64, pack: Int64, offset: Int)] = [:]
        let find = try db.cachedStatement(sql: "SELECT pack, offset FROM frames WHERE id = ?")
        for (number, row) in moved {
            guard let found = try Row.fetchOne(find, arguments: [row]) else { continue }
            places[number] = (row, found[0], found[1])
        }
        return places
    }

    /// A pack that stays is known with all its frames, also those whose rows have moved into another one.
    static func putBack(
        _ frame: PlacedFrame, in place: (row: Int64, pack: Int64, offset: Int), in db: Database
    ) throws {
        let pack = try Int64.fetchOne(db, sql: "SELECT pack FROM frames WHERE id = ?", arguments: [place.row])
        guard pack != place.pack else { return }
        let old = PlacedFrame(header: frame.header, offset: place.offset, headerLength: frame.headerLength)
        _ = try insert(old, pack: place.pack, into: db)
    }

    private static func rows(ofPack name: String, in db: Database) throws -> [Int64]? {
        guard let pack = try Int64.fetchOne(db, sql: "SELECT id FROM packs WHERE name = ?", arguments: [name]) else {
            return nil
        }
        return try Int64.fetchAll(db, sql: "SELECT id FROM frames WHERE pack = ? ORDER BY offset", arguments: [pack])
    }

    /// Those of `packs` that must stay: frames in other packs lean on theirs, or objects or lines lie in them that are in no other, and
    /// what these lean on in turn.
    ///
    /// - Parameter unreadable: rows of frames of lines that nobody can read.
    static func needed(_ packs: Set<Int64>, unreadable: Set<Int64>, in db: Database) throws -> Set<Int64> {
        let list = packs.map(String.init).joined(separator: ",")
        var needed = try Set(
            Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT frames.pack FROM frames JOIN objects ON objects.frame = frames.id
                    WHERE frames.pack IN (\(list))
                    """))
        needed.formUnion(try holdingLines(packs, unreadable: unreadable, in: db))
        var users = "NOT IN (\(list))"
        while true {
            let more = try Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT frames.pack FROM frames JOIN frames leaning ON leaning.baseID = frames.frameID
                    WHERE frames.pack IN (\(list)) AND leaning.pack \(users) AND NOT EXISTS
                        (SELECT 1 FROM frames other JOIN packs ON packs.id = other.pack
                            WHERE other.frameID = frames.frameID AND other.pack NOT IN (\(list)) AND NOT isGone)
                    """)
            let added = Set(more).subtracting(needed)
            needed.formUnion(added)
            if added.isEmpty { return needed }
            users = "IN (\(needed.map(String.init).joined(separator: ",")))"
        }
    }

    /// Those of `packs` with lines that are in no other pack.
    private static func holdingLines(
        _ packs: Set<Int64>, unreadable: Set<Int64>, in db: Database
    ) throws -> Set<Int64> {
        let list = packs.map(String.init).joined(separator: ",")
        // Runs of lines in other packs, in the order of their first lines: few, because logs have no gaps.
        var held: [Data: [Range<Int>]] = [:]
        let others = try Row.fetchCursor(
            db,
            sql: """
                SELECT origin, first, first + count FROM frames JOIN packs ON packs.id = pack
                WHERE origin IN (SELECT origin FROM frames WHERE pack IN (\(list))) AND pack NOT IN (\(list)) AND NOT isGone
                ORDER BY origin, first
                """)
        while let row = try others.next() {
            let (origin, first, end) = (
                (try row.decode(atIndex: 0)) as Data, try row.natural(at: 1), try row.natural(at: 2)
            )
            if let last = held[origin]?.last, first <= last.upperBound {
                held[origin]?.removeLast()
                held[origin]?.append(last.lowerBound..<max(last.upperBound, end))
            } else {
                held[origin, default: []].append(first..<max(first, end))
            }
        }
        var holding: Set<Int64> = []
        let frames = try Row.fetchCursor(
            db,
            sql:
                "SELECT id, pack, origin, first, first + count FROM frames WHERE origin IS NOT NULL AND pack IN (\(list))"
        )
        while let row = try frames.next() {
            let (id, pack, first, end) = (
                (try row.decode(atIndex: 0)) as Int64, (try row.decode(atIndex: 1)) as Int64,
                try row.natural(at: 3), try row.natural(at: 4)
            )
            let isHeld =
                held[(try row.decode(atIndex: 2)) as Data]?.contains { $0.lowerBound <= first && end <= $0.upperBound }
                ?? false
            if !isHeld, !unreadable.contains(id) { holding.insert(pack) }
        }
        return holding
    }
}
