/// Whether a text is Markdown: it has marks that other texts do not have.
enum MarkdownSource {
    /// How much of a text is looked at.
    private static let sampleBytes = 512 * 1024

    static func isMarkdown(_ lines: TextLines) -> Bool {
        var headings = 0
        var links = 0
        var strong = 0
        var previous: TextLine?
        var offset = 0
        var isFirst = true
        while offset < sampleBytes, let line = lines.line(at: offset) {
            offset = line.next
            if line.isBlank {
                previous = nil
                continue
            }
            if isHeading(lines, line) {
                headings += 1
                // A title on top, with the sign in front of it, is enough.
                if isFirst { return true }
            }
            if let previous, isUnderline(lines, line, below: previous) { return true }
            isFirst = false
            links += count(lines, line, 0x5D, 0x28, then: isAddressStart)
            strong += count(lines, line, 0x2A, 0x2A, then: { $0 > 0x20 && $0 != 0x2A })
            if links >= 1 || headings >= 2 || strong >= 4 { return true }
            previous = line
        }
        return headings >= 1 && strong >= 2
    }

    private static func isHeading(_ lines: TextLines, _ line: TextLine) -> Bool {
        let level = lines.bytes[line.start..<line.end].prefix { $0 == 0x23 }.count
        guard (1...6).contains(level), line.indent <= 3, line.start + level + 1 < line.end else { return false }
        return lines.bytes[line.start + level] == 0x20 && !(0x30...0x39).contains(lines.bytes[line.start + level + 1])
            || level >= 2 && lines.bytes[line.start + level] == 0x20
    }

    /// `Title` above `=====` or `-----` of about its length.
    private static func isUnderline(_ lines: TextLines, _ line: TextLine, below title: TextLine) -> Bool {
        let bytes = lines.bytes[line.start..<line.end]
        guard let sign = bytes.first, sign == 0x3D || sign == 0x2D, bytes.count >= 3, title.indent == 0,
            bytes.allSatisfy({ $0 == sign })
        else { return false }
        return abs(lines.width(title) - bytes.count) <= 2
    }

    /// The address of a link, not a remark in brackets.
    private static func isAddressStart(_ byte: UInt8) -> Bool {
        [0x68, 0x2F, 0x23, 0x6D, 0x77, 0x2E, 0x3C].contains(byte)
    }

    private static func count(
        _ lines: TextLines, _ line: TextLine, _ first: UInt8, _ second: UInt8, then: (UInt8) -> Bool
    ) -> Int {
        let bytes = lines.bytes[line.start..<line.end]
        var count = 0
        var index = bytes.startIndex
        while let at = bytes[index...].firstIndex(of: first), at + 2 < bytes.endIndex {
            if bytes[at + 1] == second, then(bytes[at + 2]) { count += 1 }
            index = at + 1
        }
        return count
    }
}
