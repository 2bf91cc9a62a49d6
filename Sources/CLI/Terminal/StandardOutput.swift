import Glibc
import Synchronization

/// The standard output, buffered: a system call a line would be slower than the work behind it.
enum StandardOutput {
    private struct Buffer {
        var bytes: [UInt8] = []
        var hasFailed = false

        mutating func drain() {
            send(bytes)
            bytes.removeAll(keepingCapacity: true)
        }

        mutating func send(_ bytes: [UInt8]) {
            var at = 0
            while at < bytes.count, !hasFailed {
                let done = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress.map { $0 + at }, $0.count - at) }
                if done < 0, errno != EINTR { hasFailed = true }
                at += max(0, done)
            }
        }
    }

    /// Bytes that are kept until they are worth a system call.
    private static let largest = 1 << 16
    private static let buffer = Mutex(Buffer())
    private static let isTerminal = isatty(1) == 1

    static func write(_ text: String) { write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8]) {
        buffer.withLock { buffer in
            // What is large anyway, a page, is not copied first.
            guard bytes.count < largest else {
                buffer.drain()
                return buffer.send(bytes)
            }
            buffer.bytes += bytes
            if isTerminal || buffer.bytes.count > largest { buffer.drain() }
        }
    }

    /// False when something could not be written.
    @discardableResult
    static func flush() -> Bool {
        buffer.withLock { buffer in
            buffer.drain()
            return !buffer.hasFailed
        }
    }
}
