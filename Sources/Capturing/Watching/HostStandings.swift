internal import Models
internal import Synchronization

/// What a watch found out about hosts, for the things that it looks at next.
final class HostStandings: Sendable {
    private struct Known {
        /// Not reached in this round.
        var down: Set<String> = []
        /// Until when they want to be left alone.
        var held: [String: Timestamp] = [:]
    }

    private let known = Mutex(Known())
    /// Longer than this no host can keep a watch away, in milliseconds.
    private static let longestHold = 7 * 86_400_000

    func beginRound(_ now: Timestamp) {
        known.withLock { known in
            known.down = []
            known.held = known.held.filter {
                $0.value > now && $0.value.milliseconds - now.milliseconds <= Int64(Self.longestHold)
            }
        }
    }

    func mayBeAsked(_ host: String) -> Bool {
        known.withLock { !$0.down.contains(host) && $0.held[host] == nil }
    }

    func heldUntil(_ host: String) -> Timestamp? { known.withLock { $0.held[host] } }

    /// - Parameter host: that was asked.
    func note(_ fetched: Fetched, host: String, _ now: Timestamp) {
        let wish = fetched.hostsWish(now).map { Int64(min($0, Self.longestHold)) }
        let until = wish.flatMap { $0 > 0 ? Timestamp(milliseconds: now.milliseconds + $0) : nil }
        let place = PageRequest(fetched.url)?.host ?? host
        known.withLock { known in
            if fetched.isHostDown { known.down.insert(host) }
            if let until { known.held[place] = until }
        }
    }
}
