/// Where the history of one article returns to an earlier state.
///
/// States are given in order of time, as anything that is equal when the content is: revision ids, as a rule. Captures that
/// show the state before them again change nothing. Time and memory are linear.
public struct Reverts: Sendable, Hashable {
    /// For each state the last earlier place of the same state, where another one stood in between; nil where there is none.
    public let returnsTo: [Int?]
    /// How often the history went back and forth between two states: once for A, B, A, B, twice for A, B, A, B, A. Every
    /// place counted is also a return.
    public let flipFlops: Int

    public init<State: Hashable>(_ states: [State]) {
        var seen: [State: Int] = [:]
        var returns: [Int?] = []
        returns.reserveCapacity(states.count)
        var flips = 0
        /// The places at which the state changed, the last four.
        var changes: [Int] = []
        for (at, state) in states.enumerated() {
            let isSame = at > 0 && states[at - 1] == state
            returns.append(isSame ? nil : seen[state])
            seen[state] = at
            guard !isSame else { continue }
            changes.append(at)
            if changes.count > 4 { changes.removeFirst() }
            if changes.count == 4, states[changes[0]] == states[changes[2]], states[changes[1]] == state { flips += 1 }
        }
        returnsTo = returns
        flipFlops = flips
    }

    /// The places at which the history returned to an earlier state.
    public var returns: [(place: Int, to: Int)] {
        returnsTo.enumerated().compactMap { place, to in to.map { (place, $0) } }
    }
}

/// An edit that takes back an earlier one: the same words, swapped again at the same place.
public struct UndoneEdit: Sendable, Hashable {
    /// The step, counted from 0, and the place among its edits.
    public let step: Int
    public let edit: Int
    /// The same of the edit taken back.
    public let undoneStep: Int
    public let undoneEdit: Int

    /// Finds them in the edits of one article, one list a step from one revision to the next, in order of time. Each edit takes
    /// back at most one: the latest. Moves, dates and what is merely cosmetic are left out. Time is linear in the words.
    public static func find(in steps: [[Edit]]) -> [UndoneEdit] {
        var latest: [UInt64: (step: Int, edit: Int)] = [:]
        var found: [UndoneEdit] = []
        for (step, edits) in steps.enumerated() {
            var done: [(UInt64, Int)] = []
            for (at, edit) in edits.enumerated()
            where edit.significance > .cosmetic && edit.kind != .moved && edit.kind != .date {
                let swaps = swaps(of: edit)
                let undone = swaps.compactMap { latest[$0.backward] }.max { ($0.step, $0.edit) < ($1.step, $1.edit) }
                if let undone {
                    found.append(UndoneEdit(step: step, edit: at, undoneStep: undone.step, undoneEdit: undone.edit))
                }
                done += swaps.map { ($0.forward, at) }
            }
            for (key, at) in done { latest[key] = (step, at) }
        }
        return found
    }

    /// What one stretch of an edit did, and what would undo it.
    private struct Swap {
        let forward: UInt64
        let backward: UInt64
    }

    private static func swaps(of edit: Edit) -> [Swap] {
        var swaps: [Swap] = []
        let runs = edit.words
        var at = 0
        while at < runs.count {
            guard runs[at].operation != .equal else {
                at += 1
                continue
            }
            let start = at
            var gone = ""
            var came = ""
            while at < runs.count, runs[at].operation != .equal {
                if runs[at].operation == .delete { gone += runs[at].text } else { came += runs[at].text }
                at += 1
            }
            let before = start > 0 ? edge(runs[start - 1].text, isEnd: true) : ""
            let after = at < runs.count ? edge(runs[at].text, isEnd: false) : ""
            let (first, second) = (FoldedText.hash(gone), FoldedText.hash(came))
            guard first != second else { continue }
            let place = FoldedText.hash(edit.part.rawValue + " " + before + " | " + after)
            swaps.append(
                Swap(
                    forward: FoldedText.combine([place, first, second]),
                    backward: FoldedText.combine([place, second, first])))
        }
        return swaps
    }

    /// Two words beside a swap tell its place from others; more would often have changed too.
    private static func edge(_ text: String, isEnd: Bool) -> String {
        let shown = isEnd ? text.suffix(80) : text.prefix(80)
        let words = shown.split(separator: " ")
        return (isEnd ? words.suffix(2) : words.prefix(2)).joined(separator: " ")
    }
}
