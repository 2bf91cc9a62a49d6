/// A line that says who wrote the article: "By Jane Doe and John Roe in Beirut", "Von Max Muster", "بقلم: فلان".
enum Byline {
    /// Nil when the line is no byline. `labelled`: the line is a name or names without "by", such as the value of "Author:".
    static func authors(in line: some StringProtocol, labelled: Bool = false) -> [String]? {
        guard line.utf8.count <= 240 else { return nil }
        var rest = Substring(line)
        if !labelled {
            guard let end = endOfLabel(in: line) else { return nil }
            rest = Substring(line[end...])
        }
        var names: [String] = []
        for part in rest.parts(betweenAnyOf: "|•·/\t") {
            if names.isEmpty {
                guard let found = people(in: part, labelled: labelled) else { return nil }
                names = found
            }
        }
        return names.isEmpty ? nil : names
    }

    /// Where the name begins after the word that announces it.
    private static func endOfLabel(in line: some StringProtocol) -> String.Index? {
        guard starts.mayBegin(line) else { return nil }
        for (label, needsColon) in labels {
            guard var end = TextFolding.end(of: label, in: line) else { continue }
            let start = end
            var colon = false
            while end < line.endIndex, line[end].isWhitespace || ":：-–—".contains(line[end]) {
                colon = colon || !line[end].isWhitespace
                end = line.index(after: end)
            }
            if end > start, end < line.endIndex, colon || !needsColon { return end }
        }
        return nil
    }

    /// A name and nothing else, as it stands above the date of an article: two to four words in capitals.
    static func isBareName(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        guard (2...4).contains(words.count), line.utf8.count <= 48, let name = person(Substring(line), strict: true),
            name == line
        else {
            return false
        }
        return line.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || " .'’-".unicodeScalars.contains($0)
                || $0.properties.generalCategory == .nonspacingMark
        }
    }

    private static func people(in part: Substring, labelled: Bool) -> [String]? {
        var names: [String] = []
        var expectsName = true
        for piece in pieces(of: part) {
            let name = trimmed(piece)
            if name.isEmpty { continue }
            // "By Jane Doe, Reuters", "Jane Doe, chief correspondent": what is no name ends the list.
            guard let cleaned = person(name, strict: !labelled) else {
                if names.isEmpty { return nil }
                break
            }
            // "By Jane Doe, Beirut": a single word behind a full name is a place.
            if !labelled, let first = names.first, first.contains(" "), !cleaned.contains(" ") { break }
            names.append(cleaned)
            expectsName = false
            if names.count == 12 { break }
        }
        return expectsName ? nil : names
    }

    private static func pieces(of part: Substring) -> [Substring] {
        var pieces: [Substring] = []
        for piece in part.parts(betweenAnyOf: ",،;&、，") {
            var words: [Substring] = []
            for word in piece.split(whereSeparator: \.isWhitespace) {
                if conjunctions.contains(TextFolding.fold(word)), !words.isEmpty {
                    pieces.append(Substring(words.joined(separator: " ")))
                    words = []
                } else {
                    words.append(word)
                }
            }
            pieces.append(Substring(words.joined(separator: " ")))
        }
        return pieces
    }

    private static func person(_ piece: Substring, strict: Bool) -> String? {
        var words: [Substring] = []
        for word in piece.split(whereSeparator: \.isWhitespace) {
            let folded = TextFolding.fold(word)
            if placeWords.contains(folded) { break }
            if word.holds("@")
                || word.utf8.contains(where: { $0.isASCIIDigit || $0 >= 0x80 }) && word.contains(where: \.isNumber)
            {
                break
            }
            words.append(word)
        }
        guard (1...6).contains(words.count), let first = words.first else { return nil }
        let name = words.joined(separator: " ")
        guard name.utf8.count <= 80, !name.contains("\"") && !name.contains("“") else { return nil }
        let line = LineWords(name)
        if CreditLine.isAgency(line) { return nil }
        if strict {
            let isWord = { (word: Substring) in
                DateWord.named(TextFolding.fold(word))?.isCalendarName ?? false
            }
            guard !isWord(first) else { return nil }
            for word in words where !particles.contains(TextFolding.fold(word)) {
                guard let letter = word.unicodeScalars.first(where: { $0.properties.isAlphabetic }),
                    !letter.properties.isLowercase
                else { return nil }
            }
            if let last = name.last, ".!?:".contains(last),
                !(words.last ?? "").dropLast().allSatisfy({ $0.isUppercase }),
                !["jr.", "sr."].contains(TextFolding.fold(words.last ?? ""))
            {
                return nil
            }
        }
        return name
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var part = text
        while let first = part.first, first.isWhitespace || "-–—:".contains(first) { part = part.dropFirst() }
        while let last = part.last, last.isWhitespace || "-–—:".contains(last) { part = part.dropLast() }
        return part
    }

    private static let starts = LabelStarts(words: labels.map(\.0))

    /// With a colon or dash required where the word alone may begin a sentence or a title.
    static let labels: [(String, Bool)] = [
        ("written by", false), ("reported by", false), ("story by", false), ("words by", false), ("report by", false),
        ("by", false), ("author", true), ("authors", true), ("byline", true), ("writer", true), ("reporter", true),
        ("correspondent", true), ("von", false), ("par", false), ("por", false), ("door", false), ("di", false),
        ("texto", true),
        ("texte", true), ("text", true), ("autor", true), ("autora", true), ("auteur", true), ("autore", true),
        ("tekst", true),
        ("автор", true), ("текст", true), ("авторы", true), ("بقلم", false), ("كتب", true), ("كتبت", true),
        ("الكاتب", true),
        ("اعداد", true), ("تقرير", true), ("نويسنده", true), ("מאת", false), ("כתב", true), ("yazan", true),
        ("yazar", true),
        ("haber", true), ("작성자", true), ("作者", true), ("记者", true), ("記者", true), ("文", true),
    ]
    private static let conjunctions: Set<String> = [
        "and", "und", "et", "y", "e", "i", "ve", "и", "و", "ו", "en", "og", "och", "with",
    ]
    private static let particles: Set<String> = [
        "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "van", "von", "der", "den", "la", "le",
        "bin", "ben", "ibn", "al",
        "el", "abu", "zu", "ter", "ten", "y", "e", "af", "for", "of", "the",
    ]
    private static let placeWords: Set<String> = [
        "in", "at", "from", "for", "of", "en", "aus", "a", "в", "من", "في", "on", "à",
    ]
}
