/// JSON as pages embed it: read leniently, because a trailing comma should not cost a date. Values that are not needed are
/// skipped; nothing here is ever hashed or signed.
indirect enum LooseJSON {
    case text(String)
    case list([LooseJSON])
    case object([String: LooseJSON])
    /// Numbers, true, false and null.
    case other(String)

    /// Nil when the text is not even nearly JSON. Several values one after the other are a list.
    init?(_ bytes: [UInt8]) {
        var reader = LooseJSONReader(bytes: bytes)
        var values: [LooseJSON] = []
        while reader.skipToValue(), values.count < 100, let value = reader.value(depth: 0) { values.append(value) }
        guard let first = values.first else { return nil }
        self = values.count == 1 ? first : .list(values.flatMap(\.items))
    }

    subscript(name: String) -> LooseJSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// A text, or the number as it was written; nil of anything else.
    var scalar: String? {
        switch self {
        case .text(let text): text
        case .other(let text): text == "null" || text == "true" || text == "false" ? nil : text
        case .list(let items): items.count == 1 ? items[0].scalar : nil
        case .object: nil
        }
    }

    /// The items of a list; anything else is a list of itself.
    var items: [LooseJSON] {
        if case .list(let items) = self { return items }
        return [self]
    }
}

private struct LooseJSONReader {
    let bytes: [UInt8]
    var at = 0

    /// Past comments and what else stands around the value: `//<![CDATA[`.
    mutating func skipToValue() -> Bool {
        while at < bytes.count, bytes[at] != UInt8(ascii: "{"), bytes[at] != UInt8(ascii: "[") || isCDATA { at += 1 }
        return at < bytes.count
    }

    private var isCDATA: Bool {
        (at > 1 && bytes[at - 1] == UInt8(ascii: "!")) || (at > 5 && bytes[at - 1] == UInt8(ascii: "A"))
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: ";") { at += 1 }
    }

    mutating func value(depth: Int) -> LooseJSON? {
        skipSpace()
        guard at < bytes.count, depth < 40 else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return list(depth: depth)
        case UInt8(ascii: "\""): return .text(string())
        default:
            let start = at
            while at < bytes.count,
                bytes[at].isASCIILetter || bytes[at].isASCIIDigit || [0x2B, 0x2D, 0x2E].contains(bytes[at])
            { at += 1 }
            return at > start ? .other(String(decoding: bytes[start..<at], as: UTF8.self)) : nil
        }
    }

    private mutating func object(depth: Int) -> LooseJSON? {
        at += 1
        var members: [String: LooseJSON] = [:]
        while true {
            skipSeparators()
            guard at < bytes.count else { return .object(members) }
            if bytes[at] == UInt8(ascii: "}") {
                at += 1
                return .object(members)
            }
            // What has been read is not lost when the rest is broken.
            guard bytes[at] == UInt8(ascii: "\"") else { return .object(members) }
            let name = string()
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return .object(members) }
            at += 1
            guard let value = value(depth: depth + 1) else { return .object(members) }
            if members[name] == nil { members[name] = value }
        }
    }

    private mutating func list(depth: Int) -> LooseJSON? {
        at += 1
        var items: [LooseJSON] = []
        while true {
            skipSeparators()
            guard at < bytes.count else { return .list(items) }
            if bytes[at] == UInt8(ascii: "]") {
                at += 1
                return .list(items)
            }
            guard let value = value(depth: depth + 1) else { return .list(items) }
            items.append(value)
        }
    }

    private mutating func skipSeparators() {
        skipSpace()
        while at < bytes.count, bytes[at] == UInt8(ascii: ",") {
            at += 1
            skipSpace()
        }
    }

    private mutating func string() -> String {
        at += 1
        var units: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") || !endsString {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count {
                at += 1
                escape(into: &units)
                at += 1
            } else {
                let start = at
                at += 1
                while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
                units += bytes[start..<at]
            }
        }
        at += 1
        return String(decoding: units, as: UTF8.self)
    }

    /// Whether the quotation mark at `at` ends a text: one that is meant to stand in it has something else behind it.
    private var endsString: Bool {
        var next = at + 1
        var isNewLine = false
        while next < bytes.count, next < at + 64, bytes[next] <= 0x20 {
            isNewLine = isNewLine || bytes[next] == 0x0A
            next += 1
        }
        guard next < bytes.count, next < at + 64 else { return true }
        switch bytes[next] {
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ";"): return true
        default: return isNewLine
        }
    }

    /// `at` stands on the character behind the backslash, and on the escape's last one afterwards.
    private mutating func escape(into units: inout [UInt8]) {
        switch bytes[at] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"):
            units.append(0x20)
        case UInt8(ascii: "u"):
            guard var code = hex(at + 1) else { return }
            at += 4
            if (0xD800..<0xDC00).contains(code), at + 6 < bytes.count, bytes[at + 1] == UInt8(ascii: "\\"),
                let low = hex(at + 3),
                (0xDC00..<0xE000).contains(low)
            {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                at += 6
            }
            units += Array(String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}").utf8)
        default: units.append(bytes[at])
        }
    }

    private func hex(_ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        return UInt32(String(decoding: bytes[start..<start + 4], as: UTF8.self), radix: 16)
    }
}
