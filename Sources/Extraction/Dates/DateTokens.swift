/// What a date is made of: numbers, words that dates use, and the signs between them.
struct DateToken {
    enum Kind {
        case number(Int, digits: Int)
        case word(DateWord)
        case symbol(Unicode.Scalar)
        case unknown
    }
    let kind: Kind
    let spaceBefore: Bool

    var isUnknown: Bool { if case .unknown = kind { true } else { false } }
    var isNumber: Bool { if case .number = kind { true } else { false } }
    var number: Int? { if case .number(let value, _) = kind { value } else { nil } }
    var digits: Int { if case .number(_, let digits) = kind { digits } else { 0 } }
    var word: DateWord? { if case .word(let word) = kind { word } else { nil } }
    func isSymbol(_ sign: Unicode.Scalar) -> Bool { if case .symbol(sign) = kind { true } else { false } }
}

enum DateTokens {
    /// Nil when a word or sign is met that dates do not use, unless unknown ones are to be kept, and when there are
    /// more than any date has.
    static func scan(_ text: some StringProtocol, keepUnknown: Bool) -> [DateToken]? {
        if !keepUnknown, beginsUnknown(text) { return nil }
        let scalars = folded(text)
        var tokens: [DateToken] = []
        var at = 0
        var spaced = false
        while at < scalars.count {
            let scalar = scalars[at]
            if scalar.isWhiteSpace {
                spaced = true
                at += 1
                continue
            }
            let kind: DateToken.Kind
            if digit(scalar) != nil {
                kind = number(scalars, &at)
            } else if scalar.isAlphabetic {
                kind = word(scalars, &at)
            } else {
                kind = isSign(scalar) ? .symbol(plain(scalar)) : .unknown
                at += 1
            }
            let token = DateToken(kind: kind, spaceBefore: spaced)
            if token.isUnknown && !keepUnknown { return nil }
            tokens.append(token)
            spaced = false
        }
        return tokens
    }

