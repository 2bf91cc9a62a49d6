/// End tags in the body, and misnested formatting (13.2.6.4.7).
extension HTMLParser {
    mutating func endInBody() {
        let index = tag.name.index
        guard index < HTMLNameTable.count else { return endOrdinary(tag.name) }
        let action = HTMLBodyEnd(rawValue: HTMLNameTable.endActions.utf8Start[index] &- 0x30) ?? .ordinary
        switch action {
        case .ordinary: endOrdinary(tag.name)
        case .block: endBlock()
        case .formatting: adopt(tag.name)
        case .paragraph:
            if !hasInScope(.p, [.scope, .buttonScope]) { insertImplied(.p) }
            closeParagraph()
        case .listItem:
            guard hasInScope(.li, [.scope, .listScope]) else { return }
            generateImpliedEndTags(except: .li)
            pop(through: .li)
        case .definition:
            guard hasInScope(tag.name) else { return }
            generateImpliedEndTags(except: tag.name)
            pop(through: tag.name)
        case .heading: endHeading()
        case .marker:
            guard hasInScope(tag.name) else { return }
            generateImpliedEndTags()
            pop(through: tag.name)
            clearFormattingToMarker()
        case .lineBreak:
            tag.attributes = 0
            tag.attributeCount = 0
            reconstructFormatting()
            insertLeaf()
            isFramesetOK = false
        case .form: endForm()
        case .template: endTemplate()
        case .body: if hasInScope(.body) { mode = .afterBody }
        case .html:
            guard hasInScope(.body) else { return }
            mode = .afterBody
            endByMode()
        }
    }

    @inline(__always)
    private mutating func endBlock() {
        if isCurrent(tag.name) { return pop() }
        guard hasInScope(tag.name) else { return }
        generateImpliedEndTags()
        pop(through: tag.name)
    }

    private mutating func endHeading() {
        guard hasInScope(anyOf: .heading) else { return }
        generateImpliedEndTags()
        while open.count > 1 {
            let isLast = current.flags.isSuperset(of: [.heading, .html])
            pop()
            if isLast { return }
        }
    }

    private mutating func endForm() {
        if isOpen(.template) {
            guard hasInScope(.form) else { return }
            generateImpliedEndTags()
            pop(through: .form)
            return
        }
        let node = form
        form = -1
        guard node >= 0, indexInScope(of: node) != nil else { return }
        generateImpliedEndTags()
        if let index = openIndex(of: node) { removeOpen(at: index) }
    }

    /// "Any other end tag".
    @inline(__always)
    mutating func endOrdinary(_ name: HTMLName) {
        if isCurrent(name) { return pop() }
        guard isOpen(name) else { return }
        endOrdinaryBelow(name)
    }

    private mutating func endOrdinaryBelow(_ name: HTMLName) {
        var index = open.count &- 1
        var element = open[index]
        while element.name != name || !element.flags.contains(.html) {
            // The document, at the bottom, is special too.
            if element.flags.contains(.special) { return }
            index &-= 1
            element = open[index]
        }
        generateImpliedEndTags(except: name)
        pop(downTo: index)
    }

    // MARK: The adoption agency algorithm

    /// Ends a formatting element that may not be the innermost one.
    mutating func adopt(_ name: HTMLName) {
        if isCurrent(name), formattingIndex(of: current.node) == nil { return pop() }
        for _ in 0..<8 {
            guard let entry = lastFormatting(name) else { return endOrdinary(name) }
            let node = formatting[entry].node
            guard nodes[Int(node)].isOpen else { return removeFormatting(at: entry) }
            guard let index = indexInScope(of: node) else { return }
            guard let block = furthestBlock(above: index) else {
                pop(downTo: index)
                return removeFormatting(at: entry)
            }
            guard adopt(entry, openAt: index, block: block) else {
                pop(downTo: index)
                return removeFormatting(at: entry)
            }
        }
    }

    /// The first special element opened after the one at `index`.
    private mutating func furthestBlock(above index: Int) -> Int? {
        var place = index + 1
        while place < open.count {
            if open[place].flags.contains(.special) { return place }
            place += 1
        }
        return nil
    }

    /// One round of the outer loop. False when no more copies may be made.
    private mutating func adopt(_ entry: Int, openAt index: Int, block: Int) -> Bool {
        guard clonesLeft > 4 else { return false }
        let formattingNode = formatting[entry].node
        let blockElement = open[block]
        let ancestor = open[index - 1]
        var bookmark = entry
        var last = blockElement.node
        var place = block
        var round = 0
        while true {
            round += 1
            place -= 1
            let element = open[place]
            if element.node == formattingNode { break }
            var listed = formattingIndex(of: element.node)
            if round > 3, let index = listed {
                removeFormatting(at: index)
                if index < bookmark { bookmark -= 1 }
                listed = nil
            }
            guard let listed, let copy = clone(element.node) else {
                removeOpen(at: place)
                continue
            }
            formatting[listed].node = copy
            replaceOpen(at: place, with: copy)
            if last == blockElement.node { bookmark = listed + 1 }
            detach(last)
            append(last, to: copy)
            last = copy
        }
        detach(last)
        link(last, at: self.place(in: ancestor))
        // The element is where it was in the stack; what was between it and the block may be gone.
        guard let copy = clone(formattingNode) else { return false }
        moveChildren(of: blockElement.node, to: copy)
        append(copy, to: blockElement.node)
        moveFormatting(of: formattingNode, to: bookmark, as: copy)
        let name = open[index].name
        removeOpen(at: index)
        if let below = openIndex(of: blockElement.node) {
            insertOpen(OpenElement(node: copy, name: name, flags: htmlFlags(name)), at: below + 1)
        }
        return true
    }

    private mutating func replaceOpen(at place: Int, with node: Int32) {
        nodes[Int(open[place].node)].isOpen = false
        nodes[Int(node)].isOpen = true
        open[place].node = node
    }

    /// Puts a copy of an entry at the bookmark, and takes the entry out.
    private mutating func moveFormatting(of node: Int32, to bookmark: Int, as copy: Int32) {
        guard let entry = formattingIndex(of: node) else { return }
        let name = formatting[entry].name
        removeFormatting(at: entry)
        let target = min(entry < bookmark ? bookmark - 1 : bookmark, formatting.count)
        formatting.append(FormattingElement(node: copy, name: name))
        var place = formatting.count - 1
        while place > target {
            formatting[place] = formatting[place - 1]
            place -= 1
        }
        formatting[target] = FormattingElement(node: copy, name: name)
    }
}
