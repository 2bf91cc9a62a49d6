public import Models

/// What stands for a block where blocks are counted over many articles: the same for texts that typography alone tells apart.
///
/// FNV-1a, 64 bits, over the folded words and numbers, mixed by splitmix64's finaliser: the same in every run and on every
/// machine.
public struct BlockFingerprint: Hashable, Sendable, RawRepresentable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public init(_ block: Revision.Block) { self = BlockPrint(block.text).print }

    /// The block with its numbers left open, which a counter or a clock keeps while it ticks; nil for a block without a number,
    /// one of numbers alone, and one long enough to be a sentence of the article.
    public static func shape(of block: Revision.Block) -> BlockFingerprint? { BlockPrint(block.text).shape }
}

/// All that is counted of one block.
public struct BlockPrint: Hashable, Sendable {
    public let print: BlockFingerprint
    /// See `BlockFingerprint.shape(of:)`.
    public let shape: BlockFingerprint?
    /// How many words and numbers it has.
    public let words: Int

    /// Words a block may have for its shape to be counted, and words besides numbers that it must have.
    private static let mostShapeWords = 12
    private static let fewestShapeWords = 1
    private static let openNumber = FoldedText.hash(ofWord: "0")

    /// One for each block, in order.
    public static func all(of revision: Revision) -> [BlockPrint] {
        var words = FoldedWords()
        return revision.blocks.map { BlockPrint(words.read($0.text), &words) }
    }

    package init(print: BlockFingerprint, shape: BlockFingerprint?, words: Int) {
        self.print = print
        self.shape = shape
        self.words = words
    }

    init(_ text: String) {
        var words = FoldedWords()
        self.init(words.read(text), &words)
    }

    private init(_ read: [Int32], _ folded: inout FoldedWords) {
        let hashes = read.map { folded.hash(of: $0) }
        print = BlockFingerprint(rawValue: FoldedText.combine(hashes))
        words = read.count
        guard read.count <= Self.mostShapeWords else {
            shape = nil
            return
        }
        let isNumber = read.map { Self.isNumber(folded.text(of: $0)) }
        let numbers = isNumber.count { $0 }
        guard numbers > 0, read.count - numbers >= Self.fewestShapeWords else {
            shape = nil
            return
        }
        let open = zip(hashes, isNumber).map { $1 ? Self.openNumber : $0 }
        shape = BlockFingerprint(rawValue: ~FoldedText.combine(open))
    }

    private static func isNumber(_ word: String) -> Bool {
        word.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    }
}
