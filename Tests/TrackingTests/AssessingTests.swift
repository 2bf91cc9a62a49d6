import Diffing
import Foundation
import Models
import Storage
import Testing
import Tracking

@Suite("Following while capturing")
struct AssessingTests {
    private struct Visit {
        let url: String
        let hour: Int64
        let html: String
        var status: Int?
    }

    /// Five articles of one site and one of another, with edits, a revert, a wall, an article that is gone, a line of furniture
    /// that changes under each, and captures that show nothing new.
    private static let visits: [Visit] = {
        var visits: [Visit] = []
        for number in 0..<5 {
            let url = "https://post.example/ferry-\(number)"
            let text = { (count: String) in Pages.story.map { $0.replacing("forty", with: "\(count) and \(number)") } }
            let page = { (count: String, name: String) in
                Pages.page(
                    text(count), headline: "Ferry number \(number)",
                    furniture: "<p>Written at the desk in the harbour street by \(name).</p>")
            }
            let states = [
                page("forty", "Anna Berg"), page("forty", "Anna Berg"), page("forty", "Carl Dahl"), Pages.consent,
                page("fifty", "Carl Dahl"), page("forty", "Carl Dahl"), page("forty", "Eva Falk"),
            ]
            for (place, html) in states.enumerated() {
                visits.append(Visit(url: url, hour: Int64(place * 10 + number), html: html))
            }
        }
        let gone = "https://daily.example/quay"
        visits.append(Visit(url: gone, hour: 3, html: Pages.page(Pages.story), status: 200))
        visits.append(
            Visit(url: gone, hour: 4, html: Pages.page(["Not found."], headline: "Not found"), status: 404))
        return visits
    }()

    /// Orders in which the visits come.
    private static let orders: [(name: String, visits: [Visit])] = [
        ("article by article", visits),
        ("in time", visits.sorted { ($0.hour, $0.url) < ($1.hour, $1.url) }),
        ("backwards", visits.sorted { ($1.hour, $0.url) < ($0.hour, $1.url) }),
        ("the middle last", visits.filter { $0.hour / 10 % 3 != 1 } + visits.filter { $0.hour / 10 % 3 == 1 }),
    ]

    /// What was found, told by times: names of captures depend on the order in which they came.
    private func found(_ changes: [Change], _ hours: [CaptureName: Int64]) -> [String] {
        changes.map { change in
            let what =
                switch change.what {
                case .edit(let edit, let isRevert, _): "\(edit.kind) \(edit.after ?? "-") \(isRevert)"
                case .page(let health): "\(health.state) \(health.reason?.rawValue ?? "-") \(health.isReturned)"
                }
            return
                "\(change.article) \(change.before.flatMap { hours[$0] } ?? -1) \(hours[change.after] ?? -1) \(change.at) \(what)"
        }
    }

    /// Records visits in batches, each assessed as soon as it is recorded.
    private func capture(
        _ visits: [Visit], batches size: Int, _ press: TrackedArchive, runs: Bool
    ) throws -> [CaptureName: Int64] {
        var tracker = try press.tracker()
        var hours: [CaptureName: Int64] = [:]
        for start in stride(from: 0, to: visits.count, by: size) {
            let part = visits[start..<min(start + size, visits.count)]
            let observations = try part.map {
                try press.observation($0.html, url: $0.url, hour: $0.hour, status: $0.status)
            }
            let recorded = try press.archive.record(observations)
            if runs { tracker = try press.tracker() }
            #expect(try tracker.assess(observations, recorded).count == recorded.count)
            for (visit, capture) in zip(part, recorded) { hours[capture.capture] = visit.hour }
        }
        return hours
    }

    @Test(
        "captures in any order and any batches leave what comparing the whole archive anew finds",
        arguments: [1, 2, 7, 100])
    func grouping(_ size: Int) async throws {
        var all: [[String]] = []
        for (name, visits) in Self.orders {
            let press = try TrackedArchive()
            let hours = try capture(visits, batches: size, press, runs: size % 2 == 0)
            let tracker = try press.tracker()
            var filter = ChangeFilter()
            filter.least = .cosmetic
            // Nothing is left to follow: `changes` lists what is there.
            let captured = found(try press.changes(filter, of: tracker), hours)
            #expect(captured == found(try await press.changes(filter), hours), "\(name)")
            #expect(try press.archive.reindex().isEmpty)
            try Tracker.discard(press.archive)
            #expect(captured == found(try await press.changes(filter), hours), "\(name)")
            all.append(captured.sorted())
        }
        #expect(all.allSatisfy { $0 == all[0] })
        let first = try #require(all.first)
        #expect(first.count { $0.contains("consentWall") } == 5)
        #expect(first.contains { $0.hasPrefix("daily.example/quay 3 4") && $0.contains("gone") })
        #expect(first.count { $0.contains(" figure ") } > 5)
        #expect(first.contains { $0.hasSuffix("true") })
    }

    @Test("each capture is told by what it is")
    func assessments() throws {
        let url = "https://post.example/ferry"
        let texts = ["forty", "fifty", "fifty", "sixty"].map { number in
            Pages.page(Pages.story.map { $0.replacing("forty", with: number) })
        }
        let press = try TrackedArchive()
        let observations = try (texts + [Pages.consent, texts[3]]).map { try press.observation($0, url: url) }
        let recorded = try press.archive.record(observations)
        let found = try press.tracker().assess(observations, recorded)
        #expect(recorded.map(\.status) == [.new, .edited, .unchanged, .edited, .edited, .edited])
        #expect(found.map(\.isEdited) == [false, true, false, true, false, false])
        #expect(found.map(\.health.state) == [.healthy, .healthy, .healthy, .healthy, .suspect, .healthy])
        #expect(found[4].health.reason == .consentWall)
        #expect(found.map(\.health.isReturned) == [false, false, false, false, false, true])
    }

    @Test("an article's first page is judged on its own")
    func alone() throws {
        let press = try TrackedArchive()
        let observations = [
            try press.observation(Pages.consent, url: "https://post.example/wall"),
            try press.observation(Pages.page(Pages.story), url: "https://post.example/ferry"),
        ]
        let found = try press.tracker().assess(observations, try press.archive.record(observations))
        #expect(found.map(\.health.state) == [.suspect, .healthy])
    }

    @Test("captures that nobody assessed are followed by the next question, and those after them are not lost")
    func behind() async throws {
        let press = try TrackedArchive()
        let url = "https://post.example/ferry"
        let text = { (number: String) in Pages.page(Pages.story.map { $0.replacing("forty", with: number) }) }
        try press.capture(text("forty"), url: url)
        try press.capture(text("fifty"), url: url)
        let observation = try press.observation(text("sixty"), url: url)
        let found = try press.tracker().assess([observation], try press.archive.record([observation]))
        #expect(found.map(\.isEdited) == [true])
        #expect(try await press.changes().count == 2)
    }
}
