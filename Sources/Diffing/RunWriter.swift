/// Turns matches between tokens into runs of text that give both sides back byte for byte.
struct RunWriter {
    private let before: Reading
    private let after: Reading
    private let vocabulary: Vocabulary
    private var out: [WordRun] = []
    private var operation = WordRun.Operation.equal
    private var pending: [UInt8] = []

    init(_ before: Reading, _ after: Reading, _ vocabulary: Vocabulary) {
        self.before = before
        self.after = after
        self.vocabulary = vocabulary
    }

    /// Runs for two stretches of bytes whose tokens match as `matches` says, in order.
    consuming func runs(_ a: Range<Int>, _ b: Range<Int>, _ matches: [Match]) -> [WordRun] {
        var atBefore = a.lowerBound
        var atAfter = b.lowerBound
        for match in withoutIslands(matches) {
            let tokenBefore = before.tokens[Int(match.before)]
            let tokenAfter = after.tokens[Int(match.after)]
            writeGap(atBefore..<tokenBefore.start, atAfter..<tokenAfter.start)
            if tokenBefore.exact == tokenAfter.exact {
                write(.equal, after.bytes[tokenAfter.start..<tokenAfter.end])
            } else {
                write(.delete, before.bytes[tokenBefore.start..<tokenBefore.end])
                write(.insert, after.bytes[tokenAfter.start..<tokenAfter.end])
            }
            atBefore = tokenBefore.end
            atAfter = tokenAfter.end
        }
        writeGap(atBefore..<a.upperBound, atAfter..<b.upperBound)
        flush()
        return joined(out)
    }

    /// What lies between two matches: white space that both have at its ends stands, the rest went and came.
    private mutating func writeGap(_ a: Range<Int>, _ b: Range<Int>) {
        var (a, b) = (a, b)
        let isOneSided = a.isEmpty || b.isEmpty
        var start = a.lowerBound
        var other = b.lowerBound
        while start < a.upperBound, other < b.upperBound, before.bytes[start] == after.bytes[other],
            isSpace(before.bytes[start])
        {
            start += 1
            other += 1
        }
        if !isOneSided { write(.equal, before.bytes[a.lowerBound..<start]) }
        a = start..<a.upperBound
        b = other..<b.upperBound
        var common = 0
        while common < min(a.count, b.count),
            before.bytes[a.upperBound - 1 - common] == after.bytes[b.upperBound - 1 - common],
            isSpace(before.bytes[a.upperBound - 1 - common])
        { common += 1 }
        write(.delete, before.bytes[a.lowerBound..<a.upperBound - common])
        write(.insert, after.bytes[b.lowerBound..<b.upperBound - common])
        write(.equal, before.bytes[a.upperBound - common..<a.upperBound])
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 }

    private mutating func write(_ kind: WordRun.Operation, _ text: ArraySlice<UInt8>) {
        guard !text.isEmpty else { return }
        if kind != operation {
            flush()
            operation = kind
        }
        pending += text
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        out.append(WordRun(operation, String(decoding: pending, as: UTF8.self)))
        pending.removeAll(keepingCapacity: true)
    }

    /// Several deletions and insertions in a row become one of each, in that order.
    private func joined(_ runs: [WordRun]) -> [WordRun] {
        var result: [WordRun] = []
        var at = 0
        while at < runs.count {
            guard runs[at].operation != .equal else {
                result.append(runs[at])
                at += 1
                continue
            }
            var gone = ""
            var came = ""
            while at < runs.count, runs[at].operation != .equal {
                if runs[at].operation == .delete { gone += runs[at].text } else { came += runs[at].text }
                at += 1
            }
            if !gone.isEmpty { result.append(WordRun(.delete, gone)) }
            if !came.isEmpty { result.append(WordRun(.insert, came)) }
        }
        return result
    }

    /// Leaves out lone small words and marks that match by chance between larger changes: a reader sees one change, not a
    /// patchwork.
    private func withoutIslands(_ matches: [Match]) -> [Match] {
        guard matches.count > 1 else { return matches }
        var kept: [Match] = []
        var start = 0
        while start < matches.count {
            var end = start + 1
            while end < matches.count, matches[end].before == matches[end - 1].before + 1,
                matches[end].after == matches[end - 1].after + 1
            { end += 1 }
            if start == 0 || end == matches.count || !isIsland(matches, start..<end) { kept += matches[start..<end] }
            start = end
        }
        return kept
    }

    private func isIsland(_ matches: [Match], _ range: Range<Int>) -> Bool {
        let first = matches[range.lowerBound]
        let last = matches[range.upperBound - 1]
        let weight = weight(before, Int(first.before)...Int(last.before))
        guard weight <= 2 else { return false }
        let previous = matches[range.lowerBound - 1]
        let next = matches[range.upperBound]
        let left = max(
            weightBetween(before, previous.before, first.before), weightBetween(after, previous.after, first.after))
        let right = max(weightBetween(before, last.before, next.before), weightBetween(after, last.after, next.after))
        return left >= 2 * weight + 1 && right >= 2 * weight + 1
    }

    private func weightBetween(_ reading: Reading, _ low: Int32, _ high: Int32) -> Int {
        high - low < 2 ? 0 : weight(reading, Int(low) + 1...min(Int(high) - 1, Int(low) + 64))
    }

    /// Marks weigh nothing, function words one, others three.
    private func weight(_ reading: Reading, _ tokens: ClosedRange<Int>) -> Int {
        tokens.reduce(0) { total, at in
            guard reading.tokens[at].isWord else { return total }
            return total
                + (vocabulary.meaning(reading.folds[at]).traits.contains(.function) ? 1 : 3)
        }
    }
}
