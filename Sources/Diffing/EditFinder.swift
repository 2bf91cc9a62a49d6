import Models

/// Finds the rows and edits of the body.
struct EditFinder {
    private let from: Revision
    private let to: Revision
    var pair = PairReading()
    var likeness = Likeness()
    private(set) var rows: [Row] = []
    private(set) var edits: [Edit] = []
    var names = Names()
    var partnerOfBefore: [Int] = []
    var partnerOfAfter: [Int] = []

    init(_ from: Revision, _ to: Revision) {
        self.from = from
        self.to = to
        for block in from.blocks { _ = pair.before.add(block.kind, block.text) }
        for block in to.blocks { _ = pair.after.add(block.kind, block.text) }
    }

    mutating func findBodyEdits() {
        let blocks = BlockAlignment(&pair)
        let sentences = SentenceAlignment(&pair, blocks)
        let plans = RowPlan.rows(pair, blocks, sentences)
        for plan in plans where plan.isEqual && !plan.isIdentical {
            pair.read(plan.before.lowerBound, on: .before)
            pair.read(plan.after.lowerBound, on: .after)
        }
        pair.vocabulary.settleLanguage(declared: to.language ?? from.language)
        names = Names(pair)
        partnerOfBefore = sentences.partnerOfBefore
        partnerOfAfter = sentences.partnerOfAfter
        for plan in plans { add(plan) }
        linkMoved()
    }

    private func bytesBefore(_ blocks: Range<Int>) -> Range<Int> { Self.bytes(pair.before, blocks) }
    private func bytesAfter(_ blocks: Range<Int>) -> Range<Int> { Self.bytes(pair.after, blocks) }

    private static func bytes(_ reading: Reading, _ blocks: Range<Int>) -> Range<Int> {
        guard !blocks.isEmpty else { return 0..<0 }
        return reading.blocks[blocks.lowerBound].bytes
            .lowerBound..<reading.blocks[blocks.upperBound - 1].bytes.upperBound
    }

    private mutating func add(_ plan: RowPlan) {
        switch plan.kind {
        case .added, .removed: addOneSided(plan)
        case .movedAway: addRow(.movedAway, plan, [WordRun(.delete, pair.before.string(bytesBefore(plan.before)))])
        default:
            if plan.isIdentical { addSame(plan) } else { addRewritten(plan) }
        }
    }

    private mutating func addRow(_ kind: Row.Kind, _ plan: RowPlan, _ words: [WordRun]) {
        rows.append(Row(kind: kind, before: plan.before, after: plan.after, words: words))
    }

    /// Each side of a move learns where the other is.
    private mutating func linkMoved() {
        var left: [Int: Int] = [:]
        for (at, row) in rows.enumerated() where row.kind == .movedAway { left[row.before.lowerBound] = at }
        for at in rows.indices where rows[at].kind == .moved {
            guard let partner = left[rows[at].before.lowerBound] else { continue }
            rows[at].partner = partner
            rows[partner].partner = at
        }
    }

    // MARK: Whole blocks

    private mutating func addSame(_ plan: RowPlan) {
        let text = pair.after.string(bytesAfter(plan.after))
        let words = text.isEmpty ? [] : [WordRun(.equal, text)]
        let changesKind =
            pair.before.blocks[plan.before.lowerBound].kind != pair.after.blocks[plan.after.lowerBound].kind
        addRow(plan.kind == .unchanged && changesKind ? .rewritten : plan.kind, plan, words)
        if plan.kind == .moved { addBlockEdit(.moved, .minor, plan, words) }
        if changesKind { addBlockEdit(.markup, .cosmetic, plan, words) }
    }

    private mutating func addBlockEdit(
        _ kind: EditKind, _ significance: Significance, _ plan: RowPlan, _ words: [WordRun]
    ) {
        edits.append(
            Edit(
                kind, significance, before: plan.before.isEmpty ? nil : pair.before.string(bytesBefore(plan.before)),
                after: plan.after.isEmpty ? nil : pair.after.string(bytesAfter(plan.after)), words: words,
                blockBefore: plan.before.first, blockAfter: plan.after.first))
    }

