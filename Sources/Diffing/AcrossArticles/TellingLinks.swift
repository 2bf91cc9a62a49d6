/// Finds which quotations and figures of several articles are one and the same: links between any two articles, joined.
struct TellingLinks {
    /// Words in a row that two quotations must share.
    private static let gram = 4
    private static let mostPostings = 24
    /// How many pairs of figures are looked at, over all pairs of articles.
    private static let mostComparisons = 60_000
    private static let mostOfAUnit = 24

    private struct Link {
        let a: Int
        let b: Int
        let strength: Int
    }

    private let telling: Telling
    /// By article, and by the token at which a figure begins.
    private var figures: [[Int: Int]]
    private var quotations: [[Int]]

    init(_ telling: Telling) {
        self.telling = telling
        figures = Array(repeating: [:], count: telling.readings.count)
        quotations = Array(repeating: [], count: telling.readings.count)
        for (at, mention) in telling.mentions.enumerated() {
            switch mention.kind {
            case .figure: figures[mention.article][mention.tokens.lowerBound] = at
            case .quotation: quotations[mention.article].append(at)
            }
        }
    }

    /// Mentions that belong together, by their places in `telling.mentions`, in their order.
    func clusters() -> [[Int]] {
        var links = sharedRuns()
        let pairs = max(1, telling.readings.count * (telling.readings.count - 1) / 2)
        for a in telling.readings.indices {
            for b in telling.readings.indices where a < b {
                links += between(a, b, most: Self.mostComparisons / pairs)
            }
        }
        links.sort { ($1.strength, $0.a, $0.b) < ($0.strength, $1.a, $1.b) }
        return joined(links)
    }

    // MARK: Joining

    /// No figure joins another of its article with another value: one article does not contradict itself in one row.
    private func joined(_ links: [Link]) -> [[Int]] {
        var parent = Array(telling.mentions.indices)
        var members = telling.mentions.indices.map { [$0] }
        var values = telling.mentions.map { [$0.article: $0.value] }
        func root(_ at: Int) -> Int {
            var at = at
            while parent[at] != at { at = parent[at] }
            return at
        }
        for link in links {
            let (a, b) = (root(link.a), root(link.b))
            guard a != b, values[a].allSatisfy({ (values[b][$0.key] ?? $0.value) == $0.value }) else { continue }
            let (small, large) = members[a].count < members[b].count ? (a, b) : (b, a)
            parent[small] = large
            members[large] += members[small]
            members[small] = []
            values[large].merge(values[small]) { first, _ in first }
            values[small] = [:]
        }
        return members.filter { group in
            group.count > 1 && group.contains { telling.mentions[$0].article != telling.mentions[group[0]].article }
        }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }

    // MARK: Quotations that share words in a row

    private func sharedRuns() -> [Link] {
        var index: [Int: [Int]] = [:]
        for (at, mention) in telling.mentions.enumerated() where mention.kind == .quotation {
            for hash in grams(mention) + sentences(mention) where index[hash, default: []].count <= Self.mostPostings {
                if index[hash]?.last != at { index[hash, default: []].append(at) }
            }
        }
        var shared: [[Int]: Int] = [:]
        for mentions in index.values where mentions.count <= Self.mostPostings {
            for (place, a) in mentions.enumerated() {
                for b in mentions[(place + 1)...] where telling.mentions[a].article != telling.mentions[b].article {
                    shared[[a, b], default: 0] += 1
                }
            }
        }
        return shared.compactMap { pair, grams in
            let words = grams + Self.gram - 1
            let shorter = min(telling.mentions[pair[0]].words.count, telling.mentions[pair[1]].words.count)
            guard words * 2 >= shorter || words >= 2 * Self.gram || isPartly(pair[0], pair[1]) else { return nil }
            return Link(a: pair[0], b: pair[1], strength: 100 + words)
        }
    }

    /// Of each run of words that says something; of a quotation of three words all of it.
    private func grams(_ mention: Mention) -> [Int] {
        let words = mention.words
        let length = min(Self.gram, words.count)
        return (0...words.count - length).compactMap { start in
            let run = words[start..<start + length]
            guard run.count(where: isContent) >= 2 else { return nil }
            var hasher = Hasher()
            for word in run { hasher.combine(word) }
            return hasher.finalize()
        }
    }

    /// Of each sentence that is too long for a phrase of the trade, however small its words: "This is out of the question".
    private func sentences(_ mention: Mention) -> [Int] {
        mention.sentences.compactMap { range in
            guard range.count > Self.gram, mention.words[range].contains(where: isContent) else { return nil }
            return Array(mention.words[range]).hashValue
        }
    }

