internal import Foundation
internal import GRDB
package import Models

/// An object that a bundle needs, with what decides where in the bundle it stands.
package struct PlannedObject: Sendable {
    package let id: ObjectID
    package let size: Int
    package let site: String
    package let key: String
    package let capturedAt: Timestamp
}

/// A log line with what it needs that no earlier line of the same log needs.
package struct PlannedLine: Sendable {
    package let line: LogLine
    /// Nil where the detail is gone because the record was withdrawn, or does not travel.
    package let detailSize: Int?
    /// Not withdrawn, but not chosen to travel.
    package let isLeftOut: Bool
    package let objects: [PlannedObject]
}

extension Archive {
    /// - Parameter selection: nil for everything. What is chosen comes with all that it needs, be it there from earlier records or not:
    ///   these may not have been chosen.
    package func plannedLines(
        _ range: Range<Int>, of origin: OriginID, selection: Selection? = nil
    ) throws(ArchiveError) -> [PlannedLine] {
        let lines = try lines(range, of: origin)
        var leftOut = try self.leftOut()[origin] ?? []
        if let selection { leftOut += try records(in: range, of: origin, leftOutBy: selection) }
        let planned = try plannedPayloads(lines, of: origin, leftOut: leftOut, isSelecting: selection != nil)
        var complete: [PlannedLine] = []
        for (line, place) in planned { complete.append(try line.adding(attachments(of: line, at: place))) }
        return complete
    }

    /// Attachments are in no index: details of captures are read. They come with each line that names them, whether an earlier one
    /// does or not; a bundle holds each once.
    private func attachments(of planned: PlannedLine, at place: PlannedPlace?) throws(ArchiveError) -> [PlannedObject] {
        guard let place, planned.detailSize != nil else { return [] }
        let named: [ObjectID]
        switch planned.line.kind {
        case .capture: named = try read(planned.line.detail).attachments
        case .adopted:
            let detail = try detail(planned.line.detail, with: readers[0])
            named = detail.captured?.attachments.map(\.id) ?? []
        default: return []
        }
        guard !named.isEmpty else { return [] }
        return try catalog.read { db in
            let length = try db.cachedStatement(sql: "SELECT length FROM objects WHERE id = ?")
            return try named.map { id in
                guard let size = try Row.fetchOne(length, arguments: [id.data])?.natural(at: 0) else {
                    throw ArchiveError.damaged(
                        Damage(file: "packs", reason: "what came with record \(planned.line.index) is missing"))
                }
                return PlannedObject(id: id, size: size, site: place.site, key: place.key, capturedAt: place.capturedAt)
            }
        }
    }

    private func plannedPayloads(
        _ lines: [LogLine], of origin: OriginID, leftOut: [Range<Int>], isSelecting: Bool
    ) throws(ArchiveError) -> [(PlannedLine, PlannedPlace?)] {
        try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db) else { return [] }
            let length = try db.cachedStatement(sql: "SELECT length FROM objects WHERE id = ?")
            // The unary pluses keep SQLite from walking the whole log by its unique index.
            let find = try db.cachedStatement(
                sql: """
                    SELECT payload, size, capturedAt, site, key,
                        EXISTS(SELECT 1 FROM captures earlier WHERE earlier.payload = captures.payload
                            AND +earlier.log = captures.log AND +earlier.idx < captures.idx) AS isOld
                    FROM captures JOIN articles ON articles.id = article WHERE log = ? AND idx = ?
                    """)
            return try lines.map { line -> (PlannedLine, PlannedPlace?) in
                if try self.isWithheld(line, of: origin, in: db) {
                    return (PlannedLine(line: line, detailSize: nil, isLeftOut: false, objects: []), nil)
                }
                if leftOut.contains(where: { $0.contains(line.index) }) {
                    return (PlannedLine(line: line, detailSize: nil, isLeftOut: true, objects: []), nil)
                }
                guard let detailSize = try Row.fetchOne(length, arguments: [line.detail.data])?.natural(at: 0) else {
                    throw ArchiveError.damaged(
                        Damage(file: "packs", reason: "the detail of record \(line.index) is missing"))
                }
                guard let row = try Row.fetchOne(find, arguments: [log.id, line.index]),
                    let time = Timestamp(milliseconds: (try row.decode(forColumn: "capturedAt")))
                else { return (PlannedLine(line: line, detailSize: detailSize, isLeftOut: false, objects: []), nil) }
                let place = PlannedPlace(
                    site: (try row.decode(forColumn: "site")), key: (try row.decode(forColumn: "key")), capturedAt: time
                )
                let isOld: Bool = try row.decode(forColumn: "isOld")
                let payload = PlannedObject(
                    id: try ObjectID(catalog: (try row.decode(forColumn: "payload"))),
                    size: (try row.natural("size")), site: place.site, key: place.key, capturedAt: time)
                let objects = isSelecting || !isOld ? [payload] : []
                return (PlannedLine(line: line, detailSize: detailSize, isLeftOut: false, objects: objects), place)
            }
        }
    }
}

