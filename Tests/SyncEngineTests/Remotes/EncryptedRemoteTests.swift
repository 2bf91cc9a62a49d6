import Foundation
import Models
import Storage
import SyncEngine
import Synchronization
import Testing

/// A stick with an encrypted remote, and the identity that opens it.
struct EncryptedStick {
    let place: Workplace
    let identity = AgeIdentity.make()

    init() throws {
        place = try Workplace()
        try place.write(Array("\(identity.secretText ?? "")\n".utf8), to: "key")
    }

    var folder: FolderRemote { FolderRemote(path: place.path("stick")) }
    var recipients: AgeRecipients { get throws { try AgeRecipients([try #require(identity.recipient)]) } }

    func make() throws -> EncryptedRemote { try EncryptedRemote.make(over: folder, recipients: recipients) }

    func open(tolerant: Bool = false) throws -> EncryptedRemote {
        try EncryptedRemote(over: folder, identities: [identity], isDamageTolerated: tolerant)
    }

    /// Every file on the stick.
    func files() throws -> [String] {
        try place.shell("cd stick; find . -type f | sed 's|^./||' | sort").text.split(separator: "\n").map(String.init)
    }

    static func isSegment(_ name: String) -> Bool {
        name.hasPrefix("manifests/") && name.hasSuffix(".age") && name.utf8.count == 46
    }
}

/// A remote that dies at a change: neither it nor any later one happens.
final class DyingRemote: Remote {
    private let inner: FolderRemote
    private let left: Mutex<Int>

    init(_ inner: FolderRemote, after count: Int) {
        self.inner = inner
        left = Mutex(count)
    }

    var isDead: Bool { left.withLock { $0 < 0 } }
    var address: String { inner.address }
    var canWrite: Bool { true }

    private func live() throws(SyncError) {
        let isDead = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isDead { throw .remote(address, .unreachable("the stick was pulled")) }
    }

    func names(under prefix: String) throws(SyncError) -> [String] { try inner.names(under: prefix) }
    func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? { try inner.read(name, limit: limit) }
    func download(_ name: String, to path: String, size: Int, progress: (Int) -> Void) throws(SyncError) {
        try inner.download(name, to: path, size: size, progress: progress)
    }
    func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        try live()
        try inner.upload(bytes, to: name)
    }
    func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        try live()
        try inner.upload(file: path, to: name, progress: progress)
    }
    func remove(_ name: String) throws(SyncError) {
        try live()
        try inner.remove(name)
    }
}

@Suite("Encrypted remotes")
struct EncryptedRemoteTests {
    private func contents(_ remote: EncryptedRemote) throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in try remote.names(under: "manifests/") + remote.names(under: "archive/") {
            found[name] = try remote.read(name, limit: 1 << 24)
        }
        return found
    }

    /// The files that a call said are damaged; empty when it went well.
    private func damaged(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch let error as SyncError {
            if case .damaged(let damage) = error { return [damage.file] }
            return ["\(error)"]
        } catch {
            return ["\(error)"]
        }
    }

    static let sizes = [0, 1, 4095, 65536, 65537, 1_000_000, 3_000_001]

    @Test("what was written is found by whoever opens it, whatever its size", arguments: sizes)
    func roundTrip(size: Int) throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        let name = "archive/a-0-7.tar.zst"
        let content = noise(size)
        try stick.place.write(content, to: "plain")
        var sent = 0
        try remote.upload(file: stick.place.path("plain"), to: name) { sent += $0 }
        try remote.upload(content, to: "manifests/as-bytes")
        #expect(sent == size)
        #expect(try remote.read(name, limit: size) == content)
        try remote.flush()

        for reader in [remote, try stick.open()] {
            #expect(try reader.names(under: "archive/") == [name])
            #expect(try reader.names(under: "manifests/as") == ["manifests/as-bytes"])
            #expect(try reader.names(under: "archive/b") == [])
            #expect(try reader.read(name, limit: size) == content)
            #expect(try reader.read("manifests/as-bytes", limit: size) == content)
            #expect(try reader.read("manifests/none", limit: size) == nil)
            if size > 0 { #expect(damaged { _ = try reader.read(name, limit: size - 1) } == [name]) }
            for held in Set([0, size / 2, size]) {
                let path = stick.place.path("back")
                try stick.place.write(Array(content[..<held]), to: "back")
                var got = 0
                try reader.download(name, to: path, size: size) { got += $0 }
                #expect(try stick.place.read("back") == content)
                #expect(got == size - held)
            }
            #expect(damaged { try reader.download(name, to: stick.place.path("x"), size: size + 1) { _ in } } == [name])
            #expect(
                damaged { try reader.download("archive/n", to: stick.place.path("x"), size: 1) { _ in } } == [
                    "archive/n"
                ])
        }
        #expect(try stick.place.shell("ls -A | grep -c tmp || true").text == "0\n")
    }

