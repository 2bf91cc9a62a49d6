/// Nodes and where they go (13.2.6.1).
extension HTMLParser {
    /// The end of a parent's children, or before one of them.
    struct Place {
        let parent: Int32
        var before: Int32 = -1
    }

    @inline(__always)
    mutating func addNode(_ node: HTMLNode) -> Int32 {
        nodes.append(node)
        return Int32(truncatingIfNeeded: nodes.count &- 1)
    }

    // MARK: Links

    @inline(__always)
    mutating func append(_ node: Int32, to parent: Int32) {
        let child = nodes.place(of: Int(node))
        let place = nodes.place(of: Int(parent))
        let last = place.pointee.lastChild
        child.pointee.parent = parent
        child.pointee.previousSibling = last
        place.pointee.lastChild = node
        if last >= 0 {
            nodes[Int(last)].nextSibling = node
        } else {
            place.pointee.firstChild = node
        }
    }

    mutating func link(_ node: Int32, at place: Place) {
        guard place.before >= 0 else { return append(node, to: place.parent) }
        let previous = nodes[Int(place.before)].previousSibling
        nodes[Int(node)].parent = place.parent
        nodes[Int(node)].previousSibling = previous
        nodes[Int(node)].nextSibling = place.before
        nodes[Int(place.before)].previousSibling = node
        if previous >= 0 {
            nodes[Int(previous)].nextSibling = node
        } else {
            nodes[Int(place.parent)].firstChild = node
        }
    }

    mutating func detach(_ node: Int32) {
        let record = nodes[Int(node)]
        guard record.parent >= 0 else { return }
        if record.previousSibling >= 0 {
            nodes[Int(record.previousSibling)].nextSibling = record.nextSibling
        } else {
            nodes[Int(record.parent)].firstChild = record.nextSibling
        }
        if record.nextSibling >= 0 {
            nodes[Int(record.nextSibling)].previousSibling = record.previousSibling
        } else {
            nodes[Int(record.parent)].lastChild = record.previousSibling
        }
        nodes[Int(node)].parent = -1
        nodes[Int(node)].previousSibling = -1
        nodes[Int(node)].nextSibling = -1
    }

    /// Moves all children of one element to the end of another's.
    mutating func moveChildren(of source: Int32, to target: Int32) {
        var child = nodes[Int(source)].firstChild
        while child >= 0 {
            let next = nodes[Int(child)].nextSibling
            nodes[Int(child)].nextSibling = -1
            append(child, to: target)
            child = next
        }
        nodes[Int(source)].firstChild = -1
        nodes[Int(source)].lastChild = -1
    }

    // MARK: Places

    /// The appropriate place for inserting a node.
    @inline(__always)
    mutating func place() -> Place {
        let top = current
        if isFostering, top.flags.contains(.fosters) { return fosterPlace() }
        return Place(parent: top.node)
    }

    mutating func place(in target: OpenElement) -> Place {
        isFostering && target.flags.isSuperset(of: [.fosters, .html]) ? fosterPlace() : Place(parent: target.node)
    }

    /// Before the table that is open, as what tables cannot hold goes there.
    private mutating func fosterPlace() -> Place {
        var index = open.count - 1
        while index > 0 {
            let element = open[index]
            if element.flags.contains(.html) {
                if element.name == .template { return Place(parent: element.node) }
                if element.name == .table {
                    let parent = nodes[Int(element.node)].parent
                    if parent >= 0 { return Place(parent: parent, before: element.node) }
                    return Place(parent: open[index - 1].node)
                }
            }
            index -= 1
        }
        return Place(parent: open[min(1, open.count - 1)].node)
    }

    @inline(__always)
    mutating func insert(_ node: Int32) {
        let place = place()
        if place.before < 0 { append(node, to: place.parent) } else { link(node, at: place) }
    }

    // MARK: Elements

    @inline(__always)
    mutating func htmlFlags(_ name: HTMLName) -> HTMLElementFlags {
        guard name.index < HTMLNameTable.count else { return .html }
        return HTMLElementFlags(rawValue: UInt32(tables.flags[name.index]) | HTMLElementFlags.html.rawValue)
    }

    /// Inserts and opens the HTML element the tag is for.
    @discardableResult
    @inline(__always)
    mutating func insertElement() -> Int32 {
        let node = insertLeaf()
        push(OpenElement(node: node, name: tag.name, flags: htmlFlags(tag.name)))
        return node
    }

