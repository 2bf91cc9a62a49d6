internal import GRDB
public import Models
internal import Storage

/// An article found by its words.
public struct SearchHit: Sendable {
    public let article: ArticleKey
    /// `ArticleSummary.name`.
    public let articleName: String
    /// The first capture that shows the revision found.
    public let capture: CaptureName
    public let capturedAt: Timestamp
    public let headline: String?
    /// A part of the text around the words, in pieces; `isMatch` for the words themselves.
    public let snippet: [(text: String, isMatch: Bool)]
}

extension Tracker {
    /// Of what more revisions than this have, the rank is not asked for: it would be that of so many.
    private static let fewRanked = 2000
    /// Revisions that are gone through for their articles.
    private static let mostRanked = 1000

    /// Revisions that have all of what is asked for, best first; of each article the latest of them.
    ///
    /// Ranked by BM25 with the headline's words counted five times. Of what thousands of revisions have, those come first that
    /// have it in the headline, then those captured last, and only the revisions that came last into the archive are gone
    /// through: `total` is then the number of their articles. So a frequent word costs about what a rare one does.
    /// Call `index` before.
    ///
    /// - Parameter from: how many of the best are passed over, for the pages of a longer list.
    public func search(
        _ query: SearchQuery, limit: Int, from: Int = 0
    ) throws -> (hits: [SearchHit], total: Int) {
        try search(query, limit: limit, from: from, fewRanked: Self.fewRanked)
    }

    package func search(
        _ query: SearchQuery, limit: Int, from: Int = 0, fewRanked: Int
    ) throws -> (hits: [SearchHit], total: Int) {
        let (captures, total) = try read { db in
            // Looked up once: for the beginning of a word that is the longest part, because its rows are gathered from all words first.
            let newest = try Int64.fetchAll(
                db.cachedStatement(sql: "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ?"),
                arguments: [query.match, max(fewRanked, Self.mostRanked) + 1])
            let isFrequent = newest.count > fewRanked
            var arguments: StatementArguments = ["match": query.match, "limit": max(1, limit), "from": max(0, from)]
            if isFrequent {
                let rows = newest.prefix(Self.mostRanked).map(String.init).joined(separator: ",")
                arguments += ["newest": "[\(rows)]"]
            }
            let found = try Row.fetchAll(
                db.cachedStatement(sql: Self.selection(isFrequent ? Self.latest : Self.ranked)), arguments: arguments)
            let captures = try found.map { row in try row.decode(String.self, forColumn: "capture") }
            return (captures, try found.first?.decode(Int.self, forColumn: "total") ?? 0)
        }
        let hits = try Cores.map(captures.count) { place, worker in
            try self.hit(captures[place], query, worker: worker)
        }
        return (hits.compactMap(\.self), total)
    }

    /// Revisions and scores, the lowest best.
    private static let ranked = """
        SELECT rowid AS id, bm25(texts, 5.0, 1.0) AS score FROM texts
        WHERE texts MATCH :match ORDER BY score LIMIT \(mostRanked)
        """

    private static let latest = """
        SELECT id, MIN(score) AS score FROM (
            SELECT id, 0 AS score FROM (SELECT rowid AS id FROM headlines WHERE headlines MATCH :match
                ORDER BY rowid DESC LIMIT \(mostRanked / 2))
            UNION ALL SELECT value, 1 FROM json_each(:newest)) GROUP BY id
        """

    private static func selection(_ found: String) -> String {
        """
        WITH found AS MATERIALIZED (\(found)),
        best AS (SELECT article, MAX(at) AS at, MIN(score) AS score FROM found
            JOIN revisions ON revisions.id = found.id GROUP BY article),
        page AS (SELECT *, COUNT(*) OVER () AS total FROM best ORDER BY score, at DESC, article LIMIT :limit OFFSET :from)
        SELECT total, (SELECT capture FROM revisions WHERE article = page.article AND at = page.at
            AND id IN (SELECT id FROM found)) AS capture FROM page ORDER BY score, at DESC, article
        """
    }

