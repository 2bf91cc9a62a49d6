import Models

/// Sentences of one side that became sentences of the other: as a rule one each.
private struct SentencePair {
    var before: Range<Int>
    var after: Range<Int>
}

extension EditFinder {
    /// Appends the edits between the sentences of two stretches of blocks, in the newer one's order, and returns the tokens
    /// that stand still, and whether every sentence has its partner in order.
    @discardableResult
    mutating func addSentences(_ before: [Int], _ after: [Int], _ found: inout [Edit]) -> (
        matches: [Match], isWhole: Bool
    ) {
        let pairs = pairs(before, after)
        var matches: [Match] = []
        var a = 0
        var b = 0
        let paired = pairs.reduce(0) { $0 + $1.before.count + $1.after.count }
        for pair in pairs {
            while a < before.count, before[a] != pair.before.lowerBound { a = addLoose(before, a, on: .before, &found) }
            while b < after.count, after[b] != pair.after.lowerBound { b = addLoose(after, b, on: .after, &found) }
            matches += addPair(pair, &found)
            a += pair.before.count
            b += pair.after.count
        }
        while a < before.count { a = addLoose(before, a, on: .before, &found) }
        while b < after.count { b = addLoose(after, b, on: .after, &found) }
        return (matches, paired == before.count + after.count)
    }

    /// Linked sentences that stand in order, each with loose neighbours that are part of it.
    private mutating func pairs(_ before: [Int], _ after: [Int]) -> [SentencePair] {
        var place: [Int: Int] = [:]
        for (at, sentence) in after.enumerated() { place[sentence] = at }
        let linked = before.filter { place[partner(before: $0)] != nil }
        let stays = Order.heaviestRising(
            linked.map { place[partner(before: $0)] ?? 0 },
            weights: linked.map { pair.before.sentences[$0].words.count })
        var pairs: [SentencePair] = []
        for (at, sentence) in linked.enumerated() where stays[at] {
            let other = partner(before: sentence)
            pairs.append(
                grown(SentencePair(before: sentence..<sentence + 1, after: other..<other + 1), after: pairs.last))
        }
        return pairs
    }

    private func partner(before sentence: Int) -> Int {
        partnerOfBefore.indices.contains(sentence) ? partnerOfBefore[sentence] : -1
    }

    private func partner(after sentence: Int) -> Int {
        partnerOfAfter.indices.contains(sentence) ? partnerOfAfter[sentence] : -1
    }

    /// One sentence that became two, or two that became one: a loose neighbour belongs to the pair when half of its words
    /// are in what the pair did not account for.
    private mutating func grown(_ start: SentencePair, after previous: SentencePair?) -> SentencePair {
        var grown = start
        if pair.before.sentences[start.before.lowerBound].key == pair.after.sentences[start.after.lowerBound].key {
            return start
        }
        var common = common(grown)
        for _ in 0..<4 {
            var candidates: [SentencePair] = []
            let (a, b) = (grown.before, grown.after)
            if isLoose(after: b.upperBound, beside: b.lowerBound) {
                candidates.append(SentencePair(before: a, after: b.lowerBound..<b.upperBound + 1))
            }
            if b.lowerBound > (previous?.after.upperBound ?? 0), isLoose(after: b.lowerBound - 1, beside: b.lowerBound)
            {
                candidates.append(SentencePair(before: a, after: b.lowerBound - 1..<b.upperBound))
            }
            if isLoose(before: a.upperBound, beside: a.lowerBound) {
                candidates.append(SentencePair(before: a.lowerBound..<a.upperBound + 1, after: b))
            }
            if a.lowerBound > (previous?.before.upperBound ?? 0),
                isLoose(before: a.lowerBound - 1, beside: a.lowerBound)
            {
                candidates.append(SentencePair(before: a.lowerBound - 1..<a.upperBound, after: b))
            }
            var best: (pair: SentencePair, common: Int)?
            for candidate in candidates {
                let gained = self.common(candidate)
                let size = words(candidate) - words(grown)
                guard size >= 2, (gained - common) * 2 >= size, gained > (best?.common ?? 0) else { continue }
                best = (candidate, gained)
            }
            guard let best else { return grown }
            grown = best.pair
            common = best.common
        }
        return grown
    }

    private func isLoose(before sentence: Int, beside other: Int) -> Bool {
        pair.before.sentences.indices.contains(sentence) && partner(before: sentence) < 0
            && pair.before.sentences[sentence].block == pair.before.sentences[other].block
    }

    private func isLoose(after sentence: Int, beside other: Int) -> Bool {
        pair.after.sentences.indices.contains(sentence) && partner(after: sentence) < 0
            && pair.after.sentences[sentence].block == pair.after.sentences[other].block
    }

    private func words(_ sentences: SentencePair) -> Int {
        wordRange(pair.before, sentences.before).count + wordRange(pair.after, sentences.after).count
    }

