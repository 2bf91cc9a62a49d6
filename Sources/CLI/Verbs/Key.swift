import ArgumentParser
import Models
import Storage
import SyncEngine

struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows or makes the keys that sign.",
        discussion: """
            Example:
              stet key show > desk.pub
            """,
        subcommands: [Show.self, New.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the public half of your keys, to give to others.",
            discussion: """
                Example:
                  stet key show > desk.pub
                """)

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let folder = try Environment.keys()
            let entries = try folder.entries()
            guard !entries.isEmpty else {
                throw Failure(
                    "noKey", exit: 66, "there is no key in \(folder.path)", "'stet init' or 'stet key new' makes one")
            }
            for entry in entries {
                options.console.print(
                    "\(entry.publicKey) \(entry.comment)",
                    json: [
                        "name": .string(entry.name), "principal": .string(entry.comment),
                        "fingerprint": .string(entry.publicKey.fingerprint),
                        "key": .string(entry.publicKey.description),
                    ])
                options.console.notice("\(entry.name): \(entry.publicKey.fingerprint)")
            }
            if options.json { options.console.summary("", json: ["keys": JSON(entries.count)]) }
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a signing key.",
            discussion: """
                Example:
                  stet key new --name desk@example.org
                """)

        @Option(help: "Whose it is, as others will know it.")
        var name = "stet"

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let principal = SigningKeyChoice.principal(name)
            let folder = try Environment.keys()
            if Files.exists("\(folder.path)/\(principal)") {
                throw Failure("keyExists", exit: 64, "there is a key '\(principal)' already", "choose another --name")
            }
            let key = try folder.make(principal, comment: principal)
            _ = try Environment.trust().add(key.publicKey, as: principal)
            options.console.print(
                "made key \(folder.path)/\(principal)\n\(key.publicKey.fingerprint)",
                json: [
                    "name": .string(principal), "principal": .string(principal),
                    "fingerprint": .string(key.publicKey.fingerprint), "key": .string(key.publicKey.description),
                ])
            if options.json { options.console.summary("", json: ["keys": 1]) }
        }
    }
}
