public import Models

/// What two articles, as a rule of two outlets about one event, have in common, and where they disagree.
///
/// Found are passages that both have, word for word or nearly; quotations that both give, but not word for word; and figures
/// that differ although they measure the same thing as far as the words around them tell.
public struct ArticleComparison: Sendable, Hashable {
    public struct Finding: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case passage, quotation, figure
        }

        public let kind: Kind
        /// The passage or the quotation as the first article has it; the sentence that holds the figure.
        public let a: String
        public let b: String
        /// The figure with what it counts, as each article puts it; for passages and quotations the same as `a` and `b`.
        public let focusA: String
        public let focusB: String
        /// From 0 to 1: of passages and quotations the share of words in common, of figures that of the words around them.
        public let similarity: Double
        /// The way from `a` to `b`.
        public let words: [WordRun]
        /// Indices in the articles' `blocks`.
        public let blockA: Int
        public let blockB: Int
        /// Where the focus stands in the text of its block, in UTF-8: the same words may stand there more than once.
        package let placeA: Range<Int>
        package let placeB: Range<Int>
    }

    /// Passages, then quotations, then figures, each in the first article's order.
    public let findings: [Finding]

    public init(_ a: Revision, _ b: Revision) {
        var pair = PairReading()
        for block in a.blocks { pair.read(pair.before.add(block.kind, block.text), on: .before) }
        for block in b.blocks { pair.read(pair.after.add(block.kind, block.text), on: .after) }
        pair.vocabulary.settleLanguage(declared: a.language ?? b.language)
        var passages = SharedPassages(pair)
        var quotations = AlteredQuotations(pair)
        let figures = DisagreeingFigures(pair)
        let spots = passages.found() + quotations.found() + figures.found()
        findings = spots.map { $0.finding(&pair) }
    }
}

/// A finding by its tokens.
struct Spot {
    let kind: ArticleComparison.Finding.Kind
    let before: Range<Int>
    let after: Range<Int>
    var focusBefore: Range<Int>?
    var focusAfter: Range<Int>?
    let similarity: Double
    let blockBefore: Int
    let blockAfter: Int

    func finding(_ pair: inout PairReading) -> ArticleComparison.Finding {
        let matches = pair.matches(tokens: before, after)
        let (a, b) = (pair.before.bytes(ofTokens: before), pair.after.bytes(ofTokens: after))
        let focusA = pair.before.bytes(ofTokens: focusBefore ?? before)
        let focusB = pair.after.bytes(ofTokens: focusAfter ?? after)
        return ArticleComparison.Finding(
            kind: kind, a: pair.before.string(a), b: pair.after.string(b),
            focusA: pair.before.string(focusA), focusB: pair.after.string(focusB), similarity: similarity,
            words: pair.runs(before: a, after: b, matches: matches), blockA: blockBefore, blockB: blockAfter,
            placeA: pair.before.place(focusA, in: blockBefore), placeB: pair.after.place(focusB, in: blockAfter))
    }
}

extension Reading {
    func bytes(ofTokens range: Range<Int>) -> Range<Int> {
        tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
    }

    /// Counted from the start of the block's text.
    func place(_ bytes: Range<Int>, in block: Int) -> Range<Int> {
        let start = blocks[block].bytes.lowerBound
        return bytes.lowerBound - start..<bytes.upperBound - start
    }
}
