/// A pair of places, one on each side.
struct Link {
    var before: Int
    var after: Int
    /// The same to the byte.
    var isIdentical = false
}

/// Which blocks of two revisions are the same but for typography.
struct BlockAlignment {
    /// In order on both sides.
    private(set) var inOrder: [Link] = []
    /// The same text at another place.
    private(set) var displaced: [Link] = []
    /// What has no equal on the other side.
    private(set) var restBefore: [Int] = []
    private(set) var restAfter: [Int] = []
    /// How many links of `inOrder` end before each block: blocks with the same count lie in the same gap.
    private(set) var gapBefore: [Int] = []
    private(set) var gapAfter: [Int] = []

    /// Reads the blocks that have no byte-for-byte equal; all others stay unread.
    init(_ pair: inout PairReading) {
        var texts = ByteStrings()
        let rawBefore = Self.rawNumbers(pair.before, &texts)
        let rawAfter = Self.rawNumbers(pair.after, &texts)
        var sides = [UInt8](repeating: 0, count: texts.count)
        for number in rawBefore { sides[Int(number)] |= 1 }
        for number in rawAfter { sides[Int(number)] |= 2 }
        let base = Int32(texts.count)
        let keysBefore = rawBefore.enumerated().map { block, number in
            if sides[Int(number)] == 3 { return number }
            pair.read(block, on: .before)
            return base + pair.before.blocks[block].key
        }
        let keysAfter = rawAfter.enumerated().map { block, number in
            if sides[Int(number)] == 3 { return number }
            pair.read(block, on: .after)
            return base + pair.after.blocks[block].key
        }
        var matches: [Match] = []
        pair.matcher.match(keysBefore.span, keysAfter.span, into: &matches)
        inOrder = matches.map { Link(before: Int($0.before), after: Int($0.after)) }
        findDisplaced(keysBefore, keysAfter)
        for at in inOrder.indices {
            inOrder[at].isIdentical = rawBefore[inOrder[at].before] == rawAfter[inOrder[at].after]
        }
        for at in displaced.indices {
            displaced[at].isIdentical = rawBefore[displaced[at].before] == rawAfter[displaced[at].after]
        }
        for block in restBefore { pair.read(block, on: .before) }
        for block in restAfter { pair.read(block, on: .after) }
    }

    private static func rawNumbers(_ reading: Reading, _ texts: inout ByteStrings) -> [Int32] {
        reading.blocks.map { texts.intern(reading.bytes.span.extracting($0.bytes)) }
    }

    private mutating func findDisplaced(_ keysBefore: [Int32], _ keysAfter: [Int32]) {
        gapBefore = Self.gaps(keysBefore.count, inOrder.map(\.before))
        gapAfter = Self.gaps(keysAfter.count, inOrder.map(\.after))
        var isTakenBefore = [Bool](repeating: false, count: keysBefore.count)
        var isTakenAfter = [Bool](repeating: false, count: keysAfter.count)
        for link in inOrder {
            isTakenBefore[link.before] = true
            isTakenAfter[link.after] = true
        }
        var waiting: [Int32: [Int]] = [:]
        for block in keysAfter.indices.reversed() where !isTakenAfter[block] {
            waiting[keysAfter[block], default: []].append(block)
        }
        for block in keysBefore.indices where !isTakenBefore[block] {
            guard let other = waiting[keysBefore[block]]?.popLast() else {
                restBefore.append(block)
                continue
            }
            displaced.append(Link(before: block, after: other))
            isTakenAfter[other] = true
        }
        restAfter = keysAfter.indices.filter { !isTakenAfter[$0] }
    }

    private static func gaps(_ count: Int, _ anchors: [Int]) -> [Int] {
        var gaps: [Int] = []
        gaps.reserveCapacity(count)
        var passed = 0
        for block in 0..<count {
            gaps.append(passed)
            if passed < anchors.count, anchors[passed] == block { passed += 1 }
        }
        return gaps
    }
}
