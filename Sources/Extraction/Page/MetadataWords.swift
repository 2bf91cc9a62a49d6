/// What the words in an element's class, id or test id say it holds of an article's particulars.
struct MetadataWords: OptionSet {
    let rawValue: UInt8

    static let date = MetadataWords(rawValue: 1)
    static let author = MetadataWords(rawValue: 2)
    static let headline = MetadataWords(rawValue: 4)
    /// What belongs to other articles, or to readers.
    static let foreign = MetadataWords(rawValue: 8)
    /// The outlet's name and mark.
    static let site = MetadataWords(rawValue: 16)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(of node: NodeID, in page: HTMLDocument) {
        self = []
        for name in [HTMLName.class, .id] {
            guard let value = page.attribute(node, name), !value.isEmpty else { continue }
            read(value)
        }
    }

    /// `article-author`, `articleAuthor` and `article__author` have the word `author`; `authorname` has it as one of its own.
    private mutating func read(_ value: HTMLBytes) {
        let known = Self.known
        value.withUnsafeBytes { bytes in
            var hash = Self.seed
            var length = 0
            var wasSmall = false
            for byte in bytes {
                let isLetter = byte.isASCIILetter
                let isSmall = byte & 0x20 != 0
                if !isLetter || wasSmall && !isSmall {
                    if length > 2, let meaning = known[hash] { insert(meaning) }
                    hash = Self.seed
                    length = 0
                }
                if isLetter {
                    hash = Self.next(hash, byte)
                    length += 1
                }
                wasSmall = isLetter && isSmall
            }
            if length > 2, let meaning = known[hash] { insert(meaning) }
        }
    }

    /// Compared as hashes, so that no text is made of the thousands of classes that a page has.
    private static let known: HashTable<MetadataWords> = {
        var known: [UInt64: MetadataWords] = [:]
        for (meaning, words) in [
            (date, dateWords), (author, authorWords), (headline, headlineWords), (foreign, foreignWords),
            (site, siteWords),
        ] {
            for word in words.split(separator: " ") {
                known[word.utf8.reduce(seed, next), default: []].insert(meaning)
            }
        }
        return HashTable(known)
    }()

    static func isAuthorsFolder(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        authorFolders.contains(name.reduce(seed, next))
    }

    static func isPeopleFolder(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        peopleFolders.contains(name.reduce(seed, next))
    }

    private static let authorFolders = HashTable(
        """
        author authors autor autores auteur auteurs autori autore redakteur redaktion journalist journalists journaliste journalistes \
        reporter reporters byline contributor contributors columnist columnists writers writer firmas yazar yazarlar penulis
        """.split(separator: " ").map { $0.utf8.reduce(seed, next) })
    private static let peopleFolders = HashTable(
        "people profile profiles staff team".split(separator: " ").map { $0.utf8.reduce(seed, next) })

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func next(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte | 0x20)) &* 0x100_0000_01B3
    }

    private static let dateWords = """
        date dates time timestamp datetime dateline published publish publication publishdate publishdata publishtime pubdate pubtime \
        posted postdate datepublished publisheddate articledate entrydate newsdate datum fecha tarih tanggal zeit erschienen udgivet \
        julkaistu datatime datapubblicazione dataora datapublicacao dateheure created postedon
        """

    private static let authorWords = """
        author authors byline bylines authorname authornames articleauthor postauthor bylinename autor autores autora autore autori \
        auteur auteurs writer writers reporter reporters journalist journalists journalista contributor contributors creator \
        firma firmante redactor redakteur redaktor verfasser yazar penulis forfatter journaliste journalistes giornalista periodista \
        columnist writtenby postedby signature
        """

    private static let headlineWords = """
        headline title heading titel titulo titre titolo titulek tytul entrytitle posttitle articletitle pagetitle newstitle storytitle \
        hed
        """

    private static let foreignWords = """
        comment comments commentlist disqus related recommended recommendation recommendations mostread popular trending \
        newsletter teaser teasers sidebar ticker latest promo popup modal cookie upnext readmore otherposts similar carousel \
        breadcrumb breadcrumbs
        """

    private static let siteWords = "logo brand branding sitename sitetitle masthead blogtitle navbar"
}
