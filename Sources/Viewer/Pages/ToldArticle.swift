internal import Models
internal import Storage
internal import Tracking

/// An article as it reads in one state: its latest that shows it, or the one that was asked for.
struct ToldArticle {
    let article: ArticleSummary
    /// Nil where no capture shows the article.
    let capture: HistoryCapture?
    let revision: Revision?

    /// The latest state that shows the article.
    init(_ article: ArticleSummary, _ view: ViewedArchive) throws {
        self.article = article
        capture = try view.tracker.timeline(of: article).healthy.last?.first
        revision = try capture.flatMap { try view.archive.interpretation(of: $0).revision }
    }

    private init(_ article: ArticleSummary, _ capture: HistoryCapture, _ view: ViewedArchive) throws {
        self.article = article
        self.capture = capture
        revision = try view.archive.interpretation(of: capture).revision
    }

    /// - Parameter name: of a capture or an article. Nil where there is none.
    static func find(_ name: String, _ view: ViewedArchive) throws -> ToldArticle? {
        if let capture = CaptureName(name), let found = try view.archive.capture(capture) {
            return try ToldArticle(found.article, found.capture, view)
        }
        return try view.archive.article(named: name).map { try ToldArticle($0, view) }
    }
}

/// What outlets are called.
enum Outlets {
    /// Each article's publisher, else its site; where two would be called the same, what tells them apart.
    static func names(_ articles: [ArticleSummary]) -> [String] {
        let names = articles.map { article in
            article.publisher ?? (article.key.isFile ? fileName(article.key) : article.key.site)
        }
        return names.enumerated().map { at, name in
            names.count { $0 == name } == 1 ? name : "\(name) (\(tail(articles[at].key)))"
        }
    }

    private static func fileName(_ key: ArticleKey) -> String { String(key.description.dropFirst("file:".count)) }

    /// The end of an address, as a rule the words of a headline.
    private static func tail(_ key: ArticleKey) -> String {
        let last = key.description.split(separator: "/").last.map(String.init) ?? key.description
        return last.count > 40 ? "…" + last.suffix(40) : last
    }
}
