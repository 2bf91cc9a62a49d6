import Glibc

/// Classes and ids that a page's own style sheets do not show: `.rollover { display: none }`.
///
/// Only what can be said without a layout engine: rules outside `@media` and the like, whose selector is a single class or
/// id. Style sheets in files of their own are not part of the capture and are not seen.
struct HiddenClasses {
    private var names: Set<UInt64> = []

    /// More style than this is not read.
    private static let most = 1 << 21

    init(page: HTMLDocument) {
        var left = Self.most
        for node in page.subtree(of: page.root) where page.isElement(node, .style) {
            guard let text = page.firstChild(of: node), page.isText(text) else { continue }
            let sheet = page.bytes(of: text)
            guard sheet.count <= left else { return }
            left -= sheet.count
            guard Self.mayHide(sheet) else { continue }
            sheet.withUnsafeBytes { read(UnsafeRawBufferPointer($0)) }
        }
    }

    func hides(_ node: NodeID, in page: HTMLDocument) -> Bool {
        guard !names.isEmpty else { return false }
        if let id = page.attribute(node, .id), !id.isEmpty, hides(id, sign: UInt8(ascii: "#")) { return true }
        guard let classes = page.attribute(node, .class), !classes.isEmpty else { return false }
        return hides(classes, sign: UInt8(ascii: "."))
    }

    private func hides(_ value: HTMLBytes, sign: UInt8) -> Bool {
        value.withUnsafeBytes { bytes in
            var hash = Self.seed(sign)
            var isEmpty = true
            for byte in bytes {
                if byte == 0x20 || byte == 0x0A || byte == 0x09 {
                    if !isEmpty, names.contains(hash) { return true }
                    hash = Self.seed(sign)
                    isEmpty = true
                } else {
                    hash = Self.add(byte, to: hash)
                    isEmpty = false
                }
            }
            return !isEmpty && names.contains(hash)
        }
    }

    private static func mayHide(_ sheet: HTMLBytes) -> Bool {
        sheet.contains(lowercase: "none") || sheet.contains(lowercase: "hidden")
    }

    private mutating func read(_ sheet: UnsafeRawBufferPointer) {
        var at = 0
        var selectorStart = 0
        while at < sheet.count {
            switch sheet[at] {
            case UInt8(ascii: "/") where at + 1 < sheet.count && sheet[at + 1] == UInt8(ascii: "*"):
                at = Self.endOfComment(sheet, from: at + 2)
                selectorStart = at
            case UInt8(ascii: "{"):
                let end = Self.endOfBlock(sheet, from: at + 1)
                let selectors = UnsafeRawBufferPointer(rebasing: sheet[selectorStart..<at])
                take(selectors, UnsafeRawBufferPointer(rebasing: sheet[(at + 1)..<end]))
                at = min(end + 1, sheet.count)
                selectorStart = at
            case UInt8(ascii: ";"), UInt8(ascii: "}"):
                at += 1
                selectorStart = at
            default: at += 1
            }
        }
    }

    private static func endOfComment(_ sheet: UnsafeRawBufferPointer, from start: Int) -> Int {
        var at = start
        while at + 1 < sheet.count {
            if sheet[at] == UInt8(ascii: "*"), sheet[at + 1] == UInt8(ascii: "/") { return at + 2 }
            at += 1
        }
        return sheet.count
    }

    /// Where the brace that closes the block stands.
    private static func endOfBlock(_ sheet: UnsafeRawBufferPointer, from start: Int) -> Int {
        // Nearly all blocks have no others in them.
        if let base = sheet.baseAddress, let close = memchr(base + start, 0x7D, sheet.count - start) {
            let end = UnsafeRawPointer(close) - base
            if memchr(base + start, 0x7B, end - start) == nil { return end }
        }
        var depth = 1
        var at = start
        while at < sheet.count {
            if sheet[at] == UInt8(ascii: "{") { depth += 1 }
            if sheet[at] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return at }
            }
            at += 1
        }
        return sheet.count
    }

    private mutating func take(_ selectors: UnsafeRawBufferPointer, _ block: UnsafeRawBufferPointer) {
        guard block.count <= 2000, selectors.count <= 4000, Self.mayDisplay(block), !block.contains(UInt8(ascii: "{"))
        else { return }
        let simple = selectors.split(separator: UInt8(ascii: ",")).compactMap {
            Self.simpleName(UnsafeRawBufferPointer(rebasing: $0))
        }
        guard !simple.isEmpty else { return }
        let declarations = Self.folded(block)
        let isHiding = declarations.contains("display:none") || declarations.contains("visibility:hidden")
        let isShowing = !isHiding && (declarations.contains("display:") || declarations.contains("visibility:visible"))
        guard isHiding || isShowing else { return }
        for name in simple { if isHiding { names.insert(name) } else { names.remove(name) } }
    }

    /// Whether a name that ends as `display` and `visibility` do stands before a colon: most blocks are of colours and sizes.
    private static func mayDisplay(_ block: UnsafeRawBufferPointer) -> Bool {
        var last: UInt8 = 0
        for byte in block where byte > 0x20 {
            if byte == UInt8(ascii: ":"), last | 0x20 == UInt8(ascii: "y") { return true }
            last = byte
        }
        return false
    }

    /// In lower case, without white space.
    private static func folded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        for byte in bytes where byte > 0x20 { folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte) }
        return folded
    }

    /// Of a selector that is one class or id, and nothing else.
    private static func simpleName(_ selector: UnsafeRawBufferPointer) -> UInt64? {
        var bytes = selector[...]
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        guard let sign = bytes.first, sign == UInt8(ascii: ".") || sign == UInt8(ascii: "#"), bytes.count > 1 else {
            return nil
        }
        var hash = seed(sign)
        for byte in bytes.dropFirst() {
            let isPart =
                byte >= 0x80 || byte.isASCIILetter || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_")
            guard isPart else { return nil }
            hash = add(byte, to: hash)
        }
        return hash
    }

    private static func seed(_ sign: UInt8) -> UInt64 { add(sign, to: 0xCBF2_9CE4_8422_2325) }

    private static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
