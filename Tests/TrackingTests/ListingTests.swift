import Diffing
import Foundation
import Models
import Storage
import Testing
import Tracking

@Suite("Lists of articles")
struct ListingTests {
    private static let base: Int64 = 1_700_000_000_000

    private static func hour(_ number: Int64) -> Timestamp? { Timestamp(milliseconds: base + number * 3_600_000) }

    /// Seven articles: two of `daily.example` and one under it, three of `post.example`, and a wall.
    private func press() throws -> TrackedArchive {
        let press = try TrackedArchive()
        let text = { (number: String) in Pages.page(Pages.story.map { $0.replacing("forty", with: number) }) }
        for (place, site) in ["daily.example", "daily.example", "news.daily.example"].enumerated() {
            try press.capture(text("forty"), url: "https://\(site)/a\(place)", hour: Int64(1 + place))
        }
        for place in 0..<3 {
            try press.capture(text("forty"), url: "https://post.example/b\(place)", hour: Int64(10 + place))
        }
        // A figure, a headline; and a second figure, latest of all.
        try press.capture(text("fifty"), url: "https://daily.example/a0", hour: 20)
        try press.capture(
            Pages.page(Pages.story, headline: "Ferry in a gale"), url: "https://post.example/b1", hour: 21)
        try press.capture(text("sixty"), url: "https://daily.example/a0", hour: 22)
        try press.capture(text("forty"), url: "https://post.example/b2", hour: 30)
        try press.capture(Pages.consent, url: "https://wall.example/c", hour: 5)
        return press
    }

    private func names(_ listing: ArticleListing) -> [String] { listing.articles.map(\.name) }

    private func all(_ filter: ArticleFilter, _ tracker: Tracker, by size: Int) throws -> [String] {
        var found: [String] = []
        var after: String?
        repeat {
            let page = try tracker.articles(filter, after: after, limit: size)
            #expect(page.articles.count <= size)
            found += names(page)
            after = page.next
        } while after != nil
        return found
    }

