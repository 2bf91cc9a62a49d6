package import Models
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

    /// Makes a key; it is an error if there is one of that name.
    public func make(_ name: String, comment: String) throws(SyncError) -> SigningKey {
        let key = SigningKey(comment: comment)
        try key.write(to: "\(path)/\(name)")
        return key
    }

    /// The private key whose public half is `key`.
    package func signingKey(for key: PublicKey, origin: OriginID) throws(SyncError) -> SigningKey {
        guard let entry = try entries().first(where: { $0.publicKey == key }) else {
            throw .noKey(origin: origin, fingerprint: key.fingerprint, folder: path)
        }
        return try SigningKey(file: entry.path)
    }
}
