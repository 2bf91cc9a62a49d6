public import Diffing
internal import GRDB
public import Models
internal import Storage

/// Which articles are asked for.
public struct ArticleFilter: Sendable, Hashable {
    /// In which order they are listed.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Those edited last first; behind them those never edited, captured last first.
        case edited
        /// Captured last first.
        case captured
        /// By site, then by key.
        case key
    }

    /// Of this site, or of a part of it (`news.example.org` is one of `example.org`).
    public var site: String?
    /// Captured last at this time or later.
    ///
    /// With `until` this finds what was seen between two times, and besides what was seen before and after and not between.
    public var from: Timestamp?
    /// Captured first at this time or earlier.
    public var until: Timestamp?
    /// With an edit of one of these kinds; with or without edits where empty, unless `least` says otherwise.
    public var kinds: Set<EditKind> = []
    /// With an edit of at least this significance, which is of one of `kinds`, too. Nil: with or without edits.
    public var least: Significance?
    public var order: Order = .edited

    public init() {}
}

/// An article in a list.
///
/// What counts as an edit is decided when the captures are followed, by what the archive had learned about the site's
/// furniture by then; `Tracker.changes` decides it when it is asked. Where an archive learns later that a block is furniture,
/// a list may name a few edits more than `changes` does, until the cache is made anew.
public struct ListedArticle: Sendable, Hashable {
    /// `ArticleSummary.name`.
    public let name: String
    public let key: ArticleKey
    /// The origin that a `file:` key belongs to; nil for web pages.
    public let scope: OriginID?
    /// `file:` for files.
    public let site: String
    /// Of what was last received.
    public let headline: String?
    /// Of what was last received, as the page states it.
    public let language: String?
    public let firstCapturedAt: Timestamp
    public let lastCapturedAt: Timestamp
    /// All, also those by which nothing was received.
    public let captures: Int
    /// Distinct states in time, as `@N` counts them; 0 when nothing was ever received.
    public let states: Int
    /// Numbers of edits.
    public let substantive: Int
    public let minor: Int
    public let cosmetic: Int
    /// When the state with the last of these edits was first captured.
    public let lastEditedAt: Timestamp?
    /// Of the latest state; suspect and empty when nothing was ever received.
    public let health: StateHealth
}

/// One page of a list of articles.
public struct ArticleListing: Sendable {
    public let articles: [ListedArticle]
    /// What to ask for next; nil at the end of the list.
    public let next: String?
    /// How many articles the whole list has.
    public let total: Int

    package init(articles: [ListedArticle], next: String?, total: Int) {
        self.articles = articles
        self.next = next
        self.total = total
    }
}

/// Where a list should go on, as somebody else wrote it: not a place in that list.
public struct InvalidCursor: Error, Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { "'\(text.prefix(80))' is no place in this list" }
}

/// How many things are handed out at once at most, whatever is asked for.
enum PageSize {
    static func clamped(_ limit: Int) -> Int { max(1, min(limit, 1000)) }
}

extension Tracker {
    /// One page of the articles that `filter` lets through. Call `follow` before: what was not followed is not in the list.
    ///
    /// Who goes on where a page ended sees no article twice. One that is captured or edited meanwhile may move from the rest of
    /// the list to its front, where a new look finds it.
    ///
    /// - Parameters:
    ///   - after: `ArticleListing.next` of the page before, asked for by the same order; nil for the first page.
    ///   - limit: 1 to 1,000 articles; what is beyond is taken for the nearest of these.
    /// - Throws: `InvalidCursor` when `after` is none of this list.
    public func articles(_ filter: ArticleFilter, after: String?, limit: Int) throws -> ArticleListing {
        let query = try ListingQuery(filter, after: after, limit: limit)
        let (rows, next, total) = try read { try query.run($0) }
        return ArticleListing(articles: try judged(rows).map { try ListedArticle($0) }, next: next, total: total)
    }

    /// All sites with articles (`file:` for files), those with most articles first. Call `follow` before.
    public func sites() throws -> [(site: String, articles: Int)] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT site, COUNT(*) AS articles FROM listing GROUP BY site ORDER BY articles DESC, site"
            ).map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
        }
    }

    /// The articles of these names (`ArticleSummary.name`), in the order of the names, without those that are not there. Call
    /// `follow` before.
    public func articles(named names: [String]) throws -> [ListedArticle] {
        let identities = try names.compactMap { try archive.identity(named: $0) }
        let rows = try read { db in try identities.compactMap { try ListingRow.fetch($0, db) } }
        return try judged(rows).map { try ListedArticle($0) }
    }

    /// Looks at the pages of articles that have been in one state only and that nobody has judged: those that were captured when
    /// the cache was not there, or not up to date. Each is read once.
    private func judged(_ rows: [ListingRow]) throws -> [ListingRow] {
        let unknown = rows.indices.filter { rows[$0].health == nil && rows[$0].states > 0 }
        guard !unknown.isEmpty else { return rows }
        let identities = try unknown.map { try identity(of: rows[$0]) }
        let found = try Cores.map(unknown.count) { place, worker -> StateHealth? in
            guard let identity = identities[place] else { return nil }
            var follower = ArticleFollower(self, identity, Arrived(), worker: worker)
            return try follower.followed()?.states.last?.health
        }
        return try write { db in
            var rows = rows
            for (place, (identity, health)) in zip(unknown, zip(identities, found)) {
                guard let health else { continue }
                rows[place].health = health
                // Somebody else may have entered more meanwhile.
                guard let identity, var held = try ListingRow.fetch(identity, db),
                    held.health == nil, held.states == rows[place].states
                else { continue }
                held.health = health
                try held.update(db)
            }
            return rows
        }
    }

    private func identity(of row: ListingRow) throws -> ArticleIdentity? {
        let found = try archive.identity(named: row.scope.map { "\($0)/\(row.key)" } ?? row.key)
        return found?.catalogRow == row.id ? found : nil
    }
}
