import Models

/// The lines around the headline: page clocks, labels, headline, byline, dates, captions, deck.
struct ArticleHead {
    private let passages: [Passage]
    /// Where the text names its parts (headings in Markdown), a headline need not be guessed.
    private let isMarkedUp: Bool

    /// How far down the headline is looked for, and the body's beginning after it.
    private static let reach = 40

    init(_ passages: [Passage], isMarkedUp: Bool) {
        self.passages = passages
        self.isMarkedUp = isMarkedUp
    }

    /// Takes the head into the draft and returns where the body begins.
    func read(into draft: inout ArticleDraft) -> Int {
        let top = isMarkedUp ? nil : Navigation.headline(in: passages)
        let start = readAboveHeadline(&draft, from: top ?? 0)
        return readBelowHeadline(&draft, from: start)
    }

    /// Returns the index after the headline, or that of the first paragraph when there is none.
    private func readAboveHeadline(_ draft: inout ArticleDraft, from start: Int) -> Int {
        for index in passages.indices.dropFirst(start).prefix(Self.reach) {
            let passage = passages[index]
            if draft.headline != nil { return index }
            if passage.form == .heading {
                if let dates = DateLine(passage.text, language: draft.language) {
                    draft.take(dates, bareIsPublished: true)
                    continue
                }
                draft.headline = passage.text
                return index + 1
            }
            if passage.isProse || passage.form == .quotation || passage.form == .listItem { return index }
            if takeMetadata(passage, &draft) || isPageLine(index) { continue }
            if let authors = Byline.authors(in: passage.text) {
                if draft.authors.isEmpty { draft.authors = authors }
                continue
            }
            if CreditLine.isCaption(passage.text, width: passage.width) {
                draft.append(.caption, passage)
                continue
            }
            if isSlug(passage.text), hasHeadlineBelow(index) { continue }
            if !isMarkedUp, Navigation.continuesMenu(at: index, in: passages), hasHeadlineBelow(index) { continue }
            guard isHeadline(index) else { return index }
            takeHeadline(index, &draft)
            return index + 1
        }
        return min(passages.count, start + Self.reach)
    }

    /// The name that agencies file a story under: "Lebanon-port-blast".
    private func isSlug(_ text: String) -> Bool {
        !text.utf8.contains(0x20) && text.utf8.count(where: { $0 == 0x2D }) >= 2 && text.utf8.allSatisfy { $0 < 0x80 }
    }

    private func takeMetadata(_ passage: Passage, _ draft: inout ArticleDraft) -> Bool {
        guard let metadata = MetadataLine(passage.text, language: draft.language) else { return false }
        draft.take(metadata)
        return true
    }

    /// Clocks, navigation, buttons: lines of the page above a headline.
    private func isPageLine(_ index: Int) -> Bool {
        let text = passages[index].text
        if ArticleDate.isDateLine(text) { return true }
        if Breadcrumbs.isTrail(text) { return true }
        if isMarkedUp { return false }
        let line = LineWords(text)
        switch line.phrase {
        case .control?, .site?, .commentForm?, .appeal?, .copyright?: return hasHeadlineBelow(index)
        case .section?, .related?, .relatedMaybe?, .comments?, .promo?: return hasHeadlineBelow(index)
        case .commentReply?, nil: return false
        }
    }

    /// Whether a line that may as well be a headline ("Opinion", "Live") has another candidate below it.
    private func hasHeadlineBelow(_ index: Int) -> Bool {
        for passage in passages[(index + 1)...].prefix(Self.reach) {
            if passage.isProse { return false }
            if passage.isTitleLike, LineWords(passage.text).phrase == nil, !ArticleDate.isDateLine(passage.text),
                MetadataLine(passage.text) == nil, passage.width >= 12
            {
                return true
            }
        }
        return false
    }

    private func isHeadline(_ index: Int) -> Bool {
        let passage = passages[index]
        guard passage.isTitleLike || (passage.endsSentence && passage.width < 200), !passage.endsOpen else {
            return false
        }
        guard let next = passages[safe: index + 1] else { return !passage.endsSentence }
        // A statement with a full stop is a headline only above something longer.
        if passage.text.hasSuffix("."), next.width < 2 * passage.width { return false }
        // Verses: lines of one kind below each other, and no paragraph anywhere.
        if next.gap == 0, !next.endsSentence, next.form == .unmarked, !isMarkedUp,
            !passages[index...].prefix(Self.reach).contains(where: { $0.isProse || $0.form != .unmarked })
        {
            return passages[index...].dropFirst().prefix(3).contains {
                $0.gap == 0 && $0.endsSentence && $0.width > passage.width
            }
        }
        return true
    }

