/// How often a language uses its letters: the base of telling single-byte encodings apart.
struct LanguageModel: Sendable {
    enum Script: Sendable {
        case latin, cyrillic, greek, hebrew, arabic, thai

        /// Whether a letter is of this script.
        func contains(_ scalar: UInt32) -> Bool {
            switch self {
            case .latin: scalar < 0x250
            case .cyrillic: 0x400..<0x530 ~= scalar
            case .greek: 0x370..<0x400 ~= scalar
            case .hebrew: 0x590..<0x600 ~= scalar
            case .arabic: 0x600..<0x700 ~= scalar
            case .thai: 0xE00..<0xE80 ~= scalar
            }
        }
    }

    /// An encoding the language's texts are found in, and the bits that choosing it costs: the rarer it is, the more.
    struct Candidate: Sendable {
        var encoding: TextEncoding
        var bits: Int

        init(_ encoding: TextEncoding, _ bits: Int) {
            self.encoding = encoding
            self.bits = bits
        }
    }

    var script: Script
    /// Words of a number, in quarters of a bit, and the characters that cost so much: "20ñ" says that of 32 letters one is
    /// an ñ. Capital letters are not listed; they follow from the small ones. Languages that are not written in Latin
    /// letters have no ASCII letters listed.
    var frequencies: StaticString
    var candidates: [Candidate]

    init(_ script: Script, _ frequencies: StaticString, _ candidates: [Candidate]) {
        self.script = script
        self.frequencies = frequencies
        self.candidates = candidates
    }

    /// What each listed character costs, in quarters of a bit, by code point.
    var costs: [UInt32: Int] { FrequencyList.costs(frequencies) }
}

/// Lists of characters by what each costs, as the language models write them.
enum FrequencyList {
    static func costs(_ list: StaticString) -> [UInt32: Int] {
        var costs: [UInt32: Int] = [:]
        var bits = 0
        var isNumber = false
        list.withUTF8Buffer { text in
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
                switch scalar.value {
                case 0x30...0x39:
                    bits = (isNumber ? bits * 10 : 0) + Int(scalar.value - 0x30)
                    isNumber = true
                case 0x20, 0x0A:
                    isNumber = false
                default:
                    isNumber = false
                    costs[scalar.value] = bits
                }
            }
        }
        return costs
    }
}
