/// How alike two word sequences are: twice the length of their longest common subsequence by the sum of their lengths.
///
/// Bit-parallel (H. Hyyrö, "Bit-Parallel LCS-length Computation Revisited", 2004): a 64th of the table's cells. Sequences too
/// long for that are compared as bags of words.
package struct Likeness {
    package init() {}

    private static let longest = 1536

    private var masks: [UInt64] = []
    private var rows: [UInt64] = []
    private var counts: [Int32] = []

    mutating func ratio(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, vocabulary count: Int) -> Double {
        guard a.count > 0, b.count > 0 else { return 0 }
        return 2 * Double(common(a, b, vocabulary: count)) / Double(a.count + b.count)
    }

    /// Length of the longest common subsequence; of long sequences, how many words they share.
    package mutating func common(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, vocabulary count: Int) -> Int {
        if a.count > Self.longest || b.count > Self.longest { return shared(a, b, count) }
        if a.count <= 64 { return commonShort(a, b, count) }
        return b.count <= 64 ? commonShort(b, a, count) : commonLong(a, b, count)
    }

    private mutating func commonShort(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, _ count: Int) -> Int {
        if masks.count < count { masks = Array(repeating: 0, count: count * 2) }
        for at in a.indices { masks[Int(a[at])] |= 1 << UInt64(at) }
        var row = UInt64.max
        for at in b.indices {
            let meets = row & masks[Int(b[at])]
            row = (row &+ meets) | (row & ~meets)
        }
        for at in a.indices { masks[Int(a[at])] = 0 }
        let used = a.count == 64 ? UInt64.max : (1 << UInt64(a.count)) - 1
        return (~row & used).nonzeroBitCount
    }

    private mutating func commonLong(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, _ count: Int) -> Int {
        let width = (a.count + 63) / 64
        // Place of each distinct word of `a` in the table of masks; 0 is the empty mask of all other words.
        if counts.count < count { counts = Array(repeating: 0, count: count * 2) }
        var table = [UInt64](repeating: 0, count: width)
        for at in a.indices {
            let word = Int(a[at])
            if counts[word] == 0 {
                counts[word] = Int32(table.count / width)
                table.append(contentsOf: repeatElement(0, count: width))
            }
            table[Int(counts[word]) * width + at / 64] |= 1 << UInt64(at % 64)
        }
        rows.removeAll(keepingCapacity: true)
        rows.append(contentsOf: repeatElement(.max, count: width))
        for at in b.indices {
            let mask = Int(counts[Int(b[at])]) * width
            var carry: UInt64 = 0
            for word in 0..<width {
                let row = rows[word]
                let meets = row & table[mask + word]
                let (half, first) = row.addingReportingOverflow(meets)
                let (sum, second) = half.addingReportingOverflow(carry)
                carry = first || second ? 1 : 0
                rows[word] = sum | (row & ~meets)
            }
        }
        for at in a.indices { counts[Int(a[at])] = 0 }
        var zeros = 0
        for word in 0..<width {
            let used = word == width - 1 && a.count % 64 != 0 ? (1 << UInt64(a.count % 64)) - 1 : UInt64.max
            zeros += (~rows[word] & used).nonzeroBitCount
        }
        return zeros
    }

    private mutating func shared(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, _ count: Int) -> Int {
        if counts.count < count { counts = Array(repeating: 0, count: count * 2) }
        for at in a.indices { counts[Int(a[at])] += 1 }
        var common = 0
        for at in b.indices where counts[Int(b[at])] > 0 {
            counts[Int(b[at])] -= 1
            common += 1
        }
        for at in a.indices { counts[Int(a[at])] = 0 }
        return common
    }
}