    @Test("an article is listed with what was captured of it and edited in it")
    func row() throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        let found = try #require(try tracker.articles(named: ["daily.example/a0"]).first)
        #expect(found.site == "daily.example")
        #expect(found.headline == "Ferry in the storm")
        #expect(found.language == "en")
        #expect(found.captures == 3)
        #expect(found.states == 3)
        #expect(found.substantive == 2)
        #expect(found.minor + found.cosmetic == 0)
        #expect(found.firstCapturedAt == Self.hour(1))
        #expect(found.lastCapturedAt == Self.hour(22))
        #expect(found.lastEditedAt == Self.hour(22))
        #expect(found.health == StateHealth(.healthy))
        let walls = try tracker.articles(named: ["nothing.example/x", "wall.example/c"])
        #expect(walls.map(\.health) == [StateHealth(.suspect, .consentWall)])
    }

    private static func filter(_ set: (inout ArticleFilter) -> Void) -> ArticleFilter {
        var filter = ArticleFilter()
        set(&filter)
        return filter
    }

    private static let edited = ["daily.example/a0", "post.example/b1"]
    private static let byCapture = [
        "post.example/b2", "daily.example/a0", "post.example/b1", "post.example/b0", "wall.example/c",
        "news.daily.example/a2", "daily.example/a1",
    ]

    private static let lists: [(filter: ArticleFilter, expected: [String])] = [
        (filter { _ in }, edited + byCapture.filter { !edited.contains($0) }),
        (filter { $0.order = .captured }, byCapture),
        (
            filter { $0.order = .key },
            [
                "daily.example/a0", "daily.example/a1", "news.daily.example/a2", "post.example/b0",
                "post.example/b1", "post.example/b2", "wall.example/c",
            ]
        ),
        (
            filter {
                $0.order = .key
                $0.site = "daily.example"
            }, ["daily.example/a0", "daily.example/a1", "news.daily.example/a2"]
        ),
        (
            filter {
                $0.order = .key
                $0.site = "post.example"
            }, ["post.example/b0", "post.example/b1", "post.example/b2"]
        ),
        (filter { $0.site = "aily.example" }, []),
        (filter { $0.site = "daily.example" }, ["daily.example/a0", "news.daily.example/a2", "daily.example/a1"]),
        (filter { $0.from = hour(21) }, ["daily.example/a0", "post.example/b1", "post.example/b2"]),
        (filter { $0.until = hour(2) }, ["daily.example/a0", "daily.example/a1"]),
        (
            filter {
                $0.from = hour(3)
                $0.until = hour(5)
                $0.order = .key
            }, ["daily.example/a0", "news.daily.example/a2", "wall.example/c"]
        ),
        (filter { $0.least = .cosmetic }, edited),
        (filter { $0.least = .substantive }, edited),
        (filter { $0.kinds = [.headline] }, ["post.example/b1"]),
        (filter { $0.kinds = [.headline, .figure] }, edited),
        (filter { $0.kinds = [.correction] }, []),
        (
            filter {
                $0.kinds = [.figure]
                $0.site = "post.example"
            }, []
        ),
        (
            filter {
                $0.least = .minor
                $0.order = .key
                $0.until = hour(11)
            }, edited
        ),
    ]

    @Test("lists hold what is asked for, in its order, on pages of any length", arguments: [1, 2, 3, 50])
    func lists(_ size: Int) throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        for (filter, expected) in Self.lists {
            #expect(try all(filter, tracker, by: size) == expected, "\(filter)")
            #expect(try tracker.articles(filter, after: nil, limit: size).total == expected.count, "\(filter)")
        }
    }

    @Test("sites are listed with how many articles they have")
    func sites() throws {
        let press = try press()
        let tracker = try press.tracker()
        #expect(try tracker.sites().isEmpty)
        try tracker.follow()
        let sites = try tracker.sites()
        #expect(sites.map(\.site) == ["post.example", "daily.example", "news.daily.example", "wall.example"])
        #expect(sites.map(\.articles) == [3, 2, 1, 1])
    }

    @Test("who walks through a list meets no article twice, and all that stand still, while captures arrive")
    func arrivals() throws {
        for order in ArticleFilter.Order.allCases {
            let press = try press()
            let tracker = try press.tracker()
            try tracker.follow()
            let filter = Self.filter { $0.order = order }
            var found: [String] = []
            var after: String?
            var round: Int64 = 40
            repeat {
                let page = try tracker.articles(filter, after: after, limit: 1)
                found += names(page)
                after = page.next
                round += 1
                try press.capture(Pages.page(Pages.story), url: "https://a.example/\(round)", hour: round)
                try press.capture(
                    Pages.page(Pages.story, headline: "Gale \(round)"), url: "https://post.example/b2", hour: round)
                try tracker.follow()
            } while after != nil && round < 100
            #expect(Set(found).count == found.count)
            #expect(Set(found).isSuperset(of: Self.byCapture.filter { $0 != "post.example/b2" }))
        }
    }

    @Test(
        "what is no place in a list is refused",
        arguments: [
            "", "x", "e", "e.", "e.1", "e.1.2.3", "e.a.b", "c.1.2", "k.1", "n.1.-", "e.99999999999999999999.1",
            "e.1.2\0",
            "'; DROP TABLE listing; --", String(repeating: "9", count: 100_000), "e.١.٢",
        ])
    func cursors(_ text: String) throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        #expect(throws: InvalidCursor.self) { try tracker.articles(ArticleFilter(), after: text, limit: 5) }
        #expect(throws: InvalidCursor.self) { try tracker.changes(ChangeFilter(), before: text, limit: 5) }
        let byKey = Self.filter { $0.order = .key }
        #expect(throws: InvalidCursor.self) { try tracker.articles(byKey, after: "k.77777", limit: 5) }
    }

    @Test("the ends of what can be asked for do no harm")
    func ends() throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        for limit in [Int.min, -1, 0] {
            #expect(try tracker.articles(ArticleFilter(), after: nil, limit: limit).articles.count == 1)
        }
        #expect(try tracker.articles(ArticleFilter(), after: nil, limit: .max).articles.count == 7)
        let far = "e.\(Int64.min).\(Int64.min)"
        #expect(try tracker.articles(ArticleFilter(), after: far, limit: 9).articles.count == 5)
        #expect(try tracker.articles(named: ["", "\0", "/file:", "'"]).isEmpty)
    }

    @Test("a list made while capturing is the list made anew, whatever came in which order", arguments: [1, 3, 100])
    func grouping(_ size: Int) throws {
        let press = try TrackedArchive()
        let tracker = try press.tracker()
        var observations: [Observation] = []
        for round in 0..<4 {
            for place in 0..<6 {
                let count = ["forty", "fifty", "fifty", "sixty"][place % 2 == 0 ? round : 0]
                let html =
                    place == 5 && round == 3
                    ? Pages.consent : Pages.page(Pages.story.map { $0.replacing("forty", with: count) })
                // Some come late.
                let hour = round == 2 ? place : round * 10 + place + 10
                observations.append(
                    try press.observation(html, url: "https://s\(place % 3).example/\(place)", hour: Int64(hour)))
            }
        }
        for start in stride(from: 0, to: observations.count, by: size) {
            let part = Array(observations[start..<min(start + size, observations.count)])
            _ = try tracker.assess(part, try press.archive.record(part))
        }
        let captured = try tracker.articles(ArticleFilter(), after: nil, limit: 100).articles
        #expect(captured.count == 6)
        #expect(captured.contains { $0.health.reason == .consentWall })
        #expect(captured.contains { $0.substantive > 1 })
        try Tracker.discard(press.archive)
        let again = try press.tracker()
        try again.follow()
        #expect(try again.articles(ArticleFilter(), after: nil, limit: 100).articles == captured)
    }
}

