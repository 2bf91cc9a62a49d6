import Foundation
// `environ` is only read.
@preconcurrency import Glibc
import Storage
import SyncEngine

/// A real sshd on this machine, with keys and a configuration of its own, for as long as this object lives.
final class LoopbackSSH: Sendable {
    let place: Workplace
    let port: Int
    private let keeper: pid_t
    /// It ends when this is closed, also because the tests were killed.
    private let lifeline: Int32

    static let isInstalled = access("/usr/sbin/sshd", X_OK) == 0 && access(server, X_OK) == 0
    /// SFTP without ssh, on its standard input and output.
    static let server = "/usr/lib/openssh/sftp-server"

    struct DidNotStart: Error { let log: String }

    init() throws {
        place = try Workplace()
        port = try Self.freePort()
        try Self.configure(place, port: port)
        (keeper, lifeline) = try Self.start(["python3", "-c", Self.keeping, place.folder])
        for _ in 0..<500 where !Self.answers(port) { usleep(20_000) }
        guard Self.answers(port) else {
            throw DidNotStart(log: (try? String(contentsOfFile: place.path("log"), encoding: .utf8)) ?? "")
        }
    }

    deinit {
        close(lifeline)
        waitpid(keeper, nil, 0)
    }

    /// What the tests have open is not for the server, nor are the signals that their threads block.
    private static let keeping = """
        import os, signal, subprocess, sys
        os.closerange(3, 4096)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if os.getuid() == 0: os.makedirs("/run/sshd", 0o755, exist_ok=True)
        folder = sys.argv[1]
        with open(folder + "/log", "w") as log:
            sshd = subprocess.Popen(
                ["/usr/sbin/sshd", "-D", "-e", "-f", folder + "/sshd_config"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        with open(folder + "/pid", "w") as pid: pid.write(str(sshd.pid))
        sys.stdin.read()
        sshd.terminate()
        sshd.wait()
        """

    /// Foundation takes a program for ended that closes what it inherited, and waits for it with everything else standing still.
    private static func start(_ words: [String]) throws -> (pid_t, Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        let arguments = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, words[0], &actions, nil, arguments + [nil], environ) == 0 else {
            close(ends[1])
            throw DidNotStart(log: "python3 cannot be started")
        }
        return (pid, ends[1])
    }

    /// The ssh that knows this server and has a key for it.
    var command: SSHCommand { SSHCommand(custom: "ssh -F '\(place.path("ssh_config"))'") }

    func address(_ folder: String) -> String { "ssh://127.0.0.1:\(port)\(place.path(folder))" }

    /// A remote in a folder of that name, which lies at `place.path(folder)` and need not be there yet.
    func remote(_ folder: String) throws -> SSHRemote { try SSHRemote(address(folder), command: command) }

    /// Cuts all connections: the processes that serve them end, the one that waits for more does not.
    func cut() throws {
        try place.shell("for child in $(pgrep -P $(cat pid)); do kill -9 $(pgrep -P $child) $child || true; done")
    }

    private static func configure(_ place: Workplace, port: Int) throws {
        let folder = place.folder
        try place.shell("ssh-keygen -q -t ed25519 -N '' -f host; ssh-keygen -q -t ed25519 -N '' -f client")
        try place.shell("cp client.pub authorized_keys; echo \"[127.0.0.1]:\(port) $(cat host.pub)\" >known_hosts")
        try Data(
            """
            ListenAddress 127.0.0.1:\(port)
            HostKey \(folder)/host
            PidFile none
            AuthorizedKeysFile \(folder)/authorized_keys
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            MaxStartups 100
            Subsystem sftp internal-sftp

            """.utf8
        ).write(to: URL(filePath: place.path("sshd_config")))
        try Data(
            """
            UserKnownHostsFile \(folder)/known_hosts
            GlobalKnownHostsFile /dev/null
            StrictHostKeyChecking yes
            IdentityFile \(folder)/client
            IdentitiesOnly yes
            IdentityAgent none

            """.utf8
        ).write(to: URL(filePath: place.path("ssh_config")))
    }

    /// A port that nothing listens on at the moment.
    static func freePort() throws -> Int {
        try loopback(0) { socket, address in
            var address = address
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            _ = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
                }
            }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }

    private static func answers(_ port: Int) -> Bool {
        let found = try? loopback(port) { socket, address in
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
        return found ?? false
    }

    private static func loopback<Value>(_ port: Int, _ body: (Int32, sockaddr_in) -> Value) throws -> Value {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw POSIXError(.EMFILE) }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return body(socket, address)
    }
}

/// What a call on a remote came to, for tables of tests: `done`, or the name of the failure and the words that come with it.
struct Outcome: Sendable, CustomStringConvertible {
    let name: String
    var words = ""
    var description: String { words.isEmpty ? name : "\(name): \(words)" }

    init(_ body: () throws(SyncError) -> Void) {
        do throws(SyncError) {
            try body()
            name = "done"
        } catch {
            switch error {
            case .remote(_, .unreachable(let reason)): (name, words) = ("unreachable", reason)
            case .remote(_, .refused(let reason)): (name, words) = ("refused", reason)
            case .remote(_, .misbehaved(let reason)): (name, words) = ("misbehaved", reason)
            case .remote(_, .misconfigured(let reason)): (name, words) = ("misconfigured", reason)
            case .damaged(let damage): (name, words) = ("damaged", damage.reason)
            case .file(let error): (name, words) = ("file", error.reason)
            default: name = "\(error)"
            }
        }
    }
}
