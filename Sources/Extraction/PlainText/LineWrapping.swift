/// Whether and how a text is broken into lines of one width, as mail and wire services do.
struct LineWrapping {
    /// The width the lines are filled to; nil when a line is a paragraph.
    let width: Int?

    /// How much of a text is looked at: every decision must cost the same however long the text is.
    private static let sampleBytes = 512 * 1024

    init(of lines: TextLines) {
        width = Self.measure(Self.joints(lines))
    }

    /// Two lines with nothing between them.
    private struct Joint {
        let width: Int
        let firstWord: Int
        let continues: Bool
    }

    /// Nil when there are too many long lines for a text that is wrapped.
    private static func joints(_ lines: TextLines) -> [Joint]? {
        var joints: [Joint] = []
        var filled = 0
        var long = 0
        var previous: (line: TextLine, width: Int)?
        var offset = 0
        while offset < sampleBytes, let line = lines.line(at: offset) {
            offset = line.next
            guard !line.isBlank, !lines.isRule(line) else {
                previous = nil
                continue
            }
            let width = lines.width(line)
            filled += 1
            if width > 100 { long += 1 }
            if let (above, aboveWidth) = previous, aboveWidth <= 100, !ListMarker.starts(lines, line) {
                let continues =
                    isLowercase(lines, line) ?? !LineEnding.endsSentence(lines.bytes[above.start..<above.end])
                joints.append(Joint(width: aboveWidth, firstWord: firstWord(lines, line), continues: continues))
            }
            previous = (line, width)
        }
        return long * 20 > filled ? nil : joints
    }

    /// Greedily filled lines are known by their width. Lines broken by hand are ragged, but nearly all of them go on in
    /// the next with a small letter.
    private static func measure(_ joints: [Joint]?) -> Int? {
        guard let joints, joints.count >= 3 else { return nil }
        let widths = joints.map(\.width).sorted()
        let width = widths[(widths.count - 1) * 9 / 10]
        guard width >= 40 else { return nil }
        // Labels and names stand on short lines in wrapped texts too.
        let lines = joints.filter { $0.width * 2 >= width }
        let full = lines.count { isFull($0.width, $0.firstWord, width) }
        let continuing = lines.count(where: \.continues)
        if lines.count >= 3, full * 4 >= lines.count * 3, continuing * 2 >= lines.count { return width }
        return width >= 56 && lines.count >= 4 && continuing * 10 >= lines.count * 7 ? width : nil
    }

    /// Whether `below` goes on with the paragraph that `above` is part of.
    func joins(_ above: TextLine, _ below: TextLine, in lines: TextLines) -> Bool {
        guard let width, below.indent <= above.indent + 1 || below.indent == 0 else { return false }
        let aboveWidth = lines.width(above)
        if Self.isFull(aboveWidth, Self.firstWord(lines, below), width) { return aboveWidth <= width * 5 / 4 }
        if LineEnding.endsSentence(lines.bytes[above.start..<above.end]) { return false }
        return aboveWidth * 2 >= width && Self.isLowercase(lines, below) == true || aboveWidth * 4 >= width * 3
    }

    /// A line is full when the next word would not have fitted; lines filled by hand end a little earlier.
    private static func isFull(_ width: Int, _ firstWord: Int, _ target: Int) -> Bool {
        (width + 1 + firstWord) * 100 >= target * 92
    }

    private static func firstWord(_ lines: TextLines, _ line: TextLine) -> Int {
        let bytes = lines.bytes[line.start..<min(line.end, line.start + 120)]
        guard let first = bytes.first, !(0xE3...0xED).contains(first) else { return 2 }
        return TextWidth.of(bytes.prefix { $0 != 0x20 && $0 != 0x09 })
    }

    /// Nil in scripts without case.
    private static func isLowercase(_ lines: TextLines, _ line: TextLine) -> Bool? {
        let start = String(decoding: lines.bytes[line.start..<min(line.end, line.start + 24)], as: UTF8.self)
        guard let letter = start.unicodeScalars.first(where: { $0.properties.isAlphabetic }) else { return true }
        if letter.properties.isLowercase { return true }
        return letter.properties.isUppercase ? false : nil
    }
}

