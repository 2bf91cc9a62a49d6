/// The form of a token that typography does not change: lower case, plain quotation marks and dashes, no soft hyphens, no
/// vowel points, no letters that a language leaves open, digits of any script as ASCII, thousands unmarked. What folds to the same differs by typography alone.
enum Folding {
    static func fold(_ bytes: borrowing Span<UInt8>, kind: Token.Kind) -> String {
        switch kind {
        case .quote: return "\""
        case .dash: return "-"
        case .ellipsis: return "…"
        case .number: return number(letters(bytes))
        case .word: return plainASCII(bytes) ?? letters(bytes).lowercased()
        case .stop, .punctuation, .symbol: return letters(bytes)
        }
    }

    /// A word of the program's own tables.
    static func fold(word: some StringProtocol) -> String { fold(Array(word.utf8).span, kind: .word) }

    private static func plainASCII(_ bytes: borrowing Span<UInt8>) -> String? {
        for at in bytes.indices where bytes[at] >= 0x80 { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
            for at in bytes.indices {
                let byte = bytes[at]
                buffer[at] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            }
            return bytes.count
        }
    }

    private static func letters(_ bytes: borrowing Span<UInt8>) -> String {
        var out = String.UnicodeScalarView()
        var at = 0
        while at < bytes.count {
            let (value, length) = Scalars.decode(bytes, at)
            at += length
            append(value, to: &out)
        }
        return String(out)
    }

    private static func append(_ value: UInt32, to out: inout String.UnicodeScalarView) {
        switch value {
        case 0x0591...0x05BD, 0x05BF...0x05C7, 0x064B...0x0652, 0x0670, 0x0640, 0xFE00...0xFE0F: return
        case 0xFF01...0xFF5E: return append(value - 0xFEE0, to: &out)
        case 0x05F4: out.append("\"")
        // Spellings that a language leaves open: Swiss ß, Russian ё, Arabic hamza, Persian and Egyptian ya and kaf, and
        // the Turkish i, which software often gets wrong.
        case 0x00DF, 0x1E9E: out.append(contentsOf: "ss".unicodeScalars)
        case 0x0401, 0x0451: out.append("е")
        case 0x0622, 0x0623, 0x0625, 0x0671: out.append("ا")
        case 0x0649, 0x06CC: out.append("ي")
        case 0x06A9: out.append("ك")
        case 0x0130, 0x0131: out.append("i")
        case 0x3002, 0xFF61: out.append(".")
        case 0x066C: out.append(",")
        case 0x066B: out.append(".")
        case 0xFB00...0xFB06: out.append(contentsOf: ligatures[Int(value) - 0xFB00].unicodeScalars)
        default:
            guard let scalar = Unicode.Scalar(value) else { return }
            switch Scalars.classify(value) {
            case .invisible: return
            case .apostrophe: out.append("'")
            case .digit:
                let digit = value < 0x80 ? Int(value) - 0x30 : Int(scalar.properties.numericValue ?? 0)
                out.append(Unicode.Scalar(UInt8(0x30 + max(0, min(9, digit)))))
            case .space: out.append(" ")
            default: out.append(scalar)
            }
        }
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

    /// `250,000`, `250 000` and `250’000` are one number. Points are left: what they mean depends on the language.
    private static func number(_ text: String) -> String {
        let digits = Array(text.utf8)
        var out: [UInt8] = []
        for (at, byte) in digits.enumerated() {
            let marksThousands = byte == UInt8(ascii: ",") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: " ")
            if marksThousands, isGroup(digits, from: at + 1) { continue }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Exactly three digits, then no other.
    static func isGroup(_ digits: [UInt8], from start: Int) -> Bool {
        guard start + 3 <= digits.count else { return false }
        let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
        return digits[start..<start + 3].allSatisfy(isDigit)
            && (start + 3 == digits.count || !isDigit(digits[start + 3]))
    }
}
