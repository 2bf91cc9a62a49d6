internal import Diffing
internal import Extraction
internal import Foundation
internal import GRDB
internal import Models
internal import Storage

/// Bringing the index of words and sketches up to date.
extension Tracker {
    static let indexProgress = "texts"
    private static let rows = 512

    /// Reads every revision that came since the last time.
    ///
    /// Not done while capturing: it costs as much again as extraction, and many archives are never searched.
    /// - Parameter progress: told how many captures were looked at.
    public func index(progress: (Int) -> Void = { _ in }) throws {
        var place = try archive.known(try read { try TrackingCache.progress(Self.indexProgress, $0) })
        if place == .start { try write { try Self.clear($0) } }
        var done = 0
        while true {
            let (sights, next) = try archive.firstSights(after: place, rows: Self.rows)
            guard next != place else { return }
            let indexed = try Cores.map(sights.count) { place, worker in
                try self.indexed(sights[place].article, sights[place].capture, worker: worker)
            }
            try write { db in
                for text in indexed.compactMap(\.self) { try text.write(db) }
                try TrackingCache.setProgress(Self.indexProgress, next, db)
            }
            place = next
            done += Self.rows
            progress(done)
        }
    }

    private static func clear(_ db: Database) throws {
        for table in ["texts", "headlines"] {
            try db.execute(sql: "INSERT INTO \(table)(\(table)) VALUES ('delete-all')")
        }
        for table in ["revisions", "sketches", "bands", "terms"] { try db.execute(sql: "DELETE FROM \(table)") }
    }

    private func indexed(
        _ article: ArticleSummary, _ capture: HistoryCapture, worker: Int
    ) throws -> IndexedText? {
        guard let revision = try revision(of: capture, worker: worker) else { return nil }
        return IndexedText(
            article: article, capture: capture, headline: SearchText.indexed(revision.headline ?? ""),
            body: SearchText.indexed((revision.authors + revision.blocks.map(\.text)).joined(separator: "\n")),
            shownHeadline: revision.headline, sketch: ArticleSketch(revision))
    }
}

/// A revision on its way into the index.
private struct IndexedText: Sendable {
    let article: ArticleSummary
    let capture: HistoryCapture
    let headline: String
    let body: String
    let shownHeadline: String?
    let sketch: ArticleSketch

    func write(_ db: Database) throws {
        let name = article.name
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO revisions(article, key, capture, at) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                name, article.key.description, capture.name.description, capture.capturedAt.milliseconds,
            ])
        guard db.changesCount > 0 else { return }
        let row = db.lastInsertedRowID
        try db.cachedStatement(sql: "INSERT INTO texts(rowid, headline, body) VALUES (?, ?, ?)")
            .execute(arguments: [row, headline, body])
        try db.cachedStatement(sql: "INSERT INTO headlines(rowid, headline) VALUES (?, ?)")
            .execute(arguments: [row, headline])
        try writeSketch(name, db)
    }

    /// An article has one sketch, of its latest revision.
    private func writeSketch(_ name: String, _ db: Database) throws {
        let find = try db.cachedStatement(sql: "SELECT id, at FROM sketches WHERE article = ?")
        if let held = try Row.fetchOne(find, arguments: [name]) {
            guard (held["at"] as Int64) <= capture.capturedAt.milliseconds else { return }
            let id: Int64 = held["id"]
            try db.cachedStatement(sql: "DELETE FROM bands WHERE sketch = ?").execute(arguments: [id])
            try db.cachedStatement(sql: "DELETE FROM terms WHERE sketch = ?").execute(arguments: [id])
            try db.cachedStatement(sql: "DELETE FROM sketches WHERE id = ?").execute(arguments: [id])
        }
        try db.cachedStatement(sql: "INSERT INTO sketches(article, key, headline, at, sketch) VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [
                name, article.key.description, shownHeadline, capture.capturedAt.milliseconds, Data(sketch.bytes),
            ])
        let id = db.lastInsertedRowID
        let band = try db.cachedStatement(sql: "INSERT INTO bands(key, sketch) VALUES (?, ?)")
        for key in sketch.bandKeys { try band.execute(arguments: [Int64(bitPattern: key), id]) }
        let term = try db.cachedStatement(sql: "INSERT INTO terms(key, sketch) VALUES (?, ?)")
        for item in sketch.terms { try term.execute(arguments: [Int64(bitPattern: item.key), id]) }
    }
}
