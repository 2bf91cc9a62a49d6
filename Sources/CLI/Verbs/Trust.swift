import ArgumentParser
import Glibc
import Models
import Storage
import SyncEngine

struct Trust: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says whose signatures are believed.",
        discussion: """
            Compare the fingerprint with the key's owner first, by telephone or face to face: keys that lie beside the data prove nothing.

            Example:
              stet trust add desk.pub
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Believes a key.",
            discussion: """
                Example:
                  stet trust add desk.pub --as desk@example.org
                """)

        @Argument(help: "A .pub file, or the line in it in quotation marks.")
        var key: String

        @Option(name: .customLong("as"), help: "Whose it is. Default: the key's comment.")
        var principal: String?

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let (key, comment) = try KeyArgument.read(key)
            let name = SigningKeyChoice.principal(principal ?? comment)
            let isNew = try Environment.trust().add(key, as: name)
            options.console.print(
                "\(isNew ? "trusted" : "trusted already"): \(name)  \(key.fingerprint)",
                json: ["principal": .string(name), "fingerprint": .string(key.fingerprint), "isNew": .bool(isNew)])
            if options.json { options.console.summary("", json: ["added": isNew ? 1 : 0]) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows who is believed.",
            discussion: """
                Example:
                  stet trust list
                """)

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let signers = try Environment.trust().signers()
            for entry in signers.entries {
                options.console.print(
                    "\(Printable.line(entry.principals))  \(entry.key.fingerprint)  \(entry.key.kind)",
                    json: [
                        "principal": .string(entry.principals), "fingerprint": .string(entry.key.fingerprint),
                        "key": .string(entry.key.description),
                    ])
            }
            for line in signers.unreadable {
                options.console.notice("line \(line) of allowed_signers cannot be read: it accepts nobody")
            }
            options.console.summary(
                "\(Printable.count(signers.entries.count, "key"))", json: ["keys": JSON(signers.entries.count)])
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Believes a key no longer.",
            discussion: """
                Example:
                  stet trust remove desk@example.org
                """)

        @Argument(help: "A name or fingerprint as 'stet trust list' shows it.")
        var who: String

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let removed = try Environment.trust().remove(who)
            for entry in removed {
                options.console.print(
                    "no longer trusted: \(Printable.line(entry.principals))  \(entry.key.fingerprint)",
                    json: ["principal": .string(entry.principals), "fingerprint": .string(entry.key.fingerprint)])
            }
            if options.json { options.console.summary("", json: ["removed": JSON(removed.count)]) }
        }
    }
}

/// A public key that the user names.
enum KeyArgument {
    static func read(_ text: String) throws -> (key: PublicKey, comment: String) {
        let line = Files.isRegular(text) ? String(decoding: try Files.read(text, limit: 1 << 20), as: UTF8.self) : text
        guard Files.isRegular(text) || text.contains(" ") else { throw FileError("open", text, code: ENOENT) }
        guard let parsed = PublicKey.parse(line) else { throw SyncError.notAKey(text) }
        let name = parsed.comment.isEmpty ? "key-" + parsed.key.fingerprint.dropFirst(7).prefix(8) : parsed.comment
        return (parsed.key, name)
    }
}
