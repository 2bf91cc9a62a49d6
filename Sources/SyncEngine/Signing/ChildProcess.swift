// `environ` is only read, and nothing in this program changes it.
@preconcurrency internal import Glibc

/// A program of the system, e.g. `ssh-add`, started without a shell and with no open file but the standard three.
///
/// Its standard error is ours, so that what it asks and complains about reaches the user. Its output is captured: results
/// alone go to our standard output.
final class ChildProcess: Sendable {
    /// Why a program could not be started, as a number of `errno`.
    struct StartError: Error {
        let code: Int32
        var reason: String { String(cString: strerror(code)) }
    }

    private let pid: pid_t
    /// The end of a pipe to its standard input, -1 for none: when it is closed, the program knows that we are gone.
    private let input: Int32
    private let output: Int32

    /// - Parameters:
    ///   - arguments: the program, looked for in `$PATH`, and what it is told. Never a secret: others can see them.
    ///   - changes: environment variables that differ from ours.
    ///   - isFed: give it a pipe to read from, which stays open as long as this process and this object live. Else it reads nothing.
    init(_ arguments: [String], changes: [String: String] = [:], isFed: Bool) throws(StartError) {
        var feed: [Int32] = [-1, -1]
        if isFed { feed = try Self.pipe() }
        let result: [Int32]
        do throws(StartError) { result = try Self.pipe() } catch {
            for end in feed where end >= 0 { close(end) }
            throw error
        }
        defer { for end in [feed[0], result[1]] where end >= 0 { close(end) } }
        do throws(StartError) {
            pid = try Self.spawn(arguments, changes: changes, input: feed[0], output: result[1])
        } catch {
            for end in [feed[1], result[0]] where end >= 0 { close(end) }
            throw error
        }
        input = feed[1]
        output = result[0]
    }

    deinit {
        if input >= 0 {
            close(input)
            // Another program may have been given the pipe's end by accident and keep it open.
            kill(pid, SIGTERM)
        }
        close(output)
        // Nothing when `run` has waited for it already.
        _ = Self.wait(pid)
    }

    /// Runs a program to its end.
    ///
    /// - Returns: its exit status, 128 and the signal when it was killed, and what it wrote to its standard output, at most `limit` bytes.
    static func run(
        _ arguments: [String], changes: [String: String] = [:], limit: Int = 1 << 20
    ) throws(StartError) -> (exit: Int32, output: [UInt8]) {
        let child = try ChildProcess(arguments, changes: changes, isFed: false)
        let output = child.read(limit: limit) { _ in false }
        return (Self.wait(child.pid), output)
    }

    /// Reads until the program closes its output, `limit` is reached, or it is enough.
    func read(limit: Int, isEnough: ([UInt8]) -> Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit, !isEnough(bytes) {
            let count = Glibc.read(output, &part, part.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += part[..<count]
        }
        return Array(bytes.prefix(limit))
    }

    /// Starts a program with `input` and `output` as its standard input and output, and no other open file but our standard
    /// error.
    ///
    /// - Parameters:
    ///   - input: -1 for none to read from.
    ///   - errors: what becomes its standard error instead, -1 for ours.
    static func spawn(
        _ arguments: [String], changes: [String: String], input: Int32, output: Int32, errors: Int32 = -1
    ) throws(StartError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if input >= 0 {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if errors >= 0 { posix_spawn_file_actions_adddup2(&actions, errors, 2) }
        // A lock that a child kept open would be held as long as it lives.
        for descriptor: Int32 in 3..<1024 where fcntl(descriptor, F_GETFD) >= 0 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // Threads of a pool block signals; a child that inherited that could not be ended.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pid: pid_t = 0
        let code = withPointers(arguments) { argv in
            withPointers(environment(changes)) { variables in
                argv[0].map { posix_spawnp(&pid, $0, &actions, &attributes, argv, variables) } ?? ENOMEM
            }
        }
        guard code == 0 else { throw StartError(code: code) }
        return pid
    }

    private static func wait(_ pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return -1 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    static func pipe() throws(StartError) -> [Int32] {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw StartError(code: errno) }
        // Programs that another part of this process may start.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return ends
    }

    private static func environment(_ changes: [String: String]) -> [String] {
        var entries: [String] = []
        var at = environ
        while let entry = at.pointee {
            let text = String(cString: entry)
            if changes[String(text.prefix { $0 != "=" })] == nil { entries.append(text) }
            at += 1
        }
        return entries + changes.map { "\($0.key)=\($0.value)" }
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
