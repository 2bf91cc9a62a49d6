/// A word, number or mark of a text.
struct Token {
    enum Kind: UInt8 { case word, number, quote, dash, ellipsis, stop, punctuation, symbol }

    /// Byte offset in the text's bytes.
    let start: Int
    let length: Int32
    /// The token as written, as `Vocabulary` numbers it.
    let exact: Int32
    let kind: Kind
    /// Whether it stands inside quotation marks; the marks themselves do not.
    var isQuoted = false

    var end: Int { start + Int(length) }
    var isWord: Bool { kind == .word || kind == .number }
}

/// Gives every distinct token a number, and another one to all that differ from it by typography alone, so that texts are
/// compared as integers.
struct Vocabulary {
    private var spellings = ByteStrings()
    private var foldNumbers: [String: Int32] = [:]
    /// By exact number.
    private(set) var foldOf: [Int32] = []
    private(set) var isCapitalised: [Bool] = []
    /// By fold number.
    private(set) var folded: [String] = []

    /// What each folded word means in `language`; empty until that is settled.
    private var meanings: [Lexicon.Meaning] = []
    private(set) var language: Lexicon.Language = []

    /// Tokens longer than any word, in bytes, are compared as they are: folding them could take long.
    private static let longestFolded = 256

    var foldCount: Int { folded.count }

    mutating func intern(_ bytes: borrowing Span<UInt8>, kind: Token.Kind) -> Int32 {
        let number = spellings.intern(bytes)
        if Int(number) == foldOf.count {
            let isFolded = bytes.count <= Self.longestFolded
            foldOf.append(isFolded ? internFold(Folding.fold(bytes, kind: kind)) : addFold(spellings.string(number)))
            isCapitalised.append(kind == .word && Scalars.isUppercase(Scalars.decode(bytes, 0).scalar))
        }
        return number
    }

    private mutating func internFold(_ text: String) -> Int32 {
        if let known = foldNumbers[text] { return known }
        let number = addFold(text)
        foldNumbers[text] = number
        return number
    }

    private mutating func addFold(_ text: String) -> Int32 {
        folded.append(text)
        return Int32(folded.count - 1)
    }

    /// Looks every word up once, when all texts are read: `meaning` is empty before.
    mutating func settleLanguage(declared: String?) {
        let entries = folded.map { $0.utf8.count > 32 ? nil : Lexicon.entries(of: $0) }
        language = Lexicon.Language.detect(entries, declared: declared)
        meanings = entries.enumerated().map { number, entries in
            var meaning = entries.map { Lexicon.Meaning($0, in: language) } ?? Lexicon.Meaning()
            if Notices.firstWords.contains(folded[number]) { meaning.traits.insert(.notice) }
            return meaning
        }
    }

    func meaning(_ fold: Int32) -> Lexicon.Meaning {
        meanings.indices.contains(Int(fold)) ? meanings[Int(fold)] : Lexicon.Meaning()
    }
}

/// Numbers distinct byte strings in order of appearance. Hashed with a key of the process, so that no text can be written to
/// collide; the numbers do not depend on it.
struct ByteStrings {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    private var slots: [Int32] = Array(repeating: -1, count: 256)
    private let key: (UInt64, UInt64)

    init() {
        var hasher = Hasher()
        let first = UInt64(bitPattern: Int64(hasher.finalize()))
        hasher = Hasher()
        hasher.combine(first)
        key = (first | 1, UInt64(bitPattern: Int64(hasher.finalize())) | 1)
    }

    var count: Int { ends.count }

    mutating func intern(_ text: borrowing Span<UInt8>) -> Int32 {
        text.withUnsafeBytes { intern($0) }
    }

    mutating func intern(_ numbers: borrowing Span<Int32>) -> Int32 {
        numbers.withUnsafeBytes { intern($0) }
    }

    private mutating func intern(_ text: UnsafeRawBufferPointer) -> Int32 {
        let hash = hash(text)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, matches(number, text) { return slots[slot] }
            slot = (slot + 1) & mask
        }
        let number = Int32(ends.count)
        slots[slot] = number
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        hashes.append(hash)
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    func string(_ number: Int32) -> String { String(decoding: bytes[range(Int(number))], as: UTF8.self) }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func matches(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let range = range(number)
        guard range.count == text.count else { return false }
        return bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[range]).elementsEqual(text) }
    }

    /// Words of eight bytes, each folded in by a keyed full-width multiplication.
    private func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var state = key.0 ^ UInt64(text.count)
        var at = 0
        while at + 8 <= text.count {
            state = mixed(state ^ text.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var rest: UInt64 = 0
        while at < text.count {
            rest = rest << 8 | UInt64(text[at])
            at += 1
        }
        return mixed(mixed(state ^ rest))
    }

    private func mixed(_ word: UInt64) -> UInt64 {
        let product = (word &+ key.0).multipliedFullWidth(by: key.1)
        return product.high ^ product.low
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }
}
