import ArgumentParser
import Glibc
import Models
import Storage
import SyncEngine
import Tracking
import Viewer

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the archive as web pages, for browsers on this machine.",
        discussion: """
            Articles, their lives and edits, changes as a page and a feed, and who signed what. Nothing is loaded from elsewhere, and \
            nothing of an archived page runs. Web archives' tools (Memento) are answered too. It ends with Ctrl-C.

            With --listen other machines can read the archive, unencrypted: the address that is printed holds a token that they need.

            Examples:
              stet serve
              stet serve --listen 192.168.1.20 --port 8080
            """)

    @Option(help: "0 takes one that is free.")
    var port = 7383

    @Option(help: ArgumentHelp("An address of this machine at which others can reach it.", valueName: "address"))
    var listen = "127.0.0.1"

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is 0 to 65535") }
    }

    func run() async throws {
        let archive = try options.open()
        let console = options.console
        let view = try ViewedArchive.ofUser(archive, console)
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(listen)
        if !isLocal {
            console.notice(
                "whoever has the address below can read this archive, and what is sent can be read on its way")
        }
        var random = SystemRandomNumberGenerator()
        let token = isLocal ? nil : Hex.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        try await PageServer(view, address: listen, port: port, token: token).run { url in
            console.print(url, json: ["url": .string(url)])
            StandardOutput.flush()
            EndSignals.install()
        }
    }
}

extension ViewedArchive {
    /// As this user sees it, with everything that was captured so far.
    static func ofUser(_ archive: Archive, _ console: Console) throws -> ViewedArchive {
        let view = try ViewedArchive(
            archive, Tracker(archive), software: Version.text, trust: { try Environment.trust().signers() },
            authorities: { try Environment.authorities() },
            explain: { file, reason in
                let failure = Failure(SyncError.distrust(file: file, reason))
                return "\(failure.message): \(failure.hint)"
            })
        try view.refresh { work, done, total in
            if let total { console.progress(work, done, of: total) } else { console.progress("\(work): \(done)") }
        }
        console.clearProgress()
        return view
    }
}

/// SIGTERM and SIGINT end the server at once: an archive is whole at any instant, and whoever waits for an answer sees the connection end.
private enum EndSignals {
    /// Whoever started this process may have blocked them.
    static func install() {
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in _exit(0) }
            sigaddset(&wanted, number)
        }
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
    }
}
