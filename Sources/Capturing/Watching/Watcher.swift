internal import Extraction
internal import Glibc
public import Models
public import Storage
internal import Synchronization
internal import WebArchives

/// A watched article as it was fetched, on its way into the archive.
public struct WatchedPage: Sendable {
    public let fetched: Fetched
    /// The article that it is, where that is known.
    public let article: ArticleKey?
    /// The capture that a conditional request went by: what an answer "not modified" stands for.
    public let basis: CaptureName?
}

/// What an archive made of a watched article.
public struct WatchedVerdict: Sendable {
    public let capture: CaptureName
    public let article: ArticleKey
    /// Whether the article is not as it was: edited, gone, or back.
    public let isChanged: Bool

    public init(capture: CaptureName, article: ArticleKey, isChanged: Bool) {
        self.capture = capture
        self.article = article
        self.isChanged = isChanged
    }
}

/// What is to be said about a watch besides the edits that it finds.
public enum WatchNotice: Sendable {
    /// Nothing came of a feed or sitemap.
    case feedFailed(url: String, reason: String)
    /// It was received and is none.
    case noFeed(url: String)
    case found(feed: String, articles: Int)
    case listFailed(reason: String)
}

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

    /// Things that are fetched before the archive and the state are written.
    private static let mostAtOnce = 64

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
        while !work.isStopped() {
            let now = surroundings.now()
            if let until, now >= until { return }
            try readList(now)
            let due = state.things.values.filter { $0.due <= now }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
            if due.isEmpty {
                if once { return }
                let next = [state.things.values.map(\.due).min(), until].compactMap(\.self).min() ?? now
                rest(from: now, until: next)
                continue
            }
            try look(at: Array(due.prefix(Self.mostAtOnce)))
        }
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
        let downHosts = DownHosts()
        var pages: [(id: String, page: WatchedPage)] = []
        try HostQueues.run(requests.map(\.request), workers: workers, host: \.host) { request -> Fetched? in
            guard !isStopped(), !downHosts.contains(request.host) else { return nil }
            let fetched = work(request)
            if !fetched.outcome.isReached { downHosts.insert(request.host) }
            return fetched
        } done: { place, fetched in
            let (thing, _, basis) = requests[place]
            guard let fetched else { return postpone(thing) }
            if thing.kind == .article {
                let page = WatchedPage(
                    fetched: fetched, article: thing.article.flatMap { ArticleKey(stated: $0) }, basis: basis)
                pages.append((thing.id, page))
            } else {
                take(fetched, of: thing)
            }
        }
        try record(pages)
        try save()
    }

    /// Its host was not reached a moment ago: it was not asked for, so there is nothing to record.
    private func postpone(_ thing: WatchedThing) {
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
            if fetched.outcome.isReceived, thing.article == nil { thing.article = verdict.article.description }
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
        let fresh = { (item: Feed.Item) in
            item.published.map { now.milliseconds - $0.milliseconds < Schedule.life } ?? true
        }
        var guids: [String: String] = [:]
        for held in state.things.values where held.feed == root { if let guid = held.guid { guids[guid] = held.id } }
        let newest = feed.items.filter(fresh).enumerated().sorted { a, b in
            let (first, second) = (a.element.published ?? now, b.element.published ?? now)
            return first == second ? a.offset < b.offset : first > second
        }
        var found = 0
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
            let former = item.guid.flatMap { guids[$0] }.flatMap { state.things.removeValue(forKey: $0) }
            var entered = former ?? WatchedThing(.article, item.url, added: now, allowsPrivate: isPrivate)
            entered.url = item.url
            entered.due = now
            entered.feed = root
            entered.guid = item.guid
            entered.published = item.published.map { min($0, now) } ?? entered.published
            entered.contact = thing.contact
            state.things[id] = entered
            if former == nil { found += 1 }
        }
        for item in feed.sitemaps.sorted(by: { $0.updated ?? now > $1.updated ?? now }).prefix(Self.mostSitemaps) {
            let id = WatchedThing.id(.sitemap, item.url)
            guard state.things[id] == nil else { continue }
            var entered = WatchedThing(.sitemap, item.url, added: now, allowsPrivate: isPrivate)
            entered.feed = root
            entered.contact = thing.contact
            state.things[id] = entered
        }
        retire(now, root)
        return found
    }

    /// What feeds listed long ago is no longer looked at.
    private func retire(_ now: Timestamp, _ feed: String) {
        for (id, thing) in state.things where thing.feed == feed && thing.kind == .article {
            let age = now.milliseconds - (thing.published ?? thing.added).milliseconds
            if age > Schedule.life { state.things[id] = nil }
        }
    }
}

/// Somebody else watches with this archive.
public struct WatchBusy: Error, Hashable, Sendable {
    public let path: String
}

/// Two watches with one archive would undo each other's state. The kernel lets go of it when the process ends, however it does.
private final class WatchLock {
    private let descriptor: Int32

    init(_ path: String, archive: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw WatchBusy(path: archive)
        }
    }

    deinit { close(descriptor) }
}

/// Hosts that were not reached in this round.
private final class DownHosts: Sendable {
    private let hosts = Mutex<Set<String>>([])

    func contains(_ host: String) -> Bool { hosts.withLock { $0.contains(host) } }
    func insert(_ host: String) { hosts.withLock { _ = $0.insert(host) } }
}

extension Feed {
    private static let largest = 64 << 20

    /// Sitemaps are often compressed files, whatever the server says of them. Nil where that fails.
    fileprivate init?(fetched: Fetched) {
        var bytes = fetched.body
        if bytes.starts(with: [0x1F, 0x8B]) {
            do throws(ContentCoding.Failure) {
                bytes = try ContentCoding.remove(["gzip"], from: bytes, limit: Self.largest)
            } catch {
                return nil
            }
        }
        self.init(parsing: bytes, mediaType: fetched.mediaType, url: fetched.url)
    }
}
