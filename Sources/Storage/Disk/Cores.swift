internal import Dispatch
internal import Glibc
internal import Synchronization

/// Work on all cores of the machine.
package enum Cores {
    /// How many are used: more would cost memory for little.
    package static let count = max(1, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// Runs `body` once on each core, for workers that fetch their own work. The first error is thrown when all have ended.
    package static func run(
        workers: Int = count, _ body: @Sendable (Int) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        guard workers > 1 else { return try body(0) }
        let failure = Mutex<ArchiveError?>(nil)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            do throws(ArchiveError) {
                try body(worker)
            } catch {
                failure.withLock { held in if held == nil { held = error } }
            }
        }
        if let failed = failure.withLock({ $0 }) { throw failed }
    }

    /// `transform` of every number below `count`, in order; told which worker it runs on, too.
    package static func map<Value: Sendable>(
        _ count: Int, _ transform: @escaping @Sendable (_ index: Int, _ worker: Int) throws(ArchiveError) -> Value
    ) throws(ArchiveError) -> [Value] {
        let tickets = Tickets()
        let done = Mutex<[Value?]>([Value?](repeating: nil, count: count))
        try run(workers: min(Self.count, count)) { worker throws(ArchiveError) in
            while true {
                let index = tickets.take()
                guard index < count else { return }
                let value = try transform(index, worker)
                done.withLock { $0[index] = value }
            }
        }
        return done.withLock { $0.compactMap(\.self) }
    }
}

/// Numbers from 0, each given out once, for workers that share a list.
package final class Tickets: Sendable {
    private let next = Atomic(0)
    package init() {}
    package func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}
