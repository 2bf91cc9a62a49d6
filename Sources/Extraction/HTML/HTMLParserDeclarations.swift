import Glibc

/// Comments, doctypes and CDATA sections (13.2.5.41 to 13.2.5.71).
extension HTMLParser {
    /// Reads what begins with the `<!` here.
    mutating func readDeclaration() {
        let start = position + 2
        if start + 1 < end, bytes[start] == 0x2D, bytes[start + 1] == 0x2D {
            readComment(from: start + 2)
        } else if startsWith("doctype", at: start, end) {
            readDoctype(from: start + 7)
        } else if open.count > 1, !adjustedFlags.contains(.html), startsWith("[CDATA[", at: start, end, isExact: true) {
            readCDATA(from: start + 7)
        } else {
            readBogusComment(from: start)
        }
    }

    private mutating func startsWith(_ word: StaticString, at start: Int, _ stop: Int, isExact: Bool = false) -> Bool {
        let count = word.utf8CodeUnitCount
        guard start + count <= stop else { return false }
        if isExact { return memcmp(bytes.pointer(to: start, count: count), word.utf8Start, count) == 0 }
        return HTMLNameKey.matches(bytes.pointer(to: start, count: count), word.utf8Start, count: count)
    }

    private mutating func readComment(from start: Int) {
        // `<!-->` and `<!--->` are empty comments.
        if bytes[start] == 0x3E {
            position = start + 1
            return addComment(start, start)
        }
        if bytes[start] == 0x2D, bytes[start + 1] == 0x3E {
            position = start + 2
            return addComment(start, start)
        }
        var at = start
        while true {
            at = find(0x3E, from: at)
            if at >= end { break }
            if at >= start + 2, bytes[at - 1] == 0x2D, bytes[at - 2] == 0x2D {
                position = at + 1
                return addComment(start, at - 2)
            }
            if at >= start + 3, bytes[at - 1] == 0x21, bytes[at - 2] == 0x2D, bytes[at - 3] == 0x2D {
                position = at + 1
                return addComment(start, at - 3)
            }
            at += 1
        }
        // The page ends in the comment; the beginning of its end does not count.
        position = end
        var stop = end
        if stop >= start + 3, bytes[stop - 1] == 0x21, bytes[stop - 2] == 0x2D, bytes[stop - 3] == 0x2D {
            stop -= 3
        } else {
            if stop > start, bytes[stop - 1] == 0x2D { stop -= 1 }
            if stop > start, stop == end - 1, bytes[stop - 1] == 0x2D { stop -= 1 }
        }
        addComment(start, stop)
    }

    mutating func readBogusComment(from start: Int) {
        let stop = find(0x3E, from: start)
        position = min(stop + 1, end)
        addComment(start, stop)
    }

    private mutating func addComment(_ start: Int, _ stop: Int) {
        if hasNUL(start, stop) {
            let decoded = bytes.count
            decode(start, stop, inAttribute: false, references: false)
            insertComment(decoded, bytes.count - decoded)
        } else {
            insertComment(start, stop - start)
        }
    }

    private mutating func readCDATA(from start: Int) {
        var at = find(0x5D, from: start)
        while at < end, bytes[at + 1] != 0x5D || bytes[at + 2] != 0x3E { at = find(0x5D, from: at + 1) }
        position = min(at + 3, end)
        let stop = min(at, end)
        guard stop > start else { return }
        if hasNUL(start, stop) {
            let decoded = bytes.count
            decode(start, stop, inAttribute: false, references: false)
            addText(decoded, bytes.count - decoded)
        } else {
            addText(start, stop - start)
        }
    }

    // MARK: Doctype

    private mutating func readDoctype(from start: Int) {
        let close = find(0x3E, from: start)
        position = min(close + 1, end)
        var doctype = Doctype(name: .none)
        var at = min(skipSpace(from: start), close)
        let nameStart = at
        while at < close, !bytes[at].isHTMLSpace { at += 1 }
        if at > nameStart { doctype.name = name(from: nameStart, to: at) }
        doctype.isQuirky = at == nameStart || close >= end
        at = min(skipSpace(from: at), close)
        var stop = close
        if startsWith("public", at: at, close) {
            at += 6
            doctype.publicID = readIdentifier(&at, &stop, &doctype)
            if doctype.publicID != nil, stop == close {
                doctype.systemID = readIdentifier(&at, &stop, &doctype, isOptional: true)
            }
        } else if startsWith("system", at: at, close) {
            at += 6
            doctype.systemID = readIdentifier(&at, &stop, &doctype)
        } else if at < close {
            doctype.isQuirky = true
        }
        addDoctype(doctype)
    }

    /// Reads a quoted identifier; one that is missing or does not end makes the page quirky, and the latter ends the rest.
    private mutating func readIdentifier(
        _ at: inout Int, _ stop: inout Int, _ doctype: inout Doctype, isOptional: Bool = false
    ) -> Range<Int>? {
        at = min(skipSpace(from: at), stop)
        guard at < stop, bytes[at] == 0x22 || bytes[at] == 0x27 else {
            if !isOptional || at < stop { doctype.isQuirky = true }
            return nil
        }
        let quote = bytes[at]
        let start = at + 1
        var index = start
        while index < stop, bytes[index] != quote { index += 1 }
        if index == stop {
            doctype.isQuirky = true
            at = stop
            stop = 0
        } else {
            at = index + 1
        }
        guard hasNUL(start, index) else { return start..<index }
        let decoded = bytes.count
        decode(start, index, inAttribute: false, references: false)
        return decoded..<bytes.count
    }

    struct Doctype {
        var name: HTMLName
        var publicID: Range<Int>?
        var systemID: Range<Int>?
        var isQuirky = false
    }
}
