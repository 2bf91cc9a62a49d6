import Diffing
import Models
import Testing

@Suite("Kinds and significance")
struct ComparisonTests {
    @Test(
        "each pair shows exactly the edits that a reader finds", arguments: englishPairs + structurePairs + scriptPairs)
    func edits(of pair: Pair) {
        let comparison = Comparison(from: pair.from, to: pair.to)
        #expect(comparison.edits.map { "\($0.kind) \($0.significance)" } == pair.edits)
    }

    @Test("the table is as long as promised and has every kind that revisions can show")
    func table() {
        let all = englishPairs + structurePairs + scriptPairs
        #expect(all.count >= 60)
        let kinds = Set(
            all.flatMap { pair in pair.edits.compactMap { $0.split(separator: " ").first.map(String.init) } })
        #expect(kinds == Set(EditKind.allCases.map(\.rawValue)))
        #expect(Set(all.map(\.name)).count == all.count)
    }

    @Test("rows and words give both texts back", arguments: englishPairs + structurePairs + scriptPairs)
    func reproduction(of pair: Pair) {
        expectReproduction(Comparison(from: pair.from, to: pair.to))
        expectReproduction(Comparison(from: pair.to, to: pair.from))
    }

    @Test("the same revisions give the same edits", arguments: structurePairs)
    func determinism(of pair: Pair) {
        #expect(Comparison(from: pair.from, to: pair.to) == Comparison(from: pair.from, to: pair.to))
    }

    @Test("edits are silent unless a notice came with them")
    func silence() {
        let changed = flood.replacing("forty", with: "sixty")
        let quiet = Comparison(from: Revision(body: [flood, bridge]), to: Revision(body: [changed, bridge]))
        #expect(quiet.edits.map(\.isSilent) == [true])
        let notice = "Correction: sixty cellars were flooded, not forty."
        let open = Comparison(from: Revision(body: [flood, bridge]), to: Revision(body: [changed, bridge, notice]))
        #expect(open.edits.map(\.isSilent) == [false, false])
        let stepwise = Comparison(from: Revision(body: [flood, notice]), to: Revision(body: [changed, notice]))
        #expect(stepwise.edits.map(\.isSilent) == [false])
        let other = flood.replacing("Tuesday", with: "Monday")
        let oldNotice = Comparison(from: Revision(body: [flood, notice]), to: Revision(body: [other, notice]))
        #expect(oldNotice.edits.map(\.isSilent) == [true])
        let reworded = Comparison(
            from: Revision(body: [flood, notice]),
            to: Revision(body: [changed, notice.replacing("not forty", with: "not 40")]))
        #expect(reworded.edits.map(\.isSilent) == [false, false])
        let touched = Comparison(
            from: Revision(body: [flood, "Updated 4 May 2026, 10:05"]),
            to: Revision(body: [changed, "Updated 4 May 2026, 14:30"]))
        #expect(touched.edits.map(\.isSilent) == [true, false])
        let withdrawn = Comparison(from: Revision(body: [flood, notice]), to: Revision(body: [flood]))
        #expect(withdrawn.edits.map(\.isSilent) == [true])
        let typography = Comparison(from: Revision(body: ["A - B"]), to: Revision(body: ["A – B"]))
        #expect(typography.edits.map(\.isSilent) == [false])
    }

    @Test("edits of blocks known as furniture are left out and their rows kept")
    func furniture() {
        let from = Revision(body: [flood, "Read more: ten walks along the Karna"])
        let to = Revision(body: [flood.replacing("forty", with: "sixty"), "Read more: the best soups of the season"])
        let comparison = Comparison(from: from, to: to) { $0.text.hasPrefix("Read more") }
        #expect(comparison.edits.map(\.kind) == [.figure])
        expectReproduction(comparison)
    }

