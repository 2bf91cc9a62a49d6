internal import Extraction
package import Models

/// What a feed or sitemap lists: RSS 2.0 and 1.0, Atom, (news) sitemaps, sitemap indexes.
package struct Feed: Hashable, Sendable {
    package struct Item: Hashable, Sendable {
        /// Absolute.
        package var url: String
        /// What stays when the address changes; nil where the feed gives nothing.
        package var guid: String?
        package var published: Timestamp?
        package var updated: Timestamp?
    }

    /// Pages, in the order of the feed.
    package private(set) var items: [Item] = []
    /// Further sitemaps.
    package private(set) var sitemaps: [Item] = []
    /// Whether it was a feed at all.
    package private(set) var isFeed = false

    package static let mostItems = 50_000

    /// - Parameters:
    ///   - bytes: as received; a file compressed with gzip must be decompressed before.
    ///   - mediaType: with its charset, if the server named one.
    ///   - url: where it was found, against which addresses in it are resolved.
    package init(parsing bytes: [UInt8], mediaType: String?, url: String) {
        let text = DecodedText(decoding: bytes, contentType: mediaType, kind: .html)
        var collector = FeedCollector(base: WebAddress(url))
        var reader = XMLReader(text.utf8)
        while let event = reader.next(), collector.items.count + collector.sitemaps.count < Self.mostItems {
            collector.take(event)
        }
        isFeed = collector.isFeed
        items = collector.items
        sitemaps = collector.sitemaps
    }
}

/// Puts items together from a feed's elements.
private struct FeedCollector {
    private let base: WebAddress?
    private(set) var items: [Feed.Item] = []
    private(set) var sitemaps: [Feed.Item] = []
    private(set) var isFeed = false
    private var path: [String] = []
    private var text = ""
    private var entry: Entry?

    private struct Entry {
        let kind: String
        var link: String?
        var original: String?
        var guid: String?
        var isGuidLink = true
        var about: String?
        var published: Timestamp?
        var updated: Timestamp?
    }

    private static let roots: Set<String> = ["rss", "RDF", "feed", "urlset", "sitemapindex"]
    private static let entries: Set<String> = ["item", "entry", "url", "sitemap"]

    init(base: WebAddress?) { self.base = base }

    mutating func take(_ event: XMLReader.Event) {
        switch event {
        case .start(let name, let attributes): start(name, attributes)
        case .text(let part):
            if entry != nil, text.utf8.count < XMLReader.longestText { text += part }
        case .end(let name): end(name)
        }
    }

    private static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        let local = Self.local(name)
        if path.isEmpty, Self.roots.contains(local) { isFeed = true }
        if entry == nil, Self.entries.contains(local), !path.isEmpty {
            entry = Entry(kind: local, about: attributes.first { Self.local($0.key) == "about" }?.value)
            path.append(name)
            return
        }
        // Only what stands directly in an entry is said of it; a source or an image inside has links of its own.
        if entry != nil, path.last.map(Self.local) == entry?.kind { note(name, local, attributes) }
        path.append(name)
        text = ""
    }

    private mutating func note(_ name: String, _ local: String, _ attributes: [String: String]) {
        if local == "link", let target = attributes["href"] {
            // In RSS, `atom:link` is another thing than `link`.
            let isOwn = entry?.kind == "entry" || entry?.link == nil && attributes["rel"] == "alternate"
            if isOwn, attributes["rel"] ?? "alternate" == "alternate", entry?.link == nil { entry?.link = target }
        }
        if local == "guid", attributes["isPermaLink"]?.lowercased() == "false" { entry?.isGuidLink = false }
    }

    private mutating func end(_ name: String) {
        guard let place = path.lastIndex(of: name) else { return }
        path.removeSubrange(place...)
        let local = Self.local(name)
        defer { text = "" }
        guard let held = entry else { return }
        if local == held.kind, !path.contains(where: { Self.local($0) == held.kind }) {
            finish(held)
            entry = nil
            return
        }
        let parent = path.last.map(Self.local)
        let said = text.trimmingSpace()
        guard !said.isEmpty, parent == held.kind || (parent == "news" && local == "publication_date") else { return }
        set(name, local, said)
    }

    private mutating func set(_ name: String, _ local: String, _ said: String) {
        switch local {
        case "link" where !name.contains(":") && entry?.kind != "entry" && entry?.link == nil: entry?.link = said
        case "origLink": entry?.original = said
        case "loc" where entry?.link == nil: entry?.link = said
        case "guid", "id": entry?.guid = said
        case "pubDate", "published", "publication_date", "issued": entry?.published = InternetDate.parse(said)
        case "date" where entry?.published == nil: entry?.published = InternetDate.parse(said)
        case "updated", "modified", "lastmod": entry?.updated = InternetDate.parse(said)
        default: break
        }
    }

    private mutating func finish(_ entry: Entry) {
        let permanent = entry.isGuidLink ? entry.guid : nil
        guard let link = entry.original ?? entry.link ?? entry.about ?? permanent, link.utf8.count <= 8192,
            let address = base.map({ $0.resolving(link) }) ?? WebAddress(link)
        else { return }
        let guid = entry.guid.flatMap { $0.utf8.count <= 2048 ? $0 : nil }
        let item = Feed.Item(
            url: address.description, guid: guid, published: entry.published ?? entry.updated, updated: entry.updated)
        if entry.kind == "sitemap" { sitemaps.append(item) } else { items.append(item) }
    }
}
