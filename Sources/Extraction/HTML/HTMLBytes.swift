/// UTF-8 bytes of a document: a text, or an attribute's value. A view, nothing is copied.
package struct HTMLBytes: RandomAccessCollection, @unchecked Sendable {
    /// Keeps the bytes alive, which never change: hence `@unchecked`.
    private let storage: HTMLStorage
    private let base: UnsafePointer<UInt8>
    package let count: Int

    init(storage: HTMLStorage, start: UInt32, count: UInt32) {
        self.storage = storage
        base = storage.bytes.pointer(to: Int(start), count: Int(count))
        self.count = Int(count)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "index out of the bytes")
        return base[index]
    }

    package func withContiguousStorageIfAvailable<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
        try body(UnsafeBufferPointer(start: base, count: count))
    }

    /// For hot loops: the bytes may not be used after `body` returns.
    package func withUnsafeBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeBufferPointer(start: base, count: count))
    }

    package var string: String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Equality but for the case of ASCII letters; `other` must be in lower case.
    package func equals(lowercase other: StaticString) -> Bool {
        defer { withExtendedLifetime(storage) {} }
        return other.utf8CodeUnitCount == count && HTMLNameKey.matches(base, other.utf8Start, count: count)
    }

    /// Whether `needle`, in lower case, occurs, but for the case of ASCII letters.
    package func contains(lowercase needle: StaticString) -> Bool {
        let length = needle.utf8CodeUnitCount
        guard length > 0 else { return true }
        guard length <= count else { return false }
        return withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            let first = needle.utf8Start[0]
            let capital = first &- 0x61 < 26 ? first & 0xDF : first
            return (0...(count - length)).contains { offset in
                (start[offset] == first || start[offset] == capital)
                    && HTMLNameKey.matches(start + offset, needle.utf8Start, count: length)
            }
        }
    }

    /// Whether one of the space-separated words is `word`, in lower case, but for the case of ASCII letters.
    package func hasWord(lowercase word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        return withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            var index = 0
            while index < count {
                while index < count, bytes[index].isHTMLSpace { index += 1 }
                let from = index
                while index < count, !bytes[index].isHTMLSpace { index += 1 }
                if index - from == length, length > 0, HTMLNameKey.matches(start + from, word.utf8Start, count: length)
                {
                    return true
                }
            }
            return false
        }
    }

    /// Without white space at both ends.
    package var trimmed: HTMLBytes {
        var from = 0
        var to = count
        while from < to, base[from].isHTMLSpace { from += 1 }
        while to > from, base[to - 1].isHTMLSpace { to -= 1 }
        return HTMLBytes(storage: storage, base: base + from, count: to - from)
    }

    private init(storage: HTMLStorage, base: UnsafePointer<UInt8>, count: Int) {
        self.storage = storage
        self.base = base
        self.count = count
    }
}

extension HTMLBytes: Hashable {
    package static func == (one: HTMLBytes, other: HTMLBytes) -> Bool {
        one.withUnsafeBytes { bytes in other.withUnsafeBytes { bytes.equals($0) } }
    }

    package func hash(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension UInt8 {
    /// Tab, line feed, form feed, carriage return, space.
    @inline(__always)
    var isHTMLSpace: Bool {
        self <= 0x20 && (1 as UInt64) &<< UInt64(self) & 0x1_0000_3600 != 0
    }

    @inline(__always)
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    @inline(__always)
    var isASCIIDigit: Bool { self &- 0x30 < 10 }
}
