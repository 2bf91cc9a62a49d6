import Models

/// Which edits the newer page says nothing about.
enum Silence {
    /// A notice that came or changed is taken to account for every other edit: what it refers to cannot be told reliably, and
    /// calling an acknowledged edit silent would wrong the publisher. One that stood there before accounts only for what it
    /// speaks of: pages are corrected in several steps.
    static func marked(_ edits: [Edit], in revision: Revision) -> [Edit] {
        let hasNotice = edits.contains(where: isNotice)
        var standing: [Set<String>]?
        return edits.map { edit in
            var edit = edit
            guard !hasNotice, edit.significance > .cosmetic, edit.kind != .date else { return edit }
            if standing == nil { standing = notices(revision) }
            edit.isSilent = !(standing ?? []).contains { speaks($0, of: edit) }
            return edit
        }
    }

    private static func isNotice(_ edit: Edit) -> Bool { edit.kind == .correction && edit.after != nil }

    /// Blocks so long that no notice is, are not looked at.
    private static let longestNotice = 4000
    private static let leastShare = 0.6

    /// The words of each block that is a notice or holds one.
    private static func notices(_ revision: Revision) -> [Set<String>] {
        var pair = PairReading()
        let blocks = revision.blocks.filter { $0.text.utf8.count <= longestNotice }
        for block in blocks { pair.read(pair.after.add(block.kind, block.text), on: .after) }
        pair.vocabulary.settleLanguage(declared: revision.language)
        return pair.after.blocks.compactMap { block in
            let hasNotice = block.sentences.contains { pair.isNotice(pair.after, pair.after.sentences[$0].tokens) }
            return hasNotice ? Set(block.tokens.map { pair.vocabulary.folded[Int(pair.after.folds[$0])] }) : nil
        }
    }

    /// Whether a notice names most of what came, or of what went where nothing came.
    private static func speaks(_ notice: Set<String>, of edit: Edit) -> Bool {
        let came = content(edit.words.filter { $0.operation == .insert })
        let words = came.isEmpty ? content(edit.words.filter { $0.operation == .delete }) : came
        guard !words.isEmpty else { return false }
        return Double(words.count { notice.contains($0) }) >= leastShare * Double(words.count)
    }

    private static func content(_ runs: [WordRun]) -> Set<String> {
        let words = runs.flatMap { FoldedText.words($0.text) }
        return Set(words.filter { !Lexicon.traits(of: $0).contains(.function) })
    }
}
