public import Models

/// What is known of one block, or shape, over the articles of one site.
public struct FurnitureEvidence: Sendable, Hashable {
    /// Articles that have shown it.
    public var articles: Int
    /// Articles in which it came, went or ticked while the article stood still.
    public var flickers: Int

    public init(articles: Int = 0, flickers: Int = 0) {
        self.articles = articles
        self.flickers = flickers
    }
}

/// What one more revision of an article teaches about its site.
///
/// Whoever keeps the counts adds one to `articles` for each of `shown`, and to `flickers` for each of `flickered`, that this
/// article has not been counted for. Nothing else need be kept, and nothing is ever counted anew.
public struct FurnitureLesson: Sendable, Hashable {
    /// Fingerprints of the revision's blocks, each once, in order.
    public let shown: [BlockFingerprint]
    /// Fingerprints and shapes of blocks that differ between the two revisions although the article stands still.
    public let flickered: [BlockFingerprint]

    /// Blocks that may differ, and the share of the words that must stand, for an article to stand still.
    private static let mostBlocks = 4
    private static let leastStanding = 0.9

    /// - Parameter previous: The revision of the same article before this one; nil for its first.
    public init(_ revision: Revision, after previous: Revision?) {
        let prints = BlockPrint.all(of: revision)
        shown = Self.shown(prints)
        flickered = previous.map { Self.flickered($0, BlockPrint.all(of: $0), revision, prints) } ?? []
    }

    /// The distinct fingerprints of blocks, in order.
    public static func shown(_ prints: [BlockPrint]) -> [BlockFingerprint] {
        var seen: Set<BlockFingerprint> = []
        return prints.map(\.print).filter { seen.insert($0).inserted }
    }

    /// What `flickered` is between two revisions, for one who has their blocks' prints already.
    public static func flickered(
        _ previous: Revision, _ printsBefore: [BlockPrint], _ revision: Revision, _ prints: [BlockPrint]
    ) -> [BlockFingerprint] {
        let (shown, known) = (Set(prints.map(\.print)), Set(printsBefore.map(\.print)))
        let gone = printsBefore.filter { !shown.contains($0.print) }
        let came = prints.filter { !known.contains($0.print) }
        let total = prints.reduce(0) { $0 + $1.words }
        let changed = (gone + came).reduce(0) { $0 + $1.words }
        let isStill =
            max(gone.count, came.count) <= mostBlocks
            && Double(changed) <= (1 - leastStanding) * Double(total)
            && FieldEdits(previous, revision).edits(besides: []).allSatisfy { $0.kind == .date }
        guard isStill else { return [] }
        var flickers: Set<BlockFingerprint> = []
        return (gone + came).flatMap { [$0.print, $0.shape].compactMap(\.self) }
            .filter { flickers.insert($0).inserted }
    }
}

/// Which blocks of a site's articles are furniture, although extraction let them through: those that stand in many of its
/// articles, and those that flicker in several while the articles stand still.
///
/// Used when edits are classified, never when revisions are made. Longer blocks need more evidence, since outlets reuse
/// paragraphs of background; a notice of correction is never furniture.
public struct LearnedFurniture: Sendable {
    private let siteArticles: Int
    private let evidence: [BlockFingerprint: FurnitureEvidence]

    /// - Parameters:
    ///   - siteArticles: Articles of the site in the archive.
    ///   - evidence: What is known of the blocks and shapes that will be asked for; others count as never seen.
    public init(siteArticles: Int, evidence: [BlockFingerprint: FurnitureEvidence]) {
        self.siteArticles = siteArticles
        self.evidence = evidence
    }

    /// What to look up to judge the blocks of two revisions.
    public static func keys(_ revisions: Revision...) -> Set<BlockFingerprint> {
        Set(revisions.flatMap { BlockPrint.all(of: $0) }.flatMap { [$0.print, $0.shape].compactMap(\.self) })
    }

    /// For `Comparison(from:to:isFurniture:)`.
    public func isFurniture(_ block: Revision.Block) -> Bool {
        let print = BlockPrint(block.text)
        let known = evidence[print.print] ?? FurnitureEvidence()
        let shape = print.shape.flatMap { evidence[$0] } ?? FurnitureEvidence()
        let isFurniture =
            Self.isShared(words: print.words, known, siteArticles: siteArticles)
            || Self.doesFlicker(words: print.words, known)
            || Self.doesFlicker(words: print.words, shape)
        return isFurniture && !Self.isNotice(block.text)
    }

    /// Whether a block of so many words stands in so many articles that it belongs to none.
    public static func isShared(words: Int, _ evidence: FurnitureEvidence, siteArticles: Int) -> Bool {
        let share = Double(evidence.articles) / Double(max(1, siteArticles))
        switch words {
        case ...12: return evidence.articles >= 3 && (share >= 0.05 || evidence.articles >= 50)
        case ...30: return evidence.articles >= 5 && share >= 0.2
        case ...60: return evidence.articles >= 10 && share >= 0.33
        default: return evidence.articles >= 20 && share >= 0.5
        }
    }

    /// In how many articles a block must flicker to be furniture; more make no difference.
    public static let fewestFlickers = 3

    /// Whether it changes by itself, in several articles that stood still. An edit made in silence looks the same in one
    /// article, which is why one is not enough.
    public static func doesFlicker(words: Int, _ evidence: FurnitureEvidence) -> Bool {
        words <= 60 && evidence.flickers >= fewestFlickers
    }

    private static func isNotice(_ text: String) -> Bool {
        var reading = PairReading()
        let block = reading.add(line: text, to: .before)
        reading.vocabulary.settleLanguage(declared: nil)
        return reading.before.blocks[block].sentences.contains {
            reading.isNotice(reading.before, reading.before.sentences[$0].tokens)
        }
    }
}
