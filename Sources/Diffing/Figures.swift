/// A number, date or amount in a sentence.
struct Figure: Hashable {
    enum Kind: UInt8 { case value, rough, vague, percent, currency, month, weekday }

    let kind: Kind
    /// A value as plain decimal digits whatever way it was written; a month's or weekday's number; a currency's sign.
    let text: String
    /// The tokens that say it.
    let tokens: Range<Int>

    static func == (a: Figure, b: Figure) -> Bool { a.kind == b.kind && a.text == b.text }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(text)
    }
}

/// Reads figures out of tokens. `two`, `2`, `٢` and `2.0` are one value, `2.5 million` and `2,500,000` another.
struct FigureReader {
    private let reading: Reading
    private let vocabulary: Vocabulary
    init(_ reading: Reading, _ vocabulary: Vocabulary) {
        self.reading = reading
        self.vocabulary = vocabulary
    }

    func figures(in range: Range<Int>) -> [Figure] {
        var found: [Figure] = []
        var at = range.lowerBound
        while at < range.upperBound {
            let start = at
            if let text = value(&at, in: range) {
                found.append(Figure(kind: .value, text: text, tokens: start..<at))
                continue
            }
            if let kind = otherKind(at, in: range) {
                let value = look(at).value
                let text =
                    kind == .currency || kind == .rough
                    ? folded(at) : kind == .percent || kind == .vague ? "" : String(value)
                found.append(Figure(kind: kind, text: text, tokens: at..<at + 1))
            }
            at += 1
        }
        return found
    }

    private func folded(_ at: Int) -> String { vocabulary.folded[Int(reading.folds[at])] }

    private func look(_ at: Int) -> Lexicon.Meaning { vocabulary.meaning(reading.folds[at]) }

    private func otherKind(_ at: Int, in range: Range<Int>) -> Figure.Kind? {
        let token = reading.tokens[at]
        guard token.kind == .word || token.kind == .symbol || token.kind == .punctuation else { return nil }
        let traits = look(at).traits
        if traits.contains(.percent) { return .percent }
        if traits.contains(.currency) { return .currency }
        if traits.contains(.weekday), isNamed(at) { return .weekday }
        if traits.contains(.month), isNamed(at) { return .month }
        if traits.contains(.rough) { return .rough }
        return traits.contains(.vague) ? .vague : nil
    }

    /// `May` and `March` are months only with a capital, where the language gives months one.
    private func isNamed(_ at: Int) -> Bool {
        let token = reading.tokens[at]
        return vocabulary.isCapitalised[Int(token.exact)]
            || !["may", "march", "mar", "sun", "sat", "dec", "sep"].contains(folded(at))
    }

    /// Moves `at` past the number that starts there.
    private func value(_ at: inout Int, in range: Range<Int>) -> String? {
        if reading.tokens[at].kind == .number {
            var text = Decimal.plain(
                folded(at),
                pointsMarkThousands: !vocabulary.language.isDisjoint(with: Lexicon.Language.pointsMarkThousands))
            at += 1
            while at < range.upperBound, let power = power(at), !text.contains(":") {
                text = Decimal.shifted(text, by: power)
                at += 1
            }
            return text
        }
        return spelledOut(&at, in: range)
    }

    private func power(_ at: Int) -> Int? {
        guard reading.tokens[at].kind == .word else { return nil }
        let meaning = look(at)
        return meaning.traits.contains(.scale) && meaning.value > 0 ? meaning.value : nil
    }

    /// `twenty-five`, `two hundred thousand`, `二百`.
    private func spelledOut(_ at: inout Int, in range: Range<Int>) -> String? {
        guard let first = smallNumber(at) else { return nil }
        at += 1
        var total = 0
        var current = first
        while at < range.upperBound {
            let isJoined = reading.tokens[at].kind == .dash && at + 1 < range.upperBound
            let next = isJoined ? at + 1 : at
            if let power = power(next), power < 16, total < 1_000_000_000_000, current < 1_000_000 {
                let factor = (0..<power).reduce(1) { product, _ in product * 10 }
                current *= factor
                if power >= 3 {
                    total += current
                    current = 0
                }
            } else if let more = smallNumber(next), more < 10, current % 10 == 0, current > 0 {
                current += more
            } else {
                break
            }
            at = next + 1
        }
        return String(total + current)
    }

    private func smallNumber(_ at: Int) -> Int? {
        guard reading.tokens[at].kind == .word else { return nil }
        let meaning = look(at)
        return meaning.traits.contains(.number) ? meaning.value : nil
    }
}

/// Numbers as text, so that none is too large or loses a digit.
enum Decimal {
    /// Without needless zeros, thousands unmarked.
    static func plain(_ text: String, pointsMarkThousands: Bool) -> String {
        var digits = Array(text.utf8)
        guard !digits.contains(UInt8(ascii: ":")) else { return text }
        let point = UInt8(ascii: ".")
        let points = digits.count { $0 == point }
        if points > 1 || (points == 1 && pointsMarkThousands) {
            let isGrouped = digits.indices.allSatisfy { digits[$0] != point || Folding.isGroup(digits, from: $0 + 1) }
            if isGrouped { digits.removeAll { $0 == point } }
        }
        if pointsMarkThousands, let comma = digits.lastIndex(of: UInt8(ascii: ",")), !digits.contains(point) {
            digits[comma] = point
        }
        return trimmed(digits)
    }

    /// `15:00` as `15.00`: both write a time of day.
    static func withoutColon(_ text: String) -> String {
        let digits = text.utf8
        guard digits.count == 4 || digits.count == 5, let colon = digits.firstIndex(of: UInt8(ascii: ":")),
            digits.distance(from: colon, to: digits.endIndex) == 3
        else { return text }
        return text.replacing(":", with: ".")
    }

    static func shifted(_ text: String, by power: Int) -> String {
        var digits = Array(text.utf8)
        let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
        let fraction = digits.count - point - 1
        if fraction > 0 { digits.remove(at: point) }
        let zeros = power - max(0, fraction)
        if zeros >= 0 {
            digits += repeatElement(UInt8(ascii: "0"), count: zeros)
        } else {
            digits.insert(UInt8(ascii: "."), at: digits.count + zeros)
        }
        return trimmed(digits)
    }

    private static func trimmed(_ text: [UInt8]) -> String {
        var digits = text[...]
        let zero = UInt8(ascii: "0")
        if digits.contains(UInt8(ascii: ".")) {
            while digits.last == zero { digits.removeLast() }
            if digits.last == UInt8(ascii: ".") { digits.removeLast() }
        }
        while digits.count > 1, digits.first == zero, digits[digits.startIndex + 1] != UInt8(ascii: ".") {
            digits.removeFirst()
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
