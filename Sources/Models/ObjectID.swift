private import Crypto

/// The SHA-256 (FIPS 180-4) of some bytes, and so their name.
///
/// An `ObjectID` comes only from hashing or from strict parsing, so holding one means that somebody computed it or that
/// it was written down as exactly 64 lower-case hexadecimal digits.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Four words rather than an array: no allocation, and hashing and comparing are a few instructions.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    private init(digest: UnsafeRawBufferPointer) {
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The name of `bytes`.
    public init(hashing bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { ObjectID(hashing: $0) }
    }

    /// The name of the bytes in `buffer`.
    public init(hashing buffer: UnsafeRawBufferPointer) {
        var hasher = Hasher256()
        hasher.update(buffer)
        self = hasher.finish()
    }

    /// The name of the UTF-8 bytes of `text`.
    public init(hashing text: String) {
        var text = text
        self = text.withUTF8 { ObjectID(hashing: UnsafeRawBufferPointer($0)) }
    }

    /// Nil unless `text` is 64 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 64, let bytes = Hex.decode(text) else { return nil }
        self.init(rawBytes: bytes)
    }

    /// Nil unless there are exactly 32 bytes. They are taken to be a digest, not hashed.
    package init?(rawBytes: some Collection<UInt8>) {
        let bytes = Array(rawBytes)
        guard bytes.count == 32 else { return nil }
        self = bytes.withUnsafeBytes { ObjectID(digest: $0) }
    }

    /// The 32 bytes of the digest.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return bytes
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { Hex.encode(bytes) }

    /// The first 12 digits, for people; never unique by promise.
    public var short: String { String(description.prefix(12)) }

    public static func == (a: ObjectID, b: ObjectID) -> Bool { a.words == b.words }
    public static func < (a: ObjectID, b: ObjectID) -> Bool { a.words < b.words }
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    fileprivate static func finish(_ hash: consuming SHA256) -> ObjectID {
        hash.finalize().withUnsafeBytes { ObjectID(digest: $0) }
    }
}

/// SHA-256 over bytes that arrive in parts.
package struct Hasher256: Sendable {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ buffer: UnsafeRawBufferPointer) { hash.update(bufferPointer: buffer) }
    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hash.update(bufferPointer: $0) } }

    /// The digest of everything so far; the hasher may go on afterwards.
    package func finish() -> ObjectID { ObjectID.finish(hash) }
}
