/// A fixed table looked up by hashes of words: no text is made of the thousands of words that a page has, and no hash is taken
/// of a hash. Whoever finds a word by its hash takes it for the one that is in the table.
struct HashTable<Value: Sendable>: Sendable {
    /// 0 where the slot is free.
    private var keys: [UInt64]
    private var values: [Value?]
    private let shift: UInt64

    init(_ entries: [UInt64: Value]) {
        var bits: UInt64 = 3
        while 1 << bits < entries.count * 3 { bits += 1 }
        keys = Array(repeating: 0, count: 1 << bits)
        values = Array(repeating: nil, count: 1 << bits)
        shift = 64 - bits
        for (key, value) in entries {
            precondition(key != 0, "a word whose hash is that of no word")
            var slot = slot(of: key)
            while keys[slot] != 0 { slot = next(slot) }
            keys[slot] = key
            values[slot] = value
        }
    }

    @inline(__always)
    subscript(hash: UInt64) -> Value? {
        var slot = slot(of: hash)
        while keys[slot] != hash {
            if keys[slot] == 0 { return nil }
            slot = next(slot)
        }
        return values[slot]
    }

    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    }

    @inline(__always)
    private func next(_ slot: Int) -> Int { slot + 1 == keys.count ? 0 : slot + 1 }
}

extension HashTable where Value == Bool {
    init(_ hashes: some Sequence<UInt64>) {
        self.init(Dictionary(hashes.map { ($0, true) }) { first, _ in first })
    }

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool { self[hash] != nil }
}
