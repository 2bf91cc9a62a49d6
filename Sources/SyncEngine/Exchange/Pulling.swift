public import Models
package import Storage

/// Brings what others have recorded from a remote into an archive, after everything has been verified. Nothing that is here changes: logs
/// only grow, so archives that went separate ways come together in any order, any number of times.
public struct Puller: Sendable {
    private let archive: Archive
    private let remote: any Remote
    private let verifier: Verifier
    private let tool: String

    package init(
        _ archive: Archive, from remote: any Remote, trust: AllowedSigners,
        authorities: TimeAuthorities = TimeAuthorities(), tool: String
    ) throws(SyncError) {
        self.archive = archive
        self.remote = remote
        self.tool = tool
        let hint = try remote.read("manifests/allowed_signers", limit: 1 << 20) ?? []
        verifier = Verifier(
            trust: trust, hint: AllowedSigners(parsing: String(decoding: hint, as: UTF8.self)), authorities: authorities
        )
    }

    /// One log that the remote has more of, manifests and packing lists verified, bundles not yet read.
    public struct Arrival: Sendable {
        let chain: ManifestChain
        /// The newest snapshot that was here before, with which the chain then begins.
        let known: VerifiedManifest?
        let bundles: [VerifiedPackingList]
        /// What must travel.
        public let bytes: Int
        public var origin: OriginID { chain.last.manifest.origin }
        public var manifest: Manifest { chain.last.manifest }
        public var signer: Signer { chain.last.signer }
        /// Records that were here before.
        public var first: Int { known?.manifest.log.size ?? 0 }
        public var records: Int { manifest.log.size - first }
        public var captures: Int { manifest.captures - (known?.manifest.captures ?? 0) }
        var new: [VerifiedManifest] { known == nil ? chain.manifests : Array(chain.manifests.dropFirst()) }
    }

    /// What a remote has for this archive.
    public struct Plan: Sendable {
        public var arrivals: [Arrival] = []
        /// Logs that cannot be taken, and why; the others can.
        public var refused: [(origin: OriginID, error: SyncError)] = []
        /// Logs of which nothing new is there.
        public var settled = 0
        public var bytes: Int { arrivals.reduce(0) { $0 + $1.bytes } }
    }

    /// Asks the remote what it has; nothing is written.
    public func plan() throws(SyncError) -> Plan {
        let heads = try RemoteHeads(remote)
        let local = FolderRemote(path: archive.path)
        let held = try local.snapshotNumbers().compactMapValues(\.last)
        var plan = Plan()
        for origin in heads.origins {
            do throws(SyncError) {
                let arrival = try arrival(origin, held[origin], heads, local)
                if let arrival { plan.arrivals.append(arrival) } else { plan.settled += 1 }
            } catch {
                guard error.concernsOneLog else { throw error }
                plan.refused.append((origin, error))
            }
        }
        return plan
    }

    private func arrival(
        _ origin: OriginID, _ held: Int?, _ heads: RemoteHeads, _ local: FolderRemote
    ) throws(SyncError) -> Arrival? {
        var known: VerifiedManifest?
        if let held {
            let name = RemoteHeads.name(origin, held)
            let own = try verifier.manifest(named: name, in: local)
            // An older snapshot there says nothing; another one of the same number is a contradiction.
            let theirs = try remote.read(name, limit: Verifier.largestDocument)
            if let theirs, ObjectID(hashing: theirs) != own.id {
                let other = try verifier.manifest(named: name, in: remote)
                throw try contradiction(own, other)
            }
            known = own
        }
        let new = try later(than: known, of: origin, heads)
        guard let last = new.last else { return nil }
        guard origin != archive.origin else {
            throw .distrust(
                file: RemoteHeads.name(origin, last.manifest.number),
                .copiedArchive(number: last.manifest.number, size: last.manifest.log.size))
        }
        let chain = ManifestChain(verified: (known.map { [$0] } ?? []) + new)
        let seen = try syncArchive { () throws(ArchiveError) in try archive.heads() }[origin]
        if let seen, seen.size > last.manifest.log.size, known == nil {
            throw .distrust(
                file: RemoteHeads.name(origin, last.manifest.number),
                .rollback(seen: seen.size, found: last.manifest.log.size))
        }
        let bundles = try verifier.bundles(covering: chain, from: known?.manifest.log.size ?? 0, in: remote)
        let intake = intake
        var bytes = 0
        for bundle in bundles { bytes += try intake.bytesToFetch(bundle.list) }
        return Arrival(chain: chain, known: known, bundles: bundles, bytes: bytes)
    }

