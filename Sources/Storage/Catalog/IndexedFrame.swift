internal import Foundation
internal import GRDB
internal import Models

/// A frame as the catalog knows it: where it lies, and what is needed to read it.
struct IndexedFrame: Sendable {
    let row: Int64
    let pack: String
    let packID: Int64
    let placed: PlacedFrame
    /// Frames to decode in order to read this one, itself included.
    let depth: Int
    /// Bytes of content to decode in order to read this one, its own included.
    let reach: Int
    /// The row of the frame without base that this one leads to; nil when a base is missing.
    let root: Int64?
    /// In a root, the bytes of content that depend on it.
    let family: Int
    let origin: OriginID?
    /// Of the first line in it.
    let first: Int
    /// Objects, lines or pieces.
    let count: Int

    var id: ObjectID { placed.header.id }
    var base: ObjectID? { placed.header.base }
    var length: Int { placed.header.contentLength }

    static let columns = "frames.*, packs.name AS packName"
    static let tables = "frames JOIN packs ON packs.id = frames.pack"

    init(_ row: Row) throws {
        guard
            let codec = FrameHeader.Codec(
                rawValue: UInt8(truncatingIfNeeded: (try row.decode(forColumn: "codec")) as Int))
        else {
            throw ArchiveError.catalog("a frame's codec")
        }
        let base: Data? = try row.decode(forColumn: "baseID")
        let origin: Data? = try row.decode(forColumn: "origin")
        self.row = try row.decode(forColumn: "id")
        self.origin = try origin.map { OriginID(try ObjectID(catalog: $0)) }
        first = self.origin == nil ? 0 : try row.natural("first")
        count = try row.natural("count")
        let kind: FrameHeader.Kind
        switch ((try row.decode(forColumn: "kind")) as Int, self.origin) {
        case (1, _): kind = .objects([])
        case (2, let origin?): kind = .lines(origin: origin, from: first, count: count)
        case (3, _): kind = .piece
        case (4, _):
            kind = .whole(object: try ObjectID(catalog: (try row.decode(forColumn: "frameID"))), size: 0, pieces: count)
        default: throw ArchiveError.catalog("a frame's kind")
        }
        let header = FrameHeader(
            kind: kind, codec: codec,
            contentLength: try row.natural("contentLength", upTo: PackFormat.largestContent),
            storedLength: try row.natural("storedLength", upTo: PackFormat.largestContent * 2),
            id: try ObjectID(catalog: (try row.decode(forColumn: "frameID"))),
            base: try base.map { try ObjectID(catalog: $0) })
        pack = try row.decode(forColumn: "packName")
        packID = try row.decode(forColumn: "pack")
        placed = PlacedFrame(
            header: header, offset: (try row.natural("offset")),
            headerLength: try row.natural("headerLength", upTo: FrameHeader.largestHeader))
        depth = try row.natural("depth")
        reach = try row.natural("reach")
        let root: Int64 = try row.decode(forColumn: "root")
        self.root = root == 0 ? nil : root
        family = try row.natural("family")
    }

    /// The frame of that id that takes least to read, if it can be in a pack that is there. Where a frame lies in several packs, always
    /// going to the shallowest one also keeps bases from leading in circles.
    static func fetch(_ id: ObjectID, in db: Database) throws -> IndexedFrame? {
        let find = try db.cachedStatement(
            sql: """
                SELECT \(columns) FROM \(tables) WHERE frameID = ? AND root > 0 ORDER BY isGone, depth LIMIT 1
                """)
        return try Row.fetchOne(find, arguments: [id.data]).map { try IndexedFrame($0) }
    }

    /// All frames of that id that can be read as far as is known, in that order.
    static func fetchCopies(_ id: ObjectID, in db: Database) throws -> [IndexedFrame] {
        let find = try db.cachedStatement(
            sql: "SELECT \(columns) FROM \(tables) WHERE frameID = ? AND root > 0 ORDER BY isGone, depth LIMIT 64")
        return try Row.fetchAll(find, arguments: [id.data]).map { try IndexedFrame($0) }
    }

    static func fetch(row: Int64, in db: Database) throws -> IndexedFrame? {
        let find = try db.cachedStatement(sql: "SELECT \(columns) FROM \(tables) WHERE frames.id = ?")
        return try Row.fetchOne(find, arguments: [row]).map { try IndexedFrame($0) }
    }
}

extension Catalog {
    /// Enters a pack and its frames; bases may still be unknown. Returns the rows of the frames.
    ///
    /// - Parameter moved: frames, by their number in the pack, that the catalog knows already in another pack: they keep their rows, so
    ///   that what is known of those that lean on them stays right.
    static func insert(
        _ pack: WrittenPack, isWhole: Bool, moved: [Int: Int64] = [:], into db: Database
    ) throws -> [Int64] {
        try db.execute(
            sql: "INSERT INTO packs(name, bytes, isWhole, weight) VALUES (?, ?, ?, ?)",
            arguments: [pack.name, pack.bytes, isWhole, PackWeight.of(pack.frames)])
        let packID = db.lastInsertedRowID
        var rows: [Int64] = []
        rows.reserveCapacity(pack.frames.count)
        for (number, placed) in pack.frames.enumerated() {
            if let row = moved[number] {
                try db.cachedStatement(sql: "UPDATE frames SET pack = ?, offset = ? WHERE id = ?")
                    .execute(arguments: [packID, placed.offset, row])
                rows.append(row)
            } else {
                rows.append(try insert(placed, pack: packID, into: db))
            }
        }
        return rows
    }

