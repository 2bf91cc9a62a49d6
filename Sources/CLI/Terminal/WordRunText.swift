import Diffing
import Models

/// Words of a comparison as they are listed, one side a line.
enum WordRunText {
    /// One side with the words that only it has marked: by colour, or by brackets where there is none. `whole` where the sides
    /// have nothing in common.
    ///
    /// - Parameter colour: an SGR code; nil without colours.
    static func side(_ words: [WordRun], keeping own: WordRun.Operation, whole: String, colour: String?) -> String {
        guard words.contains(where: { $0.operation == .equal }) else { return Printable.line(whole) }
        return words.filter { $0.operation == .equal || $0.operation == own }.map { run in
            let text = Printable.line(run.text)
            guard run.operation == own else { return text }
            return colour.map { "\u{1B}[\($0)m\(text)\u{1B}[0m" } ?? "[\(text)]"
        }.joined()
    }

    static func json(_ words: [WordRun]) -> JSON {
        .array(words.map { ["op": .string($0.operation.rawValue), "text": .string($0.text)] })
    }
}
