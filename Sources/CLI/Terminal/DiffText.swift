import Diffing
import Models
import Viewer

/// A comparison as it is printed: in reading order, words marked, unchanged paragraphs folded away.
struct DiffText {
    struct Options {
        /// Unchanged paragraphs shown, a line each, around what changed; nil for all of them in full.
        var context: Int?
        var isSideBySide: Bool
        /// Of the lines; nil where nothing says how long they may be.
        var width: Int?
    }

    private let comparison: Comparison
    private let order: ReadingOrder
    private let options: Options
    private let layout: TextLayout

    init(_ comparison: Comparison, options: Options, layout: TextLayout) {
        self.comparison = comparison
        order = ReadingOrder(comparison)
        self.options = options
        self.layout = layout
    }

    /// Where nothing says how wide lines may be.
    private static let assumedWidth = 120
    private static let leastWidth = 20
    private static let indent = "  "
    private static let rule = " │ "

    private var width: Int { max(Self.leastWidth, options.width ?? Self.assumedWidth) }
    private var cellWidth: Int { max(Self.leastWidth / 2, (width - Self.indent.count - Self.rule.count) / 2) }
    /// Lines in files and pipes are not broken unless somebody says how wide they are.
    private var textWidth: Int { options.width == nil ? .max : width - Self.indent.count }

    /// Both sides' names, then the passages.
    func write(from: String, to: String, _ emit: (String) -> Void) {
        header(from, to, emit)
        let isShown = shown()
        var skipped = 0
        var wasFolded = false
        for (at, passage) in order.passages.enumerated() {
            guard isShown[at] else {
                skipped += 1
                continue
            }
            if skipped > 0 { gap(skipped, emit) }
            // Folded lines of context stand together, everything else apart.
            let isFolded = !passage.isChanged && options.context != nil
            if skipped > 0 || !(isFolded && wasFolded) { emit("") }
            skipped = 0
            wasFolded = isFolded
            write(passage, emit)
        }
        if skipped > 0, !order.passages.allSatisfy({ !$0.isChanged }) { gap(skipped, emit) }
        emit("")
    }

    private func header(_ from: String, _ to: String, _ emit: (String) -> Void) {
        let sides = [("from  ", from), ("to    ", to)].map { word, label in
            [StyledText(word, .faint), StyledText(Printable.line(label))]
        }
        guard options.isSideBySide else {
            for side in sides { emit(layout.written(layout.lines(side, width: .max)[0], direction: .leftToRight)) }
            return
        }
        emitCells(sides[0], sides[1], emit)
        emit(layout.written(layout.lines([StyledText(ruler, .faint)], width: .max)[0]))
    }

    private var ruler: String {
        let half = String(repeating: "─", count: cellWidth + 1)
        return Self.indent + half + "┼" + half
    }

    /// What changed, `context` passages around it, and the headline to know the article by; without changes, nothing.
    private func shown() -> [Bool] {
        guard let context = options.context else { return order.passages.map { _ in true } }
        var shown = order.passages.map(\.isChanged)
        let changed = shown.indices.filter { shown[$0] }
        for at in changed {
            for near in max(0, at - min(at, context))..<min(shown.count, at + 1 + min(shown.count, context)) {
                shown[near] = true
            }
        }
        if !changed.isEmpty, order.passages.first?.part == .headline { shown[0] = true }
        return shown
    }

    private func gap(_ count: Int, _ emit: (String) -> Void) {
        emit("")
        let text = StyledText(Self.indent + "⋯ \(Printable.count(count, "paragraph")) unchanged", .faint)
        emit(layout.written(layout.lines([text], width: .max)[0]))
    }

    // MARK: A passage

    private func write(_ passage: ReadingOrder.Passage, _ emit: (String) -> Void) {
        for line in headings(passage) { emit(layout.written(layout.lines(line, width: .max)[0])) }
        let isFolded = passage.isChanged ? isMovedAway(passage) : options.context != nil
        let style: StyledText.Style = isFolded ? .faint : .plain
        if options.isSideBySide {
            let before = passage.hasBefore ? runs(passage, .before, style) : []
            let after = passage.hasAfter ? runs(passage, .after, style) : []
            emitCells(before, after, folded: isFolded, emit)
        } else {
            let runs = runs(passage, isMovedAway(passage) ? .before : .both, style)
            emitLines(runs, folded: isFolded, emit)
        }
    }

    private func isMovedAway(_ passage: ReadingOrder.Passage) -> Bool {
        passage.row.map { comparison.rows[$0].kind == .movedAway } ?? false
    }

    private func emitLines(_ runs: [StyledText], folded: Bool, _ emit: (String) -> Void) {
        let foldedWidth = min(textWidth, Self.assumedWidth - Self.indent.count)
        let lines = folded ? [layout.folded(runs, width: foldedWidth)] : layout.lines(runs, width: textWidth)
        let direction = direction(runs)
        for line in lines { emit(Self.indent + layout.written(line, direction: direction)) }
    }

