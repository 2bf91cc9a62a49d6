import Capturing
import Diffing
import Foundation
import Models
import Storage
import Synchronization
import Testing
import Tracking

/// News sites on this machine are watched for simulated weeks.
@Suite("Watching", .serialized)
struct WatchTests {
    private static let start = Timestamp(clampingSeconds: 1_772_409_600)
    private static let day = 1440

    private static func time(_ minutes: Int) -> Timestamp {
        Timestamp(clampingSeconds: start.milliseconds / 1000 + Int64(minutes) * 60)
    }

    private struct Killed: Error {}

    /// An archive, a watch over it, and what it said.
    private final class Desk {
        let archive: Archive
        let clock = SimulatedClock(WatchTests.start)
        var list = ""
        private(set) var told: [Change] = []
        private(set) var captures = 0
        /// Ends the process, so to speak, after that many batches, between recording and reporting.
        var killsAfter: Int?
        var forgetsWhatWasTold = false
        private let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "stet-watch-\(UUID().uuidString)")
            var random = SystemRandomNumberGenerator()
            let clock = clock
            archive = try Archive.create(
                at: folder.path, name: "test", key: "ssh-ed25519 AAAA", tool: "test/1", salt: Salt(using: &random),
                interpreter: .articles, clock: { clock.now })
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        /// As a process that is started at this moment.
        func watch(until end: Timestamp) throws {
            let (clock, archive) = (clock, archive)
            let numbers = Mutex(SeededNumbers(7))
            let surroundings = Surroundings(
                now: { clock.now }, sleep: { clock.sleep($0) },
                random: { most in numbers.withLock { Int.random(in: 0...max(0, most), using: &$0) } },
                isClockSynchronised: { nil })
            var options = FetchOptions()
            options.attempts = 2
            options.totalSeconds = 5
            let fetcher = PageFetcher(options, surroundings)
            let web = WebCapturing(archive, tool: "test/1")
            let tracker = try Tracker(archive)
            var work = Watcher.Work(
                list: { try WatchList(parsing: self.list) }, fetch: { fetcher.fetch($0) },
                conditions: { try web.conditions(of: $0) },
                record: { try self.record($0, $1, web, tracker) }, notify: { _ in }, isStopped: { false })
            work.longestRest = 3_600_000
            try Watcher(archive, work, surroundings, robots: RobotsCache(), workers: 1).run(until: end)
        }

        private func record(
            _ pages: [WatchedPage], _ reported: Int?, _ web: WebCapturing, _ tracker: Tracker
        ) throws -> ([WatchedVerdict], reported: Int) {
            var observations: [Observation] = []
            for page in pages {
                observations.append(try web.observation(page.fetched, article: page.article, basis: page.basis))
            }
            let recorded = try archive.record(observations)
            captures += recorded.count
            let assessed = try tracker.assess(observations, recorded)
            if !pages.isEmpty, let left = killsAfter {
                killsAfter = left == 0 ? nil : left - 1
                if left == 0 { throw Killed() }
            }
            let size = try archive.logs().first { $0.origin == archive.origin }?.head.size ?? 0
            if let reported, reported < size {
                try tracker.follow()
                var filter = ChangeFilter()
                filter.least = .cosmetic
                filter.seen = forgetsWhatWasTold ? [:] : [archive.origin: reported]
                var found: [Change] = []
                try tracker.changes(filter) { change in
                    found.append(change)
                    return true
                }
                told += found.reversed()
            }
            let verdicts = zip(recorded, assessed).map { recorded, assessment in
                let isEdited = recorded.status == .edited && assessment.isEdited
                return WatchedVerdict(
                    capture: recorded.capture, article: recorded.article,
                    isChanged: isEdited && assessment.health.state == .healthy,
                    isSuspect: assessment.health.state != .healthy)
            }
            return (verdicts, size)
        }