/// What decides where in a bundle the objects of a capture stand.
private struct PlannedPlace {
    let site: String
    let key: String
    let capturedAt: Timestamp
}

extension PlannedLine {
    fileprivate func adding(_ more: [PlannedObject]) -> PlannedLine {
        PlannedLine(line: line, detailSize: detailSize, isLeftOut: isLeftOut, objects: objects + more)
    }
}

/// An object that an earlier record of a log brought.
package struct EarlierObject: Hashable, Sendable {
    package let id: ObjectID
    package let size: Int
    /// The first record of the log that needs it.
    package let index: Int
}

extension Archive {
    /// What objects of a log's records from `start` on are most like among what its earlier records brought: the article's last payload
    /// before them; for an article that is new, that of a neighbour on its site. Each once, in the order of `objects`.
    package func earlier(
        than start: Int, like objects: [PlannedObject], of origin: OriginID, largest: Int
    ) throws(ArchiveError) -> [EarlierObject] {
        try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db) else { return [] }
            let last = try db.cachedStatement(
                sql: """
                    SELECT payload, size FROM captures WHERE article = ? AND +log = ? AND +idx < ?
                    ORDER BY capturedAt DESC LIMIT 1
                    """)
            let first = try db.cachedStatement(
                sql: "SELECT MIN(idx) FROM captures WHERE payload = ? AND +log = ?")
            var chosen: [EarlierObject] = []
            var seen: Set<ObjectID> = []
            var size = 0
            for object in objects {
                for article in try Catalog.articles(near: object, log: log.id, in: db) {
                    guard let row = try Row.fetchOne(last, arguments: [article, log.id, start]) else { continue }
                    let id = try ObjectID(catalog: (try row.decode(forColumn: "payload")))
                    let bytes = try row.natural("size")
                    if size + bytes <= largest, seen.insert(id).inserted, try Catalog.holds(id, in: db),
                        let index = try Int.fetchOne(first, arguments: [id.data, log.id])
                    {
                        chosen.append(EarlierObject(id: id, size: bytes, index: index))
                        size += bytes
                    }
                    break
                }
            }
            return chosen
        }
    }
}

extension Catalog {
    /// The article itself, then its neighbours on the site, by key.
    fileprivate static func articles(near object: PlannedObject, log: Int64, in db: Database) throws -> [Int64] {
        let around = [
            "SELECT id, site FROM articles WHERE scope = ? AND key <= ? ORDER BY key DESC LIMIT 2",
            "SELECT id, site FROM articles WHERE scope = ? AND key > ? ORDER BY key LIMIT 1",
        ]
        let scope: Int64 = ArticleKey(stored: object.key).isFile ? log : 0
        return try around.flatMap { sql in
            try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [scope, object.key])
        }.filter { (try $0.decode(forColumn: "site")) == object.site }.map { (try $0.decode(forColumn: "id")) }
    }
}
