internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// Two articles beside each other: what both have, what one of them altered, and figures that disagree.
struct ComparePage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// Findings of one kind that are listed and marked: more is no longer a comparison that anybody reads.
    private static var most: Int { 400 }
    /// Bytes of both texts together: what is longer is not compared.
    private static var longest: Int { 6_000_000 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct Line {
        let label: String?
        let attributes: String
        let html: String
    }

    private struct Focus {
        let text: String
        let attributes: String
    }

    private struct Figures {
        let a: Focus
        let b: Focus
    }

    private struct Item {
        let number: Int
        let style: String
        let name: String
        let a: String
        let b: String
        let likeness: String?
        let figures: Figures?
        let lines: [Line]
    }

    private struct Group {
        let heading: String
        let explained: String
        let items: [Item]
        let more: String?
    }

    private struct Side {
        let letter: String
        let outlet: String
        let headline: String
        let attributes: String
        let time: TimeText
        let article: String?
        let capture: String?
        let text: String
    }

    private struct Model {
        let heading: String
        let summary: String
        let note: String?
        let a: Named
        let b: Named
        let groups: [Group]
        let sides: [Side]
    }

    private struct Named { let outlet: String }

    func page(_ a: String, _ b: String) throws -> Page? {
        guard let first = try ToldArticle.find(a, view), let second = try ToldArticle.find(b, view) else { return nil }
        guard let one = first.revision, let other = second.revision else {
            return try Problem(view).page(
                "No text to compare", "One of the two was never captured as a text that shows the article.")
        }
        let bytes = (one.blocks + other.blocks).reduce(0) { $0 + $1.text.utf8.count }
        let isTooLong = bytes > Self.longest
        let found = isTooLong ? [] : ArticleComparison(one, other).findings
        let kinds: [ArticleComparison.Finding.Kind] = [.quotation, .figure, .passage]
        let shown = kinds.flatMap { kind in found.filter { $0.kind == kind }.prefix(Self.most) }
        let outlets = Outlets.names([first.article, second.article])
        let texts = (
            MarkedText(one, Self.marks(shown) { ($0.blockA, $0.placeA) }, letters: ("a", "b"), otherName: outlets[1]),
            MarkedText(other, Self.marks(shown) { ($0.blockB, $0.placeB) }, letters: ("b", "a"), otherName: outlets[0])
        )
        let numbered = Array(zip(1..., shown))
        let groups = kinds.compactMap { kind -> Group? in
            let items = numbered.filter { $0.1.kind == kind }.map { item($0.0, $0.1, texts, outlets) }
            let rest = found.count { $0.kind == kind } - items.count
            guard !items.isEmpty else { return nil }
            return Group(
                heading: Self.heading(kind), explained: Self.explained(kind), items: items,
                more: rest > 0 ? "\(Counted.text(rest, "more")) not shown." : nil)
        }
        let model = Model(
            heading: "\(outlets[0]) and \(outlets[1])", summary: isTooLong ? "Not compared." : Self.summary(found),
            note: isTooLong ? "These texts are too long to be compared on a page: 'stet compare' does it." : nil,
            a: Named(outlet: outlets[0]), b: Named(outlet: outlets[1]), groups: groups,
            sides: [side("a", first, outlets[0], texts.0), side("b", second, outlets[1], texts.1)])
        return Page(
            title: "Compared: \(outlets[0]), \(outlets[1])", section: .articles,
            content: try view.templates.render("compare", model), style: .across)
    }

    private func side(_ letter: String, _ told: ToldArticle, _ outlet: String, _ text: MarkedText) -> Side {
        let headline = told.revision?.headline ?? "(no headline)"
        return Side(
            letter: letter, outlet: outlet, headline: headline, attributes: text.attributes(for: headline),
            time: TimeText(told.capture?.capturedAt ?? told.article.lastCapturedAt),
            article: links.href(.article(told.article.name, before: nil)),
            capture: told.capture.flatMap { links.href(.capture($0.name)) }, text: text.html)
    }

    private static func marks(
        _ findings: [ArticleComparison.Finding], _ place: (ArticleComparison.Finding) -> (Int, Range<Int>)
    ) -> [MarkedText.Mark] {
        zip(1..., findings).map { number, finding in
            let (block, range) = place(finding)
            let depth = ArticleComparison.Finding.Kind.allCases.firstIndex(of: finding.kind) ?? 0
            return MarkedText.Mark(
                number: number, name: finding.kind.rawValue, block: block, place: range, depth: depth)
        }
    }

    private func item(
        _ number: Int, _ finding: ArticleComparison.Finding, _ texts: (MarkedText, MarkedText), _ outlets: [String]
    ) -> Item {
        let isFigure = finding.kind == .figure
        let lines =
            isFigure
            ? [
                Line(
                    label: outlets[0], attributes: texts.0.attributes(for: finding.a), html: HTMLText.escaped(finding.a)
                ),
                Line(
                    label: outlets[1], attributes: texts.1.attributes(for: finding.b), html: HTMLText.escaped(finding.b)
                ),
            ]
            : [
                Line(
                    label: nil, attributes: texts.1.attributes(for: finding.b),
                    html: MarkedWords.html(WordRun.withoutTypography(finding.words)))
            ]
        return Item(
            number: number, style: MarkedText.style(number), name: finding.kind.rawValue, a: outlets[0], b: outlets[1],
            likeness: isFigure ? nil : Self.likeness(finding.similarity),
            figures: isFigure
                ? Figures(
                    a: Focus(text: finding.focusA, attributes: texts.0.attributes(for: finding.focusA)),
                    b: Focus(text: finding.focusB, attributes: texts.1.attributes(for: finding.focusB))) : nil,
            lines: lines)
    }

    private static func likeness(_ share: Double) -> String {
        share > 0.999 ? "word for word" : "\(min(99, Int((share * 100).rounded()))) % of the words the same"
    }

    private static func heading(_ kind: ArticleComparison.Finding.Kind) -> String {
        switch kind {
        case .quotation: "Altered quotations"
        case .figure: "Figures that disagree"
        case .passage: "Shared passages"
        }
    }

    private static func explained(_ kind: ArticleComparison.Finding.Kind) -> String {
        switch kind {
        case .quotation: "Both quote it, but not in the same words."
        case .figure: "Different numbers for what seems to be the same thing, judged by the words around them."
        case .passage: "Text that stands in both, word for word or nearly. Quotations may be among it."
        }
    }

    private static func summary(_ findings: [ArticleComparison.Finding]) -> String {
        let parts: [(ArticleComparison.Finding.Kind, String, String)] = [
            (.quotation, "altered quotation", "altered quotations"),
            (.figure, "figure that disagrees", "figures that disagree"),
            (.passage, "shared passage", "shared passages"),
        ]
        let told = parts.compactMap { kind, one, many -> String? in
            let count = findings.count { $0.kind == kind }
            return count == 0 ? nil : Counted.text(count, one, plural: many)
        }
        return told.isEmpty
            ? "Nothing that both tell in the same words, and no figures that could be compared."
            : told.joined(separator: ", ")
    }
}

extension WordRun {
    /// Without the changes that only swap one mark for another: they are the house's, not the writer's.
    static func withoutTypography(_ runs: [WordRun]) -> [WordRun] {
        var out: [WordRun] = []
        func add(_ run: WordRun) {
            if let last = out.last, last.operation == run.operation {
                out[out.count - 1] = WordRun(run.operation, last.text + run.text)
            } else {
                out.append(run)
            }
        }
        var at = 0
        while at < runs.count {
            let next = at + 1 < runs.count && runs[at].operation == .delete && runs[at + 1].operation == .insert
            let stretch = next ? [runs[at], runs[at + 1]] : [runs[at]]
            at += stretch.count
            let words = stretch.map { FoldedText.words($0.text) }
            let isSame = stretch.count == 2 ? words[0] == words[1] : words[0].isEmpty
            guard isSame, stretch[0].operation != .equal else {
                for run in stretch { add(run) }
                continue
            }
            if let kept = stretch.last, kept.operation == .insert { add(WordRun(.equal, kept.text)) }
        }
        return out
    }
}
