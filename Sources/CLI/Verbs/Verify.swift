import ArgumentParser
import Models
import Storage
import SyncEngine

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads every byte of the archive and checks it: packs, logs, snapshots, signatures, bundles.",
        discussion: """
            Exits with 13 when something is damaged or missing, with 12 when a signature is not to be trusted.

            Example:
              stet verify
            """)

    @Flag(help: "Headers, logs, snapshots and what is there, without reading contents: seconds instead of minutes.")
    var quick = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let console = options.console
        let checked = try CheckedStore(options, quick ? .quick : .full)
        console.clearProgress()
        let (archive, store) = (checked.archive, checked.report)
        let trust = try Environment.trust().signers()
        let snapshots = try SnapshotChecker(archive, trust: trust, authorities: try Environment.authorities()).check(
            bundles: !quick)
        for damage in store.damages { VerifyReport.print("damaged", damage, console) }
        for damage in store.missing { VerifyReport.print("missing", damage, console) }
        VerifyReport.print(snapshots, console)
        let damaged = store.damages.count + snapshots.damages.count
        let missing = store.missing.count + snapshots.missing.count
        let withheld =
            (store.withheld == 0 ? "" : ", \(store.withheld) withheld")
            + (store.leftOut == 0 ? "" : ", \(store.leftOut) not chosen to come here")
        let isGood = damaged + missing + snapshots.distrusted.count == 0
        let counts = """
            \(Printable.count(store.captures, "capture")), \(Printable.count(store.objects, "object")), \
            \(Printable.count(snapshots.snapshots.count, "snapshot"))\(withheld)
            """
        console.summary(
            isGood
                ? "verified \(counts): all good"
                : "\(counts) are good; \(damaged) damaged, \(missing) missing, \(snapshots.distrusted.count) not trusted",
            json: [
                "objects": JSON(store.objects), "damaged": JSON(damaged), "missing": JSON(missing),
                "captures": JSON(store.captures), "snapshots": JSON(snapshots.snapshots.count),
                "distrusted": JSON(snapshots.distrusted.count), "withheld": JSON(store.withheld),
                "leftOut": JSON(store.leftOut),
            ])
        try VerifyReport.end(damaged: damaged + missing, distrusted: snapshots.distrusted.count)
    }
}

/// The store, verified; with its catalog made anew first if that was found to be wrong, which counts as damage.
struct CheckedStore {
    let archive: Archive
    let report: StoreReport

    init(_ options: GlobalOptions, _ depth: VerificationDepth) throws {
        let console = options.console
        let opened = try options.open()
        let progress: @Sendable (Int, Int) -> Void = { done, total in console.progress("verifying", done, of: total) }
        let waiting = { console.notice("waiting for another process that merges packs") }
        if let reason = opened.discardedCatalog {
            (archive, report) = (
                opened, Self.adding(reason, to: try opened.verify(depth, progress: progress, waiting: waiting))
            )
            return
        }
        do {
            (archive, report) = (opened, try opened.verify(depth, progress: progress, waiting: waiting))
        } catch ArchiveError.catalog(let reason) {
            try opened.discardCatalog()
            let again = try options.open()
            (archive, report) = (
                again, Self.adding(reason, to: try again.verify(depth, progress: progress, waiting: waiting))
            )
        }
    }

    private static func adding(_ reason: String, to report: StoreReport) -> StoreReport {
        var report = report
        report.damages.append(
            Damage(file: "catalog.sqlite", reason: "it was damaged (\(reason)); it has been made anew from the packs"))
        return report
    }
}

