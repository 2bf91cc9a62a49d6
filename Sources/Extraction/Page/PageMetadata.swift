internal import Models

/// What a page declares about its article: in JSON-LD, Open Graph and other `meta`, microdata and `time` elements.
struct PageMetadata {
    var headlines: [String] = []
    var authors: [String] = []
    var published: String?
    var modified: String?
    var language: String?
    var publisher: String?
    var url: String?

    init(page: HTMLDocument, address: WebAddress?) {
        language = page.rootElement.flatMap { page.attribute($0, .lang) }?.trimmed.string
        var meta = MetaElements()
        var linked = LinkedData()
        var marked = MarkedFields()
        for node in page.subtree(of: page.root) where page.isElement(node) {
            switch page.tag(node) {
            case .meta: meta.read(node, in: page)
            case .link:
                if url == nil, page.attribute(node, .rel, is: "canonical") {
                    url = page.attribute(node, .href)?.trimmed.string
                }
            case .script: if page.attribute(node, .type, is: "application/ld+json") { linked.read(page, node) }
            case .title: if marked.title == nil { marked.title = PageText.of(node, in: page) }
            default: marked.read(node, in: page)
            }
        }
        if language?.isEmpty != false { language = meta["og:locale"] ?? meta["content-language"] }
        language = language.map { String($0.prefix { $0 != "," && $0 != ";" && $0 != " " }).replacing("_", with: "-") }
        publisher = meta["og:site_name"] ?? linked.publisher ?? meta["application-name"]
        let declared = (url ?? meta["og:url"]).flatMap { text in address.map { $0.resolving(text) } ?? WebAddress(text)
        }
        url = declared?.description
        // What is longer is no headline, and ten megabytes of it would be searched for seconds.
        headlines = [linked.headline, meta["og:title"], meta["twitter:title"], marked.title].compactMap(\.self)
            .filter { $0.utf8.count <= 4096 }.map(PageText.collapsed)
        readDates(meta, linked, marked)
        readAuthors(meta, linked, marked)
    }

    private mutating func readDates(_ meta: MetaElements, _ linked: LinkedData, _ marked: MarkedFields) {
        let language = language
        func date(_ candidates: [String?]) -> String? {
            for case let text? in candidates {
                if let date = ArticleDate(metadata: PageText.collapsed(text), language: language) {
                    return date.description
                }
            }
            return nil
        }
        published = date(
            [
                linked.published, meta["article:published_time"], meta["og:published_time"], marked.published,
                meta["datepublished"],
                meta["date"], meta["dc.date"], meta["dc.date.issued"], meta["dcterms.created"], meta["pubdate"],
                meta["publish-date"],
                meta["publishdate"], meta["parsely-pub-date"], meta["sailthru.date"], meta["article.published"],
                meta["article:published"],
                meta["cxenseparse:recs:publishtime"],
                marked.titleTime ?? marked.firstTime, marked.dateLine,
            ])
        modified = date([
            linked.modified, meta["article:modified_time"], meta["article:modified"], meta["og:updated_time"],
            marked.modified,
            meta["last-modified"],
            meta["dcterms.modified"],
        ])
    }

    private mutating func readAuthors(_ meta: MetaElements, _ linked: LinkedData, _ marked: MarkedFields) {
        let sources = [
            linked.authors, marked.authors, meta.all("author"), meta.all("article:author"), meta.all("byl"),
            meta.all("parsely-author"),
            meta.all("sailthru.author"), meta.all("dc.creator"), marked.bylines,
        ]
        for source in sources {
            var names: [String] = []
            for text in source.map(PageText.collapsed) where !text.isEmpty && !text.contains("://") && text != publisher
            {
                let found =
                    Byline.authors(in: text) ?? Byline.authors(in: text, labelled: true)
                    ?? (text.utf8.count <= 60 ? [text] : [])
                for name in found where !names.contains(name) { names.append(name) }
            }
            names = AuthorNames.cleaned(names)
            if !names.isEmpty {
                authors = names
                return
            }
        }
    }
}

/// `meta` elements by `name` or `property`, in lower case.
private struct MetaElements {
    private var values: [String: [String]] = [:]

    mutating func read(_ node: NodeID, in page: HTMLDocument) {
        guard let content = page.attribute(node, .content)?.trimmed, !content.isEmpty, content.count < 4096 else {
            return
        }
        for attribute in [HTMLName.name, .property, .itemprop, .httpEquiv] {
            guard let name = page.attribute(node, attribute), name.count < 64 else { continue }
            for word in name.string.lowercased().split(separator: " ") {
                values[String(word), default: []].append(content.string)
            }
        }
    }

    subscript(name: String) -> String? { values[name]?.first }
    func all(_ name: String) -> [String] { values[name] ?? [] }
}

/// What microdata, `time` and `rel=author` mark in the visible page.
private struct MarkedFields {
    var title: String?
    var published: String?
    var modified: String?
    var firstTime: String?
    /// The first `time` below the headline: one above it may be the page's clock.
    var titleTime: String?
    /// The first element below the headline whose class says "date".
    var dateLine: String?
    private var isBelowTitle = false
    var authors: [String] = []
    var bylines: [String] = []

