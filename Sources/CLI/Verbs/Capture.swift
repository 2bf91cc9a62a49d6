import ArgumentParser
import Capturing
import Models
import Storage
import Tracking

struct Capture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Archives files, folders, web archives, web pages, or what comes in by the standard input.",
        discussion: """
            One line for each source says what it turned out to be: new, edited, furniture (the page changed, the article \
            did not), unchanged, suspect (this is not the article: a consent wall, an error, a stub; kept all the same), or failed \
            (nothing received or readable). What a web page answers is recorded as what it is, e.g. 404; that nothing came, too, with the \
            reason: neither counts as an edit or a removal.

            Pages are asked for politely: as robots.txt allows, one request a second to a host, and only once more what has changed.

            Web archives (.warc, .warc.gz, .warc.zst, .arc, .wacz; known by what is in them) give one line for each page that they hold, \
            with the page's own address, time and status; parts of pages are passed over. Digests are checked: a record that does not have \
            the one it states has failed, and is captured with --keep-damaged only. A page that was captured from it before is \
            not captured twice. A page saved as MHTML, or by SingleFile, is captured with the address and time that it states.

            Examples:
              stet capture saved-pages/
              stet capture crawl.warc.gz collection.wacz
              stet capture https://example.org/story --contact desk@example.net
              curl -s https://example.org/story | stet capture - --url https://example.org/story
            """)

    @Argument(help: "Files, folders, web archives, http(s) addresses, or - for the standard input.")
    var source: [String]

    @Option(help: "The address at which the page was seen.")
    var url: String?

    @Option(help: ArgumentHelp("The article that it shows, whatever its address.", valueName: "key"))
    var article: String?

    @Option(
        help: ArgumentHelp(
            "When the page was seen, e.g. 2026-03-02T06:40:00Z; 'mtime': when the file was last changed. Default: now.",
            valueName: "time"))
    var capturedAt: String?

    @Option(
        help: ArgumentHelp(
            "What the source is, e.g. 'text/html; charset=windows-1256'. Default: recognised.", valueName: "type"))
    var mediaType: String?

    @Flag(
        help: "Capture from web archives what does not have the digest that is stated for it, too; the capture says so."
    )
    var keepDamaged = false

    @Flag(help: "Store only: pages are compared when somebody asks, and read as articles by the next 'stet reindex'.")
    var noExtract = false

    @OptionGroup(title: "Web pages") var fetching: FetchChoice

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        for address in addresses where PageRequest(address) == nil {
            throw ValidationError("'\(address.prefix(200))' is no http(s) address")
        }
        if !addresses.isEmpty, url != nil || capturedAt != nil || mediaType != nil || noExtract {
            throw ValidationError(
                "--url, --captured-at, --media-type and --no-extract are for files: web pages say these themselves")
        }
        if let url, ArticleKey(url: url) == nil {
            throw ValidationError("--url '\(url.prefix(200))' is no http(s) address")
        }
        if let url, url.utf8.count > 8192 { throw ValidationError("--url is longer than 8,192 bytes") }
        if let article, ArticleKey(stated: article) == nil {
            throw ValidationError("--article '\(article)' cannot be a key")
        }
        guard let capturedAt, capturedAt != "mtime" else { return }
        if Timestamp(capturedAt) == nil {
            throw ValidationError("--captured-at '\(capturedAt)' is no time like 2026-03-02T06:40:00Z")
        }
    }

    func run() async throws {
        let archive = try options.open()
        let addresses = addresses
        let (sources, failures) = SourceFinder.find(source.filter { !Self.isAddress($0) })
        let console = options.console
        warnOfSharedNames(sources, console)
        var counts = Counts()
        for (name, error) in failures {
            counts.report(.init(source: name, result: .failed(.file(error))), console)
        }
        let total = sources.count + failures.count + addresses.count
        let capturing = FileCapturing(archive, options: captureOptions, tool: Version.tool, clock: Environment.now)
        let verdicts = Verdicts(archive, comparing: !noExtract)
        try await capturing.capture(sources, assess: verdicts.verdicts) { outcome in
            counts.report(outcome, console)
            if counts.total % 256 == 0 { Memory.giveBackSpare() }
            console.progress("capturing", counts.total, of: total)
        }
        try await WebCapturing(archive, tool: Version.tool).capture(
            addresses, with: PageFetcher(try fetching.options(), Surroundings(now: Environment.now)),
            article: article.flatMap { ArticleKey(stated: $0) }, images: fetching.requisites == .images,
            assess: verdicts.verdicts
        ) { outcome in
            counts.report(outcome, console)
            console.progress("capturing", counts.total, of: max(total, counts.total))
        }
        console.clearProgress()
        console.summary(counts.sentence, json: counts.json)
        if StandardOutput.flush() { archive.mergeSmallPacks(telling: console) }
        try counts.end()
    }

    /// Those of the sources that are on the web.
    private var addresses: [String] { source.filter(Self.isAddress) }

    private static func isAddress(_ source: String) -> Bool {
        let start = source.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }

    /// Files of one name from different folders are one article: wanted for the same page saved twice, and else a trap.
    private func warnOfSharedNames(_ sources: [CaptureSource], _ console: Console) {
        guard url == nil, article == nil else { return }
        let shared = Dictionary(grouping: sources.compactMap(\.relativePath)) { $0 }.filter { $0.value.count > 1 }
        guard let first = shared.keys.min() else { return }
        console.notice(
            """
            \(Printable.count(shared.count, "name")) (\(Printable.line(first)) …) stand for several files each, which count as captures \
            of one article; to keep them apart, name the folder above them, or use --article
            """)
    }

    private var captureOptions: CaptureOptions {
        let time: CaptureOptions.ObservationTime =
            capturedAt == "mtime" ? .fileTime : capturedAt.flatMap { Timestamp($0) }.map { .at($0) } ?? .now
        var chosen = CaptureOptions(url: url, article: article, capturedAt: time, mediaType: mediaType)
        chosen.extracts = !noExtract
        chosen.keepsDamaged = keepDamaged
        return chosen
    }
}

