import ArgumentParser
import Models
import Storage
import SyncEngine

struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows, makes and changes the keys that sign.",
        discussion: """
            Example:
              stet key show > desk.pub
            """,
        subcommands: [Show.self, ListKeys.self, New.self, Rotate.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the public half of your keys, to give to others.",
            discussion: """
                Example:
                  stet key show > desk.pub
                """)

        @Argument(
            help: "One key: its name or fingerprint as 'stet key list' shows it. Default: all in your key folder.")
        var name: String?

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let ring = try Environment.keyRing()
            let keys = try name.map { [try ring.key(named: $0)] } ?? ring.keys().filter { $0.place != .agent }
            guard !keys.isEmpty else {
                throw Failure(
                    "noKey", exit: 66, "there is no key in \(ring.folder.path)",
                    "'stet init' or 'stet key new' makes one")
            }
            for key in keys {
                options.console.print(
                    key.comment.isEmpty ? key.publicKey.description : "\(key.publicKey) \(Printable.line(key.comment))",
                    json: Key.json(key))
                options.console.notice("\(Key.name(key)): \(key.publicKey.fingerprint)")
            }
            if options.json { options.console.summary("", json: ["keys": JSON(keys.count)]) }
        }
    }

    struct ListKeys: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists the keys at hand: in your key folder and in ssh-agent.",
            discussion: """
                Example:
                  stet key list
                """)

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let keys = try Environment.keyRing().keys()
            let inForce = try currentKey()
            for key in keys {
                let signs = key.publicKey == inForce
                let weakness = key.publicKey.weakness.map { "  cannot be used: \($0)" } ?? ""
                options.console.print(
                    "\(Key.name(key))  \(key.publicKey.fingerprint)  \(key.publicKey.kind)\(signs ? "  signs for this archive" : "")\(weakness)",
                    json: Key.json(
                        key,
                        [
                            JSON.Member("signs", .bool(signs)),
                            JSON.Member("usable", .bool(key.publicKey.weakness == nil)),
                        ]))
            }
            options.console.summary(
                Printable.count(keys.count, "key"), json: ["keys": JSON(keys.count)])
        }

        /// The key that signs for the archive here, when there is one.
        private func currentKey() throws -> PublicKey? {
            guard try Environment.archivePath(stated: options.archive) != nil else { return nil }
            let archive = try options.open()
            return try archive.keyHistory(of: archive.origin)?.latest
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a signing key.",
            discussion: """
                Ed25519 keys sign without any other program. Every other type, and every key with a passphrase, is made and used \
                through OpenSSH: ed25519-sk and ecdsa-sk live in a security key and need its touch for each signature.

                Example:
                  stet key new --name desk@example.org --encrypt
                """)

        @Option(help: "Whose it is, as others will know it.")
        var name = "stet"

        @Option(
            help: ArgumentHelp(
                "One of: \(KeyFolder.KeyType.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "type"),
            transform: { text in
                guard let type = KeyFolder.KeyType(rawValue: text) else {
                    throw ValidationError("--type '\(text)' is not one that can be made")
                }
                return type
            })
        var type = KeyFolder.KeyType.ed25519

        @Flag(help: "Encrypt it with a passphrase, which ssh-keygen asks for.")
        var encrypt = false

        @OptionGroup var options: GlobalOptions

        func run() throws {
            let principal = SigningKeyChoice.principal(name)
            let folder = try Environment.keys()
            if Files.exists("\(folder.path)/\(principal)") {
                throw Failure("keyExists", exit: 64, "there is a key '\(principal)' already", "choose another --name")
            }
            let key = try folder.make(principal, comment: principal, type: type, isEncrypted: encrypt)
            _ = try Environment.trust().add(key, as: principal)
            options.console.print(
                "made key \(folder.path)/\(principal)\n\(key.fingerprint)",
                json: [
                    "name": .string(principal), "principal": .string(principal),
                    "fingerprint": .string(key.fingerprint), "key": .string(key.description),
                    "kind": .string(key.kind),
                ])
            if options.json { options.console.summary("", json: ["keys": 1]) }
        }
    }

    fileprivate static func name(_ key: KeyRing.Key) -> String {
        switch key.place {
        case .file(let path): Printable.line(Files.name(of: path))
        case .agent: "ssh-agent \(Printable.line(key.comment))"
        }
    }

    fileprivate static func json(_ key: KeyRing.Key, _ more: [JSON.Member] = []) -> JSON {
        let place: JSON
        switch key.place {
        case .file(let path): place = .string(path)
        case .agent: place = .null
        }
        return .object(
            [
                .init("name", .string(name(key))), .init("principal", .string(key.comment)),
                .init("fingerprint", .string(key.publicKey.fingerprint)),
                .init("key", .string(key.publicKey.description)), .init("kind", .string(key.publicKey.kind)),
                .init("file", place),
            ] + more)
    }
}
