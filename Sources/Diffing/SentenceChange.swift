/// What kind of change turned one sentence into another.
///
/// When a sentence changed in several ways the first of these that applies names it: a correction notice; words inside
/// quotation marks, which are somebody else's and must not change at all, figures in them included; a figure; who says so;
/// a name; other wording.
struct SentenceChange {
    private let pair: PairReading
    private let names: Names
    private let rangeBefore: Range<Int>
    private let rangeAfter: Range<Int>
    private var hunks: [Hunk] = []

    /// Tokens of either side between two matches.
    private struct Hunk {
        let before: Range<Int>
        let after: Range<Int>
    }

    init(
        _ pair: PairReading, _ a: Range<Int>, _ b: Range<Int>, matches: some Collection<Match>,
        names: Names
    ) {
        self.pair = pair
        self.names = names
        rangeBefore = a
        rangeAfter = b
        var (x, y) = (a.lowerBound, b.lowerBound)
        for match in matches {
            addHunk(x..<Int(match.before), y..<Int(match.after))
            (x, y) = (Int(match.before) + 1, Int(match.after) + 1)
        }
        addHunk(x..<a.upperBound, y..<b.upperBound)
    }

    private mutating func addHunk(_ a: Range<Int>, _ b: Range<Int>) {
        if !a.isEmpty || !b.isEmpty { hunks.append(Hunk(before: a, after: b)) }
    }

    /// Whether two lines differ in quote styles, dashes, spacing or case alone.
    static func isTypography(before: String, after: String) -> Bool {
        var pair = PairReading()
        let a = pair.add(line: before, to: .before)
        let b = pair.add(line: after, to: .after)
        let matches = pair.matches(before: a, after: b)
        let change = SentenceChange(
            pair, pair.before.blocks[a].tokens, pair.after.blocks[b].tokens, matches: matches, names: Names())
        return change.hunks.allSatisfy(change.isTypographic)
    }

    func classified() -> (kind: EditKind, significance: Significance) {
        let real = hunks.filter { !isTypographic($0) }
        if real.isEmpty { return (.typography, .cosmetic) }
        if isNotice(pair.before, rangeBefore) || isNotice(pair.after, rangeAfter) { return (.correction, .substantive) }
        if real.allSatisfy(isInAddress) { return (.link, .minor) }
        if quoted(pair.before, rangeBefore) != quoted(pair.after, rangeAfter) { return (.quotation, .substantive) }
        if isFigureChanged || real.contains(where: isHedgeChanged) || real.contains(where: isMeasureChanged) {
            return (.figure, .substantive)
        }
        let isRespelled = real.allSatisfy(isRespelledName)
        let words = ChangedWords(pair, real.map { ($0.before, $0.after) })
        if isRespelled { return (.name, .substantive) }
        if words.before.contains(where: { isAttribution(pair.before, $0, rangeBefore) })
            || words.after.contains(where: { isAttribution(pair.after, $0, rangeAfter) })
        {
            return (.attribution, .substantive)
        }
        if words.before.contains(where: { isName(pair.before, $0, rangeBefore) })
            || words.after.contains(where: { isName(pair.after, $0, rangeAfter) }) || areNamesReordered
        {
            return (.name, .substantive)
        }
        let isContent = { (reading: Reading, token: Int) in isContentWord(reading, token) }
        let changesContent =
            words.before.contains { isContent(pair.before, $0) } || words.after.contains { isContent(pair.after, $0) }
        return (.wording, changesContent || real.contains(where: turnsMeaning) ? .substantive : .minor)
    }

    /// He for she, by for on: words that carry grammar, and yet say who did it.
    private func turnsMeaning(_ hunk: Hunk) -> Bool {
        FunctionSwaps.turnMeaning(
            hunk.before.map { pair.vocabulary.folded[Int(pair.before.folds[$0])] },
            hunk.after.map { pair.vocabulary.folded[Int(pair.after.folds[$0])] })
    }

    // MARK: Typography

