internal import Models

/// A stretch of text of a page between two block boundaries, before it is known whether it belongs to the article.
struct PageBlock {
    enum Kind { case paragraph, heading, listItem, quotation, caption, standfirst }

    var kind: Kind
    /// White space collapsed, never empty.
    let text: String
    /// The element whose block this is.
    let element: NodeID
    /// Of the text, in bytes.
    let length: Int
    let linkLength: Int
    let commas: Int
    /// A picture stands before it in the same element.
    let followsImage: Bool
    /// Whether it is inside something that is no part of an article.
    var furniture: Furniture

    enum Furniture {
        case none
        /// Its element, class or id says so: on some sites they lie.
        case byName
        /// The line that heads it, or its likeness to its neighbours, says so.
        case byForm
    }

    var isMarkedFurniture: Bool { furniture != .none }

    var linkShare: Double { length == 0 ? 1 : Double(linkLength) / Double(length) }

    /// What is not linked, in bytes.
    var unlinkedLength: Int { length - linkLength }

    /// Running text, as articles are made of.
    var isProse: Bool { kind != .heading && kind != .caption && kind != .standfirst && length >= 25 && linkShare < 0.5 }
}

/// Cuts what a page shows into blocks, in reading order. What is no text, or is not shown, is left out.
struct PageBlockReader {
    private let page: HTMLDocument
    private let parts: PageParts
    private var blocks: [PageBlock] = []
    private var text: [UInt8] = []
    private var needsSpace = false
    private var linkLength = 0
    private var commas = 0
    private var linkDepth = 0
    private var breaks = 0
    private var followsImage = false
    /// The block so far began in an inline element whose class says that it is a caption.
    private var beganAsCaption = false
    /// Elements whose class says that they are furniture, and that are open, innermost last.
    private var furniture: [NodeID] = []
    /// Posts of social networks that are open: quoted by the article, in boxes that have the names of furniture.
    private var embeddedPosts: [NodeID] = []
    /// Block elements that are open, innermost last, with the kind that their text has.
    private var open: [(element: NodeID, kind: PageBlock.Kind)] = []

    static func blocks(of page: HTMLDocument, in body: NodeID) -> [PageBlock] {
        let parts = PageParts(
            page: page, weights: PageWeights(page: page, body: body), hiddenClasses: HiddenClasses(page: page))
        var reader = PageBlockReader(page: page, parts: parts)
        reader.read(body)
        var boxes = FurnitureBoxes(page: page, weights: parts.weights, blocks: reader.blocks)
        return boxes.marked(in: body)
    }

    private init(page: HTMLDocument, parts: PageParts) {
        self.page = page
        self.parts = parts
    }

    private mutating func read(_ body: NodeID) {
        open = [(body, .paragraph)]
        var walk = page.walk(body)
        while let step = walk.next() {
            switch step {
            case .enter(let node):
                switch page.kind(node) {
                case .text: append(page.bytes(of: node))
                case .element where node != body: if !enter(node) { walk.skipChildren() }
                default: break
                }
            case .leave(let node):
                if page.kind(node) == .element, node != body { leave(node) }
            }
        }
        flush()
    }

    /// False for what is not read.
    private mutating func enter(_ node: NodeID) -> Bool {
        let tag = page.tag(node)
        let isBlock = PageParts.isBlock(tag)
        guard parts.isShown(node) else {
            // What stands around something left out does not run together.
            if isBlock { flush() }
            return false
        }
        if tag == .br {
            lineBreak()
            return true
        }
        if tag == .img {
            followsImage = true
            return true
        }
        if tag == .a { linkDepth += 1 }
        // Inline elements that are named so are bylines and dates within a sentence, or hold blocks.
        let words = ClassWords(of: node, in: page)
        if parts.isFurniture(node, words) { furniture.append(node) }
        if words.contains(.embeddedPost) { embeddedPosts.append(node) }
        guard isBlock else {
            if text.isEmpty, words.contains(.caption) { beganAsCaption = true }
            return true
        }
        flush()
        let isCaption = parts.isCaption(node, words) || tag == .table && isPictureTable(node)
        open.append((node, isCaption ? .caption : kind(of: tag)))
        return true
    }

    private mutating func leave(_ node: NodeID) {
        let tag = page.tag(node)
        if open.count > 1, open[open.count - 1].element == node {
            flush()
            open.removeLast()
            followsImage = followsImage && tag != .td && tag != .figure && tag != .li
        }
        if tag == .a { linkDepth = max(0, linkDepth - 1) }
        if furniture.last == node { furniture.removeLast() }
        if embeddedPosts.last == node { embeddedPosts.removeLast() }
    }

    private func kind(of tag: HTMLName) -> PageBlock.Kind {
        let outer = open[open.count - 1].kind
        if outer == .caption { return .caption }
        switch tag {
        case .h1, .h2, .h3, .h4, .h5, .h6: return .heading
        case .figcaption, .caption, .figure: return .caption
        case .li, .dd, .dt: return .listItem
        case .blockquote: return .quotation
        default: return outer == .heading ? .paragraph : outer
        }
    }