    private func hit(_ capture: String, _ query: SearchQuery, worker: Int) throws -> SearchHit? {
        guard let name = CaptureName(capture), let found = try archive.capture(name)
        else { return nil }
        let revision = try revision(of: found.capture, worker: worker)
        return SearchHit(
            article: found.article.key, articleName: found.article.name, capture: found.capture.name,
            capturedAt: found.capture.capturedAt, headline: revision?.headline,
            snippet: Snippet(query, in: revision?.blocks.map(\.text) ?? []).pieces)
    }
}

/// The part of a text that shows best why it was found.
struct Snippet {
    let pieces: [(text: String, isMatch: Bool)]

    /// Characters to either side of the first match.
    private static let reach = 90

    init(_ query: SearchQuery, in blocks: [String]) {
        var best: (text: String, ranges: [Range<String.Index>])?
        var most = 0
        for block in blocks {
            let worth = Self.worth(query, of: SearchText.words(block))
            guard worth > most else { continue }
            most = worth
            best = (block, Self.matches(query, in: block))
        }
        guard let (text, ranges) = best ?? blocks.first.map({ ($0, []) }) else {
            pieces = []
            return
        }
        pieces = Self.cut(text, ranges)
    }

    /// How much of what is asked for stands in a block: whole phrases, then the words of others.
    private static func worth(_ query: SearchQuery, of words: [String]) -> Int {
        let held = Set(words)
        return query.parts.reduce(0) { sum, part in
            let isWhole = words.indices.contains { words[$0...].starts(with: part.words) }
            let single = part.words.count { held.contains($0) }
            let begins = part.isPrefix && part.words.last.map { last in words.contains { $0.hasPrefix(last) } } == true
            return sum + single + (isWhole || begins ? 100 : 0)
        }
    }

    /// Words of the text that the query asks for.
    private static func matches(_ query: SearchQuery, in text: String) -> [Range<String.Index>] {
        let wanted = Set(query.parts.flatMap(\.words))
        let beginnings = query.parts.filter(\.isPrefix).compactMap(\.words.last)
        var found: [Range<String.Index>] = []
        var at = text.startIndex
        while at < text.endIndex {
            guard text[at].isLetter || text[at].isNumber else {
                at = text.index(after: at)
                continue
            }
            let end = text[at...].firstIndex { !($0.isLetter || $0.isNumber) } ?? text.endIndex
            let words = SearchText.words(String(text[at..<end]))
            if words.count == 1 {
                if wanted.contains(words[0]) || beginnings.contains(where: words[0].hasPrefix) {
                    found.append(at..<end)
                }
            } else {
                // Scripts without spaces: character by character.
                var place = at
                while place < end {
                    let next = text.index(after: place)
                    if SearchText.words(String(text[place])).allSatisfy(wanted.contains) { found.append(place..<next) }
                    place = next
                }
            }
            at = end
        }
        return found
    }

    private static func cut(_ text: String, _ ranges: [Range<String.Index>]) -> [(text: String, isMatch: Bool)] {
        let center = ranges.first?.lowerBound ?? text.startIndex
        let start = text.index(center, offsetBy: -reach / 2, limitedBy: text.startIndex) ?? text.startIndex
        let end = text.index(center, offsetBy: reach * 3 / 2, limitedBy: text.endIndex) ?? text.endIndex
        var pieces: [(text: String, isMatch: Bool)] = []
        if start > text.startIndex { pieces.append(("…", false)) }
        var at = start
        for range in ranges where range.lowerBound >= at && range.upperBound <= end {
            if range.lowerBound > at { pieces.append((String(text[at..<range.lowerBound]), false)) }
            pieces.append((String(text[range]), true))
            at = range.upperBound
        }
        if at < end { pieces.append((String(text[at..<end]), false)) }
        if end < text.endIndex { pieces.append(("…", false)) }
        return pieces
    }
}
