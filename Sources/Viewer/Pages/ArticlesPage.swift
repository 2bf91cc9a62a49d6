internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// All articles, or those that a reader asks for.
struct ArticlesPage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// Articles on one page.
    static var length: Int { 50 }
    /// Sites that are offered to choose from.
    private static var mostSites: Int { 300 }
    /// Articles found by their words on one page, and how many times as many are looked at for a filter.
    private static var hits: Int { 10 }
    private static var mostLooks: Int { 5 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct Row {
        let href: String
        let headline: DirectedText
        let site: String
        let key: String
        let seen: String
        let last: TimeText
        let edited: TimeText?
        let tags: [Tag]
        let snippet: Snippet?
    }

    private struct Snippet {
        struct Piece {
            let text: String
            let isMatch: Bool
        }
        let dir: String
        let pieces: [Piece]
    }

    private struct Model {
        let heading: String
        let note: String?
        let rows: [Row]
        let isServed: Bool
        let isSearch: Bool
        let words: String
        let site: String
        let sites: [String]
        let from: String
        let until: String
        let kinds: [Choice]
        let levels: [Choice]
        let orders: [Choice]
        let isFiltered: Bool
        let all: String
        let onward: Onward?
    }

    func page(_ asked: ArticlesQuery) throws -> Page {
        let found = try asked.words.isEmpty ? listed(asked) : searched(asked)
        let content = try view.templates.render("articles", model(asked, found))
        let title = asked.words.isEmpty ? "Articles" : "Search: \(asked.words)"
        return Page(title: title, section: .articles, content: content, feed: ChangesQuery(), words: asked.words)
    }

    private struct Found {
        let rows: [Row]
        let total: Int
        let next: String?
        var note: String?
    }

    private func listed(_ asked: ArticlesQuery) throws -> Found {
        let listing = try view.listing(asked.filter, after: asked.after, limit: Self.length)
        return Found(rows: listing.articles.map { row($0, nil) }, total: listing.total, next: listing.next)
    }

    private func searched(_ asked: ArticlesQuery) throws -> Found {
        guard let query = SearchQuery(asked.words) else {
            return Found(rows: [], total: 0, next: nil, note: "There is no word in what was asked for.")
        }
        var rows: [Row] = []
        var place = asked.after.flatMap { Int($0) } ?? 0
        var total = 0
        // Each hit is read for its words: no more than are shown, if the filters let them through.
        for _ in 0..<Self.mostLooks {
            let (hits, count) = try view.tracker.search(query, limit: Self.hits, from: place)
            if hits.isEmpty { break }
            total = count
            place += hits.count
            let articles = try view.tracker.articles(named: hits.map(\.articleName))
            let known = Dictionary(articles.map { ($0.name, $0) }) { first, _ in first }
            rows += hits.compactMap { hit in
                guard let article = known[hit.articleName], Self.lets(article, through: asked.filter) else {
                    return nil
                }
                return row(article, hit)
            }
            if place >= total || rows.count >= Self.hits { break }
        }
        let isWhole = asked.after == nil && place >= total
        return Found(
            rows: rows, total: isWhole ? rows.count : total, next: place < total ? "\(place)" : nil,
            note: isWhole || asked.filter == ArticleFilter() ? nil : "The number is that of all that have the words.")
    }

    /// Of what was found by its words.
    private static func lets(_ article: ListedArticle, through filter: ArticleFilter) -> Bool {
        if let site = filter.site, article.site != site, !article.site.hasSuffix("." + site) { return false }
        if let from = filter.from, article.lastCapturedAt < from { return false }
        if let until = filter.until, article.firstCapturedAt > until { return false }
        return true
    }

    private func row(_ article: ListedArticle, _ hit: SearchHit?) -> Row {
        var tags = Tag.counts([
            .substantive: article.substantive, .minor: article.minor, .cosmetic: article.cosmetic,
        ])
        if let health = Tag.health(article.health) { tags.insert(health, at: 0) }
        let states = article.states > 1 ? " in \(Counted.text(article.states, "state"))" : ""
        return Row(
            href: links.href(.article(article.name, before: nil)) ?? "",
            headline: DirectedText(hit?.headline ?? article.headline ?? "(no headline)"), site: article.site,
            key: article.key.description, seen: Counted.text(article.captures, "capture") + states,
            last: TimeText(article.lastCapturedAt), edited: article.lastEditedAt.map(TimeText.init), tags: tags,
            snippet: hit.map { hit in
                Snippet(
                    dir: DirectedText(hit.snippet.map(\.text).joined()).dir,
                    pieces: hit.snippet.map { .init(text: $0.text, isMatch: $0.isMatch) })
            })
    }

    private func model(_ asked: ArticlesQuery, _ found: Found) throws -> Model {
        let filter = asked.filter
        let isSearch = !asked.words.isEmpty
        var all = ArticlesQuery()
        all.words = asked.words
        var onward = asked
        onward.after = found.next
        let orders = [(ArticleFilter.Order.edited, "Latest edit"), (.captured, "Latest capture"), (.key, "Address")]
        return Model(
            heading: Counted.text(found.total, "article"), note: found.note, rows: found.rows,
            isServed: links.isServed, isSearch: isSearch, words: asked.words, site: filter.site ?? "",
            sites: links.isServed ? try view.tracker.sites().prefix(Self.mostSites).map(\.site) : [],
            from: filter.from?.day ?? "", until: filter.until?.day ?? "", kinds: Choice.kinds(filter.kinds.first),
            levels: Choice.significances(filter.least, any: "Edited or not"),
            orders: orders.map { Choice(value: $0.0.rawValue, text: $0.1, isChosen: $0.0 == filter.order) },
            isFiltered: filter != ArticleFilter(), all: links.href(.articles(all)) ?? "",
            onward: found.next == nil
                ? nil : links.href(.articles(onward)).map { Onward(href: $0, text: "More articles") })
    }
}
