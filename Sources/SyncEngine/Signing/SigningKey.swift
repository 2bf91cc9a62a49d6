private import Crypto
internal import Glibc
internal import Storage

/// An Ed25519 private key that can sign for an origin.
public struct SigningKey: SigningIdentity {
    private let seed: [UInt8]
    public let publicKey: PublicKey
    /// The name under which others may know the key: the principal in `allowed_signers`.
    public let comment: String

    /// A new key from the system's random numbers.
    public init(comment: String) {
        let key = Curve25519.Signing.PrivateKey()
        seed = Array(key.rawRepresentation)
        publicKey = PublicKey(ed25519: Array(key.publicKey.rawRepresentation))
        self.comment = comment
    }

    private static let label = "OPENSSH PRIVATE KEY"
    private static let magic = Array("openssh-key-v1\0".utf8)

    /// What an OpenSSH private key file says without a passphrase (PROTOCOL.key).
    private struct Envelope {
        let cipher: String
        let derivation: String
        let derivationOptions: [UInt8]
        let publicKey: PublicKey
        let secret: [UInt8]

        init?(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let bytes = Armor.decode(text, label: SigningKey.label) else { return nil }
            var reader = SSHReader(bytes)
            guard reader.raw(SigningKey.magic.count) == SigningKey.magic, let cipher = reader.text(),
                let derivation = reader.text(), let options = reader.string(), reader.uint32() == 1,
                let blob = reader.string(), let secret = reader.string(), let key = PublicKey(blob: blob)
            else { return nil }
            self.cipher = cipher
            self.derivation = derivation
            derivationOptions = options
            self.secret = secret
            publicKey = key
        }
    }

    /// The public half that an OpenSSH private key file holds in the clear; nil for any other file.
    static func publicKey(in file: [UInt8]) -> PublicKey? { Envelope(file)?.publicKey }

    /// Whether an OpenSSH private key file can only be read with a passphrase.
    static func isEncrypted(_ file: [UInt8]) -> Bool { Envelope(file).map { $0.cipher != "none" } ?? false }

    /// Reads an OpenSSH private key file.
    package init(file path: String, passphrase: String? = nil) throws(SyncError) {
        let bytes = try syncFile { () throws(FileError) in try Files.read(path, limit: 1 << 20) }
        try self.init(parsing: bytes, from: path, passphrase: passphrase)
    }

    /// - Parameter path: only for what errors say.
    init(parsing bytes: [UInt8], from path: String, passphrase: String? = nil) throws(SyncError) {
        guard let file = Envelope(bytes) else { throw .unusableKey(path, "it is no OpenSSH private key") }
        guard file.cipher == "none" || passphrase != nil else {
            throw .unusableKey(path, "it is encrypted with a passphrase")
        }
        let key = file.publicKey
        guard key.kind == PublicKey.ed25519 else {
            throw .unusableKey(path, "it is of kind \(key.kind), not ssh-ed25519")
        }
        var secret = file.secret
        if let passphrase, file.cipher != "none" { secret = try Self.decrypt(file, passphrase: passphrase, path: path) }
        guard let (seed, comment) = Self.parse(secret: secret, publicKey: key) else {
            throw .unusableKey(path, "its two halves do not fit together")
        }
        self.seed = seed
        self.comment = comment
        publicKey = key
    }

    private static func decrypt(
        _ file: Envelope, passphrase: String, path: String
    ) throws(SyncError) -> [UInt8] {
        guard
            let cipher = SSHKeyCipher(
                cipher: file.cipher, derivation: file.derivation, options: file.derivationOptions)
        else { throw .unusableKey(path, "it is encrypted with \(file.cipher), not with aes256-ctr") }
        // The number that stands there twice is what tells a wrong passphrase from a right one.
        guard let secret = cipher.open(file.secret, passphrase: passphrase) else {
            throw .encryption(path, .wrongPassphrase)
        }
        var reader = SSHReader(secret)
        guard let check = reader.uint32(), reader.uint32() == check else { throw .encryption(path, .wrongPassphrase) }
        return secret
    }

    /// The number by which the key's owner agrees upon a secret on Curve25519 (RFC 8032, 5.1.5, before clamping).
    var agreementScalar: [UInt8] { Array(SHA512.hash(data: seed).prefix(32)) }

    private static func parse(secret: [UInt8], publicKey: PublicKey) -> (seed: [UInt8], comment: String)? {
        var reader = SSHReader(secret)
        guard let check = reader.uint32(), reader.uint32() == check, reader.text() == PublicKey.ed25519,
            let raw = reader.string(), let pair = reader.string(), pair.count == 64, let comment = reader.text(),
            raw == publicKey.ed25519Bytes, Array(pair[32...]) == raw
        else { return nil }
        let seed = Array(pair[..<32])
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            Array(key.publicKey.rawRepresentation) == raw
        else { return nil }
        return (seed, comment)
    }

    /// The text of an OpenSSH private key file, without a passphrase.
    var privateText: String {
        let raw = publicKey.ed25519Bytes ?? []
        let check = SSHWire.uint32(UInt32.random(in: .min ... .max))
        var secret = check + check + SSHWire.string(PublicKey.ed25519) + SSHWire.string(raw)
        secret += SSHWire.string(seed + raw) + SSHWire.string(comment)
        for (index, _) in (0..<(8 - secret.count % 8) % 8).enumerated() { secret.append(UInt8(index + 1)) }
        var bytes = Self.magic + SSHWire.string("none") + SSHWire.string("none") + SSHWire.string("")
        bytes += SSHWire.uint32(1) + SSHWire.string(publicKey.blob) + SSHWire.string(secret)
        return Armor.encode(bytes, label: Self.label)
    }

    /// Writes the key where there is none, readable by its owner alone, and its public half beside it as `.pub`.
    package func write(to path: String) throws(SyncError) {
        let text = privateText
        try syncFile { () throws(FileError) in
            if Files.exists(path) { throw FileError("create", path, code: EEXIST) }
            try Files.makeFolder(Files.folder(of: path), mode: 0o700)
            try Files.write(Array(text.utf8), to: path, mode: 0o600)
            try Files.write(Array("\(publicKey) \(comment)\n".utf8), to: path + ".pub")
        }
    }

    public func signature(of message: [UInt8]) throws(SyncError) -> [UInt8] {
        do {
            let value = Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
            return SSHWire.string(PublicKey.ed25519) + SSHWire.string(value)
        } catch {
            throw .unusableKey(comment, "signing failed")
        }
    }
}
