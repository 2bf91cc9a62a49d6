internal import Models
internal import Storage

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
    private(set) var withdrawals = WithdrawalsRead()

    /// What is held of a log that is read on.
    struct Held {
        let frontier: MerkleFrontier
        let keys: KeyHistory
        let captures: Int
    }

    /// - Parameters:
    ///   - held: the log's beginning, with which the chain then begins, too; nil when it is read from its first line.
    ///   - witnesses: chains of any origins, whose heads must be in this log too.
    ///   - remembered: a head that was seen before, of any size.
    init(
        chain: ManifestChain, after held: Held? = nil, witnesses: [ManifestChain], remembered: Manifest.Head? = nil
    ) {
        self.chain = chain
        if let held {
            frontier = held.frontier
            keys = held.keys
            captures = held.captures
            signedSize = held.frontier.size
        }
        if let remembered { witnessed[remembered.size] = [(remembered.root, "state/heads.json")] }
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
        let withheld = Set(list.withheld)
        for line in lines {
            let isWithheld = withheld.contains(line.index)
            if isWithheld, sizes[line.detail] == nil, line.kind.isWithdrawable {
                withdrawals.note(RecordReference(line, of: origin), in: list)
                continue
            }
            let isLeftOut = list.leftOut.contains { $0.contains(line.index) }
            if isLeftOut, sizes[line.detail] == nil, line.kind.isWithdrawable { continue }
            guard !isWithheld, !isLeftOut, case let bytes?? = details[line.detail] else {
                throw damage(
                    list, "the detail of record \(line.index) is missing, or there though it was withheld or left out")
            }
            let detail: Detail
            do throws(FormatError) { detail = try Detail(parsing: bytes) } catch {
                throw damage(list, "record \(line.index): \(error.problem)")
            }
            guard detail.kind == line.kind else {
                throw damage(list, "the detail of record \(line.index) is of another kind")
            }
            needed.insert(line.detail)
            if let capture = detail.captured {
                needed.formUnion(capture.objects)
                var size = sizes[capture.payload]
                if size == nil { size = try earlier(capture.payload) }
                guard size == capture.size else {
                    throw damage(
                        list, "the payload of record \(line.index) is missing or of another size than recorded")
                }
            }
            try followKeys(detail, line, list)
            if case .withdrawal(let withdrawal) = detail { withdrawals.add(withdrawal.target) }
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
