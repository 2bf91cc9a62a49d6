internal import Models

/// What a page says about its article: in JSON-LD, Open Graph and other `meta`, microdata and `time` elements, and in the
/// lines around the headline. What is declared is checked against what is shown.
struct PageMetadata {
    private(set) var headline: String?
    private(set) var authors: [String] = []
    private(set) var published: String?
    private(set) var modified: String?
    private(set) var language: String?
    private(set) var publisher: String?
    private(set) var url: String?

    init(page: HTMLDocument, address: WebAddress?) {
        var meta = MetaElements()
        var linked = LinkedData()
        var marks = MarkedFields()
        var canonical: String?
        var walk = page.walk(page.root)
        while let step = walk.next() {
            switch step {
            case .leave(let node): marks.leave(node)
            case .enter(let node):
                guard page.isElement(node) else { continue }
                let tag = page.tag(node)
                switch tag {
                case .meta: meta.read(node, in: page)
                case .link:
                    if canonical == nil, page.attribute(node, .rel, is: "canonical") {
                        canonical = page.attribute(node, .href)?.trimmed.string
                    }
                case .script:
                    if page.attribute(node, .type)?.contains(lowercase: "ld+json") == true { linked.read(page, node) }
                case .style, .template, .noscript, .svg, .select: continue
                default: marks.enter(node, tag, in: page)
                }
            }
        }
        readLanguage(page, meta)
        let declaredAddress = (canonical ?? meta["og:url"]).flatMap { text in
            address.map { $0.resolving(text) } ?? WebAddress(text)
        }
        url = declaredAddress?.description
        readArticle(page, meta, linked, marks, address: address ?? declaredAddress)
    }

    private mutating func readLanguage(_ page: HTMLDocument, _ meta: MetaElements) {
        language = page.rootElement.flatMap { page.attribute($0, .lang) }?.trimmed.string
        if language?.isEmpty != false { language = meta["og:locale"] ?? meta["content-language"] }
        language = language.map { String($0.prefix { $0 != "," && $0 != ";" && $0 != " " }) }
        if let tag = language, tag.holds("_") { language = tag.replacing("_", with: "-") }
    }

    private mutating func readArticle(
        _ page: HTMLDocument, _ meta: MetaElements, _ linked: LinkedData, _ marks: MarkedFields, address: WebAddress?
    ) {
        let titles = [
            "og:title", "twitter:title", "parsely-title", "citation_title", "dc.title", "sailthru.title", "headline",
        ]
        .compactMap { meta[$0] }.map(PageText.declared)
        let things = linked.ordered(titles: titles + [marks.title].compactMap(\.self), address: url)
        let thing = things.first
        publisher = (meta["og:site_name"] ?? thing?.publisher ?? linked.publisher ?? meta["application-name"])
            .map(PageText.declared)
        let site = SiteNames(
            names: [
                publisher, linked.publisher, thing?.publisher, meta["application-name"],
                meta["apple-mobile-web-app-title"],
            ],
            address: address)
        let declared =
            ([thing.flatMap { $0.rank < 2 ? $0.headline : nil }].compactMap(\.self) + titles
            + [marks.title].compactMap(\.self))
            // What is longer is no headline, and ten megabytes of it would be searched for seconds.
            .filter { !$0.isEmpty && $0.utf8.count <= 4096 && !site.isSite($0) }
        let shown = PageHeadline(page, marks: marks, declared: declared, site: site)
        headline = shown.text
        var surroundings = HeadlineSurroundings()
        if let element = shown.element, let body = page.body {
            surroundings = HeadlineSurroundings(page, headline: element.node, body: body)
        }
        let names = AuthorNames(site: site, isOrganization: linked.isOrganization)
        let named = things.lazy.map { linked.authors(of: $0) }.first { !$0.isEmpty } ?? []
        authors = PageAuthors(page: page, names: names, surroundings: surroundings, headline: shown.element)
            .choose(declared: [named] + meta.all(Self.authorNames) + [meta.labelled], marks: marks.authors)
        let dates = PageDates(
            .init(
                meta: meta, marks: marks, thing: things.first { $0.published != nil } ?? thing, page: page,
                headline: shown.element, surroundings: surroundings,
                language: language, isArticle: thing?.rank == 0 || meta["og:type"] == "article" || !authors.isEmpty,
                addresses: [address?.description, url, meta["og:url"]].compactMap(\.self)))
        published = dates.published
        modified = dates.modified
    }

    private static let authorNames = [
        "author", "article:author", "article.author", "byl", "parsely-author", "sailthru.author", "dc.creator",
        "dcterms.creator", "dc:creator",
        "dc.author", "citation_author", "og:article:author", "og:author", "article_author", "cxenseparse:author",
        "dable:author",
        "byline", "authors", "creator", "mediator_author", "cse-authors", "bt:author", "analytics:author",
        "article:author_name",
        "dcsext.author", "dc.contributor", "rnews:author", "author_name", "twitter:author", "vr:author",
    ]
}
