public import Models
public import Storage

/// Makes a new archive from what a remote holds, after everything has been verified.
public struct Restorer: Sendable {
    private let remote: FolderRemote
    private let trust: AllowedSigners
    private let authorities: TimeAuthorities

    /// - Parameter path: a folder with `archive/` and `manifests/`, or an archive.
    /// - Parameter authorities: whom the user believes about time.
    public init(from path: String, trust: AllowedSigners, authorities: TimeAuthorities = TimeAuthorities()) {
        remote = FolderRemote(path: path)
        self.trust = trust
        self.authorities = authorities
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

    /// What would be restored: every origin there, or the one whose id begins with `origin`, at its latest snapshot or at `number`.
    public func plan(origin wanted: String? = nil, number: Int? = nil) throws(SyncError) -> [Plan] {
        let numbers = try remote.snapshotNumbers()
        guard !numbers.isEmpty else { throw .noSnapshot(remote.path) }
        let chosen = numbers.filter { entry in wanted.map { entry.key.description.hasPrefix($0) } ?? true }
        guard !chosen.isEmpty, number == nil || chosen.count == 1 else {
            throw .noSuchOrigin(wanted ?? "", have: numbers.keys.sorted())
        }
        let hint = try remote.read("manifests/allowed_signers", limit: 1 << 20) ?? []
        let verifier = Verifier(
            trust: trust, hint: AllowedSigners(parsing: String(decoding: hint, as: UTF8.self)), authorities: authorities
        )
        var plans: [Plan] = []
        for (origin, have) in chosen.sorted(by: { $0.key < $1.key }) {
            let until = number.map { limit in have.filter { $0 <= limit } } ?? have
            guard let last = until.last, number == nil || last == number else {
                throw .noSuchSnapshot(number: number ?? 0, have: have)
            }
            let chain = try ManifestChain(origin: origin, numbers: until, in: remote, verifier: verifier)
            if number == nil { try checkNothingLater(chain) }
            plans.append(Plan(chain: chain, bundles: try cover(chain, verifier: verifier)))
        }
        return plans
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

    /// Bundles that together hold every line of the snapshot.
    private func cover(_ chain: ManifestChain, verifier: Verifier) throws(SyncError) -> [VerifiedPackingList] {
        let (origin, size) = (chain.last.manifest.origin, chain.last.manifest.log.size)
        let available = try remote.bundles(of: origin).filter { $0.to <= size }
        var chosen: [VerifiedPackingList] = []
        var at = 0
        while at < size {
            // The longest that begins here: bundles packed anew may overlap older ones.
            guard let next = available.last(where: { $0.from == at }) else {
                throw .damaged(
                    Damage(
                        file: "archive",
                        reason: "no bundle holds the records of \(origin.short) from \(at) on, of \(size)"))
            }
            chosen.append(try verifier.packingList(named: next.file, in: remote, for: chain.byID))
            at = next.to
        }
        return chosen
    }

    /// What was restored, of one origin.
    public struct Restored: Sendable {
        public let manifest: Manifest
        public let manifestID: ObjectID
        public let signer: Signer
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
        let total = plans.reduce(0) { $0 + $1.bundleBytes }
        var done = 0
        var batch = ReceivedBatch(archive)
        for plan in plans {
            var reading = LogReading(chain: plan.chain, witnesses: plans.map(\.chain))
            for bundle in plan.bundles {
                try read(bundle.list, into: &batch, archive, &reading)
                done += bundle.list.bytes
                progress(done, total)
            }
            try reading.finish()
        }
        try syncErrors { () throws(ArchiveError) in try batch.finish() }
        for plan in plans { try keep(plan, in: archive, tool: tool) }
        try syncArchive { () throws(ArchiveError) in
            try archive.remember(Dictionary(uniqueKeysWithValues: plans.map { ($0.manifest.origin, $0.manifest.log) }))
        }
        return plans.map { Restored(manifest: $0.manifest, manifestID: $0.manifestID, signer: $0.signer) }
    }

    private func syncErrors(_ body: () throws(ArchiveError) -> Void) throws(SyncError) {
        do throws(ArchiveError) { try body() } catch { throw Self.syncError(error) }
    }

    private func read(
        _ list: PackingList, into batch: inout ReceivedBatch, _ archive: Archive, _ reading: inout LogReading
    ) throws(SyncError) {
        let reader = BundleReader(list: list, remote: remote)
        try reader.read(staging: archive.packsFolder) { item throws(SyncError) in
            switch item {
            case .log(let bytes): try reading.addLines(bytes, of: list)
            case .object(let id, let bytes):
                try reading.addObject(id, bytes, size: bytes.count, of: list)
                do throws(ArchiveError) { try batch.add(bytes, id: id) } catch { throw Self.syncError(error) }
            case .largeObject(let id, let path):
                let file = try syncFile { () throws(FileError) in try OpenFile(reading: path) }
                try reading.addObject(id, nil, size: try syncFile { () throws(FileError) in try file.size() }, of: list)
                do throws(ArchiveError) { try batch.add(large: file, id: id) } catch { throw Self.syncError(error) }
            }
        }
        let lines = try reading.endBundle(list) { id throws(SyncError) in
            do throws(ArchiveError) { return try batch.size(of: id) } catch { throw Self.syncError(error) }
        }
        do throws(ArchiveError) { try batch.add(lines, of: list.origin) } catch { throw Self.syncError(error) }
    }

    private static func syncError(_ error: ArchiveError) -> SyncError {
        switch error {
        case .file(let error): .file(error)
        case .damaged(let damage): .damaged(damage)
        default: .archive(error)
        }
    }

    /// Copies the verified documents and bundles, so that the new archive can prove and hand on what it holds; records custody.
    private func keep(_ plan: Plan, in archive: Archive, tool: String) throws(SyncError) {
        for bundle in plan.bundles {
            try copy("archive/\(bundle.list.bundleName)", to: archive.path)
            try write(bundle.bytes, bundle.signature, to: "\(archive.bundlesFolder)/\(bundle.list.fileName)")
        }
        for manifest in plan.chain.manifests {
            try write(
                manifest.bytes, manifest.signature, to: "\(archive.manifestsFolder)/\(manifest.manifest.fileName)")
            try keepTimestamp(of: manifest, in: archive)
        }
        var random = SystemRandomNumberGenerator()
        let custody = CustodyDetail(
            action: "restore", origin: plan.manifest.origin, manifest: plan.manifestID, size: plan.manifest.log.size,
            signedBy: plan.signer.fingerprint, tool: tool, salt: Salt(using: &random))
        try syncArchive { () throws(ArchiveError) in _ = try archive.record(.custody(custody)) }
    }

    /// A timestamp that does not hold is no part of the evidence, and no reason to refuse it.
    private func keepTimestamp(of manifest: VerifiedManifest, in archive: Archive) throws(SyncError) {
        guard let token = manifest.timestamp else { return }
        let path = "\(archive.manifestsFolder)/\(manifest.manifest.fileName).tsr"
        try syncFile { () throws(FileError) in try Files.write(token, to: path) }
    }

    private func write(_ bytes: [UInt8], _ signature: [UInt8], to path: String) throws(SyncError) {
        try syncFile { () throws(FileError) in
            try Files.write(signature, to: path + ".sig")
            try Files.write(bytes, to: path)
        }
    }

    private func copy(_ name: String, to folder: String) throws(SyncError) {
        let from = try remote.open(name)
        let path = "\(folder)/\(name)"
        let temporary = Files.temporaryName(beside: path)
        try syncFile { () throws(FileError) in
            let to = try OpenFile(creating: temporary)
            while true {
                let part = try from.readNext(1 << 20)
                if part.isEmpty { break }
                try to.write(part)
            }
            try to.sync()
            try Files.rename(temporary, to: path)
        }
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

/// Follows a log as it comes out of its bundles: every line in its place, every object needed by a line, every root as signed.
struct LogReading {
    private let chain: ManifestChain
    private var frontier = MerkleFrontier()
    /// Of the bundle being read.
    private var lines: [LogLine] = []
    private var captures = 0
    private let roots: [Int: ObjectID]
    /// By size: what other origins' manifests have seen of this log.
    private var witnessed: [Int: [(root: ObjectID, witness: String)]] = [:]
    /// Nil until the genesis has been read.
    private var keys: KeyHistory?
    /// Up to this size of the log, the signers of the manifests are those that it leads to.
    private var signedSize = 0
    /// Bytes of every object of the bundle being read.
    private var sizes: [ObjectID: Int] = [:]
    /// Of the bundle being read: the details that its lines name, as they come.
    private var details: [ObjectID: [UInt8]?] = [:]

    /// - Parameter witnesses: chains of any origins, whose heads must be in this log too.
    init(chain: ManifestChain, witnesses: [ManifestChain]) {
        self.chain = chain
        for signed in witnesses.flatMap(\.manifests) {
            guard let head = signed.manifest.heads[chain.last.manifest.origin] else { continue }
            witnessed[head.size, default: []].append((head.root, "manifests/\(signed.manifest.fileName)"))
        }
        roots = Dictionary(chain.manifests.map { ($0.manifest.log.size, $0.manifest.log.root) }) { first, _ in first }
    }

    private var origin: OriginID { chain.last.manifest.origin }

    mutating func addLines(_ bytes: [UInt8], of list: PackingList) throws(SyncError) {
        var count = 0
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            let line: LogLine
            do throws(FormatError) { line = try LogLine(parsing: Array(part)) } catch {
                throw damage(list, "record \(frontier.size): \(error.problem)")
            }
            guard line.index == frontier.size, line.origin == origin || OriginID(line.leafHash) == origin else {
                throw .distrust(
                    file: "archive/\(list.bundleName)", .mixed("its log is not that of origin \(origin.short)"))
            }
            frontier.append(line.leafHash)
            lines.append(line)
            if line.kind == .capture { captures += 1 }
            details.updateValue(nil, forKey: line.detail)
            count += 1
            try checkRoot(list)
        }
        guard count == list.to - list.from, bytes.last == UInt8(ascii: "\n") else {
            throw damage(list, "it holds \(count) records, its packing list says \(list.to - list.from)")
        }
    }

    /// At the size of every snapshot at hand, and of every head that a witness has seen, the root must be the one that was signed.
    private func checkRoot(_ list: PackingList) throws(SyncError) {
        for seen in witnessed[frontier.size] ?? [] where seen.root != frontier.root {
            throw .distrust(
                file: seen.witness, .witnessedFork(origin: origin, size: frontier.size, witness: seen.witness))
        }
        guard let signed = roots[frontier.size], signed != frontier.root else { return }
        throw .distrust(file: "archive/\(list.bundleName)", .fork(size: frontier.size))
    }

    /// - Parameter bytes: nil for a large object, which can be no detail.
    mutating func addObject(_ id: ObjectID, _ bytes: [UInt8]?, size: Int, of list: PackingList) throws(SyncError) {
        guard sizes.updateValue(size, forKey: id) == nil else { throw damage(list, "it repeats object \(id.short)") }
        if details[id] != nil { details.updateValue(bytes, forKey: id) }
    }

    /// Every line's detail and what it names must be there, and nothing else may be.
    ///
    /// - Parameter earlier: the bytes of an object of a bundle before.
    /// - Returns: the bundle's lines.
    mutating func endBundle(
        _ list: PackingList, earlier: (ObjectID) throws(SyncError) -> Int?
    ) throws(SyncError) -> [LogLine] {
        guard frontier.size == list.to, lines.count == list.to - list.from else {
            throw damage(list, "it holds no log")
        }
        var needed: Set<ObjectID> = []
        for line in lines {
            guard case let bytes?? = details[line.detail] else {
                throw damage(list, "the detail of record \(line.index) is missing")
            }
            let detail: Detail
            do throws(FormatError) { detail = try Detail(parsing: bytes) } catch {
                throw damage(list, "record \(line.index): \(error.problem)")
            }
            guard detail.kind == line.kind else {
                throw damage(list, "the detail of record \(line.index) is of another kind")
            }
            needed.insert(line.detail)
            if case .capture(let capture) = detail {
                needed.formUnion(capture.objects)
                var size = sizes[capture.payload]
                if size == nil { size = try earlier(capture.payload) }
                guard size == capture.size else {
                    throw damage(
                        list, "the payload of record \(line.index) is missing or of another size than recorded")
                }
            }
            try followKeys(detail, line, list)
        }
        try checkSigners()
        for object in needed where sizes[object] == nil {
            guard try earlier(object) != nil else { throw damage(list, "object \(object.short) is missing") }
        }
        if let extra = sizes.keys.first(where: { !needed.contains($0) }) {
            throw damage(list, "it holds object \(extra.short), which no record names")
        }
        defer {
            details = [:]
            sizes = [:]
            lines = []
        }
        return lines
    }

    private mutating func followKeys(_ detail: Detail, _ line: LogLine, _ list: PackingList) throws(SyncError) {
        switch detail {
        case .genesis(let genesis): keys = try KeyHistory(origin: origin, genesisKey: genesis.key)
        case .keyChange(let change): try keys?.apply(change, index: line.index, file: "archive/\(list.bundleName)")
        default: break
        }
    }

    /// As soon as the log leads to the keys of some snapshots: a false one should not cost the reading of all bundles.
    private mutating func checkSigners() throws(SyncError) {
        guard let keys, signedSize < frontier.size else { return }
        try chain.checkSigners(keys, sizes: signedSize + 1...frontier.size)
        signedSize = frontier.size
    }

    func finish() throws(SyncError) {
        let head = chain.last.manifest.log
        guard frontier.size == head.size, frontier.root == head.root else {
            throw .distrust(file: "manifests/\(chain.last.manifest.fileName)", .fork(size: head.size))
        }
        guard captures == chain.last.manifest.captures else {
            throw .distrust(
                file: "manifests/\(chain.last.manifest.fileName)", .mixed("its counts are not those of its log"))
        }
    }

    private func damage(_ list: PackingList, _ reason: String) -> SyncError {
        .damaged(Damage(file: "archive/\(list.bundleName)", reason: reason))
    }
}
