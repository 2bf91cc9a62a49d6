import Glibc
import Synchronization

/// A web server inside the test: what it answers is a closure's to say, byte for byte.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        let path: String
        let head: String

        func field(_ name: String) -> String? {
            let start = "\(name.lowercased()):"
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(start) }
            return line.map { String($0.dropFirst(start.count).drop { $0 == " " }) }
        }
    }

    /// What can be done to whoever asks.
    struct Connection: Sendable {
        fileprivate let descriptor: Int32
        private let noSignal: Int32 = 0x4000

        fileprivate init(descriptor: Int32) { self.descriptor = descriptor }

        func send(_ bytes: [UInt8]) {
            var rest = bytes[...]
            while !rest.isEmpty {
                let done = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, noSignal) }
                guard done > 0 else { return }
                rest = rest.dropFirst(done)
            }
        }

        func send(_ text: String) { send(Array(text.utf8)) }

        func answer(_ status: Int, _ body: String) {
            answer(status, [("Content-Type", "text/html; charset=utf-8")], Array(body.utf8))
        }

        func answer(_ status: Int, _ fields: [(String, String)], _ body: String) {
            answer(status, fields, Array(body.utf8))
        }

        func answer(_ status: Int, _ fields: [(String, String)], _ body: [UInt8]) {
            var head = "HTTP/1.1 \(status) Said\r\n"
            for (name, value) in fields { head += "\(name): \(value)\r\n" }
            send(head + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n")
            send(body)
        }

        /// A reset, not an orderly end.
        func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
    }

    struct Unavailable: Error {}

    let host: String
    let port: Int
    private let listener: Int32
    var root: String { "http://\(host):\(port)" }

    init(_ host: String = "127.0.0.1", _ handle: @escaping @Sendable (Request, Connection) -> Void) throws {
        self.host = host
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, host, &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let code = withUnsafeMutableBytes(of: &address) { raw -> Int32 in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(listener, base, length) == 0, listen(listener, 64) == 0 else { return -1 }
            return getsockname(listener, base, &length)
        }
        guard code == 0 else { throw Unavailable() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Self.start {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Self.start {
                    if let request = Self.read(client) { handle(request, Connection(descriptor: client)) }
                    close(client)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func read(_ client: Int32) -> Request? {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 16 {
            let count = recv(client, &room, room.count, 0)
            guard count > 0 else { return nil }
            bytes += room[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasSuffix("\r\n\r\n") else { continue }
            let words = text.split(separator: "\r\n").first?.split(separator: " ") ?? []
            return words.count > 1 ? Request(path: String(words[1]), head: text) : nil
        }
        return nil
    }

    private final class Job {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(body))
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, job.toOpaque())
        if code == 0 { pthread_detach(thread) } else { job.release() }
    }
}
