/// A stretch of the body as both revisions have it, for display side by side: in the newer revision's order, with what only
/// the older one had where it stood.
public struct Row: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case unchanged, rewritten
        /// At its new place; the row `partner` is its old one.
        case moved
        /// At its old place: nothing on the newer side. The row `partner` has it.
        case movedAway
        /// One block that became several, or several that became one.
        case split, merged
        case added, removed
    }

    public let kind: Kind
    /// Indices in the older revision's `blocks`; empty for `added`.
    public let before: Range<Int>
    /// Indices in the newer revision's `blocks`; empty for `removed` and `movedAway`.
    public let after: Range<Int>
    /// The way from the older text to the newer one; where a side has several blocks, line feeds part them.
    public let words: [WordRun]
    /// Index of the other row of something moved.
    public internal(set) var partner: Int?
}

/// Rows before their words are known.
struct RowPlan {
    var kind: Row.Kind
    var before: Range<Int>
    var after: Range<Int>
    /// The blocks are the same but for typography.
    var isEqual = false
    /// They are the same to the byte.
    var isIdentical = false

    /// Puts blocks together by the sentences they share, and in order.
    static func rows(_ pair: PairReading, _ blocks: BlockAlignment, _ sentences: SentenceAlignment) -> [RowPlan] {
        var paired = (blocks.inOrder + blocks.displaced).map {
            RowPlan(
                kind: .unchanged, before: $0.before..<$0.before + 1, after: $0.after..<$0.after + 1, isEqual: true,
                isIdentical: $0.isIdentical)
        }
        var grouping = Grouping(pair, blocks, sentences)
        paired += grouping.rows()
        let isMoved = moved(paired, pair)
        for at in paired.indices where isMoved[at] { paired[at].kind = .moved }
        return arranged(paired, countBefore: pair.before.blocks.count, countAfter: pair.after.blocks.count)
    }

    /// What must move so that all the rest, as heavy as can be, stands in order.
    private static func moved(_ rows: [RowPlan], _ pair: PairReading) -> [Bool] {
        let order = rows.indices.sorted { rows[$0].before.lowerBound < rows[$1].before.lowerBound }
        let weights = order.map { at in
            rows[at].after.reduce(0) { $0 + pair.after.blocks[$1].bytes.count }
        }
        let stays = Order.heaviestRising(order.map { rows[$0].after.lowerBound }, weights: weights)
        var moved = [Bool](repeating: false, count: rows.count)
        for (place, at) in order.enumerated() { moved[at] = !stays[place] }
        return moved
    }

    private static func arranged(_ paired: [RowPlan], countBefore: Int, countAfter: Int) -> [RowPlan] {
        var startingBefore = [Int](repeating: -1, count: countBefore)
        var startingAfter = [Int](repeating: -1, count: countAfter)
        for (at, row) in paired.enumerated() {
            startingBefore[row.before.lowerBound] = at
            startingAfter[row.after.lowerBound] = at
        }
        var rows: [RowPlan] = []
        var a = 0
        var b = 0
        // What stands still is in order on both sides; before each comes what left, then what arrived.
        func passLeavers() {
            while a < countBefore {
                guard startingBefore[a] >= 0 else {
                    rows.append(RowPlan(kind: .removed, before: a..<a + 1, after: b..<b))
                    a += 1
                    continue
                }
                let row = paired[startingBefore[a]]
                guard row.kind == .moved else { return }
                rows.append(RowPlan(kind: .movedAway, before: row.before, after: b..<b))
                a = row.before.upperBound
            }
        }
        while b < countAfter {
            passLeavers()
            guard startingAfter[b] >= 0 else {
                rows.append(RowPlan(kind: .added, before: a..<a, after: b..<b + 1))
                b += 1
                continue
            }
            let row = paired[startingAfter[b]]
            rows.append(row)
            b = row.after.upperBound
            if row.kind != .moved { a = row.before.upperBound }
        }
        passLeavers()
        return rows
    }
}

