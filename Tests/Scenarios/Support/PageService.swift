import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `stet serve`, until the test ends.
final class PageService: Sendable {
    let pid: pid_t
    /// As printed.
    let url: String
    let port: UInt16
    /// Its files are there as long as they are served.
    let machine: Machine
    var root: String { "http://127.0.0.1:\(port)" }

    init(_ machine: Machine, archive: String = "press", _ options: String = "--port 0") throws {
        self.machine = machine
        let name = "served-\(UUID().uuidString)"
        // Foundation takes a process for running while any descendant holds what it inherited.
        let run = try machine.shell(
            """
            (
              for open in /proc/self/fd/*; do open=${open##*/}; [ "$open" -le 2 ] || eval "exec $open>&-"; done
              HOME=home exec \(Machine.stet.path) serve --archive \(archive) \(options)
            ) </dev/null >\(name) 2>\(name).err & echo $!
            for i in $(seq 300); do if [ -s \(name) ] || ! kill -0 $! 2>/dev/null; then break; fi; sleep 0.1; done; cat \(name)
            """)
        let lines = run.text.split(separator: "\n").map(String.init)
        pid = try #require(lines.first.flatMap { pid_t($0) })
        let errors = String(decoding: try machine.read("\(name).err"), as: UTF8.self)
        url = try #require(lines.dropFirst().first, "\(errors)")
        port = try #require(URL(string: url)?.port.flatMap { UInt16(exactly: $0) })
    }

    deinit { kill(pid, SIGKILL) }

    var isRunning: Bool { kill(pid, 0) == 0 && !status("State").hasPrefix("Z") }

    /// A line of `/proc/PID/status`.
    func status(_ name: String) -> String {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) } ?? ""
    }

    /// What comes back to a GET of `target`, which is sent as it is.
    func get(_ target: String, _ headers: [String] = [], method: String = "GET") throws -> Received {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
        let all = try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
        return try #require(all.first, "nothing was answered to \(target)")
    }

    /// All that comes back to bytes sent as they are.
    func send(_ bytes: [UInt8]) throws -> [Received] {
        let connection = try Connection(port)
        connection.send(bytes)
        return try Received.all(connection.rest())
    }
}

/// A connection to a port of this machine.
final class Connection: Sendable {
    private let socket: Int32

    init(_ port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0, "no connection: \(errno)")
    }

    deinit { close(socket) }

    /// What is not taken any more is not sent.
    func send(_ bytes: [UInt8]) {
        var at = 0
        while at < bytes.count {
            let count = bytes[at...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            at += count
        }
    }

    func read(atMost count: Int) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let read = recv(socket, &buffer, count, 0)
        return Array(buffer.prefix(max(0, read)))
    }

    /// Everything until the other side ends the connection; fails when it does not.
    func rest() throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count == 0 || (count < 0 && errno == ECONNRESET) { return all }
            try #require(count > 0, "the connection stays open: \(errno)")
            all += buffer[..<count]
        }
    }
}

/// An answer as it came over the wire.
struct Received {
    let status: Int
    /// Names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    var text: String { String(decoding: body, as: UTF8.self) }
    /// Head and body.
    var everything: String { headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + "\n\n" + text }

    /// Answers that follow each other; the last one may be to a HEAD, and have no body.
    static func all(_ bytes: [UInt8]) throws -> [Received] {
        var found: [Received] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = try #require(
                rest.indices.first { rest[$0...].starts(with: [13, 10, 13, 10]) }, "a head without end")
            let lines = String(decoding: rest[..<end], as: UTF8.self).split(separator: "\r\n")
            let words = try #require(lines.first).split(separator: " ")
            try #require(words.count >= 2 && words[0] == "HTTP/1.1", "\(lines[0])")
            let headers = lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (
                    name: parts[0].lowercased(),
                    value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                )
            }
            rest = rest[(end + 4)...]
            let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
            found.append(
                Received(status: try #require(Int(words[1])), headers: headers, body: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return found
    }
}
