/// The menu of a site above its article, and its links below, when a whole page was copied as text.
enum Navigation {
    /// How far down the first paragraph is looked for.
    private static let reach = 600
    /// Fewer lines above the text are a head, however it looks.
    private static let fewestLines = 10

    /// The index of the headline below the menu; nil when there is no menu, or no headline can be told from it.
    static func headline(in passages: [Passage]) -> Int? {
        guard let prose = passages.indices.prefix(reach).first(where: { passages[$0].isProse }), prose >= fewestLines
        else { return nil }
        let lines = passages[..<prose]
        let menu = lines.indices.filter { isMenuLine(passages[$0]) }
        guard menu.count >= 4, let last = menu.last(where: { isSection(passages[$0]) }) else { return nil }
        return lines.indices.dropFirst(last + 1).first { isHeadline(passages[$0]) }
    }

    /// "Weather" below "Home", "News", "Sport": a link that is not among the known ones.
    static func continuesMenu(at index: Int, in passages: [Passage]) -> Bool {
        guard passages[index].width <= 24, passages[index].text.utf8.count(where: { $0 == 0x20 }) <= 1 else {
            return false
        }
        let above = passages[..<index].suffix(6)
        return above.suffix(3).allSatisfy { $0.width <= 24 }
            && above.count(where: isMenuLine) >= 3
    }

    private static func isHeadline(_ passage: Passage) -> Bool {
        passage.width >= 24 && passage.isTitleLike && passage.text.utf8.count(where: { $0 == 0x20 }) >= 3
            && LineWords(passage.text).phrase == nil && !ArticleDate.isDateLine(passage.text)
            && !Breadcrumbs.isTrail(passage.text) && Byline.authors(in: passage.text) == nil
            && !CreditLine.isCaption(passage.text, width: passage.width)
    }

    private static func isMenuLine(_ passage: Passage) -> Bool {
        guard passage.width <= 40, PhraseFilter.mayBePhrase(passage.text) else { return false }
        switch LineWords(passage.text).phrase {
        case .control?, .site?, .section?: return true
        default: return false
        }
    }

    private static func isSection(_ passage: Passage) -> Bool {
        switch LineWords(passage.text).phrase {
        case .site?, .section?: true
        default: false
        }
    }

    /// "Contact us | Terms of use | Privacy policy": several links to the site in one line.
    static func isFooterLine(_ passage: Passage) -> Bool {
        guard passage.width <= 240, !passage.isProse, passage.text.withBytes(hasParting) else { return false }
        let parts = passage.text.parts(betweenAnyOf: "|•·")
        guard parts.count >= 2 else { return false }
        let links = parts.count { LineWords($0).phrase == .site }
        return links >= 2 && links * 2 >= parts.count
    }

    /// Whether "|", "•" or "·" is in it.
    private static func hasParting(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var window: UInt32 = 0
        for byte in bytes {
            window = window << 8 | UInt32(byte)
            if byte == 0x7C || window & 0xFFFF == 0xC2B7 || window & 0xFF_FFFF == 0xE2_80A2 { return true }
        }
        return false
    }
}
