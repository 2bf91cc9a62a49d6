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
        subcommands: [Add.self, List.self, Revoke.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Believes a key.",
            discussion: """
                T is a time as stet prints it, or as in allowed_signers (YYYYMMDD[HHMM[SS]]), always UTC.

                Example:
                  stet trust add desk.pub --as desk@example.org --valid-before 2027-01-01T00:00:00Z
                """)

        @Argument(help: "A .pub file, or the line in it in quotation marks.")
        var key: String

        @Option(name: .customLong("as"), help: "Whose it is. Default: the key's comment.")
        var principal: String?

        @Option(help: ArgumentHelp("Believe what it signed from then on.", valueName: "t"))
        var validAfter: TimeArgument?

        @Option(help: ArgumentHelp("Believe what it signed before then.", valueName: "t"))
        var validBefore: TimeArgument?

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let (key, comment) = try KeyArgument.read(key)
            let name = SigningKeyChoice.principal(principal ?? comment)
            let isNew = try Environment.trust().add(
                key, as: name, validAfter: validAfter?.time, validBefore: validBefore?.time)
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
            for entry in signers.entries { options.console.print(text(entry), json: json(entry)) }
            for line in signers.unreadable {
                options.console.notice("line \(line) of allowed_signers cannot be read: it accepts nobody")
            }
            options.console.summary(
                "\(Printable.count(signers.entries.count, "key"))",
                json: ["keys": JSON(signers.entries.count), "unreadable": JSON(signers.unreadable.count)])
        }

        private func text(_ entry: AllowedSigners.Entry) -> String {
            var text = "\(Printable.line(entry.principals))  \(entry.key.fingerprint)  \(entry.key.kind)"
            if let time = entry.validAfter { text += "  from \(time)" }
            if let time = entry.validBefore { text += "  \(entry.isRevoked ? "revoked as of" : "until") \(time)" }
            if let reason = entry.impediment { text += "  accepts nobody: \(Printable.line(reason))" }
            return text
        }

        private func json(_ entry: AllowedSigners.Entry) -> JSON {
            [
                "principal": .string(entry.principals), "fingerprint": .string(entry.key.fingerprint),
                "key": .string(entry.key.description), "kind": .string(entry.key.kind),
                "validAfter": JSON(entry.validAfter?.description), "validBefore": JSON(entry.validBefore?.description),
                "revoked": .bool(entry.isRevoked), "impediment": JSON(entry.impediment),
            ]
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Believes a key only for what it signed before a time, e.g. before it was stolen.",
            discussion: """
                Its line stays, so that old snapshots stay good. A thief can write any time into what he signs: compare what claims to \
                be older with a copy from before.

                Example:
                  stet trust revoke desk@example.org --at 2026-10-01T00:00:00Z
                """)

        @Argument(help: "A name or fingerprint as 'stet trust list' shows it.")
        var who: String

        @Option(help: ArgumentHelp("The time from which it is not believed. Default: now.", valueName: "t"))
        var at: TimeArgument?

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let revoked = try Environment.trust().revoke(who, at: at?.time ?? Environment.now())
            for entry in revoked {
                let time = entry.validBefore?.description
                options.console.print(
                    "revoked as of \(time ?? ""): \(Printable.line(entry.principals))  \(entry.key.fingerprint)",
                    json: [
                        "principal": .string(entry.principals), "fingerprint": .string(entry.key.fingerprint),
                        "validBefore": JSON(time),
                    ])
            }
            if options.json { options.console.summary("", json: ["revoked": JSON(revoked.count)]) }
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

/// A time that the user names, as stet prints it or as `allowed_signers` holds it.
struct TimeArgument: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard let time = Timestamp(argument) ?? AllowedSigners.time(argument) else { return nil }
        self.time = time
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
