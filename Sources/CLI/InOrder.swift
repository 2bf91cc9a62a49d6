import Glibc

/// Works on several items at a time, one a core, and hands the results over one by one in the items' order. No more than a
/// few results wait for their turn, however many items there are.
func inOrder<Item: Sendable, Result: Sendable>(
    _ items: [Item], work: @escaping @Sendable (Item) -> Result, deliver: (Item, Result) -> Void
) async {
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    await withTaskGroup(of: (Int, Result).self) { group in
        var started = 0
        var waiting: [Int: Result] = [:]
        func start() {
            guard started < items.count else { return }
            let place = started
            started += 1
            group.addTask { @concurrent in (place, work(items[place])) }
        }
        for _ in 0..<cores { start() }
        for place in items.indices {
            while waiting[place] == nil, let (done, result) = await group.next() {
                waiting[done] = result
                // One slow item does not let the others run ahead without bound.
                if waiting.count < cores * 8 { start() }
            }
            guard let result = waiting.removeValue(forKey: place) else { return }
            deliver(items[place], result)
            while started - place - 1 - waiting.count < cores, started < items.count { start() }
        }
    }
}
