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

    /// On one line: `figure (substantive): 12 people → 14 people`.
    static func short(_ change: Change) -> String {
        switch change.what {
        case .edit(let edit, let isRevert, _):
            let marks = [edit.isSilent ? "silent" : nil, isRevert ? "revert" : nil].compactMap(\.self)
            let sides = [edit.before, edit.after].map { Printable.line($0 ?? "∅", width: 80) }.joined(separator: " → ")
            return "\(edit.kind) (\(([edit.significance.rawValue] + marks).joined(separator: ", "))): \(sides)"
        case .page(let health): return "page (\(words(health)))"
        }
    }

    /// "suspect: consentWall", "gone", "returned".
    static func words(_ health: StateHealth) -> String {
        if health.isReturned { return "returned" }
        return health.reason.map { "\(health.state.rawValue): \($0.rawValue)" } ?? health.state.rawValue
    }

    private static func sides(_ edit: TrackedEdit, _ coloured: Bool) -> [String] {
        var lines: [String] = []
        if let before = edit.before {
            lines.append(
                "    - "
                    + WordRunText.side(edit.words, keeping: .delete, whole: before, colour: coloured ? "31;9" : nil))
        }
        if let after = edit.after {
            lines.append(
                "    + " + WordRunText.side(edit.words, keeping: .insert, whole: after, colour: coloured ? "32;1" : nil)
            )
        }
        return lines
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
                .init("words", WordRunText.json(edit.words)),
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
