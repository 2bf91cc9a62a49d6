import Glibc

/// Reads HTML as WHATWG HTML 13.2 says browsers read it: tokenizer and tree construction in one, with scripting off.
///
/// Any bytes give a tree, in time and memory in proportion to their number: see `Limits`. Parse errors are not reported.
///
/// Its methods are `mutating` even where they change nothing: to call one that is not, the compiler first copies the whole
/// parser, some 500 bytes, which took a fifth of the time.
struct HTMLParser: ~Copyable {
    /// What keeps a page from costing more than its size. No page that people read comes near them.
    enum Limits {
        /// Open elements. Deeper ones become siblings, as in Chromium (there 512 too).
        static var depth: Int { 512 }
        /// Elements that formatting rules may open again; the oldest are forgotten.
        static var activeFormatting: Int { 256 }
        static var attributes: Int { 1024 }
        /// How often a repeated `<html>` or `<body>` tag may add attributes.
        static var attributeMerges: Int { 32 }
        /// Bytes that are read. Places of bytes must fit 32 bits. A byte of the source is written again at most
        /// three bytes long (a NUL as U+FFFD), which frames copy once more and texts that grow take four times (`lengthen`):
        /// 19 times the source at the utmost, and 19 << 27 is less than 1 << 32.
        static var source: Int { 1 << 27 }

        /// Nodes of a page of so many bytes; where they are used up, reading stops. News pages have one for every hundred
        /// bytes; reading an article takes some 130 bytes of memory for each, and should take no more than 20 for each byte.
        static func nodes(bytes: Int) -> Int { bytes / 10 + 32_768 }
        /// Nodes among these that are copies made to keep misnested formatting up.
        static func clones(bytes: Int) -> Int { bytes / 16 + 4096 }
    }

    enum Mode: UInt8 {
        case initial, beforeHTML, beforeHead, inHead, inHeadNoscript, afterHead, inBody
        case inTable, inCaption, inColumnGroup, inTableBody, inRow, inCell, inTemplate
        case afterBody, inFrameset, afterFrameset, afterAfterBody, afterAfterFrameset
    }

    struct OpenElement {
        var node: Int32
        var name: HTMLName
        var flags: HTMLElementFlags
    }

    /// An entry of the list of active formatting elements; a marker where `node` is -1.
    struct FormattingElement {
        var node: Int32
        var name: HTMLName
        /// Of its attributes, in any order; 0 until it is needed.
        var hash: UInt64 = 0

        static var marker: Self { Self(node: -1, name: .none) }
        var isMarker: Bool { node < 0 }
    }

    struct Tag {
        var name = HTMLName.none
        var attributes = 0
        var attributeCount = 0
        var isSelfClosing = false
    }

    // What the document keeps.
    var nodes: HTMLBuffer<HTMLNode>
    var attributes: HTMLBuffer<HTMLAttributeRecord>
    var bytes: HTMLBuffer<UInt8>
    var names = HTMLNameRegistry()
    var isQuirky = false
    var isTruncated = false

    // The tokenizer.
    let tables: HTMLNameTables
    let end: Int
    var position = 0
    let hasNUL: Bool
    /// No `&` lies between the position it was last asked for and here.
    var nextReference = 0
    /// The last end of `-->` found, kept so that no script is searched twice.
    var nextCommentEnd = -1
    var tag = Tag()
    /// A line feed that comes next as a character reference is to be dropped.
    var dropsLineFeed = false
    /// By name: the number of the tag that has an attribute of that name.
    var seen: HTMLBuffer<UInt32>
    var tagNumber: UInt32 = 0

    // Tree construction.
    var mode = Mode.initial
    var open: HTMLBuffer<OpenElement>
    /// By name: how many HTML elements of that name are open, so that most scope checks need no search.
    var openCounts: HTMLBuffer<UInt16>
    var formatting: HTMLBuffer<FormattingElement>
    var templateModes: HTMLBuffer<Mode>
    var head: Int32 = -1
    var form: Int32 = -1
    var isFramesetOK = true
    var isFostering = false
    /// Elements made siblings at the depth limit whose end tags are still to come.
    var overflow = 0
    var attributeMerges = 0
    let nodeLimit: Int
    var clonesLeft: Int
    /// Of the element a fragment is parsed for.
    var context: OpenElement?

    /// The number of elements a token may add beyond a limit that is checked once a token.
    private static var slack: Int { 64 }

