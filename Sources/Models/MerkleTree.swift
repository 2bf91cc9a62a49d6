/// The Merkle tree hash of RFC 6962, section 2.1.
public enum MerkleTree {
    /// SHA-256(0x00 || leaf).
    public static func leafHash(_ leaf: [UInt8]) -> ObjectID {
        var hasher = Hasher256()
        hasher.update([0x00])
        hasher.update(leaf)
        return hasher.finish()
    }

    /// SHA-256(0x01 || left || right).
    static func nodeHash(_ left: ObjectID, _ right: ObjectID) -> ObjectID {
        var hasher = Hasher256()
        hasher.update([0x01])
        hasher.update(left.bytes)
        hasher.update(right.bytes)
        return hasher.finish()
    }

    /// The root of the tree over `leaves` (their leaf hashes).
    public static func root(_ leaves: some Sequence<ObjectID>) -> ObjectID {
        var frontier = MerkleFrontier()
        for leaf in leaves { frontier.append(leaf) }
        return frontier.root
    }

    /// PATH(index, D[size]): the hashes that, with the leaf's, give the root. Linear in the leaves.
    package static func inclusionPath(index: Int, leaves: ArraySlice<ObjectID>) -> [ObjectID] {
        guard leaves.count > 1 else { return [] }
        let split = largestPowerOfTwo(below: leaves.count)
        let left = leaves.prefix(split)
        let right = leaves.dropFirst(split)
        return index < split
            ? inclusionPath(index: index, leaves: left) + [root(right)]
            : inclusionPath(index: index - split, leaves: right) + [root(left)]
    }

    /// PROOF(size, D[n]): that the tree over the first `size` leaves is a prefix of the tree over all of them.
    package static func consistencyPath(size: Int, leaves: ArraySlice<ObjectID>) -> [ObjectID] {
        size == 0 || size == leaves.count ? [] : subproof(size, leaves, isComplete: true)
    }

    private static func subproof(_ size: Int, _ leaves: ArraySlice<ObjectID>, isComplete: Bool) -> [ObjectID] {
        guard size < leaves.count else { return isComplete ? [] : [root(leaves)] }
        let split = largestPowerOfTwo(below: leaves.count)
        let left = leaves.prefix(split)
        let right = leaves.dropFirst(split)
        return size <= split
            ? subproof(size, left, isComplete: isComplete) + [root(right)]
            : subproof(size - split, right, isComplete: false) + [root(left)]
    }

    /// Whether `path` proves that `leaf` stands at `index` in the tree of `size` leaves with `root` (RFC 9162, 2.1.3.2).
    package static func verify(
        inclusion path: [ObjectID], of leaf: ObjectID, at index: Int, size: Int, root: ObjectID
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var node = index
        var last = size - 1
        var hash = leaf
        for sibling in path {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                hash = nodeHash(sibling, hash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether `path` proves that the tree of `oldSize` leaves is a prefix of the one of `newSize` (RFC 9162, 2.1.4.2).
    package static func verify(
        consistency path: [ObjectID], from oldSize: Int, _ oldRoot: ObjectID, to newSize: Int, _ newRoot: ObjectID
    ) -> Bool {
        guard oldSize > 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }
        let isWhole = oldSize & (oldSize - 1) == 0
        var rest = isWhole ? [oldRoot] + path : path
        guard !rest.isEmpty else { return false }
        var node = oldSize - 1
        var last = newSize - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        let first = rest.removeFirst()
        var oldHash = first
        var newHash = first
        for sibling in rest {
            if last == 0 { return false }
            if node & 1 == 1 || node == last {
                oldHash = nodeHash(sibling, oldHash)
                newHash = nodeHash(sibling, newHash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = nodeHash(newHash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return oldHash == oldRoot && newHash == newRoot && last == 0
    }

    private static func largestPowerOfTwo(below count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}

/// A growing tree, of which only the roots of its complete subtrees are kept: at most 64 hashes whatever its size.
public struct MerkleFrontier: Hashable, Sendable {
    public private(set) var size = 0
    // Roots of complete subtrees, largest first: one for every bit set in `size`.
    private var peaks: [ObjectID] = []

    public init() {}

    /// From what `bytes` wrote for a tree of `size` leaves; nil when they do not belong together.
    package init?(size: Int, bytes: [UInt8]) {
        guard size >= 0, bytes.count == size.nonzeroBitCount * 32 else { return nil }
        self.size = size
        for start in stride(from: 0, to: bytes.count, by: 32) {
            guard let peak = ObjectID(rawBytes: bytes[start..<start + 32]) else { return nil }
            peaks.append(peak)
        }
    }

    package var bytes: [UInt8] { peaks.flatMap(\.bytes) }

    public mutating func append(_ leaf: ObjectID) {
        var hash = leaf
        var carry = size
        while carry & 1 == 1, let left = peaks.popLast() {
            hash = MerkleTree.nodeHash(left, hash)
            carry >>= 1
        }
        peaks.append(hash)
        size += 1
    }

    /// The root over all leaves so far; for none, SHA-256 of the empty string.
    public var root: ObjectID {
        guard var hash = peaks.last else { return ObjectID(hashing: [UInt8]()) }
        for left in peaks.dropLast().reversed() { hash = MerkleTree.nodeHash(left, hash) }
        return hash
    }
}
