/// Takes a Markdown text apart into passages (CommonMark's blocks, as far as an article has them; tables row by row).
struct MarkdownPassages {
    private let lines: TextLines
    private var list = PassageList()
    private var current: [UInt8] = []
    private var form = Passage.Form.paragraph
    private var gap = 0
    private var isOpen = false
    private var collapsed: [UInt8] = []
    /// The sign and length of the fence of the code block being read.
    private var fence: (sign: UInt8, length: Int)?

    static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Passage] {
        var reader = MarkdownPassages(lines: TextLines(bytes: bytes))
        return reader.read(from: start)
    }

    private init(lines: TextLines) { self.lines = lines }

    private mutating func read(from start: Int) -> [Passage] {
        var offset = start
        var empty = 0
        while let line = lines.line(at: offset) {
            offset = line.next
            if line.isBlank {
                close()
                empty += 1
                continue
            }
            take(line, gap: empty)
            empty = 0
        }
        close()
        return list.finish()
    }

    private mutating func take(_ line: TextLine, gap: Int) {
        let bytes = lines.bytes[line.start..<line.end]
        if takeFence(bytes) { return }
        if fence != nil {
            isOpen ? append(line.start..<line.end) : open(.paragraph, line.start..<line.end, gap: gap)
        } else if isOpen, form == .paragraph, isUnderline(bytes) {
            form = .heading
            close()
        } else if isRule(bytes) || isTableRule(bytes) || isDefinition(bytes) || isShortcodeOnly(line) {
            close()
        } else if let (_, text) = heading(line) {
            close()
            open(.heading, text, gap: gap)
            close()
        } else if bytes.first == 0x3E {
            quotation(line, gap: gap)
        } else if let length = itemLength(line) {
            close()
            open(.listItem, line.start + length..<line.end, gap: gap)
        } else if bytes.first == 0x7C {
            tableRow(line, gap: gap)
        } else if let html = htmlForm(bytes) {
            close()
            open(html, line.start..<line.end, gap: gap)
        } else if isOpen, !startsMetadata(line) {
            append(line.start..<line.end)
        } else {
            close()
            open(.paragraph, line.start..<line.end, gap: gap)
        }
    }

    private mutating func open(_ form: Passage.Form, _ range: Range<Int>, gap: Int) {
        self.form = form
        self.gap = gap
        isOpen = true
        append(range)
    }

    private mutating func append(_ range: Range<Int>) {
        if !current.isEmpty { current.append(0x0A) }
        current.append(contentsOf: UnsafeBufferPointer(rebasing: lines.bytes[range]))
    }

    private mutating func close() {
        guard isOpen else { return }
        isOpen = false
        let image = form == .paragraph ? MarkdownImage.caption(current[...]) : nil
        let text = image ?? MarkdownInline.text(current[...])
        current.removeAll(keepingCapacity: true)
        text.withUnsafeBufferPointer { bytes in
            let start = WhiteSpace.end(in: bytes, from: 0, limit: bytes.count)
            WhiteSpace.appendCollapsed(bytes, start..<bytes.count, to: &collapsed)
        }
        list.append(&collapsed, form: image == nil ? form : .caption, gap: gap)
    }

    /// `~~~` and three backticks open and close code, which is kept as one paragraph.
    private mutating func takeFence(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let sign = bytes.first, sign == 0x60 || sign == 0x7E else { return false }
        let length = bytes.prefix { $0 == sign }.count
        guard length >= 3 else { return false }
        if let open = fence {
            guard open.sign == sign, length >= open.length, bytes.count == length else { return false }
            fence = nil
        } else {
            fence = (sign, length)
        }
        close()
        return true
    }

    private func isUnderline(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let sign = bytes.first, sign == 0x3D || sign == 0x2D, bytes.count >= 2 || sign == 0x3D else {
            return false
        }
        return bytes.allSatisfy { $0 == sign }
    }

    /// `---`, `* * *`, `___`, also escaped as converters write them: `\* \* \*`.
    private func isRule(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard bytes.count <= 200, let sign = bytes.first(where: { $0 != 0x5C }), [0x2D, 0x2A, 0x5F].contains(sign)
        else { return false }
        return bytes.allSatisfy { $0 == sign || $0 == 0x20 || $0 == 0x5C } && bytes.count(where: { $0 == sign }) >= 3
    }

    private func isTableRule(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.first.map { $0 == 0x7C || $0 == 0x3A || $0 == 0x2D } == true && bytes.contains(0x7C)
            && bytes.contains(0x2D)
            && bytes.allSatisfy { $0 == 0x7C || $0 == 0x2D || $0 == 0x3A || $0 == 0x20 }
    }

    /// `[label]: address`
    private func isDefinition(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard bytes.first == 0x5B, let close = bytes.prefix(200).firstIndex(of: 0x5D), close > bytes.startIndex + 1
        else { return false }
        let after = bytes[(close + 1)...]
        guard after.first == 0x3A else { return false }
        let address = after.dropFirst().drop { $0 == 0x20 }
        return !address.isEmpty && address.first != 0x5B && bytes.dropFirst().first != 0x5E
            && (address.contains(0x2F) || address.first == 0x23) && !address.prefix { $0 != 0x20 }.isEmpty
    }

    private func isShortcodeOnly(_ line: TextLine) -> Bool {
        let bytes = lines.bytes[line.start..<line.end]
        guard bytes.starts(with: [0x7B, 0x7B]), bytes.suffix(2).elementsEqual([0x7D, 0x7D]) else { return false }
        return MarkdownImage.caption(Array(bytes)[...]) == nil
            && MarkdownInline.text(Array(bytes)[...]).allSatisfy { $0 <= 0x20 }
    }

    /// `# Heading`, `## Heading ##`
    private func heading(_ line: TextLine) -> (level: Int, text: Range<Int>)? {
        let level = lines.bytes[line.start..<line.end].prefix { $0 == 0x23 }.count
        guard (1...6).contains(level), line.start + level < line.end, lines.bytes[line.start + level] <= 0x20 else {
            return nil
        }
        var end = line.end
        while end > line.start + level, lines.bytes[end - 1] == 0x23 { end -= 1 }
        return (level, line.start + level + 1..<max(end, line.start + level + 1))
    }

    private mutating func quotation(_ line: TextLine, gap: Int) {
        var start = line.start
        while start < line.end, lines.bytes[start] == 0x3E {
            start = WhiteSpace.end(in: lines.bytes, from: start + 1, limit: line.end)
        }
        guard start < line.end else { return close() }
        if isOpen, form == .quotation {
            append(start..<line.end)
        } else {
            close()
            open(.quotation, start..<line.end, gap: gap)
        }
    }

    private func itemLength(_ line: TextLine) -> Int? {
        let range = line.start..<line.end
        return ListMarker.bulletLength(lines.bytes, range) ?? ListMarker.number(lines.bytes, range)?.length
    }

    private mutating func tableRow(_ line: TextLine, gap: Int) {
        close()
        form = .paragraph
        self.gap = gap
        for cell in Array(lines.bytes[line.start..<line.end]).split(separator: 0x7C) {
            MarkdownInline.text(cell).withUnsafeBufferPointer { bytes in
                let start = WhiteSpace.end(in: bytes, from: 0, limit: bytes.count)
                guard start < bytes.count else { return }
                if !collapsed.isEmpty { collapsed += " | ".utf8 }
                WhiteSpace.appendCollapsed(bytes, start..<bytes.count, to: &collapsed)
                if collapsed.last == 0x20 { collapsed.removeLast() }
            }
        }
        list.append(&collapsed, form: .paragraph, gap: gap)
    }

    /// The element that a line of HTML begins with, where it begins a block.
    private func htmlForm(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Passage.Form? {
        guard bytes.first == 0x3C, bytes.count > 2 else { return nil }
        switch HTMLTagName.name(Array(bytes.dropFirst().prefix(16))[...]) {
        case "li": return .listItem
        case "h1", "h2", "h3", "h4", "h5", "h6": return .heading
        case "blockquote": return .quotation
        case "figcaption": return .caption
        case "p", "div", "section", "article", "ul", "ol", "table", "tr", "td", "th", "figure", "header", "footer",
            "dl", "dt", "dd",
            "br", "hr":
            return .paragraph
        default: return nil
        }
    }

    /// Labels at the top stand one below the other without empty lines: "Date: …", "Source: …".
    private func startsMetadata(_ line: TextLine) -> Bool {
        guard form == .paragraph, list.passages.count < 12, line.end - line.start <= 200 else {
            return false
        }
        return MetadataLine(
            String(decoding: MarkdownInline.text(Array(lines.bytes[line.start..<line.end])[...]), as: UTF8.self)) != nil
    }
}

/// A paragraph that is a picture and nothing else: its caption, else its description, is the line below the picture.
enum MarkdownImage {
    static func caption(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let text = bytes.drop { $0 <= 0x20 }
        guard text.count <= 4096 else { return nil }
        if text.starts(with: [0x21, 0x5B]), let close = text.firstIndex(of: 0x5D), text.last == 0x29,
            text[text.index(after: close)...].first == 0x28, text.count(where: { $0 == 0x5B }) == 1
        {
            let description = text[text.startIndex + 2..<close]
            return description.isEmpty ? nil : Array(description)
        }
        guard text.starts(with: "{{".utf8), let at = range(of: Array("caption=\"".utf8), in: text),
            let end = text[at...].firstIndex(of: 0x22), end > at, text.suffix(2).elementsEqual([0x7D, 0x7D])
        else { return nil }
        return MarkdownInline.text(text[at..<end])
    }

    /// Where the text after `needle` begins.
    private static func range(of needle: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= needle.count else { return nil }
        for start in text.startIndex...(text.endIndex - needle.count) where text[start] == needle[0] {
            if text[start..<start + needle.count].elementsEqual(needle) { return start + needle.count }
        }
        return nil
    }
}
