/// Chooses the authors: what is declared, if a reader of the page is told the same; else what the byline says.
struct PageAuthors {
    let page: HTMLDocument
    let names: AuthorNames
    let surroundings: HeadlineSurroundings
    let headline: MarkedFields.Mark?

    /// - Parameter declared: values of one source each, the surest source first.
    func choose(declared: [[String]], marks: [MarkedFields.Mark]) -> [String] {
        let sources = declared.map(people).filter { !$0.isEmpty }
        let personal = sources.map { $0.filter(\.isPerson) }.filter { !$0.isEmpty }
        if let seen = personal.first(where: { isVisible($0[0].text) }) { return texts(seen) }
        let byline = self.byline
        let close = marks.filter(isClose)
        let marked = byline ?? self.marked(close)
        if let byline, byline[0].isPerson { return texts(byline) }
        if let first = personal.first { return texts(first) }
        if let marked, marked[0].isPerson, sources.isEmpty || marked[0].text.contains(" ") { return texts(marked) }
        if let outlet = sources.first ?? marked { return texts(outlet) }
        return texts(self.marked(marks.filter { $0.foreign == 0 && !$0.isFringe && isInArticle($0) }) ?? [])
    }

    /// Whether a short line that stands where bylines do can be one.
    static func mayBeAuthor(_ text: String, headline: String?) -> Bool {
        text != headline && looksLikeName(text) && LineWords(text).phrase == nil
            && !PageText.key(text).words().contains {
                ["of", "the", "and", "to", "table", "privacy", "terms"].contains($0)
            }
    }

    private func texts(_ names: [AuthorNames.Name]) -> [String] {
        // The outlet beside a person is where the person works.
        let people = names.filter(\.isPerson)
        return (people.isEmpty ? Array(names.prefix(1)) : people).map(\.text)
    }

    private func people(_ values: [String]) -> [AuthorNames.Name] {
        var found: [AuthorNames.Name] = []
        for value in values.prefix(20) {
            for name in names.read(PageText.declared(value)) where !found.contains(name) { found.append(name) }
        }
        return found
    }

    private func isVisible(_ name: String) -> Bool {
        let key = PageText.key(name)
        return !key.isEmpty && surroundings.key.holds(" " + key + " ")
    }

    // MARK: What is shown

    /// "By Jane Doe" in a line of its own, or before the date.
    private var byline: [AuthorNames.Name]? {
        for line in surroundings.lines.lazy.filter(\.isAfter).prefix(16) {
            if let found = Self.byline(in: line.parts).map(people), !found.isEmpty { return found }
        }
        for line in surroundings.lines.lazy.filter({ !$0.isAfter }).suffix(6) {
            if let found = Self.byline(in: line.parts).map(people), !found.isEmpty { return found }
        }
        return nil
    }

    /// The names behind the word that announces them. Texts of different elements do not run into each other, but for that
    /// word and the ones that join names.
    private static func byline(in parts: [String]) -> [String]? {
        guard parts.prefix(14).contains(where: BylineLabels.mayStand) else { return nil }
        var text = ""
        var isJoined = true
        for (place, part) in parts.enumerated() where place < 14 {
            let folded = TextFolding.fold(part).trimmingPrefix { ",:|·•-–—".contains($0) || $0 == " " }
            let isLabel = BylineLabels.isLabel(String(folded))
            let isConjunction = BylineLabels.conjunctions.contains(folded.filter { $0 != " " && $0 != "," })
            if !text.isEmpty { text += isJoined || isConjunction || part.hasPrefix(",") ? " " : "|" }
            text += part.replacing("／", with: "|")
            isJoined = isLabel || isConjunction || part.hasSuffix(",") || part.hasSuffix(" and") || part.hasSuffix(":")
        }
        guard text.utf8.count <= 240 else { return nil }
        for start in [text.startIndex] + text.indices.filter({ text[$0] == "|" }).prefix(6)
            + text.indices.filter({ text[$0] == "-" }).prefix(3)
        {
            let rest = text[start...].drop { "|· –-".contains($0) }
            if let names = Byline.authors(in: rest) { return names }
            if let name = Self.shortly(rest) { return [name] }
            if let label = BylineLabels.certain.lazy.compactMap({ TextFolding.end(of: $0, in: rest) }).first {
                let parts = PageText.parts(of: String(rest[label...]), between: " - ")
                return [String(parts[0].split(separator: "|").first ?? "")]
            }
        }
        return nil
    }

    /// "Af Jane Doe", "de Ion Popescu": words that begin sentences as well, and so only before a name and nothing else.
    private static func shortly(_ text: Substring) -> String? {
        let words = text.prefix { $0 != "|" && $0 != "," }.split(separator: " ")
        guard (3...5).contains(words.count), text.utf8.count <= 80,
            BylineLabels.short.contains(TextFolding.fold(words[0]))
        else { return nil }
        let name = words.dropFirst().joined(separator: " ")
        return Byline.isBareName(name) ? name : nil
    }

    private func isClose(_ mark: MarkedFields.Mark) -> Bool {
        guard let headline else { return mark.foreign == 0 && !mark.isFringe }
        guard !mark.isFringe || headline.isFringe else { return false }
        let distance = mark.place - headline.place
        guard (-60...250).contains(distance) else { return false }
        return (mark.foreign == 0 || mark.foreign == headline.foreign) && isInArticle(mark)
    }

    private func isInArticle(_ mark: MarkedFields.Mark) -> Bool {
        guard let headline else { return true }
        return headline.article == 0 || mark.article == headline.article || mark.article == 0
    }

