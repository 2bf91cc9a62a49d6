import ArgumentParser
import Models
import Storage
import SyncEngine

struct TimestampVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timestamp",
        abstract: "Has a time-stamping authority say when a snapshot was there (RFC 3161).",
        discussion: """
            Whom you believe about time, you say with certificates (PEM) in the folder 'tsa' of your configuration, beside \
            allowed_signers; a timestamp of anybody else is kept and counts for nothing.

            Example:
              stet timestamp fetch https://tsa.example/
            """,
        subcommands: [RequestTimestamp.self, AttachTimestamp.self, FetchTimestamp.self])
}

/// `NUMBER` or `ORIGIN:NUMBER`; nothing for the latest of one's own.
struct SnapshotArgument: ParsableArguments {
    @Argument(help: "The snapshot's number, or ORIGIN:NUMBER. Default: the archive's latest.")
    var snapshot: String?

    func subject(_ stamper: SnapshotStamper) throws -> SnapshotStamper.Subject {
        guard let snapshot else { return try stamper.subject() }
        if let number = Int(snapshot) { return try stamper.subject(number: number) }
        guard let name = CaptureName(snapshot) else {
            throw Failure(
                "usage", exit: 64, "'\(snapshot.prefix(80))' names no snapshot", "'stet snapshots' lists them")
        }
        return try stamper.subject(origin: name.originPrefix, number: name.index)
    }
}

/// What became of a timestamp.
struct StampReport {
    let subject: SnapshotStamper.Subject
    let time: StampedTime

    var json: JSON {
        var members: [JSON.Member] = [
            .init("origin", .string(subject.origin.description)), .init("number", JSON(subject.number)),
            .init("file", .string(subject.file)),
        ]
        switch time {
        case .none: break
        case .unknownAuthority(let time, let name):
            members += [.init("time", .string(time.description)), .init("timeBy", .string(name))]
            members.append(.init("timeTrusted", false))
        case .trusted(let time, let name):
            members += [.init("time", .string(time.description)), .init("timeBy", .string(name))]
            members.append(.init("timeTrusted", true))
        }
        return .object(members)
    }

    func print(_ console: Console) {
        let line =
            switch time {
            case .none: "snapshot \(subject.number) has no timestamp"
            case .unknownAuthority(let time, let name):
                "snapshot \(subject.number) stamped \(time) by \(Printable.line(name)), whom you do not know"
            case .trusted(let time, let name):
                "snapshot \(subject.number) stamped \(time) by \(Printable.line(name)), whom you trust for time"
            }
        console.print("\(line)\n    \(subject.file)", json: json)
        if case .unknownAuthority = time {
            console.notice("put its authority's certificate into the folder 'tsa' of your configuration to believe it")
        }
    }
}

struct RequestTimestamp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Writes a request for a timestamp, to be answered elsewhere.",
        discussion: """
            On a machine with a network: curl -H 'Content-Type: application/timestamp-query' --data-binary @FILE.tsq URL -o FILE.tsr

            Example:
              stet timestamp request -o first.tsq
            """)

    @OptionGroup var which: SnapshotArgument

    @Option(name: .shortAndLong, help: ArgumentHelp("The request to write.", valueName: "file"))
    var output: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let stamper = SnapshotStamper(try options.open(), authorities: TimeAuthorities())
        let subject = try which.subject(stamper)
        var random = SystemRandomNumberGenerator()
        try Files.write(stamper.request(for: subject, using: &random), to: Environment.absolute(output))
        options.console.print(
            "request for snapshot \(subject.number)\n    \(output)",
            json: [
                "origin": .string(subject.origin.description), "number": JSON(subject.number),
                "file": .string(output),
            ])
        if options.json { options.console.summary("", json: ["requests": 1]) }
    }
}

struct AttachTimestamp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Checks an authority's answer and puts it beside the snapshot.",
        discussion: """
            Example:
              stet timestamp attach first.tsr --query first.tsq
            """)

    @Argument(help: "The answer.")
    var file: String

    @OptionGroup var which: SnapshotArgument

    @Option(help: ArgumentHelp("The request that was answered: its number must be in the answer.", valueName: "file"))
    var query: String?

    @Option(
        name: .customLong("tsa-ca"),
        help: ArgumentHelp("A certificate (PEM) to trust for time, for this run alone.", valueName: "file"))
    var tsaCA: [String] = []

    @Flag(help: "Put it in the place of one that is there.")
    var replace = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let stamper = SnapshotStamper(try options.open(), authorities: try Environment.authorities(tsaCA))
        let subject = try which.subject(stamper)
        let answer = try Files.read(Environment.absolute(file), limit: 1 << 20)
        let request = try query.map { try Files.read(Environment.absolute($0), limit: 1 << 20) }
        let time = try stamper.attach(answer, to: subject, query: request, replaces: replace)
        StampReport(subject: subject, time: time).print(options.console)
        if options.json { options.console.summary("", json: ["timestamps": 1]) }
    }
}

struct FetchTimestamp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Asks an authority over HTTP, and puts its answer beside the snapshot.",
        discussion: """
            The authority learns the SHA-256 of the manifest and nothing else.

            Example:
              stet timestamp fetch https://tsa.example/
            """)

    @Argument(help: "The authority's address.")
    var url: String

    @OptionGroup var which: SnapshotArgument

    @Option(
        name: .customLong("tsa-ca"),
        help: ArgumentHelp("A certificate (PEM) to trust for time, for this run alone.", valueName: "file"))
    var tsaCA: [String] = []

    @Flag(help: "Put it in the place of one that is there.")
    var replace = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let stamper = SnapshotStamper(try options.open(), authorities: try Environment.authorities(tsaCA))
        let subject = try which.subject(stamper)
        var random = SystemRandomNumberGenerator()
        options.console.progress("asking \(url)")
        let time = try stamper.fetch(url, for: subject, agent: Version.tool, replaces: replace, using: &random)
        options.console.clearProgress()
        StampReport(subject: subject, time: time).print(options.console)
        if options.json { options.console.summary("", json: ["timestamps": 1]) }
    }
}
