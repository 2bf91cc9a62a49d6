/// Names of authors as sites fill them in: with labels, offices, agencies, addresses and handles around them.
struct AuthorNames {
    let site: SiteNames
    let isOrganization: (String) -> Bool

    struct Name: Equatable {
        let text: String
        /// Not the outlet, an agency or a desk.
        let isPerson: Bool
    }

    /// The names in one declared value or one element, none when it holds no name.
    func read(_ value: String) -> [Name] {
        var text = value
        if text.holds("@"), let open = text.firstIndex(of: "(") {
            // "jane@post.example (Jane Doe)", as feeds have it.
            text = String(text[text.index(after: open)...].prefix { $0 != ")" })
        }
        guard text.utf8.count <= 300, !text.holds("://"), !text.lowercased().hasPrefix("www.") else { return [] }
        var names: [Name] = []
        for line in text.parts(betweenAnyOf: "|•·;\t") {
            let found = readLine(PageText.collapsed(String(line)))
            for name in found where !names.contains(name) { names.append(name) }
            // What stands behind a bar is an office or a place, what stands behind a semicolon another author.
            if !names.isEmpty, !text.contains(";") { break }
        }
        return Array(names.prefix(12))
    }

    private func readLine(_ line: String) -> [Name] {
        var text = Self.withoutLabel(line)
        for joint in ["and ", "und ", "et ", "& "] where text.hasPrefix(joint) { text.removeFirst(joint.count) }
        if text.isEmpty { return [] }
        let isList = text.contains(",") || text.split(separator: " ").count > 4 && PageText.key(text).holds(" and ")
        let whole = isList ? nil : name(text)
        if let whole, !whole.isPerson { return [whole] }
        if let reversed = Self.reversed(text) { return [Name(text: reversed, isPerson: true)] }
        if text.utf8.count > 60, text.split(separator: " ").count > 8, !text.contains(",") { return [] }
        // "Reuters, Washington": what follows an agency is a place.
        if let first = text.split(separator: ",").first, first.utf8.count < text.utf8.count,
            let agency = name(String(first)), !agency.isPerson
        {
            return [agency]
        }
        let people = Byline.authors(in: text, labelled: true) ?? []
        var names: [Name] = []
        for person in people {
            guard let name = name(Self.withoutLabel(person)) else { continue }
            // "Jane Doe, AP Writer, Ph.D., cleveland.com": what follows a name may be anything.
            if !names.isEmpty, !name.isPerson || Self.isOffice(person) || !Self.isFullName(name.text) { continue }
            if !names.contains(name) { names.append(name) }
        }
        if names.isEmpty, let whole, text.utf8.count <= 60 { names = [whole] }
        return names
    }

    private func name(_ text: String) -> Name? {
        var text = Self.trimmed(text)
        if text.utf8.count > 12, !site.isSite(text) {
            for ending in [" for ", " in "] as [StaticString] {
                let parts = PageText.parts(of: text, between: ending)
                if parts.count > 1 { text = Self.trimmed(String(parts[0])) }
            }
        }
        text = Self.withoutOffice(text)
        let key = PageText.key(text)
        guard !key.isEmpty, text.utf8.count <= 80, text.unicodeScalars.count > 1, !text.hasPrefix("@"),
            !text.contains("@"), !Self.isJunk(key), !text.contains("<"), !text.contains("{"),
            text.unicodeScalars.contains(where: \.properties.isAlphabetic), !text.hasPrefix("/"), !text.hasPrefix("#")
        else { return nil }
        let line = LineWords(text)
        if line.phrase != nil || ArticleDate.find(in: text) != nil { return nil }
        let words = key.words()
        let isDesk = words.contains { Self.deskWords.contains($0) } || text.holds(".com") || text.holds(".net")
        let isPerson =
            !isDesk && words.first != "the" && !site.isSite(text) && !isOrganization(text) && !CreditLine.isAgency(line)
        return Name(text: text, isPerson: isPerson)
    }

    /// "Doe, Jane", as libraries write it.
    private static func reversed(_ text: String) -> String? {
        let parts = text.split(separator: ",").map { trimmed(String($0)) }
        guard parts.count == 2,
            parts.allSatisfy({ !$0.contains(" ") && $0.count > 1 && $0.first?.isUppercase == true }),
            parts.allSatisfy({ $0.contains(where: \.isLowercase) }), !parts.contains(where: { $0.contains(".") }),
            !CreditLine.isAgency(LineWords(parts[0])), !CreditLine.isAgency(LineWords(parts[1]))
        else { return nil }
        return parts[1] + " " + parts[0]
    }

    private static func isFullName(_ text: String) -> Bool {
        text.contains(" ") || text.unicodeScalars.contains { $0.value >= 0x0E00 }
    }

    private static func isJunk(_ key: String) -> Bool {
        junk.contains(key) || key.unicodeScalars.allSatisfy { $0.properties.numericType != nil || $0 == " " }
    }

    private static func withoutLabel(_ line: String) -> String {
        var text = line
        for _ in 0..<2 {
            let folded = TextFolding.fold(text)
            guard let first = folded.unicodeScalars.first,
                let label = labels[first]?.first(where: { folded.hasPrefix($0) }),
                let end = TextFolding.end(of: label, in: text)
            else { break }
            let rest = text[end...]
            let needsNoSpace =
                label.unicodeScalars.last.map { $0.value >= 0x0E00 || ":：/".unicodeScalars.contains($0) } ?? false
            guard let next = rest.first, needsNoSpace || next.isWhitespace || ":：-–—".contains(next) else { break }
            text = trimmed(String(rest))
        }
        return trimmed(text)
    }

