internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// Two states of an article beside each other, each edit named; or in one column, with words struck out and put in.
struct EditsPage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct Model {
        let key: String
        let article: String?
        let headline: DirectedText
        let summary: String
        let layouts: [Layout]
        let sections: String
        let earlier: String?
        let later: String?

        struct Layout {
            let href: String
            let text: String
            let isCurrent: Bool
        }
    }

    func page(_ from: CaptureName, _ to: CaptureName, _ layout: DiffLayout) throws -> Page? {
        guard let older = try view.archive.capture(from), let newer = try view.archive.capture(to) else { return nil }
        guard let before = try view.archive.interpretation(of: older.capture).revision,
            let after = try view.archive.interpretation(of: newer.capture).revision
        else {
            return try Problem(view).page("No text to compare", "One of the two captures is no text.")
        }
        let comparison = try view.tracker.comparison(from: before, to: after, of: newer.article.key)
        let numbers = try Numbers(newer.article, view.tracker)
        let sections = DiffPage.sections(
            comparison, from: side(older, numbers, newer.article), to: side(newer, numbers, newer.article), layout)
        let headline = after.headline ?? before.headline ?? newer.article.key.description
        let names: [(DiffLayout, String)] = [(.sides, "Side by side"), (.inline, "In one column")]
        let model = Model(
            key: newer.article.key.description, article: links.href(.article(newer.article.name, before: nil)),
            headline: DirectedText(headline), summary: DiffPage.summary(comparison.edits),
            layouts: names.compactMap { name, text in
                links.href(.diff(from: from, to: to, name)).map {
                    .init(href: $0, text: text, isCurrent: name == layout)
                }
            },
            sections: sections,
            earlier: numbers.step(before: to).flatMap { links.href(.diff(from: $0, to: $1, layout)) },
            later: numbers.step(after: to).flatMap { links.href(.diff(from: $0, to: $1, layout)) })
        return Page(
            title: "Edits: \(headline)", section: .articles, content: try view.templates.render("diff", model),
            style: .comparison)
    }

    private func side(
        _ found: (article: ArticleSummary, capture: HistoryCapture), _ numbers: Numbers, _ article: ArticleSummary
    ) -> DiffPage.Side {
        let number = found.article == article ? numbers.number(of: found.capture.name) : nil
        let name = "\(found.capture.name)"
        return DiffPage.Side(
            title: number.map { "@\($0)" } ?? name, capturedAt: "\(found.capture.capturedAt)",
            facts: [("capture", name)])
    }
}

/// The numbers of an article's states, and its steps from one that shows the article to the next.
private struct Numbers {
    private let entries: [Timeline.Entry]

    init(_ article: ArticleSummary, _ tracker: Tracker) throws { entries = try tracker.timeline(of: article).entries }

    func number(of capture: CaptureName) -> Int? {
        entries.first { $0.state.captures.contains { $0.name == capture } }?.state.number
    }

    private var healthy: [HistoryState] { entries.filter { $0.health.state == .healthy }.map(\.state) }

    private func place(of capture: CaptureName) -> Int? {
        healthy.firstIndex { $0.captures.contains { $0.name == capture } }
    }

    func step(before capture: CaptureName) -> (CaptureName, CaptureName)? {
        guard let at = place(of: capture), at > 1 else { return nil }
        return (healthy[at - 2].first.name, healthy[at - 1].first.name)
    }

    func step(after capture: CaptureName) -> (CaptureName, CaptureName)? {
        guard let at = place(of: capture), at + 1 < healthy.count else { return nil }
        return (healthy[at].first.name, healthy[at + 1].first.name)
    }
}
