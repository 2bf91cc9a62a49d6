internal import Glibc

/// Packets to and from a program that speaks SFTP. Whole ones only, within bounds of size and time.
struct SFTPChannel: Sendable {
    /// OpenSSH's own bound. Ours ask for 32 KiB at a time.
    private static let largestPacket = 256 << 10

    private let process: LinkedProcess
    private var outbox: [UInt8] = []
    private var sent = 0
    /// What has arrived and was not taken yet is from `start` to `end`. There is room for a packet behind another's part.
    private var inbox = [UInt8](repeating: 0, count: 2 * (largestPacket + 4))
    private var start = 0
    private var end = 0
    /// The last of what the program wrote to its standard error.
    private var complaints: [UInt8] = []
    private var canComplain = true

    init(_ process: LinkedProcess) { self.process = process }

    /// Queues a packet; it leaves with the next `receive`.
    ///
    /// - Parameter parts: what follows the length, one after the other.
    mutating func send(_ parts: [UInt8]...) {
        let length = parts.reduce(0) { $0 + $1.count }
        if sent > 1 << 20 {
            outbox.removeFirst(sent)
            sent = 0
        }
        outbox += SSHWire.uint32(UInt32(length))
        for part in parts { outbox += part }
    }

    /// The next packet, without its length; nil when the other side closed.
    ///
    /// - Parameter patience: how long nothing may happen.
    mutating func receive(patience: Duration) throws(SFTPFailure) -> [UInt8]? {
        var limit = ContinuousClock.now + patience
        while true {
            if let packet = try takePacket() { return packet }
            let left = limit - ContinuousClock.now
            guard left > .zero else {
                let words = SSHWords(complaints).text
                throw .ended(
                    .unreachable(
                        "no answer for \(patience.components.seconds) s" + (words.isEmpty ? "" : " (\(words))")))
            }
            switch wait(left) {
            case .closed: return nil
            case .nothing: break
            case .sent: limit = ContinuousClock.now + patience
            }
        }
    }

    /// The first bytes that arrived and are not the beginning of any packet.
    var strayText: String? {
        let bytes = inbox[start..<min(end, start + 80)]
        guard bytes.count >= 4,
            bytes.prefix(4).allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 10 || $0 == 13 || $0 == 27 })
        else { return nil }
        return SSHWords(Array(bytes), limit: 80).text
    }

    /// Why it closed: what ssh said, and its exit status.
    mutating func lastWords() -> (SSHWords, Int32?) {
        let exit = process.exit(within: .seconds(1))
        while canComplain, takeComplaints() {}
        return (SSHWords(complaints), exit)
    }

    private mutating func takePacket() throws(SFTPFailure) -> [UInt8]? {
        guard end - start >= 4 else { return nil }
        let length = inbox[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard (1...Self.largestPacket).contains(length) else {
            throw .broken("a packet of \(length) bytes")
        }
        guard end - start >= 4 + length else { return nil }
        let packet = Array(inbox[start + 4..<start + 4 + length])
        start += 4 + length
        if start == end { (start, end) = (0, 0) }
        return packet
    }

    private enum Event { case nothing, sent, closed }

    private mutating func wait(_ time: Duration) -> Event {
        let wanted = sent < outbox.count ? POLLIN | POLLOUT : POLLIN
        var polled = [
            pollfd(fd: process.socket, events: Int16(wanted), revents: 0),
            pollfd(fd: canComplain ? process.complaints : -1, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = min(time / .milliseconds(1), 60_000).rounded(.up)
        guard poll(&polled, 2, Int32(milliseconds)) > 0 else { return .nothing }
        if polled[1].revents != 0 { _ = takeComplaints() }
        var event = Event.nothing
        if Int32(polled[0].revents) & POLLOUT != 0, flush() { event = .sent }
        if Int32(polled[0].revents) & ~POLLOUT != 0, !fill() { event = .closed }
        return event
    }

    /// Whether anything left.
    private mutating func flush() -> Bool {
        let done = outbox.withUnsafeBytes { bytes in
            Glibc.send(
                process.socket, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
        }
        // A closed socket shows itself when it is read.
        guard done > 0 else { return false }
        sent += done
        if sent == outbox.count {
            outbox.removeAll(keepingCapacity: true)
            sent = 0
        }
        return true
    }

    /// False when the other side closed.
    private mutating func fill() -> Bool {
        if inbox.count - end < Self.largestPacket + 4 {
            inbox.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                memmove(base, base + start, end - start)
            }
            (start, end) = (0, end - start)
        }
        let got = inbox.withUnsafeMutableBytes { bytes in
            recv(process.socket, bytes.baseAddress.map { $0 + end }, bytes.count - end, 0)
        }
        if got < 0 { return errno == EINTR || errno == EAGAIN }
        end += got
        return got > 0
    }

    /// False when there is nothing to be had at the moment, or ever.
    private mutating func takeComplaints() -> Bool {
        var part = [UInt8](repeating: 0, count: 4096)
        let got = read(process.complaints, &part, part.count)
        if got < 0 { return errno == EINTR }
        guard got > 0 else {
            canComplain = false
            return false
        }
        complaints += part[..<got]
        if complaints.count > 8192 { complaints.removeFirst(complaints.count - 8192) }
        return true
    }
}
