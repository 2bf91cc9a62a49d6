import Foundation
import Models
import SyncEngine
import Testing

@Suite("Signatures, against the real ssh-keygen")
struct SignatureTests {
    @Test("ssh-keygen accepts what is signed here", arguments: SSHSignature.Namespace.allCases)
    func signedHere(namespace: SSHSignature.Namespace) throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        for size in [0, 1, 63, 64, 1000, 100_000] {
            let message = [UInt8](repeating: 65, count: size)
            try Data(message).write(to: URL(filePath: place.path("m")))
            try place.sign("m", namespace: namespace, with: key)
            try Data("desk \(key.publicKey)\n".utf8).write(
                to: URL(filePath: place.path("signers")))
            let good = try place.shell("ssh-keygen -Y verify -f signers -I desk -n \(namespace.rawValue) -s m.sig < m")
            #expect(good.exit == 0)
            #expect(good.text.contains(key.publicKey.fingerprint))
            #expect(
                try place.shell(
                    "echo more >> m; ssh-keygen -Y verify -f signers -I desk -n \(namespace.rawValue) -s m.sig < m"
                ).exit != 0)
        }
    }

    @Test("what ssh-keygen signs is accepted here, with either hash", arguments: ["sha256", "sha512"])
    func signedThere(hash: String) throws {
        let place = try Workplace()
        try place.shell(
            "ssh-keygen -q -t ed25519 -N '' -C someone -f k; printf hello > m; ssh-keygen -q -Y sign -f k -n stet-manifest -O hashalg=\(hash) m"
        )
        let text = try String(contentsOfFile: place.path("m.sig"), encoding: .utf8)
        let signature = try #require(SSHSignature(armored: text))
        #expect(signature.namespace == "stet-manifest")
        #expect(signature.isValid(for: Array("hello".utf8)))
        #expect(!signature.isValid(for: Array("hellp".utf8)))
        let key = try #require(PublicKey(try String(contentsOfFile: place.path("k.pub"), encoding: .utf8)))
        #expect(signature.publicKey == key)
        #expect(try place.shell("ssh-keygen -lf k.pub").text.contains(key.fingerprint))
    }

    @Test("a key file made by ssh-keygen can sign, and one made here can be read by ssh-keygen")
    func keyFiles() throws {
        let place = try Workplace()
        try place.shell("ssh-keygen -q -t ed25519 -N '' -C 'Ruth O' -f theirs")
        let theirs = try SigningKey(file: place.path("theirs"))
        #expect(theirs.comment == "Ruth O")
        for comment in ["", "a", "desk@example.org", "seven77", "eight888"] {
            let ours = SigningKey(comment: comment)
            try ours.write(to: place.path("keys/ours-\(comment)"))
            let line = try place.shell("ssh-keygen -y -f 'keys/ours-\(comment)'").text
            #expect(line.hasPrefix(ours.publicKey.description))
            #expect(try SigningKey(file: place.path("keys/ours-\(comment)")).publicKey == ours.publicKey)
        }
        #expect(throws: SyncError.self) { try SigningKey(comment: "x").write(to: place.path("theirs")) }
    }

    @Test(
        "keys that cannot sign natively say why",
        arguments: [
            ("-t ed25519 -N secret12", "passphrase"), ("-t ecdsa -N ''", "ecdsa"), ("-t rsa -b 2048 -N ''", "rsa"),
        ])
    func unusable(options: String, word: String) throws {
        let place = try Workplace()
        try place.shell("ssh-keygen -q \(options) -C x -f k")
        let error = #expect(throws: SyncError.self) { try SigningKey(file: place.path("k")) }
        guard case .unusableKey(_, let reason) = error else { throw error ?? SyncError.notAKey("accepted") }
        #expect(reason.contains(word))
    }

    @Test("a signature has one spelling: any other text is refused")
    func strictArmor() throws {
        let message = Array("hello".utf8)
        let text = try SSHSignature(signing: message, namespace: .manifest, with: SigningKey(comment: "k")).armored
        #expect(SSHSignature(armored: text) != nil)
        var refused = 0
        for index in text.utf8.indices {
            for other in [
                UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "A"), UInt8(ascii: "="), UInt8(ascii: "\r"),
            ] {
                var bytes = Array(text.utf8)
                let offset = text.utf8.distance(from: text.utf8.startIndex, to: index)
                if bytes[offset] == other { continue }
                bytes[offset] = other
                let changed = SSHSignature(armored: String(decoding: bytes, as: UTF8.self))
                let isRefused = changed.map { !$0.isValid(for: message) || $0.namespace != "stet-manifest" } ?? true
                #expect(isRefused, "byte \(offset)")
                refused += 1
            }
        }
        #expect(refused > 1000)
        for variant in [
            text + "\n", " " + text, text.replacingOccurrences(of: "\n", with: "\r\n"), String(text.dropLast()), "",
        ] {
            #expect(SSHSignature(armored: variant) == nil)
        }
    }
}

@Suite("Who is believed")
struct TrustTests {
    @Test("allowed_signers lines are read as ssh-keygen reads them")
    func lines() throws {
        let key = SigningKey(comment: "k").publicKey
        let accepted = [
            "desk \(key)", "desk \(key) a comment", "desk,other@example.org \(key)",
            "desk namespaces=\"stet-manifest\" \(key)",
            "desk namespaces=\"file,stet-manifest\",valid-after=\"20250101\" \(key)", "\"desk\" \(key)",
            "  desk\t\(key)",
        ]
        for line in accepted { #expect(AllowedSigners(parsing: line).entries.count == 1, "\(line)") }
        for line in [
            "desk", "desk ssh-ed25519", "desk ssh-ed25519 AAAA", "desk unknown-option \(key)",
            "desk valid-after=\"then\" \(key)",
        ] {
            let signers = AllowedSigners(parsing: line)
            #expect(signers.entries.isEmpty && signers.unreadable == [1], "\(line)")
        }
        #expect(AllowedSigners(parsing: "# a comment\n\n").entries.isEmpty)
    }

    @Test("the trust file keeps lines that it did not write, and gives back what it removes")
    func file() throws {
        let place = try Workplace()
        let file = TrustFile(path: place.path("config/allowed_signers"))
        let (a, b) = (SigningKey(comment: "a").publicKey, SigningKey(comment: "b").publicKey)
        #expect(try file.signers().entries.isEmpty)
        #expect(try file.add(a, as: "a"))
        #expect(try !file.add(a, as: "a"))
        try place.shell("echo '# mine' >> config/allowed_signers")
        #expect(try file.add(b, as: "b"))
        #expect(try file.remove("a").map(\.key) == [a])
        #expect(try file.signers().entries.map(\.key) == [b])
        #expect(try place.shell("cat config/allowed_signers").text.contains("# mine"))
        #expect(try file.remove(b.fingerprint).count == 1)
        #expect(throws: SyncError.self) { try file.remove("nobody") }
    }
}
