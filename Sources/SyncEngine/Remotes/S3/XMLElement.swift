/// An element of the XML that S3 servers answer with: names, text and children, no attributes.
///
/// Read strictly, and less than XML allows: no document type, so no entities but the five that XML itself has; no comments, no CDATA,
/// no processing instructions after the first line.
package struct XMLElement: Hashable, Sendable {
    /// Without its prefix.
    package let name: String
    /// What stands directly in it; for one with children the white space between them is dropped.
    package fileprivate(set) var text = ""
    package fileprivate(set) var children: [XMLElement] = []

    /// The text of the first child of that name.
    package subscript(name: String) -> String? { children.first { $0.name == name }?.text }

    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// Nil when it is not XML of that kind.
    package init?(parsing bytes: [UInt8]) {
        var parser = XMLParser(bytes: bytes)
        guard let root = parser.document() else { return nil }
        self = root
    }

    fileprivate init(name: String) { self.name = name }
}

private struct XMLParser {
    let bytes: [UInt8]
    var at = 0

    private static let deepest = 16

    mutating func document() -> XMLElement? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        // A server that takes long may send spaces, so that nobody takes it for dead.
        skipSpace()
        if starts(with: "<?xml") {
            guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")), bytes[end - 1] == UInt8(ascii: "?") else {
                return nil
            }
            at = end + 1
        }
        skipSpace()
        guard let root = element(depth: 0) else { return nil }
        skipSpace()
        return at == bytes.count ? root : nil
    }

    private mutating func element(depth: Int) -> XMLElement? {
        guard depth < Self.deepest, take("<"), let name = name() else { return nil }
        guard let isEmpty = skipAttributes() else { return nil }
        let local = name.split(separator: ":").last.map(String.init) ?? name
        var element = XMLElement(name: local)
        if isEmpty { return element }
        var text: [UInt8] = []
        while true {
            guard at < bytes.count else { return nil }
            if starts(with: "</") {
                at += 2
                guard self.name() == name else { return nil }
                skipSpace()
                guard take(">") else { return nil }
                break
            }
            if bytes[at] == UInt8(ascii: "<") {
                guard let child = self.element(depth: depth + 1) else { return nil }
                element.children.append(child)
            } else if bytes[at] == UInt8(ascii: "&") {
                guard let scalar = reference() else { return nil }
                text += Array(String(Character(scalar)).utf8)
            } else {
                text.append(bytes[at])
                at += 1
            }
        }
        guard let decoded = String(validating: text, as: UTF8.self) else { return nil }
        if element.children.isEmpty { element.text = decoded }
        return element
    }

    /// Whether the tag ends the element, too; nil when it is malformed.
    private mutating func skipAttributes() -> Bool? {
        while true {
            skipSpace()
            if take(">") { return false }
            if take("/") { return take(">") ? true : nil }
            guard name() != nil, take("=") else { return nil }
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
                let end = bytes[(at + 1)...].firstIndex(of: bytes[at])
            else { return nil }
            at = end + 1
        }
    }

    private mutating func name() -> String? {
        let start = at
        while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
        return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    private mutating func reference() -> Unicode.Scalar? {
        guard let end = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
        at = end + 1
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let isHex = name.hasPrefix("#x")
            return UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap { Unicode.Scalar($0) }
        }
    }

    private func starts(with text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

    private mutating func take(_ text: String) -> Bool {
        guard starts(with: text) else { return false }
        at += text.utf8.count
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }
}
