/// Chooses the headline: what the page shows, checked against what it declares.
enum PageHeadline {
    static func choose(_ page: HTMLDocument, in body: NodeID?, declared: [String], publisher: String?) -> String? {
        var shown: [String] = []
        if let body {
            for node in page.subtree(of: body) where page.isElement(node, .h1) || isMarked(node, page) {
                if let text = PageText.short(node, in: page, limit: 500), text != publisher { shown.append(text) }
                if shown.count == 12 { break }
            }
        }
        let best = shown.map { text in (text, declared.map { likeness(text, $0) }.max() ?? 0) }.max { $0.1 < $1.1 }
        if let best, best.1 >= 0.5 { return best.0 }
        // A page with one heading of the first rank means it.
        if let only = shown.first, shown.count == 1, only.utf8.count >= 12 { return only }
        return declared.first.map { withoutSite($0, publisher: publisher) } ?? shown.first
    }

    private static func isMarked(_ node: NodeID, _ page: HTMLDocument) -> Bool {
        page.attribute(node, .itemprop)?.hasWord(lowercase: "headline") ?? false
    }

    /// The share of the words of the shorter text that the longer one has too.
    private static func likeness(_ a: String, _ b: String) -> Double {
        let (x, y) = (words(a), words(b))
        guard !x.isEmpty, !y.isEmpty else { return 0 }
        return Double(x.intersection(y).count) / Double(min(x.count, y.count)) * (x.count < 2 ? 0.5 : 1)
    }

    private static func words(_ text: String) -> Set<Substring> {
        Set(TextFolding.fold(text).split { !($0.isLetter || $0.isNumber) })
    }

    /// "Title | The Delin Post" without the outlet's name.
    static func withoutSite(_ title: String, publisher: String?) -> String {
        for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "] {
            let parts = title.components(separatedBy: separator)
            guard parts.count > 1, let last = parts.last else { continue }
            let isSite =
                publisher.map { likeness($0, last) >= 0.5 }
                ?? (separator == " | " || last.split(separator: " ").count <= 4)
            if isSite { return parts.dropLast().joined(separator: separator) }
        }
        return title
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
