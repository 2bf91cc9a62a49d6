public import Models

/// A capture that a proof shows to stand in a signed log. Only `ProofVerifier` makes one.
///
/// That the signer is somebody to be believed is not part of it: `standing` says that.
public struct ProvenCapture: Sendable {
    public let line: LogLine
    public let detail: CaptureDetail
    public let manifest: Manifest
    /// SHA-256 of the manifest's bytes.
    public let manifestID: ObjectID
    public let genesis: GenesisDetail
    /// Who signed the manifest: a key to which the origin's genesis leads.
    public let signer: PublicKey
    /// The payload, where it is in the proof; else it lies beside it, verified.
    public let payload: [UInt8]?
    public let headers: [UInt8]?
    /// What a timestamp says about when the manifest was there.
    public let time: StampedTime

    public var name: CaptureName { CaptureName(origin: manifest.origin, index: line.index) }

    /// When the signature is known to have been there: a trusted authority's time, else what the signer says.
    public var judgedAt: Timestamp {
        if case .trusted(let time, _) = time { return time }
        return manifest.created
    }

    /// What the user's trust makes of the signer.
    public enum Standing: Hashable, Sendable {
        case trusted(principal: String)
        case distrusted(Distrust)
    }

    public func standing(in trust: AllowedSigners) -> Standing {
        let namespace = SSHSignature.Namespace.manifest.rawValue
        let (fingerprint, time) = (signer.fingerprint, judgedAt)
        switch trust.decision(on: signer, namespace: namespace, at: time) {
        case .accepted(let principal, _): return .trusted(principal: principal)
        case .unknown:
            return .distrusted(.unknownKey(fingerprint: fingerprint, claimedName: nil, after: nil))
        case .notForThis: return .distrusted(.keyNotForThis(fingerprint: fingerprint, namespace: namespace))
        case .notYet(let from): return .distrusted(.keyNotYetValid(fingerprint: fingerprint, at: time, from: from))
        case .expired(let until): return .distrusted(.keyExpired(fingerprint: fingerprint, at: time, until: until))
        case .revoked(let until): return .distrusted(.keyRevoked(fingerprint: fingerprint, at: time, until: until))
        }
    }
}

/// What is known of the time at which a document was there.
public enum StampedTime: Hashable, Sendable {
    /// There is no timestamp.
    case none
    /// A sound timestamp of an authority that the user has not chosen to believe: it counts for nothing.
    case unknownAuthority(Timestamp, name: String)
    case trusted(Timestamp, name: String)

    /// Whosever word it is.
    public var time: Timestamp? {
        switch self {
        case .none: nil
        case .unknownAuthority(let time, _), .trusted(let time, _): time
        }
    }

    public var isTrusted: Bool {
        if case .trusted = self { return true }
        return false
    }
}
