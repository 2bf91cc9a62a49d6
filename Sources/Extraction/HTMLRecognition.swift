/// Tells pages from plain texts where the source did not say what it sent.
enum HTMLRecognition {
    /// How far into the bytes is looked: warnings of a server's scripts and conditional comments may come first.
    private static let reach = 8192

    /// Whether the bytes begin as HTML does (WHATWG MIME Sniffing, 7.1), or have a document's beginning on a line of its own
    /// a little further down.
    static func isPage(_ bytes: [UInt8]) -> Bool {
        // Most pages show at once what they are.
        if beginsAsPage(folded(bytes.prefix(512))) { return true }
        let start = folded(bytes.prefix(reach))
        return beginsAsPage(start) || hasDocumentStart(start)
    }

    private static func beginsAsPage(_ start: [UInt8]) -> Bool {
        let first = afterPreamble(of: start)
        return firstTags.contains { start.has($0, at: first) }
    }

    /// In lower case. UTF-16 is made comparable by dropping its NULs.
    private static func folded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        for byte in bytes where byte != 0 { folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte) }
        return folded
    }

    private static let firstTags: [StaticString] = [
        "<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<title", "<article", "<div", "<p>", "<table",
        "<h1", "<style", "<link", "<section", "<main", "<iframe", "<font", "<center",
    ]

    /// After white space, marks of byte order, comments (conditional ones of old browsers, too) and an XML declaration.
    private static func afterPreamble(of text: [UInt8]) -> Int {
        var at = 0
        while at < text.count {
            if text[at] <= 0x20 || text[at] >= 0xEF {
                at += 1
            } else if at > 0, text[at] >= 0x80, text[at - 1] >= 0x80 {
                at += 1
            } else if text.has("<!--[if", at: at) || text.has("<![endif", at: at) || text.has("<?xml", at: at) {
                at = text.end(of: ">", from: at) ?? text.count
            } else if text.has("<!--", at: at) {
                at = text.end(of: "-->", from: at) ?? text.count
            } else {
                break
            }
        }
        return at
    }

    /// A text about HTML shows pieces of it within code; a page has its beginning at the beginning of a line, and a head.
    private static func hasDocumentStart(_ text: [UInt8]) -> Bool {
        var isLineStart = true
        var found = false
        for at in text.indices {
            if isLineStart, !found {
                if text.has("```", at: at) || text.has("~~~", at: at) { return false }
                found = text.has("<!doctype html", at: at) || text.has("<html", at: at)
            }
            isLineStart = text[at] == 0x0A || text[at] == 0x0D
            guard found, text[at] == UInt8(ascii: "<") else { continue }
            if text.has("<meta", at: at) || text.has("<title", at: at) || text.has("<body", at: at) { return true }
        }
        return false
    }
}
