import ArgumentParser
import Diffing
import Extraction
import Models
import Storage
import Tracking

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what two articles share: passages, quotations that were altered, figures that disagree.",
        discussion: """
            A and B are articles, states (ARTICLE@N) or files.

            Example:
              stet compare reuters.example/aleppo guardian.example/aleppo
            """)

    @Argument(help: "An article, a state or a file.")
    var a: String

    @Argument(help: "Another one.")
    var b: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let comparison = ArticleComparison(try revision(a), try revision(b))
        let console = options.console
        var counts: [ArticleComparison.Finding.Kind: Int] = [:]
        for finding in comparison.findings {
            counts[finding.kind, default: 0] += 1
            console.print(FindingText.lines(finding, coloured: console.isColoured), json: FindingText.json(finding))
        }
        let parts = ArticleComparison.Finding.Kind.allCases.map { ($0, counts[$0] ?? 0) }
        console.summary(
            comparison.findings.isEmpty
                ? "nothing in common" : parts.map { Printable.count($0.1, "\($0.0)") }.joined(separator: ", "),
            json: .object(parts.map { .init($0.0.rawValue, JSON($0.1)) }))
    }

    private func revision(_ text: String) throws -> Revision {
        if Files.isRegular(text) {
            guard let revision = ArticleReader.read(try Files.read(text), mediaType: nil, url: nil).revision else {
                throw Failure("notText", exit: 65, "\(text) is no text", "give a page or a text")
            }
            return revision
        }
        let archive = try options.open()
        let state = try StateReference(text).resolve(in: archive)
        guard let revision = try archive.interpretation(of: state.capture).revision else {
            throw Failure("notText", exit: 65, "\(state.capture.name) is no text", "choose another state")
        }
        return revision
    }
}

/// A finding as it is printed.
enum FindingText {
    static func lines(_ finding: ArticleComparison.Finding, coloured: Bool) -> String {
        let title =
            finding.kind.rawValue + (finding.kind == .figure ? "" : " (\(Int((finding.similarity * 100).rounded())) %)")
        let head = "\n" + (coloured ? "\u{1B}[1m\(title)\u{1B}[0m" : title)
        guard finding.a != finding.b else { return head + "\n  A B  " + Printable.line(finding.a) }
        let colour = coloured ? "33;1" : nil
        var lines = [head]
        if finding.kind == .figure {
            lines.append("  \(Printable.line(finding.focusA)) / \(Printable.line(finding.focusB))")
        }
        lines.append("  A  " + WordRunText.side(finding.words, keeping: .delete, whole: finding.a, colour: colour))
        lines.append("  B  " + WordRunText.side(finding.words, keeping: .insert, whole: finding.b, colour: colour))
        return lines.joined(separator: "\n")
    }

    static func json(_ finding: ArticleComparison.Finding) -> JSON {
        [
            "kind": .string(finding.kind.rawValue), "a": .string(finding.a), "b": .string(finding.b),
            "focusA": .string(finding.focusA), "focusB": .string(finding.focusB),
            "similarity": .share(thousandths: Int((finding.similarity * 1000).rounded())),
            "words": WordRunText.json(finding.words),
        ]
    }
}

struct Related: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the articles that tell of the same as one, or share its text, nearest first.",
        discussion: """
            Example:
              stet related quay-collapse
            """)

    @Argument(help: "A key, a URL, or an unambiguous part of either.")
    var article: String

    @Option(help: "At most so many.")
    var limit = 20

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let article = try archive.article(article)
        let console = options.console
        let tracker = try Tracker(archive)
        try tracker.index { console.progress("indexing: \($0) captures") }
        console.clearProgress()
        let found = try tracker.related(to: article, limit: max(1, limit))
        for other in found {
            let share = JSON.share(thousandths: Int((other.score * 1000).rounded()))
            console.print(
                "\(share.text)  \(Printable.line(other.headline ?? "(no headline)", width: 100))\n      \(Printable.line(other.article.description))",
                json: [
                    "article": .string(other.article.description), "headline": JSON(other.headline),
                    "score": share,
                ])
        }
        console.summary(
            found.isEmpty ? "no other article tells of this" : Printable.count(found.count, "article"),
            json: ["related": JSON(found.count)])
    }
}

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds articles by their words, in all revisions.",
        discussion: """
            All words must be there, in any order; "words in quotation marks" in that order; a star stands for any ending. Case, \
            accents and vowel signs do not matter.

            Example:
              stet search '"quay wall" harb*'
            """)

    @Argument(help: "Words, \"phrases\" and beginnings*.")
    var words: [String]

    @Option(help: "At most so many articles.")
    var limit = 10

    @OptionGroup var options: GlobalOptions

    func run() throws {
        guard let query = SearchQuery(words.joined(separator: " ")) else {
            throw ValidationError("there is no word in '\(words.joined(separator: " "))' that can be looked for")
        }
        let console = options.console
        let tracker = try Tracker(try options.open())
        try tracker.index { console.progress("indexing: \($0) captures") }
        console.clearProgress()
        let (hits, total) = try tracker.search(query, limit: max(1, limit))
        for hit in hits { console.print(lines(hit, console.isColoured), json: json(hit)) }
        let more = total > hits.count ? ", the first \(hits.count) shown" : ""
        console.summary(
            total == 0 ? "nothing found" : Printable.count(total, "article") + more,
            json: ["articles": JSON(total), "shown": JSON(hits.count)])
    }

    private func lines(_ hit: SearchHit, _ coloured: Bool) -> String {
        let snippet = hit.snippet.map { piece in
            let text = Printable.line(piece.text)
            return piece.isMatch && coloured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
        }.joined()
        return """
            \(Printable.line(hit.headline ?? "(no headline)", width: 100))
                \(Printable.line(hit.article.description))  \(hit.capturedAt)  \(hit.capture)
                \(snippet)
            """
    }

    private func json(_ hit: SearchHit) -> JSON {
        [
            "article": .string(hit.article.description), "capture": .string(hit.capture.description),
            "capturedAt": .string(hit.capturedAt.description), "headline": JSON(hit.headline),
            "snippet": .array(hit.snippet.map { ["text": .string($0.text), "match": .bool($0.isMatch)] }),
        ]
    }
}
