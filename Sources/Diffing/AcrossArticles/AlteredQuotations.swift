/// Finds quotations that two articles both give, but not word for word.
struct AlteredQuotations {
    private static let fewestWords = 4
    private static let mostPostings = 32
    private static let mostCandidates = 4
    private static let leastSimilarity = 0.6

    /// Words of one sentence inside quotation marks.
    private struct Quotation {
        let tokens: Range<Int>
        let words: [Int32]
        let block: Int
    }

    private let pair: PairReading
    private var likeness = Likeness()

    init(_ pair: PairReading) { self.pair = pair }

    mutating func found() -> [Spot] {
        let before = quotations(pair.before)
        let after = quotations(pair.after)
        let givenAfter = Set(after.map(\.words))
        let givenBefore = Set(before.map(\.words))
        var index: [Int32: [Int]] = [:]
        for (at, quotation) in after.enumerated() where !givenBefore.contains(quotation.words) {
            for word in Set(quotation.words) { index[word, default: []].append(at) }
        }
        var candidates: [(similarity: Double, before: Int, after: Int)] = []
        for (at, quotation) in before.enumerated() where !givenAfter.contains(quotation.words) {
            for other in best(quotation, index) {
                let (first, second) = (quotation.words, after[other].words)
                let similarity = likeness.ratio(first.span, second.span, vocabulary: pair.vocabulary.foldCount)
                guard similarity >= Self.leastSimilarity, isAltered(quotation, after[other]) else { continue }
                candidates.append((similarity, at, other))
            }
        }
        candidates.sort { ($1.similarity, $0.before, $0.after) < ($0.similarity, $1.before, $1.after) }
        var takenBefore: Set<Int> = []
        var takenAfter: Set<Int> = []
        var spots: [Spot] = []
        for (similarity, a, b) in candidates where !takenBefore.contains(a) && !takenAfter.contains(b) {
            takenBefore.insert(a)
            takenAfter.insert(b)
            spots.append(
                Spot(
                    kind: .quotation, before: before[a].tokens, after: after[b].tokens, similarity: similarity,
                    blockBefore: before[a].block, blockAfter: after[b].block))
        }
        return spots.sorted { $0.before.lowerBound < $1.before.lowerBound }
    }

    private func quotations(_ reading: Reading) -> [Quotation] {
        var found: [Quotation] = []
        for sentence in reading.sentences {
            var at = sentence.tokens.lowerBound
            while at < sentence.tokens.upperBound {
                var end = at
                while end < sentence.tokens.upperBound, reading.tokens[end].isQuoted { end += 1 }
                defer { at = end + 1 }
                guard end > at else { continue }
                // The comma before the closing mark is the article's, not the speaker's.
                var last = end
                while last > at, reading.tokens[last - 1].kind == .punctuation { last -= 1 }
                let words = (at..<last).filter { reading.tokens[$0].isWord }.map { reading.folds[$0] }
                if words.count >= Self.fewestWords {
                    found.append(Quotation(tokens: at..<last, words: words, block: sentence.block))
                }
            }
        }
        return found
    }

    private func best(_ quotation: Quotation, _ index: [Int32: [Int]]) -> [Int] {
        var votes: [Int: Double] = [:]
        for word in quotation.words {
            guard let others = index[word], others.count <= Self.mostPostings else { continue }
            for other in others { votes[other, default: 0] += 1 / Double(others.count) }
        }
        let sorted = votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.prefix(Self.mostCandidates).map(\.key)
    }

    /// Other words, not merely fewer of them at an end, and not another spelling or spacing.
    private func isAltered(_ a: Quotation, _ b: Quotation) -> Bool {
        let (short, long) = a.words.count <= b.words.count ? (a.words, b.words) : (b.words, a.words)
        for start in 0...long.count - short.count where long[start..<start + short.count].elementsEqual(short) {
            return false
        }
        return text(a.words) != text(b.words)
    }

    private func text(_ words: [Int32]) -> String {
        words.reduce(into: "") { $0 += pair.vocabulary.folded[Int($1)].filter { $0 != "'" } }
    }
}
