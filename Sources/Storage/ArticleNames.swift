internal import Foundation
internal import GRDB
public import Models

extension ArticleSummary {
    /// Unique in an archive: the key; for a file, whose path means something only within one origin, `ORIGIN/KEY`.
    public var name: String { identity.name }
}

extension ArticleIdentity {
    /// See `ArticleSummary.name`.
    package var name: String { scope.map { "\($0)/\(key)" } ?? key.description }
}

/// Finding one article or capture among very many: each question costs about as much in a large archive as in a small one.
extension Archive {
    /// The article of exactly that name (see `ArticleSummary.name`); nil when there is none.
    public func article(named name: String) throws(ArchiveError) -> ArticleSummary? {
        guard let identity = try identity(named: name) else { return nil }
        return try articles(where: "articles.id = ?", [identity.row]).first
    }

    /// Without looking at the article's captures.
    package func identity(named name: String) throws(ArchiveError) -> ArticleIdentity? {
        if let (origin, key) = Self.scoped(name), let found = try identity(of: key, in: origin) { return found }
        return try identity(of: ArticleKey(stored: name))
    }

    private func identity(of key: ArticleKey, in origin: OriginID) throws(ArchiveError) -> ArticleIdentity? {
        let row = try catalog.read { db in
            let find = try db.cachedStatement(
                sql: "SELECT id FROM articles WHERE scope = (SELECT id FROM logs WHERE origin = ?) AND key = ?")
            return try Int64.fetchOne(find, arguments: [origin.id.data, key.description])
        }
        return row.map { ArticleIdentity(key: key, scope: origin, row: $0) }
    }

    /// The parts of a file's name; nil for any other.
    private static func scoped(_ name: String) -> (origin: OriginID, key: ArticleKey)? {
        guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")), let origin = OriginID(String(name[..<slash]))
        else { return nil }
        let key = ArticleKey(stored: String(name[name.utf8.index(after: slash)...]))
        return key.isFile ? (origin, key) : nil
    }

    /// The capture of an article that was made at a time, or nearest to it; the earlier of two that are equally near. Nil when
    /// nothing was ever received for the article: what was not received is passed over.
    public func capture(
        of article: ArticleSummary, nearest time: Timestamp
    ) throws(ArchiveError) -> HistoryCapture? {
        let before = try neighbour(
            of: article, "capturedAt <= ?", time, order: "capturedAt DESC, recordedAt DESC, id DESC")
        if before?.capturedAt == time { return before }
        let after = try neighbour(of: article, "capturedAt > ?", time, order: "capturedAt, recordedAt, id")
        guard let before, let after else { return before ?? after }
        let (past, future) = (
            time.milliseconds - before.capturedAt.milliseconds, after.capturedAt.milliseconds - time.milliseconds
        )
        return past <= future ? before : after
    }

    /// The article's first capture by which something was received.
    public func firstCapture(of article: ArticleSummary) throws(ArchiveError) -> HistoryCapture? {
        try neighbour(
            of: article, "capturedAt >= ?", article.firstCapturedAt, order: "capturedAt, recordedAt, id")
    }

    /// The article's last capture by which something was received.
    public func lastCapture(of article: ArticleSummary) throws(ArchiveError) -> HistoryCapture? {
        try neighbour(
            of: article, "capturedAt >= ?", article.firstCapturedAt,
            order: "capturedAt DESC, recordedAt DESC, id DESC")
    }

    /// The first capture of an article that fits, in an order.
    private func neighbour(
        of article: ArticleSummary, _ condition: String, _ time: Timestamp, order: String
    ) throws(ArchiveError) -> HistoryCapture? {
        let row = try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT id FROM captures WHERE article = ? AND \(condition) AND \(Catalog.isReceived)
                    ORDER BY \(order) LIMIT 1
                    """)
            return try Int64.fetchOne(find, arguments: [article.row, time.milliseconds])
        }
        guard let row else { return nil }
        return try captures(where: "captures.id = ?", [row]).first
    }
}

/// What the catalog knows of an article's captures, up to one of them.
package struct CaptureTally: Hashable, Sendable {
    package let captures: Int
    package let first: Timestamp
    package let last: Timestamp
    /// When something was last received; nil when nothing ever was.
    package let received: Timestamp?
    /// Of what was last received.
    package let headline: String?
    package let language: String?
}

extension ArticleIdentity {
    /// In the catalog. Another article's when that was made anew.
    package var catalogRow: Int64 { row }
}

extension Archive {
    /// Counts the captures of articles that were entered up to a place; nil for those without.
    package func tallies(
        of articles: [ArticleIdentity], until place: CatalogPlace
    ) throws(ArchiveError) -> [CaptureTally?] {
        try catalog.read { db in
            let count = try db.cachedStatement(
                sql: """
                    SELECT COUNT(*), MIN(capturedAt), MAX(capturedAt) FROM captures WHERE article = ? AND id <= ?
                    """)
            let latest = try db.cachedStatement(
                sql: """
                    SELECT headline, language, at FROM revisions JOIN (
                        SELECT revision, capturedAt AS at FROM captures
                        WHERE article = ? AND id <= ? AND \(Catalog.isReceived)
                        ORDER BY capturedAt DESC, recordedAt DESC, id DESC LIMIT 1) ON revisions.id = revision
                    """)
            return try articles.map { article in
                guard let row = try Row.fetchOne(count, arguments: [article.row, place.row]),
                    let first = ((try row.decode(atIndex: 1)) as Int64?).flatMap({ Timestamp(milliseconds: $0) }),
                    let last = ((try row.decode(atIndex: 2)) as Int64?).flatMap({ Timestamp(milliseconds: $0) })
                else { return nil }
                let captures: Int = try row.decode(atIndex: 0)
                let head = try Row.fetchOne(latest, arguments: [article.row, place.row])
                return CaptureTally(
                    captures: captures, first: first, last: last,
                    received: try head.flatMap { Timestamp(milliseconds: try $0.decode(forColumn: "at")) },
                    headline: try head?.decode(forColumn: "headline"),
                    language: try head?.decode(forColumn: "language"))
            }
        }
    }
}
