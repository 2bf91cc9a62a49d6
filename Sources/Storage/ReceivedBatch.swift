package import Models

/// Objects and lines of another origin on their way into an archive, each checked by whoever hands them over.
///
/// Objects become durable pack by pack; without the lines, which come last, they mean nothing and are harmless.
package struct ReceivedBatch: ~Copyable {
    private static let frameSize = 1 << 20
    private static let packSize = 64 << 20

    private let archive: Archive
    private let compressor = Compressor(level: 3)
    private var pack: PackWriter?
    private var frame: [[UInt8]] = []
    private var frameBytes = 0
    private var packBytes = 0
    private var seen: Set<ObjectID> = []

    package init(_ archive: Archive) { self.archive = archive }

    /// Objects must come in an order that brings like to like: neighbours share a frame.
    package mutating func add(_ object: [UInt8], id: ObjectID) throws(ArchiveError) {
        if !seen.insert(id).inserted { return }
        if try archive.holds(id) { return }
        if frameBytes + object.count > Self.frameSize { try writeFrame() }
        frame.append(object)
        frameBytes += object.count
    }

    /// An object of any size, from a file.
    package mutating func add(large file: borrowing OpenFile, id: ObjectID) throws(ArchiveError) {
        if !seen.insert(id).inserted { return }
        var batch = try CaptureBatch(archive)
        _ = try batch.store(large: file)
        try batch.commitObjects()
    }

    /// Lines of one origin, in order, whose objects have all been added. Everything is durable and indexed when this returns.
    package mutating func finish(_ lines: [(origin: OriginID, lines: [LogLine])]) throws(ArchiveError) {
        try writeFrame()
        try openPack()
        for (origin, lines) in lines {
            var start = 0
            while start < lines.count {
                let part = Array(lines[start..<min(start + 4096, lines.count)])
                try pack?.appendLines(part, origin: origin, with: compressor)
                start += part.count
            }
        }
        try closePack()
        let archive = archive
        try archive.withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
    }

    private mutating func writeFrame() throws(ArchiveError) {
        guard !frame.isEmpty else { return }
        try openPack()
        let content = frame.count == 1 ? frame[0] : Array(frame.joined())
        let found = FrameObjects(hashing: content, lengths: frame.map(\.count))
        try pack?.append(
            .objects(found.lengths), id: FrameObjects.frameID(of: found.ids), bytes: content, with: compressor)
        packBytes += frameBytes
        frame = []
        frameBytes = 0
        if packBytes > Self.packSize { try closePack() }
    }

    private mutating func openPack() throws(ArchiveError) {
        if pack == nil { pack = try fileErrors { () throws(FileError) in try PackWriter(folder: archive.packsFolder) } }
    }

    private mutating func closePack() throws(ArchiveError) {
        // The catalog learns of the pack by `catchUp`, like of any pack that another process made.
        _ = try fileErrors { () throws(FileError) in try pack?.finish() }
        pack = nil
        packBytes = 0
    }
}
