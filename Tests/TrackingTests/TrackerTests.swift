import Capturing
import Diffing
import Foundation
import Models
import Storage
import Testing
import Tracking

/// An archive in a temporary folder into which pages are captured at stated times.
final class TrackedArchive {
    let folder: URL
    let archive: Archive
    private var hour: Int64 = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "stet-tracking-\(UUID().uuidString)")
        var random = SystemRandomNumberGenerator()
        let time = try #require(Timestamp(milliseconds: 1_800_000_000_000))
        archive = try Archive.create(
            at: folder.path + "/press", name: "press", key: "ssh-ed25519 AAAA", tool: "test",
            salt: Salt(using: &random),
            interpreter: .articles, clock: { time })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// - Parameter hour: when it was captured, in hours; by default one later than the last.
    @discardableResult
    func capture(_ html: String, url: String, hour: Int64? = nil, status: Int? = nil) throws -> CaptureName {
        let observation = try observation(html, url: url, hour: hour, status: status)
        return try #require(try archive.record([observation]).first).capture
    }

    func observation(_ html: String, url: String, hour: Int64? = nil, status: Int? = nil) throws -> Observation {
        self.hour = hour ?? self.hour + 1
        let payload = Array(html.utf8)
        var random = SystemRandomNumberGenerator()
        let time = try #require(Timestamp(milliseconds: 1_700_000_000_000 + self.hour * 3_600_000))
        let detail = CaptureDetail(
            url: url, article: nil, capturedAt: time, payload: ObjectID(hashing: payload), size: payload.count,
            mediaType: "text/html; charset=utf-8", status: status, headers: nil, outcome: "ok",
            via: .init(source: "file", path: nil, tool: "test"), salt: Salt(using: &random))
        let interpretation = Interpreter.articles.interpret(detail, payload)
        return Observation(detail: detail, payload: Payload(payload), interpretation: interpretation)
    }

    func tracker() throws -> Tracker { try Tracker(archive) }

    func changes(_ filter: ChangeFilter = ChangeFilter()) async throws -> [Change] {
        let tracker = try tracker()
        try tracker.follow()
        return try changes(filter, of: tracker)
    }

    func changes(_ filter: ChangeFilter, of tracker: Tracker) throws -> [Change] {
        var all: [Change] = []
        try tracker.changes(filter) { change in
            all.append(change)
            return true
        }
        return all
    }
}

enum Pages {
    static let story = [
        "The ferry left the harbour at dawn, with forty people on board, and the tide was already turning when it passed the mole.",
        "By noon, according to the harbour office, the wind had risen to seven, and two smaller boats had turned back to the quay.",
        "The company said that nobody was hurt, that the crew had been trained for such weather, and that sailings would go on.",
    ]

    static func page(_ paragraphs: [String], headline: String = "Ferry in the storm", furniture: String = "") -> String
    {
        let text = paragraphs.map { "<p>\($0)</p>" }.joined()
        return
            "<!DOCTYPE html><html lang=en><head><title>\(headline) | The Post</title></head><body><h1>\(headline)</h1><article>\(text)\(furniture)</article></body></html>"
    }

    static let consent =
        "<!DOCTYPE html><html lang=en><head><title>Before you continue</title></head><body><h1>We value your privacy</h1><p>We and our partners store and access cookies on your device. Please accept all cookies or manage your consent.</p><button>Accept all</button></body></html>"
}

@Suite("Following articles through time")
struct TrackerTests {
    private let url = "https://post.example/ferry"

    private func kind(_ change: Change) -> String {
        switch change.what {
        case .edit(let edit, let isRevert, _): edit.kind.rawValue + (isRevert ? " revert" : "")
        case .page(let health): health.isReturned ? "returned" : health.reason?.rawValue ?? health.state.rawValue
        }
    }

