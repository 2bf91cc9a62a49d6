internal import Foundation
internal import GRDB
internal import Models

/// The SQLite index over packs and logs. A cache: everything in it is computed from packs, so it can always be rebuilt, and a
/// schema change is a rebuild rather than a migration.
final class Catalog: Sendable {
    /// Raised whenever the tables, or what is computed into them, change.
    private static let schemaVersion = 7

    private let database: SQLiteCache
    private let file: CatalogFile
    /// The tables are missing, or of other rules: everything must be indexed.
    let isNew: Bool
    /// What the stamp must say.
    private let version: String

    /// `computedBy` names the versions of the rules whose results the catalog holds; others make it stale.
    ///
    /// - Parameter file: held for as long as this catalog is.
    init(_ file: CatalogFile, computedBy version: String) throws(ArchiveError) {
        self.file = file
        do {
            database = try SQLiteCache(path: file.path, cacheKiB: 4000)
            let stamp = "\(Self.schemaVersion);\(version)"
            self.version = stamp
            isNew = try database.write { db in try !Self.isCurrent(stamp, db) }
        } catch {
            throw Self.archiveError(error)
        }
    }

    /// Takes the stamp away: whoever opens the catalog next makes it anew, in the same file, which others may have open. Call only
    /// under the writer lock, and do not use this catalog any more.
    ///
    /// A file that SQLite itself finds damaged is removed, for which nobody else may have it open.
    func discard() throws(ArchiveError) {
        var isSound: Bool
        do throws(ArchiveError) {
            isSound = try read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok" }
            if isSound { try write { db in try db.execute(sql: "DELETE FROM meta") } }
        } catch {
            guard case .catalog = error else { throw error }
            isSound = false
        }
        if isSound { return }
        do { try database.close() } catch { throw Self.archiveError(error) }
        try file.remove()
    }

    private static func isCurrent(_ stamp: String, _ db: Database) throws -> Bool {
        try db.hasTable("meta") && String.fetchOne(db, sql: "SELECT value FROM meta") == stamp
    }

    /// Makes empty tables, without the stamp that says that they can be believed.
    func clear() throws(ArchiveError) {
        try write { db in
            for table in Self.tables + ["meta"] { try db.execute(sql: "DROP TABLE IF EXISTS \(table)") }
            try db.execute(sql: Self.schema)
            try db.execute(sql: "INSERT INTO generation VALUES (?)", arguments: [Int.random(in: 1 ... .max)])
        }
    }

    /// From here on the catalog is believed.
    func stamp() throws(ArchiveError) {
        try write { db in
            try db.execute(sql: "DELETE FROM meta")
            try db.execute(sql: "INSERT INTO meta VALUES (?)", arguments: [version])
        }
    }

    var isCurrent: Bool {
        get throws(ArchiveError) { try read { db in try Self.isCurrent(version, db) } }
    }

    /// Everything but the stamp that says whether the rest can be believed.
    static let tables = [
        "generation", "packs", "frames", "objects", "logs", "records", "detailless", "articles", "revisions",
        "captures", "tally",
        "subjects",
    ]

    // Rowid tables with an index: WITHOUT ROWID was measured three times slower for blob keys.
    //
    // packs.isWhole: frames, objects and lines of the pack are all here; 0 while it is being indexed.
    // packs.isGone: its file is no longer there. It stays known while objects are in it that are nowhere else: a loss, which `verify` names.
    // packs.isCompact: made by a thorough merging. Forgotten when the catalog is made anew, which costs one more merging.
    // packs.weight: what it takes to merge it again, in bytes of content; see `PackWeight`.
    // frames.root: the row of the frame without base that this one leads to, its own for one without; 0 while bases are not
    // known. depth and reach: frames and bytes of content to decode in order to read this one. family: in a root's row, the
    // bytes of content that depend on it.
    // AUTOINCREMENT: who remembers the row of a pack or frame never finds another one in its place.
    // detailless: records whose details could not be read when they were entered, though nobody withdrew them. What they record is entered
    // when the details are there.
    // logs.sum: see `Tally`.
    // subjects: which record a note or a withdrawal is about, whether that is held or not.
    private static let schema = """
        CREATE TABLE meta(value TEXT NOT NULL);
        CREATE TABLE generation(number INTEGER NOT NULL);
        CREATE TABLE packs(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, isWhole INTEGER NOT NULL,
            isGone INTEGER NOT NULL DEFAULT 0, isCompact INTEGER NOT NULL DEFAULT 0, weight INTEGER NOT NULL);
        CREATE TABLE frames(id INTEGER PRIMARY KEY AUTOINCREMENT, pack INTEGER NOT NULL, offset INTEGER NOT NULL,
            headerLength INTEGER NOT NULL, storedLength INTEGER NOT NULL, contentLength INTEGER NOT NULL,
            kind INTEGER NOT NULL, count INTEGER NOT NULL, codec INTEGER NOT NULL, frameID BLOB NOT NULL, baseID BLOB,
            root INTEGER NOT NULL DEFAULT 0, depth INTEGER NOT NULL, reach INTEGER NOT NULL, family INTEGER NOT NULL, origin BLOB, first INTEGER);
        CREATE INDEX framesInPack ON frames(pack, offset);
        CREATE INDEX framesByID ON frames(frameID);
        CREATE INDEX framesByRoot ON frames(root, depth);
        CREATE INDEX framesByBase ON frames(baseID) WHERE baseID IS NOT NULL;
        CREATE INDEX framesOfLines ON frames(origin, first) WHERE origin IS NOT NULL;
        CREATE TABLE objects(id BLOB NOT NULL UNIQUE, frame INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL);
        CREATE INDEX objectsInFrame ON objects(frame);
        CREATE TABLE logs(id INTEGER PRIMARY KEY, origin BLOB NOT NULL UNIQUE, name TEXT NOT NULL, key TEXT NOT NULL,
            size INTEGER NOT NULL, frontier BLOB NOT NULL, sum INTEGER NOT NULL);
        CREATE TABLE records(log INTEGER NOT NULL, idx INTEGER NOT NULL, kind TEXT NOT NULL, recordedAt INTEGER NOT NULL,
            detail BLOB NOT NULL, UNIQUE(log, idx));
        CREATE INDEX adoptedRecords ON records(log, idx) WHERE kind = 'adopted';
        CREATE TABLE detailless(log INTEGER NOT NULL, idx INTEGER NOT NULL, UNIQUE(log, idx));
        CREATE TABLE articles(id INTEGER PRIMARY KEY, key TEXT NOT NULL, scope INTEGER NOT NULL, site TEXT NOT NULL,
            UNIQUE(scope, key));
        CREATE TABLE revisions(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, headline TEXT, published TEXT,
            language TEXT, publisher TEXT);
        CREATE TABLE captures(id INTEGER PRIMARY KEY, log INTEGER NOT NULL, idx INTEGER NOT NULL, article INTEGER NOT NULL,
            capturedAt INTEGER NOT NULL, recordedAt INTEGER NOT NULL, payload BLOB NOT NULL, size INTEGER NOT NULL,
            mediaType TEXT NOT NULL, revision INTEGER NOT NULL, UNIQUE(log, idx));
        CREATE INDEX capturesOfArticle ON captures(article, capturedAt, recordedAt);
        CREATE TABLE tally(sum INTEGER NOT NULL);
        INSERT INTO tally VALUES (0);
        CREATE INDEX capturesOfPayload ON captures(payload);
        CREATE TABLE subjects(log INTEGER NOT NULL, idx INTEGER NOT NULL, kind TEXT NOT NULL, origin BLOB NOT NULL,
            target INTEGER NOT NULL, leaf BLOB NOT NULL, UNIQUE(log, idx));
        CREATE INDEX subjectsOfRecord ON subjects(origin, target);
        """

