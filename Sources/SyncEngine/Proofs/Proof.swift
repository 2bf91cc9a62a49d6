package import Models

/// All that the evidence of one capture consists of, in one document: `manifests/FORMAT.md` has the bytes.
///
/// A parsed proof is a claim. `ProofVerifier` makes more of it.
package struct Proof: Hashable, Sendable {
    /// A line of the log with its detail, both verbatim, and the way from its leaf to the root (RFC 6962, 2.1.1).
    package struct Entry: Hashable, Sendable {
        let line: [UInt8]
        let detail: [UInt8]
        let path: [ObjectID]
    }

    /// Where the payload is.
    package enum Payload: Hashable, Sendable {
        case embedded([UInt8])
        /// In a file of this name in the proof's own folder.
        case beside(ObjectID)
    }

    let genesis: Entry
    /// Lines by which the genesis key gave way to others, ascending by index.
    let keyChanges: [Entry]
    let capture: Entry
    /// What came with the payload, by the name of the detail's member that names it: `headers`, `transport`, `certificates`.
    let attachments: [String: [UInt8]]
    let payload: Payload
    let manifest: [UInt8]
    /// The manifest's `.sig` file.
    let signature: String
    /// The manifest's `.tsr` file, where there is one.
    let timestamp: [UInt8]?

    static let format: Int64 = 1
    static let kind = "proof"
    /// Bytes of a proof. Readers keep it in memory.
    package static let largest = 128 << 20
    /// Bytes of a payload or header block inside a proof: escaped, a byte takes up to six.
    package static let largestEmbedded = 16 << 20
    static let mostKeyChanges = 4096
    /// A tree of 2^63 leaves has no longer path.
    static let longestPath = 63
    static let largestTimestamp = 1 << 16

    /// Canonical JSON and a newline. Nil where a line, detail, manifest or signature is no UTF-8.
    package var encoded: [UInt8]? {
        guard let capture = capture.json, let genesis = genesis.json,
            let manifest = String(validating: manifest, as: UTF8.self)
        else { return nil }
        let changes = keyChanges.compactMap(\.json)
        guard changes.count == keyChanges.count else { return nil }
        var members: [JSON.Member] = [
            .init("format", .integer(Self.format)), .init("kind", .string(Self.kind)),
            .init("capture", capture), .init("genesis", genesis), .init("keyChanges", .array(changes)),
            .init("manifest", ["text": .string(manifest), "signature": .string(signature)]),
            .init("payload", payload.json),
        ]
        for (member, bytes) in attachments { members.append(.init(member, Payload.embedded(bytes).json)) }
        if let timestamp { members.append(.init("timestamp", .string(Base64.encode(timestamp)))) }
        return JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    }
}

extension Proof.Entry {
    fileprivate var json: JSON? {
        guard let line = String(validating: line, as: UTF8.self), let detail = String(validating: detail, as: UTF8.self)
        else { return nil }
        return [
            "line": .string(line), "detail": .string(detail),
            "path": .array(path.map { .string($0.description) }),
        ]
    }

    fileprivate init(_ fields: Fields) throws(FormatError) {
        try fields.allow(only: ["detail", "line", "path"])
        line = Array(try fields.string("line").utf8)
        detail = Array(try fields.string("detail").utf8)
        let hashes = try fields.list("path")
        guard hashes.count <= Proof.longestPath else { throw fields.wrong("path") }
        var path: [ObjectID] = []
        for hash in hashes {
            guard let id = hash.string.flatMap({ ObjectID($0) }) else { throw fields.wrong("path") }
            path.append(id)
        }
        self.path = path
    }
}

extension Proof.Payload {
    /// Text where the bytes are UTF-8, else base64: one value has one spelling, and most pages can be read in the proof.
    fileprivate var json: JSON {
        switch self {
        case .embedded(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) { return ["text": .string(text)] }
            return ["base64": .string(Base64.encode(bytes))]
        case .beside(let id): return ["file": .string(id.description)]
        }
    }

    fileprivate init(_ fields: Fields, mayLieBeside: Bool) throws(FormatError) {
        try fields.allow(only: mayLieBeside ? ["base64", "file", "text"] : ["base64", "text"])
        if let text = try fields.optionalString("text") {
            self = .embedded(Array(text.utf8))
        } else if let text = try fields.optionalString("base64") {
            guard let bytes = Base64.decode(text) else { throw fields.wrong("base64") }
            self = .embedded(bytes)
        } else {
            self = .beside(try fields.objectID("file"))
        }
        if case .embedded(let bytes) = self, bytes.count > Proof.largestEmbedded {
            throw FormatError(document: fields.document, problem: "it is larger than \(Proof.largestEmbedded) bytes")
        }
    }

    fileprivate var embedded: [UInt8]? {
        guard case .embedded(let bytes) = self else { return nil }
        return bytes
    }
}

extension Proof {
    /// Reads exactly what `encoded` writes.
    package init(parsing bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.largest else {
            throw FormatError(document: "proof", problem: "it is larger than \(Self.largest) bytes")
        }
        guard bytes.last == UInt8(ascii: "\n") else {
            throw FormatError(document: "proof", problem: "it does not end with a newline")
        }
        guard Self.hasFewValues(bytes) else {
            throw FormatError(document: "proof", problem: "it has more members than any proof")
        }
        let fields = try Fields(canonical: Array(bytes.dropLast()), of: "proof", format: Self.format)
        guard try fields.string("kind") == Self.kind else { throw fields.wrong("kind") }
        capture = try Entry(try fields.fields("capture"))
        genesis = try Entry(try fields.fields("genesis"))
        let changes = try fields.list("keyChanges")
        guard changes.count <= Self.mostKeyChanges else { throw fields.wrong("keyChanges") }
        var keyChanges: [Entry] = []
        for change in changes { keyChanges.append(try Entry(try Fields(change, of: "proof, keyChanges"))) }
        self.keyChanges = keyChanges
        let manifest = try fields.fields("manifest")
        self.manifest = Array(try manifest.string("text").utf8)
        signature = try manifest.string("signature")
        payload = try Payload(try fields.fields("payload"), mayLieBeside: true)
        attachments = try Self.attachments(fields)
        timestamp = try Self.token(fields)
        // Whatever this model does not carry over, another reader might take for a part of the proof.
        guard encoded == bytes else {
            throw FormatError(
                document: "proof", problem: "it has a member or a spelling that is not part of the format")
        }
    }

    /// Each value takes many times the memory of its shortest spelling: a file of brackets and commas alone is not even parsed.
    private static func hasFewValues(_ bytes: [UInt8]) -> Bool {
        var left = (mostKeyChanges + 3) * (longestPath + 8)
        var isText = false
        var isEscaped = false
        for byte in bytes {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"): left -= 1
            default: continue
            }
            if left < 0 { return false }
        }
        return true
    }

    private static func attachments(_ fields: Fields) throws(FormatError) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for member in CaptureDetail.attachmentMembers where fields.optional(member) != nil {
            found[member] = try Payload(try fields.fields(member), mayLieBeside: false).embedded
        }
        return found
    }

    private static func token(_ fields: Fields) throws(FormatError) -> [UInt8]? {
        guard let text = try fields.optionalString("timestamp") else { return nil }
        guard let token = Base64.decode(text), token.count <= largestTimestamp else { throw fields.wrong("timestamp") }
        return token
    }
}
