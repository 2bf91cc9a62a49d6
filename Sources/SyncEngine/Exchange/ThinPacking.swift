internal import Models
internal import Storage

/// Packs a bundle of this archive's own log anew for a remote that has the earlier ones, compressed against what these brought: the pages
/// that changed against what they were. `manifests/FORMAT.md` section 6 says how it is read with `zstd` alone.
///
/// Measured on one more generation of 200 pages (18 MB): 1,235 kB for a bundle that stands by itself, 285 kB for `git bundle`, and 168 kB
/// of pages this way. What the archive itself keeps, and what goes where nothing is yet, always stands by itself.
struct ThinPacking {
    let archive: Archive
    let tool: String
    let key: any SigningIdentity

    /// Bytes of tar and of base. zstd needs both within its window, which a stranger's zstd takes up to 2^27, and in memory.
    private static let largest = 32 << 20
    /// Bundles that must be read in order to read one. Every so many stand by themselves, so that a bundle that is lost or damaged takes few
    /// with it.
    private static let longestChain = 16

    struct Thin {
        let list: PackingList
        let signature: [UInt8]
        /// The file to send.
        let path: String
    }

    /// The bundle with what was chosen alone. Nil where all of it is.
    func pack(
        _ bundle: PackingList, manifest: Manifest, choosing selection: Selection, folder: String
    ) throws(SyncError) -> Thin? {
        let plan = BundlePlan(archive: archive, origin: bundle.origin, selection: selection)
        let contents = try plan.contents(from: bundle.from, to: bundle.to, largest: .max, mostLines: .max / 2)
        guard contents.range == bundle.from..<bundle.to else {
            throw .damaged(Damage(file: "packs", reason: "lines of the log of \(bundle.origin.short) are missing"))
        }
        // What a thin one builds on may not have been chosen before.
        guard contents.leftOut != bundle.leftOut || !bundle.base.isEmpty else { return nil }
        try syncFile { () throws(FileError) in try Files.makeFolder(folder) }
        let packed = try BundleWriter(archive: archive, tool: tool)
            .write(contents, created: manifest.created, to: folder, stem: bundle.stem)
        let list = PackingList(
            origin: bundle.origin, from: bundle.from, to: bundle.to, sha256: packed.sha256, bytes: packed.bytes,
            contentBytes: packed.contentBytes, objects: packed.objects, manifest: manifest.id,
            withheld: contents.withheld, leftOut: contents.leftOut)
        let proof = try SSHSignature(signing: list.encoded, namespace: .bundle, with: key)
        return Thin(list: list, signature: Array(proof.armored.utf8), path: "\(folder)/\(bundle.bundleName)")
    }

    /// Nil where the bundle as it is will do: it is large, or leans on nothing, or little would be saved.
    ///
    /// - Parameters:
    ///   - bundle: one of the archive's own log.
    ///   - there: the packing lists of earlier bundles, as they are on the remote.
    func pack(
        _ bundle: PackingList, manifest: Manifest, on there: borrowing EarlierBundles, folder: String
    ) throws(SyncError) -> Thin? {
        guard bundle.contentBytes <= Self.largest, bundle.withheld.isEmpty, bundle.leftOut.isEmpty else { return nil }
        let contents = try BundlePlan(archive: archive, origin: bundle.origin).contents(
            from: bundle.from, to: bundle.to, largest: .max, mostLines: .max / 2)
        guard contents.range == bundle.from..<bundle.to, contents.withheld.isEmpty else { return nil }
        let base = try syncArchive { () throws(ArchiveError) in
            try archive.earlier(
                than: bundle.from, like: contents.payloads, of: bundle.origin, largest: Self.largest)
        }
        guard !base.isEmpty, let leaning = try there.holding(base), leaning.chain < Self.longestChain else {
            return nil
        }
        var bytes: [UInt8] = []
        for object in base {
            bytes += try syncArchive { () throws(ArchiveError) in try archive.read(object.id) }
        }
        try syncFile { () throws(FileError) in try Files.makeFolder(folder) }
        let packed = try BundleWriter(archive: archive, tool: tool)
            .write(contents, created: manifest.created, to: folder, stem: bundle.stem, base: bytes)
        let list = PackingList(
            origin: bundle.origin, from: bundle.from, to: bundle.to, sha256: packed.sha256, bytes: packed.bytes,
            contentBytes: packed.contentBytes, objects: packed.objects, manifest: manifest.id,
            buildsOn: leaning.bundles, base: base.map(\.id))
        let path = "\(folder)/\(bundle.bundleName)"
        guard list.bytes + list.encoded.count < bundle.bytes * 4 / 5 else {
            try syncFile { () throws(FileError) in try Files.remove(path) }
            return nil
        }
        let proof = try SSHSignature(signing: list.encoded, namespace: .bundle, with: key)
        return Thin(list: list, signature: Array(proof.armored.utf8), path: path)
    }
}

/// The bundles of one log that a remote has, read as far as they are asked for.
final class EarlierBundles {
    private let remote: any Remote
    private let bundles: [BundleName]
    private var lists: [BundleName: PackingList] = [:]
    private var bySum: [ObjectID: PackingList] = [:]
    private var added: [PackingList] = []

    init(of origin: OriginID, on remote: any Remote) throws(SyncError) {
        self.remote = remote
        bundles = try remote.bundles(of: origin)
    }

    /// One that was sent just now.
    func add(_ list: PackingList) {
        added.append(list)
        bySum[list.sha256] = list
    }

    /// The bundles that hold the objects, and how many lead to each other until one stands by itself. Nil where some object is in none.
    func holding(_ objects: [EarlierObject]) throws(SyncError) -> (bundles: [ObjectID], chain: Int)? {
        var found: Set<ObjectID> = []
        var chain = 0
        for object in objects {
            guard let list = try list(with: object.index), !list.withheld.contains(object.index),
                !list.leftOut.contains(where: { $0.contains(object.index) })
            else { return nil }
            if found.insert(list.sha256).inserted { chain = max(chain, try length(of: list, limit: 64)) }
        }
        return (found.sorted(), chain)
    }

    private func list(with index: Int) throws(SyncError) -> PackingList? {
        if let list = added.first(where: { $0.from <= index && index < $0.to }) { return list }
        guard let bundle = bundles.last(where: { $0.from <= index && index < $0.to }) else { return nil }
        if let list = lists[bundle] { return list }
        guard let bytes = try remote.read(bundle.file, limit: Verifier.largestDocument) else { return nil }
        do throws(FormatError) {
            let list = try PackingList(parsing: bytes)
            lists[bundle] = list
            bySum[list.sha256] = list
            return list
        } catch {
            return nil
        }
    }

    /// Bundles to read in order to read one, itself included.
    private func length(of list: PackingList, limit: Int) throws(SyncError) -> Int {
        guard limit > 0, !list.buildsOn.isEmpty else { return 1 }
        var longest = 0
        for sum in list.buildsOn {
            if bySum[sum] == nil {
                for bundle in bundles where bundle.to <= list.from { _ = try self.list(with: bundle.from) }
            }
            // One that was replaced since counts as the end of the chain would: too long.
            guard let next = bySum[sum] else { return limit }
            longest = max(longest, try length(of: next, limit: limit - 1))
        }
        return longest + 1
    }
}
