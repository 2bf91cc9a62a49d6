public import Models
public import Storage

/// Makes captures and notes disappear that must not be kept any more: for somebody's safety, or by law.
///
/// Their lines stay in the log, and a withdrawal is added to it. What they held goes from packs, bundles and caches. Everything
/// that is to go is written down before anything is withdrawn: a run that is stopped is finished by the next one.
public struct Forgetting: Sendable {
    private let archive: Archive
    private let remote: FolderRemote
    private let trust: AllowedSigners
    private let tool: String
    private let clock: @Sendable () -> Timestamp

    public init(_ archive: Archive, trust: AllowedSigners, tool: String, clock: @escaping @Sendable () -> Timestamp) {
        self.archive = archive
        self.trust = trust
        self.tool = tool
        self.clock = clock
        remote = FolderRemote(path: archive.path)
    }

    /// What would go, and what else there is to know before it does.
    public struct Plan: Sendable {
        /// The records whose content goes.
        public let records: [RecordReference]
        /// Captures that hold the same bytes and are not among `records`: while there are any, nothing can go.
        public let sharing: [RecordReference]
        /// Snapshots that carried any of the records: copies of these may be anywhere.
        public let snapshots: [Manifest]
        /// Bundles must be packed and signed anew.
        public let needsKey: Bool
        let erasure: Erasure
    }

    /// - Parameter withIdentical: captures with the same bytes go, too.
    public func plan(_ name: CaptureName, withIdentical: Bool) throws(SyncError) -> Plan {
        let found = try syncArchive { () throws(ArchiveError) in
            let first = try archive.erasable(name)
            var found = [first.reference: first]
            var open = first.sharing
            while withIdentical, let next = open.popLast() {
                guard found[next] == nil else { continue }
                let more = try archive.erasable(next.name)
                found[next] = more
                open += more.sharing
            }
            return found
        }
        return try plan(found)
    }

    private func plan(_ found: [RecordReference: ErasableRecord]) throws(SyncError) -> Plan {
        let records = found.keys.sorted { ($0.origin, $0.index) < ($1.origin, $1.index) }
        var sharing: Set<RecordReference> = []
        var objects: Set<ObjectID> = []
        for record in found.values {
            sharing.formUnion(record.sharing)
            objects.formUnion(record.objects)
        }
        sharing.subtract(records)
        let attached = found.values.reduce(into: Set<ObjectID>()) { $0.formUnion($1.attachments) }
        objects.formUnion(
            try syncArchive { () throws(ArchiveError) in try archive.unshared(attached, by: Set(records)) })
        let erasure = Erasure(records: Set(records), objects: objects)
        return Plan(
            records: records, sharing: sharing.sorted { ($0.origin, $0.index) < ($1.origin, $1.index) },
            snapshots: try manifests().filter { manifest in
                records.contains { $0.origin == manifest.origin && $0.index < manifest.log.size }
            }, needsKey: try !bundles(with: erasure).isEmpty, erasure: erasure)
    }

