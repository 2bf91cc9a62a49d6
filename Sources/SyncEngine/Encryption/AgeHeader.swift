internal import Crypto

/// One recipient's share of an age header: arguments and a body that wraps the file's key.
struct AgeStanza: Hashable, Sendable {
    let arguments: [String]
    let body: [UInt8]

    var kind: String { arguments[0] }

    var text: String {
        var text = "-> " + arguments.joined(separator: " ") + "\n"
        var rest = body[...]
        while rest.count >= 48 {
            text += Base64.encodeRaw(Array(rest.prefix(48))) + "\n"
            rest = rest.dropFirst(48)
        }
        return text + Base64.encodeRaw(Array(rest)) + "\n"
    }
}

extension Base64 {
    static func encodeRaw(_ bytes: [UInt8]) -> String {
        var text = encode(bytes)
        while text.utf8.last == UInt8(ascii: "=") { text.removeLast() }
        return text
    }

    /// Nil unless `text` is the one spelling without padding.
    static func decodeRaw(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.hasSuffix("=") else { return nil }
        return decode(String(text) + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}

/// The textual head of an age file.
struct AgeHeader: Sendable {
    static let versionLine = "age-encryption.org/v1"

    let stanzas: [AgeStanza]
    private let mac: [UInt8]
    /// What the MAC is over.
    private let authenticated: [UInt8]

    init(stanzas: [AgeStanza], fileKey: SymmetricKey) {
        self.stanzas = stanzas
        authenticated = Array((Self.versionLine + "\n" + stanzas.map(\.text).joined() + "---").utf8)
        mac = Self.mac(of: authenticated, fileKey: fileKey)
    }

    fileprivate init(stanzas: [AgeStanza], mac: [UInt8], authenticated: [UInt8]) {
        self.stanzas = stanzas
        self.mac = mac
        self.authenticated = authenticated
    }

    var encoded: [UInt8] { authenticated + Array(" \(Base64.encodeRaw(mac))\n".utf8) }

    func isAuthentic(with fileKey: SymmetricKey) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: authenticated, using: Self.macKey(fileKey))
    }

    private static func mac(of bytes: [UInt8], fileKey: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: macKey(fileKey)))
    }

    private static func macKey(_ fileKey: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: fileKey, salt: [UInt8](), info: Array("header".utf8), outputByteCount: 32)
    }
}

/// Reads a header line by line, and nothing beyond it.
struct AgeHeaderParser: Sendable {
    /// More than any list of recipients needs: without a bound a file without end would be read into memory.
    static let mostBytes = 1 << 20

    private enum State: Sendable { case version, stanza, body }

    private var state = State.version
    private var bytes: [UInt8] = []
    private var lineStart = 0
    private var stanzas: [AgeStanza] = []
    private var arguments: [String] = []
    private var body: [UInt8] = []

    /// Takes a byte; gives the header with its last one.
    mutating func take(_ byte: UInt8) throws(AgeError) -> AgeHeader? {
        bytes.append(byte)
        guard bytes.count <= Self.mostBytes else { throw .unsupported("a header of more than 1 MiB") }
        if state == .version, byte != UInt8(ascii: "\n") {
            let start = Array("age-encryption.org/".utf8)
            guard bytes.count > 256 || bytes.prefix(start.count).elementsEqual(start.prefix(bytes.count)) else {
                throw .badHeader("it does not begin as an age file")
            }
            guard bytes.count <= 256 else { throw .badHeader("its version line has no end") }
        }
        guard byte == UInt8(ascii: "\n") else { return nil }
        let line = bytes[lineStart..<bytes.count - 1]
        lineStart = bytes.count
        guard let text = String(validating: line, as: UTF8.self) else { throw .badHeader("a line is not ASCII") }
        switch state {
        case .version: try takeVersion(text)
        case .stanza: return try takeStart(text)
        case .body: try takeBody(text)
        }
        return nil
    }

    /// Said when the bytes end before the header does.
    var truncation: AgeError {
        bytes.isEmpty ? .badHeader("it is empty") : .badHeader("it ends within the header")
    }

    private mutating func takeVersion(_ line: String) throws(AgeError) {
        guard line == AgeHeader.versionLine else {
            let version = line.dropFirst("age-encryption.org/".utf8.count)
            guard !version.isEmpty, version.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw .badHeader("its first line is no version")
            }
            throw .unsupported("version \(version) of the age format")
        }
        state = .stanza
    }

    private mutating func takeStart(_ line: String) throws(AgeError) -> AgeHeader? {
        if line.hasPrefix("-> ") {
            let parts = line.dropFirst(3).split(separator: " ", omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }) else {
                throw .badHeader("a recipient's arguments are malformed")
            }
            arguments = parts.map(String.init)
            body = []
            state = .body
            return nil
        }
        guard line.hasPrefix("--- "), line.utf8.count == 47, let mac = Base64.decodeRaw(line.dropFirst(4)) else {
            throw .badHeader("a line is neither a recipient's nor the last")
        }
        guard !stanzas.isEmpty else { throw .badHeader("it has no recipients") }
        return AgeHeader(stanzas: stanzas, mac: mac, authenticated: Array(bytes.dropLast(45)))
    }

    private mutating func takeBody(_ line: String) throws(AgeError) {
        guard line.utf8.count <= 64, let part = Base64.decodeRaw(line) else {
            throw .badHeader("a recipient's body is malformed")
        }
        body += part
        guard line.utf8.count < 64 else { return }
        stanzas.append(AgeStanza(arguments: arguments, body: body))
        state = .stanza
    }
}
