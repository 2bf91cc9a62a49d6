internal import Crypto
internal import CryptoExtras

/// The digests that timestamps and certificates may be made with. SHA-1 is none of them.
enum DigestKind: String, Sendable {
    case sha256 = "2.16.840.1.101.3.4.2.1"
    case sha384 = "2.16.840.1.101.3.4.2.2"
    case sha512 = "2.16.840.1.101.3.4.2.3"

    func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        switch self {
        case .sha256: return Array(SHA256.hash(data: bytes))
        case .sha384: return Array(SHA384.hash(data: bytes))
        case .sha512: return Array(SHA512.hash(data: bytes))
        }
    }

    /// AlgorithmIdentifier: parameters are NULL or absent.
    init(_ algorithm: inout DERReader) throws(DERError) {
        let name = try algorithm.object()
        _ = try algorithm.optional(DERTag.null)
        try algorithm.finish()
        guard let kind = DigestKind(rawValue: name) else { throw DERError("the digest \(name) is not accepted") }
        self = kind
    }
}

/// How a signature was made: RSA (PKCS #1 v1.5) or ECDSA, over a digest.
struct SignatureKind: Hashable, Sendable {
    enum Family: Hashable, Sendable { case rsa, ecdsa }
    let family: Family
    /// Nil where only the digest stated elsewhere counts.
    let digest: DigestKind?

    private static let known: [String: SignatureKind] = [
        "1.2.840.113549.1.1.1": .init(family: .rsa, digest: nil),
        "1.2.840.113549.1.1.11": .init(family: .rsa, digest: .sha256),
        "1.2.840.113549.1.1.12": .init(family: .rsa, digest: .sha384),
        "1.2.840.113549.1.1.13": .init(family: .rsa, digest: .sha512),
        "1.2.840.10045.4.3.2": .init(family: .ecdsa, digest: .sha256),
        "1.2.840.10045.4.3.3": .init(family: .ecdsa, digest: .sha384),
        "1.2.840.10045.4.3.4": .init(family: .ecdsa, digest: .sha512),
    ]

    private init(family: Family, digest: DigestKind?) {
        self.family = family
        self.digest = digest
    }

    init(_ algorithm: inout DERReader) throws(DERError) {
        let name = try algorithm.object()
        _ = try algorithm.optional(DERTag.null)
        try algorithm.finish()
        guard let kind = Self.known[name] else { throw DERError("the signature algorithm \(name) is not accepted") }
        self = kind
    }
}

/// A public key as certificates hold it (SubjectPublicKeyInfo): RSA of 2,048 bits or more, or one of the three NIST curves.
enum CertifiedKey: Sendable {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)

    /// Nil for keys of other kinds, and for those that are too weak or no keys.
    init?(information: [UInt8]) {
        if let key = try? P256.Signing.PublicKey(derRepresentation: information) {
            self = .p256(key)
        } else if let key = try? P384.Signing.PublicKey(derRepresentation: information) {
            self = .p384(key)
        } else if let key = try? P521.Signing.PublicKey(derRepresentation: information) {
            self = .p521(key)
        } else if let key = try? _RSA.Signing.PublicKey(derRepresentation: information) {
            self = .rsa(key)
        } else {
            return nil
        }
    }

    /// - Parameter digest: used where `kind` names none; where it does, both must be the same.
    func isValid(_ signature: [UInt8], over message: [UInt8], _ kind: SignatureKind, digest: DigestKind) -> Bool {
        guard kind.digest == nil || kind.digest == digest else { return false }
        switch digest {
        case .sha256: return isValid(signature, SHA256.hash(data: message), kind.family)
        case .sha384: return isValid(signature, SHA384.hash(data: message), kind.family)
        case .sha512: return isValid(signature, SHA512.hash(data: message), kind.family)
        }
    }

    private func isValid(_ signature: [UInt8], _ digest: some Digest, _ family: SignatureKind.Family) -> Bool {
        switch (self, family) {
        case (.rsa(let key), .rsa):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(signature, for: digest, padding: .insecurePKCS1v1_5)
        case (.p256(let key), .ecdsa):
            let parsed = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            return parsed.map { key.isValidSignature($0, for: digest) } ?? false
        case (.p384(let key), .ecdsa):
            let parsed = try? P384.Signing.ECDSASignature(derRepresentation: signature)
            return parsed.map { key.isValidSignature($0, for: digest) } ?? false
        case (.p521(let key), .ecdsa):
            let parsed = try? P521.Signing.ECDSASignature(derRepresentation: signature)
            return parsed.map { key.isValidSignature($0, for: digest) } ?? false
        default: return false
        }
    }
}
