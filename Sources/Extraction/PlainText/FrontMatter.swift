/// The block of `key: value` lines between `---` lines that site generators put at the top of a page.
struct FrontMatter {
    private(set) var title: String?
    private(set) var authors: [String] = []
    private(set) var published: String?
    private(set) var modified: String?
    private(set) var publisher: String?
    private(set) var url: String?
    private(set) var language: String?
    /// What stands below the headline.
    private(set) var deck: String?
    /// Where the text begins.
    let end: Int

    /// Longer blocks are no front matter.
    private static let mostLines = 400

    init?(_ lines: TextLines) {
        guard let (offset, sign, above) = Self.opening(lines) else { return nil }
        var block = FrontMatterBlock(sign: sign)
        for line in above where !block.take(line, indent: 0) { return nil }
        guard let end = Self.read(lines, from: offset, into: &block), !block.entries.isEmpty else { return nil }
        self.end = end
        for entry in block.entries {
            take(
                entry.key, Self.scalar(entry.value[...]),
                entry.items.map { Self.scalar($0[...]) } + Self.list(entry.value[...]))
        }
    }

    /// Where the block's first line is, and the entries above it: empty lines, and keys that somebody put too high.
    private static func opening(_ lines: TextLines) -> (offset: Int, sign: Character, above: [String])? {
        var offset = 0
        var above: [String] = []
        for _ in 0..<8 {
            guard let line = lines.line(at: offset), line.end - line.start <= 200 else { return nil }
            offset = line.next
            let text = lines.text(line)
            if text == "---" { return (offset, ":", above) }
            if text == "+++" { return (offset, "=", above) }
            if !line.isBlank { above.append(text) }
        }
        return nil
    }

    /// Returns where the text behind the block begins; nil when the block is never closed, or is none.
    private static func read(_ lines: TextLines, from start: Int, into block: inout FrontMatterBlock) -> Int? {
        var offset = start
        for _ in 0..<mostLines {
            guard let line = lines.line(at: offset), line.end - line.start < 20_000 else { return nil }
            offset = line.next
            let text = lines.text(line)
            if line.indent == 0, block.isClosed(by: text) { return offset }
            guard line.isBlank || block.take(text, indent: line.indent) else { return nil }
        }
        return nil
    }

    private mutating func take(_ key: String, _ value: String, _ items: [String]) {
        let text = value.isEmpty ? nil : value
        switch key {
        case "title", "headline": title = title ?? text
        case "date", "published", "publishdate", "published_at", "pubdate", "datepublished":
            published = published ?? text
        case "lastmod", "updated", "modified", "last_modified_at", "last_updated", "datemodified":
            modified = modified ?? text
        case "author", "authors", "byline":
            guard authors.isEmpty else { return }
            authors = items.isEmpty ? (text.map { Byline.authors(in: $0, labelled: true) ?? [$0] } ?? []) : items
        case "publisher", "source", "site", "site_name": publisher = publisher ?? text
        case "deck", "dek", "subtitle", "standfirst", "subheadline":
            deck = deck ?? text.map { String(decoding: MarkdownInline.text(Array($0.utf8)[...]), as: UTF8.self) }
        case "url", "link", "canonical", "canonical_url", "permalink":
            url = url ?? text.flatMap { $0.contains("://") ? $0 : nil }
        case "lang", "language", "locale": language = language ?? text.flatMap { $0.utf8.count <= 12 ? $0 : nil }
        default: break
        }
    }

    private static func scalar(_ raw: Substring) -> String {
        let value = raw.trimmingWhiteSpace()
        if let quote = value.first, quote == "'" || quote == "\"", value.count >= 2, value.last == quote {
            let inner = value.dropFirst().dropLast()
            return WhiteSpace.collapsed(CharacterReferences.decode(unescaped(inner, quote)))
        }
        return WhiteSpace.collapsed(CharacterReferences.decode(value))
    }

    /// `''` inside single quotes, `\"` inside double ones.
    private static func unescaped(_ text: Substring, _ quote: Character) -> String {
        var result = ""
        var skips = false
        for character in text {
            if !skips, character == (quote == "'" ? "'" : "\\") {
                skips = true
                if quote == "'" { result.append(character) }
                continue
            }
            if !(skips && quote == "'" && character == "'") { result.append(character) }
            skips = false
        }
        return result
    }

