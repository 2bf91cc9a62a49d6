internal import Crypto
internal import Models
internal import Storage

/// What opens files: a private key or a passphrase.
package enum AgeIdentity: Sendable {
    /// The 32 bytes of an X25519 private key.
    case x25519([UInt8])
    /// An OpenSSH key of kind `ssh-ed25519`.
    case ssh(SigningKey)
    case passphrase(String)

    /// Reading a file that asks for more than this is refused: each step doubles time and memory, and 22 needs 4 GiB.
    package static let largestWorkFactor = 22

    private static let prefix = "age-secret-key-"

    /// A new X25519 identity.
    package static func make(random: RandomBytes = .system) -> AgeIdentity { .x25519(random(32)) }

    /// Reads `AGE-SECRET-KEY-1…`.
    package init(_ text: String) throws(AgeError) {
        guard let (prefix, bytes) = Bech32.decode(text) else {
            throw .badIdentity("", reason: "it is no AGE-SECRET-KEY-1…")
        }
        guard prefix == Self.prefix, text.hasPrefix("AGE-") else {
            throw .unsupported("identities of kind \(prefix.uppercased())")
        }
        guard bytes.count == 32 else { throw .badIdentity("", reason: "it has \(bytes.count) bytes, not 32") }
        self = .x25519(bytes)
    }

    /// The identities in a file: age's own (comments allowed), or an OpenSSH private key; either may be encrypted.
    ///
    /// - Parameter passphrase: of the file, where it has one; `needsPassphrase` is thrown when it is lacking.
    package static func list(in path: String, passphrase: String? = nil) throws(AgeError) -> [AgeIdentity] {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: 1 << 24) } catch { throw .file(error) }
        if bytes.starts(with: "-----BEGIN OPENSSH PRIVATE KEY-----".utf8) {
            guard passphrase != nil || !SigningKey.isEncrypted(bytes) else { throw .needsPassphrase(path) }
            do throws(SyncError) { return [.ssh(try SigningKey(file: path, passphrase: passphrase))] } catch {
                switch error {
                case .encryption(_, let error): throw error
                case .unusableKey(_, let reason): throw .badIdentity(path, reason: reason)
                case .file(let error): throw .file(error)
                default: throw .badIdentity(path, reason: "it cannot be read")
                }
            }
        }
        guard Age.isEncrypted(bytes) else { return try list(parsing: bytes, name: path) }
        guard let passphrase else { throw .needsPassphrase(path) }
        return try list(parsing: Age.decrypt(bytes, with: [.passphrase(passphrase)]), name: path)
    }

    package static func list(parsing bytes: [UInt8], name: String) throws(AgeError) -> [AgeIdentity] {
        var found: [AgeIdentity] = []
        for (index, line) in String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            let line = line.trimmingSpaces()
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(AgeError) { found.append(try AgeIdentity(line)) } catch {
                guard case .badIdentity(_, let reason) = error else { throw error }
                // The line itself may be a secret with a slip of the pen in it, and is not repeated.
                throw .badIdentity(name, reason: "line \(index + 1): \(reason)")
            }
        }
        guard !found.isEmpty else { throw .badIdentity(name, reason: "the file holds none") }
        return found
    }

    /// `AGE-SECRET-KEY-1…`; nil for other kinds.
    package var secretText: String? {
        guard case .x25519(let bytes) = self else { return nil }
        return Bech32.encode(bytes, prefix: Self.prefix).uppercased()
    }

    /// Whom to encrypt to so that this opens it; nil for a passphrase.
    package var recipient: AgeRecipient? {
        do {
            switch self {
            case .x25519(let bytes):
                let key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
                return .x25519(Array(key.publicKey.rawRepresentation))
            case .ssh(let key): return try AgeRecipient(key.publicKey.description)
            case .passphrase: return nil
            }
        } catch {
            return nil
        }
    }

    /// The file's key, where one of the stanzas is for this identity. Stanzas have been checked by `AgeStanza.check`.
    fileprivate func unwrap(_ stanza: AgeStanza) throws(AgeError) -> SymmetricKey? {
        do {
            switch self {
            case .x25519(let bytes):
                guard stanza.kind == AgeStanza.x25519, let share = Base64.decodeRaw(stanza.arguments[1]) else {
                    return nil
                }
                let secret = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
                let point = Array(secret.publicKey.rawRepresentation)
                let key = try AgeWrapping.key(
                    agreed: secret.agree(with: share), share: share, point: point, label: AgeStanza.x25519)
                return AgeWrapping.open(stanza.body, with: key)
            case .ssh(let signing):
                guard stanza.kind == AgeStanza.ssh, stanza.arguments[1] == AgeWrapping.tag(of: signing.publicKey),
                    let share = Base64.decodeRaw(stanza.arguments[2])
                else { return nil }
                let secret = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: signing.agreementScalar)
                let point = Array(secret.publicKey.rawRepresentation)
                let agreed = try AgeWrapping.tweak(of: signing.publicKey).agree(with: secret.agree(with: share))
                return AgeWrapping.open(
                    stanza.body,
                    with: AgeWrapping.key(agreed: agreed, share: share, point: point, label: AgeStanza.ssh))
            case .passphrase(let passphrase):
                guard stanza.kind == AgeStanza.scrypt, let salt = Base64.decodeRaw(stanza.arguments[1]),
                    let workFactor = Int(stanza.arguments[2]), !passphrase.isEmpty
                else { return nil }
                return AgeWrapping.open(
                    stanza.body,
                    with: try AgeWrapping.key(passphrase: passphrase, salt: salt, workFactor: workFactor))
            }
        } catch {
            throw .badHeader("no secret can be agreed upon with what a recipient's share says")
        }
    }
}