@Suite("Pages of changes")
struct ChangePageTests {
    private func press() throws -> TrackedArchive {
        let press = try TrackedArchive()
        let text = { (number: String) in Pages.page(Pages.story.map { $0.replacing("forty", with: number) }) }
        // Several at one time; a wall and a return among them; a step with two edits.
        for place in 0..<4 {
            let url = "https://s\(place % 2).example/\(place)"
            try press.capture(text("forty"), url: url, hour: 1)
            try press.capture(text("fifty"), url: url, hour: 2)
            try press.capture(Pages.consent, url: url, hour: 3)
            try press.capture(
                Pages.page(Pages.story.map { $0.replacing("forty", with: "sixty") }, headline: "Ferry in a gale"),
                url: url,
                hour: 4)
        }
        return press
    }

    private func text(_ change: Change) -> String {
        switch change.what {
        case .edit(let edit, _, _): "\(change.at) \(change.articleName) \(edit.kind)"
        case .page(let health): "\(change.at) \(change.articleName) \(health.state) \(health.isReturned)"
        }
    }

    private func all(_ filter: ChangeFilter, _ tracker: Tracker, by size: Int) throws -> [String] {
        var found: [String] = []
        var before: String?
        repeat {
            let (changes, next) = try tracker.changes(filter, before: before, limit: size)
            found += changes.map(text)
            before = next
        } while before != nil
        return found
    }

    @Test("pages of any length hold all changes once, in order", arguments: [1, 2, 3, 5, 1000])
    func pages(_ size: Int) throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        let whole = try press.changes(ChangeFilter(), of: tracker).map(text)
        #expect(whole.count == 4 * 5)
        #expect(Set(whole).count == whole.count)
        #expect(try all(ChangeFilter(), tracker, by: size) == whole)
        let times = try press.changes(ChangeFilter(), of: tracker).map(\.at)
        #expect(times == times.sorted(by: >))
    }

    @Test("edits of one step stay on one page")
    func steps() throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        var filter = ChangeFilter()
        filter.includesPages = false
        let (changes, next) = try tracker.changes(filter, before: nil, limit: 1)
        #expect(changes.count == 2)
        #expect(Set(changes.map(\.after)).count == 1)
        #expect(next != nil)
    }

    @Test("changes of one article, of a time and of a site")
    func filters() throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        var filter = ChangeFilter()
        filter.article = "s1.example/3"
        #expect(try all(filter, tracker, by: 2).count == 5)
        #expect(try all(filter, tracker, by: 2).allSatisfy { $0.contains("s1.example/3") })
        filter.site = "s0.example"
        #expect(try all(filter, tracker, by: 2).isEmpty)
        filter.article = nil
        #expect(try all(filter, tracker, by: 2).count == 10)
        filter.until = Timestamp(milliseconds: 1_700_000_000_000 + 2 * 3_600_000)
        #expect(try all(filter, tracker, by: 1).count == 2)
        filter.until = Timestamp(milliseconds: 1_700_000_000_000)
        #expect(try all(filter, tracker, by: 1).isEmpty)
        filter = ChangeFilter()
        filter.kinds = [.headline]
        filter.includesPages = false
        #expect(try all(filter, tracker, by: 3).count == 4)
    }

    @Test("a place in the list outlives the change that stood there, and captures that arrive")
    func arrivals() throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.follow()
        let whole = try all(ChangeFilter(), tracker, by: 100)
        let (first, next) = try tracker.changes(ChangeFilter(), before: nil, limit: 4)
        let before = try #require(next)
        // A late capture replaces the steps after it; another is new.
        try press.capture(Pages.page(Pages.story), url: "https://s0.example/0", hour: 9)
        try tracker.follow()
        let rest = try tracker.changes(ChangeFilter(), before: before, limit: 100).changes.map(text)
        #expect(first.map(text) + rest == whole)
    }
}
