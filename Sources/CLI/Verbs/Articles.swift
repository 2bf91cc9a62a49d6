import ArgumentParser
import Models
import Storage

struct Articles: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the articles in the archive.",
        discussion: """
            Examples:
              stet articles
              stet articles --tag disputed
            """)

    @Option(help: ArgumentHelp("Only those with a capture that has this tag ('stet note').", valueName: "tag"))
    var tag: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let console = options.console
        guard tag == nil else { return try printTagged(archive, console) }
        let articles = try archive.articles()
        for article in articles { console.print(line(article), json: json(article)) }
        let captures = articles.reduce(0) { $0 + $1.captures }
        console.summary(
            "\(Printable.count(articles.count, "article")), \(Printable.count(captures, "capture"))",
            json: ["articles": JSON(articles.count), "captures": JSON(captures)])
    }

    /// Articles with the captures that have the tag.
    private func printTagged(_ archive: Archive, _ console: Console) throws {
        let names = try tag.flatMap { NoteTag($0) }.flatMap { try archive.tags()[$0] } ?? []
        var found: [ArticleSummary: [HistoryCapture]] = [:]
        for name in names {
            guard let (article, capture) = try archive.capture(name) else { continue }
            found[article, default: []].append(capture)
        }
        for (article, captures) in found.sorted(by: { $0.key.key < $1.key.key }) {
            let sorted = captures.sorted { ($0.capturedAt, $0.index) < ($1.capturedAt, $1.index) }
            let tagged = sorted.map { "\n    tagged: \($0.capturedAt)  \($0.name)" }.joined()
            var members: [JSON.Member] = []
            if case .object(let own) = json(article) { members = own }
            members.append(.init("tagged", .array(sorted.map { .string($0.name.description) })))
            console.print(line(article) + tagged, json: .object(members))
        }
        let captures = found.values.reduce(0) { $0 + $1.count }
        console.summary(
            "\(Printable.count(found.count, "article")), \(Printable.count(captures, "tagged capture"))",
            json: ["articles": JSON(found.count), "captures": JSON(captures)])
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
