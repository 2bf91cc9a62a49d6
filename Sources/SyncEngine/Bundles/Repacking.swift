internal import Models
internal import Storage

/// Packs bundles again for the lines that they hold, without what was withdrawn.
struct Repacking {
    let archive: Archive
    let tool: String
    let key: any SigningIdentity
    let manifests: [Manifest]

    /// A bundle by the name of its file.
    struct Bundle: Hashable {
        let origin: OriginID
        let range: Range<Int>
        var stem: String { "\(origin)-\(range.lowerBound)-\(range.upperBound)" }

        /// Nil for anything but `ORIGIN-FROM-TO.tar.zst`.
        init?(fileName: String) {
            guard fileName.hasSuffix(".tar.zst") else { return nil }
            let parts = fileName.dropLast(8).split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3, let origin = OriginID(parts[0]), let from = Int(parts[1]), let to = Int(parts[2]),
                from >= 0, from < to
            else { return nil }
            self.origin = origin
            range = from..<to
            guard stem + ".tar.zst" == fileName else { return nil }
        }
    }

    /// Under the same name: whoever is stopped here leaves a bundle that does not fit its list, and does it again.
    func repack(_ bundle: Bundle) throws(SyncError) {
        let stem = "\(archive.bundlesFolder)/\(bundle.stem)"
        guard let manifest = try manifest(of: bundle, list: stem + ".json") else {
            // No snapshot covers it: left over from one that never was.
            return try syncFile { () throws(FileError) in
                for suffix in [".json.sig", ".json", ".tar.zst"] { try Files.remove(stem + suffix) }
            }
        }
        let contents = try BundlePlan(archive: archive, origin: bundle.origin).contents(
            from: bundle.range.lowerBound, to: bundle.range.upperBound, largest: .max, mostLines: .max / 2)
        guard contents.range == bundle.range else {
            throw .damaged(Damage(file: "packs", reason: "lines of the log of \(bundle.origin.short) are missing"))
        }
        try syncArchive { () throws(ArchiveError) in try archive.noteRepacked("archive/\(bundle.stem).json") }
        let packed = try BundleWriter(archive: archive, tool: tool)
            .write(contents, created: manifest.created, to: archive.bundlesFolder, stem: bundle.stem)
        let list = PackingList(
            origin: bundle.origin, from: bundle.range.lowerBound, to: bundle.range.upperBound, sha256: packed.sha256,
            bytes: packed.bytes, contentBytes: packed.contentBytes, objects: packed.objects, manifest: manifest.id,
            withheld: contents.withheld, leftOut: contents.leftOut)
        let proof = try SSHSignature(signing: list.encoded, namespace: .bundle, with: key)
        try syncFile { () throws(FileError) in
            try Files.write(Array(proof.armored.utf8), to: stem + ".json.sig")
            try Files.write(list.encoded, to: stem + ".json")
        }
    }

    /// The snapshot for which it was packed; where its list cannot be read, the first that covers it.
    private func manifest(of bundle: Bundle, list: String) throws(SyncError) -> Manifest? {
        let covering = manifests.filter { $0.origin == bundle.origin && $0.log.size >= bundle.range.upperBound }
        guard Files.exists(list) else { return nil }
        let bytes = try syncFile { () throws(FileError) in try Files.read(list, limit: Verifier.largestDocument) }
        do throws(FormatError) {
            let id = try PackingList(parsing: bytes).manifest
            return covering.first { $0.id == id } ?? covering.first
        } catch {
            return covering.first
        }
    }
}
