public import Diffing
internal import Foundation
internal import GRDB
public import Models
internal import Storage

/// Something that happened to an article between two captures.
public struct Change: Sendable {
    public enum What: Sendable {
        /// The article's text was edited.
        case edit(TrackedEdit, isRevert: Bool, isModifiedMoved: Bool)
        /// Something else stood where the article was, or the article stands there again.
        case page(StateHealth)
    }

    public let article: ArticleKey
    /// The last capture that shows the older state; nil for the article's first.
    public let before: CaptureName?
    /// The first capture that shows the newer state.
    public let after: CaptureName
    /// When that was captured.
    public let at: Timestamp
    public let what: What
}

/// Which changes are asked for.
public struct ChangeFilter: Sendable {
    /// Captured at this time or later.
    public var since: Timestamp?
    public var least: Significance = .minor
    /// All kinds where empty; `page` is none of them.
    public var kinds: Set<EditKind> = []
    public var includesPages = true
    public var includesEdits = true
    public var site: String?
    /// Of each origin's log, how many lines were there at the last look: what came later is asked for.
    public var seen: [OriginID: Int] = [:]

    public init() {}
}

extension Tracker {
    /// Every change in the archive that `filter` lets through, newest first.
    ///
    /// - Parameter each: returns false to stop.
    public func changes(_ filter: ChangeFilter, each: (Change) -> Bool) throws {
        var furniture: [String: SiteFurniture] = [:]
        let (condition, arguments) = Self.condition(filter)
        let steps = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT steps.key AS key, site, steps.before AS before, steps.after AS after, at, revertsTo,
                        isModifiedMoved, edits, pairs.sum AS sum, NULL AS health, NULL AS reason, 0 AS isReturned,
                        steps.id AS place, pair, steps.sum AS rowSum
                    FROM steps LEFT JOIN pairs ON pairs.id = pair WHERE \(condition)
                    UNION ALL
                    SELECT key, site, before, capture, at, NULL, 0, NULL, NULL, health, reason, isReturned, id, NULL, sum
                    FROM states WHERE (health != 'healthy' OR isReturned) AND \(condition)
                    ORDER BY at DESC, key, place DESC
                    """, arguments: arguments + arguments)
        }
        for row in steps {
            try Self.check(row)
            guard let after = CaptureName(try row.decode(forColumn: "after")),
                let at = Timestamp(milliseconds: (try row.decode(forColumn: "at")))
            else {
                throw TrackingError("a change without capture or time")
            }
            if !filter.seen.isEmpty, Self.isSeen(after, filter.seen) { continue }
            let make = { (what: Change.What) in
                Change(
                    article: ArticleKey(stored: (try row.decode(forColumn: "key"))),
                    before: ((try row.decode(forColumn: "before")) as String?).flatMap { CaptureName($0) },
                    after: after, at: at, what: what)
            }
            if let health = ((try row.decode(forColumn: "health")) as String?).flatMap(PageHealth.State.init(rawValue:))
            {
                guard filter.includesPages else { continue }
                let reason = ((try row.decode(forColumn: "reason")) as String?).flatMap(
                    PageHealth.Reason.init(rawValue:))
                let isReturned: Bool = try row.decode(forColumn: "isReturned")
                guard try each(make(.page(StateHealth(health, reason, isReturned: isReturned)))) else { return }
                continue
            }
            guard filter.includesEdits else { continue }
            let site: String = try row.decode(forColumn: "site")
            let known = try furniture[site] ?? SiteFurniture(site, self)
            furniture[site] = known
            for edit in try ComparedPair.decode(try ComparedPair.storedEdits(in: row)) {
                guard edit.significance >= filter.least, filter.kinds.isEmpty || filter.kinds.contains(edit.kind),
                    !known.covers(edit)
                else { continue }
                let isRevert = ((try row.decode(forColumn: "revertsTo")) as Int?) != nil
                let isModifiedMoved: Bool = try row.decode(forColumn: "isModifiedMoved")
                guard try each(make(.edit(edit, isRevert: isRevert, isModifiedMoved: isModifiedMoved))) else {
                    return
                }
            }
        }
    }

    private static func check(_ row: GRDB.Row) throws {
        let pair: Int64? = try row.decode(forColumn: "pair")
        try RowSum.check(
            (try row.decode(forColumn: "rowSum")),
            [
                (try row.decode(forColumn: "key")), (try row.decode(forColumn: "site")),
                (try row.decode(forColumn: "before")), (try row.decode(forColumn: "after")),
                (try row.decode(forColumn: "health")), (try row.decode(forColumn: "reason")),
            ],
            [
                (try row.decode(forColumn: "at")),
                pair == nil ? (try row.decode(forColumn: "isReturned")) : (try row.decode(forColumn: "revertsTo")),
                pair,
            ])
    }

    private static func condition(_ filter: ChangeFilter) -> (String, StatementArguments) {
        var conditions = ["1"]
        var arguments = StatementArguments()
        if let since = filter.since {
            conditions.append("at >= ?")
            arguments += [since.milliseconds]
        }
        if let site = filter.site {
            conditions.append("(site = ? OR site LIKE ? ESCAPE '\\')")
            let escaped = site.map { "%_\\".contains($0) ? "\\\($0)" : String($0) }.joined()
            arguments += [site, "%." + escaped]
        }
        return (conditions.joined(separator: " AND "), arguments)
    }

    private static func isSeen(_ name: CaptureName, _ seen: [OriginID: Int]) -> Bool {
        seen.contains { $0.key.description.hasPrefix(name.originPrefix) && name.index < $0.value }
    }

    /// Two states of an article compared, without what the archive has taught to be furniture.
    public func comparison(from: Revision, to: Revision, of article: ArticleKey) throws -> Comparison {
        let learned = try SiteFurniture(article.site, self).learned(for: (from, to))
        return Comparison(from: from, to: to) { learned.isFurniture($0) }
    }
}
