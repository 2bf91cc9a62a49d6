/// What short lines on news pages say that are not part of an article. Matching is by folded words, numbers left out:
/// "Readers Comments (0)" is `readers comments`.
enum LinePhrase: UInt8 {
    /// Stands anywhere and belongs to the page: share bars, advertisement labels, buttons.
    case control
    /// Heads a list of other stories.
    case related
    /// Heads such a list, or a part of the article.
    case relatedMaybe
    /// Heads the readers' comments, or is part of the form for them.
    case comments, commentForm
    /// An answer among readers' comments.
    case commentReply
    /// Links at the foot or head of a site. Only there: an article may have such a heading.
    case site
    /// Asks to subscribe or follow.
    case appeal
    /// Points to another story when a title or a colon follows.
    case promo
    case copyright
    /// The name of a section, above a headline.
    case section
}

/// The words of a line, ready to be looked up.
struct LineWords {
    /// Folded, without numbers and signs.
    let words: [Substring]
    let hasNumber: Bool
    let hasYear: Bool
    let folded: String

    /// Lines with more words than this are no phrases; only their first words are kept.
    private static let most = 24

    init(_ text: some StringProtocol) {
        folded = TextFolding.fold(text)
        var words: [Substring] = []
        var hasNumber = false
        var hasYear = false
        for word in Self.parts(of: folded) {
            if Self.isNumber(word) {
                hasNumber = true
                hasYear = hasYear || (word.utf8.count == 4 && (word.hasPrefix("19") || word.hasPrefix("20")))
            } else if let unit = Self.unit(of: word) {
                hasNumber = true
                words.append(unit)
            } else {
                words.append(word)
            }
            if words.count == Self.most { break }
        }
        self.words = words
        self.hasNumber = hasNumber
        self.hasYear = hasYear
    }

    private static func isNumber(_ word: Substring) -> Bool {
        guard let first = word.utf8.first, (0x30...0x39).contains(first) || first >= 0x80 else { return false }
        return word.unicodeScalars.allSatisfy { $0.properties.numericType != nil }
    }

    /// "5m", "2小时前": the word that a number is written together with, where it is short.
    private static func unit(of word: Substring) -> Substring? {
        guard let first = word.utf8.first, (0x30...0x39).contains(first) else { return nil }
        let unit = word.drop(while: \.isNumber)
        return unit.isEmpty || unit.dropFirst(3).first != nil ? nil : unit
    }

    private static func parts(of folded: String) -> [Substring] {
        guard folded.withBytes(\.isASCII) else { return folded.split(whereSeparator: separates) }
        return folded.cut { !(0x61...0x7A).contains($0) && !$0.isASCIIDigit && $0 != UInt8(ascii: "'") }
    }

    private static func separates(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return true }
        if scalar.value < 0x80 {
            return !((0x61...0x7A).contains(scalar.value) || (0x30...0x39).contains(scalar.value) || scalar == "'")
        }
        return
            !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .spacingMark)
    }

    var whole: String { words.joined(separator: " ") }

    /// The phrase that is the whole line.
    var phrase: LinePhrase? { words.count <= 8 ? Self.table.whole[whole] : nil }

    /// The phrase that the line begins with, and how many words it has: the longest one known.
    var opening: (phrase: LinePhrase, words: Int)? {
        var key = ""
        var found: (LinePhrase, Int)?
        for (index, word) in words.prefix(6).enumerated() {
            key += index == 0 ? word : " " + word
            if let phrase = Self.table.opening[key] { found = (phrase, index + 1) }
        }
        return found ?? unspacedOpening
    }

    /// Chinese, Japanese and Korean phrases need no space behind them.
    private var unspacedOpening: (LinePhrase, Int)? {
        guard let first = words.first, let scalar = first.unicodeScalars.first, (0x3040...0xD7A3).contains(scalar.value)
        else {
            return nil
        }
        for length in stride(from: min(8, first.count), to: 1, by: -1) {
            if let phrase = Self.table.opening[String(first.prefix(length))] { return (phrase, 1) }
        }
        return nil
    }

    private static let table: (whole: [String: LinePhrase], opening: [String: LinePhrase]) = {
        var whole: [String: LinePhrase] = [:]
        var opening: [String: LinePhrase] = [:]
        for (phrase, lines) in LinePhraseLists.whole {
            for line in lines.split(separator: "|") { whole[LineWords.key(line)] = phrase }
        }
        for (phrase, lines) in LinePhraseLists.opening {
            for line in lines.split(separator: "|") {
                opening[LineWords.key(line)] = phrase
                if whole[LineWords.key(line)] == nil { whole[LineWords.key(line)] = phrase }
            }
        }
        return (whole, opening)
    }()

    private static func key(_ line: Substring) -> String {
        TextFolding.fold(line).split(whereSeparator: separates).joined(separator: " ")
    }
}
