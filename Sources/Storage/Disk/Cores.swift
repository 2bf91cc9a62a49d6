internal import Dispatch
internal import Glibc
internal import Synchronization

/// Work on all cores of the machine.
package enum Cores {
    /// How many are used: more would cost memory for little.
    package static let count = max(1, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// Runs `body` once on each core, for workers that fetch their own work. The first error is thrown when all have ended.
    package static func run<Failure: Error>(
        workers: Int = count, _ body: @Sendable (Int) throws(Failure) -> Void
    ) throws(Failure) {
        guard workers > 1 else { return try body(0) }
        let failure = Mutex<Failure?>(nil)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            do throws(Failure) {
                try body(worker)
            } catch {
                failure.withLock { held in if held == nil { held = error } }
            }
        }
        if let failed = failure.withLock({ $0 }) { throw failed }
    }

    /// `transform` of every number below `count`, in order; told which worker it runs on, too.
    package static func map<Value: Sendable, Failure: Error>(
        _ count: Int, _ transform: @escaping @Sendable (_ index: Int, _ worker: Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        let tickets = Tickets()
        let done = Mutex<[Value?]>([Value?](repeating: nil, count: count))
        try run(workers: min(Self.count, count)) { worker throws(Failure) in
            while true {
                let index = tickets.take()
                guard index < count else { return }
                let value = try transform(index, worker)
                done.withLock { $0[index] = value }
            }
        }
        return done.withLock { $0.compactMap(\.self) }
    }

    /// Transforms items, and hands the results over one by one in the items' order. However many items there are, no more
    /// results than a few wait for their turn.
    package static func inOrder<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ transform: @escaping @Sendable (Item) -> Value, deliver: (Item, Value) throws -> Void
    ) rethrows {
        for start in stride(from: 0, to: items.count, by: window) {
            let part = items[start..<min(start + window, items.count)]
            let done = map(part.count) { index, _ in transform(part[start + index]) }
            for (item, value) in zip(part, done) { try deliver(item, value) }
        }
    }

    /// Long enough that one slow item holds up little.
    private static let window = 64
}

/// Numbers from 0, each given out once, for workers that share a list.
final class Tickets: Sendable {
    private let next = Atomic(0)
    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}
