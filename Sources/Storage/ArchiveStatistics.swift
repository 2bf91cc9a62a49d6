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
        /// Bytes of the frames that hold them.
        public let storedBytes: Int
    }
    public let articles: Int
    public let captures: Int
    public let revisions: Int
    public let objects: Int
    public let packs: Int
    /// Bytes of the packs.
    public let storedBytes: Int
    public let catalogBytes: Int
    /// Bundles beside the packs: a second copy of what snapshots cover.
    public let bundles: Int
    public let bundleBytes: Int
    /// Bytes of all captures as they were received, equal ones counted as often as they were captured.
    public let rawBytes: Int
    public let sites: [Site]
    /// The most bytes of content that would be lost with one frame.
    public let largestFamily: Int
    /// The captures whose pages would be lost with that frame.
    public let largestFamilyCaptures: Int
    /// The most frames, and bytes of content, to decode in order to read one object.
    public let longestChain: Int
    public let largestReach: Int
}

extension Archive {
    public func statistics() throws(ArchiveError) -> Statistics {
        let catalogBytes = try fileErrors { () throws(FileError) in
            var bytes = try Files.size(path + "/catalog.sqlite")
            let log = path + "/catalog.sqlite-wal"
            if Files.exists(log) { bytes += try Files.size(log) }
            return bytes
        }
        let bundleBytes = try fileErrors { () throws(FileError) in
            let names = try Files.names(in: bundlesFolder).filter { $0.hasSuffix(".tar.zst") }
            var sizes: [Int] = []
            for name in names { sizes.append(try Files.size("\(bundlesFolder)/\(name)")) }
            return sizes
        }
        return try catalog.read { db in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            let sites = try Row.fetchAll(
                db,
                sql: """
                    WITH stored AS (SELECT site, SUM(storedLength + headerLength) AS bytes FROM (
                        SELECT DISTINCT frames.id, site, storedLength, headerLength FROM captures
                        JOIN articles ON articles.id = article JOIN objects ON objects.id = payload
                        JOIN frames ON frames.id = frame) GROUP BY site)
                    SELECT articles.site AS site, COUNT(DISTINCT article) AS articles, COUNT(*) AS captures,
                        SUM(size) AS raw, ifnull(bytes, 0) AS stored
                    FROM captures JOIN articles ON articles.id = article LEFT JOIN stored ON stored.site = articles.site
                    GROUP BY articles.site ORDER BY raw DESC, articles.site
                    """
            ).map {
                Statistics.Site(
                    site: (try $0.decode(forColumn: "site")), articles: (try $0.decode(forColumn: "articles")),
                    captures: (try $0.decode(forColumn: "captures")), rawBytes: (try $0.decode(forColumn: "raw")),
                    storedBytes: (try $0.decode(forColumn: "stored")))
            }
            return Statistics(
                articles: try count("SELECT COUNT(*) FROM articles"),
                captures: try count("SELECT COUNT(*) FROM captures"),
                revisions: try count("SELECT COUNT(*) FROM revisions"),
                objects: try count("SELECT COUNT(*) FROM objects"),
                packs: try count("SELECT COUNT(*) FROM packs"), storedBytes: try count("SELECT SUM(bytes) FROM packs"),
                catalogBytes: catalogBytes, bundles: bundleBytes.count, bundleBytes: bundleBytes.reduce(0, +),
                rawBytes: try count("SELECT SUM(size) FROM captures"), sites: sites,
                largestFamily: try count("SELECT MAX(family) FROM frames"),
                largestFamilyCaptures: try count(
                    """
                    SELECT COUNT(*) FROM frames JOIN objects ON objects.frame = frames.id JOIN captures ON payload = objects.id
                    WHERE root = (SELECT id FROM frames ORDER BY family DESC LIMIT 1)
                    """),
                longestChain: try count("SELECT MAX(depth) FROM frames"),
                largestReach: try count("SELECT MAX(reach) FROM frames"))
        }
    }
}