    func read<Value>(_ body: (Database) throws -> Value) throws(ArchiveError) -> Value {
        do { return try database.read(body) } catch { throw Self.archiveError(error) }
    }

    /// On the connection that writes, without a transaction: temporary tables are there alone.
    func readTemporary<Value>(_ body: (Database) throws -> Value) throws(ArchiveError) -> Value {
        do { return try database.onWriter(body) } catch { throw Self.archiveError(error) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(ArchiveError) -> Value {
        do { return try database.write(body) } catch { throw Self.archiveError(error) }
    }

    /// What goes wrong with the disk, not with what is in the file.
    private static let writing: [ResultCode] = [
        .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_TRUNCATE, .SQLITE_IOERR_SHMOPEN, .SQLITE_IOERR_SHMSIZE,
    ]

    /// Runs `body` outside a transaction, and empties the log into the database afterwards.
    func scrubbed(_ body: (Database) throws -> Void) throws(ArchiveError) {
        do {
            try database.onWriter { db in
                try body(db)
                _ = try db.checkpoint(.truncate)
            }
        } catch {
            throw Self.archiveError(error)
        }
    }

    private static func archiveError(_ error: any Error) -> ArchiveError {
        if let error = error as? ArchiveError { return error }
        if let error = error as? DatabaseError {
            switch error.resultCode {
            case .SQLITE_FULL: return .file(FileError("write", "catalog.sqlite", code: ENOSPC))
            case .SQLITE_CANTOPEN: return .file(FileError("open", "catalog.sqlite", code: EACCES))
            case .SQLITE_IOERR where Self.writing.contains(error.extendedResultCode):
                // The file that readers share grows as soon as the catalog is opened: there is no room for it.
                let isFull = error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
                return .file(FileError("write", "catalog.sqlite", code: isFull ? ENOSPC : EIO))
            case .SQLITE_BUSY, .SQLITE_PROTOCOL, .SQLITE_LOCKED: return .busy("catalog.sqlite", seconds: 60)
            default: break
            }
        }
        return .catalog("\(error)")
    }
}

extension ObjectID {
    var data: Data { Data(bytes) }

    /// A hash that the catalog itself wrote; anything else there means that the cache is unusable.
    init(catalog data: Data) throws(ArchiveError) {
        guard let id = ObjectID(rawBytes: data) else { throw .catalog("a hash of \(data.count) bytes") }
        self = id
    }
}

extension Row {
    /// A number of things or bytes, or a place among them.
    ///
    /// - Throws: `ArchiveError.catalog` for what cannot be one: with a changed byte it would be negative, or so large that no sum holds it.
    func natural(_ column: String, upTo limit: Int = 1 << 48) throws -> Int {
        try Self.natural(decode(forColumn: column), limit)
    }

    /// The same of a column by its number.
    func natural(at column: Int) throws -> Int { try Self.natural(decode(atIndex: column), 1 << 48) }

    private static func natural(_ number: Int, _ limit: Int) throws(ArchiveError) -> Int {
        guard (0...limit).contains(number) else { throw .catalog("the number \(number) where there cannot be one") }
        return number
    }
}
