import Foundation
import Models
import Storage
import SyncEngine
import Synchronization
import Testing

@Suite("Who reads an encrypted remote, and what is found missing")
struct EncryptedRemoteReadersTests {
    @Test("each file that is taken away or changed is told exactly, and all else is still read")
    func damage() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        for round in 1...3 {
            try stick.place.write(noise(100_000 * round), to: "plain")
            try remote.upload(file: stick.place.path("plain"), to: "archive/\(round)") { _ in }
            try remote.upload([UInt8(round)], to: "manifests/\(round)")
            try remote.flush()
        }
        let all = try stick.open().contents()
        #expect(all.count == 6)
        let files = try stick.files()
        #expect(files.count(where: EncryptedStick.isSegment) == 3)
        for file in files {
            for isRemoved in [true, false] {
                try stick.place.shell("rm -rf whole; cp -r stick whole")
                if isRemoved {
                    try stick.place.shell("rm stick/\(file)")
                } else {
                    var bytes = try stick.place.read("stick/\(file)")
                    bytes[bytes.count * 2 / 3] ^= 1
                    try stick.place.write(bytes, to: "stick/\(file)")
                }
                try check(stick, file, isRemoved: isRemoved, all)
                try stick.place.shell("rm -rf stick; mv whole stick")
            }
        }
    }

    private func check(_ stick: EncryptedStick, _ file: String, isRemoved: Bool, _ all: [String: [UInt8]]) throws {
        let strict = damaged { _ = try stick.open() }
        if file.hasSuffix(".sig") || file.hasSuffix("allowed_signers") || file.hasSuffix(".sha256") {
            // These are for whoever carries the stick.
            #expect(strict == [])
        } else if file == "manifests/encrypted.json" {
            #expect(isRemoved ? strict[0].contains("no encrypted remote") : strict == [file])
        } else if file.hasPrefix("manifests/") {
            #expect(strict == [file])
        }
        if file.hasPrefix("archive/") || EncryptedStick.isSegment(file) {
            let reader = try stick.open(tolerant: true)
            var told = Set(reader.damage.map(\.file))
            var read = 0
            for name in try reader.names(under: "archive/") + reader.names(under: "manifests/") {
                let found = damaged { if try reader.read(name, limit: 1 << 24) == all[name] { read += 1 } }
                told.formUnion(found)
            }
            #expect(told == [file], "\(file)")
            #expect(read == (file.hasPrefix("archive/") ? 5 : 4), "\(file)")
        }
    }

    @Test("a carrier checks the stick with sha256sum and ssh-keygen, and cannot read it")
    func stubs() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        for round in 1...2 {
            try remote.upload(noise(1_200_000), to: "archive/\(round)")
            try remote.upload([1], to: "manifests/\(round)")
            try remote.flush()
        }
        let files = try stick.files()
        let covered = try stick.place.shell("cd stick; cat manifests/*.sha256 | grep -v '^#' | cut -c67- | sort").text
        let sealed = files.filter { $0.hasPrefix("archive/") || EncryptedStick.isSegment($0) }
        #expect(covered.split(separator: "\n").map(String.init) == sealed)
        #expect(sealed.count == 4)
        let verify = """
            cd stick; for s in manifests/*.sha256; do
              ssh-keygen -Y verify -f manifests/allowed_signers -I stet-remote -n stet-remote -s $s.sig < $s
              sha256sum -c --strict --quiet $s
            done
            """
        #expect(try stick.place.shell(verify).exit == 0)
        for file in sealed {
            try stick.place.shell("cp stick/\(file) saved; printf x | dd of=stick/\(file) bs=1 seek=300 conv=notrunc")
            #expect(try stick.place.shell(verify).exit != 0)
            try stick.place.shell("cp saved stick/\(file)")
        }
        #expect(try stick.place.shell(verify).exit == 0)
        try stick.place.shell("f=$(ls stick/manifests/*.sha256 | head -1); sed -i 's/^# [0-9]* bytes/# 1 bytes/' $f")
        #expect(try stick.place.shell(verify).exit != 0)
    }

    @Test("who has the identity and the age command needs no stet to read it")
    func withAgeAlone() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        try remote.upload(noise(1_200_000), to: "archive/large")
        try remote.upload(Array("a manifest\n".utf8), to: "manifests/small")
        try remote.flush()
        let script = """
            age -d -i key stick/manifests/key.age > remote.key
            age -d -i remote.key stick/manifests/signing-key.age > signing; chmod 600 signing; ssh-keygen -y -f signing
            segment=$(ls stick/manifests | grep -E '^[0-9a-f]{32}.age$')
            age -d -i remote.key stick/manifests/$segment > segment
            head -n 1 segment > listing; tail -n +2 segment | head -c 11 > small
            age -d -i remote.key stick/archive/*.age | head -c 1200000 > large
            """
        #expect(try stick.place.shell(script).exit == 0)
        #expect(try stick.place.read("large") == noise(1_200_000))
        #expect(try stick.place.read("small") == Array("a manifest\n".utf8))
        let listing = try JSON(canonical: Array(stick.place.read("listing").dropLast()))
        #expect(listing["entries"]?.array?.compactMap { $0["name"]?.string } == ["archive/large", "manifests/small"])
        #expect(listing["entries"]?.array?[0]["bytes"]?.integer == 1_200_000)
        #expect(try stick.place.shell("age -d -i key stick/archive/*.age").exit != 0)
    }

    @Test("nobody else opens it, until somebody who can lets them in")
    func identities() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        try remote.upload([1], to: "manifests/x")
        try remote.flush()
        let stranger = AgeIdentity.make()
        func refusal(_ identity: AgeIdentity) -> AgeError? {
            do throws(SyncError) {
                _ = try EncryptedRemote(over: stick.folder, identities: [identity])
                return nil
            } catch {
                guard case .encryption(_, let reason) = error else { return .badArmor("\(error)") }
                return reason
            }
        }
        #expect(refusal(stick.identity) == nil)
        #expect(refusal(stranger) == .noMatchingIdentity(recipients: ["X25519"]))
        try remote.encryptKey(to: AgeRecipients([#require(stranger.recipient), #require(stick.identity.recipient)]))
        #expect(refusal(stranger) == nil)
        try remote.encryptKey(to: AgeRecipients(passphrase: "rosebud", workFactor: 10))
        #expect(refusal(.passphrase("rosebud")) == nil)
        #expect(refusal(.passphrase("sled")) == .wrongPassphrase)
        #expect(refusal(stick.identity) == .noMatchingIdentity(recipients: ["scrypt"]))
    }

    @Test(
        "how fast it is", .enabled(if: ProcessInfo.processInfo.environment["STET_MEASURE"] != nil))
    func speed() throws {
        let stick = try EncryptedStick()
        let place = stick.place
        try place.shell("head -c 512M /dev/zero > plain")
        let clock = ContinuousClock()
        let writing = try clock.measure {
            try Age.encrypt(file: place.path("plain"), to: place.path("sealed"), for: stick.recipients)
        }
        let reading = try clock.measure {
            try Age.decrypt(file: place.path("sealed"), to: place.path("back"), with: [stick.identity])
        }
        let memory = try place.shell("grep -E 'VmHWM' /proc/$PPID/status").text
        let age = try clock.measure {
            _ = try place.shell("age -r \(try #require(stick.identity.recipient)) plain > theirs")
        }
        let back = try clock.measure { _ = try place.shell("age -d -i key theirs > /dev/null") }
        let content = noise(256 << 20)
        var sealed: [UInt8] = []
        var opened: [UInt8] = []
        let sealing = try clock.measure { sealed = try Age.encrypt(content, to: stick.recipients) }
        let opening = try clock.measure { opened = try Age.decrypt(sealed, with: [stick.identity]) }
        #expect(opened == content)
        print("256 MiB in memory: sealed in \(sealing), opened in \(opening)")
        print("512 MiB: written in \(writing), read in \(reading); age: \(age), \(back); \(memory)")
        #expect(try place.shell("cmp plain back").exit == 0)
    }
}
