public import Models
public import Storage

/// Makes the proof of one capture from an archive that holds it.
public struct Prover: Sendable {
    private let archive: Archive
    private let authorities: TimeAuthorities
    private let remote: FolderRemote

    /// - Parameter authorities: whom the user believes about time.
    public init(_ archive: Archive, authorities: TimeAuthorities) {
        self.archive = archive
        self.authorities = authorities
        remote = FolderRemote(path: archive.path)
    }

    /// Where the payload goes.
    public enum Placement: Hashable, Sendable {
        case embedded, beside
    }

    /// A proof, not yet written.
    public struct Made: Sendable {
        public let bytes: [UInt8]
        public let manifest: Manifest
        public let detail: CaptureDetail
        /// The object that must be written beside the proof, as a file named for it.
        public let beside: ObjectID?
        /// A later snapshot that has a timestamp, where the chosen one has none.
        public let laterStamped: Int?
        /// Why the snapshot's timestamp was left out, where it does not hold.
        public let timestampFault: TimestampFault?
    }

    /// - Parameters:
    ///   - number: the snapshot to prove it by; nil for the earliest that covers it, which says most about the time.
    ///   - placement: nil to embed what is not too large.
    public func prove(
        _ name: CaptureName, snapshot number: Int? = nil, payload placement: Placement? = nil
    ) throws(ProofError) -> Made {
        let log = try log(of: name)
        let (manifest, file, bytes) = try manifest(covering: name, of: log.origin, number)
        let leaves = try leaves(of: manifest, file)
        let entry = try entry(name.index, leaves, manifest)
        guard case .capture(let detail) = try parsed(entry.detail) else {
            throw .notACapture(name, .capture)
        }
        let isLarge = detail.size > Proof.largestEmbedded
        if placement == .embedded, isLarge {
            throw .tooLargeToEmbed(bytes: detail.size, limit: Proof.largestEmbedded)
        }
        let stamp = try timestamp(of: file, bytes)
        let isBeside = placement == .beside || isLarge
        let proof = Proof(
            genesis: try self.entry(0, leaves, manifest), keyChanges: try keyChanges(leaves, manifest), capture: entry,
            attachments: try attachments(of: detail),
            payload: isBeside ? .beside(detail.payload) : .embedded(try object(detail.payload)), manifest: bytes,
            signature: try signature(of: file), timestamp: stamp.token)
        guard let encoded = proof.encoded, encoded.count <= Proof.largest else {
            throw .tooLargeToEmbed(bytes: detail.size, limit: Proof.largest)
        }
        return Made(
            bytes: encoded, manifest: manifest, detail: detail, beside: isBeside ? detail.payload : nil,
            laterStamped: stamp.token == nil && number == nil ? try laterStamped(manifest) : nil,
            timestampFault: stamp.fault)
    }

