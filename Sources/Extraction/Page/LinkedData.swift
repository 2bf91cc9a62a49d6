/// schema.org things in JSON-LD that may be the page's article.
struct LinkedData {
    /// One thing that has a headline, dates or authors.
    struct Thing {
        /// 0 for articles, 1 for other works, 2 for the page.
        let rank: Int
        let headline: String?
        let address: String?
        let published: String?
        let created: String?
        let modified: String?
        let publisher: String?
        /// As they are given: texts, objects, references.
        fileprivate let authors: [LooseJSON]
    }

    private(set) var things: [Thing] = []
    private(set) var publisher: String?
    /// Names of what other things of the page refer to, which may stand in another script.
    private var names: [String: String] = [:]
    private var organizations: Set<String> = []
    private var bytes = 0
    private var looked = 0

    private static let mostBytes = 4 << 20
    private static let mostThings = 1000

    mutating func read(_ page: HTMLDocument, _ node: NodeID) {
        var text: [UInt8] = []
        page.appendText(of: node, to: &text)
        bytes += text.count
        guard bytes <= Self.mostBytes, let json = LooseJSON(text) else { return }
        visit(json, depth: 0)
    }

    private mutating func visit(_ json: LooseJSON, depth: Int) {
        guard depth < 8 else { return }
        for thing in json.items.prefix(200) {
            guard case .object(let members) = thing, looked < Self.mostThings else { continue }
            looked += 1
            let types = (members["@type"]?.items ?? []).compactMap { $0.scalar.map(Self.localName) }
            learnName(thing, types)
            if let rank = types.compactMap(Self.rank).min() { take(thing, rank) }
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf", "liveBlogUpdate"] {
                guard let inner = members[name] else { continue }
                // Parts are articles of their own: only things that have no better are looked for in them.
                if name == "hasPart" || name == "liveBlogUpdate", !things.isEmpty { continue }
                visit(inner, depth: depth + 1)
            }
            for name in ["author", "creator", "publisher", "isPartOf"] {
                for inner in (members[name]?.items ?? []).prefix(20) { learnName(inner, nil) }
            }
        }
    }

    private mutating func learnName(_ thing: LooseJSON, _ types: [Substring]?) {
        guard let name = Self.name(of: thing) else { return }
        let types = types ?? (thing["@type"]?.items ?? []).compactMap { $0.scalar.map(Self.localName) }
        if let id = thing["@id"]?.scalar, names.count < Self.mostThings { names[id] = name }
        let isSite = types.contains("WebSite")
        if isSite || types.contains(where: { $0.hasSuffix("Organization") }) {
            organizations.insert(PageText.key(name))
            if isSite, publisher == nil { publisher = PageText.declared(name) }
        }
    }

    private mutating func take(_ thing: LooseJSON, _ rank: Int) {
        let publisher = thing["publisher"]?.items.first.flatMap { publisher in
            Self.name(of: publisher) ?? publisher.scalar ?? publisher["@id"]?.scalar.flatMap { names[$0] }
        }
        let page = thing["mainEntityOfPage"]
        things.append(
            Thing(
                rank: rank,
                headline: (thing["headline"]?.text ?? (rank < 2 ? thing["name"]?.text : nil)).map(PageText.declared),
                address: thing["url"]?.scalar ?? page?.scalar ?? page?["@id"]?.scalar,
                published: thing["datePublished"]?.scalar,
                created: thing["dateCreated"]?.scalar
                    ?? thing["uploadDate"]?.scalar, modified: thing["dateModified"]?.scalar,
                publisher: publisher.map(PageText.declared),
                authors: Array(((thing["author"] ?? thing["creator"])?.items ?? []).prefix(20))))
        if rank < 2, let publisher { organizations.insert(PageText.key(publisher)) }
    }

    /// "https://schema.org/NewsArticle", "schema:NewsArticle"
    private static func localName(_ type: String) -> Substring {
        type[...].split(whereSeparator: { "/:#".contains($0) }).last ?? ""
    }

    private static func rank(_ type: Substring) -> Int? {
        if type.hasSuffix("Article") || type.hasSuffix("Posting") || type.hasSuffix("BlogPost") { return 0 }
        switch type {
        case "Report", "NewsStory": return 0
        case "Recipe", "HowTo", "CreativeWork", "Review", "CriticReview", "VideoObject", "NewsVideo", "PodcastEpisode",
            "Episode",
            "ImageGallery", "MediaGallery", "DiscussionForumPosting", "Course", "Book":
            return 1
        default: return type.hasSuffix("WebPage") || type == "ItemPage" ? 2 : nil
        }
    }

    private static func name(of thing: LooseJSON) -> String? {
        if let name = thing["name"]?.text, !name.isEmpty { return name }
        let parts = [thing["givenName"]?.text, thing["familyName"]?.text].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    // MARK: What it says

    /// The things, the page's own article first: of several articles, the one with the page's headline or address.
    func ordered(titles: [String], address: String?) -> [Thing] {
        guard things.count > 1 else { return things }
        func score(_ thing: Thing) -> Double {
            var score = Double(-10 * thing.rank)
            if let headline = thing.headline { score += titles.map { TitleLikeness.of($0, headline) }.max() ?? 0 }
            if let address, let own = thing.address, own.hasSuffix(address) || address.hasSuffix(own) { score += 0.6 }
            if thing.published != nil { score += 0.1 }
            return score
        }
        return things.prefix(50).map { ($0, score($0)) }.enumerated()
            .sorted { ($0.element.1, $1.offset) > ($1.element.1, $0.offset) }.map(\.element.0)
    }

    func authors(of thing: Thing) -> [String] {
        thing.authors.compactMap { author in
            author.scalar.map { names[$0] ?? $0 } ?? Self.name(of: author) ?? author["@id"]?.scalar.flatMap {
                names[$0]
            }
                ?? author["name"]?.items.lazy.compactMap(\.scalar).first
        }
    }

    func isOrganization(_ name: String) -> Bool { organizations.contains(PageText.key(name)) }
}

extension LooseJSON {
    /// A text that is not a number or a date of another kind.
    var text: String? {
        if case .text(let text) = self { return text }
        if case .list(let items) = self { return items.lazy.compactMap(\.scalar).first }
        return nil
    }
}

/// How much two titles have in common.
enum TitleLikeness {
    /// The share of the words of the shorter text that the longer one has too.
    static func of(_ a: String, _ b: String) -> Double {
        let (x, y) = (words(a), words(b))
        guard !x.isEmpty, !y.isEmpty else { return 0 }
        return Double(x.intersection(y).count) / Double(min(x.count, y.count)) * (min(x.count, y.count) < 2 ? 0.5 : 1)
    }

    /// Scripts that do not part words with spaces are compared by pairs of letters.
    private static func words(_ text: String) -> Set<Substring> {
        let key = PageText.key(text)
        let parts = key.words()
        var words = Set<Substring>(minimumCapacity: parts.count)
        for word in parts {
            if let first = word.unicodeScalars.first, first.value >= 0x0E00, word.utf8.count > 6 {
                var at = word.startIndex
                while let next = word.index(at, offsetBy: 2, limitedBy: word.endIndex) {
                    words.insert(word[at..<next])
                    at = word.index(after: at)
                }
            } else {
                words.insert(word)
            }
        }
        return words
    }
}
