/// What the visible page marks as headline, date or author: by microdata, RDFa, microformats, `rel`, `time`, and by the
/// words of its class names.
struct MarkedFields {
    struct Mark {
        enum Kind { case property, link, word, address }
        let node: NodeID
        /// Place among the elements of the page, in document order.
        let place: Int
        let kind: Kind
        /// Place of the innermost part of the page around it that belongs to other articles or to readers; 0 in none.
        let foreign: Int
        /// Place of the outermost `article` around it; 0 in none.
        let article: Int
        /// In the head or foot of the page, or its navigation.
        let isFringe: Bool
    }

    private(set) var title: String?
    private(set) var headings: [Mark] = []
    /// Elements whose class says that they are a title.
    private(set) var titled: [Mark] = []
    private(set) var published: [Mark] = []
    private(set) var modified: [Mark] = []
    private(set) var times: [Mark] = []
    private(set) var dated: [Mark] = []
    private(set) var authors: [Mark] = []

    private static let most = 64
    private var place = 0
    private var foreign: [(node: NodeID, place: Int)] = []
    private var article: (node: NodeID, place: Int)?
    private var fringe: NodeID?

    mutating func enter(_ node: NodeID, _ tag: HTMLName, in page: HTMLDocument) {
        place += 1
        switch tag {
        case .title:
            if title == nil, page.namespace(node) == .html { title = PageText.of(node, in: page) }
            return
        case .article: if article == nil { article = (node, place) }
        case .nav: if fringe == nil { fringe = node }
        case .header, .footer:
            if fringe == nil, article == nil, page.parent(of: node) == page.body { fringe = node }
        default: break
        }
        guard page.hasAttributes(node) || tag == .h1 || tag == .h2 || tag == .aside || tag == .time else { return }
        let words = MetadataWords(of: node, in: page)
        readHeading(node, tag, words, in: page)
        if words.contains(.foreign) || isOfReaders(node, in: page) {
            switch tag {
            case .div, .section, .aside, .ul, .ol, .li, .article, .footer: foreign.append((node, place))
            default: break
            }
        } else if tag == .aside, words.isDisjoint(with: [.author, .date]) {
            foreign.append((node, place))
        }
        readProperties(node, tag, words, in: page)
    }

    mutating func leave(_ node: NodeID) {
        if foreign.last?.node == node { foreign.removeLast() }
        if article?.node == node { article = nil }
        if fringe == node { fringe = nil }
    }

    private func mark(_ node: NodeID, _ kind: Mark.Kind) -> Mark {
        Mark(
            node: node, place: place, kind: kind, foreign: foreign.last?.place ?? 0, article: article?.place ?? 0,
            isFringe: fringe != nil)
    }

    private mutating func append(_ mark: Mark, to list: WritableKeyPath<MarkedFields, [Mark]>) {
        if self[keyPath: list].count < Self.most { self[keyPath: list].append(mark) }
    }

    private func isOfReaders(_ node: NodeID, in page: HTMLDocument) -> Bool {
        page.attribute(node, .itemtype)?.contains(lowercase: "comment") ?? false
    }

    private mutating func readHeading(_ node: NodeID, _ tag: HTMLName, _ words: MetadataWords, in page: HTMLDocument) {
        if tag == .h1 || page.attribute(node, .itemprop)?.hasWord(lowercase: "headline") == true {
            if tag != .meta { append(mark(node, tag == .h1 ? .word : .property), to: \.headings) }
        } else if words.contains(.headline) || tag == .h2 {
            append(mark(node, .word), to: \.titled)
        }
    }

    private mutating func readProperties(_ node: NodeID, _ tag: HTMLName, _ words: MetadataWords, in page: HTMLDocument)
    {
        guard tag != .meta, tag != .link else { return }
        if let property = page.attribute(node, .itemprop), readProperty(property, of: node) { return }
        if let property = page.attribute(node, .property), readProperty(property, of: node) { return }
        if tag == .time {
            append(mark(node, .property), to: page.hasAttribute(node, .pubdate) ? \.published : \.times)
        } else if words.contains(.date) {
            append(mark(node, .word), to: \.dated)
        }
        if page.attribute(node, .rel)?.hasWord(lowercase: "author") == true {
            append(mark(node, .link), to: \.authors)
        } else if words.contains(.author) {
            append(mark(node, .word), to: \.authors)
        } else if tag == .a, let address = page.attribute(node, .href), Self.leadsToAuthor(address) {
            append(mark(node, .address), to: \.authors)
        }
    }

    /// True where it says that the element names the author.
    private mutating func readProperty(_ property: HTMLBytes, of node: NodeID) -> Bool {
        if property.isEmpty { return false }
        if property.contains(lowercase: "datepublished") || property.contains(lowercase: "dc:date")
            || property.hasWord(lowercase: "pubdate") || property.contains(lowercase: "dc:created")
        {
            append(mark(node, .property), to: \.published)
        } else if property.contains(lowercase: "datemodified") || property.contains(lowercase: "dateupdated") {
            append(mark(node, .property), to: \.modified)
        }
        let isAuthor =
            property.hasWord(lowercase: "author") || property.hasWord(lowercase: "schema:author")
            || property.contains(lowercase: "dc:creator") || property.hasWord(lowercase: "creator")
        if isAuthor { append(mark(node, .property), to: \.authors) }
        return isAuthor
    }

    /// "/author/jane-doe", "/autor/…", "/profile/…"
    private static func leadsToAuthor(_ address: HTMLBytes) -> Bool {
        guard address.count < 300 else { return false }
        return address.withUnsafeBytes { bytes in
            var folders = 0
            var start: Int?
            for (place, byte) in bytes.enumerated() where !byte.isASCIILetter {
                if let start, (4...12).contains(place - start) {
                    let name = UnsafeBufferPointer(rebasing: bytes[start..<place])
                    if MetadataWords.isAuthorsFolder(name) { return true }
                    // Only as the first folder: "/topics/people/…" are the people that articles are about.
                    if folders == 1 || folders == 3, start == 1 || bytes[start - 2] != 0x2F,
                        MetadataWords.isPeopleFolder(name)
                    {
                        return true
                    }
                }
                if byte == 0x3F || byte == 0x23 { return false }
                start = byte == 0x2F ? place + 1 : nil
                if byte == 0x2F { folders += 1 }
            }
            return false
        }
    }
}
