/// A JSON value as stet uses it: integers only, and objects that keep the order in which they were written.
///
/// Two writers exist for it: `canonicalBytes` for what is hashed or signed, and `text` for what is printed.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Of 1,000. For printing only: nothing that is hashed or signed holds a fraction.
    case share(thousandths: Int)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One name and value of an object.
    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: JSON
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The value of the first member called `name`, nil when there is none or this is no object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    public var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    public var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    public var array: [JSON]? {
        guard case .array(let items) = self else { return nil }
        return items
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// The text, or null.
    public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
    public init(_ number: Int) { self = .integer(Int64(number)) }
    public init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}

extension JSON {
    /// RFC 8785 (JCS): members sorted by their names' UTF-16 code units, no white space, the shortest escapes.
    ///
    /// Numbers are integers within ±(2^53 − 1), for which JCS and plain decimal agree; a larger one is a programming error
    /// and traps, because a hash of it would not be what another implementation computes.
    public var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256)
        write(into: &out, canonical: true)
        return out
    }

    /// One line, members in the order given: for printing, never for hashing.
    public var text: String {
        var out: [UInt8] = []
        out.reserveCapacity(256)
        write(into: &out, canonical: false)
        return String(decoding: out, as: UTF8.self)
    }

    static let largestInteger: Int64 = (1 << 53) - 1

    private func write(into out: inout [UInt8], canonical: Bool) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .integer(let value):
            precondition(!canonical || value.magnitude <= UInt64(Self.largestInteger), "not exact in JCS: \(value)")
            out += String(value).utf8
        case .share(let thousandths):
            precondition(!canonical, "a fraction has no place in canonical JSON")
            let digits = String(1000 + max(0, min(1000, thousandths)))
            out += (thousandths >= 1000 ? "1.000" : "0." + digits.suffix(3)).utf8
        case .string(let value): Self.write(value, into: &out)
        case .array(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.write(into: &out, canonical: canonical)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            let ordered =
                canonical ? members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) } : members
            for (index, member) in ordered.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.name, into: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(into: &out, canonical: canonical)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for unit in text.utf8 {
            switch unit {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x08: out += "\\b".utf8
            case 0x09: out += "\\t".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0C: out += "\\f".utf8
            case 0x0D: out += "\\r".utf8
            case 0..<0x20: out += "\\u00\(Hex.encode([unit]))".utf8
            default: out.append(unit)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
