internal import Models
internal import Storage
internal import Synchronization

/// Bytes of a payload on their way to somebody: read a little at a time, so that neither a large payload nor a slow reader, nor many of
/// them, take memory.
package struct PayloadBody: Sendable {
    package let range: Range<Int>
    private let parts: ObjectParts
    private let cache: PartCache

    /// What is held for one reader.
    private static let slice = 256 << 10

    init(_ parts: ObjectParts, _ range: Range<Int>, _ cache: PartCache) {
        self.parts = parts
        self.range = range
        self.cache = cache
    }

    /// Whether reading everything shows more than reading each part: then all that is sent must hash to the payload's name.
    var hash: ObjectID? { parts.isWholeVerified || range.count != parts.size ? nil : parts.id }

    /// The next bytes; empty at the end.
    func bytes(at offset: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
        guard offset < range.upperBound, let part = parts.part(holding: offset) else { return [] }
        let whole = parts.range(part)
        let bytes = try cache.bytes(part, of: parts)
        let end = min(range.upperBound, whole.upperBound, offset + Self.slice)
        return bytes[offset - whole.lowerBound..<end - whole.lowerBound]
    }
}

/// Parts that several readers, or the next slice of one, will want.
final class PartCache: Sendable {
    private struct Name: Hashable {
        let id: ObjectID
        let part: Int
    }

    private let held: Mutex<RecentlyUsed<Name, [UInt8]>>

    /// - Parameter capacity: in bytes.
    init(capacity: Int) { held = Mutex(RecentlyUsed(capacity: capacity)) }

    func bytes(_ part: Int, of object: ObjectParts) throws(ArchiveError) -> [UInt8] {
        let name = Name(id: object.id, part: part)
        if let found = held.withLock({ $0[name] }) { return found }
        let bytes = try object.bytes(part)
        held.withLock { $0.keep(bytes, as: name, cost: bytes.count) }
        return bytes
    }
}
