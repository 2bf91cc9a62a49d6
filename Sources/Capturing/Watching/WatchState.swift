package import Models
package import Storage

/// Something that is watched, and what is known of it.
package struct WatchedThing: Hashable, Sendable {
    package let kind: WatchList.Kind
    package var url: String
    /// Of the feed that listed it; nil for what the file names itself.
    package var feed: String?
    package var guid: String?
    package var every: Int64?
    package var contact: String?
    package var added: Timestamp
    package var published: Timestamp?
    package var due: Timestamp
    package var seen: Timestamp?
    package var changed: Timestamp?
    package var failures = 0
    /// Of the article: it stays the same wherever redirects lead and whatever an error page says.
    package var article: String?
    /// The last capture with a status of 200: what conditional requests go by.
    package var basis: String?
    /// Whether it may lie in a private network.
    package var allowsPrivate: Bool
    /// Of a feed's last answer: its address and the head, as far as it can be asked by.
    package var conditions: PageRequest.Conditions?

    package init(_ kind: WatchList.Kind, _ url: String, added: Timestamp, allowsPrivate: Bool) {
        self.kind = kind
        self.url = url
        self.added = added
        due = added
        self.allowsPrivate = allowsPrivate
    }

    /// What tells things apart: for articles their keys, so that tracking parameters make no other article.
    package var id: String { Self.id(kind, url) }

    package static func id(_ kind: WatchList.Kind, _ url: String) -> String {
        guard kind == .article else { return "\(kind.rawValue) \(url)" }
        return ArticleKey(url: url)?.description ?? url
    }
}

/// Everything that `watch` must not forget, as it is kept in the archive's `state/watch.json`.
package struct WatchState: Sendable {
    package var things: [String: WatchedThing] = [:]
    /// How many lines of the archive's own log were there when edits were last reported.
    package var reported: Int?
    package var robots: JSON = .object([])

    private static let format: Int64 = 1
    private static let largest = 256 << 20

    package init() {}

    /// The state in a file; the beginning when there is none.
    package init(reading path: String) throws {
        guard Files.exists(path) else { return }
        let json = try JSON(parsing: try Files.read(path, limit: Self.largest))
        guard json["format"]?.integer == Self.format, let things = json["things"]?.array else {
            throw FormatError(document: "state/watch.json", problem: "it is not of a format that this version knows")
        }
        for thing in things.compactMap({ WatchedThing($0) }) { self.things[thing.id] = thing }
        reported = json["reported"]?.integer.map { Int($0) }
        robots = json["robots"] ?? .object([])
    }

    /// Durable when it returns.
    package func write(_ path: String) throws(FileError) {
        var members: [JSON.Member] = [
            .init("format", .integer(Self.format)),
            .init("things", .array(things.values.sorted { $0.id < $1.id }.map(\.json))), .init("robots", robots),
        ]
        if let reported { members.append(.init("reported", JSON(reported))) }
        try Files.write(JSON.object(members).canonicalBytes + [0x0A], to: path)
    }
}

extension WatchedThing {
    fileprivate var json: JSON {
        let times = [
            ("added", added), ("published", published), ("due", due), ("seen", seen), ("changed", changed),
        ]
        let texts = [
            ("kind", kind.rawValue), ("url", url), ("feed", feed), ("guid", guid), ("contact", contact),
            ("article", article), ("basis", basis),
        ]
        var members: [JSON.Member] = times.compactMap { name, time in time.map { .init(name, .string("\($0)")) } }
        members += texts.compactMap { name, text in text.map { .init(name, .string($0)) } }
        if let every { members.append(.init("every", .integer(every))) }
        if failures > 0 { members.append(.init("failures", JSON(failures))) }
        if allowsPrivate { members.append(.init("allowsPrivate", .bool(true))) }
        if let conditions { members.append(.init("conditions", conditions.json)) }
        return .object(members)
    }

    /// Nil for what this version did not write.
    fileprivate init?(_ json: JSON) {
        let time = { (name: String) in json[name]?.string.flatMap { Timestamp($0) } }
        guard let kind = json["kind"]?.string.flatMap(WatchList.Kind.init(rawValue:)), let url = json["url"]?.string,
            let added = time("added"), let due = time("due")
        else { return nil }
        self.init(kind, url, added: added, allowsPrivate: json["allowsPrivate"]?.bool ?? false)
        self.due = due
        feed = json["feed"]?.string
        guid = json["guid"]?.string
        contact = json["contact"]?.string
        article = json["article"]?.string
        basis = json["basis"]?.string
        every = json["every"]?.integer
        published = time("published")
        seen = time("seen")
        changed = time("changed")
        failures = Int(clamping: max(0, json["failures"]?.integer ?? 0))
        conditions = json["conditions"].flatMap { PageRequest.Conditions($0) }
    }
}
