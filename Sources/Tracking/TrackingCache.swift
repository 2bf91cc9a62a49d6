internal import Diffing
internal import Extraction
internal import Foundation
internal import GRDB
internal import Storage

/// `tracking.sqlite`: what was computed by comparing captures with each other. A cache, like the catalog: it may be deleted at
/// any time, and is made anew when the rules change.
///
/// A file of its own because its rules change on their own, and because an archive that is only written to or carried about never needs it.
struct TrackingCache: Sendable {
    /// Raised whenever the tables, or what the comparison puts into them, change.
    private static let version = 5

    let database: SQLiteCache

    init(path: String) throws {
        database = try SQLiteCache(path: path, cacheKiB: 16_000)
        let stamp = "\(Self.version);\(ArticleReader.version);\(ArticleSketch.version)"
        try database.write { db in
            if try db.hasTable("meta"), try String.fetchOne(db, sql: "SELECT value FROM meta") == stamp { return }
            try Self.makeTables(stamp, db)
        }
    }

    private static func makeTables(_ stamp: String, _ db: Database) throws {
        for table in Self.tables { try db.execute(sql: "DROP TABLE IF EXISTS \(table)") }
        try db.execute(sql: Self.schema)
        try db.execute(sql: "INSERT INTO meta VALUES (?)", arguments: [stamp])
    }

    /// Empties it, in the same file, and leaves nothing of what it held in free pages or in SQLite's log.
    func clear() throws {
        try database.write { db in
            let stamp = try String.fetchOne(db, sql: "SELECT value FROM meta") ?? ""
            try Self.makeTables(stamp, db)
        }
        try database.onWriter { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY; VACUUM")
            _ = try db.checkpoint(.truncate)
        }
    }

    private static let tables = [
        "meta", "progress", "followed", "states", "steps", "pairs", "judgements", "prints", "flickers", "listing",
        "revisions",
        "texts", "headlines", "sketches", "bands", "terms",
    ]

    /// Forgets what was found about articles, but not what revisions alone decide.
    static func forgetArticles(_ db: Database) throws {
        for table in ["followed", "states", "steps", "prints", "flickers", "listing"] {
            try db.execute(sql: "DELETE FROM \(table)")
        }
    }