struct Repair: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts back what is damaged or missing, from bundles.",
        discussion: """
            Bundles beside the archive are tried first, then those in the folders and remotes named. Every object is believed for its hash alone; \
            manifests, packing lists and bundles for signatures that you trust. What is sound in a damaged pack is moved into a new one.

            Example:
              stet repair /media/stick
            """)

    @Argument(help: "Remotes by name or address, or other archives' folders.")
    var from: [String] = []

    @Option(help: ArgumentHelp("A file with a key that opens an encrypted remote. May be repeated.", valueName: "file"))
    var identity: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let console = options.console
        let before = try CheckedStore(options, .quick)
        let archive = before.archive
        let remotes = try from.map { try RemoteChoice(identities: identity).existing($0, archive: archive.path) }
        let forgetting = try Interrupted.forgetting(archive)
        let held = try forgetting.withdrawnButHeld()
        let report = try Repairer(archive, from: remotes).repair { done, total in
            console.progress("verifying", done, of: total)
        }
        try forgetting.eraseWhatCameBack(since: held) { () throws(SyncError) in
            try Interrupted.discardCaches(archive)
        }
        if report.recovered + report.lines > 0 {
            try archive.record(
                custody: .repair(objects: report.recovered, lines: report.lines, places: report.sources),
                tool: Version.tool)
        }
        let trust = try Environment.trust().signers()
        let files = try SnapshotRepairer(archive, trust: trust, from: remotes).repair()
        let after = try archive.verify { done, total in console.progress("verifying again", done, of: total) }
        let snapshots = try SnapshotChecker(archive, trust: trust).check(bundles: true)
        console.clearProgress()
        for file in files { console.print("put back  \(file)", json: ["status": "restored", "file": .string(file)]) }
        for damage in after.damages { VerifyReport.print("damaged", damage, console) }
        for damage in after.missing { VerifyReport.print("missing", damage, console) }
        VerifyReport.print(snapshots, console)
        let (damaged, missing) = (
            after.damages.count + snapshots.damages.count, after.missing.count + snapshots.missing.count
        )
        let left = damaged + missing + snapshots.distrusted.count
        console.summary(
            sentence(report, files: files.count, left: left),
            json: [
                "recovered": JSON(report.recovered), "lines": JSON(report.lines), "packs": JSON(report.packs),
                "files": JSON(files.count), "damaged": JSON(damaged), "missing": JSON(missing),
                "distrusted": JSON(snapshots.distrusted.count), "captures": JSON(after.captures),
            ])
        if left > 0 {
            console.notice("name remotes that may hold what is missing: 'stet repair REMOTE…'")
        }
        try VerifyReport.end(damaged: damaged + missing, distrusted: snapshots.distrusted.count)
    }

    private func sentence(_ report: Repairer.Report, files: Int, left: Int) -> String {
        var done: [String] = []
        if report.packs > 0 {
            let lines = report.lines > 0 ? " and \(Printable.count(report.lines, "log line"))" : ""
            done.append(
                "\(Printable.count(report.recovered, "object"))\(lines) of \(Printable.count(report.packs, "damaged pack"))"
            )
        }
        if files > 0 { done.append("\(Printable.count(files, "file")) of snapshots") }
        let what = done.isEmpty ? "nothing had to be put back" : "put back " + done.joined(separator: ", ")
        return left == 0 ? "\(what); all good" : "\(what); \(left) still damaged, missing or not trusted"
    }
}

/// What checking found, printed and turned into an exit code.
enum VerifyReport {
    static func print(_ status: String, _ damage: Damage, _ console: Console) {
        console.print(
            "\(status)  \(Printable.line(damage.description))",
            json: [
                "status": .string(status), "file": .string(damage.file), "offset": JSON(damage.offset),
                "reason": .string(damage.reason), "objects": .array(damage.objects.map { .string($0.description) }),
                "articles": .array(damage.articles.map { .string($0) }),
            ])
    }

    static func print(_ report: SnapshotChecker.Report, _ console: Console) {
        for damage in report.damages { print("damaged", damage, console) }
        for damage in report.missing { print("missing", damage, console) }
        print(report.distrusted, console)
        for head in report.unseen {
            console.notice(
                """
                \(head.witness) saw \(Printable.count(head.size, "record")) of \(head.origin.short), of which \(head.held) are here: \
                there is a newer snapshot of it somewhere
                """)
        }
    }

    static func print(_ distrusted: [(file: String, reason: Distrust)], _ console: Console) {
        for (file, reason) in distrusted {
            let failure = Failure(SyncError.distrust(file: file, reason))
            console.print(
                "not trusted  \(Printable.line(failure.message)): \(Printable.line(failure.hint))",
                json: [
                    "status": "distrusted", "file": .string(file), "code": .string(failure.code),
                    "reason": .string(failure.message), "hint": .string(failure.hint),
                ])
        }
    }

    static func end(damaged: Int, distrusted: Int) throws {
        if damaged > 0 { throw Outcome.damaged }
        if distrusted > 0 { throw Outcome.notTrusted }
    }
}
