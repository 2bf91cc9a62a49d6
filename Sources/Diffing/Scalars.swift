/// What a Unicode scalar does for words and sentences.
enum ScalarClass: UInt8 {
    case space
    /// Not seen by readers: soft hyphens, joiners, direction marks.
    case invisible
    /// Combining marks and what else belongs to the scalar before.
    case mark
    case letter
    /// A scalar of a script written without spaces; a word of its own.
    case ideograph
    case katakana
    case digit
    /// A number by itself, such as ½.
    case fraction
    /// `'` and its likes: inside a word part of it, elsewhere a quotation mark.
    case apostrophe
    case quote
    case dash
    /// Ends a sentence.
    case stop
    case punctuation, symbol
}

enum Scalars {
    /// The scalar that starts at `at`, and its length in bytes. `bytes` is UTF-8 that came from a `String`, so well formed.
    @inline(__always)
    static func decode(_ bytes: borrowing Span<UInt8>, _ at: Int) -> (scalar: UInt32, length: Int) {
        let first = bytes[at]
        if first < 0x80 { return (UInt32(first), 1) }
        if first < 0xE0 { return (UInt32(first & 0x1F) << 6 | tail(bytes, at + 1), 2) }
        if first < 0xF0 { return (UInt32(first & 0x0F) << 12 | tail(bytes, at + 1) << 6 | tail(bytes, at + 2), 3) }
        let high = UInt32(first & 0x07) << 18 | tail(bytes, at + 1) << 12
        return (high | tail(bytes, at + 2) << 6 | tail(bytes, at + 3), 4)
    }

    @inline(__always)
    private static func tail(_ bytes: borrowing Span<UInt8>, _ at: Int) -> UInt32 {
        at < bytes.count ? UInt32(bytes[at] & 0x3F) : 0
    }

    @inline(__always)
    static func classify(_ scalar: UInt32) -> ScalarClass {
        scalar < 0x80 ? ascii[Int(scalar)] : classifyBeyondASCII(scalar)
    }

    private static let ascii: [ScalarClass] = (0..<0x80).map { value in
        switch UInt8(value) {
        case 0...0x20, 0x7F: .space
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
        case UInt8(ascii: "'"): .apostrophe
        case UInt8(ascii: "\""), UInt8(ascii: "`"): .quote
        case UInt8(ascii: "-"): .dash
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): .stop
        case UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "<"), UInt8(ascii: "="),
            UInt8(ascii: ">"),
            UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            .symbol
        default: .punctuation
        }
    }

    private static func classifyBeyondASCII(_ scalar: UInt32) -> ScalarClass {
        switch scalar {
        case 0x00C0...0x00D6, 0x00D8...0x00F6, 0x00F8...0x02AF, 0x0400...0x0481, 0x048A...0x052F, 0x0620...0x064A:
            .letter
        case 0x05D0...0x05EA, 0xAC00...0xD7A3: .letter
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3005, 0x3007, 0x3041...0x3096:
            .ideograph
        case 0x309D...0x309F, 0x3105...0x312F: .ideograph
        case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: .katakana
        case 0x0085, 0x00A0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .space
        case 0x00AD, 0x061C, 0x180E, 0x200C...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: .invisible
        case 0x2018, 0x2019, 0x201B, 0x02BC, 0x05F3, 0xFF07: .apostrophe
        case 0x00AB, 0x00BB, 0x00B4, 0x05F4, 0x201A, 0x201C...0x201F, 0x2039, 0x203A, 0x300C...0x300F, 0x301D...0x301F:
            .quote
        case 0xFF02, 0xFF62, 0xFF63: .quote
        case 0x058A, 0x05BE, 0x2010...0x2015, 0x2212, 0x2E3A, 0x2E3B, 0xFE58, 0xFE63, 0xFF0D: .dash
        case 0x0589, 0x061F, 0x06D4, 0x0964, 0x0965, 0x1362, 0x1367, 0x2026, 0x203C, 0x2047...0x2049, 0x3002: .stop
        case 0xFF01, 0xFF0E, 0xFF1F, 0xFF61: .stop
        case 0x0640: .mark
        default: classifyByCategory(scalar)
        }
    }

    private static func classifyByCategory(_ scalar: UInt32) -> ScalarClass {
        guard let value = Unicode.Scalar(scalar) else { return .symbol }
        switch value.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return isWrittenWithoutSpaces(scalar) ? .ideograph : .letter
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        case .decimalNumber: return .digit
        case .letterNumber, .otherNumber: return .fraction
        case .dashPunctuation: return .dash
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .space
        case .format: return .invisible
        case .currencySymbol, .mathSymbol, .otherSymbol, .modifierSymbol: return .symbol
        default: return .punctuation
        }
    }

    /// Thai, Lao, Myanmar, Khmer, Yi and their like: letter by letter is the finest that can be told without a dictionary.
    private static func isWrittenWithoutSpaces(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF, 0xA000...0xA4CF: true
        case 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true
        default: false
        }
    }

    static func isUppercase(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A }
        guard let value = Unicode.Scalar(scalar) else { return false }
        let category = value.properties.generalCategory
        return category == .uppercaseLetter || category == .titlecaseLetter
    }

    static func isLowercase(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return scalar >= 0x61 && scalar <= 0x7A }
        guard let value = Unicode.Scalar(scalar) else { return false }
        return value.properties.generalCategory == .lowercaseLetter
    }

    static func isHebrew(_ scalar: UInt32) -> Bool { (0x05D0...0x05EA).contains(scalar) }
}
