public import Models
internal import Storage

/// Who signed a document, as the user's trust knows them.
public struct Signer: Hashable, Sendable {
    /// `SHA256:…`
    public let fingerprint: String
    /// The name under which the user accepted the key.
    public let principal: String
    let key: PublicKey
}

/// A manifest whose signature was checked against the user's trust. Only `Verifier` makes one.
public struct VerifiedManifest: Hashable, Sendable {
    public let manifest: Manifest
    /// SHA-256 of the file.
    public let id: ObjectID
    public let signer: Signer
    /// The file and its signature as they were read, to be handed on unchanged.
    let bytes: [UInt8]
    let signature: [UInt8]
    /// What a timestamp says about when it was there.
    public let time: StampedTime
    /// The timestamp as it was read, where it holds.
    let timestamp: [UInt8]?
    /// Why the timestamp beside it counts for nothing, where it does not hold.
    let timestampFault: TimestampFault?

    fileprivate init(
        manifest: Manifest, bytes: [UInt8], signature: [UInt8], signer: Signer, stamp: Verifier.Stamp
    ) {
        time = stamp.time
        timestamp = stamp.token
        timestampFault = stamp.fault
        self.manifest = manifest
        id = ObjectID(hashing: bytes)
        self.bytes = bytes
        self.signature = signature
        self.signer = signer
    }
}

extension VerifiedManifest {
    /// When the signature is known to have been there: a trusted authority's time, else what the signer says.
    var judgedAt: Timestamp { Verifier.Stamp(time: time).judged(manifest) }
}

/// A packing list whose signature was checked against the user's trust. Only `Verifier` makes one.
public struct VerifiedPackingList: Hashable, Sendable {
    public let list: PackingList
    public let signer: Signer
    let bytes: [UInt8]
    let signature: [UInt8]

    fileprivate init(list: PackingList, bytes: [UInt8], signature: [UInt8], signer: Signer) {
        self.list = list
        self.bytes = bytes
        self.signature = signature
        self.signer = signer
    }
}

/// Decides what is believed: signatures against the user's trust, never against keys that lie beside the data.
struct Verifier: Sendable {
    let trust: AllowedSigners
    /// What the remote itself calls its keys. It proves nothing, and serves only to word an error.
    let hint: AllowedSigners
    /// Whom the user believes about time.
    var authorities = TimeAuthorities()

    /// No manifest or packing list is larger: heads of a hundred thousand origins fit.
    static let largestDocument = 16 << 20

    func manifest(named name: String, in remote: FolderRemote) throws(SyncError) -> VerifiedManifest {
        let (bytes, signature) = try document(name, in: remote)
        let manifest: Manifest
        // The signature comes first: nothing unsigned is even parsed. `created` is read only to judge the key's validity then.
        let proof = try proof(of: bytes, signature, file: name, namespace: .manifest)
        do throws(FormatError) {
            manifest = try Manifest(parsing: bytes)
        } catch {
            throw .distrust(file: name, .malformed(error.description))
        }
        guard manifest.fileName == Files.name(of: name) else {
            throw .distrust(file: name, .mixed("the file is named for another snapshot than the one in it"))
        }
        let stamp = try stamp(over: bytes, name, in: remote)
        let signer = try signer(proof, file: name, namespace: .manifest, at: stamp.judged(manifest))
        return VerifiedManifest(manifest: manifest, bytes: bytes, signature: signature, signer: signer, stamp: stamp)
    }

    /// The timestamp beside a document, judged.
    struct Stamp {
        var time = StampedTime.none
        var token: [UInt8]?
        var fault: TimestampFault?

        /// A signature is judged at its trusted time where there is one, else when the signer says it was made.
        func judged(_ manifest: Manifest) -> Timestamp {
            if case .trusted(let time, _) = time { return time }
            return manifest.created
        }
    }

    /// It is optional and not signed by the origin: one that does not hold counts for nothing, or anybody who can write to
    /// a remote could keep it from being restored.
    private func stamp(over bytes: [UInt8], _ name: String, in remote: FolderRemote) throws(SyncError) -> Stamp {
        // The token itself says that it is too large.
        guard let token = try remote.read(name + ".tsr", limit: Self.largestDocument) else { return Stamp() }
        do throws(TimestampFault) {
            return Stamp(time: try authorities.judge(token, over: bytes), token: token)
        } catch {
            return Stamp(fault: error)
        }
    }

