import Diffing
import Models

/// How the text of one side of a comparison is written into a page.
struct SideText {
    enum Which: String { case before, after }

    let side: DiffPage.Side
    private let which: Which
    private let blocks: [Revision.Block]
    private let language: String?
    private let direction: TextDirection

    init(_ which: Which, _ side: DiffPage.Side, _ revision: Revision) {
        self.which = which
        self.side = side
        blocks = revision.blocks
        language = revision.language.flatMap(Self.languageTag)
        direction = TextDirection.ofMost([revision.headline ?? ""] + blocks.map(\.text)) ?? .leftToRight
    }

    /// Only what could be a BCP 47 tag: pages declare all sorts of things.
    static func languageTag(_ declared: String) -> String? {
        let isTag =
            (2...35).contains(declared.utf8.count)
            && declared.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        return isTag ? declared : nil
    }

    /// ` lang="…" dir="…"`. A language that is not known is said to be so: the page's own is the language of its labels.
    func attributes(for text: String) -> String {
        let direction = TextDirection.ofMost(text) ?? direction
        return " lang=\"\(language ?? "")\" dir=\"\(direction.rawValue)\""
    }

    /// An edit's words as this side has them.
    func line(_ words: [WordRun]) -> String {
        let words = own(words)
        let text = words.map { run in
            let lines = Self.lines(run.text).map(HTMLText.escaped)
            return HTMLText.marked(run.operation, lines.joined(separator: run.operation == .equal ? "<br>" : "¶<br>"))
        }
        return """
            <p class="\(which.rawValue)"\(attributes(for: words.map(\.text).joined()))>\(HTMLText.hidden("\(which.rawValue): "))\
            \(text.joined())</p>
            """
    }

    /// - Parameters:
    ///   - range: The blocks of this side that the passage shows; nil for fields.
    ///   - kind: Of the row; nil for fields. The older text of something moved is shown at both places, for comparison,
    ///     and stands out at neither.
    func cell(_ passage: ReadingOrder.Passage, blocks range: Range<Int>?, kind: Row.Kind?) -> String {
        guard which == .before ? passage.hasBefore : passage.hasAfter else {
            return "<td role=\"cell\" class=\"none\"><span class=\"vh\">not there</span></td>"
        }
        let words = own(kind == .movedAway ? passage.words.map { WordRun(.equal, $0.text) } : passage.words)
        let styles = range.map { blocks[$0].map(\.kind.rawValue) } ?? [passage.part.rawValue]
        let attributes = attributes(for: words.map(\.text).joined())
        let elsewhere = which == .before && (kind == .moved || kind == .movedAway) ? " elsewhere" : ""
        return """
            <td role="cell" class="\(which.rawValue)\(elsewhere)"\(attributes)><span class="side" lang="en" dir="ltr">\(which.rawValue)</span>\
            \(paragraphs(words, styles))</td>
            """
    }

    /// A passage with the words of both sides, as this one has its language and direction.
    func passage(_ passage: ReadingOrder.Passage, blocks range: Range<Int>?) -> String {
        let styles = range.map { blocks[$0].map(\.kind.rawValue) } ?? [passage.part.rawValue]
        return paragraphs(passage.words, styles)
    }

    private func own(_ words: [WordRun]) -> [WordRun] {
        words.filter { $0.operation != (which == .before ? .insert : .delete) }
    }

    /// Line feeds part the blocks of a row. One that only this side has is shown as a pilcrow.
    private func paragraphs(_ words: [WordRun], _ kinds: [String]) -> String {
        var done: [String] = []
        var current = ""
        func close() {
            done.append(
                "<p class=\"\(kinds.indices.contains(done.count) ? kinds[done.count] : "paragraph")\">\(current)</p>")
            current = ""
        }
        for run in words {
            let lines = Self.lines(run.text)
            for (at, line) in lines.enumerated() {
                let isLast = at == lines.count - 1
                let text = HTMLText.escaped(line) + (!isLast && run.operation != .equal ? "¶" : "")
                if !text.isEmpty { current += HTMLText.marked(run.operation, text) }
                if !isLast { close() }
            }
        }
        close()
        return done.joined()
    }

    private static func lines(_ text: String) -> [String] {
        text.utf8.contains(0x0A)
            ? text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) : [text]
    }
}
