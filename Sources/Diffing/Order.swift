enum Order {
    /// Which elements belong to the heaviest rising subsequence of `values`; equal values do not rise. Among equally heavy
    /// ones the choice depends on the input alone. Time n log n.
    static func heaviestRising(_ values: [Int], weights: [Int]) -> [Bool] {
        let count = values.count
        let sorted = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var rank = [Int](repeating: 0, count: count)
        var next = 0
        for (place, element) in sorted.enumerated() {
            if place == 0 || values[element] != values[sorted[place - 1]] { next += 1 }
            rank[element] = next
        }
        // A Fenwick tree over ranks: the heaviest subsequence that ends at or below a rank, by its last element.
        var tree = [Int](repeating: -1, count: next + 1)
        var total = [Int](repeating: 0, count: count)
        var previous = [Int](repeating: -1, count: count)
        var best = -1
        for element in 0..<count {
            var at = rank[element] - 1
            var heaviest = -1
            while at > 0 {
                if tree[at] >= 0, heaviest < 0 || total[tree[at]] > total[heaviest] { heaviest = tree[at] }
                at -= at & -at
            }
            previous[element] = heaviest
            total[element] = (heaviest < 0 ? 0 : total[heaviest]) + max(1, weights[element])
            at = rank[element]
            while at <= next {
                if tree[at] < 0 || total[element] > total[tree[at]] { tree[at] = element }
                at += at & -at
            }
            if best < 0 || total[element] > total[best] { best = element }
        }
        var isKept = [Bool](repeating: false, count: count)
        while best >= 0 {
            isKept[best] = true
            best = previous[best]
        }
        return isKept
    }
}
