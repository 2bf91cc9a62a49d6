internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// The articles that stand for a site, and the blocks of the last two states of each: what was there before an edit counts as
/// well.
///
/// A sample, so that knowing a site costs the same however many of its articles the archive holds: what is furniture stands in
/// many. It is drawn by a hash of the articles' keys, so that it depends on the articles alone, however they came.
struct SitePrints {
    /// Articles of a site whose blocks are counted.
    static let sample = 64

    private let tracker: Tracker
    /// Of each site, how many stand for it and the highest rank among them.
    private var held: [String: Held] = [:]

    private struct Held {
        var count: Int
        var highest: Int64

        func admits(_ rank: Int64) -> Bool { count < sample || rank <= highest }
    }

    init(_ tracker: Tracker) { self.tracker = tracker }

    private static func rank(_ article: ArticleIdentity) -> Int64 {
        Int64(bitPattern: FoldedText.hash(ofWord: article.name))
    }

    /// Those of some new articles that will stand for their sites.
    static func admitted(_ articles: [ArticleIdentity], _ db: Database) throws -> Set<ArticleIdentity> {
        var admitted: Set<ArticleIdentity> = []
        for (site, fresh) in Dictionary(grouping: articles.filter(\.isOfSite), by: \.key.site) {
            let held = try held(site, db)
            let ranked = fresh.map { (rank: rank($0), article: $0) }.filter { held.admits($0.rank) }
            admitted.formUnion(ranked.sorted { $0.rank < $1.rank }.prefix(sample).map(\.article))
        }
        return admitted
    }

    private static func held(_ site: String, _ db: Database) throws -> Held {
        let find = try db.cachedStatement(sql: "SELECT COUNT(*), MAX(rank) FROM prints WHERE site = ?")
        guard let row = try Row.fetchOne(find, arguments: [site]) else { return Held(count: 0, highest: .max) }
        return Held(count: (try row.decode(atIndex: 0)), highest: ((try row.decode(atIndex: 1)) as Int64?) ?? .max)
    }

    /// Counts an article's blocks if it stands for its site: now, if what it says is at hand; else when somebody asks.
    ///
    /// - Parameters:
    ///   - latest: revisions of its last two states.
    ///   - isNew: nothing is replaced.
    mutating func enter(
        _ article: ArticleIdentity, _ latest: [ObjectID], _ arrived: Arrived, _ db: Database, isNew: Bool = false
    ) throws {
        guard article.isOfSite else { return }
        let site = article.key.site
        let rank = Self.rank(article)
        let held = try held[site] ?? Self.held(site, db)
        self.held[site] = held
        guard held.admits(rank) else { return }
        let name = article.name
        let revisions = Data(latest.flatMap(\.bytes))
        let find = try db.cachedStatement(sql: "SELECT revisions FROM prints WHERE article = ?")
        let before = try Data.fetchOne(find, arguments: [name])
        if before == revisions || (isNew && before != nil) { return }
        let contents = latest.compactMap { arrived.contents[$0] ?? tracker.contents[$0] }
        let prints = contents.count == latest.count && !latest.isEmpty ? Self.data(contents) : nil
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO prints(article, site, rank, revisions, prints) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [name, site, rank, revisions, prints])
        guard before == nil else { return }
        if held.count == Self.sample {
            try db.cachedStatement(
                sql: """
                    DELETE FROM prints WHERE article = (
                        SELECT article FROM prints WHERE site = ? ORDER BY rank DESC, article DESC LIMIT 1)
                    """
            ).execute(arguments: [site])
        }
        self.held[site] = try Self.held(site, db)
    }

    static func data(_ contents: [RevisionContent]) -> Data {
        BlockFingerprint.data(FurnitureLesson.shown(contents.flatMap(\.prints)))
    }
}

extension Tracker {
    /// Reads those articles that stand for a site and were not read.
    func learn(_ site: String) throws {
        let names = try read { db in
            try String.fetchAll(
                db, sql: "SELECT article FROM prints WHERE site = ? AND prints IS NULL", arguments: [site])
        }
        guard !names.isEmpty else { return }
        let learned = try Cores.map(names.count) { place, worker in
            let name = names[place]
            guard let article = try self.archive.identity(of: ArticleKey(stored: name)) else {
                return (name, Data(), Data())
            }
            let states = try self.archive.history(of: article).suffix(2)
            let contents = try states.map { state in
                try self.contents[state.revision]
                    ?? RevisionContent(try self.revision(of: state.first, worker: worker))
            }
            return (name, Data(states.flatMap(\.revision.bytes)), SitePrints.data(contents))
        }
        try write { db in
            for (name, revisions, prints) in learned {
                try db.execute(
                    sql: "UPDATE prints SET revisions = ?, prints = ? WHERE article = ?",
                    arguments: [revisions, prints, name])
            }
        }
    }
}
