/// A character encoding of the WHATWG Encoding Standard; the raw value is its canonical name there.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case ibm866 = "IBM866"
    case iso8859part2 = "ISO-8859-2"
    case iso8859part3 = "ISO-8859-3"
    case iso8859part4 = "ISO-8859-4"
    case iso8859part5 = "ISO-8859-5"
    case iso8859part6 = "ISO-8859-6"
    case iso8859part7 = "ISO-8859-7"
    case iso8859part8 = "ISO-8859-8"
    case iso8859part8Logical = "ISO-8859-8-I"
    case iso8859part10 = "ISO-8859-10"
    case iso8859part13 = "ISO-8859-13"
    case iso8859part14 = "ISO-8859-14"
    case iso8859part15 = "ISO-8859-15"
    case iso8859part16 = "ISO-8859-16"
    case koi8R = "KOI8-R"
    case koi8U = "KOI8-U"
    case macintosh
    case windows874 = "windows-874"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1252 = "windows-1252"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1255 = "windows-1255"
    case windows1256 = "windows-1256"
    case windows1257 = "windows-1257"
    case windows1258 = "windows-1258"
    case macCyrillic = "x-mac-cyrillic"
    case gbk = "GBK"
    case gb18030
    case big5 = "Big5"
    case eucJP = "EUC-JP"
    case iso2022JP = "ISO-2022-JP"
    case shiftJIS = "Shift_JIS"
    case eucKR = "EUC-KR"
    case replacement
    case utf16BE = "UTF-16BE"
    case utf16LE = "UTF-16LE"
    case userDefined = "x-user-defined"

    package var name: String { rawValue }

    /// Whether every byte stands for one character.
    var isSingleByte: Bool {
        !isDoubleByte && !isUTF16 && self != .utf8 && self != .iso2022JP && self != .replacement
    }

    /// Whether a character beyond ASCII takes two bytes or more, of which the first is not ASCII.
    var isDoubleByte: Bool {
        switch self {
        case .gbk, .gb18030, .big5, .eucJP, .shiftJIS, .eucKR: true
        default: false
        }
    }

    var isUTF16: Bool { self == .utf16LE || self == .utf16BE }
}

extension TextEncoding {
    /// The encoding a label names ("latin1", "x-sjis", " UTF-8 "), or nil when the standard knows no such label.
    package init?(label: String) {
        self.init(label: Array(label.utf8)[...])
    }

    /// The encoding a label names, the label given in bytes.
    init?(label: ArraySlice<UInt8>) {
        guard let start = label.firstIndex(where: { !ASCII.isWhitespace($0) }),
            let last = label.lastIndex(where: { !ASCII.isWhitespace($0) }),
            last - start < EncodingLabels.longest,
            let encoding = EncodingLabels.encoding(for: label[start...last].map(ASCII.lowercased))
        else { return nil }
        self = encoding
    }
}

/// Questions about single bytes of ASCII, asked while markup and headers are still bytes.
enum ASCII {
    /// The bits that are set in eight bytes where they are not ASCII.
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// ASCII whitespace as the WHATWG Infra Standard has it: tab, line feed, form feed, carriage return, space.
    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}
