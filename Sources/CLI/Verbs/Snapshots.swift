import ArgumentParser
import Models
import Storage
import SyncEngine

struct MakeSnapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Signs the state of the archive and packs what is new into a bundle.",
        discussion: """
            The manifest goes to manifests/, the bundle and its packing list to archive/: together they are all that another \
            machine needs.

            Example:
              stet snapshot -m 'after the second correction'
            """)

    @Option(name: .shortAndLong, help: "What others should know about it.")
    var message = ""

    @Option(
        help: ArgumentHelp(
            "The key to sign with: a key file, or the fingerprint of one in your key folder or in ssh-agent.",
            valueName: "file|fingerprint"))
    var key: String?

    @Option(help: ArgumentHelp("Split bundles above this many MiB of content.", valueName: "mib"))
    var maxBundleSize = 1024

    @Option(help: ArgumentHelp("Have this time-stamping authority (RFC 3161) say when it was there.", valueName: "url"))
    var timestamp: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...4095).contains(maxBundleSize) else { throw ValidationError("--max-bundle-size is 1 to 4095 MiB") }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
        let maker = SnapshotMaker(
            archive, key: try SigningKeyChoice.forSigning(stated: key, archive: archive, console: console),
            trust: try Environment.trust().signers(),
            tool: Version.tool, largestBundle: maxBundleSize << 20, clock: Environment.now)
        let snapshot = try maker.make(message: message) { done, total in console.progress("packing", done, of: total) }
        console.clearProgress()
        console.print(sentence(snapshot), json: json(snapshot))
        if let timestamp { try stamp(snapshot, by: timestamp, archive) }
        if options.json {
            console.summary("", json: ["snapshots": snapshot.isNew ? 1 : 0, "bytes": JSON(snapshot.bundleBytes)])
        }
    }

    /// The snapshot is there whatever becomes of this: an authority that fails can be asked again.
    private func stamp(_ snapshot: Snapshot, by url: String, _ archive: Archive) throws {
        let stamper = SnapshotStamper(archive, authorities: try Environment.authorities())
        let subject = try stamper.subject(number: snapshot.manifest.number)
        // Where nothing is new, the word that is there is the older one and says more.
        guard snapshot.isNew || !Files.exists("\(archive.path)/\(subject.file)") else { return }
        var random = SystemRandomNumberGenerator()
        options.console.progress("asking \(url)")
        let time = try stamper.fetch(url, for: subject, agent: Version.tool, using: &random)
        options.console.clearProgress()
        StampReport(subject: subject, time: time).print(options.console)
    }

    private func sentence(_ snapshot: Snapshot) -> String {
        guard snapshot.isNew else { return "nothing new since snapshot \(snapshot.manifest.number)" }
        let files = ([snapshot.manifestFile] + snapshot.bundleFiles).map { "    \($0)" }.joined(separator: "\n")
        let what =
            "\(Printable.count(snapshot.manifest.captures, "capture")), \(Printable.bytes(snapshot.bundleBytes)) packed"
        return "snapshot \(snapshot.manifest.number): \(what)\n\(files)"
    }

    private func json(_ snapshot: Snapshot) -> JSON {
        [
            "origin": .string(snapshot.manifest.origin.description), "number": JSON(snapshot.manifest.number),
            "size": JSON(snapshot.manifest.log.size), "root": .string(snapshot.manifest.log.root.description),
            "manifest": .string(snapshot.manifestFile), "bundles": .array(snapshot.bundleFiles.map { .string($0) }),
            "manifestSHA256": .string(snapshot.id.description), "isNew": .bool(snapshot.isNew),
        ]
    }
}

