internal import Models

/// The lines between an article's headline and its first paragraph: its summary, which is a block of its own kind, and
/// fields such as byline, date and reading time, which are no part of the text.
struct HeadZone {
    private let page: HTMLDocument
    private let headline: String?
    private let authors: Set<String>

    private static let longestField = 120
    private static let longestStandfirst = 500
    private static let mostStandfirst = 2
    /// How many blocks below the headline are looked at.
    private static let reach = 14

    init(page: HTMLDocument, headline: String?, authors: [String]) {
        self.page = page
        self.headline = headline
        self.authors = Set(authors.map { TextFolding.fold($0) })
    }

    /// Gives the summary below the headline its kind, before the article's container is sought: it may stand outside.
    static func markStandfirst(in blocks: [PageBlock], page: HTMLDocument, headline: String?) -> [PageBlock] {
        guard let headline, let title = blocks.firstIndex(where: { $0.kind == .heading && $0.text == headline }) else {
            return blocks
        }
        var found: [Int] = []
        for place in blocks.indices.dropFirst(title + 1).prefix(reach) {
            let block = blocks[place]
            if isStandfirst(block, page, isFirst: place == title + 1) {
                found.append(place)
            } else if block.isProse, block.length > 140 {
                break
            }
        }
        // A whole text under such a name is no summary.
        guard found.count <= mostStandfirst else { return blocks }
        var blocks = blocks
        for place in found { blocks[place].kind = .standfirst }
        return blocks
    }

    private static func isStandfirst(_ block: PageBlock, _ page: HTMLDocument, isFirst: Bool) -> Bool {
        guard block.kind == .paragraph || block.kind == .heading, (30...longestStandfirst).contains(block.length),
            block.linkShare < 0.5
        else { return false }
        if words(of: block, in: page, levels: 2).contains(.standfirst) { return true }
        // A sentence set as a heading, right below the headline.
        return block.kind == .heading && isFirst && block.length >= 60
    }

    /// Of an element and those just above it.
    private static func words(of block: PageBlock, in page: HTMLDocument, levels: Int) -> ClassWords {
        var words = ClassWords(of: block.element, in: page)
        for ancestor in page.ancestors(of: block.element).prefix(levels - 1) {
            words.formUnion(ClassWords(of: ancestor, in: page))
        }
        return words
    }

    /// The blocks of the article without headline and fields.
    func cleared(_ blocks: [PageBlock]) -> [PageBlock] {
        let first =
            blocks.firstIndex { $0.isProse && ($0.length > 140 || $0.length > 80 && $0.passage.endsSentence) } ?? 0
        return blocks.enumerated().filter { index, block in
            if let headline, block.text == headline, block.kind == .heading || index <= first { return false }
            // A summary may stand above the byline.
            guard index < max(first, 4), block.length <= (index < first ? 200 : 100), block.kind == .paragraph else {
                return true
            }
            return !isField(block, isAboveText: index < first)
        }.map(\.element)
    }

    private func isField(_ block: PageBlock, isAboveText: Bool) -> Bool {
        if Byline.authors(in: block.text) != nil || ArticleDate.isDateLine(block.text) || DateLine(block.text) != nil {
            return true
        }
        guard isAboveText, block.length <= Self.longestField, !block.passage.endsSentence else { return false }
        if authors.contains(TextFolding.fold(block.text)) { return true }
        if block.length <= 80, ArticleDate.find(in: block.text) != nil { return true }
        return Self.words(of: block, in: page, levels: 3).contains(.headField)
    }
}
