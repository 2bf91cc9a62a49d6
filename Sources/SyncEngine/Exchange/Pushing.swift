public import Models
package import Storage

/// Carries an archive's snapshots, its own and those it holds of others, to a remote that lacks them.
///
/// What leads to something is written after it: bundles, then their packing lists, then manifests, each after its signature. So whoever is
/// stopped leaves a remote that is what it was, and the next run goes on.
public struct Pusher: Sendable {
    private let archive: Archive
    private let remote: any Remote
    private let verifier: Verifier
    private let local: FolderRemote
    private let tool: String

    package init(_ archive: Archive, to remote: any Remote, trust: AllowedSigners, tool: String) throws(SyncError) {
        guard remote.canWrite else { throw remote.fault(.readOnly) }
        self.tool = tool
        self.archive = archive
        self.remote = remote
        local = FolderRemote(path: archive.path)
        verifier = Verifier(trust: trust, hint: AllowedSigners(parsing: ""))
    }

    /// The files of one log that are to travel, in the order in which they must.
    public struct Departure: Sendable {
        public let origin: OriginID
        /// Snapshots that are there before and afterwards.
        public let from: Int
        public let to: Int
        let bundles: [VerifiedPackingList]
        let manifests: [VerifiedManifest]
        public let bytes: Int

        /// Whether bundles are among them for which earlier ones are there.
        package func isMoreOf(_ origin: OriginID) -> Bool { self.origin == origin && from > 0 && !bundles.isEmpty }
    }

    /// What a remote lacks.
    public struct Plan: Sendable {
        public var departures: [Departure] = []
        /// Logs that cannot be sent, and why; the others can.
        public var refused: [(origin: OriginID, error: SyncError)] = []
        /// Logs of which the remote has more than this archive.
        public var ahead: [OriginID] = []
        public var bytes: Int { departures.reduce(0) { $0 + $1.bytes } }
    }

    /// Asks the remote what it has; nothing is written.
    public func plan() throws(SyncError) -> Plan {
        let heads = try RemoteHeads(remote)
        var plan = Plan()
        for (origin, numbers) in try local.snapshotNumbers().sorted(by: { $0.key < $1.key }) {
            guard let newest = numbers.last else { continue }
            do throws(SyncError) {
                let there = try newestThere(origin, heads, held: newest)
                if there > newest {
                    try checkNotCopied(origin, there)
                    plan.ahead.append(origin)
                }
                let departure = try departure(origin, from: there, to: newest)
                if let departure { plan.departures.append(departure) }
            } catch {
                guard error.concernsOneLog else { throw error }
                plan.refused.append((origin, error))
            }
        }
        return plan
    }

    /// The number of the newest snapshot that the remote has, 0 for none; the newest that both have must be the same.
    private func newestThere(_ origin: OriginID, _ heads: RemoteHeads, held: Int) throws(SyncError) -> Int {
        var there = heads.claimed[origin] ?? 0
        // An index may say too much or too little, or not be there.
        var isThere = false
        if there > 0 { isThere = try heads.has(origin, there) }
        if !isThere, heads.claimed[origin] != nil {
            there = try remote.snapshotNumbers(of: origin)[origin]?.last ?? 0
        }
        while there < held, try heads.has(origin, there + 1) { there += 1 }
        let common = min(there, held)
        guard common > 0 else { return there }
        let name = RemoteHeads.name(origin, common)
        let theirs = try remote.read(name, limit: Verifier.largestDocument) ?? []
        let ours = try local.read(name, limit: Verifier.largestDocument) ?? []
        guard theirs != ours else { return there }
        let other = try verifier.manifest(named: name, in: remote)
        let evidence = try archive.keepEvidence([try verifier.manifest(named: name, in: local), other])
        throw .distrust(
            file: name,
            origin == archive.origin
                ? .copiedArchive(number: common, size: other.manifest.log.size)
                : .equivocation(number: common, evidence: evidence))
    }

