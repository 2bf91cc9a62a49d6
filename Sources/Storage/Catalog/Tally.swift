internal import Foundation
internal import GRDB

/// A sum over all rows that were computed from pages and remarks, kept up to date as they are entered.
///
/// Everything else in the catalog can be held against the packs. These rows could only be held against what they were computed from by
/// reading that all anew; so a changed byte in them is noticed by this sum, in which the order of rows does not matter.
struct Tally {
    private var sum: UInt64 = 0

    mutating func add(article id: Int64, key: String, scope: Int64, site: String) {
        sum &+= Self.hash(1, [id, scope], [key, site])
    }

    mutating func add(revision id: Int64, hash: Data, texts: [String?]) {
        sum &+= Self.hash(2, [id] + Self.numbers(hash), texts)
    }

    mutating func add(capture id: Int64, recordedAt: Int64, article: Int64, revision: Int64) {
        sum &+= Self.hash(3, [id, recordedAt, article, revision], [])
    }

    mutating func add(subjectOf kind: String, log: Int64, index: Int, origin: Data, target: Int, leaf: Data) {
        sum &+= Self.hash(5, [log, Int64(index), Int64(target)] + Self.numbers(origin) + Self.numbers(leaf), [kind])
    }

    /// Adds this to what was entered before.
    func enter(into db: Database) throws {
        let before = try Self.entered(in: db) ?? 0
        try db.cachedStatement(sql: "UPDATE tally SET sum = ?")
            .execute(arguments: [Int64(bitPattern: UInt64(bitPattern: before) &+ sum)])
    }

    static func entered(in db: Database) throws -> Int64? { try Int64.fetchOne(db, sql: "SELECT sum FROM tally") }

    /// The sum over the rows that are there.
    static func counted(in db: Database) throws -> Int64? {
        var tally = Tally()
        let articles = try Row.fetchCursor(db, sql: "SELECT id, key, scope, site FROM articles")
        while let row = try articles.next() {
            tally.add(
                article: (try row.decode(atIndex: 0)), key: (try row.decode(atIndex: 1)),
                scope: (try row.decode(atIndex: 2)), site: (try row.decode(atIndex: 3)))
        }
        let revisions = try Row.fetchCursor(
            db, sql: "SELECT id, hash, headline, published, language, publisher FROM revisions")
        while let row = try revisions.next() {
            tally.add(
                revision: (try row.decode(atIndex: 0)), hash: (try row.decode(atIndex: 1)),
                texts: [
                    (try row.decode(atIndex: 2)), (try row.decode(atIndex: 3)), (try row.decode(atIndex: 4)),
                    (try row.decode(atIndex: 5)),
                ])
        }
        let captures = try Row.fetchCursor(db, sql: "SELECT id, recordedAt, article, revision FROM captures")
        while let row = try captures.next() {
            tally.add(
                capture: (try row.decode(atIndex: 0)), recordedAt: (try row.decode(atIndex: 1)),
                article: (try row.decode(atIndex: 2)), revision: (try row.decode(atIndex: 3)))
        }
        let subjects = try Row.fetchCursor(db, sql: "SELECT kind, log, idx, origin, target, leaf FROM subjects")
        while let row = try subjects.next() {
            tally.add(
                subjectOf: (try row.decode(atIndex: 0)), log: (try row.decode(atIndex: 1)),
                index: (try row.decode(atIndex: 2)), origin: (try row.decode(atIndex: 3)),
                target: (try row.decode(atIndex: 4)), leaf: (try row.decode(atIndex: 5)))
        }
        return Int64(bitPattern: tally.sum)
    }

    /// Of one row of `logs`, which is kept in that row: the row changes with every batch, and what it says of a log's root goes into
    /// manifests, so it is looked at whenever the row is read.
    static func sum(ofLog origin: Data, name: String, key: String, size: Int, frontier: Data) -> Int64 {
        Int64(bitPattern: hash(4, [Int64(size)] + numbers(origin) + numbers(frontier), [name, key]))
    }

    private static func numbers(_ bytes: Data) -> [Int64] {
        bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map { start in
                bytes[start..<min(start + 8, bytes.count)].reduce(0) { $0 << 8 | Int64($1) }
            }
        }
    }

    /// FNV-1a over numbers and texts. It guards against decay, not against people: who can write the catalog can write its sum.
    private static func hash(_ kind: UInt8, _ numbers: [Int64], _ texts: [String?]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        add(kind)
        for number in numbers {
            for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        for text in texts {
            guard let text else {
                add(0xFF)
                continue
            }
            for byte in text.utf8 { add(byte) }
            add(0xFE)
        }
        return hash
    }
}
