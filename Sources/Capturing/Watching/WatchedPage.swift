public import Models

/// A watched article as it was fetched, on its way into the archive.
public struct WatchedPage: Sendable {
    public let fetched: Fetched
    /// The article that it is, where that is known.
    public let article: ArticleKey?
    /// The capture that a conditional request went by: what an answer "not modified" stands for.
    public let basis: CaptureName?
}

/// What an archive made of a watched article.
public struct WatchedVerdict: Sendable {
    public let capture: CaptureName
    public let article: ArticleKey
    /// Whether the article is not as it was: edited, gone, or back.
    public let isChanged: Bool
    /// Whether something else stands there than the article, as far as one can see.
    public let isSuspect: Bool

    public init(capture: CaptureName, article: ArticleKey, isChanged: Bool, isSuspect: Bool) {
        self.capture = capture
        self.article = article
        self.isChanged = isChanged
        self.isSuspect = isSuspect
    }
}

/// What is to be said about a watch besides the edits that it finds.
public enum WatchNotice: Sendable {
    /// Nothing came of a feed or sitemap.
    case feedFailed(url: String, reason: String)
    /// It was received and is none.
    case noFeed(url: String)
    case found(feed: String, articles: Int)
    /// No more of a feed's articles are watched.
    case full(feed: String, articles: Int)
    case listFailed(reason: String)
}
