/// Web and mail addresses in running text.
enum Address {
    private static let longest = 300

    /// Whether a token is part of one.
    static func holds(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        var first = token
        var last = token
        let start = reading.tokens[token].start
        while first > range.lowerBound, reading.tokens[first - 1].end == reading.tokens[first].start,
            start - reading.tokens[first].start < longest
        { first -= 1 }
        while last + 1 < range.upperBound, reading.tokens[last + 1].start == reading.tokens[last].end,
            reading.tokens[last].end - start < longest
        { last += 1 }
        let text = reading.bytes[reading.tokens[first].start..<reading.tokens[last].end]
        let isWeb = text.indices.contains {
            text[$0...].starts(with: "://".utf8) || text[$0...].starts(with: "www.".utf8)
        }
        return isWeb || (text.contains(UInt8(ascii: "@")) && text.contains(UInt8(ascii: ".")))
    }
}
