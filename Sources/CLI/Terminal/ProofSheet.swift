import Models
import Storage
import SyncEngine
import Viewer

/// A proof as a page for people.
struct ProofSheet {
    private let proven: ProvenCapture
    private let bytes: [UInt8]
    private let file: String
    private let interpreter: Interpreter

    init(_ proven: ProvenCapture, bytes: [UInt8], file: String, interpreter: Interpreter) {
        self.proven = proven
        self.bytes = bytes
        self.file = file
        self.interpreter = interpreter
    }

    var html: String {
        ProofPage(
            file: file, fileHash: ObjectID(hashing: bytes).description, capture: proven.name.description,
            facts: ProofReport.facts(proven, signer: nil), proves: ProofReport.proves(proven, signer: nil),
            doesNotProve: ProofReport.doesNotProve(proven), fingerprint: proven.signer.fingerprint,
            origin: proven.manifest.origin.description, payload: proven.detail.payload.description,
            text: text, headers: proven.headers.map { String(decoding: $0, as: UTF8.self) }
        ).html
    }

    /// The article as it is read out of the payload, for people to recognise it.
    private var text: (headline: String?, body: String)? {
        guard let payload = proven.payload, payload.count <= interpreter.largestText,
            let revision = interpreter.interpret(proven.detail, payload).revision
        else { return nil }
        return (revision.headline, revision.text)
    }
}
