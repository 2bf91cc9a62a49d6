private import Crypto

/// An OpenSSH signature over a message in a namespace (OpenSSH's PROTOCOL.sshsig).
///
/// `ssh-keygen -Y verify` checks what this writes, and this checks what `ssh-keygen -Y sign` writes, whatever the kind of key.
package struct SSHSignature: Sendable {
    /// What a signature may be for: one made for a bundle can never pass for a manifest's.
    package enum Namespace: String, Sendable, CaseIterable {
        case manifest = "stet-manifest"
        case bundle = "stet-bundle"
        case keyChange = "stet-key-change"
        /// What lies on an encrypted remote, by a key that is only that remote's.
        case remote = "stet-remote"
    }

    package let publicKey: PublicKey
    package let namespace: String
    private let hashAlgorithm: String
    private let signature: [UInt8]

    private static let magic = Array("SSHSIG".utf8)
    private static let label = "SSH SIGNATURE"

    package init(
        signing message: [UInt8], namespace: Namespace, with identity: some SigningIdentity
    ) throws(SyncError) {
        publicKey = identity.publicKey
        self.namespace = namespace.rawValue
        hashAlgorithm = "sha512"
        let signed = Self.signedBytes(message, namespace: namespace.rawValue, hash: hashAlgorithm)
        signature = try identity.signature(of: signed)
        // An agent can answer anything; nothing that we would refuse may leave this machine.
        switch SignatureVerification(key: publicKey).verdict(signature, over: signed) {
        case .good: break
        case .unusableKey(let weakness): throw .unusableKey(publicKey.fingerprint, weakness.description)
        case .weakAlgorithm(let name): throw .unusableKey(publicKey.fingerprint, "its holder signs with \(name)")
        case .untouched: throw .unusableKey(publicKey.fingerprint, "it signed without being touched")
        case .bad: throw .unusableKey(publicKey.fingerprint, "its holder gave a signature that is not valid")
        }
    }

    private static func signedBytes(_ message: [UInt8], namespace: String, hash: String) -> [UInt8] {
        let digest = hash == "sha256" ? Array(SHA256.hash(data: message)) : Array(SHA512.hash(data: message))
        return magic + SSHWire.string(namespace) + SSHWire.string("") + SSHWire.string(hash) + SSHWire.string(digest)
    }

    /// The text of a `.sig` file.
    package var armored: String {
        let blob =
            Self.magic + SSHWire.uint32(1) + SSHWire.string(publicKey.blob) + SSHWire.string(namespace)
            + SSHWire.string("")
            + SSHWire.string(hashAlgorithm) + SSHWire.string(signature)
        return Armor.encode(blob, label: Self.label)
    }

    /// Nil unless `text` is exactly one signature, spelled as OpenSSH spells it.
    package init?(armored text: String) {
        guard let blob = Armor.decode(text, label: Self.label) else { return nil }
        var reader = SSHReader(blob)
        guard reader.raw(6) == Self.magic, reader.uint32() == 1, let keyBlob = reader.string(),
            let key = PublicKey(blob: keyBlob), let namespace = reader.text(), reader.string() == [],
            let hash = reader.text(), hash == "sha512" || hash == "sha256", let signature = reader.string(),
            reader.isAtEnd
        else { return nil }
        publicKey = key
        self.namespace = namespace
        hashAlgorithm = hash
        self.signature = signature
    }

    /// Whether the signature is `publicKey`'s over `message`, and if not, why. Says nothing about whose key that is.
    package func verdict(for message: [UInt8]) -> SignatureVerdict {
        let signed = Self.signedBytes(message, namespace: namespace, hash: hashAlgorithm)
        return SignatureVerification(key: publicKey).verdict(signature, over: signed)
    }

    package func isValid(for message: [UInt8]) -> Bool { verdict(for: message) == .good }
}
