/// Finds where an article ends and the page goes on: comments, other stories, sources, copyright.
///
/// The end is where a line says that something else begins, and nothing behind it reads like the article going on.
/// What is doubtful stays with the article.
struct ArticleTail {
    private let passages: [Passage]
    private let start: Int
    private let isMarkedUp: Bool
    private let lines: [TailLine]
    /// For each index the first one at or after it where running text goes on.
    private let resumption: [Int]
    /// Between the last paragraph but one and a last one at the very end: more likely the article's last word than the
    /// only teaser of a list.
    private let lastWord: Range<Int>?
    /// What all passages before an index measure.
    private let widthsBefore: [Int]

    init(_ passages: [Passage], from start: Int, isMarkedUp: Bool) {
        self.passages = passages
        self.start = start
        self.isMarkedUp = isMarkedUp
        let lines = passages.indices.map { $0 < start ? .other : TailLine(passages[$0]) }
        self.lines = lines
        resumption = Self.resumptions(passages, lines)
        lastWord = Self.lastWord(passages, lines)
        var widths = [0]
        widths.reserveCapacity(passages.count + 1)
        for passage in passages { widths.append(widths[widths.count - 1] + passage.width) }
        widthsBefore = widths
    }

    /// The passages of the body. Takes source and labelled dates behind it into the draft.
    func body(_ draft: inout ArticleDraft) -> [Passage] {
        var kept: [Passage] = []
        kept.reserveCapacity(passages.count - start)
        let end = trimmed(to: cut())
        takeClosingLabels(around: end, &draft)
        var index = start
        while index < end {
            switch lines[index] {
            case .furniture, .commentForm, .commentsCounted, .copyright: index += 1
            case .related where isListHead(index): index = endOfList(index, before: end)
            // "5 minutes ago": a stamp that another capture has otherwise.
            case .commentReply where passages[index].text.utf8.contains(where: { (0x30...0x39).contains($0) }):
                index += 1
            case .title where isProgrammeLabel(index): index += 1
            default:
                kept.append(passages[index])
                index += 1
            }
        }
        return kept
    }

    /// Text goes on where there is a long paragraph, or two of some length together. The teasers of other stories are
    /// single sentences between titles.
    private static func resumptions(_ passages: [Passage], _ lines: [TailLine]) -> [Int] {
        var resumption = [Int](repeating: passages.count, count: passages.count + 1)
        var following: Int?
        for index in passages.indices.reversed() {
            resumption[index] = resumption[index + 1]
            switch lines[index] {
            case .prose:
                if passages[index].width >= 280 || following != nil { resumption[index] = index }
                following = passages[index].width >= 80 ? index : nil
            case .furniture: break
            default: following = nil
            }
        }
        return resumption
    }

    private static func lastWord(_ passages: [Passage], _ lines: [TailLine]) -> Range<Int>? {
        guard let last = lines.lastIndex(of: .prose), passages[last].width >= 120,
            lines[(last + 1)...].allSatisfy(\.isFurniture), let before = lines[..<last].lastIndex(of: .prose)
        else { return nil }
        return before..<last
    }

    private func resumes(after index: Int) -> Bool { resumption[index + 1] < passages.count }

    /// The index of the first passage that is no longer the article.
    private func cut() -> Int {
        var prose = 0
        for index in start..<max(start, passages.count) {
            if prose >= 1, ends(at: index, prose: prose) { return extended(index) }
            if lines[index] == .prose { prose += 1 }
        }
        return footer() ?? unannouncedList() ?? passages.count
    }

    private func ends(at index: Int, prose: Int) -> Bool {
        switch lines[index] {
        case .copyright: return !resumes(after: index)
        case .related:
            return !resumes(after: index) && lines[safe: index + 1] != .prose && !(lastWord?.contains(index) ?? false)
        case .relatedMaybe:
            return !resumes(after: index) && hasTitles(after: index) && !leavesMoreThanHalf(after: index)
        case .commentForm, .commentsCounted:
            if !resumes(after: index) || (prose >= 2 && hasReplies(after: index)) { return true }
            return lines[(index + 1)...].prefix(4).contains(.commentForm) && !goesOnAtLength(after: index)
        case .comments:
            guard let next = lines[safe: index + 1] else { return true }
            if next == .commentForm || next == .commentReply || next == .site { return true }
            return (!resumes(after: index) && !isMarkedUp && next != .prose) || (prose >= 2 && hasReplies(after: index))
        case .source:
            if resumes(after: index) { return false }
            return index + 1 == passages.count || lines[index + 1] != .prose || isShouted(passages[index].text)
        case .title: return prose >= 2 && isDoubled(index) && !resumes(after: index)
        default: return false
        }
    }

    /// Whether titles follow, and no statements.
    private func hasTitles(after index: Int) -> Bool {
        let next = passages[(index + 1)...].prefix(2)
        return !next.isEmpty && next.allSatisfy { $0.isTitleLike && !$0.text.hasSuffix(".") }
    }

    /// Whether more of the text stands behind the line than before it: an article is not given up for one word.
    private func leavesMoreThanHalf(after index: Int) -> Bool {
        let before = widthsBefore[index] - widthsBefore[start]
        return widthsBefore[passages.count] - widthsBefore[index + 1] > before
    }

    /// Whether readers answer each other there.
    private func hasReplies(after index: Int) -> Bool {
        lines[(index + 1)...].prefix(100).count { $0 == .commentReply } >= 2
    }

