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
              stet init press --key ~/.ssh/id_ecdsa_sk
            """)

    @Argument(help: "A folder that is empty or not there yet.")
    var dir = "."

    @Option(help: "The archive's name, which others will see in its snapshots. Default: the folder's name.")
    var name: String?

    @Option(
        help: ArgumentHelp(
            "The key that will sign: a key file, or the fingerprint of one in your key folder or in ssh-agent.",
            valueName: "file|fingerprint"))
    var key: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let path = Environment.absolute(dir)
        let name = name ?? Files.name(of: path)
        let signing = try SigningKeyChoice.forNewArchive(stated: key, name: name, console: options.console)
        let archive = try NewArchive.make(at: path, name: name, key: signing)
        options.console.print(
            "made archive '\(Printable.line(name))' in \(dir)\norigin \(archive.origin.short), signed for by \(signing.fingerprint)",
            json: [
                "archive": .string(path), "name": .string(name), "origin": .string(archive.origin.description),
                "fingerprint": .string(signing.fingerprint), "key": .string(signing.description),
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
