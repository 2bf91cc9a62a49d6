internal import Foundation
internal import GRDB

/// A sum over all rows that were computed from pages, kept up to date as they are entered.
///
/// Everything else in the catalog can be held against the packs. These rows could only be held against the pages by reading them
/// all anew; so a changed byte in them is noticed by this sum, in which the order of rows does not matter.
struct Tally {
    private var sum: UInt64 = 0

    mutating func add(article id: Int64, key: String, scope: Int64, site: String) {
        sum &+= Self.hash(1, [id, scope], [key, site])
    }

    mutating func add(revision id: Int64, hash: Data, texts: [String?]) {
        var numbers = [id]
        for start in stride(from: 0, to: hash.count, by: 8) {
            numbers.append(hash.dropFirst(start).prefix(8).reduce(0) { $0 << 8 | Int64($1) })
        }
        sum &+= Self.hash(2, numbers, texts)
    }

    mutating func add(capture id: Int64, article: Int64, revision: Int64) {
        sum &+= Self.hash(3, [id, article, revision], [])
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
        let captures = try Row.fetchCursor(db, sql: "SELECT id, article, revision FROM captures")
        while let row = try captures.next() {
            tally.add(
                capture: (try row.decode(atIndex: 0)), article: (try row.decode(atIndex: 1)),
                revision: (try row.decode(atIndex: 2)))
        }
        return Int64(bitPattern: tally.sum)
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
