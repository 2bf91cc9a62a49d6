internal import Extraction
public import Models
public import Storage

/// Looks at articles and feeds again and again, as their schedule says.
public final class Watcher {
    /// What the watch works on: given from outside, so that weeks pass in seconds where that is wanted.
    public struct Work {
        /// What is to be watched, read anew before each round.
        public var list: () throws -> WatchList
        /// Used from several threads at once when there are several workers.
        public var fetch: @Sendable (PageRequest) -> Fetched
        /// What a conditional request may go by; nil for none.
        public var conditions: (CaptureName) throws -> PageRequest.Conditions?
        /// Records pages and reports every edit whose capture stands at `reported` or later in the archive's own log. Also called with no
        /// pages, at the beginning: the process may have ended after pages were recorded and before their edits were reported.
        ///
        /// - Returns: a verdict for each page, and what counts as reported from now on.
        public var record: (_ pages: [WatchedPage], _ reported: Int?) throws -> ([WatchedVerdict], reported: Int)
        public var notify: (WatchNotice) -> Void
        public var isStopped: @Sendable () -> Bool
        /// In milliseconds: how soon a watch that rests notices that it is stopped, or that its list has changed.
        public var longestRest = 1000
        /// Of one feed: the state is written again and again, and must be small enough to be read.
        public var mostArticles = 20_000

        public init(
            list: @escaping () throws -> WatchList, fetch: @escaping @Sendable (PageRequest) -> Fetched,
            conditions: @escaping (CaptureName) throws -> PageRequest.Conditions?,
            record: @escaping ([WatchedPage], Int?) throws -> ([WatchedVerdict], reported: Int),
            notify: @escaping (WatchNotice) -> Void, isStopped: @escaping @Sendable () -> Bool
        ) {
            self.list = list
            self.fetch = fetch
            self.conditions = conditions
            self.record = record
            self.notify = notify
            self.isStopped = isStopped
        }
    }

    private let path: String
    private let lock: WatchLock
    private let work: Work
    private let surroundings: Surroundings
    private let robots: RobotsCache
    private let workers: Int
    private var state: WatchState
    private var list: WatchList?
    private var failedList: String?
    private var fullFeeds: Set<String> = []
    private let hosts = HostStandings()

    /// Things that are looked at in one round, and of one host: it would hold up all others.
    private static let mostAtOnce = 64
    private static let mostOfHost = 4
    /// Pages, and bytes of them, that are held before the archive and the state are written.
    private static let mostPages = 8
    private static let mostBytes = 32 << 20

    /// - Parameters:
    ///   - archive: in whose folder the watch's state is kept.
    ///   - robots: filled with what earlier runs have learned; nil where nobody asks for it.
    ///   - workers: hosts that are asked at the same time.
    public init(
        _ archive: Archive, _ work: Work, _ surroundings: Surroundings, robots: RobotsCache, workers: Int = 8
    ) throws {
        lock = try WatchLock(archive.path + "/state/watch.lock", archive: archive.path)
        path = archive.path + "/state/watch.json"
        self.work = work
        self.surroundings = surroundings
        self.robots = robots
        self.workers = workers
        state = try WatchState(reading: path)
        robots.learn(state.robots)
    }

    /// Works until everything that is due has been looked at (`once`), until a time, or until it is stopped.
    public func run(once: Bool = false, until: Timestamp? = nil) throws {
        state.reported = try work.record([], state.reported).reported
        try save()
        let began = surroundings.now()
        while !work.isStopped() {
            let now = surroundings.now()
            if let until, now >= until { return }
            try readList(now)
            correctTimes(now)
            let due = state.things.values.filter { thing in
                // What has been looked at is done, however soon it is due again.
                let isDone = once && thing.seen.map { $0 >= began } ?? false
                return thing.due <= now && !isDone
            }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
            if due.isEmpty {
                if once { return }
                let next = [state.things.values.map(\.due).min(), until].compactMap(\.self).min() ?? now
                rest(from: now, until: next)
                continue
            }
            try look(at: chosen(due, now))
        }
    }

