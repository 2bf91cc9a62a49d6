internal import Models

/// Finds parts of a page that show by their structure, not by their names, that they are no part of the article: boxes under
/// a line such as "Comments" or "Related stories", and lists of teasers.
///
/// Runs before the article's container is sought: a hundred readers' comments weigh more than a short article.
struct FurnitureBoxes {
    private let page: HTMLDocument
    private let weights: PageWeights
    private var blocks: [PageBlock]
    /// Of each element, the places of the first and the last block below it, and bytes of running text below it.
    private var first: [Int32]
    private var last: [Int32]
    private var prose: [Int32]
    /// Running text before each block that is not marked.
    private var before: [Int] = []
    private var total = 0

    init(page: HTMLDocument, weights: PageWeights, blocks: [PageBlock]) {
        self.page = page
        self.weights = weights
        self.blocks = blocks
        first = [Int32](repeating: -1, count: page.nodeCount)
        last = first
        prose = [Int32](repeating: 0, count: page.nodeCount)
    }

    /// The blocks, those inside such parts marked as furniture.
    mutating func marked(in body: NodeID) -> [PageBlock] {
        measure(body)
        for place in blocks.indices where !blocks[place].isMarkedFurniture {
            if let box = box(openedBy: place) { mark(box) }
        }
        markTeasers(in: body)
        return blocks
    }

    private mutating func mark(_ box: NodeID) {
        for place in Int(first[box.index])...Int(last[box.index]) { blocks[place].furniture = .byForm }
    }

    private mutating func measure(_ body: NodeID) {
        for (place, block) in blocks.enumerated() {
            before.append(total)
            if first[block.element.index] < 0 { first[block.element.index] = Int32(clamping: place) }
            last[block.element.index] = Int32(clamping: place)
            guard block.isProse, !block.isMarkedFurniture else { continue }
            total += block.length
            prose[block.element.index] &+= Int32(clamping: block.length)
        }
        for case .leave(let node) in page.walk(body) where node != body && first[node.index] >= 0 {
            guard let parent = page.parent(of: node) else { continue }
            if first[parent.index] < 0 || first[node.index] < first[parent.index] {
                first[parent.index] = first[node.index]
            }
            last[parent.index] = max(last[parent.index], last[node.index])
            prose[parent.index] &+= prose[node.index]
        }
    }

    // MARK: Boxes with a title

    private static let longestTitle = 80

    /// The largest element that begins with the line at `place`, if that is a line that heads furniture.
    private func box(openedBy place: Int) -> NodeID? {
        let title = blocks[place]
        guard title.length <= Self.longestTitle, title.kind != .caption, title.kind == .heading || title.linkShare < 0.5
        else { return nil }
        let passage = title.passage
        guard TailLine.mayBeKnown(passage) else { return nil }
        let isComments: Bool
        switch TailLine(passage) {
        case .comments, .commentsCounted, .commentForm: isComments = true
        case .related: isComments = false
        default: return nil
        }
        var box = title.element
        for ancestor in page.ancestors(of: title.element).prefix(40) {
            guard first[ancestor.index] == Int32(clamping: place), !holdsArticle(ancestor) else { break }
            box = ancestor
        }
        guard Int(last[box.index]) > place else { return nil }
        let inside = Int(prose[box.index])
        // Text of its own must come first: "12 comments" may stand above an article.
        if isComments { return before[place] >= 200 && (inside * 2 < total || before[place] >= 300) ? box : nil }
        return inside * 2 < total ? box : nil
    }

    private func holdsArticle(_ node: NodeID) -> Bool {
        switch page.tag(node) {
        case .article, .main, .body, .html: return true
        default: return weights.holdsArticleBody(node) || ClassWords(of: node, in: page).contains(.articleText)
        }
    }

    // MARK: Teasers

    /// Bytes of running text that may be an article.
    private static let leastText = 100

    /// What is known of a run of sibling elements of one name and class.
    private struct Run {
        var teasers: [NodeID] = []
        var others = 0
    }

    private struct Form: Hashable {
        let parent: NodeID
        let tag: HTMLName
        let classes: HTMLBytes?
    }

    /// Three or more elements side by side that each show a linked title and a few lines of text.
    private mutating func markTeasers(in body: NodeID) {
        var runs: [Form: Run] = [:]
        var subtree = page.subtree(of: body)
        while let node = subtree.next() {
            guard first[node.index] >= 0 else {
                if page.isElement(node) { subtree.skipChildren() }
                continue
            }
            guard page.isElement(node), node != body, let parent = page.parent(of: node), isRecordSized(node) else {
                continue
            }
            let form = Form(
                parent: parent, tag: page.tag(node),
                classes: page.attribute(node, .class).flatMap { $0.isEmpty ? nil : $0 })
            if isTeaser(node) {
                runs[form, default: Run()].teasers.append(node)
                subtree.skipChildren()
            } else {
                runs[form, default: Run()].others += 1
            }
        }
        let found = runs.values.filter { $0.teasers.count >= 3 && $0.teasers.count >= $0.others * 3 }.flatMap(\.teasers)
            .filter { !isInArticleText($0) }
        // A page of teasers and nothing else is read as it is.
        let rest = total - found.reduce(0) { $0 + Int(prose[$1.index]) }
        guard rest >= Self.leastText else { return }
        for teaser in found { mark(teaser) }
    }

    private func isRecordSized(_ node: NodeID) -> Bool {
        let count = last[node.index] - first[node.index]
        return count >= 1 && count <= 7
    }

    private func isTeaser(_ node: NodeID) -> Bool {
        guard prose[node.index] > 0, prose[node.index] <= 600 else { return false }
        var titles = 0
        var texts = 0
        for block in blocks[Int(first[node.index])...Int(last[node.index])] {
            if block.linkShare > 0.9, block.length >= 15 { titles += 1 }
            if block.isProse { texts += 1 }
        }
        return titles > 0 && texts <= 2
    }

    private func isInArticleText(_ node: NodeID) -> Bool {
        page.ancestors(of: node).prefix(12).contains {
            page.attribute($0, .itemprop)?.hasWord(lowercase: "articlebody") == true
                || ClassWords(of: $0, in: page).contains(.articleText)
        }
    }
}
