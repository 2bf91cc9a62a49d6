internal import Models
internal import Synchronization

/// Sees to it that some time passes between two requests to one host.
final class HostPacing: Sendable {
    private let surroundings: Surroundings
    /// In milliseconds.
    private struct Turn {
        /// When the host may be asked next.
        var next: Int64
        /// When that was settled.
        let settled: Int64
    }

    private let turns = Mutex<[String: Turn]>([:])
    /// Times are taken by several threads, not quite in order; what lies further back is a clock that was set back.
    private static let disorder: Int64 = 60_000
    private static let most = 100_000

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Returns when the host may be asked.
    func wait(for host: String, delay: Int) {
        let now = surroundings.now().milliseconds
        let start = turns.withLock { turns in
            if turns.count >= Self.most { turns = turns.filter { $0.value.next > now } }
            var start = now
            // A clock that was set back must not make a host wait for hours.
            if let turn = turns[host], now > turn.settled - Self.disorder { start = max(now, turn.next) }
            turns[host] = Turn(next: start + Int64(delay), settled: now)
            return start
        }
        if start > now { surroundings.sleep(Int(start - now)) }
    }
}
