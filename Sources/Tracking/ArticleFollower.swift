internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// Captures that were just recorded, as far as they are still at hand.
struct Arrived: Sendable {
    var contents: [ObjectID: RevisionContent] = [:]
    /// HTTP statuses by the captures' rows, 0 where there was none.
    var statuses: [Int64: Int] = [:]
}

extension CaptureDetail {
    /// The HTTP status by which a page is judged, 0 where there was none; negative where the request was led to the site's front page.
    var judgedStatus: Int {
        // What was not modified is what it was when it was received.
        let status = status == 304 ? 200 : status ?? 0
        return outcome == "home" ? -status : status
    }
}

extension CapturedPage {
    init(_ revision: Revision?, judgedStatus: Int) {
        self.init(
            revision: revision, status: judgedStatus == 0 ? nil : abs(judgedStatus), isLedHome: judgedStatus < 0)
    }
}

/// Goes through those states of one article that are new since it was followed last, and those that stand after them.
struct ArticleFollower {
    let tracker: Tracker
    let article: ArticleIdentity
    let arrived: Arrived
    /// Of `Cores`.
    let worker: Int

    /// What is known of a state, whether it was found now or earlier.
    private struct Known {
        let number: Int
        let revision: ObjectID
        let health: PageHealth.State
    }

    private var states: [FollowedArticle.State] = []
    private var steps: [FollowedArticle.Step] = []
    private var judgements: [FollowedArticle.Judgement] = []
    private var sights: [Int64: FollowedArticle.Sight] = [:]
    private var last: Known?
    /// The last state that shows the article, and the last capture of it.
    private var good: (state: Known, until: CaptureName)?
    private var lastCapture: CaptureName?
    /// Revisions of the last two states.
    private var latest: [ObjectID] = []

    init(_ tracker: Tracker, _ article: ArticleIdentity, _ arrived: Arrived, worker: Int) {
        self.tracker = tracker
        self.article = article
        self.arrived = arrived
        self.worker = worker
    }

    /// Nil when nothing is new.
    mutating func followed() throws -> FollowedArticle? {
        let name = article.name
        let basis = try tracker.read { try FollowedArticle.place(name, $0) }
        let known = try tracker.archive.known(basis)
        let (before, captures) = try tracker.archive.arrivals(of: article, after: known)
        guard let first = captures.first, let newest = captures.max(by: { $0.row < $1.row }) else { return nil }
        if let before { try resume(name, before, at: first.capturedAt) }
        let kept = last?.number ?? 0
        for capture in captures { try add(capture, kept: kept, name) }
        return FollowedArticle(
            article: article, basis: basis, place: .init(row: newest.row, capture: newest.name.description), kept: kept,
            from: kept > 0 ? first.capturedAt : nil, states: states, steps: steps, judgements: judgements,
            sights: sights, latest: latest)
    }

