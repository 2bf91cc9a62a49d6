import Crypto
import Foundation
import Models
import SyncEngine
import Testing

/// Kinds of keys that ssh-keygen makes without hardware.
enum SoftwareKind: String, CaseIterable, Sendable {
    case ed25519 = "-t ed25519"
    case p256 = "-t ecdsa -b 256"
    case p384 = "-t ecdsa -b 384"
    case p521 = "-t ecdsa -b 521"
    case rsa2048 = "-t rsa -b 2048"
    case rsa3072 = "-t rsa -b 3072"
}

@Suite("Key kinds, against the real ssh-keygen, ssh-agent and ssh-add")
struct KeyKindTests {
    private func text(_ place: Workplace, _ file: String) throws -> String {
        try String(contentsOfFile: place.path(file), encoding: .utf8)
    }

    private func isAccepted(_ place: Workplace, _ key: PublicKey, _ message: String, _ signature: String) throws -> Bool
    {
        try Data("desk \(key)\n".utf8).write(to: URL(filePath: place.path("signers")))
        try Data(message.utf8).write(to: URL(filePath: place.path("message")))
        try Data(signature.utf8).write(to: URL(filePath: place.path("message.sig")))
        return try place.shell(
            "ssh-keygen -Y verify -f signers -I desk -n stet-manifest -s message.sig < message"
        ).exit == 0
    }

    @Test("what ssh-keygen signs is accepted here, and nothing else", arguments: SoftwareKind.allCases)
    func signedThere(kind: SoftwareKind) throws {
        let place = try Workplace()
        try place.shell("ssh-keygen -q \(kind.rawValue) -N '' -C c -f k")
        let key = try #require(PublicKey(try text(place, "k.pub")))
        #expect(key.weakness == nil)
        #expect(try place.shell("ssh-keygen -lf k.pub").text.contains(key.fingerprint))
        for hash in ["sha256", "sha512"] {
            for round in 0..<4 {
                let message = "message \(round)"
                try place.shell(
                    "printf '\(message)' > m; ssh-keygen -q -Y sign -f k -n stet-manifest -O hashalg=\(hash) m; mv m.sig s"
                )
                let armored = try text(place, "s")
                let signature = try #require(SSHSignature(armored: armored))
                #expect(signature.publicKey == key)
                #expect(signature.armored == armored)
                #expect(signature.verdict(for: Array(message.utf8)) == .good)
                #expect(signature.verdict(for: Array("massage".utf8)) == .bad)
            }
        }
    }

    @Test("a changed byte anywhere in a signature is refused", arguments: SoftwareKind.allCases)
    func changedBytes(kind: SoftwareKind) throws {
        let place = try Workplace()
        try place.shell(
            "ssh-keygen -q \(kind.rawValue) -N '' -C c -f k; printf hello > m; ssh-keygen -q -Y sign -f k -n stet-manifest m"
        )
        let good = try text(place, "m.sig")
        let key = try #require(PublicKey(try text(place, "k.pub")))
        let blob = try #require(Armored.decode(good))
        var refused = 0
        for index in blob.indices {
            var changed = blob
            changed[index] ^= 1
            let signature = SSHSignature(armored: Armored.encode(changed))
            let isAccepted = signature.map {
                $0.publicKey == key && $0.namespace == "stet-manifest" && $0.verdict(for: Array("hello".utf8)) == .good
            }
            #expect(isAccepted != true, "byte \(index)")
            refused += 1
        }
        #expect(refused > 150)
    }

    @Test("a key of any kind signs here through OpenSSH, and ssh-keygen accepts it", arguments: SoftwareKind.allCases)
    func signedHere(kind: SoftwareKind) throws {
        let place = try Workplace()
        try place.shell("ssh-keygen -q \(kind.rawValue) -N '' -C 'Ruth' -f k")
        let ring = KeyRing(folder: KeyFolder(path: place.path("none")), agent: nil)
        for file in ["k", "k.pub"] {
            let identity = try ring.key(named: place.path(file)).identity()
            #expect(identity.comment == "Ruth")
            let signature = try SSHSignature(signing: Array("hello".utf8), namespace: .manifest, with: identity)
            #expect(try isAccepted(place, identity.publicKey, "hello", signature.armored))
            #expect(try !isAccepted(place, identity.publicKey, "hallo", signature.armored))
        }
    }

    @Test("keys that an agent holds sign, named by fingerprint or public key file, and are listed")
    func agent() throws {
        let place = try Workplace()
        let socket = place.path("agent")
        try place.shell(
            "ssh-agent -a '\(socket)' > started; for t in ed25519 ecdsa 'rsa -b 2048'; do f=k${t%% *}; ssh-keygen -q -t $t -N '' -C $f -f $f; SSH_AUTH_SOCK='\(socket)' ssh-add -q $f; rm $f; done"
        )
        defer { _ = try? place.shell(". ./started; kill $SSH_AGENT_PID") }
        let ring = KeyRing(folder: KeyFolder(path: place.path("none")), agent: SSHAgent(socket: socket))
        let keys = try ring.keys()
        #expect(keys.map(\.comment) == ["ked25519", "kecdsa", "krsa"])
        for key in keys {
            #expect(key.place == .agent)
            for name in [key.publicKey.fingerprint, place.path("\(key.comment).pub")] {
                let identity = try ring.key(named: name).identity()
                let signature = try SSHSignature(signing: Array("x".utf8), namespace: .manifest, with: identity)
                #expect(try isAccepted(place, key.publicKey, "x", signature.armored), "\(name)")
            }
        }
        try place.shell("SSH_AUTH_SOCK='\(socket)' ssh-add -q -D")
        #expect(throws: SyncError.self) { try keys[0].identity() }
        let gone = KeyRing(folder: KeyFolder(path: place.path("none")), agent: SSHAgent(socket: place.path("nowhere")))
        #expect(try gone.keys().isEmpty)
    }