    /// A clock that was set back must not make things wait for the time that it showed.
    private func correctTimes(_ now: Timestamp) {
        for (id, thing) in state.things where thing.added > now || thing.seen ?? now > now {
            state.things[id]?.seen = nil
            state.things[id]?.added = min(thing.added, now)
            state.things[id]?.changed = thing.changed.map { min($0, now) }
            state.things[id]?.due = min(thing.due, now)
        }
    }

    /// Of what is due, what is looked at in this round. Hosts that want to be left alone are.
    private func chosen(_ due: [WatchedThing], _ now: Timestamp) -> [WatchedThing] {
        hosts.beginRound(now)
        var chosen: [WatchedThing] = []
        var ofHost: [String: Int] = [:]
        for thing in due {
            guard chosen.count < Self.mostAtOnce else { break }
            let host = PageRequest(thing.url)?.host ?? ""
            if let until = hosts.heldUntil(host) {
                state.things[thing.id]?.due = until
                continue
            }
            guard ofHost[host, default: 0] < Self.mostOfHost else { continue }
            ofHost[host, default: 0] += 1
            chosen.append(thing)
        }
        return chosen
    }

    /// In short pieces, so that being stopped and a changed list are noticed.
    private func rest(from now: Timestamp, until next: Timestamp) {
        let wanted = next.milliseconds - now.milliseconds
        surroundings.sleep(Int(min(max(wanted, 10), Int64(work.longestRest))))
    }

    private func save() throws {
        state.robots = robots.json
        try state.write(path)
    }

    /// A list that cannot be read any more does not end a watch that runs.
    private func readList(_ now: Timestamp) throws {
        let read: WatchList
        do {
            read = try work.list()
            failedList = nil
        } catch {
            guard list != nil else { throw error }
            let reason = "\(error)"
            if reason != failedList { work.notify(.listFailed(reason: reason)) }
            failedList = reason
            return
        }
        guard read != list else { return }
        list = read
        merge(read, now)
    }

    private func merge(_ list: WatchList, _ now: Timestamp) {
        var named: Set<String> = []
        for line in list.lines {
            let id = WatchedThing.id(line.kind, line.url)
            named.insert(id)
            var thing = state.things[id] ?? WatchedThing(line.kind, line.url, added: now, allowsPrivate: true)
            if thing.every != line.every { thing.due = min(thing.due, now) }
            thing.feed = nil
            thing.url = line.url
            thing.every = line.every
            thing.contact = line.contact
            thing.allowsPrivate = true
            state.things[id] = thing
        }
        let feeds = Set(list.lines.filter { $0.kind != .article }.map(\.url))
        let contacts = Dictionary(list.lines.map { ($0.url, $0.contact) }) { first, _ in first }
        for (id, thing) in state.things where !named.contains(id) {
            guard let feed = thing.feed, feeds.contains(feed) else {
                state.things[id] = nil
                continue
            }
            state.things[id]?.contact = contacts[feed] ?? nil
        }
    }

    /// One round: fetches, records, reports, and sets when to look again.
    private func look(at due: [WatchedThing]) throws {
        var requests: [(thing: WatchedThing, request: PageRequest, basis: CaptureName?)] = []
        for thing in due {
            guard var request = PageRequest(thing.url, allowsPrivate: thing.allowsPrivate) else {
                state.things[thing.id] = nil
                continue
            }
            let basis = thing.basis.flatMap { CaptureName($0) }
            request.conditions = thing.kind == .article ? try basis.flatMap(work.conditions) : thing.conditions
            request.contact = thing.contact
            requests.append((thing, request, request.conditions == nil ? nil : basis))
        }
        let (work, isStopped) = (self.work.fetch, self.work.isStopped)
        let (hosts, surroundings) = (self.hosts, self.surroundings)
        var pages: [(id: String, page: WatchedPage)] = []
        var held = 0
        try HostQueues.run(requests.map(\.request), workers: workers, host: \.host) { request -> Fetched? in
            guard !isStopped(), hosts.mayBeAsked(request.host) else { return nil }
            let fetched = work(request)
            hosts.note(fetched, host: request.host, surroundings.now())
            return fetched
        } done: { place, fetched in
            let (thing, request, basis) = requests[place]
            guard let fetched else { return postpone(thing, host: request.host) }
            if thing.kind == .article {
                let page = WatchedPage(
                    fetched: fetched, article: thing.article.flatMap { ArticleKey(stated: $0) }, basis: basis)
                pages.append((thing.id, page))
                held += fetched.body.count
                guard pages.count >= Self.mostPages || held >= Self.mostBytes else { return }
                try record(pages)
                try save()
                (pages, held) = ([], 0)
            } else {
                take(fetched, of: thing)
            }
        }
        try record(pages)
        try save()
    }

