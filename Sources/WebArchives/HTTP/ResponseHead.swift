/// The status line and the header fields of an HTTP response, read from the bytes that were received (RFC 9112).
///
/// Servers and archives deviate, so reading is lenient: lines end with CR LF or LF, what has no colon continues the line before if it begins
/// with a blank (obsolete folding) and is passed over if it does not, bytes that are not UTF-8 are taken as ISO 8859-1. The bytes
/// themselves are the evidence; this is only what they mean.
public struct ResponseHead: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Between 100 and 999.
    public let status: Int
    /// In the order received.
    public let fields: [Field]

    /// Readers keep heads in memory: none has more fields than this.
    public static let mostFields = 1_000

    /// Nil where there is no status line.
    public init?(parsing bytes: [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), let status = Self.status(of: Self.trimmed(first)) else { return nil }
        var fields: [Field] = []
        for line in lines {
            let text = Self.trimmed(line)
            if text.isEmpty { break }
            guard fields.count < Self.mostFields else { break }
            if let start = line.first, start == UInt8(ascii: " ") || start == UInt8(ascii: "\t") {
                guard let last = fields.popLast() else { continue }
                fields.append(Field(name: last.name, value: "\(last.value) \(Self.text(text))"))
            } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
                let name = Self.text(Self.trimmed(text[..<colon]))
                fields.append(Field(name: name, value: Self.text(Self.trimmed(text[text.index(after: colon)...]))))
            }
        }
        self.status = status
        self.fields = fields
    }

    /// The first field of a name, whatever its case.
    public subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// All fields of a name, in order.
    public func values(of name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    private static func status(of line: ArraySlice<UInt8>) -> Int? {
        guard line.starts(with: Array("HTTP/".utf8)) else { return nil }
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard parts.count > 1, parts[1].count == 3, let status = Int(text(parts[1])), status >= 100 else { return nil }
        return status
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return rest
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(UnicodeScalar(byte)) }
        return text
    }
}
