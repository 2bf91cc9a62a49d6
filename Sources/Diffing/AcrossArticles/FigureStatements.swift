/// A figure with what it counts and what stands around it.
struct FigureStatement {
    let value: String
    /// With the words that hedge it and the first of what it counts: `about 275,000 people`.
    let tokens: Range<Int>
    /// The figure alone.
    let figure: Range<Int>
    let units: [String]
    let context: [String]
    let sentence: Int
}

/// Reads the figures of a text that measure something: no dates, no times of day, no names with numbers in them.
struct FigureStatements {
    private static let reach = 14
    /// What articles never reach, and texts made to be slow do.
    private static let most = 4096

    private let reading: Reading
    private let vocabulary: Vocabulary

    init(_ reading: Reading, _ vocabulary: Vocabulary) {
        self.reading = reading
        self.vocabulary = vocabulary
    }

    func found() -> [FigureStatement] {
        let reader = FigureReader(reading, vocabulary)
        var found: [FigureStatement] = []
        for sentence in reading.sentences.indices where found.count < Self.most {
            let range = reading.sentences[sentence].tokens
            for figure in reader.figures(in: range) where figure.kind == .value && found.count < Self.most {
                if let statement = statement(figure, sentence, range) { found.append(statement) }
            }
        }
        return found
    }

    private func statement(_ figure: Figure, _ sentence: Int, _ range: Range<Int>) -> FigureStatement? {
        guard !isLabel(figure, range), !isDate(figure, range), !figure.text.contains(":") else { return nil }
        var units: [String] = []
        var end = figure.tokens.upperBound
        let before = figure.tokens.lowerBound - 1
        if range.contains(before), traits(before).contains(.currency) { units.append("¤") }
        var at = end
        while at < min(range.upperBound, figure.tokens.upperBound + 6), units.count < 3 {
            if traits(at).contains(.percent) {
                units = ["%"]
                end = at + 1
                break
            }
            guard reading.tokens[at].isWord || (reading.tokens[at].kind == .dash && at == end) else { break }
            if reading.tokens[at].kind == .number || traits(at).contains(.number) { break }
            if isContent(at) {
                units.append(stem(at))
                if units.count == 1 { end = at + 1 }
            }
            at += 1
        }
        guard !units.isEmpty else { return nil }
        let low = max(range.lowerBound, figure.tokens.lowerBound - Self.reach)
        let high = min(range.upperBound, figure.tokens.upperBound + Self.reach)
        var context: [String] = []
        for token in low..<high where !figure.tokens.contains(token) && isContent(token) {
            let word = stem(token)
            if !context.contains(word) { context.append(word) }
        }
        return FigureStatement(
            value: figure.text, tokens: hedged(figure.tokens.lowerBound, in: range)..<end, figure: figure.tokens,
            units: units, context: context, sentence: sentence)
    }

    /// Where the words begin that hedge a figure.
    private func hedged(_ figure: Int, in range: Range<Int>) -> Int {
        var start = figure
        while start > range.lowerBound, traits(start - 1).contains(.hedge) { start -= 1 }
        // `at least`: a preposition hedges nothing by itself.
        if start < figure, start > range.lowerBound, ["least", "most"].contains(folded(start)),
            folded(start - 1) == "at"
        {
            start -= 1
        }
        return start
    }

    /// `F-16`, `Resolution 2254`: a name.
    private func isLabel(_ figure: Figure, _ range: Range<Int>) -> Bool {
        let before = figure.tokens.lowerBound - 1
        guard range.contains(before) else { return false }
        let touches = reading.tokens[before].end == reading.tokens[before + 1].start
        if reading.tokens[before].kind == .dash { return touches }
        guard reading.tokens[before].kind == .word, before > range.lowerBound else { return false }
        return vocabulary.isCapitalised[Int(reading.tokens[before].exact)] && !traits(before).contains(.month)
    }

    /// A day, a year or a time of day.
    private func isDate(_ figure: Figure, _ range: Range<Int>) -> Bool {
        for beside in [figure.tokens.lowerBound - 1, figure.tokens.upperBound] where range.contains(beside) {
            if !traits(beside).isDisjoint(with: [.month, .weekday]) { return true }
        }
        let next = figure.tokens.upperBound
        if range.contains(next), ["am", "pm", "a", "p", "st", "nd", "rd", "th"].contains(folded(next)),
            reading.tokens[next].isWord
        {
            return true
        }
        guard figure.text.utf8.count == 4, let year = Int(figure.text), (1900...2099).contains(year) else {
            return false
        }
        let before = figure.tokens.lowerBound - 1
        guard range.contains(before) else { return true }
        return traits(before).contains(.function) || reading.tokens[before].kind != .word
    }

    private func folded(_ token: Int) -> String { vocabulary.folded[Int(reading.folds[token])] }

    private func traits(_ token: Int) -> Lexicon.Traits { vocabulary.meaning(reading.folds[token]).traits }

    private func isContent(_ token: Int) -> Bool { reading.isContent(token, vocabulary) }

    /// Without the endings that number and case put on.
    private func stem(_ token: Int) -> String {
        var word = folded(token)
        if word.hasSuffix("'s") { word.removeLast(2) }
        if word.utf8.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss") { word.removeLast() }
        return word
    }
}

extension FigureStatement {
    /// Words around this figure that stand around another too, besides what both count.
    func shared(with other: FigureStatement) -> Int {
        let units = Set(units).intersection(other.units)
        return context.count { word in
            !units.contains(word) && other.context.contains { Self.isAkin(word, $0) }
        }
    }

    func countsTheSame(as other: FigureStatement) -> Bool { !Set(units).isDisjoint(with: other.units) }

    /// `siege` and `besieged`, `east` and `eastern`.
    private static func isAkin(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        let (short, long) = a.unicodeScalars.count <= b.unicodeScalars.count ? (a, b) : (b, a)
        let length = short.unicodeScalars.count
        guard length >= 4 else { return false }
        if length >= 5, long.contains(short) { return true }
        let prefix = zip(short.unicodeScalars, long.unicodeScalars).prefix { $0 == $1 }.count
        return prefix >= 4 && prefix * 10 >= length * 8
    }
}

extension Reading {
    /// Whether a token says what the text is about: no function word, number, hedge or verb of saying.
    func isContent(_ token: Int, _ vocabulary: Vocabulary) -> Bool {
        tokens[token].kind == .word
            && vocabulary.meaning(folds[token]).traits.isDisjoint(with: [
                .function, .hedge, .number, .attribution, .vague,
            ])
    }
}
