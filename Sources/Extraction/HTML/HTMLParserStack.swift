/// The stack of open elements (13.2.4.2) and the list of active formatting elements (13.2.4.3).
extension HTMLParser {
    var current: OpenElement {
        @inline(__always) get { open[open.count &- 1] }
    }

    /// The root element is at 1; the document, at 0, is no element.
    var isAtRoot: Bool { open.count <= 2 }

    /// Flags of the adjusted current node: of a fragment's root, the element the fragment is for.
    var adjustedFlags: HTMLElementFlags {
        @inline(__always) get {
            if let context, open.count == 2 { return context.flags }
            return current.flags
        }
    }

    @inline(__always)
    mutating func isCurrent(_ name: HTMLName) -> Bool {
        let top = current
        return top.name == name && top.flags.contains(.html)
    }

    @inline(__always)
    mutating func push(_ element: OpenElement) {
        open.append(element)
        nodes[Int(element.node)].isOpen = true
        if element.flags.contains(.html) { openCounts[element.name.index] &+= 1 }
    }

    @inline(__always)
    mutating func pop() {
        guard open.count > 1 else { return }
        closed(current)
        open.setCount(open.count &- 1)
    }

    /// Keeps account of an element that leaves the stack.
    @inline(__always)
    private mutating func closed(_ element: OpenElement) {
        nodes[Int(element.node)].isOpen = false
        if element.flags.contains(.html) { openCounts[element.name.index] &-= 1 }
    }

    /// Pops up to and with the topmost HTML element of a name, which must be open.
    @inline(__always)
    mutating func pop(through name: HTMLName) {
        while open.count > 1 {
            let isLast = isCurrent(name)
            pop()
            if isLast { return }
        }
    }

    /// Pops down to the element at a place, and that one too.
    mutating func pop(downTo index: Int) {
        while open.count > max(index, 1) { pop() }
    }

    /// Pops until the current node has one of the flags; the document has all.
    mutating func clear(backTo flags: HTMLElementFlags) {
        while current.flags.isDisjoint(with: flags) { pop() }
    }

    /// Takes an element out of the stack wherever it is.
    mutating func removeOpen(at index: Int) {
        closed(open[index])
        for place in index..<(open.count - 1) { open[place] = open[place + 1] }
        open.setCount(open.count - 1)
    }

    mutating func insertOpen(_ element: OpenElement, at index: Int) {
        push(element)
        var place = open.count - 1
        while place > index {
            open[place] = open[place - 1]
            place -= 1
        }
        open[index] = element
    }

    mutating func openIndex(of node: Int32) -> Int? {
        var index = open.count - 1
        while index > 0 {
            if open[index].node == node { return index }
            index -= 1
        }
        return nil
    }

    @inline(__always)
    mutating func isOpen(_ name: HTMLName) -> Bool {
        openCounts[name.index] != 0
    }

    // MARK: Scopes

    @inline(__always)
    mutating func hasInScope(_ name: HTMLName, _ limits: HTMLElementFlags = .scope) -> Bool {
        guard isOpen(name) else { return false }
        return search(name, limits)
    }

    private mutating func search(_ name: HTMLName, _ limits: HTMLElementFlags) -> Bool {
        var place = open.count &- 1
        var element = open[place]
        while element.flags.isDisjoint(with: limits) {
            if element.name == name, element.flags.contains(.html) { return true }
            place &-= 1
            element = open[place]
        }
        return element.name == name && element.flags.contains(.html) && place > 0
    }

    /// Whether an HTML element with one of the flags is open within the limits.
    mutating func hasInScope(anyOf flags: HTMLElementFlags, _ limits: HTMLElementFlags = .scope) -> Bool {
        var index = open.count - 1
        while index > 0 {
            let element = open[index]
            if element.flags.contains(.html), !element.flags.isDisjoint(with: flags) { return true }
            if !element.flags.isDisjoint(with: limits) { return false }
            index -= 1
        }
        return false
    }

    /// The place of a node in the stack if it is in scope.
    mutating func indexInScope(of node: Int32) -> Int? {
        var index = open.count - 1
        while index > 0 {
            if open[index].node == node { return index }
            if open[index].flags.contains(.scope) { return nil }
            index -= 1
        }
        return nil
    }

    @inline(__always)
    mutating func generateImpliedEndTags(except name: HTMLName = .none) {
        while current.flags.isSuperset(of: [.impliedEnd, .html]), open.count > 1, current.name != name { pop() }
    }

    mutating func generateImpliedEndTagsThoroughly() {
        while !current.flags.isDisjoint(with: [.impliedEnd, .impliedEndThorough]), open.count > 1 { pop() }
    }

