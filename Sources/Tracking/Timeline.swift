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

    /// Two healthy states that follow each other, whatever was suspect in between.
    struct Step {
        let before: HistoryState
        let after: HistoryState
        /// The number of an earlier state that `after` returns to.
        let revertsTo: Int?
    }

    public let article: ArticleSummary
    public let entries: [Entry]

    /// The states that show the article, oldest first.
    public var healthy: [HistoryState] { entries.filter { $0.health.state == .healthy }.map(\.state) }

    var steps: [Step] {
        let states = healthy
        var seen: [ObjectID: Int] = [:]
        var steps: [Step] = []
        for (place, state) in states.enumerated() {
            if place > 0, states[place - 1].revision != state.revision {
                steps.append(Step(before: states[place - 1], after: state, revertsTo: seen[state.revision]))
            }
            seen[state.revision] = seen[state.revision] ?? state.number
        }
        return steps
    }
}
