import Models

/// An article's words, as a sketch needs them.
struct SketchText {
    private struct Found {
        var count = 0
        var isName = false
        var isFigure = false
        var isInHeadline = false
    }

    private static let mostTokens = 20_000

    private(set) var shingles: [UInt64] = []
    private var found: [String: Found] = [:]

    init(_ revision: Revision) {
        var pair = PairReading()
        let headline = pair.add(line: revision.headline ?? "", to: .after)
        for block in revision.blocks where pair.after.tokens.count < Self.mostTokens {
            pair.read(pair.after.add(block.kind, block.text), on: .after)
        }
        pair.vocabulary.settleLanguage(declared: revision.language)
        let reading = pair.after
        let names = Names(pair)
        let hashes = pair.vocabulary.folded.map { FoldedText.hash(ofWord: $0) }
        for number in reading.blocks.indices {
            let block = reading.blocks[number]
            if number != headline { addShingles(reading, block.tokens, hashes) }
            addTerms(pair, names, block, isHeadline: number == headline)
        }
    }

    private mutating func addShingles(_ reading: Reading, _ range: Range<Int>, _ hashes: [UInt64]) {
        let words = range.filter { reading.tokens[$0].isWord }.map { hashes[Int(reading.folds[$0])] }
        guard words.count >= 3 else { return }
        for start in 0...words.count - 3 { shingles.append(FoldedText.combine(words[start..<start + 3])) }
    }

    private mutating func addTerms(_ pair: PairReading, _ names: Names, _ block: Reading.Block, isHeadline: Bool) {
        let reading = pair.after
        var previous: (end: Int, text: String)?
        for at in block.tokens {
            let token = reading.tokens[at]
            let text = pair.vocabulary.folded[Int(reading.folds[at])]
            let scalar = Scalars.decode(reading.bytes.span, token.start).scalar
            if token.kind == .word, Scalars.classify(scalar) == .ideograph {
                // Two characters in a row are nearest to a word.
                if let previous, previous.end == token.start { add(previous.text + text, isHeadline: isHeadline) }
                previous = (token.end, text)
                continue
            }
            previous = nil
            let traits = pair.vocabulary.meaning(reading.folds[at]).traits
            switch token.kind {
            case .number where text.utf8.count >= 2: add(text, isFigure: true, isHeadline: isHeadline)
            case .word where isTelling(text, traits):
                add(stem(text), isName: names.isName(reading.folds[at]), isHeadline: isHeadline)
            default: break
            }
        }
    }

    private func isTelling(_ text: String, _ traits: Lexicon.Traits) -> Bool {
        let dull: Lexicon.Traits = [
            .function, .attribution, .number, .scale, .vague, .weekday, .month, .hedge, .rough, .percent, .title,
        ]
        return traits.isDisjoint(with: dull) && text.unicodeScalars.count >= 2 && text.utf8.count >= 3
            && text.utf8.count <= 64
    }

    /// Without the endings of English possessives and plurals; others are left.
    private func stem(_ text: String) -> String {
        var word = text
        if word.hasSuffix("'s") { word.removeLast(2) }
        if word.utf8.count > 4, word.hasSuffix("s"), !word.hasSuffix("ss") { word.removeLast() }
        return word
    }

    private mutating func add(
        _ text: String, isName: Bool = false, isFigure: Bool = false, isHeadline: Bool
    ) {
        var known = found[text] ?? Found()
        known.count += 1
        known.isName = known.isName || isName
        known.isFigure = isFigure
        known.isInHeadline = known.isInHeadline || isHeadline
        found[text] = known
    }

    /// The heaviest terms; rare ones count more where their frequency is known.
    func terms(most: Int, articles: Int, frequency: (UInt64) -> Int) -> [ArticleSketch.Term] {
        let all = found.map { text, found in
            let key = FoldedText.hash(ofWord: text)
            var weight = 1 + Self.logarithm(found.count)
            if found.isName { weight *= 2 }
            if found.isInHeadline { weight *= 1.5 }
            if found.isFigure { weight *= 0.75 }
            return (
                term: ArticleSketch.Term(key: key, weight: min(8, weight)),
                rarity: RelatedScore.rarity(frequency(key), articles)
            )
        }
        let sorted = all.sorted {
            ($1.term.weight * $1.rarity, $0.term.key) < ($0.term.weight * $0.rarity, $1.term.key)
        }
        return sorted.prefix(most).map(\.term)
    }

    /// To the base of 4, near enough: 1 for 4, 2 for 16.
    private static func logarithm(_ count: Int) -> Double {
        Double(Int.bitWidth - count.leadingZeroBitCount - 1) / 2
    }
}
