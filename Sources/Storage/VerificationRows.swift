internal import Foundation
internal import GRDB
internal import Glibc
internal import Models

/// What the catalog says of a capture that its detail says, too.
struct CaptureRow: Sendable {
    let payload: ObjectID
    let size: Int
    let capturedAt: Int64
    let mediaType: String
    let isPayloadHeld: Bool
}

/// What the catalog says of a record.
struct RecordRow: Sendable {
    let index: Int
    /// A capture of the log itself, or a record that may be one that was adopted.
    let kind: LogLine.Kind
    let detail: ObjectID
    /// Where the detail lies; nil when it is in no pack.
    let place: (frame: Int64, start: Int, length: Int)?
    let capture: CaptureRow?

    // Columns by number: by name they take longer than the query.
    static func fetch(_ range: Range<Int>, of origin: OriginID, _ db: Database) throws -> [RecordRow] {
        guard let log = try Log.fetch(origin, in: db) else { return [] }
        let find = try db.cachedStatement(
            sql: """
                SELECT records.idx, records.kind, records.detail, objects.frame, objects.start, objects.length,
                    payload, size, capturedAt, mediaType, EXISTS(SELECT 1 FROM objects o WHERE o.id = payload)
                FROM records LEFT JOIN objects ON objects.id = records.detail
                LEFT JOIN captures ON captures.log = records.log AND captures.idx = records.idx
                WHERE records.log = ? AND records.idx >= ? AND records.idx < ? ORDER BY records.idx
                """)
        return try Row.fetchAll(find, arguments: [log.id, range.lowerBound, range.upperBound]).map { row in
            let frame: Int64? = try row.decode(atIndex: 3)
            let payload: Data? = try row.decode(atIndex: 6)
            return RecordRow(
                index: try row.natural(at: 0),
                kind: LogLine.Kind(rawValue: (try row.decode(atIndex: 1))) ?? .genesis,
                detail: try ObjectID(catalog: (try row.decode(atIndex: 2))),
                place: try frame.map { ($0, try row.natural(at: 4), try row.natural(at: 5)) },
                capture: try payload.map {
                    CaptureRow(
                        payload: try ObjectID(catalog: $0), size: try row.natural(at: 7),
                        capturedAt: (try row.decode(atIndex: 8)), mediaType: (try row.decode(atIndex: 9)),
                        isPayloadHeld: (try row.decode(atIndex: 10)))
                })
        }
    }
}

// A detail that hashes to its name is exactly what was written: canonical JSON, where a quotation mark inside a string is always
// escaped. So a member can be found without parsing, which would take longer than everything else in verifying small captures.
extension [UInt8] {
    /// Whether these bytes, a capture's detail, say what the catalog says.
    func isDetail(of row: CaptureRow) -> Bool {
        guard let time = Timestamp(milliseconds: row.capturedAt) else { return false }
        let mediaType = JSON.string(row.mediaType).canonicalBytes
        return position(of: Array("\"payload\":\"\(row.payload)\"".utf8)) != nil
            && position(of: Array("\"size\":\(row.size),".utf8)) != nil
            && position(of: Array("\"capturedAt\":\"\(time)\"".utf8)) != nil
            && position(of: Array("\"mediaType\":".utf8) + mediaType) != nil
    }

    /// The object that a member of a detail names.
    func object(named name: String) -> ObjectID? {
        let key = Array("\"\(name)\":\"".utf8)
        guard let start = position(of: key).map({ $0 + key.count }), start + 64 <= count else { return nil }
        return ObjectID(String(decoding: self[start..<start + 64], as: UTF8.self))
    }

    /// What came with the payload, according to a detail.
    var attachments: [ObjectID] { CaptureDetail.attachmentMembers.compactMap { object(named: $0) } }

    /// - Parameter part: at least eight bytes: these are compared at once, at every place.
    private func position(of part: [UInt8]) -> Int? {
        guard part.count >= 8, part.count <= count else { return nil }
        return withUnsafeBytes { whole in
            part.withUnsafeBytes { part in
                let first = part.loadUnaligned(as: UInt64.self)
                return (0...(whole.count - part.count)).first { at in
                    whole.loadUnaligned(fromByteOffset: at, as: UInt64.self) == first
                        && whole[at..<at + part.count].elementsEqual(part)
                }
            }
        }
    }
}

extension IndexedFrame {
    /// Whether a frame found in a pack is the one that the catalog knows.
    func isSame(as found: PlacedFrame?) -> Bool {
        guard let found else { return false }
        let (a, b) = (placed.header, found.header)
        return a.id == b.id && a.base == b.base && a.codec == b.codec && a.contentLength == b.contentLength
            && a.storedLength == b.storedLength && placed.headerLength == found.headerLength
    }
}

extension Catalog {
    static func objects(inPack pack: Int64, _ db: Database) throws -> [ObjectID] {
        try Data.fetchAll(
            db, sql: "SELECT objects.id FROM frames JOIN objects ON frame = frames.id WHERE pack = ?",
            arguments: [pack]
        ).map { try ObjectID(catalog: $0) }
    }

    static func objects(inFrame frame: Int64, _ db: Database) throws -> [ObjectID] {
        try places(inFrame: frame, db).map(\.id)
    }

    static func places(inFrame frame: Int64, _ db: Database) throws -> [(id: ObjectID, start: Int, length: Int)] {
        let find = try db.cachedStatement(sql: "SELECT id, start, length FROM objects WHERE frame = ?")
        return try Row.fetchAll(find, arguments: [frame]).map {
            (
                try ObjectID(catalog: (try $0.decode(forColumn: "id"))), (try $0.natural("start")),
                (try $0.natural("length"))
            )
        }
    }

    /// Whether SQLite finds its own file in order, and whether what was computed from pages is what was entered.
    func check(_ depth: VerificationDepth) throws(ArchiveError) {
        let pragma = depth == .full ? "integrity_check" : "quick_check"
        let found = try read { db in try String.fetchOne(db, sql: "PRAGMA \(pragma)(1)") }
        guard found == "ok" else { throw .catalog(found ?? "no answer") }
        guard depth == .full else { return }
        guard try read({ db in try Tally.entered(in: db) == Tally.counted(in: db) }) else {
            throw .catalog("what it says of articles and revisions was changed")
        }
    }
}
