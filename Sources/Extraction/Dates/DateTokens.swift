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
        let scalars = Array(TextFolding.fold(text).unicodeScalars)
        var tokens: [DateToken] = []
        var at = 0
        var spaced = false
        while at < scalars.count {
            let scalar = scalars[at]
            if scalar.properties.isWhitespace {
                spaced = true
                at += 1
                continue
            }
            let kind: DateToken.Kind
            if digit(scalar) != nil {
                kind = number(scalars, &at)
            } else if scalar.properties.isAlphabetic {
                kind = word(scalars, &at)
            } else {
                kind = signs.contains(scalar) ? .symbol(plain(scalar)) : .unknown
                at += 1
            }
            let token = DateToken(kind: kind, spaceBefore: spaced)
            if token.isUnknown && !keepUnknown { return nil }
            tokens.append(token)
            spaced = false
        }
        return tokens
    }

    /// Most lines that are no dates begin with a word that dates do not use.
    private static func beginsUnknown(_ text: some StringProtocol) -> Bool {
        let first = text.unicodeScalars.prefix(32).prefix { $0.properties.isAlphabetic }
        guard let scalar = first.first, first.count < 32, !isUnspaced(scalar) else { return false }
        var scalars = Array(TextFolding.fold(scalars: first).unicodeScalars)
        scalars.append(" ")
        var at = 0
        // The second half of a name of two words, and of an abbreviation, is not seen here.
        if scalars.count <= 2 || ["تشرين", "كانون"].contains(String(String.UnicodeScalarView(scalars.dropLast()))) {
            return false
        }
        if case .unknown = word(scalars, &at) { return true }
        return false
    }

    private static let signs = Set("-/.,:;|()[]+~•·،؛–—*_>#\u{200E}\u{2022}".unicodeScalars)

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
        if at - start > 3, ["ב", "ה", "ו", "و", "ب"].contains(scalars[start]),
            let word = lookUp(scalars[(start + 1)..<at])
        {
            return .word(word)
        }
        return .unknown
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if isUnspaced(scalar) { return false }
        return scalar.properties.isAlphabetic || scalar == "'" || scalar.properties.generalCategory == .nonspacingMark
    }

    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
            || (0xAC00...0xD7A3).contains(scalar.value)
    }

    private static func lookUp(_ scalars: ArraySlice<Unicode.Scalar>) -> DateWord? {
        guard scalars.count <= 24 else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return DateWord.named(String(text))
    }

    /// "p.m.", "a. m.", "π.μ.": two letters with points between.
    private static func meridiem(_ scalars: [Unicode.Scalar], from start: Int, to at: inout Int) -> DateWord? {
        guard at == start + 1, at < scalars.count, scalars[at] == "." else { return nil }
        var next = at + 1
        while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
        guard next < scalars.count, next + 1 == scalars.count || !scalars[next + 1].properties.isAlphabetic else {
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
        let first = String(String.UnicodeScalarView(scalars[start..<at]))
        guard first == "تشرين" || first == "كانون" else { return nil }
        var next = at
        while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
        var end = next
        while end < scalars.count, scalars[end].properties.isAlphabetic { end += 1 }
        let second = String(String.UnicodeScalarView(scalars[next..<end]))
        let isFirst = second == "الاول" || second == "اول"
        guard isFirst || second == "الثاني" || second == "ثاني" else { return nil }
        at = end
        return .month(first == "تشرين" ? (isFirst ? 10 : 11) : (isFirst ? 12 : 1))
    }
}
