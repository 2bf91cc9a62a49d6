import ArgumentParser
import Models
import Storage
import SyncEngine

struct ExchangeOptions: ParsableArguments {
    @Argument(help: "The remote's name or address. Default: the only one that has a name.")
    var remote: String?

    @Flag(help: "Say what would travel, and write nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("The key to sign with: a file, or a fingerprint.", valueName: "file|fingerprint"))
    var key: String?

    @Option(help: ArgumentHelp("A file with a key that opens an encrypted remote. May be repeated.", valueName: "file"))
    var identity: [String] = []
}

/// What is to travel.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only what was captured on this site. May be repeated.", valueName: "site"))
    var site: [String] = []

    @Option(help: ArgumentHelp("Only this article. May be repeated.", valueName: "article"))
    var article: [String] = []

    @Option(help: ArgumentHelp("Only what was observed at this time or later.", valueName: "time"))
    var since: String?

    func validate() throws { try Self.check(since) }

    static func check(_ since: String?) throws {
        if let since, Timestamp(since) == nil {
            throw ValidationError("--since '\(since)' is no time like 2026-03-02T06:40:00Z")
        }
    }

    func selection(in archive: Archive) throws -> Selection? {
        try Self.selection(sites: site, articles: article, since: since, in: archive)
    }

    static func selection(
        sites: [String], articles: [String], since: String?, in archive: Archive
    ) throws -> Selection? {
        guard !sites.isEmpty || !articles.isEmpty || since != nil else { return nil }
        return Selection(
            sites: sites.isEmpty ? nil : Set(sites),
            articles: articles.isEmpty ? nil : Set(try articles.map { try archive.article($0).key.description }),
            since: since.flatMap { Timestamp($0) })
    }
}

/// One run of `push`, `pull` or `sync`: what travels is told as it goes, and counted.
final class Exchange {
    private let archive: Archive
    private let remote: any Remote
    private let options: ExchangeOptions
    private let console: Console
    /// Nil for everything.
    private let selection: Selection?
    private var key: (any SigningIdentity)?
    private var sent = 0
    private var received = 0
    private var captures = 0
    private var isNothing = true
    private var refused: [(origin: OriginID, error: SyncError)] = []

    init(
        _ options: ExchangeOptions, _ global: GlobalOptions, choosing: SelectionOptions? = nil
    ) throws {
        archive = try global.open()
        remote = try RemoteChoice(identities: options.identity).open(options.remote, archive: archive.path)
        self.options = options
        console = global.console
        selection = try choosing?.selection(in: archive)
    }

    // MARK: Pulling

    func pull() throws {
        let puller = try Puller(
            archive, from: remote, trust: try Environment.trust().signers(), authorities: try Environment.authorities(),
            tool: Version.tool)
        let plan = try puller.plan()
        if options.dryRun {
            for arrival in plan.arrivals {
                console.print(
                    "would pull \(Printable.count(arrival.captures, "capture")) of '\(Printable.line(arrival.manifest.name))' (\(arrival.origin.short)), \(Printable.bytes(arrival.bytes))",
                    json: json("pull", arrival.manifest, from: arrival.first, captures: arrival.captures))
            }
            refused += plan.refused
            received += plan.bytes
            isNothing = isNothing && plan.arrivals.isEmpty
            return
        }
        var meter = TransferMeter(console, "pulling")
        let report = try puller.take(plan) { done, total in meter.show(done, of: total) }
        console.clearProgress()
        for taken in report.taken {
            captures += taken.captures
            console.print(
                "pulled \(Printable.count(taken.captures, "capture")) of '\(Printable.line(taken.manifest.name))' (\(taken.manifest.origin.short)), every byte verified, signed by \(Printable.line(taken.signer.principal))",
                json: json("pull", taken.manifest, from: taken.first, captures: taken.captures))
        }
        received += report.bytes
        refused += report.refused
        isNothing = isNothing && report.taken.isEmpty
        // What was withdrawn elsewhere goes here, too: also what came with an earlier pull that was stopped before this.
        try Interrupted.forgetting(archive).forgetWhatWasWithdrawn(
            key: { Interrupted.key(for: self.archive, self.console) },
            caches: { () throws(SyncError) in try Interrupted.discardCaches(self.archive) })
    }

    // MARK: Pushing

