import ArgumentParser
import Models
import Storage
import SyncEngine

extension Key {
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hands the archive over to another key: the old one signs the new one in.",
            discussion: """
                Both keys must be at hand. Every later snapshot is the new key's to sign, and the old one cannot sign for this archive \
                again. Tell everybody who restores from it the new fingerprint, by another way than the data. --revoke also \
                ends your own trust in the old key, from now on: what it signed before stays good.

                Example:
                  stet key rotate --revoke
                """)

        @Option(
            help: ArgumentHelp(
                "The new key: a key file, or the fingerprint of one in your key folder or in ssh-agent. Default: a new one.",
                valueName: "file|fingerprint"))
        var key: String?

        @Option(
            help: ArgumentHelp(
                "The old key, where it is neither in your key folder nor in ssh-agent.", valueName: "file|fingerprint"))
        var from: String?

        @Flag(help: "Trust the old key only for what it signed before now.")
        var revoke = false

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let (console, archive) = (options.console, try options.open())
            let old = try SigningKeyChoice.forSigning(stated: from, archive: archive, console: console)
            let ring = try Environment.keyRing()
            let new = try key.map { try ring.key(named: $0) } ?? made(in: ring, comment: old.comment, console)
            if new.publicKey == old.publicKey {
                throw Failure(
                    "sameKey", exit: 64, "\(new.publicKey.fingerprint) signs for this archive already",
                    "name another with --key")
            }
            let identity = try SigningKeyChoice.open(new, console)
            let change = try KeyRotator(archive, tool: Version.tool).rotate(from: old, to: identity)
            let principal = SigningKeyChoice.principal(new.comment.isEmpty ? archive.name : new.comment)
            try SigningKeyChoice.trust(new.publicKey, as: principal, console)
            if revoke { try revokeOld(old.publicKey, console) }
            report(change, console)
        }

        private func made(in ring: KeyRing, comment: String, _ console: Console) throws -> KeyRing.Key {
            let principal = SigningKeyChoice.principal(comment)
            let key = try SigningKeyChoice.made("stet", in: ring.folder, as: principal, console)
            return try ring.key(named: key.fingerprint)
        }

        private func revokeOld(_ key: PublicKey, _ console: Console) throws {
            // Validity is in whole seconds: a snapshot of this very second must stay good.
            let now = Environment.now()
            let end = Timestamp(milliseconds: now.milliseconds + 999) ?? now
            for entry in try Environment.trust().revoke(key.description, at: end) {
                console.notice(
                    "revoked as of \(entry.validBefore ?? end): \(Printable.line(entry.principals))  \(key.fingerprint)"
                )
            }
        }

        private func report(_ change: KeyRotator.Change, _ console: Console) {
            console.print(
                """
                \(change.origin.short) is signed for by \(change.key.fingerprint) from here on
                it was \(change.previous.fingerprint); 'stet snapshot' makes the change known
                """,
                json: [
                    "origin": .string(change.origin.description), "index": JSON(change.index),
                    "fingerprint": .string(change.key.fingerprint), "key": .string(change.key.description),
                    "previous": .string(change.previous.fingerprint), "revoked": .bool(revoke),
                ])
            if options.json { console.summary("", json: ["changes": 1]) }
        }
    }
}
