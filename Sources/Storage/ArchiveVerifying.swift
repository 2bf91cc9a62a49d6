package import Models

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
        try catalog.check(depth)
        let verification = StoreVerification(self, depth)
        try verification.checkPacks()
        if depth == .full { try verification.checkFrames(progress) }
        try verification.checkLogs()
        for reader in readers { reader.forget() }
        let report = try verification.report()
        lock.release()
        return report
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
