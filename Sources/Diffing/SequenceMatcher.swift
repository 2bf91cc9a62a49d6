/// Two places, one in each sequence, that hold the same.
package struct Match: Hashable, Sendable {
    package var before: Int32
    package var after: Int32
}

/// Finds what two sequences have in common, in order: E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986),
/// in its linear-space form. Up to `bound` differences between two common stretches the result is a longest common
/// subsequence; beyond, the search settles for the furthest point reached, so time stays linear in the length.
package struct SequenceMatcher {
    package init() {}

    private static let bound = 128

    private struct Box {
        let a: Range<Int>
        let b: Range<Int>
    }

    /// Furthest positions by diagonal, forwards and backwards.
    private var ahead: [Int32] = Array(repeating: 0, count: 2 * bound + 8)
    private var behind: [Int32] = Array(repeating: 0, count: 2 * bound + 8)
    private var isHere: [UInt8] = []

    /// Appends the matches, counted from the spans' starts, in order.
    package mutating func match(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, into found: inout [Match]) {
        guard a.count > 64, b.count > 64 else { return search(a, b, into: &found) }
        // What stands on one side only cannot match; without it hopeless pairs cost nothing.
        let (keptA, keptB) = common(a, b)
        guard keptA.count < a.count || keptB.count < b.count else { return search(a, b, into: &found) }
        let valuesA = keptA.map { a[Int($0)] }
        let valuesB = keptB.map { b[Int($0)] }
        let first = found.count
        search(valuesA.span, valuesB.span, into: &found)
        for at in first..<found.count {
            found[at] = Match(before: keptA[Int(found[at].before)], after: keptB[Int(found[at].after)])
        }
    }

    private mutating func common(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>) -> ([Int32], [Int32]) {
        var highest: Int32 = 0
        for at in a.indices { highest = max(highest, a[at]) }
        for at in b.indices { highest = max(highest, b[at]) }
        if isHere.count <= Int(highest) { isHere = Array(repeating: 0, count: Int(highest) * 2 + 64) }
        for at in a.indices { isHere[Int(a[at])] |= 1 }
        for at in b.indices { isHere[Int(b[at])] |= 2 }
        var keptA: [Int32] = []
        var keptB: [Int32] = []
        for at in a.indices where isHere[Int(a[at])] == 3 { keptA.append(Int32(at)) }
        for at in b.indices where isHere[Int(b[at])] == 3 { keptB.append(Int32(at)) }
        for at in a.indices { isHere[Int(a[at])] = 0 }
        for at in b.indices { isHere[Int(b[at])] = 0 }
        return (keptA, keptB)
    }

    private mutating func search(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>, into found: inout [Match]) {
        // A stack of its own: hostile text must not be able to exhaust the thread's.
        var stack = [Box(a: 0..<a.count, b: 0..<b.count)]
        while let box = stack.popLast() {
            var (a0, a1, b0, b1) = (box.a.lowerBound, box.a.upperBound, box.b.lowerBound, box.b.upperBound)
            while a0 < a1, b0 < b1, a[a0] == b[b0] {
                found.append(Match(before: Int32(a0), after: Int32(b0)))
                a0 += 1
                b0 += 1
            }
            var suffix = 0
            while a0 < a1, b0 < b1, a[a1 - 1] == b[b1 - 1] {
                a1 -= 1
                b1 -= 1
                suffix += 1
            }
            if suffix > 0 {
                // Comes after whatever is found between: kept as a box of equal things.
                stack.append(Box(a: a1..<a1 + suffix, b: b1..<b1 + suffix))
            }
            guard a0 < a1, b0 < b1 else { continue }
            if a1 - a0 == 1 || b1 - b0 == 1 {
                matchSingle(a, a0..<a1, b, b0..<b1, into: &found)
                continue
            }
            let (x, y) = split(a.extracting(a0..<a1), b.extracting(b0..<b1))
            guard x + y > 0, x + y < a1 - a0 + b1 - b0 else { continue }
            stack.append(Box(a: a0 + x..<a1, b: b0 + y..<b1))
            stack.append(Box(a: a0..<a0 + x, b: b0..<b0 + y))
        }
    }

    private func matchSingle(
        _ a: borrowing Span<Int32>, _ rangeA: Range<Int>, _ b: borrowing Span<Int32>, _ rangeB: Range<Int>,
        into found: inout [Match]
    ) {
        for x in rangeA {
            for y in rangeB where a[x] == b[y] {
                found.append(Match(before: Int32(x), after: Int32(y)))
                return
            }
        }
    }

    /// A point on a shortest path, or beyond the bound on the most promising one; never a corner where nothing is gained.
    private mutating func split(_ a: borrowing Span<Int32>, _ b: borrowing Span<Int32>) -> (Int, Int) {
        let (n, m) = (a.count, b.count)
        let delta = n - m
        let middle = ahead.count / 2
        ahead[middle + 1] = 0
        behind[middle + 1] = 0
        for d in 0...Self.bound {
            let lowest = -d + 2 * max(0, d - m)
            let highest = d - 2 * max(0, d - n)
            var k = lowest
            while k <= highest {
                let start = step(ahead, middle + k, isLowest: k == -d, isHighest: k == d)
                var x = start
                while x < n, x - k < m, a[x] == b[x - k] { x += 1 }
                ahead[middle + k] = Int32(truncatingIfNeeded: x)
                let mirrored = delta - k
                if delta & 1 != 0, abs(mirrored) < d, x + Int(behind[middle + mirrored]) >= n {
                    return (min(start, n), max(0, min(start - k, m)))
                }
                k += 2
            }
            k = lowest
            while k <= highest {
                var x = step(behind, middle + k, isLowest: k == -d, isHighest: k == d)
                while x < n, x - k < m, a[n - 1 - x] == b[m - 1 - x + k] { x += 1 }
                behind[middle + k] = Int32(truncatingIfNeeded: x)
                let mirrored = delta - k
                if delta & 1 == 0, abs(mirrored) <= d, x + Int(ahead[middle + mirrored]) >= n {
                    return (max(0, n - x), max(0, min(m - x + k, m)))
                }
                k += 2
            }
        }
        return furthest(n, m, middle)
    }

    /// The furthest start on a diagonal, from one of its two neighbours a difference earlier.
    @inline(__always)
    private func step(_ reached: [Int32], _ at: Int, isLowest: Bool, isHighest: Bool) -> Int {
        let above = Int(reached[at + 1])
        let below = Int(reached[at - 1]) + 1
        return isLowest || (!isHighest && below <= above) ? above : below
    }

    private func furthest(_ n: Int, _ m: Int, _ middle: Int) -> (Int, Int) {
        let d = Self.bound
        var best = (reach: -1, x: 0, y: 0)
        for k in stride(from: -d + 2 * max(0, d - m), through: d - 2 * max(0, d - n), by: 2) {
            let x = min(Int(ahead[middle + k]), n)
            if x >= k, x - k <= m, 2 * x - k > best.reach { best = (2 * x - k, x, x - k) }
            let fromEnd = min(Int(behind[middle + k]), n)
            if fromEnd >= k, fromEnd - k <= m, 2 * fromEnd - k > best.reach {
                best = (2 * fromEnd - k, n - fromEnd, m - fromEnd + k)
            }
        }
        return (best.x, best.y)
    }
}
