/// The chunked transfer coding (RFC 9112, section 7.1).
enum Chunks {
    enum End {
        /// The last chunk was there.
        case whole
        /// The body ends before the last chunk.
        case cut
        /// After some chunks there is something that is none; it stands at the end as it is.
        case broken
        /// It does not begin with a chunk.
        case none
    }

    private static let longestLine = 4096

    static func remove(from body: [UInt8]) -> (bytes: [UInt8], end: End) {
        var out: [UInt8] = []
        out.reserveCapacity(body.count)
        var at = 0
        while at < body.count {
            guard let (size, data) = sizeLine(body, at) else {
                if at == 0 { return (body, .none) }
                return (out + body[at...], .broken)
            }
            if size == 0 { return (out, .whole) }
            let end = data + min(size, body.count - data)
            if size > body.count - data {
                if at == 0, size > body.count {
                    return isPlausible(body, at) ? (Array(body[data...]), .cut) : (body, .none)
                }
                return (out + body[data..<end], .cut)
            }
            guard let next = afterLineEnd(body, end) else {
                if end == body.count { return (out + body[data..<end], .cut) }
                return at == 0 ? (body, .none) : (out + body[at...], .broken)
            }
            out += body[data..<end]
            at = next
        }
        return (out, at == 0 ? .none : .cut)
    }

    /// Whether the line is a size and nothing else, so that the chunk can be believed to be cut.
    private static func isPlausible(_ body: [UInt8], _ at: Int) -> Bool {
        guard let end = body[at...].prefix(16).firstIndex(of: 0x0A) else { return false }
        return end > at + 1 && body[end - 1] == 0x0D
    }

    /// The chunk's size and where its data begins.
    private static func sizeLine(_ body: [UInt8], _ start: Int) -> (size: Int, data: Int)? {
        var (size, at) = (0, start)
        while at < body.count, let digit = digit(body[at]) {
            guard at - start < 15 else { return nil }
            size = size << 4 | digit
            at += 1
        }
        guard at > start else { return nil }
        let limit = min(body.count, at + longestLine)
        while at < limit, body[at] == 0x20 || body[at] == 0x09 { at += 1 }
        if at < limit, body[at] == UInt8(ascii: ";") {
            while at < limit, body[at] != 0x0A, body[at] != 0x0D { at += 1 }
        }
        if at == body.count { return size == 0 ? (0, at) : nil }
        return afterLineEnd(body, at).map { (size, $0) }
    }

    private static func afterLineEnd(_ body: [UInt8], _ at: Int) -> Int? {
        guard at < body.count else { return nil }
        if body[at] == 0x0A { return at + 1 }
        return body[at] == 0x0D && at + 1 < body.count && body[at + 1] == 0x0A ? at + 2 : nil
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
