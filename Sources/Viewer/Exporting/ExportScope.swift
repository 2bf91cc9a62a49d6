internal import Models
internal import Storage
internal import Tracking

/// The articles that pages show: all of the archive, or those that somebody chose.
struct ExportScope: Sendable {
    /// Nil for all.
    let names: [String]?

    init(_ archive: Archive, _ selection: Selection?) throws {
        guard let selection else {
            names = nil
            return
        }
        names = try archive.articles(fitting: selection).map(\.name)
    }
}

extension ViewedArchive {
    /// One page of the articles, of those that are shown.
    func listing(_ filter: ArticleFilter, after: String?, limit: Int) throws -> ArticleListing {
        guard let names = scope?.names else { return try tracker.articles(filter, after: after, limit: limit) }
        let start = min(after.flatMap { Int($0) } ?? 0, names.count)
        let end = min(start + limit, names.count)
        let articles = try tracker.articles(named: Array(names[start..<end]))
        return ArticleListing(articles: articles, next: end < names.count ? "\(end)" : nil, total: names.count)
    }

    /// One page of the changes, of those that are shown. May be shorter than the rest of the list.
    func changes(_ query: ChangesQuery, limit: Int) throws -> (changes: [Change], next: String?) {
        guard let names = scope?.names else {
            return try tracker.changes(query.filter, before: query.before, limit: limit)
        }
        let known = Set(names)
        var found: [Change] = []
        var place = query.before
        repeat {
            let page = try tracker.changes(query.filter, before: place, limit: limit)
            found += page.changes.filter { known.contains($0.articleName) }
            place = page.next
        } while found.count < limit && place != nil
        return (found, place)
    }
}
