internal import Models
internal import Storage

/// Which origins a remote holds, and how far, found in few requests.
///
/// The remote's index and lists of names are claims. They decide only where to look: that a snapshot is there is known when its manifest
/// has been read, and that there is none after it when that one has been asked for.
struct RemoteHeads {
    let remote: any Remote
    /// The number of the newest snapshot that is claimed.
    private(set) var claimed: [OriginID: Int] = [:]
    private(set) var index: RemoteIndex?

    init(_ remote: any Remote) throws(SyncError) {
        self.remote = remote
        index = try RemoteIndex.read(from: remote)
        if let index { claimed = index.origins.mapValues(\.snapshots) }
        if remote.localPath(of: "manifests") != nil {
            // A listing costs nothing here.
            for (origin, numbers) in try remote.snapshotNumbers() {
                claimed[origin] = max(claimed[origin] ?? 0, numbers.last ?? 0)
            }
            return
        }
        for stem in try remote.stems(in: "manifests") {
            if let origin = OriginID(stem), claimed[origin] == nil { claimed[origin] = 0 }
        }
    }

    var origins: [OriginID] { claimed.keys.sorted() }

    static func name(_ origin: OriginID, _ number: Int) -> String { "manifests/\(origin)-\(number).json" }

    func has(_ origin: OriginID, _ number: Int) throws(SyncError) -> Bool {
        try remote.read(Self.name(origin, number), limit: Verifier.largestDocument) != nil
    }
}

extension RemoteIndex {
    /// Nil where there is none that can be read: then everything is looked for in other ways.
    static func read(from remote: any Remote) throws(SyncError) -> RemoteIndex? {
        guard let bytes = try remote.read(name, limit: largest) else { return nil }
        do throws(Malformed) { return try RemoteIndex(parsing: bytes) } catch { return nil }
    }
}
