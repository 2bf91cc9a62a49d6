/// Which rules a token meets (13.2.6).
extension HTMLParser {
    /// What a set of rules did with a token.
    enum Outcome {
        case done
        /// The insertion mode has changed: the token goes to the rules of the new one.
        case again
    }

    @inline(__always)
    mutating func startTag() {
        dropsLineFeed = false
        if mode == .inBody, current.flags.contains(.html), context == nil {
            startInBody()
        } else {
            startTagInAnyMode()
        }
        if open.count > Limits.depth { closeTooDeep() }
    }

    private mutating func startTagInAnyMode() {
        if isStartTagForeign() { return startInForeign() }
        startByMode()
    }

    mutating func startByMode() {
        while startOnce() == .again {}
    }

    private mutating func startOnce() -> Outcome {
        switch mode {
        case .initial: return startInitial()
        case .beforeHTML: return startBeforeHTML()
        case .beforeHead: return startBeforeHead()
        case .inHead: return startInHead()
        case .inHeadNoscript: return startInHeadNoscript()
        case .afterHead: return startAfterHead()
        case .inBody: startInBody()
        case .inTable: return startInTable()
        case .inCaption: return startInCaption()
        case .inColumnGroup: return startInColumnGroup()
        case .inTableBody: return startInTableBody()
        case .inRow: return startInRow()
        case .inCell: return startInCell()
        case .inTemplate: return startInTemplate()
        case .afterBody, .afterAfterBody: return startAfterBody()
        case .inFrameset: startInFrameset()
        case .afterFrameset, .afterAfterFrameset: startAfterFrameset()
        }
        return .done
    }

    @inline(__always)
    mutating func endTag() {
        dropsLineFeed = false
        if overflow > 0 {
            if open.count >= Limits.depth {
                if !htmlFlags(tag.name).contains(.impliedEnd) { overflow -= 1 }
                return
            }
            overflow = 0
        }
        if mode == .inBody, current.flags.contains(.html), context == nil {
            endInBody()
        } else if !adjustedFlags.contains(.html) {
            endInForeign()
        } else {
            endByMode()
        }
    }

    mutating func endByMode() {
        while endOnce() == .again {}
    }

    private mutating func endOnce() -> Outcome {
        switch mode {
        case .initial: return endInitial()
        case .beforeHTML: return endBeforeHTML()
        case .beforeHead: return endBeforeHead()
        case .inHead: return endInHead()
        case .inHeadNoscript: return endInHeadNoscript()
        case .afterHead: return endAfterHead()
        case .inBody: endInBody()
        case .inTable: return endInTable()
        case .inCaption: return endInCaption()
        case .inColumnGroup: return endInColumnGroup()
        case .inTableBody: return endInTableBody()
        case .inRow: return endInRow()
        case .inCell: return endInCell()
        case .inTemplate: if tag.name == .template { endTemplate() }
        case .afterBody: return endAfterBody()
        case .afterAfterBody:
            mode = .inBody
            return .again
        case .inFrameset: endInFrameset()
        case .afterFrameset: if tag.name == .html { mode = .afterAfterFrameset }
        case .afterAfterFrameset: break
        }
        return .done
    }

    /// The deepest elements are closed at once when there are too many, so that what follows is beside them.
    private mutating func closeTooDeep() {
        var needsReset = false
        while open.count > Limits.depth {
            let element = current
            if element.flags.contains(.html) {
                if element.name == .template {
                    templateModes.setCount(max(templateModes.count - 1, 0))
                    clearFormattingToMarker()
                    needsReset = true
                } else {
                    if element.flags.contains(.scope), element.name != .table, element.name != .select {
                        clearFormattingToMarker()
                    }
                    if !element.flags.isDisjoint(with: [.fosters, .impliedEndThorough]) { needsReset = true }
                }
            }
            if !element.flags.contains(.impliedEnd) { overflow += 1 }
            pop()
        }
        if needsReset { resetMode() }
    }

    // MARK: Text

