internal import Diffing
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// What an archive has taught about the furniture of one site: from the blocks of some of its latest articles, and from blocks
/// that came and went while articles stood still.
///
/// A sample, so that knowing a site costs the same however many of its articles the archive holds: what is furniture stands in many.
struct SiteFurniture {
    /// Articles of a site whose blocks are counted.
    static let sample = 64

    private let siteArticles: Int
    private var articles: [BlockFingerprint: Int] = [:]
    private var flickers: [BlockFingerprint: Int] = [:]

    init(_ site: String, _ tracker: Tracker) throws {
        // Files share a folder, not a site.
        guard site != "file:" else {
            siteArticles = 0
            return
        }
        let (prints, flickers) = try tracker.read { db in
            (
                try Data.fetchAll(
                    db, sql: "SELECT prints FROM prints WHERE site = ? LIMIT ?", arguments: [site, Self.sample]),
                try Row.fetchAll(
                    db, sql: "SELECT print, COUNT(*) AS articles FROM flickers WHERE site = ? GROUP BY print",
                    arguments: [site])
            )
        }
        siteArticles = prints.count
        for list in prints {
            for print in BlockFingerprint.list(list) { articles[print, default: 0] += 1 }
        }
        for row in flickers {
            self.flickers[BlockFingerprint(rawValue: UInt64(bitPattern: row["print"] as Int64))] = row["articles"]
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

extension BlockFingerprint {
    static func list(_ data: Data) -> [BlockFingerprint] {
        let bytes = Array(data)
        return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            BlockFingerprint(rawValue: (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
        }
    }

    static func data(_ list: [BlockFingerprint]) -> Data {
        Data(list.flatMap { print in (0..<8).map { UInt8(truncatingIfNeeded: print.rawValue >> UInt64(8 * $0)) } })
    }
}

extension Tracker {
    /// Reads some articles of each site that moved, where that was not done before, and those that moved again.
    func learnSites(of moved: [ArticleSummary]) throws {
        let bySite = Dictionary(grouping: moved) { $0.key.site }
        for (site, articles) in bySite.sorted(by: { $0.key < $1.key }) where site != "file:" {
            let held = try read { db in
                try Set(String.fetchAll(db, sql: "SELECT article FROM prints WHERE site = ?", arguments: [site]))
            }
            var wanted = Array(articles.prefix(SiteFurniture.sample))
            if held.count < SiteFurniture.sample {
                let names = Set(wanted.map(\.trackedName)).union(held)
                wanted += try archive.articles(ofSite: site, limit: SiteFurniture.sample)
                    .filter { !names.contains($0.trackedName) }
            }
            for article in wanted { try learn(article, of: site) }
        }
    }

    /// The blocks of an article's last two states: what was there before an edit counts as well.
    private func learn(_ article: ArticleSummary, of site: String) throws {
        var shown: [BlockFingerprint] = []
        for state in try archive.history(of: article).suffix(2) {
            guard let revision = try revision(of: state.first) else { continue }
            let known = Set(shown)
            shown += FurnitureLesson(revision, after: nil).shown.filter { !known.contains($0) }
        }
        try write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO prints(article, site, prints) VALUES (?, ?, ?)",
                arguments: [article.trackedName, site, BlockFingerprint.data(shown)])
        }
    }
}
