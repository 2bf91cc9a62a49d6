/// Finds the element that holds the article's text.
///
/// What pages declare comes first: `itemprop=articleBody`, then classes that publishing systems use, then `article` and `main`,
/// each only if it holds enough of the page's running text. Else elements are scored by the paragraphs in them, as Readability
/// does: length and commas, handed up to the ancestors in ever smaller parts, less for what is links.
struct ArticleContainer {
    private let page: HTMLDocument
    private let blocks: [PageBlock]
    /// Bytes of running text below each element.
    private var prose: [NodeID: Int] = [:]

    init(page: HTMLDocument, blocks: [PageBlock]) {
        self.page = page
        self.blocks = blocks
        for block in blocks where block.isProse && !block.isMarkedFurniture {
            prose[block.element, default: 0] += block.length
            for ancestor in page.ancestors(of: block.element) { prose[ancestor, default: 0] += block.length }
        }
    }

    /// The elements that together hold the article; none when the page has no running text.
    func find(in body: NodeID) -> [NodeID] {
        guard let scored = bestScored() else { return [] }
        let enough = Double(prose[scored] ?? 0) * 0.5
        for candidates in declared(in: body) {
            let outermost = withoutNested(candidates).filter { (prose[$0] ?? 0) > 0 }
            guard let largest = outermost.max(by: { (prose[$0] ?? 0) < (prose[$1] ?? 0) }) else { continue }
            if Double(prose[largest] ?? 0) >= enough { return [largest] }
            // A text in several parts, e.g. around a picture.
            let total = outermost.reduce(0) { $0 + (prose[$1] ?? 0) }
            if outermost.count <= 12, Double(total) >= enough * 1.4 { return outermost }
        }
        return [climbed(from: scored, to: body)]
    }

    private func declared(in body: NodeID) -> [[NodeID]] {
        var bodies: [NodeID] = []
        var classes: [NodeID] = []
        var articles: [NodeID] = []
        var mains: [NodeID] = []
        for node in page.subtree(of: body) where page.isElement(node) && (prose[node] ?? 0) > 0 {
            if let property = page.attribute(node, .itemprop), property.hasWord(lowercase: "articlebody") { bodies.append(node) }
            if PageElements.namesArticleText(node, in: page) { classes.append(node) }
            if page.isElement(node, .article) { articles.append(node) }
            if page.isElement(node, .main) || page.attribute(node, .role, is: "main") { mains.append(node) }
        }
        return [bodies, classes, articles.count == 1 ? articles : [], mains.count == 1 && articles.isEmpty ? mains : []]
    }

    private func withoutNested(_ nodes: [NodeID]) -> [NodeID] {
        let all = Set(nodes)
        return nodes.filter { node in !page.ancestors(of: node).contains { all.contains($0) } }
    }

    private func bestScored() -> NodeID? {
        var scores: [NodeID: Double] = [:]
        for block in blocks where block.isProse && !block.isMarkedFurniture {
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

    /// Up to where a good part of the running text would otherwise be left out.
    private func climbed(from node: NodeID, to body: NodeID) -> NodeID {
        var chosen = node
        for ancestor in page.ancestors(of: node).prefix(6) {
            guard ancestor != body, page.isElement(ancestor) else { break }
            if Double(prose[ancestor] ?? 0) >= Double(prose[chosen] ?? 0) * 1.25 { chosen = ancestor }
        }
        return chosen
    }
}