    private mutating func addOneSided(_ plan: RowPlan) {
        let isAdded = plan.kind == .added
        let reading = isAdded ? pair.after : pair.before
        let text = reading.string(isAdded ? bytesAfter(plan.after) : bytesBefore(plan.before))
        let words = text.isEmpty ? [] : [WordRun(isAdded ? .insert : .delete, text)]
        addRow(plan.kind, plan, words)
        let sentences = reading.blocks[isAdded ? plan.after.lowerBound : plan.before.lowerBound].sentences
        let partners = isAdded ? partnerOfAfter : partnerOfBefore
        guard sentences.contains(where: { partners[$0] >= 0 }) else {
            let block = isAdded ? plan.after.lowerBound : plan.before.lowerBound
            let (kind, significance) = kindOfOneSided(reading, block, sentences.first, isAdded: isAdded)
            addBlockEdit(kind, significance, plan, words)
            return
        }
        var found: [Edit] = []
        addSentences(isAdded ? [] : Array(sentences), isAdded ? Array(sentences) : [], &found)
        edits += found
    }

    func kindOfOneSided(
        _ reading: Reading, _ block: Int, _ sentence: Int?, isAdded: Bool
    ) -> (kind: EditKind, significance: Significance) {
        if reading.blocks[block].kind == .caption { return (.image, .substantive) }
        if let sentence, pair.isNotice(reading, reading.sentences[sentence].tokens) {
            return (.correction, .substantive)
        }
        if let age = DateLine.age(pair, reading, reading.blocks[block].tokens) {
            return (.date, age == .relative ? .cosmetic : .minor)
        }
        return (isAdded ? .added : .removed, .substantive)
    }

    // MARK: Rewritten blocks

    private mutating func addRewritten(_ plan: RowPlan) {
        var found: [Edit] = []
        let sentencesBefore = plan.before.flatMap { pair.before.blocks[$0].sentences }
        let sentencesAfter = plan.after.flatMap { pair.after.blocks[$0].sentences }
        if plan.isEqual { linkOneByOne(sentencesBefore, sentencesAfter) }
        var (matches, isWhole) = addSentences(sentencesBefore, sentencesAfter, &found)
        if plan.isEqual, !isWhole {
            // Spacing alone moved where sentences end.
            found = []
            matches = pair.matches(before: plan.before.lowerBound, after: plan.after.lowerBound)
            isWhole = true
        }
        let words = pair.runs(before: bytesBefore(plan.before), after: bytesAfter(plan.after), matches: matches)
        let kind: Row.Kind = plan.kind == .unchanged ? .rewritten : plan.kind
        addRow(kind, plan, words)
        if plan.kind == .moved { addBlockEdit(.moved, .minor, plan, words) }
        if found.isEmpty, isWhole {
            let isRegrouped = plan.before.count != plan.after.count
            addBlockEdit(isRegrouped ? .markup : .typography, .cosmetic, plan, words)
        }
        edits += found
        let kinds = [pair.before.blocks[plan.before.lowerBound].kind, pair.after.blocks[plan.after.lowerBound].kind]
        if kinds[0] != kinds[1] { addBlockEdit(.markup, .cosmetic, plan, words) }
    }

    /// Blocks that typography alone tells apart have the same sentences, unless spacing changed where they end.
    private mutating func linkOneByOne(_ a: [Int], _ b: [Int]) {
        partnerOfBefore += repeatElement(-1, count: max(0, pair.before.sentences.count - partnerOfBefore.count))
        partnerOfAfter += repeatElement(-1, count: max(0, pair.after.sentences.count - partnerOfAfter.count))
        guard a.count == b.count,
            zip(a, b).allSatisfy({ pair.before.sentences[$0].key == pair.after.sentences[$1].key })
        else { return }
        for (first, second) in zip(a, b) {
            partnerOfBefore[first] = second
            partnerOfAfter[second] = first
        }
    }
}
