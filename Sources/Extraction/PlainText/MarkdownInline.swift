/// Takes the marks out of a line of Markdown and leaves its words: emphasis, links, images, code, HTML, escapes,
/// character references, shortcodes of site generators. One pass, whatever the text.
struct MarkdownInline {
    private let bytes: ArraySlice<UInt8>
    private var output: [UInt8] = []
    /// Places in `output` of marks that might open emphasis, and of brackets that might open links.
    private var emphasis: [(at: Int, length: Int, mark: UInt8)] = []
    private var brackets: [(at: Int, isImage: Bool)] = []
    private var removed: [Range<Int>] = []
    /// How many bytes may still be searched for the ends of links: bounds the whole, however many are left open.
    private var budget: Int
    /// Where the next `>` and the next `}}` are, once they have been looked for.
    private var nextClosing: Int?
    private var nextBraces: Int?

    /// More open marks than this are text.
    private static let mostOpen = 64

    static func text(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(where: isSpecial) else { return Array(bytes) }
        var inline = MarkdownInline(bytes: bytes)
        return inline.read()
    }

    private init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        budget = 8 * bytes.count + 4096
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        // ! & * < [ \ ] _ ` { ~
        case 0x21, 0x26, 0x2A, 0x3C, 0x5B, 0x5C, 0x5D, 0x5F, 0x60, 0x7B, 0x7E: true
        default: false
        }
    }

    private mutating func read() -> [UInt8] {
        output.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let byte = bytes[at]
            switch byte {
            case 0x5C: at = escape(at)
            case 0x2A, 0x5F, 0x7E: at = mark(at)
            case 0x21 where self[at + 1] == 0x5B:
                open(isImage: true)
                at += 2
            case 0x5B:
                open(isImage: false)
                at += 1
            case 0x5D: at = close(at)
            case 0x3C: at = tag(at)
            case 0x60: at = code(at)
            case 0x26: at = reference(at)
            case 0x7B: at = shortcode(at)
            default:
                output.append(byte)
                at += 1
            }
        }
        return withoutRemoved()
    }

    private subscript(_ index: Int) -> UInt8? {
        index >= bytes.startIndex && index < bytes.endIndex ? bytes[index] : nil
    }

    private mutating func escape(_ at: Int) -> Int {
        guard let next = self[at + 1] else { return at + 1 }
        let isPunctuation =
            (0x21...0x2F).contains(next) || (0x3A...0x40).contains(next) || (0x5B...0x60).contains(next)
            || (0x7B...0x7E).contains(next)
        if !isPunctuation { output.append(0x5C) }
        output.append(next)
        return at + 2
    }

    /// `*`, `_` and `~~`: opens where something follows, closes what it matches.
    private mutating func mark(_ at: Int) -> Int {
        let mark = bytes[at]
        var end = at
        while self[end] == mark { end += 1 }
        let length = end - at
        let before = self[at - 1]
        let after = self[end]
        let followsSpace = isSpace(before)
        let precedesSpace = isSpace(after)
        // An underscore inside a word is a letter of it.
        let isInsideWord = mark == 0x5F && isWord(before) && isWord(after)
        let start = output.count
        output.append(contentsOf: bytes[at..<end])
        guard !isInsideWord, length <= 3, mark != 0x7E || length == 2 else { return end }
        if !followsSpace, let opener = emphasis.lastIndex(where: { $0.mark == mark && $0.length == length }) {
            removed.append(emphasis[opener].at..<emphasis[opener].at + length)
            removed.append(start..<start + length)
            emphasis.removeSubrange(opener...)
        } else if !precedesSpace, emphasis.count < Self.mostOpen {
            emphasis.append((start, length, mark))
        }
        return end
    }

    private func isSpace(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 } ?? true }

    private func isWord(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    private mutating func open(isImage: Bool) {
        if brackets.count >= Self.mostOpen { brackets.removeFirst(Self.mostOpen / 2) }
        brackets.append((output.count, isImage))
        if isImage { output.append(0x21) }
        output.append(0x5B)
    }

    /// `](address "title")`, `][label]`, and a bracket that closes nothing.
    private mutating func close(_ at: Int) -> Int {
        guard let bracket = brackets.popLast(), let end = target(after: at) else {
            output.append(0x5D)
            return at + 1
        }
        if bracket.isImage {
            // The text of an image is no text of the article; a line that is only an image is read as its caption.
            removed.append(bracket.at..<output.count)
        } else {
            removed.append(bracket.at..<bracket.at + 1)
        }
        return end
    }

    private mutating func target(after at: Int) -> Int? {
        guard let open = self[at + 1], open == 0x28 || open == 0x5B else { return nil }
        let closing: UInt8 = open == 0x28 ? 0x29 : 0x5D
        var depth = 0
        var index = at + 1
        let limit = min(bytes.endIndex, at + min(4096, budget))
        defer { budget -= min(budget, index - at) }
        while index < limit {
            if bytes[index] == 0x5C {
                index += 2
                continue
            }
            if bytes[index] == open { depth += 1 }
            if bytes[index] == closing {
                depth -= 1
                if depth == 0 { return isTarget(at + 2..<index, open) ? index + 1 : nil }
            }
            index += 1
        }
        return nil
    }

    /// "[Moscow] (the city)" is no link: an address has no spaces but before its title.
    private func isTarget(_ range: Range<Int>, _ open: UInt8) -> Bool {
        let inside = bytes[range]
        if open == 0x5B { return !inside.contains(0x5B) && inside.count <= 200 }
        guard let space = inside.firstIndex(of: 0x20), !inside.starts(with: [0x7B, 0x7B]) else { return true }
        let title = inside[space...].drop { $0 == 0x20 }
        return title.first.map { $0 == 0x22 || $0 == 0x27 || $0 == 0x28 } ?? true
    }

    /// `<br>`, `<https://example.org>`, comments. A lone `<` is text.
    private mutating func tag(_ at: Int) -> Int {
        guard let next = self[at + 1],
            next == 0x2F || next == 0x21 || (0x41...0x5A).contains(next) || (0x61...0x7A).contains(next),
            let end = closing(after: at), end - at <= 4096
        else {
            output.append(0x3C)
            return at + 1
        }
        let inside = bytes[(at + 1)..<end]
        if inside.contains(0x3A) || inside.contains(0x40), !inside.contains(0x20), !inside.contains(0x3D) {
            output.append(contentsOf: inside)
        } else if HTMLTagName.separates(inside) {
            output.append(0x20)
        }
        return end + 1
    }

    private mutating func closing(after at: Int) -> Int? {
        if let nextClosing, nextClosing >= at { return nextClosing < bytes.endIndex ? nextClosing : nil }
        let found = bytes[at...].firstIndex(of: 0x3E)
        nextClosing = found ?? bytes.endIndex
        return found
    }

    private mutating func braces(after at: Int) -> Int? {
        if let nextBraces, nextBraces >= at { return nextBraces < bytes.endIndex ? nextBraces : nil }
        var index = at
        while index + 1 < bytes.endIndex, bytes[index] != 0x7D || bytes[index + 1] != 0x7D { index += 1 }
        nextBraces = index + 1 < bytes.endIndex ? index : bytes.endIndex
        return index + 1 < bytes.endIndex ? index : nil
    }

    private mutating func code(_ at: Int) -> Int {
        var end = at
        while self[end] == 0x60 { end += 1 }
        return end
    }

    private mutating func reference(_ at: Int) -> Int {
        guard let semicolon = bytes[at...].prefix(12).firstIndex(of: 0x3B) else {
            output.append(0x26)
            return at + 1
        }
        output += CharacterReferences.decode(String(decoding: bytes[at...semicolon], as: UTF8.self)).utf8
        return semicolon + 1
    }

    /// `{{< img … >}}`, `{{% … %}}`: instructions to a site generator.
    private mutating func shortcode(_ at: Int) -> Int {
        guard self[at + 1] == 0x7B, let kind = self[at + 2], kind == 0x3C || kind == 0x25 else {
            output.append(0x7B)
            return at + 1
        }
        if let end = braces(after: at + 3), end - at <= 4096 { return end + 2 }
        output.append(0x7B)
        return at + 1
    }

    private func withoutRemoved() -> [UInt8] {
        guard !removed.isEmpty else { return output }
        var text: [UInt8] = []
        text.reserveCapacity(output.count)
        var from = 0
        for range in removed.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > from { text += output[from..<range.lowerBound] }
            from = max(from, range.upperBound)
        }
        return text + output[from...]
    }
}

/// Names of HTML elements as they occur in Markdown.
enum HTMLTagName {
    /// Whether the element stands between words rather than inside one.
    static func separates(_ tag: ArraySlice<UInt8>) -> Bool {
        ![
            "b", "i", "em", "strong", "a", "span", "u", "s", "sup", "sub", "small", "code", "mark", "abbr", "font",
            "wbr",
        ]
        .contains(name(tag))
    }

    static func name(_ tag: ArraySlice<UInt8>) -> String {
        String(
            decoding: tag.drop { $0 == 0x2F }.prefix {
                (0x30...0x39).contains($0) || $0 | 0x20 > 0x60 && $0 | 0x20 < 0x7B
            }, as: UTF8.self
        )
        .lowercased()
    }
}
