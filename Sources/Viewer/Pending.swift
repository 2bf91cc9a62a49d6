internal import Diffing
internal import Models
internal import Storage
internal import Tracking

// Stands in for the listing branch.
struct ArticleFilter: Sendable, Hashable {
    enum Order: String, Sendable, Hashable, CaseIterable { case edited, captured, key }
    var site: String?
    var from: Timestamp?
    var until: Timestamp?
    var kinds: Set<EditKind> = []
    var least: Significance?
    var order: Order = .edited
}
extension ArticleSummary { var name: String { key.description } }
extension Archive { func article(named: String) throws(ArchiveError) -> ArticleSummary? { try article(named) } }
extension ChangeFilter {
    var until: Timestamp? {
        get { nil }
        set {}
    }
    var article: String? {
        get { nil }
        set {}
    }
}
extension Change { var articleName: String { article.description } }
struct ListedArticle: Sendable, Hashable {
    let name: String
    let key: ArticleKey
    let scope: OriginID?
    let site: String
    let headline: String?
    let language: String?
    let firstCapturedAt: Timestamp
    let lastCapturedAt: Timestamp
    let captures: Int
    let states: Int
    let substantive: Int
    let minor: Int
    let cosmetic: Int
    let lastEditedAt: Timestamp?
    let health: StateHealth
}
struct ArticleListing: Sendable {
    let articles: [ListedArticle]
    let next: String?
    let total: Int
}
extension Tracker {
    func changes(_ filter: ChangeFilter, before: String?, limit: Int) throws -> (changes: [Change], next: String?) {
        var all: [Change] = []
        try changes(filter) {
            all.append($0)
            return all.count < limit
        }
        return (all, nil)
    }
    func articles(_ filter: ArticleFilter, after: String?, limit: Int) throws -> ArticleListing {
        ArticleListing(articles: [], next: nil, total: 0)
    }
    func articles(named: [String]) throws -> [ListedArticle] { [] }
    func sites() throws -> [(site: String, articles: Int)] { [] }
}
extension SearchHit { var articleName: String { article.description } }
extension RelatedArticle { var articleName: String { article.description } }
