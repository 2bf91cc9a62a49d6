public import Models

/// Why a proof is not believed, or does not hold together.
public struct ProofFault: Error, Hashable, Sendable {
    /// Stable, for programs; `manifests/FORMAT.md` says in which order they are looked for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The file does not follow its format.
        case malformedProof
        /// The signature is none, or not over this manifest.
        case badSignature
        case wrongNamespace
        case malformedManifest
        case malformedLine
        /// The first line's hash is not the origin in the manifest.
        case wrongGenesis
        /// A line of another log than the manifest's.
        case otherOrigin
        /// The path does not lead from the line to the signed root.
        case notInLog
        /// A line is not of the kind that its place in the proof asks for.
        case wrongKind
        /// A detail does not hash to what its line says.
        case wrongDetail
        case malformedDetail
        /// The key that signed is not one to which the genesis leads.
        case notTheOriginsKey
        /// A key change that the key in force did not authorise, or to which the new one did not agree.
        case badKeyChange
        case wrongHeaders
        case wrongPayload
        case missingPayload
        /// The timestamp is not one of this manifest.
        case badTimestamp
    }
    public let kind: Kind
    /// What is wrong, in words; may quote the proof.
    public let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// The payload beside a proof is another than it was when it was checked.
    package init(changed payload: ObjectID) {
        self.init(.wrongPayload, "the payload \(payload.short) was changed while it was read")
    }
}

/// Why a proof could not be made or checked.
public enum ProofError: Error, Sendable {
    case refused(ProofFault)
    /// No snapshot covers the capture yet, or not the one asked for.
    case notCovered(CaptureName, snapshot: Int?)
    /// What the name stands for is no capture.
    case notACapture(CaptureName, LogLine.Kind)
    /// The payload, or the whole proof with it, is too large to be embedded.
    case tooLargeToEmbed(bytes: Int, limit: Int)
    case sync(SyncError)
}
