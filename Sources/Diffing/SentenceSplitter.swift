/// Cuts a block's tokens into sentences, in any script, without a model: what matters is that both revisions are cut alike.
package enum SentenceSplitter {
    /// The sentences of one block of text, without the white space between them.
    package static func sentences(in text: String) -> [String] {
        var pair = PairReading()
        let block = pair.add(line: text, to: .before)
        return pair.before.blocks[block].sentences.map { pair.before.string(pair.before.sentences[$0].bytes) }
    }

    /// The token after each sentence's last, in order; the last is the range's end. Empty for no tokens.
    static func ends(
        _ tokens: [Token], _ folds: [Int32], _ range: Range<Int>, bytes: borrowing Span<UInt8>, vocabulary: Vocabulary
    ) -> [Int] {
        var ends: [Int] = []
        var start = range.lowerBound
        var at = start
        while at < range.upperBound {
            guard isEnd(at, tokens, range, bytes) else {
                at += 1
                continue
            }
            let mark = at
            at += 1
            while at < range.upperBound, belongsToEnd(at, tokens, bytes) { at += 1 }
            guard at < range.upperBound else { break }
            if breaks(mark, before: at, from: start, tokens, folds, bytes, vocabulary) {
                ends.append(at)
                start = at
            }
        }
        if start < range.upperBound { ends.append(range.upperBound) }
        return ends
    }

    private static func isEnd(_ at: Int, _ tokens: [Token], _ range: Range<Int>, _ bytes: borrowing Span<UInt8>) -> Bool
    {
        switch tokens[at].kind {
        case .stop, .ellipsis: return true
        case .punctuation:
            // A semicolon is the Greek question mark, U+037E being the same character by Unicode's own rules.
            let scalar = Scalars.decode(bytes, tokens[at].start).scalar
            guard scalar == 0x3B || scalar == 0x37E, at > range.lowerBound, tokens[at - 1].kind == .word else {
                return false
            }
            return (0x370...0x3FF).contains(Scalars.decode(bytes, tokens[at - 1].start).scalar)
        default: return false
        }
    }

    /// More stops, and the marks and brackets that close what the sentence opened.
    private static func belongsToEnd(_ at: Int, _ tokens: [Token], _ bytes: borrowing Span<UInt8>) -> Bool {
        let touches = tokens[at - 1].end == tokens[at].start
        switch tokens[at].kind {
        case .stop, .ellipsis: return touches
        case .quote:
            let scalar = Scalars.decode(bytes, tokens[at].start).scalar
            let isOpening = scalar == 0x201E || scalar == 0x300C || scalar == 0x300E || scalar == 0x201A
            // French sets a space before the guillemet that closes.
            return (touches && !isOpening) || scalar == 0xBB && at + 1 < tokens.count && !touches
        case .punctuation:
            let scalar = Scalars.decode(bytes, tokens[at].start).scalar
            return touches && (scalar == 0x29 || scalar == 0x5D || scalar == 0xFF09 || scalar == 0x3011)
        default: return false
        }
    }

    private static func breaks(
        _ mark: Int, before next: Int, from start: Int, _ tokens: [Token], _ folds: [Int32],
        _ bytes: borrowing Span<UInt8>,
        _ vocabulary: Vocabulary
    ) -> Bool {
        let scalar = Scalars.decode(bytes, tokens[mark].start).scalar
        if scalar == 0x3002 || scalar == 0xFF01 || scalar == 0xFF1F || scalar == 0xFF61 {
            return breaksUnspaced(next, tokens, bytes)
        }
        guard tokens[next].start > tokens[next - 1].end else { return false }
        if Scalars.isLowercase(Scalars.decode(bytes, tokens[next].start).scalar) { return false }
        if tokens[next].kind == .punctuation, !opensBracket(next, tokens, bytes) { return false }
        if tokens[next].kind == .dash { return false }
        guard scalar == 0x2E, tokens[mark].kind == .stop, mark > start else { return true }
        return !isAbbreviation(mark, next, start, tokens, folds, bytes, vocabulary)
    }

    /// Chinese and Japanese set no space; 「…！」と言った goes on after the quotation.
    private static func breaksUnspaced(_ next: Int, _ tokens: [Token], _ bytes: borrowing Span<UInt8>) -> Bool {
        let following = Scalars.decode(bytes, tokens[next].start).scalar
        let afterQuote = tokens[next - 1].kind == .quote
        if afterQuote, (0x3041...0x3096).contains(following) { return false }
        return tokens[next].kind != .punctuation || opensBracket(next, tokens, bytes)
    }

    private static func opensBracket(_ at: Int, _ tokens: [Token], _ bytes: borrowing Span<UInt8>) -> Bool {
        switch Scalars.decode(bytes, tokens[at].start).scalar {
        case 0x28, 0x5B, 0x3010, 0xFF08, 0x300A, 0xBF, 0xA1, 0x23, 0x40, 0x2A: true
        default: false
        }
    }

    private static func isAbbreviation(
        _ mark: Int, _ next: Int, _ start: Int, _ tokens: [Token], _ folds: [Int32], _ bytes: borrowing Span<UInt8>,
        _ vocabulary: Vocabulary
    ) -> Bool {
        let before = tokens[mark - 1]
        guard before.end == tokens[mark].start, next == mark + 1 else { return false }
        let folded = vocabulary.folded[Int(folds[mark - 1])]
        if before.kind == .number {
            // A list's number, or the ordinal before a month: `3. Oktober`.
            guard before.length <= 2 else { return false }
            return mark - 1 == start || Lexicon.traits(of: vocabulary.folded[Int(folds[next])]).contains(.month)
        }
        guard before.kind == .word else { return false }
        let (first, length) = Scalars.decode(bytes, before.start)
        let isInitial = length == Int(before.length) && Scalars.classify(first) == .letter
        return isInitial || Lexicon.abbreviations.contains(folded)
    }
}
