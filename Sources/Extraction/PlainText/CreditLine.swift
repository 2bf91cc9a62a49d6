/// Recognises the line under a picture by the credit in it: "… REUTERS/Jane Doe", "[Jane Doe/AFP]", "(AP Photo/Jane Doe)",
/// "Photo: Jane Doe", "Photograph: Jane Doe/Getty Images", "صورة: رويترز".
enum CreditLine {
    /// A credit stands at the end of the line; nothing before these bytes is looked at.
    private static let tailBytes = 112

    static func isCaption(_ text: String, width: Int) -> Bool {
        guard width <= 700 else { return false }
        if beginsAsCaption(text) { return true }
        guard mayEndWithCredit(text) else { return false }
        let end = Substring(text.utf8.suffix(tailBytes))
        let tail = CreditTail(TextFolding.fold(end.drop { $0 == "\u{FFFD}" }), isWhole: text.utf8.count <= tailBytes)
        return tail.endsWithSlashedCredit || tail.endsWithBracketedCredit || tail.endsWithLabelledCredit
            || endsWithOutletAndName(text)
    }

    /// "Workers in the port on Tuesday (Reuters)": only a caption where captions stand, since sentences end so too.
    static func endsWithAgencyInBrackets(_ text: String) -> Bool {
        guard text.utf8.last == 0x29, text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return false }
        return isAgency(LineWords(text[text.index(after: open)...].dropLast()))
    }

    /// "Image caption," alone: the caption is the next line.
    static func announcesCaption(_ text: String) -> Bool {
        guard text.utf8.count <= 24, TextFolding.fold(text).holds("caption") else { return false }
        return ["image caption", "media caption", "video caption", "figure caption", "caption"].contains(
            LineWords(text).whole)
    }

    /// A credit has a sign of its own, or a word for its maker. Says no to most lines at little cost.
    private static func mayEndWithCredit(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { mayEndWithCredit($0) } ?? true
    }

    private static func mayEndWithCredit(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 5 else { return false }
        for last in bytes.suffix(2) where last == 0x29 || last == 0x5D { return true }
        var window: UInt32 = 0
        for index in Swift.max(0, bytes.count - tailBytes)..<bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x2F where bytes.count - index <= 64: return true
            case 0x3A, 0x3D: if mayBeLabel(UInt16(truncatingIfNeeded: window)) { return true }
            // The first byte of full-width signs.
            case 0xEF: return true
            case 0xA9: if window & 0xFF == 0xC2 { return true }
            case 0x79, 0x66, 0x61, 0x2E: if isMaker(window << 8 | UInt32(byte)) { return true }
            default: break
            }
            window = window << 8 | UInt32(byte)
        }
        return false
    }

    /// The last two letters of "photo", "photograph", "photos", "credit", "image", "picture", "Bild", "imagen", "imagem",
    /// "immagine", "graphic", "illustration", "credits"; any other script; a space before the colon.
    private static func mayBeLabel(_ letters: UInt16) -> Bool {
        if letters & 0xFF >= 0x80 || letters & 0xFF == 0x20 { return true }
        switch letters | 0x2020 {
        case 0x746F, 0x7068, 0x6F73, 0x6974, 0x6765, 0x7265, 0x6C64, 0x656E, 0x656D, 0x6E65, 0x6963, 0x6F6E, 0x7473:
            return true
        default: return false
        }
    }

    /// "photo by", "photograph by", "photos by", "picture by", "courtesy of", "handout via", "Fot.": the last four bytes.
    private static func isMaker(_ letters: UInt32) -> Bool {
        switch letters {
        case 0x6F20_6279, 0x6820_6279, 0x7320_6279, 0x6520_6279, 0x7920_6F66, 0x2076_6961, 0x466F_742E, 0x666F_742E:
            true
        default: false
        }
    }

    /// Whether the line is the name of an agency, or several, and nothing else: "Reuters", "AFP and agencies".
    static func isAgency(_ line: LineWords) -> Bool {
        guard (1...6).contains(line.words.count), !line.hasNumber else { return false }
        var found = false
        var index = 0
        while index < line.words.count {
            if joining.contains(String(line.words[index])) {
                index += 1
                continue
            }
            let pair = index + 1 < line.words.count ? line.words[index] + " " + line.words[index + 1] : ""
            if agencies.contains(String(pair)) {
                index += 2
            } else if agencies.contains(String(line.words[index])) {
                index += 1
            } else {
                return false
            }
            found = true
        }
        return found
    }

    private static func beginsAsCaption(_ text: String) -> Bool {
        guard mayBeginWithLabel(text) else { return false }
        let folded = TextFolding.fold(scalars: text.unicodeScalars.prefix(24))
        guard let label = labels.first(where: { folded.hasPrefix($0) }) else { return false }
        let rest = folded.dropFirst(label.count)
        if label.hasSuffix(":") || label.hasSuffix("/") { return !rest.isEmpty }
        // "FILE - In this …", "Image caption A fighter …", "Photo by Jane Doe".
        return rest.hasPrefix(" ") || rest.hasPrefix(":") || rest.hasPrefix(" -")
    }

    private static func mayBeginWithLabel(_ text: String) -> Bool {
        var start: UInt32 = 0
        for byte in text.utf8.prefix(3) {
            if byte >= 0x80 { return foreignStarts.contains(TextFolding.fold(scalars: text.unicodeScalars.prefix(2))) }
            start = start << 8 | UInt32(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
        return starts.contains(start)
    }

    private static let starts = Set(labels.map { $0.utf8.prefix(3).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } })
    private static let foreignStarts = Set(labels.map { String($0.unicodeScalars.prefix(2)) })

    /// "… before the storm. The Paper/Jane Doe": two names in capitals after the last sentence.
    private static func endsWithOutletAndName(_ text: String) -> Bool {
        let utf8 = text.utf8.suffix(80)
        guard utf8.contains(0x2F) else { return false }
        var start: String.Index?
        var previous: UInt8 = 0
        for index in utf8.indices {
            if utf8[index] == 0x20, previous == 0x2E || previous == 0x21 || previous == 0x3F {
                start = utf8.index(after: index)
            }
            previous = utf8[index]
        }
        guard let start else { return false }
        let halves = text[start...].split(separator: "/", omittingEmptySubsequences: false)
        return halves.count == 2
            && halves.allSatisfy { half in
                let words = half.split(separator: " ")
                return (1...4).contains(words.count)
                    && words.allSatisfy { $0.first?.isUppercase == true && !$0.hasSuffix(".") }
            }
    }

    /// Whether the words end with the name of an agency.
    fileprivate static func endsWithAgency(_ text: Substring) -> Bool {
        let words = text.words().suffix(3)
        for count in 1...3 where words.count >= count {
            var name = words.suffix(count).joined(separator: " ")
            if agencies.contains(name) { return true }
            // "Jane Doe/Getty Images", "—Reuters", "(AFP"
            name = String(name.drop { !$0.isLetter })
            if agencies.contains(name) { return true }
            if let slash = name.lastIndex(of: "/"), agencies.contains(String(name[name.index(after: slash)...])) {
                return true
            }
        }
        return false
    }

    fileprivate static func beginsWithAgency(_ text: Substring) -> Bool {
        guard let slash = text.firstIndex(of: "/") else { return false }
        return agencies.contains(String(text[..<slash].trimmingWhiteSpace()))
    }

    fileprivate static func isAgency(_ text: Substring) -> Bool { agencies.contains(String(text)) }

    private static let joining: Set<String> = [
        "and", "news", "agencies", "agency", "with", "the", "staff", "ووكالات", "وكالات", "и",
    ]

    private static let agencies: Set<String> = [
        "reuters", "afp", "ap", "associated press", "the associated press", "getty", "getty images", "gettyimages",
        "afp/getty images",
        "epa", "epa-efe", "efe", "dpa", "ansa", "xinhua", "tass", "itar-tass", "ria", "ria novosti", "sputnik",
        "interfax", "anadolu",
        "anadolu agency", "aa", "upi", "pa", "pa images", "pa media", "press association", "shutterstock", "istock",
        "istockphoto",
        "alamy", "alamy stock photo", "nurphoto", "sana", "irna", "isna", "mna", "wam", "spa", "petra", "nna", "kuna",
        "qna", "mena",
        "bloomberg", "bloomberg news", "handout", "zuma", "zuma press", "sipa", "sipa usa", "sipa press", "abaca",
        "picture alliance",
        "imago", "keystone", "apa", "afp photo", "ap photo", "reuters photo", "kyodo", "kyodo news", "jiji", "yonhap",
        "pti", "ani", "aap",
        "cp", "canadian press", "the canadian press", "lusa", "pap", "mti", "ctk", "belga", "anp", "ntb", "tt",
        "ritzau", "rex",
        "rex features", "magnum", "magnum photos", "corbis", "pool", "usa today sports", "imagn images", "al jazeera",
        "wikimedia commons",
        "wikimedia", "flickr", "unsplash", "pexels", "pixabay", "facebook", "twitter", "screengrab", "screenshot",
        "unicef", "unhcr",
        "un photo", "nasa", "رويترز", "ا ف ب", "ا.ف.ب", "ا ب", "الفرنسيه", "الجزيره", "الاناضول", "سانا", "рейтер",
        "рейтерс", "тасс",
        "риа новости", "агентства",
    ]

    fileprivate static let bracketOpenings = [
        "ap photo", "photo by", "photo:", "photo ", "photos by", "photos:", "image:", "file:", "file photo", "file/",
        "credit:", "picture:",
        "picture by", "afp photo", "reuters photo", "courtesy of", "courtesy:", "handout", "screengrab", "screenshot",
        "foto:", "foto ",
        "photo credit", "image credit", "fotograf", "صوره", "تصوير", "фото", "graphic:", "illustration:", "via ap",
        "via reuters",
    ]

    private static let labels = [
        "reuters/", "afp/", "ap photo/", "afp photo/", "photo:", "photo by", "photos by", "photo credit",
        "photo credits",
        "image:", "image credit", "image caption", "image copyright", "image source,", "image source:", "caption:",
        "photograph:",
        "photograph by", "picture:", "picture by", "pictured:", "file photo:", "file photo -", "file -", "file photo",
        "photo/", "foto:",
        "fotos:", "bild:", "bildquelle:", "credit:", "photo /", "crédit photo", "credit photo", "légende", "legende:",
        "media caption",
        "getty images", "video caption", "imagen:", "imagem:", "immagine:", "fot.", "zdjecie:", "fotograf:",
        "kaynak foto", "صوره:", "تصوير:",
        "الصوره:", "фото:", "на фото:", "снимок:", "צילום:", "עכס:", "عکس:", "图:", "圖:", "图片来源", "图片:", "写真:", "画像:",
        "사진:", "사진=",
        "사진 ", "[사진",
    ]

    fileprivate static let creditWords: Set<String> = [
        "photograph", "photo", "photos", "image", "images", "credit", "credits", "picture", "pictures", "foto", "fotos",
        "bild", "bilder",
        "imagen", "imagem", "immagine", "zdjecie", "fot", "фото", "צילום", "تصوير", "صوره", "الصوره", "عكس", "fotograf",
        "illustration", "graphic",
    ]
}

