/// The modes up to the body (13.2.6.4.1 to 13.2.6.4.6), and templates, whose rules are the head's.
extension HTMLParser {
    // MARK: Initial

    mutating func addDoctype(_ doctype: Doctype) {
        guard mode == .initial else { return }
        let start = attributes.count
        for (name, range) in [(HTMLName.public, doctype.publicID), (.system, doctype.systemID)] {
            guard let range else { continue }
            attributes.append(
                HTMLAttributeRecord(name: name.raw, start: UInt32(range.lowerBound), count: UInt32(range.count)))
        }
        var node = HTMLNode(kind: .doctype, start: start, count: attributes.count - start)
        node.name = doctype.name.raw
        append(addNode(node), to: 0)
        isQuirky = isQuirkyDoctype(doctype)
        mode = .beforeHTML
    }

    /// A page without a doctype is quirky.
    mutating func endInitialMode() {
        isQuirky = true
        mode = .beforeHTML
    }

    mutating func startInitial() -> Outcome {
        endInitialMode()
        return .again
    }

    mutating func endInitial() -> Outcome {
        endInitialMode()
        return .again
    }

    // MARK: Before the html element

    mutating func insertRoot() {
        insertImplied(.html)
        mode = .beforeHead
    }

    mutating func startBeforeHTML() -> Outcome {
        guard tag.name == .html else {
            insertRoot()
            return .again
        }
        insertElement()
        mode = .beforeHead
        return .done
    }

    /// End tags other than these are ignored until there is a body.
    private var isEndTagOfPage: Bool {
        [HTMLName.head, .body, .html, .br].contains(tag.name)
    }

    mutating func endBeforeHTML() -> Outcome {
        guard isEndTagOfPage else { return .done }
        insertRoot()
        return .again
    }

    // MARK: Before the head

    mutating func insertHead() {
        head = insertImplied(.head)
        mode = .inHead
    }

    mutating func startBeforeHead() -> Outcome {
        switch tag.name {
        case .html: startInBody()
        case .head:
            head = insertElement()
            mode = .inHead
        default:
            insertHead()
            return .again
        }
        return .done
    }

    mutating func endBeforeHead() -> Outcome {
        guard isEndTagOfPage else { return .done }
        insertHead()
        return .again
    }

    // MARK: In the head

    mutating func closeHead() {
        pop()
        mode = .afterHead
    }

    mutating func startInHead() -> Outcome {
        switch tag.name {
        case .html: startInBody()
        case .base, .basefont, .bgsound, .link, .meta, .title, .noframes, .style, .script, .template:
            insertHeadContent()
        case .noscript:
            insertElement()
            mode = .inHeadNoscript
        case .head: break
        default:
            closeHead()
            return .again
        }
        return .done
    }

    /// What start tags that belong in the head do wherever they stand.
    mutating func insertHeadContent() {
        switch tag.name {
        case .title:
            insertElement()
            readRawText(.escapable)
        case .noframes, .style:
            insertElement()
            readRawText(.raw)
        case .script:
            insertElement()
            readRawText(.script)
        case .template:
            insertElement()
            addMarker()
            isFramesetOK = false
            mode = .inTemplate
            templateModes.append(.inTemplate)
        default: insertLeaf()
        }
    }

    mutating func endInHead() -> Outcome {
        switch tag.name {
        case .head: closeHead()
        case .template: endTemplate()
        case .body, .html, .br:
            closeHead()
            return .again
        default: break
        }
        return .done
    }

    // MARK: Noscript in the head: scripting is off, so its content is markup

    mutating func closeHeadNoscript() {
        pop()
        mode = .inHead
    }

    mutating func startInHeadNoscript() -> Outcome {
        switch tag.name {
        case .html: startInBody()
        case .basefont, .bgsound, .link, .meta, .noframes, .style: insertHeadContent()
        case .head, .noscript: break
        default:
            closeHeadNoscript()
            return .again
        }
        return .done
    }

    mutating func endInHeadNoscript() -> Outcome {
        if tag.name == .noscript {
            closeHeadNoscript()
        } else if tag.name == .br {
            closeHeadNoscript()
            return .again
        }
        return .done
    }

    // MARK: After the head

    mutating func insertBody() {
        insertImplied(.body)
        mode = .inBody
    }

    mutating func startAfterHead() -> Outcome {
        switch tag.name {
        case .html: startInBody()
        case .body:
            insertElement()
            isFramesetOK = false
            mode = .inBody
        case .frameset:
            insertElement()
            mode = .inFrameset
        case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title:
            insertLateHeadContent()
        case .head: break
        default:
            insertBody()
            return .again
        }
        return .done
    }

    /// What belongs in the head goes there even after its end.
    private mutating func insertLateHeadContent() {
        guard head >= 0 else { return insertHeadContent() }
        push(OpenElement(node: head, name: .head, flags: htmlFlags(.head)))
        insertHeadContent()
        if let index = openIndex(of: head) { removeOpen(at: index) }
    }

    mutating func endAfterHead() -> Outcome {
        switch tag.name {
        case .template: endTemplate()
        case .body, .html, .br:
            insertBody()
            return .again
        default: break
        }
        return .done
    }

    // MARK: Templates

    mutating func endTemplate() {
        guard isOpen(.template) else { return }
        generateImpliedEndTagsThoroughly()
        pop(through: .template)
        closeTemplate()
    }

    private mutating func closeTemplate() {
        clearFormattingToMarker()
        templateModes.setCount(max(templateModes.count - 1, 0))
        resetMode()
    }

    /// At the end of the page.
    mutating func abandonTemplate() {
        pop(through: .template)
        closeTemplate()
    }

    mutating func startInTemplate() -> Outcome {
        switch tag.name {
        case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title:
            insertHeadContent()
            return .done
        case .caption, .colgroup, .tbody, .tfoot, .thead: mode = .inTable
        case .col: mode = .inColumnGroup
        case .tr: mode = .inTableBody
        case .td, .th: mode = .inRow
        default: mode = .inBody
        }
        if templateModes.count > 0 { templateModes[templateModes.count - 1] = mode }
        return .again
    }
}
