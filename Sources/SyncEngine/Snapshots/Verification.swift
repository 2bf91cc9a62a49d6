public import Models
internal import Storage

/// Who signed a document, as the user's trust knows them.
public struct Signer: Hashable, Sendable {
    /// `SHA256:…`
    public let fingerprint: String
    /// The name under which the user accepted the key.
    public let principal: String
    /// When the user revoked the key, which is after the time that the document claims: nothing but the signer says that it is older.
    public let revokedAfter: Timestamp?
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

    /// - Parameter earlier: who signed the snapshot before, to word an error.
    func manifest(
        named name: String, in remote: any Remote, after earlier: Signer? = nil
    ) throws(SyncError) -> VerifiedManifest {
        let (bytes, signature) = try document(name, in: remote)
        let manifest: Manifest
        // The signature comes first: nothing unsigned is even parsed. `created` is read only to judge the key's validity then.
        let proof = try proof(of: bytes, signature, file: name, namespace: .manifest)
        do throws(FormatError) {
            manifest = try Manifest(parsing: bytes)
        } catch {
            throw .distrust(file: name, .malformed(error.description))
        }
        if let wanted = RemoteName.origin(in: name), wanted != manifest.origin {
            throw .distrust(file: name, .otherOrigin(wanted: wanted, found: manifest.origin))
        }
        guard manifest.fileName == Files.name(of: name) else {
            throw .distrust(file: name, .mixed("the file is named for another snapshot than the one in it"))
        }
        let stamp = try stamp(over: bytes, name, in: remote)
        let signer = try signer(
            proof, file: name, namespace: .manifest, at: stamp.judged(manifest), after: earlier)
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
    private func stamp(over bytes: [UInt8], _ name: String, in remote: any Remote) throws(SyncError) -> Stamp {
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
        named name: String, in remote: any Remote, for manifests: [ObjectID: VerifiedManifest], missing: Int? = nil
    ) throws(SyncError) -> VerifiedPackingList {
        let (bytes, signature) = try document(name, in: remote)
        let proof = try proof(of: bytes, signature, file: name, namespace: .bundle)
        let list: PackingList
        do throws(FormatError) {
            list = try PackingList(parsing: bytes)
        } catch {
            throw .distrust(file: name, .malformed(error.description))
        }
        if let wanted = RemoteName.origin(in: name), wanted != list.origin {
            throw .distrust(file: name, .otherOrigin(wanted: wanted, found: list.origin))
        }
        guard list.fileName == Files.name(of: name) else {
            throw .distrust(file: name, .mixed("the file is named for another bundle than the one it lists"))
        }
        guard let manifest = manifests[list.manifest]?.manifest else {
            if let missing {
                let file = "manifests/\(list.origin)-\(missing).json"
                throw .damaged(Damage(file: file, reason: "it is missing, and bundles were packed for it"))
            }
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

    private func document(_ name: String, in remote: any Remote) throws(SyncError) -> (
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
        let fingerprint = proof.publicKey.fingerprint
        switch proof.verdict(for: bytes) {
        case .good: return proof
        case .bad: throw .distrust(file: file, .badSignature)
        case .unusableKey(let weakness): throw .distrust(file: file, .weakKey(fingerprint: fingerprint, weakness))
        case .weakAlgorithm(let name):
            throw .distrust(file: file, .weakSignature(fingerprint: fingerprint, algorithm: name))
        case .untouched: throw .distrust(file: file, .untouchedKey(fingerprint: fingerprint))
        }
    }

    private func signer(
        _ proof: SSHSignature, file: String, namespace: SSHSignature.Namespace, at time: Timestamp,
        after earlier: Signer? = nil
    ) throws(SyncError) -> Signer {
        let key = proof.publicKey
        let fingerprint = key.fingerprint
        func refused(_ reason: Distrust) -> SyncError { .distrust(file: file, reason) }
        switch trust.decision(on: key, namespace: namespace.rawValue, at: time) {
        case .accepted(let principal, let revoked):
            return Signer(fingerprint: fingerprint, principal: principal, revokedAfter: revoked, key: key)
        case .notForThis: throw refused(.keyNotForThis(fingerprint: fingerprint, namespace: namespace.rawValue))
        case .notYet(let from): throw refused(.keyNotYetValid(fingerprint: fingerprint, at: time, from: from))
        case .expired(let until): throw refused(.keyExpired(fingerprint: fingerprint, at: time, until: until))
        case .revoked(let until): throw refused(.keyRevoked(fingerprint: fingerprint, at: time, until: until))
        case .unknown:
            let claimed = hint.entries.first { $0.key == key }?.principals
            throw refused(
                .unknownKey(fingerprint: fingerprint, claimedName: claimed, after: earlier?.fingerprint))
        }
    }
}

extension Verifier {
    /// Packing lists of bundles that together hold every line of a chain's last snapshot from `start` on.
    func bundles(
        covering chain: ManifestChain, from start: Int, in remote: any Remote
    ) throws(SyncError) -> [VerifiedPackingList] {
        let (origin, size) = (chain.last.manifest.origin, chain.last.manifest.log.size)
        let byID = chain.byID
        // What is new is mostly one bundle that begins just there; everything is listed only where more is needed.
        var available = try remote.bundles(of: origin, from: start == 0 ? nil : start)
        var isListed = start == 0
        var chosen: [VerifiedPackingList] = []
        var at = start
        while at < size {
            // The longest that begins here: bundles packed anew may overlap older ones.
            guard let next = available.last(where: { $0.from == at && $0.to <= size }) else {
                guard !isListed else {
                    throw .damaged(
                        Damage(
                            file: "archive/\(origin)-\(at)-….json",
                            reason: "no bundle holds the records of \(origin.short) from \(at) on, of \(size)"))
                }
                available = try remote.bundles(of: origin)
                isListed = true
                continue
            }
            chosen.append(try packingList(named: next.file, in: remote, for: byID, missing: chain.gap(after: start)))
            at = next.to
        }
        return chosen
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
        origin: OriginID, numbers: [Int], in remote: any Remote, verifier: Verifier
    ) throws(SyncError) {
        var manifests: [VerifiedManifest] = []
        for number in numbers {
            let name = "manifests/\(origin)-\(number).json"
            let next = try verifier.manifest(named: name, in: remote, after: manifests.last?.signer)
            if let before = manifests.last {
                try Self.check(next, after: before, file: name)
            }
            manifests.append(next)
        }
        self.manifests = manifests
    }

    /// The number of a manifest that should be among these and is not.
    ///
    /// - Parameter start: lines that are held already; nothing is said of the manifests that brought those.
    func gap(after start: Int) -> Int? {
        var expected = start == 0 ? 1 : manifests[0].manifest.number
        for manifest in manifests {
            if manifest.manifest.number != expected { return expected }
            expected += 1
        }
        return nil
    }

    /// - Parameter verified: ascending by number and not empty.
    init(verified: [VerifiedManifest]) { manifests = verified }

    static func check(_ next: VerifiedManifest, after before: VerifiedManifest, file: String) throws(SyncError) {
        let (old, new) = (before.manifest, next.manifest)
        if new.number == old.number + 1, new.previous != before.id {
            throw .distrust(file: file, .mixed("it does not name the snapshot before it as its predecessor"))
        }
        guard new.log.size >= old.log.size else {
            throw .distrust(file: file, .rollback(seen: old.log.size, found: new.log.size))
        }
    }

    /// Trust decides people, the log decides keys: one that the user trusts may still not sign for somebody else's log, nor one
    /// that was given up for what came later.
    ///
    /// - Parameter sizes: of the manifests that are checked; for them the log, and so `keys`, must be known.
    func checkSigners(_ keys: KeyHistory, sizes: ClosedRange<Int>) throws(SyncError) {
        for signed in manifests where sizes.contains(signed.manifest.log.size) {
            try signed.checkSigner(keys)
        }
    }
}

extension VerifiedManifest {
    /// Whether the key that signed it is the one in force at its size.
    func checkSigner(_ keys: KeyHistory) throws(SyncError) {
        let (key, size) = (signer.key, manifest.log.size)
        guard keys.key(at: size) != key else { return }
        let isFormer = keys.terms.contains { $0.key == key && $0.from <= size }
        throw .distrust(
            file: "manifests/\(manifest.fileName)",
            isFormer
                ? .formerKey(fingerprint: signer.fingerprint, origin: manifest.origin, size: size)
                : .notTheOriginsKey(fingerprint: signer.fingerprint, origin: manifest.origin))
    }
}
