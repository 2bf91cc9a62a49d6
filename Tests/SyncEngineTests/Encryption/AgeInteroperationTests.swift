import Foundation
import SyncEngine
import Testing

@Suite("The age format, against the real age command")
struct AgeInteroperationTests {
    /// Around the borders of chunks.
    static let sizes = [0, 1, 15, 16, 17, 65535, 65536, 65537, 131_071, 131_072, 131_073, 5_000_000]

    enum KeyKind: String, CaseIterable, Sendable {
        case x25519, ssh

        func make(in place: Workplace) throws -> (recipient: AgeRecipient, identities: [AgeIdentity]) {
            switch self {
            case .x25519: try place.shell("age-keygen -o key && age-keygen -y key > key.pub")
            case .ssh: try place.shell("ssh-keygen -q -t ed25519 -N '' -C 'desk one' -f key")
            }
            let recipients = try AgeRecipient.list(in: place.path("key.pub"))
            #expect(recipients.count == 1)
            return (recipients[0], try AgeIdentity.list(in: place.path("key")))
        }
    }

    @Test("what stet encrypts to a key, age decrypts, and the other way round", arguments: KeyKind.allCases, sizes)
    func keys(kind: KeyKind, size: Int) throws {
        let place = try Workplace()
        let (recipient, identities) = try kind.make(in: place)
        #expect(identities.first?.recipient == recipient)
        let content = noise(size)
        try place.write(content, to: "plain")

        try Age.encrypt(file: place.path("plain"), to: place.path("ours.age"), for: AgeRecipients([recipient]))
        #expect(try place.shell("age -d -i key ours.age > back").exit == 0)
        #expect(try place.read("back") == content)

        #expect(try place.shell("age -R key.pub -o theirs.age plain").exit == 0)
        try Age.decrypt(file: place.path("theirs.age"), to: place.path("read"), with: identities)
        #expect(try place.read("read") == content)
        #expect(try Age.decrypt(place.read("ours.age"), with: identities) == content)

        #expect(try place.shell("age -a -R key.pub -o armored.age plain").exit == 0)
        try Age.decrypt(file: place.path("armored.age"), to: place.path("read"), with: identities)
        #expect(try place.read("read") == content)
    }

    @Test("what stet encrypts under a passphrase, age decrypts, and the other way round", arguments: [0, 65537])
    func passphrases(size: Int) throws {
        let place = try Workplace()
        let content = noise(size)
        let passphrase = "rosebud öffnet 7"
        try place.write(content, to: "plain")
        try Age.encrypt(file: place.path("plain"), to: place.path("ours.age"), for: .init(passphrase: passphrase))
        // `age` makes no file where there is nothing to write.
        try place.write([], to: "back")
        #expect(try place.age("-d -o back ours.age", passphrase: passphrase) == 0)
        #expect(try place.read("back") == content)

        #expect(try place.age("-p -o theirs.age plain", passphrase: passphrase) == 0)
        let theirs = try place.read("theirs.age")
        #expect(try Age.decrypt(theirs, with: [.passphrase(passphrase)]) == content)
        #expect(throws: AgeError.wrongPassphrase) {
            try Age.decrypt(theirs, with: [.passphrase("rosebud öffnet 8")])
        }
    }

    @Test("a file for several keys opens with each of them, and with no other")
    func severalKeys() throws {
        let place = try Workplace()
        try place.shell("for k in a b c; do age-keygen -o $k; done; ssh-keygen -q -t ed25519 -N '' -f d")
        try place.shell("(for k in a b; do age-keygen -y $k; done; cat d.pub) > all; age-keygen -y a > some")
        let recipients = try AgeRecipient.list(in: place.path("all"))
        #expect(recipients.count == 3)
        let file = try Age.encrypt(noise(99), to: AgeRecipients(recipients))
        try place.write(file, to: "f.age")
        for name in ["a", "b", "d"] {
            #expect(try Age.decrypt(file, with: AgeIdentity.list(in: place.path(name))) == noise(99))
            #expect(try place.shell("age -d -i \(name) f.age > /dev/null").exit == 0)
        }
        let stranger = try AgeIdentity.list(in: place.path("c"))
        #expect(throws: AgeError.noMatchingIdentity(recipients: ["X25519", "ssh-ed25519"])) {
            try Age.decrypt(file, with: stranger)
        }
        #expect(throws: AgeError.noMatchingIdentity(recipients: ["X25519", "ssh-ed25519"])) {
            try Age.decrypt(file, with: [.passphrase("rosebud")])
        }
        #expect(throws: AgeError.noMatchingIdentity(recipients: ["scrypt"])) {
            try Age.decrypt(Age.encrypt([1], to: .init(passphrase: "p", workFactor: 4)), with: stranger)
        }
    }

    @Test("an identity that stet makes is one that age reads")
    func ownIdentity() throws {
        let place = try Workplace()
        let identity = AgeIdentity.make()
        try place.write(Array("# mine\r\n\(identity.secretText ?? "")\r\n".utf8), to: "key")
        let recipient = try #require(identity.recipient)
        #expect(try place.shell("age-keygen -y key").text == "\(recipient)\n")
        #expect(try AgeRecipient(recipient.description) == recipient)
        #expect(try AgeIdentity.list(in: place.path("key")).first?.recipient == recipient)
    }

    @Test("an OpenSSH key under a passphrase is read with it", arguments: ["-a 1", "", "-a 100"])
    func encryptedKeys(rounds: String) throws {
        let place = try Workplace()
        try place.shell("ssh-keygen -q -t ed25519 -N 'open sesame' \(rounds) -f key")
        try place.shell("echo hello > plain; age -R key.pub -o f.age plain")
        let path = place.path("key")
        #expect(throws: AgeError.needsPassphrase(path)) { try AgeIdentity.list(in: path) }
        #expect(throws: AgeError.wrongPassphrase) { try AgeIdentity.list(in: path, passphrase: "open barley") }
        #expect(throws: AgeError.wrongPassphrase) { try AgeIdentity.list(in: path, passphrase: "") }
        let identities = try AgeIdentity.list(in: path, passphrase: "open sesame")
        #expect(try Age.decrypt(place.read("f.age"), with: identities) == Array("hello\n".utf8))
    }

    @Test("an identity file under a passphrase is read with it")
    func encryptedIdentityFile() throws {
        let place = try Workplace()
        try place.shell("age-keygen -o plain; age-keygen -y plain > key.pub; echo hello | age -R key.pub -o f.age")
        #expect(try place.age("-p -a -o key plain", passphrase: "open sesame") == 0)
        let path = place.path("key")
        #expect(throws: AgeError.needsPassphrase(path)) { try AgeIdentity.list(in: path) }
        #expect(throws: AgeError.wrongPassphrase) { try AgeIdentity.list(in: path, passphrase: "open barley") }
        let identities = try AgeIdentity.list(in: path, passphrase: "open sesame")
        #expect(try Age.decrypt(place.read("f.age"), with: identities) == Array("hello\n".utf8))
    }
}
