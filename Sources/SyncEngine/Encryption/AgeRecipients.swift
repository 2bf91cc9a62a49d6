internal import Crypto
private import CryptoExtras
internal import Models
internal import Storage

/// A public key that files can be encrypted to.
package enum AgeRecipient: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes of an X25519 public key.
    case x25519([UInt8])
    /// An OpenSSH key of kind `ssh-ed25519`, and its point on Curve25519.
    case ssh(PublicKey, point: [UInt8])

    /// Reads `age1…`, or an OpenSSH public key in one line, as in a `.pub` file.
    package init(_ text: String) throws(AgeError) {
        let text = text.trimmingSpaces()
        if let (key, _) = PublicKey.parse(text) {
            guard let raw = key.ed25519Bytes else {
                throw .unsupported("encryption to an OpenSSH key of kind \(key.kind)")
            }
            guard let point = EdwardsPoint.montgomery(raw) else {
                throw .badRecipient(text, reason: "it is no point of the curve")
            }
            self = .ssh(key, point: point)
            return
        }
        guard let (prefix, bytes) = Bech32.decode(text), prefix == "age" else {
            if text.hasPrefix("age1"), let (prefix, _) = Bech32.decode(text) {
                throw .unsupported("recipients of kind \(prefix)")
            }
            throw .badRecipient(text, reason: "it is neither age1… nor an OpenSSH public key")
        }
        guard bytes.count == 32 else { throw .badRecipient(text, reason: "it has \(bytes.count) bytes, not 32") }
        self = .x25519(bytes)
    }

    /// The recipients in a file, one a line; empty lines and those that begin with `#` are left out.
    package static func list(in path: String) throws(AgeError) -> [AgeRecipient] {
        var found: [AgeRecipient] = []
        for line in try ageLines(of: path) { found.append(try AgeRecipient(line)) }
        guard !found.isEmpty else { throw .badRecipient(path, reason: "the file names none") }
        return found
    }

    /// `age1…`, or the OpenSSH key without a comment.
    package var description: String {
        switch self {
        case .x25519(let bytes): Bech32.encode(bytes, prefix: "age")
        case .ssh(let key, _): key.description
        }
    }

    /// What its stanza is called.
    package var kind: String {
        switch self {
        case .x25519: AgeStanza.x25519
        case .ssh: AgeStanza.ssh
        }
    }

    fileprivate func stanza(wrapping fileKey: SymmetricKey, random: RandomBytes) throws(AgeError) -> AgeStanza {
        do {
            let secret = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: random(32))
            let share = Array(secret.publicKey.rawRepresentation)
            switch self {
            case .x25519(let point):
                let key = try AgeWrapping.key(
                    agreed: secret.agree(with: point), share: share, point: point, label: AgeStanza.x25519)
                return AgeStanza(
                    arguments: [kind, Base64.encodeRaw(share)], body: try AgeWrapping.seal(fileKey, with: key))
            case .ssh(let publicKey, let point):
                let tweak = try AgeWrapping.tweak(of: publicKey)
                let agreed = try tweak.agree(with: secret.agree(with: point))
                let key = AgeWrapping.key(agreed: agreed, share: share, point: point, label: AgeStanza.ssh)
                return AgeStanza(
                    arguments: [kind, AgeWrapping.tag(of: publicKey), Base64.encodeRaw(share)],
                    body: try AgeWrapping.seal(fileKey, with: key))
            }
        } catch {
            throw .badRecipient(description, reason: "no secret can be agreed upon with it")
        }
    }
}

