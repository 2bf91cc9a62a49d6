/// What a passage says about where it stands, looked up once.
enum TailLine: UInt8 {
    case prose, title, other
    case related, relatedMaybe, comments, commentsCounted, commentForm, commentReply, copyright, site, source, furniture

    init(_ passage: Passage) { self = Self.line(passage) }

    private static func line(_ passage: Passage) -> TailLine {
        guard passage.width <= 300 else { return .prose }
        if passage.form != .listItem, passage.width <= 120, case .publisher? = MetadataLine(passage.text) {
            return .source
        }
        guard mayBeKnown(passage) else {
            if InlineFurniture.endsWithMedium(passage) { return .furniture }
            if Navigation.isFooterLine(passage) { return .site }
            return passage.isProse ? .prose : passage.isTitleLike ? .title : .other
        }
        let words = LineWords(passage.text)
        if isCopyright(passage, words) { return .copyright }
        if Navigation.isFooterLine(passage) { return .site }
        if InlineFurniture.isPromo(passage, words) { return .furniture }
        switch words.phrase {
        case .related?: return .related
        case .relatedMaybe?, .promo?: return .relatedMaybe
        case .comments?: return words.hasNumber ? .commentsCounted : .comments
        case .commentForm?: return .commentForm
        case .commentReply?: return .commentReply
        case .site?, .section?: return .site
        case .copyright?: return .other
        case .control?:
            // Its line is not of the article; the one below is.
            if CreditLine.announcesCaption(passage.text) { return .other }
        case .appeal?, nil: break
        }
        if InlineFurniture.isFurniture(passage, words) { return .furniture }
        if let (phrase, count) = words.opening {
            if phrase == .commentForm, !passage.isProse { return .commentForm }
            if phrase == .related, count >= 2, words.words.count <= count + 4, !passage.endsSentence {
                return .relatedMaybe
            }
        }
        return passage.isProse ? .prose : passage.isTitleLike ? .title : .other
    }

    /// Whether a line can be more than prose, a title, a source or a row of links: most are told at little cost that they are not.
    static func mayBeKnown(_ passage: Passage) -> Bool {
        PhraseFilter.mayBePhrase(passage.text) || (passage.width <= 240 && CopyrightMarks(passage.text).isAny)
    }

    private static let reservations: [StaticString] = ["rights reserved", "حقوق محفوظ"]

    private static func isCopyright(_ passage: Passage, _ words: LineWords) -> Bool {
        let marks = CopyrightMarks(words.folded)
        if marks.isReserved, reservations.contains(where: { words.folded.range(of: $0) != nil }) { return true }
        // "(c)" alone is the third item of a list.
        if marks.isSigned, words.hasYear || words.folded.hasPrefix("©"), passage.width <= 200 { return true }
        guard let (phrase, count) = words.opening, phrase == .copyright else { return false }
        return marks.isSigned || words.hasYear || count >= 2
    }

    /// Of no article, where it stands at the end.
    var isFurniture: Bool {
        switch self {
        case .related, .comments, .commentsCounted, .commentForm, .commentReply, .copyright, .site, .furniture: true
        case .prose, .title, .other, .relatedMaybe, .source: false
        }
    }
}

/// The signs of a copyright line: "©", "(c)", "rights reserved", "حقوق محفوظة".
private struct CopyrightMarks {
    private(set) var isSigned = false
    private(set) var isReserved = false

    var isAny: Bool { isSigned || isReserved }

    init(_ text: String) {
        self = text.withBytes(CopyrightMarks.init)
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var window: UInt64 = 0
        for byte in bytes {
            window = window << 8 | UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            switch byte {
            case 0x29: isSigned = isSigned || window & 0xFF_FFFF == 0x28_6329
            case 0xA9: isSigned = isSigned || window & 0xFFFF == 0xC2A9
            // "reserved"
            case 0x44, 0x64: isReserved = isReserved || window == 0x7265_7365_7276_6564
            // "حفوظ"
            case 0xB8: isReserved = isReserved || window == 0xD8AD_D981_D988_D8B8
            default: break
            }
        }
    }
}