    @Test("a paragraph that moved stands in two rows that name each other")
    func movedRows() throws {
        let comparison = Comparison(
            from: Revision(body: [flood, bridge, school, relief]), to: Revision(body: [bridge, school, relief, flood]))
        #expect(comparison.rows.map(\.kind) == [.movedAway, .unchanged, .unchanged, .unchanged, .moved])
        #expect(comparison.rows.first?.partner == 4)
        #expect(comparison.rows.last?.partner == 0)
        #expect(comparison.edits.first?.blockBefore == 0)
        #expect(comparison.edits.first?.blockAfter == 3)
    }

    @Test("rows say what was split and what was merged")
    func splitRows() {
        let pieces = [
            "Children were sent home early.", "Their teachers cleaned the gymnasium. Lessons start again on Thursday.",
        ]
        let split = Comparison(from: Revision(body: [flood, school]), to: Revision(body: [flood] + pieces))
        #expect(split.rows.map(\.kind) == [.unchanged, .split])
        #expect(split.rows.last?.after == 1..<3)
        let merged = Comparison(from: Revision(body: [flood] + pieces), to: Revision(body: [flood, school]))
        #expect(merged.rows.map(\.kind) == [.unchanged, .merged])
        #expect(merged.rows.last?.before == 1..<3)
    }

    @Test("only the changed words are marked")
    func words() {
        let runs = WordRun.between("We will never give up the city", "We will not give up the city")
        #expect(
            runs == [
                WordRun(.equal, "We will "), WordRun(.delete, "never"), WordRun(.insert, "not"),
                WordRun(.equal, " give up the city"),
            ])
        let marks = WordRun.between("نص مَكتوب هنا", "نص مكتوب هنا")
        #expect(marks.count == 4)
    }

    @Test("a page's own time of last change is told apart from its other dates")
    func modified() {
        let from = Revision(modified: "2026-05-03T10:00:00Z")
        #expect(Comparison(from: from, to: Revision(modified: "2026-05-03T11:00:00Z")).isModifiedMoved)
        #expect(!Comparison(from: from, to: Revision(modified: "2026-05-03T12:00:00+02:00")).isModifiedMoved)
        #expect(Comparison(from: from, to: Revision()).isModifiedMoved)
    }
}

/// Checks what holds of every comparison.
func expectReproduction(_ comparison: Comparison, sourceLocation: SourceLocation = #_sourceLocation) {
    let (from, to) = (comparison.from, comparison.to)
    var seenBefore: [Int] = []
    var seenAfter: [Int] = []
    for (at, row) in comparison.rows.enumerated() {
        let before = from.blocks[row.before].map(\.text).joined(separator: "\n")
        let after = to.blocks[row.after].map(\.text).joined(separator: "\n")
        #expect(isSame(row.words.side(.delete), before), sourceLocation: sourceLocation)
        #expect(isSame(row.words.side(.insert), after), sourceLocation: sourceLocation)
        if row.kind != .moved { seenBefore += row.before }
        seenAfter += row.after
        if let partner = row.partner { #expect(comparison.rows[partner].partner == at, sourceLocation: sourceLocation) }
        #expect((row.partner != nil) == (row.kind == .moved || row.kind == .movedAway), sourceLocation: sourceLocation)
    }
    #expect(seenBefore == Array(from.blocks.indices), sourceLocation: sourceLocation)
    #expect(seenAfter == Array(to.blocks.indices), sourceLocation: sourceLocation)
    for edit in comparison.edits {
        #expect(isSame(edit.words.side(.delete), edit.before ?? ""), sourceLocation: sourceLocation)
        #expect(isSame(edit.words.side(.insert), edit.after ?? ""), sourceLocation: sourceLocation)
        #expect(edit.before != nil || edit.after != nil, sourceLocation: sourceLocation)
    }
}

/// Byte for byte: strings that differ in normalisation alone are equal to Swift.
func isSame(_ a: String, _ b: String) -> Bool { Array(a.utf8) == Array(b.utf8) }

extension [WordRun] {
    /// The text of one side: what is equal and what `operation` adds to it.
    func side(_ operation: WordRun.Operation) -> String {
        filter { $0.operation == .equal || $0.operation == operation }.map(\.text).joined()
    }
}
