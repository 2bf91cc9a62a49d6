/// A line that gives the dates of an article: "Published: Nov 3, 2016 | Updated: Nov 4, 2016 14:05", or a bare date.
package struct DateLine: Hashable, Sendable {
    package enum Meaning: Hashable, Sendable { case published, modified, unlabelled }
    package struct Entry: Hashable, Sendable {
        package let meaning: Meaning
        package let date: ArticleDate
    }
    /// At least one, in the order of the line.
    package let entries: [Entry]

    /// Nil unless the whole line is dates and their labels, each date with its year.
    package init?(_ line: some StringProtocol, language: String? = nil) {
        guard line.utf8.count <= 2 * ArticleDate.longestText, DateTokens.mayHaveDigits(1, in: line),
            let tokens = DateTokens.scan(line, keepUnknown: false)
        else {
            return nil
        }
        let grammar = DateGrammar(language: language)
        var entries: [Entry] = []
        for part in Self.split(tokens) {
            guard let date = grammar.date(in: part) else { return nil }
            entries.append(Entry(meaning: Self.meaning(of: part), date: date))
        }
        guard !entries.isEmpty else { return nil }
        self.entries = entries
    }

    package func first(_ meaning: Meaning) -> ArticleDate? { entries.first { $0.meaning == meaning }?.date }

    /// A label that comes after a number begins another date.
    private static func split(_ tokens: [DateToken]) -> [ArraySlice<DateToken>] {
        var parts: [ArraySlice<DateToken>] = []
        var start = 0
        var hasNumber = false
        for (index, token) in tokens.enumerated() {
            if token.isNumber { hasNumber = true }
            if token.word?.isLabel == true, hasNumber, tokens[(index + 1)...].contains(where: \.isNumber) {
                parts.append(tokens[start..<index])
                start = index
                hasNumber = false
            }
        }
        parts.append(tokens[start...])
        return parts
    }

    /// "Date modified", "Date of the last update": the more particular label wins.
    private static func meaning(of tokens: ArraySlice<DateToken>) -> Meaning {
        var meaning = Meaning.unlabelled
        for token in tokens {
            switch token.word {
            case .published?: meaning = .published
            case .modified?: return .modified
            default: continue
            }
        }
        return meaning
    }
}