    /// The snapshots after the one that is known, as far as they follow one another.
    private func later(
        than known: VerifiedManifest?, of origin: OriginID, _ heads: RemoteHeads
    ) throws(SyncError) -> [VerifiedManifest] {
        var manifests: [VerifiedManifest] = []
        var number = (known?.manifest.number ?? 0) + 1
        while try heads.has(origin, number) {
            let name = RemoteHeads.name(origin, number)
            let before = manifests.last ?? known
            let next = try verifier.manifest(named: name, in: remote, after: before?.signer)
            if let before { try ManifestChain.check(next, after: before, file: name) }
            manifests.append(next)
            number += 1
        }
        guard number <= heads.claimed[origin] ?? 0 else { return manifests }
        throw .damaged(
            Damage(
                file: RemoteHeads.name(origin, number),
                reason: "it is missing, but later snapshots of that origin are said to be there"))
    }

    private var intake: BundleIntake {
        BundleIntake(remote: remote, archive: archive, downloads: archive.incomingFolder)
    }

    /// Two signed manifests that contradict each other: both are kept.
    private func contradiction(_ ours: VerifiedManifest, _ theirs: VerifiedManifest) throws(SyncError) -> SyncError {
        let evidence = try archive.keepEvidence([ours, theirs])
        let number = theirs.manifest.number
        let file = "manifests/\(theirs.manifest.fileName)"
        guard ours.manifest.origin != archive.origin else {
            return .distrust(file: file, .copiedArchive(number: number, size: theirs.manifest.log.size))
        }
        return .distrust(file: file, .equivocation(number: number, evidence: evidence))
    }
}

extension Puller {
    /// What came of one log.
    public struct Taken: Sendable {
        public let manifest: Manifest
        public let signer: Signer
        public let first: Int
        public let captures: Int
    }

    /// What was taken, and what was refused after all because a bundle is not what was signed.
    public struct Report: Sendable {
        public var taken: [Taken] = []
        public var refused: [(origin: OriginID, error: SyncError)] = []
        /// Bytes of bundles that were read.
        public var bytes = 0
    }

    /// Takes in what was planned, each log whole or not at all.
    ///
    /// - Parameter progress: told the bytes that have come so far and how many there are.
    public func take(_ plan: Plan, progress: (Int, Int) -> Void = { _, _ in }) throws(SyncError) -> Report {
        var report = Report()
        report.refused = plan.refused
        let total = plan.arrivals.reduce(0) { $0 + $1.bundles.reduce(0) { $0 + $1.list.bytes } }
        var done = 0
        var waiting = plan.arrivals
        // What one log withholds, a withdrawal in another may account for: who is refused is tried once more after the others.
        for attempt in 1...2 {
            var refused: [(Arrival, SyncError)] = []
            for arrival in waiting {
                let before = done
                do throws(SyncError) {
                    try take(arrival, among: plan) { bytes in
                        done += bytes
                        progress(min(done, total), total)
                    }
                    done = before + arrival.bundles.reduce(0) { $0 + $1.list.bytes }
                    report.bytes += done - before
                    report.taken.append(
                        Taken(
                            manifest: arrival.manifest, signer: arrival.signer, first: arrival.first,
                            captures: arrival.captures))
                } catch {
                    guard error.concernsOneLog else { throw error }
                    refused.append((arrival, error))
                    done = before
                }
            }
            waiting = refused.map(\.0)
            guard attempt == 2 || refused.isEmpty || refused.count == plan.arrivals.count else { continue }
            report.refused += refused.map { ($0.0.origin, $0.1) }
            break
        }
        return report
    }