    func push() throws {
        let trust = try Environment.trust().signers()
        if try SnapshotMaker.isDue(archive) { try snapshot(trust) }
        let pusher = try Pusher(archive, to: remote, trust: trust, tool: Version.tool)
        let plan = try pusher.plan()
        for departure in plan.departures where options.dryRun {
            console.print(
                "would push \(Self.snapshots(departure)) of \(departure.origin.short), \(Printable.bytes(departure.bytes))",
                json: json(departure))
        }
        if !options.dryRun {
            var meter = TransferMeter(console, "pushing")
            let needsKey = plan.departures.contains { $0.isMoreOf(archive.origin) || selection != nil }
            let key = needsKey ? try keyAtHand() : nil
            sent += try pusher.send(plan, key: key, selection: selection) { done, total in meter.show(done, of: total) }
            console.clearProgress()
            for departure in plan.departures {
                console.print(
                    "pushed \(Self.snapshots(departure)) of \(departure.origin.short)",
                    json: json(departure))
            }
        }
        if options.dryRun { sent += plan.bytes }
        isNothing = isNothing && plan.departures.isEmpty
        refused += plan.refused
        for origin in plan.ahead { console.notice("the remote has more of \(origin.short) than this archive: pull it") }
    }

    private func snapshot(_ trust: AllowedSigners) throws {
        if options.dryRun { return console.notice("would sign a snapshot first: there are records since the last one") }
        let key = try signingKey()
        let maker = SnapshotMaker(archive, key: key, trust: trust, tool: Version.tool, clock: Environment.now)
        _ = try maker.make(message: "") { done, total in console.progress("packing", done, of: total) }
        console.clearProgress()
    }

    private func signingKey() throws -> any SigningIdentity {
        if let key { return key }
        let key = try SigningKeyChoice.forSigning(stated: options.key, archive: archive, console: console)
        self.key = key
        return key
    }

    /// Nil where somebody else's machine carries the archive: then everything goes as it was packed.
    private func keyAtHand() throws -> (any SigningIdentity)? {
        do { return try signingKey() } catch SyncError.noKey { return nil }
    }

    private static func snapshots(_ departure: Pusher.Departure) -> String {
        if departure.to == departure.from { return "bundles packed anew" }
        return departure.to == departure.from + 1
            ? "snapshot \(departure.to)" : "snapshots \(departure.from + 1) to \(departure.to)"
    }

    // MARK: Telling

    private func json(_ verb: String, _ manifest: Manifest, from: Int, captures: Int) -> JSON {
        [
            "verb": .string(verb), "origin": .string(manifest.origin.description), "name": .string(manifest.name),
            "number": JSON(manifest.number), "from": JSON(from), "size": JSON(manifest.log.size),
            "captures": JSON(captures),
        ]
    }

    private func json(_ departure: Pusher.Departure) -> JSON {
        [
            "verb": "push", "origin": .string(departure.origin.description), "from": JSON(departure.from),
            "number": JSON(departure.to), "bytes": JSON(departure.bytes),
        ]
    }

    func finish() throws {
        if let only = refused.first, isNothing { throw only.error }
        for (origin, error) in refused {
            let failure = Failure(error)
            console.notice("the log of \(origin.short) was refused: \(failure.message): \(failure.hint)")
        }
        let words = options.dryRun ? ("would send", "receive") : ("sent", "received")
        console.summary(
            isNothing ? "nothing new" : "\(words.0) \(Printable.bytes(sent)), \(words.1) \(Printable.bytes(received))",
            json: [
                "sent": JSON(sent), "received": JSON(received), "captures": JSON(captures),
                "refused": JSON(refused.count),
            ])
        // Somebody else signs as this archive: until that is settled nothing of its own can travel.
        if let own = refused.first(where: { $0.origin == archive.origin }) { throw own.error }
        if !refused.isEmpty { throw Outcome.partlyDone }
    }
}

/// How far a transfer is, with the time that is left at the pace so far.
struct TransferMeter {
    private let console: Console
    private let what: String
    private let begin = ContinuousClock.now
    private var shown: ContinuousClock.Instant?

    init(_ console: Console, _ what: String) {
        self.console = console
        self.what = what
    }

    mutating func show(_ done: Int, of total: Int) {
        let now = ContinuousClock.now
        if let shown, now - shown < .milliseconds(100), done < total { return }
        shown = now
        let passed = Double((now - begin).components.seconds) + Double((now - begin).components.attoseconds) / 1e18
        let left = done > 0 ? passed * Double(total - done) / Double(done) : 0
        let time = passed < 2 || done >= total ? "" : ", \(Self.text(left)) left"
        console.progress("\(what) \(Printable.bytes(done)) of \(Printable.bytes(total))\(time)")
    }

    private static func text(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 359_999).rounded(.up))
        if whole < 60 { return "\(whole) s" }
        return whole < 3600 ? "\(whole / 60) min" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
