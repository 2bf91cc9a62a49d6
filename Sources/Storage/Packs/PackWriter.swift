import Glibc
internal import Models

/// A frame and where it stands in its pack.
struct PlacedFrame: Hashable, Sendable {
    let header: FrameHeader
    /// Of the header's first byte.
    let offset: Int
    let headerLength: Int

    var end: Int { offset + headerLength + header.storedLength }
}

/// A pack that is on the disk, whole.
struct WrittenPack: Sendable {
    let name: String
    let bytes: Int
    let frames: [PlacedFrame]
}

/// Writes a pack under a temporary name; only `finish` makes it exist.
///
/// The file's name is the SHA-256 of all its bytes, so no byte of a pack can change unnoticed. The rename is the commit: before
/// it there is nothing, after it the pack is whole and durable.
struct PackWriter: ~Copyable {
    private let folder: String
    private let temporary: String
    private let file: OpenFile
    private var hasher = Hasher256()
    private(set) var offset = 0
    private(set) var frames: [PlacedFrame] = []
    private var isFinished = false

    init(folder: String) throws(FileError) {
        let temporary = Files.temporaryName(beside: folder + "/pack")
        let file = try OpenFile(creating: temporary)
        do throws(FileError) {
            try file.write(PackFormat.header)
        } catch {
            unlink(temporary)
            throw error
        }
        self.folder = folder
        self.temporary = temporary
        self.file = file
        hasher.update(PackFormat.header)
        offset = PackFormat.header.count
    }

    deinit {
        if !isFinished { unlink(temporary) }
    }

    mutating func append(_ frame: EncodedFrame) throws(FileError) {
        let header = frame.header.bytes
        let placed = PlacedFrame(header: frame.header, offset: offset, headerLength: header.count)
        try write(header)
        try write(frame.stored)
        frames.append(placed)
    }

    /// Makes what was written so far durable, so that `finish`, under a lock, has little left to wait for.
    func sync() throws(FileError) { try file.sync() }

    /// Durable under its final name when this returns.
    mutating func finish() throws(FileError) -> WrittenPack {
        try write(PackFormat.end(frames: frames.count, length: offset))
        try file.sync()
        let name = "\(hasher.finish()).pack"
        try Files.rename(temporary, to: "\(folder)/\(name)")
        isFinished = true
        try Files.syncFolder(folder)
        return WrittenPack(name: name, bytes: offset, frames: frames)
    }

    private mutating func write(_ bytes: [UInt8]) throws(FileError) {
        try file.write(bytes)
        hasher.update(bytes)
        offset += bytes.count
    }
}