extension Archive {
    /// Everything is recorded and told by now: whatever happens here, the captures are safe, and a later command tries again.
    func mergeSmallPacks(telling console: Console) {
        do throws(ArchiveError) {
            try mergeSmallPacks()
        } catch {
            switch error {
            case .busy: break
            case .file(let error) where error.isOutOfSpace: break
            default:
                console.notice(
                    "the archive's packs could not be merged (\(Failure(error).message)): run 'stet verify'")
            }
        }
    }
}

/// How many sources turned out to be what.
private struct Counts {
    private var byStatus: [String: Int] = [:]
    /// The first, and whether all of them were of things that are not there.
    private var failure: (name: String, failure: CaptureFailure)?
    private var areAllMissing = true
    /// The first address by which nothing was received, which is recorded.
    private var unreceived: (name: String, reason: String)?

    private static let order = ["new", "edited", "furniture", "unchanged", "suspect", "failed"]

    var total: Int { byStatus.values.reduce(0, +) }

    mutating func report(_ outcome: CaptureOutcome<Verdict>, _ console: Console) {
        let source = Printable.line(outcome.source)
        let address = outcome.url.map { $0 == outcome.source ? "" : Printable.line($0) + "  " } ?? ""
        switch outcome.result {
        case .recorded(let recorded, let verdict, let notice):
            byStatus[verdict.status, default: 0] += 1
            if recorded.status == .unreceived {
                unreceived = unreceived ?? (outcome.source, verdict.reason ?? verdict.outcome)
            }
            let what = recorded.headline ?? recorded.article.description
            let reason = verdict.reason.map { "  (\($0))" } ?? ""
            console.print(
                "\(Printable.padded(verdict.status, 9)) \(source)  \(address)\(Printable.line(what, width: 80))\(reason)",
                json: Self.json(outcome, recorded, verdict))
            if let notice { console.notice("\(source): \(address)\(Printable.line(notice))") }
        case .failed(let failure):
            byStatus["failed", default: 0] += 1
            if self.failure == nil { self.failure = (outcome.source, failure) }
            areAllMissing = areAllMissing && failure.isMissing
            let url = outcome.url.map { [JSON.Member("url", .string($0))] } ?? []
            console.print(
                "failed    \(source)  \(address)\(Printable.line(failure.description))",
                json: .object(
                    [.init("source", .string(outcome.source)), .init("status", "failed")] + url
                        + [.init("reason", .string(failure.description))]))
        case .known(let capture, let article):
            byStatus["unchanged", default: 0] += 1
            console.print(
                "unchanged \(source)  \(address)already captured as \(capture.name)",
                json: [
                    "source": .string(outcome.source), "url": JSON(outcome.url), "status": "unchanged", "already": true,
                    "article": .string(article.description), "headline": JSON(capture.headline),
                    "revision": .string(capture.revision.description), "payload": .string(capture.payload.description),
                    "capturedAt": .string(capture.capturedAt.description), "capture": .string("\(capture.name)"),
                ])
        case .note(let notice): console.notice("\(source): \(Printable.line(notice))")
        }
    }

    private static func json(_ outcome: CaptureOutcome<Verdict>, _ recorded: Recorded, _ verdict: Verdict) -> JSON {
        let members: JSON = [
            "source": .string(outcome.source), "url": JSON(outcome.url), "status": .string(verdict.status),
            "article": .string(recorded.article.description), "headline": JSON(recorded.headline),
            "revision": .string(recorded.revision.description), "payload": .string(recorded.payload.description),
            "capturedAt": .string(recorded.capturedAt.description), "capture": .string(recorded.capture.description),
        ]
        guard case .object(var all) = members else { return members }
        if let reason = verdict.reason { all.append(.init("reason", .string(reason))) }
        if recorded.status == .unreceived { all.append(.init("outcome", .string(verdict.outcome))) }
        return .object(all)
    }

    var sentence: String {
        let parts = Self.order.compactMap { status in byStatus[status].map { "\($0) \(status)" } }
        return parts.isEmpty ? "nothing to capture" : parts.joined(separator: ", ")
    }

    var json: JSON { .object(Self.order.map { .init($0, JSON(byStatus[$0] ?? 0)) }) }

    /// Partly done when something else is safe; else the failure itself.
    func end() throws {
        let failed = byStatus["failed", default: 0]
        if failed == 0 { return }
        if failed < total { throw Outcome.partlyDone }
        if failure == nil, let unreceived { throw Failure(unreceived: unreceived.name, unreceived.reason) }
        guard let first = failure else { return }
        let isMissing = areAllMissing
        throw Failure(
            isMissing ? "noInput" : "unreadable", exit: isMissing ? 66 : 65, "\(first.name): \(first.failure)",
            isMissing ? "check the name" : "nothing was captured from it")
    }
}
