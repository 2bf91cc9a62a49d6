internal import Models

/// A WACZ package (Web Archive Collection Zipped 1.1.1): WARC files in a ZIP file, with digests of them all, perhaps signed.
package struct WACZPackage: Sendable {
    /// What the package says about who sealed it. It is told, and not believed.
    package struct Seal: Hashable, Sendable {
        package let created: String?
        package let software: String?
        /// The web site whose certificate signed it, or the public key where an unnamed person did.
        package let signer: String?
    }

    /// The WARC files in it, and what is wrong with each; nil for what is as the package says.
    package let files: [(member: ZIPDirectory.Member, damage: String?)]
    package let seal: Seal?
    package let version: String?
    package let software: String?
    /// In plain words.
    package let notices: [String]
    let directory: ZIPDirectory

    private static let largestDocument = 32 << 20

    /// - Throws: when it is no such package, or not what it says of itself.
    package init(_ file: InputFile) throws(WebArchiveError) {
        directory = try ZIPDirectory(file)
        guard let member = directory.member("datapackage.json") else {
            throw .damaged("it is no WACZ package: there is no datapackage.json in it")
        }
        let bytes = try directory.read(member, limit: Self.largestDocument)
        guard let document = Self.json(bytes) else { throw .damaged("its datapackage.json is no JSON") }
        let (sealed, unsealed) = try Self.seal(directory, of: ObjectID(hashing: bytes))
        seal = sealed
        version = document["wacz_version"]?.string ?? document["waczVersion"]?.string
        software = document["software"]?.string
        let archives = directory.members.filter { $0.name.hasPrefix("archive/") && Self.isArchiveName($0.name) }
        guard !archives.isEmpty else { throw .damaged("it is a WACZ package without a WARC file in archive/") }
        let stated = Self.digests(document)
        var notices = [unsealed].compactMap(\.self)
        var files: [(ZIPDirectory.Member, String?)] = []
        for archive in archives {
            if stated[archive.name]?.algorithm == nil {
                notices.append("datapackage.json has no digest of \(archive.name) that can be checked")
            }
            files.append((archive, try Self.damage(archive, stated[archive.name], directory)))
        }
        for (name, digest) in stated.sorted(by: { $0.key < $1.key })
        where !archives.contains(where: { $0.name == name }) {
            guard let member = directory.member(name) else {
                notices.append("\(name) is missing, which datapackage.json names")
                continue
            }
            if let damage = try Self.damage(member, digest, directory) {
                notices.append(damage)
            } else if digest.algorithm == nil {
                notices.append("datapackage.json has no digest of \(name) that can be checked")
            }
        }
        self.files = files
        self.notices = notices
    }

    private static func isArchiveName(_ name: String) -> Bool {
        [".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz"].contains { name.lowercased().hasSuffix($0) }
    }

    private static func json(_ bytes: [UInt8]) -> JSON? {
        do throws(JSONError) { return try JSON(parsing: bytes) } catch { return nil }
    }

    /// `hash` in version 1.1, `stats.hash` with `hashing` in the one before.
    private static func digests(_ document: JSON) -> [String: RecordDigest] {
        var digests: [String: RecordDigest] = [:]
        for resource in document["resources"]?.array ?? [] {
            guard let path = resource["path"]?.string else { continue }
            if let hash = resource["hash"]?.string {
                digests[path] = RecordDigest(hash.contains(":") ? hash : "sha256:\(hash)")
            } else if let hash = resource["stats"]?["hash"]?.string {
                digests[path] = RecordDigest("\(resource["hashing"]?.string ?? "sha256"):\(hash)")
            }
        }
        return digests
    }

    private static func damage(
        _ member: ZIPDirectory.Member, _ digest: RecordDigest?, _ directory: ZIPDirectory
    ) throws(WebArchiveError) -> String? {
        var hasher = digest.flatMap { DigestHasher($0) }
        do throws(WebArchiveError) {
            try directory.pass(member) { hasher?.update($0) }
        } catch {
            guard case .damaged(let reason) = error else { throw error }
            return reason
        }
        if digest?.algorithm != nil, hasher == nil { return "the digest of \(member.name) in datapackage.json is none" }
        if let hasher, !hasher.matches { return "\(member.name) is not what datapackage.json says: its digest differs" }
        return nil
    }

    /// The seal, or a notice that what is there seals nothing.
    private static func seal(
        _ directory: ZIPDirectory, of id: ObjectID
    ) throws(WebArchiveError) -> (Seal?, notice: String?) {
        guard let member = directory.member("datapackage-digest.json") else { return (nil, nil) }
        guard let document = json(try directory.read(member, limit: largestDocument)) else {
            throw .damaged("its datapackage-digest.json is no JSON")
        }
        let signed = document["signedData"]
        var isCompared = false
        for hash in [document["hash"]?.string, signed?["hash"]?.string].compactMap(\.self) {
            let digest = RecordDigest(hash)
            guard digest.algorithm == .sha256 else { continue }
            isCompared = true
            guard digest.value == id.bytes else {
                throw .damaged(
                    "its datapackage.json was changed after it was sealed: datapackage-digest.json has another digest")
            }
        }
        guard isCompared else { return (nil, "datapackage-digest.json has no digest that can be checked") }
        guard let signed else { return (nil, nil) }
        let seal = Seal(
            created: signed["created"]?.string, software: signed["software"]?.string,
            signer: signed["domain"]?.string ?? signed["publicKey"]?.string)
        return (seal, nil)
    }
}
