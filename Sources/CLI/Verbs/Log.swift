import ArgumentParser
import Capturing
import Diffing
import Models
import Storage
import Tracking

struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the history of an article: each state, when it was first seen, and in which captures.",
        discussion: """
            With --custody, what happened to its captures since they were made: who recorded, imported, restored, exported, \
            repaired or withdrew them, when, and from or to where; without an article, what happened to the whole archive.

            Examples:
              stet log quay-collapse
              stet log --custody
            """)

    @Argument(help: "A key, a URL, or an unambiguous part of either; or ORIGIN:INDEX.")
    var article: String?

    @Flag(help: "Where captures came from and went.")
    var custody = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if article == nil, !custody { throw ValidationError("name an article, or say --custody") }
    }

    func run() throws {
        let archive = try options.open()
        if custody { return try CustodyLog(archive, options.console).print(article) }
        let name = article.flatMap { CaptureName($0) }
        if let name, let withheld = try archive.withheld(name) {
            options.console.print(WithheldText.sentence(withheld), json: WithheldText.json(withheld))
            if options.json { options.console.summary("", json: ["states": 0, "captures": 0]) }
            return
        }
        let article = try name.flatMap { try archive.capture($0)?.article } ?? archive.article(article ?? "")
        let states = try Tracker(archive).timeline(of: article).entries
        let notes = try archive.notes(on: states.flatMap(\.state.captures))
        let console = options.console
        if !options.json { console.print(Printable.line(article.key.description)) }
        for state in states { console.print(lines(state, notes), json: json(state, notes)) }
        let failures = try archive.unreceived(of: article)
        if !options.json, !failures.isEmpty {
            console.print("    nothing received, which says nothing about the article:")
            for (capture, outcome) in failures {
                let reason = FetchOutcome(rawValue: outcome)?.reason ?? outcome
                console.print("        \(capture.capturedAt)  \(capture.name)  \(Printable.line(reason))")
            }
        }
        console.summary(
            "\(Printable.count(states.count, "state")), \(Printable.count(article.captures, "capture"))",
            json: [
                "article": .string(article.key.description), "states": JSON(states.count),
                "captures": JSON(article.captures),
                "failures": .array(
                    failures.map { capture, outcome in
                        [
                            "capture": .string("\(capture.name)"), "capturedAt": .string("\(capture.capturedAt)"),
                            "outcome": .string(outcome),
                        ]
                    }),
            ])
    }

    private func lines(_ entry: Timeline.Entry, _ notes: [CaptureName: [LoggedRecord]]) -> String {
        let state = entry.state
        let health =
            entry.health.state == .healthy && !entry.health.isReturned ? "" : "  (\(ChangeText.words(entry.health)))"
        let revert = state.revertsTo.map { "  (back to @\($0))" } ?? ""
        let headline = Printable.line(state.headline ?? "(no headline)", width: 90)
        let captures = state.captures.flatMap { capture in
            ["        \(capture.capturedAt)  \(capture.name)"]
                + (notes[capture.name] ?? []).map { "            " + NoteText.line($0) }
        }
        return (["    @\(state.number)  \(state.revision.short)  \(headline)\(revert)\(health)"] + captures).joined(
            separator: "\n")
    }

    private func json(_ entry: Timeline.Entry, _ notes: [CaptureName: [LoggedRecord]]) -> JSON {
        let state = entry.state
        var members: [JSON.Member] = [
            .init("revision", .string(state.revision.description)), .init("number", JSON(state.number)),
            .init("capturedAt", .string(state.first.capturedAt.description)),
            .init("captures", .array(state.captures.map { Self.json($0, notes[$0.name] ?? []) })),
            .init("headline", JSON(state.headline)),
        ]
        members.append(.init("health", .string(entry.health.state.rawValue)))
        if let reason = entry.health.reason { members.append(.init("reason", .string(reason.rawValue))) }
        if let earlier = state.revertsTo { members.append(.init("revertsTo", JSON(earlier))) }
        return .object(members)
    }

    private static func json(_ capture: HistoryCapture, _ notes: [LoggedRecord]) -> JSON {
        let own: [JSON.Member] = [
            .init("capture", .string(capture.name.description)),
            .init("capturedAt", .string(capture.capturedAt.description)),
            .init("payload", .string(capture.payload.description)), .init("size", JSON(capture.size)),
            .init("mediaType", .string(capture.mediaType)),
        ]
        return .object(own + NoteText.members(notes))
    }
}
