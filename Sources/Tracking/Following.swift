internal import Diffing
internal import Foundation
internal import GRDB
public import Models
public import Storage

/// Bringing states and edits up to date.
extension Tracker {
    private static let progressName = "timelines"
    /// Articles that are followed in one transaction.
    private static let chunk = 64

    /// Judges states and compares revisions that came since the last time.
    ///
    /// - Parameter progress: told how many of how many articles are done.
    public func follow(progress: (Int, Int) -> Void = { _, _ in }) async throws {
        let from = try archive.known(try read { try TrackingCache.progress(Self.progressName, $0) })
        let until = try archive.place()
        guard from != until else { return }
        let articles = try archive.articles(after: from)
        // What has one state only has nothing to compare.
        let moved = articles.filter { $0.revisions > 1 }
        var done = 0
        while done < moved.count {
            let part = Array(moved[done..<min(done + Self.chunk, moved.count)])
            let followed = try await Self.concurrently(part) { try self.followed($0) }
            try write { db in for article in followed { try article.write(db) } }
            done += part.count
            progress(done, moved.count)
        }
        try learnSites(of: moved)
        try write { try TrackingCache.setProgress(Self.progressName, until, $0) }
    }

    /// Works on all cores; the results come in the items' order.
    static func concurrently<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (place, item) in items.enumerated() {
                group.addTask { @concurrent in (place, try work(item)) }
            }
            var found: [(Int, Value)] = []
            for try await item in group { found.append(item) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The states of an article, judged. Compares what was not compared before.
    public func timeline(of article: ArticleSummary) throws -> Timeline {
        let followed = try followed(article)
        if !followed.newJudgements.isEmpty { try write { try followed.write($0) } }
        return followed.timeline
    }

    private func followed(_ article: ArticleSummary) throws -> FollowedArticle {
        var follower = Follower(tracker: self, article: article)
        return try follower.followed(try archive.history(of: article))
    }

    /// After captures that were all assessed: the next question need not look at them again.
    ///
    /// - Parameters:
    ///   - before: the archive's place before they were recorded; if that was not followed up to, nothing is skipped.
    ///   - edited: the articles that moved.
    public func finish(since before: Archive.CatalogPlace, edited: [ArticleSummary]) throws {
        let followed = try archive.known(try read { try TrackingCache.progress(Self.progressName, $0) })
        guard followed == before else { return }
        try learnSites(of: edited)
        let until = try archive.place()
        try write { try TrackingCache.setProgress(Self.progressName, until, $0) }
    }

    /// Without waiting for the next question: what a capture just recorded turned out to be.
    ///
    /// - Returns: its state's health, and whether it differs from the last good state in more than furniture.
    public func assess(_ name: CaptureName) throws -> (article: ArticleSummary, health: StateHealth, isEdited: Bool)? {
        guard let found = try archive.capture(name) else { return nil }
        let followed = try followed(found.article)
        try write { try followed.write($0) }
        guard
            let entry = followed.timeline.entries.last(where: { entry in
                entry.state.captures.contains { $0.name == name }
            })
        else { return nil }
        let step = followed.timeline.steps.firstIndex { $0.after.number == entry.state.number }
        let isEdited = try step.map { place in
            let edits = followed.pairs[place].edits
            guard !edits.isEmpty else { return true }
            let furniture = try SiteFurniture(found.article.key.site, self)
            return !edits.allSatisfy { furniture.covers($0) }
        }
        return (found.article, entry.health, isEdited ?? false)
    }
}

/// Everything found out about one article, on its way into the cache.
struct FollowedArticle: Sendable {
    let timeline: Timeline
    /// One for each step.
    let pairs: [ComparedPair]
    let newJudgements: [Judgement]

    struct Judgement: Sendable {
        let revision: ObjectID
        let earlier: ObjectID?
        let status: Int
        let health: StateHealth
    }

