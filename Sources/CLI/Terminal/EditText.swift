import Diffing
import Models

/// An edit as it is printed.
enum EditText {
    static func lines(_ edit: Edit, coloured: Bool) -> String {
        let silent = edit.isSilent && edit.significance == .substantive ? ", silent" : ""
        var lines = ["", bold("\(edit.kind) (\(edit.significance)\(silent))", coloured)]
        if edit.before != nil { lines.append("  - " + side(edit, keeping: .delete, fallback: edit.before, coloured)) }
        if edit.after != nil { lines.append("  + " + side(edit, keeping: .insert, fallback: edit.after, coloured)) }
        return lines.joined(separator: "\n")
    }

    /// One side of an edit with the words that differ marked: by colour, or by brackets where there is none.
    private static func side(_ edit: Edit, keeping op: WordRun.Operation, fallback: String?, _ coloured: Bool) -> String
    {
        guard !edit.words.isEmpty else { return Printable.line(fallback ?? "") }
        let isWhole = !edit.words.contains { $0.operation == .equal }
        return edit.words.filter { $0.operation == .equal || $0.operation == op }.map { run in
            let text = Printable.line(run.text)
            guard run.operation == op, !isWhole || coloured else { return text }
            return coloured ? "\u{1B}[\(op == .delete ? "31;9" : "32;1")m\(text)\u{1B}[0m" : "[\(text)]"
        }.joined()
    }

    private static func bold(_ text: String, _ coloured: Bool) -> String {
        coloured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    static func json(_ edit: Edit, article: String, from: String, to: String) -> JSON {
        [
            "article": .string(article), "from": .string(from), "to": .string(to), "kind": .string(edit.kind.rawValue),
            "significance": .string("\(edit.significance)"), "before": JSON(edit.before), "after": JSON(edit.after),
            "silent": .bool(edit.isSilent),
            "words": .array(edit.words.map { ["op": .string($0.operation.rawValue), "text": .string($0.text)] }),
        ]
    }
}