    /// Whether they have a whole sentence in common.
    private func isPartly(_ a: Int, _ b: Int) -> Bool {
        let own = Set(sentences(telling.mentions[a]))
        return sentences(telling.mentions[b]).contains(where: own.contains)
    }

    private func isContent(_ word: Int32) -> Bool {
        telling.vocabulary.meaning(word).traits.isDisjoint(with: [
            .function, .hedge, .number, .attribution, .vague,
        ])
    }

    // MARK: Between two articles

    private func between(_ a: Int, _ b: Int, most: Int) -> [Link] {
        let pair = telling.pair(a, b)
        var quotations = AlteredQuotations(pair)
        var links = quotations.found().compactMap { spot -> Link? in
            guard let first = quotation(a, at: spot.before.lowerBound),
                let second = quotation(b, at: spot.after.lowerBound)
            else { return nil }
            return Link(a: first, b: second, strength: Int(spot.similarity * 100))
        }
        let figures = DisagreeingFigures(pair, telling.statements[a], telling.statements[b], most: most)
        links += figures.found().compactMap { spot in
            guard let before = spot.focusBefore, let after = spot.focusAfter,
                let first = figure(a, at: before.lowerBound), let second = figure(b, at: after.lowerBound)
            else { return nil }
            return Link(a: first, b: second, strength: Int(spot.similarity * 100))
        }
        return links + agreeing(a, b, most: most) + sole(a, b)
    }

    private func quotation(_ article: Int, at token: Int) -> Int? {
        quotations[article].first { telling.mentions[$0].tokens.contains(token) }
    }

    private func figure(_ article: Int, at token: Int) -> Int? { figures[article][token] }

    /// Figures of one value that count the same among like words.
    private func agreeing(_ a: Int, _ b: Int, most: Int) -> [Link] {
        var index: [String: [Int]] = [:]
        for (at, mention) in telling.mentions.enumerated() where mention.kind == .figure && mention.article == b {
            index[mention.value, default: []].append(at)
        }
        var links: [Link] = []
        var left = most
        for (at, mention) in telling.mentions.enumerated() where mention.kind == .figure && mention.article == a {
            for other in (index[mention.value] ?? []).prefix(Self.mostOfAUnit) where left > 0 {
                left -= 1
                let (first, second) = (statement(at), statement(other))
                guard first.countsTheSame(as: second) else { continue }
                let shared = first.shared(with: second)
                guard shared >= (isSmall(mention.value) ? 3 : 1) else { continue }
                links.append(Link(a: at, b: other, strength: 200 + shared))
            }
        }
        return links
    }

    /// What both articles count once only, and what is no measure: `40 divers` and `about 60 divers` are the same divers. Of
    /// people there are many sorts: something else must be alike, too.
    private func sole(_ a: Int, _ b: Int) -> [Link] {
        let (first, second) = (counted(a), counted(b))
        return first.compactMap { unit, at in
            guard let other = second[unit], isNear(telling.mentions[at].value, telling.mentions[other].value),
                !Self.people.contains(unit) || statement(at).shared(with: statement(other)) > 0
            else { return nil }
            return Link(a: at, b: other, strength: 1)
        }
    }

    private static let people: Set<String> = ["people", "person", "men", "women", "man", "woman", "child", "children"]

    /// Of one order of magnitude.
    private func isNear(_ a: String, _ b: String) -> Bool {
        guard let a = Double(a), let b = Double(b), a > 0, b > 0 else { return false }
        return max(a, b) <= 4 * min(a, b)
    }

    /// By what stands right behind it, the one figure of an article that counts it.
    private func counted(_ article: Int) -> [String: Int] {
        var found: [String: [Int]] = [:]
        for (at, mention) in telling.mentions.enumerated() where mention.kind == .figure && mention.article == article {
            guard !isSmall(mention.value), let unit = statement(at).units.first, unit != "¤", unit != "%" else {
                continue
            }
            let last = telling.mentions[at].tokens.upperBound - 1
            let traits = telling.vocabulary.meaning(telling.readings[article].folds[last]).traits
            if !traits.contains(.unit) { found[unit, default: []].append(at) }
        }
        return found.compactMapValues { $0.count == 1 ? $0[0] : nil }
    }

    private func statement(_ mention: Int) -> FigureStatement {
        telling.statements[telling.mentions[mention].article][telling.mentions[mention].statement]
    }

    /// Small numbers stand everywhere: that two articles have one says little.
    private func isSmall(_ value: String) -> Bool { Int(value).map { $0 <= 12 } ?? false }
}
