package import Models

/// A text in which stretches are marked, each by a number that leads to its partner in another text. Stretches may lie within
/// and across each other.
package struct MarkedText {
    package struct Mark {
        let number: Int
        /// What it is, for those who do not see it: "passage".
        let name: String
        let block: Int
        /// In UTF-8, within the block's text.
        let place: Range<Int>
        /// What lies deeper is drawn on top.
        let depth: Int

        package init(number: Int, name: String, block: Int, place: Range<Int>, depth: Int) {
            self.number = number
            self.name = name
            self.block = block
            self.place = place
            self.depth = depth
        }
    }

    /// The letter that this text's marks are named by, and the other one's.
    private let letters: (own: String, other: String)
    private let otherName: String
    private let text: SideText
    private let blocks: [Revision.Block]
    private var marks: [Int: [Mark]] = [:]

    /// - Parameter otherName: of the text in which the partners stand.
    package init(_ revision: Revision, _ marks: [Mark], letters: (own: String, other: String), otherName: String) {
        self.letters = letters
        self.otherName = otherName
        blocks = revision.blocks
        text = SideText(.before, DiffPage.Side(title: ""), revision)
        for mark in marks { self.marks[mark.block, default: []].append(mark) }
    }

    /// Colours repeat; numbers do not.
    static func style(_ number: Int) -> String { "k\((number - 1) % 8)" }

    func attributes(for words: String) -> String { text.attributes(for: words) }

    package var html: String {
        blocks.indices.map { at in
            let block = blocks[at]
            return """
                <p class="\(block.kind.rawValue)"\(text.attributes(for: block.text))>\(content(block.text, marks[at] ?? []))</p>
                """
        }.joined(separator: "\n")
    }

    private func content(_ text: String, _ marks: [Mark]) -> String {
        guard !marks.isEmpty else { return HTMLText.escaped(text) }
        let bytes = Array(text.utf8)
        let whole = 0..<bytes.count
        let marks = marks.filter {
            !$0.place.isEmpty && whole.contains($0.place.lowerBound) && $0.place.upperBound <= bytes.count
        }
        .sorted { ($0.depth, $0.number) < ($1.depth, $1.number) }
        let bounds = Set(marks.flatMap { [$0.place.lowerBound, $0.place.upperBound] } + [0, bytes.count]).sorted()
        var starting: [Int: [Mark]] = [:]
        for mark in marks { starting[mark.place.lowerBound, default: []].append(mark) }
        var active: [Mark] = []
        var out = ""
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            active.removeAll { $0.place.upperBound <= start }
            for mark in starting[start] ?? [] {
                out += link(mark)
                active.append(mark)
            }
            active.sort { ($0.depth, $0.number) < ($1.depth, $1.number) }
            let piece = HTMLText.escaped(String(decoding: bytes[start..<end], as: UTF8.self))
            let opening = active.map {
                "<mark class=\"\($0.name) \(Self.style($0.number))\" data-f=\"\($0.number)\">"
            }.joined()
            out += opening + piece + String(repeating: "</mark>", count: active.count)
        }
        return out
    }

    private func link(_ mark: Mark) -> String {
        """
        <a class="badge \(Self.style(mark.number))" id="\(letters.own)\(mark.number)" href="#\(letters.other)\(mark.number)" \
        data-f="\(mark.number)" lang="en" dir="ltr"><span class="vh">\(mark.name) </span>\(mark.number)\
        <span class="vh">, in \(HTMLText.escaped(otherName))</span></a>
        """
    }
}
