internal import Foundation
internal import GRDB
package import Models

/// Reading many captures in the order in which people think of them: article by article, each by time.
extension Archive {
    /// The articles with captures that fit, by key.
    package func articles(fitting selection: Selection?) throws(ArchiveError) -> [ArticleIdentity] {
        try catalog.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT articles.id AS id, articles.key AS key, site, logs.origin AS origin,
                        (SELECT MAX(capturedAt) FROM captures WHERE article = articles.id) AS last
                    FROM articles LEFT JOIN logs ON logs.id = scope
                    WHERE EXISTS (SELECT 1 FROM captures WHERE article = articles.id) ORDER BY articles.key, logs.origin
                    """)
            var found: [ArticleIdentity] = []
            while let row = try rows.next() {
                let key: String = try row.decode(forColumn: "key")
                let site: String = try row.decode(forColumn: "site")
                guard selection?.fits(key: key, site: site, capturedAt: try row.decode(forColumn: "last")) ?? true
                else {
                    continue
                }
                let origin: Data? = try row.decode(forColumn: "origin")
                found.append(
                    ArticleIdentity(
                        key: ArticleKey(stored: key), scope: try origin.map { OriginID(try ObjectID(catalog: $0)) },
                        row: (try row.decode(forColumn: "id"))))
            }
            return found
        }
    }

    /// Those of an article that fit, in order of `capturedAt`.
    package func captures(
        of article: ArticleIdentity, since time: Timestamp?
    ) throws(ArchiveError) -> [HistoryCapture] {
        guard let time else { return try captures(where: "captures.article = ?", [article.row]) }
        return try captures(
            where: "captures.article = ? AND captures.capturedAt >= ?", [article.row, time.milliseconds])
    }

    /// Captures that the logs name and whose content is not here: withdrawn, or left out when they came.
    package func capturesWithoutContent() throws(ArchiveError) -> Int {
        try catalog.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) FROM records LEFT JOIN captures ON captures.log = records.log AND captures.idx = records.idx
                    WHERE records.kind = 'capture' AND captures.id IS NULL
                    """) ?? 0
        }
    }

    /// When the latest capture was recorded; nil when there is none.
    package func lastRecorded() throws(ArchiveError) -> Timestamp? {
        try catalog.read { db in
            try Int64.fetchOne(db, sql: "SELECT MAX(recordedAt) FROM captures").flatMap { Timestamp(milliseconds: $0) }
        }
    }

    /// The object's bytes, verified.
    ///
    /// - Parameter worker: of `Cores`: several read side by side.
    package func read(_ id: ObjectID, worker: Int) throws(ArchiveError) -> [UInt8] {
        try read(id, with: readers[worker])
    }

    /// Hands out a large object's bytes in parts; they are known to be right only when this returns.
    package func stream(
        _ id: ObjectID, worker: Int, to body: ([UInt8]) throws -> Void
    ) throws(ArchiveError) {
        try stream(id, with: readers[worker], to: body)
    }
}
