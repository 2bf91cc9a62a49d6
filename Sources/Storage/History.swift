public import Models

/// An article as the catalog knows it.
public struct ArticleSummary: Hashable, Sendable {
    public var key: ArticleKey { identity.key }
    /// The origin that a `file:` key belongs to; nil for web pages.
    public var scope: OriginID? { identity.scope }
    /// Of the latest revision.
    public let headline: String?
    public let publisher: String?
    public let published: String?
    public let captures: Int
    public let revisions: Int
    public let firstCapturedAt: Timestamp
    public let lastCapturedAt: Timestamp
    package let identity: ArticleIdentity
    var row: Int64 { identity.row }
}

/// What tells an article from all others of one archive.
package struct ArticleIdentity: Hashable, Sendable {
    package let key: ArticleKey
    /// The origin that a `file:` key belongs to; nil for web pages.
    package let scope: OriginID?
    /// In the catalog.
    let row: Int64
}

/// One capture in an article's history.
public struct HistoryCapture: Hashable, Sendable {
    public let origin: OriginID
    public let index: Int
    public let capturedAt: Timestamp
    public let recordedAt: Timestamp
    public let payload: ObjectID
    public let size: Int
    public let mediaType: String
    public let revision: ObjectID
    public let headline: String?
    public let detail: ObjectID
    /// In the order in which captures were entered into this catalog.
    package let row: Int64
    public var name: CaptureName { CaptureName(origin: origin, index: index) }
    /// Whether there is anything that shows the article; if not, this is no state of it.
    package var isReceived: Bool { revision != .ofNothing }
}

extension ObjectID {
    /// The empty object: the payload of captures by which nothing was received, and what stands for their state.
    package static let ofNothing = ObjectID(hashing: [])
}

extension Catalog {
    /// A condition on `captures`.
    static let isReceived = "captures.revision IS NOT (SELECT id FROM revisions WHERE hash = x'\(ObjectID.ofNothing)')"
}

/// A state of an article over the consecutive captures that show it: what `@N` counts.
///
/// When an article goes back to an earlier text (A, B, A) that is a third state with the revision of the first.
public struct HistoryState: Hashable, Sendable {
    /// From 1, in order of `capturedAt`.
    public let number: Int
    public let revision: ObjectID
    public let headline: String?
    /// At least one.
    public let captures: [HistoryCapture]
    /// The number of the earlier state with the same revision, if there is one.
    public let revertsTo: Int?
    public var first: HistoryCapture { captures[0] }
}
