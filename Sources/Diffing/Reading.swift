import Models

/// One revision's text as blocks, sentences and tokens. Blocks are cut up only when asked for: most stand unchanged.
struct Reading {
    struct Block {
        let kind: Revision.Block.Kind
        let bytes: Range<Int>
        var tokens = 0..<0
        var sentences = 0..<0
        /// The same for blocks that typography alone tells apart.
        var key: Int32 = -1

        var isRead: Bool { key >= 0 }
    }

    struct Sentence {
        let block: Int
        let bytes: Range<Int>
        let tokens: Range<Int>
        /// Its place among `wordFolds`.
        let words: Range<Int>
        /// The same for sentences that typography alone tells apart.
        let key: Int32
    }

    /// The blocks' texts, joined by line feeds, so that neighbouring blocks are one stretch of text.
    private(set) var bytes: [UInt8] = []
    private(set) var blocks: [Block] = []
    private(set) var tokens: [Token] = []
    /// The tokens' fold numbers.
    private(set) var folds: [Int32] = []
    /// The fold numbers of words and numbers alone.
    private(set) var wordFolds: [Int32] = []
    private(set) var sentences: [Sentence] = []

    mutating func add(_ kind: Revision.Block.Kind, _ text: String) -> Int {
        if !blocks.isEmpty { bytes.append(0x0A) }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        blocks.append(Block(kind: kind, bytes: start..<bytes.count))
        return blocks.count - 1
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func spelling(_ token: Int) -> String { string(tokens[token].start..<tokens[token].end) }

    mutating func read(_ number: Int, with vocabulary: inout Vocabulary, keys: inout ByteStrings) {
        guard !blocks[number].isRead else { return }
        let firstToken = tokens.count
        let text = bytes
        var tokenizer = Tokenizer(text, in: blocks[number].bytes)
        tokenizer.tokenise(with: &vocabulary, into: &tokens)
        for token in tokens[firstToken...] { folds.append(vocabulary.foldOf[Int(token.exact)]) }
        let range = firstToken..<tokens.count
        let isQuotation = blocks[number].kind == .quotation
        Quotations.mark(&tokens, range, bytes: text.span, isQuotation: isQuotation)
        let firstSentence = sentences.count
        var start = firstToken
        for end in SentenceSplitter.ends(tokens, folds, range, bytes: text.span, vocabulary: vocabulary) {
            addSentence(start..<end, block: number, keys: &keys)
            start = end
        }
        blocks[number].tokens = range
        blocks[number].sentences = firstSentence..<sentences.count
        blocks[number].key = keys.intern(folds.span.extracting(range))
    }

    private mutating func addSentence(_ range: Range<Int>, block: Int, keys: inout ByteStrings) {
        let firstWord = wordFolds.count
        for token in range where tokens[token].isWord { wordFolds.append(folds[token]) }
        sentences.append(
            Sentence(
                block: block, bytes: tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end, tokens: range,
                words: firstWord..<wordFolds.count, key: keys.intern(folds.span.extracting(range))))
    }
}

enum Side { case before, after }

/// Two texts that share one vocabulary.
struct PairReading {
    var before = Reading()
    var after = Reading()
    var vocabulary = Vocabulary()
    private var keys = ByteStrings()
    var matcher = SequenceMatcher()

    mutating func read(_ block: Int, on side: Side) {
        switch side {
        case .before: before.read(block, with: &vocabulary, keys: &keys)
        case .after: after.read(block, with: &vocabulary, keys: &keys)
        }
    }

    /// Adds and reads one line that is no block of the body.
    mutating func add(line: String, to side: Side) -> Int {
        let block = side == .before ? before.add(.paragraph, line) : after.add(.paragraph, line)
        read(block, on: side)
        return block
    }

    /// Whether a sentence is a correction notice or begins one.
    func isNotice(_ reading: Reading, _ tokens: Range<Int>) -> Bool {
        let start = tokens.prefix(64)
        guard start.contains(where: { vocabulary.meaning(reading.folds[$0]).traits.contains(.notice) }) else {
            return false
        }
        return Notices.begins(start.map { vocabulary.folded[Int(reading.folds[$0])] })
    }

    /// The tokens that two blocks have in common, in order.
    mutating func matches(before a: Int, after b: Int) -> [Match] {
        matches(tokens: before.blocks[a].tokens, after.blocks[b].tokens)
    }

    mutating func matches(tokens a: Range<Int>, _ b: Range<Int>) -> [Match] {
        var found: [Match] = []
        let (first, second) = (before.folds, after.folds)
        matcher.match(first.span.extracting(a), second.span.extracting(b), into: &found)
        for at in found.indices {
            found[at].before += Int32(a.lowerBound)
            found[at].after += Int32(b.lowerBound)
        }
        return found
    }

    func runs(before a: Int, after b: Int, matches: [Match]) -> [WordRun] {
        runs(before: before.blocks[a].bytes, after: after.blocks[b].bytes, matches: matches)
    }

    func runs(before a: Range<Int>, after b: Range<Int>, matches: [Match]) -> [WordRun] {
        RunWriter(before, after, vocabulary).runs(a, b, matches)
    }
}