    static func insert(_ placed: PlacedFrame, pack: Int64, into db: Database) throws -> Int64 {
        let header = placed.header
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO frames(pack, offset, headerLength, storedLength, contentLength, kind, count, codec, frameID, baseID,
                    depth, reach, family, origin, first)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
                """)
        let (kind, count, origin, first) = columns(of: header.kind)
        try statement.execute(arguments: [
            pack, placed.offset, placed.headerLength, header.storedLength, header.contentLength, kind, count,
            Int(header.codec.rawValue), header.id.data, header.base?.data, header.contentLength, header.contentLength,
            origin?.id.data, first,
        ])
        let row = db.lastInsertedRowID
        if let base = header.base {
            _ = try settle(row, base: base, length: header.contentLength, in: db)
        } else {
            try db.cachedStatement(sql: "UPDATE frames SET root = id WHERE id = ?").execute(arguments: [row])
        }
        return row
    }

    private static func columns(of kind: FrameHeader.Kind) -> (kind: Int, count: Int, origin: OriginID?, first: Int?) {
        switch kind {
        case .objects(let lengths): (1, lengths.count, nil, nil)
        case .lines(let origin, let from, let count): (2, count, origin, from)
        case .piece: (3, 1, nil, nil)
        case .whole(_, _, let pieces): (4, pieces, nil, nil)
        }
    }

    /// Says what a frame takes to read, if its base is known.
    private static func settle(_ row: Int64, base: ObjectID, length: Int, in db: Database) throws -> Bool {
        guard let base = try IndexedFrame.fetch(base, in: db), let root = base.root else { return false }
        try db.cachedStatement(sql: "UPDATE frames SET root = ?, depth = ?, reach = ?, family = 0 WHERE id = ?")
            .execute(arguments: [root, base.depth + 1, base.reach + length, row])
        try db.cachedStatement(sql: "UPDATE frames SET family = family + ? WHERE id = ?")
            .execute(arguments: [length, root])
        return true
    }

    /// The same for all frames whose bases came after them. Those that then have no root need a frame that is nowhere.
    static func settleFrames(in db: Database) throws {
        var isMoving = true
        while isMoving {
            isMoving = false
            let open = try Row.fetchAll(
                db, sql: "SELECT id, baseID, contentLength FROM frames WHERE root = 0 AND baseID IS NOT NULL")
            for row in open
            where try settle(
                (try row.decode(forColumn: "id")), base: try ObjectID(catalog: (try row.decode(forColumn: "baseID"))),
                length: (try row.natural("contentLength")), in: db)
            {
                isMoving = true
            }
        }
    }

    /// Enters the objects of a frame; objects that are held already stay where they are.
    ///
    /// - Parameter replaced: objects whose copies elsewhere are damaged.
    static func insert(
        _ objects: FrameObjects, frame: Int64, except lost: Set<ObjectID> = [], replacing replaced: Set<ObjectID> = [],
        into db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO objects(id, frame, start, length) VALUES (?, ?, ?, ?)")
        for (index, id) in objects.ids.enumerated() where !lost.contains(id) {
            if replaced.contains(id) { try remove(object: id, from: db) }
            try statement.execute(arguments: [id.data, frame, objects.starts[index], objects.lengths[index]])
        }
    }

    static func remove(object id: ObjectID, from db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM objects WHERE id = ?").execute(arguments: [id.data])
    }

    /// Enters a large object, whose pieces stand directly before `frame`.
    static func insert(large id: ObjectID, size: Int, frame: Int64, into db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO objects(id, frame, start, length) VALUES (?, ?, 0, ?)")
            .execute(arguments: [id.data, frame, size])
    }

    /// Takes a pack out with its frames and those of its objects that lie nowhere else.
    static func remove(pack: Int64, from db: Database) throws {
        try db.execute(
            sql: """
                UPDATE frames SET family = family - gone.bytes FROM
                    (SELECT root, SUM(contentLength) AS bytes FROM frames WHERE pack = ? AND root > 0 GROUP BY root) AS gone
                WHERE frames.id = gone.root
                """, arguments: [pack])
        // What leads to a frame of this pack must find another one of that name.
        try db.execute(
            sql: "UPDATE frames SET root = 0 WHERE pack <> ? AND root IN (SELECT id FROM frames WHERE pack = ?)",
            arguments: [pack, pack])
        let isLeanedOn = db.changesCount > 0
        try db.execute(
            sql: "DELETE FROM objects WHERE frame IN (SELECT id FROM frames WHERE pack = ?)", arguments: [pack])
        try db.execute(sql: "DELETE FROM frames WHERE pack = ?", arguments: [pack])
        try db.execute(sql: "DELETE FROM packs WHERE id = ?", arguments: [pack])
        if isLeanedOn { try settleFrames(in: db) }
    }
}

extension Catalog {
    /// Takes out what is known of a pack that was just written under that name: somebody else may have indexed it in the meantime, or it
    /// may be one that was damaged and is made again to the byte.
    static func remove(pack name: String, from db: Database) throws {
        let pack = try Int64.fetchOne(db, sql: "SELECT id FROM packs WHERE name = ?", arguments: [name])
        if let pack { try remove(pack: pack, from: db) }
    }

    static func knows(pack name: String, in db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT 1 FROM packs WHERE name = ?", arguments: [name]) != nil
    }
}
