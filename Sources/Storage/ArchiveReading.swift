internal import Foundation
internal import GRDB
public import Models
internal import Synchronization

/// Where an object lies.
struct ObjectLocation: Sendable {
    let pack: String
    let packID: Int64
    let frame: PlacedFrame
    let start: Int
    let length: Int
    /// Zero for an object inside one frame.
    let pieces: Int
}

/// The content of the frames read last: neighbours are usually asked for one after the other.
struct FrameCache {
    // By what names the content, so that a catalog rebuilt meanwhile cannot make one frame pass for another.
    private var entries: [(frame: ObjectID, content: [UInt8])] = []
    private let capacity = 4

    mutating func content(of frame: ObjectID) -> [UInt8]? { entries.first { $0.frame == frame }?.content }

    mutating func keep(_ content: [UInt8], of frame: ObjectID) {
        if entries.count == capacity { entries.removeFirst() }
        entries.append((frame, content))
    }
}

extension Archive {
    /// Whether the catalog knows the object.
    package func holds(_ id: ObjectID) throws(ArchiveError) -> Bool {
        try catalog.read { db in
            let find = try db.cachedStatement(sql: "SELECT 1 FROM objects WHERE id = ?")
            return try Int.fetchOne(find, arguments: [id.data]) != nil
        }
    }

    /// The object's bytes, verified: what is returned hashes to `id`.
    public func read(_ id: ObjectID) throws(ArchiveError) -> [UInt8] {
        guard let location = try location(of: id) else {
            throw .damaged(try damage(Damage(file: "packs", reason: "object \(id.short) is missing"), to: [id]))
        }
        if location.pieces > 0 {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(location.length)
            try stream(id) { bytes += $0 }
            return bytes
        }
        let content = try content(of: location, for: id)
        guard location.start + location.length <= content.count else { throw try mismatch(location, id) }
        let object = Array(content[location.start..<location.start + location.length])
        guard ObjectID(hashing: object) == id else { throw try mismatch(location, id) }
        return object
    }

    /// Hands the object's bytes to `body` in parts. A large object is verified piece by piece, and as a whole at the end: when this
    /// throws, what was handed out must not be used.
    public func stream(_ id: ObjectID, to body: ([UInt8]) throws -> Void) throws(ArchiveError) {
        guard let location = try location(of: id), location.pieces > 0 else {
            let bytes = try read(id)
            do { try body(bytes) } catch { throw Self.rethrown(error) }
            return
        }
        var hasher = Hasher256()
        for piece in try pieces(of: location) {
            let content = try content(of: piece, for: id)
            guard ObjectID(hashing: content) == piece.frame.header.id else { throw try mismatch(piece, id) }
            hasher.update(content)
            do { try body(content) } catch { throw Self.rethrown(error) }
        }
        guard hasher.finish() == id else { throw try mismatch(location, id) }
    }

    private static func rethrown(_ error: any Error) -> ArchiveError {
        switch error {
        case let error as ArchiveError: error
        case let error as FileError: .file(error)
        default: .catalog("\(error)")
        }
    }

    private func content(of location: ObjectLocation, for id: ObjectID) throws(ArchiveError) -> [UInt8] {
        if let held = cache.withLock({ $0.content(of: location.frame.header.id) }) { return held }
        do {
            let reader = try PackReader(folder: packsFolder, name: location.pack)
            let content = try reader.content(of: location.frame, with: Decompressor())
            if location.pieces == 0 { cache.withLock { $0.keep(content, of: location.frame.header.id) } }
            return content
        } catch PackError.damage(let found) {
            throw .damaged(
                try damage(Damage(file: "packs/\(found.pack)", offset: found.offset, reason: found.reason), to: [id]))
        } catch PackError.file(let error) {
            throw .file(error)
        } catch let error as FileError {
            guard error.isMissing else { throw .file(error) }
            throw .damaged(try damage(Damage(file: "packs/\(location.pack)", reason: "the pack is missing"), to: [id]))
        } catch {
            throw .catalog("\(error)")
        }
    }

    private func mismatch(_ location: ObjectLocation, _ id: ObjectID) throws(ArchiveError) -> ArchiveError {
        .damaged(
            try damage(
                Damage(
                    file: "packs/\(location.pack)", offset: location.frame.offset,
                    reason: "object \(id.short) does not hash to its name"), to: [id]))
    }

    /// The same damage, with the objects and the articles whose captures need them.
    func damage(_ damage: Damage, to objects: [ObjectID]) throws(ArchiveError) -> Damage {
        let keys = try catalog.read { db in
            var keys: Set<String> = []
            let byPayload = try db.cachedStatement(
                sql: "SELECT DISTINCT key FROM captures JOIN articles ON articles.id = article WHERE payload = ?")
            let byDetail = try db.cachedStatement(
                sql: """
                    SELECT DISTINCT key FROM records JOIN captures USING (log, idx) JOIN articles ON articles.id = article
                    WHERE detail = ?
                    """)
            for id in objects {
                keys.formUnion(try String.fetchAll(byPayload, arguments: [id.data]))
                keys.formUnion(try String.fetchAll(byDetail, arguments: [id.data]))
            }
            return keys.sorted()
        }
        return Damage(file: damage.file, offset: damage.offset, reason: damage.reason, objects: objects, articles: keys)
    }

    private func location(of id: ObjectID) throws(ArchiveError) -> ObjectLocation? {
        try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT frames.*, packs.name AS packName, objects.start AS start, objects.length AS length
                    FROM objects JOIN frames ON frames.id = objects.frame JOIN packs ON packs.id = frames.pack
                    WHERE objects.id = ?
                    """)
            return try Row.fetchOne(find, arguments: [id.data]).map { try Self.location($0) }
        }
    }

    /// The pieces that stand directly before a `whole` frame in its pack, in order.
    private func pieces(of whole: ObjectLocation) throws(ArchiveError) -> [ObjectLocation] {
        try catalog.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT frames.*, packs.name AS packName, 0 AS start, contentLength AS length
                    FROM frames JOIN packs ON packs.id = frames.pack
                    WHERE pack = ? AND offset < ? ORDER BY offset DESC LIMIT ?
                    """, arguments: [whole.packID, whole.frame.offset, whole.pieces])
            return try rows.reversed().map { try Self.location($0) }
        }
    }

    private static func location(_ row: Row) throws -> ObjectLocation {
        let frameID: Data = row["frameID"]
        guard let codec = FrameHeader.Codec(rawValue: UInt8(truncatingIfNeeded: row["codec"] as Int)) else {
            throw ArchiveError.catalog("a frame's codec")
        }
        let header = FrameHeader(
            kind: .piece, codec: codec, contentLength: row["contentLength"], storedLength: row["storedLength"],
            id: try ObjectID(catalog: frameID), base: nil)
        return ObjectLocation(
            pack: row["packName"], packID: row["pack"],
            frame: PlacedFrame(header: header, offset: row["offset"], headerLength: row["headerLength"]),
            start: row["start"], length: row["length"], pieces: row["pieces"])
    }
}