    @Test("an edit between two captures is listed with the captures that bracket it")
    func edit() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url)
        let last = try press.capture(Pages.page(Pages.story, furniture: "<div class=share>Share</div>"), url: url)
        let edited = try press.capture(
            Pages.page(Pages.story.map { $0.replacing("forty people", with: "fifty people") }), url: url)
        let changes = try await press.changes()
        #expect(changes.map(kind) == ["figure"])
        #expect(changes.first?.before == last)
        #expect(changes.first?.after == edited)
        #expect(changes.first?.article.description == "post.example/ferry")
    }

    @Test("a page that is not the article is no edit, and neither is the article's return")
    func suspect() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url)
        let wall = try press.capture(Pages.consent, url: url)
        let back = try press.capture(Pages.page(Pages.story), url: url)
        let changes = try await press.changes()
        #expect(changes.map(kind) == ["returned", "consentWall"])
        #expect(changes.map(\.after) == [back, wall])
    }

    @Test("a cache that is thrown away while others have it open is empty for them, too, and is filled again")
    func discarded() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url)
        try press.capture(
            Pages.page(Pages.story.map { $0.replacing("forty people", with: "fifty people") }), url: url)
        let open = try press.tracker()
        try open.follow()
        #expect(try press.changes(ChangeFilter(), of: open).map(kind) == ["figure"])
        let file = press.folder.appending(path: "press/tracking.sqlite")
        let number = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int
        try Tracker.discard(press.archive)
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int == number)
        for name in ["press/tracking.sqlite", "press/tracking.sqlite-wal"] {
            let bytes = try Data(contentsOf: press.folder.appending(path: name))
            #expect(bytes.range(of: Data("Ferry in the storm".utf8)) == nil, "\(name) still says something")
        }
        #expect(try press.changes(ChangeFilter(), of: open).isEmpty)
        #expect(try await press.changes().map(kind) == ["figure"], "another process fills it")
        #expect(try press.changes(ChangeFilter(), of: open).map(kind) == ["figure"])
        try open.follow()
        #expect(try press.changes(ChangeFilter(), of: open).map(kind) == ["figure"])
    }

    @Test("a cache that is no database is removed")
    func unreadable() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url)
        let file = press.folder.appending(path: "press/tracking.sqlite")
        try Data(repeating: 0x61, count: 9000).write(to: file)
        try Tracker.discard(press.archive)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        #expect(try await press.changes().isEmpty)
    }

    @Test("an article that is gone is gone, not edited")
    func gone() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url, status: 200)
        try press.capture(Pages.page(["Not found."], headline: "Not found"), url: url, status: 404)
        #expect(try await press.changes().map(kind) == ["gone"])
    }

    @Test("edits made behind a page that is not the article are found between the good states")
    func behind() async throws {
        let press = try TrackedArchive()
        let before = try press.capture(Pages.page(Pages.story), url: url)
        try press.capture(Pages.consent, url: url)
        try press.capture(Pages.page(Pages.story.map { $0.replacing("nobody", with: "one sailor") }), url: url)
        let edits = try await press.changes().filter { if case .edit = $0.what { true } else { false } }
        #expect(edits.count == 1)
        #expect(edits.first?.before == before)
    }

    @Test("A, B, A is two steps, and the second is a revert")
    func revert() async throws {
        let press = try TrackedArchive()
        let other = Pages.story.map { $0.replacing("forty", with: "fifty") }
        for text in [Pages.story, other, Pages.story] { try press.capture(Pages.page(text), url: url) }
        #expect(try await press.changes().map(kind) == ["figure revert", "figure"])
    }

    @Test("a capture that comes late takes its place, and what was found before is corrected")
    func late() async throws {
        let press = try TrackedArchive()
        let texts = ["forty", "fifty", "sixty"].map { number in
            Pages.page(Pages.story.map { $0.replacing("forty", with: number) })
        }
        try press.capture(texts[0], url: url, hour: 1)
        try press.capture(texts[2], url: url, hour: 9)
        #expect(try await press.changes().count == 1)
        try press.capture(texts[1], url: url, hour: 5)
        let changes = try await press.changes()
        #expect(changes.count == 2)
        #expect(changes.map(\.at) == changes.map(\.at).sorted(by: >))
    }

    @Test("a line that stands under many articles of a site is furniture, and its change no edit")
    func learned() async throws {
        let press = try TrackedArchive()
        let line = { (name: String) in
            "<p>Written at the desk in the harbour street by \(name) for all our readers.</p>"
        }
        for number in 0..<12 {
            let text = Pages.story.map { $0.replacing("forty", with: "\(number + 20)") }
            let page = { (name: String) in
                Pages.page(text, headline: "Ferry number \(number)", furniture: line(name))
            }
            try press.capture(page("Anna Berg"), url: "\(url)-\(number)", hour: 1)
            try press.capture(page("Carl Dahl"), url: "\(url)-\(number)", hour: 2)
        }
        #expect(try await press.changes().isEmpty)
    }

    @Test("the cache may be lost at any time")
    func cache() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url)
        try press.capture(Pages.page(Pages.story.map { $0.replacing("forty", with: "fifty") }), url: url)
        let first = try await press.changes().map(kind)
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: press.archive.path + "/tracking.sqlite" + suffix)
        }
        #expect(try await press.changes().map(kind) == first)
        #expect(first == ["figure"])
    }

    @Test("what was seen is told from what came since, also when it was captured long ago")
    func lastLook() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url, hour: 10)
        try press.capture(Pages.page(Pages.story.map { $0.replacing("forty", with: "fifty") }), url: url, hour: 11)
        try LastLook(press.archive).write(press.archive)
        var filter = ChangeFilter()
        filter.seen = try LastLook(press.archive).read()
        #expect(try await press.changes(filter).isEmpty)
        let url = "https://post.example/other"
        try press.capture(Pages.page(Pages.story, headline: "Another ferry"), url: url, hour: 1)
        try press.capture(Pages.page(Array(Pages.story.dropLast()), headline: "Another ferry"), url: url, hour: 2)
        #expect(try await press.changes(filter).map(kind) == ["removed"])
    }

    @Test("changes are filtered by time, weight, kind and site")
    func filters() async throws {
        let press = try TrackedArchive()
        try press.capture(Pages.page(Pages.story), url: url, hour: 1)
        try press.capture(Pages.page(Pages.story.map { $0.replacing("forty", with: "fifty") }), url: url, hour: 2)
        let other = "https://news.daily.example/ferry"
        try press.capture(Pages.page(Pages.story), url: other, hour: 3)
        try press.capture(Pages.page(Pages.story, headline: "Ferry in a gale"), url: other, hour: 4)
        var filter = ChangeFilter()
        #expect(try await press.changes(filter).map(kind) == ["headline", "figure"])
        filter.kinds = [.figure]
        #expect(try await press.changes(filter).map(kind) == ["figure"])
        filter.kinds = []
        filter.site = "daily.example"
        #expect(try await press.changes(filter).map(kind) == ["headline"])
        filter.site = "aily.example"
        #expect(try await press.changes(filter).isEmpty)
        filter.site = nil
        filter.since = Timestamp(milliseconds: 1_700_000_000_000 + 4 * 3_600_000)
        #expect(try await press.changes(filter).map(kind) == ["headline"])
    }
}

