/// Recognises UTF-16 that comes without a byte order mark: spaces, digits and line ends have a NUL in every other byte,
/// whatever the script, and text has no NULs in the others.
enum UTF16Pattern {
    private static let sampleSize = 8192

    static func encoding(of buffer: UnsafeRawBufferPointer) -> TextEncoding? {
        let units = min(buffer.count, sampleSize) / 2
        guard units >= 4 else { return nil }
        var nulsInFirst = 0
        var nulsInSecond = 0
        for index in 0..<units {
            if buffer[index * 2] == 0 { nulsInFirst += 1 }
            if buffer[index * 2 + 1] == 0 { nulsInSecond += 1 }
        }
        guard nulsInFirst == 0 || nulsInSecond == 0, nulsInFirst + nulsInSecond > units / 32 else { return nil }
        let isBigEndian = nulsInFirst > 0
        return isText(buffer, units: units, isBigEndian: isBigEndian) ? (isBigEndian ? .utf16BE : .utf16LE) : nil
    }

    /// Whether the code units are characters: no control characters, no lone surrogates. Tables of numbers fail this.
    private static func isText(_ buffer: UnsafeRawBufferPointer, units: Int, isBigEndian: Bool) -> Bool {
        var isAfterHighSurrogate = false
        for index in 0..<units {
            let first = UInt16(buffer[index * 2])
            let second = UInt16(buffer[index * 2 + 1])
            let unit = isBigEndian ? first << 8 | second : second << 8 | first
            if unit < 0x20, unit != 0x09, unit != 0x0A, unit != 0x0C, unit != 0x0D { return false }
            if 0x7F..<0xA0 ~= unit || 0xE000..<0xF900 ~= unit || unit >= 0xFFF0 { return false }
            if (unit & 0xFC00 == 0xDC00) != isAfterHighSurrogate { return false }
            isAfterHighSurrogate = unit & 0xFC00 == 0xD800
        }
        return true
    }
}