    /// Closes the paragraph that is in button scope, if there is one.
    @inline(__always)
    mutating func closeParagraphInScope() {
        if hasInScope(.p, [.scope, .buttonScope]) { closeParagraph() }
    }

    mutating func closeParagraph() {
        generateImpliedEndTags(except: .p)
        pop(through: .p)
    }

    // MARK: Active formatting elements

    /// Adds an element, and forgets the earliest of three that are the same already ("Noah's Ark").
    mutating func pushFormatting(_ node: Int32, _ name: HTMLName) {
        var added = FormattingElement(node: node, name: name)
        var same = 0
        var index = formatting.count
        while index > 0, !formatting[index - 1].isMarker {
            index -= 1
            if formatting[index].name == name { same += 1 }
        }
        if same >= 3 {
            added.hash = attributeHash(of: node)
            forgetEarliestTwin(of: added, from: index)
        }
        if formatting.count >= Limits.activeFormatting { removeFormatting(at: 0) }
        formatting.append(added)
    }

    private mutating func forgetEarliestTwin(of added: FormattingElement, from start: Int) {
        var twins = 0
        var earliest = -1
        for index in start..<formatting.count where formatting[index].name == added.name {
            if formatting[index].hash == 0 { formatting[index].hash = attributeHash(of: formatting[index].node) }
            guard formatting[index].hash == added.hash else { continue }
            if twins == 0 { earliest = index }
            twins += 1
        }
        if twins >= 3 { removeFormatting(at: earliest) }
    }

    /// The same for elements with the same attributes in any order, and not 0.
    private mutating func attributeHash(of node: Int32) -> UInt64 {
        let record = nodes[Int(node)]
        var sum: UInt64 = 1
        for index in Int(record.start)..<Int(record.start + record.count) {
            let attribute = attributes[index]
            let value = HTMLNameKey.hash(
                bytes.pointer(to: Int(attribute.start), count: Int(attribute.count)), count: Int(attribute.count))
            let pair = (value ^ UInt64(attribute.name)) &* HTMLNameKey.multiplier
            sum &+= pair ^ pair >> 31
        }
        return sum | 1 << 63
    }

    mutating func removeFormatting(at index: Int) {
        for place in index..<(formatting.count - 1) { formatting[place] = formatting[place + 1] }
        formatting.setCount(formatting.count - 1)
    }

    mutating func addMarker() {
        if formatting.count >= Limits.depth * 2 { removeFormatting(at: 0) }
        formatting.append(.marker)
    }

    mutating func clearFormattingToMarker() {
        while formatting.count > 0 {
            let last = formatting[formatting.count - 1]
            formatting.setCount(formatting.count - 1)
            if last.isMarker { return }
        }
    }

    /// The last entry of a name after the last marker.
    mutating func lastFormatting(_ name: HTMLName) -> Int? {
        var index = formatting.count - 1
        while index >= 0, !formatting[index].isMarker {
            if formatting[index].name == name { return index }
            index -= 1
        }
        return nil
    }

    mutating func formattingIndex(of node: Int32) -> Int? {
        var index = formatting.count - 1
        while index >= 0 {
            if formatting[index].node == node { return index }
            index -= 1
        }
        return nil
    }

    /// Opens again what was closed by the end of a block and not by its own end tag.
    @inline(__always)
    mutating func reconstructFormatting() {
        guard formatting.count > 0 else { return }
        let last = formatting[formatting.count &- 1]
        if last.isMarker || nodes[Int(last.node)].isOpen { return }
        reopenFormatting()
    }

    @inline(never)
    private mutating func reopenFormatting() {
        var index = formatting.count - 1
        while index > 0 {
            let earlier = formatting[index - 1]
            if earlier.isMarker || nodes[Int(earlier.node)].isOpen { break }
            index -= 1
        }
        while index < formatting.count {
            guard open.count <= Limits.depth, let copy = clone(formatting[index].node) else { return }
            insert(copy)
            push(OpenElement(node: copy, name: formatting[index].name, flags: htmlFlags(formatting[index].name)))
            formatting[index].node = copy
            index += 1
        }
    }

    /// A new element with the name and attributes of another, while copies may be made.
    mutating func clone(_ node: Int32) -> Int32? {
        guard clonesLeft > 0 else { return nil }
        clonesLeft -= 1
        let original = nodes[Int(node)]
        return addNode(
            HTMLNode(
                element: HTMLName(raw: original.name), namespace: .html, attributes: Int(original.start),
                count: Int(original.count)))
    }
}