    func write(_ db: Database) throws {
        let article = timeline.article
        let name = article.trackedName
        try db.execute(sql: "DELETE FROM states WHERE article = ?", arguments: [name])
        try db.execute(sql: "DELETE FROM steps WHERE article = ?", arguments: [name])
        for judgement in newJudgements {
            try db.execute(
                sql:
                    "INSERT OR IGNORE INTO judgements(revision, earlier, status, health, reason) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    Data(judgement.revision.bytes), Data(judgement.earlier?.bytes ?? []), judgement.status,
                    judgement.health.state.rawValue, judgement.health.reason?.rawValue,
                ])
        }
        var before: HistoryState?
        for entry in timeline.entries {
            try db.execute(
                sql: """
                    INSERT INTO states(article, key, site, number, before, capture, at, health, reason, isReturned)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    name, article.key.description, article.key.site, entry.state.number,
                    before?.captures.last?.name.description, entry.state.first.name.description,
                    entry.state.first.capturedAt.milliseconds, entry.health.state.rawValue,
                    entry.health.reason?.rawValue, entry.health.isReturned,
                ])
            before = entry.state
        }
        for (step, pair) in zip(timeline.steps, pairs) {
            let row = try pair.row(db, site: article.key.site, article: name)
            try db.execute(
                sql:
                    "INSERT INTO steps(article, key, site, before, after, at, pair, revertsTo) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    name, article.key.description, article.key.site,
                    (step.before.captures.last ?? step.before.first).name.description,
                    step.after.first.name.description,
                    step.after.first.capturedAt.milliseconds, row, step.revertsTo,
                ])
        }
    }
}

/// Goes through the states of one article.
private struct Follower {
    let tracker: Tracker
    let article: ArticleSummary
    /// The contents of revisions lately read: a state is compared with the one before, and judged by it.
    private var contents: [(id: ObjectID, revision: Revision?)] = []
    private var judgements: [FollowedArticle.Judgement] = []

    init(tracker: Tracker, article: ArticleSummary) {
        self.tracker = tracker
        self.article = article
    }

    mutating func followed(_ states: [HistoryState]) throws -> FollowedArticle {
        var entries: [Timeline.Entry] = []
        var good: HistoryState?
        var last: PageHealth.State?
        for state in states {
            let health = try judge(state, after: good, last: last)
            entries.append(Timeline.Entry(state: state, health: health))
            if health.state == .healthy { good = state }
            last = health.state
        }
        let timeline = Timeline(article: article, entries: entries)
        let pairs = try timeline.steps.map { try pair($0.before, $0.after) }
        return FollowedArticle(timeline: timeline, pairs: pairs, newJudgements: judgements)
    }

    private mutating func judge(_ state: HistoryState, after good: HistoryState?, last: PageHealth.State?) throws
        -> StateHealth
    {
        var status = 0
        if case .capture(let detail) = try tracker.archive.detail(of: state.first) { status = detail.status ?? 0 }
        if let known = try known(state.revision, good?.revision, status) {
            let isBack = known.state == .healthy && (last == .suspect || last == .gone)
            return StateHealth(known.state, known.reason, isReturned: isBack)
        }
        let earlier = try good.map { try content(of: $0) }.flatMap(\.self)
        let revision = try content(of: state)
        // What is no text, or cannot be read, says nothing about the article.
        if revision == nil, status < 400 { return StateHealth(.healthy) }
        let page = CapturedPage(revision: revision, status: status == 0 ? nil : status)
        let judged = PageHealth.judge(page, earlier: earlier.map { [$0] } ?? [], last: last)
        let health = StateHealth(judged.state, judged.reason, isReturned: judged.isReturned)
        judgements.append(.init(revision: state.revision, earlier: good?.revision, status: status, health: health))
        return health
    }

    private func known(_ revision: ObjectID, _ earlier: ObjectID?, _ status: Int) throws -> StateHealth? {
        try tracker.read { db in
            let find = try db.cachedStatement(
                sql: "SELECT health, reason FROM judgements WHERE revision = ? AND earlier = ? AND status = ?")
            guard
                let row = try Row.fetchOne(
                    find, arguments: [Data(revision.bytes), Data(earlier?.bytes ?? []), status]),
                let state = PageHealth.State(rawValue: row["health"])
            else { return nil }
            return StateHealth(state, (row["reason"] as String?).flatMap(PageHealth.Reason.init(rawValue:)))
        }
    }

    private mutating func pair(_ before: HistoryState, _ after: HistoryState) throws -> ComparedPair {
        if let known = try tracker.read({ try ComparedPair.fetch(before.revision, after.revision, $0) }) {
            return known
        }
        guard let from = try content(of: before), let to = try content(of: after) else {
            return ComparedPair(before: before.revision, after: after.revision)
        }
        return ComparedPair(before: before.revision, after: after.revision, from, to)
    }

    private mutating func content(of state: HistoryState) throws -> Revision? {
        if let held = contents.first(where: { $0.id == state.revision }) { return held.revision }
        let revision = try tracker.revision(of: state.first)
        contents.append((state.revision, revision))
        if contents.count > 3 { contents.removeFirst() }
        return revision
    }
}