    /// What elements are marked as the author's name: by property, by relation, by class, by where a link leads.
    private func marked(_ marks: [MarkedFields.Mark]) -> [AuthorNames.Name]? {
        for kind in [MarkedFields.Mark.Kind.property, .link, .word, .address] {
            var found: [AuthorNames.Name] = []
            var last: Int?
            for mark in marks where mark.kind == kind {
                // Names that belong together stand together.
                if let last, mark.place - last > 25 { break }
                let names = read(mark.node)
                if names.isEmpty { continue }
                last = mark.place
                for name in names where !found.contains(name) { found.append(name) }
            }
            guard let first = found.first else { continue }
            if kind != .address || first.isPerson && isVisible(first.text) { return found }
        }
        return nil
    }

    private func read(_ node: NodeID) -> [AuthorNames.Name] {
        let inner = named(in: node) ?? node
        if inner == node, let content = page.attribute(node, .content), !content.isEmpty, content.count < 120 {
            return people([content.string])
        }
        guard let text = PageText.short(inner, in: page, limit: 160, parting: 0x7C) else { return [] }
        let parts = text.split(separator: "|").map { PageText.collapsed(String($0)) }.filter { !$0.isEmpty }
        if let byline = Self.byline(in: parts) { return people(byline) }
        let isProperty = page.attribute(node, .itemprop) != nil
        for part in parts.prefix(4) where part.utf8.count <= 90 {
            let found = names.read(part)
            if let first = found.first,
                first.isPerson
                    ? isProperty && !first.text.contains(" ") || Self.looksLikeName(first.text) : parts.count <= 2
            {
                return found
            }
        }
        return []
    }

    /// The name inside a Person of microdata.
    private func named(in node: NodeID) -> NodeID? {
        guard page.attribute(node, .itemprop) != nil else { return nil }
        return page.subtree(of: node).prefix(40).first {
            $0 != node && page.attribute($0, .itemprop)?.hasWord(lowercase: "name") == true
        }
    }

    /// Whether the words are in capitals, in scripts that have them.
    private static func looksLikeName(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        guard words.count <= 6, !text.contains(where: { "!?:".contains($0) }) else { return false }
        return words.enumerated().allSatisfy { place, word in
            guard let first = word.first, first.isCased else { return true }
            return first.isUppercase || BylineLabels.particles.contains(word.lowercased()) && words.count > 1
                || word.dropFirst().contains(where: \.isUppercase)
        }
    }
}

/// Words that announce names, and that join them.
private enum BylineLabels {
    static func isLabel(_ folded: String) -> Bool {
        labels.contains(folded.filter { !":- ".contains($0) })
    }

    private static let labels: Set<String> = [
        "by", "von", "par", "por", "door", "di", "da", "av", "af", "writtenby", "postedby", "submittedby", "oprac.",
        "oprac", "author", "autor", "auteur",
        "autore", "oleh",
        "автор", "текст", "بقلم", "كتب", "מאת", "作者", "记者", "文", "from", "publishedby", "reportedby", "storyby",
        "analysisby", "byline",
        "de", "texto", "text", "texte", "escritopor", "verfasstvon", "geschriebenvon", "ecritpar", "scrittoda",
        "geschrevendoor", "przez", "opinionby",
    ]

    /// Whether a label may stand at the beginning of a text, or of a piece of it, as `PageAuthors.byline` cuts it.
    static func mayStand(in part: String) -> Bool {
        var isStart = true
        var last: UInt8 = 0
        for place in part.utf8.indices {
            let byte = part.utf8[place]
            switch byte {
            case 0x7C, 0x2D: isStart = true
            // Spaces, "·", "–" and "／" before it.
            case 0x20, 0xC2, 0xE2, 0xEF, 0x80, 0xBC: break
            case 0x8F where last == 0xBC: isStart = true
            case 0xB7 where last == 0xC2, 0x93 where last == 0x80: break
            default:
                if isStart, starts.mayBegin(part[place...]) { return true }
                isStart = false
            }
            last = byte
        }
        return false
    }

    private static let starts = LabelStarts(words: Array(short) + Byline.labels.map(\.0), starts: certain)

    /// Labels that nothing else begins with.
    static let certain = [
        "posted by", "submitted by", "published by", "oprac.", "opracowanie:", "irta:", "irta ", "pise:", "pise ",
        "publicado por", "publie par", "pubblicato da", "veroffentlicht von",
        "escrito por", "escrita por",
        "ecrit par", "scritto da", "geschrieben von", "ein artikel von", "ein kommentar von", "geschreven door",
        "skriven av", "skrevet av",
        "skrevet af", "ditulis oleh", "redige par", "reportage by", "reporting by", "text von", "texte de", "texto de",
        "автор:", "текст:",
        "редактор:", "作者：", "作者:", "记者：", "记者:", "文／", "文/", "글=", "취재=", "por:", "por ", "author:", "autor:",
    ]

    static let short: Set<String> = ["af", "av", "de", "od", "da", "om", "eftir", "nga", "yn"]

    static let particles: Set<String> = [
        "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "van", "von", "der", "den", "la", "le",
        "bin", "ben", "ibn",
        "al", "el", "abu", "zu", "ter", "ten", "y", "e", "af", "for", "of", "the", "och", "und", "i", "te", "op", "d",
    ]

    static let conjunctions: Set<String> = [
        "and", "und", "et", "y", "e", "&", "ve", "и", "و", "ו", "en", "og", "och", "with", "i", "a", "dan",
    ]
}