/// The end of a folded line.
private struct CreditTail {
    private let text: Substring
    private let isWhole: Bool
    private let words: [Substring]

    init(_ text: String, isWhole: Bool) {
        self.text = text.trimmingWhiteSpace()
        self.isWhole = isWhole
        words = self.text.words()
    }

    /// "… Reuters/Jane Doe", "AFP / Jane Doe" at the end, with at most five words for the name; "Jane Doe/Reuters".
    var endsWithSlashedCredit: Bool {
        guard text.utf8.contains(0x2F), let slash = text.lastIndex(of: "/") else { return false }
        let before = text[..<slash].trimmingWhiteSpace()
        let after = text[text.index(after: slash)...].trimmingWhiteSpace()
        guard !after.isEmpty, after.utf8.count <= 48, after.split(separator: " ").count <= 5, isName(after) else {
            return false
        }
        if CreditLine.endsWithAgency(before) { return true }
        guard CreditLine.endsWithAgency(after[...]), CreditLine.isAgency(after) else { return false }
        // The name must follow a sentence, or be all there is.
        let name = before.split(whereSeparator: { ".?!:;|[(".contains($0) }).last
        return (name.map { $0.split(separator: " ").count } ?? 0) <= 4
    }

    /// "[Reuters]", "[Jane Doe/AFP]", "(AP Photo/Jane Doe)", "(Photo by Jane Doe/Getty Images)", "[File: Jane Doe/AP]".
    var endsWithBracketedCredit: Bool {
        let line = text.hasSuffix(".") ? text.dropLast() : text
        guard let end = line.utf8.last, end == 0x5D || end == 0x29, let last = line.last, last == "]" || last == ")",
            let start = line.lastIndex(of: last == "]" ? "[" : "(")
        else {
            return false
        }
        let inside = line[line.index(after: start)...].dropLast()
        guard inside.utf8.count <= 90 else { return false }
        if CreditLine.bracketOpenings.contains(where: { inside.hasPrefix($0) }) { return true }
        guard last == "]" || inside.contains("/") else { return false }
        return CreditLine.endsWithAgency(inside) || CreditLine.beginsWithAgency(inside)
    }

