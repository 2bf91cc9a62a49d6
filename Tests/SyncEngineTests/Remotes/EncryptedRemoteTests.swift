import Foundation
import Models
import Storage
import SyncEngine
import Synchronization
import Testing

@Suite("Encrypted remotes")
struct EncryptedRemoteTests {
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
        let all = try stick.open().contents()
        #expect(Set(all.keys) == ["manifests/a", "manifests/b", "manifests/index.json", "archive/a", "archive/b"])
        let index = try #require(all["manifests/index.json"])
        #expect(index == Array("a".utf8) || index == Array("b".utf8))
        #expect(try stick.open().contents() == all)
        for (writer, other) in [(a, "b"), (b, "a")] {
            #expect(try writer.read("manifests/\(other)", limit: 9) == nil)
            try writer.refresh()
            #expect(try writer.contents() == all)
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
        let all = try stick.open().contents()
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
            let found = try stick.open().contents()
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
}
