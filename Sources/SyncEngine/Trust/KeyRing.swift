internal import Storage

/// Where the user's private keys are: their key folder, files that they name, and `ssh-agent`.
public struct KeyRing: Sendable {
    public let folder: KeyFolder
    private let agent: SSHAgent?

    public init(folder: KeyFolder, agent: SSHAgent?) {
        self.folder = folder
        self.agent = agent
    }

    /// A key whose private half is at hand. Nothing has been opened, nobody has been asked for a passphrase.
    public struct Key: Sendable {
        /// Where the private half is.
        public enum Place: Hashable, Sendable {
            case file(String)
            case agent
        }
        public let publicKey: PublicKey
        public let comment: String
        public let place: Place
        fileprivate let agent: SSHAgent?
    }

    /// Every key in the folder, by name, then those that the agent alone holds.
    public func keys() throws(SyncError) -> [Key] {
        let own = try folder.entries().map {
            Key(publicKey: $0.publicKey, comment: $0.comment, place: .file($0.path), agent: agent)
        }
        let held = try agent?.identities() ?? []
        return own
            + held.filter { entry in !own.contains { $0.publicKey == entry.key } }.map {
                Key(publicKey: $0.key, comment: $0.comment, place: .agent, agent: agent)
            }
    }

    /// The key that the user names: a private key file, a public one whose private half is beside it or in the agent, a fingerprint, or a
    /// name in the folder.
    public func key(named name: String) throws(SyncError) -> Key {
        if Files.isRegular(name) { return try key(file: name) }
        let known = try keys()
        let path = "\(folder.path)/\(name)"
        guard let found = known.first(where: { $0.publicKey.fingerprint == name || $0.place == .file(path) }) else {
            throw .noSuchKey(name, folder: folder.path)
        }
        return found
    }

    /// The key whose public half is `publicKey`.
    public func key(_ publicKey: PublicKey) throws(SyncError) -> Key? {
        try keys().first { $0.publicKey == publicKey }
    }

    private func key(file: String) throws(SyncError) -> Key {
        let bytes = try syncFile { () throws(FileError) in try Files.read(file, limit: 1 << 20) }
        if let (key, comment) = PublicKey.parse(String(decoding: bytes, as: UTF8.self)) {
            let beside = file.hasSuffix(".pub") ? String(file.dropLast(4)) : file
            if beside != file, Files.isRegular(beside) {
                return Key(publicKey: key, comment: comment, place: .file(beside), agent: agent)
            }
            guard let found = try self.key(key) else {
                throw .unusableKey(
                    file, "it is a public key, and its private half is neither beside it nor in ssh-agent")
            }
            return found
        }
        let beside = try publicKey(beside: file)
        guard let key = SigningKey.publicKey(in: bytes) ?? beside?.key else {
            throw .unusableKey(
                file, "it is no OpenSSH private key, and there is no \(Files.name(of: file)).pub beside it")
        }
        return Key(
            publicKey: key, comment: beside?.key == key ? beside?.comment ?? "" : "", place: .file(file), agent: agent)
    }

    private func publicKey(beside file: String) throws(SyncError) -> (key: PublicKey, comment: String)? {
        guard Files.isRegular(file + ".pub") else { return nil }
        let bytes = try syncFile { () throws(FileError) in try Files.read(file + ".pub", limit: 1 << 20) }
        return PublicKey.parse(String(decoding: bytes, as: UTF8.self))
    }
}

extension KeyRing.Key {
    /// Opens the key, so that it can sign. May ask the user for a passphrase, through OpenSSH.
    public func identity() throws(SyncError) -> any SigningIdentity {
        let opened = try open()
        guard opened.publicKey == publicKey else {
            throw .unusableKey(publicKey.fingerprint, "the private key is another one: \(opened.publicKey.fingerprint)")
        }
        return opened
    }

    private func open() throws(SyncError) -> any SigningIdentity {
        if let weakness = publicKey.weakness { throw .unusableKey(publicKey.fingerprint, weakness.description) }
        switch place {
        case .agent:
            guard let held = try heldByAgent() else {
                throw .unusableKey(publicKey.fingerprint, "ssh-agent holds it no longer")
            }
            return held
        case .file(let path):
            // Native signing needs no other program. What it cannot read, e.g. an encrypted key, OpenSSH can.
            if publicKey.kind == PublicKey.ed25519 {
                do throws(SyncError) { return try SigningKey(file: path) } catch {
                    guard case .unusableKey = error else { throw error }
                }
            }
            if let held = try heldByAgent() { return held }
            return try PrivateAgent.identity(keyFile: path)
        }
    }

    private func heldByAgent() throws(SyncError) -> (any SigningIdentity)? {
        guard let agent, let held = try agent.identities().first(where: { $0.key == publicKey }) else { return nil }
        return AgentIdentity(
            agent: agent, publicKey: publicKey, comment: comment.isEmpty ? held.comment : comment, keeper: nil)
    }
}
