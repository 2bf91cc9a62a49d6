/// Finds what stands in both of two articles: seeds of a few words in a row that both have tell which blocks to compare, the
/// words that these have in common are cut where they become sparse.
struct SharedPassages {
    /// Words in a row that make a seed.
    private static let seed = 5
    /// Seeds in more blocks than this are phrases of the trade.
    private static let mostPostings = 8
    private static let mostCandidates = 6
    /// Words that a passage must have in common, of a script with spaces; half of an ideograph's weight.
    private static let fewestWords = 12.0
    private static let leastSimilarity = 0.7
    /// How far the score may fall behind its best before a passage ends, in unmatched words.
    private static let longestGap = 6.0
    /// Share of a block or sentence that makes it the passage as a whole.
    private static let wholeShare = 0.8

    private var pair: PairReading

    init(_ pair: PairReading) { self.pair = pair }

    /// In the first article's order, none within another.
    mutating func found() -> [Spot] {
        let index = seeds(pair.after)
        var spots: [Spot] = []
        for block in pair.before.blocks.indices {
            for other in candidates(block, index) { spots += passages(block, other) }
        }
        spots.sort {
            ($1.before.count, $0.before.lowerBound, $0.after.lowerBound) < (
                $0.before.count, $1.before.lowerBound, $1.after.lowerBound
            )
        }
        var takenBefore = [Bool](repeating: false, count: pair.before.tokens.count)
        var takenAfter = [Bool](repeating: false, count: pair.after.tokens.count)
        spots = spots.filter { spot in
            if takenBefore[spot.before.lowerBound] || takenBefore[spot.before.upperBound - 1] { return false }
            if takenAfter[spot.after.lowerBound] || takenAfter[spot.after.upperBound - 1] { return false }
            for at in spot.before { takenBefore[at] = true }
            for at in spot.after { takenAfter[at] = true }
            return true
        }
        return spots.sorted { $0.before.lowerBound < $1.before.lowerBound }
    }

    // MARK: Which blocks to compare

    private func words(_ reading: Reading, _ block: Int) -> ArraySlice<Int32> {
        let sentences = reading.blocks[block].sentences
        guard let first = sentences.first, let last = sentences.last else { return [] }
        return reading.wordFolds[reading.sentences[first].words.lowerBound..<reading.sentences[last].words.upperBound]
    }

    private func hashes(_ words: ArraySlice<Int32>) -> [Int] {
        guard words.count >= Self.seed else { return [] }
        return (words.startIndex...words.endIndex - Self.seed).map { start in
            var hasher = Hasher()
            for at in start..<start + Self.seed { hasher.combine(words[at]) }
            return hasher.finalize()
        }
    }

    private func seeds(_ reading: Reading) -> [Int: [Int32]] {
        var index: [Int: [Int32]] = [:]
        for block in reading.blocks.indices {
            for hash in hashes(words(reading, block)) {
                let known = index[hash]
                guard known?.last != Int32(block), (known?.count ?? 0) <= Self.mostPostings else { continue }
                index[hash, default: []].append(Int32(block))
            }
        }
        return index
    }

    private func candidates(_ block: Int, _ index: [Int: [Int32]]) -> [Int] {
        var votes: [Int32: Int] = [:]
        for hash in hashes(words(pair.before, block)) {
            guard let others = index[hash], others.count <= Self.mostPostings else { continue }
            for other in others { votes[other, default: 0] += 1 }
        }
        let best = votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return best.prefix(Self.mostCandidates).map { Int($0.key) }
    }

    // MARK: What they have in common