    private func emitCells(
        _ before: [StyledText], _ after: [StyledText], folded: Bool = false, _ emit: (String) -> Void
    ) {
        func cell(_ runs: [StyledText]) -> [TextLayout.Line] {
            guard !runs.isEmpty else { return [] }
            return folded ? [layout.folded(runs, width: cellWidth)] : layout.lines(runs, width: cellWidth)
        }
        let (left, right) = (cell(before), cell(after))
        let directions = (direction(before), direction(after))
        for at in 0..<max(left.count, right.count) {
            let first = at < left.count ? left[at] : TextLayout.Line()
            let second = at < right.count ? right[at] : TextLayout.Line()
            let text = layout.written(first, direction: directions.0, paddedTo: cellWidth)
            let other = layout.written(second, direction: directions.1)
            emit(Self.indent + text + (other.isEmpty ? String(Self.rule.dropLast()) : Self.rule + other))
        }
    }

    private func direction(_ runs: [StyledText]) -> TextDirection? { TextDirection.ofMost(runs.lazy.map(\.text)) }

    // MARK: Words

    private enum Sides { case before, after, both }

    /// Words with what differs marked: by brackets, as `wdiff` does, where there is no colour.
    private func runs(_ passage: ReadingOrder.Passage, _ sides: Sides, _ style: StyledText.Style) -> [StyledText] {
        let isMoveAway = isMovedAway(passage)
        var runs: [StyledText] = [StyledText(mark(passage), style)]
        for run in passage.words {
            switch (run.operation, sides) {
            case (.delete, .after), (.insert, .before): continue
            case (.equal, _): runs.append(StyledText(shown(run.text), style))
            case (.delete, _) where isMoveAway: runs.append(StyledText(shown(run.text), style))
            case (.delete, _): runs += marked(run, .deleted, sides, ("[-", "-]"))
            case (.insert, _): runs += marked(run, .inserted, sides, ("{+", "+}"))
            }
        }
        return runs
    }

    private func marked(
        _ run: WordRun, _ style: StyledText.Style, _ sides: Sides, _ marks: (String, String)
    ) -> [StyledText] {
        // Where only one side parts blocks, a sign says so: a line may end there for want of room, too.
        let isParting = run.text.contains("\n")
        let text = isParting ? Printable.text(pilcrows(run.text)) : shown(run.text)
        var runs = [StyledText(layout.isColoured ? text : marks.0 + text + marks.1, style)]
        if isParting, style == .inserted || sides == .before { runs.append(StyledText("\n")) }
        return runs
    }

    private func pilcrows(_ text: String) -> String { String(text.map { $0 == "\n" ? "¶" : $0 == "\t" ? " " : $0 }) }

    /// Line feeds part blocks; nothing else may break a line.
    private func shown(_ text: String) -> String {
        // In UTF-8, other line breaks are controls, or begin with 0xC2 or 0xE2.
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0xC2 || $0 == 0xE2 }) else { return Printable.text(text) }
        return Printable.text(String(text.map { $0 == "\n" ? "\n" : $0.isNewline || $0 == "\t" ? " " : $0 }))
    }

    /// As `show` prints blocks of that kind.
    private func mark(_ passage: ReadingOrder.Passage) -> String {
        guard let row = passage.row.map({ comparison.rows[$0] }) else { return "" }
        let block =
            row.after.first.map { comparison.to.blocks[$0] } ?? row.before.first.map { comparison.from.blocks[$0] }
        return switch block?.kind {
        case .heading: "## "
        case .listItem: "- "
        case .quotation: "> "
        default: ""
        }
    }

    // MARK: Headings

    /// Kind and significance of each edit; where there are several, with the words it is about.
    private func headings(_ passage: ReadingOrder.Passage) -> [[StyledText]] {
        var lines: [[StyledText]] = passage.edits.map { at in
            let edit = comparison.edits[at]
            var line = heading(edit)
            if edit.kind == .moved, passage.note == nil {
                line.append(StyledText(": from paragraph \((edit.blockBefore ?? 0) + 1)"))
            }
            if passage.edits.count > 1 { line.append(StyledText("  " + gist(edit), .faint)) }
            return line
        }
        lines += passage.departures.map { at in
            let edit = comparison.edits[at]
            let place = edit.blockAfter.map { " to paragraph \($0 + 1)" } ?? ""
            return heading(edit) + [StyledText(": from here\(place)")]
        }
        if let note = passage.note {
            if lines.count == 1, passage.departures.isEmpty {
                lines[0].append(StyledText(": \(note)"))
            } else {
                lines.append([StyledText(note, lines.isEmpty ? .strong : .plain)])
            }
        }
        return lines
    }

    private func heading(_ edit: Edit) -> [StyledText] {
        let silent = edit.isSilent && edit.significance == .substantive ? ", silent" : ""
        let part =
            switch edit.part {
            case .published: ": of publication"
            case .modified: ": of last change"
            default: ""
            }
        return [StyledText("\(edit.kind)", .strong), StyledText(" (\(edit.significance)\(silent))\(part)")]
    }

    /// "14 → 17", "+ What was added", "- What was removed".
    private func gist(_ edit: Edit) -> String {
        func words(_ operation: WordRun.Operation) -> String {
            Printable.line(
                edit.words.filter { $0.operation == operation }.map(\.text).joined(separator: " … "), width: 40)
        }
        let (before, after) = (words(.delete), words(.insert))
        if before.isEmpty { return after.isEmpty ? "" : "+ \(after)" }
        return after.isEmpty ? "- \(before)" : "\(before) → \(after)"
    }
}
