internal import Glibc
public import Models

/// One observation with its bytes, ready to be recorded.
public struct Observation: Sendable {
    public let detail: CaptureDetail
    /// Nil when the payload was stored before, by `CaptureBatch.store(large:)`.
    public let payload: [UInt8]?
    public let interpretation: Interpretation

    public init(detail: CaptureDetail, payload: [UInt8]?, interpretation: Interpretation) {
        self.detail = detail
        self.payload = payload
        self.interpretation = interpretation
    }
}

/// What a recorded capture turned out to be, compared with the one before it.
public struct Recorded: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// The article's first capture.
        case new
        /// Another revision than the capture before.
        case edited
        /// Another payload, the same revision: the page moved, the article did not.
        case furniture
        /// The same bytes as the capture before.
        case unchanged
    }
    public let status: Status
    public let article: ArticleKey
    public let headline: String?
    public let revision: ObjectID
    public let payload: ObjectID
    public let capturedAt: Timestamp
    public let capture: CaptureName
}

/// Captures on their way into an archive: nothing of them exists before `commit` returns, all of them after.
///
/// Compression and writing happen outside the writer lock, so several processes can prepare batches at the same time.
public struct CaptureBatch: ~Copyable {
    /// Commit when a batch holds this many raw bytes: memory stays flat, a pack stays well compressed.
    package static let comfortableSize = 16 << 20
    /// Objects up to this size share frames; larger ones are stored in pieces of their own.
    package static let largestShared = 4 << 20
    private static let frameSize = 1 << 20
    private static let pieceSize = 4 << 20

    private let archive: Archive
    private var pack: PackWriter
    private let compressor: Compressor
    private var observations: [Observation] = []
    private var written: Set<ObjectID> = []
    private var objects: [FrameObjects?] = []
    /// Raw bytes added so far.
    public private(set) var size = 0

    package init(_ archive: Archive) throws(ArchiveError) {
        self.archive = archive
        compressor = Compressor(level: 3)
        do throws(FileError) { pack = try PackWriter(folder: archive.packsFolder) } catch { throw .file(error) }
    }

    public var count: Int { observations.count }

    public mutating func add(_ observation: Observation) {
        observations.append(observation)
        size += (observation.payload?.count ?? 0) + 512
    }

    /// Stores a payload of any size from a file, holding a few megabytes of it at a time.
    package mutating func store(large file: borrowing OpenFile) throws(ArchiveError) -> (id: ObjectID, size: Int) {
        let (id, size) = try Self.digest(of: file)
        if written.contains(id) { return (id, size) }
        if try archive.holds(id) { return (id, size) }
        var hasher = Hasher256()
        var pieces: [ObjectID] = []
        var at = 0
        while at < size {
            let piece = try fileErrors { () throws(FileError) in try file.read(min(Self.pieceSize, size - at), at: at) }
            guard !piece.isEmpty else { break }
            hasher.update(piece)
            pieces.append(ObjectID(hashing: piece))
            try append(.piece, id: ObjectID(hashing: piece), bytes: piece)
            at += piece.count
        }
        // The file may be growing or changing under us: what is recorded must be what was stored.
        guard hasher.finish() == id else {
            throw .file(FileError("read (it changed meanwhile)", file.path, code: ESTALE))
        }
        let list = pieces.flatMap(\.bytes)
        try append(.whole(object: id, size: size, pieces: pieces.count), id: ObjectID(hashing: list), bytes: list)
        written.insert(id)
        return (id, size)
    }

    /// Makes the batch durable and says what each capture turned out to be, in the order in which they were added.
    package mutating func commit() throws(ArchiveError) -> [Recorded] {
        guard !observations.isEmpty else { return [] }
        let details = observations.map { Detail.capture($0.detail).bytes }
        // What no reader would accept must not be written.
        guard details.allSatisfy({ $0.count <= Detail.largest }) else {
            throw .format(
                FormatError(document: "detail", problem: "an address or file name is too long to be recorded"))
        }
        try writePayloads()
        try writeObjects(details)
        let lock = try WriterLock(archive.lockPath, archive: archive.path, seconds: archive.patience)
        try archive.catchUp()
        let records = try archive.nextLines(for: observations)
        try pack.appendLines(records.map(\.line), origin: archive.origin, with: compressor)
        objects.append(nil)
        let done: WrittenPack
        do throws(FileError) { done = try pack.finish() } catch { throw .file(error) }
        let found = objects
        let captures = try archive.catalog.write { db in
            try Catalog.insert(done, objects: found, into: db)
            return try Catalog.insert(records, into: db)
        }
        lock.release()
        return try archive.statuses(of: captures)
    }

    /// Makes objects that were stored without a capture durable.
    mutating func commitObjects() throws(ArchiveError) {
        _ = try fileErrors { () throws(FileError) in try pack.finish() }
    }

    /// Pages of one site next to each other, versions of one article together: that is what makes frames small.
    private mutating func writePayloads() throws(ArchiveError) {
        let order = observations.indices.sorted { a, b in
            let (x, y) = (observations[a], observations[b])
            let (kx, ky) = (x.interpretation.key, y.interpretation.key)
            return (kx.site, kx, x.detail.capturedAt) < (ky.site, ky, y.detail.capturedAt)
        }
        var frame: [[UInt8]] = []
        var frameBytes = 0
        var site: String?
        for index in order {
            let observation = observations[index]
            guard let payload = observation.payload else { continue }
            let id = observation.detail.payload
            if written.contains(id) { continue }
            if try archive.holds(id) { continue }
            written.insert(id)
            let isFull = frameBytes + payload.count > Self.frameSize || site != observation.interpretation.key.site
            if isFull, !frame.isEmpty {
                try writeFrame(frame)
                frame = []
                frameBytes = 0
            }
            site = observation.interpretation.key.site
            frame.append(payload)
            frameBytes += payload.count
        }
        if !frame.isEmpty { try writeFrame(frame) }
    }

    private mutating func writeObjects(_ all: [[UInt8]]) throws(ArchiveError) {
        var frame: [[UInt8]] = []
        var frameBytes = 0
        for object in all {
            if frameBytes + object.count > Self.frameSize / 4, !frame.isEmpty {
                try writeFrame(frame)
                frame = []
                frameBytes = 0
            }
            frame.append(object)
            frameBytes += object.count
        }
        if !frame.isEmpty { try writeFrame(frame) }
    }

    private mutating func writeFrame(_ frame: [[UInt8]]) throws(ArchiveError) {
        let content = frame.count == 1 ? frame[0] : Array(frame.joined())
        let found = FrameObjects(hashing: content, lengths: frame.map(\.count))
        try pack.append(
            .objects(found.lengths), id: FrameObjects.frameID(of: found.ids), bytes: content, with: compressor)
        objects.append(found)
    }

    private mutating func append(_ kind: FrameHeader.Kind, id: ObjectID, bytes: [UInt8]) throws(ArchiveError) {
        try pack.append(kind, id: id, bytes: bytes, with: compressor)
        objects.append(nil)
    }

    private static func digest(of file: borrowing OpenFile) throws(ArchiveError) -> (ObjectID, Int) {
        var hasher = Hasher256()
        var at = 0
        while true {
            let part = try fileErrors { () throws(FileError) in try file.read(pieceSize, at: at) }
            if part.isEmpty { return (hasher.finish(), at) }
            hasher.update(part)
            at += part.count
        }
    }
}

/// Runs `body`, its file errors becoming the archive's.
func fileErrors<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(ArchiveError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
}