    mutating func read(_ node: NodeID, in page: HTMLDocument) {
        let tag = page.tag(node)
        if tag == .h1 { isBelowTitle = true }
        if let property = page.attribute(node, .itemprop) {
            let value = page.attribute(node, .datetime) ?? page.attribute(node, .content)
            if property.hasWord(lowercase: "datepublished"), published == nil {
                published = value?.string ?? PageText.of(node, in: page)
            }
            if property.hasWord(lowercase: "datemodified"), modified == nil {
                modified = value?.string ?? PageText.of(node, in: page)
            }
            if property.hasWord(lowercase: "author"), authors.count < 8 { appendAuthor(node, in: page) }
        } else if page.attribute(node, .rel, is: "author"), authors.count < 8 {
            appendAuthor(node, in: page)
        }
        if tag == .time, firstTime == nil {
            firstTime = page.attribute(node, .datetime)?.string ?? PageText.of(node, in: page)
        }
        if isBelowTitle { readDate(node, tag, in: page) }
        if bylines.isEmpty, let classes = page.attribute(node, .class) {
            let isAuthor = classes.hasWord(lowercase: "author")
            guard isAuthor || classes.contains(lowercase: "byline"),
                let text = PageText.short(node, in: page, limit: 120)
            else { return }
            if isAuthor || Byline.authors(in: text) != nil { bylines.append(text) }
        }
    }

    private mutating func readDate(_ node: NodeID, _ tag: HTMLName, in page: HTMLDocument) {
        if tag == .time, titleTime == nil {
            titleTime = page.attribute(node, .datetime)?.string ?? PageText.of(node, in: page)
        }
        guard dateLine == nil, let classes = page.attribute(node, .class),
            classes.contains(lowercase: "date") || classes.contains(lowercase: "publish")
        else { return }
        dateLine = PageText.short(node, in: page, limit: 80).flatMap { ArticleDate.find(in: $0)?.description }
    }

    private mutating func appendAuthor(_ node: NodeID, in page: HTMLDocument) {
        if let text = PageText.short(node, in: page, limit: 120), !authors.contains(text) { authors.append(text) }
    }
}

/// schema.org in JSON-LD: the first thing of an article's type, wherever it is nested.
private struct LinkedData {
    var headline: String?
    var authors: [String] = []
    var published: String?
    var modified: String?
    var publisher: String?
    /// What other things of the page refer to.
    private var names: [String: String] = [:]

    private static let types: Set<String> = [
        "NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "SocialMediaPosting", "Report",
        "WebPage",
    ]

    mutating func read(_ page: HTMLDocument, _ node: NodeID) {
        var bytes: [UInt8] = []
        page.appendText(of: node, to: &bytes)
        guard let json = LooseJSON(bytes) else { return }
        var pending = json.items
        var looked = 0
        for thing in pending.flatMap({ [$0] + ($0["@graph"]?.items ?? []) }).prefix(400) {
            if let id = thing["@id"]?.scalar, let name = thing["name"]?.scalar { names[id] = name }
        }
        while let next = pending.popLast(), looked < 400 {
            looked += 1
            if let graph = next["@graph"] { pending += graph.items }
            if let main = next["mainEntity"] { pending += main.items }
            let types = (next["@type"]?.items ?? []).compactMap(\.scalar)
            if types.contains(where: { Self.types.contains($0) }) { take(next, isPage: types == ["WebPage"]) }
        }
    }

    private mutating func take(_ thing: LooseJSON, isPage: Bool) {
        if !isPage {
            headline = headline ?? thing["headline"]?.scalar ?? thing["name"]?.scalar
            if authors.isEmpty {
                authors = (thing["author"]?.items ?? []).compactMap { author in
                    author.scalar ?? author["name"]?.scalar ?? author["@id"]?.scalar.flatMap { names[$0] }
                }
            }
        }
        published = published ?? thing["datePublished"]?.scalar
        modified = modified ?? thing["dateModified"]?.scalar
        publisher = publisher ?? thing["publisher"]?.items.first.flatMap { $0["name"]?.scalar ?? $0.scalar }
    }
}

/// Bylines as sites fill them in.
enum AuthorNames {
    private static let labels = [
        "by: ", "by ", "analysis by ", "written by ", "posted by ", "opinion by ", "story by ",
    ]
    private static let titles: Set<Substring> = [
        "writer", "reporter", "editor", "correspondent", "columnist", "contributor", "editor-at-large", "producer",
        "press", "staff",
    ]

    /// Without labels, and without titles and degrees that stand among names.
    static func cleaned(_ names: [String]) -> [String] {
        var kept: [String] = []
        for name in names {
            var name = name
            for label in labels where name.lowercased().hasPrefix(label) { name = String(name.dropFirst(label.count)) }
            let last = name.lowercased().split(separator: " ").last ?? ""
            let isDegree = name.utf8.count <= 4 && !name.contains { $0.isLowercase }
            if !kept.isEmpty, isDegree || titles.contains(last) { continue }
            if !name.isEmpty, !kept.contains(name) { kept.append(name) }
        }
        return kept
    }
}

/// Text of pages, tidied.
enum PageText {
    static func of(_ node: NodeID, in page: HTMLDocument) -> String { collapsed(page.text(of: node)) }

    /// Nil when there is more text than `limit` bytes: elements may be nested in each other as deep as a page likes, and each
    /// is looked at only so far.
    static func short(_ node: NodeID, in page: HTMLDocument, limit: Int) -> String? {
        var bytes: [UInt8] = []
        var nodes = 0
        for inner in page.subtree(of: node) {
            nodes += 1
            guard nodes <= 200 else { return nil }
            guard page.isText(inner) else { continue }
            page.bytes(of: inner).withUnsafeBytes { bytes += $0.prefix(limit * 8) }
            if bytes.count >= limit * 8 { return nil }
        }
        let text = collapsed(String(decoding: bytes, as: UTF8.self))
        return text.isEmpty || text.utf8.count > limit ? nil : text
    }

    static func collapsed(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var needsSpace = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                needsSpace = true
            } else if scalar.value >= 0x20, ![0xAD, 0x200B, 0xFEFF, 0x7F].contains(scalar.value) {
                if needsSpace, !out.isEmpty { out.append(" ") }
                needsSpace = false
                out.append(scalar)
            }
        }
        return String(out)
    }
}
