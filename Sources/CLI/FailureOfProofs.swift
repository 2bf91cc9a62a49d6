import Models
import SyncEngine

/// The errors of proofs, mapped as all others are.
extension Failure {
    init(_ error: ProofError) {
        switch error {
        case .refused(let fault): self.init(fault)
        case .notCovered(let name, let snapshot):
            let which = snapshot.map { "snapshot \($0) does not cover" } ?? "no snapshot covers"
            self.init(
                "notCovered", exit: 66, "\(which) \(name)",
                snapshot == nil
                    ? "run 'stet snapshot', then prove it" : "'stet snapshots' lists them; leave --snapshot out")
        case .notACapture(let name, let kind):
            self.init(
                "notACapture", exit: 64, "\(name) is no capture but a record of kind '\(kind.rawValue)'",
                "'stet log ARTICLE' names captures")
        case .tooLargeToEmbed(let bytes, let limit):
            self.init(
                "tooLargeToEmbed", exit: 64,
                "the payload (\(Printable.bytes(bytes))) does not fit into a proof of at most \(Printable.bytes(limit))",
                "--payload beside writes it into a file of its own")
        case .sync(let error): self.init(error)
        }
    }

    init(_ fault: ProofFault) {
        let hint: String
        let exit: Int32
        switch fault.kind {
        case .badSignature, .wrongNamespace, .malformedManifest, .wrongGenesis, .otherOrigin, .notInLog,
            .notTheOriginsKey, .badKeyChange, .badTimestamp:
            (exit, hint) = (
                12, "do not use it; somebody may have put it together. Ask whoever made it for the original"
            )
        case .missingPayload:
            (exit, hint) = (13, "put that file into the proof's folder")
        case .malformedProof, .malformedLine, .wrongKind, .wrongDetail, .malformedDetail, .wrongHeaders, .wrongPayload:
            (exit, hint) = (13, "do not use it; it was changed or damaged. Ask whoever made it for the original")
        }
        self.init(fault.kind.rawValue, exit: exit, "the proof does not hold: \(fault.reason)", hint)
    }

    init(_ error: StampingError) {
        switch error {
        case .refused(let fault):
            self.init(
                "badTimestamp", exit: 12, "the timestamp does not hold: \(fault.reason)",
                "nothing was changed; ask for another, for exactly this snapshot")
        case .unreachable(let url, let fault):
            self.init(
                "unreachable", exit: 69, "\(url) gave no timestamp: \(fault.reason)",
                "'stet timestamp fetch' tries again; 'stet timestamp request' lets it be stamped elsewhere")
        case .alreadyStamped(let number):
            self.init(
                "alreadyStamped", exit: 64, "snapshot \(number) has a timestamp already",
                "an older one says more; --replace puts the new one in its place")
        case .sync(let error): self.init(error)
        }
    }

    static func otherKey(_ file: String, found: String, wanted: String) -> Failure {
        Failure(
            "otherKey", exit: 12, "\(file) is signed by \(found), not by \(wanted)",
            "do not use it; ask the owner of the key you named")
    }
}
