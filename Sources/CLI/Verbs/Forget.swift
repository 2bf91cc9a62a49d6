import ArgumentParser
import Glibc
import Models
import Storage
import SyncEngine
import Tracking

struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Removes a capture that must not be kept, for somebody's safety or by law.",
        discussion: """
            Its page, address, times and text go from packs, bundles and caches of this archive. Its line stays in the log, which \
            goes on verifying, and a withdrawal with the reason is added: do not repeat in it what must go. A capture of another \
            origin is hidden here; only its origin can withdraw it. A note is forgotten the same way.

            What was copied elsewhere is out of reach: remotes, sticks, other machines, backups, what the disk itself keeps. \
            docs/SEIZURE.md says more.

            Example:
              stet forget 5458d0c8a1f2:17 --reason 'names a source who is in danger'
            """)

    @Argument(help: "ORIGIN:INDEX, as 'stet log' prints it.")
    var capture: String

    @Option(help: "Why. It stays in the log for good, and travels with snapshots.")
    var reason: String

    @Flag(help: "Other captures of exactly the same bytes go, too.")
    var withIdentical = false

    @Option(help: ArgumentHelp("The private key file to sign bundles with that are packed anew.", valueName: "file"))
    var key: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if !(1...WithdrawalDetail.longestReason).contains(reason.utf8.count) {
            throw ValidationError("--reason takes 1 to \(WithdrawalDetail.longestReason) bytes")
        }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
        let forgetting = try Interrupted.forgetting(archive)
        let plan = try forgetting.plan(try CaptureArgument(capture).name(), withIdentical: withIdentical)
        guard plan.sharing.isEmpty else {
            let names = plan.sharing.map(\.name.description).joined(separator: ", ")
            throw Failure(
                "shared", exit: 64, "other captures hold exactly the same bytes: \(names)",
                "--with-identical forgets them, too")
        }
        let twins = try sameText(plan, archive)
        if !twins.isEmpty {
            console.notice(
                "other captures show the same text on other bytes, and stay: \(twins.map(\.description).joined(separator: ", "))"
            )
        }
        let notes = try plan.records.flatMap { try archive.notes(on: $0) }
        if !notes.isEmpty {
            let names = notes.map(\.name.description).joined(separator: ", ")
            console.notice("notes about it stay: \(names); 'stet forget' takes them, too, one by one")
        }
        try confirm(plan, console)
        let signing =
            plan.needsKey
            ? try SigningKeyChoice.forSigning(stated: key, archive: archive, console: console) : nil
        try forgetting.forget(
            plan, reason: reason, key: signing,
            caches: { () throws(SyncError) in try Interrupted.discardCaches(archive) },
            progress: { bytes in console.progress("rewriting packs: \(Printable.bytes(bytes))") })
        console.clearProgress()
        try report(plan, archive, console)
    }

    /// Captures of the same articles whose text is the same although their bytes are not.
    private func sameText(_ plan: Forgetting.Plan, _ archive: Archive) throws -> [CaptureName] {
        let going = Set(plan.records.map(\.name))
        var twins: Set<CaptureName> = []
        for name in going {
            guard let (article, capture) = try archive.capture(name) else { continue }
            for state in try archive.history(of: article) where state.revision == capture.revision {
                twins.formUnion(state.captures.map(\.name))
            }
        }
        return twins.subtracting(going).sorted { $0.description < $1.description }
    }

    private func confirm(_ plan: Forgetting.Plan, _ console: Console) throws {
        if yes { return }
        let names = plan.records.map(\.name.description).joined(separator: ", ")
        guard isatty(0) == 1, !options.json else {
            throw Failure("usage", exit: 64, "forgetting \(names) cannot be undone", "say --yes if that is meant")
        }
        Console.ask("forget \(names) for good? It cannot be undone. Type 'yes': ")
        guard readLine() == "yes" else {
            throw Failure("usage", exit: 64, "nothing was forgotten", "type 'yes' to go on")
        }
    }

    private func report(_ plan: Forgetting.Plan, _ archive: Archive, _ console: Console) throws {
        var hidden = 0
        for record in plan.records {
            guard let withheld = try archive.withheld(record.name) else { continue }
            if !withheld.isWithdrawn { hidden += 1 }
            console.print(WithheldText.sentence(withheld), json: WithheldText.json(withheld))
        }
        console.summary(
            sentence(plan, hidden: hidden),
            json: [
                "withheld": JSON(plan.records.count - hidden), "hidden": JSON(hidden),
                "snapshots": .array(
                    plan.snapshots.map { ["origin": .string($0.origin.description), "number": JSON($0.number)] }),
            ])
    }

    private func sentence(_ plan: Forgetting.Plan, hidden: Int) -> String {
        var lines = [
            "gone from this archive's packs, bundles and caches; what the disk itself keeps is beyond stet's reach"
        ]
        if hidden > 0 { lines.append("hidden in this archive alone: only its own origin can withdraw a capture") }
        guard !plan.snapshots.isEmpty else { return lines.joined(separator: "\n") }
        lines.append(
            "copies elsewhere (remotes, sticks, other machines, backups) are beyond its reach; these snapshots carried it:"
        )
        lines += plan.snapshots.map { "    \($0.origin.short) \($0.number)  \($0.created)" }
        return lines.joined(separator: "\n")
    }
}

/// What an earlier run began and could not finish.
enum Interrupted {
    static func forgetting(_ archive: Archive) throws -> Forgetting {
        Forgetting(
            archive, trust: try Environment.trust().signers(), tool: Version.tool, clock: Environment.now)
    }

    static func discardCaches(_ archive: Archive) throws(SyncError) {
        do throws(FileError) { try Tracker.discard(archive) } catch { throw .file(error) }
    }

    /// Done by whatever verb comes next. That verb goes on even when this cannot be finished now.
    static func finishForgetting(in archive: Archive, _ console: Console) {
        do {
            guard try archive.unfinishedErasure() != nil else { return }
            let completion = try forgetting(archive).finish(
                key: { key(for: archive, console) }, caches: { () throws(SyncError) in try discardCaches(archive) })
            switch completion {
            case .nothingToDo, .busy: return
            case .done: console.notice("finished a 'stet forget' that was interrupted")
            case .lacksKey:
                console.notice(
                    "a 'stet forget' was interrupted, and bundles wait to be signed anew: run it again with --key FILE")
            }
        } catch {
            let reason = Failure(error).map(\.message) ?? "\(error)"
            console.notice("a 'stet forget' was interrupted and cannot be finished now: \(Printable.line(reason))")
        }
    }

    /// Nil where it is not at hand: the bundles then wait.
    static func key(for archive: Archive, _ console: Console) -> (any SigningIdentity)? {
        do { return try SigningKeyChoice.forSigning(stated: nil, archive: archive, console: console) } catch {
            return nil
        }
    }
}
