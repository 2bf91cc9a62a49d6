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
        if quoted(pair.before, rangeBefore) != quoted(pair.after, rangeAfter) { return (.quotation, .substantive) }
        if isFigureChanged || real.contains(where: isHedgeChanged) { return (.figure, .substantive) }
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
        return (.wording, changesContent ? .substantive : .minor)
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
            case .word, .number, .dash: true
            case .stop: besideWords && reading.spelling(at) == "."
            default: false
            }
        }
    }

    private func squeezed(_ reading: Reading, _ range: Range<Int>) -> String {
        range.reduce(into: "") { text, at in
            guard reading.tokens[at].isWord else { return }
            text += pair.vocabulary.folded[Int(reading.folds[at])].filter { $0 != "'" }
        }
    }

    private func numbers(_ reading: Reading, _ range: Range<Int>) -> [Int32] {
        range.filter { reading.tokens[$0].kind == .number }.map { reading.folds[$0] }
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
        var came = after
        var gone: [Figure] = []
        for figure in before {
            if let at = came.firstIndex(of: figure) { came.remove(at: at) } else { gone.append(figure) }
        }
        guard gone.isEmpty, came.isEmpty else {
            return gone.contains { isExact($0, besides: came) } || came.contains { isExact($0, besides: gone) }
        }
        // The same figures in another order may say something else: 12 dead and 46 injured.
        return before.filter { $0.kind == .value } != after.filter { $0.kind == .value }
    }

    /// `one` for `1` is a matter of style; `one`, `first` and their like are used for other things than counting.
    private func isExact(_ figure: Figure, besides others: [Figure]) -> Bool {
        if figure.kind == .vague { return false }
        return figure.kind != .value || figure.text != "1" || !others.contains { $0.kind == .vague }
    }

    /// `at least`, `about`, `more than` right before a number.
    private func isHedgeChanged(_ hunk: Hunk) -> Bool {
        hunk.before.contains { isHedge(pair.before, $0, rangeBefore) }
            || hunk.after.contains { isHedge(pair.after, $0, rangeAfter) }
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
        let other: Lexicon.Traits = [.function, .number, .scale, .vague, .month, .weekday, .percent, .currency]
        return reading.tokens[token].kind == .word && traits(reading, token).isDisjoint(with: other)
    }

    /// A verb or adverb of saying, or the name right beside one.
    private func isAttribution(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        if traits(reading, token).contains(.attribution) { return true }
        guard isName(reading, token, range) else { return false }
        for step in [-1, 1] {
            var at = token + step
            while range.contains(at), isName(reading, at, range) { at += step }
            if range.contains(at), traits(reading, at).contains(.attribution) { return true }
        }
        return false
    }

    private func isName(_ reading: Reading, _ token: Int, _ range: Range<Int>) -> Bool {
        let word = reading.tokens[token]
        guard word.kind == .word, pair.vocabulary.isCapitalised[Int(word.exact)],
            pair.vocabulary.language.isDisjoint(with: Lexicon.Language.capitalisesNouns)
        else { return false }
        let traits = traits(reading, token)
        let fold = reading.folds[token]
        guard traits.isDisjoint(with: [.function, .number, .percent, .month, .weekday]), !names.isCommon(fold) else {
            return false
        }
        guard Names.startsSentence(reading, token, range) else { return !isShouted(reading, range) }
        if names.isName(fold) { return true }
        return token + 1 < range.upperBound && reading.tokens[token + 1].kind == .word
            && pair.vocabulary.isCapitalised[Int(reading.tokens[token + 1].exact)] && !isShouted(reading, range)
    }

    /// Capitals mean nothing where most words have one, as in titles.
    private func isShouted(_ reading: Reading, _ range: Range<Int>) -> Bool {
        let words = range.filter { reading.tokens[$0].kind == .word }
        let capitalised = words.count { pair.vocabulary.isCapitalised[Int(reading.tokens[$0].exact)] }
        return words.count >= 4 && capitalised * 10 > words.count * 7
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
            if gone.count == 1, came.count == 1, Spelling.isSameWord(pair, gone[0], came[0]) { continue }
            before += gone
            after += came
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

/// Tells a corrected misspelling or another inflection from another word.
enum Spelling {
    static func isSameWord(_ pair: PairReading, _ a: Int, _ b: Int) -> Bool {
        let first = pair.vocabulary.folded[Int(pair.before.folds[a])]
        let second = pair.vocabulary.folded[Int(pair.after.folds[b])]
        if stem(first) == stem(second) { return true }
        let isName = [pair.before.tokens[a], pair.after.tokens[b]].allSatisfy {
            pair.vocabulary.isCapitalised[Int($0.exact)]
        }
        guard !isName, pair.before.tokens[a].kind == .word, pair.after.tokens[b].kind == .word else { return false }
        return isOneSlipApart(Array(first.unicodeScalars), Array(second.unicodeScalars))
    }

    /// Whether most letters are the same at the two ends.
    static func isLike(_ first: String, _ second: String) -> Bool {
        let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let suffix = min(zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count, min(a.count, b.count) - prefix)
        return prefix + suffix >= 2 && (prefix + suffix) * 3 >= max(a.count, b.count) * 2
    }

    private static func stem(_ word: String) -> Substring {
        if word.hasSuffix("'s") { return word.dropLast(2) }
        return word.hasSuffix("'") ? word.dropLast(1) : word[...]
    }

    /// One letter too many, too few, wrong, or two swapped, in a word of five letters or more with the same first letter.
    private static func isOneSlipApart(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
        guard min(a.count, b.count) >= 5, abs(a.count - b.count) <= 1, a[0] == b[0] else { return false }
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var end = 0
        while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
        let restA = a[start..<a.count - end]
        let restB = b[start..<b.count - end]
        if restA.count <= 1, restB.count <= 1 { return true }
        return restA.count == 2 && restB.count == 2 && restA.first == restB.last && restA.last == restB.first
    }
}
