/// Which sentences of the blocks that have no equal belong together: equal ones in order first, then like ones, by the
/// likeness of their word sequences; only long and very like ones across blocks that stand still.
struct SentenceAlignment {
    /// By sentence number: the sentence's partner on the other side, or -1.
    private(set) var partnerOfBefore: [Int]
    private(set) var partnerOfAfter: [Int]

    /// Words that more sentences than this hold say nothing about which of them belong together.
    private static let mostPostings = 32
    private static let mostCandidates = 4
    private static let likeNearby = 0.5
    private static let likeNextToLinked = 0.34
    private static let likeFarAway = 0.7
    private static let fewestWordsFarAway = 5

    /// Sentences of the blocks that have no equal, in the blocks' order.
    private let before: [Int]
    private let after: [Int]
    private let gapBefore: [Int]
    private let gapAfter: [Int]
    /// Place in `after` by sentence number.
    private var placeOfAfter: [Int]
    private var likeness = Likeness()

    private struct Candidate {
        let rank: Double
        let distance: Int
        let before: Int
        let after: Int
    }

    init(_ pair: inout PairReading, _ blocks: BlockAlignment) {
        partnerOfBefore = Array(repeating: -1, count: pair.before.sentences.count)
        partnerOfAfter = Array(repeating: -1, count: pair.after.sentences.count)
        before = blocks.restBefore.flatMap { pair.before.blocks[$0].sentences }
        after = blocks.restAfter.flatMap { pair.after.blocks[$0].sentences }
        gapBefore = before.map { blocks.gapBefore[pair.before.sentences[$0].block] }
        gapAfter = after.map { blocks.gapAfter[pair.after.sentences[$0].block] }
        placeOfAfter = Array(repeating: -1, count: pair.after.sentences.count)
        guard !before.isEmpty, !after.isEmpty else { return }
        for (place, sentence) in after.enumerated() { placeOfAfter[sentence] = place }
        linkEqual(&pair)
        linkLike(pair)
        linkNextToLinked(pair, before.indices.map { $0 }, step: -1)
        linkNextToLinked(pair, before.indices.reversed(), step: 1)
        dropWeakCrossings(pair)
    }

    private mutating func link(_ a: Int, _ b: Int) {
        partnerOfBefore[before[a]] = after[b]
        partnerOfAfter[after[b]] = before[a]
    }

    private func place(ofPartner a: Int) -> Int? {
        let partner = partnerOfBefore[before[a]]
        return partner < 0 ? nil : placeOfAfter[partner]
    }

    private func isFree(before a: Int) -> Bool { partnerOfBefore[before[a]] < 0 }
    private func isFree(after b: Int) -> Bool { partnerOfAfter[after[b]] < 0 }

    private mutating func linkEqual(_ pair: inout PairReading) {
        let keysBefore = before.map { pair.before.sentences[$0].key }
        let keysAfter = after.map { pair.after.sentences[$0].key }
        var a = 0
        var b = 0
        while a < before.count, b < after.count {
            if gapBefore[a] < gapAfter[b] {
                a += 1
                continue
            }
            if gapAfter[b] < gapBefore[a] {
                b += 1
                continue
            }
            var endA = a
            var endB = b
            while endA < before.count, gapBefore[endA] == gapBefore[a] { endA += 1 }
            while endB < after.count, gapAfter[endB] == gapAfter[b] { endB += 1 }
            var matches: [Match] = []
            pair.matcher.match(
                keysBefore.span.extracting(a..<endA), keysAfter.span.extracting(b..<endB), into: &matches)
            for match in matches { link(a + Int(match.before), b + Int(match.after)) }
            a = endA
            b = endB
        }
    }

    private mutating func ratio(_ pair: PairReading, _ a: Int, _ b: Int) -> Double {
        likeness.ratio(
            pair.before.wordFolds.span.extracting(pair.before.sentences[before[a]].words),
            pair.after.wordFolds.span.extracting(pair.after.sentences[after[b]].words),
            vocabulary: pair.vocabulary.foldCount)
    }

    private mutating func linkLike(_ pair: PairReading) {
        var candidates: [Candidate] = []
        let places = samePlaces()
        var index = Postings(
            pair.after, sentences: after, isOpen: after.indices.map { isFree(after: $0) },
            vocabulary: pair.vocabulary.foldCount,
            most: Self.mostPostings)
        for a in before.indices where isFree(before: a) {
            let words = pair.before.sentences[before[a]].words
            var tried = index.best(for: pair.before.wordFolds.span.extracting(words), most: Self.mostCandidates)
            for place in places[a] where !tried.contains(place) { tried.append(place) }
            for b in tried {
                let ratio = ratio(pair, a, b)
                let isNearby = gapBefore[a] == gapAfter[b]
                guard ratio >= (isNearby ? Self.likeNearby : Self.likeFarAway) else { continue }
                if !isNearby, fewestWords(pair, a, b) < Self.fewestWordsFarAway { continue }
                let rank = ratio + (isNearby ? 0.15 : 0)
                candidates.append(
                    Candidate(rank: rank, distance: abs(places[a].first.map { $0 - b } ?? .max), before: a, after: b))
            }
        }
        candidates.sort {
            ($1.rank, $0.distance, $0.before, $0.after) < ($0.rank, $1.distance, $1.before, $1.after)
        }
        for candidate in candidates where isFree(before: candidate.before) && isFree(after: candidate.after) {
            link(candidate.before, candidate.after)
        }
    }

    private func fewestWords(_ pair: PairReading, _ a: Int, _ b: Int) -> Int {
        min(pair.before.sentences[before[a]].words.count, pair.after.sentences[after[b]].words.count)
    }