    private func take(_ arrival: Arrival, among plan: Plan, progress: (Int) -> Void) throws(SyncError) {
        let heads = try syncArchive { () throws(ArchiveError) in try archive.heads() }
        var reading = LogReading(
            chain: arrival.chain, after: try held(arrival), witnesses: plan.arrivals.map(\.chain),
            remembered: heads[arrival.origin])
        try checkWitnessed(arrival)
        let intake = intake
        var batch = ReceivedBatch(archive)
        for bundle in arrival.bundles {
            try intake.read(bundle.list, into: &batch, &reading, progress: progress)
        }
        try reading.finish()
        try reading.withdrawals.checkAccounts(with: archive)
        try intake.noteLeftOut(arrival.bundles)
        do throws(ArchiveError) { try batch.finish() } catch { throw SyncError(store: error) }
        // The manifest comes last: who is stopped before that does all this again, and finds most of it done.
        try recordCustody(arrival)
        for bundle in arrival.bundles { try intake.keep(bundle) }
        for manifest in arrival.new { try intake.keep(manifest) }
        try syncArchive { () throws(ArchiveError) in try archive.remember([arrival.origin: arrival.manifest.log]) }
    }

    private func held(_ arrival: Arrival) throws(SyncError) -> LogReading.Held? {
        guard let known = arrival.known?.manifest else { return nil }
        guard let keys = try archive.keyHistory(of: known.origin) else {
            throw .damaged(Damage(file: "packs", reason: "the log of \(known.origin.short) is missing"))
        }
        let frontier = try syncArchive { () throws(ArchiveError) in
            try archive.frontier(of: known.origin, size: known.log.size)
        }
        guard frontier.root == known.log.root else {
            throw .damaged(Damage(file: "packs", reason: "the log of \(known.origin.short) is not what was signed"))
        }
        return LogReading.Held(frontier: frontier, keys: keys, captures: known.captures)
    }

    /// What the other has seen of logs that are here must be in them.
    private func checkWitnessed(_ arrival: Arrival) throws(SyncError) {
        let logs = try syncArchive { () throws(ArchiveError) in try archive.logs() }
        let file = "manifests/\(arrival.manifest.fileName)"
        for (origin, head) in arrival.manifest.heads {
            guard let log = logs.first(where: { $0.origin == origin }), head.size <= log.head.size else { continue }
            let root = try syncArchive { () throws(ArchiveError) in try archive.root(of: origin, size: head.size) }
            guard root != head.root else { continue }
            _ = try archive.keepEvidence([arrival.chain.last])
            throw .distrust(file: file, .witnessedFork(origin: origin, size: head.size, witness: file))
        }
    }

    /// Never for records of custody alone: archives that exchange would write to each other for ever.
    private func recordCustody(_ arrival: Arrival) throws(SyncError) {
        let held = try syncArchive { () throws(ArchiveError) in
            try archive.lines(arrival.first..<arrival.manifest.log.size, of: arrival.origin)
        }
        guard held.contains(where: { $0.kind == .capture || $0.kind == .adopted }) else { return }
        let log = CustodyDetail.TakenLog(
            origin: arrival.origin, manifest: arrival.chain.last.id, size: arrival.manifest.log.size,
            signedBy: arrival.signer.fingerprint)
        try syncArchive { () throws(ArchiveError) in
            try archive.record(
                custody: .taking(log, first: arrival.first, place: CustodyPlace(of: remote)), tool: tool)
        }
    }
}

extension SyncError {
    /// What is wrong with one log need not keep others from coming.
    var concernsOneLog: Bool {
        switch self {
        case .distrust, .damaged: true
        case .archive(let error): if case .forked = error { true } else { false }
        default: false
        }
    }
}
