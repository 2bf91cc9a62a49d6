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

    /// Of the blocks in edits: enough to ask about them, however much the archive holds.
    ///
    /// - Parameter isAnew: also of those that were counted before.
    mutating func countFlickers(of edits: [TrackedEdit], isAnew: Bool, _ db: Database) throws {
        try countFlickers(
            of: edits.lazy.flatMap(\.blocks).flatMap { [$0.print, $0.shape] }.compactMap(\.self), isAnew: isAnew, db)
    }

    /// As many as make a difference.
    mutating func countFlickers(of prints: [BlockFingerprint], isAnew: Bool, _ db: Database) throws {
        let count = try db.cachedStatement(
            sql: """
                SELECT COUNT(*) FROM (SELECT DISTINCT article FROM flickers WHERE site = ? AND print = ?
                    LIMIT \(LearnedFurniture.fewestFlickers))
                """)
        for print in prints where isAnew || flickers[print] == nil {
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
    mutating func learned(for revisions: (Revision, Revision), _ db: Database) throws -> LearnedFurniture {
        let keys = LearnedFurniture.keys(revisions.0, revisions.1)
        try countFlickers(of: Array(keys), isAnew: false, db)
        return LearnedFurniture(
            siteArticles: siteArticles,
            evidence: Dictionary(keys.map { ($0, evidence($0)) }) { first, _ in first })
    }

    private func evidence(_ print: BlockFingerprint) -> FurnitureEvidence {
        FurnitureEvidence(articles: articles[print] ?? 0, flickers: flickers[print] ?? 0)
    }
}

/// The furniture of those sites that were asked about lately: of few at a time, so that memory stays flat.
struct SitesFurniture {
    private static let most = 32
    private var held: [String: SiteFurniture] = [:]

    /// The edits that are none of their site's furniture, as far as that is known now.
    mutating func tally(_ edits: [TrackedEdit], of site: String, _ db: Database) throws -> EditTally {
        var tally = EditTally()
        guard !edits.isEmpty else { return tally }
        var known = try held[site] ?? SiteFurniture(site, sharedIn: db)
        try known.countFlickers(of: edits, isAnew: true, db)
        for edit in edits where !known.covers(edit) { tally.add(edit) }
        keep(known, of: site)
        return tally
    }

    /// The edits that are none of their site's furniture, by all that can be known: reads articles whose blocks nobody has
    /// counted.
    mutating func uncovered(_ edits: [TrackedEdit], of site: String, _ tracker: Tracker) throws -> [TrackedEdit] {
        guard !edits.isEmpty else { return [] }
        let before = held[site]
        if before == nil { try tracker.learn(site) }
        let known = try tracker.read { db in
            var known = try before ?? SiteFurniture(site, sharedIn: db)
            try known.countFlickers(of: edits, isAnew: false, db)
            return known
        }
        keep(known, of: site)
        return edits.filter { !known.covers($0) }
    }

    /// Decides for all steps of an article once more, knowing what others have shown since.
    mutating func recount(_ article: ArticleIdentity, _ db: Database) throws {
        guard article.isOfSite else { return }
        let find = try db.cachedStatement(
            sql: """
                SELECT \(StepRow.columns), isModifiedMoved, edits, pairs.sum AS sum FROM steps JOIN pairs ON pairs.id = pair
                WHERE article = ? AND kinds != 0
                """)
        for row in try Row.fetchAll(find, arguments: [article.name]) {
            let step = try StepRow(row)
            let edits = try ComparedPair.decode(try ComparedPair.storedEdits(in: row))
            let tally = try tally(edits, of: article.key.site, db)
            if tally != step.edits { try step.with(tally).updateEdits(db) }
        }
    }

    private mutating func keep(_ furniture: SiteFurniture, of site: String) {
        if held[site] == nil, held.count >= Self.most { held = [:] }
        held[site] = furniture
    }
}
