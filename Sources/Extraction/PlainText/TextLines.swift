/// A line of a text, without the white space around it.
struct TextLine {
    let start: Int
    let end: Int
    /// How far it is set in, in characters; a tab counts four.
    let indent: Int
    /// Where reading goes on.
    let next: Int

    var isBlank: Bool { start == end }
}

/// Walks a text line by line. Lines end at LF, CR, CRLF, form feed, next line (U+0085), and
/// Unicode's line and paragraph separators.
struct TextLines {
    let bytes: UnsafeBufferPointer<UInt8>

    func line(at offset: Int) -> TextLine? {
        guard offset < bytes.count else { return nil }
        var end = offset
        var next = bytes.count
        scan: while end < bytes.count {
            switch bytes[end] {
            case 0x0A, 0x0C:
                next = end + 1
                break scan
            case 0x0D:
                next = end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
                break scan
            case 0xC2 where end + 1 < bytes.count && bytes[end + 1] == 0x85:
                next = end + 2
                break scan
            case 0xE2 where isSeparator(at: end):
                next = end + 3
                break scan
            default: end += 1
            }
        }
        return trimmed(offset, end, next: next)
    }

    private func isSeparator(at index: Int) -> Bool {
        index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
    }

    private func trimmed(_ from: Int, _ to: Int, next: Int) -> TextLine {
        var start = from
        var indent = 0
        while start < to, let (length, width) = WhiteSpace.length(in: bytes, at: start, limit: to) {
            start += length
            indent += width
        }
        var end = to
        while end > start, let length = WhiteSpace.lengthBefore(end, in: bytes, from: start) { end -= length }
        return TextLine(start: start, end: end, indent: indent, next: next)
    }

    /// Whether the line only divides: `---`, `* * *`, `____`, `• • •`. Such a line counts as an empty one.
    func isRule(_ line: TextLine) -> Bool {
        guard line.end - line.start <= 240 else { return false }
        return bytes[line.start..<line.end].allSatisfy {
            switch $0 {
            case 0x20, 0x2A, 0x2B, 0x2D, 0x2E, 0x3D, 0x5F, 0x7E, 0x23: true
            // The bytes of • · ─ – — ■ and their like.
            case 0xE2, 0x80, 0x93, 0x94, 0xA2, 0x95, 0x96, 0x97, 0xA0, 0x81, 0x82, 0xC2, 0xB7: true
            default: false
            }
        }
    }

    /// What the line measures in print: Chinese, Japanese and Korean characters count two.
    func width(_ line: TextLine) -> Int { TextWidth.of(bytes[line.start..<line.end]) }

    func text(_ line: TextLine) -> String { String(decoding: bytes[line.start..<line.end], as: UTF8.self) }
}

enum TextWidth {
    static func of(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var width = 0
        for byte in bytes {
            width &+= byte & 0xC0 == 0x80 ? 0 : 1
            width &+= byte >= 0xE3 && byte < 0xF0 ? 1 : 0
        }
        return width
    }
}

/// White space as texts have it: ASCII, no-break and other Unicode spaces, and invisible characters that take no room.
enum WhiteSpace {
    /// Bytes taken and columns filled by the white space at `index`; nil when there is none.
    static func length(in bytes: UnsafeBufferPointer<UInt8>, at index: Int, limit: Int) -> (Int, Int)? {
        let byte = bytes[index]
        if byte <= 0x20 || byte == 0x7F {
            // Control characters take no room; a tab takes four.
            return (1, byte == 0x09 ? 4 : byte == 0x20 || (0x0A...0x0D).contains(byte) ? 1 : 0)
        }
        switch byte {
        case 0xC2 where index + 1 < limit:
            switch bytes[index + 1] {
            case 0xA0: return (2, 1)
            case 0xAD, 0x80...0x9F: return (2, 0)
            default: return nil
            }
        case 0xE1 where index + 2 < limit && bytes[index + 1] == 0x9A && bytes[index + 2] == 0x80: return (3, 1)
        case 0xE2 where index + 2 < limit: return general(bytes[index + 1], bytes[index + 2])
        case 0xE3 where index + 2 < limit && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80: return (3, 2)
        case 0xEF where index + 2 < limit && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF: return (3, 0)
        default: return nil
        }
    }

    /// U+2000 to U+200B, U+202F, U+205F, U+2060. Joiners and directional marks are part of words.
    private static func general(_ second: UInt8, _ third: UInt8) -> (Int, Int)? {
        switch (second, third) {
        case (0x80, 0x80...0x8A), (0x80, 0xAF), (0x81, 0x9F): (3, 1)
        case (0x80, 0x8B), (0x81, 0xA0): (3, 0)
        default: nil
        }
    }

    /// Behind the white space at `start`.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit, let (length, _) = length(in: bytes, at: end, limit: limit) { end += length }
        return end
    }

    static func lengthBefore(_ end: Int, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        if bytes[end - 1] <= 0x20 { return 1 }
        for length in 2...3 where end - length >= start {
            if let (found, _) = Self.length(in: bytes, at: end - length, limit: end), found == length { return length }
        }
        return nil
    }

    /// Appends `bytes[range]` with every run of white space as one space, and none where it takes no room.
    static func appendCollapsed(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to text: inout [UInt8]
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, isPlain(bytes, index, range.upperBound) { index += 1 }
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            guard index < range.upperBound else { return }
            var filled = false
            var taken = false
            while index < range.upperBound, let (length, width) = length(in: bytes, at: index, limit: range.upperBound)
            {
                index += length
                taken = true
                filled = filled || width > 0
            }
            if !taken {
                text.append(bytes[index])
                index += 1
            } else if filled {
                text.append(0x20)
            }
        }
    }

    static func collapsed(_ text: String) -> String {
        var bytes: [UInt8] = []
        Array(text.utf8).withUnsafeBufferPointer { buffer in
            appendCollapsed(buffer, end(in: buffer, from: 0, limit: buffer.count)..<buffer.count, to: &bytes)
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    @inline(__always)
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ limit: Int) -> Bool {
        let byte = bytes[index]
        if byte > 0x20 && byte < 0x7F { return true }
        if byte == 0x20 { return index + 1 < limit && bytes[index + 1] > 0x20 && bytes[index + 1] < 0x7F }
        switch byte {
        case 0...0x1F, 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF: return false
        default: return true
        }
    }
}

extension StringProtocol {
    func trimmingWhiteSpace() -> SubSequence {
        var part = self[...]
        while part.first?.isWhitespace == true { part = part.dropFirst() }
        while part.last?.isWhitespace == true { part = part.dropLast() }
        return part
    }
}
