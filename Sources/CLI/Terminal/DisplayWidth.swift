/// How many columns text takes on a terminal.
///
/// What terminals agree on: combining marks and format characters take none, East Asian wide characters (UAX #11, W and F)
/// and emoji two, an emoji sequence as much as its first emoji.
enum DisplayWidth {
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    static func of(_ cluster: Character) -> Int {
        if let ascii = cluster.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
        var width = 0
        var isEmoji = false
        for scalar in cluster.unicodeScalars {
            // U+FE0F asks for the picture, which is wide even where the sign alone is narrow.
            if scalar.value == 0xFE0F || scalar.properties.isEmojiPresentation { isEmoji = true }
            width += of(scalar)
        }
        return isEmoji ? 2 : width
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if isWide(scalar.value) { return 2 }
        switch scalar.value {
        // A soft hyphen is shown by terminals, other format characters are not. Korean vowels and finals join the initial.
        case 0xAD: return 1
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: return 1
        }
    }

    static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F: true
        case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6: true
        case 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
