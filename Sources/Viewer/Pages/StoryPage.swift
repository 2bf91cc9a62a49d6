internal import Diffing
internal import Models
internal import Storage
internal import Tracking

/// One event over all outlets: who had it first, and each quotation and figure in everybody's own version.
struct StoryPage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// Articles besides the one that is asked for: columns that can still be read.
    private static var mostRelated: Int { 8 }
    private static var mostRows: Int { 150 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    private struct Pair {
        let number: Int
        let outlet: String
        let href: String
    }

    private struct Teller {
        let outlet: String
        let headline: DirectedText
        let href: String?
        let seen: TimeText
        let published: String?
        let isOwn: Bool
        let pairs: [Pair]
    }

    private struct Column {
        let number: Int
        let outlet: String
    }

    private struct Table {
        let id: String
        let heading: String
        let explained: String
        let columns: [Column]
        let rows: [StoryRow]
        let more: String?
    }

    private struct Model {
        let count: String
        let headline: DirectedText
        let summary: String
        let note: String?
        let tellers: [Teller]
        let tables: [Table]
        let empty: String
    }

    func page(_ name: String) throws -> Page? {
        guard let article = try view.archive.article(named: name) else { return nil }
        let told = try articles(of: article)
        let outlets = Outlets.names(told.map(\.article))
        let retelling = Retelling(told.map { $0.revision ?? Revision() })
        let headline = told.first { $0.article == article }?.revision?.headline ?? article.headline ?? "(no headline)"
        let earlier = try told.map { try EarlierVersions(of: $0.article, in: view.tracker) }
        let disputed = retelling.rows.filter(\.isDisputed)
        let agreed = retelling.rows.filter { !$0.isDisputed }
        let writer = StoryRows(told.map(\.revision), earlier, links)
        let columns = zip(1..., outlets).map { Column(number: $0, outlet: $1) }
        let tables = [
            table(
                "differently", "Told differently",
                "Quotations whose words differ, and figures that disagree. The words that differ from what most have are marked.",
                columns, disputed, writer),
            table(
                "alike", "Told alike", "What at least two tell in the same words, or in part.", columns, agreed, writer),
        ].compactMap(\.self)
        let languages = Set(told.compactMap { $0.revision?.language?.prefix { $0 != "-" } })
        let model = Model(
            count: Counted.text(told.count, "article"), headline: DirectedText(headline),
            summary: Self.summary(disputed, agreed),
            note: languages.count > 1 ? "Texts in different languages are not compared with each other." : nil,
            tellers: tellers(told, outlets, article), tables: tables,
            empty: told.count < 2
                ? "No other article in this archive tells of this."
                : "No quotation and no figure that two of them tell.")
        return Page(
            title: "All versions: \(headline)", section: .articles, content: try view.templates.render("story", model),
            style: .across)
    }

    /// The article and its relatives, first what was captured first.
    private func articles(of article: ArticleSummary) throws -> [ToldArticle] {
        let related = try view.tracker.related(to: article, limit: Self.mostRelated)
        // In an export of some articles the others are not there.
        let others = try related.filter { links.href(.article($0.articleName, before: nil)) != nil }
            .compactMap { try view.archive.article(named: $0.articleName) }
        return try ([article] + others).sorted {
            ($0.firstCapturedAt, $0.published ?? "~", $0.key) < ($1.firstCapturedAt, $1.published ?? "~", $1.key)
        }.map { try ToldArticle($0, view) }
    }

    private func tellers(_ told: [ToldArticle], _ outlets: [String], _ own: ArticleSummary) -> [Teller] {
        told.indices.map { at in
            let article = told[at].article
            let pairs = told.indices.compactMap { other -> Pair? in
                guard other != at else { return nil }
                return links.href(.compare(a: article.name, b: told[other].article.name)).map {
                    Pair(number: other + 1, outlet: outlets[other], href: $0)
                }
            }
            return Teller(
                outlet: outlets[at],
                headline: DirectedText(told[at].revision?.headline ?? article.headline ?? "(no headline)"),
                href: links.href(.article(article.name, before: nil)), seen: TimeText(article.firstCapturedAt),
                published: told[at].revision?.published ?? article.published, isOwn: article == own, pairs: pairs)
        }
    }

    private func table(
        _ id: String, _ heading: String, _ explained: String, _ columns: [Column], _ rows: [Retelling.Row],
        _ writer: StoryRows<Links>
    ) -> Table? {
        guard !rows.isEmpty else { return nil }
        let shown = rows.prefix(Self.mostRows)
        return Table(
            id: id, heading: heading, explained: explained, columns: columns,
            rows: zip(1..., shown).map { writer.row($1, number: $0, table: id) },
            more: rows.count > shown.count ? "\(Counted.text(rows.count - shown.count, "more")) not shown." : nil)
    }

    private static func summary(_ disputed: [Retelling.Row], _ agreed: [Retelling.Row]) -> String {
        func counted(_ kind: Retelling.Kind, _ rows: [Retelling.Row], _ noun: String) -> String? {
            let count = rows.count { $0.kind == kind }
            return count == 0 ? nil : Counted.text(count, noun)
        }
        let differently = [counted(.quotation, disputed, "quotation"), counted(.figure, disputed, "figure")].compactMap(
            \.self)
        let alike = [counted(.quotation, agreed, "quotation"), counted(.figure, agreed, "figure")].compactMap(\.self)
        let parts = [
            differently.isEmpty ? nil : "\(differently.joined(separator: " and ")) told differently",
            alike.isEmpty ? nil : "\(alike.joined(separator: " and ")) told alike",
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }
}
