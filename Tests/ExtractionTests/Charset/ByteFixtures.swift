import Extraction

/// Bytes written as hexadecimal digits; spaces are left out.
func bytes(hex: String) -> [UInt8] {
    var result: [UInt8] = []
    var high: UInt8?
    for digit in hex.compactMap(\.hexDigitValue) {
        if let first = high {
            result.append(first << 4 | UInt8(digit))
            high = nil
        } else {
            high = UInt8(digit)
        }
    }
    return result
}

func string(_ utf8: [UInt8]) -> String {
    String(decoding: utf8, as: UTF8.self)
}

/// FNV-1a, 64 bits: enough to notice that a table changed.
func fingerprint(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
}

/// Writes text in an encoding, by looking through all that its decoder reads.
struct TextEncoder {
    private var bytesByCharacter: [Unicode.Scalar: [UInt8]] = [:]

    init(_ encoding: TextEncoding) {
        for lead in UInt8(0x80)...0xFF {
            add([lead], encoding)
            guard !encoding.name.hasPrefix("windows"), !encoding.name.hasPrefix("ISO"), !encoding.name.hasPrefix("KOI")
            else { continue }
            for trail in UInt8(0x40)...0xFE { add([lead, trail], encoding) }
        }
    }

    private mutating func add(_ bytes: [UInt8], _ encoding: TextEncoding) {
        let (utf8, malformed) = encoding.decode(bytes)
        let scalars = string(utf8).unicodeScalars
        guard malformed == 0, scalars.count == 1, let scalar = scalars.first, bytesByCharacter[scalar] == nil else {
            return
        }
        bytesByCharacter[scalar] = bytes
    }

    /// The text in this encoding, or nil when it has a character that the encoding has not.
    func encode(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.append(UInt8(scalar.value))
            } else if let bytes = bytesByCharacter[scalar] {
                result += bytes
            } else {
                return nil
            }
        }
        return result
    }
}