    /// - Parameters:
    ///   - key: needed when the plan says so.
    ///   - caches: throws away what else was computed from the captures; called before the work counts as done.
    public func forget(
        _ plan: Plan, reason: String, key: (any SigningIdentity)?, caches: () throws(SyncError) -> Void,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(SyncError) {
        precondition(plan.sharing.isEmpty, "other captures need the same bytes")
        if plan.needsKey, key == nil { throw .lacksKeyToForget }
        try archive.whileForgetting(seconds: 120, wrapping: SyncError.archive) { () throws(SyncError) in
            if try complete(key: { () throws(SyncError) in key }, caches: caches, progress: progress) == .lacksKey {
                throw .lacksKeyToForget
            }
            let details = try withdrawals(plan, reason: reason)
            try syncArchive { () throws(ArchiveError) in
                try archive.begin(plan.erasure)
                if !details.isEmpty { _ = try archive.record(details) }
            }
            _ = try complete(key: { () throws(SyncError) in key }, caches: caches, progress: progress)
        }
    }

    /// How an interrupted run was found.
    public enum Completion: Sendable {
        case nothingToDo
        case done
        /// Bundles must be signed anew, and there is no key.
        case lacksKey
        /// Another process is at it.
        case busy
    }

    /// Finishes what an interrupted run began.
    public func finish(
        key: () throws(SyncError) -> (any SigningIdentity)?, caches: () throws(SyncError) -> Void
    ) throws(SyncError) -> Completion {
        guard try syncArchive({ () throws(ArchiveError) in try archive.unfinishedErasure() }) != nil else {
            return .nothingToDo
        }
        do throws(SyncError) {
            return try archive.whileForgetting(seconds: 0, wrapping: SyncError.archive) { () throws(SyncError) in
                try complete(key: key, caches: caches) { _ in }
            }
        } catch {
            if case .archive(.busy) = error { return .busy }
            throw error
        }
    }

    /// In an archive just made from a remote: what that still held although its logs say that it was withdrawn goes again.
    public func forgetWhatWasWithdrawn(
        key: () throws(SyncError) -> (any SigningIdentity)?, caches: () throws(SyncError) -> Void
    ) throws(SyncError) {
        try archive.whileForgetting(seconds: 120, wrapping: SyncError.archive) { () throws(SyncError) in
            let held = try withdrawnButHeld()
            guard !held.isEmpty else { return }
            try syncArchive { () throws(ArchiveError) in try archive.begin(try archive.erasure(of: held)) }
            _ = try complete(key: key, caches: caches) { _ in }
        }
    }

    /// Records that were withdrawn, and whose content is here all the same.
    public func withdrawnButHeld() throws(SyncError) -> Set<RecordReference> {
        try syncArchive { () throws(ArchiveError) in try archive.withdrawnButHeld() }
    }

    /// After a repair: with a log's lost lines come all objects of its bundles, and some may have been withdrawn.
    ///
    /// - Parameter before: what was withdrawn but held before the repair: it stays as it was.
    public func eraseWhatCameBack(
        since before: Set<RecordReference>, caches: () throws(SyncError) -> Void
    ) throws(SyncError) {
        try archive.whileForgetting(seconds: 120, wrapping: SyncError.archive) { () throws(SyncError) in
            let held = try withdrawnButHeld().subtracting(before)
            guard !held.isEmpty else { return }
            let erasure = try syncArchive { () throws(ArchiveError) in
                let erasure = try archive.erasure(of: held)
                try archive.begin(erasure)
                try archive.erase(erasure)
                return erasure
            }
            try caches()
            try syncArchive { () throws(ArchiveError) in try archive.end(erasure) }
        }
    }

    private func withdrawals(_ plan: Plan, reason: String) throws(SyncError) -> [Detail] {
        var random = SystemRandomNumberGenerator()
        var details: [Detail] = []
        for record in plan.records {
            let known = try syncArchive { () throws(ArchiveError) in
                try archive.isWithheld(record.index, of: record.origin)
            }
            if known { continue }
            do throws(FormatError) {
                details.append(
                    .withdrawal(
                        try WithdrawalDetail(of: record, reason: reason, tool: tool, salt: Salt(using: &random))))
            } catch {
                throw .archive(.format(error))
            }
        }
        return details
    }

    /// Every step may be done again, in this order, as often as the machine stops in between.
    private func complete(
        key: () throws(SyncError) -> (any SigningIdentity)?, caches: () throws(SyncError) -> Void,
        progress: @escaping (Int) -> Void
    ) throws(SyncError) -> Completion {
        guard let begun = try syncArchive({ () throws(ArchiveError) in try archive.unfinishedErasure() }) else {
            return .nothingToDo
        }
        guard try syncArchive({ () throws(ArchiveError) in try archive.isWithdrawn(begun) }) else {
            // Stopped before anything was withdrawn: it did not happen.
            try syncArchive { () throws(ArchiveError) in try archive.end(begun) }
            return .nothingToDo
        }
        let bundles = try bundles(with: begun)
        if !bundles.isEmpty {
            guard let key = try key() else { return .lacksKey }
            // Others accept what is left out of bundles only when a manifest covers the withdrawal.
            _ = try SnapshotMaker(archive, key: key, trust: trust, tool: tool, clock: clock)
                .makeAlone(message: "withdrawal")
            let packer = Repacking(archive: archive, tool: tool, key: key, manifests: try manifests())
            for bundle in bundles { try packer.repack(bundle) }
        }
        try syncArchive { () throws(ArchiveError) in try archive.erase(begun, progress: progress) }
        try syncFile { () throws(FileError) in
            for folder in [archive.bundlesFolder, archive.manifestsFolder] { try Files.sweepTemporaries(in: folder) }
        }
        try caches()
        try syncArchive { () throws(ArchiveError) in try archive.end(begun) }
        return .done
    }

    /// Bundles whose lines include one of the records, with or without a packing list, and those that build on what goes.
    private func bundles(with erasure: Erasure) throws(SyncError) -> [Repacking.Bundle] {
        var found: [Repacking.Bundle] = []
        for name in try remote.names(under: "archive/") {
            guard let bundle = Repacking.Bundle(fileName: Files.name(of: name)) else { continue }
            let holds = erasure.records.contains { $0.origin == bundle.origin && bundle.range.contains($0.index) }
            let leans = try buildsOn(erasure.objects, "archive/\(bundle.stem).json")
            if holds || leans { found.append(bundle) }
        }
        return found
    }

    private func buildsOn(_ objects: Set<ObjectID>, _ list: String) throws(SyncError) -> Bool {
        guard let bytes = try remote.read(list, limit: Verifier.largestDocument) else { return false }
        do throws(FormatError) {
            let list = try PackingList(parsing: bytes)
            return !objects.isDisjoint(with: list.base)
        } catch {
            return false
        }
    }

    /// Those that can be read; no signature is needed to know that they were made.
    private func manifests() throws(SyncError) -> [Manifest] {
        var found: [Manifest] = []
        for (origin, numbers) in try remote.snapshotNumbers().sorted(by: { $0.key < $1.key }) {
            for number in numbers {
                let name = "manifests/\(origin)-\(number).json"
                guard let bytes = try remote.read(name, limit: Verifier.largestDocument) else { continue }
                do throws(FormatError) { found.append(try Manifest(parsing: bytes)) } catch { continue }
            }
        }
        return found
    }
}