    /// Its host was not reached a moment ago, or wants to be left alone: it was not asked for, so there is nothing to record.
    private func postpone(_ thing: WatchedThing, host: String) {
        if let until = hosts.heldUntil(host) {
            state.things[thing.id]?.due = until
            return
        }
        guard !work.isStopped() else { return }
        var look = Schedule.Look(published: thing.published ?? thing.added)
        look.failures = thing.failures + 1
        look.isFeed = thing.kind != .article
        look.every = thing.every
        state.things[thing.id]?.failures = look.failures
        state.things[thing.id]?.due = Schedule.next(look, now: surroundings.now(), random: surroundings.random)
    }

    private func record(_ pages: [(id: String, page: WatchedPage)]) throws {
        guard !pages.isEmpty else { return }
        let (verdicts, reported) = try work.record(pages.map(\.page), state.reported)
        state.reported = reported
        for ((id, page), verdict) in zip(pages, verdicts) {
            guard var thing = state.things[id] else { continue }
            let fetched = page.fetched
            settle(&thing, fetched)
            if verdict.isChanged { thing.changed = surroundings.now() }
            if fetched.outcome.isReceived, fetched.status == 200 { thing.basis = "\(verdict.capture)" }
            // An error page or a wall does not say which article it stands before.
            if fetched.outcome == .ok, fetched.status == 200, !verdict.isSuspect, thing.article == nil {
                thing.article = verdict.article.description
            }
            reschedule(&thing, fetched)
            state.things[id] = thing
        }
    }

    private func settle(_ thing: inout WatchedThing, _ fetched: Fetched) {
        thing.seen = surroundings.now()
        thing.failures = fetched.outcome.isReceived ? 0 : thing.failures + 1
    }

    private func reschedule(_ thing: inout WatchedThing, _ fetched: Fetched) {
        let now = surroundings.now()
        var look = Schedule.Look(published: thing.published ?? thing.added)
        look.changed = thing.changed
        look.every = thing.every
        look.isFeed = thing.kind != .article
        look.failures = thing.failures
        look.isRefused = fetched.outcome == .robots
        look.asked = [429, 503].contains(fetched.status) ? fetched.retryAfter(now).map { Int64($0) } : nil
        thing.due = Schedule.next(look, now: now, random: surroundings.random)
    }
}

extension Watcher {
    /// What a feed or sitemap lists is watched from now on.
    private func take(_ fetched: Fetched, of thing: WatchedThing) {
        guard var thing = state.things[thing.id] else { return }
        settle(&thing, fetched)
        reschedule(&thing, fetched)
        defer { state.things[thing.id] = thing }
        if fetched.isUnmodified { return }
        guard fetched.outcome.isReceived, fetched.status == 200 else {
            let reason = fetched.outcome.isReceived ? "status \(fetched.status ?? 0)" : fetched.outcome.reason
            work.notify(.feedFailed(url: thing.url, reason: reason))
            return
        }
        guard let feed = Feed(fetched: fetched), feed.isFeed else {
            work.notify(.noFeed(url: thing.url))
            return
        }
        thing.conditions = PageRequest.Conditions(url: fetched.url, head: fetched.head)
        let found = enter(feed, of: thing, isPrivate: fetched.isPrivate)
        if found > 0 { work.notify(.found(feed: thing.url, articles: found)) }
    }

