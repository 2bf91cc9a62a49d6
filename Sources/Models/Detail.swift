/// 128 random bits that keep a detail from being guessed from its hash.
public struct Salt: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    package init(using random: inout some RandomNumberGenerator) {
        let words: [UInt64] = [random.next(), random.next()]
        description = Hex.encode(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    }

    init?(_ text: String) {
        guard text.utf8.count == 32, Hex.decode(text) != nil else { return nil }
        description = text
    }
}

/// What a log line's detail says. Each kind is canonical JSON with `format`, `kind` and `salt`; `manifests/FORMAT.md` has the bytes.
public enum Detail: Hashable, Sendable {
    case genesis(GenesisDetail)
    case capture(CaptureDetail)
    case custody(CustodyDetail)
    case keyChange(KeyChangeDetail)
    case note(NoteDetail)
    case withdrawal(WithdrawalDetail)
    indirect case adopted(AdoptedDetail)

    static let format: Int64 = 1
    /// Readers keep details in memory: none is larger than this many bytes.
    package static let largest = 1 << 16

    public var bytes: [UInt8] { json.canonicalBytes }

    /// The document, its members in no particular order.
    package var json: JSON {
        switch self {
        case .genesis(let detail): detail.json
        case .capture(let detail): detail.json
        case .custody(let detail): detail.json
        case .keyChange(let detail): detail.json
        case .note(let detail): detail.json
        case .withdrawal(let detail): detail.json
        case .adopted(let detail): detail.json
        }
    }

    public var id: ObjectID { ObjectID(hashing: bytes) }

    public var kind: LogLine.Kind {
        switch self {
        case .genesis: .genesis
        case .capture: .capture
        case .custody: .custody
        case .keyChange: .keyChange
        case .note: .note
        case .withdrawal: .withdrawal
        case .adopted: .adopted
        }
    }

    /// The observation that it records, be it this log's own or one that was adopted.
    public var captured: CaptureDetail? {
        switch self {
        case .capture(let detail): detail
        case .adopted(let detail): detail.capture
        default: nil
        }
    }

    /// Reads exactly what `bytes` writes.
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.largest else {
            throw FormatError(document: "detail", problem: "it is larger than \(Self.largest) bytes")
        }
        let fields = try Fields(canonical: bytes, of: "detail", format: Self.format)
        switch LogLine.Kind(rawValue: try fields.string("kind")) {
        case .genesis: self = .genesis(try GenesisDetail(fields))
        case .capture: self = .capture(try CaptureDetail(fields))
        case .custody: self = .custody(try CustodyDetail(fields))
        case .keyChange: self = .keyChange(try KeyChangeDetail(fields))
        case .note: self = .note(try NoteDetail(fields))
        case .withdrawal: self = .withdrawal(try WithdrawalDetail(fields))
        case .adopted: self = .adopted(try AdoptedDetail(fields))
        case nil: throw fields.wrong("kind")
        }
        // Anything the model does not carry over would be lost from what was signed.
        guard self.bytes == bytes else {
            throw FormatError(document: "detail", problem: "it does not read back as the same bytes")
        }
    }

    static func json(_ kind: LogLine.Kind, _ salt: Salt, _ members: [(String, JSON?)]) -> JSON {
        let own: [(String, JSON?)] = [
            ("format", .integer(format)), ("kind", .string(kind.rawValue)), ("salt", .string(salt.description)),
        ]
        return .object((own + members).compactMap { name, value in value.map { JSON.Member(name, $0) } })
    }
}

extension Fields {
    func salt() throws(FormatError) -> Salt {
        guard let salt = Salt(try string("salt")) else { throw wrong("salt") }
        return salt
    }
}

/// What starts a log: the archive's first name and the public key whose holder may sign for it.
public struct GenesisDetail: Hashable, Sendable {
    /// The archive's name when it was made.
    public let name: String
    /// `ssh-ed25519 AAAA…`, an OpenSSH public key without a comment.
    public let key: String
    public let salt: Salt
    public let tool: String

    package init(name: String, key: String, salt: Salt, tool: String) {
        self.name = name
        self.key = key
        self.salt = salt
        self.tool = tool
    }

    fileprivate init(_ fields: Fields) throws(FormatError) {
        name = try fields.string("name")
        key = try fields.string("key")
        salt = try fields.salt()
        tool = try fields.string("tool")
    }

