internal import Models
internal import Storage

/// The keys of one encrypted remote, made for it: everything on it is encrypted to the one and signed by the other.
///
/// People's own keys only open `key.age`. So a passphrase is stretched once and not for each file, somebody can be let in later
/// without writing everything anew, and the files do not say for whom they are.
struct EncryptedKeys: Sendable {
    let identity: AgeIdentity
    let recipients: AgeRecipients
    let signing: SigningKey

    private static let limit = 1 << 20

    /// Nil when the place is no encrypted remote.
    static func marker(of remote: any Remote) throws(SyncError) -> EncryptedMarker? {
        guard let bytes = try remote.read(EncryptedName.marker, limit: limit) else { return nil }
        do throws(FormatError) { return try EncryptedMarker(parsing: bytes) } catch {
            throw .damaged(Damage(file: EncryptedName.marker, reason: error.description))
        }
    }

    static func open(_ remote: any Remote, identities: [AgeIdentity]) throws(SyncError) -> EncryptedKeys {
        guard let marker = try marker(of: remote) else {
            throw .remote(remote.address, .misconfigured("it is no encrypted remote"))
        }
        let sealed = try read(EncryptedName.key, of: remote)
        let text: [UInt8]
        do throws(AgeError) { text = try Age.decrypt(sealed, with: identities) } catch {
            switch error {
            case .noMatchingIdentity, .wrongPassphrase, .unsupported: throw .encryption(remote.address, error)
            default: throw .damaged(Damage(file: EncryptedName.key, reason: error.reason))
            }
        }
        let own = try SealedFile.opening(EncryptedName.key) { () throws(AgeError) in
            try AgeIdentity.list(parsing: text, name: EncryptedName.key)
        }
        guard let recipient = own.first?.recipient, own.count == 1 else {
            throw .damaged(Damage(file: EncryptedName.key, reason: "it is not one identity"))
        }
        let secret = try read(EncryptedName.signingKey, of: remote)
        let key = try SealedFile.opening(EncryptedName.signingKey) { () throws(AgeError) in
            try Age.decrypt(secret, with: own)
        }
        let signing: SigningKey
        do throws(SyncError) { signing = try SigningKey(parsing: key, from: EncryptedName.signingKey) } catch {
            throw .damaged(Damage(file: EncryptedName.signingKey, reason: "it is no signing key"))
        }
        guard signing.publicKey == marker.publicKey else {
            throw .damaged(Damage(file: EncryptedName.marker, reason: "it names another key than the remote's own"))
        }
        return EncryptedKeys(identity: own[0], recipients: try to(recipient), signing: signing)
    }

    private static func to(_ recipient: AgeRecipient) throws(SyncError) -> AgeRecipients {
        try SealedFile.sealing(EncryptedName.key) { () throws(AgeError) in try AgeRecipients([recipient]) }
    }

    private static func read(_ name: String, of remote: any Remote) throws(SyncError) -> [UInt8] {
        guard let bytes = try remote.read(name, limit: limit) else {
            throw .damaged(Damage(file: name, reason: "it is missing"))
        }
        return bytes
    }

    static func make(
        on remote: any Remote, for people: AgeRecipients, random: RandomBytes
    ) throws(SyncError) -> EncryptedKeys {
        let identity = AgeIdentity.make(random: random)
        guard let recipient = identity.recipient else { throw .unusableKey(EncryptedName.key, "it could not be made") }
        let keys = EncryptedKeys(
            identity: identity, recipients: try to(recipient), signing: SigningKey(comment: "stet-remote"))
        try keys.writeIdentity(to: remote, for: people, random: random)
        let sealed = try SealedFile.sealing(EncryptedName.signingKey) { () throws(AgeError) in
            try Age.encrypt(Array(keys.signing.privateText.utf8), to: keys.recipients, random: random)
        }
        try remote.upload(sealed, to: EncryptedName.signingKey)
        let signers = "stet-remote namespaces=\"\(SSHSignature.Namespace.remote.rawValue)\" \(keys.signing.publicKey)\n"
        try remote.upload(Array(signers.utf8), to: EncryptedName.signers)
        // Last: what has no marker is no encrypted remote yet, and can be made again.
        try keys.writeMarker(to: remote, for: people)
        return keys
    }

    func writeIdentity(to remote: any Remote, for people: AgeRecipients, random: RandomBytes) throws(SyncError) {
        let text =
            "# The identity that opens every file of this remote: age -d -i THIS FILE\n\(identity.secretText ?? "")\n"
        let sealed = try SealedFile.sealing(EncryptedName.key) { () throws(AgeError) in
            try Age.encrypt(Array(text.utf8), to: people, random: random)
        }
        try remote.upload(sealed, to: EncryptedName.key)
    }

    func writeMarker(to remote: any Remote, for people: AgeRecipients) throws(SyncError) {
        let marker = EncryptedMarker(publicKey: signing.publicKey, recipients: people.kinds)
        try remote.upload(marker.encoded, to: EncryptedName.marker)
    }
}

/// What anybody may know: that this is an encrypted remote, and which key signs its stubs.
struct EncryptedMarker: Sendable {
    private static let document = "encrypted remote's marker"
    private static let kind = "encrypted stet remote"

    let publicKey: PublicKey
    /// The kinds of those who can open it, not who they are.
    let recipients: [String]

    var encoded: [UInt8] {
        JSON.object([
            .init("format", 1), .init("kind", .string(Self.kind)),
            .init("publicKey", .string(publicKey.description)),
            .init("recipients", .array(recipients.map { .string($0) })),
        ]).canonicalBytes + [UInt8(ascii: "\n")]
    }

    init(publicKey: PublicKey, recipients: [String]) {
        self.publicKey = publicKey
        self.recipients = recipients
    }

    init(parsing bytes: [UInt8]) throws(FormatError) {
        let fields = try Fields(
            canonical: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes, of: Self.document, format: 1)
        guard try fields.string("kind") == Self.kind else { throw fields.wrong("kind") }
        guard let key = PublicKey(try fields.string("publicKey")) else { throw fields.wrong("publicKey") }
        publicKey = key
        recipients = try fields.list("recipients").compactMap(\.string)
    }
}
