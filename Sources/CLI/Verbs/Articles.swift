import ArgumentParser
import Models
import Storage

struct Articles: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the articles in the archive.",
        discussion: """
            Example:
              stet articles
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let articles = try options.open().articles()
        let console = options.console
        for article in articles { console.print(line(article), json: json(article)) }
        let captures = articles.reduce(0) { $0 + $1.captures }
        console.summary(
            "\(Printable.count(articles.count, "article")), \(Printable.count(captures, "capture"))",
            json: ["articles": JSON(articles.count), "captures": JSON(captures)])
    }

    private func line(_ article: ArticleSummary) -> String {
        let seen = "\(Printable.count(article.captures, "capture")), \(Printable.count(article.revisions, "revision"))"
        return """
            \(Printable.line(article.headline ?? "(no headline)", width: 100))
                \(Printable.line(article.key.description))
                \(seen), \(article.firstCapturedAt) to \(article.lastCapturedAt)
            """
    }

    private func json(_ article: ArticleSummary) -> JSON {
        [
            "article": .string(article.key.description), "headline": JSON(article.headline),
            "publisher": JSON(article.publisher), "published": JSON(article.published),
            "captures": JSON(article.captures), "revisions": JSON(article.revisions),
            "firstCapturedAt": .string(article.firstCapturedAt.description),
            "lastCapturedAt": .string(article.lastCapturedAt.description),
        ]
    }
}
