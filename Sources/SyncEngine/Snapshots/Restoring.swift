public import Models
public import Storage

/// Makes a new archive from what a remote holds, after everything has been verified.
public struct Restorer: Sendable {
    private let remote: any Remote
    private let trust: AllowedSigners
    private let authorities: TimeAuthorities
    private let downloads: String?

    /// - Parameter path: a folder with `archive/` and `manifests/`, or an archive.
    /// - Parameter authorities: whom the user believes about time.
    public init(from path: String, trust: AllowedSigners, authorities: TimeAuthorities = TimeAuthorities()) {
        self.init(from: FolderRemote(path: path), trust: trust, authorities: authorities)
    }

    /// - Parameter downloads: a folder where bundles from elsewhere lie until they are read: what is interrupted goes on there. Nil
    ///   for one in the archive, which is gone when restoring fails.
    package init(
        from remote: any Remote, trust: AllowedSigners, authorities: TimeAuthorities = TimeAuthorities(),
        downloads: String? = nil
    ) {
        self.remote = remote
        self.trust = trust
        self.authorities = authorities
        self.downloads = downloads
    }

    /// One origin's log, signatures and packing lists verified, bundles not yet read.
    public struct Plan: Sendable {
        let chain: ManifestChain
        let bundles: [VerifiedPackingList]
        public var manifest: Manifest { chain.last.manifest }
        public var manifestID: ObjectID { chain.last.id }
        public var signer: Signer { chain.last.signer }
        public var bundleBytes: Int { bundles.reduce(0) { $0 + $1.list.bytes } }
    }

    /// Logs that cannot be restored, and why.
    public typealias Refused = [(origin: OriginID, error: SyncError)]

    /// What would be restored: every origin there, or the one whose id begins with `origin`, at its latest snapshot or at `number`. One that
    /// is damaged or not to be believed is an error.
    public func plan(origin wanted: String? = nil, number: Int? = nil) throws(SyncError) -> [Plan] {
        let found = try plans(origin: wanted, number: number)
        if let first = found.refused.first { throw first.error }
        return found.plans
    }

    /// The same, but what is wrong with one origin keeps no other from being restored.
    public func plans(
        origin wanted: String? = nil, number: Int? = nil
    ) throws(SyncError) -> (plans: [Plan], refused: Refused) {
        let numbers = try snapshotNumbers()
        guard !numbers.isEmpty else { throw .noSnapshot(remote.address) }
        let chosen = numbers.filter { entry in wanted.map { entry.key.description.hasPrefix($0) } ?? true }
        guard !chosen.isEmpty, number == nil || chosen.count == 1 else {
            throw .noSuchOrigin(wanted ?? "", have: numbers.keys.sorted())
        }
        let hint = try remote.read("manifests/allowed_signers", limit: 1 << 20) ?? []
        let verifier = Verifier(
            trust: trust, hint: AllowedSigners(parsing: String(decoding: hint, as: UTF8.self)), authorities: authorities
        )
        var plans: [Plan] = []
        var refused: Refused = []
        for (origin, have) in chosen.sorted(by: { $0.key < $1.key }) {
            do throws(SyncError) {
                plans.append(try plan(of: origin, have, number, verifier))
            } catch {
                guard error.concernsOneLog, chosen.count > 1 else { throw error }
                refused.append((origin, error))
            }
        }
        if plans.isEmpty, let first = refused.first { throw first.error }
        return (plans, refused)
    }

    /// Those of origins of which only bundles are there, or only the index speaks, are empty.
    private func snapshotNumbers() throws(SyncError) -> [OriginID: [Int]] {
        var numbers = try remote.snapshotNumbers()
        guard !numbers.isEmpty else { return numbers }
        let said = try RemoteIndex.read(from: remote).map { Set($0.origins.keys) } ?? []
        for origin in try said.union(remote.stems(in: "archive").compactMap { OriginID($0) })
        where numbers[origin] == nil {
            numbers[origin] = []
        }
        return numbers
    }

    private func plan(
        of origin: OriginID, _ have: [Int], _ number: Int?, _ verifier: Verifier
    ) throws(SyncError) -> Plan {
        if have.isEmpty {
            throw .damaged(
                Damage(
                    file: "manifests/\(origin)-1.json",
                    reason: "it is missing, but more of that origin is said to be there"))
        }
        let until = number.map { limit in have.filter { $0 <= limit } } ?? have
        guard let last = until.last, number == nil || last == number else {
            throw .noSuchSnapshot(number: number ?? 0, have: have)
        }
        let chain = try ManifestChain(origin: origin, numbers: until, in: remote, verifier: verifier)
        if number == nil { try checkNothingLater(chain) }
        return Plan(chain: chain, bundles: try verifier.bundles(covering: chain, from: 0, in: remote))
    }

    /// Bundles of a later snapshot without its manifest: either it is still being written, or somebody took the manifest away
    /// to pass an older state off as the latest. Which of the two, only the user can find out.
    private func checkNothingLater(_ chain: ManifestChain) throws(SyncError) {
        let manifest = chain.last.manifest
        guard try remote.bundles(of: manifest.origin).contains(where: { $0.to > manifest.log.size }) else { return }
        throw .damaged(
            Damage(
                file: "manifests/\(manifest.origin)-\(manifest.number + 1).json",
                reason:
                    "it is missing, but bundles of that snapshot are there; --snapshot \(manifest.number) restores the one before"
            ))
    }

