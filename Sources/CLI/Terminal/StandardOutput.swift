import Glibc
import Synchronization

/// The standard output, buffered: a system call a line would be slower than the work behind it.
enum StandardOutput {
    private struct Buffer {
        var bytes: [UInt8] = []
        var hasFailed = false

        mutating func drain() {
            var at = 0
            while at < bytes.count, !hasFailed {
                let done = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress.map { $0 + at }, $0.count - at) }
                if done < 0, errno != EINTR { hasFailed = true }
                at += max(0, done)
            }
            bytes.removeAll(keepingCapacity: true)
        }
    }

    private static let buffer = Mutex(Buffer())
    private static let isTerminal = isatty(1) == 1

    static func write(_ text: String) { write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8]) {
        buffer.withLock { buffer in
            buffer.bytes += bytes
            if isTerminal || buffer.bytes.count > 1 << 16 { buffer.drain() }
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
