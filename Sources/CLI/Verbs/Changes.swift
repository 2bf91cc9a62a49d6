import ArgumentParser
import Diffing
import Models
import Storage
import Tracking

struct Changes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the edits in the whole archive, newest first.",
        discussion: """
            Pages that are not the article (a consent wall, an error, a stub), and articles that are gone or back, are listed too, \
            as kind 'page'; they are no edits.

            Examples:
              stet changes --since 2026-03-01T00:00:00Z --min substantive
              stet changes --since-last --site example.org --json
            """)

    @Option(help: ArgumentHelp("Only what was captured at this time or later.", valueName: "time"))
    var since: String?

    @Flag(help: "Only what came since the last 'changes --since-last', and remember that it was seen.")
    var sinceLast = false

    @Option(name: .customLong("min"), help: "cosmetic, minor or substantive.")
    var least: Least = .minor

    @Option(
        help: ArgumentHelp(
            "Only this kind, e.g. headline or figure; 'page' for pages. May be repeated.", valueName: "kind"))
    var kind: [String] = []

    @Option(help: ArgumentHelp("Only articles of this site and its subdomains.", valueName: "site"))
    var site: String?

    @Flag(help: "Exit with 1 when there are edits.")
    var exitCode = false

    @OptionGroup var options: GlobalOptions

    enum Least: String, ExpressibleByArgument, CaseIterable {
        case cosmetic, minor, substantive
        var significance: Significance {
            switch self {
            case .cosmetic: .cosmetic
            case .minor: .minor
            case .substantive: .substantive
            }
        }
    }

    func validate() throws {
        if let since, Timestamp(since) == nil {
            throw ValidationError("--since '\(since)' is no time like 2026-03-02T06:40:00Z")
        }
        for kind in kind where kind != "page" && EditKind(rawValue: kind) == nil {
            let known = EditKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--kind '\(kind)' is none of page, \(known)")
        }
    }

    func run() throws {
        let archive = try options.open()
        let console = options.console
        let tracker = try Tracker(archive)
        try tracker.follow { console.progress("comparing", $0, of: $1) }
        console.clearProgress()
        let lastLook = LastLook(archive)
        var filter = filter
        if sinceLast { filter.seen = try lastLook.read() }
        var counts = EditCounts()
        var day = ""
        try tracker.changes(filter) { change in
            counts.add(change)
            if !options.json { heading(change, &day, console) }
            console.print(ChangeText.line(change, coloured: console.isColoured), json: ChangeText.json(change))
            return true
        }
        console.summary(counts.sentence, json: counts.json)
        if sinceLast { try lastLook.write(archive) }
        if exitCode, counts.edits > 0 { throw Outcome.editsFound }
    }

    private var filter: ChangeFilter {
        var filter = ChangeFilter()
        filter.since = since.flatMap { Timestamp($0) }
        filter.least = least.significance
        filter.kinds = Set(kind.compactMap(EditKind.init(rawValue:)))
        filter.includesPages = kind.isEmpty || kind.contains("page")
        filter.includesEdits = kind.isEmpty || !filter.kinds.isEmpty
        filter.site = site
        return filter
    }

    /// Before the first change of each article and time.
    private func heading(_ change: Change, _ last: inout String, _ console: Console) {
        let line = "\(change.at)  \(Printable.line(change.article.description))"
        guard line != last else { return }
        console.print((last.isEmpty ? "" : "\n") + line)
        last = line
    }
}

/// How many changes of what weight were printed.
struct EditCounts {
    private var bySignificance: [Significance: Int] = [:]
    private var pages = 0

    var edits: Int { bySignificance.values.reduce(0, +) }

    mutating func add(_ change: Change) {
        switch change.what {
        case .edit(let edit, _, _): bySignificance[edit.significance, default: 0] += 1
        case .page: pages += 1
        }
    }

    var sentence: String {
        let parts = Significance.allCases.reversed().compactMap { level in
            bySignificance[level].map { "\($0) \(level)" }
        }
        let edits = edits == 0 ? "no edits" : "\(Printable.count(edits, "edit")): \(parts.joined(separator: ", "))"
        return pages == 0 ? edits : "\(edits); \(Printable.count(pages, "page")) not the article, gone or back"
    }

    var json: JSON {
        .object(
            [.init("edits", JSON(edits))]
                + Significance.allCases.reversed().map { .init($0.rawValue, JSON(bySignificance[$0] ?? 0)) }
                + [.init("pages", JSON(pages))])
    }
}
