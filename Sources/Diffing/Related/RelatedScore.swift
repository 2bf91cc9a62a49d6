/// How surely two articles tell of the same event, or share their text.
///
/// An index holds three things: band key -> articles, term key -> articles, and each article's sketch. A question goes:
/// look up the sketch's `bandKeys`, and its `terms` that no more than `mostPostings` articles have; of the articles met, take
/// those with the greatest sum of `rarity` over the terms met (a band counts as a very rare term); score each by its sketch;
/// keep what scores at least `least`.
public struct RelatedScore: Sendable {
    /// Articles that a term may stand in to be looked up: others say little and cost much.
    public static let mostPostings = 1000
    /// Candidates whose sketches are worth reading.
    public static let mostCandidates = 200
    /// What an article must score to be about the same.
    public static let least = 0.1

    private let sketch: ArticleSketch
    private let weights: [UInt64: Double]
    private let total: Double
    private let meanRarity: Double
    private let articles: Int
    private let frequency: [UInt64: Int]

    /// - Parameters:
    ///   - articles: Articles in the index.
    ///   - frequency: How many of them have each of the sketch's terms.
    public init(_ sketch: ArticleSketch, articles: Int, frequency: [UInt64: Int]) {
        self.sketch = sketch
        self.articles = articles
        self.frequency = frequency
        var weights: [UInt64: Double] = [:]
        for term in sketch.terms {
            let rarity = Self.rarity(frequency[term.key] ?? 0, articles)
            weights[term.key] = term.weight * rarity * rarity
        }
        self.weights = weights
        // Sorted, since sums of floating-point numbers depend on the order.
        total = weights.values.sorted().reduce(0, +)
        let squares = sketch.terms.map { term in
            let rarity = Self.rarity(frequency[term.key] ?? 0, articles)
            return rarity * rarity
        }
        meanRarity = squares.isEmpty ? 1 : squares.reduce(0, +) / Double(squares.count)
    }

    /// From 0, for a term that every article has, to 1, for one that none or a single one has.
    public static func rarity(_ frequency: Int, _ articles: Int) -> Double {
        guard articles > 1 else { return 1 }
        let bits = { (value: Int) in Self.log2(Double(value)) }
        return max(0, min(1, 1 - bits(max(1, frequency)) / bits(articles + 1)))
    }

    /// The terms to look up, rarest first.
    public var lookups: [UInt64] {
        sketch.terms.map(\.key).filter { (frequency[$0] ?? 0) <= Self.mostPostings }
            .sorted { (frequency[$0] ?? 0, $0) < (frequency[$1] ?? 0, $1) }
    }

    /// From 0 to 1. Two articles about different things that use some of the same words stay well below `least`.
    public func score(_ other: ArticleSketch) -> Double {
        var shared = 0.0
        var count = 0
        var otherTotal = 0.0
        for term in other.terms {
            // A term that the asking article lacks is taken to be as rare as its own are on average.
            guard let weight = weights[term.key] else {
                otherTotal += term.weight * meanRarity
                continue
            }
            let rarity = Self.rarity(frequency[term.key] ?? 0, articles)
            otherTotal += term.weight * rarity * rarity
            shared += min(weight, term.weight * rarity * rarity)
            if rarity > 0.3 { count += 1 }
        }
        // By the longer of the two: a short text has few words that could tell it apart.
        let longer = max(total, otherTotal)
        let words = longer > 0 ? shared / longer : 0
        // A few words in common, however rare, are an accident or a place.
        let told = count >= Self.fewestShared ? words : words * Double(count) / Double(2 * Self.fewestShared)
        let text = sketch.resemblance(to: other)
        return 1 - (1 - told) * (1 - (text >= Self.leastResemblance ? text : 0))
    }

    private static let fewestShared = 4
    /// One or two minima of 64 agree by chance, or for a phrase of the trade.
    private static let leastResemblance = 0.05

    /// By the exponent and a straight line between powers: the standard library has no logarithm, and none better is needed.
    private static func log2(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        return Double(value.exponent) + value.significand - 1
    }
}
