/// Hashes of texts that are the same for texts that typography alone tells apart: of the words and numbers, folded.
///
/// FNV-1a, 64 bits (Fowler, Noll and Vo), then the finaliser of splitmix64. The same on every machine and in every
/// run, so it can be stored; but whoever writes a text can make it collide with another.
package enum FoldedText {
    package static func hash(_ text: String) -> UInt64 { combine(words(text).map(hash(ofWord:))) }

    /// The folded words and numbers of a text, in order.
    package static func words(_ text: String) -> [String] {
        var words = FoldedWords()
        return words.read(text).map { words.text(of: $0) }
    }

    package static func hash(ofWord word: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mixed(hash)
    }

    /// Of a sequence; the order counts.
    package static func combine(_ hashes: some Sequence<UInt64>) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for hash in hashes { state = mixed(state ^ hash) &+ 0x9E37_79B9_7F4A_7C15 }
        return mixed(state)
    }

    package static func mixed(_ value: UInt64) -> UInt64 {
        var word = value
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// The folded words and numbers of several texts as numbers, the same for the same word: each distinct one is folded, hashed
/// and looked up once, however often it stands there.
struct FoldedWords {
    private var vocabulary = Vocabulary()
    private var tokens: [Token] = []
    private var hashes: [UInt64] = []

    /// How many distinct words were read.
    var count: Int { vocabulary.foldCount }

    /// Of one more text, in order.
    mutating func read(_ text: String) -> [Int32] {
        let bytes = Array(text.utf8)
        tokens.removeAll(keepingCapacity: true)
        var tokenizer = Tokenizer(bytes, in: bytes.indices)
        tokenizer.tokenise(with: &vocabulary, into: &tokens)
        return tokens.compactMap { $0.isWord ? vocabulary.foldOf[Int($0.exact)] : nil }
    }

    func text(of word: Int32) -> String { vocabulary.folded[Int(word)] }

    mutating func hash(of word: Int32) -> UInt64 {
        while hashes.count <= Int(word) { hashes.append(FoldedText.hash(ofWord: vocabulary.folded[hashes.count])) }
        return hashes[Int(word)]
    }
}