    private func checkNotCopied(_ origin: OriginID, _ number: Int) throws(SyncError) {
        guard origin == archive.origin else { return }
        let name = RemoteHeads.name(origin, number)
        let manifest = try verifier.manifest(named: name, in: remote).manifest
        throw .distrust(file: name, .copiedArchive(number: number, size: manifest.log.size))
    }

    private func departure(_ origin: OriginID, from: Int, to: Int) throws(SyncError) -> Departure? {
        var manifests: [VerifiedManifest] = []
        for number in max(1, min(from, to))...to {
            manifests.append(try verifier.manifest(named: RemoteHeads.name(origin, number), in: local))
        }
        let known = from >= 1 ? manifests.first : nil
        let new = from >= 1 ? Array(manifests.dropFirst()) : manifests
        var bundles = try new.isEmpty ? [] : bundles(of: origin, from: known?.manifest.log.size ?? 0, manifests)
        for list in try replaced(of: origin, upTo: known?.manifest.log.size ?? 0) { bundles.append(list) }
        guard !bundles.isEmpty || !new.isEmpty else { return nil }
        let bytes =
            bundles.reduce(0) { $0 + $1.list.bytes + $1.bytes.count + $1.signature.count }
            + new.reduce(0) { $0 + $1.bytes.count + $1.signature.count + ($1.timestamp?.count ?? 0) }
        return Departure(origin: origin, from: min(from, to), to: to, bundles: bundles, manifests: new, bytes: bytes)
    }

    /// Those that hold the lines from `start` on and are not there yet: an interrupted run may have left some.
    private func bundles(
        of origin: OriginID, from start: Int, _ manifests: [VerifiedManifest]
    ) throws(SyncError) -> [VerifiedPackingList] {
        let size = manifests[manifests.count - 1].manifest.log.size
        let byID = ManifestChain(verified: manifests).byID
        let there = Set(try remote.names(under: "archive/\(origin)-"))
        var bundles: [VerifiedPackingList] = []
        for bundle in try local.bundles(of: origin) where bundle.from >= start && bundle.to <= size {
            let list = try verifier.packingList(named: bundle.file, in: local, for: byID)
            if there.contains(bundle.file),
                try remote.read(bundle.file, limit: Verifier.largestDocument) == list.bytes
            {
                continue
            }
            bundles.append(list)
        }
        return bundles
    }

    /// Bundles that were packed anew since they went there, because something in them was withdrawn.
    private func replaced(of origin: OriginID, upTo size: Int) throws(SyncError) -> [VerifiedPackingList] {
        let names = try syncArchive { () throws(ArchiveError) in try archive.repackedBundles() }
            .filter { RemoteName.origin(in: $0) == origin && Self.end(of: $0) ?? .max <= size }
        guard !names.isEmpty else { return [] }
        let numbers = try local.snapshotNumbers(of: origin)[origin] ?? []
        let byID = try ManifestChain(origin: origin, numbers: numbers, in: local, verifier: verifier).byID
        var bundles: [VerifiedPackingList] = []
        var gone: Set<ObjectID> = []
        for name in names {
            guard let theirs = try list(name) else { continue }
            let ours = try verifier.packingList(named: name, in: local, for: byID)
            guard ours.list != theirs, ours.list.withholdsMore(than: theirs) else { continue }
            bundles.append(ours)
            gone.insert(theirs.sha256)
        }
        guard !gone.isEmpty else { return [] }
        // What builds on one of them may have lost what it builds on.
        for bundle in try remote.bundles(of: origin) where bundle.to <= size && !names.contains(bundle.file) {
            guard let theirs = try list(bundle.file), !gone.isDisjoint(with: theirs.buildsOn) else { continue }
            let ours = try verifier.packingList(named: bundle.file, in: local, for: byID)
            if ours.list.buildsOn.isEmpty { bundles.append(ours) }
        }
        return bundles
    }

