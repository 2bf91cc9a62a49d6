/// What stands between an article's headline and its first paragraph: who wrote it, when, and the picture's caption. Pages
/// of old systems declare none of it.
struct ArticleHeadRegion {
    private(set) var authors: [String] = []
    private(set) var published: String?
    private(set) var modified: String?
    /// Places in the list of blocks of what was read as a byline or a date.
    private(set) var fields: Set<Int> = []
    /// Summary and captions above the container.
    private(set) var above: [Int] = []

    private static let longestLine = 160

    /// - Parameter start: the place of the container's first block.
    init(_ blocks: [PageBlock], headline: String?, start: Int, language: String?) {
        guard let headline, start < blocks.count,
            let title = blocks[...start].lastIndex(where: { $0.text == headline && $0.kind == .heading })
        else { return }
        // The byline may be the first thing in the container.
        let end = min(blocks.count, max(start, title + 1) + 6, title + 14)
        var dates: [Int] = []
        for place in (title + 1)..<max(title + 1, end) {
            let block = blocks[place]
            if block.kind == .standfirst {
                if place < start, !block.isMarkedFurniture { above.append(place) }
                continue
            }
            if block.isProse, block.length > Self.longestLine { break }
            if block.kind == .caption || block.followsImage {
                if place < start, !block.isMarkedFurniture { above.append(place) }
                continue
            }
            guard block.length <= Self.longestLine, block.kind == .paragraph || block.kind == .listItem else {
                continue
            }
            if readDate(block.text, language) {
                dates.append(place)
                if place < start || DateLine(block.text) != nil { fields.insert(place) }
            } else if authors.isEmpty, let names = Byline.authors(in: block.text), LineWords(block.text).phrase == nil {
                authors = names
                fields.insert(place)
            }
        }
        if authors.isEmpty, let date = dates.first { readByPlace(blocks, date, after: title) }
    }

    private mutating func readDate(_ text: String, _ language: String?) -> Bool {
        if let line = DateLine(text, language: language) {
            published = published ?? line.first(.published)?.description ?? line.first(.unlabelled)?.description
            modified = modified ?? line.first(.modified)?.description
            return true
        }
        guard text.utf8.count <= 80, let date = ArticleDate.find(in: text, language: language) else { return false }
        if published == nil { published = date.description }
        return true
    }

    /// A short line beside the date, in the place where bylines stand: "Place - Name", or a name alone.
    private mutating func readByPlace(_ blocks: [PageBlock], _ date: Int, after title: Int) {
        for place in [date - 1, date + 1] where place > title && place < blocks.count {
            let block = blocks[place]
            guard block.kind == .paragraph, block.length <= 80, block.linkLength == 0 || block.linkShare > 0.9,
                !block.text.contains(where: { $0.isNumber || ".:!?؟|،,".contains($0) })
            else { continue }
            let halves = block.text.split(separator: " - ").map(String.init)
            guard let name = halves.last, halves.count <= 2, (2...4).contains(name.split(separator: " ").count) else {
                continue
            }
            authors = [name]
            fields.insert(place)
            return
        }
    }
}