    /// As `TextFolding.fold` gives it.
    private static func folded(_ text: some StringProtocol) -> [Unicode.Scalar] {
        let isASCII = text.withBytes(\.isASCII)
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if isASCII {
                scalars.append(
                    (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
            } else if let base = TextFolding.fold(scalar) {
                scalars.append(base)
            }
        }
        return scalars
    }

    /// Whether a text has as many digits, or signs that may be digits of other scripts: no date is without a year, and so none
    /// of the lines without digits has to be taken apart.
    static func mayHaveDigits(_ least: Int, in text: some StringProtocol) -> Bool {
        text.withBytes { bytes in
            var digits = 0
            for byte in bytes {
                if byte.isASCIIDigit {
                    digits += 1
                    if digits == least { return true }
                } else if byte == 0xD9 || byte == 0xDB || byte == 0xE0 || byte == 0xEF {
                    return true
                }
            }
            return false
        }
    }

    /// Most lines that are no dates begin with a word that dates do not use.
    private static func beginsUnknown(_ text: some StringProtocol) -> Bool {
        var scalars: [Unicode.Scalar] = []
        var count = 0
        for scalar in text.unicodeScalars.prefix(32) {
            guard scalar.isAlphabetic else { break }
            if count == 0, isUnspaced(scalar) { return false }
            count += 1
            if let base = TextFolding.fold(scalar) { scalars.append(base) }
        }
        // The second half of a name of two words, and of an abbreviation, is not seen here.
        guard count > 0, count < 32, scalars.count > 1, levantine(scalars[...]) == nil else { return false }
        scalars.append(" ")
        var at = 0
        if case .unknown = word(scalars, &at) { return true }
        return false
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "/", ".", ",", ":", ";", "|", "(", ")", "[", "]", "+", "~", "•", "·", "،", "؛", "–", "—", "*", "_",
            ">",
            "#", "\u{200E}":
            true
        default: false
        }
    }

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar { scalar == "،" ? "," : scalar }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value - 0x30)
        case 0x660...0x669: Int(scalar.value - 0x660)
        case 0x6F0...0x6F9: Int(scalar.value - 0x6F0)
        case 0x966...0x96F: Int(scalar.value - 0x966)
        case 0x9E6...0x9EF: Int(scalar.value - 0x9E6)
        case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
        default: nil
        }
    }

    private static func number(_ scalars: [Unicode.Scalar], _ at: inout Int) -> DateToken.Kind {
        var value = 0
        var digits = 0
        while at < scalars.count, let digit = digit(scalars[at]) {
            if digits < 15 { value = value * 10 + digit }
            digits += 1
            at += 1
        }
        return digits < 15 ? .number(value, digits: digits) : .unknown
    }

    private static func word(_ scalars: [Unicode.Scalar], _ at: inout Int) -> DateToken.Kind {
        let start = at
        // Chinese, Japanese and Korean run their words together: the longest one known is taken.
        if isUnspaced(scalars[at]) {
            for length in stride(from: min(4, scalars.count - at), to: 0, by: -1) {
                guard let word = lookUp(scalars[start..<start + length]) else { continue }
                at += length
                return .word(word)
            }
            at += 1
            return .unknown
        }
        while at < scalars.count, isWordPart(scalars[at]) { at += 1 }
        if let dotted = meridiem(scalars, from: start, to: &at) { return .word(dotted) }
        if let pair = twoWordMonth(scalars, from: start, to: &at) { return .word(pair) }
        if let word = lookUp(scalars[start..<at]) { return .word(word) }
        // Hebrew writes "in" together with the month, Arabic "and", "the" and "in" likewise.
        if at - start > 3, isPrefix(scalars[start]), let word = lookUp(scalars[(start + 1)..<at]) { return .word(word) }
        return .unknown
    }

    private static func isPrefix(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "ב", "ה", "ו", "و", "ب": true
        default: false
        }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if isUnspaced(scalar) { return false }
        return scalar.isAlphabetic || scalar == "'" || scalar.isNonspacingMark
    }

    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
            || (0xAC00...0xD7A3).contains(scalar.value)
    }

    private static func lookUp(_ scalars: ArraySlice<Unicode.Scalar>) -> DateWord? {
        scalars.count <= 24 ? DateWord.named(scalars) : nil
    }

    /// "p.m.", "a. m.", "π.μ.": two letters with points between.
    private static func meridiem(_ scalars: [Unicode.Scalar], from start: Int, to at: inout Int) -> DateWord? {
        guard at == start + 1, at < scalars.count, scalars[at] == "." else { return nil }
        var next = at + 1
        while next < scalars.count, scalars[next].isWhiteSpace { next += 1 }
        guard next < scalars.count, next + 1 == scalars.count || !scalars[next + 1].isAlphabetic else {
            return nil
        }
        let word: DateWord
        switch (scalars[start], scalars[next]) {
        case ("a", "m"), ("π", "μ"): word = .morning
        case ("p", "m"), ("μ", "μ"): word = .afternoon
        default: return nil
        }
        at = next + 1
        return word
    }

    /// The Levantine months whose name is two words: one is called the first, the other the second.
    private static func twoWordMonth(_ scalars: [Unicode.Scalar], from start: Int, to at: inout Int) -> DateWord? {
        guard let months = levantine(scalars[start..<at]) else { return nil }
        var next = at
        while next < scalars.count, scalars[next].isWhiteSpace { next += 1 }
        var end = next
        while end < scalars.count, scalars[end].isAlphabetic { end += 1 }
        let second = String(String.UnicodeScalarView(scalars[next..<end]))
        let isFirst = second == "الاول" || second == "اول"
        guard isFirst || second == "الثاني" || second == "ثاني" else { return nil }
        at = end
        return .month(isFirst ? months.first : months.second)
    }

    /// The months that begin with the word.
    private static func levantine(_ word: ArraySlice<Unicode.Scalar>) -> (first: Int, second: Int)? {
        if word.elementsEqual("تشرين".unicodeScalars) { return (10, 11) }
        return word.elementsEqual("كانون".unicodeScalars) ? (12, 1) : nil
    }
}
