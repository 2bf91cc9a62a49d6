/// Says of nearly all texts, at little cost, that they begin with none of a list of labels: by their first four letters.
struct LabelStarts: Sendable {
    private static let reach = 4

    private enum Kind {
        /// The first letters of a longer label.
        case start
        /// A whole label: no letter may follow that would make it another word.
        case word
    }

    private let kinds: HashTable<Kind>

    /// - Parameters:
    ///   - words: labels, folded, behind which a word must end.
    ///   - starts: labels, folded, that anything may follow.
    init(words: some Sequence<String>, starts: some Sequence<String> = []) {
        var kinds: [UInt64: Kind] = [:]
        for label in words {
            let hash = Self.hash(label)
            if label.unicodeScalars.count > Self.reach || !Self.isLetter(label.unicodeScalars.last) {
                kinds[hash] = .start
            } else if kinds[hash] == nil {
                kinds[hash] = .word
            }
        }
        for label in starts { kinds[Self.hash(label)] = .start }
        self.kinds = HashTable(kinds)
    }

    func mayBegin(_ text: some StringProtocol) -> Bool {
        var hash = Self.seed
        var length = 0
        var isWord = false
        for unfolded in text.unicodeScalars {
            guard let scalar = TextFolding.fold(unfolded) else { continue }
            if isWord, !Self.isLetter(scalar) { return true }
            if length == Self.reach { return false }
            hash = Self.next(hash, scalar)
            length += 1
            let kind = kinds[hash]
            if kind == .start { return true }
            isWord = kind == .word
        }
        return isWord
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func next(_ hash: UInt64, _ scalar: Unicode.Scalar) -> UInt64 {
        (hash ^ UInt64(scalar.value)) &* 0x100_0000_01B3
    }

    private static func hash(_ label: String) -> UInt64 { label.unicodeScalars.prefix(reach).reduce(seed, next) }

    private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { (0x61...0x7A).contains($0.value) } ?? false
    }
}
