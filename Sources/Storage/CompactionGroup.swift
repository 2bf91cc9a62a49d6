internal import Foundation
internal import GRDB
internal import Models

/// One group of packs on its way into one new pack.
struct Compaction: ~Copyable {
    /// Content that is read before any of it is compressed, on all cores.
    private static let window = 32 << 20
    /// The same for a merging that nobody asked for: it comes at the end of a command that has its own things in memory.
    private static let quickWindow = 8 << 20
    /// What an object takes beside its bytes: many small ones must not take more than a few large ones.
    private static let overhead = 512
    /// Content of one site that is sorted by article: as much as the readers keep at hand, so that no frame is decoded twice.
    private static let sortedAtOnce = 40 << 20

    /// How long a merging that nobody asked for waits for a writer.
    private static let quickPatience = 5

    private let archive: Archive
    private let packs: Set<Int64>
    private let effort: CompactionEffort
    private let list: String
    /// Changes when the catalog is made anew, and with it all rows.
    private let generation: Int
    /// Packs that came later may lean on those that go: leaning on them could end in a circle.
    private let newest: Int64
    /// Objects that cannot be read; they stay where they are. Nil: everything must be readable.
    private let lost: Set<ObjectID>?
    /// Those objects are to be gone, not to be mended later.
    private let isErasing: Bool
    private var pack: PackWriter
    /// Where the objects of each new frame were, nil for frames without.
    private var objects: [FrameObjects?] = []
    private var large: [(frame: Int, id: ObjectID, size: Int)] = []
    /// Frames that are moved as they are, by their number in the new pack: their rows.
    private var moved: [Int: Int64] = [:]
    /// Rows of frames of lines that nobody can read.
    private var unreadable: Set<Int64> = []
    /// Packs with frames of objects that nobody can read, nor say of which.
    private var sealed: Set<Int64> = []

