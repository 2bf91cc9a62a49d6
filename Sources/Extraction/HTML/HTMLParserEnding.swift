/// After the body, frames, the end of the page, and finding the mode again (13.2.6.4.19 to 13.2.6.4.23, 13.2.4.1).
extension HTMLParser {
    mutating func startAfterBody() -> Outcome {
        if tag.name == .html {
            startInBody()
            return .done
        }
        mode = .inBody
        return .again
    }

    mutating func endAfterBody() -> Outcome {
        if tag.name == .html {
            if context == nil { mode = .afterAfterBody }
            return .done
        }
        mode = .inBody
        return .again
    }

    // MARK: Frames

    mutating func startInFrameset() {
        switch tag.name {
        case .html: startInBody()
        case .frameset: insertElement()
        case .frame: insertLeaf()
        case .noframes: insertHeadContent()
        default: break
        }
    }

    mutating func endInFrameset() {
        guard tag.name == .frameset, !isAtRoot else { return }
        pop()
        if context == nil, !isCurrent(.frameset) { mode = .afterFrameset }
    }

    mutating func startAfterFrameset() {
        if tag.name == .html {
            startInBody()
        } else if tag.name == .noframes {
            insertHeadContent()
        }
    }

    // MARK: The end of the page

    /// Opens what a page must have, and closes what is left open.
    mutating func finishTree() {
        while true {
            switch mode {
            case .initial: endInitialMode()
            case .beforeHTML: insertRoot()
            case .beforeHead: insertHead()
            case .inHead: closeHead()
            case .inHeadNoscript: closeHeadNoscript()
            case .afterHead: insertBody()
            default:
                guard isOpen(.template), templateModes.count > 0 else { return }
                abandonTemplate()
            }
        }
    }

    // MARK: The mode the stack of open elements asks for

    mutating func resetMode() {
        var index = open.count - 1
        while index > 0 {
            let isLast = index == 1
            let element = isLast ? context ?? open[index] : open[index]
            if let found = modeFor(element, isLast: isLast) {
                mode = found
                return
            }
            index -= 1
        }
        mode = .inBody
    }

    private mutating func modeFor(_ element: OpenElement, isLast: Bool) -> Mode? {
        guard element.flags.isSuperset(of: [.html, .special]) else { return isLast ? .inBody : nil }
        switch element.name {
        case .td, .th: return isLast ? .inBody : .inCell
        case .tr: return .inRow
        case .tbody, .thead, .tfoot: return .inTableBody
        case .caption: return .inCaption
        case .colgroup: return .inColumnGroup
        case .table: return .inTable
        case .template: return templateModes.count > 0 ? templateModes[templateModes.count - 1] : .inBody
        case .head: return isLast ? .inBody : .inHead
        case .body: return .inBody
        case .frameset: return .inFrameset
        case .html: return head < 0 ? .beforeHead : .afterHead
        default: return isLast ? .inBody : nil
        }
    }

    // MARK: Fragments

    /// Makes ready for the content of an element of that name (13.4).
    mutating func begin(fragmentIn name: HTMLName, namespace: HTMLNamespace) {
        mode = .beforeHTML
        insertImplied(.html)
        var name = name
        if namespace == .svg, name.index < HTMLNameTable.count { name = HTMLName(raw: tables.svgTags[name.index]) }
        context = OpenElement(node: -1, name: name, flags: flags(of: name, namespace))
        if namespace == .html, name == .template { templateModes.append(.inTemplate) }
        resetMode()
        guard namespace == .html else { return }
        switch name {
        case .title, .textarea: readFragmentText(.escapable)
        case .style, .xmp, .iframe, .noembed, .noframes: readFragmentText(.raw)
        case .script: readFragmentText(.script)
        case .plaintext: readFragmentText(.unending)
        default: break
        }
    }

    private mutating func readFragmentText(_ kind: RawText) {
        // No end tag is appropriate in a fragment: there is none that was open.
        let start = position
        position = end
        guard end > start else { return }
        let plain = kind != .escapable && !hasNUL
        if plain { return insertText(start, end - start) }
        let decoded = bytes.count
        decode(start, end, inAttribute: false, references: kind == .escapable)
        insertText(decoded, bytes.count - decoded)
    }
}
