/// Lower-case hexadecimal, the only form in which stet writes or accepts hashes, salts and origin ids.
package enum Hex {
    private static let digits: StaticString = "0123456789abcdef"

    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let count = bytes.count
        return String(unsafeUninitializedCapacity: count * 2) { out in
            digits.withUTF8Buffer { digits in
                var at = 0
                for byte in bytes {
                    out[at] = digits[Int(byte >> 4)]
                    out[at + 1] = digits[Int(byte & 15)]
                    at += 2
                }
            }
            return count * 2
        }
    }

    /// Nil unless every character is one of `0-9a-f` and their number is even. Upper case is refused on purpose: one value
    /// has one spelling, so that names can be compared as text.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for unit in text.utf8 {
            guard let value = value(of: unit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    private static func value(of unit: UInt8) -> UInt8? {
        switch unit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): unit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): unit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