    /// - Parameters:
    ///   - packs: for a thorough merging together with all that lean on them.
    ///   - generation: the state of the catalog of which these are rows.
    ///   - isErasing: what is `lost` is to be forgotten by the catalog, too.
    init(
        _ archive: Archive, packs: Set<Int64>, _ effort: CompactionEffort = .thorough, at generation: Int,
        lost: Set<ObjectID>? = nil, isErasing: Bool = false
    ) throws(ArchiveError) {
        let newest = try archive.catalog.read { db in try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM packs") ?? 0 }
        let writer = try fileErrors { () throws(FileError) in try PackWriter(folder: archive.packsFolder) }
        self.archive = archive
        self.packs = packs
        self.effort = effort
        self.lost = lost
        self.isErasing = isErasing
        self.newest = newest
        self.generation = generation
        list = packs.sorted().map(String.init).joined(separator: ",")
        pack = writer
    }

    mutating func write(_ progress: (Int) -> Void) throws(ArchiveError) {
        try enterUnlisted()
        try listObjects()
        var done = 0
        try moveBases()
        try writeObjects("site <> ''", .payloads, &done, progress)
        try writeObjects("site = ''", .details, &done, progress)
        try copyLarge()
        try writeLines()
        try fileErrors { () throws(FileError) in try pack.sync() }
    }

    /// Enters objects that the catalog does not know although a frame holds them, because it could not be read when it was indexed: what is
    /// not known would not be moved, and would go with its pack.
    private mutating func enterUnlisted() throws(ArchiveError) {
        let list = list
        let frames = try archive.catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables) WHERE pack IN (\(list)) AND kind = 1
                        AND count > (SELECT COUNT(*) FROM objects WHERE frame = frames.id) ORDER BY root, depth
                    """
            ).map { try IndexedFrame($0) }
        }
        for frame in frames {
            let found: FrameObjects
            do throws(FrameFailure) {
                found = try archive.readers[0].objects(of: frame).objects
            } catch {
                // With a pack that is not there nothing can go.
                if case .packMissing(let at) = error, at.pack == frame.pack { continue }
                let damage = try archive.damage(error)
                guard let lost else { throw .damaged(damage) }
                // What is missing may be in it: another copy of a pack may turn up that makes it readable.
                if !isErasing, !lost.isEmpty { sealed.insert(frame.packID) }
                continue
            }
            let (generation, lost) = (generation, lost ?? [])
            try archive.catalog.write { db in
                guard try Catalog.generation(in: db) == generation else { return }
                try Catalog.insert(found, frame: frame.row, except: lost, into: db)
            }
        }
    }

    /// The objects to be written, in the order in which they are to stand: in a temporary table, so that memory stays flat.
    private func listObjects() throws(ArchiveError) {
        let (list, window, lost, keepsBases) = (list, Self.sortedAtOnce, lost ?? [], effort == .quick)
        try archive.catalog.write { db in
            try Catalog.listBases(inPacks: keepsBases ? list : "", in: db)
            try db.execute(sql: "DROP TABLE IF EXISTS temp.moving")
            try db.execute(
                sql:
                    "CREATE TEMP TABLE moving(id INTEGER PRIMARY KEY, object BLOB NOT NULL, site TEXT NOT NULL, key TEXT)"
            )
            try db.execute(
                sql: """
                    INSERT INTO temp.moving(object, site, key)
                    SELECT object, site, key FROM (
                        SELECT object, site, key, capturedAt,
                            SUM(length) OVER (PARTITION BY site ORDER BY capturedAt, key ROWS UNBOUNDED PRECEDING) / \(window) AS part
                        FROM (
                            SELECT objects.id AS object, length, MIN(capturedAt) AS capturedAt, key,
                                CASE WHEN site = 'file:' AND instr(key, '/') > 0 THEN substr(key, 1, instr(key, '/') - 1)
                                    ELSE site END AS site
                            FROM frames JOIN objects ON objects.frame = frames.id JOIN captures ON payload = objects.id
                            JOIN articles ON articles.id = article
                            WHERE frames.pack IN (\(list)) AND kind = 1 AND frames.id NOT IN (SELECT id FROM temp.kept)
                            GROUP BY objects.id))
                    ORDER BY site, part, key, capturedAt
                    """)
            try db.execute(sql: "CREATE UNIQUE INDEX temp.movingObjects ON moving(object)")
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO temp.moving(object, site)
                    SELECT objects.id, '' FROM frames JOIN objects ON objects.frame = frames.id
                    WHERE frames.pack IN (\(list)) AND kind = 1 AND frames.id NOT IN (SELECT id FROM temp.kept)
                    ORDER BY frames.pack, frames.offset, start
                    """)
            for object in lost {
                try db.execute(sql: "DELETE FROM temp.moving WHERE object = ?", arguments: [object.data])
            }
        }
    }

    private mutating func writeObjects(
        _ condition: String, _ limits: FrameLimits, _ done: inout Int, _ progress: (Int) -> Void
    ) throws(ArchiveError) {
        let writing = FrameWriting(archive: archive, level: effort.level)
        var planner = FramePlanner(limits, leaving: packs)
        var written = 0
        var place: Int64 = 0
        while true {
            let (objects, last) = try next(after: place, condition)
            let isDone = objects.isEmpty
            place = last
            var adding = planner
            try archive.catalog.read { db in
                for object in objects { try adding.add(object, in: db) }
                if isDone { try adding.close(in: db) }
            }
            planner = adding
            let end = planner.frames.count
            for (frame, bytes) in zip(planner.frames[written..<end], try writing.encode(planner.frames, written..<end))
            {
                try append(bytes, holding: frame.objects)
            }
            written = end
            planner.release(before: end)
            done += objects.reduce(0) { $0 + $1.bytes.count }
            progress(done)
            if isDone { return }
        }
    }

    /// The next objects of the list, read and verified.
    private func next(after place: Int64, _ condition: String) throws(ArchiveError) -> ([PackedObject], Int64) {
        var objects: [PackedObject] = []
        var size = 0
        var at = place
        var last: (site: String, key: String?)?
        var base: Int64?
        let window = effort == .quick ? Self.quickWindow : Self.window
        while size < window {
            let from = at
            let rows = try archive.catalog.readTemporary { db in
                try Row.fetchAll(
                    db.cachedStatement(
                        sql:
                            "SELECT id, object, site, key FROM temp.moving WHERE id > ? AND \(condition) ORDER BY id LIMIT 64"
                    ),
                    arguments: [from]
                ).map {
                    (
                        (try $0.decode(forColumn: "id")) as Int64,
                        try ObjectID(catalog: (try $0.decode(forColumn: "object"))),
                        (try $0.decode(forColumn: "site")) as String, (try $0.decode(forColumn: "key")) as String?
                    )
                }
            }
            if rows.isEmpty { break }
            for (row, id, site, key) in rows {
                let bytes = try archive.read(id)
                // The first page of a site may lean on one in a pack that stays; in a quick merging, where nearly all stays, the
                // first of each article.
                let isFirst = last?.site != site || (effort == .quick && last?.key != key)
                if isFirst { base = try likeness(of: key) } else if effort == .thorough { base = nil }
                last = (site, key)
                objects.append(
                    PackedObject(
                        id: id, bytes: bytes, site: site, likeness: base, isSuccessor: effort == .quick && base != nil))
                size += bytes.count + Self.overhead
                at = row
            }
        }
        return (objects, at)
    }

    private func likeness(of key: String?) throws(ArchiveError) -> Int64? {
        guard let key else { return nil }
        let (list, newest) = (list, newest)
        return try archive.catalog.read { db in
            try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT frame FROM articles JOIN captures ON article = articles.id JOIN objects ON objects.id = payload
                        JOIN frames ON frames.id = frame
                        WHERE scope IN (SELECT 0 UNION ALL SELECT id FROM logs) AND key = ? AND frames.pack NOT IN (\(list)) AND frames.pack <= \(newest)
                        ORDER BY capturedAt DESC LIMIT 1
                        """), arguments: [key])
        }
    }

    /// Frames on which others lean, to the byte: their content may be listed nowhere else.
    private mutating func moveBases() throws(ArchiveError) {
        let frames = try archive.catalog.readTemporary { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables) WHERE frames.id IN (SELECT id FROM temp.kept)
                    ORDER BY frames.depth, frames.id
                    """
            ).map { try IndexedFrame($0) }
        }
        for frame in frames {
            do throws(FrameFailure) {
                let encoded = try archive.readers[0].encoded(frame)
                moved[objects.count] = frame.row
                try frameFailures { () throws(ArchiveError) in try append(encoded, holding: nil) }
            } catch {
                throw .damaged(try archive.damage(error))
            }
        }
    }

    /// Large objects are moved as they are.
    private mutating func copyLarge() throws(ArchiveError) {
        let list = list
        let rows = try archive.catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT objects.id, length, frames.id AS frame FROM frames JOIN objects ON objects.frame = frames.id
                    WHERE kind = 4 AND frames.pack IN (\(list)) ORDER BY frames.id
                    """
            ).map {
                (try ObjectID(catalog: (try $0.decode(forColumn: "id"))), (try $0.natural("length")))
            }
        }
        let encoder = FrameEncoder(level: Archive.captureLevel)
        for (id, size) in rows where lost?.contains(id) != true {
            var ids: [UInt8] = []
            var frames: [EncodedFrame] = []
            var failure: ArchiveError?
            try archive.streamLarge(id, with: archive.readers[0]) { piece in
                let name = ObjectID(hashing: piece)
                ids += name.bytes
                frames = [try encoder.encode(.piece, id: name, content: piece)]
                do throws(ArchiveError) { try append(frames[0], holding: nil) } catch { failure = error }
            }
            if let failure { throw failure }
            let whole = try encoder.encode(
                .whole(object: id, size: size, pieces: ids.count / 32), id: ObjectID(hashing: ids), content: ids)
            large.append((objects.count, id, size))
            try append(whole, holding: nil)
        }
    }

    /// Lines that follow one another come together in frames.
    private mutating func writeLines() throws(ArchiveError) {
        let list = list
        let frames = try archive.catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables)
                    WHERE kind = 2 AND pack IN (\(list)) ORDER BY origin, first
                    """
            ).map { try IndexedFrame($0) }
        }
        let encoder = FrameEncoder(level: effort.level)
        var lines: [LogLine] = []
        var origin: OriginID?
        for frame in frames {
            let more: [LogLine]
            do throws(FrameFailure) {
                more = try archive.lines(in: frame, with: archive.readers[0])
            } catch {
                let damage = try archive.damage(error)
                // What the catalog still knows of damaged lines is as good: `verify` holds it against the head that was seen.
                guard lost != nil, let origin = frame.origin else { throw .damaged(damage) }
                unreadable.insert(frame.row)
                more = try archive.lines(frame.first..<frame.first + frame.count, of: origin)
            }
            if more.isEmpty { continue }
            let first = more[0].index
            let follows = frame.origin == origin && first == (lines.last?.index ?? -2) + 1
            if let held = origin, !lines.isEmpty, !follows || lines.count >= 4096 {
                try append(try encoder.encode(lines: lines, origin: held), holding: nil)
                lines = []
            }
            origin = frame.origin
            lines += more
        }
        if let origin, !lines.isEmpty {
            try append(try encoder.encode(lines: lines, origin: origin), holding: nil)
        }
    }

    private mutating func append(_ frame: EncodedFrame, holding found: FrameObjects?) throws(ArchiveError) {
        try fileErrors { () throws(FileError) in try pack.append(frame) }
        objects.append(found)
    }

    /// Makes the new pack durable, tells the catalog, and removes the old ones, in this order.
    ///
    /// - Returns: the new pack's name.
    @discardableResult
    mutating func commit() throws(ArchiveError) -> String {
        let seconds = effort == .quick ? min(Self.quickPatience, archive.patience) : archive.patience
        let lock = try WriterLock(archive.lockPath, archive: archive.path, seconds: seconds)
        try archive.catchUp()
        // Rows are no longer what they were: nothing may be moved or removed by them.
        guard try archive.catalog.read({ db in try Catalog.generation(in: db) }) == generation else {
            throw .busy(archive.path, seconds: 0)
        }
        let done = try fileErrors { () throws(FileError) in try pack.finish() }
        let (found, large, moved, effort, unreadable) = (objects, large, moved, effort, unreadable)
        let packs = packs.subtracting(sealed)
        let erased = isErasing ? lost ?? [] : []
        let new = try archive.catalog.write { db in
            let places = try Catalog.places(ofFrames: moved, in: db)
            try Catalog.insert(done, effort, holding: found, large: large, moved: moved, movingIn: db)
            for object in erased {
                try db.execute(sql: "DELETE FROM objects WHERE id = ?", arguments: [object.data])
            }
            let new = try Int64.fetchOne(db, sql: "SELECT id FROM packs WHERE name = ?", arguments: [done.name])
            let staying = try Catalog.needed(packs.filter { $0 != new }, unreadable: unreadable, in: db)
            for (number, place) in places where staying.contains(place.pack) {
                try Catalog.putBack(done.frames[number], in: place, in: db)
            }
            return new
        }
        try archive.remove(
            unneeded: packs.filter { $0 != new }, mergedInto: [done.name], at: generation, unreadable: unreadable)
        for reader in archive.readers { reader.forget() }
        lock.release()
        return done.name
    }
}

extension Catalog {
    /// Another number whenever the tables were made anew. SQLite's own `schema_version` also changes when the file is merely opened.
    static func generation(in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT number FROM generation") ?? 0
    }

    /// Lists, in a temporary table, the frames of packs on which frames in other packs lean, and those on which these lean in turn.
    static func listBases(inPacks list: String, in db: Database) throws {
        try db.execute(sql: "DROP TABLE IF EXISTS temp.kept")
        try db.execute(sql: "CREATE TEMP TABLE kept(id INTEGER PRIMARY KEY)")
        try db.execute(
            sql: """
                WITH RECURSIVE base(id, baseID) AS (
                    SELECT frames.id, frames.baseID FROM frames JOIN frames leaning ON leaning.baseID = frames.frameID
                    WHERE frames.pack IN (\(list)) AND leaning.pack NOT IN (\(list))
                    UNION
                    SELECT frames.id, frames.baseID FROM base JOIN frames ON frames.frameID = base.baseID
                    WHERE frames.pack IN (\(list)))
                INSERT INTO temp.kept SELECT id FROM base
                """)
    }
}
