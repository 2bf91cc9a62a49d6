internal import Foundation
internal import GRDB
package import Models

/// Objects and lines of another origin on their way into an archive, each checked by whoever hands them over.
///
/// Objects become durable pack by pack; without the lines they mean nothing and are harmless. All lines become visible in one rename, by
/// `finish`: who is stopped before, or finds that what came is not to be believed, leaves no record behind.
package struct ReceivedBatch: ~Copyable {
    /// Raw bytes that are compressed together, on all cores.
    private static let window = 16 << 20
    /// Stored bytes of one pack.
    private static let packSize = 64 << 20
    /// Stored bytes of lines that are kept in memory; more go into a pack of their own.
    private static let linesInMemory = 4 << 20

    private let archive: Archive
    private var pack: PackWriter?
    /// What each frame of the pack holds; nil for lines.
    private var objects: [FrameObjects?] = []
    private var lines: [EncodedFrame] = []
    private var linesBytes = 0
    private var linesPack: PackWriter?
    private var waiting: [PackedObject] = []
    private var waitingBytes = 0
    /// Names of packs that are written and entered, but for their lines.
    private var closed: Set<String> = []
    /// Objects of the open pack, which the catalog does not know yet, and their lengths.
    private var seen: [ObjectID: Int] = [:]
    /// Objects whose copies in the archive are damaged. The catalog goes on to know those until these are durable: what is lost is known
    /// from it alone.
    private var replaced: Set<ObjectID> = []

    package init(_ archive: Archive) { self.archive = archive }

    /// Objects must come in an order that brings like to like: neighbours share a frame.
    ///
    /// - Parameter isReplaced: the archive's own copy is damaged.
    package mutating func add(_ object: [UInt8], id: ObjectID, isReplaced: Bool = false) throws(ArchiveError) {
        if seen.updateValue(object.count, forKey: id) != nil { return }
        if isReplaced { replaced.insert(id) } else if try archive.holds(id) { return }
        waiting.append(PackedObject(id: id, bytes: object, site: "", likeness: nil, isSuccessor: false))
        waitingBytes += object.count
        if waitingBytes > Self.window { try writeWaiting() }
    }

    /// An object of any size, from a file.
    package mutating func add(
        large file: borrowing OpenFile, id: ObjectID, isReplaced: Bool = false
    ) throws(ArchiveError) {
        _ = try archive.store(large: file, isReplaced: isReplaced)
    }

    /// The length of an object that was added, or that the archive held before.
    package func size(of id: ObjectID) throws(ArchiveError) -> Int? {
        if let size = seen[id] { return size }
        return try archive.catalog.read { db in
            let find = try db.cachedStatement(sql: "SELECT length FROM objects WHERE id = ?")
            return try Int.fetchOne(find, arguments: [id.data])
        }
    }

    /// An object that was added, or that the archive held before.
    package mutating func read(_ id: ObjectID) throws(ArchiveError) -> [UInt8] {
        if let object = waiting.last(where: { $0.id == id }) { return object.bytes }
        // What lies in the open pack can be read when it is closed.
        if seen[id] != nil { try closePack() }
        return try archive.read(id)
    }

    /// Lines of one origin, in order, whose objects have all been added.
    package mutating func add(_ lines: [LogLine], of origin: OriginID) throws(ArchiveError) {
        let encoder = FrameEncoder(level: Archive.captureLevel)
        for start in stride(from: 0, to: lines.count, by: 4096) {
            let frame = try encoder.encode(
                lines: Array(lines[start..<min(start + 4096, lines.count)]), origin: origin)
            self.lines.append(frame)
            linesBytes += frame.stored.count
        }
        guard linesBytes > Self.linesInMemory else { return }
        if linesPack == nil {
            linesPack = try fileErrors { () throws(FileError) in try PackWriter(folder: archive.packsFolder) }
        }
        for frame in self.lines { try fileErrors { () throws(FileError) in try linesPack?.append(frame) } }
        self.lines = []
        linesBytes = 0
    }

    /// Everything is durable and indexed when this returns.
    package mutating func finish() throws(ArchiveError) {
        try writeWaiting()
        if linesPack != nil {
            try closePack()
            swap(&pack, &linesPack)
        }
        for frame in lines { try append(frame, holding: nil) }
        try closePack()
        let closed = closed
        try archive.withWriterLock { archive throws(ArchiveError) in
            try archive.indexLines(ofReceived: closed)
            _ = try archive.catchUp()
        }
    }

    private mutating func writeWaiting() throws(ArchiveError) {
        guard !waiting.isEmpty else { return }
        let objects = waiting
        let frames = try archive.catalog.read { db in
            var planner = FramePlanner(.payloads)
            for object in objects { try planner.add(object, in: db) }
            try planner.close(in: db)
            return planner.frames
        }
        let encoded = try FrameWriting(archive: archive, level: Archive.captureLevel).encode(frames, 0..<frames.count)
        for (frame, bytes) in zip(frames, encoded) { try append(bytes, holding: frame.objects) }
        waiting = []
        waitingBytes = 0
        // Those in a closed pack are known to the catalog.
        if (pack?.offset ?? 0) > Self.packSize { try closePack() }
    }

    private mutating func append(_ frame: EncodedFrame, holding found: FrameObjects?) throws(ArchiveError) {
        if pack == nil { pack = try fileErrors { () throws(FileError) in try PackWriter(folder: archive.packsFolder) } }
        try fileErrors { () throws(FileError) in try pack?.append(frame) }
        objects.append(found)
    }

    private mutating func closePack() throws(ArchiveError) {
        guard pack != nil else { return }
        try fileErrors { () throws(FileError) in try pack?.sync() }
        let (found, replaced) = (objects, replaced)
        objects = []
        seen = [:]
        try archive.withWriterLock { archive throws(ArchiveError) in
            // Renamed before, it could be merged and gone by the time it is entered.
            guard let done = try fileErrors({ () throws(FileError) in try pack?.finish() }) else { return }
            pack = nil
            closed.insert(done.name)
            try archive.catalog.write { db in
                try Catalog.remove(pack: done.name, from: db)
                // Not whole until its lines are indexed, by `finish`.
                let rows = try Catalog.insert(done, isWhole: false, into: db)
                for (row, found) in zip(rows, found) {
                    if let found { try Catalog.insert(found, frame: row, replacing: replaced, into: db) }
                }
            }
            // It may have taken the place of one that was damaged.
            for reader in archive.readers { reader.forget() }
        }
    }
}
