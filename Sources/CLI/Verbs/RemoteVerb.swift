import ArgumentParser
import Models
import Storage
import SyncEngine

struct RemoteVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote",
        abstract: "Gives names to the places with which an archive exchanges.",
        discussion: """
            A place is a folder or stick, s3://bucket/prefix, ssh://host/path, or, to read only, https://host/path.

            Example:
              stet remote add stick /media/stick/press && stet sync stick
            """,
        subcommands: [Add.self, List.self, Remove.self], defaultSubcommand: List.self)

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a place a name.",
            discussion: """
                An encrypted remote (age, version 1) shows only how many files there are and their padded sizes. \
                Credentials are not kept: they come from the usual AWS environment variables and files, and from ssh.

                Example:
                  stet remote add bucket s3://press-archive/desk
                """)

        @Argument(help: "Letters, digits, '-', '_' and '.'.")
        var name: String

        @Argument(help: "A folder, or an address.")
        var address: String

        @Option(
            help: ArgumentHelp(
                "Encrypt what goes there: an age or ssh-ed25519 public key, or a file with some. May be repeated; your own key is added.",
                valueName: "recipient"))
        var encryptTo: [String] = []

        @Flag(help: "Encrypt what goes there with a passphrase, which is asked for ($STET_PASSPHRASE).")
        var passphrase = false

        @Option(help: ArgumentHelp("A file with a key that opens it. May be repeated.", valueName: "file"))
        var identity: [String] = []

        @OptionGroup var options: GlobalOptions

        func validate() throws {
            guard KnownRemotes.isName(name) else {
                throw ValidationError("'\(name)' is no name: use letters, digits, '-', '_' and '.'")
            }
            guard encryptTo.isEmpty || !passphrase else {
                throw ValidationError("give --encrypt-to or --passphrase, not both")
            }
        }

        func run() throws {
            let archive = try options.open()
            let remote = try RemoteChoice.plain(address)
            let recipients = passphrase ? [RemoteChoice.passphrase] : encryptTo
            if !recipients.isEmpty, try !EncryptedRemote.isThere(on: remote) {
                _ = try RemoteChoice.make(on: remote, to: recipients)
            }
            let known = KnownRemotes(of: archive.path)
            let isNew = try !known.entries().contains { $0.name == name }
            try known.add(
                KnownRemotes.Entry(
                    name: name, address: remote.address, recipients: recipients,
                    identities: identity.map { Environment.absolute($0) }))
            options.console.print(
                "\(isNew ? "added" : "changed"): \(name)  \(Printable.line(remote.address))",
                json: ["name": .string(name), "address": .string(remote.address)])
            let count = try known.entries().count
            if options.json { options.console.summary("", json: ["remotes": JSON(count)]) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists them.",
            discussion: """
                Example:
                  stet remote list
                """)

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let entries = try KnownRemotes(of: try options.open().path).entries()
            for entry in entries {
                options.console.print(
                    "\(entry.name)  \(Printable.line(entry.address))",
                    json: ["name": .string(entry.name), "address": .string(entry.address)])
            }
            if options.json { options.console.summary("", json: ["remotes": JSON(entries.count)]) }
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets a name. What lies there stays.",
            discussion: """
                Example:
                  stet remote remove stick
                """)

        @Argument(help: "The name.")
        var name: String

        @OptionGroup var options: GlobalOptions

        func run() throws {
            guard try KnownRemotes(of: try options.open().path).remove(name) else {
                throw Failure(
                    "noSuchRemote", exit: 66, "no remote is called '\(name)'",
                    "'stet remote list' shows those that have names")
            }
            options.console.print("removed: \(name)", json: ["name": .string(name)])
            if options.json { options.console.summary("", json: ["removed": 1]) }
        }
    }
}