        var edits: [String] {
            told.compactMap { change in
                guard case .edit(let edit, _, _) = change.what else { return nil }
                return "\(change.article) \(edit.kind.rawValue)"
            }
        }

        var pages: [String] {
            told.compactMap { change in
                guard case .page(let health) = change.what else { return nil }
                return "\(change.article) \(health.isReturned ? "returned" : health.state.rawValue)"
            }
        }
    }

    /// A site whose pages have furniture that changes at each request, and a feed of what is published.
    private final class Site: Sendable {
        let articles: [SimulatedArticle]
        private let clock: SimulatedClock
        private let requests = Mutex(0)
        private let unwell:
            @Sendable (_ path: String, _ number: Int, _ now: Timestamp, LoopbackServer.Connection) -> Bool
        private let held = Mutex<LoopbackServer?>(nil)
        var root: String { held.withLock { $0?.root ?? "" } }

        init(
            _ host: String, _ articles: [SimulatedArticle], _ clock: SimulatedClock,
            unwell: @escaping @Sendable (String, Int, Timestamp, LoopbackServer.Connection) -> Bool = { _, _, _, _ in
                false
            }
        ) throws {
            self.articles = articles
            self.clock = clock
            self.unwell = unwell
            let server = try LoopbackServer(host) { [weak self] in self?.answer($0, $1) }
            held.withLock { $0 = server }
        }

        private func answer(_ request: LoopbackServer.Request, _ client: LoopbackServer.Connection) {
            let now = clock.now
            let number = requests.withLock { held in
                held += 1
                return held
            }
            if request.path == "/robots.txt" { return client.answer(404, "none") }
            if request.path == "/feed" { return feed(now, client) }
            let path = String(request.path.prefix { $0 != "?" })
            if unwell(path, number, now, client) { return }
            guard let article = articles.first(where: { $0.path == path })?.state(at: now) else {
                return client.answer(
                    404, "<html><body><h1>Page not found</h1><p>There is nothing here.</p></body></html>")
            }
            client.answer(200, SimulatedPage.html(article, site: "Daily", now: now, number: number))
        }

        private func feed(_ now: Timestamp, _ client: LoopbackServer.Connection) {
            let items = articles.compactMap { $0.state(at: now) }.map {
                "<item><link>\(root)\($0.path)?utm_source=rss</link><guid isPermaLink=\"false\">\($0.path)</guid><dc:date>\($0.published)</dc:date></item>"
            }
            let text = "<rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\(items.joined())</channel></rss>"
            client.answer(200, [("Content-Type", "application/rss+xml")], text)
        }

        /// What a watch must tell, in any order.
        var expected: [String] {
            articles.flatMap { article in
                article.edits.map { edit in
                    "\(ArticleKey(url: root + article.path)?.description ?? "") \(edit.kind)"
                }
            }
        }
    }

    private static let figure = SimulatedArticle.Edit(minutes: 50, kind: "figure") {
        $0.paragraphs[1] = $0.paragraphs[1].replacing(",200 people", with: ",900 people")
    }
    private static let headline = SimulatedArticle.Edit(minutes: 300, kind: "headline") {
        $0.headline = $0.headline.replacing("until spring", with: "for good")
    }
    private static let quotation = SimulatedArticle.Edit(minutes: 2 * day, kind: "quotation") {
        $0.paragraphs[2] = $0.paragraphs[2].replacing("no other way", with: "hardly another way")
    }
    private static let added = SimulatedArticle.Edit(minutes: 3 * day, kind: "added") {
        $0.paragraphs.append(
            "On Thursday evening the mayor invited everybody who lives nearby to a walk around the place, where the plans will be explained once more."
        )
    }
    private static let removed = SimulatedArticle.Edit(minutes: 5 * day, kind: "removed") {
        $0.paragraphs.remove(at: 3)
    }
    private static let late = SimulatedArticle.Edit(minutes: 9 * day, kind: "figure") {
        $0.paragraphs[4] = $0.paragraphs[4].replacing("three companies", with: "seven companies")
    }

    /// - Parameter apart: minutes between their publications.
    private static func articles(
        _ numbers: Range<Int>, _ edits: [[SimulatedArticle.Edit]], apart: Int = 900
    ) -> [SimulatedArticle] {
        numbers.enumerated().map { place, number in
            var article = SimulatedArticle(number, published: time(place * apart))
            article.edits = edits[place % edits.count]
            return article
        }
    }

    /// Three sites: one with a feed, one whose addresses are listed, one that is often unwell.
    private static func sites(_ clock: SimulatedClock) throws -> [Site] {
        let first = try Site(
            "127.0.0.1", articles(10..<16, [[figure, headline], [], [quotation, removed], [added], [late]]), clock)
        let second = try Site(
            "127.0.0.2", articles(20..<24, [[headline, added], [], [figure, quotation]], apart: 0), clock)
        let third = try Site("127.0.0.3", articles(30..<34, [[figure, late], [], [removed]]), clock) {
            path, number, now, client in
            let minutes = (now.milliseconds - start.milliseconds) / 60_000
            switch number % 9 {
            case 1: client.reset()
            case 3:
                client.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\nConnection: close\r\n\r\n<html><body><h1>Half a page")
            case 5:
                client.answer(
                    503, [("Content-Type", "text/html"), ("Retry-After", "90")], "<h1>Service unavailable</h1>")
            case 7: client.answer(302, [("Location", path)], "")
            default:
                // A wall for a day, then one article gone for two.
                if (4 * 1440..<5 * 1440).contains(minutes) {
                    client.answer(200, SimulatedPage.wall)
                } else if path.contains("/33-"),
                    (8 * 1440..<10 * 1440).contains(minutes)
                {
                    client.answer(404, "<h1>Page not found</h1>")
                } else {
                    return false
                }
            }
            return true
        }
        return [first, second, third]
    }

    private static func list(_ sites: [Site]) -> String {
        let listed = sites[1].articles.map { "\(sites[1].root)\($0.path)" }
        return ["feed \(sites[0].root)/feed every=1h", "feed \(sites[2].root)/feed every=1h"].joined(separator: "\n")
            + "\n"
            + listed.joined(separator: "\n")
    }

    private static let end = time(17 * day)

    @Test("over weeks every edit is told once, with its kind; furniture, failures and walls are no edits")
    func tellsEveryEdit() throws {
        let desk = try Desk()
        let sites = try Self.sites(desk.clock)
        desk.list = Self.list(sites)
        try desk.watch(until: Self.end)
        let expected = sites.flatMap(\.expected)
        try #require(expected.count > 12)
        #expect(desk.edits.sorted() == expected.sorted())
        #expect(desk.captures > 400)
        let gone = "\(ArticleKey(url: sites[2].root + sites[2].articles[3].path)?.description ?? "")"
        #expect(desk.pages.contains("\(gone) gone"))
        #expect(desk.pages.last { $0.hasPrefix(gone) } == "\(gone) returned")
        print(
            "a simulated watch of 17 days: \(desk.captures) captures, \(desk.edits.count) edits, \(desk.pages.count) other pages"
        )
    }

    @Test("a watch that is killed again and again tells the same")
    func survivesKills() throws {
        let desk = try Desk()
        let sites = Array(try Self.sites(desk.clock).prefix(2))
        desk.list = sites[1].articles.map { "\(sites[1].root)\($0.path)" }.joined(separator: "\n")
        var kills = 0
        while desk.clock.now < Self.end {
            desk.killsAfter = kills < 25 ? kills % 7 : nil
            do { try desk.watch(until: Self.end) } catch is Killed { kills += 1 }
        }
        #expect(kills == 25)
        #expect(desk.edits.sorted() == sites[1].expected.sorted())
    }

    @Test("a clock that is set back makes nothing wait for the time that it showed")
    func survivesClocks() throws {
        let desk = try Desk()
        let site = try Site("127.0.0.1", Self.articles(40..<41, [[]]), desk.clock)
        desk.list = "\(site.root)\(site.articles[0].path)"
        try desk.watch(until: Self.time(60))
        let captures = desk.captures
        try #require(captures > 0)
        desk.clock.sleep(-10 * Self.day * 60_000)
        try desk.watch(until: Self.time(60 - 10 * Self.day + 60))
        #expect(desk.captures > captures)
    }

    private static func canonical(_ path: String) -> String {
        """
        <html><head><title>Harbour</title><link rel="canonical" href="\(path)"></head><body><article><h1>The harbour stays open</h1>
        <p>The harbour will stay open over the winter, the council said on Monday after a long debate.</p></article></body></html>
        """
    }

    /// A server that fails first, then says which article it has; and says so on a page that is an error.
    private static func answerWithAddresses() throws -> LoopbackServer {
        let isAsked = Mutex(false)
        return try LoopbackServer { request, client in
            switch request.path {
            case "/story":
                let wasAsked = isAsked.withLock { held in
                    defer { held = true }
                    return held
                }
                if !wasAsked { return client.reset() }
                client.answer(200, Self.canonical("/right"))
            case "/lost": client.answer(404, Self.canonical("/wrong"))
            case "/tagged":
                let isKnown = request.field("If-None-Match") != nil
                client.answer(isKnown ? 304 : 200, [("ETag", "\"v1\"")], isKnown ? "" : Self.canonical("/tagged"))
            default: client.answer(404, "none")
            }
        }
    }

    @Test("neither an error page nor no answer at all says which article it is")
    func knowsArticlesByPages() async throws {
        let desk = try Desk()
        let clock = desk.clock
        let server = try Self.answerWithAddresses()
        var options = FetchOptions()
        options.attempts = 1
        options.delay = 0
        let fetcher = PageFetcher(options, Surroundings(now: { clock.now }, sleep: { _ in }))
        let web = WebCapturing(desk.archive, tool: "test/1")
        var found: [String] = []
        for path in ["/story", "/story", "/lost"] {
            try await web.capture([server.root + path], with: fetcher) { _, recorded in
                recorded
            } report: { outcome in
                guard case .recorded(let recorded, _, _) = outcome.result else { return }
                found.append("\(recorded.article)")
            }
        }
        #expect(found == ["/story", "/right", "/lost"].map { ArticleKey(url: server.root + $0)?.description ?? "" })
    }

    @Test("'not modified' is nothing received where what it speaks of is gone, not an empty page")
    func doesNotInventPages() throws {
        let desk = try Desk()
        let clock = desk.clock
        let server = try Self.answerWithAddresses()
        let fetcher = PageFetcher(FetchOptions(), Surroundings(now: { clock.now }, sleep: { _ in }))
        let web = WebCapturing(desk.archive, tool: "test/1")
        var request = try #require(PageRequest(server.root + "/tagged"))
        let first = fetcher.fetch(request)
        request.conditions = PageRequest.Conditions(url: first.url, head: first.head)
        let second = fetcher.fetch(request)
        try #require(second.isUnmodified)
        let observation = try web.observation(second, article: nil, basis: nil)
        #expect(observation.detail.outcome == "other")
        let recorded = try desk.archive.record([try web.observation(first, article: nil, basis: nil), observation])
        #expect(recorded.map(\.status) == [.new, .unreceived])
    }

    @Test("this test can fail: a watch that forgets what it told tells it twice")
    func canFail() throws {
        let desk = try Desk()
        let site = try Site("127.0.0.1", Self.articles(40..<41, [[Self.figure, Self.headline]]), desk.clock)
        desk.list = "\(site.root)\(site.articles[0].path)"
        desk.forgetsWhatWasTold = true
        try desk.watch(until: Self.time(Self.day))
        #expect(desk.edits.count > site.expected.count)
    }
}
