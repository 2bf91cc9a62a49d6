import Foundation
import SyncEngine
import Testing

@Suite("A hostile machine behind ssh")
struct SSHHostilityTests {
    let hostile: HostileSSH

    init() throws { hostile = try HostileSSH() }

    /// Everything that can be done with a remote.
    static let calls: [(name: String, call: @Sendable (SSHRemote, String) throws(SyncError) -> Void)] = [
        ("names", { remote, _ throws(SyncError) in _ = try remote.names(under: "archive/") }),
        ("read", { remote, _ throws(SyncError) in _ = try remote.read("archive/x", limit: 1000) }),
        (
            "download",
            { remote, folder throws(SyncError) in
                try remote.download("archive/x", to: "\(folder)/target", size: 100, progress: { _ in })
            }
        ),
        ("upload", { remote, _ throws(SyncError) in try remote.upload([1, 2, 3], to: "archive/x") }),
        ("remove", { remote, _ throws(SyncError) in try remote.remove("archive/x") }),
    ]

    private func outcome(_ call: String, _ mode: String, patience: Duration = .seconds(60)) throws -> Outcome {
        let remote = try hostile.remote(mode, patience: patience)
        let found = try #require(Self.calls.first { $0.name == call })
        return Outcome { () throws(SyncError) in try found.call(remote, hostile.place.folder) }
    }

