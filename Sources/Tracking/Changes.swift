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
    /// `ArticleSummary.name`.
    public let articleName: String
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
    /// Captured at this time or earlier.
    public var until: Timestamp?
    public var least: Significance = .minor
    /// All kinds where empty; `page` is none of them.
    public var kinds: Set<EditKind> = []
    public var includesPages = true
    public var includesEdits = true
    /// Of this site, or of a part of it.
    public var site: String?
    /// Of the article of this name: `ArticleSummary.name`.
    public var article: String?
    /// Of each origin's log, how many lines were there at the last look: what came later is asked for.
    public var seen: [OriginID: Int] = [:]

    public init() {}
}

extension Tracker {
    /// Steps that are looked at for one page: where nearly all that happened was furniture, a page ends early.
    private static let mostLooked = 1000

    /// Every change in the archive that `filter` lets through, newest first.
    ///
    /// - Parameter each: returns false to stop.
    public func changes(_ filter: ChangeFilter, each: (Change) -> Bool) throws {
        var reader = try ChangeReader(self, filter, after: nil, batch: 256, isWhole: filter.article == nil)
        var furniture = SitesFurniture()
        while let event = try reader.next() {
            for change in try changes(event, filter, &furniture) {
                guard each(change) else { return }
            }
        }
    }

    /// One page of the changes that `filter` lets through, newest first; those of one time by key. Call `follow` before.
    ///
    /// All edits of one step between two states stand on the same page, so a page may be longer than asked for. It may be
    /// shorter, even empty, with more to come: when a thousand steps were looked at, and what had changed was mostly furniture.
    ///
    /// - Parameters:
    ///   - before: `next` of the page before; nil for the first page.
    ///   - limit: 1 to 1,000 changes; what is beyond is taken for the nearest of these.
    /// - Returns: the changes, and what to ask for next; nil at the end.
    /// - Throws: `InvalidCursor` when `before` is none of this list.
    public func changes(
        _ filter: ChangeFilter, before: String?, limit: Int
    ) throws -> (changes: [Change], next: String?) {
        let limit = PageSize.clamped(limit)
        var place: ChangePlace?
        if let before {
            place = ChangePlace(before)
            if place == nil { throw InvalidCursor(text: before) }
        }
        var reader = try ChangeReader(self, filter, after: place, batch: min(limit + 1, 256))
        var furniture = SitesFurniture()
        var found: [Change] = []
        var looked = 0
        var last: ChangePlace?
        while let event = try reader.next() {
            if let last, found.count >= limit || looked == Self.mostLooked { return (found, last.description) }
            found += try changes(event, filter, &furniture)
            looked += 1
            last = event.place
        }
        return (found, nil)
    }

    private func changes(
        _ event: ChangeEvent, _ filter: ChangeFilter, _ furniture: inout SitesFurniture
    ) throws -> [Change] {
        guard let after = CaptureName(event.after), let at = Timestamp(milliseconds: event.place.at) else {
            throw TrackingError("a change without capture or time")
        }
        if !filter.seen.isEmpty, Self.isSeen(after, filter.seen) { return [] }
        let make = { (what: Change.What) in
            Change(
                article: ArticleKey(stored: event.place.key), articleName: event.article,
                before: event.before.flatMap { CaptureName($0) }, after: after, at: at, what: what)
        }
        switch event.what {
        case .page(let health): return [make(.page(health))]
        case .step(let step, let bytes, let isModifiedMoved):
            let edits = try ComparedPair.decode(bytes).filter { edit in
                edit.significance >= filter.least && (filter.kinds.isEmpty || filter.kinds.contains(edit.kind))
            }
            return try furniture.uncovered(edits, of: step.site, self).map { edit in
                make(.edit(edit, isRevert: step.revertsTo != nil, isModifiedMoved: isModifiedMoved))
            }
        }
    }

    private static func isSeen(_ name: CaptureName, _ seen: [OriginID: Int]) -> Bool {
        seen.contains { $0.key.description.hasPrefix(name.originPrefix) && name.index < $0.value }
    }

    /// Two states of an article compared, without what the archive has taught to be furniture.
    public func comparison(from: Revision, to: Revision, of article: ArticleKey) throws -> Comparison {
        try learn(article.site)
        let learned = try read { db in
            var known = try SiteFurniture(article.site, sharedIn: db)
            return try known.learned(for: (from, to), db)
        }
        return Comparison(from: from, to: to) { learned.isFurniture($0) }
    }
}
