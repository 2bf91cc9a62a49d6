internal import Foundation
internal import GRDB
internal import Models

/// What an archive holds, and what it takes.
public struct Statistics: Hashable, Sendable {
    public struct Site: Hashable, Sendable {
        public let site: String
        public let articles: Int
        public let captures: Int
        /// Bytes of all captures as they were received.
        public let rawBytes: Int
    }
    public let articles: Int
    public let captures: Int
    public let revisions: Int
    public let objects: Int
    public let packs: Int
    /// Bytes of the packs.
    public let storedBytes: Int
    public let catalogBytes: Int
    /// Bytes of all captures as they were received, equal ones counted as often as they were captured.
    public let rawBytes: Int
    public let sites: [Site]
}

extension Archive {
    public func statistics() throws(ArchiveError) -> Statistics {
        let catalogBytes = try fileErrors { () throws(FileError) in
            var bytes = try Files.size(path + "/catalog.sqlite")
            let log = path + "/catalog.sqlite-wal"
            if Files.exists(log) { bytes += try Files.size(log) }
            return bytes
        }
        return try catalog.read { db in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            let sites = try Row.fetchAll(
                db,
                sql: """
                    SELECT site, COUNT(DISTINCT article) AS articles, COUNT(*) AS captures, SUM(size) AS raw
                    FROM captures JOIN articles ON articles.id = article GROUP BY site ORDER BY raw DESC, site
                    """
            ).map {
                Statistics.Site(
                    site: $0["site"], articles: $0["articles"], captures: $0["captures"], rawBytes: $0["raw"])
            }
            return Statistics(
                articles: try count("SELECT COUNT(*) FROM articles"),
                captures: try count("SELECT COUNT(*) FROM captures"),
                revisions: try count("SELECT COUNT(*) FROM revisions"),
                objects: try count("SELECT COUNT(*) FROM objects"),
                packs: try count("SELECT COUNT(*) FROM packs"), storedBytes: try count("SELECT SUM(bytes) FROM packs"),
                catalogBytes: catalogBytes, rawBytes: try count("SELECT SUM(size) FROM captures"), sites: sites)
        }
    }
}