@Suite("Finding articles")
struct FindingTests {
    private func press() throws -> TrackedArchive {
        let press = try TrackedArchive()
        let texts: [(String, String, [String])] = [
            ("a", "Ferry in the storm", Pages.story),
            (
                "b", "Harbour master praises crew",
                [
                    "The harbour master, Ingrid Øverland, praised the crew of the ferry Karna, which had left at dawn with forty people on board."
                ]
            ),
            ("c", "عاصفة في الميناء", ["غادرت العبّارة الميناء عند الفجر وعلى متنها أربعون راكبًا، وكان المدّ قد انقلب."]),
            ("d", "上海港口的风暴", ["渡轮黎明时分离开上海港，船上有四十名乘客，潮水已经转向，风力达到七级。"]),
            (
                "e", "Parliament votes on fish",
                ["Parliament voted on quotas for herring and cod, after a debate of nine hours, by a narrow majority."]
            ),
        ]
        for (name, headline, text) in texts {
            try press.capture(Pages.page(text, headline: headline), url: "https://post.example/\(name)")
        }
        return press
    }

    @Test(
        "words, phrases and beginnings are found in any script, whatever their case, accents and vowel signs",
        arguments: [
            ("ferry dawn", ["a", "b"]), ("\"left the harbour\"", ["a"]), ("\"harbour the left\"", []),
            ("OVERLAND", ["b"]),
            ("øverland", ["b"]), ("parl* herring", ["e"]), ("العبارة", ["c"]), ("\"上海港\"", ["d"]), ("上海 乘客", ["d"]),
            ("\"海上\"", []), ("nothing-like-it", []),
        ])
    func search(_ text: String, _ expected: [String]) async throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.index()
        let query = try #require(SearchQuery(text))
        let (hits, total) = try tracker.search(query, limit: 10)
        #expect(hits.map { String($0.article.description.suffix(1)) }.sorted() == expected)
        #expect(total == expected.count)
        for hit in hits { #expect(hit.snippet.contains { $0.isMatch } || hit.headline != nil) }
    }

    @Test("of what very many revisions have, those that have it in the headline come first, then the latest")
    func frequent() async throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.index()
        let query = try #require(SearchQuery("f*"))
        let (hits, total) = try tracker.search(query, limit: 10, fewRanked: 2)
        #expect(hits.map(\.articleName) == ["post.example/e", "post.example/a", "post.example/b"])
        #expect(total == 3)
        #expect(try tracker.search(query, limit: 1, fewRanked: 2).hits.count == 1)
        #expect(Set(try tracker.search(query, limit: 10).hits.map(\.articleName)) == Set(hits.map(\.articleName)))
    }

    @Test("earlier revisions are found, too, and later captures are indexed when they come")
    func revisions() async throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.index()
        try press.capture(
            Pages.page(Pages.story.map { $0.replacing("forty", with: "quadraginta") }, headline: "Ferry in the storm"),
            url: "https://post.example/a")
        try tracker.index()
        for words in ["quadraginta", "\"forty people on board, and\""] {
            let query = try #require(SearchQuery(words))
            #expect(try tracker.search(query, limit: 10).hits.map(\.article.description) == ["post.example/a"])
        }
    }

    @Test("an article's relatives are those that tell of the same")
    func related() async throws {
        let press = try press()
        let tracker = try press.tracker()
        try tracker.index()
        let found = try tracker.related(to: try press.archive.article("post.example/a"), limit: 10)
        #expect(found.first?.article.description == "post.example/b")
        #expect(!found.contains { $0.article.description == "post.example/e" })
    }
}
