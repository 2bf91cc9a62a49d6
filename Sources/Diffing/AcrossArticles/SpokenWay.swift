/// The words of one mention, or of several stretches of one speech, with dots between these.
struct SpokenLine {
    private(set) var bytes: [UInt8] = []
    private(set) var words: [Range<Int>] = []
    private(set) var folds: [Int32] = []

    init(_ stretches: [Range<Int>], _ reading: Reading) {
        for stretch in stretches {
            if !bytes.isEmpty { bytes += Array(" … ".utf8) }
            let range = reading.bytes(ofTokens: stretch)
            let shift = bytes.count - range.lowerBound
            for token in stretch where reading.tokens[token].isWord {
                words.append(reading.tokens[token].start + shift..<reading.tokens[token].end + shift)
                folds.append(reading.folds[token])
            }
            bytes += reading.bytes[range]
        }
    }

    var text: String { text(0..<bytes.count) }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// The way from one version of a speech to another. Marks, and spellings that mean the same word, are not told apart: where
/// they differ, the newer version's stand.
struct SpokenWay {
    private(set) var runs: [WordRun] = []
    private(set) var agreement = Retelling.Agreement.same

    init(_ before: SpokenLine, _ after: SpokenLine) {
        var matcher = SequenceMatcher()
        var matches: [Match] = []
        matcher.match(before.folds.span, after.folds.span, into: &matches)
        var isAltered = matches.isEmpty
        var isLess = false
        var isMore = false
        var (x, y) = (0, 0)
        var place = 0
        for number in 0...matches.count {
            let match = number < matches.count ? matches[number] : nil
            let gone = x..<(match.map { Int($0.before) } ?? before.words.count)
            let came = y..<(match.map { Int($0.after) } ?? after.words.count)
            let next = match.map { after.words[Int($0.after)].lowerBound } ?? after.bytes.count
            let isInner = number > 0 && match != nil
            if !gone.isEmpty, !came.isEmpty || (isInner && !Self.isLeftOut(after.text(place..<next))) {
                isAltered = true
            }
            if isInner, !came.isEmpty { isAltered = true }
            isLess = isLess || !gone.isEmpty
            isMore = isMore || !came.isEmpty
            addGap(before, gone, after, came, place..<next, isLast: match == nil)
            if let match {
                add(.equal, after.text(after.words[Int(match.after)]))
                (x, y) = (Int(match.before) + 1, Int(match.after) + 1)
                place = after.words[Int(match.after)].upperBound
            }
        }
        agreement = isAltered ? .altered : isMore ? .more : isLess ? .part : .same
    }

    /// What was left out is shown to be.
    private static func isLeftOut(_ gap: String) -> Bool { gap.contains("…") || gap.contains("...") }

    private mutating func addGap(
        _ before: SpokenLine, _ gone: Range<Int>, _ after: SpokenLine, _ came: Range<Int>, _ gap: Range<Int>,
        isLast: Bool
    ) {
        let lost = gone.isEmpty ? "" : before.text(Self.stretch(before, gone))
        guard !came.isEmpty else {
            if isLast {
                add(.delete, lost.isEmpty ? "" : " " + lost)
                add(.equal, after.text(gap))
            } else {
                add(.equal, after.text(gap))
                add(.delete, lost.isEmpty ? "" : lost + " ")
            }
            return
        }
        let core = Self.stretch(after, came)
        add(.equal, after.text(gap.lowerBound..<core.lowerBound))
        add(.delete, lost)
        add(.insert, after.text(core))
        add(.equal, after.text(core.upperBound..<gap.upperBound))
    }

    private static func stretch(_ line: SpokenLine, _ words: Range<Int>) -> Range<Int> {
        line.words[words.lowerBound].lowerBound..<line.words[words.upperBound - 1].upperBound
    }

    private mutating func add(_ operation: WordRun.Operation, _ text: String) {
        guard !text.isEmpty else { return }
        if let last = runs.last, last.operation == operation {
            runs[runs.count - 1] = WordRun(operation, last.text + text)
        } else {
            runs.append(WordRun(operation, text))
        }
    }
}
