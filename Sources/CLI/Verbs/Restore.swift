import ArgumentParser
import Capturing
import Models
import Storage
import SyncEngine

struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a new archive from a remote, after verifying every signature and every byte.",
        discussion: """
            REMOTE is a folder with 'archive' and 'manifests' in it, e.g. a stick or another archive, or an address: s3://bucket/prefix, \
            https://host/path, ssh://host/path. Who signed must be trusted \
            first: 'stet trust add KEYFILE', or --trust for this run alone.

            Example:
              stet restore /media/stick press
            """)

    @Argument(help: "A folder that holds 'archive' and 'manifests', or an address.")
    var remote: String

    @Argument(help: "A folder that is empty or not there yet.")
    var dir: String

    @Option(help: "The snapshot's number. Default: the latest.")
    var snapshot: Int?

    @Option(help: "The origin to restore, where the remote holds several. Default: all.")
    var origin: String?

    @Option(help: ArgumentHelp("A public key file to trust for this run alone.", valueName: "keyfile"))
    var trust: [String] = []

    @Option(help: ArgumentHelp("A file with a key that opens an encrypted remote. May be repeated.", valueName: "file"))
    var identity: [String] = []

    @Option(help: "The new archive's name. Default: the folder's name.")
    var name: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let console = options.console
        let path = Environment.absolute(dir)
        if Files.exists(path), try !Files.names(in: path).isEmpty { throw ArchiveError.occupied(path) }
        let restorer = Restorer(
            from: try RemoteChoice(identities: identity).open(address: remote), trust: try signers(),
            authorities: try Environment.authorities(), downloads: try Environment.downloads())
        let (plans, unplanned) = try restorer.plans(origin: origin, number: snapshot)
        // Everything is built beside the target and moved there when it is whole: a refusal leaves nothing behind.
        let staging = Files.temporaryName(beside: path)
        let restored: [Restorer.Restored]
        var refused = unplanned
        do {
            let name = name ?? Files.name(of: path)
            let key = try SigningKeyChoice.forNewArchive(stated: nil, name: name, console: console)
            try Files.makeFolder(Files.folder(of: path))
            let archive = try NewArchive.make(at: staging, name: name, key: key)
            var meter = TransferMeter(console, "restoring")
            let done = try restorer.restoreWhatCan(plans, into: archive, tool: Version.tool) { done, total in
                meter.show(done, of: total)
            }
            restored = done.restored
            refused += done.refused
            // An old bundle may still hold what its owner has withdrawn since.
            try Interrupted.forgetting(archive).forgetWhatWasWithdrawn(
                key: { Interrupted.key(for: archive, console) },
                caches: { () throws(SyncError) in try Interrupted.discardCaches(archive) })
            try Files.publish(staging, as: path)
        } catch {
            try Files.removeTree(staging)
            throw error
        }
        console.clearProgress()
        for one in restored {
            console.print(sentence(one), json: json(one))
            for caveat in one.caveats(now: Environment.now()) { console.notice(Self.text(caveat, one)) }
        }
        for (origin, error) in refused {
            let failure = Failure(error)
            console.notice("the log of \(origin.short) was refused: \(failure.message): \(failure.hint)")
        }
        if options.json {
            console.summary("", json: ["origins": JSON(restored.count), "refused": JSON(refused.count)])
        }
        if !refused.isEmpty { throw Outcome.partlyDone }
    }

    private static func text(_ caveat: Restorer.Caveat, _ one: Restorer.Restored) -> String {
        let name = Printable.line(one.manifest.name)
        switch caveat {
        case .old(let days):
            return
                "the newest snapshot of '\(name)' there is \(days) days old: ask its owner whether there are newer ones"
        case .fromTheFuture:
            return
                "the snapshot of '\(name)' says that it was made in the future, at \(one.manifest.created): check both clocks"
        case .revoked(let time):
            return """
                the key of \(Printable.line(one.signer.principal)) was revoked as of \(time); that this snapshot is older, \
                only the snapshot itself says: compare it with a copy from before
                """
        }
    }

    private func signers() throws -> AllowedSigners {
        let file = try Environment.trust()
        guard !trust.isEmpty else { return try file.signers() }
        var lines = try file.signers().lines
        for path in trust {
            let (key, principal) = try KeyArgument.read(path)
            lines.append(AllowedSigners.line(principal: principal, key: key))
        }
        return AllowedSigners(parsing: lines.joined(separator: "\n"))
    }

    private func sentence(_ one: Restorer.Restored) -> String {
        let leftOut =
            one.leftOut == 0
            ? "" : " (the content of \(Printable.count(one.leftOut, "record")) was not chosen to travel)"
        return """
            restored snapshot \(one.manifest.number) of '\(Printable.line(one.manifest.name))' (\(one.manifest.origin.short)): \
            \(Printable.count(one.manifest.captures, "capture"))\(leftOut), every byte verified
            signed by \(Printable.line(one.signer.principal)) (\(one.signer.fingerprint)) at \(one.manifest.created)
            """
    }

    private func json(_ one: Restorer.Restored) -> JSON {
        [
            "origin": .string(one.manifest.origin.description), "number": JSON(one.manifest.number),
            "name": .string(one.manifest.name), "captures": JSON(one.manifest.captures),
            "leftOut": JSON(one.leftOut), "size": JSON(one.manifest.log.size),
            "root": .string(one.manifest.log.root.description),
            "created": .string(one.manifest.created.description),
            "signer": .string(one.signer.principal), "fingerprint": .string(one.signer.fingerprint),
        ]
    }
}
