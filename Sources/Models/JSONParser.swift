/// What is wrong with bytes that should be JSON, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        case unexpectedEnd = "it ends too early"
        case unexpectedByte = "an unexpected character"
        case badNumber = "a number that is not a plain integer within ±(2^53 − 1)"
        case badString = "a string that is not valid"
        case duplicateName = "a name that stands twice in one object"
        case tooDeep = "too many levels"
        case notCanonical = "not in canonical form (RFC 8785)"
    }
    public let reason: Reason
    /// In bytes from the start.
    public let offset: Int
    public var description: String { "\(reason.rawValue), at byte \(offset)" }
}

extension JSON {
    /// Parses strictly: RFC 8259, no duplicate names, integers only, at most 64 levels, nothing after the value.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }

    /// Parses bytes that must be exactly what `canonicalBytes` would write: one value has one spelling, so nothing can be
    /// hidden in another one.
    public init(canonical bytes: [UInt8]) throws(JSONError) {
        self = try JSON(parsing: bytes)
        let again = canonicalBytes
        guard again == bytes else {
            let same = zip(again, bytes).prefix { $0 == $1 }.count
            throw JSONError(reason: .notCanonical, offset: same)
        }
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    mutating func document() throws(JSONError) -> JSON {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw error(.unexpectedByte) }
        return value
    }

    private func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: at) }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private func peek() throws(JSONError) -> UInt8 {
        guard at < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[at]
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard try peek() == byte else { throw error(.unexpectedByte) }
        at += 1
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < 64 else { throw error(.tooDeep) }
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
        for byte in word.utf8 { try expect(byte) }
        return value
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = at
        if try peek() == UInt8(ascii: "-") { at += 1 }
        let digits = at
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
        guard at > digits else { throw error(.unexpectedByte) }
        let leadingZero = bytes[digits] == UInt8(ascii: "0") && (at > digits + 1 || digits > start)
        let more = at < bytes.count && [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[at])
        guard !leadingZero, !more, let value = Int64(String(decoding: bytes[start..<at], as: UTF8.self)),
            (-JSON.largestInteger...JSON.largestInteger).contains(value)
        else { throw error(.badNumber) }
        return .integer(value)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        at += 1
        var items: [JSON] = []
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            at += 1
            return .array(items)
        }
        while true {
            skipSpace()
            items.append(try value(depth: depth + 1))
            skipSpace()
            if try peek() == UInt8(ascii: ",") {
                at += 1
                continue
            }
            try expect(UInt8(ascii: "]"))
            return .array(items)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        at += 1
        var members: [JSON.Member] = []
        // As bytes: strings compare as equal when they are only spelled alike in Unicode, and those are different names.
        var names: Set<[UInt8]> = []
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            at += 1
            return .object(members)
        }
        while true {
            skipSpace()
            let name = try string()
            guard names.insert(Array(name.utf8)).inserted else { throw error(.duplicateName) }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            members.append(JSON.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if try peek() == UInt8(ascii: ",") {
                at += 1
                continue
            }
            try expect(UInt8(ascii: "}"))
            return .object(members)
        }
    }

    private mutating func string() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        var units: [UInt8] = []
        while true {
            let byte = try peek()
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw error(.badString) }
                return text
            case UInt8(ascii: "\\"): try escape(into: &units)
            case 0..<0x20: throw error(.badString)
            default: units.append(byte)
            }
        }
    }

    private mutating func escape(into units: inout [UInt8]) throws(JSONError) {
        let byte = try peek()
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(byte)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "u"):
            var code = try hexUnit()
            if (0xD800..<0xDC00).contains(code) {
                try expect(UInt8(ascii: "\\"))
                try expect(UInt8(ascii: "u"))
                let low = try hexUnit()
                guard (0xDC00..<0xE000).contains(low) else { throw error(.badString) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error(.badString) }
            units += UTF8.encode(scalar).map(Array.init) ?? []
        default: throw error(.badString)
        }
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        guard at + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        let digits = bytes[at..<at + 4]
        let isHex = digits.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
        guard isHex, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw error(.badString)
        }
        at += 4
        return code
    }
}
