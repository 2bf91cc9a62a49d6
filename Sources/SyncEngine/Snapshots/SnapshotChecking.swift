public import Models
public import Storage

/// One snapshot in an archive's `manifests/`, checked.
public struct CheckedSnapshot: Sendable {
    public let manifest: Manifest
    public let id: ObjectID
    public let signer: Signer
    public let time: StampedTime
    /// Hashes in the proof that this snapshot only adds to the one before it; nil where that one is not at hand.
    public internal(set) var proof: Int?
    /// How many heads of other logs it names that are in the logs held here.
    public internal(set) var witnessed = 0
}

/// A head that somebody signed for, of a log of which less is held here.
public struct UnseenHead: Sendable {
    public let origin: OriginID
    public let size: Int
    /// How much of it is held here.
    public let held: Int
    /// The manifest, relative to the archive.
    public let witness: String
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
        /// What others have seen of logs that are held here in part.
        public var unseen: [UnseenHead] = []
    }

    /// - Parameter bundles: hash every bundle too, which reads all of them.
    public func check(bundles: Bool) throws(SyncError) -> Report {
        var report = Report()
        let numbers = try remote.snapshotNumbers()
        // Nobody signed for a log here, or named its keys: then it need not be read.
        var logs: [OriginID: HeldLog?] = [:]
        if !numbers.isEmpty || Files.exists("\(remote.path)/\(Self.hint)") { logs = try heldLogs(&report) }
        for (origin, have) in numbers.sorted(by: { $0.key < $1.key }) {
            let chain = try chain(of: origin, have, &report)
            guard !chain.isEmpty else { continue }
            switch logs[origin] {
            case .some(.some(let log)): try check(chain, log, logs, &report)
            // Named already.
            case .some(.none): break
            case .none:
                let file = "manifests/\(chain[0].manifest.fileName)"
                report.damages.append(Damage(file: file, reason: "the archive holds nothing of this log"))
                // What its owner has seen counts all the same: the user trusts the key.
                for signed in chain { _ = try witness(signed.manifest, logs, &report) }
            }
            if bundles { try checkBundles(ManifestChain(verified: chain), have, &report) }
        }
        try checkHint(logs, &report)
        return report
    }

    /// Every log that is held here; nil for one that is not believed or damaged, which the report then names.
    private func heldLogs(_ report: inout Report) throws(SyncError) -> [OriginID: HeldLog?] {
        var held: [OriginID: HeldLog?] = [:]
        for log in try syncArchive({ () throws(ArchiveError) in try archive.logs() }) where log.head.size > 0 {
            held.updateValue(nil, forKey: log.origin)
            try note(&report) { _ throws(SyncError) in
                held.updateValue(try HeldLog(log, in: archive), forKey: log.origin)
            }
        }
        return held
    }

    /// Every manifest of an origin that is at hand and believed, by number; each must continue the one before.
    private func chain(
        of origin: OriginID, _ numbers: [Int], _ report: inout Report
    ) throws(SyncError) -> [VerifiedManifest] {
        var chain: [VerifiedManifest] = []
        var expected = 1
        for number in numbers {
            if number > expected { report.missing.append(Self.gap(origin, expected..<number)) }
            expected = number + 1
            try note(&report) { _ throws(SyncError) in
                let name = "manifests/\(origin)-\(number).json"
                let next = try verifier.manifest(named: name, in: remote, after: chain.last?.signer)
                if let before = chain.last { try ManifestChain.check(next, after: before, file: name) }
                chain.append(next)
            }
        }
        return chain
    }

    private static func gap(_ origin: OriginID, _ numbers: Range<Int>) -> Damage {
        let more = numbers.count == 1 ? "" : " (and those up to \(numbers.upperBound - 1))"
        return Damage(file: "manifests/\(origin)-\(numbers.lowerBound).json", reason: "it is missing\(more)")
    }

    private func check(
        _ chain: [VerifiedManifest], _ log: HeldLog, _ logs: [OriginID: HeldLog?], _ report: inout Report
    ) throws(SyncError) {
        var before: Manifest?
        for signed in chain {
            try note(&report) { report throws(SyncError) in
                try log.check(signed)
                var checked = CheckedSnapshot(
                    manifest: signed.manifest, id: signed.id, signer: signed.signer, time: signed.time)
                if let before { checked.proof = try log.proof(from: before, to: signed.manifest).count }
                before = signed.manifest
                checked.witnessed = try witness(signed.manifest, logs, &report)
                report.snapshots.append(checked)
                if let fault = signed.timestampFault {
                    let file = "manifests/\(signed.manifest.fileName).tsr"
                    report.damages.append(
                        Damage(file: file, reason: "this timestamp does not hold: \(fault.reason)"))
                }
            }
        }
    }

    /// Who signs a manifest is a witness for other logs: what they saw must be in the logs that are held here.
    ///
    /// - Returns: how many heads were found here.
    private func witness(
        _ manifest: Manifest, _ logs: [OriginID: HeldLog?], _ report: inout Report
    ) throws(SyncError) -> Int {
        let file = "manifests/\(manifest.fileName)"
        var found = 0
        for (origin, head) in manifest.heads.sorted(by: { $0.key < $1.key }) {
            guard case .some(.some(let log)) = logs[origin] else { continue }
            guard head.size <= log.size else {
                // Of its own log nobody can hold less than others have seen, unless it was set back.
                if origin == archive.origin {
                    report.distrusted.append(("packs", .rollback(seen: head.size, found: log.size)))
                } else {
                    report.unseen.append(
                        UnseenHead(origin: origin, size: head.size, held: log.size, witness: file))
                }
                continue
            }
            if log.tree.root(size: head.size) == head.root {
                found += 1
            } else {
                report.distrusted.append(
                    (file, .witnessedFork(origin: origin, size: head.size, witness: file)))
            }
        }
        return found
    }

    private static let hint = "manifests/allowed_signers"

    /// The hint is never believed; but one that is not what stet writes misleads people.
    private func checkHint(_ logs: [OriginID: HeldLog?], _ report: inout Report) throws(SyncError) {
        let name = Self.hint
        guard let bytes = try remote.read(name, limit: 1 << 20) else { return }
        let keys = logs.values.compactMap(\.self).flatMap(\.keys.keys)
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            // Principals may hold spaces: what follows them is one word and the key's two.
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            let key = PublicKey(words.suffix(2).joined(separator: " "))
            let principal = words.dropLast(3).joined(separator: " ")
            guard let key, keys.contains(key), line == AllowedSigners.line(principal: principal, key: key) else {
                report.damages.append(
                    Damage(file: name, reason: "a line of it is not what stet writes of a log that is here"))
                return
            }
        }
    }

    /// - Parameter numbers: of the snapshots that are there, believed or not.
    private func checkBundles(
        _ chain: ManifestChain, _ numbers: [Int], _ report: inout Report
    ) throws(SyncError) {
        let (origin, size) = (chain.last.manifest.origin, chain.last.manifest.log.size)
        var covered = 0
        let bundles = try remote.bundles(of: origin)
        // Without a head that was seen they are left over from a snapshot that was stopped, and mean nothing.
        let seen = try syncArchive { () throws(ArchiveError) in try archive.heads() }[origin]?.size ?? 0
        let next = chain.last.manifest.number + 1
        // One that is there and not believed is named as such already.
        if !numbers.contains(next), bundles.contains(where: { $0.to > size && $0.to <= seen }) {
            let file = "manifests/\(origin)-\(next).json"
            report.missing.append(Damage(file: file, reason: "it is missing, but bundles of that snapshot are there"))
        }
        for bundle in bundles where bundle.to <= size {
            try note(&report) { _ throws(SyncError) in
                let list = try verifier.packingList(named: bundle.file, in: remote, for: chain.byID)
                try BundleReader(list: list.list, path: "\(archive.bundlesFolder)/\(list.list.bundleName)").verifyHash()
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