    private func isTypographic(_ hunk: Hunk) -> Bool {
        let hasWords =
            hunk.before.contains { pair.before.tokens[$0].isWord }
            || hunk.after.contains { pair.after.tokens[$0].isWord }
        guard marksAreTypography(pair.before, hunk.before, besideWords: hasWords),
            marksAreTypography(pair.after, hunk.after, besideWords: hasWords)
        else { return false }
        return squeezed(pair.before, hunk.before) == squeezed(pair.after, hunk.after)
            && numbers(pair.before, hunk.before) == numbers(pair.after, hunk.after)
    }

    /// Dashes come and go; full stops only in abbreviations (`a.m.`).
    private func marksAreTypography(_ reading: Reading, _ range: Range<Int>, besideWords: Bool) -> Bool {
        range.allSatisfy { at in
            switch reading.tokens[at].kind {
            case .word, .number: true
            case .dash: !isMinus(reading, at)
            case .stop: besideWords && reading.spelling(at) == "."
            default: false
            }
        }
    }

    /// Right before a number, and not between two words.
    private func isMinus(_ reading: Reading, _ at: Int) -> Bool {
        guard at + 1 < reading.tokens.count, reading.tokens[at + 1].kind == .number,
            reading.tokens[at + 1].start == reading.tokens[at].end
        else { return false }
        return at == 0 || reading.tokens[at - 1].end < reading.tokens[at].start
    }

    private func squeezed(_ reading: Reading, _ range: Range<Int>) -> String {
        range.reduce(into: "") { text, at in
            guard reading.tokens[at].isWord else { return }
            let folded = pair.vocabulary.folded[Int(reading.folds[at])]
            if reading.tokens[at].kind == .number {
                text += Decimal.withoutColon(folded)
            } else {
                text += folded.utf8.contains(UInt8(ascii: "'")) ? folded.filter { $0 != "'" } : folded
            }
        }
    }

    private func numbers(_ reading: Reading, _ range: Range<Int>) -> [String] {
        range.filter { reading.tokens[$0].kind == .number }.map {
            Decimal.withoutColon(pair.vocabulary.folded[Int(reading.folds[$0])])
        }
    }

    // MARK: Addresses

    private func isInAddress(_ hunk: Hunk) -> Bool {
        hunk.before.allSatisfy { Address.holds(pair.before, $0, rangeBefore) }
            && hunk.after.allSatisfy { Address.holds(pair.after, $0, rangeAfter) }
    }

    // MARK: Notices, quotations, figures

    private func isNotice(_ reading: Reading, _ range: Range<Int>) -> Bool {
        pair.isNotice(reading, range)
    }

    private func quoted(_ reading: Reading, _ range: Range<Int>) -> String {
        range.reduce(into: "") { text, at in
            if reading.tokens[at].isQuoted, reading.tokens[at].isWord {
                text += pair.vocabulary.folded[Int(reading.folds[at])]
            }
        }
    }

    private var isFigureChanged: Bool {
        let before = FigureReader(pair.before, pair.vocabulary).figures(in: rangeBefore)
        let after = FigureReader(pair.after, pair.vocabulary).figures(in: rangeAfter)
        // Counted, not searched for one by one: hostile texts have hundreds of thousands.
        let gone = Self.surplus(of: before, over: after)
        let came = Self.surplus(of: after, over: before)
        guard gone.isEmpty, came.isEmpty else {
            let isVague = { (figures: [Figure]) in figures.contains { $0.kind == .vague } }
            let (wasVague, becameVague) = (isVague(gone), isVague(came))
            return gone.contains { isExact($0, besidesVague: becameVague) }
                || came.contains { isExact($0, besidesVague: wasVague) }
        }
        // The same figures in another order may say something else: 12 dead and 46 injured.
        return before.filter { $0.kind == .value } != after.filter { $0.kind == .value }
    }

    private static func surplus(of figures: [Figure], over others: [Figure]) -> [Figure] {
        var left: [Figure: Int] = [:]
        for figure in others { left[figure, default: 0] += 1 }
        return figures.filter { figure in
            guard let count = left[figure], count > 0 else { return true }
            left[figure] = count - 1
            return false
        }
    }

    /// `one` for `1` is a matter of style; `one`, `first` and their like are used for other things than counting.
    private func isExact(_ figure: Figure, besidesVague: Bool) -> Bool {
        if figure.kind == .vague { return false }
        return figure.kind != .value || figure.text != "1" || !besidesVague
    }

