/// Whether what is shown is everything there is.
package enum Freshness: Hashable, Sendable {
    case current
    /// Captures that were made a moment ago are still being compared.
    case behind
    /// They cannot be taken in; why, without a place on this machine.
    case stuck(String)
}

/// Takes in what was captured meanwhile, beside the requests that show it: one run at a time, whoever asks, and nobody waits for long.
actor Refresher {
    private struct Waiting {
        let round: Int
        let continuation: CheckedContinuation<Freshness, Never>
        let limit: Task<Void, Never>
    }

    private let patience: Duration
    private let work: @Sendable () async -> Freshness
    private var round = 0
    private var since: ContinuousClock.Instant?
    private var isWanted = false
    private var waiting: [Int: Waiting] = [:]
    private var asked = 0

    /// - Parameters:
    ///   - patience: how long somebody waits for what is being taken in.
    ///   - work: takes in everything; `current` when it did.
    init(patience: Duration, work: @escaping @Sendable () async -> Freshness) {
        self.patience = patience
        self.work = work
    }

    /// Takes in all that was captured before this call.
    func refresh() async -> Freshness {
        if let since {
            // What is running began before, and may have missed it.
            isWanted = true
            if since.duration(to: .now) > patience { return .behind }
        } else {
            start()
        }
        asked += 1
        let (number, wanted) = (asked, isWanted ? round + 1 : round)
        return await withCheckedContinuation { continuation in
            let limit = Task {
                do { try await Task.sleep(for: patience) } catch { return }
                end(number, .behind)
            }
            waiting[number] = Waiting(round: wanted, continuation: continuation, limit: limit)
        }
    }

    private func start() {
        round += 1
        since = .now
        isWanted = false
        Task { ended(await work()) }
    }

    private func ended(_ freshness: Freshness) {
        since = nil
        for (number, waiter) in waiting where waiter.round <= round { end(number, freshness) }
        if isWanted { start() }
    }

    private func end(_ number: Int, _ freshness: Freshness) {
        guard let waiter = waiting.removeValue(forKey: number) else { return }
        waiter.limit.cancel()
        waiter.continuation.resume(returning: freshness)
    }
}
