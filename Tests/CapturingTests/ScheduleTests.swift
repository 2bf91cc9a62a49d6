import Capturing
import Models
import Testing

@Suite("The schedule of a watch")
struct ScheduleTests {
    private static let start = Timestamp(clampingSeconds: 1_772_400_000)

    private static func after(_ minutes: Int) -> Timestamp {
        Timestamp(clampingSeconds: start.milliseconds / 1000 + Int64(minutes) * 60)
    }

    /// Minutes until the next look, without jitter.
    private static func minutes(_ look: Schedule.Look, at now: Timestamp) -> Int64 {
        let next = Schedule.next(look, now: now) { $0 / 2 }
        return (next.milliseconds - now.milliseconds) / 60_000
    }

    /// Minutes since publication, and until the next look.
    static let steps: [(Int, Int64)] = [
        (0, 15), (119, 15), (120, 60), (1439, 60), (1440, 360), (10_079, 360), (10_080, 1440), (43_199, 1440),
        (43_200, 10_080), (576_000, 10_080),
    ]

    @Test("it starts dense and thins out", arguments: steps)
    func thinsOut(age: Int, interval: Int64) {
        #expect(Self.minutes(Schedule.Look(published: Self.start), at: Self.after(age)) == interval)
    }

    @Test("an edit makes it dense again, and it thins out again")
    func isDenseAfterEdits() {
        var look = Schedule.Look(published: Self.start)
        let edit = 20 * 1440
        look.changed = Self.after(edit)
        #expect(Self.minutes(look, at: Self.after(edit)) == 60)
        #expect(Self.minutes(look, at: Self.after(edit + 1440)) == 360)
        #expect(Self.minutes(look, at: Self.after(edit + 8 * 1440)) == 1440)
        look.changed = Self.after(30)
        #expect(Self.minutes(look, at: Self.after(31)) == 15)
    }

    @Test("failures are tried again soon, then less and less, never more often than a healthy page")
    func backsOff() {
        var look = Schedule.Look(published: Self.start)
        let now = Self.after(60 * 1440)
        let waits = (1...12).map { failures in
            look.failures = failures
            return Self.minutes(look, at: now)
        }
        #expect(waits.first == 15)
        #expect(waits == waits.sorted())
        #expect(waits.last == Int64(10_080))
    }

    @Test("a fixed interval, robots.txt and Retry-After are kept to")
    func keepsToWishes() {
        var look = Schedule.Look(published: Self.start)
        look.every = 5 * 60_000
        #expect(Self.minutes(look, at: Self.after(50_000)) == 5)
        look.asked = 90 * 60_000
        #expect(Self.minutes(look, at: Self.after(50_000)) == 90)
        look.asked = nil
        look.isRefused = true
        #expect(Self.minutes(look, at: Self.after(1)) == 1440)
    }

    @Test("jitter is a tenth at most, either way")
    func jitters() {
        let look = Schedule.Look(published: Self.start)
        let least = Schedule.next(look, now: Self.start) { _ in 0 }
        let most = Schedule.next(look, now: Self.start) { $0 }
        #expect(least.milliseconds - Self.start.milliseconds == 15 * 54_000)
        #expect(most.milliseconds - Self.start.milliseconds == 15 * 66_000)
    }

    @Test("a list is read, and its faults are named with their lines")
    func readsLists() throws {
        let list = try WatchList(
            parsing: """
                # the desk
                https://example.org/a?utm_source=x every=2h
                feed https://example.org/rss contact=desk@example.net   # remark

                sitemap https://example.org/news.xml
                https://example.org/a?utm_source=x
                """)
        #expect(list.lines.map(\.kind) == [.article, .feed, .sitemap])
        #expect(list.lines.map(\.every) == [7_200_000, nil, nil])
        #expect(list.lines[1].contact == "desk@example.net")
    }

    static let faults: [(String, Int)] = [
        ("https://a.example/\nexample.org/x", 2), ("feed", 1), ("feed ftp://x/", 1), ("https://x.example/ every=1s", 1),
        ("https://x.example/ every=tomorrow", 1), ("https://x.example/ colour=red", 1), ("feed https://", 1),
    ]

    @Test("faults of a list", arguments: faults)
    func namesFaults(_ text: String, line: Int) {
        let fault = #expect(throws: WatchList.Fault.self) { try WatchList(parsing: text) }
        #expect(fault?.line == line)
    }
}