    /// `at least`, `about`, `more than` right before a number.
    private func isHedgeChanged(_ hunk: Hunk) -> Bool {
        hunk.before.contains { isHedge(pair.before, $0, rangeBefore) }
            || hunk.after.contains { isHedge(pair.after, $0, rangeAfter) }
    }

    /// A minus, or what was counted: days, weeks; miles, kilometres.
    private func isMeasureChanged(_ hunk: Hunk) -> Bool {
        hunk.before.contains { isMeasure(pair.before, $0, rangeBefore) }
            || hunk.after.contains { isMeasure(pair.after, $0, rangeAfter) }
    }

    private func isMeasure(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        if reading.tokens[token].kind == .dash { return isMinus(reading, token) }
        guard token > range.lowerBound, traits(reading, token).contains(.unit) else { return false }
        return reading.tokens[token - 1].kind == .number
            || !traits(reading, token - 1).isDisjoint(with: [.number, .scale])
    }

    private func isHedge(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        guard traits(reading, token).contains(.hedge) else { return false }
        for next in token + 1..<min(token + 4, range.upperBound) where next > token {
            if reading.tokens[next].kind == .number || traits(reading, next).contains(.number) { return true }
            let isPassed = reading.tokens[next].kind == .symbol || traits(reading, next).contains(.hedge)
            guard isPassed || traits(reading, next).contains(.function) else { return false }
        }
        return false
    }

    // MARK: Words

    private func traits(_ reading: Reading, _ token: Int) -> Lexicon.Traits {
        pair.vocabulary.meaning(reading.folds[token]).traits
    }

    /// Figures are no content words: whether they changed was asked before, what remains is how they are written.
    private func isContentWord(_ reading: Reading, _ token: Int) -> Bool {
        let other: Lexicon.Traits = [
            .function, .number, .scale, .vague, .month, .weekday, .percent, .currency, .title,
        ]
        return reading.tokens[token].kind == .word && traits(reading, token).isDisjoint(with: other)
    }

    /// A verb or adverb of saying, or the name right beside one.
    private func isAttribution(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        if traits(reading, token).contains(.attribution) || VerbsOfSaying.cover(token, reading, range) { return true }
        if isContentWord(reading, token), isSource(reading, token, range) || isSpeaker(reading, token, range) {
            return true
        }
        guard isName(reading, token, range) else { return false }
        for step in [-1, 1] {
            var at = token + step
            while range.contains(at), isName(reading, at, range) { at += step }
            if range.contains(at), traits(reading, at).contains(.attribution) { return true }
        }
        return false
    }

    /// `the army said`, `,” said the minister`.
    private func isSpeaker(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        guard !VerbsOfSaying.isNoSpeaker(pair.vocabulary.folded[Int(reading.folds[token])]) else { return false }
        if token + 1 < range.upperBound, isVerbOfSaying(reading, token + 1) { return true }
        var at = token - 1
        while range.contains(at), token - at <= 4, reading.tokens[at].isWord {
            if isVerbOfSaying(reading, at) { return at > range.lowerBound && reading.tokens[at - 1].kind == .quote }
            at -= 1
        }
        return false
    }

    private func isVerbOfSaying(_ reading: Reading, _ token: Int) -> Bool {
        let traits = traits(reading, token)
        return traits.contains(.attribution) && traits.isDisjoint(with: [.source, .sourceBefore])
            && !VerbsOfSaying.isNoVerb(pair.vocabulary.folded[Int(reading.folds[token])])
    }

    /// Named by `according to`, `selon`, `laut` or their like.
    private func isSource(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        for (step, trait) in [(-1, Lexicon.Traits.source), (1, .sourceBefore)] {
            var at = token + step
            while range.contains(at), abs(at - token) <= 5, reading.tokens[at].isWord {
                if traits(reading, at).contains(trait) { return true }
                at += step
            }
        }
        return false
    }

