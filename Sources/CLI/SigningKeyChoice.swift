import Models
import Storage
import SyncEngine

/// Which key signs.
enum SigningKeyChoice {
    /// The stated one, else the user's own, else a new one. The user trusts it from then on: it is theirs.
    static func forNewArchive(stated: String?, name: String, console: Console) throws -> PublicKey {
        let ring = try Environment.keyRing()
        if let stated {
            let key = try ring.key(named: stated)
            try trust(key.publicKey, as: principal(key.comment.isEmpty ? name : key.comment), console)
            return key.publicKey
        }
        if let own = try usable(ring.folder.entries()) { return own.publicKey }
        let principal = principal(name)
        return try made("stet", in: ring.folder, as: principal, console)
    }

    /// A new key under the first name of `name`, `name-2`, `name-3` … that is free.
    static func made(_ name: String, in folder: KeyFolder, as principal: String, _ console: Console) throws -> PublicKey
    {
        var free = name
        var number = 2
        while Files.exists("\(folder.path)/\(free)") {
            free = "\(name)-\(number)"
            number += 1
        }
        let key = try folder.make(free, comment: principal)
        _ = try Environment.trust().add(key.publicKey, as: principal)
        console.notice("made a signing key, \(folder.path)/\(free): keep a copy in a safe place")
        return key.publicKey
    }

    /// The key that `init` made once, else the first that the user has neither revoked nor let expire.
    private static func usable(_ entries: [KeyFolder.Entry]) throws -> KeyFolder.Entry? {
        let trust = try Environment.trust().signers()
        let usable = entries.filter { entry in
            switch trust.decision(on: entry.publicKey, namespace: "stet-manifest", at: Environment.now()) {
            case .accepted, .unknown: entry.publicKey.weakness == nil
            default: false
            }
        }
        return usable.first { $0.name == "stet" } ?? usable.first
    }

    /// A key that is the user's own need not be added by hand; but it is said.
    static func trust(_ key: PublicKey, as principal: String, _ console: Console) throws {
        let file = try Environment.trust()
        if try file.signers().entries.contains(where: { $0.key == key }) { return }
        if try file.add(key, as: principal) { console.notice("trusted: \(principal)  \(key.fingerprint)") }
    }

    /// The key to which the archive's own log leads, opened: its holder may ask for a passphrase or a touch.
    static func forSigning(stated: String?, archive: Archive, console: Console) throws -> any SigningIdentity {
        guard let history = try archive.keyHistory(of: archive.origin) else {
            throw ArchiveError.damaged(
                Damage(file: "packs", reason: "the beginning of this archive's own log is missing"))
        }
        let (wanted, ring) = (history.latest, try Environment.keyRing())
        guard let key = try stated.map({ try ring.key(named: $0) }) ?? ring.key(wanted) else {
            throw SyncError.noKey(
                origin: archive.origin, fingerprint: wanted.fingerprint, folder: ring.folder.path)
        }
        guard key.publicKey == wanted else {
            throw Failure(
                "notTheOriginsKey", exit: 12, "the key \(key.publicKey.fingerprint) may not sign for this archive",
                "use the one that its log leads to, \(wanted.fingerprint), or hand over with 'stet key rotate'")
        }
        return try open(key, console)
    }

    static func open(_ key: KeyRing.Key, _ console: Console) throws -> any SigningIdentity {
        if key.publicKey.isHardware { console.notice("touch the security key when it blinks") }
        return try key.identity()
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
