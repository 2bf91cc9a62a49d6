public import Models
public import Storage

/// Hands an archive over to another key.
public struct KeyRotator: Sendable {
    private let archive: Archive
    private let tool: String
    /// How often the statement is signed anew because something else was recorded in between.
    private static let attempts = 3

    public init(_ archive: Archive, tool: String) {
        self.archive = archive
        self.tool = tool
    }

    /// A change that is now in the log.
    public struct Change: Sendable {
        public let origin: OriginID
        public let index: Int
        public let previous: PublicKey
        public let key: PublicKey
    }

    /// Appends the change. The next snapshot, and every one after it, is `new`'s to sign.
    ///
    /// - Parameters:
    ///   - old: the key that signs for the archive until now.
    ///   - new: must be at hand too: without its signature anybody could make it responsible.
    public func rotate(
        from old: some SigningIdentity, to new: some SigningIdentity
    ) throws(SyncError) -> Change {
        for _ in 0..<Self.attempts {
            guard let own = try syncArchive({ () throws(ArchiveError) in try archive.logs() }).first,
                own.origin == archive.origin
            else { throw .noSnapshot(archive.path) }
            let history = try archive.keyHistory(of: own)
            guard old.publicKey == history.latest else {
                throw .distrust(
                    file: "this archive",
                    .notTheOriginsKey(fingerprint: old.publicKey.fingerprint, origin: archive.origin))
            }
            let change = try signed(at: own.head.size, old, new)
            // The same check as a stranger's, before the change is there for good.
            var next = history
            try next.apply(change, index: own.head.size, file: "the change")
            let isRecorded = try syncArchive { () throws(ArchiveError) in
                try archive.record(.keyChange(change), at: own.head.size)
            }
            if isRecorded {
                return Change(
                    origin: archive.origin, index: own.head.size, previous: old.publicKey, key: new.publicKey)
            }
        }
        throw .archive(.busy(archive.path, seconds: 0))
    }

    private func signed(
        at index: Int, _ old: some SigningIdentity, _ new: some SigningIdentity
    ) throws(SyncError) -> KeyChangeDetail {
        let statement = KeyChangeDetail.statement(
            origin: archive.origin, index: index, key: new.publicKey.description, previous: old.publicKey.description)
        var random = SystemRandomNumberGenerator()
        return KeyChangeDetail(
            key: new.publicKey.description, previous: old.publicKey.description,
            signedByPrevious: try SSHSignature(signing: statement, namespace: .keyChange, with: old).armored,
            signedByKey: try SSHSignature(signing: statement, namespace: .keyChange, with: new).armored,
            salt: Salt(using: &random), tool: tool)
    }
}