    private func isName(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        guard mayBeName(reading, token) else { return false }
        guard pair.vocabulary.language.isDisjoint(with: Lexicon.Language.capitalisesNouns) else {
            return isBesideCapital(reading, token, range)
        }
        guard Names.startsSentence(reading, token, range) else { return !isShouted(reading, range) }
        if names.isName(reading.folds[token]) { return true }
        guard token + 1 < range.upperBound else { return false }
        // A dateline: `LONDON (Agency) - `.
        if isAllCapitals(reading, token) { return !isShouted(reading, range) }
        return reading.tokens[token + 1].kind == .word
            && pair.vocabulary.isCapitalised[Int(reading.tokens[token + 1].exact)] && !isShouted(reading, range)
    }

    private func mayBeName(_ reading: Reading, _ token: Int) -> Bool {
        let word = reading.tokens[token]
        return word.kind == .word && pair.vocabulary.isCapitalised[Int(word.exact)]
            && traits(reading, token).isDisjoint(with: [.function, .number, .percent, .month, .weekday, .title])
            && !names.isCommon(reading.folds[token])
    }

    /// Where every noun has a capital, two such words in a row are as a rule a name, or a rank and a name.
    private func isBesideCapital(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        [token - 1, token + 1].contains { beside in
            range.contains(beside) && mayBeName(reading, beside)
                && traits(reading, beside).isDisjoint(with: [.scale, .currency, .vague, .hedge, .attribution])
        }
    }

    private func isAllCapitals(_ reading: Reading, _ token: Int) -> Bool {
        let word = reading.bytes[reading.tokens[token].start..<reading.tokens[token].end]
        return word.count >= 3 && word.allSatisfy { (0x41...0x5A).contains($0) }
    }

    /// Capitals mean nothing where most words have one, as in titles.
    private func isShouted(_ reading: Reading, _ range: Range<Int>) -> Bool {
        let words = range.filter { reading.tokens[$0].kind == .word }
        let capitalised = words.count { pair.vocabulary.isCapitalised[Int(reading.tokens[$0].exact)] }
        return words.count >= 5 && capitalised * 10 > words.count * 7
    }

    /// The same person or place by another spelling: Fastiqim, Fastaqim.
    private func isRespelledName(_ hunk: Hunk) -> Bool {
        guard hunk.before.count == 1, hunk.after.count == 1, let a = hunk.before.first, let b = hunk.after.first,
            isName(pair.before, a, rangeBefore), isName(pair.after, b, rangeAfter)
        else { return false }
        return !Spelling.isSameWord(pair, a, b)
            && Spelling.isLike(
                pair.vocabulary.folded[Int(pair.before.folds[a])], pair.vocabulary.folded[Int(pair.after.folds[b])])
    }

    private var areNamesReordered: Bool {
        let before = rangeBefore.filter { isName(pair.before, $0, rangeBefore) }.map { pair.before.folds[$0] }
        let after = rangeAfter.filter { isName(pair.after, $0, rangeAfter) }.map { pair.after.folds[$0] }
        return before != after && before.sorted() == after.sorted()
    }
}

/// The words of a sentence that came or went, apart from those that only changed places or spelling.
private struct ChangedWords {
    private(set) var before: [Int] = []
    private(set) var after: [Int] = []

    init(_ pair: PairReading, _ hunks: [(before: Range<Int>, after: Range<Int>)]) {
        for hunk in hunks {
            let gone = hunk.before.filter { pair.before.tokens[$0].isWord }
            let came = hunk.after.filter { pair.after.tokens[$0].isWord }
            guard gone.count == came.count else {
                before += gone
                after += came
                continue
            }
            for (a, b) in zip(gone, came) where !Spelling.isSameWord(pair, a, b) {
                before.append(a)
                after.append(b)
            }
        }
        var left: [Int32: Int] = [:]
        for token in after { left[pair.after.folds[token], default: 0] += 1 }
        var stayed: [Int32: Int] = [:]
        before = before.filter { token in
            let fold = pair.before.folds[token]
            guard let count = left[fold], count > 0 else { return true }
            left[fold] = count - 1
            stayed[fold, default: 0] += 1
            return false
        }
        after = after.filter { token in
            let fold = pair.after.folds[token]
            guard let count = stayed[fold], count > 0 else { return true }
            stayed[fold] = count - 1
            return false
        }
    }
}
