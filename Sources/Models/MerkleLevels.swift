/// A Merkle tree with the hashes of all its complete subtrees: roots and proofs for any size at the cost of a few hashes each,
/// for twice the memory of the leaves.
package struct MerkleLevels: Sendable {
    /// `levels[k][i]`: the hash over leaves `i << k` to `(i + 1) << k`.
    private var levels: [[ObjectID]]

    package init(leaves: [ObjectID]) {
        levels = [leaves]
        while let last = levels.last, last.count > 1 {
            levels.append((0..<last.count / 2).map { MerkleTree.nodeHash(last[2 * $0], last[2 * $0 + 1]) })
        }
    }

    package var size: Int { levels[0].count }

    /// The root over the first `size` leaves, of which there must be as many.
    package func root(size: Int) -> ObjectID {
        size == 0 ? ObjectID(hashing: [UInt8]()) : hash(0..<size)
    }

    /// PATH(index, D[size]) of RFC 6962, section 2.1.1.
    package func inclusionPath(index: Int, size: Int) -> [ObjectID] {
        var path: [ObjectID] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Self.largestPowerOfTwo(below: range.count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(hash(index < middle ? right : left))
            range = index < middle ? left : right
        }
        return path.reversed()
    }

    /// PROOF(from, D[to]) of RFC 6962, section 2.1.2.
    package func consistencyPath(from: Int, to: Int) -> [ObjectID] {
        guard from > 0, from < to else { return [] }
        var path: [ObjectID] = []
        var range = 0..<to
        // Whether the rest of `from` is a subtree that the old root is made of alone.
        var isComplete = true
        while range.upperBound != from {
            let middle = range.lowerBound + Self.largestPowerOfTwo(below: range.count)
            if from <= middle {
                path.append(hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
                isComplete = false
            }
        }
        if !isComplete { path.append(hash(range)) }
        return path.reversed()
    }

    /// `range` begins where a complete subtree of its size could.
    private func hash(_ range: Range<Int>) -> ObjectID {
        let level = range.count.trailingZeroBitCount
        if range.count == 1 << level { return levels[level][range.lowerBound >> level] }
        let middle = range.lowerBound + Self.largestPowerOfTwo(below: range.count)
        return MerkleTree.nodeHash(hash(range.lowerBound..<middle), hash(middle..<range.upperBound))
    }

    private static func largestPowerOfTwo(below count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