    /// Page titles carry the name of the site: "Headline - The Paper" above "Headline".
    private func takeHeadline(_ index: Int, _ draft: inout ArticleDraft) {
        let text = passages[index].text
        draft.headline = text
        guard let next = passages[(index + 1)...].prefix(3).first(where: { !ArticleDate.isDateLine($0.text) }),
            next.width >= 8, text.count > next.text.count, text.hasPrefix(next.text)
        else { return }
        let rest = text.dropFirst(next.text.count)
        let separators = " -–—|:·•»"
        let site = rest.drop { separators.contains($0) }
        guard rest.first == " " || separators.contains(rest.first ?? "x"), site.count < rest.count - 1,
            (2...40).contains(site.count)
        else { return }
        draft.headline = next.text
        draft.publisher = draft.publisher ?? String(site)
    }

    /// Consumes what stands between headline and body: the headline again, byline, dates, buttons, captions and deck,
    /// and after a standfirst the byline and labelled dates once more.
    private func readBelowHeadline(_ draft: inout ArticleDraft, from start: Int) -> Int {
        var index = start
        var deck: [Int] = []
        while let passage = passages[safe: index], index < start + Self.reach, draft.headline != nil {
            if passage.form == .unmarked, takeCaption(index, &deck, &draft) {
                index += CreditLine.announcesCaption(passage.text) ? 2 : 1
            } else if passage.isProse || passage.form == .listItem || passage.form == .quotation {
                break
            } else if isHeadlineAgain(passage, draft) || isBelowHeadline(index, &draft) {
                index += 1
            } else if deck.isEmpty, isSiteName(above: index, draft) {
                draft.publisher = draft.publisher ?? draft.headline
                draft.headline = nil
                return readBelowHeadline(&draft, from: readAboveHeadline(&draft, from: index))
            } else if isMarkedUp {
                break
            } else {
                deck.append(index)
                index += 1
            }
        }
        // Many short lines are the text itself: verses, a list.
        if deck.count > 3 || index == passages.count, let first = deck.first { return first }
        flush(&deck, &draft)
        return readBelowStandfirst(&draft, from: index)
    }

    /// The line under a picture, and after "Image caption," the line below.
    private func takeCaption(_ index: Int, _ deck: inout [Int], _ draft: inout ArticleDraft) -> Bool {
        let passage = passages[index]
        if CreditLine.announcesCaption(passage.text), let caption = passages[safe: index + 1] {
            flush(&deck, &draft)
            draft.append(.caption, caption)
            return true
        }
        guard
            CreditLine.isCaption(passage.text, width: passage.width)
                || (passage.width <= 240 && CreditLine.endsWithAgencyInBrackets(passage.text))
        else { return false }
        flush(&deck, &draft)
        draft.append(.caption, passage)
        return true
    }

    /// "The Paper" above "Home > News": what was taken for the headline stands above the way to the page.
    private func isSiteName(above index: Int, _ draft: ArticleDraft) -> Bool {
        guard let headline = draft.headline, headline.utf8.count <= 48, Breadcrumbs.isTrail(passages[index].text) else {
            return false
        }
        return hasHeadlineBelow(index)
    }

    private func flush(_ deck: inout [Int], _ draft: inout ArticleDraft) {
        for index in deck { draft.append(passages[index].endsSentence ? .paragraph : .heading, passages[index]) }
        deck = []
    }

    private func isHeadlineAgain(_ passage: Passage, _ draft: ArticleDraft) -> Bool {
        guard let headline = draft.headline, passage.width < 400, headline.utf8.count < 1600 else { return false }
        return LineWords(passage.text).folded == LineWords(headline).folded
    }

