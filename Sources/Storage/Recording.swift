internal import Foundation
internal import GRDB
public import Models

/// Bytes and their name.
public struct Payload: Sendable {
    public let bytes: [UInt8]
    public let id: ObjectID

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        id = ObjectID(hashing: bytes)
    }
}

/// One observation with its bytes, ready to be recorded.
public struct Observation: Sendable {
    public var detail: CaptureDetail
    /// Nil when the payload was stored before, e.g. by `Archive.store(large:)`.
    public let payload: Payload?
    /// The further objects that the detail names: header block, transport, certificates; in this order.
    public let attachments: [Payload]
    public let interpretation: Interpretation

    public init(
        detail: CaptureDetail, payload: Payload?, attachments: [Payload] = [], interpretation: Interpretation
    ) {
        self.detail = detail
        self.payload = payload
        self.attachments = attachments
        self.interpretation = interpretation
    }

    /// Whether the objects are those that the detail names.
    fileprivate var isConsistent: Bool {
        (payload?.id ?? detail.payload) == detail.payload && attachments.map(\.id) == detail.attachments.map(\.id)
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
        /// Nothing was received: it says nothing about the article.
        case unreceived
    }
    public let status: Status
    public var article: ArticleKey { identity.key }
    public let headline: String?
    public let revision: ObjectID
    public let payload: ObjectID
    public let capturedAt: Timestamp
    public let capture: CaptureName
    package let recordedAt: Timestamp
    /// In the order in which captures were entered into this catalog.
    package let row: Int64
    package let identity: ArticleIdentity
}

extension Archive {
    /// Record captures in batches of about so many raw bytes: memory stays flat, a pack stays well compressed.
    package static var comfortableBatch: Int { 16 << 20 }
    /// zstd's level at capture.
    static var captureLevel: Int32 { 3 }
    /// How often a batch is packed anew because frames that it leans on went while it was packed. After that it leans on nothing.
    private static var attempts: Int { 3 }

    /// Records captures as one batch: all of them or, if this throws, none.
    ///
    /// Compression and writing happen outside the writer lock, on all cores, so several processes can work at the same time.
    ///
    /// - Parameter whenWritten: called when the part is done that uses all cores; more than once if it had to be done again.
    public func record(
        _ observations: [Observation], whenWritten: () -> Void = {}
    ) throws(ArchiveError) -> [Recorded] {
        guard !observations.isEmpty else { return [] }
        guard observations.allSatisfy(\.isConsistent) else {
            throw .format(FormatError(document: "capture", problem: "its objects are not those that its detail names"))
        }
        let details = observations.map { Payload(Detail.capture($0.detail).bytes) }
        for attempt in 1...Self.attempts {
            var batch = try RecordingBatch(self, leaning: attempt < Self.attempts)
            try batch.write(observations, details)
            whenWritten()
            let lock = try WriterLock(lockPath, archive: path, seconds: patience)
            try catchUp()
            guard try batch.areBasesThere() else {
                lock.release()
                continue
            }
            let recorded = try batch.commit(nextLines(for: observations, details), details: details)
            lock.release()
            return try statuses(of: recorded)
        }
        throw .catalog("the archive was merged again and again while it was written")
    }

    /// Appends a record that is no capture, e.g. custody, to this archive's own log.
    @discardableResult
    package func record(_ detail: Detail) throws(ArchiveError) -> LogLine { try record([detail])[0] }

    /// The same, if it gets the index that the detail was made for.
    ///
    /// - Returns: false, and nothing is recorded, when `place` is not the one that comes next.
    package func record(_ detail: Detail, at place: Int) throws(ArchiveError) -> Bool {
        try !record([detail], at: place).isEmpty
    }

    /// Appends records that are no captures of its own, all of them or none. What an adopted one captured must be held already.
    ///
    /// - Parameter place: the index that the first must get; nil for any.
    /// - Returns: their lines; none when `place` is not the one that comes next.
    package func record(_ details: [Detail], at place: Int? = nil) throws(ArchiveError) -> [LogLine] {
        let objects = details.map { Payload($0.bytes) }
        var interpretations: [Interpretation?] = []
        for detail in details { interpretations.append(try interpretation(of: detail, with: readers[0])) }
        var batch = try RecordingBatch(self, leaning: false)
        try batch.write([], objects)
        let lock = try WriterLock(lockPath, archive: path, seconds: patience)
        try catchUp()
        let start = try ownLog().frontier.size
        guard place == nil || place == start else {
            lock.release()
            return []
        }
        let now = clock()
        let records = zip(details, objects).enumerated().map { offset, pair in
            IndexedRecord(
                line: LogLine(
                    origin: origin, index: start + offset, kind: pair.0.kind, recordedAt: now, detail: pair.1.id),
                origin: origin, detail: pair.0, interpretation: interpretations[offset])
        }
        _ = try batch.commit(records, details: objects)
        lock.release()
        return records.map(\.line)
    }

