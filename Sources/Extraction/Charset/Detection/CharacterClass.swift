/// What a character is to its neighbours, as far as telling encodings apart goes.
enum CharacterClass: UInt8, CaseIterable {
    case other
    case asciiSmall, asciiCapital
    case small, capital, uncased, mark
    case symbol, punctuation

    init(of scalar: UInt32) {
        if scalar < 0x80 {
            let isLetter = ASCII.isLetter(UInt8(truncatingIfNeeded: scalar))
            self = !isLetter ? .other : scalar < 0x60 ? .asciiCapital : .asciiSmall
            return
        }
        switch Unicode.Scalar(scalar)?.properties.generalCategory {
        case .lowercaseLetter: self = .small
        case .uppercaseLetter: self = .capital
        // The ordinal indicators are no letters of any word.
        case .otherLetter, .modifierLetter: self = scalar < 0x100 ? .symbol : .uncased
        case .nonspacingMark, .spacingMark: self = .mark
        case .initialPunctuation, .finalPunctuation, .openPunctuation, .dashPunctuation, .spaceSeparator, .format:
            self = .punctuation
        case .otherPunctuation: self = scalar < 0xC0 ? .symbol : .punctuation
        default: self = .symbol
        }
    }

    private var isASCIILetter: Bool { self == .asciiSmall || self == .asciiCapital }
    private var isOtherLetter: Bool { self == .small || self == .capital || self == .uncased }
    private var isLetter: Bool { isASCIILetter || isOtherLetter || self == .mark }
    private var isSmall: Bool { self == .small || self == .asciiSmall }
    private var isCapital: Bool { self == .capital || self == .asciiCapital }
}

extension CharacterClass {
    /// What it costs that one class comes right after another, beside the characters themselves, in a language that is
    /// written in Latin letters; at the raw value of the first times the number of classes plus that of the second.
    static let latinTransitions = matrix { transition(from: $0, to: $1, isLatin: true) }
    static let otherTransitions = matrix { transition(from: $0, to: $1, isLatin: false) }

    /// What a letter costs that is of another script than the letter before it, in the same word or not.
    static let scriptChanges = matrix { first, second in
        first.isASCIILetter && second.isOtherLetter || first.isOtherLetter && second.isASCIILetter ? 24 : 0
    }
    static let noScriptChanges = matrix { _, _ in 0 }

    private static func matrix(_ cost: (CharacterClass, CharacterClass) -> Int8) -> [Int8] {
        allCases.flatMap { first in allCases.map { cost(first, $0) } }
    }

    /// Words mix neither scripts nor symbols with letters and have no capitals after small letters; letters with accents
    /// seldom stand side by side; in a word of capitals one more is no surprise.
    private static func transition(from first: Self, to second: Self, isLatin: Bool) -> Int8 {
        if first.isASCIILetter, second.isASCIILetter { return 0 }
        if first.isLetter, second == .symbol { return 16 }
        if first == .symbol, second.isLetter { return 16 }
        if second == .mark {
            return first.isOtherLetter || first == .mark || isLatin && first.isLetter ? 0 : 40
        }
        if !isLatin, first.isLetter, second.isLetter, first.isASCIILetter != second.isASCIILetter { return 24 }
        if first.isSmall, second.isCapital { return 24 }
        if isLatin, first.isOtherLetter, second.isOtherLetter { return 12 }
        if first.isCapital, second == .capital { return -12 }
        return 0
    }
}
