public import Models
public import Storage

/// A snapshot as it lies in the archive's `manifests/` and `archive/` folders.
public struct Snapshot: Sendable {
    public let manifest: Manifest
    public let id: ObjectID
    /// Paths of the manifest and of the bundles that were made with it, relative to the archive.
    public let manifestFile: String
    public let bundleFiles: [String]
    public let bundleBytes: Int
    /// False when nothing had been recorded since the last snapshot, which this then is.
    public let isNew: Bool
}

/// Signs the state of an archive's own log and packs what was recorded since the last snapshot.
public struct SnapshotMaker: Sendable {
    private let archive: Archive
    private let key: any SigningIdentity
    private let trust: AllowedSigners
    private let tool: String
    private let clock: @Sendable () -> Timestamp
    /// Raw bytes after which a bundle is split; FAT32 cannot hold files of 4 GiB, and sticks fail.
    private let largestBundle: Int
    private static let mostLines = 50_000

    /// - Parameter key: must be the key to which the archive's own log leads: see `KeyHistory`.
    public init(
        _ archive: Archive, key: any SigningIdentity, trust: AllowedSigners, tool: String, largestBundle: Int = 1 << 30,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.archive = archive
        self.key = key
        self.trust = trust
        self.tool = tool
        self.largestBundle = largestBundle
        self.clock = clock
    }

    /// - Parameter progress: told the log lines packed so far and how many there are to pack.
    public func make(message: String, progress: (Int, Int) -> Void = { _, _ in }) throws(SyncError) -> Snapshot {
        // What is being forgotten meanwhile must not go into a bundle.
        try archive.whileForgetting(seconds: 120, wrapping: SyncError.archive) { () throws(SyncError) in
            try makeAlone(message: message, progress: progress)
        }
    }

    /// Whether something was recorded since the last snapshot. What its number is comes from the file's name: `make` verifies it.
    public static func isDue(_ archive: Archive) throws(SyncError) -> Bool {
        let remote = FolderRemote(path: archive.path)
        let logs = try syncArchive { () throws(ArchiveError) in try archive.logs() }
        guard let own = logs.first, own.origin == archive.origin else { return false }
        guard let number = try remote.snapshotNumbers(of: archive.origin)[archive.origin]?.last,
            let bytes = try remote.read(RemoteHeads.name(archive.origin, number), limit: Verifier.largestDocument)
        else { return true }
        do throws(FormatError) { return try Manifest(parsing: bytes).log != own.head } catch { return true }
    }

    /// For whoever has seen to it that nothing is being forgotten meanwhile.
    func makeAlone(message: String, progress: (Int, Int) -> Void = { _, _ in }) throws(SyncError) -> Snapshot {
        let logs = try syncArchive { () throws(ArchiveError) in try archive.logs() }
        guard let own = logs.first, own.origin == archive.origin else { throw .noSnapshot(archive.path) }
        guard try archive.keyHistory(of: own).latest == key.publicKey else {
            throw .distrust(
                file: "this archive",
                .notTheOriginsKey(fingerprint: key.publicKey.fingerprint, origin: archive.origin))
        }
        let remote = FolderRemote(path: archive.path)
        let previous = try lastManifest(remote)
        if let previous, previous.manifest.log == own.head { return unchanged(previous) }
        let start = previous?.manifest.log.size ?? 0
        guard start < own.head.size else {
            throw .distrust(file: "packs", .rollback(seen: start, found: own.head.size))
        }
        let manifest = Manifest(
            origin: archive.origin, name: archive.name, number: (previous?.manifest.number ?? 0) + 1, created: clock(),
            message: message, previous: previous?.id, log: own.head, captures: own.captures,
            heads: Dictionary(uniqueKeysWithValues: logs.dropFirst().map { ($0.origin, $0.head) }))
        try removeUnfinished(from: start, remote)
        let lists = try pack(start..<own.head.size, for: manifest, progress: progress)
        try sign(manifest, lists)
        try syncArchive { () throws(ArchiveError) in try archive.remember([archive.origin: own.head]) }
        return Snapshot(
            manifest: manifest, id: manifest.id, manifestFile: "manifests/\(manifest.fileName)",
            bundleFiles: lists.map { "archive/\($0.bundleName)" }, bundleBytes: lists.reduce(0) { $0 + $1.bytes },
            isNew: true)
    }

