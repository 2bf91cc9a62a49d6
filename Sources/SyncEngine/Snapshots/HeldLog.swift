internal import Models
internal import Storage

/// A log as this archive holds it, ready to answer for any of its sizes.
struct HeldLog {
    let origin: OriginID
    let tree: MerkleLevels
    let keys: KeyHistory
    /// How many of the first lines are captures, at each size from 0 on.
    private let captures: [Int]

    init(_ log: LogSummary, in archive: Archive) throws(SyncError) {
        origin = log.origin
        keys = try archive.keyHistory(of: log)
        var leaves: [ObjectID] = []
        var captures = [0]
        leaves.reserveCapacity(log.head.size)
        while leaves.count < log.head.size {
            let range = leaves.count..<min(log.head.size, leaves.count + 4096)
            let lines = try syncArchive { () throws(ArchiveError) in try archive.lines(range, of: log.origin) }
            guard lines.count == range.count else {
                throw .damaged(Damage(file: "packs", reason: "lines of the log of \(log.origin.short) are missing"))
            }
            for line in lines {
                leaves.append(line.leafHash)
                captures.append(captures[captures.count - 1] + (line.kind == .capture ? 1 : 0))
            }
        }
        tree = MerkleLevels(leaves: leaves)
        self.captures = captures
    }

    var size: Int { tree.size }

    /// Every check of a signed manifest that the log alone can answer.
    func check(_ signed: VerifiedManifest) throws(SyncError) {
        let manifest = signed.manifest
        let file = "manifests/\(manifest.fileName)"
        guard size >= manifest.log.size else {
            throw .damaged(Damage(file: file, reason: "the archive holds less of this log than the snapshot signs"))
        }
        try signed.checkSigner(keys)
        guard tree.root(size: manifest.log.size) == manifest.log.root else {
            throw .distrust(file: file, .fork(size: manifest.log.size))
        }
        guard captures[manifest.log.size] == manifest.captures else {
            throw .distrust(file: file, .mixed("its counts are not those of its log"))
        }
    }

    /// The proof, recomputed from the lines, that the later snapshot only adds to the earlier one; verified against both signed roots.
    func proof(from old: Manifest, to new: Manifest) throws(SyncError) -> [ObjectID] {
        let path = tree.consistencyPath(from: old.log.size, to: new.log.size)
        guard
            MerkleTree.verify(
                consistency: path, from: old.log.size, old.log.root, to: new.log.size, new.log.root)
        else { throw .distrust(file: "manifests/\(new.fileName)", .fork(size: old.log.size)) }
        return path
    }
}
