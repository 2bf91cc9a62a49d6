internal import CZlib
internal import Models

/// The bytes of a pack, as `archive/FORMAT.md` describes them. All integers are little-endian.
enum PackFormat {
    static let magic: [UInt8] = Array("stetpack".utf8)
    static let version: UInt32 = 1
    /// magic, version, four zero bytes
    static let headerLength = 16
    static let endMagic: [UInt8] = Array("SEND".utf8)
    /// magic, frame count, length of all before it, CRC-32 of the sixteen bytes before
    static let endLength = 20
    /// No frame of this version holds more content: a larger claim is damage, and must not cost memory.
    static let largestContent = 64 << 20

    static var header: [UInt8] { magic + version.littleEndianBytes + [0, 0, 0, 0] }

    static func end(frames: Int, length: Int) -> [UInt8] {
        let body = endMagic + UInt32(frames).littleEndianBytes + UInt64(length).littleEndianBytes
        return body + checksum(body[...]).littleEndianBytes
    }

    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
    }
}

/// What stands before each frame's stored bytes.
struct FrameHeader: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Objects one after the other; their lengths.
        case objects([Int])
        /// Lines of one origin's log, each ended by a newline, from an index on.
        case lines(origin: OriginID, from: Int, count: Int)
        /// A part of a large object; a `whole` follows the parts.
        case piece
        /// The frame ids of the pieces that stand directly before it, in order.
        case whole(object: ObjectID, size: Int, pieces: Int)
    }

    enum Codec: UInt8, Hashable, Sendable {
        case stored = 0
        case zstd = 1
        /// zstd with another frame's content as prefix.
        case delta = 2
    }

    static let magic: [UInt8] = Array("SFRM".utf8)
    static let fixedLength = 96
    /// Of a header, lengths and all.
    static let largestHeader = 4 << 20

    let kind: Kind
    let codec: Codec
    let contentLength: Int
    let storedLength: Int
    /// Names the content: see `archive/FORMAT.md`.
    let id: ObjectID
    let base: ObjectID?

    var bytes: [UInt8] {
        let (number, count, tail) = parts
        let length = Self.fixedLength + tail.count + 4
        var out = Self.magic + [number, codec.rawValue, 0, 0]
        out += UInt32(length).littleEndianBytes + UInt32(count).littleEndianBytes
        out += UInt64(contentLength).littleEndianBytes + UInt64(storedLength).littleEndianBytes
        out += id.bytes + (base?.bytes ?? [UInt8](repeating: 0, count: 32)) + tail
        return out + PackFormat.checksum(out[...]).littleEndianBytes
    }

    private var parts: (number: UInt8, count: Int, tail: [UInt8]) {
        switch kind {
        case .objects(let lengths): (1, lengths.count, lengths.flatMap { UInt32($0).littleEndianBytes })
        case .lines(let origin, let from, let count): (2, count, origin.id.bytes + UInt64(from).littleEndianBytes)
        case .piece: (3, 1, [])
        case .whole(let object, let size, let pieces): (4, pieces, object.bytes + UInt64(size).littleEndianBytes)
        }
    }

    /// Nil when the bytes are no whole and undamaged header.
    init?(parsing bytes: [UInt8]) {
        guard bytes.count >= Self.fixedLength + 4, Array(bytes[0..<4]) == Self.magic, bytes[6] == 0, bytes[7] == 0,
            let codec = Codec(rawValue: bytes[5]), let length = Self.length(bytes), length == bytes.count,
            PackFormat.checksum(bytes[..<(length - 4)]) == UInt32(bytes, at: length - 4),
            let content = Int(exactly: UInt64(bytes, at: 16)), content <= PackFormat.largestContent,
            let stored = Int(exactly: UInt64(bytes, at: 24)), stored <= PackFormat.largestContent * 2,
            let id = ObjectID(rawBytes: bytes[32..<64]),
            let kind = Self.kind(
                bytes[4], count: Int(UInt32(bytes, at: 12)), tail: bytes[Self.fixedLength..<(length - 4)])
        else { return nil }
        self.kind = kind
        self.codec = codec
        contentLength = content
        storedLength = stored
        self.id = id
        base = bytes[64..<96].allSatisfy { $0 == 0 } ? nil : ObjectID(rawBytes: bytes[64..<96])
        guard (codec == .delta) == (base != nil) else { return nil }
        if case .objects(let lengths) = kind, lengths.reduce(0, +) != content { return nil }
    }

    init(kind: Kind, codec: Codec, contentLength: Int, storedLength: Int, id: ObjectID, base: ObjectID?) {
        self.kind = kind
        self.codec = codec
        self.contentLength = contentLength
        self.storedLength = storedLength
        self.id = id
        self.base = base
    }

    /// The header's whole length, from its first bytes.
    static func length(_ start: [UInt8]) -> Int? {
        guard start.count >= 12, Array(start[0..<4]) == magic else { return nil }
        let length = Int(UInt32(start, at: 8))
        return length >= fixedLength + 4 && length <= largestHeader ? length : nil
    }

    private static func kind(_ number: UInt8, count: Int, tail: ArraySlice<UInt8>) -> Kind? {
        let tail = Array(tail)
        switch number {
        case 1 where tail.count == count * 4:
            return .objects((0..<count).map { Int(UInt32(tail, at: $0 * 4)) })
        case 2 where tail.count == 40:
            guard let origin = ObjectID(rawBytes: tail[0..<32]), let from = Int(exactly: UInt64(tail, at: 32)) else {
                return nil
            }
            return .lines(origin: OriginID(origin), from: from, count: count)
        case 3 where tail.isEmpty && count == 1: return .piece
        case 4 where tail.count == 40:
            guard let object = ObjectID(rawBytes: tail[0..<32]), let size = Int(exactly: UInt64(tail, at: 32)) else {
                return nil
            }
            return .whole(object: object, size: size, pieces: count)
        default: return nil
        }
    }
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }

    /// Reads at `offset`; there must be enough bytes.
    init(_ bytes: [UInt8], at offset: Int) {
        self = bytes[offset..<(offset + Self.bitWidth / 8)].reversed().reduce(0) { $0 << 8 | Self($1) }
    }
}
