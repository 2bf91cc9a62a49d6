import Foundation
import SyncEngine
import Testing

@Suite("A remote behind ssh", .enabled(if: LoopbackSSH.isInstalled, "openssh-server is not installed"))
struct SSHRemoteTests {
    let ssh: LoopbackSSH
    let remote: SSHRemote

    init() throws {
        ssh = try LoopbackSSH()
        remote = try ssh.remote("far/press")
    }

    /// What lies in a folder of the remote, by looking at the disk.
    private func files(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: ssh.place.path("far/press/\(folder)")).sorted()
    }

    private func random(_ count: Int) -> [UInt8] {
        // No two parts of a file are alike, and none can be compressed.
        var state = UInt64.random(in: 1 ... .max)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            withUnsafeBytes(of: state) { bytes += $0 }
        }
        return Array(bytes.prefix(count))
    }

    private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(filePath: ssh.place.path(name)))
        return ssh.place.path(name)
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    @Test("nothing is found in a place that is not there, and removing from it is no error")
    func empty() throws {
        #expect(try remote.names(under: "archive/").isEmpty)
        #expect(try remote.stems(in: "manifests").isEmpty)
        #expect(try remote.read("manifests/a.json", limit: 10) == nil)
        try remote.remove("manifests/a.json")
        #expect(!FileManager.default.fileExists(atPath: ssh.place.path("far")))
    }

    @Test(
        "what was uploaded is read, listed, replaced and removed", arguments: [0, 1, 32_767, 32_768, 32_769, 3_000_000])
    func roundTrip(_ size: Int) throws {
        let (first, second) = (random(size), random(size + 5))
        try remote.upload(first, to: "manifests/ab-1.json")
        #expect(try remote.read("manifests/ab-1.json", limit: size) == first)
        var sent = 0
        try remote.upload(file: file("local", second), to: "manifests/ab-1.json") { sent += $0 }
        #expect(sent == second.count)
        #expect(try remote.read("manifests/ab-1.json", limit: second.count) == second)
        try remote.upload([1], to: "manifests/cd-1.json")
        #expect(try remote.names(under: "manifests/").sorted() == ["manifests/ab-1.json", "manifests/cd-1.json"])
        #expect(try remote.names(under: "manifests/cd-") == ["manifests/cd-1.json"])
        #expect(try remote.stems(in: "manifests") == ["ab", "cd"])
        try remote.remove("manifests/ab-1.json")
        #expect(try remote.read("manifests/ab-1.json", limit: 10) == nil)
        #expect(try files("manifests") == ["cd-1.json"])
    }

    @Test("a path after /~/ is in the home")
    func home() throws {
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        let climb = String(repeating: "../", count: home.split(separator: "/").count)
        let there = try SSHRemote(
            "ssh://127.0.0.1:\(ssh.port)/~/\(climb)\(ssh.place.folder.dropFirst())/h", command: ssh.command)
        try there.upload([7], to: "archive/x")
        #expect(try bytes(ssh.place.path("h/archive/x")) == [7])
    }

    @Test("a file that is larger than expected is damaged, for small and for large ones")
    func sizes() throws {
        try remote.upload(random(100), to: "archive/x")
        let target = ssh.place.path("target")
        #expect(Outcome { () throws(SyncError) in _ = try remote.read("archive/x", limit: 99) }.name == "damaged")
        for size in [99, 101] {
            let found = Outcome { () throws(SyncError) in
                try remote.download("archive/x", to: target, size: size, progress: { _ in })
            }
            #expect(found.name == "damaged")
        }
        let missing = Outcome { () throws(SyncError) in
            try remote.download("archive/y", to: target, size: 1, progress: { _ in })
        }
        #expect(missing.name == "damaged")
        #expect(try bytes(target).isEmpty)
    }

    @Test("a download goes on where it stopped", arguments: [0, 1, 40_000, 199_999, 200_000])
    func resuming(_ have: Int) throws {
        let whole = random(200_000)
        try remote.upload(whole, to: "archive/x")
        let target = try file("target", Array(whole.prefix(have)))
        var received = 0
        try remote.download("archive/x", to: target, size: whole.count) { received += $0 }
        #expect(received == whole.count - have)
        #expect(try bytes(target) == whole)
    }

    @Test(
        "a name that leads out of the remote is refused",
        arguments: ["../x", "archive/../../x", "/etc/passwd", "archive//x", "archive/.", "archive/a\nb", ""])
    func climbing(_ name: String) throws {
        let calls: [Outcome] = [
            Outcome { () throws(SyncError) in _ = try remote.read(name, limit: 100) },
            Outcome { () throws(SyncError) in try remote.upload([1], to: name) },
            Outcome { () throws(SyncError) in try remote.remove(name) },
        ]
        for call in calls { #expect(call.name == "damaged") }
    }

    @Test("all of 2,500 files are listed")
    func many() throws {
        try remote.upload([1], to: "archive/00-first")
        try ssh.place.shell(
            "cd far/press/archive; for i in {1..2499}; do echo x > $((i % 7))a-$i.json; done; mkdir folder")
        let started = ContinuousClock.now
        let names = try remote.names(under: "archive/")
        print("2,500 names in \(ContinuousClock.now - started)")
        #expect(Set(names).count == 2500)
        #expect(names.count == 2500)
        #expect(try remote.stems(in: "archive") == ["00", "0a", "1a", "2a", "3a", "4a", "5a", "6a"])
    }

    @Test("100 MB go there and come back")
    func large() throws {
        let size = 100_000_000
        let source = try file("source", random(size))
        _ = try remote.names(under: "archive/")
        let clock = ContinuousClock()
        let up = try clock.measure { try remote.upload(file: source, to: "archive/large", progress: { _ in }) }
        let down = try clock.measure {
            try remote.download("archive/large", to: ssh.place.path("target"), size: size, progress: { _ in })
        }
        print("up \(Int(100 / (up / .seconds(1)))) MB/s, down \(Int(100 / (down / .seconds(1)))) MB/s")
        #expect(try ssh.place.shell("cmp source target && cmp source far/press/archive/large").exit == 0)
        #expect(try files("archive") == ["large"])
    }

    @Test("an upload that is cut leaves nothing under its name, and the next call works")
    func cutUpload() throws {
        try remote.upload([1, 2, 3], to: "archive/kept")
        let source = try file("source", random(60_000_000))
        var sent = 0
        for name in ["archive/new", "archive/kept"] {
            sent = 0
            let found = Outcome { () throws(SyncError) in
                try remote.upload(file: source, to: name) { count in
                    if sent < 10_000_000, sent + count >= 10_000_000 { try? ssh.cut() }
                    sent += count
                }
            }
            #expect(found.name == "unreachable")
            #expect(found.words.contains("broke off"), "\(found)")
            #expect(sent >= 10_000_000 && sent < 60_000_000)
            #expect(try remote.names(under: "archive/") == ["archive/kept"])
        }
        #expect(try remote.read("archive/kept", limit: 10) == [1, 2, 3])
        #expect(try files("archive").count == 3)
        try remote.upload(file: source, to: "archive/new", progress: { _ in })
        #expect(try bytes(ssh.place.path("far/press/archive/new")).count == 60_000_000)
    }

    @Test("a download that is cut goes on with the next call")
    func cutDownload() throws {
        let source = try file("source", random(60_000_000))
        try remote.upload(file: source, to: "archive/x", progress: { _ in })
        let target = ssh.place.path("target")
        var received = 0
        let found = Outcome { () throws(SyncError) in
            try remote.download("archive/x", to: target, size: 60_000_000) { count in
                if received < 5_000_000, received + count >= 5_000_000 { try? ssh.cut() }
                received += count
            }
        }
        #expect(found.name == "unreachable")
        #expect(try bytes(target).count == received)
        try remote.download("archive/x", to: target, size: 60_000_000) { received += $0 }
        #expect(received == 60_000_000)
        #expect(try ssh.place.shell("cmp source target").exit == 0)
    }

    @Test("a session that ended while nobody used it is replaced unnoticed")
    func idle() throws {
        try remote.upload([1], to: "archive/x")
        for _ in 0..<3 {
            try ssh.cut()
            #expect(try remote.read("archive/x", limit: 1) == [1])
        }
        try ssh.cut()
        try remote.upload([2], to: "archive/x")
        #expect(try remote.read("archive/x", limit: 1) == [2])
    }

    @Test("temporary files are not listed, and removed when they are a day old")
    func sweeping() throws {
        try remote.upload([1], to: "archive/x")
        try ssh.place.shell(
            "cd far/press/archive; touch .tmp-young; touch -d '-23 hours' .tmp-day; touch -d '-25 hours' .tmp-old old; touch -d '-25 hours' old"
        )
        #expect(try remote.names(under: "archive/").sorted() == ["archive/old", "archive/x"])
        try ssh.remote("far/press").upload([1], to: "archive/y")
        #expect(try files("archive") == [".tmp-day", ".tmp-young", "old", "x", "y"])
    }

    @Test("two who write the same name at once leave one's whole file")
    func together() async throws {
        let contents = [random(2_000_000), random(2_000_000)]
        let remotes = try [ssh.remote("far/press"), ssh.remote("far/press")]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<2 {
                group.addTask { for _ in 0..<10 { try remotes[index].upload(contents[index], to: "archive/x") } }
            }
            group.addTask {
                for _ in 0..<20 {
                    guard let found = try remotes[0].read("archive/x", limit: 2_000_000) else { continue }
                    #expect(contents.contains(found))
                }
            }
            try await group.waitForAll()
        }
        #expect(contents.contains(try bytes(ssh.place.path("far/press/archive/x"))))
        #expect(try files("archive") == ["x"])
    }

    @Test("ssh does not outlive the remote")
    func ending() throws {
        let running = "pgrep -f '[s]sh -F \(ssh.place.path("ssh_config"))' | wc -l"
        do {
            let short = try ssh.remote("far/press")
            _ = try short.names(under: "archive/")
            #expect(try ssh.place.shell(running).text == "1\n")
        }
        #expect(try ssh.place.shell(running).text == "0\n")
    }

    @Test(
        "who is not let in is told so in ssh's words",
        arguments: [
            ("rm known_hosts", "refused", "host key is not known"),
            ("sed -i \"s| AAAA.*| $(cut -d' ' -f2 client.pub)|\" known_hosts", "refused", "somebody may stand between"),
            ("rm authorized_keys", "refused", "Permission denied (publickey)"),
            ("echo 'Nonsense yes' >>ssh_config", "misconfigured", "Bad configuration option"),
            ("sed -i 's/^/#/' ssh_config; echo 'ProxyCommand echo no; exit 1' >>ssh_config", "unreachable", "closed"),
        ])
    func notLetIn(_ change: String, _ name: String, _ words: String) throws {
        #expect(try ssh.place.shell(change).exit == 0)
        let found = Outcome { () throws(SyncError) in _ = try remote.names(under: "archive/") }
        #expect(found.name == name)
        #expect(found.words.contains(words), "\(found)")
    }

    @Test("a port where nothing listens is not reached, and an ssh that is not there is said to be missing")
    func noServer() throws {
        let port = try LoopbackSSH.freePort()
        let nobody = try SSHRemote("ssh://127.0.0.1:\(port)/x", command: ssh.command)
        let found = Outcome { () throws(SyncError) in _ = try nobody.names(under: "archive/") }
        #expect(found.name == "unreachable")
        #expect(found.words.contains("Connection refused"), "\(found)")
        let absent = try SSHRemote("ssh://127.0.0.1/x", command: SSHCommand(custom: "/nonexistent/ssh"))
        #expect(Outcome { () throws(SyncError) in _ = try absent.names(under: "archive/") }.name == "misconfigured")
    }
}
