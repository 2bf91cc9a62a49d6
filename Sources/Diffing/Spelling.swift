/// Tells a corrected misspelling or another inflection from another word.
enum Spelling {
    static func isSameWord(_ pair: PairReading, _ a: Int, _ b: Int) -> Bool {
        let first = pair.vocabulary.folded[Int(pair.before.folds[a])]
        let second = pair.vocabulary.folded[Int(pair.after.folds[b])]
        if stem(first) == stem(second) || american[first] == second || american[second] == first { return true }
        let isName = [pair.before.tokens[a], pair.after.tokens[b]].allSatisfy {
            pair.vocabulary.isCapitalised[Int($0.exact)]
        }
        guard !isName, pair.before.tokens[a].kind == .word, pair.after.tokens[b].kind == .word else { return false }
        return isOneSlipApart(Array(first.unicodeScalars), Array(second.unicodeScalars))
    }

    /// Whether most letters are the same at the two ends.
    static func isLike(_ first: String, _ second: String) -> Bool {
        let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let suffix = min(zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count, min(a.count, b.count) - prefix)
        return prefix + suffix >= 2 && (prefix + suffix) * 3 >= max(a.count, b.count) * 2
    }

    /// Which case a Korean noun stands in.
    private static let koreanParticles = ["에서", "으로", "이", "가", "은", "는", "을", "를", "의", "에", "도", "로", "와", "과"]

    private static func stem(_ word: String) -> Substring {
        if word.hasSuffix("'s") { return word.dropLast(2) }
        if let last = word.unicodeScalars.last, (0xAC00...0xD7A3).contains(last.value), word.unicodeScalars.count > 2 {
            for particle in koreanParticles where word.hasSuffix(particle) { return word.dropLast(particle.count) }
        }
        return word.hasSuffix("'") ? word.dropLast(1) : word[...]
    }

    /// British spellings that no single slip tells from the American ones.
    private static let american = [
        "programme": "program", "programmes": "programs", "cheque": "check", "grey": "gray", "tyre": "tire",
        "tyres": "tires",
        "catalogue": "catalog", "dialogue": "dialog", "plough": "plow", "jewellery": "jewelry", "manoeuvre": "maneuver",
        "kerb": "curb", "sceptical": "skeptical", "sceptic": "skeptic", "draught": "draft", "whilst": "while",
    ]

    /// One letter too many or too few, two swapped, one vowel for another, or one of the consonants for which spelling varies,
    /// in a word of five letters or more with the same first letter. Another consonant makes another word as a rule: `defeat`,
    /// `defect`.
    private static func isOneSlipApart(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
        guard min(a.count, b.count) >= 5, abs(a.count - b.count) <= 1, a[0] == b[0] else { return false }
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var end = 0
        while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
        let restA = a[start..<a.count - end]
        let restB = b[start..<b.count - end]
        if restA.count == 1, restB.count == 1, let x = restA.first, let y = restB.first {
            return interchanged.contains { $0.contains(x) && $0.contains(y) }
        }
        if restA.count <= 1, restB.count <= 1 { return true }
        return restA.count == 2 && restB.count == 2 && restA.first == restB.last && restA.last == restB.first
    }

    private static let interchanged: [Set<Unicode.Scalar>] = [
        ["a", "e", "i", "o", "u", "y"], ["s", "z"], ["c", "s"], ["c", "k"], ["и", "е", "я", "а", "о", "ы"],
    ]
}
