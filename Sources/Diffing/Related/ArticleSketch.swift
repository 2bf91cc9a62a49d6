public import Models

/// What an index keeps of an article to find others that share its text, or tell of the same event.
///
/// Two kinds of evidence: the least hashes of its runs of three words (MinHash; A. Broder, "On the resemblance and containment
/// of documents", 1997), of which equal bands make near-duplicates meet without comparing all with all; and its telling
/// words, names and figures, for articles that share no sentence.
public struct ArticleSketch: Sendable, Hashable {
    /// A word, name or figure.
    public struct Term: Sendable, Hashable {
        /// FNV-1a, 64 bits, of the folded word, mixed.
        public let key: UInt64
        /// 1 for a word that stands once in the text, more for names, the headline's words and words that are repeated.
        public let weight: Double

        public init(key: UInt64, weight: Double) {
            self.key = key
            self.weight = weight
        }
    }

    /// What is stored says nothing to a program of another version: folding or choice changed.
    public static let version = 1
    public static let minimaCount = 64
    private static let rowsInBand = 4
    /// Terms kept of an article.
    public static let mostTerms = 48

    /// The least of the shingles' hashes under each of `minimaCount` permutations; empty for a text too short to have one.
    public let minima: [UInt32]
    /// The heaviest first, at most `mostTerms`.
    public let terms: [Term]

    public init(minima: [UInt32], terms: [Term]) {
        self.minima = minima
        self.terms = terms
    }

    /// - Parameter frequency: In how many of `articles` a term stands, where that is known, so that rare ones are kept.
    public init(_ revision: Revision, articles: Int = 0, frequency: (UInt64) -> Int = { _ in 0 }) {
        let text = SketchText(revision)
        minima = Self.minima(text.shingles)
        terms = text.terms(most: Self.mostTerms, articles: articles, frequency: frequency)
    }

    /// Sixteen keys; two articles that have one in common are worth comparing. An index maps each to the articles that have it.
    public var bandKeys: [UInt64] {
        stride(from: 0, to: minima.count - minima.count % Self.rowsInBand, by: Self.rowsInBand).map { start in
            let rows = minima[start..<start + Self.rowsInBand].map { UInt64($0) }
            return FoldedText.combine([UInt64(start)] + rows)
        }
    }

    /// The estimated share of runs of three words that both texts have, of those that either has: 0 to 1.
    public func resemblance(to other: ArticleSketch) -> Double {
        guard !minima.isEmpty, minima.count == other.minima.count else { return 0 }
        return Double(zip(minima, other.minima).count { $0 == $1 }) / Double(minima.count)
    }

    private static func minima(_ shingles: [UInt64]) -> [UInt32] {
        guard !shingles.isEmpty else { return [] }
        var least = [UInt32](repeating: .max, count: minimaCount)
        for shingle in shingles {
            for at in 0..<minimaCount {
                // Odd multipliers make each a permutation of 64-bit words; the high half is what they mix best.
                let value = UInt32(truncatingIfNeeded: (shingle &* multipliers[at] &+ offsets[at]) >> 32)
                if value < least[at] { least[at] = value }
            }
        }
        return least
    }

    private static let multipliers = (0..<UInt64(minimaCount)).map { FoldedText.mixed($0 &+ 1) | 1 }
    private static let offsets = (0..<UInt64(minimaCount)).map { FoldedText.mixed($0 &+ 1_000_003) }
}

/// For an index: version, counts, then little-endian values.
extension ArticleSketch {
    /// A byte of version, a byte and a byte of counts, 4 bytes a minimum, 9 bytes a term: its key and its weight in eighths.
    public var bytes: [UInt8] {
        var out: [UInt8] = [UInt8(Self.version), UInt8(clamping: minima.count), UInt8(clamping: terms.count)]
        for value in minima.prefix(255) {
            for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        for term in terms.prefix(255) {
            for shift in stride(from: 0, to: 64, by: 8) { out.append(UInt8(truncatingIfNeeded: term.key >> shift)) }
            out.append(UInt8(max(0, min(255, (term.weight * 8).rounded()))))
        }
        return out
    }

    /// Nil for bytes that another version wrote, or that are none of a sketch.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 3, bytes[0] == UInt8(Self.version) else { return nil }
        let (minimaCount, termCount) = (Int(bytes[1]), Int(bytes[2]))
        guard bytes.count == 3 + 4 * minimaCount + 9 * termCount else { return nil }
        func value(_ start: Int, _ count: Int) -> UInt64 {
            (0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
        }
        minima = (0..<minimaCount).map { UInt32(truncatingIfNeeded: value(3 + 4 * $0, 4)) }
        let base = 3 + 4 * minimaCount
        terms = (0..<termCount).map {
            Term(key: value(base + 9 * $0, 8), weight: Double(bytes[base + 9 * $0 + 8]) / 8)
        }
    }
}
