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
    /// Nil where the detail is gone because the record was withdrawn.
    package let detailSize: Int?
    package let objects: [PlannedObject]
}

extension Archive {
    package func plannedLines(_ range: Range<Int>, of origin: OriginID) throws(ArchiveError) -> [PlannedLine] {
        let lines = try lines(range, of: origin)
        return try catalog.read { db in
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
            return try lines.map { line in
                if try self.isWithheld(line, of: origin, in: db) {
                    return PlannedLine(line: line, detailSize: nil, objects: [])
                }
                guard let detailSize = try Int.fetchOne(length, arguments: [line.detail.data]) else {
                    throw ArchiveError.damaged(
                        Damage(file: "packs", reason: "the detail of record \(line.index) is missing"))
                }
                guard let row = try Row.fetchOne(find, arguments: [log.id, line.index]), !(row["isOld"] as Bool),
                    let time = Timestamp(milliseconds: row["capturedAt"])
                else { return PlannedLine(line: line, detailSize: detailSize, objects: []) }
                let payload = PlannedObject(
                    id: try ObjectID(catalog: row["payload"]), size: row["size"], site: row["site"], key: row["key"],
                    capturedAt: time)
                return PlannedLine(line: line, detailSize: detailSize, objects: [payload])
            }
        }
    }
}
