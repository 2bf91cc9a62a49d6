internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// What an archive has taught about the furniture of one site: from the blocks of some of its articles, and from blocks that
/// came and went while articles stood still.
struct SiteFurniture {
    private let site: String
    private let siteArticles: Int
    private var articles: [BlockFingerprint: Int] = [:]
    private var flickers: [BlockFingerprint: Int] = [:]

    /// All that can be known: reads articles whose blocks nobody has counted.
    init(_ site: String, _ tracker: Tracker) throws {
        try tracker.learn(site)
        self = try tracker.read { db in
            var furniture = try SiteFurniture(site, sharedIn: db)
            try furniture.countAllFlickers(db)
            return furniture
        }
    }

    /// The blocks that articles share, as far as they are counted.
    init(_ site: String, sharedIn db: Database) throws {
        self.site = site
        let find = try db.cachedStatement(sql: "SELECT prints FROM prints WHERE site = ? AND prints IS NOT NULL")
        let lists = try Data.fetchAll(find, arguments: [site])
        siteArticles = lists.count
        for list in lists {
            for print in BlockFingerprint.list(list) { articles[print, default: 0] += 1 }
        }
    }

    private mutating func countAllFlickers(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT print, COUNT(DISTINCT article) FROM flickers WHERE site = ? GROUP BY print",
            arguments: [site])
        while let row = try rows.next() {
            flickers[BlockFingerprint(rawValue: UInt64(bitPattern: (try row.decode(atIndex: 0)) as Int64))] =
                try row.decode(atIndex: 1)
        }
    }

    /// Of the blocks in one edit: enough to ask about it, however much the archive holds.
    mutating func countFlickers(of edit: TrackedEdit, _ db: Database) throws {
        let count = try db.cachedStatement(
            sql: "SELECT COUNT(DISTINCT article) FROM flickers WHERE site = ? AND print = ?")
        for print in edit.blocks.flatMap({ [$0.print, $0.shape] }).compactMap(\.self) {
            flickers[print] = try Int.fetchOne(count, arguments: [site, Int64(bitPattern: print.rawValue)])
        }
    }

    /// Whether all that an edit touches is furniture.
    func covers(_ edit: TrackedEdit) -> Bool {
        guard edit.kind != .correction, !edit.blocks.isEmpty else { return false }
        return edit.blocks.allSatisfy { block in
            let known = evidence(block.print)
            return LearnedFurniture.isShared(words: block.words, known, siteArticles: siteArticles)
                || LearnedFurniture.doesFlicker(words: block.words, known)
                || block.shape.map { LearnedFurniture.doesFlicker(words: block.words, evidence($0)) } ?? false
        }
    }

    /// For comparing revisions anew.
    func learned(for revisions: (Revision, Revision)) -> LearnedFurniture {
        let keys = LearnedFurniture.keys(revisions.0, revisions.1)
        return LearnedFurniture(
            siteArticles: siteArticles,
            evidence: Dictionary(keys.map { ($0, evidence($0)) }) { first, _ in first })
    }

    private func evidence(_ print: BlockFingerprint) -> FurnitureEvidence {
        FurnitureEvidence(articles: articles[print] ?? 0, flickers: flickers[print] ?? 0)
    }
}
