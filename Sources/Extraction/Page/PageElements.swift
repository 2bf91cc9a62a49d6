/// What an element's name, role and class tell about its part in a page.
enum PageElements {
    static func isBlock(_ tag: HTMLName) -> Bool {
        switch tag {
        case .p, .div, .h1, .h2, .h3, .h4, .h5, .h6, .li, .ul, .ol, .dl, .dt, .dd, .blockquote, .pre, .figure, .figcaption, .table,
            .tbody, .thead, .tfoot, .tr, .td, .th, .caption, .section, .article, .main, .aside, .header, .footer, .nav, .form,
            .fieldset, .address, .hr, .center, .body, .details, .summary, .hgroup:
            true
        default: false
        }
    }

    /// Whether an element's text is part of what the page shows as its content.
    static func isShown(_ node: NodeID, in page: HTMLDocument) -> Bool {
        guard page.namespace(node) == .html else { return false }
        switch page.tag(node) {
        case .script, .style, .template, .noscript, .nav, .button, .select, .textarea, .iframe, .object, .embed, .audio, .video,
            .canvas, .map, .input, .option, .datalist, .progress, .meter, .dialog, .head, .title, .menu, .label, .rp, .rt, .footer,
            .aside:
            return false
        case .form: return holdsProse(node, in: page)
        default: break
        }
        if page.hasAttribute(node, .hidden) || page.attribute(node, .ariaHidden, is: "true") { return false }
        if let style = page.attribute(node, .style) {
            if style.contains(lowercase: "display:none") || style.contains(lowercase: "display: none")
                || style.contains(lowercase: "visibility:hidden") || style.contains(lowercase: "visibility: hidden")
            {
                return false
            }
        }
        guard let role = page.attribute(node, .role) else { return true }
        return !["navigation", "complementary", "search", "dialog", "alertdialog", "contentinfo", "menu", "menubar", "toolbar", "marquee",
            "button", "tablist", "tooltip", "banner"].contains(role.string.lowercased())
    }

    /// Some systems wrap the whole page in one form.
    private static func holdsProse(_ form: NodeID, in page: HTMLDocument) -> Bool {
        var paragraphs = 0
        for node in page.subtree(of: form) where page.isElement(node, .p) {
            paragraphs += 1
            if paragraphs > 3 { return true }
        }
        return false
    }

    /// Whether class, id or role name a part of the page that is no part of an article.
    static func isFurniture(_ node: NodeID, in page: HTMLDocument) -> Bool {
        let tag = page.tag(node)
        if tag == .body || tag == .html || tag == .main || tag == .article { return false }
        for name in [HTMLName.class, .id] {
            guard let value = page.attribute(node, name), !value.isEmpty else { continue }
            if ClassWords.namesFurniture(value) { return true }
        }
        return false
    }

    /// Whether class or id are of those that publishing systems give to the text of an article.
    static func namesArticleText(_ node: NodeID, in page: HTMLDocument) -> Bool {
        for name in [HTMLName.class, .id] {
            guard let value = page.attribute(node, name), !value.isEmpty else { continue }
            if ClassWords.namesArticleText(value) { return true }
        }
        return false
    }
}

/// The words in a `class` or `id`: "hc-newsletterBox" has `hc`, `newsletter` and `box`.
enum ClassWords {
    /// Compared as hashes, so that no text is made of the thousands of classes that a page has.
    private static let furniture = hashes([
        "comment", "comments", "disqus", "livefyre", "share", "sharing", "sharebar", "social", "sociable", "addthis", "related", "recommended",
        "recommendation", "recommendations", "promo", "promos", "promotion", "newsletter", "newsletters", "subscribe", "subscription", "signup",
        "sidebar", "rail", "breadcrumb", "breadcrumbs", "crumbs", "menu", "nav", "navbar", "navigation", "footer", "masthead", "topbar",
        "advert", "advertisement", "advertisements", "advertising", "ad", "ads", "adsense", "adslot", "advertorial", "sponsor", "sponsored",
        "sponsors", "taboola", "outbrain", "banner", "cookie", "cookies", "consent", "gdpr", "popup", "modal", "overlay", "lightbox",
        "pagination", "pager", "tags", "taglist", "topics", "toolbar", "tools", "widget", "widgets", "trending", "popular", "mostread", "readmore",
        "morefrom", "login", "register", "paywall", "donate", "donation", "poll", "survey", "rating", "ratings", "vote", "print", "printonly",
        "noprint", "hidden", "hide", "screenreader", "visuallyhidden", "skip", "copyright", "legal", "disclaimer", "authorbio", "ticker",
        "playlist", "jobs", "shop", "shopping", "teaser", "teasers", "onward", "upnext",
    ])

    private static let articleText = hashes([
        "articlebody", "articlecontent", "articletext", "entrycontent", "postcontent", "postbody", "storybody", "storycontent", "storytext",
        "bodytext", "bodycopy", "contentbody", "newsbody", "newstext", "newscontent", "mainarticle", "articlemain", "fulltext", "textcontent",
        "bodycontent", "singlecontent", "entrybody", "posttext", "articleparagraphs", "storydetail", "articledetail", "richtext", "wysiwyg",
    ])

    static func namesFurniture(_ value: HTMLBytes) -> Bool {
        var found = false
        words(value) { hash, _ in found = found || furniture.contains(hash) }
        return found
    }

    /// Neighbouring words are taken together: `article-body`, `article__body`, `articleBody` and `articlebody` are one.
    static func namesArticleText(_ value: HTMLBytes) -> Bool {
        var found = false
        var previous: UInt64?
        words(value) { hash, bytes in
            if articleText.contains(hash) { found = true }
            if let previous, articleText.contains(Self.hash(bytes, from: previous)) { found = true }
            previous = hash
        }
        return found
    }

    private static func words(_ value: HTMLBytes, _ body: (UInt64, UnsafeBufferPointer<UInt8>) -> Void) {
        value.withUnsafeBytes { bytes in
            var start = 0
            var at = 0
            while at <= bytes.count {
                let isEnd = at == bytes.count || !(bytes[at].isASCIILetter || bytes[at] >= 0x80)
                let isCapital = !isEnd && at > start && bytes[at] & 0x20 == 0 && bytes[at].isASCIILetter && bytes[at - 1] & 0x20 != 0
                if isEnd || isCapital {
                    if at > start {
                        let word = UnsafeBufferPointer(rebasing: bytes[start..<at])
                        body(hash(word, from: seed), word)
                    }
                    start = isEnd ? at + 1 : at
                }
                at += 1
            }
        }
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, from start: UInt64) -> UInt64 {
        bytes.reduce(start) { ($0 ^ UInt64($1 | 0x20)) &* 0x100_0000_01B3 }
    }

    private static func hashes(_ words: [String]) -> Set<UInt64> {
        Set(
            words.map { word in
                var word = word
                return word.withUTF8 { hash($0, from: seed) }
            })
    }
}