    /// Inserts the HTML element the tag is for, and does not open it.
    @discardableResult
    @inline(__always)
    mutating func insertLeaf() -> Int32 {
        let node = addNode(
            HTMLNode(element: tag.name, namespace: .html, attributes: tag.attributes, count: tag.attributeCount))
        insert(node)
        return node
    }

    /// Inserts and opens an element no tag was there for.
    @discardableResult
    mutating func insertImplied(_ name: HTMLName) -> Int32 {
        let node = addNode(HTMLNode(element: name, namespace: .html, attributes: 0, count: 0))
        insert(node)
        push(OpenElement(node: node, name: name, flags: htmlFlags(name)))
        return node
    }

    mutating func tagAttribute(_ name: HTMLName) -> HTMLAttributeRecord? {
        for index in tag.attributes..<(tag.attributes + tag.attributeCount) where attributes[index].name == name.raw {
            return attributes[index]
        }
        return nil
    }

    mutating func tagAttribute(_ name: HTMLName, is value: StaticString) -> Bool {
        guard let record = tagAttribute(name), Int(record.count) == value.utf8CodeUnitCount else { return false }
        return HTMLNameKey.matches(
            bytes.pointer(to: Int(record.start), count: Int(record.count)), value.utf8Start, count: Int(record.count))
    }

    /// Gives an open element those of the tag's attributes that it lacks.
    mutating func mergeAttributes(into node: Int32) {
        let record = nodes[Int(node)]
        let old = Int(record.start)..<Int(record.start + record.count)
        guard tag.attributeCount > 0, old.count < Limits.attributes, attributeMerges < Limits.attributeMerges else {
            return
        }
        tagNumber += 1
        for index in old { seen[Int(attributes[index].name)] = tagNumber }
        let merged = attributes.count
        attributes.append(copying: old.lowerBound, count: old.count)
        for index in tag.attributes..<(tag.attributes + tag.attributeCount)
        where seen[Int(attributes[index].name)] != tagNumber {
            attributes.append(attributes[index])
        }
        let count = attributes.count - merged
        if count == old.count {
            attributes.setCount(merged)
        } else {
            attributeMerges += 1
            nodes[Int(node)].start = UInt32(merged)
            nodes[Int(node)].count = UInt32(count)
        }
    }

    // MARK: Text and comments

    @inline(__always)
    mutating func insertText(_ start: Int, _ count: Int) {
        let place = place()
        guard place.parent != 0 else { return }
        let previous = place.before < 0 ? nodes[Int(place.parent)].lastChild : nodes[Int(place.before)].previousSibling
        if previous >= 0, nodes[Int(previous)].kind == .text {
            return lengthen(Int(previous), start, count)
        }
        let node = addNode(HTMLNode(kind: .text, start: start, count: count))
        if place.before < 0 { append(node, to: place.parent) } else { link(node, at: place) }
    }

    /// Appends bytes to a text node. Room is doubled each time it is used up, so that texts that grow in turn cost no
    /// more than their size.
    private mutating func lengthen(_ node: Int, _ start: Int, _ count: Int) {
        let record = nodes[node]
        let oldStart = Int(record.start)
        let oldCount = Int(record.count)
        let reserved = Int(record.lastChild)
        if oldStart + oldCount == start, reserved < 0 {
            nodes[node].count += UInt32(count)
        } else if oldCount + count <= reserved {
            bytes.copy(start, count: count, to: oldStart + oldCount)
            nodes[node].count += UInt32(count)
        } else {
            let room = (oldCount + count) * 2
            bytes.reserve(room)
            let target = bytes.count
            bytes.append(copying: oldStart, count: oldCount)
            bytes.append(copying: start, count: count)
            bytes.append(repeating: 0, count: room - oldCount - count)
            nodes[node].start = UInt32(target)
            nodes[node].count = UInt32(oldCount + count)
            nodes[node].lastChild = Int32(room)
        }
    }

    mutating func insertComment(_ start: Int, _ count: Int) {
        var parent = current.node
        if adjustedFlags.contains(.html) {
            switch mode {
            case .initial, .beforeHTML, .afterAfterBody, .afterAfterFrameset: parent = 0
            case .afterBody: parent = open[min(1, open.count - 1)].node
            default: break
            }
        }
        append(addNode(HTMLNode(kind: .comment, start: start, count: count)), to: parent)
    }
}
