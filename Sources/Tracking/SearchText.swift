internal import Extraction

/// Text as the index has it: folded, and scripts that put no spaces between words cut into single characters, so that every
/// word in them is a phrase of characters.
package enum SearchText {
    static func indexed(_ text: String) -> String {
        let folded = TextFolding.fold(text)
        guard folded.utf8.contains(where: { $0 >= 0xE0 }) else { return folded }
        var out = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars {
            if isUnspaced(scalar) {
                out.append(" ")
                out.append(scalar)
                out.append(" ")
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }

    /// The words of a text in the index's form, as its tokenizer finds them.
    package static func words(_ text: String) -> [String] {
        asciiWords(text)
            ?? indexed(text).unicodeScalars.split { !isPart($0) }.map { String(String.UnicodeScalarView($0)) }
    }

    /// The same for most English text, at a tenth of the time; nil where there is anything else.
    private static func asciiWords(_ text: String) -> [String]? {
        var text = text
        return text.withUTF8 { bytes -> [String]? in
            guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            var words: [String] = []
            var start = 0
            for place in 0...bytes.count {
                let isPart = place < bytes.count && isPart(Unicode.Scalar(bytes[place]))
                if isPart { continue }
                if place > start {
                    let word = bytes[start..<place].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                    words.append(String(decoding: word, as: UTF8.self))
                }
                start = place + 1
            }
            return words
        }
    }

    /// As `unicode61` has it: letters and numbers of all kinds, and characters of private use.
    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
                || (0x61...0x7A).contains(scalar.value)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .privateUse:
            return true
        default: return false
        }
    }

    /// Thai, Lao, Myanmar, Khmer, kana, Han and Hangul. Hangul has spaces, but its words take endings.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x323AF:
            true
        default: false
        }
    }
}

/// What a user looks for: words that must all be there, phrases in quotation marks, and beginnings of words with a star.
public struct SearchQuery: Sendable {
    struct Part: Hashable, Sendable {
        let words: [String]
        /// The last word may go on.
        let isPrefix: Bool
    }

    let parts: [Part]

    /// Nil when nothing in `text` can be looked for.
    public init?(_ text: String) {
        var parts: [Part] = []
        for (place, piece) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if place % 2 == 1 {
                parts.append(Part(words: SearchText.words(String(piece)), isPrefix: false))
                continue
            }
            for word in piece.split(whereSeparator: \.isWhitespace) {
                parts.append(Part(words: SearchText.words(String(word)), isPrefix: word.hasSuffix("*")))
            }
        }
        self.parts = parts.filter { !$0.words.isEmpty }
        if self.parts.isEmpty { return nil }
    }

    /// In the query language of FTS5. The words hold no quotation marks: they are letters and numbers.
    var match: String {
        parts.map { "\"\($0.words.joined(separator: " "))\"" + ($0.isPrefix ? " *" : "") }.joined(separator: " AND ")
    }
}