    /// "… . Photograph: Jane Doe/AP", "… Foto: dpa", "… Photo by Jane Doe", "… © Jane Doe"
    var endsWithLabelledCredit: Bool {
        for index in words.indices.suffix(8).reversed() {
            guard let name = name(after: index) else { continue }
            return (1...60).contains(name.utf8.count) && !name.hasSuffix("?")
        }
        return false
    }

    /// What follows the label that ends in the word at `index`; nil when it is none.
    private func name(after index: Int) -> Substring? {
        let word = words[index]
        let rest = index + 1 < words.count ? text[words[index + 1].startIndex...] : text[text.endIndex...]
        let previous = index > 0 ? words[index - 1] : ""
        if word.utf8.first == 0xC2, word.hasPrefix("©") {
            return word.utf8.count > 2 ? text[word.startIndex...].dropFirst() : rest
        }
        if word == "fot." || isMaker(previous, word) { return rest }
        guard word.utf8.contains(where: { $0 == 0x3A || $0 == 0x3D }) else { return nil }
        guard let sign = word.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
        let label = sign == word.startIndex ? previous : word[..<sign]
        guard isLabel(label.drop { !$0.isLetter }) else { return nil }
        let name = text[word.index(after: sign)...].trimmingWhiteSpace()
        return name.split(separator: " ").count <= 7 ? name : nil
    }

    /// "photo by", "courtesy of", "handout via"
    private func isMaker(_ previous: Substring, _ word: Substring) -> Bool {
        guard word.utf8.count <= 3, word == "by" || word == "of" || word == "via" else { return false }
        switch (previous.drop { !$0.isLetter }, word) {
        case ("photo", "by"), ("photos", "by"), ("photograph", "by"), ("picture", "by"), ("image", "by"),
            ("courtesy", "of"), ("handout", "via"):
            return true
        default: return false
        }
    }

    private func isLabel(_ label: Substring) -> Bool {
        if CreditLine.creditWords.contains(String(label)) { return true }
        guard let last = label.unicodeScalars.last, last.value >= 0x3040 else { return false }
        return ["写真", "画像", "图", "圖", "图片", "攝", "摄", "사진"].contains { label.hasSuffix($0) }
    }

    private func isName(_ text: Substring) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || " .'-()]".unicodeScalars.contains($0)
                || $0.properties.generalCategory == .nonspacingMark
        } && !text.contains(". ")
    }
}