    /// Takes up what was found about the states that begin before a time.
    private mutating func resume(_ name: String, _ before: HistoryCapture, at time: Timestamp) throws {
        let rows = try tracker.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT number, revision, health, before FROM states WHERE article = ? AND at < ? ORDER BY number DESC
                    """)
            var rows: [(state: Known, before: CaptureName?)] = []
            let cursor = try Row.fetchCursor(find, arguments: [name, time.milliseconds])
            while let row = try cursor.next() {
                guard let revision = ObjectID(rawBytes: (try row.decode(forColumn: "revision")) as Data),
                    let health = PageHealth.State(rawValue: (try row.decode(forColumn: "health")))
                else { throw TrackingError("a state without revision or health") }
                let state = Known(number: (try row.decode(forColumn: "number")), revision: revision, health: health)
                rows.append((state, ((try row.decode(forColumn: "before")) as String?).flatMap { CaptureName($0) }))
                if rows.count > 1, rows.contains(where: { $0.state.health == .healthy }) { break }
            }
            return rows
        }
        last = rows.first?.state
        lastCapture = before.name
        latest = rows.prefix(2).map(\.state.revision).reversed()
        guard let place = rows.firstIndex(where: { $0.state.health == .healthy }) else { return }
        let until = place == 0 ? before.name : rows[place - 1].before
        good = until.map { (rows[place].state, $0) }
    }

    private mutating func add(_ capture: HistoryCapture, kept: Int, _ name: String) throws {
        let state: Known
        if let last, last.revision == capture.revision {
            state = last
        } else {
            let number = (last?.number ?? 0) + 1
            let health = try judge(capture)
            state = Known(number: number, revision: capture.revision, health: health.state)
            states.append(.init(number: number, before: lastCapture, first: capture, health: health))
            latest = latest.suffix(1) + [capture.revision]
            if health.state == .healthy { try addStep(to: capture, kept: kept, name) }
        }
        if state.health == .healthy { good = (state, capture.name) }
        last = state
        lastCapture = capture.name
        guard let current = states.last else { return }
        let step = steps.last.flatMap { $0.number == state.number ? steps.count - 1 : nil }
        sights[capture.row] = .init(health: current.health, step: step)
    }

    private mutating func addStep(to capture: HistoryCapture, kept: Int, _ name: String) throws {
        guard let good, good.state.revision != capture.revision else { return }
        let pair = try pair(good.state.revision, capture)
        steps.append(
            .init(
                number: (last?.number ?? 0) + 1, before: good.until, after: capture, pair: pair,
                revertsTo: try earliest(showing: capture.revision, kept: kept, name)))
    }

    /// The number of the first state that shows the article as a revision does.
    private func earliest(showing revision: ObjectID, kept: Int, _ name: String) throws -> Int? {
        if kept > 0 {
            let number = try tracker.read { db in
                let find = try db.cachedStatement(
                    sql: """
                        SELECT MIN(number) FROM states WHERE article = ? AND revision = ? AND number <= ?
                        AND health = 'healthy'
                        """)
                return try Int.fetchOne(find, arguments: [name, Data(revision.bytes), kept])
            }
            if let number { return number }
        }
        return states.dropLast().first { $0.first.revision == revision && $0.health.state == .healthy }?.number
    }

    private mutating func judge(_ capture: HistoryCapture) throws -> StateHealth {
        let earlier = good?.state.revision
        let status = try status(of: capture)
        let isBroken = last.map { $0.health != .healthy } ?? false
        if let known = try known(capture.revision, earlier, status) {
            return StateHealth(known.state, known.reason, isReturned: known.state == .healthy && isBroken)
        }
        let revision = try content(of: capture.revision, capture).revision
        // What is no text, or cannot be read, says nothing about the article.
        if revision == nil, status < 400 { return StateHealth(.healthy) }
        let page = CapturedPage(revision, judgedStatus: status)
        let old = try earlier.map { try content(of: $0, nil) }?.revision
        let judged = PageHealth.judge(page, earlier: old.map { [$0] } ?? [], last: last?.health)
        let health = StateHealth(judged.state, judged.reason, isReturned: judged.isReturned)
        judgements.append(.init(revision: capture.revision, earlier: earlier, status: status, health: health))
        return health
    }

    private func status(of capture: HistoryCapture) throws -> Int {
        if let known = arrived.statuses[capture.row] { return known }
        return try tracker.archive.detail(of: capture, worker: worker).judgedStatus
    }

    private func known(_ revision: ObjectID, _ earlier: ObjectID?, _ status: Int) throws -> StateHealth? {
        try tracker.read { db in
            let find = try db.cachedStatement(
                sql: "SELECT health, reason FROM judgements WHERE revision = ? AND earlier = ? AND status = ?")
            guard
                let row = try Row.fetchOne(
                    find, arguments: [Data(revision.bytes), Data(earlier?.bytes ?? []), status]),
                let state = PageHealth.State(rawValue: (try row.decode(forColumn: "health")))
            else { return nil }
            return StateHealth(
                state, ((try row.decode(forColumn: "reason")) as String?).flatMap(PageHealth.Reason.init(rawValue:)))
        }
    }

    private func pair(_ before: ObjectID, _ capture: HistoryCapture) throws -> ComparedPair {
        let after = capture.revision
        if let known = try tracker.read({ try ComparedPair.fetch(before, after, $0) }) { return known }
        return ComparedPair(before: before, after: after, try content(of: before, nil), try content(of: after, capture))
    }

    /// - Parameter capture: one that shows it; nil when that must be looked up.
    private func content(of revision: ObjectID, _ capture: HistoryCapture?) throws -> RevisionContent {
        if let held = arrived.contents[revision] ?? tracker.contents[revision] { return held }
        let shown = try capture ?? tracker.archive.capture(of: article, showing: revision)
        let content = RevisionContent(try shown.map { try tracker.revision(of: $0, worker: worker) } ?? nil)
        tracker.contents.keep(content, of: revision)
        return content
    }
}
