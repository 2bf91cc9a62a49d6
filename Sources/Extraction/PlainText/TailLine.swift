/// What a passage says about where it stands, looked up once.
enum TailLine: UInt8 {
    case prose, title, other
    case related, relatedMaybe, comments, commentsCounted, commentForm, commentReply, copyright, site, source, furniture

    init(_ passage: Passage) { self = Self.line(passage) }

    private static func line(_ passage: Passage) -> TailLine {
        guard passage.width <= 300 else { return .prose }
        if passage.form != .listItem, case .publisher? = MetadataLine(passage.text), passage.width <= 120 { return .source }
        guard LineWords.mayBePhrase(passage.text) || mayBeCopyright(passage.text) else {
            if InlineFurniture.endsWithProgramme(passage) { return .furniture }
            return passage.isProse ? .prose : passage.isTitleLike ? .title : .other
        }
        let words = LineWords(passage.text)
        if isCopyright(passage, words) { return .copyright }
        if InlineFurniture.isPromo(passage, words) { return .furniture }
        switch words.phrase {
        case .related?, .promo?: return .related
        case .comments?: return words.hasNumber ? .commentsCounted : .comments
        case .commentForm?: return .commentForm
        case .commentReply?: return .commentReply
        case .site?, .section?: return .site
        case .copyright?: return .other
        case .control?, .appeal?, nil: break
        }
        if InlineFurniture.isFurniture(passage, words) { return .furniture }
        if let (phrase, count) = words.opening {
            if phrase == .commentForm, !passage.isProse { return .commentForm }
            if phrase == .related, count >= 2, words.words.count <= count + 4, !passage.endsSentence { return .relatedMaybe }
        }
        return passage.isProse ? .prose : passage.isTitleLike ? .title : .other
    }

    /// "©", "(c)", "rights reserved", "حقوق محفوظة".
    private static func mayBeCopyright(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch (previous, byte) {
            // The c of "(c", the second byte of ©, "rv" of "reserved", the last letters of "محفوظة".
            case (0x28, 0x63), (0x28, 0x43), (0xC2, 0xA9), (0x72, 0x76), (0x52, 0x56), (0xD8, 0xB8): return true
            default: previous = byte
            }
        }
        return false
    }

    private static func isCopyright(_ passage: Passage, _ words: LineWords) -> Bool {
        let folded = words.folded
        let isDated = hasYear(folded)
        // "(c)" alone is the third item of a list.
        let isSigned = folded.contains("©") || folded.hasPrefix("(c) ")
        if isSigned, isDated, passage.width <= 200 { return true }
        guard let (phrase, count) = words.opening, phrase == .copyright else {
            return folded.contains("all rights reserved") || folded.contains("جميع الحقوق محفوظه")
        }
        return isSigned || isDated || count >= 2
    }

    private static func hasYear(_ folded: String) -> Bool {
        folded.split(whereSeparator: { !$0.isNumber }).contains { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) }
    }

    /// Of no article, where it stands at the end.
    var isFurniture: Bool {
        switch self {
        case .related, .comments, .commentsCounted, .commentForm, .commentReply, .copyright, .site, .furniture: true
        case .prose, .title, .other, .relatedMaybe, .source: false
        }
    }
}
