internal import Foundation
internal import GRDB
public import Models

/// One capture and what it shows, as it is handed out with many others.
public struct StoredCapture: Sendable {
    public let name: CaptureName
    public let article: ArticleKey
    public let capturedAt: Timestamp
    public let mediaType: String
    public let payload: ObjectID
    public let size: Int
}

/// A capture's payload on its way out, which need not be held in memory.
public struct PayloadStream {
    let archive: Archive
    let reader: FrameReader
    let id: ObjectID
    /// All of it, where it is small.
    let bytes: [UInt8]?

    /// Hands out the bytes in order. Those of a large payload are known to be right only when this returns.
    public func read(_ body: ([UInt8]) throws -> Void) throws(ArchiveError) {
        guard let bytes else { return try archive.streamLarge(id, with: reader, to: body) }
        do { try body(bytes) } catch { throw Archive.rethrown(error) }
    }
}

extension Archive {
    /// Hands out objects, verified, each once, in the order in which they lie in the packs: so each frame is decoded once, and all
    /// cores are used. `body` may be called by several threads at a time.
    public func readAll(
        _ ids: [ObjectID], _ body: @escaping @Sendable (ObjectID, [UInt8]) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        let (found, large) = try locations(Set(ids))
        let sorted = found.sorted { a, b in
            let (x, y) = (a.place.frame, b.place.frame)
            return (x.root ?? 0, x.depth, x.row, a.place.start) < (y.root ?? 0, y.depth, y.row, b.place.start)
        }
        var families: [Range<Int>] = []
        var start = 0
        for index in sorted.indices where sorted[index].place.frame.root != sorted[start].place.frame.root {
            families.append(start..<index)
            start = index
        }
        if start < sorted.count { families.append(start..<sorted.count) }
        let parts = families
        _ = try Cores.map(parts.count) { number, worker throws(ArchiveError) in
            let reader = self.readers[worker]
            for (id, place) in sorted[parts[number]] {
                try body(id, try self.object(id, at: place, with: reader))
            }
        }
        for id in large { try body(id, try read(id)) }
    }

    private func locations(
        _ ids: Set<ObjectID>
    ) throws(ArchiveError) -> (found: [(id: ObjectID, place: ObjectLocation)], large: [ObjectID]) {
        var found: [(id: ObjectID, place: ObjectLocation)] = []
        var large: [ObjectID] = []
        for id in ids {
            guard let place = try catalog.read({ db in try ObjectLocation.fetch(id, in: db) }) else {
                throw .damaged(try damage(Damage(file: "packs", reason: "object \(id.short) is missing"), to: [id]))
            }
            if place.isLarge { large.append(id) } else { found.append((id, place)) }
        }
        return (found, large.sorted())
    }

    /// From where it was a moment ago; the careful way when that does not give the object.
    private func object(
        _ id: ObjectID, at place: ObjectLocation, with reader: FrameReader
    ) throws(ArchiveError) -> [UInt8] {
        do throws(FrameFailure) {
            let content = try reader.content(of: place.frame)
            if place.start + place.length <= content.count {
                let object = Array(content[place.start..<place.start + place.length])
                if ObjectID(hashing: object) == id { return object }
            }
        } catch {
            if case .archive(let error) = error { throw error }
        }
        return try read(id, with: reader)
    }

    /// Hands out every capture with its payload, verified, in the order in which payloads lie in the packs. `body` may be called by
    /// several threads at a time; memory does not grow with the number of captures.
    ///
    /// Packs are not merged meanwhile: what was moved behind the walk's back would be handed out twice, or not at all.
    ///
    /// - Parameter waiting: called when another process merges packs, which is waited for.
    public func readCaptures(
        waiting: () -> Void = {},
        _ body: @escaping @Sendable (StoredCapture, PayloadStream) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        let lock = try compactionLock(isShared: true, waiting: waiting)
        let walk = FrameWalk(catalog, of: "kind = 1 OR kind = 4")
        try Cores.run { worker throws(ArchiveError) in
            let reader = self.readers[worker]
            while let family = try walk.next() {
                for frame in family {
                    let captures = try self.captures(in: frame)
                    var held: PayloadStream?
                    for (capture, place) in captures {
                        if held?.id != capture.payload {
                            let bytes =
                                place.isLarge ? nil : try self.object(capture.payload, at: place, with: reader)
                            held = PayloadStream(archive: self, reader: reader, id: capture.payload, bytes: bytes)
                        }
                        if let held { try body(capture, held) }
                    }
                }
                reader.forgetContents()
            }
        }
        lock.release()
    }

    private func captures(in frame: IndexedFrame) throws(ArchiveError) -> [(StoredCapture, ObjectLocation)] {
        try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT objects.id AS object, start, length, idx, capturedAt, mediaType, logs.origin AS origin, articles.key AS key
                    FROM objects JOIN captures ON payload = objects.id JOIN articles ON articles.id = article
                    JOIN logs ON logs.id = captures.log WHERE objects.frame = ? ORDER BY start, captures.id
                    """)
            return try Row.fetchAll(find, arguments: [frame.row]).map { row in
                guard let time = Timestamp(milliseconds: (try row.decode(forColumn: "capturedAt"))) else {
                    throw ArchiveError.catalog("times of a capture")
                }
                let place = ObjectLocation(
                    frame: frame, start: (try row.natural("start")),
                    length: (try row.natural("length")))
                let capture = StoredCapture(
                    name: CaptureName(
                        origin: OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                        index: (try row.natural("idx"))),
                    article: ArticleKey(stored: (try row.decode(forColumn: "key"))), capturedAt: time,
                    mediaType: (try row.decode(forColumn: "mediaType")),
                    payload: try ObjectID(catalog: (try row.decode(forColumn: "object"))),
                    size: (try row.natural("length")))
                return (capture, place)
            }
        }
    }
}
