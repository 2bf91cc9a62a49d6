/// Which way a text runs, told by its letters: the first one alone would mistake an Arabic sentence that opens with a
/// Latin name.
package enum TextDirection: String, Sendable, Hashable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"

    /// The direction of most letters; nil when there are none.
    package static func ofMost(_ texts: some Sequence<String>) -> TextDirection? {
        var balance = 0
        var hasLetters = false
        for text in texts {
            for scalar in text.unicodeScalars {
                guard let direction = TextDirection(of: scalar) else { continue }
                hasLetters = true
                balance += direction == .rightToLeft ? 1 : -1
            }
        }
        return hasLetters ? (balance > 0 ? .rightToLeft : .leftToRight) : nil
    }

    package static func ofMost(_ text: String) -> TextDirection? { ofMost(CollectionOfOne(text)) }

    /// What the first letter says, as terminals and browsers guess (UAX #9, P2 and P3).
    package static func ofFirstLetter(_ text: String) -> TextDirection? {
        for scalar in text.unicodeScalars {
            if let direction = TextDirection(of: scalar) { return direction }
        }
        return nil
    }

    package static func hasRightToLeft(_ text: String) -> Bool {
        text.unicodeScalars.contains { isRightToLeft($0.value) && TextDirection(of: $0) != nil }
    }

    /// Nil for what has no direction of its own: digits, punctuation, spaces, marks.
    private init?(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A: self = .leftToRight
        case ..<0xAA: return nil
        case 0x200F, 0x061C: self = .rightToLeft
        case 0x200E: self = .leftToRight
        default:
            guard scalar.properties.isAlphabetic, !scalar.properties.isDefaultIgnorableCodePoint else { return nil }
            self = Self.isRightToLeft(scalar.value) ? .rightToLeft : .leftToRight
        }
    }

    /// Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, and the blocks that Unicode keeps for such scripts.
    private static func isRightToLeft(_ value: UInt32) -> Bool {
        switch value {
        case 0x0590...0x08FF, 0x200F, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}
