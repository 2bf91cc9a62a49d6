import Glibc

/// Tags and attributes (13.2.5.6 to 13.2.5.8, 13.2.5.32 to 13.2.5.40).
extension HTMLParser {
    /// Reads the start tag whose `<` is here. A tag that the page ends in is dropped.
    @inline(__always)
    mutating func readStartTag() {
        let nameStart = position &+ 1
        let nameEnd = endOfTagName(from: nameStart)
        tag.name = name(from: nameStart, to: nameEnd)
        tag.attributes = attributes.count
        tag.isSelfClosing = false
        position = nameEnd
        let isWhole = readAttributes(keeping: true)
        tag.attributeCount = attributes.count &- tag.attributes
        if !isWhole {
            attributes.setCount(tag.attributes)
            position = end
            return
        }
        let nodesBefore = nodes.count
        startTag()
        if nodes.count == nodesBefore, tag.attributeCount > 0 { forgetAttributes() }
    }

    /// The tag was ignored, or gave what it had to an element that is open already.
    private mutating func forgetAttributes() {
        if attributes.count == tag.attributes &+ tag.attributeCount { attributes.setCount(tag.attributes) }
    }

    /// Reads the end tag whose `</` is here, or what only looks like one.
    @inline(__always)
    mutating func readEndTag() {
        let nameStart = position &+ 2
        let first = bytes[nameStart]
        guard first.isASCIILetter else {
            if first == 0x3E {
                position = nameStart &+ 1
            } else {
                readBogusComment(from: nameStart)
            }
            return
        }
        let nameEnd = endOfTagName(from: nameStart)
        position = nameEnd
        if bytes[nameEnd] == 0x3E {
            position = nameEnd &+ 1
        } else if !readAttributes(keeping: false) {
            position = end
            return
        }
        tag.name = name(from: nameStart, to: nameEnd)
        endTag()
    }

    @inline(__always)
    mutating func endOfTagName(from start: Int) -> Int {
        var at = start
        while true {
            let byte = bytes[at]
            // Space, tab, line feed, form feed, slash, greater-than, or the padding's NUL.
            if byte < 0x40, (1 as UInt64) &<< UInt64(byte) & 0x4000_8001_0000_3601 != 0 {
                if byte != 0 || at >= end { return at }
            }
            at &+= 1
        }
    }

    @inline(__always)
    mutating func endOfAttributeName(from start: Int) -> Int {
        var at = start
        while true {
            let byte = bytes[at]
            // As above, and the equals sign.
            if byte < 0x40, (1 as UInt64) &<< UInt64(byte) & 0x6000_8001_0000_3601 != 0 {
                if byte != 0 || at >= end { return at }
            }
            at &+= 1
        }
    }

    @inline(__always)
    mutating func skipSpace(from start: Int) -> Int {
        var at = start
        while bytes[at].isHTMLSpace { at &+= 1 }
        return at
    }

    /// Reads attributes up to the `>` that ends the tag. False if the page ends before.
    @inline(__always)
    mutating func readAttributes(keeping: Bool) -> Bool {
        tagNumber &+= 1
        while true {
            var at = skipSpace(from: position)
            let byte = bytes[at]
            if byte == 0x3E {
                position = at &+ 1
                return true
            }
            if byte == 0x2F {
                position = at &+ 1
                if bytes[position] == 0x3E {
                    tag.isSelfClosing = true
                    position &+= 1
                    return true
                }
                continue
            }
            if at >= end { return false }
            let nameStart = at
            at = endOfAttributeName(from: byte == 0x3D ? at &+ 1 : at)
            let nameEnd = at
            at = skipSpace(from: at)
            guard bytes[at] == 0x3D else {
                position = at
                if keeping { addAttribute(nameStart, nameEnd, value: at, count: 0, isPlain: true) }
                continue
            }
            at = skipSpace(from: at &+ 1)
            guard readAttributeValue(at, nameStart, nameEnd, keeping: keeping) else { return false }
        }
    }

    /// Reads the value that begins at `at`. False if the page ends in it.
    @inline(__always)
    private mutating func readAttributeValue(_ at: Int, _ nameStart: Int, _ nameEnd: Int, keeping: Bool) -> Bool {
        let quote = bytes[at]
        var valueStart = at
        var valueEnd: Int
        if quote == 0x22 || quote == 0x27 {
            valueStart = at &+ 1
            valueEnd = find(quote, from: valueStart)
            if valueEnd >= end { return false }
            position = valueEnd &+ 1
        } else {
            valueEnd = at
            while true {
                let byte = bytes[valueEnd]
                if byte <= 0x3E, byte == 0x3E || byte.isHTMLSpace || byte == 0 && valueEnd >= end { break }
                valueEnd &+= 1
            }
            position = valueEnd
        }
        if keeping {
            let isPlain = !hasReference(valueStart, valueEnd) && !hasNUL(valueStart, valueEnd)
            addAttribute(nameStart, nameEnd, value: valueStart, count: valueEnd &- valueStart, isPlain: isPlain)
        }
        return true
    }

    /// The first of several attributes of one name counts.
    @inline(__always)
    private mutating func addAttribute(_ nameStart: Int, _ nameEnd: Int, value: Int, count: Int, isPlain: Bool) {
        let name = name(from: nameStart, to: nameEnd)
        let number = seen.place(of: name.index)
        guard number.pointee != tagNumber, attributes.count &- tag.attributes < Limits.attributes else { return }
        number.pointee = tagNumber
        var start = value
        var length = count
        if !isPlain {
            start = bytes.count
            decode(value, value &+ count, inAttribute: true)
            length = bytes.count &- start
        }
        attributes.append(
            HTMLAttributeRecord(
                name: name.raw, start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: length)))
    }

    /// The number of the name in the source, capitals made small.
    @inline(__always)
    mutating func name(from start: Int, to stop: Int) -> HTMLName {
        if hasNUL { return nameWithNUL(from: start, to: stop) }
        let count = stop &- start
        // The padding makes it possible to load eight bytes anywhere.
        let at = bytes.pointer(to: start, count: max(count, 8))
        let key: UInt64
        if count <= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
            key = HTMLNameKey.lowercased(word & (~0 &>> UInt64(truncatingIfNeeded: 64 &- count &* 8)))
        } else {
            key = HTMLNameKey.key(at, count: count)
        }
        let known = tables.find(at, count: count, key: key)
        return known != 0 ? HTMLName(raw: known) : registeredName(at, count: count, key: key)
    }

    private mutating func registeredName(_ at: UnsafePointer<UInt8>, count: Int, key: UInt64) -> HTMLName {
        let known = names.find(at, count: count, key: key)
        if known != 0 { return HTMLName(raw: known) }
        let added = names.add(at, count: count, key: key)
        if names.nameCount > seen.count {
            seen.append(0)
            openCounts.append(0)
        }
        return HTMLName(raw: added)
    }

    private mutating func nameWithNUL(from start: Int, to stop: Int) -> HTMLName {
        var copy: [UInt8] = []
        for index in start..<stop {
            let byte = bytes[index]
            if byte == 0 { copy += [0xEF, 0xBF, 0xBD] } else { copy.append(byte) }
        }
        return copy.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return .none }
            let key = HTMLNameKey.key(base, count: buffer.count)
            let known = tables.find(base, count: buffer.count, key: key)
            return known != 0 ? HTMLName(raw: known) : registeredName(base, count: buffer.count, key: key)
        }
    }
}
