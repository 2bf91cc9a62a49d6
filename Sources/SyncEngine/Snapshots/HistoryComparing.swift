public import Models
public import Storage

/// Compares what another place says about a log's history with what this archive knows of it, and keeps the proof of a contradiction.
public struct HistoryComparer: Sendable {
    private let archive: Archive
    private let trust: AllowedSigners

    public init(_ archive: Archive, trust: AllowedSigners) {
        self.archive = archive
        self.trust = trust
    }

    public struct Report: Sendable {
        /// Origins whose newest snapshot there agrees with the log here, with that snapshot's number.
        public var agreeing: [(origin: OriginID, number: Int, size: Int)] = []
        /// Origins that are there and not here.
        public var unknown: [OriginID] = []
        public var distrusted: [(file: String, reason: Distrust)] = []
    }

    /// - Parameter path: a folder with `manifests/`. Its bundles are not read.
    public func compare(with path: String) throws(SyncError) -> Report {
        let remote = FolderRemote(path: path)
        let verifier = Verifier(trust: trust, hint: AllowedSigners(parsing: ""))
        var report = Report()
        let numbers = try remote.snapshotNumbers()
        guard !numbers.isEmpty else { throw .noSnapshot(path) }
        let logs = try syncArchive { () throws(ArchiveError) in try archive.logs() }
        for (origin, have) in numbers.sorted(by: { $0.key < $1.key }) {
            guard let log = logs.first(where: { $0.origin == origin }) else {
                report.unknown.append(origin)
                continue
            }
            do throws(SyncError) {
                let theirs = try ManifestChain(origin: origin, numbers: have, in: remote, verifier: verifier)
                try check(theirs, HeldLog(log, in: archive), verifier)
                report.agreeing.append((origin, theirs.last.manifest.number, theirs.last.manifest.log.size))
            } catch {
                guard case .distrust(let file, let reason) = error else { throw error }
                report.distrusted.append((file, reason))
            }
        }
        return report
    }

    private func check(_ theirs: ManifestChain, _ log: HeldLog, _ verifier: Verifier) throws(SyncError) {
        let local = FolderRemote(path: archive.path)
        var newest = 0
        for signed in theirs.manifests {
            let manifest = signed.manifest
            let file = "manifests/\(manifest.fileName)"
            if manifest.log.size <= log.size { try signed.checkSigner(log.keys) }
            if let own = try local.read(file, limit: Verifier.largestDocument), ObjectID(hashing: own) != signed.id {
                let ours = try verifier.manifest(named: file, in: local)
                throw .distrust(
                    file: file,
                    .equivocation(number: manifest.number, evidence: try archive.keepEvidence([ours, signed])))
            }
            newest = max(newest, manifest.log.size)
            guard manifest.log.size <= log.size, log.tree.root(size: manifest.log.size) != manifest.log.root else {
                continue
            }
            _ = try archive.keepEvidence([signed])
            throw .distrust(file: file, .fork(size: manifest.log.size))
        }
        // A copy of this archive's own log may lag behind: it is the one that goes on here.
        guard log.origin != archive.origin else { return }
        let known = try syncArchive { () throws(ArchiveError) in try archive.heads() }[log.origin]?.size ?? 0
        let signed = try local.snapshotNumbers()[log.origin]?.last ?? 0
        if newest < known, theirs.last.manifest.number < signed {
            throw .distrust(
                file: "manifests/\(theirs.last.manifest.fileName)", .rollback(seen: known, found: newest))
        }
    }
}

extension Archive {
    /// Two signed manifests that contradict each other prove that their signer rewrote history: neither may be lost.
    ///
    /// - Returns: the files, relative to the archive.
    func keepEvidence(_ manifests: [VerifiedManifest]) throws(SyncError) -> [String] {
        var names: [String] = []
        try syncFile { () throws(FileError) in
            try Files.makeFolder("\(path)/state/evidence")
            for signed in manifests {
                let name = "state/evidence/\(signed.manifest.origin)-\(signed.manifest.number)-\(signed.id.short).json"
                try Files.write(signed.signature, to: "\(path)/\(name).sig")
                try Files.write(signed.bytes, to: "\(path)/\(name)")
                names.append(name)
            }
        }
        return names
    }
}