    // states, steps, pairs and listing have sums of what they say: see RowSum.
    // followed: up to which place the captures of an article went into its states and steps.
    // steps.kinds: the bits of EditTally for all edits; counted, substantive, minor, cosmetic: for those that were no furniture.
    // listing: a row for each article, with the catalog's id; what was captured up to the place called "timelines" is counted in
    // it. health: NULL while nobody has looked. Its indexes have what is filtered by, so that a list reads no rows but its own.
    // texts: without its own index of short beginnings, 'a*' would read all words that begin so.
    // headlines: their words once more by themselves: to find those of a frequent word in texts, all its places would be read.
    // prints: see SitePrints. prints.prints: NULL while nobody has read what the article says.
    // flickers: of a step between states, the blocks that flickered.
    private static let schema = """
        CREATE TABLE meta(value TEXT NOT NULL);
        CREATE TABLE progress(name TEXT PRIMARY KEY, row INTEGER NOT NULL, capture TEXT NOT NULL);

        CREATE TABLE followed(article TEXT PRIMARY KEY, row INTEGER NOT NULL, capture TEXT NOT NULL);
        CREATE TABLE states(id INTEGER PRIMARY KEY, article TEXT NOT NULL, key TEXT NOT NULL, site TEXT NOT NULL,
            number INTEGER NOT NULL, revision BLOB NOT NULL, before TEXT, capture TEXT NOT NULL, at INTEGER NOT NULL, health TEXT NOT NULL, reason TEXT,
            isReturned INTEGER NOT NULL, sum INTEGER NOT NULL, UNIQUE(article, number));
        CREATE INDEX statesOfRevision ON states(article, revision);
        CREATE INDEX pagesByTime ON states(at DESC, key, id DESC, site) WHERE health != 'healthy' OR isReturned;
        CREATE TABLE steps(id INTEGER PRIMARY KEY, article TEXT NOT NULL, key TEXT NOT NULL, site TEXT NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, at INTEGER NOT NULL, pair INTEGER NOT NULL, revertsTo INTEGER,
            kinds INTEGER NOT NULL, counted INTEGER NOT NULL, substantive INTEGER NOT NULL, minor INTEGER NOT NULL,
            cosmetic INTEGER NOT NULL, sum INTEGER NOT NULL);
        CREATE INDEX stepsByTime ON steps(at DESC, key, id DESC, kinds, site) WHERE kinds != 0;
        CREATE INDEX stepsOfSite ON steps(site, at DESC, key, id DESC, kinds) WHERE kinds != 0;
        CREATE INDEX stepsOfArticle ON steps(article, at DESC, key, id DESC);
        CREATE TABLE pairs(id INTEGER PRIMARY KEY, before BLOB NOT NULL, after BLOB NOT NULL, isModifiedMoved INTEGER NOT NULL,
            edits BLOB NOT NULL, flickers BLOB NOT NULL, sum INTEGER NOT NULL, UNIQUE(before, after));
        CREATE TABLE judgements(id INTEGER PRIMARY KEY, revision BLOB NOT NULL, earlier BLOB NOT NULL, status INTEGER NOT NULL,
            health TEXT NOT NULL, reason TEXT, UNIQUE(revision, earlier, status));
        CREATE TABLE prints(article TEXT PRIMARY KEY, site TEXT NOT NULL, rank INTEGER NOT NULL, revisions BLOB NOT NULL,
            prints BLOB);
        CREATE INDEX printsOfSite ON prints(site, rank);
        CREATE TABLE flickers(site TEXT NOT NULL, print INTEGER NOT NULL, article TEXT NOT NULL, step INTEGER NOT NULL,
            PRIMARY KEY(site, print, article, step)) WITHOUT ROWID;

        CREATE TABLE listing(id INTEGER PRIMARY KEY, key TEXT NOT NULL, scope TEXT, site TEXT NOT NULL, headline TEXT,
            language TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, received INTEGER, captures INTEGER NOT NULL,
            states INTEGER NOT NULL, substantive INTEGER NOT NULL, minor INTEGER NOT NULL, cosmetic INTEGER NOT NULL,
            kinds INTEGER NOT NULL, edited INTEGER, health TEXT, reason TEXT, isReturned INTEGER NOT NULL, sum INTEGER NOT NULL);
        CREATE INDEX listingByCapture ON listing(last DESC, id DESC, site, first, kinds, edited);
        CREATE INDEX listingByEdit ON listing(edited DESC, id DESC, site, first, last, kinds) WHERE edited IS NOT NULL;
        CREATE INDEX listingBySite ON listing(site, key, id);

        CREATE TABLE revisions(id INTEGER PRIMARY KEY, article TEXT NOT NULL, key TEXT NOT NULL, capture TEXT NOT NULL,
            at INTEGER NOT NULL, UNIQUE(article, capture));
        CREATE VIRTUAL TABLE texts USING fts5(headline, body, content = '', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0');
        CREATE VIRTUAL TABLE headlines USING fts5(headline, content = '', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0');
        CREATE TABLE sketches(id INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, key TEXT NOT NULL, headline TEXT,
            at INTEGER NOT NULL, sketch BLOB NOT NULL);
        CREATE TABLE bands(key INTEGER NOT NULL, sketch INTEGER NOT NULL);
        CREATE INDEX bandsByKey ON bands(key, sketch);
        CREATE INDEX bandsBySketch ON bands(sketch);
        CREATE TABLE terms(key INTEGER NOT NULL, sketch INTEGER NOT NULL);
        CREATE INDEX termsByKey ON terms(key, sketch);
        CREATE INDEX termsBySketch ON terms(sketch);
        """

    /// How far an index has come.
    static func progress(_ name: String, _ db: Database) throws -> Archive.CatalogPlace {
        guard let row = try Row.fetchOne(db, sql: "SELECT row, capture FROM progress WHERE name = ?", arguments: [name])
        else { return .start }
        return Archive.CatalogPlace(
            row: (try row.decode(forColumn: "row")), capture: (try row.decode(forColumn: "capture")))
    }

    static func setProgress(_ name: String, _ place: Archive.CatalogPlace, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO progress(name, row, capture) VALUES (?, ?, ?)",
            arguments: [name, place.row, place.capture])
    }
}
