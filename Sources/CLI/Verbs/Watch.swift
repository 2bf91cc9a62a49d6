import ArgumentParser
import Capturing
import Diffing
import Glibc
import Models
import Storage
import Synchronization
import Tracking

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Captures articles again and again, and tells of each edit.",
        discussion: """
            FILE lists one thing a line; what follows # is a remark:
              https://example.org/story             an article
              feed https://example.org/rss.xml      RSS or Atom: every article that it lists
              sitemap https://example.org/news.xml  a news sitemap, or an index of sitemaps
            After the address may stand every=15m (s, h, d, w: a fixed interval) and contact=ADDRESS.

            An article is looked at every 15 minutes in the first two hours after its publication, then hourly for a day, every six hours for \
            a week, daily for a month, then weekly; all that give or take a tenth. An edit brings it back to hourly. Feeds are looked at every \
            15 minutes, and what they list is watched for a year. FILE is read anew when it changes. What the watch knows is in the \
            archive's state/watch.json: it goes on after a restart.

            Examples:
              stet watch desk.txt --contact desk@example.net
              */15 * * * *  stet --archive /srv/press watch /srv/desk.txt --once --quiet     (crontab)
            """)

    @Argument(help: "The list.")
    var file: String

    @Flag(help: "Look at what is due, and end: for cron.")
    var once = false

    @Option(help: ArgumentHelp("End at this time.", valueName: "time"))
    var until: String?

    @OptionGroup(title: "Web pages") var fetching: FetchChoice

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let until, Timestamp(until) == nil {
            throw ValidationError("--until '\(until)' is no time like 2026-03-02T06:40:00Z")
        }
        if fetching.requisites != nil { throw ValidationError("--requisites is for 'stet capture'") }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
        StopSignals.install()
        var surroundings = Surroundings(now: Environment.now)
        surroundings.isStopped = { StopSignals.isStopped }
        let robots = RobotsCache()
        let fetcher = PageFetcher(try fetching.options(), surroundings, robots: robots)
        let web = WebCapturing(archive, tool: Version.tool)
        let report = WatchReport(archive, console)
        let listed = ListFile(file)
        let work = Watcher.Work(
            list: { try listed.list() },
            fetch: { fetcher.fetch($0) }, conditions: { try web.conditions(of: $0) },
            record: { try report.record($0, $1, web) }, notify: { report.notify($0) },
            isStopped: { StopSignals.isStopped })
        try Watcher(archive, work, surroundings, robots: robots).run(
            once: once, until: until.flatMap { Timestamp($0) })
        console.summary(report.counts.sentence, json: report.counts.json)
    }
}

/// The list, read anew when its file has changed.
private final class ListFile {
    private struct Mark: Equatable {
        let seconds: Int
        let nanoseconds: Int
        let size: Int
        let file: UInt

        /// Nil where the file cannot be looked at: reading it says why.
        init?(_ path: String) {
            var found = stat()
            guard stat(path, &found) == 0 else { return nil }
            seconds = found.st_mtim.tv_sec
            nanoseconds = found.st_mtim.tv_nsec
            size = Int(found.st_size)
            file = UInt(found.st_ino)
        }
    }

    private let path: String
    private var held: (mark: Mark, list: WatchList)?

    init(_ path: String) { self.path = path }

    func list() throws -> WatchList {
        let mark = Mark(path)
        if let held, held.mark == mark { return held.list }
        let text = String(decoding: try Files.read(path, limit: 64 << 20), as: UTF8.self)
        let list = try WatchList(parsing: text)
        held = mark.map { ($0, list) }
        return list
    }
}

/// Records what a watch fetched, and tells of the edits.
private final class WatchReport {
    private let archive: Archive
    private let console: Console
    private let verdicts: Verdicts
    private(set) var counts = EditCounts()

    init(_ archive: Archive, _ console: Console) {
        self.archive = archive
        self.console = console
        verdicts = Verdicts(archive)
    }

    func record(
        _ pages: [WatchedPage], _ reported: Int?, _ web: WebCapturing
    ) throws -> ([WatchedVerdict], reported: Int) {
        var observations: [Observation] = []
        for page in pages {
            observations.append(try web.observation(page.fetched, article: page.article, basis: page.basis))
        }
        let recorded = try archive.record(observations)
        let judged = try verdicts.verdicts(observations, recorded)
        let size = try archive.logs().first { $0.origin == archive.origin }?.head.size ?? 0
        if let reported, reported < size {
            // Where others captured at the same time, their captures may bear earlier times than these.
            let isAlone = size - reported == recorded.count
            try tell(from: reported, below: size, since: isAlone ? recorded.map(\.capturedAt).min() : nil)
        }
        if !pages.isEmpty { archive.mergeSmallPacks(telling: console) }
        let all = zip(recorded, judged).map { recorded, verdict in
            WatchedVerdict(
                capture: recorded.capture, article: recorded.article, isChanged: verdict.isChange,
                isSuspect: verdict.status == "suspect")
        }
        return (all, size)
    }

    /// - Parameter size: captures that stand there or later are told of next time.
    private func tell(from reported: Int, below size: Int, since: Timestamp?) throws {
        let tracker = try verdicts.opened()
        try tracker.follow()
        var filter = ChangeFilter()
        filter.since = since
        filter.seen = [archive.origin: reported]
        var found: [Change] = []
        try tracker.changes(filter) { change in
            // What came from other archives was found by others.
            let isOwn = archive.origin.description.hasPrefix(change.after.originPrefix)
            if isOwn, change.after.index < size { found.append(change) }
            return true
        }
        for change in found.reversed() {
            counts.add(change)
            let line = try line(change)
            console.print(line, json: ChangeText.json(change))
        }
        guard StandardOutput.flush() else { throw Failure.brokenOutput }
    }

    private func line(_ change: Change) throws -> String {
        let headline = try archive.article(change.article.description).headline ?? ""
        return "\(change.at)  \(ChangeText.short(change))  \(Printable.line(change.article.description))  "
            + Printable.line(headline, width: 60)
    }

    func notify(_ notice: WatchNotice) {
        switch notice {
        case .feedFailed(let url, let reason): console.notice("\(Printable.line(url)): \(reason)")
        case .noFeed(let url): console.notice("\(Printable.line(url)) is neither a feed nor a sitemap")
        case .found(let feed, let articles):
            console.notice("\(Printable.line(feed)): \(Printable.count(articles, "new article"))")
        case .full(let feed, let articles):
            console.notice("\(Printable.line(feed)): no more than \(articles) of its articles are watched")
        case .listFailed(let reason): console.notice("the list cannot be read, so the old one stands: \(reason)")
        }
    }
}

/// SIGTERM and SIGINT end a watch between two captures.
private enum StopSignals {
    private static let stopped = Atomic(false)

    static var isStopped: Bool { stopped.load(ordering: .relaxed) }

    /// Whoever started this process may have blocked them.
    static func install() {
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in StopSignals.stopped.store(true, ordering: .relaxed) }
            sigaddset(&wanted, number)
        }
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
    }
}
