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
            let log = try Log.fetch(archive.origin, in: db)?.id ?? 0
            var seen: Set<ObjectID> = []
            var likeness: (key: ArticleKey, row: Int64?, isSame: Bool)?
            for observation in sorted {
                guard let payload = observation.payload, seen.insert(payload.id).inserted,
                    try !Catalog.holds(payload.id, in: db)
                else { continue }
                let key = observation.interpretation.key
                if isLeaning, likeness?.key != key {
                    let found = try Catalog.likeness(of: key, log: log, in: db)
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

    /// Header blocks with each other, then what says how they came, then certificates, each site by site: one site's hardly differ.
    func plan(attachmentsOf observations: [Observation]) throws(ArchiveError) -> [PlannedFrame] {
        var attached: [(kind: Int, key: ArticleKey, object: Payload)] = []
        for observation in observations {
            for (number, object) in observation.attachments.enumerated() {
                attached.append((number, observation.interpretation.key, object))
            }
        }
        guard !attached.isEmpty else { return [] }
        attached.sort { ($0.kind, $0.key) < ($1.kind, $1.key) }
        let earlier = isLeaning ? try earlierAttachments(of: attached.map(\.key)) : [:]
        let objects = attached
        return try archive.catalog.read { db in
            var planner = FramePlanner(.details)
            var seen: Set<ObjectID> = []
            for (kind, key, object) in objects
            where try seen.insert(object.id).inserted && !Catalog.holds(object.id, in: db) {
                let like = earlier[Self.site(of: key)]?.dropFirst(kind).first
                let frame = try like.flatMap { try Catalog.frame(of: $0, in: db) }
                try planner.add(
                    PackedObject(id: object.id, bytes: object.bytes, site: "", likeness: frame, isSuccessor: false),
                    in: db)
            }
            try planner.close(in: db)
            return planner.frames
        }
    }

    /// What came with the latest capture of an article of each site.
    private func earlierAttachments(of keys: [ArticleKey]) throws(ArchiveError) -> [String: [ObjectID]] {
        var found: [String: [ObjectID]] = [:]
        for key in keys where found[Self.site(of: key)] == nil {
            let detail = try archive.catalog.read { db in
                try Catalog.latestDetail(
                    near: key, log: Log.fetch(archive.origin, in: db)?.id ?? 0, in: db)
            }
            // Likeness is worth having, not worth failing for: what cannot be read is found and named by others.
            found[Self.site(of: key)] = try detail.map { id throws(ArchiveError) in try attachments(namedBy: id) } ?? []
        }
        return found
    }

    private func attachments(namedBy detail: ObjectID) throws(ArchiveError) -> [ObjectID] {
        do throws(ArchiveError) {
            return try archive.read(detail).attachments
        } catch .damaged {
            return []
        }
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

    /// The article; for one never seen, that whose key comes just before among those of its site: pages of one section, or files of
    /// one folder, are most alike.
    private static func neighbour(
        of key: ArticleKey, log: Int64, in db: Database
    ) throws -> (article: Int64, isSame: Bool)? {
        let arguments: StatementArguments = [key.isFile ? log : 0, key.description]
        let before = try db.cachedStatement(
            sql: "SELECT id, key, site FROM articles WHERE scope = ? AND key <= ? ORDER BY key DESC LIMIT 1")
        let after = try db.cachedStatement(
            sql: "SELECT id, key, site FROM articles WHERE scope = ? AND key > ? ORDER BY key LIMIT 1")
        var found: Row?
        for statement in [before, after] where found == nil {
            if let row = try Row.fetchOne(statement, arguments: arguments),
                try row.decode(String.self, atIndex: 2) == key.site
            {
                found = row
            }
        }
        return try found.map {
            (try $0.decode(atIndex: 0), try $0.decode(String.self, atIndex: 1) == key.description)
        }
    }

    /// The frame that holds the latest capture of an article; for an article never seen, that of a neighbour.
    static func likeness(
        of key: ArticleKey, log: Int64, in db: Database
    ) throws -> (frame: Int64, isSame: Bool)? {
        guard let (article, isSame) = try neighbour(of: key, log: log, in: db) else { return nil }
        let frame = try db.cachedStatement(
            sql: """
                SELECT frame FROM objects WHERE id =
                    (SELECT payload FROM captures WHERE article = ? AND size > 0 ORDER BY capturedAt DESC, recordedAt DESC LIMIT 1)
                """)
        return try Int64.fetchOne(frame, arguments: [article]).map { ($0, isSame) }
    }

    static func frame(of object: ObjectID, in db: Database) throws -> Int64? {
        let find = try db.cachedStatement(sql: "SELECT frame FROM objects WHERE id = ?")
        return try Int64.fetchOne(find, arguments: [object.data])
    }

    /// The detail of the latest capture of an article, or of its neighbour by key.
    static func latestDetail(near key: ArticleKey, log: Int64, in db: Database) throws -> ObjectID? {
        guard let article = try neighbour(of: key, log: log, in: db)?.article else { return nil }
        let find = try db.cachedStatement(
            sql: """
                SELECT detail FROM captures JOIN records ON records.log = captures.log AND records.idx = captures.idx
                WHERE article = ? ORDER BY captures.capturedAt DESC, captures.recordedAt DESC LIMIT 1
                """)
        return try Data.fetchOne(find, arguments: [article]).map { try ObjectID(catalog: $0) }
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
