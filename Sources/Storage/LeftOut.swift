internal import Foundation
internal import GRDB
package import Models

/// Which records of others' logs came without their content, because whoever brought them chose what was to travel: `state/left-out.json`.
///
/// Their lines are here, and the logs verify. Without this file their content would count as lost.
extension Archive {
    private var leftOutPath: String { stateFolder + "/left-out.json" }

    /// By origin, ascending, none touching the next.
    package func leftOut() throws(ArchiveError) -> [OriginID: [Range<Int>]] {
        guard Files.exists(leftOutPath) else { return [:] }
        let bytes = try fileErrors { () throws(FileError) in try Files.read(leftOutPath, limit: 64 << 20) }
        let unreadable = ArchiveError.damaged(
            Damage(file: "state/left-out.json", reason: "it does not say what it must"))
        guard bytes.last == UInt8(ascii: "\n"), let json = try? JSON(canonical: bytes.dropLast()),
            case .object(var members) = json, let last = members.popLast(), last.name == Self.sumName,
            last.value == Self.sum(members)
        else { throw unreadable }
        var found: [OriginID: [Range<Int>]] = [:]
        for member in members {
            guard let origin = OriginID(member.name), let list = member.value.array else { throw unreadable }
            for item in list {
                guard let ends = item.array, ends.count == 2, let from = ends[0].integer, let to = ends[1].integer,
                    from >= 0, from < to
                else { throw unreadable }
                found[origin, default: []].append(Int(from)..<Int(to))
            }
        }
        return found
    }

    package func isLeftOut(_ index: Int, of origin: OriginID) throws(ArchiveError) -> Bool {
        try leftOut()[origin]?.contains { $0.contains(index) } ?? false
    }

    /// What is said of the records in `range` from now on. Call before they are entered.
    package func setLeftOut(_ ranges: [Range<Int>], within range: Range<Int>, of origin: OriginID) throws(ArchiveError)
    {
        var all = try leftOut()
        guard !ranges.isEmpty || all[origin] != nil else { return }
        var kept: [Range<Int>] = ranges
        for old in all[origin] ?? [] {
            if old.lowerBound < range.lowerBound {
                kept.append(old.lowerBound..<min(old.upperBound, range.lowerBound))
            }
            if old.upperBound > range.upperBound {
                kept.append(max(old.lowerBound, range.upperBound)..<old.upperBound)
            }
        }
        var joined: [Range<Int>] = []
        for next in kept.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.upperBound >= next.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                joined.append(next)
            }
        }
        all[origin] = joined.isEmpty ? nil : joined
        let members = all.map { origin, ranges in
            JSON.Member(
                origin.description, .array(ranges.map { .array([JSON($0.lowerBound), JSON($0.upperBound)]) }))
        }
        let summed = members + [JSON.Member(Self.sumName, Self.sum(members))]
        let bytes = JSON.object(summed).canonicalBytes + [UInt8(ascii: "\n")]
        try fileErrors { () throws(FileError) in try Files.write(bytes, to: leftOutPath) }
    }

    // A wrong digit must not let something that is lost pass for something that never came. In canonical order an origin, which is in
    // hexadecimal, stands before this name.
    private static let sumName = "sum"

    private static func sum(_ members: [JSON.Member]) -> JSON {
        .string(ObjectID(hashing: JSON.object(members).canonicalBytes).short)
    }
}

/// What is chosen to travel. Records that are no captures, and no notes on some, always are.
package struct Selection: Hashable, Sendable {
    /// Each one that is not nil must fit.
    package let sites: Set<String>?
    package let articles: Set<String>?
    package let since: Timestamp?

    package init(sites: Set<String>?, articles: Set<String>?, since: Timestamp?) {
        self.sites = sites
        self.articles = articles
        self.since = since
    }

    package func fits(_ capture: StoredCapture) -> Bool {
        fits(
            key: capture.article.description, site: capture.article.site, capturedAt: capture.capturedAt.milliseconds)
    }

    func fits(key: String, site: String, capturedAt: Int64) -> Bool {
        sites?.contains(site) ?? true && articles?.contains(key) ?? true
            && since.map { capturedAt >= $0.milliseconds } ?? true
    }
}

extension Archive {
    /// The records in `range` whose content does not travel under a selection, as ranges.
    package func records(
        in range: Range<Int>, of origin: OriginID, leftOutBy selection: Selection
    ) throws(ArchiveError) -> [Range<Int>] {
        let notes = try noteTargets(in: range, of: origin)
        return try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db) else { return [] }
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT records.idx, records.kind, key, site, capturedAt FROM records
                    LEFT JOIN captures ON captures.log = records.log AND captures.idx = records.idx
                    LEFT JOIN articles ON articles.id = article
                    WHERE records.log = ? AND records.idx >= ? AND records.idx < ? ORDER BY records.idx
                    """, arguments: [log.id, range.lowerBound, range.upperBound])
            var found: [Range<Int>] = []
            while let row = try rows.next() {
                let index = try row.natural(at: 0)
                var fits = true
                if let key: String = (try row.decode(atIndex: 2)) {
                    fits = selection.fits(
                        key: key, site: (try row.decode(atIndex: 3)), capturedAt: (try row.decode(atIndex: 4)))
                } else if let target = notes[index] {
                    fits = try Self.fits(target, selection, db)
                }
                guard !fits else { continue }
                if let last = found.last, last.upperBound == index {
                    found[found.count - 1] = last.lowerBound..<index + 1
                } else {
                    found.append(index..<index + 1)
                }
            }
            return found
        }
    }

    private func noteTargets(
        in range: Range<Int>, of origin: OriginID
    ) throws(ArchiveError) -> [Int: (origin: OriginID, index: Int)] {
        try catalog.read { db in
            guard let log = try Log.fetch(origin, in: db) else { return [:] }
            var found: [Int: (OriginID, Int)] = [:]
            for row in try Row.fetchAll(
                db,
                sql:
                    "SELECT idx, origin, target FROM subjects WHERE log = ? AND kind = 'note' AND idx >= ? AND idx < ?",
                arguments: [log.id, range.lowerBound, range.upperBound])
            {
                found[(try row.natural("idx"))] = (
                    OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                    (try row.natural("target"))
                )
            }
            return found
        }
    }

    private static func fits(
        _ target: (origin: OriginID, index: Int), _ selection: Selection, _ db: Database
    ) throws -> Bool {
        guard let log = try Log.fetch(target.origin, in: db) else { return false }
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT key, site, capturedAt FROM captures JOIN articles ON articles.id = article WHERE log = ? AND idx = ?
                """, arguments: [log.id, target.index])
        guard let row else { return false }
        return selection.fits(
            key: (try row.decode(forColumn: "key")), site: (try row.decode(forColumn: "site")),
            capturedAt: (try row.decode(forColumn: "capturedAt")))
    }
}