/// Decides which blocks without an equal are the same block rewritten, split or merged.
private struct Grouping {
    private struct Edge {
        let before: Int
        let after: Int
        let weight: Double
        /// Of the words of both blocks together.
        let share: Double
    }

    /// Shared words by words of the shorter block, for two blocks to be one.
    private static let leastForPair = 0.3
    /// Shared words by words of the piece, for a piece to have come out of, or into, another block.
    private static let leastForPiece = 0.5

    private var edges: [Edge] = []
    private var partnersOfBefore: [Int: Range<Int>] = [:]
    private var partnersOfAfter: [Int: Range<Int>] = [:]
    private let wordsBefore: [Int]
    private let wordsAfter: [Int]

    init(_ pair: PairReading, _ blocks: BlockAlignment, _ sentences: SentenceAlignment) {
        wordsBefore = pair.before.blocks.map { block in
            block.sentences.reduce(0) { $0 + pair.before.sentences[$1].words.count }
        }
        wordsAfter = pair.after.blocks.map { block in
            block.sentences.reduce(0) { $0 + pair.after.sentences[$1].words.count }
        }
        for block in blocks.restBefore {
            var weights: [(after: Int, weight: Double)] = []
            for sentence in pair.before.blocks[block].sentences where sentences.partnerOfBefore[sentence] >= 0 {
                let partner = pair.after.sentences[sentences.partnerOfBefore[sentence]]
                let shared = Double(min(pair.before.sentences[sentence].words.count, partner.words.count)) + 0.1
                if weights.last?.after == partner.block {
                    weights[weights.count - 1].weight += shared
                } else {
                    weights.append((partner.block, shared))
                }
            }
            for (after, weight) in weights {
                let share = weight / Double(max(1, wordsBefore[block] + wordsAfter[after]))
                edges.append(Edge(before: block, after: after, weight: weight, share: share))
            }
        }
        edges.sort {
            ($1.weight, $1.share, $0.before, $0.after) < ($0.weight, $0.share, $1.before, $1.after)
        }
    }

    mutating func rows() -> [RowPlan] {
        for edge in edges { take(edge) }
        var rows: [RowPlan] = []
        for (block, partners) in partnersOfBefore {
            guard let back = partnersOfAfter[partners.lowerBound], back.lowerBound == block else { continue }
            let kind: Row.Kind = partners.count > 1 ? .split : back.count > 1 ? .merged : .rewritten
            rows.append(RowPlan(kind: kind, before: back, after: partners))
        }
        return rows.sorted { $0.before.lowerBound < $1.before.lowerBound }
    }

    private mutating func take(_ edge: Edge) {
        let shareOfBefore = edge.weight / Double(max(1, wordsBefore[edge.before]))
        let shareOfAfter = edge.weight / Double(max(1, wordsAfter[edge.after]))
        switch (partnersOfBefore[edge.before], partnersOfAfter[edge.after]) {
        case (nil, nil):
            guard max(shareOfBefore, shareOfAfter) >= Self.leastForPair else { return }
            partnersOfBefore[edge.before] = edge.after..<edge.after + 1
            partnersOfAfter[edge.after] = edge.before..<edge.before + 1
        case (let pieces?, nil):
            guard shareOfAfter >= Self.leastForPiece, partnersOfAfter[pieces.lowerBound]?.count == 1,
                let grown = Self.grow(pieces, with: edge.after)
            else { return }
            partnersOfBefore[edge.before] = grown
            partnersOfAfter[edge.after] = edge.before..<edge.before + 1
        case (nil, let pieces?):
            guard shareOfBefore >= Self.leastForPiece, partnersOfBefore[pieces.lowerBound]?.count == 1,
                let grown = Self.grow(pieces, with: edge.before)
            else { return }
            partnersOfAfter[edge.after] = grown
            partnersOfBefore[edge.before] = edge.after..<edge.after + 1
        default: return
        }
    }

    private static func grow(_ range: Range<Int>, with block: Int) -> Range<Int>? {
        if block == range.lowerBound - 1 { return block..<range.upperBound }
        if block == range.upperBound { return range.lowerBound..<block + 1 }
        return nil
    }
}
