internal import Foundation
internal import GRDB
package import Models

extension Archive {
    /// All articles, by key.
    public func articles() throws(ArchiveError) -> [ArticleSummary] { try articles(where: "1", []) }

    func articles(where condition: String, _ arguments: StatementArguments) throws(ArchiveError)
        -> [ArticleSummary]
    {
        try catalog.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT articles.id AS id, articles.key AS key, scope, logs.origin AS origin, COUNT(*) AS captures,
                        COUNT(DISTINCT CASE WHEN \(Catalog.isReceived) THEN revision END) AS revisions,
                         MIN(capturedAt) AS first, MAX(capturedAt) AS last
                    FROM articles JOIN captures ON article = articles.id LEFT JOIN logs ON logs.id = scope
                    WHERE \(condition) GROUP BY articles.id ORDER BY articles.key, origin
                    """, arguments: arguments)
            let latest = try db.cachedStatement(
                sql: """
                    SELECT headline, publisher, published FROM captures JOIN revisions ON revisions.id = revision
                    WHERE captures.id = COALESCE(
                        (SELECT id FROM captures WHERE article = ?1 AND \(Catalog.isReceived)
                            ORDER BY capturedAt DESC, recordedAt DESC, id DESC LIMIT 1),
                        (SELECT id FROM captures WHERE article = ?1
                            ORDER BY capturedAt DESC, recordedAt DESC, id DESC LIMIT 1))
                    """)
            return try rows.map { row in
                let head = try Row.fetchOne(latest, arguments: [(try row.decode(forColumn: "id")) as Int64])
                guard let first = Timestamp(milliseconds: (try row.decode(forColumn: "first"))),
                    let last = Timestamp(milliseconds: (try row.decode(forColumn: "last")))
                else {
                    throw ArchiveError.catalog("times of an article")
                }
                let origin: Data? = try row.decode(forColumn: "origin")
                return ArticleSummary(
                    headline: head?["headline"], publisher: head?["publisher"], published: head?["published"],
                    captures: (try row.decode(forColumn: "captures")),
                    revisions: (try row.decode(forColumn: "revisions")), firstCapturedAt: first,
                    lastCapturedAt: last,
                    identity: ArticleIdentity(
                        key: ArticleKey(stored: (try row.decode(forColumn: "key"))),
                        scope: try origin.map { OriginID(try ObjectID(catalog: $0)) },
                        row: (try row.decode(forColumn: "id"))))
            }
        }
    }

    /// The web page with a key; nil when there is none.
    package func identity(of key: ArticleKey) throws(ArchiveError) -> ArticleIdentity? {
        let row = try catalog.read { db in
            try Int64.fetchOne(
                db, sql: "SELECT id FROM articles WHERE key = ? AND scope = 0", arguments: [key.description])
        }
        return row.map { ArticleIdentity(key: key, scope: nil, row: $0) }
    }

    /// The one article that `text` means: a key, a URL, or an unambiguous part of either. `ORIGIN/file:PATH` names a file of one
    /// origin where several have the same path.
    public func article(_ text: String) throws(ArchiveError) -> ArticleSummary {
        let wanted = ArticleKey(url: text)?.description ?? text
        let exact = try articles(where: Self.hasKey, [wanted])
        if exact.count == 1 { return exact[0] }
        let (prefix, rest) = Self.scope(of: text)
        if let prefix {
            let scoped = try articles(where: Self.hasKey, [rest]).filter {
                $0.scope?.description.hasPrefix(prefix) == true
            }
            if scoped.count == 1 { return scoped[0] }
        }
        let close = exact.isEmpty ? try articles(where: "instr(lower(articles.key), lower(?)) > 0", [wanted]) : exact
        if close.count == 1 { return close[0] }
        guard !close.isEmpty else { throw .noSuchArticle(text) }
        throw .ambiguousArticle(
            text,
            close.map { $0.scope.map { "\($0.short)/" } ?? "" }.enumerated().map { $1 + close[$0].key.description })
    }

    /// In the words of the catalog's index, which has articles by scope first.
    private static let hasKey = "articles.scope IN (SELECT 0 UNION ALL SELECT id FROM logs) AND articles.key = ?"

    private static func scope(of text: String) -> (prefix: String?, key: String) {
        guard let range = text.range(of: "/file:") else { return (nil, text) }
        return (String(text[..<range.lowerBound]), String(text[text.index(after: range.lowerBound)...]))
    }

    /// The states of an article, oldest first.
    public func history(of article: ArticleSummary) throws(ArchiveError) -> [HistoryState] {
        try history(of: article.identity)
    }

    package func history(of article: ArticleIdentity) throws(ArchiveError) -> [HistoryState] {
        let captures = try captures(where: "captures.article = ?", [article.row]).filter(\.isReceived)
        var groups: [[HistoryCapture]] = []
        for capture in captures {
            if let last = groups.last, last[0].revision == capture.revision {
                groups[groups.count - 1].append(capture)
            } else {
                groups.append([capture])
            }
        }
        var firstSeen: [ObjectID: Int] = [:]
        return groups.enumerated().map { index, group in
            let number = index + 1
            let earlier = firstSeen[group[0].revision]
            firstSeen[group[0].revision] = earlier ?? number
            return HistoryState(
                number: number, revision: group[0].revision, headline: group[0].headline, captures: group,
                revertsTo: earlier)
        }
    }

    /// The captures of an article by which nothing was received, and why, oldest first.
    public func unreceived(of article: ArticleSummary) throws(ArchiveError) -> [(
        capture: HistoryCapture, outcome: String
    )] {
        let condition = "captures.article = ? AND NOT \(Catalog.isReceived)"
        var found: [(capture: HistoryCapture, outcome: String)] = []
        for capture in try captures(where: condition, [article.row]) {
            found.append((capture, try detail(of: capture, worker: 0).outcome))
        }
        return found
    }

    /// Captures in order of `capturedAt`; ties by when they were recorded, then by name, so that every machine agrees.
    ///
    /// - Parameters:
    ///   - condition: one of few, without values in it: the statement is kept.
    ///   - latestFirst: the other way round.
    ///   - limit: one of few; nil for all.
    func captures(
        where condition: String, _ arguments: StatementArguments, latestFirst: Bool = false, limit: Int? = nil
    ) throws(ArchiveError) -> [HistoryCapture] {
        let order = ["capturedAt", "captures.recordedAt", "origin", "captures.idx"]
            .map { $0 + (latestFirst ? " DESC" : "") }.joined(separator: ", ")
        let limited = limit.map { " LIMIT \($0)" } ?? ""
        return try captures(sql: "WHERE \(condition) ORDER BY \(order)\(limited)", arguments)
    }

    private func captures(sql rest: String, _ arguments: StatementArguments) throws(ArchiveError) -> [HistoryCapture] {
        try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT captures.*, logs.origin AS origin, revisions.hash AS hash, revisions.headline AS headline,
                        records.detail AS detail
                    FROM captures JOIN revisions ON revisions.id = revision JOIN logs ON logs.id = captures.log
                    JOIN records ON records.log = captures.log AND records.idx = captures.idx
                    \(rest)
                    """)
            return try Row.fetchAll(find, arguments: arguments).map { row in
                guard let captured = Timestamp(milliseconds: (try row.decode(forColumn: "capturedAt"))),
                    let recorded = Timestamp(milliseconds: (try row.decode(forColumn: "recordedAt")))
                else { throw ArchiveError.catalog("times of a capture") }
                return HistoryCapture(
                    origin: OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                    index: (try row.natural("idx")), capturedAt: captured,
                    recordedAt: recorded, payload: try ObjectID(catalog: (try row.decode(forColumn: "payload"))),
                    size: (try row.natural("size")),
                    mediaType: (try row.decode(forColumn: "mediaType")),
                    revision: try ObjectID(catalog: (try row.decode(forColumn: "hash"))),
                    headline: (try row.decode(forColumn: "headline")),
                    detail: try ObjectID(catalog: (try row.decode(forColumn: "detail"))),
                    row: (try row.decode(forColumn: "id")))
            }
        }
    }

    /// The capture of that name, with its article; nil when there is none.
    package func capture(_ name: CaptureName) throws(ArchiveError) -> (
        article: ArticleSummary, capture: HistoryCapture
    )? {
        let origins = try catalog.read { db in
            try Data.fetchAll(db, sql: "SELECT origin FROM logs").map { OriginID(try ObjectID(catalog: $0)) }
        }.filter { $0.description.hasPrefix(name.originPrefix) }
        guard origins.count == 1 else { return nil }
        let found = try captures(where: "logs.origin = ? AND captures.idx = ?", [origins[0].id.data, name.index])
        guard let capture = found.first else { return nil }
        let key = try catalog.read { db in
            try Int64.fetchOne(
                db, sql: "SELECT article FROM captures JOIN logs ON logs.id = log WHERE origin = ? AND idx = ?",
                arguments: [origins[0].id.data, name.index])
        }
        return try articles(where: "articles.id = ?", [key]).first.map { ($0, capture) }
    }

    /// What a capture's payload says, read anew: text is never stored, because it can always be computed.
    public func interpretation(of capture: HistoryCapture) throws(ArchiveError) -> Interpretation {
        try interpretation(of: capture, worker: 0)
    }

    /// - Parameter worker: of `Cores`: several read side by side.
    package func interpretation(of capture: HistoryCapture, worker: Int) throws(ArchiveError) -> Interpretation {
        let detail = try detail(of: capture, worker: worker)
        guard capture.size <= interpreter.largestText else { return interpreter.interpret(detail, nil) }
        return interpreter.interpret(detail, try read(capture.payload, with: readers[worker]))
    }

    /// A capture's signed detail.
    package func detail(of capture: HistoryCapture, worker: Int) throws(ArchiveError) -> CaptureDetail {
        guard let detail = try detail(capture.detail, with: readers[worker]).captured else {
            throw .noSuchCapture("\(capture.name)")
        }
        return detail
    }

    func detail(_ id: ObjectID, with reader: FrameReader) throws(ArchiveError) -> Detail {
        let bytes = try read(id, with: reader)
        do { return try Detail(parsing: bytes) } catch { throw .format(error) }
    }
}

