/// The block of `key: value` lines between `---` lines that site generators put at the top of a page.
struct FrontMatter {
    private(set) var title: String?
    private(set) var authors: [String] = []
    private(set) var published: String?
    private(set) var modified: String?
    private(set) var publisher: String?
    private(set) var url: String?
    private(set) var language: String?
    /// Where the text begins.
    let end: Int

    /// Longer blocks are no front matter.
    private static let mostLines = 400

    init?(_ lines: TextLines) {
        guard let first = lines.line(at: 0), lines.text(first) == "---" else { return nil }
        var offset = first.next
        var entries: [(key: String, value: String, items: [String])] = []
        var closed = false
        for _ in 0..<Self.mostLines {
            guard let line = lines.line(at: offset), line.end - line.start < 20_000 else { return nil }
            offset = line.next
            let text = lines.text(line)
            if line.indent == 0, text == "---" || text == "..." {
                closed = true
                break
            }
            if text.hasPrefix("- "), !entries.isEmpty {
                entries[entries.count - 1].items.append(Self.scalar(text.dropFirst(2)))
            } else if line.indent == 0, let colon = text.firstIndex(of: ":"), !text.hasPrefix("#") {
                let value = text[text.index(after: colon)...].drop { $0 == " " }
                entries.append((text[..<colon].lowercased(), Self.scalar(value), Self.list(value)))
            } else if line.indent > 0, !line.isBlank, let last = entries.indices.last,
                entries[last].items.isEmpty, !text.contains(": ")
            {
                // A value that goes on in the next line.
                let isFolded = [">", ">-", "|", "|-"].contains(entries[last].value)
                entries[last].value =
                    isFolded || entries[last].value.isEmpty ? Self.scalar(text[...]) : entries[last].value + " " + text
            }
        }
        guard closed, !entries.isEmpty else { return nil }
        end = offset
        for entry in entries { take(entry.key, entry.value, entry.items) }
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
    private static func list(_ raw: Substring) -> [String] {
        guard raw.first == "[", raw.last == "]" else { return [] }
        return raw.dropFirst().dropLast().split(separator: ",").map { scalar($0.drop { $0 == " " }) }.filter {
            !$0.isEmpty
        }
    }
}
