internal import Glibc
internal import Storage

/// The folder with the user's own signing keys, outside every archive.
public struct KeyFolder: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// A key that lies there.
    public struct Entry: Sendable {
        public let name: String
        public let path: String
        public let publicKey: PublicKey
        public let comment: String
    }

    /// Every key with a readable `.pub` file, by name.
    public func entries() throws(SyncError) -> [Entry] {
        guard Files.exists(path) else { return [] }
        let names = try syncFile { () throws(FileError) in try Files.names(in: path) }
        var entries: [Entry] = []
        for name in names where name.hasSuffix(".pub") {
            let file = "\(path)/\(name)"
            let bytes = try syncFile { () throws(FileError) in try Files.read(file, limit: 1 << 20) }
            guard let (key, comment) = PublicKey.parse(String(decoding: bytes, as: UTF8.self)) else { continue }
            entries.append(
                Entry(name: String(name.dropLast(4)), path: String(file.dropLast(4)), publicKey: key, comment: comment))
        }
        return entries
    }

    /// What kinds of keys can be made.
    public enum KeyType: String, Sendable, CaseIterable {
        case ed25519
        case ecdsa
        case ecdsa384 = "ecdsa-384"
        case ecdsa521 = "ecdsa-521"
        case rsa
        case ed25519Hardware = "ed25519-sk"
        case ecdsaHardware = "ecdsa-sk"

        fileprivate var options: [String] {
            switch self {
            case .ed25519, .ed25519Hardware, .ecdsaHardware: ["-t", rawValue]
            case .ecdsa: ["-t", "ecdsa", "-b", "256"]
            case .ecdsa384: ["-t", "ecdsa", "-b", "384"]
            case .ecdsa521: ["-t", "ecdsa", "-b", "521"]
            case .rsa: ["-t", "rsa", "-b", "4096"]
            }
        }
    }

    /// Makes a key of any type with ssh-keygen; it is an error if there is one of that name.
    ///
    /// - Parameter isEncrypted: ssh-keygen asks for a passphrase on the terminal.
    public func make(
        _ name: String, comment: String, type: KeyType, isEncrypted: Bool
    ) throws(SyncError) -> PublicKey {
        if type == .ed25519, !isEncrypted { return try make(name, comment: comment).publicKey }
        let file = "\(path)/\(name)"
        if Files.exists(file) { throw .file(FileError("create", file, code: EEXIST)) }
        try syncFile { () throws(FileError) in try Files.makeFolder(path, mode: 0o700) }
        let passphrase = isEncrypted ? [] : ["-N", ""]
        let exit: Int32
        do throws(ChildProcess.StartError) {
            exit = try ChildProcess.run(
                ["ssh-keygen", "-q"] + type.options + ["-C", comment, "-f", file] + passphrase
            ).exit
        } catch {
            throw .unusableKey(file, "ssh-keygen cannot be started (\(error.reason))")
        }
        guard exit == 0, let made = try entries().first(where: { $0.name == name }) else {
            throw .unusableKey(file, "ssh-keygen did not make it")
        }
        return made.publicKey
    }

    /// Makes a key; it is an error if there is one of that name.
    public func make(_ name: String, comment: String) throws(SyncError) -> SigningKey {
        let key = SigningKey(comment: comment)
        try key.write(to: "\(path)/\(name)")
        return key
    }
}