    /// For each free sentence the free ones at the same distance from what stands still before, and after, it: tables and
    /// lists whose lines differ in little are told apart by nothing else.
    private func samePlaces() -> [[Int]] {
        var places = [[Int]](repeating: [], count: before.count)
        func walk(_ order: some Sequence<Int>, step: Int, starts: [Int: Int]) {
            var gap = -1
            var b = 0
            for a in order {
                if gapBefore[a] != gap {
                    gap = gapBefore[a]
                    b = (starts[gap] ?? -step * (after.count + before.count)) - step
                }
                b += step
                if let linked = place(ofPartner: a) { b = linked }
                guard isFree(before: a), after.indices.contains(b), gapAfter[b] == gap, isFree(after: b) else {
                    continue
                }
                if !places[a].contains(b) { places[a].append(b) }
            }
        }
        var first: [Int: Int] = [:]
        var last: [Int: Int] = [:]
        for b in after.indices {
            if first[gapAfter[b]] == nil { first[gapAfter[b]] = b }
            last[gapAfter[b]] = b
        }
        walk(before.indices, step: 1, starts: first)
        walk(before.indices.reversed(), step: -1, starts: last)
        return places
    }

    /// Between two sentences that stand still even a heavily rewritten one is the same sentence.
    private mutating func linkNextToLinked(_ pair: PairReading, _ order: [Int], step: Int) {
        for a in order where isFree(before: a) {
            let next = a + step
            let isEdge = !before.indices.contains(next) || gapBefore[next] != gapBefore[a]
            let b: Int
            if isEdge {
                guard let edge = edge(ofGap: gapBefore[a], step: step) else { continue }
                b = edge
            } else {
                guard let linked = place(ofPartner: next) else { continue }
                b = linked - step
            }
            guard after.indices.contains(b), gapAfter[b] == gapBefore[a], isFree(after: b) else { continue }
            let ratio = ratio(pair, a, b)
            let common = ratio * Double(fewestWords(pair, a, b))
            if ratio >= Self.likeNearby || (ratio >= Self.likeNextToLinked && common > 1.5) { link(a, b) }
        }
    }

    private func edge(ofGap gap: Int, step: Int) -> Int? {
        // `gapAfter` rises, so the gap's first and last sentence are found by halving.
        var low = 0
        var high = gapAfter.count
        let wanted = step < 0 ? gap : gap + 1
        while low < high {
            let middle = (low + high) / 2
            if gapAfter[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        let found = step < 0 ? low : low - 1
        return gapAfter.indices.contains(found) && gapAfter[found] == gap ? found : nil
    }

    /// A short or little like sentence that changed places with others is more likely two different ones.
    private mutating func dropWeakCrossings(_ pair: PairReading) {
        let linked = before.indices.filter { !isFree(before: $0) }
        let places = linked.map { place(ofPartner: $0) ?? 0 }
        let weights = linked.map { pair.before.sentences[before[$0]].words.count }
        let stays = Order.heaviestRising(places, weights: weights)
        for at in linked.indices where !stays[at] {
            let (a, b) = (linked[at], places[at])
            if fewestWords(pair, a, b) < Self.fewestWordsFarAway || ratio(pair, a, b) < Self.likeFarAway {
                partnerOfBefore[before[a]] = -1
                partnerOfAfter[after[b]] = -1
            }
        }
    }
}

/// Which sentences hold a word, for words that are not everywhere.
struct Postings {
    private var starts: [Int32]
    private var lists: [Int32] = []
    private var votes: [Double]

    /// `sentences` are counted by their place in that list.
    init(_ reading: Reading, sentences: [Int], isOpen: [Bool], vocabulary: Int, most: Int) {
        var counts = [Int32](repeating: 0, count: vocabulary + 1)
        for (place, sentence) in sentences.enumerated() where isOpen[place] {
            for word in reading.wordFolds[reading.sentences[sentence].words] { counts[Int(word)] += 1 }
        }
        starts = Array(repeating: 0, count: vocabulary + 1)
        var total: Int32 = 0
        for word in 0..<vocabulary {
            starts[word] = total
            if counts[word] <= most { total += counts[word] }
        }
        starts[vocabulary] = total
        lists = Array(repeating: 0, count: Int(total))
        var filled = starts
        for (place, sentence) in sentences.enumerated() where isOpen[place] {
            for word in reading.wordFolds[reading.sentences[sentence].words] where counts[Int(word)] <= most {
                lists[Int(filled[Int(word)])] = Int32(place)
                filled[Int(word)] += 1
            }
        }
        votes = Array(repeating: 0, count: sentences.count)
    }

    /// The places that share most of `words`, rare words counting more; best first.
    mutating func best(for words: borrowing Span<Int32>, most: Int) -> [Int] {
        var touched: [Int] = []
        for at in words.indices {
            let word = Int(words[at])
            let range = Int(starts[word])..<Int(starts[word + 1])
            guard !range.isEmpty else { continue }
            let weight = 1 / Double(range.count)
            for place in lists[range] {
                if votes[Int(place)] == 0 { touched.append(Int(place)) }
                votes[Int(place)] += weight
            }
        }
        var best: [Int] = []
        for place in touched {
            var at = best.count
            while at > 0, (votes[best[at - 1]], -best[at - 1]) < (votes[place], -place) { at -= 1 }
            if at < most {
                best.insert(place, at: at)
                if best.count > most { best.removeLast() }
            }
        }
        for place in touched { votes[place] = 0 }
        return best
    }
}
