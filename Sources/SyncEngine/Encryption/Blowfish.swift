/// Blowfish as bcrypt uses it: only to make the key of a passphrase expensive.
struct Blowfish: Sendable {
    private static let subkeyCount = 18

    /// The 18 subkeys and the four tables of 256, one after another.
    private var words: [UInt32]

    /// Before any key: the digits of pi after the point, 32 bits at a time.
    static let initial = Blowfish(words: PiDigits.words(subkeyCount + 4 * 256))

    private static func encipher(
        _ left: UInt32, _ right: UInt32, _ words: UnsafeMutableBufferPointer<UInt32>
    ) -> (UInt32, UInt32) {
        var (a, b) = (left, right)
        for round in 0..<16 {
            a ^= words[round]
            let first = words[18 + Int(a >> 24)] &+ words[274 + Int(a >> 16 & 255)]
            b ^= (first ^ words[530 + Int(a >> 8 & 255)]) &+ words[786 + Int(a & 255)]
            (a, b) = (b, a)
        }
        return (b ^ words[17], a ^ words[16])
    }

    func encipher(_ left: UInt32, _ right: UInt32) -> (UInt32, UInt32) {
        var words = words
        return words.withUnsafeMutableBufferPointer { Self.encipher(left, right, $0) }
    }

    /// Mixes in a key, and a salt where there is one; both are repeated as often as needed. Neither may be empty.
    mutating func expand(key: [UInt32], salt: [UInt32]?) {
        words.withUnsafeMutableBufferPointer { words in
            for at in 0..<Self.subkeyCount { words[at] ^= key[at % key.count] }
            var (a, b): (UInt32, UInt32) = (0, 0)
            for at in stride(from: 0, to: words.count, by: 2) {
                if let salt {
                    a ^= salt[at % salt.count]
                    b ^= salt[(at + 1) % salt.count]
                }
                (a, b) = Self.encipher(a, b, words)
                words[at] = a
                words[at + 1] = b
            }
        }
    }
}

/// The digits of pi, computed when they are needed: a table of a thousand constants would be nothing that anybody can check.
enum PiDigits {
    /// The first 32-bit words of the fraction.
    static func words(_ count: Int) -> [UInt32] {
        // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239). Three words more than asked for take up what rounding loses.
        var sum = [UInt32](repeating: 0, count: 1 + count + 3)
        add(16, arctanOfInverse: 5, to: &sum, isNegative: false)
        add(4, arctanOfInverse: 239, to: &sum, isNegative: true)
        return Array(sum[1...count])
    }

    /// Fixed-point numbers: the integer, then the words of the fraction. arctan(1/n) = 1/n - 1/(3 n^3) + 1/(5 n^5) …
    private static func add(_ factor: UInt32, arctanOfInverse n: UInt32, to sum: inout [UInt32], isNegative: Bool) {
        var power = [UInt32](repeating: 0, count: sum.count)
        power[0] = factor
        divide(&power, by: n, from: 0)
        var term = power
        var start = 0
        var odd: UInt32 = 1
        var isNegative = isNegative
        while start < power.count {
            for at in start..<power.count { term[at] = power[at] }
            divide(&term, by: odd, from: start)
            accumulate(term, into: &sum, from: start, isNegative: isNegative)
            divide(&power, by: n * n, from: start)
            while start < power.count, power[start] == 0 { start += 1 }
            odd += 2
            isNegative.toggle()
        }
    }

    private static func divide(_ number: inout [UInt32], by divisor: UInt32, from start: Int) {
        var rest: UInt64 = 0
        for at in start..<number.count {
            let value = rest << 32 | UInt64(number[at])
            number[at] = UInt32(truncatingIfNeeded: value / UInt64(divisor))
            rest = value % UInt64(divisor)
        }
    }

    private static func accumulate(_ term: [UInt32], into sum: inout [UInt32], from start: Int, isNegative: Bool) {
        var carry: UInt32 = 0
        for at in (0..<sum.count).reversed() {
            let part = at >= start ? term[at] : 0
            if at < start, carry == 0 { return }
            let (first, over) =
                isNegative ? sum[at].subtractingReportingOverflow(part) : sum[at].addingReportingOverflow(part)
            let (second, again) =
                isNegative ? first.subtractingReportingOverflow(carry) : first.addingReportingOverflow(carry)
            sum[at] = second
            carry = over || again ? 1 : 0
        }
    }
}
