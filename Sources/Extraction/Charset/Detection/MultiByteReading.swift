/// Reading bytes in a multi-byte encoding as the language that is written in it, and what the text would cost to write
/// down so.
struct MultiByteReading: Sendable {
    /// A pair of bytes read as one character.
    private struct Pair {
        var scalar: UInt32
        /// The bits it costs when it is none of the language's common characters.
        var bits: Int
    }

    static let all = [TextEncoding.gbk, .eucJP, .shiftJIS, .big5, .eucKR].map(MultiByteReading.init)

    /// What choosing any of these readings costs, and what a malformed sequence does, in quarters of a bit.
    private static let choice = 12
    private static let malformed = 160
    /// What a letter of ASCII right beside a character costs.
    private static let scriptChange = 28

    let encoding: TextEncoding
    private let common: [UInt32: Int]

    private init(_ encoding: TextEncoding) {
        self.encoding = encoding
        let list =
            switch encoding {
            case .gbk: CommonIdeographs.simplifiedChinese
            case .big5: CommonIdeographs.traditionalChinese
            case .eucKR: CommonIdeographs.korean
            default: CommonIdeographs.japanese
            }
        common = FrequencyList.costs(list)
    }

    /// What a sample costs, in quarters of a bit, or nil when that is more than `limit`.
    func cost(of sample: [UInt8], limit: Int) -> Int? {
        var total = Self.choice
        var index = 0
        while index < sample.count, total <= limit {
            let lead = sample[index]
            index += 1
            if lead < 0x80 {
                if ASCII.isLetter(lead) { total += CharacterCost.foreignASCIILetter }
                continue
            }
            if encoding == .shiftJIS, 0xA1...0xDF ~= lead {
                total += 48
                continue
            }
            // A sample may end in the middle of a character.
            guard index < sample.count else { break }
            let trail = sample[index]
            if encoding == .gbk, 0x81...0xFE ~= lead, 0x30...0x39 ~= trail {
                total += 96
                index = min(index + 3, sample.count)
                continue
            }
            if let pair = pair(lead, trail) {
                total += 4 * (common[pair.scalar] ?? pair.bits)
                if index > 1, ASCII.isLetter(sample[index - 2]) { total += Self.scriptChange }
                index += 1
                if index < sample.count, ASCII.isLetter(sample[index]) { total += Self.scriptChange }
            } else {
                total += Self.malformed
                if trail >= 0x80 { index += 1 }
            }
        }
        return total <= limit ? total : nil
    }

    private func pair(_ lead: UInt8, _ trail: UInt8) -> Pair? {
        switch encoding {
        case .gbk: gbk(lead, trail)
        case .big5: big5(lead, trail)
        case .eucKR: eucKR(lead, trail)
        case .shiftJIS: shiftJIS(lead, trail)
        default: eucJP(lead, trail)
        }
    }

    private func gbk(_ lead: UInt8, _ trail: UInt8) -> Pair? {
        guard 0x81...0xFE ~= lead, 0x40...0x7E ~= trail || 0x80...0xFE ~= trail else { return nil }
        let scalar = MultiByteIndex.gb18030[(Int(lead) - 0x81) * 190 + Int(trail) - (trail < 0x7F ? 0x40 : 0x41)]
        guard scalar != 0 else { return Pair(scalar: 0, bits: 24) }
        if trail < 0xA1 || lead < 0xA1 { return Pair(scalar: scalar, bits: 17) }
        switch lead {
        case 0xA1, 0xA3: return Pair(scalar: scalar, bits: 11)
        case 0xB0...0xD7: return Pair(scalar: scalar, bits: 12)
        default: return Pair(scalar: scalar, bits: 15)
        }
    }

    private func big5(_ lead: UInt8, _ trail: UInt8) -> Pair? {
        guard 0x81...0xFE ~= lead, 0x40...0x7E ~= trail || 0xA1...0xFE ~= trail else { return nil }
        let scalar = MultiByteIndex.big5[(Int(lead) - 0x81) * 157 + Int(trail) - (trail < 0x7F ? 0x40 : 0x62)]
        guard scalar != 0 else { return nil }
        switch lead {
        case 0xA1: return Pair(scalar: scalar, bits: 11)
        case 0xA4...0xC5: return Pair(scalar: scalar, bits: 12)
        case 0xA2, 0xA3, 0xC6...0xF9: return Pair(scalar: scalar, bits: 15)
        default: return Pair(scalar: scalar, bits: 19)
        }
    }

    private func eucKR(_ lead: UInt8, _ trail: UInt8) -> Pair? {
        guard 0x81...0xFE ~= lead, 0x41...0xFE ~= trail else { return nil }
        let scalar = MultiByteIndex.eucKR[(Int(lead) - 0x81) * 190 + Int(trail) - 0x41]
        guard scalar != 0 else { return nil }
        if trail < 0xA1 || lead < 0xA1 { return Pair(scalar: scalar, bits: 17) }
        switch lead {
        case 0xB0...0xC8: return Pair(scalar: scalar, bits: 11)
        case 0xA1, 0xA3: return Pair(scalar: scalar, bits: 12)
        default: return Pair(scalar: scalar, bits: 15)
        }
    }

    private func eucJP(_ lead: UInt8, _ trail: UInt8) -> Pair? {
        if lead == 0x8E { return 0xA1...0xDF ~= trail ? Pair(scalar: 0, bits: 14) : nil }
        // The third byte of a JIS X 0212 character is malformed on its own; such characters are hardly ever seen.
        guard 0xA1...0xFE ~= lead, 0xA1...0xFE ~= trail else { return nil }
        return jis0208(row: Int(lead) - 0xA1, cell: Int(trail) - 0xA1)
    }

    private func shiftJIS(_ lead: UInt8, _ trail: UInt8) -> Pair? {
        guard 0x81...0x9F ~= lead || 0xE0...0xFC ~= lead, 0x40...0x7E ~= trail || 0x80...0xFC ~= trail else {
            return nil
        }
        let row = Int(lead) - (lead < 0xA0 ? 0x81 : 0xC1)
        let cell = Int(trail) - (trail < 0x7F ? 0x40 : 0x41)
        return jis0208(row: row * 2 + cell / 94, cell: cell % 94)
    }

    private func jis0208(row: Int, cell: Int) -> Pair? {
        let scalar = MultiByteIndex.jis0208[row * 94 + cell]
        guard scalar != 0 else { return nil }
        switch row {
        case 0, 2: return Pair(scalar: scalar, bits: 11)
        case 3: return Pair(scalar: scalar, bits: 10)
        case 4: return Pair(scalar: scalar, bits: 11)
        case 15...46: return Pair(scalar: scalar, bits: 12)
        case 47...83: return Pair(scalar: scalar, bits: 16)
        default: return Pair(scalar: scalar, bits: 18)
        }
    }
}
