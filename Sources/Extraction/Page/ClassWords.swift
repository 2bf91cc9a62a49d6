/// The words in a `class` or `id`: "hc-newsletterBox" has `hc`, `newsletter` and `box`.
struct ClassWords: OptionSet {
    let rawValue: UInt8

    /// Parts of a page that are no part of an article, whatever they hold.
    static let foreign = ClassWords(rawValue: 1)
    /// Names that furniture has, and now and then a wrapper of the whole page.
    static let furniture = ClassWords(rawValue: 2)
    /// What publishing systems call the text of an article.
    static let articleText = ClassWords(rawValue: 4)
    static let caption = ClassWords(rawValue: 8)
    /// A post of a social network that the article quotes.
    static let embeddedPost = ClassWords(rawValue: 16)
    /// Above the text: the summary, and fields such as author and date.
    static let standfirst = ClassWords(rawValue: 32)
    static let headField = ClassWords(rawValue: 64)

    /// Of both the class and the id of an element.
    init(of node: NodeID, in page: HTMLDocument) {
        self = []
        for name in [HTMLName.class, .id] {
            guard let value = page.attribute(node, name), !value.isEmpty else { continue }
            read(value)
        }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Neighbouring words are taken together, too: `article-body`, `article__body`, `articleBody` and `articlebody` are one.
    private mutating func read(_ value: HTMLBytes) {
        let known = Self.known
        value.withUnsafeBytes { bytes in
            var previous: UInt64?
            var hash = Self.seed
            /// Of the word together with the one before it.
            var joined = hash
            var start = 0
            var at = 0
            while at <= bytes.count {
                let isEnd = at == bytes.count || !(bytes[at].isASCIILetter || bytes[at] >= 0x80)
                let isCapital =
                    !isEnd && at > start && bytes[at] & 0x20 == 0 && bytes[at].isASCIILetter
                    && bytes[at - 1] & 0x20 != 0
                if isEnd || isCapital {
                    if at > start {
                        if let meaning = known[hash] { insert(meaning) }
                        if previous != nil, let meaning = known[joined] { insert(meaning) }
                        previous = hash
                    }
                    start = isEnd ? at + 1 : at
                    // A space parts classes, which do not belong together.
                    if isEnd, at < bytes.count, bytes[at] == 0x20 { previous = nil }
                    hash = Self.seed
                    joined = previous ?? hash
                }
                if !isEnd {
                    hash = Self.next(hash, bytes[at])
                    joined = Self.next(joined, bytes[at])
                }
                at += 1
            }
        }
    }

    /// Compared as hashes, so that no text is made of the thousands of classes that a page has.
    private static let known: HashTable<ClassWords> = {
        var known: [UInt64: ClassWords] = [:]
        for (meaning, words) in [
            (foreign, foreignWords), (furniture, furnitureWords), (articleText, articleTextWords),
            (caption, captionWords), (standfirst, standfirstWords), (headField, headFieldWords),
            (embeddedPost, "twittertweet fbpost blueskyembed mastodonembed"),
        ] {
            for word in words.split(separator: " ") {
                var word = String(word)
                known[word.withUTF8 { hash($0, from: seed) }, default: []].insert(meaning)
            }
        }
        return HashTable(known)
    }()

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, from start: UInt64) -> UInt64 {
        bytes.reduce(start, next)
    }

    private static func next(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte | 0x20)) &* 0x100_0000_01B3
    }

    private static let foreignWords = """
        comments commentlist commentslist disqus livefyre commentarea relatedposts relatedarticles relatedstories relatedcontent \
        relatednews relatedlinks cookie cookies consent gdpr taboola outbrain newsletter newsletters recommended recommendations \
        breadcrumb breadcrumbs crumbs mostread mostpopular addtoany sharethis addthis instagrammedia tiktokembed
        """

    private static let furnitureWords = """
        comment share sharing sharebar social sociable related recommendation promo promos promotion subscribe subscription signup \
        sidebar rail menu nav navbar navigation footer masthead topbar advert advertisement advertisements advertising ad ads adsense \
        adslot advertorial sponsor sponsored sponsors banner popup modal overlay lightbox pagination pager tags taglist topics toolbar \
        tools widget widgets trending popular readmore morefrom login register paywall donate donation poll survey rating ratings vote \
        print printonly noprint hidden hide screenreader visuallyhidden skip copyright legal disclaimer ticker playlist jobs shop \
        shopping teaser teasers onward upnext gallery slideshow carousel slider byline bylines dateline timestamp postmeta entrymeta \
        articlemeta authorbio aboutauthor authorbox authorinfo aboutauthors biography readalso alsoread seealso
        """

    private static let articleTextWords = """
        articlebody articlecontent articletext entrycontent postcontent postbody storybody storycontent storytext bodytext bodycopy \
        contentbody newsbody newstext newscontent mainarticle articlemain fulltext textcontent bodycontent singlecontent entrybody \
        posttext articleparagraphs storydetail articledetail richtext wysiwyg
        """

    private static let standfirstWords = """
        standfirst dek deck subhead subheader subheadline subheading subtitle subline strapline summary excerpt chapo perex bajada \
        entradilla sottotitolo untertitel teasertext headingdes
        """

    private static let headFieldWords = """
        author authors authorname byline bylines date datetime time pubdate published updated modified timestamp readtime readingtime \
        dateline datelines postmeta entrymeta articlemeta contentmeta posted meta contributor contributors slug
        """

    private static let captionWords = """
        caption captions figcaption imagecaption photocaption captiontext mediacaption imagecredit photocredit imgcredit photographer \
        credit credits
        """
}