    private mutating func common(_ sentences: SentencePair) -> Int {
        let (first, second) = (pair.before, pair.after)
        return likeness.common(
            first.wordFolds.span.extracting(wordRange(first, sentences.before)),
            second.wordFolds.span.extracting(wordRange(second, sentences.after)), vocabulary: pair.vocabulary.foldCount)
    }

    private func wordRange(_ reading: Reading, _ sentences: Range<Int>) -> Range<Int> {
        reading.sentences[sentences.lowerBound].words
            .lowerBound..<reading.sentences[sentences.upperBound - 1].words.upperBound
    }

    // MARK: Edits

    private mutating func addPair(_ sentences: SentencePair, _ found: inout [Edit]) -> [Match] {
        let (a, b) = (sentences.before, sentences.after)
        let tokensBefore =
            pair.before.sentences[a.lowerBound].tokens
            .lowerBound..<pair.before.sentences[a.upperBound - 1].tokens.upperBound
        let tokensAfter =
            pair.after.sentences[b.lowerBound].tokens
            .lowerBound..<pair.after.sentences[b.upperBound - 1].tokens.upperBound
        let matches = pair.matches(tokens: tokensBefore, tokensAfter)
        let bytesBefore = pair.before.bytes(ofSentences: a)
        let bytesAfter = pair.after.bytes(ofSentences: b)
        guard pair.before.bytes[bytesBefore] != pair.after.bytes[bytesAfter] else { return matches }
        let words = pair.runs(before: bytesBefore, after: bytesAfter, matches: matches)
        let change = SentenceChange(pair, tokensBefore, tokensAfter, matches: matches, names: names)
        var (kind, significance) = change.classified()
        let block = pair.after.sentences[b.lowerBound].block
        if significance > .cosmetic, kind != .correction, let age = dateLine(tokensBefore, tokensAfter) {
            (kind, significance) = (.date, age == .relative ? .cosmetic : .minor)
        }
        if pair.after.blocks[block].kind == .caption, significance > .cosmetic, kind != .correction { kind = .image }
        found.append(
            Edit(
                kind, significance, before: pair.before.string(bytesBefore), after: pair.after.string(bytesAfter),
                words: words,
                blockBefore: pair.before.sentences[a.lowerBound].block, blockAfter: block))
        return matches
    }

    private func dateLine(_ before: Range<Int>, _ after: Range<Int>) -> DateLine.Age? {
        guard let first = DateLine.age(pair, pair.before, before), let second = DateLine.age(pair, pair.after, after)
        else { return nil }
        return first == .relative || second == .relative ? .relative : .absolute
    }

    /// Appends the edit for sentences from place `start` on that have no partner in order, and returns the place after them.
    private mutating func addLoose(_ list: [Int], _ start: Int, on side: Side, _ found: inout [Edit]) -> Int {
        let reading = side == .before ? pair.before : pair.after
        let partner = side == .before ? self.partner(before: list[start]) : self.partner(after: list[start])
        if partner >= 0 {
            // Told once, where the sentence is now.
            if side == .after { addMoved(partner, list[start], &found) }
            return start + 1
        }
        var end = start + 1
        while end < list.count, list[end] == list[end - 1] + 1,
            reading.sentences[list[end]].block == reading.sentences[list[start]].block,
            (side == .before ? self.partner(before: list[end]) : self.partner(after: list[end])) < 0
        { end += 1 }
        let text = reading.string(reading.bytes(ofSentences: list[start]..<list[end - 1] + 1))
        let block = reading.sentences[list[start]].block
        let (kind, significance) = kindOfOneSided(reading, block, list[start], isAdded: side == .after)
        found.append(
            Edit(
                kind, significance, before: side == .before ? text : nil, after: side == .after ? text : nil,
                words: [WordRun(side == .before ? .delete : .insert, text)], blockBefore: side == .before ? block : nil,
                blockAfter: side == .after ? block : nil))
        return end
    }

    private mutating func addMoved(_ a: Int, _ b: Int, _ found: inout [Edit]) {
        let first = pair.before.sentences[a]
        let second = pair.after.sentences[b]
        let text = pair.after.string(second.bytes)
        let matches = pair.matches(tokens: first.tokens, second.tokens)
        let words = pair.runs(before: first.bytes, after: second.bytes, matches: matches)
        found.append(
            Edit(
                .moved, .minor, before: pair.before.string(first.bytes), after: text, words: words,
                blockBefore: first.block,
                blockAfter: second.block))
        if first.key != second.key { _ = addPair(SentencePair(before: a..<a + 1, after: b..<b + 1), &found) }
    }
}

extension Reading {
    func bytes(ofSentences range: Range<Int>) -> Range<Int> {
        sentences[range.lowerBound].bytes.lowerBound..<sentences[range.upperBound - 1].bytes.upperBound
    }
}
