/// A record in some log, named so that it cannot be taken for another: by its place and by the hash of its line.
public struct RecordReference: Hashable, Sendable {
    public let origin: OriginID
    public let index: Int
    /// Leaf hash of the line at that place.
    public let leaf: ObjectID

    public init(origin: OriginID, index: Int, leaf: ObjectID) {
        self.origin = origin
        self.index = index
        self.leaf = leaf
    }

    /// - Parameter line: of that origin's log.
    public init(_ line: LogLine, of origin: OriginID) {
        self.init(origin: origin, index: line.index, leaf: line.leafHash)
    }

    public var name: CaptureName { CaptureName(origin: origin, index: index) }

    fileprivate init(_ fields: Fields) throws(FormatError) {
        try fields.allow(only: ["index", "leaf", "origin"])
        origin = OriginID(try fields.objectID("origin"))
        index = try fields.integer("index")
        leaf = try fields.objectID("leaf")
    }

    fileprivate var json: JSON {
        [
            "origin": .string(origin.description), "index": JSON(index), "leaf": .string(leaf.description),
        ]
    }
}

/// A remark on a capture, and tags put on it or taken off it.
public struct NoteDetail: Hashable, Sendable {
    public let target: RecordReference
    /// Empty where there are tags alone.
    public let text: String
    public let tags: Set<NoteTag>
    /// Tags taken off again.
    public let untags: Set<NoteTag>
    public let tool: String
    public let salt: Salt

    /// No note's text is longer, in bytes of UTF-8.
    public static let longestText = 16_384
    /// No note puts on or takes off more tags.
    public static let mostTags = 32

    /// - Throws: `FormatError` for a note that says nothing, contradicts itself, or says too much.
    public init(
        on target: RecordReference, text: String, tags: Set<NoteTag>, untags: Set<NoteTag>, tool: String, salt: Salt
    ) throws(FormatError) {
        self.target = target
        self.text = text
        self.tags = tags
        self.untags = untags
        self.tool = tool
        self.salt = salt
        if let problem { throw FormatError(document: "note", problem: problem) }
    }

    private var problem: String? {
        if text.isEmpty, tags.isEmpty, untags.isEmpty { return "it says nothing" }
        if text.utf8.count > Self.longestText { return "its text is longer than \(Self.longestText) bytes" }
        if max(tags.count, untags.count) > Self.mostTags { return "it has more than \(Self.mostTags) tags" }
        return tags.isDisjoint(with: untags) ? nil : "it puts a tag on and takes it off"
    }
}

extension NoteDetail {
    init(_ fields: Fields) throws(FormatError) {
        try fields.allow(only: ["format", "kind", "salt", "tags", "target", "text", "tool", "untags"])
        self = try NoteDetail(
            on: RecordReference(try fields.fields("target")), text: try fields.optionalString("text") ?? "",
            tags: try fields.tags("tags"), untags: try fields.tags("untags"), tool: try fields.string("tool"),
            salt: try fields.salt())
    }

    var json: JSON {
        Detail.json(
            .note, salt,
            [
                ("target", target.json), ("text", text.isEmpty ? nil : .string(text)), ("tags", Self.json(tags)),
                ("untags", Self.json(untags)), ("tool", .string(tool)),
            ])
    }

    private static func json(_ tags: Set<NoteTag>) -> JSON? {
        tags.isEmpty ? nil : .array(tags.sorted().map { .string($0.description) })
    }
}

/// A word by which captures are found: no white space, nothing that controls a terminal or the direction of text, 1 to 100 bytes
/// of UTF-8.
public struct NoteTag: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard (1...100).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ !Self.isRefused($0) })
        else { return nil }
        description = text
    }

    // A fixed list: what Unicode counts as white space may grow, what was signed must stay readable.
    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200A, 0x2028...0x202F, 0x205F, 0x2066...0x2069, 0x3000: true
        default: false
        }
    }

    // By bytes: what `==` of String takes for the same may be two texts.
    public static func < (a: NoteTag, b: NoteTag) -> Bool {
        a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
    }
    public static func == (a: NoteTag, b: NoteTag) -> Bool { a.description.utf8.elementsEqual(b.description.utf8) }
    public func hash(into hasher: inout Hasher) { for byte in description.utf8 { hasher.combine(byte) } }
}

/// That a capture must not be kept any more: what it held is gone, its line and this one stay.
///
/// In the log of the target's own origin it withdraws the capture everywhere; in another one it says that that archive alone does
/// without.
public struct WithdrawalDetail: Hashable, Sendable {
    public let target: RecordReference
    public let reason: String
    public let tool: String
    public let salt: Salt

    /// No reason is longer, in bytes of UTF-8.
    public static let longestReason = 4096

    /// - Throws: `FormatError` for no reason, and for one that is too long.
    public init(of target: RecordReference, reason: String, tool: String, salt: Salt) throws(FormatError) {
        guard (1...Self.longestReason).contains(reason.utf8.count) else {
            throw FormatError(
                document: "withdrawal", problem: "a reason of 1 to \(Self.longestReason) bytes must be given")
        }
        self.target = target
        self.reason = reason
        self.tool = tool
        self.salt = salt
    }
}

extension WithdrawalDetail {
    init(_ fields: Fields) throws(FormatError) {
        try fields.allow(only: ["format", "kind", "reason", "salt", "target", "tool"])
        self = try WithdrawalDetail(
            of: RecordReference(try fields.fields("target")), reason: try fields.string("reason"),
            tool: try fields.string("tool"), salt: try fields.salt())
    }

    var json: JSON {
        Detail.json(
            .withdrawal, salt,
            [("target", target.json), ("reason", .string(reason)), ("tool", .string(tool))])
    }
}

extension Fields {
    /// None where the member is left out; an empty list is another spelling of that, which the caller's comparison refuses.
    fileprivate func tags(_ name: String) throws(FormatError) -> Set<NoteTag> {
        guard optional(name) != nil else { return [] }
        var tags: Set<NoteTag> = []
        for item in try list(name) {
            guard let tag = item.string.flatMap({ NoteTag($0) }), tags.insert(tag).inserted else { throw wrong(name) }
        }
        return tags
    }
}
