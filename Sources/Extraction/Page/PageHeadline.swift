internal import Models

/// The headline: what the page shows, checked against what it declares.
struct PageHeadline {
    let text: String?
    /// The element that shows it.
    let element: MarkedFields.Mark?

    /// - Parameters:
    ///   - declared: titles that the page declares, the surest first.
    init(_ page: HTMLDocument, marks: MarkedFields, declared: [String], site: SiteNames) {
        let titles = declared.map { site.removed(from: $0) }
        let keys = titles.map { PageText.key($0) }
        var best: (text: String, mark: MarkedFields.Mark, score: Double)?
        var only: (text: String, mark: MarkedFields.Mark)?
        var headings = 0
        for mark in marks.headings {
            guard let text = PageText.short(mark.node, in: page, limit: 500) else { continue }
            let key = PageText.key(text)
            guard !key.isEmpty, !site.isSite(text) else { continue }
            let likeness = zip(titles, keys).map { $1 == key ? 1.25 : Self.likeness(text, $0, of: key, $1) }.max() ?? 0
            let score = likeness - (mark.isFringe || mark.foreign > 0 ? 0.3 : 0)
            if score > best?.score ?? 0.49 { best = (text, mark, score) }
            if !mark.isFringe, mark.foreign == 0 {
                headings += 1
                if only == nil || (only?.text.utf8.count ?? 0) < 12 { only = (text, mark) }
            }
        }
        if let best, best.score >= 0.7 || marks.titled.isEmpty {
            self.init(text: Self.declaredPart(of: best.text, best.mark.node, page, titles), element: best.mark)
            return
        }
        // Some systems put the outlet's name into the heading of the first rank, and the headline into another element.
        if let shown = Self.shown(page, marks.titled, keys) {
            self.init(text: shown.text, element: shown.mark)
        } else if let best {
            self.init(text: best.text, element: best.mark)
        } else if let only, only.text.utf8.count >= 12, headings <= 3 {
            self.init(text: only.text, element: only.mark)
        } else {
            self.init(text: titles.first { !$0.isEmpty } ?? only?.text, element: only?.mark)
        }
    }

    private init(text: String?, element: MarkedFields.Mark?) {
        self.text = text
        self.element = element
    }

    /// A few words of a long title may be the outlet's name in it.
    private static func likeness(_ text: String, _ title: String, of key: String, _ titleKey: String) -> Double {
        let likeness = TitleLikeness.of(text, title)
        return key.utf8.count * 5 < titleKey.utf8.count * 2 ? likeness * 0.6 : likeness
    }

    private static func shown(
        _ page: HTMLDocument, _ marks: [MarkedFields.Mark], _ keys: [String]
    ) -> (text: String, mark: MarkedFields.Mark)? {
        for mark in marks where mark.foreign == 0 {
            guard let text = PageText.short(mark.node, in: page, limit: 500) else { continue }
            let key = PageText.key(text)
            if key.utf8.count >= 12,
                keys.contains(where: { $0 == key || ($0.hasSuffix(" " + key) && $0.utf8.count < 2 * key.utf8.count) })
            {
                return (text, mark)
            }
        }
        return nil
    }

    /// A heading may hold a kicker or a label beside the headline: where an element in it is exactly what is declared, that
    /// is the headline.
    private static func declaredPart(of text: String, _ node: NodeID, _ page: HTMLDocument, _ titles: [String])
        -> String
    {
        let key = PageText.key(text)
        guard !titles.contains(where: { PageText.key($0) == key }) else { return text }
        for child in page.subtree(of: node).prefix(30) where child != node && page.isElement(child) {
            guard let part = PageText.short(child, in: page, limit: 500), part.utf8.count >= 12, part != text else {
                continue
            }
            let partKey = PageText.key(part)
            if titles.contains(where: { PageText.key($0) == partKey }) { return part }
        }
        return text
    }
}

/// What the outlet calls itself.
struct SiteNames {
    private var keys: Set<String> = []
    /// The registered part of the host, letters only: `thepost` of www.the-post.example.
    private var host = ""

    init(names: [String?], address: WebAddress?) {
        for case let name? in names {
            let key = PageText.key(name)
            if !key.isEmpty, key.utf8.count <= 60 { keys.insert(key) }
        }
        if let address { host = Self.label(of: address.host.prefix { $0 != ":" }) }
    }

    private static func label(of host: Substring) -> String {
        var labels = host.split(separator: ".").filter { $0 != "www" }
        if labels.count > 1 { labels.removeLast() }
        if labels.count > 1, ["co", "com", "org", "net", "gov", "ac", "or", "ne", "in"].contains(labels.last) {
            labels.removeLast()
        }
        return labels.last.map { $0.filter { $0.isLetter || $0.isNumber }.lowercased() } ?? ""
    }

    /// Whether a text is the outlet's name and no more.
    func isSite(_ text: some StringProtocol) -> Bool {
        var key = PageText.key(text)
        if keys.contains(key) { return true }
        for ending in Self.endings where key.hasSuffix(ending) {
            key.removeLast(ending.utf8.count)
            if keys.contains(key) { return true }
        }
        guard host.utf8.count >= 3, abs(key.utf8.count(where: { $0 != 0x20 }) - host.utf8.count) <= 3 else {
            return false
        }
        let letters = key.filter { $0 != " " }
        return letters == host || letters == "the" + host || "the" + letters == host
    }

    private static let endings = [" com", " org", " net", " news", " online", " de", " co uk"]

    /// Whether a part of a title names the outlet: "Delin Post Online", "thepost.com".
    private func names(_ part: String) -> Bool {
        if isSite(part) { return true }
        let key = PageText.key(part)
        if host.utf8.count >= 4, key.utf8.count(where: { $0 != 0x20 }) <= 40 {
            if key.filter({ $0 != " " }).holds(host) { return true }
        }
        return keys.contains { name in
            name.utf8.count >= 4
                && (key.hasPrefix(name + " ") || key.hasSuffix(" " + name) || name.hasPrefix(key + " "))
                && key.utf8.count <= max(40, name.utf8.count * 2)
        }
    }

    private static let separators: [StaticString] = [
        " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", "｜", " ‹ ", "_", "丨",
    ]

    /// "Title | Politics | The Delin Post" without the outlet's name and what stands beside it.
    func removed(from title: String) -> String {
        var title = title
        for separator in Self.separators where title.holds(separator) {
            var parts = PageText.parts(of: title, between: separator)
            guard parts.count > 1, let first = parts.first, let last = parts.last else { continue }
            let count = parts.count
            let isBar =
                [0x7C, 0x5F, 0xEF].contains(separator.utf8Start[separator.utf8CodeUnitCount > 1 ? 1 : 0])
                || separator.utf8Start[0] == 0xEF
            if names(String(last)) {
                parts.removeLast()
                // What is left after the headline are sections.
                while isBar, parts.count > 1, parts[parts.count - 1].utf8.count <= 30,
                    first.utf8.count > parts[parts.count - 1].utf8.count
                { parts.removeLast() }
            } else if names(String(first)) {
                parts.removeFirst()
            } else if keys.isEmpty || isBar, last.split(separator: " ").count <= 4, last.utf8.count <= 40,
                parts.dropLast().reduce(0, { $0 + $1.utf8.count }) >= 2 * last.utf8.count
            {
                parts.removeLast()
            }
            if parts.count < count { title = parts.joined(separator: separator.description) }
        }
        return title
    }
}