    /// `manifests` are those of the same origin, by the hash by which packing lists name them.
    func packingList(
        named name: String, in remote: FolderRemote, for manifests: [ObjectID: VerifiedManifest]
    ) throws(SyncError) -> VerifiedPackingList {
        let (bytes, signature) = try document(name, in: remote)
        let proof = try proof(of: bytes, signature, file: name, namespace: .bundle)
        let list: PackingList
        do throws(FormatError) {
            list = try PackingList(parsing: bytes)
        } catch {
            throw .distrust(file: name, .malformed(error.description))
        }
        guard list.fileName == Files.name(of: name) else {
            throw .distrust(file: name, .mixed("the file is named for another bundle than the one it lists"))
        }
        guard let manifest = manifests[list.manifest]?.manifest else {
            throw .distrust(file: name, .mixed("it was packed for a snapshot that is not here"))
        }
        guard manifest.origin == list.origin, list.to <= manifest.log.size else {
            throw .distrust(file: name, .mixed("it was packed for a snapshot that does not cover it"))
        }
        // A packing list says no time of its own: it is as old as the manifest it belongs to.
        let time = manifests[list.manifest]?.judgedAt ?? manifest.created
        let signer = try signer(proof, file: name, namespace: .bundle, at: time)
        return VerifiedPackingList(list: list, bytes: bytes, signature: signature, signer: signer)
    }

    private func document(_ name: String, in remote: FolderRemote) throws(SyncError) -> (
        bytes: [UInt8], signature: [UInt8]
    ) {
        guard let bytes = try remote.read(name, limit: Self.largestDocument) else {
            throw .damaged(Damage(file: name, reason: "it is missing"))
        }
        guard let signature = try remote.read(name + ".sig", limit: 1 << 20) else {
            throw .distrust(file: name, .unsigned)
        }
        return (bytes, signature)
    }

    private func proof(
        of bytes: [UInt8], _ signature: [UInt8], file: String, namespace: SSHSignature.Namespace
    ) throws(SyncError) -> SSHSignature {
        guard let text = String(validating: signature, as: UTF8.self), let proof = SSHSignature(armored: text) else {
            throw .distrust(file: file, .badSignature)
        }
        guard proof.namespace == namespace.rawValue else {
            throw .distrust(file: file, .wrongNamespace(found: proof.namespace, wanted: namespace.rawValue))
        }
        guard proof.isValid(for: bytes) else { throw .distrust(file: file, .badSignature) }
        return proof
    }

    private func signer(
        _ proof: SSHSignature, file: String, namespace: SSHSignature.Namespace, at time: Timestamp
    ) throws(SyncError) -> Signer {
        let key = proof.publicKey
        switch trust.decision(on: key, namespace: namespace.rawValue, at: time) {
        case .accepted(let principal): return Signer(fingerprint: key.fingerprint, principal: principal, key: key)
        case .notThen: throw .distrust(file: file, .keyNotValidThen(fingerprint: key.fingerprint, at: time))
        case .unknown:
            let claimed = hint.entries.first { $0.key == key }?.principals
            throw .distrust(file: file, .unknownKey(fingerprint: key.fingerprint, claimedName: claimed))
        }
    }
}

/// An origin's manifests, each signed, each naming the one before it by its hash.
struct ManifestChain: Sendable {
    /// By number, ascending; the last is the one asked for.
    let manifests: [VerifiedManifest]

    var last: VerifiedManifest { manifests[manifests.count - 1] }
    var byID: [ObjectID: VerifiedManifest] {
        Dictionary(manifests.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter numbers: those at hand, ascending and not empty.
    init(
        origin: OriginID, numbers: [Int], in remote: FolderRemote, verifier: Verifier
    ) throws(SyncError) {
        var manifests: [VerifiedManifest] = []
        for number in numbers {
            let name = "manifests/\(origin)-\(number).json"
            let next = try verifier.manifest(named: name, in: remote)
            if let before = manifests.last {
                try Self.check(next, after: before, file: name)
            }
            manifests.append(next)
        }
        self.manifests = manifests
    }

    private static func check(_ next: VerifiedManifest, after before: VerifiedManifest, file: String) throws(SyncError)
    {
        let (old, new) = (before.manifest, next.manifest)
        if new.number == old.number + 1, new.previous != before.id {
            throw .distrust(file: file, .mixed("it does not name the snapshot before it as its predecessor"))
        }
        guard new.log.size >= old.log.size else {
            throw .distrust(file: file, .rollback(seen: old.log.size, found: new.log.size))
        }
    }
}