    private static let mostItems = 2_000
    private static let mostSitemaps = 200

    /// - Returns: how many are new.
    private func enter(_ feed: Feed, of thing: WatchedThing, isPrivate: Bool) -> Int {
        let now = surroundings.now()
        let root = thing.feed ?? thing.url
        retire(now, root)
        let fresh = { (item: Feed.Item) in
            item.published.map { now.milliseconds - $0.milliseconds < Schedule.life } ?? true
        }
        let ofFeed = state.things.values.filter { $0.feed == root && $0.kind == .article }
        let moved = Self.formerIDs(of: feed, among: ofFeed)
        var room = work.mostArticles - ofFeed.count
        let newest = feed.items.filter(fresh).enumerated().sorted { a, b in
            let (first, second) = (a.element.published ?? now, b.element.published ?? now)
            return first == second ? a.offset < b.offset : first > second
        }
        var found = 0
        var isFull = false
        for item in newest.prefix(Self.mostItems).map(\.element) {
            let id = WatchedThing.id(.article, item.url)
            if let held = state.things[id] {
                if held.published == nil { state.things[id]?.published = item.published }
                // The feed says that it was touched after it was last looked at.
                if let updated = item.updated, let seen = held.seen, updated > seen, held.every == nil {
                    state.things[id]?.due = min(held.due, now)
                }
                continue
            }
            // The same item at another address is the same article.
            let former = item.guid.flatMap { moved[$0] }.flatMap { state.things.removeValue(forKey: $0) }
            guard former != nil || room > 0 else {
                isFull = true
                continue
            }
            var entered = former ?? WatchedThing(.article, item.url, added: now, allowsPrivate: isPrivate)
            entered.url = item.url
            entered.due = now
            entered.feed = root
            entered.guid = item.guid
            entered.published = item.published.map { min($0, now) } ?? entered.published
            entered.contact = thing.contact
            state.things[id] = entered
            if former == nil {
                found += 1
                room -= 1
            }
        }
        tellFull(root, isFull)
        for item in feed.sitemaps.sorted(by: { $0.updated ?? now > $1.updated ?? now }).prefix(Self.mostSitemaps) {
            let id = WatchedThing.id(.sitemap, item.url)
            guard state.things[id] == nil else { continue }
            var entered = WatchedThing(.sitemap, item.url, added: now, allowsPrivate: isPrivate)
            entered.feed = root
            entered.contact = thing.contact
            state.things[id] = entered
        }
        return found
    }

    /// By their mark, things that a feed may now list at another address: one item and one thing have it, and the feed no longer lists the
    /// thing's own address. Some feeds give all their items the same mark.
    private static func formerIDs(of feed: Feed, among held: [WatchedThing]) -> [String: String] {
        let items = Dictionary(feed.items.compactMap { item in item.guid.map { ($0, 1) } }, uniquingKeysWith: +)
        let listed = Set(feed.items.map { WatchedThing.id(.article, $0.url) })
        let ids = Dictionary(grouping: held.filter { $0.guid != nil }) { $0.guid ?? "" }
        return ids.compactMapValues { things in
            guard things.count == 1, let thing = things.first, items[thing.guid ?? ""] == 1, !listed.contains(thing.id)
            else { return nil }
            return thing.id
        }
    }

    /// Once, not at each look.
    private func tellFull(_ feed: String, _ isFull: Bool) {
        guard isFull else {
            fullFeeds.remove(feed)
            return
        }
        if fullFeeds.insert(feed).inserted { work.notify(.full(feed: feed, articles: work.mostArticles)) }
    }

    /// What feeds listed long ago is no longer looked at.
    private func retire(_ now: Timestamp, _ feed: String) {
        for (id, thing) in state.things where thing.feed == feed && thing.kind == .article {
            let age = now.milliseconds - (thing.published ?? thing.added).milliseconds
            if age > Schedule.life { state.things[id] = nil }
        }
    }
}
