import ArgumentParser
import Diffing
import Extraction
import Models
import Storage
import Viewer

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the edits between two states of an article, or between two files.",
        discussion: """
            FROM and TO are numbers as in 'stet log'; without them, the last two states. With two files, no archive is needed.

            Examples:
              stet diff quay-collapse
              stet diff quay-collapse 1 4
              stet diff monday.html tuesday.html
            """)

    @Argument(help: ArgumentHelp("An article, then optionally two numbers; or two files.", valueName: "article|file"))
    var what: [String]

    @Option(help: "text or html (one self-contained page).")
    var format: Format = .text

    @Flag(help: "Exit with 1 when there are edits.")
    var exitCode = false

    @OptionGroup var options: GlobalOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, html }

    func run() throws {
        let sides = try sides()
        let comparison = Comparison(from: sides.from.revision, to: sides.to.revision)
        let console = options.console
        if format == .html, !options.json {
            console.write(
                Array(DiffPage.html(comparison, article: sides.article, from: sides.from.page, to: sides.to.page).utf8))
        } else {
            print(comparison, sides, console)
        }
        if exitCode, !comparison.edits.isEmpty { throw Outcome.editsFound }
    }

    private func print(_ comparison: Comparison, _ sides: Sides, _ console: Console) {
        if !options.json {
            console.print("from  \(Printable.line(sides.from.label))\nto    \(Printable.line(sides.to.label))")
        }
        for edit in comparison.edits {
            console.print(
                EditText.lines(edit, coloured: console.isColoured),
                json: EditText.json(edit, article: sides.article, from: sides.from.name, to: sides.to.name))
        }
        let counts = Significance.allCases.reversed().map { level in
            (level, comparison.edits.count { $0.significance == level })
        }
        let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        console.summary(
            comparison.edits.isEmpty
                ? "no edits" : "\(Printable.count(comparison.edits.count, "edit")): \(words)",
            json: .object(
                [.init("edits", JSON(comparison.edits.count))] + counts.map { .init("\($0.0)", JSON($0.1)) }))
    }

    /// What is compared: two states of an article, or two files.
    private struct Sides {
        let article: String
        let from: Side
        let to: Side
    }

    private struct Side {
        let revision: Revision
        /// A capture's name, or a file's.
        let name: String
        let label: String
        let facts: [(name: String, value: String)]
        var page: DiffPage.Side { DiffPage.Side(title: label, facts: facts) }
    }

    private func sides() throws -> Sides {
        guard (1...3).contains(what.count) else {
            throw ValidationError("give an article and up to two numbers, or two files")
        }
        if what.count == 2, Files.isRegular(what[0]), Files.isRegular(what[1]) {
            return Sides(article: what[1], from: try side(file: what[0]), to: try side(file: what[1]))
        }
        let archive = try options.open()
        let article = try archive.article(what[0])
        let numbers = try what.dropFirst().map { text in
            guard let number = Int(text.hasPrefix("@") ? String(text.dropFirst()) : text) else {
                throw ValidationError("'\(text)' is neither a number nor a file")
            }
            return number
        }
        let from = numbers.first ?? -2
        let to = numbers.count > 1 ? numbers[1] : -1
        let states = try archive.history(of: article)
        guard states.count > 1 || !numbers.isEmpty else {
            throw Failure(
                "oneState", exit: 66, "\(article.key) has been seen in one state only",
                "there is nothing to compare yet")
        }
        return Sides(
            article: article.key.description, from: try side(from, of: article, in: archive),
            to: try side(to, of: article, in: archive))
    }

    private func side(_ number: Int, of article: ArticleSummary, in archive: Archive) throws -> Side {
        let state = try StateReference("").resolve(number, of: article, in: archive)
        guard let revision = try archive.interpretation(of: state.capture).revision else {
            throw Failure(
                "notText", exit: 65, "\(state.capture.name) is no text (\(state.capture.mediaType))",
                "choose another state")
        }
        let capture = state.capture
        let label = "@\(state.number)  \(capture.capturedAt)  \(capture.name)"
        let facts = [
            ("captured", "\(capture.capturedAt)"), ("capture", "\(capture.name)"), ("payload", "\(capture.payload)"),
            ("revision", "\(capture.revision)"),
        ]
        return Side(revision: revision, name: capture.name.description, label: label, facts: facts)
    }

    private func side(file: String) throws -> Side {
        let reading = ArticleReader.read(try Files.read(file), mediaType: nil, url: nil)
        guard let revision = reading.revision else {
            throw Failure("notText", exit: 65, "\(file) is no text (\(reading.mediaType))", "give a page or a text")
        }
        return Side(revision: revision, name: file, label: file, facts: [])
    }
}
