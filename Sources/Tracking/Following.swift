internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
public import Storage

/// Bringing states and edits up to date.
extension Tracker {
    private static let progressName = "timelines"
    /// Articles that are followed in one transaction.
    private static let chunk = 64
    /// Articles that are entered in the list in one transaction.
    private static let listed = 512
    /// How often a question is put again because somebody captured meanwhile.
    private static let attempts = 8

    /// Judges states and compares revisions that came since the last time.
    ///
    /// - Parameter progress: told how many of how many articles are done.
    public func follow(progress: (Int, Int) -> Void = { _, _ in }) throws {
        let from = try followedPlace()
        let until = try archive.place()
        guard from != until else { return }
        // The first time; or the catalog was made anew, and may give articles other keys.
        if from == .start { try write { try TrackingCache.forgetArticles($0) } }
        let articles = try archive.identities(after: from)
        let moved = articles.filter(\.isMoved).map(\.article)
        var done = 0
        while done < moved.count {
            let part = Array(moved[done..<min(done + Self.chunk, moved.count)])
            try settle(part, write: writeWithPrints)
            done += part.count
            progress(done, moved.count)
        }
        for start in stride(from: 0, to: articles.count, by: Self.listed) {
            try list(Array(articles[start..<min(start + Self.listed, articles.count)]), until: until)
        }
        try write { try TrackingCache.setProgress(Self.progressName, until, $0) }
    }

    private func writeWithPrints(_ found: [FollowedArticle], _ db: Database) throws -> [FollowedArticle] {
        var prints = SitePrints(self)
        var furniture = SitesFurniture()
        return try found.filter { article in
            guard let written = try article.write(&furniture, db) else { return true }
            try prints.enter(article.article, article.latest, Arrived(), db)
            try article.list(written, db)
            return false
        }
    }

    /// Enters articles in the list as they are up to a place: all that the list says of them, whatever it said.
    private func list(_ articles: [(article: ArticleIdentity, isMoved: Bool)], until: Archive.CatalogPlace) throws {
        let tallies = try archive.tallies(of: articles.map(\.article), until: until)
        try write { db in
            var prints = SitePrints(self)
            var furniture = SitesFurniture()
            for (article, tally) in zip(articles, tallies) {
                if !article.isMoved { try prints.enter(article.article, [], Arrived(), db, isNew: true) }
                guard let tally else { continue }
                let held = try ListingRow.fetch(article.article, db)
                var row = held ?? ListingRow(article.article)
                row.set(tally)
                if article.isMoved {
                    try furniture.recount(article.article, db)
                    try row.countStates(article.article.name, db)
                }
                if held == nil { try row.insert(db) } else { try row.update(db) }
            }
        }
    }

    /// The place up to which every article was followed.
    func followedPlace() throws -> Archive.CatalogPlace {
        try archive.known(try read { try TrackingCache.progress(Self.progressName, $0) })
    }

    /// After captures that were all assessed, and that were all there is between two places.
    ///
    /// - Returns: false when what is before them was not followed.
    func setFollowed(_ place: Archive.CatalogPlace, after before: Archive.CatalogPlace, _ db: Database) throws -> Bool {
        guard try TrackingCache.progress(Self.progressName, db) == before else { return false }
        try TrackingCache.setProgress(Self.progressName, place, db)
        return true
    }

    /// The states of an article, judged. Compares what was not compared before.
    public func timeline(of article: ArticleSummary) throws -> Timeline {
        for _ in 0..<Self.attempts {
            let single = try settle([article.identity], write: writeWithPrints)
            let states = try archive.history(of: article)
            let known = try states.count > 1 ? health(of: article) : single.flatMap(\.states).map(\.health)
            guard states.count == known.count else { continue }
            return Timeline(article: article, entries: zip(states, known).map { Timeline.Entry(state: $0, health: $1) })
        }
        throw TrackingError("\(article.key) changes all the time")
    }

    private func health(of article: ArticleSummary) throws -> [StateHealth] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT health, reason, isReturned FROM states WHERE article = ? ORDER BY number",
                arguments: [article.name]
            ).compactMap { try StateHealth($0) }
        }
    }

    /// Brings articles up to date, on all cores.
    ///
    /// - Parameters:
    ///   - arrived: what is at hand of their latest captures.
    ///   - write: enters what was found about those that had anything new, in one transaction; returns those that somebody
    ///     else followed meanwhile, which are done once more.
    /// - Returns: all that was found.
    @discardableResult
    func settle(
        _ articles: [ArticleIdentity], _ arrived: Arrived = Arrived(),
        write: (_ found: [FollowedArticle], _ db: Database) throws -> [FollowedArticle]
    ) throws -> [FollowedArticle] {
        var left = articles
        var all: [FollowedArticle] = []
        repeat {
            let part = left
            let found = try Cores.map(part.count) { place, worker in
                var follower = ArticleFollower(self, part[place], arrived, worker: worker)
                return try follower.followed()
            }.compactMap(\.self)
            let refused = try self.write { try write(found, $0) }
            all += found
            left = refused.map(\.article)
        } while !left.isEmpty
        return all
    }
}

extension FollowedArticle {
    /// Enters in the list what was just written, if the article is in it.
    func list(_ written: Written, _ db: Database) throws {
        guard !states.isEmpty || !written.isAppended, var row = try ListingRow.fetch(article, db) else { return }
        try row.add(self, written, db)
        try row.update(db)
    }
}

extension StateHealth {
    /// From the columns of `states`; nil for what this version did not write.
    init?(_ row: GRDB.Row) throws {
        guard let state = ((try row.decode(forColumn: "health")) as String?).flatMap(PageHealth.State.init(rawValue:))
        else { return nil }
        let reason = ((try row.decode(forColumn: "reason")) as String?).flatMap(PageHealth.Reason.init(rawValue:))
        self.init(state, reason, isReturned: (try row.decode(forColumn: "isReturned")))
    }
}
