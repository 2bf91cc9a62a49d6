internal import Models
package import Storage

/// Fetches manifests, packing lists and bundles that are damaged or missing from other places that have them.
///
/// Nothing is taken that does not fit: a manifest must be signed by the key of a log that is here and have that log's root; a packing list
/// must be signed and belong to such a manifest; a bundle must have the hash in its packing list.
public struct SnapshotRepairer: Sendable {
    private let archive: Archive
    private let own: FolderRemote
    private let remotes: [any Remote]
    private let verifier: Verifier

    /// - Parameter remotes: tried in order.
    package init(_ archive: Archive, trust: AllowedSigners, from remotes: [any Remote]) {
        self.archive = archive
        own = FolderRemote(path: archive.path)
        self.remotes = remotes
        verifier = Verifier(trust: trust, hint: AllowedSigners(parsing: ""))
    }

    /// - Returns: the files that were put back, relative to the archive.
    public func repair() throws(SyncError) -> [String] {
        try syncFile { () throws(FileError) in
            for folder in [archive.bundlesFolder, archive.manifestsFolder] { try Files.makeFolder(folder) }
        }
        var files = try syncArchive { () throws(ArchiveError) in try archive.repairRepacked().map { [$0] } ?? [] }
        for log in try syncArchive({ () throws(ArchiveError) in try archive.logs() }) {
            for remote in remotes {
                files += try fetchManifests(of: log, from: remote)
                files += try fetchBundles(of: log.origin, from: remote)
            }
        }
        return files
    }

    private func fetchManifests(of log: LogSummary, from remote: any Remote) throws(SyncError) -> [String] {
        var files: [String] = []
        let seen = try syncArchive { () throws(ArchiveError) in try archive.heads() }[log.origin]?.size ?? 0
        for number in try remote.snapshotNumbers()[log.origin] ?? [] {
            let name = "manifests/\(log.origin)-\(number).json"
            guard try manifest(name, of: log, in: own) == nil, let found = try manifest(name, of: log, in: remote),
                // What was never here is for pulling, not for repairing.
                found.manifest.log.size <= seen || Files.exists("\(own.path)/\(name)")
            else { continue }
            try put(found.bytes, found.signature, name)
            files.append(name)
        }
        return files
    }

    /// Nil for one that is not there, not to be believed, or not of the log that is here.
    private func manifest(
        _ name: String, of log: LogSummary, in remote: any Remote
    ) throws(SyncError) -> VerifiedManifest? {
        guard let found = try believed({ () throws(SyncError) in try verifier.manifest(named: name, in: remote) }),
            found.manifest.origin == log.origin, found.manifest.log.size <= log.head.size,
            try archive.keyHistory(of: log).key(at: found.manifest.log.size) == found.signer.key
        else { return nil }
        let root = try syncArchive { () throws(ArchiveError) in
            try archive.root(of: log.origin, size: found.manifest.log.size)
        }
        return root == found.manifest.log.root ? found : nil
    }

    private func fetchBundles(of origin: OriginID, from remote: any Remote) throws(SyncError) -> [String] {
        var files: [String] = []
        guard let numbers = try own.snapshotNumbers()[origin], !numbers.isEmpty,
            let chain = try believed({ () throws(SyncError) in
                try ManifestChain(origin: origin, numbers: numbers, in: own, verifier: verifier)
            })
        else { return [] }
        var covered = try coverage(of: origin, chain)
        for bundle in try remote.bundles(of: origin) where bundle.to <= chain.last.manifest.log.size {
            var list = try packingList(bundle.file, chain, in: own)
            if list == nil, Files.exists("\(own.path)/\(bundle.file)") || !covered.contains(bundle.from..<bundle.to),
                let found = try packingList(bundle.file, chain, in: remote), try leavesOutWithheld(found.list)
            {
                try put(found.bytes, found.signature, bundle.file)
                files.append(bundle.file)
                list = found
                covered.append(bundle.from..<bundle.to)
            }
            guard var wanted = list?.list, try !isSound(wanted, in: own) else { continue }
            // What lies there may be packed in another way: then its list comes with it.
            if let other = try packingList(bundle.file, chain, in: remote), other.list != wanted,
                try leavesOutWithheld(other.list)
            {
                guard try isSound(other.list, in: remote) else { continue }
                try put(other.bytes, other.signature, bundle.file)
                wanted = other.list
            } else if try !isSound(wanted, in: remote) {
                continue
            }
            try copy(wanted, from: remote)
            files.append("archive/\(wanted.bundleName)")
        }
        return files
    }

    /// A bundle packed before something in it was withdrawn must not bring it back.
    private func leavesOutWithheld(_ list: PackingList) throws(SyncError) -> Bool {
        let without = Set(list.withheld)
        return try syncArchive { () throws(ArchiveError) in
            for index in list.from..<list.to where !without.contains(index) {
                if try archive.isWithheld(index, of: list.origin) { return false }
            }
            return true
        }
    }

    /// The ranges for which there are packing lists that can be believed.
    private func coverage(of origin: OriginID, _ chain: ManifestChain) throws(SyncError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for bundle in try own.bundles(of: origin) where try packingList(bundle.file, chain, in: own) != nil {
            ranges.append(bundle.from..<bundle.to)
        }
        return ranges
    }

    private func packingList(
        _ name: String, _ chain: ManifestChain, in remote: any Remote
    ) throws(SyncError) -> VerifiedPackingList? {
        try believed { () throws(SyncError) in try verifier.packingList(named: name, in: remote, for: chain.byID) }
    }

    private func isSound(_ list: PackingList, in remote: any Remote) throws(SyncError) -> Bool {
        try believed { () throws(SyncError) in
            let path = try remote.localCopy(of: list, in: archive.incomingFolder)
            try BundleReader(list: list, path: path).verifyHash()
            return true
        } ?? false
    }

    /// Copies a bundle whose hash was just found to be right; what is written is hashed again.
    private func copy(_ list: PackingList, from remote: any Remote) throws(SyncError) {
        let path = try remote.localCopy(of: list, in: archive.incomingFolder)
        try own.upload(file: path, to: "archive/\(list.bundleName)") { _ in }
        try BundleReader(list: list, path: "\(archive.bundlesFolder)/\(list.bundleName)").verifyHash()
    }

    private func put(_ bytes: [UInt8], _ signature: [UInt8], _ name: String) throws(SyncError) {
        try syncFile { () throws(FileError) in
            try Files.write(bytes, signedBy: signature, to: "\(own.path)/\(name)")
        }
    }

    /// Nil when it is damaged or not to be trusted; such a copy is of no use here, and `verify` names it if it is the archive's.
    private func believed<Value>(_ body: () throws(SyncError) -> Value) throws(SyncError) -> Value? {
        do throws(SyncError) { return try body() } catch {
            switch error {
            case .damaged, .distrust: return nil
            default: throw error
            }
        }
    }
}
