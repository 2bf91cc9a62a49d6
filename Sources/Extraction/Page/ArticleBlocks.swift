internal import Models

/// Chooses, among the blocks inside the article's container, those that are the article's own.
struct ArticleBlocks {
    let page: HTMLDocument
    let headline: String?

    func choose(from blocks: [PageBlock], in containers: [NodeID]) -> [Revision.Block] {
        let roots = Set(containers)
        let inside = blocks.filter { block in
            roots.contains(block.element) || page.ancestors(of: block.element).contains { roots.contains($0) }
        }
        let unmarked = inside.filter { !$0.isMarkedFurniture }
        // Some sites put the word "ad" or "comment" on everything.
        let isTooLittle = Self.proseLength(unmarked) * 3 < Self.proseLength(inside)
        var kept = (isTooLittle ? inside : unmarked).filter(isArticleText)
        kept = withoutHead(kept)
        kept = withoutLooseHeadings(kept)
        return kept.map { Revision.Block(Self.kind($0.kind), $0.text) }
    }

    private static func proseLength(_ blocks: [PageBlock]) -> Int { blocks.reduce(0) { $0 + ($1.isProse ? $1.length : 0) } }

    private func isArticleText(_ block: PageBlock) -> Bool {
        switch block.kind {
        case .heading: if block.linkShare > 0.8 { return false }
        case .caption: break
        case .listItem: if block.linkShare > 0.5 { return false }
        case .paragraph, .quotation:
            if block.linkShare > 0.6 { return false }
            if block.length < 25, block.linkShare > 0.2 { return false }
        }
        guard block.length <= 400 else { return true }
        let passage = Passage(text: block.text, form: Self.form(block.kind))
        return !InlineFurniture.isFurniture(passage) && !TailLine(passage).isFurniture
    }

    /// Headline, byline and date lines above the first paragraph of running text are fields of the revision, not its body.
    private func withoutHead(_ blocks: [PageBlock]) -> [PageBlock] {
        let first = blocks.firstIndex { $0.isProse && $0.length > 140 } ?? 0
        return blocks.enumerated().filter { index, block in
            if let headline, block.text == headline, block.kind == .heading || index <= first { return false }
            guard index < first, block.length <= 200 else { return true }
            return Byline.authors(in: block.text) == nil && !ArticleDate.isDateLine(block.text) && DateLine(block.text) == nil
        }.map(\.element)
    }

    /// A heading over nothing was a heading of furniture.
    private func withoutLooseHeadings(_ blocks: [PageBlock]) -> [PageBlock] {
        blocks.enumerated().filter { index, block in
            guard block.kind == .heading else { return true }
            guard let next = blocks.dropFirst(index + 1).first else { return false }
            return next.kind != .heading || page.tag(next.element) != page.tag(block.element)
        }.map(\.element)
    }

    private static func kind(_ kind: PageBlock.Kind) -> Revision.Block.Kind {
        switch kind {
        case .paragraph: .paragraph
        case .heading: .heading
        case .listItem: .listItem
        case .quotation: .quotation
        case .caption: .caption
        }
    }

    private static func form(_ kind: PageBlock.Kind) -> Passage.Form {
        switch kind {
        case .paragraph: .unmarked
        case .heading: .heading
        case .listItem: .listItem
        case .quotation: .quotation
        case .caption: .caption
        }
    }
}
