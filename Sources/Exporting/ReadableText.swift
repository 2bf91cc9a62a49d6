internal import Models
internal import Storage

/// A state of an article as a page of Markdown, with where it is from.
struct ReadableText {
    private let revision: Revision
    private let detail: CaptureDetail
    private let article: ArticleKey
    private let capture: HistoryCapture
    private let state: Int

    init(revision: Revision, detail: CaptureDetail, _ article: ArticleKey, _ capture: HistoryCapture, state: Int) {
        self.revision = revision
        self.detail = detail
        self.article = article
        self.capture = capture
        self.state = state
    }

    /// - Parameter original: the name of the file with the page.
    func text(original: String) -> String {
        var lines = ["# \(Self.escaped(revision.headline ?? article.description))"]
        let dates = [revision.published.map { "published \($0)" }, revision.modified.map { "modified \($0)" }]
        let byline = ([revision.authors.joined(separator: ", ")] + dates.compactMap(\.self)).filter { !$0.isEmpty }
        if !byline.isEmpty { lines.append("*\(Self.escaped(byline.joined(separator: " · ")))*") }
        lines += revision.blocks.map { block in
            switch block.kind {
            case .paragraph, .caption: Self.escaped(block.text)
            case .standfirst: "**\(Self.escaped(block.text))**"
            case .heading: "## " + Self.escaped(block.text)
            case .listItem: "- " + Self.escaped(block.text)
            case .quotation: "> " + Self.escaped(block.text)
            }
        }
        lines.append("---")
        lines.append(source(original).map { "- \($0)" }.joined(separator: "\n"))
        return lines.joined(separator: "\n\n") + "\n"
    }

    private func source(_ original: String) -> [String] {
        [
            "article: \(Self.escaped(article.description)), state \(state)",
            detail.url.map { "address: \(Self.escaped($0))" }, "captured: \(capture.capturedAt)",
            "capture: \(capture.name)", "original: \(Self.escaped(original))", "sha256: \(capture.payload)",
        ].compactMap(\.self)
    }

    /// What would be read as Markdown is set apart by a backslash.
    private static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        let special = "\\`*_[]<>#|~".unicodeScalars
        for scalar in text.unicodeScalars {
            if special.contains(scalar) { out.append("\\") }
            out.append(scalar.value < 0x20 ? " " : scalar)
        }
        let escaped = String(out)
        let opening = escaped.prefix { ("0"..."9").contains($0) }
        // A line that begins like a list or a rule.
        if let first = escaped.first, "-+=".contains(first) { return "\\" + escaped }
        let rest = escaped.dropFirst(opening.count)
        if !opening.isEmpty, let mark = rest.first, mark == "." || mark == ")" { return "\(opening)\\\(rest)" }
        return escaped
    }
}