    private func lastManifest(_ remote: FolderRemote) throws(SyncError) -> VerifiedManifest? {
        guard let number = try remote.snapshotNumbers()[archive.origin]?.last else { return nil }
        let verifier = Verifier(trust: trust, hint: AllowedSigners(parsing: ""))
        return try verifier.manifest(named: "manifests/\(archive.origin)-\(number).json", in: remote)
    }

    /// What an interrupted run packed for a snapshot that never was: nothing signed leads to it.
    private func removeUnfinished(from start: Int, _ remote: FolderRemote) throws(SyncError) {
        try syncFile { () throws(FileError) in
            try Files.sweepTemporaries(in: archive.bundlesFolder)
            try Files.sweepTemporaries(in: archive.manifestsFolder)
        }
        for bundle in try remote.bundles(of: archive.origin) where bundle.from >= start {
            let stem = "\(archive.path)/\(bundle.file.dropLast(5))"
            try syncFile { () throws(FileError) in
                for suffix in [".json.sig", ".json", ".tar.zst"] { try Files.remove(stem + suffix) }
            }
        }
    }

    private func unchanged(_ previous: VerifiedManifest) -> Snapshot {
        Snapshot(
            manifest: previous.manifest, id: previous.id, manifestFile: "manifests/\(previous.manifest.fileName)",
            bundleFiles: [], bundleBytes: 0, isNew: false)
    }

    /// Bundles first, so that whatever is signed is already there.
    private func pack(
        _ range: Range<Int>, for manifest: Manifest, progress: (Int, Int) -> Void
    ) throws(SyncError) -> [PackingList] {
        var lists: [PackingList] = []
        var from = range.lowerBound
        let plan = BundlePlan(archive: archive, origin: archive.origin)
        while from < range.upperBound {
            let contents = try plan.contents(
                from: from, to: range.upperBound, largest: largestBundle, mostLines: Self.mostLines)
            let stem = "\(archive.origin)-\(contents.range.lowerBound)-\(contents.range.upperBound)"
            let packed = try BundleWriter(archive: archive, tool: tool)
                .write(contents, created: manifest.created, to: archive.bundlesFolder, stem: stem)
            lists.append(
                PackingList(
                    origin: archive.origin, from: contents.range.lowerBound, to: contents.range.upperBound,
                    sha256: packed.sha256, bytes: packed.bytes, contentBytes: packed.contentBytes,
                    objects: packed.objects,
                    manifest: manifest.id, withheld: contents.withheld, leftOut: contents.leftOut))
            from = contents.range.upperBound
            progress(from - range.lowerBound, range.count)
        }
        return lists
    }

    /// Signatures last, the manifest's the very last: a snapshot exists when it is whole.
    private func sign(_ manifest: Manifest, _ lists: [PackingList]) throws(SyncError) {
        try writeHint()
        let manifestPath = "\(archive.manifestsFolder)/\(manifest.fileName)"
        let signature = try SSHSignature(signing: manifest.bytes, namespace: .manifest, with: key)
        for list in lists {
            let path = "\(archive.bundlesFolder)/\(list.fileName)"
            let proof = try SSHSignature(signing: list.encoded, namespace: .bundle, with: key)
            try syncFile { () throws(FileError) in
                try Files.write(list.encoded, to: path)
                try Files.write(Array(proof.armored.utf8), to: path + ".sig")
            }
        }
        try syncFile { () throws(FileError) in
            try Files.write(manifest.bytes, signedBy: Array(signature.armored.utf8), to: manifestPath)
        }
    }

    /// So that a stranger sees whose keys these claim to be. It is never believed.
    private func writeHint() throws(SyncError) {
        let path = "\(archive.manifestsFolder)/allowed_signers"
        let line = AllowedSigners.line(principal: key.comment, key: key.publicKey)
        try syncFile { () throws(FileError) in
            let old = Files.exists(path) ? String(decoding: try Files.read(path, limit: 1 << 20), as: UTF8.self) : ""
            guard !old.split(separator: "\n").contains(line[...]) else { return }
            try Files.write(Array((old + line + "\n").utf8), to: path)
        }
    }
}
