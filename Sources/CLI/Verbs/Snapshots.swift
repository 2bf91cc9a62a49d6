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

    @Option(help: ArgumentHelp("The private key file to sign with.", valueName: "file"))
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
            archive, key: try SigningKeyChoice.forSigning(stated: key, archive: archive),
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
            Example:
              stet snapshots
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let report = try SnapshotChecker(
            archive, trust: try Environment.trust().signers(), authorities: try Environment.authorities()
        ).check(bundles: false)
        let console = options.console
        for snapshot in report.snapshots { console.print(line(snapshot), json: json(snapshot)) }
        VerifyReport.print(report, console)
        console.summary(
            "\(Printable.count(report.snapshots.count, "snapshot")), signatures and roots verified",
            json: [
                "snapshots": JSON(report.snapshots.count), "damaged": JSON(report.damages.count),
                "distrusted": JSON(report.distrusted.count),
            ])
        try VerifyReport.end(damaged: report.damages.count + report.missing.count, distrusted: report.distrusted.count)
    }

    private func line(_ snapshot: CheckedSnapshot) -> String {
        let manifest = snapshot.manifest
        let message = manifest.message.isEmpty ? "" : "  \(Printable.line(manifest.message, width: 60))"
        return """
            \(manifest.origin.short) \(manifest.number)  \(manifest.created)  \(Printable.count(manifest.captures, "capture"))\(message)
                signed by \(Printable.line(snapshot.signer.principal)) (\(snapshot.signer.fingerprint))\(stamp(snapshot.time))
            """
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
        ]
    }
}