    /// A run of text, whose bytes are anywhere.
    @inline(__always)
    mutating func addText(_ start: Int, _ count: Int) {
        if mode == .inBody, current.flags.contains(.html), context == nil {
            addTextInBody(start, count)
        } else {
            addTextInAnyMode(start, count)
        }
    }

    @inline(__always)
    mutating func addTextInBody(_ start: Int, _ count: Int) {
        reconstructFormatting()
        insertText(start, count)
        if isFramesetOK, spaceCount(start, count) < count { isFramesetOK = false }
    }

    /// How many bytes of white space come first.
    mutating func spaceCount(_ start: Int, _ count: Int) -> Int {
        let first = bytes.pointer(to: start, count: count)
        var index = 0
        while index < count, first[index].isHTMLSpace { index &+= 1 }
        return index
    }

    var isTextForeign: Bool {
        @inline(__always) get {
            open.count > 1 && adjustedFlags.isDisjoint(with: [.html, .htmlIntegration, .mathTextIntegration])
        }
    }

    private mutating func addTextInAnyMode(_ start: Int, _ count: Int) {
        if isTextForeign {
            insertText(start, count)
            if spaceCount(start, count) < count { isFramesetOK = false }
            return
        }
        var start = start
        var count = count
        while count > 0 {
            switch mode {
            case .inBody, .inCaption, .inCell, .inTemplate: return addTextInBody(start, count)
            case .inTable, .inTableBody, .inRow: return addTextInTable(start, count)
            case .inFrameset, .afterFrameset, .afterAfterFrameset: return addFramesetSpace(start, count)
            default: break
            }
            let space = spaceCount(start, count)
            switch mode {
            case .inHead, .inHeadNoscript, .afterHead, .inColumnGroup: if space > 0 { insertText(start, space) }
            case .afterBody, .afterAfterBody: if space > 0 { addTextInBody(start, space) }
            default: break
            }
            start += space
            count -= space
            if count > 0, !leaveModeForText() { return }
        }
    }

    /// What a character that is no white space does in the modes that cannot hold it. False if it is dropped.
    private mutating func leaveModeForText() -> Bool {
        switch mode {
        case .initial: endInitialMode()
        case .beforeHTML: insertRoot()
        case .beforeHead: insertHead()
        case .inHead: closeHead()
        case .inHeadNoscript: closeHeadNoscript()
        case .afterHead: insertBody()
        case .inColumnGroup:
            guard isCurrent(.colgroup) else { return false }
            closeColumnGroup()
        default: mode = .inBody
        }
        return true
    }

    /// A NUL where text would be: ignored, but no white space (13.2.6.4.7).
    mutating func addIgnoredNUL() {
        while isLeftByText() { _ = leaveModeForText() }
    }

    /// Whether a character that is no white space changes the mode.
    mutating func isLeftByText() -> Bool {
        switch mode {
        case .initial, .beforeHTML, .beforeHead, .inHead, .inHeadNoscript, .afterHead, .afterBody, .afterAfterBody: true
        case .inColumnGroup: isCurrent(.colgroup)
        default: false
        }
    }

    /// Text that is not white space, and parts of a table that hold none: it goes before the table.
    private mutating func addTextInTable(_ start: Int, _ count: Int) {
        if current.flags.contains(.fosters), spaceCount(start, count) == count {
            insertText(start, count)
        } else {
            fosterText(start, count)
        }
    }

    private mutating func fosterText(_ start: Int, _ count: Int) {
        isFostering = true
        addTextInBody(start, count)
        isFostering = false
    }

    /// Of text among frames only the white space stays.
    private mutating func addFramesetSpace(_ start: Int, _ count: Int) {
        let kept = bytes.count
        for index in start..<(start + count) where bytes[index].isHTMLSpace { bytes.append(bytes[index]) }
        let length = bytes.count - kept
        guard length > 0 else { return }
        if mode == .afterAfterFrameset { addTextInBody(kept, length) } else { insertText(kept, length) }
    }
}
