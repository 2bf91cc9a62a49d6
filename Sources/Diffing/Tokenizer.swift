/// Cuts text into words, numbers and marks. White space, and what readers cannot see between words, belongs to no token.
///
/// A word keeps its combining marks, joiners (ZWNJ) and inner apostrophes; scripts written without spaces give a token a
/// character, katakana a token a run. A number keeps its separators; letters after digits are a word of their own (`9am`).
struct Tokenizer {
    private let bytes: [UInt8]
    private let end: Int
    private var at: Int

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
    }

    mutating func tokenise(with vocabulary: inout Vocabulary, into tokens: inout [Token]) {
        while at < end {
            let start = at
            guard let kind = next() else { continue }
            let exact = vocabulary.intern(bytes.span.extracting(start..<at), kind: kind)
            tokens.append(Token(start: start, length: Int32(clamping: at - start), exact: exact, kind: kind))
        }
    }

    /// Moves past the next token, or past one scalar that belongs to none.
    private mutating func next() -> Token.Kind? {
        let (scalar, length) = Scalars.decode(bytes.span, at)
        at += length
        switch Scalars.classify(scalar) {
        case .space, .invisible, .mark: return nil
        case .letter:
            finishWord(scalar)
            return .word
        case .ideograph:
            finishCharacter()
            return .word
        case .katakana:
            while at < end, case (let next, let size) = Scalars.decode(bytes.span, at), isKatakana(next) { at += size }
            return .word
        case .digit:
            finishNumber()
            return .number
        case .fraction: return .number
        case .apostrophe, .quote: return .quote
        case .dash:
            while at < end, case (let next, let size) = Scalars.decode(bytes.span, at), Scalars.classify(next) == .dash
            { at += size }
            return .dash
        case .stop: return finishStop(scalar)
        case .punctuation: return .punctuation
        case .symbol:
            finishCharacter()
            return .symbol
        }
    }

    private func isKatakana(_ scalar: UInt32) -> Bool {
        let kind = Scalars.classify(scalar)
        return kind == .katakana || kind == .mark
    }

    private mutating func finishWord(_ first: UInt32) {
        let start = at
        var last = first
        var letters = 1
        while at < end {
            let (scalar, length) = Scalars.decode(bytes.span, at)
            switch Scalars.classify(scalar) {
            case .letter:
                last = scalar
                letters += 1
            case .mark, .invisible: break
            case .apostrophe:
                guard isLetter(at: at + length) else { return }
                if letters <= 6, isElision(endingAt: start, mark: at + length) {
                    at += length
                    return
                }
            case .quote:
                // Gershayim, often typed as a straight quotation mark: צה"ל.
                guard scalar == 0x22 || scalar == 0x05F4, Scalars.isHebrew(last), isHebrew(at: at + length) else {
                    return
                }
            default:
                // The Catalan l·l.
                guard scalar == 0xB7, isLetter(at: at + length) else { return }
            }
            at += length
        }
    }

    /// Whether the apostrophe cuts off an article or pronoun: `l’armée` is two words, `won’t` and `O’Brien` are one.
    private func isElision(endingAt afterFirst: Int, mark: Int) -> Bool {
        var prefix: [UInt8] = [bytes[afterFirst - 1] | 0x20]
        var at = afterFirst
        while at < mark, bytes[at] < 0x80, bytes[at] != UInt8(ascii: "'") {
            prefix.append(bytes[at] | 0x20)
            at += 1
        }
        guard Self.elisions.contains(String(decoding: prefix, as: UTF8.self)) else { return false }
        var following = 0
        at = mark
        while at < end, following < 3 {
            let (scalar, length) = Scalars.decode(bytes.span, at)
            guard Scalars.classify(scalar) == .letter else { break }
            following += 1
            at += length
        }
        return following >= 3
    }

    private static let elisions: Set<String> = [
        "l", "d", "j", "n", "s", "m", "t", "c", "qu", "un", "dell", "nell", "sull", "all", "dall", "jusqu", "lorsqu",
        "puisqu",
        "quest", "quell",
    ]

    private mutating func finishNumber() {
        while at < end {
            let (scalar, length) = Scalars.decode(bytes.span, at)
            switch Scalars.classify(scalar) {
            case .digit, .mark: at += length
            default:
                guard separatesDigits(scalar, length) else { return }
                at += length
            }
        }
    }

    private func separatesDigits(_ scalar: UInt32, _ length: Int) -> Bool {
        switch scalar {
        case 0x2C, 0x2E, 0x27, 0x2019, 0x3A, 0x066B, 0x066C: return isDigit(at: at + length)
        case 0xA0, 0x2009, 0x202F:
            // No-break spaces mark thousands; other numbers may follow them too.
            var next = at + length
            for _ in 0..<3 {
                guard isDigit(at: next) else { return false }
                next += Scalars.decode(bytes.span, next).length
            }
            return !isDigit(at: next)
        default: return false
        }
    }

    private mutating func finishStop(_ first: UInt32) -> Token.Kind {
        guard first == 0x2E || first == 0x2026 else { return .stop }
        let start = at
        while at < end, case (let next, let size) = Scalars.decode(bytes.span, at), next == 0x2E || next == 0x2026 {
            at += size
        }
        return at > start || first == 0x2026 ? .ellipsis : .stop
    }

    /// A symbol or character with its marks, selectors, and what joiners add to an emoji.
    private mutating func finishCharacter() {
        while at < end {
            let (scalar, length) = Scalars.decode(bytes.span, at)
            let isModifier = (0x1F3FB...0x1F3FF).contains(scalar)
            guard isModifier || scalar == 0x200D || Scalars.classify(scalar) == .mark else { return }
            at += length
            if scalar == 0x200D, at < end { at += Scalars.decode(bytes.span, at).length }
        }
    }

    private func isLetter(at place: Int) -> Bool {
        place < end && Scalars.classify(Scalars.decode(bytes.span, place).scalar) == .letter
    }

    private func isHebrew(at place: Int) -> Bool {
        place < end && Scalars.isHebrew(Scalars.decode(bytes.span, place).scalar)
    }

    private func isDigit(at place: Int) -> Bool {
        place < end && Scalars.classify(Scalars.decode(bytes.span, place).scalar) == .digit
    }
}
