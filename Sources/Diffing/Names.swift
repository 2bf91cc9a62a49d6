/// Which words the two texts treat as names: with a capital where no sentence starts.
struct Names {
    private var hasCapitalInside: [Bool] = []
    private var isLowercase: [Bool] = []

    init() {}

    /// Learns from the blocks that were read.
    init(_ pair: PairReading) {
        hasCapitalInside = Array(repeating: false, count: pair.vocabulary.foldCount)
        isLowercase = hasCapitalInside
        learn(pair.before, pair.vocabulary)
        learn(pair.after, pair.vocabulary)
    }

    private mutating func learn(_ reading: Reading, _ vocabulary: Vocabulary) {
        for sentence in reading.sentences {
            for token in sentence.tokens where reading.tokens[token].kind == .word {
                let fold = Int(reading.folds[token])
                if !vocabulary.isCapitalised[Int(reading.tokens[token].exact)] {
                    isLowercase[fold] = true
                } else if !Self.startsSentence(reading, token, sentence.tokens) {
                    hasCapitalInside[fold] = true
                }
            }
        }
    }

    func isName(_ fold: Int32) -> Bool {
        hasCapitalInside.indices.contains(Int(fold)) && hasCapitalInside[Int(fold)] && !isLowercase[Int(fold)]
    }

    /// Stands without a capital somewhere.
    func isCommon(_ fold: Int32) -> Bool { isLowercase.indices.contains(Int(fold)) && isLowercase[Int(fold)] }

    /// Whether a capital at `token` may be there because a sentence, quotation or title starts.
    static func startsSentence(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        guard token > range.lowerBound else { return true }
        switch reading.tokens[token - 1].kind {
        case .quote: return true
        case .word, .number, .symbol: return false
        case .stop, .ellipsis, .dash: return reading.tokens[token - 1].end < reading.tokens[token].start
        case .punctuation: return reading.spelling(token - 1) != ","
        }
    }
}

extension Lexicon.Language {
    /// The language of a text by what is known of its distinct words: the one declared if the words do not belie it, else the
    /// one whose function words it uses most; English for texts that show none.
    static func detect(_ words: [[Lexicon.Entry]?], declared: String?) -> Lexicon.Language {
        var hits = [Int](repeating: 0, count: codes.count)
        for case let entries? in words {
            for entry in entries where entry.traits.contains(.function) {
                hits[entry.languages.rawValue.trailingZeroBitCount] += 1
            }
        }
        let best = hits.indices.max { (hits[$0], -$0) < (hits[$1], -$1) } ?? 0
        if let declared {
            guard let language = Lexicon.Language(tag: declared) else { return hits[best] > 3 ? code(codes[best]) : [] }
            let at = language.rawValue.trailingZeroBitCount
            if hits[at] * 2 >= hits[best] { return language }
        }
        return code(codes[best])
    }
}
