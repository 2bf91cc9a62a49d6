internal import Foundation
internal import GRDB
internal import Models

/// Puts what is to be recorded in the order that compresses best, and finds what it is most like among what is held.
struct FramePlanning {
    let archive: Archive
    /// Whether frames may lean on frames in other packs.
    let isLeaning: Bool

    /// Pages of one site next to each other, versions of one article together, what is held already left out.
    func plan(_ observations: [Observation]) throws(ArchiveError) -> [PlannedFrame] {
        let sorted = observations.sorted { a, b in
            let (x, y) = (a.interpretation.key, b.interpretation.key)
            return x == y ? a.detail.capturedAt < b.detail.capturedAt : x < y
        }
        return try archive.catalog.read { db in
            var planner = FramePlanner(.payloads)
            var seen: Set<ObjectID> = []
            var likeness: (key: ArticleKey, row: Int64?, isSame: Bool)?
            for observation in sorted {
                guard let payload = observation.payload, seen.insert(payload.id).inserted,
                    try !Catalog.holds(payload.id, in: db)
                else { continue }
                let key = observation.interpretation.key
                if isLeaning, likeness?.key != key {
                    let found = try Catalog.likeness(of: key, log: archive.origin, in: db)
                    likeness = (key, found?.frame, found?.isSame ?? false)
                }
                try planner.add(
                    PackedObject(
                        id: payload.id, bytes: payload.bytes, site: Self.site(of: key), likeness: likeness?.row,
                        isSuccessor: likeness?.isSame ?? false), in: db)
            }
            try planner.close(in: db)
            return planner.frames
        }
    }

    /// What shares a template: a site, or a folder of files.
    static func site(of key: ArticleKey) -> String {
        guard key.isFile else { return key.site }
        return String(key.description.prefix { $0 != "/" })
    }

    /// Details in the order of their lines: each is like the one before.
    func plan(details: [Payload]) throws(ArchiveError) -> [PlannedFrame] {
        try archive.catalog.read { db in
            var planner = FramePlanner(.details)
            let before = isLeaning ? try Catalog.latestDetailFrame(of: archive.origin, in: db) : nil
            for detail in details {
                try planner.add(
                    PackedObject(id: detail.id, bytes: detail.bytes, site: "", likeness: before, isSuccessor: false),
                    in: db)
            }
            try planner.close(in: db)
            return planner.frames
        }
    }
}

extension Catalog {
    static func holds(_ id: ObjectID, in db: Database) throws -> Bool {
        let find = try db.cachedStatement(sql: "SELECT 1 FROM objects WHERE id = ?")
        return try Int.fetchOne(find, arguments: [id.data]) != nil
    }

    /// The frame that holds the latest capture of an article; for an article never seen, that of the article whose key comes just
    /// before among those of its site: pages of one section, or files of one folder, are most alike.
    static func likeness(
        of key: ArticleKey, log: OriginID, in db: Database
    ) throws -> (frame: Int64, isSame: Bool)? {
        let scope = key.isFile ? try Log.fetch(log, in: db)?.id ?? 0 : 0
        let arguments: StatementArguments = [scope, key.description]
        let before = try db.cachedStatement(
            sql: "SELECT id, key, site FROM articles WHERE scope = ? AND key <= ? ORDER BY key DESC LIMIT 1")
        let after = try db.cachedStatement(
            sql: "SELECT id, key, site FROM articles WHERE scope = ? AND key > ? ORDER BY key LIMIT 1")
        var found: Row?
        for statement in [before, after] where found == nil {
            if let row = try Row.fetchOne(statement, arguments: arguments),
                (try row.decode(forColumn: "site")) == key.site
            {
                found = row
            }
        }
        guard let found else { return nil }
        let frame = try db.cachedStatement(
            sql: """
                SELECT frame FROM objects WHERE id =
                    (SELECT payload FROM captures WHERE article = ? ORDER BY capturedAt DESC, recordedAt DESC LIMIT 1)
                """)
        guard let row = try Int64.fetchOne(frame, arguments: [(try found.decode(forColumn: "id")) as Int64]) else {
            return nil
        }
        return (row, ((try found.decode(forColumn: "key")) as String) == key.description)
    }

    static func latestDetailFrame(of origin: OriginID, in db: Database) throws -> Int64? {
        guard let log = try Log.fetch(origin, in: db) else { return nil }
        let find = try db.cachedStatement(
            sql: """
                SELECT frame FROM objects WHERE id = (SELECT detail FROM records WHERE log = ? ORDER BY idx DESC LIMIT 1)
                """)
        return try Int64.fetchOne(find, arguments: [log.id])
    }
}
