import Glibc

/// Searching in bytes: `String.contains` costs fifty times as much.
extension [UInt8] {
    /// Whether `needle` stands at `place`.
    func has(_ needle: StaticString, at place: Int) -> Bool {
        let count = needle.utf8CodeUnitCount
        guard place + count <= self.count else { return false }
        return needle.withUTF8Buffer { buffer in (0..<count).allSatisfy { self[place + $0] == buffer[$0] } }
    }

    func contains(_ needle: StaticString) -> Bool { withUnsafeBufferPointer { $0.holds(needle) } }

    /// Where the first `needle` from `start` on ends.
    func end(of needle: StaticString, from start: Int) -> Int? {
        let first = needle.utf8Start[0]
        var at = start
        while at < count {
            if self[at] == first, has(needle, at: at) { return at + needle.utf8CodeUnitCount }
            at += 1
        }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    func holds(_ needle: StaticString) -> Bool {
        holds(UnsafeBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount))
    }

    func holds(_ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let baseAddress, let sought = needle.baseAddress, let first = needle.first else { return false }
        let start = UnsafeRawPointer(baseAddress)
        let length = needle.count
        var at = 0
        while at + length <= count, let found = memchr(start + at, Int32(first), count - at - length + 1) {
            if memcmp(found, sought, length) == 0 { return true }
            at = UnsafeRawPointer(found) - start + 1
        }
        return false
    }

    func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard let baseAddress, let start = other.baseAddress else { return count == 0 }
        return memcmp(baseAddress, start, count) == 0
    }

    var isASCII: Bool {
        var bits: UInt8 = 0
        for byte in self { bits |= byte }
        return bits < 0x80
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// False where a space may make one character with what follows it: before marks that are written over it.
    fileprivate var canBeCutAtSpaces: Bool {
        for place in indices.dropLast() where self[place] == 0x20 && self[place + 1] >= 0x80 {
            switch self[place + 1] {
            case 0xC2...0xCB, 0xCE...0xD1, 0xE4...0xE9: continue
            case 0xE2 where place + 3 < count && self[place + 2] == 0x80 && self[place + 3] >= 0x90: continue
            default: return false
            }
        }
        return true
    }
}

extension StringProtocol {
    /// The text in UTF-8. The bytes may not be used after `body` returns.
    @inline(__always)
    func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
    }

    /// What stands between spaces: as `split(separator: " ")`, which goes from character to character.
    func words() -> [SubSequence] {
        withBytes(\.canBeCutAtSpaces) ? cut { $0 == 0x20 } : split(separator: " ")
    }

    /// What stands between signs: as `split(whereSeparator:)`, likewise.
    func parts(betweenAnyOf signs: String) -> [SubSequence] {
        guard withBytes(\.isASCII) else { return split(whereSeparator: { signs.contains($0) }) }
        return signs.withBytes { signs in cut { signs.contains($0) } }
    }

    /// The parts of a text of ASCII, or one that can be cut at these bytes.
    @inline(__always)
    func cut(where isSeparator: (UInt8) -> Bool) -> [SubSequence] {
        var parts: [SubSequence] = []
        var start: Index?
        for place in utf8.indices {
            if !isSeparator(utf8[place]) {
                start = start ?? place
            } else if let first = start {
                parts.append(self[first..<place])
                start = nil
            }
        }
        if let start { parts.append(self[start...]) }
        return parts
    }

    /// Whether `needle` stands in the text, byte for byte.
    func holds(_ needle: StaticString) -> Bool { withBytes { $0.holds(needle) } }

    func holds(_ needle: some StringProtocol) -> Bool { needle.withBytes { sought in withBytes { $0.holds(sought) } } }
}
