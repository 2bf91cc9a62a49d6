/// How much running text is below each element of a page: what tells a wrapper with an unlucky class name ("ad-margins",
/// "widget", "paywall") from the furniture that such names usually mean.
struct PageWeights {
    private var bytes: [Int32]
    /// Elements that hold what the page declares to be the article's text.
    private var holdsDeclared: [Bool]
    let total: Int

    /// Text in shorter pieces is labels, links and names.
    private static let shortest = 40

    init(page: HTMLDocument, body: NodeID) {
        var bytes = [Int32](repeating: 0, count: page.nodeCount)
        var declared = [Bool](repeating: false, count: page.nodeCount)
        var links = 0
        var walk = page.walk(body)
        while let step = walk.next() {
            switch step {
            case .enter(let node):
                if page.isText(node) {
                    let count = page.bytes(of: node).count
                    if links == 0, count >= Self.shortest { bytes[node.index] = Int32(clamping: count) }
                } else if PageParts.isNeverText(page.tag(node)) {
                    walk.skipChildren()
                } else if page.tag(node) == .a {
                    links += 1
                } else if let property = page.attribute(node, .itemprop), property.hasWord(lowercase: "articlebody") {
                    declared[node.index] = true
                }
            case .leave(let node):
                if page.tag(node) == .a { links -= 1 }
                guard node != body, let parent = page.parent(of: node) else { continue }
                bytes[parent.index] = bytes[parent.index].addingReportingOverflow(bytes[node.index]).partialValue
                if declared[node.index] { declared[parent.index] = true }
            }
        }
        self.bytes = bytes
        holdsDeclared = declared
        total = Int(bytes[body.index])
    }

    /// Whether more than `share` of the page's running text is in the element.
    func isMore(_ node: NodeID, than share: Double) -> Bool {
        total > 0 && Double(bytes[node.index]) > Double(total) * share
    }

    func holdsArticleBody(_ node: NodeID) -> Bool { holdsDeclared[node.index] }
}
