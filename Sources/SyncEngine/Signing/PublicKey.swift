private import Crypto

/// An OpenSSH public key of any kind.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// `ssh-ed25519`, `ecdsa-sha2-nistp256` …
    public let kind: String
    /// The key as SSH encodes it.
    let blob: [UInt8]

    /// Nil unless `blob` begins with the name of a key kind.
    init?(blob: [UInt8]) {
        var reader = SSHReader(blob)
        guard let kind = reader.text(), !kind.isEmpty, kind.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        if kind == Self.ed25519, reader.string()?.count != 32 || !reader.isAtEnd { return nil }
        self.kind = kind
        self.blob = blob
    }

    init(ed25519 raw: [UInt8]) {
        kind = Self.ed25519
        blob = SSHWire.string(Self.ed25519) + SSHWire.string(raw)
    }

    static let ed25519 = "ssh-ed25519"

    /// Reads `KIND BASE64 [COMMENT]`, one line, as in a `.pub` file.
    public init?(_ text: String) {
        guard let (key, _) = Self.parse(text) else { return nil }
        self = key
    }

    /// The key and its comment.
    package static func parse(_ text: String) -> (key: PublicKey, comment: String)? {
        let parts = text.trimmingSpaces().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2, !text.trimmingSpaces().contains("\n"), let blob = Base64.decode(parts[1]),
            let key = PublicKey(blob: blob), key.kind == parts[0]
        else { return nil }
        return (key, parts.count == 3 ? String(parts[2]).trimmingSpaces() : "")
    }

    /// `KIND BASE64`, without a comment.
    public var description: String { "\(kind) \(Base64.encode(blob))" }

    /// `SHA256:…`, as `ssh-keygen -l` prints it.
    public var fingerprint: String {
        let digest = SHA256.hash(data: blob)
        var text = Base64.encode(Array(digest))
        while text.hasSuffix("=") { text.removeLast() }
        return "SHA256:" + text
    }

    /// The 32 bytes of an Ed25519 key; nil for other kinds.
    var ed25519Bytes: [UInt8]? {
        var reader = SSHReader(blob)
        guard reader.text() == Self.ed25519 else { return nil }
        return reader.string()
    }
}

extension StringProtocol {
    /// Without spaces, tabs and line ends at both ends.
    func trimmingSpaces() -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        var text = Substring(self)
        while let first = text.first, isSpace(first) { text.removeFirst() }
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }
}