extension Archive {
    /// Captures at this time of any article of a site (and perhaps of others whose names begin alike), for who knows the address and not the article.
    package func captures(ofSite site: String, at time: Timestamp) throws(ArchiveError) -> [HistoryCapture] {
        // The catalog finds keys in order: those of the site begin with it, and so may a few of others.
        try captures(
            where: """
                captures.article IN (SELECT id FROM articles WHERE scope = 0 AND key >= ? AND key < ?) AND captures.capturedAt = ?
                """, [site, "\(site)@", time.milliseconds])
    }

    /// The capture of this payload at this time and address, with its article's key; nil when there is none.
    package func capture(
        of payload: ObjectID, at time: Timestamp, url: String?
    ) throws(ArchiveError) -> (article: ArticleKey, capture: HistoryCapture)? {
        let found = try captures(
            where: "captures.payload = ? AND captures.capturedAt = ?", [payload.data, time.milliseconds])
        for capture in found where try detail(of: capture, worker: 0).url == url {
            let key = try catalog.read { db in
                try String.fetchOne(
                    db,
                    sql:
                        "SELECT key FROM articles JOIN captures ON captures.article = articles.id WHERE captures.id = ?",
                    arguments: [capture.row])
            }
            if let key { return (ArticleKey(stored: key), capture) }
        }
        return nil
    }
}