    @Test(
        "what is no SFTP is told apart from what does not answer, whatever is called",
        arguments: zip(
            HostileSSH.beginnings,
            [
                "misbehaved", "misbehaved", "unreachable", "unreachable", "misbehaved", "misbehaved", "misbehaved",
                "misbehaved", "unreachable", "misbehaved", "unreachable",
            ]))
    func beginnings(_ mode: String, _ expected: String) throws {
        for call in Self.calls {
            let found = try outcome(
                call.name, mode, patience: .seconds(["silent", "complains"].contains(mode) ? 1 : 60))
            #expect(found.name == expected, "\(call.name): \(found)")
            #expect(found.words.count < 700)
            #expect(!found.words.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test(
        "every lie has its own words",
        arguments: [
            ("names", "text", "Welcome to [31mthe machine!"),
            ("names", "closes", "I am gone"),
            ("names", "silent", "no answer for 1 s"),
            ("names", "mute", "no answer for 1 s"),
            ("names", "other-version", "version 6"),
            ("names", "huge", "a packet of 4294967295 bytes"),
            ("names", "wrong-id", "nothing that was asked"),
            ("names", "wrong-kind", "does not follow the format"),
            ("names", "cut-packet", "broke off"),
            ("read", "huge-answer", "a packet of 1073741824 bytes"),
            ("read", "long-handle", "does not follow the format"),
            ("read", "long-string", "does not follow the format"),
            ("read", "tiny-packet", "a packet of 2 bytes"),
            ("names", "endless-folder", "more than 1000000 files"),
            ("names", "lying-count", "does not follow the format"),
            ("names", "no-names", "a list without names"),
            ("read", "huge-size", "does not follow the format"),
            ("read", "short-file", "it is shorter"),
            ("read", "long-data", "more than was asked for"),
            ("download", "short-file", "it is shorter"),
            ("download", "no-data", "data without bytes"),
            ("upload", "refuses", "failure"),
            ("upload", "full", "no space left"),
            ("remove", "refuses", "failure"),
            ("remove", "escapes", "permission denied, ]0;owned no � way; new line"),
        ])
    func words(_ call: String, _ mode: String, _ words: String) throws {
        let found = try outcome(call, mode, patience: .seconds(["silent", "mute"].contains(mode) ? 1 : 60))
        #expect(found.words.contains(words), "\(found)")
    }

    @Test("whatever is answered, every call comes back", arguments: HostileSSH.answers)
    func answers(_ mode: String) throws {
        for call in Self.calls {
            let found = try outcome(call.name, mode, patience: .seconds(mode == "mute" ? 1 : 60))
            let known = ["done", "damaged", "refused", "misbehaved", "unreachable"]
            #expect(known.contains(found.name), "\(call.name): \(found)")
            #expect(!found.words.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test("names that lead elsewhere or cannot be printed are not listed")
    func names() throws {
        #expect(try hostile.remote("names").names(under: "archive/") == ["archive/ok-1"])
    }

    @Test("answers made by chance never crash or hang, and the next call is served")
    func byChance() throws {
        let seed = ProcessInfo.processInfo.environment["STET_TEST_SEED"].flatMap { Int($0) } ?? .random(in: 0..<1 << 30)
        var outcomes: [String: Int] = [:]
        for round in 0..<10 {
            // An answer may be a short one that waits for more: nothing follows.
            let remote = try hostile.remote("random-\(seed + round)", patience: .seconds(5))
            for call in Self.calls + Self.calls {
                let found = Outcome { () throws(SyncError) in try call.call(remote, hostile.place.folder) }
                outcomes[found.name, default: 0] += 1
            }
        }
        #expect(outcomes.values.reduce(0, +) == 100, "seed \(seed)")
        #expect(
            Set(outcomes.keys).isSubset(of: ["done", "damaged", "refused", "misbehaved", "unreachable"]), "\(outcomes)")
    }
}

@Suite("Other SFTP servers", .enabled(if: LoopbackSSH.isInstalled, "openssh-server is not installed"))
struct SFTPServerTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    /// OpenSSH's server without ssh in between.
    private func remote(_ folder: String, _ options: String) throws -> SSHRemote {
        // All that would be told to ssh comes after, and is not for the server.
        try SSHRemote(
            "ssh://direct\(folder)",
            command: SSHCommand(custom: "bash -c '[[ $1 != -G ]] && exec \(LoopbackSSH.server) \(options)' -"))
    }

    @Test(
        "what a server cannot do is done otherwise",
        arguments: ["", "-P posix-rename", "-P fsync", "-P statvfs", "-P posix-rename,fsync,statvfs,limits"])
    func withoutExtensions(_ options: String) throws {
        let remote = try remote(place.path("a/b"), options)
        for round in UInt8(0)..<3 {
            try remote.upload([round], to: "archive/x")
            #expect(try remote.read("archive/x", limit: 1) == [round])
        }
        #expect(try place.shell("ls -A a/b/archive").text == "x\n")
    }

    @Test("a server that only reads, and a folder that is a file, refuse")
    func readOnly() throws {
        try place.shell("mkdir -p a/archive; echo x >a/archive/x; echo y >file")
        let remote = try remote(place.path("a"), "-R")
        #expect(try remote.read("archive/x", limit: 10) == Array("x\n".utf8))
        let found = Outcome { () throws(SyncError) in try remote.upload([1], to: "archive/y") }
        #expect(found.name == "refused")
        #expect(found.words.contains("permission denied"), "\(found)")
        let file = try self.remote(place.path("file"), "")
        #expect(try file.names(under: "archive/").isEmpty)
        #expect(Outcome { () throws(SyncError) in try file.upload([1], to: "archive/y") }.name == "refused")
    }

    @Test(
        "a full disk is said to be full, and nothing is left there", .enabled(if: getuid() == 0, "mounting needs root"))
    func full() throws {
        try place.shell("mkdir small; mount -t tmpfs -o size=4m none small")
        defer { _ = try? place.shell("umount small") }
        let remote = try remote(place.path("small"), "")
        try remote.upload([1], to: "archive/kept")
        let large = [UInt8](repeating: 7, count: 6_000_000)
        let found = Outcome { () throws(SyncError) in try remote.upload(large, to: "archive/large") }
        #expect(found.name == "refused")
        #expect(found.words.contains("no space left"), "\(found)")
        #expect(try place.shell("ls -A small/archive").text == "kept\n")
        try remote.upload([2], to: "archive/kept")
    }

    @Test("many requests are on their way at once, so that distance costs little")
    func distance() throws {
        try Data(Self.delay.utf8).write(to: URL(filePath: place.path("delay.py")))
        let remote = try SSHRemote(
            "ssh://far\(place.path("far"))", command: SSHCommand(custom: "python3 '\(place.path("delay.py"))' 0.05"))
        let size = 16 << 20
        let source = place.path("source")
        try Data(count: size).write(to: URL(filePath: source))
        let clock = ContinuousClock()
        try remote.upload([1], to: "archive/first")
        let small = try clock.measure { try remote.upload([1], to: "archive/small") }
        let readSmall = try clock.measure { _ = try remote.read("archive/small", limit: 1) }
        let up = try clock.measure { try remote.upload(file: source, to: "archive/x", progress: { _ in }) }
        let down = try clock.measure {
            try remote.download("archive/x", to: place.path("target"), size: size, progress: { _ in })
        }
        print("100 ms away: small \(small), read \(readSmall), 16 MiB up \(up), down \(down)")
        // One request after the other would take 51 s.
        #expect(up < .seconds(25))
        #expect(down < .seconds(25))
    }

    private static let delay = #"""
        import os, subprocess, sys, threading, time, queue
        if "-G" in sys.argv: sys.exit(0)
        server = subprocess.Popen(["/usr/lib/openssh/sftp-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        def relay(source, target):
            waiting = queue.Queue()
            def write():
                while True:
                    when, data = waiting.get()
                    time.sleep(max(0, when - time.monotonic()))
                    if not data: return os._exit(0)
                    while data: data = data[os.write(target, data):]
            writer = threading.Thread(target=write)
            writer.start()
            while True:
                data = os.read(source, 1 << 16)
                waiting.put((time.monotonic() + float(sys.argv[1]), data))
                if not data: return
        threading.Thread(target=relay, args=(0, server.stdin.fileno())).start()
        relay(server.stdout.fileno(), 1)

        """#
}
