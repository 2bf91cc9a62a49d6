/// Finds figures of two articles that differ although they seem to measure the same thing: they count the same (`people`) and
/// stand among like words (`besieged in Aleppo's east`, `trapped by the siege of eastern Aleppo`).
///
/// A figure that the other article also gives for the same thing disagrees with nothing.
struct DisagreeingFigures {
    private static let fewestSharedWords = 3
    private static let mostOfAUnit = 48
    private static let mostComparisons = 30_000
    /// Of a sentence too long to be read at a glance only so much is shown on either side of the figure.
    private static let shown = 60

    private let pair: PairReading
    private let before: [FigureStatement]
    private let after: [FigureStatement]
    private let most: Int

    init(_ pair: PairReading) {
        self.init(
            pair, FigureStatements(pair.before, pair.vocabulary).found(),
            FigureStatements(pair.after, pair.vocabulary).found(), most: Self.mostComparisons)
    }

    /// - Parameter most: how many pairs of figures are looked at.
    init(_ pair: PairReading, _ before: [FigureStatement], _ after: [FigureStatement], most: Int) {
        self.pair = pair
        self.before = before
        self.after = after
        self.most = most
    }

    func found() -> [Spot] {
        var candidates: [(shared: Int, similarity: Double, before: Int, after: Int)] = []
        let byUnit = index(after)
        let unitsBefore = index(before)
        let isAgreed = after.map { isGiven($0, before, unitsBefore) }
        var left = most
        for (at, statement) in before.enumerated() where left > 0 && !isGiven(statement, after, byUnit) {
            for other in others(of: statement, byUnit) where !isAgreed[other] && left > 0 {
                left -= 1
                let shared = statement.shared(with: after[other])
                guard shared >= Self.fewestSharedWords else { continue }
                let smaller = max(1, min(statement.context.count, after[other].context.count))
                candidates.append((shared, min(1, Double(shared) / Double(smaller)), at, other))
            }
        }
        candidates.sort {
            ($1.shared, $1.similarity, $0.before, $0.after) < ($0.shared, $0.similarity, $1.before, $1.after)
        }
        var takenBefore: Set<Int> = []
        var takenAfter: Set<Int> = []
        var spots: [Spot] = []
        for (_, similarity, a, b) in candidates where !takenBefore.contains(a) && !takenAfter.contains(b) {
            takenBefore.insert(a)
            takenAfter.insert(b)
            spots.append(spot(before[a], after[b], similarity))
        }
        return spots.sorted { $0.before.lowerBound < $1.before.lowerBound }
    }

    private func spot(_ a: FigureStatement, _ b: FigureStatement, _ similarity: Double) -> Spot {
        let first = pair.before.sentences[a.sentence]
        let second = pair.after.sentences[b.sentence]
        return Spot(
            kind: .figure, before: Self.excerpt(first.tokens, around: a.tokens),
            after: Self.excerpt(second.tokens, around: b.tokens), focusBefore: a.tokens, focusAfter: b.tokens,
            similarity: similarity, blockBefore: first.block, blockAfter: second.block)
    }

    private static func excerpt(_ sentence: Range<Int>, around figure: Range<Int>) -> Range<Int> {
        guard sentence.count > 3 * shown else { return sentence }
        return (figure.lowerBound - shown..<figure.upperBound + shown).clamped(to: sentence)
    }

    private func index(_ statements: [FigureStatement]) -> [String: [Int]] {
        var index: [String: [Int]] = [:]
        for (at, statement) in statements.enumerated() {
            for unit in statement.units where (index[unit]?.count ?? 0) < Self.mostOfAUnit {
                index[unit, default: []].append(at)
            }
        }
        return index
    }

    private func others(of statement: FigureStatement, _ index: [String: [Int]]) -> [Int] {
        Set(statement.units.flatMap { index[$0] ?? [] }).sorted()
    }

    private func isGiven(_ statement: FigureStatement, _ others: [FigureStatement], _ byUnit: [String: [Int]]) -> Bool {
        self.others(of: statement, byUnit).contains {
            others[$0].value == statement.value && others[$0].countsTheSame(as: statement)
        }
    }
}