/// How a line ends.
enum LineEnding {
    typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// Whether the last sign, quotation marks and brackets aside, closes a sentence.
    static func endsSentence(_ bytes: Bytes) -> Bool {
        switch lastSign(bytes) {
        case ".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "።", "։": true
        default: false
        }
    }

    static func endsSentence(_ text: String) -> Bool {
        Array(text.utf8.suffix(64)).withUnsafeBufferPointer { endsSentence($0[...]) }
    }

    /// Whether it closes with a colon, a semicolon or a comma: more is to come.
    static func isOpen(_ bytes: Bytes) -> Bool {
        switch lastSign(bytes) {
        case ":", ";", ",", "：", "；", "，", "、", "،", "؛": true
        default: false
        }
    }

    private static func lastSign(_ bytes: Bytes) -> Unicode.Scalar? {
        var end = bytes.endIndex
        let limit = max(bytes.startIndex, end - 64)
        while end > limit {
            var start = end - 1
            while start > limit, bytes[start] & 0xC0 == 0x80 { start -= 1 }
            guard let scalar = scalar(bytes[start..<end]) else { return nil }
            if !isClosing(scalar) { return scalar }
            end = start
        }
        return nil
    }

    private static func scalar(_ bytes: Bytes) -> Unicode.Scalar? {
        guard let lead = bytes.first else { return nil }
        let bits = lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1F : lead < 0xF0 ? lead & 0x0F : lead & 0x07
        return Unicode.Scalar(bytes.dropFirst().reduce(UInt32(bits)) { $0 << 6 | UInt32($1 & 0x3F) })
    }

    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "'", "”", "’", "»", ")", "]", "}", "›", "„", "“", "‘", "」", "』", "）", "】", "*", "_", " ": true
        case "\u{200E}", "\u{200F}", "\u{202C}", "\u{FFFD}", "\u{A0}": true
        default: false
        }
    }
}

/// The sign in front of an item of a list.
enum ListMarker {
    /// Bytes of the bullet and the space after it; nil when the line begins with none.
    static func bulletLength(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard range.count >= 3 else { return nil }
        let at = range.lowerBound
        let length: Int
        switch (bytes[at], bytes[at + 1], bytes[at + 2]) {
        case (0x2D, _, _), (0x2A, _, _), (0x2B, _, _): length = 1
        case (0xC2, 0xB7, _): length = 2
        case (0xE2, 0x80, 0xA2), (0xE2, 0x80, 0xA3), (0xE2, 0x97, 0x8F), (0xE2, 0x97, 0x8B), (0xE2, 0x96, 0xAA),
            (0xE2, 0x96, 0xA0), (0xE2, 0x97, 0xA6), (0xE2, 0x81, 0x83):
            length = 3
        default: return nil
        }
        var end = at + length
        while end < range.upperBound,
            let (white, width) = WhiteSpace.length(in: bytes, at: end, limit: range.upperBound),
            width > 0
        { end += white }
        // Bullets proper may touch the text, a hyphen must not: "-5 degrees".
        guard end > at + length || length == 3, end < range.upperBound else { return nil }
        return end - at
    }

    /// The number in front of "1. ", "1) " or "(1) "; nil when there is none.
    static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> (value: Int, length: Int)? {
        var at = range.lowerBound
        let bracketed = at < range.upperBound && bytes[at] == 0x28
        if bracketed { at += 1 }
        var value = 0
        var digits = 0
        while at < range.upperBound, (0x30...0x39).contains(bytes[at]), digits < 4 {
            value = value * 10 + Int(bytes[at] - 0x30)
            digits += 1
            at += 1
        }
        guard (1...3).contains(digits), at + 2 < range.upperBound,
            bytes[at] == 0x29 || (bytes[at] == 0x2E && !bracketed),
            bytes[at + 1] == 0x20
        else { return nil }
        return (value, at + 2 - range.lowerBound)
    }

    static func starts(_ lines: TextLines, _ line: TextLine) -> Bool {
        bulletLength(lines.bytes, line.start..<line.end) != nil || number(lines.bytes, line.start..<line.end) != nil
    }
}
