/// Finds the element that holds the article's text.
///
/// What pages declare comes first: `itemprop=articleBody`, then classes that publishing systems use, then `article` and `main`,
/// each only if it holds enough of the page's running text. Else elements are scored by the paragraphs in them, as Readability
/// does: length and commas, handed up to the ancestors in ever smaller parts, less for what is links.
struct ArticleContainer {
    private let page: HTMLDocument
    private let blocks: [PageBlock]
    /// Of each element, bytes below it: of running text, of all text, of links.
    private var prose: [Int]
    /// Running text that teasers in lists are not: paragraphs with few links.
    private var plain: [Int]
    private var length: [Int]
    private var links: [Int]

    /// - Parameter trustingNames: whether what is called furniture is left out.
    init(page: HTMLDocument, body: NodeID, blocks: [PageBlock], trustingNames: Bool) {
        self.page = page
        self.blocks = blocks.filter { $0.furniture == .none || !trustingNames && $0.furniture == .byName }
        prose = [Int](repeating: 0, count: page.nodeCount)
        plain = prose
        length = prose
        links = prose
        for block in self.blocks {
            if block.isProse { prose[block.element.index] += block.length }
            if block.isProse, block.linkShare < (block.kind == .listItem ? 0.1 : 0.3) {
                plain[block.element.index] += block.length
            }
            length[block.element.index] += block.length
            links[block.element.index] += block.linkLength
        }
        for case .leave(let node) in page.walk(body) where node != body {
            guard length[node.index] > 0, let parent = page.parent(of: node) else { continue }
            prose[parent.index] += prose[node.index]
            plain[parent.index] += plain[node.index]
            length[parent.index] += length[node.index]
            links[parent.index] += links[node.index]
        }
    }

    /// The elements that together hold the article; none when the page has no running text.
    func find(in body: NodeID) -> [NodeID] {
        guard let scored = bestScored() else { return [] }
        let enough = Double(prose[scored.index])
        for (candidates, share) in declared(in: body) {
            let outermost = withoutNested(candidates)
            guard let largest = outermost.max(by: { prose[$0.index] < prose[$1.index] }) else { continue }
            if Double(prose[largest.index]) >= enough * share { return withTwins(largest) }
            // A text in several parts, e.g. around a picture.
            let total = outermost.reduce(0) { $0 + prose[$1.index] }
            if outermost.count <= 12, Double(total) >= enough * max(share, 0.7) { return outermost }
        }
        return withTwins(climbed(from: scored, to: body))
    }

    /// A text cut in parts by pictures or advertisements: elements of the same name and class, near each other, none of
    /// which is an article of its own.
    private func withTwins(_ node: NodeID) -> [NodeID] {
        guard let classes = page.attribute(node, .class), !classes.isEmpty, !page.isElement(node, .article) else {
            return [node]
        }
        var twins: [NodeID] = []
        for ancestor in page.ancestors(of: node).prefix(3) {
            guard page.isElement(ancestor), !page.isElement(ancestor, .body) else { break }
            var found: [NodeID] = []
            var subtree = page.subtree(of: ancestor)
            while let other = subtree.next() {
                if prose[other.index] == 0 {
                    // Nothing in it counts.
                    if length[other.index] == 0 { subtree.skipChildren() }
                    continue
                }
                if page.isElement(other, .article), other != ancestor { return twins.isEmpty ? [node] : twins }
                guard other != ancestor, page.tag(other) == page.tag(node), page.attribute(other, .class) == classes
                else { continue }
                subtree.skipChildren()
                if Double(links[other.index]) < Double(length[other.index]) * 0.35 { found.append(other) }
            }
            if found.count > twins.count { twins = found }
            if page.isElement(ancestor, .article) { break }
        }
        return twins.count > 1 && twins.count <= 40 && twins.contains(node) ? twins : [node]
    }

    private func declared(in body: NodeID) -> [(nodes: [NodeID], share: Double)] {
        var bodies: [NodeID] = []
        var classes: [NodeID] = []
        var articles: [NodeID] = []
        var mains: [NodeID] = []
        for node in page.subtree(of: body) where prose[node.index] > 0 && page.isElement(node) {
            if let property = page.attribute(node, .itemprop), property.hasWord(lowercase: "articlebody") {
                bodies.append(node)
            }
            if ClassWords(of: node, in: page).contains(.articleText) { classes.append(node) }
            if page.isElement(node, .article) { articles.append(node) }
            if page.isElement(node, .main) || page.attribute(node, .role, is: "main") { mains.append(node) }
        }
        return [
            (bodies, 0.5), (classes, 0.6), (articles.count == 1 ? articles : [], 0.6),
            (mains.count == 1 && articles.isEmpty ? mains : [], 0.6),
        ]
    }

    private func withoutNested(_ nodes: [NodeID]) -> [NodeID] {
        let all = Set(nodes)
        guard all.count > 1 else { return nodes }
        // Nodes come in document order: what is below the last one kept is nested in it.
        return nodes.filter { node in !page.ancestors(of: node).prefix(60).contains { all.contains($0) } }
    }

    private func bestScored() -> NodeID? {
        var scores: [NodeID: Double] = [:]
        // Items with a link each are teasers.
        for block in blocks where block.isProse && (block.kind != .listItem || block.linkShare < 0.1) {
            let score = (1 + Double(block.commas) + min(Double(block.length) / 100, 3)) * (1 - block.linkShare)
            // Text that stands directly in a container counts for that container.
            let isParagraph = page.isElement(block.element, .p) || page.isElement(block.element, .li)
            let first = isParagraph ? page.parent(of: block.element) : block.element
            guard let first else { continue }
            scores[first, default: 0] += score
            for (level, ancestor) in page.ancestors(of: first).prefix(4).enumerated() {
                scores[ancestor, default: 0] += score / (level == 0 ? 2 : Double(level * 3))
            }
        }
        let ranked = scores.filter { page.isElement($0.key) && !page.isElement($0.key, .html) }
        return ranked.max { ($0.value, $1.key.raw) < ($1.value, $0.key.raw) }?.key
    }

    /// Up to where a good part of the running text would otherwise be left out, as long as what is added is not mostly links.
    private func climbed(from node: NodeID, to body: NodeID) -> NodeID {
        var chosen = node
        for ancestor in page.ancestors(of: node).prefix(8) where page.isElement(ancestor) {
            let added = length[ancestor.index] - length[chosen.index]
            let isText = Double(links[ancestor.index] - links[chosen.index]) < Double(added) * 0.35
            if isText, Double(plain[ancestor.index]) >= Double(plain[chosen.index]) * 1.25 { chosen = ancestor }
            if ancestor == body { break }
        }
        return chosen
    }
}