    private func attachments(of detail: CaptureDetail) throws(ProofError) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for (member, id) in detail.attachments { found[member] = try object(id) }
        return found
    }

    private func log(of name: CaptureName) throws(ProofError) -> LogSummary {
        let logs = try proofArchive { () throws(ArchiveError) in try archive.logs() }
            .filter { $0.origin.description.hasPrefix(name.originPrefix) }
        guard logs.count < 2 else { throw .sync(.noSuchOrigin(name.originPrefix, have: logs.map(\.origin))) }
        guard let log = logs.first, name.index < log.head.size else {
            throw .sync(.archive(.noSuchCapture("\(name)")))
        }
        let line = try proofArchive { () throws(ArchiveError) in
            try archive.lines(name.index..<name.index + 1, of: log.origin).first
        }
        guard line?.kind == .capture else { throw .notACapture(name, line?.kind ?? .genesis) }
        return log
    }

    private func manifest(
        covering name: CaptureName, of origin: OriginID, _ wanted: Int?
    ) throws(ProofError) -> (Manifest, file: String, bytes: [UInt8]) {
        let have = try proofSync { () throws(SyncError) in try remote.snapshotNumbers()[origin] ?? [] }
        if let wanted, !have.contains(wanted) { throw .sync(.noSuchSnapshot(number: wanted, have: have)) }
        for number in have where wanted == nil || number == wanted {
            let file = "manifests/\(origin)-\(number).json"
            let bytes = try small(file, limit: Verifier.largestDocument) ?? []
            let manifest: Manifest
            do throws(FormatError) { manifest = try Manifest(parsing: bytes) } catch {
                throw .sync(.distrust(file: file, .malformed(error.description)))
            }
            guard manifest.fileName == Files.name(of: file) else {
                throw .sync(.distrust(file: file, .mixed("the file is named for another snapshot than the one in it")))
            }
            if name.index < manifest.log.size { return (manifest, file, bytes) }
        }
        throw .notCovered(name, snapshot: wanted)
    }

    /// The leaf hashes of the snapshot's log, which must be the one that was signed.
    private func leaves(of manifest: Manifest, _ file: String) throws(ProofError) -> [ObjectID] {
        var leaves: [ObjectID] = []
        leaves.reserveCapacity(manifest.log.size)
        while leaves.count < manifest.log.size {
            let range = leaves.count..<min(manifest.log.size, leaves.count + 4096)
            let part = try proofArchive { () throws(ArchiveError) in try archive.lines(range, of: manifest.origin) }
            guard part.count == range.count, part.first?.index == range.lowerBound else {
                throw .sync(
                    .damaged(Damage(file: "packs", reason: "lines of the log of \(manifest.origin.short) are missing")))
            }
            leaves += part.map(\.leafHash)
        }
        guard MerkleTree.root(leaves) == manifest.log.root else {
            throw .sync(.distrust(file: file, .fork(size: manifest.log.size)))
        }
        return leaves
    }

    private func entry(_ index: Int, _ leaves: [ObjectID], _ manifest: Manifest) throws(ProofError) -> Proof.Entry {
        let line = try proofArchive { () throws(ArchiveError) in
            try archive.lines(index..<index + 1, of: manifest.origin).first
        }
        guard let line else { throw .sync(.archive(.noSuchCapture("\(manifest.origin.short):\(index)"))) }
        return Proof.Entry(
            line: line.bytes, detail: try object(line.detail),
            path: MerkleTree.inclusionPath(index: index, leaves: leaves[...]))
    }

    /// Every line that changed who may sign, up to the snapshot.
    private func keyChanges(_ leaves: [ObjectID], _ manifest: Manifest) throws(ProofError) -> [Proof.Entry] {
        var entries: [Proof.Entry] = []
        for start in stride(from: 0, to: leaves.count, by: 4096) {
            let lines = try proofArchive { () throws(ArchiveError) in
                try archive.lines(start..<min(leaves.count, start + 4096), of: manifest.origin)
            }
            for line in lines where line.kind == .keyChange {
                entries.append(try entry(line.index, leaves, manifest))
            }
        }
        return entries
    }

    private func timestamp(
        of file: String, _ manifest: [UInt8]
    ) throws(ProofError) -> (token: [UInt8]?, fault: TimestampFault?) {
        guard let token = try small(file + ".tsr", limit: Verifier.largestDocument) else { return (nil, nil) }
        do throws(TimestampFault) {
            _ = try authorities.judge(token, over: manifest)
            return (token, nil)
        } catch {
            return (nil, error)
        }
    }

    private func laterStamped(_ manifest: Manifest) throws(ProofError) -> Int? {
        let have = try proofSync { () throws(SyncError) in try remote.snapshotNumbers()[manifest.origin] ?? [] }
        return have.first {
            $0 > manifest.number && Files.exists("\(archive.manifestsFolder)/\(manifest.origin)-\($0).json.tsr")
        }
    }

    private func signature(of file: String) throws(ProofError) -> String {
        guard let bytes = try small(file + ".sig", limit: 1 << 20), let text = String(validating: bytes, as: UTF8.self)
        else { throw .sync(.distrust(file: file, .unsigned)) }
        return text
    }

    private func object(_ id: ObjectID) throws(ProofError) -> [UInt8] {
        try proofArchive { () throws(ArchiveError) in try archive.read(id) }
    }

    private func small(_ file: String, limit: Int) throws(ProofError) -> [UInt8]? {
        try proofSync { () throws(SyncError) in try remote.read(file, limit: limit) }
    }

    private func parsed(_ detail: [UInt8]) throws(ProofError) -> Detail {
        do throws(FormatError) { return try Detail(parsing: detail) } catch { throw .sync(.archive(.format(error))) }
    }
}

private func proofSync<Value>(_ body: () throws(SyncError) -> Value) throws(ProofError) -> Value {
    do throws(SyncError) { return try body() } catch { throw .sync(error) }
}

private func proofArchive<Value>(_ body: () throws(ArchiveError) -> Value) throws(ProofError) -> Value {
    try proofSync { () throws(SyncError) in try syncArchive(body) }
}
