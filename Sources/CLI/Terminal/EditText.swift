import Diffing
import Models

/// An edit as programs read it.
enum EditText {
    static func json(_ edit: Edit, article: String, from: String, to: String) -> JSON {
        [
            "article": .string(article), "from": .string(from), "to": .string(to), "kind": .string(edit.kind.rawValue),
            "significance": .string("\(edit.significance)"), "before": JSON(edit.before), "after": JSON(edit.after),
            "silent": .bool(edit.isSilent),
            "words": WordRunText.json(edit.words),
        ]
    }
}
