import ArgumentParser
import Models
import Storage

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows one state of an article as text, or the page exactly as it was received.",
        discussion: """
            ARTICLE@N is the Nth state in the order of 'stet log', @-1 the last, which is the default. ORIGIN:INDEX shows one capture.

            Examples:
              stet show quay-collapse@1
              stet show quay-collapse --raw > page.html
            """)

    @Argument(help: "ARTICLE, ARTICLE@N or ORIGIN:INDEX.")
    var article: String

    @Flag(help: "The bytes exactly as they were received.")
    var raw = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let state = try StateReference(article).resolve(in: archive)
        if raw {
            try archive.stream(state.capture.payload) { options.console.write($0) }
            return
        }
        let interpretation = try archive.interpretation(of: state.capture)
        guard let revision = interpretation.revision else {
            throw Failure(
                "notText", exit: 65, "\(state.capture.name) is no text (\(state.capture.mediaType))",
                "'--raw' gives its bytes")
        }
        let notes = try archive.notes(on: [state.capture])[state.capture.name] ?? []
        // Not on the standard output: that is the text, and nothing else.
        if !options.json { for note in notes { options.console.notice(NoteText.line(note)) } }
        options.console.print(
            String(Printable.text(revision.text).dropLast()), json: json(revision, interpretation.key, state, notes))
        if options.json { options.console.summary("", json: ["revisions": 1]) }
    }

    private func json(
        _ revision: Revision, _ key: ArticleKey, _ state: StateReference.Resolved, _ notes: [LoggedRecord]
    ) -> JSON {
        let own: [JSON.Member] = [
            .init("article", .string(key.description)), .init("number", JSON(state.number)),
            .init("revision", .string(state.capture.revision.description)),
            .init("capture", .string(state.capture.name.description)),
            .init("capturedAt", .string(state.capture.capturedAt.description)),
            .init("payload", .string(state.capture.payload.description)),
        ]
        return .object(own + ExtractedArticle.members(revision) + NoteText.members(notes))
    }
}

/// `ARTICLE`, `ARTICLE@N` or `ORIGIN:INDEX`.
struct StateReference {
    private let text: String
    private let number: Int?

    struct Resolved {
        let capture: HistoryCapture
        let number: Int
        let article: ArticleSummary
    }

    init(_ text: String) {
        // An @ may stand in an address too: only a number behind the last one counts.
        if let at = text.lastIndex(of: "@"), let number = Int(text[text.index(after: at)...]) {
            self.text = String(text[..<at])
            self.number = number
        } else {
            self.text = text
            number = nil
        }
    }

    func resolve(in archive: Archive) throws -> Resolved {
        if number == nil, let name = CaptureName(text) {
            if let found = try find(name, in: archive) { return found }
            if let withheld = try archive.withheld(name) { throw Failure(withheld) }
        }
        let article = try archive.article(text)
        return try resolve(number ?? -1, of: article, in: archive)
    }

    func resolve(_ number: Int, of article: ArticleSummary, in archive: Archive) throws -> Resolved {
        let states = try archive.history(of: article)
        let index = number < 0 ? states.count + number : number - 1
        guard states.indices.contains(index) else {
            throw ArchiveError.noSuchRevision(article: article.key.description, number: number, count: states.count)
        }
        return Resolved(capture: states[index].first, number: states[index].number, article: article)
    }

    private func find(_ name: CaptureName, in archive: Archive) throws -> Resolved? {
        guard let (article, capture) = try archive.capture(name) else { return nil }
        let state = try archive.history(of: article).first { $0.captures.contains(capture) }
        return Resolved(capture: capture, number: state?.number ?? 0, article: article)
    }
}
