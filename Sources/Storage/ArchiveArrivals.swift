internal import GRDB
internal import Models

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

    private func place(_ row: Int64) throws(ArchiveError) -> CatalogPlace {
        let found = try captures(where: "captures.id = ?", [row]).first
        return CatalogPlace(row: row, capture: found?.name.description ?? "")
    }

    /// `place` while it is one of this catalog, else the start.
    package func known(_ place: CatalogPlace) throws(ArchiveError) -> CatalogPlace {
        guard place.row > 0 else { return .start }
        return try self.place(place.row) == place ? place : .start
    }

    /// Articles with captures entered after a place.
    package func articles(after place: CatalogPlace) throws(ArchiveError) -> [ArticleSummary] {
        try articles(where: "articles.id IN (SELECT article FROM captures WHERE id > ?)", [place.row])
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
                    CaptureName(origin: OriginID(try ObjectID(catalog: row["origin"])), index: row["idx"]),
                    row["article"] as Int64
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

    /// Some articles of a site, those captured last first.
    package func articles(ofSite site: String, limit: Int) throws(ArchiveError) -> [ArticleSummary] {
        try articles(
            where: """
                articles.id IN (SELECT article FROM captures JOIN articles AS a ON a.id = article WHERE a.site = ?
                    GROUP BY article ORDER BY MAX(captures.id) DESC LIMIT ?)
                """, [site, limit])
    }
}
