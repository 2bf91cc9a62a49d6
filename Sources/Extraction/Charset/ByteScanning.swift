/// Questions about many bytes at once, eight to a word.
extension UnsafeRawBufferPointer {
    /// How many bytes are not ASCII.
    var nonASCIICount: Int {
        var total = 0
        var index = 0
        while index &+ 8 <= count {
            total &+= (word(at: index) & ASCII.highBits).nonzeroBitCount
            index &+= 8
        }
        while index < count {
            if self[index] >= 0x80 { total &+= 1 }
            index &+= 1
        }
        return total
    }

    /// Whether a byte occurs, which must be ASCII.
    func contains(ascii byte: UInt8) -> Bool {
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        var index = 0
        while index &+ 8 <= count {
            // A byte of the word is zero where the byte sought stands.
            let difference = word(at: index) ^ pattern
            if (difference &- 0x0101_0101_0101_0101) & ~difference & ASCII.highBits != 0 { return true }
            index &+= 8
        }
        return self[index...].contains(byte)
    }

    /// Eight bytes, which must lie within the buffer.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }

    /// The eight bytes at an index, when there are so many and all are ASCII.
    @inline(__always)
    func asciiWord(at index: Int) -> UInt64? {
        guard index &+ 8 <= count else { return nil }
        let word = word(at: index)
        return word & ASCII.highBits == 0 ? word : nil
    }
}
