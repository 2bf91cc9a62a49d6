internal import Models

/// Which of the bundles beside the archive were packed anew since they were made, so that remotes that have the earlier ones get these.
extension Archive {
    private var repackedPath: String { stateFolder + "/repacked" }

    /// Names of packing lists, `archive/….json`.
    package func repackedBundles() throws(ArchiveError) -> [String] {
        guard Files.exists(repackedPath) else { return [] }
        let bytes = try fileErrors { () throws(FileError) in try Files.read(repackedPath, limit: 64 << 20) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Call before the new bundle takes the place of the old one.
    package func noteRepacked(_ name: String) throws(ArchiveError) {
        let names = try repackedBundles()
        guard !names.contains(name) else { return }
        let text = (names + [name]).map { $0 + "\n" }.joined()
        try fileErrors { () throws(FileError) in try Files.write(Array(text.utf8), to: repackedPath) }
    }
}
