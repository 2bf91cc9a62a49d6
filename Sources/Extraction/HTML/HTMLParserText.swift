import Glibc

/// Text between tags (13.2.5.1, 13.2.5.2) and within elements that hold nothing but text (13.2.5.3 to 13.2.5.31).
extension HTMLParser {
    /// Reads text up to the next tag.
    @inline(__always)
    mutating func readText() {
        let start = position
        var at = position
        while true {
            at = find(0x3C, from: at)
            if at >= end { break }
            let next = bytes[at &+ 1]
            if next.isASCIILetter || next == 0x21 || next == 0x3F { break }
            if next == 0x2F, at &+ 2 < end { break }
            at &+= 1
        }
        position = at
        emitText(start, at)
    }

    /// Hands a stretch of the source to the tree.
    @inline(__always)
    mutating func emitText(_ start: Int, _ stop: Int) {
        guard start < stop else { return }
        if hasNUL(start, stop) {
            emitTextWithNUL(start, stop)
        } else if hasReference(start, stop) {
            emitTextWithReferences(start, stop)
        } else {
            addText(start, stop &- start)
        }
    }

    private mutating func emitTextWithReferences(_ start: Int, _ stop: Int) {
        let decoded = bytes.count
        decode(start, stop, inAttribute: false)
        var from = decoded
        if dropsLineFeed {
            dropsLineFeed = false
            if from < bytes.count, bytes[from] == 0x0A { from += 1 }
        }
        if from < bytes.count { addText(from, bytes.count - from) }
    }

    /// NULs stand for U+FFFD in SVG and MathML and for nothing elsewhere (13.2.6.4.7, 13.2.6.5).
    private mutating func emitTextWithNUL(_ start: Int, _ stop: Int) {
        let replaces = isTextForeign
        if !replaces, isLeftByText() {
            // Ignored as it is, a NUL is no white space and changes the mode.
            let first = (start..<stop).first { bytes[$0] == 0 } ?? stop
            emitText(start, first)
            addIgnoredNUL()
            return emitText(first + 1, stop)
        }
        var decoded = bytes.count
        let wasFramesetOK = isFramesetOK
        var isAllSpace = true
        var from = start
        while true {
            let index = (from..<stop).first { bytes[$0] == 0 } ?? stop
            let part = bytes.count
            decode(from, index, inAttribute: false)
            if spaceCount(part, bytes.count - part) < bytes.count - part { isAllSpace = false }
            if index == stop { break }
            if replaces { appendReplacement() }
            from = index + 1
        }
        if dropsLineFeed, bytes.count > decoded, bytes[decoded] == 0x0A { decoded += 1 }
        dropsLineFeed = false
        guard bytes.count > decoded else { return }
        addText(decoded, bytes.count - decoded)
        // The U+FFFD do not count as something that a page of frames could not have.
        if wasFramesetOK { isFramesetOK = isAllSpace }
    }

    mutating func appendReplacement() {
        bytes.append(0xEF)
        bytes.append(0xBF)
        bytes.append(0xBD)
    }

    // MARK: Elements that hold only text

    enum RawText {
        /// `title`, `textarea`: character references count.
        case escapable
        case raw, script
        /// `plaintext`: never ends.
        case unending
    }

    /// Reads the content and the end tag of the element that was just opened, and closes it.
    mutating func readRawText(_ kind: RawText) {
        let start = position
        let element = open[open.count - 1].name
        let stop: Int
        switch kind {
        case .unending: stop = end
        case .script: stop = endOfScript(from: position)
        case .escapable, .raw: stop = endOfRawText(from: position, name: element)
        }
        addRawText(start, stop, kind)
        dropsLineFeed = false
        position = stop
        if stop < end {
            position = endOfTagName(from: stop + 2)
            if !readAttributes(keeping: false) { position = end }
        }
        if kind != .unending { pop() }
    }

    private mutating func addRawText(_ start: Int, _ stop: Int, _ kind: RawText) {
        guard start < stop else { return }
        var from = start
        var count = stop - start
        if hasNUL(start, stop) || kind == .escapable && hasReference(start, stop) {
            from = bytes.count
            decode(start, stop, inAttribute: false, references: kind == .escapable)
            if dropsLineFeed, bytes[from] == 0x0A { from += 1 }
            count = bytes.count - from
        }
        guard count > 0 else { return }
        // The rules of the body hold in a `plaintext`, but for the end of it.
        if kind == .unending { addText(from, count) } else { insertText(from, count) }
    }

    /// Where the end tag that ends raw text begins, or the end of the page.
    private mutating func endOfRawText(from start: Int, name: HTMLName) -> Int {
        var at = find(0x3C, from: start)
        while at < end {
            if bytes[at &+ 1] == 0x2F, isTagName(name, at: at &+ 2) { return at }
            at = find(0x3C, from: at &+ 1)
        }
        return end
    }

    /// Whether a static name stands here, and ends.
    private mutating func isTagName(_ name: HTMLName, at start: Int) -> Bool {
        precondition(name.index > 0 && name.index < HTMLNameTable.count, "raw text is in elements of static names")
        let spelling = Int(tables.ends[name.index - 1])
        let count = Int(tables.ends[name.index]) - spelling
        guard start + count < end else { return false }
        let next = bytes[start + count]
        guard next.isHTMLSpace || next == 0x2F || next == 0x3E else { return false }
        return HTMLNameKey.matches(
            bytes.pointer(to: start, count: count), HTMLNameTable.letters.utf8Start + spelling, count: count)
    }

    /// Scripts end at their end tag, unless `<!--` and then `<script` came before (13.2.5.15 to 13.2.5.31).
    private mutating func endOfScript(from start: Int) -> Int {
        enum Escape { case none, escaped, doubly }
        var escape = Escape.none
        var commentEnd = end
        var at = start
        while true {
            at = find(0x3C, from: at)
            if at >= end { return end }
            if commentEnd <= at { escape = .none }
            let next = bytes[at &+ 1]
            if next == 0x2F, isTagName(.script, at: at &+ 2) {
                if escape != .doubly { return at }
                escape = .escaped
            } else if escape == .none, next == 0x21, bytes[at &+ 2] == 0x2D, bytes[at &+ 3] == 0x2D,
                at &+ 3 < end
            {
                escape = .escaped
                commentEnd = endOfDashes(from: at &+ 2)
            } else if escape == .escaped, isTagName(.script, at: at &+ 1) {
                escape = .doubly
            }
            at &+= 1
        }
    }

    /// Where the next `-->` ends, or the end of the page.
    private mutating func endOfDashes(from start: Int) -> Int {
        if nextCommentEnd >= start &+ 3 { return nextCommentEnd }
        var at = find(0x3E, from: start &+ 2)
        while at < end, bytes[at &- 1] != 0x2D || bytes[at &- 2] != 0x2D { at = find(0x3E, from: at &+ 1) }
        nextCommentEnd = at < end ? at &+ 1 : end
        return nextCommentEnd
    }
}