extension AgeHeader {
    /// The file's key, after the header's MAC was checked with it.
    func fileKey(with identities: [AgeIdentity], largestWorkFactor: Int) throws(AgeError) -> SymmetricKey {
        for stanza in stanzas { try stanza.check(largestWorkFactor: largestWorkFactor) }
        let isScrypt = stanzas.contains { $0.kind == AgeStanza.scrypt }
        guard !isScrypt || stanzas.count == 1 else {
            throw .badHeader("a passphrase stands beside other recipients")
        }
        for stanza in stanzas {
            for identity in identities {
                guard let key = try identity.unwrap(stanza) else { continue }
                guard isAuthentic(with: key) else { throw .changedHeader }
                return key
            }
        }
        let hasPassphrase = identities.contains { if case .passphrase = $0 { true } else { false } }
        if isScrypt, hasPassphrase { throw .wrongPassphrase }
        throw .noMatchingIdentity(recipients: Array(Set(stanzas.map(\.kind))).sorted())
    }
}

extension AgeStanza {
    /// Refuses what a stanza of a known kind must not be, whoever it is for. Other kinds are let pass.
    fileprivate func check(largestWorkFactor: Int) throws(AgeError) {
        let sizes: [Int]
        switch kind {
        case Self.x25519: sizes = [32]
        case Self.ssh: sizes = [4, 32]
        case Self.scrypt: sizes = [16]
        default: return
        }
        let count = kind == Self.scrypt ? 3 : 1 + sizes.count
        guard arguments.count == count else { throw .badHeader("\(kind) has \(arguments.count - 1) arguments") }
        for (argument, size) in zip(arguments.dropFirst(), sizes) {
            guard let bytes = Base64.decodeRaw(argument), bytes.count == size else {
                throw .badHeader("an argument of \(kind) is malformed")
            }
        }
        // Only the size of one key: a longer body could be made so that several keys open it.
        guard body.count == AgeWrapping.bodySize else { throw .badHeader("the body of \(kind) has the wrong size") }
        guard kind == Self.scrypt else { return }
        let digits = arguments[2].utf8
        guard digits.first != UInt8(ascii: "0"), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw .badHeader("the work factor of scrypt is malformed")
        }
        guard let workFactor = Int(arguments[2]), workFactor <= largestWorkFactor else {
            throw .unsupported("a work factor of \(arguments[2].prefix(20)); \(largestWorkFactor) is the largest")
        }
    }
}
