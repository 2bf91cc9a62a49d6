/// Text with a checksum, as age writes its keys (BIP 173, without its limit on length).
enum Bech32 {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    static func encode(_ bytes: [UInt8], prefix: String) -> String {
        let digits = regroup(bytes, from: 8, to: 5, isPadded: true) ?? []
        let sum = checksum(expanded(prefix) + digits + [UInt8](repeating: 0, count: 6)) ^ 1
        let tail = (0..<6).map { UInt8(sum >> (5 * (5 - $0)) & 31) }
        return prefix + "1" + String(decoding: (digits + tail).map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// Nil unless `text` is all in one case and its checksum fits. The prefix is given in lower case.
    static func decode(_ text: String) -> (prefix: String, bytes: [UInt8])? {
        let units = Array(text.utf8)
        let hasLower = units.contains { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
        let hasUpper = units.contains { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
        guard units.count <= 4096, units.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !(hasLower && hasUpper) else {
            return nil
        }
        let lower = hasUpper ? units.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 32 : $0 } : units
        guard let split = lower.lastIndex(of: UInt8(ascii: "1")), split > 0, lower.count - split > 6 else { return nil }
        let prefix = String(decoding: lower[..<split], as: UTF8.self)
        var digits: [UInt8] = []
        for unit in lower[(split + 1)...] {
            guard let digit = alphabet.firstIndex(of: unit) else { return nil }
            digits.append(UInt8(digit))
        }
        guard checksum(expanded(prefix) + digits) == 1,
            let bytes = regroup(digits.dropLast(6), from: 5, to: 8, isPadded: false)
        else { return nil }
        return (prefix, bytes)
    }

    private static func expanded(_ prefix: String) -> [UInt8] {
        let units = prefix.lowercased().utf8
        return units.map { $0 >> 5 } + [0] + units.map { $0 & 31 }
    }

    private static func checksum(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
        var sum: UInt32 = 1
        for value in values {
            let top = sum >> 25
            sum = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for (bit, term) in generator.enumerated() where top >> UInt32(bit) & 1 == 1 { sum ^= term }
        }
        return sum
    }

    private static func regroup(
        _ values: some Sequence<UInt8>, from: UInt32, to: UInt32, isPadded: Bool
    ) -> [UInt8]? {
        var rest: UInt32 = 0
        var bits: UInt32 = 0
        var out: [UInt8] = []
        for value in values {
            rest = (rest << from | UInt32(value)) & 0xFFFF
            bits += from
            while bits >= to {
                bits -= to
                out.append(UInt8(rest >> bits & (1 << to - 1)))
            }
        }
        let left = rest & ((1 << bits) - 1)
        if isPadded {
            if bits > 0 { out.append(UInt8(left << (to - bits))) }
        } else if bits >= from || left != 0 {
            return nil
        }
        return out
    }
}
