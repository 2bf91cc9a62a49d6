import Models
import Storage
import SyncEngine

/// Which remote the user means, opened, with what opens it where it is encrypted.
struct RemoteChoice {
    /// Files with age identities or SSH private keys, besides the user's own.
    var identities: [String] = []

    /// By the name it was given in this archive, else by its address; with neither, the only one that has a name.
    func open(_ stated: String?, archive: String) throws -> any Remote {
        let known = try KnownRemotes(of: archive).entries()
        guard let stated else {
            guard known.count == 1, let only = known.first else {
                let names = known.map(\.name).joined(separator: ", ")
                throw Failure(
                    "whichRemote", exit: 64,
                    known.isEmpty ? "no remote is known here" : "several remotes are known: \(names)",
                    known.isEmpty ? "'stet remote add NAME ADDRESS', or give the address" : "name one of them")
            }
            return try open(only)
        }
        if let entry = known.first(where: { $0.name == stated }) { return try open(entry) }
        guard stated.contains("/") || Files.isFolder(Environment.absolute(stated)) else {
            throw Failure(
                "noSuchRemote", exit: 66, "no remote is called '\(stated)', and there is no such folder",
                "for a new folder write './\(stated)'; 'stet remote list' shows those that have names")
        }
        return try open(address: stated)
    }

    /// The same, but a folder must be there.
    func existing(_ stated: String, archive: String) throws -> any Remote {
        let remote = try open(stated, archive: archive)
        guard
            stated.contains("://")
                || remote.localPath(of: "archive").map({ _ in Files.isFolder(remote.address) }) ?? true
        else {
            throw Failure(
                "noSuchRemote", exit: 66, "'\(stated)' is no folder",
                "'stet remote list' shows the remotes that have names")
        }
        return remote
    }

    /// An address alone.
    func open(address: String) throws -> any Remote {
        try opened(try Self.plain(address))
    }

    private func open(_ entry: KnownRemotes.Entry) throws -> any Remote {
        var choice = self
        choice.identities += entry.identities
        let remote = try Self.plain(entry.address)
        guard !entry.recipients.isEmpty, try !EncryptedRemote.isThere(on: remote) else {
            return try choice.opened(remote)
        }
        return try Self.make(on: remote, to: entry.recipients)
    }

    static func plain(_ address: String) throws -> any Remote {
        let isURL = address.contains("://")
        return try openRemote(
            isURL ? address : Environment.absolute(address), environment: Environment.all, clock: Environment.now)
    }

    private func opened(_ remote: any Remote) throws -> any Remote {
        guard try EncryptedRemote.isThere(on: remote) else { return remote }
        let keys = try Self.keys(identities)
        do throws(SyncError) {
            return try EncryptedRemote(over: remote, identities: keys)
        } catch {
            guard case .encryption(_, .noMatchingIdentity(let recipients)) = error, recipients.contains("scrypt"),
                let typed = Passphrase.typed("Passphrase of \(remote.address): ")
            else { throw error }
            return try EncryptedRemote(over: remote, identities: [.passphrase(typed)])
        }
    }

    /// Makes an encrypted remote where there is nothing yet. The user's own key opens it, too: who cannot read a remote cannot push to it.
    static func make(on remote: any Remote, to recipients: [String]) throws -> any Remote {
        if recipients == [passphrase] {
            return try EncryptedRemote.make(
                over: remote, recipients: try AgeRecipients(passphrase: try Passphrase.chosen()))
        }
        var keys: [AgeRecipient] = []
        for text in recipients {
            keys +=
                try Files.exists(Environment.absolute(text))
                ? AgeRecipient.list(in: Environment.absolute(text)) : [AgeRecipient(text)]
        }
        for entry in try Environment.keys().entries() where entry.publicKey.kind == "ssh-ed25519" {
            keys.append(try AgeRecipient(entry.publicKey.description))
        }
        return try EncryptedRemote.make(over: remote, recipients: try AgeRecipients(keys))
    }

    /// Stands for a passphrase where a recipient is named.
    static let passphrase = "passphrase"

    /// Those of the files named; the user's own keys that need no passphrase; and a passphrase where one was given.
    private static func keys(_ files: [String]) throws -> [AgeIdentity] {
        var found: [AgeIdentity] = []
        for file in files { found += try AgeIdentity.list(in: Environment.absolute(file)) }
        let folder = try Environment.keys()
        for entry in try folder.entries() where entry.publicKey.kind == "ssh-ed25519" {
            do throws(AgeError) {
                found += try AgeIdentity.list(in: "\(folder.path)/\(entry.name)")
            } catch {
                // Another key may open it; if none does, that is said.
                guard case .needsPassphrase = error else { throw error }
            }
        }
        if let given = try Passphrase.given() { found.append(.passphrase(given)) }
        return found
    }
}
