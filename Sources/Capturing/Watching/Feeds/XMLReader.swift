/// Reads XML as feeds are made of it, in one pass: start tags, end tags and text.
///
/// Feeds come from strangers. Document type declarations are passed over, so no entity but XML's own five and character references is ever
/// expanded; depth, names, attributes and texts are bounded; what is not well formed ends the reading or is passed over, and what was read
/// before stands.
struct XMLReader {
    enum Event: Equatable {
        case start(name: String, attributes: [String: String])
        case end(name: String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var at = 0
    private var open: [String] = []
    private var pending: Event?

    private static let deepest = 64
    private static let mostAttributes = 64
    private static let longestName = 256
    /// Of a text or an attribute's value; the rest is left out.
    static let longestText = 1 << 16

    /// - Parameter utf8: well-formed.
    init(_ utf8: [UInt8]) { bytes = utf8 }

    /// Nil at the end, and where what follows cannot be XML.
    mutating func next() -> Event? {
        if let event = pending {
            pending = nil
            return event
        }
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else { return text() }
            if follows("<!--") {
                skip(past: "-->")
            } else if follows("<![CDATA[") {
                return cdata()
            } else if follows(
                "<?")
            {
                skip(past: "?>")
            } else if follows("<!") {
                skipDeclaration()
            } else if follows("</") {
                if let event = endTag() { return event }
            } else {
                return startTag()
            }
        }
        return nil
    }

    private func follows(_ mark: StaticString) -> Bool {
        mark.withUTF8Buffer { mark in bytes.count - at >= mark.count && bytes[at..<at + mark.count].elementsEqual(mark)
        }
    }

    private mutating func skip(past mark: StaticString) {
        while at < bytes.count, !follows(mark) { at += 1 }
        at = min(bytes.count, at + mark.utf8CodeUnitCount)
    }

    /// With its internal subset, which may hold anything.
    private mutating func skipDeclaration() {
        var depth = 0
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">") where depth <= 0:
                at += 1
                return
            default: break
            }
            at += 1
        }
    }

    private mutating func text() -> Event {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        return .text(Self.unescaped(bytes[start..<at]))
    }

    private mutating func cdata() -> Event {
        at += 9
        let start = at
        while at < bytes.count, !follows("]]>") { at += 1 }
        let end = at
        at = min(bytes.count, at + 3)
        return .text(String(decoding: bytes[start..<end].prefix(Self.longestText), as: UTF8.self))
    }

    private mutating func name() -> String? {
        let start = at
        while at < bytes.count, !Self.endsName(bytes[at]) { at += 1 }
        guard at > start, at - start <= Self.longestName else { return nil }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "<")].contains(byte)
    }

    private mutating func skipBlanks() {
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    }

    private mutating func startTag() -> Event? {
        at += 1
        guard let name = name(), open.count < Self.deepest else { return stop() }
        var attributes: [String: String] = [:]
        while true {
            skipBlanks()
            guard at < bytes.count else { return nil }
            if bytes[at] == UInt8(ascii: ">") {
                at += 1
                open.append(name)
                return .start(name: name, attributes: attributes)
            }
            if follows("/>") {
                at += 2
                pending = .end(name: name)
                return .start(name: name, attributes: attributes)
            }
            guard let (key, value) = attribute(), attributes.count < Self.mostAttributes else { return stop() }
            attributes[key] = value
        }
    }

    private mutating func attribute() -> (String, String)? {
        guard let key = name() else { return nil }
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return nil }
        at += 1
        skipBlanks()
        guard at < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[at]) else { return nil }
        let quote = bytes[at]
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != quote { at += 1 }
        guard at < bytes.count else { return nil }
        defer { at += 1 }
        return (key, Self.unescaped(bytes[start..<at]))
    }

    /// Nil for the end of what was never begun.
    private mutating func endTag() -> Event? {
        at += 2
        guard let name = name() else { return stop() }
        skip(past: ">")
        guard let place = open.lastIndex(of: name) else { return nil }
        open.removeSubrange(place...)
        return .end(name: name)
    }

    private mutating func stop() -> Event? {
        at = bytes.count
        return nil
    }

    private static let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    static func unescaped(_ part: ArraySlice<UInt8>) -> String {
        let part = part.prefix(longestText)
        guard part.contains(UInt8(ascii: "&")) else { return String(decoding: part, as: UTF8.self) }
        var out = ""
        var rest = part
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            out += String(decoding: rest[..<mark], as: UTF8.self)
            let after = rest[(mark + 1)...]
            guard let end = after.prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let meant = reference(String(decoding: after[..<end], as: UTF8.self))
            else {
                out += "&"
                rest = after
                continue
            }
            out += meant
            rest = after[(end + 1)...]
        }
        return out + String(decoding: rest, as: UTF8.self)
    }

    private static func reference(_ name: String) -> String? {
        if let known = named[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    }
}
