/// What happened to records besides being made: that they came from, or went, elsewhere, or were put back.
///
/// Who did it is the origin in whose log the line stands, and the key that signs for it; when, is the line's `recordedAt`.
public struct CustodyDetail: Hashable, Sendable {
    /// Another origin's log as it was verified on its way in.
    public struct TakenLog: Hashable, Sendable {
        public let origin: OriginID
        /// SHA-256 of the manifest it was verified against.
        public let manifest: ObjectID
        /// How many lines of it are held from then on.
        public let size: Int
        /// The key that signed the manifest, `SHA256:…`.
        public let signedBy: String

        public init(origin: OriginID, manifest: ObjectID, size: Int, signedBy: String) {
            self.origin = origin
            self.manifest = manifest
            self.size = size
            self.signedBy = signedBy
        }
    }

    public enum Action: Hashable, Sendable {
        /// This archive was made with that log in it. The first version did not say from where.
        case restore(TakenLog, place: CustodyPlace?)
        /// Lines came to a log that was held up to `first`, or not at all where that is 0.
        case taking(TakenLog, first: Int, place: CustodyPlace)
        /// Lines from `first` on of the log that a copy of an archive had, which had gone another way, were adopted here. `size` and `root`
        /// are those of the copy's log.
        case adopt(origin: OriginID, first: Int, size: Int, root: ObjectID, place: CustodyPlace)
        /// Captures were written out, in a form such as `files`.
        case export(form: String, captures: Int, place: CustodyPlace)
        /// What was lost or damaged was put back; without places, from this archive's own bundles.
        case repair(objects: Int, lines: Int, places: [CustodyPlace])
    }

    public let action: Action
    public let tool: String
    public let salt: Salt

    public init(_ action: Action, tool: String, salt: Salt) {
        self.action = action
        self.tool = tool
        self.salt = salt
    }

    /// The log that it is about; nil for what is about everything the archive holds.
    public var log: TakenLog? {
        switch action {
        case .restore(let log, _), .taking(let log, _, _): log
        case .adopt, .export, .repair: nil
        }
    }
}

extension CustodyDetail {
    init(_ fields: Fields) throws(FormatError) {
        tool = try fields.string("tool")
        salt = try fields.salt()
        let own: Set = ["action", "format", "kind", "salt", "tool"]
        let logMembers: Set = ["manifest", "origin", "signedBy", "size"]
        switch try fields.string("action") {
        case "restore":
            try fields.allow(only: own.union(logMembers).union(["place"]))
            let place = try fields.optional("place") == nil ? nil : fields.place("place")
            action = .restore(try TakenLog(fields), place: place)
        case "import":
            try fields.allow(only: own.union(logMembers).union(["first", "place"]))
            action = .taking(try TakenLog(fields), first: try fields.first(), place: try fields.place("place"))
        case "adopt":
            try fields.allow(only: own.union(["first", "origin", "place", "root", "size"]))
            action = .adopt(
                origin: OriginID(try fields.objectID("origin")), first: try fields.first(),
                size: try fields.integer("size"), root: try fields.objectID("root"), place: try fields.place("place"))
        case "export":
            try fields.allow(only: own.union(["captures", "form", "place"]))
            let form = try fields.string("form")
            guard !form.isEmpty, form.utf8.allSatisfy({ (97...122).contains($0) }) else { throw fields.wrong("form") }
            action = .export(
                form: form, captures: try fields.integer("captures"), place: try fields.place("place"))
        case "repair":
            try fields.allow(only: own.union(["lines", "objects", "places"]))
            let places = try fields.list("places").map { item throws(FormatError) in
                guard let place = item.string.flatMap({ CustodyPlace($0) }) else { throw fields.wrong("places") }
                return place
            }
            action = .repair(
                objects: try fields.integer("objects"), lines: try fields.integer("lines"), places: places)
        default: throw fields.wrong("action")
        }
    }

    var json: JSON {
        let (name, members): (String, [(String, JSON?)]) =
            switch action {
            case .restore(let log, let place): ("restore", log.members + [("place", place?.json)])
            case .taking(let log, let first, let place):
                ("import", log.members + [("first", JSON(first)), ("place", place.json)])
            case .adopt(let origin, let first, let size, let root, let place):
                (
                    "adopt",
                    [
                        ("origin", .string(origin.description)), ("first", JSON(first)), ("size", JSON(size)),
                        ("root", .string(root.description)), ("place", place.json),
                    ]
                )
            case .export(let form, let captures, let place):
                ("export", [("form", .string(form)), ("captures", JSON(captures)), ("place", place.json)])
            case .repair(let objects, let lines, let places):
                (
                    "repair",
                    [
                        ("objects", JSON(objects)), ("lines", JSON(lines)), ("places", .array(places.map(\.json))),
                    ]
                )
            }
        return Detail.json(.custody, salt, [("action", .string(name)), ("tool", .string(tool))] + members)
    }

    /// `restore`, `import`, `adopt`, `export` or `repair`, as in the document.
    public var verb: String { json["action"]?.string ?? "" }
}

extension CustodyDetail.TakenLog {
    fileprivate init(_ fields: Fields) throws(FormatError) {
        origin = OriginID(try fields.objectID("origin"))
        manifest = try fields.objectID("manifest")
        size = try fields.integer("size")
        signedBy = try fields.string("signedBy")
    }

    fileprivate var members: [(String, JSON?)] {
        [
            ("origin", .string(origin.description)), ("manifest", .string(manifest.description)),
            ("size", JSON(size)), ("signedBy", .string(signedBy)),
        ]
    }
}

/// Where records came from or went, without telling about the machine: the last folder's name, or a URL without credentials.
public struct CustodyPlace: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// No place is longer, in bytes of UTF-8.
    static let longest = 1024

    /// Nil for what could say more than it must: a path, a URL with a user, a query or a fragment.
    public init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count), text != ".", text != ".." else { return nil }
        if let mark = text.firstRange(of: "://") {
            let scheme = text[..<mark.lowerBound]
            let rest = text[mark.upperBound...]
            let authority = rest.prefix { $0 != "/" }
            guard !scheme.isEmpty, scheme.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) }),
                scheme != "file", !authority.isEmpty,
                !rest.unicodeScalars.contains(where: { "@?#".unicodeScalars.contains($0) || $0.value <= 0x20 })
            else { return nil }
        } else {
            guard !text.utf8.contains(UInt8(ascii: "/")) else { return nil }
        }
        description = text
    }

    /// Of a folder or file.
    public init(path: String) {
        let name = path.split(separator: "/").last { $0 != "." && $0 != ".." } ?? "root"
        var short = String(name)
        while short.utf8.count > Self.longest { short.removeLast() }
        self = CustodyPlace(short) ?? CustodyPlace(unnamed: ())
    }

    /// Of an address: what stands before an `@`, and from a `?` or `#` on, is left out.
    public init(url: String) {
        var text = String(url.prefix { $0 != "?" && $0 != "#" })
        if let mark = text.firstRange(of: "://"),
            let at = text[mark.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
        {
            text.removeSubrange(mark.upperBound...at)
        }
        self = CustodyPlace(text) ?? CustodyPlace(unnamed: ())
    }

    private init(unnamed: Void) { description = "unnamed" }

    fileprivate var json: JSON { .string(description) }
}

extension Fields {
    fileprivate func place(_ name: String) throws(FormatError) -> CustodyPlace {
        guard let place = CustodyPlace(try string(name)) else { throw wrong(name) }
        return place
    }

    fileprivate func first() throws(FormatError) -> Int { try integer("first") }
}