    private mutating func passages(_ block: Int, _ other: Int) -> [Spot] {
        let tokensBefore = pair.before.blocks[block].tokens.filter { pair.before.tokens[$0].isWord }
        let tokensAfter = pair.after.blocks[other].tokens.filter { pair.after.tokens[$0].isWord }
        let (wordsBefore, wordsAfter) = (Array(words(pair.before, block)), Array(words(pair.after, other)))
        var matches: [Match] = []
        pair.matcher.match(wordsBefore.span, wordsAfter.span, into: &matches)
        return dense(matches, tokensBefore).compactMap { range in
            let first = matches[range.lowerBound]
            let last = matches[range.upperBound - 1]
            let (a, b) = (Int(first.before)..<Int(last.before) + 1, Int(first.after)..<Int(last.after) + 1)
            let similarity = 2 * Double(range.count) / Double(a.count + b.count)
            guard similarity >= Self.leastSimilarity else { return nil }
            let before = whole(pair.before, block, tokensBefore, a)
            let after = whole(pair.after, other, tokensAfter, b)
            let counted = pair.before.wordCount(before) + pair.after.wordCount(after)
            return Spot(
                kind: .passage, before: before, after: after, similarity: 2 * Double(range.count) / Double(counted),
                blockBefore: block, blockAfter: other)
        }
    }

    /// Stretches of matches in which matched words outweigh those between them.
    private func dense(_ matches: [Match], _ tokens: [Int]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        while start < matches.count {
            var score = weight(matches[start], tokens)
            var weight = score
            var best = (score: score, weight: score, end: start + 1)
            var at = start + 1
            while at < matches.count {
                let gap = Double(
                    matches[at].before - matches[at - 1].before + matches[at].after - matches[at - 1].after - 2)
                score -= gap / 2
                if score < best.score - Self.longestGap || score <= 0 { break }
                score += self.weight(matches[at], tokens)
                weight += self.weight(matches[at], tokens)
                if score >= best.score { best = (score, weight, at + 1) }
                at += 1
            }
            if best.weight >= Self.fewestWords { found.append(start..<best.end) }
            // A failed start may hide a better one a little later, but never inside what was found.
            start = best.weight >= Self.fewestWords ? best.end : max(start + 1, score <= 0 ? at : start + 1)
        }
        return found
    }

    private func weight(_ match: Match, _ tokens: [Int]) -> Double {
        let token = pair.before.tokens[tokens[Int(match.before)]]
        return Scalars.classify(Scalars.decode(pair.before.bytes.span, token.start).scalar) == .ideograph ? 0.5 : 1
    }

    /// The sentences that a stretch of a block's words nearly fills, with the marks that belong to them; the block if it fills
    /// that.
    private func whole(_ reading: Reading, _ block: Int, _ words: [Int], _ stretch: Range<Int>) -> Range<Int> {
        var (low, high) = (words[stretch.lowerBound], words[stretch.upperBound - 1] + 1)
        let range = low..<high
        let all = reading.blocks[block].tokens
        let ends = [low, high - 1].map { reading.sentences[reading.sentence(ofToken: $0, in: block)] }
        if ends[0].tokens.lowerBound == all.lowerBound, ends[1].tokens.upperBound == all.upperBound,
            Double(stretch.count) >= Self.wholeShare * Double(words.count)
        {
            return all
        }
        for sentence in ends {
            let covered = reading.wordCount(range.clamped(to: sentence.tokens))
            guard Double(covered) >= Self.wholeShare * Double(sentence.words.count) else { continue }
            low = min(low, sentence.tokens.lowerBound)
            high = max(high, sentence.tokens.upperBound)
        }
        while low > all.lowerBound, reading.opens(low - 1) { low -= 1 }
        while high < all.upperBound, reading.closes(high) { high += 1 }
        return low..<high
    }
}

extension Reading {
    func wordCount(_ range: Range<Int>) -> Int { range.count { tokens[$0].isWord } }

    fileprivate func sentence(ofToken token: Int, in block: Int) -> Int {
        var low = blocks[block].sentences.lowerBound
        var high = blocks[block].sentences.upperBound - 1
        while low < high {
            let middle = (low + high) / 2
            if sentences[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// An opening mark right before a word.
    fileprivate func opens(_ token: Int) -> Bool {
        tokens[token].kind == .quote && tokens[token].end == tokens[token + 1].start
            && (token == 0 || tokens[token - 1].end < tokens[token].start)
    }

    /// A mark right after a word.
    fileprivate func closes(_ token: Int) -> Bool {
        !tokens[token].isWord && tokens[token].kind != .dash && tokens[token - 1].end == tokens[token].start
    }
}
