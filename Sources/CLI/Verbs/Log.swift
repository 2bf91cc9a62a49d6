import ArgumentParser
import Diffing
import Models
import Storage
import Tracking

struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the history of an article: each state, when it was first seen, and in which captures.",
        discussion: """
            Example:
              stet log quay-collapse
            """)

    @Argument(help: "A key, a URL, or an unambiguous part of either.")
    var article: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let archive = try options.open()
        let article = try archive.article(article)
        let states = try Tracker(archive).timeline(of: article).entries
        let console = options.console
        if !options.json { console.print(Printable.line(article.key.description)) }
        for state in states { console.print(lines(state), json: json(state)) }
        console.summary(
            "\(Printable.count(states.count, "state")), \(Printable.count(article.captures, "capture"))",
            json: [
                "article": .string(article.key.description), "states": JSON(states.count),
                "captures": JSON(article.captures),
            ])
    }

    private func lines(_ entry: Timeline.Entry) -> String {
        let state = entry.state
        let health =
            entry.health.state == .healthy && !entry.health.isReturned ? "" : "  (\(ChangeText.words(entry.health)))"
        let revert = state.revertsTo.map { "  (back to @\($0))" } ?? ""
        let headline = Printable.line(state.headline ?? "(no headline)", width: 90)
        let captures = state.captures.map { "        \($0.capturedAt)  \($0.name)" }
        return (["    @\(state.number)  \(state.revision.short)  \(headline)\(revert)\(health)"] + captures).joined(
            separator: "\n")
    }

    private func json(_ entry: Timeline.Entry) -> JSON {
        let state = entry.state
        var members: [JSON.Member] = [
            .init("revision", .string(state.revision.description)), .init("number", JSON(state.number)),
            .init("capturedAt", .string(state.first.capturedAt.description)),
            .init("captures", .array(state.captures.map { Self.json($0) })), .init("headline", JSON(state.headline)),
        ]
        members.append(.init("health", .string(entry.health.state.rawValue)))
        if let reason = entry.health.reason { members.append(.init("reason", .string(reason.rawValue))) }
        if let earlier = state.revertsTo { members.append(.init("revertsTo", JSON(earlier))) }
        return .object(members)
    }

    private static func json(_ capture: HistoryCapture) -> JSON {
        [
            "capture": .string(capture.name.description), "capturedAt": .string(capture.capturedAt.description),
            "payload": .string(capture.payload.description), "size": JSON(capture.size),
            "mediaType": .string(capture.mediaType),
        ]
    }
}
