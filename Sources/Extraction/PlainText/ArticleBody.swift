import Models

/// The passages between head and tail, each given its kind; furniture between them left out.
struct ArticleBody {
    private let passages: ArraySlice<Passage>
    private let isMarkedUp: Bool
    /// Of each passage.
    private let captions: [Caption]

    private enum Caption {
        case none
        /// It is the text under a picture.
        case own
        /// It says that the next one is.
        case next

        init(_ passage: Passage) {
            if passage.form != .unmarked {
                self = .none
            } else if CreditLine.announcesCaption(passage.text) {
                self = .next
            } else {
                self = CreditLine.isCaption(passage.text, width: passage.width) ? .own : .none
            }
        }
    }

    init(_ passages: ArraySlice<Passage>, isMarkedUp: Bool) {
        self.passages = passages
        self.isMarkedUp = isMarkedUp
        captions = passages.map(Caption.init)
    }

    private func caption(_ index: Int) -> Caption { captions[index - passages.startIndex] }

    func read(into draft: inout ArticleDraft) {
        let headings = isMarkedUp ? [] : headings()
        var headingAt = headings.makeIterator()
        var nextHeading = headingAt.next()
        var captionFollows = false
        for index in passages.indices {
            let isHeading = index == nextHeading
            if isHeading { nextHeading = headingAt.next() }
            let passage = passages[index]
            if captionFollows || caption(index) == .next {
                if captionFollows { draft.append(.caption, passage) }
                captionFollows.toggle()
                continue
            }
            switch passage.form {
            case .heading: draft.append(.heading, passage)
            case .caption: draft.append(.caption, passage)
            case .quotation: draft.append(.quotation, passage)
            case .listItem: draft.append(.listItem, passage)
            case .unmarked, .paragraph:
                draft.append(isHeading ? .heading : caption(index) == .own ? .caption : .paragraph, passage)
            }
        }
    }

    /// Short lines without a full stop above running text: one, or two (a heading and a line under it). More of them are
    /// a list or verses.
    private func headings() -> [Int] {
        var headings: [Int] = []
        var run: [Int] = []
        for index in passages.indices {
            let passage = passages[index]
            if isHeadingLike(index) {
                if run.count < 3 { run.append(index) }
                continue
            }
            if run.count <= 2, opens(passage) { headings += run }
            run = []
        }
        return headings
    }

    private func opens(_ passage: Passage) -> Bool {
        switch passage.form {
        case .unmarked, .paragraph: passage.isProse || (passage.endsSentence && passage.width >= 40)
        case .listItem, .quotation: true
        case .heading, .caption: false
        }
    }

    private func isHeadingLike(_ index: Int) -> Bool {
        let passage = passages[index]
        guard passage.form == .unmarked, passage.width <= 100, !passage.endsOpen, let first = passage.text.first else {
            return false
        }
        if passage.endsSentence {
            // "What comes next?" is a heading, "Q: Why?" and a question in quotation marks are not.
            guard passage.text.last == "?" || passage.text.last == "؟", passage.width <= 80 else { return false }
            return !"\"“„«'‘-–—".contains(first) && !passage.text.contains(": ")
        }
        if first == "-" || first == "–" || first == "—" { return false }
        return caption(index) == .none && passage.text.utf8.count(where: { $0 == 0x20 }) < 16
    }
}