    /// The lines that come next in this archive's own log. Call only under the writer lock.
    private func nextLines(
        for observations: [Observation], _ details: [Payload]
    ) throws(ArchiveError) -> [IndexedRecord] {
        let start = try ownLog().frontier.size
        let now = clock()
        return zip(observations, details).enumerated().map { offset, pair in
            IndexedRecord(
                line: LogLine(
                    origin: origin, index: start + offset, kind: .capture, recordedAt: now, detail: pair.1.id),
                origin: origin, detail: .capture(pair.0.detail), interpretation: pair.0.interpretation)
        }
    }

    private func ownLog() throws(ArchiveError) -> Log {
        let log = try catalog.read { db in try Log.fetch(self.origin, in: db) }
        // Without its own genesis an archive must not write: it would give an index a second time.
        guard let log, log.frontier.size > 0 else {
            throw .damaged(Damage(file: "packs", reason: "the beginning of this archive's own log is missing"))
        }
        let end = try catalog.read { db in
            try Int.fetchOne(
                db, sql: "SELECT first + count FROM frames WHERE origin = ? ORDER BY first DESC LIMIT 1",
                arguments: [self.origin.id.data])
        }
        guard end ?? 0 <= log.frontier.size else {
            throw .damaged(Damage(file: "packs", reason: "a part of this archive's own log cannot be read"))
        }
        if let head = try heads()[origin], head.size > log.frontier.size {
            throw .damaged(
                Damage(file: "packs", reason: "this archive's log is shorter than it was: a pack is missing"))
        }
        return log
    }
}

/// One batch on its way into one pack.
struct RecordingBatch: ~Copyable {
    private let archive: Archive
    /// Whether frames may lean on frames in other packs.
    private let isLeaning: Bool
    private var pack: PackWriter
    /// What each frame of the pack holds; nil for lines.
    private var objects: [FrameObjects?] = []

    init(_ archive: Archive, leaning: Bool) throws(ArchiveError) {
        self.archive = archive
        isLeaning = leaning
        pack = try fileErrors { () throws(FileError) in try PackWriter(folder: archive.packsFolder) }
    }

    /// Writes the objects. Nobody sees them yet.
    mutating func write(_ observations: [Observation], _ details: [Payload]) throws(ArchiveError) {
        let order = FramePlanning(archive: archive, isLeaning: isLeaning)
        try write(try order.plan(observations))
        try write(try order.plan(attachmentsOf: observations))
        try write(try order.plan(details: details))
        if !objects.isEmpty { try fileErrors { () throws(FileError) in try pack.sync() } }
    }

    private mutating func write(_ frames: [PlannedFrame]) throws(ArchiveError) {
        let writing = FrameWriting(archive: archive, level: Archive.captureLevel)
        for (frame, bytes) in zip(frames, try writing.encode(frames, 0..<frames.count)) {
            try fileErrors { () throws(FileError) in try pack.append(bytes) }
            objects.append(frame.objects)
        }
    }

    /// Whether every frame outside this pack that one inside leans on is still in some pack. Call under the writer lock.
    func areBasesThere() throws(ArchiveError) -> Bool {
        let own = Set(pack.frames.map(\.header.id))
        let bases = Set(pack.frames.compactMap(\.header.base)).subtracting(own)
        return try archive.catalog.read { db in
            try bases.allSatisfy { try IndexedFrame.fetch($0, in: db) != nil }
        }
    }

    /// Writes the lines and makes everything durable and indexed. Call under the writer lock.
    ///
    /// - Returns: the rows of the captures.
    mutating func commit(_ records: [IndexedRecord], details: [Payload]) throws(ArchiveError) -> [Int64] {
        let encoder = FrameEncoder(level: Archive.captureLevel)
        var start = 0
        while start < records.count {
            let part = records[start..<min(start + 4096, records.count)]
            let frame = try encoder.encode(lines: part.map(\.line), origin: archive.origin)
            try fileErrors { () throws(FileError) in try pack.append(frame) }
            objects.append(nil)
            start += part.count
        }
        let done = try fileErrors { () throws(FileError) in try pack.finish() }
        let (found, archive) = (objects, archive)
        return try archive.catalog.write { db in
            let rows = try Catalog.insert(done, isWhole: true, into: db)
            for (row, found) in zip(rows, found) {
                if let found { try Catalog.insert(found, frame: row, into: db) }
            }
            return try Catalog.insert(records, own: archive.origin, into: db)
        }
    }
}

extension FrameEncoder {
    /// Consecutive lines of one origin's log, as one frame.
    func encode(lines: [LogLine], origin: OriginID) throws(ArchiveError) -> EncodedFrame {
        var content: [UInt8] = []
        for line in lines { content += line.bytes + [UInt8(ascii: "\n")] }
        return try encode(
            .lines(origin: origin, from: lines.first?.index ?? 0, count: lines.count), id: ObjectID(hashing: content),
            content: content)
    }
}
