public import Diffing
internal import Models
public import Storage

/// How a state of an article was judged.
public struct StateHealth: Hashable, Sendable {
    /// healthy, suspect or gone.
    public let state: PageHealth.State
    public let reason: PageHealth.Reason?
    /// Healthy again after a state that was not.
    public let isReturned: Bool

    public init(_ state: PageHealth.State, _ reason: PageHealth.Reason? = nil, isReturned: Bool = false) {
        self.state = state
        self.reason = reason
        self.isReturned = isReturned
    }
}

/// The states of one article with what was found about each.
public struct Timeline: Sendable {
    /// A state and its health.
    public struct Entry: Sendable {
        public let state: HistoryState
        public let health: StateHealth
    }

    public let article: ArticleSummary
    public let entries: [Entry]

    /// The states that show the article, oldest first.
    public var healthy: [HistoryState] { entries.filter { $0.health.state == .healthy }.map(\.state) }
}
