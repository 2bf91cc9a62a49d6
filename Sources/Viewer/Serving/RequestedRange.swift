/// What a `Range` header asks of a payload, RFC 9110 section 14.
package enum RequestedRange: Hashable, Sendable {
    /// Everything: nothing else is asked, or not in a way that is answered (several ranges, other units).
    case whole
    case part(Range<Int>)
    case unsatisfiable

    package init(_ header: String?, size: Int) {
        self = .whole
        guard let header else { return }
        let parts = header.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return }
        let ends = parts[1].filter { $0 != " " && $0 != "\t" }.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (.none, .some(let count)) where ends[0].isEmpty:
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        case (.some(let from), .none) where ends[1].isEmpty:
            self = from < size ? .part(from..<size) : .unsatisfiable
        case (.some(let from), .some(let to)) where from <= to:
            self = from < size ? .part(from..<min(to, size - 1) + 1) : .unsatisfiable
        default: break
        }
    }

    /// Digits alone; what is larger than any payload is the largest number there is.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text) ?? .max
    }
}

/// Lists of entity tags, RFC 9110 section 8.8.3.
enum EntityTags {
    /// Whether `header` is `*` or names the tag, be it marked as weak or not.
    static func match(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { part in
            var text = part.drop { $0 == " " || $0 == "\t" }
            while text.last == " " || text.last == "\t" { text.removeLast() }
            if text.hasPrefix("W/") { text = text.dropFirst(2) }
            return text == "*" || text == tag
        }
    }
}
