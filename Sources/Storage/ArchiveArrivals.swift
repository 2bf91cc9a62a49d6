internal import Foundation
internal import GRDB
package import Models

/// What came into the catalog since somebody last looked: how indexes over the archive keep up without reading it all again.
///
/// Places are rows of the catalog. They begin anew when it is rebuilt: who keeps a place keeps the `CatalogPlace`, too.
extension Archive {
    /// A place in the order in which captures were entered into this catalog.
    public struct CatalogPlace: Hashable, Sendable, Codable {
        public let row: Int64
        /// The capture entered there; another one means that the catalog was rebuilt.
        public let capture: String

        public init(row: Int64, capture: String) {
            self.row = row
            self.capture = capture
        }

        /// Before all captures.
        public static let start = CatalogPlace(row: 0, capture: "")
    }

    /// The place of the latest capture.
    public func place() throws(ArchiveError) -> CatalogPlace {
        let row = try catalog.read { db in try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM captures") }
        guard let row else { return .start }
        return try place(row)
    }

    /// The place of the latest capture entered before `row`.
    package func place(before row: Int64) throws(ArchiveError) -> CatalogPlace {
        let row = try catalog.read { db in
            let find = try db.cachedStatement(sql: "SELECT MAX(id) FROM captures WHERE id < ?")
            return try Int64.fetchOne(find, arguments: [row])
        }
        guard let row else { return .start }
        return try place(row)
    }

    private func place(_ row: Int64) throws(ArchiveError) -> CatalogPlace {
        let name = try catalog.read { db in
            let find = try db.cachedStatement(
                sql: "SELECT origin, idx FROM captures JOIN logs ON logs.id = log WHERE captures.id = ?")
            return try Row.fetchOne(find, arguments: [row]).map { row in
                CaptureName(
                    origin: OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                    index: (try row.natural("idx")))
            }
        }
        return CatalogPlace(row: row, capture: name?.description ?? "")
    }

    /// `place` while it is one of this catalog, else the start.
    package func known(_ place: CatalogPlace) throws(ArchiveError) -> CatalogPlace {
        guard place.row > 0 else { return .start }
        return try self.place(place.row) == place ? place : .start
    }

    /// The captures of an article that are not earlier than the earliest that was entered after a place, in their order; and
    /// the one before them.
    ///
    /// What an article's older captures show does not depend on them.
    package func arrivals(
        of article: ArticleIdentity, after place: CatalogPlace
    ) throws(ArchiveError) -> (before: HistoryCapture?, captures: [HistoryCapture]) {
        guard place.row > 0 else {
            return (nil, try captures(where: "captures.article = ? AND \(Catalog.isReceived)", [article.row]))
        }
        let earliest = try catalog.read { db in
            let find = try db.cachedStatement(
                sql: "SELECT MIN(capturedAt) FROM captures WHERE article = ? AND id > ? AND \(Catalog.isReceived)")
            return try Int64.fetchOne(find, arguments: [article.row, place.row])
        }
        guard let earliest else { return (nil, []) }
        let arrived = try captures(
            where: "captures.article = ? AND capturedAt >= ? AND \(Catalog.isReceived)", [article.row, earliest])
        let before = try captures(
            where: """
                captures.id = (SELECT c.id FROM captures AS c JOIN logs AS l ON l.id = c.log
                    WHERE c.article = ? AND c.revision IS NOT (SELECT id FROM revisions WHERE hash = x'\(ObjectID.ofNothing)')
                        AND c.capturedAt = (SELECT MAX(capturedAt) FROM captures
                            WHERE article = ? AND capturedAt < ? AND \(Catalog.isReceived))
                    ORDER BY c.recordedAt DESC, l.origin DESC, c.idx DESC LIMIT 1)
                """, [article.row, article.row, earliest])
        return (before.first, arrived)
    }

    /// Some capture of an article that shows a revision.
    package func capture(
        of article: ArticleIdentity, showing revision: ObjectID
    ) throws(ArchiveError) -> HistoryCapture? {
        try captures(
            where: """
                captures.id = (SELECT MIN(c.id) FROM captures AS c WHERE c.article = ?
                    AND c.revision = (SELECT id FROM revisions WHERE hash = ?))
                """, [article.row, revision.data]
        ).first
    }

    /// Whether something captured at a time stands before captures of the article that were entered earlier.
    package func isLate(
        _ capturedAt: Timestamp, recordedAt: Timestamp, of article: ArticleIdentity, enteredAt row: Int64
    ) throws(ArchiveError) -> Bool {
        let latest = try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT capturedAt, recordedAt FROM captures WHERE article = ? AND id < ?
                    ORDER BY capturedAt DESC, recordedAt DESC LIMIT 1
                    """)
            return try Row.fetchOne(find, arguments: [article.row, row]).map { row -> (Int64, Int64) in
                (try row.decode(forColumn: "capturedAt"), try row.decode(forColumn: "recordedAt"))
            }
        }
        guard let latest else { return false }
        return latest >= (capturedAt.milliseconds, recordedAt.milliseconds)
    }

    /// Articles with captures entered after a place, and whether each was seen in more than one revision.
    package func identities(
        after place: CatalogPlace
    ) throws(ArchiveError) -> [(article: ArticleIdentity, isMoved: Bool)] {
        try catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT articles.id AS id, articles.key AS key, logs.origin AS origin,
                        EXISTS (SELECT 1 FROM captures AS a WHERE a.article = articles.id AND a.revision != (
                            SELECT b.revision FROM captures AS b WHERE b.article = articles.id LIMIT 1)) AS isMoved
                    FROM articles LEFT JOIN logs ON logs.id = scope
                    WHERE articles.id IN (SELECT article FROM captures WHERE id > ?) ORDER BY articles.key, origin
                    """, arguments: [place.row]
            ).map { row in
                let origin: Data? = try row.decode(forColumn: "origin")
                return (
                    ArticleIdentity(
                        key: ArticleKey(stored: (try row.decode(forColumn: "key"))),
                        scope: try origin.map { OriginID(try ObjectID(catalog: $0)) },
                        row: (try row.decode(forColumn: "id"))), (try row.decode(forColumn: "isMoved"))
                )
            }
        }
    }

    /// For each revision of an article first entered in the next rows after a place, its capture; with the place up to which
    /// was looked.
    package func firstSights(after place: CatalogPlace, rows: Int) throws(ArchiveError) -> (
        sights: [(article: ArticleSummary, capture: HistoryCapture)], next: CatalogPlace
    ) {
        let last = try catalog.read { db in
            try Int64.fetchOne(
                db, sql: "SELECT MAX(id) FROM (SELECT id FROM captures WHERE id > ? ORDER BY id LIMIT ?)",
                arguments: [place.row, rows])
        }
        guard let last else { return ([], place) }
        let condition = """
            captures.id > ? AND captures.id <= ? AND NOT EXISTS (SELECT 1 FROM captures AS earlier
                WHERE earlier.article = captures.article AND earlier.revision = captures.revision AND earlier.id < captures.id)
            """
        let found = try captures(where: condition, [place.row, last])
        let owners = try catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT logs.origin AS origin, idx, article FROM captures JOIN logs ON logs.id = log
                    WHERE captures.id > ? AND captures.id <= ?
                    """, arguments: [place.row, last]
            ).map { row in
                (
                    CaptureName(
                        origin: OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                        index: (try row.natural("idx"))),
                    (try row.decode(forColumn: "article")) as Int64
                )
            }
        }
        let articleOf = Dictionary(owners) { first, _ in first }
        let articles = try articles(
            where: "articles.id IN (SELECT article FROM captures WHERE id > ? AND id <= ?)", [place.row, last])
        let byRow = Dictionary(articles.map { ($0.row, $0) }) { first, _ in first }
        let sights = found.compactMap { capture in
            articleOf[capture.name].flatMap { byRow[$0] }.map { (article: $0, capture: capture) }
        }
        return (sights, try self.place(last))
    }

}