    fileprivate var json: JSON {
        Detail.json(.genesis, salt, [("name", .string(name)), ("key", .string(key)), ("tool", .string(tool))])
    }
}

/// One observation: what was looked at, when, and what came back.
public struct CaptureDetail: Hashable, Sendable {
    /// Where the bytes came from.
    public struct Via: Hashable, Sendable {
        /// `file`, `folder`, `stdin`, and later `warc`, `http` …
        public let source: String
        /// Name or path relative to what the user named; never an absolute path, which would tell about the machine.
        public let path: String?
        /// The version of stet that recorded it.
        public let tool: String

        public init(source: String, path: String?, tool: String) {
            self.source = source
            self.path = path
            self.tool = tool
        }
    }

    /// The article's address as observed; nil for a file with none.
    public let url: String?
    /// An article key that the user stated, which wins over the computed one.
    public let article: String?
    /// When the page was observed, which may be long before it was recorded.
    public var capturedAt: Timestamp
    public let payload: ObjectID
    /// Bytes of the payload.
    public let size: Int
    /// As the source declared it (with parameters), else as recognised.
    public let mediaType: String
    /// HTTP status, where there was one.
    public let status: Int?
    /// The object holding the response's header block, where there was one.
    public let headers: ObjectID?
    /// The object that says how the response came: a canonical document, of which `manifests/FORMAT.md` has the members.
    public let transport: ObjectID?
    /// The object holding the certificates by which the server identified itself, in PEM form, its own first.
    public let certificates: ObjectID?
    /// What the transport made of it: `ok`, or the failure.
    public let outcome: String
    public let via: Via
    public let salt: Salt

    public init(
        url: String?, article: String?, capturedAt: Timestamp, payload: ObjectID, size: Int, mediaType: String,
        status: Int?, headers: ObjectID?, transport: ObjectID? = nil, certificates: ObjectID? = nil, outcome: String,
        via: Via, salt: Salt
    ) {
        self.url = url
        self.article = article
        self.capturedAt = capturedAt
        self.payload = payload
        self.size = size
        self.mediaType = mediaType
        self.status = status
        self.headers = headers
        self.transport = transport
        self.certificates = certificates
        self.outcome = outcome
        self.via = via
        self.salt = salt
    }

    fileprivate init(_ fields: Fields) throws(FormatError) {
        url = try fields.optionalString("url")
        article = try fields.optionalString("article")
        capturedAt = try fields.timestamp("capturedAt")
        payload = try fields.objectID("payload")
        size = try fields.integer("size")
        mediaType = try fields.string("mediaType")
        status = try fields.optional("status") == nil ? nil : fields.integer("status")
        headers = try fields.optionalObjectID("headers")
        transport = try fields.optionalObjectID("transport")
        certificates = try fields.optionalObjectID("certificates")
        outcome = try fields.string("outcome")
        salt = try fields.salt()
        let via = try fields.fields("via")
        self.via = Via(
            source: try via.string("source"), path: try via.optionalString("path"), tool: try via.string("tool"))
    }

    fileprivate var json: JSON {
        var source: [JSON.Member] = [.init("source", .string(via.source)), .init("tool", .string(via.tool))]
        if let path = via.path { source.append(.init("path", .string(path))) }
        return Detail.json(
            .capture, salt,
            [
                ("url", url.map { .string($0) }), ("article", article.map { .string($0) }),
                ("capturedAt", .string(capturedAt.description)), ("payload", .string(payload.description)),
                ("size", JSON(size)), ("mediaType", .string(mediaType)), ("status", status.map { .integer(Int64($0)) }),
                ("headers", headers.map { .string($0.description) }),
                ("transport", transport.map { .string($0.description) }),
                ("certificates", certificates.map { .string($0.description) }), ("outcome", .string(outcome)),
                ("via", .object(source)),
            ])
    }

    /// Whether there is anything that stands for the page; if not, `outcome` says why, and nothing is known of the article's state.
    public var isReceived: Bool { outcome == "ok" || size > 0 }

    /// The objects besides the detail itself that this capture's evidence consists of.
    public var objects: [ObjectID] { [payload] + attachments.map(\.id) }

    /// What came with the payload, by the name of the member that names it.
    public var attachments: [(member: String, id: ObjectID)] {
        let named = [headers, transport, certificates]
        return zip(Self.attachmentMembers, named).compactMap { member, id in id.map { (member, $0) } }
    }

    package static let attachmentMembers = ["headers", "transport", "certificates"]
}
