public import Models
public import Storage

/// One snapshot in an archive's `manifests/`, checked.
public struct CheckedSnapshot: Sendable {
    public let manifest: Manifest
    public let id: ObjectID
    public let signer: Signer
    public let time: StampedTime
}

/// Checks the snapshots that lie in an archive against its own logs, the user's trust and the bundles beside them.
public struct SnapshotChecker: Sendable {
    private let archive: Archive
    private let remote: FolderRemote
    private let verifier: Verifier

    /// - Parameter authorities: whom the user believes about time.
    public init(_ archive: Archive, trust: AllowedSigners, authorities: TimeAuthorities = TimeAuthorities()) {
        self.archive = archive
        remote = FolderRemote(path: archive.path)
        verifier = Verifier(trust: trust, hint: AllowedSigners(parsing: ""), authorities: authorities)
    }

    public struct Report: Sendable {
        public var snapshots: [CheckedSnapshot] = []
        public var damages: [Damage] = []
        public var missing: [Damage] = []
        /// What is not believed, with the file it is about.
        public var distrusted: [(file: String, reason: Distrust)] = []
    }

    /// - Parameter bundles: hash every bundle too, which reads all of them.
    public func check(bundles: Bool) throws(SyncError) -> Report {
        var report = Report()
        let numbers = try remote.snapshotNumbers()
        for (origin, have) in numbers.sorted(by: { $0.key < $1.key }) {
            try note(&report) { report throws(SyncError) in
                let chain = try ManifestChain(origin: origin, numbers: have, in: remote, verifier: verifier)
                for manifest in chain.manifests {
                    try note(&report) { report throws(SyncError) in try check(manifest, &report) }
                }
                if bundles { try checkBundles(chain, &report) }
            }
        }
        try checkHint(&report)
        return report
    }

    /// The hint is never believed; but one that is not what stet writes misleads people.
    private func checkHint(_ report: inout Report) throws(SyncError) {
        let name = "manifests/allowed_signers"
        guard let bytes = try remote.read(name, limit: 1 << 20) else { return }
        let keys = try syncArchive { () throws(ArchiveError) in try archive.logs().map(\.key) }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            // Principals may hold spaces: what follows them is one word and the key's two.
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            let key = PublicKey(words.suffix(2).joined(separator: " "))
            let principal = words.dropLast(3).joined(separator: " ")
            guard let key, keys.contains(where: { PublicKey($0) == key }),
                line == AllowedSigners.line(principal: principal, key: key)
            else {
                report.damages.append(
                    Damage(file: name, reason: "a line of it is not what stet writes of a log that is here"))
                return
            }
        }
    }

    private func check(_ signed: VerifiedManifest, _ report: inout Report) throws(SyncError) {
        let manifest = signed.manifest
        let file = "manifests/\(manifest.fileName)"
        let log = try syncArchive { () throws(ArchiveError) in try archive.logs() }.first {
            $0.origin == manifest.origin
        }
        guard let log, log.head.size >= manifest.log.size else {
            throw .damaged(Damage(file: file, reason: "the archive holds less of this log than the snapshot signs"))
        }
        guard PublicKey(log.key) == signed.signer.key else {
            throw .distrust(
                file: file, .notTheOriginsKey(fingerprint: signed.signer.fingerprint, origin: manifest.origin))
        }
        let root = try syncArchive { () throws(ArchiveError) in
            try archive.root(of: manifest.origin, size: manifest.log.size)
        }
        guard root == manifest.log.root else { throw .distrust(file: file, .fork(size: manifest.log.size)) }
        report.snapshots.append(
            CheckedSnapshot(manifest: manifest, id: signed.id, signer: signed.signer, time: signed.time))
        if let fault = signed.timestampFault {
            report.damages.append(Damage(file: file + ".tsr", reason: "this timestamp does not hold: \(fault.reason)"))
        }
    }

    private func checkBundles(_ chain: ManifestChain, _ report: inout Report) throws(SyncError) {
        let (origin, size) = (chain.last.manifest.origin, chain.last.manifest.log.size)
        var covered = 0
        let bundles = try remote.bundles(of: origin)
        if bundles.contains(where: { $0.to > size }) {
            let file = "manifests/\(origin)-\(chain.last.manifest.number + 1).json"
            report.missing.append(Damage(file: file, reason: "it is missing, but bundles of that snapshot are there"))
        }
        for bundle in bundles where bundle.to <= size {
            try note(&report) { _ throws(SyncError) in
                let list = try verifier.packingList(named: bundle.file, in: remote, for: chain.byID)
                try BundleReader(list: list.list, remote: remote).verifyHash()
            }
            if bundle.from <= covered { covered = max(covered, bundle.to) }
        }
        if covered < size {
            report.missing.append(
                Damage(file: "archive", reason: "no bundle holds the records of \(origin.short) from \(covered) on"))
        }
    }

    /// Goes on after what is damaged or not believed, so that everything is named in one run.
    private func note(
        _ report: inout Report, _ body: (inout Report) throws(SyncError) -> Void
    ) throws(SyncError) {
        do throws(SyncError) { try body(&report) } catch {
            switch error {
            case .damaged(let damage): report.damages.append(damage)
            case .distrust(let file, let reason): report.distrusted.append((file, reason))
            default: throw error
            }
        }
    }
}
