import ArgumentParser
import Models
import Storage

struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds a remark or tags to a capture.",
        discussion: """
            It is a record of its own in the archive's log: it can be followed by another one, not changed, and travels with \
            snapshots. 'stet log' and 'stet show' show it; 'stet articles --tag T' finds what is tagged.

            Examples:
              stet note 5458d0c8a1f2:17 'the minister disputes this figure' --tag disputed
              stet note 5458d0c8a1f2:17 --untag disputed
            """)

    @Argument(help: "ORIGIN:INDEX, as 'stet log' prints it.")
    var capture: String

    @Argument(help: "The remark, up to \(NoteDetail.longestText) bytes.")
    var text: String?

    @Option(help: ArgumentHelp("A tag to put on: a word without spaces. May be repeated.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("A tag to take off. May be repeated.", valueName: "tag"))
    var untag: [String] = []

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        for word in tag + untag where NoteTag(word) == nil {
            throw ValidationError(
                "'\(Printable.line(word, width: 80))' is no tag: it must be a word without spaces, up to 100 bytes")
        }
        if (text ?? "").isEmpty, tag.isEmpty, untag.isEmpty { throw ValidationError("give a text, --tag or --untag") }
    }

    func run() throws {
        let archive = try options.open()
        let (_, found) = try CaptureArgument(capture).resolve(in: archive)
        guard let line = try archive.line(found.index, of: found.origin) else {
            throw ArchiveError.noSuchCapture(capture)
        }
        var random = SystemRandomNumberGenerator()
        let note: NoteDetail
        do {
            note = try NoteDetail(
                on: RecordReference(line, of: found.origin), text: text ?? "",
                tags: Set(tag.compactMap { NoteTag($0) }), untags: Set(untag.compactMap { NoteTag($0) }),
                tool: Version.tool, salt: Salt(using: &random))
        } catch {
            throw Failure("usage", exit: 64, error.description, "write a shorter note, or several")
        }
        let record = CaptureName(origin: archive.origin, index: try archive.record(.note(note)).index)
        options.console.print(
            "noted on \(found.name), as \(record)",
            json: [
                "note": .string(record.description), "capture": .string(found.name.description),
                "text": .string(note.text), "tags": .array(note.tags.sorted().map { .string($0.description) }),
                "untags": .array(note.untags.sorted().map { .string($0.description) }),
            ])
        if options.json { options.console.summary("", json: ["notes": 1]) }
    }
}

/// `ORIGIN:INDEX`, where nothing else will do.
struct CaptureArgument {
    let text: String
    init(_ text: String) { self.text = text }

    func name() throws -> CaptureName {
        guard let name = CaptureName(text) else {
            throw Failure(
                "usage", exit: 64, "'\(Printable.line(text, width: 80))' names no capture",
                "a capture is named ORIGIN:INDEX, as 'stet log' prints it")
        }
        return name
    }

    func resolve(in archive: Archive) throws -> (article: ArticleSummary, capture: HistoryCapture) {
        let name = try name()
        if let found = try archive.capture(name) { return found }
        if let withheld = try archive.withheld(name) { throw Failure(withheld) }
        throw ArchiveError.noSuchCapture(text)
    }
}

extension Failure {
    init(_ withheld: Withheld) {
        self.init("withheld", exit: 66, WithheldText.sentence(withheld), "its content is not in this archive")
    }
}

enum WithheldText {
    static func sentence(_ withheld: Withheld) -> String {
        let who = withheld.isWithdrawn ? "withheld" : "hidden here"
        return "\(withheld.record) \(who) since \(withheld.since): \(Printable.line(withheld.reason)) (\(withheld.by))"
    }

    static func json(_ withheld: Withheld) -> JSON {
        [
            "capture": .string(withheld.record.description),
            "status": .string(withheld.isWithdrawn ? "withheld" : "hidden"),
            "since": .string(withheld.since.description), "reason": .string(withheld.reason),
            "by": .string(withheld.by.description),
        ]
    }
}

/// Notes as `log` and `show` print them.
enum NoteText {
    /// The tags that are on now.
    static func tags(_ notes: [LoggedRecord]) -> [NoteTag] {
        var tags: Set<NoteTag> = []
        for case .note(let note) in notes.map(\.detail) {
            tags.formUnion(note.tags)
            tags.subtract(note.untags)
        }
        return tags.sorted()
    }

    static func line(_ record: LoggedRecord) -> String {
        guard case .note(let note) = record.detail else { return "" }
        let words = note.tags.sorted().map { "+\($0)" } + note.untags.sorted().map { "-\($0)" }
        let tags = words.isEmpty ? "" : " [\(Printable.line(words.joined(separator: " ")))]"
        let text = note.text.isEmpty ? "" : " " + Printable.line(note.text)
        return "note \(record.line.recordedAt)  \(record.name)\(tags)\(text)"
    }

    static func members(_ notes: [LoggedRecord]) -> [JSON.Member] {
        guard !notes.isEmpty else { return [] }
        return [
            .init("notes", .array(notes.map { json($0) })),
            .init("tags", .array(tags(notes).map { .string($0.description) })),
        ]
    }

    private static func json(_ record: LoggedRecord) -> JSON {
        guard case .note(let note) = record.detail else { return .null }
        return [
            "note": .string(record.name.description), "recordedAt": .string(record.line.recordedAt.description),
            "text": .string(note.text), "tags": .array(note.tags.sorted().map { .string($0.description) }),
            "untags": .array(note.untags.sorted().map { .string($0.description) }),
        ]
    }
}
