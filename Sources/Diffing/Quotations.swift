/// Finds which words stand inside quotation marks, block by block.
///
/// Marks of every style count, straight ones too; a single mark counts only where it cannot be an apostrophe. An opening mark
/// without its partner quotes the rest of the block, as a quotation that runs over several paragraphs is set; a straight one
/// without partner quotes nothing.
enum Quotations {
    static func mark(
        _ tokens: inout [Token], _ range: Range<Int>, bytes: borrowing Span<UInt8>, isQuotation: Bool
    ) {
        if isQuotation {
            for at in range { tokens[at].isQuoted = tokens[at].kind != .quote }
            return
        }
        var at = range.lowerBound
        // Marks whose partner was sought to the end in vain: seeking again for each would take quadratic time.
        var hopeless: Set<UInt32> = []
        while at < range.upperBound {
            guard tokens[at].kind == .quote, let closers = closers(of: at, tokens, range, bytes),
                case let mark = Scalars.decode(bytes, tokens[at].start).scalar, !hopeless.contains(mark)
            else {
                at += 1
                continue
            }
            let partner = close(after: at, in: range, tokens, bytes, with: closers.marks)
            guard let end = partner ?? (closers.mayStayOpen ? range.upperBound : nil) else {
                hopeless.insert(mark)
                at += 1
                continue
            }
            for inside in at + 1..<end { tokens[inside].isQuoted = tokens[inside].kind != .quote }
            at = end + 1
        }
    }

    private struct Closers {
        let marks: [UInt32]
        let mayStayOpen: Bool

        init(_ marks: [UInt32], mayStayOpen: Bool = false) {
            self.marks = marks
            self.mayStayOpen = mayStayOpen
        }
    }

    /// The marks that end a quotation opened at `at`; nil where that mark opens none.
    private static func closers(
        of at: Int, _ tokens: [Token], _ range: Range<Int>, _ bytes: borrowing Span<UInt8>
    ) -> Closers? {
        let isBeforeText = at + 1 < range.upperBound && tokens[at + 1].start == tokens[at].end
        let isAfterText = at > range.lowerBound && tokens[at - 1].end == tokens[at].start && tokens[at - 1].isWord
        let opens = isBeforeText && !isAfterText
        switch Scalars.decode(bytes, tokens[at].start).scalar {
        case 0x22, 0xFF02: return isAfterText ? nil : Closers([0x22, 0xFF02, 0x201D])
        case 0x201C: return Closers([0x201D, 0x22, 0x201C], mayStayOpen: isBeforeText)
        case 0x201E: return Closers([0x201C, 0x201D, 0x22], mayStayOpen: isBeforeText)
        case 0x201F: return Closers([0x201D])
        case 0xAB: return Closers([0xBB], mayStayOpen: true)
        case 0x300C: return Closers([0x300D], mayStayOpen: true)
        case 0x300E: return Closers([0x300F], mayStayOpen: true)
        case 0xFF62: return Closers([0xFF63])
        case 0x301D: return Closers([0x301E, 0x301F])
        case 0x2039: return Closers([0x203A])
        case 0x201A: return opens ? Closers([0x2018, 0x2019]) : nil
        // Swedish and Finnish open with the closing mark, German books with the reversed guillemet.
        case 0x201D: return opens ? Closers([0x201D]) : nil
        case 0xBB: return opens ? Closers([0xAB, 0xBB]) : nil
        case 0x203A: return opens ? Closers([0x2039, 0x203A]) : nil
        case 0x2018, 0x201B: return opens ? Closers([0x2019, 0x27]) : nil
        case 0x27, 0xFF07, 0x60: return opens ? Closers([0x27, 0x2019, 0xFF07]) : nil
        default: return nil
        }
    }

    private static func close(
        after open: Int, in range: Range<Int>, _ tokens: [Token], _ bytes: borrowing Span<UInt8>, with marks: [UInt32]
    ) -> Int? {
        let mayBeApostrophe = marks.contains(0x2019)
        for at in open + 1..<range.upperBound where tokens[at].kind == .quote {
            let scalar = Scalars.decode(bytes, tokens[at].start).scalar
            guard marks.contains(scalar) else { continue }
            guard mayBeApostrophe else { return at }
            // `'90s` and `rebels' attack`: an apostrophe at the start of a word never closes, one at its end may.
            let touchesNext =
                at + 1 < range.upperBound && tokens[at + 1].start == tokens[at].end && tokens[at + 1].isWord
            let touchesLast = tokens[at - 1].end == tokens[at].start
            guard touchesLast, !touchesNext else { continue }
            let isPossessive = tokens[at - 1].isWord && endsInS(tokens[at - 1], bytes)
            if !isPossessive || !closesLater(after: at, in: range, tokens, bytes, marks) { return at }
        }
        return nil
    }

    private static func endsInS(_ token: Token, _ bytes: borrowing Span<UInt8>) -> Bool {
        bytes[token.end - 1] | 0x20 == UInt8(ascii: "s")
    }

    /// Whether another mark closes what stands open before yet another opens.
    private static func closesLater(
        after at: Int, in range: Range<Int>, _ tokens: [Token], _ bytes: borrowing Span<UInt8>, _ marks: [UInt32]
    ) -> Bool {
        for next in at + 1..<range.upperBound where tokens[next].kind == .quote {
            let scalar = Scalars.decode(bytes, tokens[next].start).scalar
            let touchesLast = tokens[next - 1].end == tokens[next].start
            return marks.contains(scalar) && touchesLast
        }
        return false
    }
}
