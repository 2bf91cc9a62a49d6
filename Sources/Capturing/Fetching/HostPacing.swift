internal import Models
internal import Synchronization

/// Sees to it that some time passes between two requests to one host.
final class HostPacing: Sendable {
    private let surroundings: Surroundings
    /// When each host may be asked next, in milliseconds.
    private let next = Mutex<[String: Int64]>([:])
    private static let most = 100_000

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Returns when the host may be asked.
    func wait(for host: String, delay: Int) {
        let now = surroundings.now().milliseconds
        let start = next.withLock { next in
            if next.count >= Self.most { next = next.filter { $0.value > now } }
            // A clock that was set back must not make a host wait for hours.
            let start = min(max(now, next[host] ?? now), now + Int64(delay))
            next[host] = start + Int64(delay)
            return start
        }
        if start > now { surroundings.sleep(Int(start - now)) }
    }
}