    @Test("RSA that is too short, and RSA with SHA-1, are never believed")
    func weakRSA() throws {
        let place = try Workplace()
        try place.shell(
            "ssh-keygen -q -t rsa -b 1024 -N '' -C c -f short; printf hello > m; ssh-keygen -q -Y sign -f short -n stet-manifest m"
        )
        let signature = try #require(SSHSignature(armored: try text(place, "m.sig")))
        #expect(signature.verdict(for: Array("hello".utf8)) == .unusableKey(.tooShort(bits: 1024)))
        // ssh-keygen signs no SHA-1 any more: openssl does, over what SSHSIG signs.
        try place.shell("ssh-keygen -q -t rsa -b 2048 -m PEM -N '' -C c -f k")
        let key = try #require(PublicKey(try text(place, "k.pub")))
        let signed = Wire.signedData(namespace: "stet-manifest", message: Array("hello".utf8))
        try Data(signed).write(to: URL(filePath: place.path("signed")))
        for (digest, algorithm, verdict) in [
            ("sha1", "ssh-rsa", SignatureVerdict.weakAlgorithm("ssh-rsa")), ("sha512", "rsa-sha2-512", .good),
            ("sha256", "rsa-sha2-256", .good), ("sha512", "rsa-sha2-256", .bad), ("sha1", "rsa-sha2-512", .bad),
        ] {
            try place.shell("openssl dgst -\(digest) -sign k -out value signed")
            let value = Array(try Data(contentsOf: URL(filePath: place.path("value"))))
            let armored = Wire.signature(
                key: key, namespace: "stet-manifest", value: Wire.string(algorithm) + Wire.string(value))
            let signature = try #require(SSHSignature(armored: armored))
            #expect(signature.verdict(for: Array("hello".utf8)) == verdict, "\(digest) as \(algorithm)")
            #expect(try isAccepted(place, key, "hello", armored) == (verdict == .good), "\(digest) as \(algorithm)")
        }
    }

    @Test("a security key's signature is verified as ssh-keygen verifies it, and refused without a touch")
    func hardware() throws {
        let place = try Workplace()
        for token in Token.all {
            let key = try #require(PublicKey(token.line))
            #expect(key.isHardware)
            #expect(
                try place.shell("echo '\(token.line)' > k.pub; ssh-keygen -lf k.pub").text.contains(key.fingerprint))
            for (flags, counter, verdict) in [
                (UInt8(0x01), UInt32(7), SignatureVerdict.good), (0x05, .max, .good), (0x81, 0, .good),
                (0x00, 7, .untouched), (0x04, 7, .untouched),
            ] {
                let armored = try token.armored("hello", flags: flags, counter: counter)
                let signature = try #require(SSHSignature(armored: armored))
                #expect(signature.verdict(for: Array("hello".utf8)) == verdict, "flags \(flags)")
                #expect(signature.verdict(for: Array("hallo".utf8)) == .bad)
                // ssh-keygen takes signatures without a touch: we are stricter.
                if verdict == .good { #expect(try isAccepted(place, key, "hello", armored), "flags \(flags)") }
            }
            for (name, armored) in [
                ("another application", try token.armored("hello", application: "ssh:other")),
                ("other flags than were signed", try token.armored("hello", flags: 1, claimed: 5)),
                ("bytes after the counter", try token.armored("hello", tail: [0])),
            ] {
                let verdict = SSHSignature(armored: armored)?.verdict(for: Array("hello".utf8))
                #expect(verdict == .bad, "\(name)")
                #expect(try !isAccepted(place, key, "hello", armored), "\(name)")
            }
        }
    }

