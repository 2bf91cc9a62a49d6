/// What an element's name, role and class tell about its part in a page, checked against how much text it holds.
struct PageParts {
    let page: HTMLDocument
    let weights: PageWeights
    let hiddenClasses: HiddenClasses

    static func isBlock(_ tag: HTMLName) -> Bool {
        switch tag {
        case .p, .div, .h1, .h2, .h3, .h4, .h5, .h6, .li, .ul, .ol, .dl, .dt, .dd, .blockquote, .pre, .figure,
            .figcaption, .table,
            .tbody, .thead, .tfoot, .tr, .td, .th, .caption, .section, .article, .main, .aside, .header, .footer, .nav,
            .form,
            .fieldset, .address, .hr, .center, .body, .details, .summary, .hgroup:
            true
        default: false
        }
    }

    /// Elements whose content is never text of the page.
    static func isNeverText(_ tag: HTMLName) -> Bool {
        switch tag {
        case .script, .style, .template, .noscript, .nav, .button, .select, .textarea, .iframe, .object, .embed, .audio,
            .video, .canvas,
            .map, .input, .option, .datalist, .progress, .meter, .dialog, .head, .title, .menu, .rp, .rt, .svg, .math:
            true
        default: false
        }
    }

    /// Whether an element's text is part of what the page shows as its content. What holds most of the page's text is, whatever
    /// it is called: some systems wrap a page in a form, or hide it until a script has run.
    func isShown(_ node: NodeID) -> Bool {
        guard page.namespace(node) == .html else { return false }
        let tag = page.tag(node)
        if Self.isNeverText(tag) { return false }
        switch tag {
        case .form: return weights.isMore(node, than: 0.3)
        case .label: if !weights.isMore(node, than: 0.5) { return false }
        case .footer, .aside: if !weights.isMore(node, than: 0.3) { return false }
        default: break
        }
        if isHidden(node) { return weights.isMore(node, than: 0.6) }
        // Rules of style sheets are half the truth: scripts and other sheets may show what they hide.
        guard hiddenClasses.hides(node, in: page) else { return true }
        return weights.isMore(node, than: 0.2) || weights.holdsArticleBody(node)
    }

    private func isHidden(_ node: NodeID) -> Bool {
        guard page.hasAttributes(node) else { return false }
        if page.hasAttribute(node, .hidden) || page.attribute(node, .ariaHidden, is: "true") { return true }
        if let style = page.attribute(node, .style), !style.isEmpty {
            if style.contains(lowercase: "display:none") || style.contains(lowercase: "display: none")
                || style.contains(lowercase: "visibility:hidden") || style.contains(lowercase: "visibility: hidden")
            {
                return true
            }
        }
        guard let role = page.attribute(node, .role) else { return false }
        return [
            "navigation", "complementary", "search", "dialog", "alertdialog", "contentinfo", "menu", "menubar",
            "toolbar", "marquee",
            "button", "tablist", "tooltip", "banner",
        ].contains(role.string.lowercased())
    }

    /// Whether class or id name a part of the page that is no part of an article. What holds a good part of the page's text, or
    /// what the page declares to be the article's, is not furniture.
    func isFurniture(_ node: NodeID, _ words: ClassWords) -> Bool {
        // Read only because they hold a good part of the text: a long list of teasers, seldom the article.
        switch page.tag(node) {
        case .footer, .aside: return !weights.holdsArticleBody(node)
        default: break
        }
        guard !words.isDisjoint(with: [.foreign, .furniture]) else { return false }
        switch page.tag(node) {
        case .body, .html, .main, .article: return false
        default: break
        }
        if weights.holdsArticleBody(node) { return false }
        return !weights.isMore(node, than: words.contains(.foreign) ? 0.75 : 0.3)
    }

    func isCaption(_ node: NodeID, _ words: ClassWords) -> Bool {
        words.contains(.caption) && !weights.isMore(node, than: 0.2)
    }
}