    /// `[one, "two"]`
    private static func list(_ value: Substring) -> [String] {
        let raw = value.trimmingWhiteSpace()
        guard raw.first == "[", raw.last == "]" else { return [] }
        return raw.dropFirst().dropLast().split(separator: ",").map { scalar($0.drop { $0 == " " }) }.filter {
            !$0.isEmpty
        }
    }
}

/// The lines of front matter, put together to entries.
private struct FrontMatterBlock {
    private(set) var entries: [(key: String, value: String, items: [String])] = []
    /// What stands between key and value.
    private let sign: Character

    private static let longestKey = 40

    init(sign: Character) { self.sign = sign }

    func isClosed(by line: String) -> Bool { sign == ":" ? line == "---" || line == "..." : line == "+++" }

    /// False when the line is none of front matter.
    mutating func take(_ line: String, indent: Int) -> Bool {
        // An apostrophe at the beginning of a value is never closed: the next key ends it.
        if let last = entries.indices.last, isOpen(entries[last].value), indent > 0 || entry(line) == nil {
            entries[last].value = withoutRemark(entries[last].value + " " + line)
            return true
        }
        if line.hasPrefix("#") || (sign == "=" && line.hasPrefix("[")) { return true }
        if line.hasPrefix("- ") || line == "-" {
            guard let last = entries.indices.last else { return false }
            entries[last].items.append(String(line.dropFirst(2)))
            return true
        }
        if indent > 0 {
            guard let last = entries.indices.last else { return false }
            goOn(line, at: last)
            return true
        }
        guard let (key, value) = entry(line) else { return false }
        entries.append((key.lowercased(), value, []))
        return true
    }

    /// A value that goes on in the next line; of the entries below a key only a name says something.
    private mutating func goOn(_ line: String, at last: Int) {
        guard entries[last].items.isEmpty else { return }
        if [">", ">-", "|", "|-"].contains(entries[last].value) {
            entries[last].value = line
        } else if !entries[last].value.isEmpty {
            entries[last].value += " " + line
        } else if let (key, value) = entry(line) {
            if key == "name" { entries[last].value = value }
        } else {
            entries[last].value = line
        }
    }

    private func entry(_ line: String) -> (key: String, value: String)? {
        guard let end = line.utf8.prefix(Self.longestKey + 1).firstIndex(of: sign.asciiValue ?? 0) else { return nil }
        let key = line[..<end].trimmingWhiteSpace()
        let value = line[line.index(after: end)...]
        // "https://…" is no key with its value.
        guard !key.isEmpty, key.utf8.allSatisfy(Self.isKeyPart), sign == "=" || value.isEmpty || value.first == " "
        else {
            return nil
        }
        return (String(key), withoutRemark(String(value.trimmingWhiteSpace())))
    }

    private static func isKeyPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E, 0x22, 0x27: true
        default: false
        }
    }

    /// Whether the value begins with a quotation mark that has not been closed yet.
    private func isOpen(_ value: String) -> Bool {
        guard let quote = value.utf8.first, quote == 0x22 || quote == 0x27 else { return false }
        return end(ofQuoted: value) == nil
    }

    /// `"value" # remark`
    private func withoutRemark(_ value: String) -> String {
        guard let end = end(ofQuoted: value) else { return value }
        return value[end...].trimmingWhiteSpace().first == "#" ? String(value[..<end]) : value
    }

    /// Behind the mark that closes the quotation which the value begins with.
    private func end(ofQuoted value: String) -> String.Index? {
        let bytes = value.utf8
        guard let quote = bytes.first, quote == 0x22 || quote == 0x27 else { return nil }
        var index = bytes.index(after: bytes.startIndex)
        while index < bytes.endIndex {
            let next = bytes.index(after: index)
            if quote == 0x22, bytes[index] == 0x5C {
                guard next < bytes.endIndex else { return nil }
                index = bytes.index(after: next)
            } else if bytes[index] == quote {
                guard quote == 0x27, next < bytes.endIndex, bytes[next] == 0x27 else { return next }
                index = bytes.index(after: next)
            } else {
                index = next
            }
        }
        return nil
    }
}