    private func isBelowHeadline(_ index: Int, _ draft: inout ArticleDraft) -> Bool {
        let passage = passages[index]
        if takeMetadata(passage, &draft) { return true }
        if let dates = DateLine(passage.text, language: draft.language) {
            draft.take(dates, bareIsPublished: true)
            return true
        }
        if ArticleDate.isDateLine(passage.text) { return true }
        if takeByline(index, &draft) { return true }
        let line = LineWords(passage.text)
        if passage.form != .heading, CreditLine.isAgency(line) {
            draft.publisher = draft.publisher ?? passage.text
            return true
        }
        guard passage.form != .heading else { return false }
        switch line.phrase {
        case .control?, .comments?, .commentForm?, .appeal?, .related?: return true
        default: return InlineFurniture.isPromo(passage, line)
        }
    }

    /// "By Jane Doe | Nov 3, 2016", "Posted on Nov 3, 2016 by Jane Doe", and a name alone above a date.
    private func takeByline(_ index: Int, _ draft: inout ArticleDraft) -> Bool {
        let text = passages[index].text
        var authors = Byline.authors(in: text)
        if authors == nil, text.utf8.count <= 160, let by = text.range(of: " by ") {
            guard let dates = DateLine(text[..<by.lowerBound], language: draft.language) else { return false }
            authors = Byline.authors(in: text[by.upperBound...].trimmingWhiteSpace(), labelled: true)
            draft.take(dates, bareIsPublished: true)
        } else if authors != nil, let date = ArticleDate.find(in: text, language: draft.language) {
            draft.published = draft.published ?? date
        } else if authors == nil, Byline.isBareName(text), let below = passages[safe: index + 1],
            DateLine(below.text, language: draft.language) != nil, LineWords(text).phrase == nil
        {
            authors = [text]
        }
        guard let authors else { return false }
        if draft.authors.isEmpty { draft.authors = authors }
        return true
    }

    /// A standfirst is a paragraph or a few points, and byline and dates may stand below it.
    private func readBelowStandfirst(_ draft: inout ArticleDraft, from start: Int) -> Int {
        guard draft.headline != nil else { return start }
        let standfirst = standfirst(from: start)
        var taken = draft
        for passage in standfirst { taken.append(passage.form == .listItem ? .listItem : .paragraph, passage) }
        let below = start + standfirst.count
        var index = below
        while let passage = passages[safe: index], !passage.isProse, index < below + 8, passage.form != .heading {
            if let metadata = MetadataLine(passage.text, language: draft.language) {
                taken.take(metadata)
            } else if let dates = DateLine(passage.text, language: draft.language),
                dates.entries.contains(where: { $0.meaning != .unlabelled }) || index > below
            {
                taken.take(dates, bareIsPublished: true)
            } else if !takeByline(index, &taken), LineWords(passage.text).phrase != .control {
                break
            }
            index += 1
        }
        guard !standfirst.isEmpty, index > below else { return start }
        draft = taken
        return index
    }

    private func standfirst(from start: Int) -> ArraySlice<Passage> {
        let items = passages[min(start, passages.count)...].prefix(6).prefix { $0.form == .listItem && $0.width <= 240 }
        if !items.isEmpty { return items }
        return passages[min(start, passages.count)...].prefix(1).prefix {
            $0.isProse && $0.width <= 400 && ($0.form == .unmarked || $0.form == .paragraph)
        }
    }
}

/// "Home > News > Syria": the way to a page.
enum Breadcrumbs {
    static func isTrail(_ text: String) -> Bool {
        guard text.utf8.count <= 160 else { return false }
        let parts = text.split(whereSeparator: { ">»›/|".contains($0) })
        guard parts.count >= 2, parts.allSatisfy({ $0.count <= 32 }) else { return false }
        let first = LineWords(parts[0]).phrase
        return first == .site || first == .section
    }
}

extension StringProtocol {
    /// Where a few bytes of ASCII first occur.
    func range(of needle: StaticString) -> Range<Index>? {
        let count = needle.utf8CodeUnitCount
        let wanted = needle.withUTF8Buffer { Array($0) }
        guard utf8.count >= count else { return nil }
        var start = utf8.startIndex
        while let end = utf8.index(start, offsetBy: count, limitedBy: utf8.endIndex) {
            if utf8[start..<end].elementsEqual(wanted) { return start..<end }
            start = utf8.index(after: start)
        }
        return nil
    }
}

extension RandomAccessCollection {
    /// Nil outside the bounds.
    subscript(safe index: Index) -> Element? { indices.contains(index) ? self[index] : nil }
}
