package import Models
internal import Synchronization

/// What `verify` read and found in the store.
public struct StoreReport: Sendable {
    /// Details, payloads and header blocks of captures that are there and hash to their names.
    public var objects = 0
    /// Captures whose line, detail and payload are all sound.
    public var captures = 0
    /// Records whose details are gone because they were withdrawn: nothing is wrong with that.
    public var withheld = 0
    /// Records whose content was not chosen to come here.
    public var leftOut = 0
    public var damages: [Damage] = []
    public var missing: [Damage] = []
}

/// How much `verify` reads.
public enum VerificationDepth: Sendable {
    /// Everything is there, every frame header is sound, every log is whole. Contents are not read.
    case quick
    /// Every byte of every pack, every object.
    case full
}

extension Archive {
    /// Reads every byte of every pack, hashes every object, and follows every log from its lines to their payloads, on all cores.
    ///
    /// - Parameters:
    ///   - progress: told the bytes read so far and the bytes there are.
    ///   - waiting: called when another process merges packs, which is waited for.
    /// - Throws: `ArchiveError.catalog` when the catalog is not what the packs say. It is a cache: throw it away and try again.
    public func verify(
        _ depth: VerificationDepth = .full, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
        waiting: () -> Void = {}
    ) throws(ArchiveError) -> StoreReport {
        // A pack that was merged meanwhile would be taken for one that is missing.
        let lock = try compactionLock(isShared: true, waiting: waiting)
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        for reader in readers { reader.forget() }
        let verification = StoreVerification(self, depth)
        try checkCatalog(depth, beside: verification.checkPacks)
        if depth == .full { try verification.checkFrames(progress) }
        try verification.checkLogs()
        for reader in readers { reader.forget() }
        let report = try verification.report()
        lock.release()
        return report
    }

    /// One core is enough for the catalog's own file, and the other need not wait for it.
    private func checkCatalog(
        _ depth: VerificationDepth, beside body: @Sendable () throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        let failures = Mutex<[ArchiveError?]>([nil, nil])
        Cores.run(workers: 2) { number in
            do throws(ArchiveError) {
                if number == 0 { try catalog.check(depth) } else { try body() }
            } catch {
                failures.withLock { $0[number] = error }
            }
        }
        // What is wrong with the catalog comes first: whatever else was found may follow from it.
        for failure in failures.withLock({ $0 }) { if let failure { throw failure } }
    }

    /// What records need and what is in no pack. Contents but those of details are not read.
    package func missingObjects() throws(ArchiveError) -> Set<ObjectID> {
        let lock = try compactionLock(isShared: true)
        let verification = StoreVerification(self, .full)
        try verification.checkLogs()
        let missing = try verification.report().missing
        lock.release()
        return missing.reduce(into: []) { $0.formUnion($1.objects) }
    }
}