struct Snapshots: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the snapshots in the archive, each checked against its signature and the log.",
        discussion: """
            --check walks the whole chain and says what was checked: signature, number, predecessor, key in force, root, a proof that \
            each snapshot only adds to the one before, and what each has witnessed of other logs that are here. --against compares \
            with another copy, e.g. on a stick: if somebody has told two stories, both are kept in state/evidence.

            Example:
              stet snapshots --check --against /media/stick
            """)

    @Flag(help: "Walk the chain, and say what was checked.")
    var check = false

    @Option(help: ArgumentHelp("Another place with 'manifests', to compare histories.", valueName: "dir"))
    var against: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let trust = try Environment.trust().signers()
        let report = try SnapshotChecker(archive, trust: trust, authorities: try Environment.authorities())
            .check(bundles: false)
        let console = options.console
        for snapshot in report.snapshots { console.print(text(snapshot), json: json(snapshot)) }
        VerifyReport.print(report, console)
        var distrusted = report.distrusted.count
        for place in against { distrusted += try compare(archive, trust, with: place, console) }
        let proofs = report.snapshots.compactMap(\.proof).count
        let witnessed = report.snapshots.reduce(0) { $0 + $1.witnessed }
        console.summary(
            check
                ? """
                \(Printable.count(report.snapshots.count, "snapshot")): signatures, numbers, keys and roots verified, \
                \(Printable.count(proofs, "consistency proof")), \(Printable.count(witnessed, "witnessed head"))
                """
                : "\(Printable.count(report.snapshots.count, "snapshot")), signatures and roots verified",
            json: [
                "snapshots": JSON(report.snapshots.count), "damaged": JSON(report.damages.count),
                "missing": JSON(report.missing.count), "distrusted": JSON(distrusted), "proofs": JSON(proofs),
                "witnessed": JSON(witnessed),
            ])
        try VerifyReport.end(damaged: report.damages.count + report.missing.count, distrusted: distrusted)
    }

    private func compare(
        _ archive: Archive, _ trust: AllowedSigners, with place: String, _ console: Console
    ) throws -> Int {
        let report = try HistoryComparer(archive, trust: trust).compare(with: Environment.absolute(place))
        for (origin, number, size) in report.agreeing {
            console.print(
                "\(origin.short) \(number)  \(Printable.line(place)) tells the same story, up to \(Printable.count(size, "record"))",
                json: [
                    "status": "agrees", "place": .string(place), "origin": .string(origin.description),
                    "number": JSON(number), "size": JSON(size),
                ])
        }
        for origin in report.unknown {
            console.notice("\(Printable.line(place)) holds origin \(origin.short), which is not here")
        }
        VerifyReport.print(report.distrusted, console)
        return report.distrusted.count
    }

    private func text(_ snapshot: CheckedSnapshot) -> String {
        let manifest = snapshot.manifest
        let message = manifest.message.isEmpty ? "" : "  \(Printable.line(manifest.message, width: 60))"
        let text = """
            \(manifest.origin.short) \(manifest.number)  \(manifest.created)  \(Printable.count(manifest.captures, "capture"))\(message)
                signed by \(Printable.line(snapshot.signer.principal)) (\(snapshot.signer.fingerprint))\(stamp(snapshot.time))
            """
        guard check else { return text }
        let proof = snapshot.proof.map { "adds to the one before it (proof of \($0) \($0 == 1 ? "hash" : "hashes"))" }
        let witnessed =
            manifest.heads.isEmpty
            ? "" : ", \(snapshot.witnessed) of \(Printable.count(manifest.heads.count, "witnessed head")) found here"
        return text
            + "\n    \(proof ?? "the first at hand"), \(Printable.count(manifest.log.size, "record"))\(witnessed)"
    }

    private func stamp(_ time: StampedTime) -> String {
        switch time {
        case .none: ""
        case .trusted(let time, let name):
            "\n    there on \(time), says \(Printable.line(name)), whom you trust for time"
        case .unknownAuthority(let time, let name):
            "\n    there on \(time), says \(Printable.line(name)), whom you do not know: it counts for nothing"
        }
    }

    private func json(_ snapshot: CheckedSnapshot) -> JSON {
        let manifest = snapshot.manifest
        return [
            "origin": .string(manifest.origin.description), "number": JSON(manifest.number),
            "name": .string(manifest.name),
            "created": .string(manifest.created.description), "message": .string(manifest.message),
            "size": JSON(manifest.log.size), "root": .string(manifest.log.root.description),
            "captures": JSON(manifest.captures), "manifestSHA256": .string(snapshot.id.description),
            "signer": .string(snapshot.signer.principal), "fingerprint": .string(snapshot.signer.fingerprint),
            "time": JSON(snapshot.time.time?.description), "timeTrusted": .bool(snapshot.time.isTrusted),
            "proof": JSON(snapshot.proof), "heads": JSON(manifest.heads.count),
            "witnessed": JSON(snapshot.witnessed),
        ]
    }
}
