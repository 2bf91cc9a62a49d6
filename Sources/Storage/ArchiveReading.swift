internal import Foundation
internal import GRDB
public import Models

/// Where an object lies.
struct ObjectLocation: Sendable {
    let frame: IndexedFrame
    let start: Int
    let length: Int

    /// Whether the frame only lists the pieces of the object.
    var isLarge: Bool {
        if case .whole = frame.placed.header.kind { return true }
        return false
    }

    static func fetch(_ id: ObjectID, in db: Database) throws -> ObjectLocation? {
        let find = try db.cachedStatement(
            sql: """
                SELECT \(IndexedFrame.columns), objects.start AS start, objects.length AS length
                FROM objects JOIN frames ON frames.id = objects.frame JOIN packs ON packs.id = frames.pack
                WHERE objects.id = ?
                """)
        return try Row.fetchOne(find, arguments: [id.data]).map {
            ObjectLocation(
                frame: try IndexedFrame($0), start: (try $0.natural("start")),
                length: (try $0.natural("length")))
        }
    }
}

extension Archive {
    /// How often a read is tried again after its pack went: packs are merged while others read.
    private static var attempts: Int { 4 }

    /// Whether the catalog knows the object.
    package func holds(_ id: ObjectID) throws(ArchiveError) -> Bool {
        try catalog.read { db in try Catalog.holds(id, in: db) }
    }

    /// The object's bytes, verified: what is returned hashes to `id`.
    public func read(_ id: ObjectID) throws(ArchiveError) -> [UInt8] { try read(id, with: readers[0]) }

    func read(_ id: ObjectID, with reader: FrameReader) throws(ArchiveError) -> [UInt8] {
        let location = try location(of: id)
        if location.isLarge {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(location.length)
            try streamLarge(id, with: reader) { bytes += $0 }
            return bytes
        }
        var known: ObjectLocation? = location
        return try whilePacksMove(id, reader) { () throws(FrameFailure) in
            var location = location
            if known == nil { location = try frameFailures { () throws(ArchiveError) in try self.location(of: id) } }
            known = nil
            return try self.object(id, at: location, with: reader)
        }
    }

    private func object(
        _ id: ObjectID, at place: ObjectLocation, with reader: FrameReader
    ) throws(FrameFailure) -> [UInt8] {
        func object(in content: [UInt8]) -> [UInt8]? {
            guard place.start + place.length <= content.count else { return nil }
            let object = Array(content[place.start..<place.start + place.length])
            return ObjectID(hashing: object) == id ? object : nil
        }
        do throws(FrameFailure) {
            if let found = object(in: try reader.content(of: place.frame)) { return found }
        } catch {
            if case .archive = error { throw error }
        }
        if let found = object(in: try reader.soundContent(of: place.frame)) { return found }
        throw .damaged(place.frame, "object \(id.short) does not hash to its name")
    }

    /// Hands the object's bytes to `body` in parts. A large object is verified piece by piece, and as a whole at the end: when this
    /// throws, what was handed out must not be used.
    public func stream(_ id: ObjectID, to body: ([UInt8]) throws -> Void) throws(ArchiveError) {
        try stream(id, with: readers[0], to: body)
    }

    func stream(
        _ id: ObjectID, with reader: FrameReader, to body: ([UInt8]) throws -> Void
    ) throws(ArchiveError) {
        guard try location(of: id).isLarge else {
            let bytes = try read(id, with: reader)
            do { try body(bytes) } catch { throw Self.rethrown(error) }
            return
        }
        try streamLarge(id, with: reader, to: body)
    }

    func streamLarge(
        _ id: ObjectID, with reader: FrameReader, to body: ([UInt8]) throws -> Void
    ) throws(ArchiveError) {
        var hasher = Hasher256()
        let count = try location(of: id).frame.count
        for number in 0..<count {
            let content = try whilePacksMove(id, reader) { () throws(FrameFailure) in
                let piece = try frameFailures { () throws(ArchiveError) in try self.piece(number, of: id) }
                return try reader.soundContent(of: piece)
            }
            hasher.update(content)
            do { try body(content) } catch { throw Self.rethrown(error) }
        }
        guard hasher.finish() == id else {
            let frame = try location(of: id).frame
            throw .damaged(try named(frame, "object \(id.short) does not hash to its name", [id]))
        }
    }

    static func rethrown(_ error: any Error) -> ArchiveError {
        switch error {
        case let error as ArchiveError: error
        case let error as FileError: .file(error)
        default: .catalog("\(error)")
        }
    }

    /// Runs `body` again when a pack went meanwhile: whoever merges packs tells the catalog before it removes them.
    func whilePacksMove<Value>(
        _ id: ObjectID, _ reader: FrameReader, _ body: () throws(FrameFailure) -> Value
    ) throws(ArchiveError) -> Value {
        for attempt in 1... {
            do throws(FrameFailure) {
                return try body()
            } catch {
                switch error {
                case .archive(let error): throw error
                case .damaged(let frame, let reason): throw .damaged(try named(frame, reason, [id]))
                case .baseMissing(let frame), .packMissing(let frame):
                    reader.forget()
                    if attempt < Self.attempts { continue }
                    if case .baseMissing = error {
                        throw .damaged(try named(frame, "the frame that it builds on is missing", [id]))
                    }
                    throw .damaged(
                        try damage(Damage(file: "packs/\(frame.pack)", reason: "the pack is missing"), to: [id]))
                }
            }
        }
        throw .catalog("unreachable")
    }

    func named(_ frame: IndexedFrame, _ reason: String, _ objects: [ObjectID]) throws(ArchiveError) -> Damage {
        try damage(
            Damage(file: "packs/\(frame.pack)", offset: frame.placed.offset, reason: reason), to: objects)
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

    func location(of id: ObjectID) throws(ArchiveError) -> ObjectLocation {
        let found = try catalog.read { db in try ObjectLocation.fetch(id, in: db) }
        guard let found else {
            throw .damaged(try damage(Damage(file: "packs", reason: "object \(id.short) is missing"), to: [id]))
        }
        return found
    }

    /// A piece of a large object: pieces stand directly before the frame that lists them.
    func piece(_ number: Int, of id: ObjectID) throws(ArchiveError) -> IndexedFrame {
        let whole = try location(of: id).frame
        let found = try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables)
                    WHERE pack = ? AND offset < ? ORDER BY offset DESC LIMIT 1 OFFSET ?
                    """)
            return try Row.fetchOne(
                find, arguments: [whole.packID, whole.placed.offset, whole.count - number - 1]
            ).map { try IndexedFrame($0) }
        }
        guard let found, case .piece = found.placed.header.kind else {
            throw .damaged(try named(whole, "a piece of it is missing", [id]))
        }
        return found
    }
}

/// Runs `body`, its errors becoming those of reading a frame.
func frameFailures<Value>(_ body: () throws(ArchiveError) -> Value) throws(FrameFailure) -> Value {
    do throws(ArchiveError) { return try body() } catch { throw .archive(error) }
}

/// Runs `body`, its file errors becoming the archive's.
func fileErrors<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(ArchiveError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
}
