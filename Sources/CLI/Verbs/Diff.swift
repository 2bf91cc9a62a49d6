import ArgumentParser
import Diffing
import Extraction
import Models
import Storage
import Tracking
import Viewer

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the edits between two states of an article, or between two files.",
        discussion: """
            FROM and TO are numbers as in 'stet log'; without them, the last two states. With two files, no archive is needed.

            Words that differ are coloured on a terminal, and marked [-so-] and {+so+} elsewhere. Paragraphs that did not
            change are folded; on a terminal of 120 columns or more ($COLUMNS, else its own width) the states stand side by
            side. What '--format unified' prints is applied by 'patch' to what 'stet show' prints of FROM.

            Examples:
              stet diff quay-collapse
              stet diff quay-collapse 1 4 --all
              stet diff monday.html tuesday.html --format html > edits.html
            """)

    @Argument(help: ArgumentHelp("An article, then optionally two numbers; or two files.", valueName: "article|file"))
    var what: [String]

    @Option(help: "text, unified (for 'patch') or html (one self-contained page).")
    var format: Format = .text

    @Option(
        help: ArgumentHelp("Unchanged paragraphs around each change: 1; in a unified diff, lines: 3.", valueName: "n"))
    var context: Int?

    @Flag(help: "The whole article, unchanged paragraphs too.")
    var all = false

    @Flag(inversion: .prefixedNo, help: "Both states in columns; by default on wide terminals.")
    var sideBySide: Bool?

    @Flag(help: "Exit with 1 when there are edits.")
    var exitCode = false

    @OptionGroup var options: GlobalOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, unified, html }

    func validate() throws {
        if let context, context < 0 { throw ValidationError("--context takes 0 or more") }
    }

    func run() throws {
        let sides = try sides()
        let comparison = try sides.comparison()
        let console = options.console
        switch options.json ? nil : format {
        case .html:
            console.write(
                Array(DiffPage.html(comparison, article: sides.article, from: sides.from.page, to: sides.to.page).utf8))
        case .unified: console.write(Array(unified(sides).utf8))
        case .text:
            write(comparison, sides, console)
            summarize(comparison, console)
        case nil:
            for edit in comparison.edits {
                console.print(EditText.json(edit, article: sides.article, from: sides.from.name, to: sides.to.name))
            }
            summarize(comparison, console)
        }
        if exitCode, !comparison.edits.isEmpty { throw Outcome.editsFound }
    }

    private func write(_ comparison: Comparison, _ sides: Sides, _ console: Console) {
        let window = TerminalWindow.current
        let isWide = window.isTerminal && (window.width ?? 0) >= Self.widthForSides
        let text = DiffText(
            comparison,
            options: DiffText.Options(
                context: all ? nil : context ?? 1, isSideBySide: sideBySide ?? isWide, width: window.width),
            layout: TextLayout(isColoured: console.isColoured, isTerminal: window.isTerminal))
        text.write(from: sides.from.label, to: sides.to.label) { console.print($0) }
    }

    /// In columns: below it, lines of half the width are hard to read.
    private static let widthForSides = 120

    /// Of what `show` prints. What stands before `---` is for readers; `patch` passes over it.
    private func unified(_ sides: Sides) -> String {
        let lines = UnifiedDiff.text(
            from: Printable.text(sides.from.revision.text), to: Printable.text(sides.to.revision.text),
            nameBefore: sides.from.title, nameAfter: sides.to.title,
            context: all ? Int(Int32.max) : context ?? 3)
        guard !lines.isEmpty else { return "" }
        let header = "from  \(Printable.line(sides.from.label))\nto    \(Printable.line(sides.to.label))\n"
        return header + lines
    }

    private func summarize(_ comparison: Comparison, _ console: Console) {
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
        /// Of an archive, which knows the furniture of its sites.
        var tracker: Tracker?
        var key: ArticleKey?

        func comparison() throws -> Comparison {
            guard let tracker, let key else { return Comparison(from: from.revision, to: to.revision) }
            return try tracker.comparison(from: from.revision, to: to.revision, of: key)
        }
    }

    private struct Side {
        let revision: Revision
        /// A capture's name, or a file's.
        let name: String
        /// `ARTICLE@N`, or a file's name.
        let title: String
        let label: String
        var page: DiffPage.Side
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
        let tracker = try Tracker(archive)
        let last = try numbers.isEmpty ? lastTwo(of: article, tracker) : (numbers[0], -1)
        let from = numbers.first ?? last.0
        let to = numbers.count > 1 ? numbers[1] : last.1
        return Sides(
            article: article.key.description, from: try side(from, of: article, in: archive),
            to: try side(to, of: article, in: archive), tracker: tracker, key: article.key)
    }

    /// The last two states that show the article, whatever stood in its place in between.
    private func lastTwo(of article: ArticleSummary, _ tracker: Tracker) throws -> (Int, Int) {
        let timeline = try tracker.timeline(of: article)
        let states = timeline.healthy
        guard states.count > 1 else {
            let isAlone = timeline.entries.count < 2
            throw Failure(
                "oneState", exit: 66,
                isAlone
                    ? "\(article.key) has been seen in one state only"
                    : "only \(states.count) of the states of \(article.key) show the article",
                isAlone ? "there is nothing to compare yet" : "'stet log' shows all; name two by their numbers")
        }
        return (states[states.count - 2].number, states[states.count - 1].number)
    }

    private func side(_ number: Int, of article: ArticleSummary, in archive: Archive) throws -> Side {
        let state = try StateReference("").resolve(number, of: article, in: archive)
        guard let revision = try archive.interpretation(of: state.capture).revision else {
            throw Failure(
                "notText", exit: 65, "\(state.capture.name) is no text (\(state.capture.mediaType))",
                "choose another state")
        }
        let capture = state.capture
        let page = DiffPage.Side(
            title: "@\(state.number)", capturedAt: "\(capture.capturedAt)",
            facts: [
                ("capture", "\(capture.name)"), ("payload", "\(capture.payload)"), ("revision", "\(capture.revision)"),
            ])
        return Side(
            revision: revision, name: capture.name.description, title: "\(article.key)@\(state.number)",
            label: "@\(state.number)  \(capture.capturedAt)  \(capture.name)", page: page)
    }

    private func side(file: String) throws -> Side {
        let bytes = try Files.read(file)
        let reading = ArticleReader.read(bytes, mediaType: nil, url: nil)
        guard let revision = reading.revision else {
            throw Failure("notText", exit: 65, "\(file) is no text (\(reading.mediaType))", "give a page or a text")
        }
        let facts = [("payload", "\(ObjectID(hashing: bytes))"), ("revision", "\(revision.id)")]
        return Side(
            revision: revision, name: file, title: file, label: file, page: DiffPage.Side(title: file, facts: facts))
    }
}