    @Test("a file is replaced, removed, and leaves no ciphertext behind")
    func replacing() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        for round in 1...3 {
            try remote.upload(noise(100_000 * round), to: "manifests/small")
            try stick.place.write(noise(300_000 * round), to: "plain")
            try remote.upload(file: stick.place.path("plain"), to: "archive/large") { _ in }
            if round > 1 { try remote.flush() }
            #expect(try stick.open().names(under: "archive/").count == (round > 1 ? 1 : 0))
        }
        #expect(try stick.open().read("archive/large", limit: 1 << 20) == noise(900_000))
        #expect(try stick.place.shell("ls stick/archive | wc -l").text == "1\n")
        try remote.remove("archive/large")
        try remote.remove("archive/never")
        #expect(try remote.names(under: "archive/") == [])
        #expect(try stick.open().names(under: "archive/").count == 1)
        try remote.flush()
        #expect(try stick.open().names(under: "archive/") == [])
        #expect(try stick.place.shell("ls stick/archive | wc -l").text == "0\n")
        let before = try stick.files()
        try remote.flush()
        #expect(try stick.files() == before)
    }

    @Test("a stranger with the stick finds no name, address, origin or hash; who has the key restores all of it")
    func stranger() throws {
        let stick = try EncryptedStick()
        let place = stick.place
        let key = SigningKey(comment: "desk@example.org")
        let archive = try place.archive("press", key: key)
        try place.record("Nothing was signed.", "https://news.example/minister", in: archive)
        _ = try place.snapshot(archive, key)
        let plain = FolderRemote(path: place.path("press"))
        let names = try plain.names(under: "archive/") + plain.names(under: "manifests/")
        #expect(names.count >= 5)

        let remote = try stick.make()
        for name in names {
            try remote.upload(file: place.path("press/\(name)"), to: name) { _ in }
        }
        try remote.flush()
        var secrets = ["news.example", "desk@example.org", "press", archive.origin.description, "\(key.publicKey)"]
        for name in names {
            secrets.append(ObjectID(hashing: try place.read("press/\(name)")).description)
            secrets.append(String(name.split(separator: "/")[1]))
        }
        secrets = secrets.filter { $0 != "allowed_signers" }
        try place.write(Array((secrets.joined(separator: "\n") + "\n").utf8), to: "secrets")
        #expect(try place.shell("grep -rlaF -f secrets press/archive press/manifests | wc -l").text != "0\n")
        #expect(try place.shell("grep -rlaF -f secrets stick | wc -l").text == "0\n")
        #expect(try place.shell("find stick | grep -cF -f secrets || true").text == "0\n")

        let reader = try stick.open()
        try place.shell("mkdir -p back/archive back/manifests")
        for name in names {
            let bytes = try #require(try reader.read(name, limit: 1 << 24))
            try place.write(bytes, to: "back/\(name)")
        }
        _ = try place.restore("back", trust: Workplace.trust([key]))
    }

    @Test("sizes are padded: what differs a little does not differ on the stick")
    func padding() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        for size in stride(from: 1_000_000, to: 1_020_000, by: 997) {
            try stick.place.write(noise(size), to: "plain")
            try remote.upload(file: stick.place.path("plain"), to: "archive/f\(size)") { _ in }
        }
        try remote.flush()
        let sizes = try stick.place.shell("stat -c %s stick/archive/*").text.split(separator: "\n").compactMap {
            Int($0)
        }
        #expect(sizes.count == 21)
        #expect(Set(sizes).count <= 2)
        #expect(sizes.allSatisfy { $0 < 1_020_000 + 1_020_000 / 16 })
    }

    @Test("two writers at once lose nothing, and the later of two replacements stays")
    func twoWriters() throws {
        let stick = try EncryptedStick()
        _ = try stick.make()
        let (a, b) = (try stick.open(), try stick.open())
        for (writer, text) in [(a, "a"), (b, "b")] {
            try writer.upload(Array(text.utf8), to: "manifests/\(text)")
            try writer.upload(Array(text.utf8), to: "manifests/index.json")
            try stick.place.write(noise(100_000), to: "plain")
            try writer.upload(file: stick.place.path("plain"), to: "archive/\(text)") { _ in }
        }
        try b.flush()
        try a.flush()
        let all = try contents(stick.open())
        #expect(Set(all.keys) == ["manifests/a", "manifests/b", "manifests/index.json", "archive/a", "archive/b"])
        let index = try #require(all["manifests/index.json"])
        #expect(index == Array("a".utf8) || index == Array("b".utf8))
        #expect(try contents(stick.open()) == all)
        for (writer, other) in [(a, "b"), (b, "a")] {
            #expect(try writer.read("manifests/\(other)", limit: 9) == nil)
            try writer.refresh()
            #expect(try contents(writer) == all)
        }
        for (writer, text) in [(b, "later"), (a, "last")] {
            try writer.refresh()
            try writer.upload(Array(text.utf8), to: "manifests/index.json")
            try writer.flush()
            #expect(try stick.open().read("manifests/index.json", limit: 99) == Array(text.utf8))
        }
    }

    @Test("who opened it before a file was replaced gets the new one")
    func replacedMeanwhile() throws {
        let stick = try EncryptedStick()
        let writer = try stick.make()
        try writer.upload(noise(1_100_000), to: "archive/a")
        try writer.flush()
        let reader = try stick.open()
        try writer.upload(noise(1_200_000), to: "archive/a")
        try writer.flush()
        #expect(try reader.read("archive/a", limit: 1 << 24) == noise(1_200_000))
        let other = try stick.open()
        try writer.upload(noise(1_300_000), to: "archive/a")
        try writer.flush()
        try other.download("archive/a", to: stick.place.path("back"), size: 1_300_000) { _ in }
        #expect(try stick.place.read("back") == noise(1_300_000))
        try stick.place.shell("rm stick/archive/*")
        #expect(damaged { _ = try other.read("archive/a", limit: 1 << 24) }.allSatisfy { $0.hasSuffix(".age") })
        #expect(damaged { _ = try other.read("archive/a", limit: 1 << 24) }.count == 1)
    }

    @Test("many segments are put together, also under the eyes of another")
    func merging() throws {
        let stick = try EncryptedStick()
        let remote = try stick.make()
        var other = try stick.open()
        for round in 0..<120 {
            try remote.upload(Array("\(round)".utf8), to: "manifests/\(round)")
            try remote.upload(Array("\(round)".utf8), to: "manifests/newest")
            if round % 10 == 0 { try remote.upload(noise(1_100_000, seed: UInt64(round)), to: "archive/\(round)") }
            if round % 7 == 3 { try remote.remove("manifests/\(round - 1)") }
            try remote.flush()
            if round == 46 { other = try stick.open() }
            if round == 60 {
                try other.upload([1], to: "manifests/other")
                try other.flush()
                #expect(try other.read("manifests/3", limit: 9) == Array("3".utf8))
                try other.refresh()
                #expect(try other.read("manifests/60", limit: 9) == Array("60".utf8))
            }
        }
        let segments = try stick.files().filter(EncryptedStick.isSegment)
        #expect(segments.count < 60)
        let all = try contents(stick.open())
        #expect(all["manifests/newest"] == Array("119".utf8))
        #expect(all["manifests/other"] == [1])
        for round in 0..<120 {
            #expect(
                all["manifests/\(round)"] == (round % 7 == 2 && round < 119 ? nil : Array("\(round)".utf8)), "\(round)")
            if round % 10 == 0 { #expect(all["archive/\(round)"] == noise(1_100_000, seed: UInt64(round))) }
        }
        #expect(try stick.place.shell("cd stick; sha256sum -c --quiet manifests/*.sha256").exit == 0)
        let stubbed = try stick.place.shell("cd stick; cat manifests/*.sha256 | grep -c ' archive/'").text
        #expect(stubbed == "12\n")
    }

    @Test("a stick that is pulled at any moment holds what it held before a flush, or after it")
    func pulled() throws {
        let stick = try EncryptedStick()
        let place = stick.place
        let before: [String: [UInt8]] = ["manifests/a": [1], "archive/large": noise(200_000)]
        let after: [String: [UInt8]] = [
            "manifests/b": [2], "archive/large": noise(300_000), "archive/more": noise(100_000),
        ]
        try place.write(noise(300_000), to: "plain")
        try place.write(noise(100_000), to: "more")
        var outcomes: Set<String> = []
        for count in 0..<40 {
            try place.shell("rm -rf stick")
            let first = try stick.make()
            try place.write(noise(200_000), to: "old")
            try first.upload(file: place.path("old"), to: "archive/large") { _ in }
            try first.upload([1], to: "manifests/a")
            try first.flush()
            let dying = DyingRemote(stick.folder, after: count)
            do {
                let remote = try EncryptedRemote(over: dying, identities: [stick.identity])
                try remote.upload(file: place.path("plain"), to: "archive/large") { _ in }
                try remote.upload(file: place.path("more"), to: "archive/more") { _ in }
                try remote.upload([2], to: "manifests/b")
                try remote.remove("manifests/a")
                try remote.flush()
            } catch {
                #expect(dying.isDead)
            }
            let found = try contents(stick.open())
            #expect(found == before || found == after, "\(count)")
            outcomes.insert("\(found == after), \(dying.isDead)")
            if !dying.isDead { break }
            #expect(count < 39)
        }
        #expect(outcomes == ["false, true", "true, true", "true, false"])
    }

    @Test("a remote whose making was interrupted can be made again; one that holds anything is refused")
    func making() throws {
        let stick = try EncryptedStick()
        for count in 0..<4 {
            let dying = DyingRemote(stick.folder, after: count)
            #expect(throws: SyncError.self) { try EncryptedRemote.make(over: dying, recipients: stick.recipients) }
            #expect(try !EncryptedRemote.isThere(on: stick.folder))
        }
        _ = try stick.make()
        #expect(try EncryptedRemote.isThere(on: stick.folder))
        #expect(throws: SyncError.self) { try stick.make() }
        try stick.place.shell("rm -r stick; mkdir -p stick/archive; touch stick/archive/x")
        #expect(throws: SyncError.self) { try stick.make() }
    }

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
        let all = try contents(stick.open())
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
