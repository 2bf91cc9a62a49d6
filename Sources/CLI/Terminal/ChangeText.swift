import Diffing
import Models
import Tracking

/// A change as `changes` prints it.
enum ChangeText {
    static func line(_ change: Change, coloured: Bool) -> String {
        switch change.what {
        case .edit(let edit, let isRevert, _):
            let marks = [edit.isSilent ? "silent" : nil, isRevert ? "revert" : nil].compactMap(\.self)
            let title = "  \(edit.kind) (\(([edit.significance.rawValue] + marks).joined(separator: ", ")))"
            return ([bold(title, coloured)] + sides(edit, coloured)).joined(separator: "\n")
        case .page(let health):
            return bold("  page (\(words(health)))", coloured) + "  \(change.after)"
        }
    }

    /// "suspect: consentWall", "gone", "returned".
    static func words(_ health: StateHealth) -> String {
        if health.isReturned { return "returned" }
        return health.reason.map { "\(health.state.rawValue): \($0.rawValue)" } ?? health.state.rawValue
    }

    private static func sides(_ edit: TrackedEdit, _ coloured: Bool) -> [String] {
        var lines: [String] = []
        if let before = edit.before { lines.append("    - " + side(edit.words, .delete, before, coloured)) }
        if let after = edit.after { lines.append("    + " + side(edit.words, .insert, after, coloured)) }
        return lines
    }

    private static func side(_ words: [WordRun], _ kept: WordRun.Operation, _ whole: String, _ coloured: Bool) -> String
    {
        guard words.contains(where: { $0.operation == .equal }) else { return Printable.line(whole) }
        return words.filter { $0.operation == .equal || $0.operation == kept }.map { run in
            let text = Printable.line(run.text)
            guard run.operation == kept else { return text }
            return coloured ? "\u{1B}[\(kept == .delete ? "31;9" : "32;1")m\(text)\u{1B}[0m" : "[\(text)]"
        }.joined()
    }

    private static func bold(_ text: String, _ coloured: Bool) -> String {
        coloured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    static func json(_ change: Change) -> JSON {
        var members: [JSON.Member] = [
            .init("article", .string(change.article.description)), .init("from", JSON(change.before?.description)),
            .init("to", .string(change.after.description)), .init("at", .string(change.at.description)),
        ]
        switch change.what {
        case .edit(let edit, let isRevert, let isModifiedMoved):
            members += [
                .init("kind", .string(edit.kind.rawValue)), .init("significance", .string(edit.significance.rawValue)),
                .init("before", JSON(edit.before)), .init("after", JSON(edit.after)),
                .init("silent", .bool(edit.isSilent)),
                .init("revert", .bool(isRevert)), .init("modifiedMoved", .bool(isModifiedMoved)),
                .init(
                    "words",
                    .array(edit.words.map { ["op": .string($0.operation.rawValue), "text": .string($0.text)] })),
            ]
        case .page(let health):
            members += [
                .init("kind", "page"),
                .init("significance", .string(health.isReturned ? "returned" : health.state.rawValue)),
                .init("reason", JSON(health.reason?.rawValue)), .init("before", .null), .init("after", .null),
            ]
        }
        return .object(members)
    }
}
