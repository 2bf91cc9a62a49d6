internal import Glibc
internal import Synchronization

/// A program that we talk with for long: a socket is its standard input and output, and its complaints come on a pipe.
///
/// A socket rather than pipes, because writing to one whose other end is gone is an error and not a signal. Reading and writing
/// never block. It is ended when this object goes.
final class LinkedProcess: Sendable {
    private let pid: pid_t
    let socket: Int32
    let complaints: Int32
    /// The exit status once the program has been waited for: from then on its number may be another's.
    private let ended = Mutex<Int32?>(nil)

    init(_ arguments: [String]) throws(ChildProcess.StartError) {
        var link: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &link) == 0 else { throw ChildProcess.StartError(code: errno) }
        defer { close(link[1]) }
        let errors: [Int32]
        do throws(ChildProcess.StartError) { errors = try ChildProcess.pipe() } catch {
            close(link[0])
            throw error
        }
        defer { close(errors[1]) }
        do throws(ChildProcess.StartError) {
            pid = try ChildProcess.spawn(
                arguments, changes: [:], input: link[1], output: link[1], errors: errors[1])
        } catch {
            close(link[0])
            close(errors[0])
            throw error
        }
        socket = link[0]
        complaints = errors[0]
        for end in [socket, complaints] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        close(socket)
        if exit(within: .zero) == nil {
            // ssh gives the terminal back when it is told to end, not when it is killed.
            kill(pid, SIGTERM)
            if exit(within: .seconds(2)) == nil {
                kill(pid, SIGKILL)
                _ = exit(within: .seconds(2))
            }
        }
        close(complaints)
    }

    /// What it writes to its standard output, up to a bound, until it closes that or the time is over.
    func everything(within time: Duration) -> String {
        let limit = ContinuousClock.now + time
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 16 {
            let left = limit - ContinuousClock.now
            var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard left > .zero, poll(&polled, 1, Int32((left / .milliseconds(1)).rounded(.up))) >= 0 else { break }
            let got = recv(socket, &part, part.count, 0)
            if got < 0, errno == EINTR || errno == EAGAIN { continue }
            guard got > 0 else { break }
            bytes += part[..<got]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The exit status, 128 and the signal when it was killed; nil when it still runs after that time.
    func exit(within time: Duration) -> Int32? {
        let limit = ContinuousClock.now + time
        while true {
            let status = ended.withLock { ended -> Int32? in
                if ended == nil { ended = Self.collect(pid) }
                return ended
            }
            if status != nil || ContinuousClock.now >= limit { return status }
            usleep(2000)
        }
    }

    private static func collect(_ pid: pid_t) -> Int32? {
        var status: Int32 = 0
        let found = waitpid(pid, &status, WNOHANG)
        if found == 0 || (found < 0 && errno == EINTR) { return nil }
        guard found == pid else { return -1 }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
