/// Base64 (RFC 4648, section 4) with padding, one spelling for each value.
enum Base64 {
    private static let alphabet: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var at = 0
        while at < bytes.count {
            let rest = bytes.count - at
            let group =
                UInt32(bytes[at]) << 16 | (rest > 1 ? UInt32(bytes[at + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[at + 2]) : 0)
            out.append(alphabet[Int(group >> 18)])
            out.append(alphabet[Int(group >> 12 & 63)])
            out.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            out.append(rest > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            at += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil unless `text` is exactly what `encode` would write.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for unit in text.utf8 {
            if unit == UInt8(ascii: "=") {
                padding += 1
            } else {
                guard padding == 0, let value = alphabet.firstIndex(of: unit) else { return nil }
                group |= UInt32(value)
            }
            digits += 1
            if digits % 4 == 0 {
                bytes += [
                    UInt8(truncatingIfNeeded: group >> 16), UInt8(truncatingIfNeeded: group >> 8),
                    UInt8(truncatingIfNeeded: group),
                ]
                group = 0
            } else {
                group <<= 6
            }
        }
        guard digits % 4 == 0, padding <= 2 else { return nil }
        bytes.removeLast(padding)
        return encode(bytes) == String(text) ? bytes : nil
    }
}