    init(_ source: UnsafeBufferPointer<UInt8>, tables: HTMLNameTables) {
        self.tables = tables
        let length = min(source.count, Limits.source)
        isTruncated = length < source.count
        bytes = Self.normalized(UnsafeBufferPointer(rebasing: source[..<length]))
        end = bytes.count - Self.padding
        hasNUL = end > 0 && memchr(bytes.pointer(to: 0, count: end), 0, end) != nil
        nodeLimit = Limits.nodes(bytes: end)
        clonesLeft = Limits.clones(bytes: end)
        nodes = HTMLBuffer(capacity: end / 32 + 64)
        attributes = HTMLBuffer(capacity: end / 48 + 64)
        seen = HTMLBuffer(repeating: 0, count: HTMLNameRegistry.first)
        openCounts = HTMLBuffer(repeating: 0, count: HTMLNameRegistry.first)
        open = HTMLBuffer(capacity: Limits.depth + Self.slack)
        formatting = HTMLBuffer(capacity: 64)
        templateModes = HTMLBuffer(capacity: 8)
        begin()
    }

    private mutating func begin() {
        nodes.append(HTMLNode(kind: .document, start: 0, count: 0))
        // The document stands at the bottom of the stack and ends every search.
        open.append(OpenElement(node: 0, name: .none, flags: HTMLElementFlags(rawValue: .max)))
    }

    /// Frees what only the parser needs, and gives back what was reserved for nothing.
    mutating func finish() {
        seen.deallocate()
        openCounts.deallocate()
        open.deallocate()
        formatting.deallocate()
        templateModes.deallocate()
        nodes.shrink()
        attributes.shrink()
        bytes.shrink()
        names.shrink()
    }

    /// Bytes behind the source that may be read and are 0, so that eight can be loaded at once anywhere.
    private static var padding: Int { 16 }

    /// The source, CR LF and CR as LF (13.2.3.5), and the padding.
    private static func normalized(_ source: UnsafeBufferPointer<UInt8>) -> HTMLBuffer<UInt8> {
        let count = source.count
        var bytes = HTMLBuffer<UInt8>(capacity: count + count / 16 + 256)
        if let base = source.baseAddress {
            // A byte order mark that was left on would be text, and text ends the head.
            var from = count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? 3 : 0
            while from < count, let found = memchr(base + from, 0x0D, count - from) {
                let at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                bytes.append(from: base + from, count: at - from)
                bytes.append(0x0A)
                from = at + 1
                if from < count, base[from] == 0x0A { from += 1 }
            }
            bytes.append(from: base + from, count: count - from)
        }
        bytes.append(repeating: 0, count: padding)
        return bytes
    }

    mutating func run() {
        while position < end {
            if nodes.count > nodeLimit {
                isTruncated = true
                break
            }
            if bytes[position] != 0x3C || !readMarkup() { readText() }
        }
        finishTree()
    }

    /// Whether a tag, comment or the like begins at the `<` here; if so it is read.
    @inline(__always)
    private mutating func readMarkup() -> Bool {
        let next = bytes[position &+ 1]
        if next.isASCIILetter {
            readStartTag()
        } else if next == 0x2F {
            guard position &+ 2 < end else { return false }
            readEndTag()
        } else if next == 0x21 {
            readDeclaration()
        } else if next == 0x3F {
            readBogusComment(from: position &+ 1)
        } else {
            return false
        }
        return true
    }

    /// Where `byte` comes next, `end` if it does not.
    @inline(__always)
    mutating func find(_ byte: UInt8, from start: Int) -> Int {
        guard start < end else { return end }
        let first = bytes.pointer(to: start, count: end &- start)
        guard let found = memchr(first, Int32(byte), end &- start) else { return end }
        return start &+ (UnsafeRawPointer(found) - UnsafeRawPointer(first))
    }

    /// Whether there is a `&` in a stretch of the source. Stretches must be asked for in order.
    @inline(__always)
    mutating func hasReference(_ start: Int, _ stop: Int) -> Bool {
        if nextReference < start { nextReference = find(0x26, from: start) }
        return nextReference < stop
    }

    /// Whether there is a NUL in a stretch of the source.
    @inline(__always)
    mutating func hasNUL(_ start: Int, _ stop: Int) -> Bool {
        hasNUL && start < stop && memchr(bytes.pointer(to: start, count: stop - start), 0, stop - start) != nil
    }
}
