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

    /// Notices stand at an article's ends or begin a block of their own; reading all blocks would cost more than comparing.
    private static let blocksAtStart = 2
    private static let blocksAtEnd = 4
    private static let blocksLookedAt = 400
    private static let longestNotice = 4000
    private static let leastShare = 0.6

    /// The words of each block that is a notice or holds one.
    private static func notices(_ revision: Revision) -> [Set<String>] {
        var pair = PairReading()
        for block in revision.blocks.enumerated().filter({ mayBeNotice($0.offset, $0.element, of: revision) }).map(
            \.element)
        {
            pair.read(pair.after.add(block.kind, block.text), on: .after)
        }
        pair.vocabulary.settleLanguage(declared: revision.language)
        return pair.after.blocks.compactMap { block in
            let hasNotice = block.sentences.contains { pair.isNotice(pair.after, pair.after.sentences[$0].tokens) }
            return hasNotice ? Set(block.tokens.map { pair.vocabulary.folded[Int(pair.after.folds[$0])] }) : nil
        }
    }

    private static func mayBeNotice(_ at: Int, _ block: Revision.Block, of revision: Revision) -> Bool {
        guard block.text.utf8.count <= longestNotice else { return false }
        if at < blocksAtStart || at >= revision.blocks.count - blocksAtEnd { return true }
        guard at < blocksLookedAt, let first = FoldedText.words(String(block.text.prefix(24))).first else {
            return false
        }
        return Notices.firstWords.contains(first)
    }

    /// Whether a notice names most of what came, or of what went where nothing came.
    private static func speaks(_ notice: Set<String>, of edit: Edit) -> Bool {
        guard edit.words.allSatisfy({ $0.operation == .equal || $0.text.utf8.count <= longestNotice }) else {
            return false
        }
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
