internal import Diffing
internal import Models
internal import Storage
internal import Synchronization

/// What a revision says, and what stands for its blocks once somebody asked.
final class RevisionContent: Sendable {
    /// Nil for what is no text.
    let revision: Revision?
    private let counted = Mutex<[BlockPrint]?>(nil)

    init(_ revision: Revision?) { self.revision = revision }

    var prints: [BlockPrint] {
        counted.withLock { held in
            if let held { return held }
            let prints = revision.map { BlockPrint.all(of: $0) } ?? []
            held = prints
            return prints
        }
    }

    /// About the bytes it takes: with its words folded and its prints made, a text takes several times what it takes as text.
    var cost: Int { (revision?.blocks ?? []).reduce(4096) { $0 + $1.text.utf8.count * 8 + 512 } }
}

/// What was read lately, so that an article's next state is compared without reading the one before again.
final class HeldContents: Sendable {
    private let recent = Mutex(RecentlyUsed<ObjectID, RevisionContent>(capacity: 32 << 20))

    subscript(revision: ObjectID) -> RevisionContent? { recent.withLock { $0[revision] } }

    func keep(_ content: RevisionContent, of revision: ObjectID) {
        recent.withLock { $0.keep(content, as: revision, cost: content.cost) }
    }
}
