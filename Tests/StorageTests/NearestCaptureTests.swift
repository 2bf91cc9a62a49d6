import Foundation
import Models
import Storage
import Testing

@Suite("Finding one article and one capture among many")
struct NearestCaptureTests {
    private static let url = "https://a.example/story"

    private func time(_ seconds: Int64) -> Timestamp {
        Timestamp(clampingSeconds: TemporaryArchive.epoch.milliseconds / 1000 + seconds)
    }

    /// Nothing was received.
    private func failure(at seconds: Int64) throws -> Observation {
        let observation = TemporaryArchive.observation("", url: Self.url, at: seconds)
        let key = try #require(ArticleKey(url: Self.url))
        return Observation(
            detail: observation.detail, payload: Payload([]), interpretation: Interpretation(key: key, revision: nil))
    }

    @Test(
        "the nearest capture is found, the earlier of two equally near; what was not received is passed over",
        arguments: [
            (Int64.min, 100), (0, 100), (100, 100), (149, 100), (150, 100), (151, 200), (199, 200), (200, 200),
            (250, 200),
            (299, 200), (300, 200), (301, 400), (400, 400), (10_000, 400), (.max, 400),
        ] as [(Int64, Int64)])
    func nearest(_ asked: Int64, _ expected: Int64) throws {
        let temporary = try TemporaryArchive()
        // Not in the order in which they were captured.
        let observations = try [200, 50, 400, 100, 300, 500].map { seconds in
            [50, 300, 500].contains(seconds)
                ? try failure(at: seconds)
                : TemporaryArchive.observation("Headline\nText \(seconds)", url: Self.url, at: seconds)
        }
        _ = try temporary.archive.record(observations)
        let article = try #require(try temporary.archive.article(named: "a.example/story"))
        let wanted = asked == .min || asked == .max ? Timestamp(clampingSeconds: asked) : time(asked)
        #expect(try temporary.archive.capture(of: article, nearest: wanted)?.capturedAt == time(expected))
        #expect(try temporary.archive.firstCapture(of: article)?.capturedAt == time(100))
        #expect(try temporary.archive.lastCapture(of: article)?.capturedAt == time(400))
    }

    @Test("an article of which nothing was received has no nearest capture")
    func nothing() throws {
        let temporary = try TemporaryArchive()
        _ = try temporary.archive.record([try failure(at: 1)])
        let article = try #require(try temporary.archive.article(named: "a.example/story"))
        #expect(try temporary.archive.capture(of: article, nearest: time(1)) == nil)
        #expect(try temporary.archive.firstCapture(of: article) == nil)
        #expect(try temporary.archive.lastCapture(of: article) == nil)
    }

    @Test("every article is found by its name, and by nothing else")
    func names() throws {
        let temporary = try TemporaryArchive()
        var random = SystemRandomNumberGenerator()
        let saved = CaptureDetail(
            url: nil, article: nil, capturedAt: time(1), payload: ObjectID(hashing: Array("A\nB".utf8)), size: 3,
            mediaType: "text/plain", status: nil, headers: nil, outcome: "ok",
            via: .init(source: "file", path: "a/b c.txt", tool: "test"), salt: Salt(using: &random))
        let file = Observation(
            detail: saved, payload: Payload(Array("A\nB".utf8)),
            interpretation: TemporaryArchive.interpreter.interpret(saved, Array("A\nB".utf8)))
        _ = try temporary.archive.record([
            file, TemporaryArchive.observation("A\nB", url: "https://a.example/story"),
            TemporaryArchive.observation("A\nB", url: "https://a.example/story/two?x=file:y"),
        ])
        let articles = try temporary.archive.articles()
        #expect(Set(articles.map(\.name)).count == 3)
        for article in articles {
            #expect(try temporary.archive.article(named: article.name) == article)
        }
        #expect(articles.contains { $0.name == "\(temporary.archive.origin)/file:a/b%20c.txt" })
        let others = [
            "", "a.example", "A.example/story", "file:a/b%20c.txt", "/file:a/b%20c.txt", "\0", "%", "a.example/story/",
        ]
        for name in others { #expect(try temporary.archive.article(named: name) == nil, "\(name)") }
    }
}
