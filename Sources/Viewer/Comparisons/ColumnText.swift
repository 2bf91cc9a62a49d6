internal import Diffing

/// A comparison in one column: what was struck out and what was put in, where it stood.
struct ColumnText {
    private let comparison: Comparison
    private let order: ReadingOrder
    private let sides: (before: SideText, after: SideText)

    init(_ comparison: Comparison, _ order: ReadingOrder, _ sides: (before: SideText, after: SideText)) {
        self.comparison = comparison
        self.order = order
        self.sides = sides
    }

    var html: String {
        """
        <section aria-labelledby="column" class="column">
        <h2 id="column">In one column</h2>
        \(order.passages.indices.map(passage).joined(separator: "\n"))
        </section>
        """
    }

    private func passage(_ at: Int) -> String {
        let passage = order.passages[at]
        let row = passage.row.map { comparison.rows[$0] }
        let side = passage.hasAfter ? sides.after : sides.before
        let text = side.passage(passage, blocks: passage.hasAfter ? row?.after : row?.before)
        let attributes = side.attributes(for: passage.words.map(\.text).joined())
        var marks = passage.edits.map { DiffPage.link($0, comparison.edits[$0], suffix: "") }
        if let note = passage.note { marks.append("<span class=\"note\">\(HTMLText.escaped(note))</span>") }
        let told = marks.isEmpty ? "" : "<p class=\"marks\">\(marks.joined(separator: " "))</p>"
        return """
            <div id="p\(at + 1)" class="passage \(passage.isChanged ? "changed" : "same")">\(told)<div\(attributes)>\(text)</div></div>
            """
    }
}
