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
        let start = readAboveHeadline(&draft)
        return readBelowHeadline(&draft, from: start)
    }

    /// Returns the index after the headline, or that of the first paragraph when there is none.
    private func readAboveHeadline(_ draft: inout ArticleDraft) -> Int {
        for index in passages.indices.prefix(Self.reach) {
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
            guard isHeadline(index) else { return index }
            takeHeadline(index, &draft)
            return index + 1
        }
        return min(passages.count, Self.reach)
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
        case .section?, .related?, .comments?, .promo?: return hasHeadlineBelow(index)
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
        guard passage.isTitleLike || (passage.endsSentence && passage.width < 200), !passage.endsOpen else { return false }
        guard let next = passages[safe: index + 1] else { return !passage.endsSentence }
        // A statement with a full stop is a headline only above something longer.
        if passage.text.hasSuffix("."), next.width < 2 * passage.width { return false }
        // Verses: lines of one kind below each other, and no paragraph anywhere.
        if next.gap == 0, !next.endsSentence, next.form == .unmarked, !isMarkedUp,
            !passages[index...].prefix(Self.reach).contains(where: { $0.isProse || $0.form != .unmarked })
        {
            return passages[index...].dropFirst().prefix(3).contains { $0.gap == 0 && $0.endsSentence && $0.width > passage.width }
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
        guard rest.first == " " || separators.contains(rest.first ?? "x"), site.count < rest.count - 1, (2...40).contains(site.count)
        else { return }
        draft.headline = next.text
        draft.publisher = draft.publisher ?? String(site)
    }

    /// Consumes what stands between headline and body: the headline again, byline, dates, buttons, captions and deck,
    /// and after a standfirst the byline and labelled dates once more.
    private func readBelowHeadline(_ draft: inout ArticleDraft, from start: Int) -> Int {
        var index = start
        var deck: [Int] = []
        while let passage = passages[safe: index], index < start + Self.reach {
            if passage.isProse || passage.form == .listItem || passage.form == .quotation {
                if CreditLine.isCaption(passage.text, width: passage.width), passage.form == .unmarked {
                    flush(&deck, &draft)
                    draft.append(.caption, passage)
                    index += 1
                    continue
                }
                break
            }
            if draft.headline != nil, isHeadlineAgain(passage, draft) || isBelowHeadline(passage, &draft) {
                index += 1
                continue
            }
            guard draft.headline != nil, !isMarkedUp else { break }
            if CreditLine.isCaption(passage.text, width: passage.width) {
                flush(&deck, &draft)
                draft.append(.caption, passage)
            } else {
                deck.append(index)
            }
            index += 1
        }
        // Many short lines are the text itself: verses, a list.
        if deck.count > 3 || index == passages.count, let first = deck.first { return first }
        flush(&deck, &draft)
        return readBelowStandfirst(&draft, from: index)
    }

    private func flush(_ deck: inout [Int], _ draft: inout ArticleDraft) {
        for index in deck { draft.append(passages[index].endsSentence ? .paragraph : .heading, passages[index]) }
        deck = []
    }

    private func isHeadlineAgain(_ passage: Passage, _ draft: ArticleDraft) -> Bool {
        guard let headline = draft.headline, passage.width < 400 else { return false }
        return LineWords(passage.text).folded == LineWords(headline).folded
    }

    private func isBelowHeadline(_ passage: Passage, _ draft: inout ArticleDraft) -> Bool {
        if takeMetadata(passage, &draft) { return true }
        if let dates = DateLine(passage.text, language: draft.language) {
            draft.take(dates, bareIsPublished: true)
            return true
        }
        if ArticleDate.isDateLine(passage.text) { return true }
        if let authors = Byline.authors(in: passage.text) {
            if draft.authors.isEmpty { draft.authors = authors }
            takeDates(inByline: passage.text, &draft)
            return true
        }
        let line = LineWords(passage.text)
        if passage.form != .heading, CreditLine.isAgency(line) {
            draft.publisher = draft.publisher ?? passage.text
            return true
        }
        guard passage.form != .heading else { return false }
        switch line.phrase {
        case .control?, .comments?, .commentForm?, .appeal?: return true
        default: return InlineFurniture.isPromo(passage, line)
        }
    }

    /// "By Jane Doe | Nov 3, 2016"
    private func takeDates(inByline text: String, _ draft: inout ArticleDraft) {
        for part in text.split(whereSeparator: { "|•·".contains($0) }) {
            if let dates = DateLine(part, language: draft.language) { draft.take(dates, bareIsPublished: true) }
        }
    }

    /// A standfirst is a paragraph, and byline and dates may stand below it.
    private func readBelowStandfirst(_ draft: inout ArticleDraft, from start: Int) -> Int {
        guard draft.headline != nil, let standfirst = passages[safe: start], standfirst.isProse, standfirst.width <= 400,
            standfirst.form == .unmarked || standfirst.form == .paragraph
        else { return start }
        var taken = draft
        var index = start + 1
        while let passage = passages[safe: index], !passage.isProse, index < start + 8, passage.form != .heading {
            if let metadata = MetadataLine(passage.text, language: draft.language) {
                taken.take(metadata)
            } else if let authors = Byline.authors(in: passage.text) {
                if taken.authors.isEmpty { taken.authors = authors }
                takeDates(inByline: passage.text, &taken)
            } else if let dates = DateLine(passage.text, language: draft.language),
                dates.entries.contains(where: { $0.meaning != .unlabelled }) || index > start + 1
            {
                taken.take(dates, bareIsPublished: true)
            } else if LineWords(passage.text).phrase != .control {
                break
            }
            index += 1
        }
        guard index > start + 1 else { return start }
        draft = taken
        draft.append(.paragraph, standfirst)
        return index
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

extension RandomAccessCollection {
    /// Nil outside the bounds.
    subscript(safe index: Index) -> Element? { indices.contains(index) ? self[index] : nil }
}
