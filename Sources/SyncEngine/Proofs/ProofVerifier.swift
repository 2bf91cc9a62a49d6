internal import Models
internal import Storage

/// Checks a proof with nothing else at hand, in the order of `manifests/FORMAT.md`.
public struct ProofVerifier: Sendable {
    private let authorities: TimeAuthorities

    /// - Parameter authorities: whom the user believes about time.
    public init(authorities: TimeAuthorities) { self.authorities = authorities }

    /// - Parameter folder: where a payload that is not in the proof lies.
    public func check(_ bytes: [UInt8], folder: String) throws(ProofFault) -> ProvenCapture {
        let proof: Proof
        do throws(FormatError) { proof = try Proof(parsing: bytes) } catch {
            throw ProofFault(.malformedProof, error.description)
        }
        let signer = try signer(of: proof)
        let manifest: Manifest
        do throws(FormatError) { manifest = try Manifest(parsing: proof.manifest) } catch {
            throw ProofFault(.malformedManifest, error.description)
        }
        let genesis = try self.genesis(of: proof, manifest)
        try checkSigner(signer, genesis, proof, manifest)
        let (line, body) = try entry(proof.capture, .capture, "the capture's", manifest)
        guard case .capture(let detail) = body else {
            throw ProofFault(.malformedDetail, "the capture's detail is of another kind than its line")
        }
        try check(proof.attachments, detail)
        try checkPayload(proof.payload, detail, folder: folder)
        let time = try time(of: proof)
        var payload: [UInt8]?
        if case .embedded(let bytes) = proof.payload { payload = bytes }
        return ProvenCapture(
            line: line, detail: detail, manifest: manifest, manifestID: ObjectID(hashing: proof.manifest),
            genesis: genesis, signer: signer, payload: payload,
            headers: proof.attachments["headers"], time: time)
    }

    /// The signature comes first: nothing unsigned is believed to say even whose log it is.
    private func signer(of proof: Proof) throws(ProofFault) -> PublicKey {
        guard let signature = SSHSignature(armored: proof.signature) else {
            throw ProofFault(.badSignature, "it is no OpenSSH signature")
        }
        let wanted = SSHSignature.Namespace.manifest.rawValue
        guard signature.namespace == wanted else {
            throw ProofFault(.wrongNamespace, "it was made for '\(signature.namespace)', not for '\(wanted)'")
        }
        guard signature.isValid(for: proof.manifest) else {
            throw ProofFault(.badSignature, "the manifest or its signature was changed")
        }
        return signature.publicKey
    }

    private func genesis(of proof: Proof, _ manifest: Manifest) throws(ProofFault) -> GenesisDetail {
        // Before anything else in it: the hash of this line is the name of the log.
        guard MerkleTree.leafHash(proof.genesis.line) == manifest.origin.id else {
            throw ProofFault(.wrongGenesis, "its first line is not that of the origin in the manifest")
        }
        let (_, body) = try entry(proof.genesis, .genesis, "the first line's", manifest)
        guard case .genesis(let detail) = body else {
            throw ProofFault(.malformedDetail, "the first line's detail is of another kind than its line")
        }
        return detail
    }

    /// Trust decides people, the log decides keys.
    private func checkSigner(
        _ signer: PublicKey, _ genesis: GenesisDetail, _ proof: Proof, _ manifest: Manifest
    ) throws(ProofFault) {
        let notTheOrigins = ProofFault(
            .notTheOriginsKey, "\(signer.fingerprint) signed it, which may not sign for origin \(manifest.origin.short)"
        )
        var keys: KeyHistory
        do throws(SyncError) { keys = try KeyHistory(origin: manifest.origin, genesisKey: genesis.key) } catch {
            throw notTheOrigins
        }
        var before = 0
        for entry in proof.keyChanges {
            let (line, detail) = try self.entry(entry, .keyChange, "a key change's", manifest)
            guard line.index > before else {
                throw ProofFault(.malformedProof, "its key changes are not in the log's order")
            }
            before = line.index
            guard case .keyChange(let change) = detail else {
                throw ProofFault(.malformedDetail, "a key change's detail is of another kind than its line")
            }
            do throws(SyncError) { try keys.apply(change, index: line.index, file: "proof") } catch {
                throw ProofFault(.badKeyChange, "the key change in record \(line.index) is not good")
            }
        }
        guard keys.key(at: manifest.log.size) == signer else { throw notTheOrigins }
    }

