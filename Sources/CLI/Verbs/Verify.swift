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

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let console = options.console
        let store = try archive.verify { done, total in console.progress("verifying", done, of: total) }
        console.clearProgress()
        let snapshots = try SnapshotChecker(archive, trust: try Environment.trust().signers()).check(bundles: true)
        for damage in store.damages { VerifyReport.print("damaged", damage, console) }
        for damage in store.missing { VerifyReport.print("missing", damage, console) }
        VerifyReport.print(snapshots, console)
        let damaged = store.damages.count + snapshots.damages.count
        let missing = store.missing.count + snapshots.missing.count
        let isGood = damaged + missing + snapshots.distrusted.count == 0
        let counts = """
            \(Printable.count(store.captures, "capture")), \(Printable.count(store.objects, "object")), \
            \(Printable.count(snapshots.snapshots.count, "snapshot"))
            """
        console.summary(
            isGood
                ? "verified \(counts): all good"
                : "\(counts) are good; \(damaged) damaged, \(missing) missing, \(snapshots.distrusted.count) not trusted",
            json: [
                "objects": JSON(store.objects), "damaged": JSON(damaged), "missing": JSON(missing),
                "captures": JSON(store.captures), "snapshots": JSON(snapshots.snapshots.count),
                "distrusted": JSON(snapshots.distrusted.count),
            ])
        try VerifyReport.end(damaged: damaged + missing, distrusted: snapshots.distrusted.count)
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
        for (file, reason) in report.distrusted {
            let failure = Failure(SyncError.distrust(file: file, reason))
            console.print(
                "not trusted  \(Printable.line(failure.message))",
                json: [
                    "status": "distrusted", "file": .string(file), "code": .string(failure.code),
                    "reason": .string(failure.message),
                ])
        }
    }

    static func end(damaged: Int, distrusted: Int) throws {
        if damaged > 0 { throw Outcome.damaged }
        if distrusted > 0 { throw Outcome.notTrusted }
    }
}