    @Test("a key that is not what its kind says is no key, as for ssh-keygen")
    func malformedKeys() throws {
        let place = try Workplace()
        try place.shell("ssh-keygen -q -t ecdsa -N '' -C '' -f e; ssh-keygen -q -t rsa -b 2048 -N '' -C '' -f r")
        let point = Array(P256.Signing.PrivateKey().publicKey.x963Representation)
        let compressed = Array(P256.Signing.PrivateKey().publicKey.compressedRepresentation)
        var off = point
        off[64] ^= 1
        let modulus = [UInt8](repeating: 0xC3, count: 256)
        let blobs: [(String, [UInt8])] = [
            ("a point off the curve", Wire.ecdsa(off)), ("a compressed point", Wire.ecdsa(compressed)),
            ("a short point", Wire.ecdsa(Array(point.dropLast()))), ("bytes after the point", Wire.ecdsa(point) + [0]),
            ("another curve's name", Wire.string("ecdsa-sha2-nistp256") + Wire.string("nistp384") + Wire.string(point)),
            ("a negative modulus", Wire.string("ssh-rsa") + Wire.string([1, 0, 1]) + Wire.string(modulus)),
            (
                "a modulus with two zeros",
                Wire.string("ssh-rsa") + Wire.string([1, 0, 1]) + Wire.string([0, 0] + modulus)
            ),
            ("no modulus", Wire.string("ssh-rsa") + Wire.string([1, 0, 1]) + Wire.string([UInt8]())),
            ("a tiny modulus", Wire.string("ssh-rsa") + Wire.string([1, 0, 1]) + Wire.string([0x7F])),
            ("an Ed25519 key of 31 bytes", Wire.string("ssh-ed25519") + Wire.string([UInt8](repeating: 1, count: 31))),
        ]
        for (name, blob) in blobs {
            let kind = String(decoding: blob[4..<4 + Int(blob[3])], as: UTF8.self)
            let line = "\(kind) \(Data(blob).base64EncodedString())"
            #expect(PublicKey(line) == nil, "\(name)")
            #expect(AllowedSigners(parsing: "desk \(line)").unreadable == [1], "\(name)")
        }
    }
}

/// SSHSIG's parts, written here a second time from PROTOCOL.sshsig and PROTOCOL.u2f.
enum Wire {
    static func string(_ bytes: [UInt8]) -> [UInt8] { number(UInt32(bytes.count)) + bytes }
    static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }
    static func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    static func positive(_ bytes: [UInt8]) -> [UInt8] {
        let trimmed = Array(bytes.drop { $0 == 0 })
        return string((trimmed.first ?? 0) >= 0x80 ? [0] + trimmed : trimmed)
    }
    static func ecdsa(_ point: [UInt8]) -> [UInt8] {
        string("ecdsa-sha2-nistp256") + string("nistp256") + string(point)
    }

    static func signedData(namespace: String, message: [UInt8]) -> [UInt8] {
        Array("SSHSIG".utf8) + string(namespace) + string("") + string("sha512")
            + string(Array(SHA512.hash(data: message)))
    }

    static func signature(key: PublicKey, namespace: String, value: [UInt8]) -> String {
        let blob = Array(Data(base64Encoded: String(key.description.split(separator: " ")[1])) ?? Data())
        return Armored.encode(
            Array("SSHSIG".utf8) + number(1) + string(blob) + string(namespace) + string("") + string("sha512")
                + string(value))
    }
}

enum Armored {
    static func encode(_ blob: [UInt8]) -> String {
        let text = Data(blob).base64EncodedString()
        let lines = stride(from: 0, to: text.count, by: 70).map { text.dropFirst($0).prefix(70) + "\n" }
        return "-----BEGIN SSH SIGNATURE-----\n" + lines.joined() + "-----END SSH SIGNATURE-----\n"
    }

    static func decode(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text.split(separator: "\n").dropFirst().dropLast().joined()).map { Array($0) }
    }
}

/// A security key without the hardware.
struct Token: Sendable {
    private enum Secret: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
    }
    private let secret: Secret
    private static let application = "ssh:"

    static var all: [Token] { [Token(secret: .ed25519(.init())), Token(secret: .p256(.init()))] }

    private var kind: String {
        switch secret {
        case .ed25519: "sk-ssh-ed25519@openssh.com"
        case .p256: "sk-ecdsa-sha2-nistp256@openssh.com"
        }
    }

    var line: String {
        var blob = Wire.string(kind)
        switch secret {
        case .ed25519(let key): blob += Wire.string(Array(key.publicKey.rawRepresentation))
        case .p256(let key): blob += Wire.string("nistp256") + Wire.string(Array(key.publicKey.x963Representation))
        }
        return "\(kind) \(Data(blob + Wire.string(Self.application)).base64EncodedString())"
    }

    /// - Parameter claimed: the flags that the signature states, where they are not those that were signed.
    func armored(
        _ message: String, flags: UInt8 = 1, counter: UInt32 = 1, claimed: UInt8? = nil,
        application: String = Token.application, tail: [UInt8] = []
    ) throws -> String {
        let key = try #require(PublicKey(line))
        let data = Wire.signedData(namespace: "stet-manifest", message: Array(message.utf8))
        let signed =
            Array(SHA256.hash(data: Array(application.utf8))) + [flags] + Wire.number(counter)
            + Array(SHA256.hash(data: data))
        let value: [UInt8]
        switch secret {
        case .ed25519(let key): value = Array(try key.signature(for: signed))
        case .p256(let key):
            let raw = Array(try key.signature(for: signed).rawRepresentation)
            value = Wire.positive(Array(raw[..<32])) + Wire.positive(Array(raw[32...]))
        }
        return Wire.signature(
            key: key, namespace: "stet-manifest",
            value: Wire.string(kind) + Wire.string(value) + [claimed ?? flags] + Wire.number(counter) + tail)
    }
}