    /// A line in its place in the signed tree, with the detail that it names.
    private func entry(
        _ entry: Proof.Entry, _ kind: LogLine.Kind, _ whose: String, _ manifest: Manifest
    ) throws(ProofFault) -> (LogLine, Detail) {
        let line: LogLine
        do throws(FormatError) { line = try LogLine(parsing: entry.line) } catch {
            throw ProofFault(.malformedLine, "\(whose) \(error)")
        }
        guard line.kind == kind else {
            throw ProofFault(.wrongKind, "\(whose) line is of kind '\(line.kind.rawValue)'")
        }
        guard line.origin == (kind == .genesis ? nil : manifest.origin) else {
            throw ProofFault(.otherOrigin, "\(whose) line is of another log than the manifest")
        }
        let head = manifest.log
        guard
            MerkleTree.verify(
                inclusion: entry.path, of: line.leafHash, at: line.index, size: head.size, root: head.root)
        else { throw ProofFault(.notInLog, "\(whose) line does not stand where it claims in the signed log") }
        guard ObjectID(hashing: entry.detail) == line.detail else {
            throw ProofFault(.wrongDetail, "\(whose) detail is not the one that its line names")
        }
        do throws(FormatError) { return (line, try Detail(parsing: entry.detail)) } catch {
            throw ProofFault(.malformedDetail, "\(whose) \(error)")
        }
    }

    private func time(of proof: Proof) throws(ProofFault) -> StampedTime {
        guard let token = proof.timestamp else { return .none }
        do throws(TimestampFault) { return try authorities.judge(token, over: proof.manifest) } catch {
            throw ProofFault(.badTimestamp, "its timestamp does not hold: \(error.reason)")
        }
    }

    private func check(_ attachments: [String: [UInt8]], _ detail: CaptureDetail) throws(ProofFault) {
        let named = Dictionary(uniqueKeysWithValues: detail.attachments.map { ($0.member, $0.id) })
        guard attachments.mapValues({ ObjectID(hashing: $0) }) == named else {
            throw ProofFault(.wrongHeaders, "what came with the payload, as its headers, is not what was recorded")
        }
    }

    private func checkPayload(
        _ payload: Proof.Payload, _ detail: CaptureDetail, folder: String
    ) throws(ProofFault) {
        let wrong = ProofFault(.wrongPayload, "the payload is not the one that was recorded")
        switch payload {
        case .embedded(let bytes):
            guard bytes.count == detail.size, ObjectID(hashing: bytes) == detail.payload else { throw wrong }
        case .beside(let id):
            guard id == detail.payload else { throw wrong }
            let path = "\(folder)/\(id)"
            guard Files.exists(path) else {
                throw ProofFault(.missingPayload, "the payload, a file \(id), is not beside the proof")
            }
            // Neither a folder nor a pipe, which might never end.
            guard Files.isRegular(path), try Self.hash(path, size: detail.size) == id else { throw wrong }
        }
    }

    /// Nil where the file is not as large as it must be.
    private static func hash(_ path: String, size: Int) throws(ProofFault) -> ObjectID? {
        do throws(FileError) {
            let file = try OpenFile(reading: path)
            guard try file.size() == size else { return nil }
            var hasher = Hasher256()
            while true {
                let part = try file.readNext(1 << 20)
                if part.isEmpty { return hasher.finish() }
                hasher.update(part)
            }
        } catch {
            throw ProofFault(.missingPayload, "\(error)")
        }
    }
}
