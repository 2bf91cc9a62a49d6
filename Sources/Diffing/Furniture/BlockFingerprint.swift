public import Models

/// What stands for a block where blocks are counted over many articles: the same for texts that typography alone tells apart.
///
/// FNV-1a, 64 bits, over the folded words and numbers, mixed by splitmix64's finaliser: the same in every run and on every
/// machine.
public struct BlockFingerprint: Hashable, Sendable, RawRepresentable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public init(_ block: Revision.Block) { self.init(words: FoldedText.words(block.text)) }

    init(words: [String]) { rawValue = FoldedText.combine(words.map(FoldedText.hash(ofWord:))) }

    /// Words a block may have for its shape to be counted, and words besides numbers that it must have.
    private static let mostShapeWords = 12
    private static let fewestShapeWords = 1

    /// The block with its numbers left open, which a counter or a clock keeps while it ticks; nil for a block without a number,
    /// one of numbers alone, and one long enough to be a sentence of the article.
    public static func shape(of block: Revision.Block) -> BlockFingerprint? { shape(FoldedText.words(block.text)) }

    static func shape(_ words: [String]) -> BlockFingerprint? {
        guard words.count <= mostShapeWords else { return nil }
        let open = words.map { isNumber($0) ? "0" : $0 }
        let numbers = open.count { $0 == "0" }
        guard numbers > 0, words.count - numbers >= fewestShapeWords else { return nil }
        return BlockFingerprint(rawValue: ~FoldedText.combine(open.map(FoldedText.hash(ofWord:))))
    }

    private static func isNumber(_ word: String) -> Bool {
        word.unicodeScalars.first.map { (0x30...0x39).contains($0.value) } ?? false
    }
}