    private static func trimmed(_ text: String) -> String {
        if let first = text.utf8.first, let last = text.utf8.last, first.isASCIILetter, last.isASCIILetter {
            return text
        }
        var part = text[...]
        while let first = part.first, first.isWhitespace || "-–—:：,،|/•·\"“”([*_~".contains(first) {
            part = part.dropFirst()
        }
        while let last = part.last, last.isWhitespace || "-–—:：,،|/•·\"“”)]*_~;".contains(last) {
            part = part.dropLast()
        }
        return String(part)
    }

    /// "Jane Doe Staff Writer", "Redakteurin Jane Doe", "홍길동 기자"
    private static func withoutOffice(_ text: String) -> String {
        var words = text.split(separator: " ")
        if let open = words.firstIndex(where: { $0.hasPrefix("(") || $0.hasPrefix("[") }), open > 0 {
            words = Array(words[..<open])
        }
        func isOffice(_ word: Substring) -> Bool { offices.contains(PageText.key(word)) }
        guard words.count > 1 else { return text }
        if words.count > 2 || text.unicodeScalars.contains(where: { $0.value >= 0x0E00 }) {
            while words.count > 1, let first = words.first, isOffice(first) { words.removeFirst() }
        }
        if let last = words.last, isOffice(last),
            words.count > 2 || last.unicodeScalars.contains(where: { $0.value >= 0x0E00 })
        {
            words.removeLast()
            while words.count > 2, let last = words.last, isOffice(last) || adjectives.contains(PageText.key(last)) {
                words.removeLast()
            }
        }
        return trimmed(words.joined(separator: " "))
    }

    private static func isOffice(_ text: String) -> Bool {
        let words = PageText.key(text).words()
        let isDegree = text.utf8.count <= 5 && !text.contains { $0.isLowercase }
        return isDegree || words.contains { offices.contains(String($0)) }
    }

    private static let labels = Dictionary(grouping: allLabels) { $0.unicodeScalars.first ?? " " }

    private static let allLabels = [
        "analysis by", "written by", "posted by", "opinion by", "story by", "reported by", "words by", "text by", "by",
        "author:", "authors:", "author", "von", "par", "por", "door", "di", "texto:", "texto de", "texte:", "text:",
        "autor:", "autora:",
        "auteur:", "autore:", "av", "af", "tekst:", "napsal", "автор:", "текст:", "автор", "текст", "بقلم", "كتب",
        "كتبت", "نويسنده:",
        "מאת", "yazan:", "yazar:", "oleh", "penulis:", "作者:", "作者：", "记者:", "记者：", "记者", "文/", "文／", "撰文", "記者", "기자:",
        "글",
        "publie par", "publicado por", "veroffentlicht von", "ein artikel von", "ein kommentar von", "eine analyse von",
        "redaktion:",
        "staff writer", "tac gia:", "przez", "szerzo:", "от", "door:", "by:", "von:", "por:", "par:",
    ]

    private static let junk: Set<String> = [
        "admin", "administrator", "webmaster", "root", "user", "author", "guest", "unknown", "anonymous", "none",
        "null",
        "undefined", "n a", "na", "false", "true", "super user", "superuser", "wp admin", "wpadmin", "by", "von",
        "test", "default",
        "nan", "no author", "web", "гость", "админ", "administrador", "autor", "author name", "follow", "share",
        "et al", "and",
        "view all posts", "more from author", "contributor", "see more", "read more", "about the author", "no byline",
    ]

    private static let deskWords: Set<Substring> = [
        "staff", "news", "newsroom", "editorial", "redaktion", "redaktionen", "team", "desk", "agency", "agencies",
        "press", "redaccion",
        "redazione", "redactie", "redaction", "redacao", "редакция", "bureau", "media", "editors", "newspaper", "wire",
        "reporters",
        "agencias", "agenturen", "online", "magazine", "reuters", "afp", "dpa", "tv", "radio", "redakcja", "redakce",
        "редакции", "编辑部",
        "company", "inc", "ltd", "gmbh", "university", "association", "institute", "ministry", "services", "service",
        "correspondents",
    ]

    private static let offices: Set<String> = [
        "writer", "reporter", "reporters", "editor", "correspondent", "columnist", "contributor", "producer",
        "journalist", "author",
        "redakteur", "redakteurin", "reporterin", "korrespondent", "korrespondentin", "autor",
        "autorin", "journaliste",
        "periodista", "redactor", "redactora", "giornalista", "jornalista", "reporteros", "redacteur", "verslaggever",
        "muhabir", "muhabiri",
        "wartawan", "журналист", "корреспондент", "기자", "특파원", "선임기자", "记者", "記者", "通讯员", "实习记者", "director", "chief",
        "photographer", "intern", "fellow", "founder", "analyst", "critic", "anchor", "blogger",
    ]

    private static let adjectives: Set<String> = [
        "senior", "news", "staff", "political", "politics", "sports", "sport", "business", "chief", "national",
        "special", "digital",
        "managing", "deputy", "assistant", "associate", "executive", "contributing", "health", "science", "education",
        "crime", "local",
        "foreign", "security", "technology", "tech", "environment", "world", "freelance", "data", "features",
        "features", "lead", "general",
    ]
}
