/// What a bundle holds and which snapshot it belongs to, as whoever packed it signs it. `manifests/FORMAT.md` has the bytes.
public struct PackingList: Hashable, Sendable {
    public static let format: Int64 = 1

    public let origin: OriginID
    /// The log lines it holds: `from` is the first, `to` the one after the last.
    public let from: Int
    public let to: Int
    /// Of the bundle file as it lies there.
    public let sha256: ObjectID
    /// Bytes of the bundle file.
    public let bytes: Int
    /// Bytes of the tar stream inside it: a reader stops there, so a bundle cannot expand without end.
    public let contentBytes: Int
    /// How many objects lie in it.
    public let objects: Int
    /// SHA-256 of the manifest of the snapshot that it was packed for.
    public let manifest: ObjectID
    /// SHA-256 of the bundles that lay beside it when it was packed and hold `base`; none for a bundle that stands by itself.
    public let buildsOn: [ObjectID]
    /// The objects whose bytes, in this order, were taken to stand before the tar stream when it was compressed, and must be at hand to read
    /// it; none for a bundle that stands by itself.
    public let base: [ObjectID]
    /// Which of its lines come without their details, and what those name, because they were withdrawn; ascending.
    public let withheld: [Int]

    /// Which of its lines come without their details, and what those name, because they were not chosen to travel: ranges, ascending,
    /// none touching the next.
    public let leftOut: [Range<Int>]

    package init(
        origin: OriginID, from: Int, to: Int, sha256: ObjectID, bytes: Int, contentBytes: Int, objects: Int,
        manifest: ObjectID, buildsOn: [ObjectID] = [], base: [ObjectID] = [], withheld: [Int] = [],
        leftOut: [Range<Int>] = []
    ) {
        self.origin = origin
        self.from = from
        self.to = to
        self.sha256 = sha256
        self.bytes = bytes
        self.contentBytes = contentBytes
        self.objects = objects
        self.manifest = manifest
        self.buildsOn = buildsOn
        self.base = base
        self.withheld = withheld
        self.leftOut = leftOut
    }

    /// `<origin>-<from>-<to>`, to which `.tar.zst`, `.json` and `.json.sig` are added.
    public var stem: String { "\(origin)-\(from)-\(to)" }
    public var bundleName: String { stem + ".tar.zst" }
    public var fileName: String { stem + ".json" }

    /// Canonical JSON and a newline: what is signed and stored.
    public var encoded: [UInt8] {
        var members: [JSON.Member] = [
            .init("buildsOn", .array(buildsOn.map { .string($0.description) })), .init("bytes", JSON(bytes)),
            .init("contentBytes", JSON(contentBytes)), .init("file", .string(bundleName)),
            .init("format", .integer(Self.format)), .init("from", JSON(from)),
            .init("manifest", .string(manifest.description)), .init("objects", JSON(objects)),
            .init("origin", .string(origin.description)), .init("sha256", .string(sha256.description)),
            .init("to", JSON(to)),
        ]
        if !base.isEmpty { members.append(.init("base", .array(base.map { .string($0.description) }))) }
        if !leftOut.isEmpty {
            members.append(
                .init("leftOut", .array(leftOut.map { .array([JSON($0.lowerBound), JSON($0.upperBound)]) })))
        }
        if !withheld.isEmpty { members.append(.init("withheld", .array(withheld.map { JSON($0) }))) }
        return JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    }

    /// Reads exactly what `encoded` writes. A parsed packing list is a claim: only verification makes it more.
    public init(parsing encoded: [UInt8]) throws(FormatError) {
        guard encoded.last == UInt8(ascii: "\n") else {
            throw FormatError(document: "packing list", problem: "it does not end with a newline")
        }
        let fields = try Fields(canonical: Array(encoded.dropLast()), of: "packing list", format: Self.format)
        try fields.allow(only: [
            "base", "buildsOn", "bytes", "contentBytes", "file", "format", "from", "leftOut", "manifest", "objects",
            "origin",
            "sha256",
            "to", "withheld",
        ])
        origin = OriginID(try fields.objectID("origin"))
        from = try fields.integer("from")
        to = try fields.integer("to")
        sha256 = try fields.objectID("sha256")
        bytes = try fields.integer("bytes")
        contentBytes = try fields.integer("contentBytes")
        objects = try fields.integer("objects")
        manifest = try fields.objectID("manifest")
        buildsOn = try fields.hashes("buildsOn")
        base = try fields.optional("base") == nil ? [] : fields.hashes("base")
        guard base.isEmpty == buildsOn.isEmpty, Set(base).count == base.count else { throw fields.wrong("base") }
        withheld =
            try fields.optional("withheld") == nil
            ? []
            : fields.list("withheld").map { item throws(FormatError) in
                guard let index = item.integer, index >= 0 else { throw fields.wrong("withheld") }
                return Int(index)
            }
        leftOut = try fields.optional("leftOut") == nil ? [] : fields.ranges("leftOut")
        let (from, to) = (from, to)
        guard leftOut.allSatisfy({ $0.lowerBound >= from && $0.upperBound <= to }),
            zip(leftOut, leftOut.dropFirst()).allSatisfy({ $0.upperBound < $1.lowerBound })
        else {
            throw fields.wrong("leftOut")
        }
        guard withheld.allSatisfy({ $0 >= from && $0 < to }),
            zip(withheld, withheld.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw fields.wrong("withheld")
        }
        guard from < to, try fields.string("file") == bundleName, self.encoded == encoded else {
            throw FormatError(document: "packing list", problem: "its members contradict each other")
        }
    }
}

extension Fields {
    fileprivate func ranges(_ name: String) throws(FormatError) -> [Range<Int>] {
        try list(name).map { item throws(FormatError) in
            guard let ends = item.array, ends.count == 2, let from = ends[0].integer, let to = ends[1].integer,
                from >= 0,
                from < to
            else { throw wrong(name) }
            return Int(from)..<Int(to)
        }
    }

    fileprivate func hashes(_ name: String) throws(FormatError) -> [ObjectID] {
        try list(name).map { item throws(FormatError) in
            guard let id = item.string.flatMap({ ObjectID($0) }) else { throw wrong(name) }
            return id
        }
    }
}
