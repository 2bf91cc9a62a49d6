import Models
import Testing

struct MerkleTreeTests {
    private struct Vector: Decodable {
        struct Inclusion: Decodable {
            let index: Int
            let size: Int
            let path: [String]
        }
        struct Consistency: Decodable {
            let from: Int
            let to: Int
            let path: [String]
        }
        let leaves: [String]
        let leafHashes: [String]
        let roots: [String]
        let inclusion: [Inclusion]
        let consistency: [Consistency]
    }

    @Test("roots and proofs are those of the Certificate Transparency reference implementation")
    func published() throws {
        let vector: Vector = try Vectors.value("merkle.json")
        let leaves = try vector.leaves.map { MerkleTree.leafHash(try bytes(hex: $0)) }
        #expect(leaves.map(\.description) == vector.leafHashes)
        #expect(vector.roots == (0...8).map { MerkleTree.root(leaves.prefix($0)).description })
        try #require(vector.inclusion.count == 36 && vector.consistency.count == 36)
        for row in vector.inclusion {
            let path = MerkleTree.inclusionPath(index: row.index, leaves: leaves[..<row.size])
            #expect(path.map(\.description) == row.path)
        }
        for row in vector.consistency {
            let path = MerkleTree.consistencyPath(size: row.from, leaves: leaves[..<row.to])
            #expect(path.map(\.description) == row.path)
        }
    }

    private static let leaves = (0..<64).map { MerkleTree.leafHash([UInt8($0)]) }
    private static let roots = (0...64).map { MerkleTree.root(leaves.prefix($0)) }

    @Test("every leaf of every tree up to 64 is proven, and nothing else is")
    func inclusion() {
        for size in 1...64 {
            for index in 0..<size {
                let path = MerkleTree.inclusionPath(index: index, leaves: Self.leaves[..<size])
                let leaf = Self.leaves[index]
                func holds(_ path: [ObjectID], _ leaf: ObjectID, _ index: Int, _ size: Int, _ root: ObjectID) -> Bool {
                    MerkleTree.verify(inclusion: path, of: leaf, at: index, size: size, root: root)
                }
                #expect(holds(path, leaf, index, size, Self.roots[size]))
                #expect(!holds(path, Self.leaves[(index + 1) % 64], index, size, Self.roots[size]))
                #expect(!holds(path, leaf, index, size, Self.roots[size - 1]))
                #expect(
                    !holds(path, leaf, size, size, Self.roots[size]) && !holds(path, leaf, -1, size, Self.roots[size]))
                for at in 0...path.count {
                    for node in [leaf, Self.roots[size]] + path {
                        #expect(!holds(path[..<at] + [node] + path[at...], leaf, index, size, Self.roots[size]))
                    }
                }
                for at in path.indices {
                    var changed = path
                    changed[at] = leaf
                    #expect(!holds(changed, leaf, index, size, Self.roots[size]))
                    changed = path
                    changed.remove(at: at)
                    #expect(!holds(changed, leaf, index, size, Self.roots[size]))
                }
                for other in 0..<size where other != index {
                    #expect(!holds(path, leaf, other, size, Self.roots[size]))
                }
            }
        }
    }

    @Test("every tree up to 64 is proven to continue every smaller one, and no other")
    func consistency() {
        func holds(_ path: [ObjectID], _ old: Int, _ oldRoot: ObjectID, _ new: Int, _ newRoot: ObjectID) -> Bool {
            MerkleTree.verify(consistency: path, from: old, oldRoot, to: new, newRoot)
        }
        let stranger = MerkleTree.leafHash([0xFF])
        for new in 1...64 {
            for old in 1...new {
                let path = MerkleTree.consistencyPath(size: old, leaves: Self.leaves[..<new])
                let (oldRoot, newRoot) = (Self.roots[old], Self.roots[new])
                #expect(holds(path, old, oldRoot, new, newRoot))
                #expect(!holds(path, old, stranger, new, newRoot) && !holds(path, old, oldRoot, new, stranger))
                for at in 0...path.count {
                    for node in [stranger, oldRoot, newRoot] {
                        #expect(!holds(path[..<at] + [node] + path[at...], old, oldRoot, new, newRoot))
                    }
                }
                #expect(!holds(path, new + 1, oldRoot, new, newRoot) && !holds(path, 0, oldRoot, new, newRoot))
                for at in path.indices {
                    var changed = path
                    changed[at] = stranger
                    #expect(!holds(changed, old, oldRoot, new, newRoot))
                    changed = path
                    changed.remove(at: at)
                    #expect(!holds(changed, old, oldRoot, new, newRoot))
                }
            }
        }
    }

    @Test("a tree that grows leaf by leaf has the roots of the whole one, also after it was written down")
    func frontier() throws {
        var frontier = MerkleFrontier()
        for size in 0...64 {
            #expect(frontier.size == size && frontier.root == Self.roots[size])
            let again = try #require(MerkleFrontier(size: size, bytes: frontier.bytes))
            #expect(again == frontier)
            #expect(MerkleFrontier(size: size, bytes: frontier.bytes + [0]) == nil)
            #expect(
                MerkleFrontier(size: size + 1, bytes: frontier.bytes) == nil
                    || (size + 1).nonzeroBitCount == size.nonzeroBitCount)
            if size < 64 { frontier.append(Self.leaves[size]) }
        }
        #expect(MerkleFrontier(size: -1, bytes: []) == nil)
    }

    @Test("kept hashes of complete subtrees give the roots and proofs of every size up to 64")
    func levels() {
        for count in [1, 2, 3, 37, 64] {
            let levels = MerkleLevels(leaves: Array(Self.leaves.prefix(count)))
            #expect(levels.size == count)
            for size in 0...count {
                #expect(levels.root(size: size) == Self.roots[size])
                for index in 0..<size {
                    #expect(
                        levels.inclusionPath(index: index, size: size)
                            == MerkleTree.inclusionPath(index: index, leaves: Self.leaves[..<size]))
                    #expect(
                        levels.consistencyPath(from: index, to: size)
                            == MerkleTree.consistencyPath(size: index, leaves: Self.leaves[..<size]))
                }
                #expect(levels.consistencyPath(from: size, to: size).isEmpty)
            }
        }
        #expect(MerkleLevels(leaves: []).root(size: 0) == Self.roots[0])
    }

    @Test("a node cannot pass for a leaf")
    func prefixes() {
        let node = Self.leaves[0].bytes + Self.leaves[1].bytes
        #expect(MerkleTree.leafHash(node) != Self.roots[2])
        #expect(MerkleTree.leafHash([0x01] + node) != Self.roots[2])
    }
}