    /// What was restored, of one origin.
    public struct Restored: Sendable {
        public let manifest: Manifest
        public let manifestID: ObjectID
        public let signer: Signer
        /// Records whose content is not there because it was not chosen to travel.
        public let leftOut: Int
    }

    /// What a signature cannot say, and people should know.
    public enum Caveat: Hashable, Sendable {
        /// A place that is no longer given snapshots looks like one where nothing happens: only its age shows it.
        case old(days: Int)
        /// One of the two clocks is wrong.
        case fromTheFuture
        /// The key was revoked as of a time after `created`, which only the signer vouches for.
        case revoked(Timestamp)
    }

    /// Fills `archive`, which must be new and not yet published: on an error the caller throws it away.
    ///
    /// - Parameter progress: told the bundle bytes read so far and how many there are.
    public func restore(
        _ plans: [Plan], into archive: Archive, tool: String, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(SyncError) -> [Restored] {
        let done = try restoreWhatCan(plans, into: archive, tool: tool, progress: progress)
        if let first = done.refused.first { throw first.error }
        return done.restored
    }

    /// The same, but what is wrong with one origin keeps no other from being restored; if none can be, that is an error.
    public func restoreWhatCan(
        _ plans: [Plan], into archive: Archive, tool: String, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(SyncError) -> (restored: [Restored], refused: Refused) {
        let total = plans.reduce(0) { $0 + $1.bundleBytes }
        var done = 0
        var restored: [Restored] = []
        var refused: Refused = []
        var waiting = plans
        // What one log withholds, a withdrawal in another may account for: who is refused is tried once more after the others.
        while !waiting.isEmpty {
            var failed: [Plan] = []
            refused = []
            for plan in waiting {
                let before = done
                do throws(SyncError) {
                    try restore(plan, among: plans, into: archive, tool: tool) { bytes in
                        done += bytes
                        progress(min(done, total), total)
                    }
                    done = before + plan.bundleBytes
                    restored.append(
                        Restored(
                            manifest: plan.manifest, manifestID: plan.manifestID, signer: plan.signer,
                            leftOut: plan.bundles.reduce(0) { $0 + $1.list.leftOut.reduce(0) { $0 + $1.count } }))
                } catch {
                    guard error.concernsOneLog else { throw error }
                    failed.append(plan)
                    refused.append((plan.manifest.origin, error))
                    done = before
                }
            }
            if failed.count == waiting.count { break }
            waiting = failed
        }
        if restored.isEmpty, let first = refused.first { throw first.error }
        return (restored.sorted { $0.manifest.origin < $1.manifest.origin }, refused)
    }

    private func restore(
        _ plan: Plan, among plans: [Plan], into archive: Archive, tool: String, progress: (Int) -> Void
    ) throws(SyncError) {
        let intake = BundleIntake(
            remote: remote, archive: archive, downloads: downloads ?? archive.incomingFolder)
        var batch = ReceivedBatch(archive)
        var reading = LogReading(chain: plan.chain, witnesses: plans.map(\.chain))
        for bundle in plan.bundles {
            try intake.read(bundle.list, into: &batch, &reading, progress: progress)
        }
        try reading.finish()
        try reading.withdrawals.checkAccounts(with: archive)
        try intake.noteLeftOut(plan.bundles)
        do throws(ArchiveError) { try batch.finish() } catch { throw SyncError(store: error) }
        try keep(plan, intake, in: archive, tool: tool)
        try syncArchive { () throws(ArchiveError) in try archive.remember([plan.manifest.origin: plan.manifest.log]) }
    }

    /// Copies the verified documents and bundles; records custody.
    private func keep(_ plan: Plan, _ intake: BundleIntake, in archive: Archive, tool: String) throws(SyncError) {
        for bundle in plan.bundles { try intake.keep(bundle) }
        for manifest in plan.chain.manifests { try intake.keep(manifest) }
        let log = CustodyDetail.TakenLog(
            origin: plan.manifest.origin, manifest: plan.manifestID, size: plan.manifest.log.size,
            signedBy: plan.signer.fingerprint)
        try syncArchive { () throws(ArchiveError) in
            try archive.record(custody: .restore(log, place: CustodyPlace(of: remote)), tool: tool)
        }
    }
}

extension CustodyPlace {
    init(of remote: any Remote) {
        self = remote.address.contains("://") ? CustodyPlace(url: remote.address) : CustodyPlace(path: remote.address)
    }
}

extension Restorer.Restored {
    /// Snapshots older than this many days are pointed out.
    package static let oldAfterDays: Int64 = 30
    private static let millisecondsADay: Int64 = 86_400_000

    public func caveats(now: Timestamp) -> [Restorer.Caveat] {
        var caveats: [Restorer.Caveat] = []
        let age = now.milliseconds - manifest.created.milliseconds
        let days = age / Self.millisecondsADay
        if days >= Self.oldAfterDays { caveats.append(.old(days: Int(days))) }
        // Clocks of two machines are never quite together.
        if age < -Self.millisecondsADay { caveats.append(.fromTheFuture) }
        if let time = signer.revokedAfter { caveats.append(.revoked(time)) }
        return caveats
    }
}