    private static func end(of name: String) -> Int? {
        RemoteName.split(name, folder: "archive").flatMap { $0.1.count == 2 ? $0.1[1] : nil }
    }

    /// A packing list as it is on the remote; nil for one that is not there or is none.
    private func list(_ name: String) throws(SyncError) -> PackingList? {
        guard let bytes = try remote.read(name, limit: Verifier.largestDocument) else { return nil }
        do throws(FormatError) { return try PackingList(parsing: bytes) } catch { return nil }
    }
}

extension PackingList {
    /// Only more may be withheld as time goes: two who pack anew must not replace each other's bundles for ever.
    fileprivate func withholdsMore(than other: PackingList) -> Bool {
        Set(withheld).isStrictSuperset(of: other.withheld)
            || (Set(withheld) == Set(other.withheld) && buildsOn.isEmpty && !other.buildsOn.isEmpty)
    }
}

extension Pusher {
    /// Sends what was planned.
    ///
    /// - Parameters:
    ///   - key: the archive's, which signs the packing lists of bundles that are packed anew for the remote, so that less travels;
    ///     without it they go as they are.
    ///   - selection: what is to travel; nil for everything. It needs the key.
    ///   - progress: told how many of the plan's bytes are done, and how many there are.
    /// - Returns: bytes written, 0 when there was nothing to do.
    @discardableResult
    package func send(
        _ plan: Plan, key: (any SigningIdentity)?, selection: Selection? = nil,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws(SyncError) -> Int {
        let total = plan.bytes
        var (done, sent) = (0, 0)
        for departure in plan.departures {
            sent += try sendBundles(departure, key, selection) { bytes in
                done += bytes
                progress(min(done, total), total)
            }
            try remote.flush()
            for manifest in departure.manifests {
                let name = "manifests/\(manifest.manifest.fileName)"
                if let token = manifest.timestamp { try remote.upload(token, to: name + ".tsr") }
                try remote.upload(manifest.signature, to: name + ".sig")
                try remote.upload(manifest.bytes, to: name)
                let bytes = manifest.bytes.count + manifest.signature.count + (manifest.timestamp?.count ?? 0)
                done += bytes
                sent += bytes
                progress(min(done, total), total)
            }
            try remote.flush()
        }
        sent += try updateIndex(plan)
        sent += try updateHint()
        try remote.flush()
        return sent
    }

    private func sendBundles(
        _ departure: Departure, _ key: (any SigningIdentity)?, _ selection: Selection?, progress: (Int) -> Void
    ) throws(SyncError) -> Int {
        var sent = 0
        let outgoing = "\(archive.path)/state/outgoing"
        // What an interrupted run left.
        try syncFile { () throws(FileError) in try Files.removeTree(outgoing) }
        var earlier: EarlierBundles?
        for bundle in departure.bundles {
            if let selection {
                if let chosen = try send(bundle.list, of: departure, choosing: selection, key, outgoing) {
                    sent += chosen
                } else {
                    sent += try send(bundle) { _ in }
                }
                progress(bundle.list.bytes)
                continue
            }
            guard let key, departure.origin == archive.origin, departure.from > 0,
                let manifest = departure.manifests.first(where: { $0.id == bundle.list.manifest })?.manifest
            else {
                sent += try send(bundle, progress: progress)
                earlier?.add(bundle.list)
                continue
            }
            if earlier == nil { earlier = try EarlierBundles(of: departure.origin, on: remote) }
            guard let there = earlier else { continue }
            let packing = ThinPacking(archive: archive, tool: tool, key: key)
            if let thin = try packing.pack(bundle.list, manifest: manifest, on: there, folder: outgoing) {
                sent += try send(thin.list, thin.signature, from: thin.path) { _ in }
                progress(bundle.list.bytes)
                there.add(thin.list)
            } else {
                sent += try send(bundle, progress: progress)
                there.add(bundle.list)
            }
        }
        try syncFile { () throws(FileError) in try Files.removeTree(outgoing) }
        return sent
    }

    /// Nil where everything in the bundle is chosen.
    private func send(
        _ list: PackingList, of departure: Departure, choosing selection: Selection, _ key: (any SigningIdentity)?,
        _ outgoing: String
    ) throws(SyncError) -> Int? {
        guard let key, let manifest = departure.manifests.first(where: { $0.id == list.manifest })?.manifest else {
            throw .lacksKeyToChoose
        }
        let packing = ThinPacking(archive: archive, tool: tool, key: key)
        guard let chosen = try packing.pack(list, manifest: manifest, choosing: selection, folder: outgoing) else {
            return nil
        }
        return try send(chosen.list, chosen.signature, from: chosen.path) { _ in }
    }

    private func send(_ bundle: VerifiedPackingList, progress: (Int) -> Void) throws(SyncError) -> Int {
        let path = "\(archive.bundlesFolder)/\(bundle.list.bundleName)"
        // What is damaged here must not replace what may be whole there.
        try BundleReader(list: bundle.list, path: path).verifyHash()
        return try send(bundle.list, bundle.signature, from: path, progress: progress)
    }

    private func send(
        _ list: PackingList, _ signature: [UInt8], from path: String, progress: (Int) -> Void
    ) throws(SyncError) -> Int {
        try remote.upload(file: path, to: "archive/\(list.bundleName)", progress: progress)
        try remote.upload(signature, to: "archive/\(list.fileName).sig")
        try remote.upload(list.encoded, to: "archive/\(list.fileName)")
        progress(signature.count + list.encoded.count)
        return list.bytes + signature.count + list.encoded.count
    }

    /// What is there now, as far as this archive knows it: others' entries stay.
    private func updateIndex(_ plan: Plan) throws(SyncError) -> Int {
        let old = try RemoteIndex.read(from: remote)
        var index = old ?? RemoteIndex()
        let refused = Set(plan.refused.map(\.origin))
        let stamps = try local.names(under: "manifests/").filter { $0.hasSuffix(".tsr") }
        for (origin, numbers) in try local.snapshotNumbers() where !refused.contains(origin) {
            var entry = index.origins[origin] ?? RemoteIndex.Entry()
            let held = try local.bundles(of: origin).map { RemoteIndex.Bundle(from: $0.from, to: $0.to) }
            let stamped = numbers.filter { stamps.contains(RemoteHeads.name(origin, $0) + ".tsr") }
            entry.snapshots = max(entry.snapshots, numbers.last ?? 0)
            entry.bundles = Set(entry.bundles + held).sorted()
            entry.timestamps = Set(entry.timestamps + stamped).sorted()
            index.origins[origin] = entry
        }
        guard index != old else { return 0 }
        try remote.upload(index.bytes, to: RemoteIndex.name)
        return index.bytes.count
    }

    /// Whose keys these claim to be, for strangers. It is never believed.
    private func updateHint() throws(SyncError) -> Int {
        let name = "manifests/allowed_signers"
        let ours = try local.read(name, limit: 1 << 20) ?? []
        guard !ours.isEmpty else { return 0 }
        let theirs = String(decoding: try remote.read(name, limit: 1 << 20) ?? [], as: UTF8.self)
        let known = Set(theirs.split(separator: "\n"))
        let more = String(decoding: ours, as: UTF8.self).split(separator: "\n").filter { !known.contains($0) }
        guard !more.isEmpty else { return 0 }
        let joined =
            theirs + (theirs.isEmpty || theirs.hasSuffix("\n") ? "" : "\n") + more.joined(separator: "\n") + "\n"
        guard joined.utf8.count <= 1 << 20 else { return 0 }
        try remote.upload(Array(joined.utf8), to: name)
        return joined.utf8.count
    }
}
