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

    var foldCount: Int { folded.count }

    mutating func intern(_ bytes: borrowing Span<UInt8>, kind: Token.Kind) -> Int32 {
        let number = spellings.intern(bytes)
        if Int(number) == foldOf.count {
            foldOf.append(internFold(Folding.fold(bytes, kind: kind)))
            isCapitalised.append(kind == .word && Scalars.isUppercase(Scalars.decode(bytes, 0).scalar))
        }
        return number
    }

    private mutating func internFold(_ text: String) -> Int32 {
        if let known = foldNumbers[text] { return known }
        let number = Int32(folded.count)
        foldNumbers[text] = number
        folded.append(text)
        return number
    }

    /// The token as it was written.
    func spelling(_ exact: Int32) -> String { spellings.string(exact) }
}

/// Numbers distinct byte strings in order of appearance. Hashed with a key chosen by the process, so that no text can be
/// written to collide; the numbers do not depend on it.
struct ByteStrings {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [Int] = []
    private var slots: [Int32] = Array(repeating: -1, count: 1024)

    var count: Int { ends.count }

    mutating func intern(_ text: borrowing Span<UInt8>) -> Int32 {
        let hash = text.withUnsafeBytes { raw in
            var hasher = Hasher()
            hasher.combine(bytes: raw)
            return hasher.finalize()
        }
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, matches(number, text) { return slots[slot] }
            slot = (slot + 1) & mask
        }
        let number = Int32(ends.count)
        slots[slot] = number
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        hashes.append(hash)
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    func string(_ number: Int32) -> String { String(decoding: bytes[range(Int(number))], as: UTF8.self) }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func matches(_ number: Int, _ text: borrowing Span<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == text.count else { return false }
        for at in 0..<text.count where bytes[range.lowerBound + at] != text[at] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for (number, hash) in hashes.enumerated() {
            var slot = hash & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }
}
