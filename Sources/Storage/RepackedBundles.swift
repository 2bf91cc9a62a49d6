internal import Models

/// Which of the bundles beside the archive were packed anew since they were made, so that remotes that have the earlier ones get these.
///
/// What was withdrawn stays at a remote for as long as its bundle is not named here. So each line has a sum of its own, and where one is
/// wrong every bundle counts as packed anew: that costs the next `push` one small read each.
extension Archive {
    private static let repackedName = "state/repacked"
    private var repackedPath: String { path + "/" + Self.repackedName }

    /// Names of packing lists, `archive/….json`.
    package func repackedBundles() throws(ArchiveError) -> [String] {
        if let names = try namedInRepacked() { return names }
        return try everyBundle()
    }

    /// Call before the new bundle takes the place of the old one.
    package func noteRepacked(_ name: String) throws(ArchiveError) {
        let names = try repackedBundles()
        guard !names.contains(name) else { return }
        try writeRepacked(names + [name])
    }

    /// - Returns: the file, when it could not be believed and was written anew.
    package func repairRepacked() throws(ArchiveError) -> String? {
        guard try namedInRepacked() == nil else { return nil }
        try writeRepacked(everyBundle())
        return Self.repackedName
    }

    func damageToRepacked() throws(ArchiveError) -> Damage? {
        guard try namedInRepacked() == nil else { return nil }
        return Damage(
            file: Self.repackedName, reason: "it does not say what it must; 'stet repair' writes it anew")
    }

    /// Nil where a line is not what was written.
    private func namedInRepacked() throws(ArchiveError) -> [String]? {
        guard Files.exists(repackedPath) else { return [] }
        let bytes = try fileErrors { () throws(FileError) in try Files.read(repackedPath, limit: 64 << 20) }
        let names = bytes.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
        return names.map(Self.line).joined().utf8.elementsEqual(bytes) ? names : nil
    }

    private func everyBundle() throws(ArchiveError) -> [String] {
        guard Files.exists(bundlesFolder) else { return [] }
        return try fileErrors { () throws(FileError) in try Files.names(in: bundlesFolder) }
            .filter { $0.hasSuffix(".json") }.sorted().map { "archive/\($0)" }
    }

    private func writeRepacked(_ names: [String]) throws(ArchiveError) {
        let bytes = Array(names.map(Self.line).joined().utf8)
        try fileErrors { () throws(FileError) in try Files.write(bytes, to: repackedPath) }
    }

    private static func line(_ name: String) -> String { "\(name) \(ObjectID(hashing: Array(name.utf8)).short)\n" }
}
