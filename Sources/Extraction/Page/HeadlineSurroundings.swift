/// The short lines before and after the headline, in which pages say who wrote the article and when.
struct HeadlineSurroundings {
    struct Line {
        /// The texts of the line's elements.
        var parts: [String] = []
        var length = 0
        let isAfter: Bool
    }

    private(set) var lines: [Line] = []
    /// Everything in the lines, as `PageText.key` gives it.
    private(set) var key = ""

    private static let mostNodes = 400
    private static let mostAfter = 30
    private static let mostBefore = 10
    /// A longer line is a paragraph. One may be the standfirst; the second is the article's.
    private static let longestLine = 180
    private static let shortestSentence = 80

    init() {}

    init(_ page: HTMLDocument, headline: NodeID, body: NodeID) {
        lines = Self.before(page, headline, body) + Self.after(page, headline, body)
        var text = ""
        for part in lines.flatMap(\.parts).prefix(150) {
            text += part
            text += " "
        }
        key = " " + PageText.key(text) + " "
    }

    private static func after(_ page: HTMLDocument, _ headline: NodeID, _ body: NodeID) -> [Line] {
        var lines: [Line] = []
        var line = Line(isAfter: true)
        var long = 0
        func close() {
            guard line.length > 0 else { return }
            if line.length > longestLine || isSentence(line) { long += 1 } else { lines.append(line) }
            line = Line(isAfter: true)
        }
        var next = skipping(headline, in: page, body)
        var nodes = 0
        while let node = next, nodes < mostNodes, lines.count < mostAfter, long < 2 {
            nodes += 1
            if page.isText(node) {
                read(node, into: &line, in: page)
                next = skipping(node, in: page, body, leaving: close)
                continue
            }
            let tag = page.tag(node)
            if tag == .br || PageParts.isBlock(tag) { close() }
            if tag == .h1 || isPassedOver(node, tag, in: page) {
                next = skipping(node, in: page, body, leaving: close)
            } else {
                next = page.firstChild(of: node) ?? skipping(node, in: page, body, leaving: close)
            }
        }
        close()
        return lines
    }

    private static func isSentence(_ line: Line) -> Bool {
        line.length > shortestSentence && LineEnding.endsSentence(line.parts.last ?? "")
    }

    /// The next node that is not in `node`; `leaving` is called where a block ends.
    private static func skipping(_ node: NodeID, in page: HTMLDocument, _ body: NodeID, leaving: () -> Void = {})
        -> NodeID?
    {
        var node = node
        while node != body {
            if PageParts.isBlock(page.tag(node)) { leaving() }
            if let next = page.nextSibling(of: node) { return next }
            guard let parent = page.parent(of: node) else { return nil }
            node = parent
        }
        return nil
    }

    private static func before(_ page: HTMLDocument, _ headline: NodeID, _ body: NodeID) -> [Line] {
        var lines: [Line] = []
        var line = Line(isAfter: false)
        var node = headline
        var nodes = 0
        func close() {
            guard line.length > 0 else { return }
            line.parts.reverse()
            if line.length <= longestLine { lines.append(line) }
            line = Line(isAfter: false)
        }
        while nodes < mostNodes / 4, lines.count < mostBefore {
            nodes += 1
            if let previous = page.previousSibling(of: node) {
                node = previous
                while !page.isText(node), !isPassedOver(node, page.tag(node), in: page), nodes < mostNodes / 4 {
                    nodes += 1
                    if page.tag(node) == .br || PageParts.isBlock(page.tag(node)) { close() }
                    guard let last = page.lastChild(of: node) else { break }
                    node = last
                }
                if page.isText(node) { read(node, into: &line, in: page) }
            } else {
                guard let parent = page.parent(of: node), parent != body else { break }
                node = parent
            }
            if PageParts.isBlock(page.tag(node)) { close() }
        }
        close()
        return lines.reversed()
    }

    private static func isPassedOver(_ node: NodeID, _ tag: HTMLName, in page: HTMLDocument) -> Bool {
        guard page.kind(node) == .element else { return true }
        if PageText.isUnread(tag) || tag == .nav || tag == .figure || tag == .figcaption || tag == .aside {
            return true
        }
        if page.hasAttribute(node, .hidden) { return true }
        let words = MetadataWords(of: node, in: page)
        return words.contains(.foreign) && !words.contains(.author) && !words.contains(.date)
            || ClassWords(of: node, in: page).contains(.caption) && !words.contains(.author)
    }

    private static func read(_ node: NodeID, into line: inout Line, in page: HTMLDocument) {
        let bytes = page.bytes(of: node)
        guard !bytes.trimmed.isEmpty else { return }
        line.length += bytes.trimmed.count + 1
        guard line.length <= longestLine else { return }
        let text = PageText.collapsed(bytes.string)
        if !text.isEmpty { line.parts.append(text) }
    }
}

extension HeadlineSurroundings.Line {
    var text: String { parts.joined(separator: " ") }
}
