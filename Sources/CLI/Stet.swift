import ArgumentParser

/// The `stet` command.
@main
struct Stet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stet",
        abstract: "Archives what news pages said, and shows what was changed afterwards.",
        discussion: """
            The archive is --archive DIR, else $STET_ARCHIVE, else the nearest enclosing folder with a stet.json.
            Every verb has --json, one object a line. 'stet help VERB' says more about each.

            Example:
              stet init press && cd press && stet capture ~/saved-pages && stet articles
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Archiving",
                subcommands: [
                    Init.self, Capture.self, Watch.self, Articles.self, Log.self, Show.self, Cat.self, Export.self,
                    Note.self, Serve.self,
                ]),
            CommandGroup(
                name: "Edits",
                subcommands: [Diff.self, Changes.self, Compare.self, Related.self, Search.self, Extract.self]),
            CommandGroup(
                name: "Snapshots", subcommands: [MakeSnapshot.self, Snapshots.self, Restore.self, TimestampVerb.self]),
            CommandGroup(name: "Evidence", subcommands: [Prove.self, VerifyProof.self]),
            CommandGroup(
                name: "Exchange", subcommands: [Push.self, Pull.self, Sync.self, RemoteVerb.self, Adopt.self]),
            CommandGroup(name: "Trust", subcommands: [Trust.self, Key.self]),
            CommandGroup(
                name: "Care", subcommands: [Verify.self, Repair.self, GC.self, Reindex.self, Stats.self, Forget.self]),
        ])

    /// Exit codes and error texts are decided here and in `Failure`, nowhere else.
    static func main() async {
        Memory.keepFreedBlocks()
        let arguments = GlobalOptions.movedBehindVerb(Array(CommandLine.arguments.dropFirst()))
        let console = Console(arguments: arguments)
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            console.finish(0)
        } catch let outcome as Outcome {
            console.finish(outcome.code)
        } catch {
            if let failure = Failure(error) {
                console.fail(failure)
            } else if exitCode(for: error) == .success {
                console.print(fullMessage(for: error))
                console.finish(0)
            } else {
                console.fail(Failure(usage: message(for: error)))
            }
        }
    }
}

/// How a verb ended although it did not fail: with edits found, or with a part of its work done.
struct Outcome: Error {
    let code: Int32
    static let editsFound = Outcome(code: 1)
    static let partlyDone = Outcome(code: 3)
    static let damaged = Outcome(code: 13)
    static let notTrusted = Outcome(code: 12)
}

enum Version {
    static let number = "0.1.0"
    static let text = "stet \(number)"
    /// What records and bundles say made them.
    static let tool = "stet/\(number)"
}
