/// The data types of the SSH protocol (RFC 4251, section 5) as OpenSSH's key and signature files use them.
struct SSHReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }
    var rest: [UInt8] { Array(bytes[at...]) }

    mutating func raw(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= bytes.count - at else { return nil }
        defer { at += count }
        return Array(bytes[at..<at + count])
    }

    mutating func uint32() -> UInt32? { raw(4).map { $0.reduce(0) { $0 << 8 | UInt32($1) } } }
    mutating func uint64() -> UInt64? { raw(8).map { $0.reduce(0) { $0 << 8 | UInt64($1) } } }
    mutating func string() -> [UInt8]? { uint32().flatMap { raw(Int($0)) } }
    mutating func text() -> String? { string().flatMap { String(validating: $0, as: UTF8.self) } }
}

enum SSHWire {
    static func uint32(_ value: UInt32) -> [UInt8] {
        [
            UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
            UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value),
        ]
    }
    static func uint64(_ value: UInt64) -> [UInt8] {
        uint32(UInt32(truncatingIfNeeded: value >> 32)) + uint32(UInt32(truncatingIfNeeded: value))
    }
    static func string(_ bytes: [UInt8]) -> [UInt8] { uint32(UInt32(bytes.count)) + bytes }
    static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }
}

/// Text between BEGIN and END lines, as OpenSSH writes keys and signatures: 70 columns of base64.
enum Armor {
    static func encode(_ bytes: [UInt8], label: String) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var line = Base64.encode(bytes)[...]
        while !line.isEmpty {
            text += line.prefix(70) + "\n"
            line = line.dropFirst(70)
        }
        return text + "-----END \(label)-----\n"
    }

    /// Nil unless `text` is, to the byte, what `encode` writes: no other spelling of the same value passes.
    static func decode(_ text: String, label: String) -> [UInt8]? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines[0] == "-----BEGIN \(label)-----",
            lines[lines.count - 2] == "-----END \(label)-----",
            let bytes = Base64.decode(lines[1..<lines.count - 2].joined()),
            Array(encode(bytes, label: label).utf8) == Array(text.utf8)
        else { return nil }
        return bytes
    }
}
