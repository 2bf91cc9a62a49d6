internal import Models

/// Chooses, among the blocks inside the article's container, those that are the article's own.
struct ArticleBlocks {
    let page: HTMLDocument
    let headline: String?
    /// As the page declares them.
    let authors: [String]

    /// - Parameter trustingNames: whether what is called furniture is left out.
    func choose(from blocks: [PageBlock], in containers: [NodeID], head: ArticleHeadRegion, trustingNames: Bool)
        -> [PageBlock]
    {
        let inside = blocks.enumerated().filter {
            $0.element.furniture != .byForm && isInside($0.element, containers)
        }
        let unmarked = inside.filter { !trustingNames || !$0.element.isMarkedFurniture }
        // Some sites put the word "ad" or "comment" on everything; on others the comments are longer than the article.
        let left = Self.prose(unmarked.map(\.element))
        let isTooLittle = left < 800 && left * 3 < Self.prose(inside.map(\.element))
        var kept = (isTooLittle ? inside : unmarked).filter { !head.fields.contains($0.offset) }.map(\.element)
        kept = withoutTail(belowHeadline(kept, of: blocks)).filter(isArticleText)
        kept = HeadZone(page: page, headline: headline, authors: authors).cleared(kept)
        kept = withoutRepeated(kept)
        return head.above.map { blocks[$0] }.filter { above in !kept.contains { $0.text == above.text } }
            + withoutLooseHeadings(kept)
    }

    private func isInside(_ block: PageBlock, _ containers: [NodeID]) -> Bool {
        containers.contains(block.element)
            || page.ancestors(of: block.element).prefix(200).contains { containers.contains($0) }
    }

    /// What stands above the headline is the site's, unless it is most of the text: then the headline is another's.
    private func belowHeadline(_ kept: [PageBlock], of all: [PageBlock]) -> [PageBlock] {
        guard let headline, let title = kept.firstIndex(where: { $0.kind == .heading && $0.text == headline }),
            Self.prose(Array(kept[..<title])) * 3 < Self.prose(kept)
        else { return kept }
        return kept.enumerated().filter { $0.offset >= title || $0.element.kind == .caption }.map(\.element)
    }

    private static func prose(_ blocks: [PageBlock]) -> Int { blocks.reduce(0) { $0 + ($1.isProse ? $1.length : 0) } }

    private func isArticleText(_ block: PageBlock) -> Bool {
        switch block.kind {
        case .heading: if block.linkShare > 0.8, block.unlinkedLength < 20 { return false }
        case .caption, .standfirst: break
        case .listItem: if block.linkShare > 0.8 || block.linkShare > 0.5 && block.unlinkedLength < 25 { return false }
        case .paragraph, .quotation:
            if block.linkShare > 0.8, block.unlinkedLength < 40 || block.linkShare > 0.9 { return false }
            if block.kind == .paragraph, block.length < 25, block.linkShare > 0.7 { return false }
        }
        guard block.length <= 400 else { return true }
        let passage = block.passage
        return !InlineFurniture.isFurniture(passage) && !TailLine(passage).isFurniture
    }

    /// What a line such as "Related stories" or "Comments" opens near the end is not the article any more, unless paragraphs
    /// follow that stand where the article's stood.
    private func withoutTail(_ blocks: [PageBlock]) -> [PageBlock] {
        let total = Self.prose(blocks)
        var seen = 0
        var places: Set<Place> = []
        for (index, block) in blocks.enumerated() {
            if block.length <= 80, seen * 2 > total, block.kind != .caption, opensFurniture(block) {
                let goesOn = blocks[(index + 1)...].contains { rest in
                    rest.isProse && rest.length > 80 && rest.linkShare < 0.2 && places.contains(place(of: rest))
                }
                if !goesOn { return Array(blocks[..<index]) }
            }
            if block.isProse {
                seen += block.length
                places.insert(place(of: block))
            }
        }
        return withoutLinkList(blocks)
    }

    private func opensFurniture(_ block: PageBlock) -> Bool {
        let passage = block.passage
        guard TailLine.mayBeKnown(passage) else { return false }
        switch TailLine(passage) {
        case .related, .comments, .commentsCounted, .commentForm, .copyright: return true
        default: return false
        }
    }

    /// A list at the very end that is mostly links, with the line that announces it.
    private func withoutLinkList(_ blocks: [PageBlock]) -> [PageBlock] {
        var start = blocks.count
        while start > 0, blocks[start - 1].kind == .listItem { start -= 1 }
        let list = blocks[start...]
        guard start > 0, list.count >= 3 else { return blocks }
        let length = list.reduce(0) { $0 + $1.length }
        let links = list.reduce(0) { $0 + $1.linkLength }
        guard links * 5 > length * 2 else { return blocks }
        let title = blocks[start - 1]
        return Array(blocks[..<(title.length <= 80 && !title.passage.endsSentence ? start - 1 : start)])
    }

    /// What kind of parent a block has.
    private struct Place: Hashable {
        let tag: HTMLName
        let classes: HTMLBytes?
    }

    private func place(of block: PageBlock) -> Place {
        guard let parent = page.parent(of: block.element) else { return Place(tag: .none, classes: nil) }
        return Place(tag: page.tag(parent), classes: page.attribute(parent, .class).flatMap { $0.isEmpty ? nil : $0 })
    }

    /// Copies for small screens, and pictures shown twice.
    private func withoutRepeated(_ blocks: [PageBlock]) -> [PageBlock] {
        var seen: Set<ExactText> = []
        return blocks.filter { block in
            guard block.length >= 80 || block.kind == .caption else { return true }
            return seen.insert(ExactText(text: block.text)).inserted
        }
    }

    /// Equal byte for byte: a `String` is first brought into a normal form, which takes longer than all else here.
    private struct ExactText: Hashable {
        let text: String

        static func == (one: ExactText, other: ExactText) -> Bool {
            one.text.withBytes { bytes in other.text.withBytes { bytes.equals($0) } }
        }

        func hash(into hasher: inout Hasher) {
            text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    /// A heading over nothing was a heading of furniture.
    private func withoutLooseHeadings(_ blocks: [PageBlock]) -> [PageBlock] {
        blocks.enumerated().filter { index, block in
            guard block.kind == .heading else { return true }
            guard let next = blocks.dropFirst(index + 1).first else { return false }
            return next.kind != .heading || page.tag(next.element) != page.tag(block.element)
        }.map(\.element)
    }
}

extension PageBlock {
    /// As rules for lines of plain text see it.
    var passage: Passage {
        Passage(text: text, form: form)
    }

    private var form: Passage.Form {
        switch kind {
        case .paragraph: .unmarked
        case .heading: .heading
        case .listItem: .listItem
        case .quotation: .quotation
        case .caption: .caption
        case .standfirst: .unmarked
        }
    }

    var revisionBlock: Revision.Block {
        let kind: Revision.Block.Kind =
            switch kind {
            case .paragraph: .paragraph
            case .heading: .heading
            case .listItem: .listItem
            case .quotation: .quotation
            case .caption: .caption
            case .standfirst: .standfirst
            }
        return Revision.Block(kind, text)
    }
}
