/// Finds figures of two articles that differ although they seem to measure the same thing: they count the same (`people`) and
/// stand among like words (`besieged in Aleppo's east`, `trapped by the siege of eastern Aleppo`).
///
/// A figure that the other article also gives for the same thing disagrees with nothing.
struct DisagreeingFigures {
    private static let fewestSharedWords = 3
    private static let reach = 14
    private static let mostOfAUnit = 48
    /// What articles never reach, and texts made to be slow do.
    private static let mostStatements = 4096
    private static let mostComparisons = 30_000
    /// Of a sentence too long to be read at a glance only so much is shown on either side of the figure.
    private static let shown = 60

    /// A figure with what it counts and what stands around it.
    private struct Statement {
        let value: String
        let tokens: Range<Int>
        let units: [String]
        let context: [String]
        let sentence: Int
    }

    private let pair: PairReading

    init(_ pair: PairReading) {
        self.pair = pair
    }

    func found() -> [Spot] {
        let before = statements(pair.before)
        let after = statements(pair.after)
        var candidates: [(shared: Int, similarity: Double, before: Int, after: Int)] = []
        let byUnit = index(after)
        let unitsBefore = index(before)
        let isAgreed = after.map { isGiven($0, before, unitsBefore) }
        var left = Self.mostComparisons
        for (at, statement) in before.enumerated() where left > 0 && !isGiven(statement, after, byUnit) {
            for other in others(of: statement, byUnit) where !isAgreed[other] && left > 0 {
                left -= 1
                let shared = shared(
                    statement.context, after[other].context, but: Set(statement.units).intersection(after[other].units))
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

    private func spot(_ a: Statement, _ b: Statement, _ similarity: Double) -> Spot {
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

    private func index(_ statements: [Statement]) -> [String: [Int]] {
        var index: [String: [Int]] = [:]
        for (at, statement) in statements.enumerated() {
            for unit in statement.units where (index[unit]?.count ?? 0) < Self.mostOfAUnit {
                index[unit, default: []].append(at)
            }
        }
        return index
    }

    private func others(of statement: Statement, _ index: [String: [Int]]) -> [Int] {
        Set(statement.units.flatMap { index[$0] ?? [] }).sorted()
    }

    private func isGiven(_ statement: Statement, _ others: [Statement], _ byUnit: [String: [Int]]) -> Bool {
        self.others(of: statement, byUnit).contains {
            others[$0].value == statement.value && !Set(others[$0].units).isDisjoint(with: statement.units)
        }
    }

    // MARK: Reading

    private func statements(_ reading: Reading) -> [Statement] {
        let reader = FigureReader(reading, pair.vocabulary)
        var found: [Statement] = []
        for sentence in reading.sentences.indices where found.count < Self.mostStatements {
            let range = reading.sentences[sentence].tokens
            for figure in reader.figures(in: range) where figure.kind == .value && found.count < Self.mostStatements {
                if let statement = statement(figure, reading, sentence, range) { found.append(statement) }
            }
        }
        return found
    }

    private func statement(_ figure: Figure, _ reading: Reading, _ sentence: Int, _ range: Range<Int>) -> Statement? {
        guard !isLabel(figure, reading, range), !isDate(figure, reading, range), !figure.text.contains(":") else {
            return nil
        }
        var units: [String] = []
        var end = figure.tokens.upperBound
        let before = figure.tokens.lowerBound - 1
        if range.contains(before), traits(reading, before).contains(.currency) { units.append("¤") }
        var at = end
        while at < min(range.upperBound, figure.tokens.upperBound + 6), units.count < 3 {
            if traits(reading, at).contains(.percent) {
                units = ["%"]
                end = at + 1
                break
            }
            guard reading.tokens[at].isWord || (reading.tokens[at].kind == .dash && at == end) else { break }
            if reading.tokens[at].kind == .number || traits(reading, at).contains(.number) { break }
            if isContent(reading, at) {
                units.append(stem(reading, at))
                if units.count == 1 { end = at + 1 }
            }
            at += 1
        }
        guard !units.isEmpty else { return nil }
        var start = figure.tokens.lowerBound
        while start > range.lowerBound, traits(reading, start - 1).contains(.hedge) { start -= 1 }
        let low = max(range.lowerBound, figure.tokens.lowerBound - Self.reach)
        let high = min(range.upperBound, figure.tokens.upperBound + Self.reach)
        var context: [String] = []
        for token in low..<high where !figure.tokens.contains(token) && isContent(reading, token) {
            let word = stem(reading, token)
            if !context.contains(word) { context.append(word) }
        }
        return Statement(value: figure.text, tokens: start..<end, units: units, context: context, sentence: sentence)
    }

    /// `F-16`, `Resolution 2254`: a name.
    private func isLabel(_ figure: Figure, _ reading: Reading, _ range: Range<Int>) -> Bool {
        let before = figure.tokens.lowerBound - 1
        guard range.contains(before) else { return false }
        let touches = reading.tokens[before].end == reading.tokens[before + 1].start
        if reading.tokens[before].kind == .dash { return touches }
        guard reading.tokens[before].kind == .word, before > range.lowerBound else { return false }
        return pair.vocabulary.isCapitalised[Int(reading.tokens[before].exact)]
            && !traits(reading, before).contains(.month)
    }

    /// A day, a year or a time of day.
    private func isDate(_ figure: Figure, _ reading: Reading, _ range: Range<Int>) -> Bool {
        for beside in [figure.tokens.lowerBound - 1, figure.tokens.upperBound] where range.contains(beside) {
            if !traits(reading, beside).isDisjoint(with: [.month, .weekday]) { return true }
        }
        let next = figure.tokens.upperBound
        if range.contains(next), ["am", "pm", "a", "p", "st", "nd", "rd", "th"].contains(folded(reading, next)),
            reading.tokens[next].isWord
        {
            return true
        }
        guard figure.text.utf8.count == 4, let year = Int(figure.text), (1900...2099).contains(year) else {
            return false
        }
        let before = figure.tokens.lowerBound - 1
        guard range.contains(before) else { return true }
        return traits(reading, before).contains(.function) || reading.tokens[before].kind != .word
    }

    private func folded(_ reading: Reading, _ token: Int) -> String {
        pair.vocabulary.folded[Int(reading.folds[token])]
    }

    private func traits(_ reading: Reading, _ token: Int) -> Lexicon.Traits {
        pair.vocabulary.meaning(reading.folds[token]).traits
    }

    private func isContent(_ reading: Reading, _ token: Int) -> Bool {
        reading.tokens[token].kind == .word
            && traits(reading, token).isDisjoint(with: [.function, .hedge, .number, .attribution, .vague])
    }

    /// Without the endings that number and case put on.
    private func stem(_ reading: Reading, _ token: Int) -> String {
        var word = folded(reading, token)
        if word.hasSuffix("'s") { word.removeLast(2) }
        if word.utf8.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss") { word.removeLast() }
        return word
    }

    private func shared(_ a: [String], _ b: [String], but units: Set<String>) -> Int {
        a.count { word in !units.contains(word) && b.contains { isAkin(word, $0) } }
    }

    /// `siege` and `besieged`, `east` and `eastern`.
    private func isAkin(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        let (short, long) = a.unicodeScalars.count <= b.unicodeScalars.count ? (a, b) : (b, a)
        let length = short.unicodeScalars.count
        guard length >= 4 else { return false }
        if length >= 5, long.contains(short) { return true }
        let prefix = zip(short.unicodeScalars, long.unicodeScalars).prefix { $0 == $1 }.count
        return prefix >= 4 && prefix * 10 >= length * 8
    }
}