    /// Rules for commenting and disclaimers are a few paragraphs; an article that goes on is more.
    private func goesOnAtLength(after index: Int) -> Bool {
        var width = 0
        for next in passages.indices[(index + 1)...].prefix(60) where lines[next] == .prose {
            width += passages[next].width
        }
        return width >= 2400
    }

    private func isShouted(_ text: String) -> Bool {
        let label = text.prefix { $0 != ":" }
        return label.contains(where: \.isUppercase) && !label.contains(where: \.isLowercase)
    }

    /// The title of another story twice, once for its picture and once for its text.
    private func isDoubled(_ index: Int) -> Bool {
        guard let next = passages[safe: index + 1], passages[index].width >= 8, next.gap > 0 || passages[index].gap > 0
        else {
            return false
        }
        return next.text == passages[index].text
    }

    /// When a larger gap divides the body from what follows, the teasers between it and the line that gave the end away
    /// go as well.
    private func extended(_ cut: Int) -> Int {
        let usual = usualGap(before: cut)
        var index = cut
        while index > start + 1 {
            if passages[index].gap > usual, passages[index].gap >= 2 { return index }
            index -= 1
            let isTeaser = lines[index] == .title || (lines[index] == .prose && passages[index].width < 280)
            let followsProse = lines[index] == .prose && lines[index - 1] == .prose
            guard isTeaser || lines[index].isFurniture, !followsProse, cut - index < 40 else { return cut }
        }
        return cut
    }

    /// The gap between most paragraphs.
    private func usualGap(before end: Int) -> UInt8 {
        var counts = [Int](repeating: 0, count: 4)
        for index in start..<end where lines[index] == .prose { counts[min(3, Int(passages[index].gap))] += 1 }
        return UInt8(counts.indices.max { counts[$0] < counts[$1] } ?? 1)
    }

    /// Links to the site at the very end, three or more of them, with whatever stands between.
    private func footer() -> Int? {
        var first: Int?
        var links = 0
        for index in passages.indices.dropFirst(start).reversed() {
            guard lines[index] != .prose, lines[index] != .source else { break }
            guard lines[index] == .site else { continue }
            links += 1
            first = index
        }
        return links >= 3 && !isMarkedUp ? first : nil
    }

    /// Three titles or more at the very end, a larger gap above them, and nothing that says what they are.
    private func unannouncedList() -> Int? {
        guard !isMarkedUp else { return nil }
        var first = passages.count
        while first > start, lines[first - 1] == .title || lines[first - 1].isFurniture,
            passages[first - 1].form == .unmarked
        {
            first -= 1
        }
        let usual = usualGap(before: first)
        while first < passages.count {
            let isDivided = passages[first].gap >= 2 && passages[first].gap > usual
            if isDivided, passages.count - first >= 3, first > start, !passages[first - 1].endsOpen,
                passages[first...].allSatisfy({ $0.width >= 12 || $0.gap == 0 }),
                passages[..<first].dropFirst(start).contains(where: \.isProse)
            {
                return first
            }
            first += 1
        }
        return nil
    }

    /// Without the buttons and labels right above the end.
    private func trimmed(to cut: Int) -> Int {
        var end = cut
        while end > start,
            lines[end - 1].isFurniture || isClosingLabel(passages[end - 1]) || isSignOff(passages[end - 1])
        {
            end -= 1
        }
        return end
    }

    private func isClosingLabel(_ passage: Passage) -> Bool {
        guard passage.width <= 200, passage.form != .heading, let metadata = MetadataLine(passage.text) else {
            return false
        }
        switch metadata {
        case .dates, .other, .url: return true
        case .publisher, .authors, .headline: return false
        }
    }

    /// The initials of reporter and desk under wire copy: "ab-cd/ef".
    private func isSignOff(_ passage: Passage) -> Bool {
        guard passage.width <= 24 else { return false }
        let initials = passage.text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x2D }
        return initials.count >= 2
            && initials.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy { (0x61...0x7A).contains($0) } }
    }

    private func takeClosingLabels(around end: Int, _ draft: inout ArticleDraft) {
        for passage in passages[end...].prefix(3) where passage.width <= 200 && passage.form != .heading {
            switch MetadataLine(passage.text, language: draft.language) {
            case .dates(let line)?: draft.take(line, bareIsPublished: false)
            case .publisher(let name)?: draft.publisher = draft.publisher ?? name
            default: break
            }
        }
    }

    /// Whether other stories are listed under the line, in the middle of the article.
    private func isListHead(_ index: Int) -> Bool { lines[safe: index + 1] != .prose }

    /// The label of a player alone between two paragraphs, whatever furniture stands beside it.
    private func isProgrammeLabel(_ index: Int) -> Bool {
        guard !isMarkedUp, InlineFurniture.isProgrammeLabel(passages[index]) else { return false }
        return lines[..<index].last { !$0.isFurniture } == .prose
            && lines[(index + 1)...].first { !$0.isFurniture } == .prose
    }

    /// Behind the list that the line at `index` heads. The last title above running text may be the heading of the text:
    /// unless it stands in one block with the list, it stays.
    private func endOfList(_ index: Int, before end: Int) -> Int {
        var next = index + 1
        while next < end, lines[next] == .title || lines[next].isFurniture { next += 1 }
        if next < end, next - 1 > index, lines[next - 1] == .title,
            passages[next - 1].gap > 0 || passages[next].gap == 0
        {
            return next - 1
        }
        return next
    }
}
