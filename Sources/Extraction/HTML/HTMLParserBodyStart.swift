/// Start tags in the body (13.2.6.4.7).
extension HTMLParser {
    mutating func startInBody() {
        let index = tag.name.index
        guard index < HTMLNameTable.count else { return insertOrdinary() }
        let action = HTMLBodyStart(rawValue: HTMLNameTable.startActions.utf8Start[index] &- 0x30) ?? .ordinary
        switch action {
        case .ordinary: insertOrdinary()
        case .block:
            closeParagraphInScope()
            insertElement()
        case .anchor: startAnchor()
        case .formatting:
            reconstructFormatting()
            insertFormatting()
        case .heading:
            closeParagraphInScope()
            if current.flags.isSuperset(of: [.heading, .html]) { pop() }
            insertElement()
        case .listItem: startListItem()
        case .definition: startDefinition()
        case .voidFormatted: insertFormattedLeaf()
        case .head: insertHeadContent()
        case .input: startInput()
        case .voidPlain: insertLeaf()
        case .rule: startRule()
        case .button: startButton()
        case .marker:
            reconstructFormatting()
            insertElement()
            addMarker()
            isFramesetOK = false
        case .table: startTable()
        case .svg: startForeignRoot(.svg)
        case .math: startForeignRoot(.mathML)
        default: startRarely(action)
        }
    }

    private mutating func startRarely(_ action: HTMLBodyStart) {
        switch action {
        case .html: if !isOpen(.template), open.count > 1 { mergeAttributes(into: open[1].node) }
        case .body: startBody()
        case .frameset: startFrameset()
        case .pre:
            closeParagraphInScope()
            insertElement()
            dropLineFeed()
            isFramesetOK = false
        case .form: startForm()
        case .plaintext:
            closeParagraphInScope()
            insertElement()
            readRawText(.unending)
        case .nobr: startNobr()
        case .image:
            tag.name = .img
            insertFormattedLeaf()
        case .textarea:
            insertElement()
            dropLineFeed()
            isFramesetOK = false
            readRawText(.escapable)
        case .xmp:
            closeParagraphInScope()
            reconstructFormatting()
            isFramesetOK = false
            insertElement()
            readRawText(.raw)
        case .iframe:
            isFramesetOK = false
            insertElement()
            readRawText(.raw)
        case .noembed:
            insertElement()
            readRawText(.raw)
        case .select: startSelect()
        case .optgroup, .option: startOption(action)
        case .rubyBase, .rubyText:
            if hasInScope(.ruby) { generateImpliedEndTags(except: action == .rubyText ? .rtc : .none) }
            insertElement()
        default: break
        }
    }

    @inline(__always)
    private mutating func insertOrdinary() {
        reconstructFormatting()
        insertElement()
    }

    @inline(__always)
    private mutating func insertFormatting() {
        let isTooDeep = open.count > Limits.depth
        let node = insertElement()
        if !isTooDeep { pushFormatting(node, tag.name) }
    }

    private mutating func insertFormattedLeaf() {
        reconstructFormatting()
        insertLeaf()
        isFramesetOK = false
    }

    /// The line feed that comes first in a `pre` or `textarea` is dropped, also one that is written as a reference.
    private mutating func dropLineFeed() {
        if bytes[position] == 0x0A {
            position += 1
        } else {
            dropsLineFeed = bytes[position] == 0x26
        }
    }

    // MARK: The page itself

    private mutating func startBody() {
        guard open.count > 2, open[2].name == .body, !isOpen(.template) else { return }
        isFramesetOK = false
        mergeAttributes(into: open[2].node)
    }

    private mutating func startFrameset() {
        guard open.count > 2, open[2].name == .body, isFramesetOK else { return }
        detach(open[2].node)
        pop(downTo: 2)
        insertElement()
        mode = .inFrameset
    }

    private mutating func startForm() {
        guard form < 0 || isOpen(.template) else { return }
        closeParagraphInScope()
        let node = insertElement()
        if !isOpen(.template) { form = node }
    }

    // MARK: Blocks

    private mutating func startListItem() {
        isFramesetOK = false
        if isOpen(.li) {
            var index = open.count - 1
            while index > 0 {
                let element = open[index]
                if element.flags.contains(.html), element.name == .li {
                    generateImpliedEndTags(except: .li)
                    pop(through: .li)
                    break
                }
                if endsListSearch(element) { break }
                index -= 1
            }
        }
        closeParagraphInScope()
        insertElement()
    }

    private mutating func endsListSearch(_ element: OpenElement) -> Bool {
        guard element.flags.contains(.special) else { return false }
        return !element.flags.contains(.html)
            || element.name != .div && element.name != .p && element.name != .address
    }

    private mutating func startDefinition() {
        isFramesetOK = false
        if isOpen(.dd) || isOpen(.dt) {
            var index = open.count - 1
            while index > 0 {
                let element = open[index]
                if element.flags.contains(.html), element.name == .dd || element.name == .dt {
                    generateImpliedEndTags(except: element.name)
                    pop(through: element.name)
                    break
                }
                if endsListSearch(element) { break }
                index -= 1
            }
        }
        closeParagraphInScope()
        insertElement()
    }

    private mutating func startTable() {
        if !isQuirky { closeParagraphInScope() }
        insertElement()
        isFramesetOK = false
        mode = .inTable
    }

    private mutating func startRule() {
        closeParagraphInScope()
        if hasInScope(.select) { generateImpliedEndTags() }
        insertLeaf()
        isFramesetOK = false
    }

    // MARK: Inline

    private mutating func startAnchor() {
        if let index = lastFormatting(.a) {
            let node = formatting[index].node
            adopt(.a)
            if let index = formattingIndex(of: node) { removeFormatting(at: index) }
            if nodes[Int(node)].isOpen, let index = openIndex(of: node) { removeOpen(at: index) }
        }
        reconstructFormatting()
        insertFormatting()
    }

    private mutating func startNobr() {
        reconstructFormatting()
        if hasInScope(.nobr) {
            adopt(.nobr)
            reconstructFormatting()
        }
        insertFormatting()
    }

    // MARK: Forms

    private mutating func startButton() {
        if hasInScope(.button) {
            generateImpliedEndTags()
            pop(through: .button)
        }
        reconstructFormatting()
        insertElement()
        isFramesetOK = false
    }

    private var isSelectFragment: Bool { context?.name == .select && context?.flags.contains(.html) == true }

    private mutating func startInput() {
        if isSelectFragment { return }
        if hasInScope(.select) { pop(through: .select) }
        reconstructFormatting()
        insertLeaf()
        if !tagAttribute(.type, is: "hidden") { isFramesetOK = false }
    }

    private mutating func startSelect() {
        if isSelectFragment { return }
        if hasInScope(.select) { return pop(through: .select) }
        reconstructFormatting()
        insertElement()
        isFramesetOK = false
    }

    private mutating func startOption(_ action: HTMLBodyStart) {
        if hasInScope(.select) {
            generateImpliedEndTags(except: action == .option ? .optgroup : .none)
        } else if isCurrent(.option) {
            pop()
        }
        reconstructFormatting()
        insertElement()
    }
}
