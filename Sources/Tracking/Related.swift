internal import Diffing
internal import Foundation
internal import GRDB
public import Models
public import Storage
internal import Synchronization

/// An article that tells of the same as another, or shares its text.
public struct RelatedArticle: Sendable {
    public let article: ArticleKey
    /// `ArticleSummary.name`.
    public let articleName: String
    public let headline: String?
    /// From 0 to 1.
    public let score: Double
}

extension Tracker {
    /// The articles nearest to one, best first. Call `index` before.
    ///
    /// Only articles that share a rare word or a run of words with it are looked at, so the archive's size costs little.
    public func related(to article: ArticleSummary, limit: Int) throws -> [RelatedArticle] {
        try read { db in
            guard
                let own = try Row.fetchOne(
                    db, sql: "SELECT id, sketch FROM sketches WHERE article = ?", arguments: [article.name]),
                let sketch = ArticleSketch(bytes: Array(own["sketch"] as Data))
            else { return [] }
            let id: Int64 = own["id"]
            let (total, frequency) = try frequencies(of: sketch, db)
            let articles = max(total, Self.fewestArticles)
            let score = RelatedScore(sketch, articles: articles, frequency: frequency)
            let candidates = try Self.candidates(sketch, score, articles, besides: id, db)
            let found = try candidates.compactMap { candidate -> RelatedArticle? in
                let find = try db.cachedStatement(
                    sql: "SELECT article, key, headline, sketch FROM sketches WHERE id = ?")
                guard let row = try Row.fetchOne(find, arguments: [candidate]),
                    let other = ArticleSketch(bytes: Array((try row.decode(forColumn: "sketch")) as Data))
                else { return nil }
                let value = score.score(other)
                guard value >= RelatedScore.least else { return nil }
                return RelatedArticle(
                    article: ArticleKey(stored: (try row.decode(forColumn: "key"))),
                    articleName: (try row.decode(forColumn: "article")),
                    headline: (try row.decode(forColumn: "headline")), score: value)
            }
            return Array(found.sorted { ($1.score, $0.article) < ($0.score, $1.article) }.prefix(limit))
        }
    }

    /// Among a handful of articles on one event no word would count as rare.
    private static let fewestArticles = 1000

    /// How many articles there are, and how many of them, up to a limit, have each term.
    private func frequencies(of sketch: ArticleSketch, _ db: Database) throws -> (total: Int, [UInt64: Int]) {
        let most = RelatedScore.mostPostings * 4
        var held = frequencies.held(at: try TrackingCache.progress(Self.indexProgress, db))
        let total = try held.articles ?? Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sketches") ?? 0
        held.articles = total
        let count = try db.cachedStatement(
            sql: "SELECT COUNT(*) FROM (SELECT 1 FROM terms WHERE key = ? LIMIT \(most))")
        var found: [UInt64: Int] = [:]
        for term in sketch.terms {
            let known = held.frequent.contains(term.key)
            let number = try known ? most : Int.fetchOne(count, arguments: [Int64(bitPattern: term.key)]) ?? 0
            if number == most { held.frequent.insert(term.key) }
            found[term.key] = number
        }
        frequencies.hold(held)
        return (total, found)
    }

    /// The articles met most often, rare words counting more.
    private static func candidates(
        _ sketch: ArticleSketch, _ score: RelatedScore, _ total: Int, besides id: Int64, _ db: Database
    ) throws -> [Int64] {
        var sums: [Int64: Double] = [:]
        let band = try db.cachedStatement(sql: "SELECT sketch FROM bands WHERE key = ? LIMIT ?")
        for key in sketch.bandKeys {
            let met = try Int64.fetchAll(band, arguments: [Int64(bitPattern: key), RelatedScore.mostPostings])
            for other in met where other != id { sums[other, default: 0] += 1 }
        }
        let term = try db.cachedStatement(sql: "SELECT sketch FROM terms WHERE key = ? LIMIT ?")
        for key in score.lookups {
            let met = try Int64.fetchAll(term, arguments: [Int64(bitPattern: key), RelatedScore.mostPostings])
            let rarity = RelatedScore.rarity(met.count, total)
            for other in met where other != id { sums[other, default: 0] += rarity * rarity }
        }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(RelatedScore.mostCandidates).map(\.key)
    }
}

/// What every question about related articles counts, as long as nothing is added to the index: to count the frequent terms of one article
/// takes longer than all the rest.
final class HeldFrequencies: Sendable {
    struct Held {
        /// How far the index had come.
        let place: Archive.CatalogPlace
        var articles: Int?
        /// Terms that as many articles have as are counted, or more.
        var frequent: Set<UInt64> = []
    }
    private let latest = Mutex<Held?>(nil)

    func held(at place: Archive.CatalogPlace) -> Held {
        latest.withLock { $0?.place == place ? $0 : nil } ?? Held(place: place)
    }

    /// Of two that were counted at a time, the later one stays, which costs counting some again.
    func hold(_ held: Held) { latest.withLock { $0 = held } }
}
