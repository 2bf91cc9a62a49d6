internal import Models

/// Something in a pack that is not as it was written.
public struct PackDamage: Error, Hashable, Sendable, CustomStringConvertible {
    /// The pack's file name.
    public let pack: String
    /// Bytes from the start of the file.
    public let offset: Int
    public let reason: String
    public var description: String { "\(pack) at byte \(offset): \(reason)" }
}

/// Why a pack could not be read.
enum PackError: Error {
    case file(FileError)
    case damage(PackDamage)
}

/// Reads a pack file, trusting nothing in it.
struct PackReader: ~Copyable {
    let name: String
    let length: Int
    private let file: OpenFile

    init(folder: String, name: String) throws(FileError) {
        let file = try OpenFile(reading: "\(folder)/\(name)")
        length = try file.size()
        self.file = file
        self.name = name
    }

    /// What a walk from frame to frame found.
    struct Walk {
        var frames: [PlacedFrame] = []
        var damages: [PackDamage] = []
    }

    /// Every frame whose header is sound. After a damaged header the walk goes on at the next one that is: its checksum keeps
    /// content that looks like a header from being taken for one, short of somebody who forges it, whom the object ids stop.
    func walk() throws(FileError) -> Walk {
        var walk = Walk()
        let start = try file.read(min(PackFormat.headerLength, length), at: 0)
        if start != PackFormat.header {
            walk.damages.append(damage(0, "the file does not begin as a pack of version \(PackFormat.version)"))
        }
        var at = PackFormat.headerLength
        while at + PackFormat.endLength <= length {
            if let frame = try frame(at: at), frame.end <= length {
                walk.frames.append(frame)
                at = frame.end
                continue
            }
            if try isEnd(at: at, frames: walk) { return walk }
            walk.damages.append(damage(at, "no frame begins here"))
            guard let next = try nextHeader(after: at) else { return walk }
            at = next
        }
        walk.damages.append(damage(min(at, length), "the end is missing"))
        return walk
    }

    /// The frame's content: decompressed, its length checked. What it hashes to is for the caller to check.
    ///
    /// - Parameter prefix: the content of the frame's base, for a delta.
    func content(
        of frame: PlacedFrame, prefix: [UInt8], with decompressor: borrowing Decompressor
    ) throws(PackError) -> [UInt8] {
        let stored: [UInt8]
        do {
            stored = try file.read(frame.header.storedLength, at: frame.offset + frame.headerLength)
        } catch {
            throw .file(error)
        }
        guard stored.count == frame.header.storedLength else {
            throw .damage(damage(frame.offset, "the file ends inside the frame"))
        }
        if frame.header.codec == .stored {
            guard stored.count == frame.header.contentLength else {
                throw .damage(damage(frame.offset, "its lengths contradict each other"))
            }
            return stored
        }
        let content: [UInt8]
        do throws(ZstdError) {
            content = try decompressor.decompress(stored, size: frame.header.contentLength, prefix: prefix)
        } catch {
            throw .damage(damage(frame.offset, "it cannot be decompressed"))
        }
        guard content.count == frame.header.contentLength else {
            throw .damage(damage(frame.offset, "its content is shorter than it says"))
        }
        return content
    }

    /// SHA-256 of the whole file.
    func digest() throws(FileError) -> ObjectID {
        var hasher = Hasher256()
        var at = 0
        while at < length {
            let part = try file.read(min(1 << 20, length - at), at: at)
            if part.isEmpty { break }
            hasher.update(part)
            at += part.count
        }
        return hasher.finish()
    }

    func damage(_ offset: Int, _ reason: String) -> PackDamage {
        PackDamage(pack: name, offset: offset, reason: reason)
    }

    /// The frame whose header begins at `offset`; nil when none does.
    func frame(at offset: Int) throws(FileError) -> PlacedFrame? {
        let start = try file.read(FrameHeader.fixedLength + 64, at: offset)
        guard let headerLength = FrameHeader.length(start), offset + headerLength <= length else { return nil }
        let whole =
            headerLength <= start.count ? Array(start[..<headerLength]) : try file.read(headerLength, at: offset)
        guard let header = FrameHeader(parsing: whole) else { return nil }
        return PlacedFrame(header: header, offset: offset, headerLength: headerLength)
    }

    /// The same with its stored bytes, to be written as it is into another pack.
    func encodedFrame(at offset: Int) throws(FileError) -> EncodedFrame? {
        guard let frame = try frame(at: offset), frame.end <= length else { return nil }
        let stored = try file.read(frame.header.storedLength, at: offset + frame.headerLength)
        return stored.count == frame.header.storedLength ? EncodedFrame(header: frame.header, stored: stored) : nil
    }

    private func isEnd(at offset: Int, frames walk: Walk) throws(FileError) -> Bool {
        guard offset + PackFormat.endLength == length else { return false }
        let expected = PackFormat.end(frames: walk.frames.count, length: offset)
        let found = try file.read(PackFormat.endLength, at: offset)
        // After damage earlier in the file the count differs; the end is still the end.
        return walk.damages.isEmpty ? found == expected : Array(found[0..<4]) == PackFormat.endMagic
    }

    private func nextHeader(after offset: Int) throws(FileError) -> Int? {
        var at = offset + 1
        while at < length {
            let window = try file.read(min(1 << 20, length - at), at: at)
            var position = 0
            while position + 4 <= window.count {
                if window[position] == FrameHeader.magic[0],
                    Array(window[position..<position + 4]) == FrameHeader.magic,
                    let frame = try frame(at: at + position), frame.end <= length
                {
                    return at + position
                }
                position += 1
            }
            if window.count < 4 { return nil }
            at += window.count - 3
        }
        return nil
    }
}
