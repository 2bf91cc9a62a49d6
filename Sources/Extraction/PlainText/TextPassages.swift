/// Takes a text without markup apart: lines that belong together become one passage.
struct TextPassages {
    private let lines: TextLines
    private let wrapping: LineWrapping
    private var list = PassageList()
    private var current: [UInt8] = []
    private var form = Passage.Form.unmarked
    private var gap = 0
    /// The line that `current` ends with.
    private var last: TextLine?
    private var lastNumber: Int?

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> [Passage] {
        let lines = TextLines(bytes: bytes)
        var reader = TextPassages(lines: lines, wrapping: LineWrapping(of: lines))
        return reader.read()
    }

    private init(lines: TextLines, wrapping: LineWrapping) {
        self.lines = lines
        self.wrapping = wrapping
    }

    private mutating func read() -> [Passage] {
        var offset = 0
        var empty = 0
        while let line = lines.line(at: offset) {
            offset = line.next
            if line.isBlank || lines.isRule(line) {
                close()
                // A rule divides more than an empty line does.
                empty += line.isBlank ? 1 : 2
                continue
            }
            if let last, wrapping.joins(last, line, in: lines), !startsItem(line) {
                join(line)
            } else {
                close()
                open(line, gap: empty)
            }
            empty = 0
        }
        close()
        return list.finish()
    }

    private func startsItem(_ line: TextLine) -> Bool {
        ListMarker.starts(lines, line) || (lines.bytes[line.start] == 0x3E && form != .quotation)
    }

    private mutating func open(_ line: TextLine, gap: Int) {
        self.gap = gap
        form = .unmarked
        var start = line.start
        if lines.bytes[start] == 0x3E, line.end > start + 1 {
            form = .quotation
            start = quoteEnd(line)
        } else if let bullet = ListMarker.bulletLength(lines.bytes, line.start..<line.end) {
            form = .listItem
            start += bullet
        } else if let (value, _) = ListMarker.number(lines.bytes, line.start..<line.end) {
            // One number alone may be a date or a year: "3. November". The number stays: it is text.
            if value == 1 || lastNumber.map({ $0 + 1 == value }) == true { form = .listItem }
            lastNumber = value
        }
        WhiteSpace.appendCollapsed(lines.bytes, start..<line.end, to: &current)
        last = line
    }

    private mutating func join(_ line: TextLine) {
        let start = form == .quotation ? quoteEnd(line) : line.start
        if needsSpace(before: start, line) { current.append(0x20) }
        WhiteSpace.appendCollapsed(lines.bytes, start..<line.end, to: &current)
        last = line
    }

    /// After `>`, `>>` and the spaces between.
    private func quoteEnd(_ line: TextLine) -> Int {
        var at = line.start
        while at < line.end, lines.bytes[at] == 0x3E {
            at = WhiteSpace.end(in: lines.bytes, from: at + 1, limit: line.end)
        }
        return at
    }

    /// Chinese and Japanese have no space where a line was broken, nor has a word broken after its hyphen.
    private func needsSpace(before start: Int, _ line: TextLine) -> Bool {
        guard let end = current.last, start < line.end else { return false }
        if end == 0x2D { return current.dropLast().last == 0x20 }
        let above = Self.breadth(of: current[(current.lastIndex { $0 & 0xC0 != 0x80 } ?? 0)...])
        let below = Self.breadth(of: Array(lines.bytes[start..<min(line.end, start + 3)])[...])
        return !(above == .wide && below != .narrow || above == .sign && below == .wide)
    }

    private enum Breadth { case wide, sign, narrow }

    /// Of the character that the bytes begin with. Quotation marks and dashes are as wide as the script they stand in.
    private static func breadth(of bytes: ArraySlice<UInt8>) -> Breadth {
        guard let lead = bytes.first, let second = bytes.dropFirst().first else { return .narrow }
        switch lead {
        case 0xE3...0xE9: return .wide
        case 0xEF: return second == 0xBC || second == 0xBD ? .wide : .narrow
        case 0xE2: return second == 0x80 ? .sign : .narrow
        default: return .narrow
        }
    }

    private mutating func close() {
        guard last != nil else { return }
        last = nil
        list.append(&current, form: form, gap: gap)
    }
}