/// Whom a file is for: keys, or else one passphrase, which the format never mixes with anything.
package struct AgeRecipients: Sendable {
    /// The base-two logarithm of scrypt's cost, as the `age` command sets it: about a second, 256 MiB.
    package static let workFactor = 18

    private enum Kind: Sendable {
        case keys([AgeRecipient])
        case passphrase(String, workFactor: Int)
    }

    private let kind: Kind

    package init(_ keys: [AgeRecipient]) throws(AgeError) {
        guard !keys.isEmpty else { throw .badRecipient("", reason: "there is none") }
        kind = .keys(keys)
    }

    package init(passphrase: String, workFactor: Int = Self.workFactor) throws(AgeError) {
        guard !passphrase.isEmpty else { throw .badRecipient("", reason: "the passphrase is empty") }
        guard (1...AgeIdentity.largestWorkFactor).contains(workFactor) else {
            throw .unsupported("a work factor of \(workFactor)")
        }
        kind = .passphrase(passphrase, workFactor: workFactor)
    }

    /// What a header that is made for them names, each kind once, in order.
    package var kinds: [String] {
        switch kind {
        case .keys(let keys): Array(Set(keys.map(\.kind))).sorted()
        case .passphrase: [AgeStanza.scrypt]
        }
    }

    func stanzas(wrapping fileKey: SymmetricKey, random: RandomBytes) throws(AgeError) -> [AgeStanza] {
        switch kind {
        case .keys(let keys):
            return try keys.map { key throws(AgeError) in try key.stanza(wrapping: fileKey, random: random) }
        case .passphrase(let passphrase, let workFactor):
            let salt = random(16)
            do {
                let key = try AgeWrapping.key(passphrase: passphrase, salt: salt, workFactor: workFactor)
                return [
                    AgeStanza(
                        arguments: [AgeStanza.scrypt, Base64.encodeRaw(salt), String(workFactor)],
                        body: try AgeWrapping.seal(fileKey, with: key))
                ]
            } catch {
                throw .unsupported("a work factor of \(workFactor), for which there is not enough memory")
            }
        }
    }
}

/// The lines of a text file that say something.
func ageLines(of path: String) throws(AgeError) -> [String] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Files.read(path, limit: 1 << 24) } catch { throw .file(error) }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { $0.trimmingSpaces() }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
}

extension AgeStanza {
    static let x25519 = "X25519"
    static let ssh = "ssh-ed25519"
    static let scrypt = "scrypt"
}

extension Curve25519.KeyAgreement.PrivateKey {
    /// Throws for a point of low order, with which everybody agrees upon zero.
    func agree(with point: [UInt8]) throws -> [UInt8] {
        let secret = try sharedSecretFromKeyAgreement(with: .init(rawRepresentation: point))
        let bytes = secret.withUnsafeBytes { Array($0) }
        guard bytes.contains(where: { $0 != 0 }) else { throw CryptoKitError.authenticationFailure }
        return bytes
    }
}

/// How the file's key is wrapped for a recipient.
enum AgeWrapping {
    private static let label = "age-encryption.org/v1/"
    /// The size of a body: the file's key and an authenticator.
    static let bodySize = 32

    static func key(agreed: [UInt8], share: [UInt8], point: [UInt8], label name: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: agreed), salt: share + point, info: Array((label + name).utf8),
            outputByteCount: 32)
    }

    static func key(passphrase: String, salt: [UInt8], workFactor: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(passphrase.utf8), salt: Array((label + AgeStanza.scrypt).utf8) + salt, outputByteCount: 32,
            rounds: 1 << workFactor, blockSize: 8, parallelism: 1)
    }

    /// Ties the secret to the SSH key as it was written, not only to its point.
    static func tweak(of key: PublicKey) throws -> Curve25519.KeyAgreement.PrivateKey {
        let bytes = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: [UInt8]()), salt: key.blob, info: Array((label + AgeStanza.ssh).utf8),
            outputByteCount: 32
        ).withUnsafeBytes { Array($0) }
        return try .init(rawRepresentation: bytes)
    }

    /// By which the owner of an SSH key finds the stanza for it.
    static func tag(of key: PublicKey) -> String {
        Base64.encodeRaw(Array(SHA256.hash(data: key.blob).prefix(4)))
    }

    private static func nonce() throws -> ChaChaPoly.Nonce {
        try ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
    }

    static func seal(_ fileKey: SymmetricKey, with key: SymmetricKey) throws -> [UInt8] {
        let sealed = try ChaChaPoly.seal(fileKey.withUnsafeBytes { Array($0) }, using: key, nonce: nonce())
        return Array(sealed.ciphertext) + Array(sealed.tag)
    }

    /// Nil when `body` was not wrapped with `key`.
    static func open(_ body: [UInt8], with key: SymmetricKey) -> SymmetricKey? {
        do {
            let box = try ChaChaPoly.SealedBox(nonce: nonce(), ciphertext: body.dropLast(16), tag: body.suffix(16))
            return SymmetricKey(data: Array(try ChaChaPoly.open(box, using: key)))
        } catch {
            return nil
        }
    }
}
