internal import Glibc
internal import Synchronization

/// Runs work for several hosts side by side, and for each host one piece after the other.
///
/// Its threads wait for servers most of the time, so there may be more of them than cores.
package enum HostQueues {
    /// - Parameters:
    ///   - workers: hosts asked at the same time; 1 does everything in order, on the calling thread.
    ///   - host: whom a piece of work is about.
    ///   - done: told what came of each, on the calling thread, as soon as it is there. When it throws, nothing more is begun.
    package static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], workers: Int, host: (Item) -> String, _ work: @escaping @Sendable (Item) -> Value,
        done: (Int, Value) throws -> Void
    ) throws {
        guard workers > 1, items.count > 1 else {
            for (place, item) in items.enumerated() { try done(place, work(item)) }
            return
        }
        var queues: [[Int]] = []
        var queueOf: [String: Int] = [:]
        for (place, item) in items.enumerated() {
            let name = host(item)
            if let queue = queueOf[name] {
                queues[queue].append(place)
            } else {
                queueOf[name] = queues.count
                queues.append([place])
            }
        }
        let count = min(workers, queues.count)
        let results = Results<Value>(room: count)
        let shared = Shared(queues: queues, items: items, results: results, work: work)
        var started = 0
        for _ in 0..<count where shared.start() { started += 1 }
        // Without threads the work is done here.
        if started == 0 {
            for (place, item) in items.enumerated() { try done(place, work(item)) }
            return
        }
        var failure: (any Error)?
        for _ in 0..<items.count {
            guard let (place, value) = results.take(), failure == nil else { continue }
            do { try done(place, value) } catch {
                failure = error
                shared.stop()
            }
        }
        if let failure { throw failure }
    }

    /// What the threads have in common.
    private final class Shared<Item: Sendable, Value: Sendable>: Sendable {
        private let queues: [[Int]]
        private let items: [Item]
        private let next = Atomic(0)
        private let isStopped = Atomic(false)
        private let results: Results<Value>
        private let work: @Sendable (Item) -> Value

        init(
            queues: [[Int]], items: [Item], results: Results<Value>,
            work: @escaping @Sendable (Item) -> Value
        ) {
            self.queues = queues
            self.items = items
            self.results = results
            self.work = work
        }

        func stop() { isStopped.store(true, ordering: .relaxed) }

        func run() {
            while true {
                let queue = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard queue < queues.count else { return }
                for place in queues[queue] {
                    results.awaitRoom()
                    let isLate = isStopped.load(ordering: .relaxed)
                    results.add(isLate ? nil : (place, work(items[place])))
                }
            }
        }

        /// - Returns: whether there was a thread to be had.
        func start() -> Bool {
            let job = Unmanaged.passRetained(Job { [self] in run() })
            var thread = pthread_t()
            let code = pthread_create(
                &thread, nil,
                { context in
                    if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
                    return nil
                }, job.toOpaque())
            guard code == 0 else {
                job.release()
                return false
            }
            pthread_detach(thread)
            return true
        }
    }

    private final class Job: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Results on their way to who waits for them: no more than there are threads, for each may be large.
    private final class Results<Value: Sendable>: Sendable {
        private let held = Mutex<[(Int, Value)?]>([])
        private let there = Semaphore(0)
        private let room: Semaphore

        init(room: Int) { self.room = Semaphore(UInt32(room)) }

        func awaitRoom() { room.wait() }

        func add(_ result: (Int, Value)?) {
            held.withLock { $0.append(result) }
            there.signal()
        }

        /// Waits for one; nil for work that was not begun.
        func take() -> (Int, Value)? {
            there.wait()
            room.signal()
            return held.withLock { $0.removeFirst() }
        }
    }

    private final class Semaphore: @unchecked Sendable {
        private let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

        init(_ count: UInt32) { sem_init(pointer, 0, count) }

        deinit {
            sem_destroy(pointer)
            pointer.deallocate()
        }

        func signal() { sem_post(pointer) }

        func wait() {
            while sem_wait(pointer) != 0, errno == EINTR {}
        }
    }
}