    /// Two in a row end a paragraph, as pages without `p` have them.
    private mutating func lineBreak() {
        breaks += 1
        if breaks == 2 { flush() }
        needsSpace = true
    }

    private mutating func append(_ bytes: HTMLBytes) {
        let before = text.count
        bytes.withUnsafeBytes { buffer in
            var at = 0
            while at < buffer.count {
                if buffer[at].isHTMLSpace {
                    needsSpace = true
                    at += 1
                    continue
                }
                let (width, isSpace) = Self.space(buffer, at)
                if width > 0 {
                    if isSpace { needsSpace = true }
                    at += width
                    continue
                }
                if needsSpace, !text.isEmpty { text.append(UInt8(ascii: " ")) }
                needsSpace = false
                breaks = 0
                let end = endOfWords(buffer, from: at)
                text.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[at..<end]))
                at = end
            }
        }
        if linkDepth > 0 { linkLength += text.count - before }
    }

    /// Where the stretch ends that stands in the block as it stands in the page: words with one space between them, of which
    /// the first byte is at `start`.
    private mutating func endOfWords(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        while at < buffer.count {
            let byte = buffer[at]
            if byte == UInt8(ascii: ",") { commas += 1 }
            at += 1
            guard at < buffer.count else { break }
            if Self.isLetter(buffer[at]) { continue }
            guard buffer[at] == 0x20, at + 1 < buffer.count, Self.isLetter(buffer[at + 1]) else { break }
        }
        return at
    }

    /// Whether a byte is a part of a word, whatever stands before and behind it.
    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte < 0x7F ? byte > 0x20 : byte != 0x7F && byte != 0xC2 && byte != 0xE2 && byte != 0xE3 && byte != 0xEF
    }

    /// How many bytes at `at` are white space, or something invisible that is left out.
    private static func space(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int) -> (width: Int, isSpace: Bool) {
        switch buffer[at] {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x20: return (1, true)
        case 0..<0x20, 0x7F: return (1, false)
        // U+00A0 is a space, U+00AD (soft hyphen) is nothing.
        case 0xC2 where at + 1 < buffer.count && buffer[at + 1] == 0xA0: return (2, true)
        case 0xC2 where at + 1 < buffer.count && buffer[at + 1] == 0xAD: return (2, false)
        case 0xE2 where at + 2 < buffer.count && buffer[at + 1] == 0x80:
            // U+2000 to U+200A are spaces, U+200B is a place where a line may end, U+2028 and U+2029 end lines.
            switch buffer[at + 2] {
            case 0x80...0x8A, 0xA8, 0xA9, 0xAF: return (3, true)
            case 0x8B: return (3, false)
            default: return (0, false)
            }
        case 0xE3 where at + 2 < buffer.count && buffer[at + 1] == 0x80 && buffer[at + 2] == 0x80: return (3, true)
        case 0xEF where at + 2 < buffer.count && buffer[at + 1] == 0xBB && buffer[at + 2] == 0xBF: return (3, false)
        default: return (0, false)
        }
    }

    private mutating func flush() {
        guard !text.isEmpty else {
            needsSpace = false
            return
        }
        let owner = open[open.count - 1]
        let line = String(decoding: text, as: UTF8.self)
        let kind = owner.kind == .paragraph && isCaption(line, owner.element) ? .caption : owner.kind
        blocks.append(
            PageBlock(
                kind: kind, text: line, element: owner.element, length: text.count,
                linkLength: linkLength, commas: commas, followsImage: followsImage,
                furniture: furniture.isEmpty || !embeddedPosts.isEmpty ? .none : .byName))
        text.removeAll(keepingCapacity: true)
        needsSpace = false
        linkLength = 0
        commas = 0
        breaks = 0
        followsImage = false
        beganAsCaption = false
    }

    /// Whether a paragraph says, by its place or by the credit in it, that it is about a picture.
    private func isCaption(_ line: String, _ element: NodeID) -> Bool {
        guard text.count <= 400 else { return false }
        if beganAsCaption { return true }
        // Text in the cell or box of a picture, under it, is about it.
        if followsImage, page.tag(element) != .p, isPictureBox(element) { return true }
        return CreditLine.isCaption(line, width: text.count)
    }

    /// A table made to set a picture and the text under it.
    private func isPictureTable(_ table: NodeID) -> Bool {
        var pictures = 0
        var nodes = 0
        var length = 0
        for node in page.subtree(of: table) where node != table {
            nodes += 1
            if page.isText(node) { length += page.bytes(of: node).count }
            if page.isElement(node, .img) { pictures += 1 }
            if nodes > 40 || length > 500 || page.isElement(node, .table) || page.isElement(node, .p) { return false }
        }
        return pictures == 1
    }

    /// Whether nothing but a picture and text that is not in blocks is in the element.
    private func isPictureBox(_ element: NodeID) -> Bool {
        var pictures = 0
        var nodes = 0
        for node in page.subtree(of: element) where page.isElement(node) && node != element {
            nodes += 1
            if page.isElement(node, .img) { pictures += 1 }
            if nodes > 12 || PageParts.isBlock(page.tag(node)) { return false }
        }
        return pictures == 1
    }
}
