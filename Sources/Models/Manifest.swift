/// The state of an origin's log at a size, as its owner signs it. `manifests/FORMAT.md` has the bytes.
public struct Manifest: Hashable, Sendable {
    /// A log's size and root hash.
    public struct Head: Hashable, Sendable {
        public let size: Int
        public let root: ObjectID
        public init(size: Int, root: ObjectID) {
            self.size = size
            self.root = root
        }
    }

    public static let format: Int64 = 1

    public let origin: OriginID
    /// The archive's name, for people.
    public let name: String
    /// Snapshots of an origin are numbered from 1 without gaps.
    public let number: Int
    public let created: Timestamp
    public let message: String
    /// SHA-256 of the previous manifest's bytes; nil for number 1 alone.
    public let previous: ObjectID?
    public let log: Head
    /// How many of the log's lines are captures.
    public let captures: Int
    /// The heads of every other log this origin has seen and verified: its owner is a witness for them.
    public let heads: [OriginID: Head]

    package init(
        origin: OriginID, name: String, number: Int, created: Timestamp, message: String, previous: ObjectID?,
        log: Head, captures: Int, heads: [OriginID: Head]
    ) {
        self.origin = origin
        self.name = name
        self.number = number
        self.created = created
        self.message = message
        self.previous = previous
        self.log = log
        self.captures = captures
        self.heads = heads
    }

    /// Canonical JSON and a newline: what is signed and stored.
    public var bytes: [UInt8] {
        var members: [JSON.Member] = [
            .init("counts", ["captures": JSON(captures)]), .init("created", .string(created.description)),
            .init("format", .integer(Self.format)),
            .init("heads", .array(heads.sorted { $0.key < $1.key }.map { Self.json($0.value, of: $0.key) })),
            .init("log", Self.json(log, of: nil)), .init("message", .string(message)), .init("name", .string(name)),
            .init("number", JSON(number)), .init("origin", .string(origin.description)),
        ]
        if let previous { members.append(.init("previous", .string(previous.description))) }
        return JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    }

    /// The name by which the next manifest and packing lists refer to this one.
    public var id: ObjectID { ObjectID(hashing: bytes) }

    /// `<origin>-<number>.json`
    public var fileName: String { "\(origin)-\(number).json" }

    private static func json(_ head: Head, of origin: OriginID?) -> JSON {
        let own: [JSON.Member] = [.init("root", .string(head.root.description)), .init("size", JSON(head.size))]
        return .object(own + (origin.map { [JSON.Member("origin", .string($0.description))] } ?? []))
    }

    /// Reads exactly what `bytes` writes. A parsed manifest is a claim: only verification makes it more.
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        guard bytes.last == UInt8(ascii: "\n") else {
            throw FormatError(document: "manifest", problem: "it does not end with a newline")
        }
        let fields = try Fields(canonical: Array(bytes.dropLast()), of: "manifest", format: Self.format)
        try fields.allow(only: [
            "counts", "created", "format", "heads", "log", "message", "name", "number", "origin", "previous",
        ])
        origin = OriginID(try fields.objectID("origin"))
        name = try fields.string("name")
        number = try fields.integer("number")
        created = try fields.timestamp("created")
        message = try fields.string("message")
        previous = try fields.optionalObjectID("previous")
        let counts = try fields.fields("counts")
        try counts.allow(only: ["captures"])
        captures = try counts.integer("captures")
        let log = try fields.fields("log")
        try log.allow(only: ["root", "size"])
        self.log = try Self.head(log)
        heads = try Self.heads(fields)
        guard number >= 1, (previous == nil) == (number == 1), self.log.size >= 1, captures < self.log.size,
            heads[origin] == nil, self.bytes == bytes
        else { throw FormatError(document: "manifest", problem: "its members contradict each other") }
    }

    private static func head(_ fields: Fields) throws(FormatError) -> Head {
        Head(size: try fields.integer("size"), root: try fields.objectID("root"))
    }

    private static func heads(_ fields: Fields) throws(FormatError) -> [OriginID: Head] {
        var heads: [OriginID: Head] = [:]
        for item in try fields.list("heads") {
            let entry = try Fields(item, of: "manifest, heads")
            try entry.allow(only: ["origin", "root", "size"])
            heads[OriginID(try entry.objectID("origin"))] = try head(entry)
        }
        return heads
    }
}
