private import Crypto

/// An OpenSSH public key of any kind.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// `ssh-ed25519`, `ecdsa-sha2-nistp256` …
    public let kind: String
    /// The key as SSH encodes it.
    let blob: [UInt8]
    let material: KeyMaterial

    /// Nil unless `blob` begins with the name of a key kind, and is a key of that kind where stet knows the kind.
    init?(blob: [UInt8]) {
        var reader = SSHReader(blob)
        guard let kind = reader.text(), !kind.isEmpty, kind.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let material = KeyMaterial(kind: kind, rest: reader.rest)
        else { return nil }
        self.kind = kind
        self.blob = blob
        self.material = material
    }

    init(ed25519 raw: [UInt8]) {
        kind = Self.ed25519
        blob = SSHWire.string(Self.ed25519) + SSHWire.string(raw)
        material = .ed25519(raw)
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
        guard case .ed25519(let raw) = material else { return nil }
        return raw
    }

    /// Whether signing needs somebody's touch on a security key.
    public var isHardware: Bool {
        switch material {
        case .hardwareEd25519, .hardwareECDSA: true
        default: false
        }
    }

    /// Why no signature of this key can ever be believed; nil where one can.
    public var weakness: KeyWeakness? {
        switch material {
        case .rsa(_, let modulus) where KeyMaterial.bits(modulus) < KeyMaterial.fewestBits:
            .tooShort(bits: KeyMaterial.bits(modulus))
        case .rsa(_, let modulus) where KeyMaterial.bits(modulus) > KeyMaterial.mostBits:
            .tooLong(bits: KeyMaterial.bits(modulus))
        case .certificate: .certificate
        case .unknown: .unknownKind(kind)
        default: nil
        }
    }

    public static func == (a: PublicKey, b: PublicKey) -> Bool { a.blob == b.blob }
    public func hash(into hasher: inout Hasher) { hasher.combine(blob) }
}

/// Why a key is never believed, whoever holds it.
public enum KeyWeakness: Hashable, Sendable, CustomStringConvertible {
    /// RSA that can be broken, or soon will be.
    case tooShort(bits: Int)
    case tooLong(bits: Int)
    case certificate
    case unknownKind(String)

    public var description: String {
        switch self {
        case .tooShort(let bits): "it is an RSA key of \(bits) bits, and \(KeyMaterial.fewestBits) are the least"
        case .tooLong(let bits): "it is an RSA key of \(bits) bits, and \(KeyMaterial.mostBits) are the most"
        case .certificate: "it is a certificate, and certificates are not followed"
        case .unknownKind(let kind): "keys of kind \(kind) are not known to this version"
        }
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
