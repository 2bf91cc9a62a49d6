import ArgumentParser
import Capturing
import Models
import Storage
import SyncEngine

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes an archive and, if there is none, a signing key.",
        discussion: """
            Example:
              stet init press --name press-desk
            """)

    @Argument(help: "A folder that is empty or not there yet.")
    var dir = "."

    @Option(help: "The archive's name, which others will see in its snapshots. Default: the folder's name.")
    var name: String?

    @Option(help: ArgumentHelp("A private key file to sign with, in OpenSSH form.", valueName: "file"))
    var key: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let path = Environment.absolute(dir)
        let name = name ?? Files.name(of: path)
        let signing = try SigningKeyChoice.forNewArchive(stated: key, name: name, console: options.console)
        let archive = try NewArchive.make(at: path, name: name, key: signing.publicKey)
        options.console.print(
            "made archive '\(Printable.line(name))' in \(dir)\norigin \(archive.origin.short), signed for by \(signing.publicKey.fingerprint)",
            json: [
                "archive": .string(path), "name": .string(name), "origin": .string(archive.origin.description),
                "fingerprint": .string(signing.publicKey.fingerprint), "key": .string(signing.publicKey.description),
            ])
        if options.json { options.console.summary("", json: ["archives": 1]) }
    }
}

/// What `init` and `restore` share.
enum NewArchive {
    static func make(at path: String, name: String, key: PublicKey) throws -> Archive {
        var random = SystemRandomNumberGenerator()
        return try Archive.create(
            at: path, name: name, key: key.description, tool: Version.tool, salt: Salt(using: &random),
            interpreter: .articles, clock: Environment.now)
    }
}

/// Which key signs.
enum SigningKeyChoice {
    /// The stated one, else the user's own, else a new one, which the user then trusts: it is theirs.
    static func forNewArchive(stated: String?, name: String, console: Console) throws -> SigningKey {
        if let stated { return try SigningKey(file: stated) }
        let folder = try Environment.keys()
        if let first = try folder.entries().first { return try SigningKey(file: first.path) }
        let principal = principal(name)
        let key = try folder.make("stet", comment: principal)
        _ = try Environment.trust().add(key.publicKey, as: principal)
        console.notice("made a signing key, \(folder.path)/stet: keep a copy in a safe place")
        return key
    }

    /// The stated one, else the one in the user's folder that may sign for the archive.
    static func forSigning(stated: String?, archive: Archive) throws -> SigningKey {
        let logs = try archive.logs()
        guard let own = logs.first(where: { $0.origin == archive.origin }), let wanted = PublicKey(own.key) else {
            throw ArchiveError.damaged(
                Damage(file: "packs", reason: "the beginning of this archive's own log is missing"))
        }
        let key =
            try stated.map { try SigningKey(file: $0) }
            ?? Environment.keys().signingKey(for: wanted, origin: archive.origin)
        guard key.publicKey == wanted else {
            throw Failure(
                "notTheOriginsKey", exit: 12, "the key \(key.publicKey.fingerprint) may not sign for this archive",
                "use the one it was made with, \(wanted.fingerprint)")
        }
        return key
    }

    /// A name that `allowed_signers` can hold: no spaces, quotes, commas or wildcards.
    static func principal(_ name: String) -> String {
        let safe = name.map { character in
            character.isASCII && (character.isLetter || character.isNumber || "._@-+".contains(character))
                ? character : "-"
        }
        let text = String(safe)
        return text.contains { $0 != "-" } ? text : "stet"
    }
}
