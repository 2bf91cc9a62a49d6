/// Reading bytes in a single-byte encoding as text of a language, and what the text would cost to write down so.
struct SingleByteReading: Sendable {
    let encoding: TextEncoding
    /// What choosing this reading costs, in quarters of a bit.
    private let choice: Int
    private let isLatin: Bool
    /// By byte: the class of the character, a raw value of `CharacterClass`.
    private let classes: [UInt8]
    /// By byte: what the character costs, in quarters of a bit.
    private let costs: [Int16]

    /// The readings in every language and encoding known.
    static let all: [SingleByteReading] = {
        var alphabets: [TextEncoding: Alphabet] = [:]
        return LanguageModel.all.flatMap { language in
            let known = language.costs
            return language.candidates.map { candidate in
                let alphabet = alphabets[candidate.encoding] ?? Alphabet(candidate.encoding)
                alphabets[candidate.encoding] = alphabet
                return SingleByteReading(candidate, language.script, known, alphabet)
            }
        }
    }()

    private init(
        _ candidate: LanguageModel.Candidate, _ script: LanguageModel.Script, _ known: [UInt32: Int],
        _ alphabet: Alphabet
    ) {
        encoding = candidate.encoding
        choice = candidate.bits * 4
        isLatin = script == .latin
        classes = (0...0xFF).map { alphabet.classes[$0].rawValue }
        costs = (0...0xFF).map { byte in
            let cost =
                byte < 0x80
                ? CharacterCost.ascii(UInt8(byte), known, script)
                : CharacterCost.other(alphabet, at: byte, known, script)
            return Int16(clamping: cost)
        }
    }

    /// What a sample costs, in quarters of a bit, or nil when that is more than `limit`.
    func cost(of sample: [UInt8], limit: Int) -> Int? {
        let transitions = isLatin ? CharacterClass.latinTransitions : CharacterClass.otherTransitions
        let scriptChanges = isLatin ? CharacterClass.noScriptChanges : CharacterClass.scriptChanges
        let letters = CharacterClass.asciiSmall.rawValue...CharacterClass.mark.rawValue
        var total = choice
        var previous = 0
        var previousLetter = 0
        for byte in sample {
            let current = classes[Int(byte)]
            total += Int(costs[Int(byte)])
            total += Int(transitions[previous + Int(current)])
            total += Int(scriptChanges[previousLetter + Int(current)])
            if total > limit { return nil }
            previous = Int(current) * CharacterClass.allCases.count
            if letters ~= current { previousLetter = previous }
        }
        return total
    }
}

/// What the bytes of a single-byte encoding stand for.
private struct Alphabet {
    /// By byte.
    let scalars: [UInt32]
    /// By byte: the small letter of a capital, and every other character itself.
    let smallScalars: [UInt32]
    let classes: [CharacterClass]

    init(_ encoding: TextEncoding) {
        scalars = Array(0..<0x80) + SingleByteDecoder.upperHalf(of: encoding)
        smallScalars = scalars.map { scalar in
            Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
        }
        classes = scalars.map(CharacterClass.init(of:))
    }
}

/// What single characters cost, in quarters of a bit.
enum CharacterCost {
    /// A letter of ASCII in a text of another script.
    static let foreignASCIILetter = 20

    fileprivate static func ascii(_ byte: UInt8, _ known: [UInt32: Int], _ script: LanguageModel.Script) -> Int {
        guard ASCII.isLetter(byte) else { return 0 }
        return script == .latin ? known[UInt32(ASCII.lowercased(byte))] ?? 52 : foreignASCIILetter
    }

    fileprivate static func other(
        _ alphabet: Alphabet, at byte: Int, _ known: [UInt32: Int], _ script: LanguageModel.Script
    ) -> Int {
        let scalar = alphabet.scalars[byte]
        if let cost = known[scalar] { return cost }
        if scalar == 0xFFFD { return 160 }
        if scalar < 0xA0 { return 100 }
        if let cost = known[alphabet.smallScalars[byte]] { return cost + 12 }
        switch alphabet.classes[byte] {
        case .small, .capital, .uncased, .mark:
            return script.contains(scalar) ? 52 : scalar < 0x250 ? 60 : 72
        case .punctuation:
            return 36
        default:
            return commonSymbols.contains(scalar) ? 40 : scalar < 0x2200 ? 52 : 64
        }
    }

    /// £ § © ª ® ° · º • … € № ™
    private static let commonSymbols: Set<UInt32> = [
        0xA3, 0xA7, 0xA9, 0xAA, 0xAE, 0xB0, 0xB7, 0xBA, 0x2022, 0x2026, 0x20AC, 0x2116, 0x2122,
    ]
}
