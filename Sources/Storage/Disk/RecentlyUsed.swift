/// What was used lately, up to a total cost.
///
/// Two halves: what is used moves to the young one; when that is full it becomes the old one, and what the old one held goes. So
/// keeping and forgetting take no time, and what is used again and again stays.
package struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: (value: Value, cost: Int)] = [:]
    private var old: [Key: (value: Value, cost: Int)] = [:]
    private var size = 0
    private let half: Int

    package init(capacity: Int) { half = capacity / 2 }

    package subscript(key: Key) -> Value? {
        mutating get {
            if let held = young[key] { return held.value }
            guard let held = old.removeValue(forKey: key) else { return nil }
            keep(held.value, as: key, cost: held.cost)
            return held.value
        }
    }

    package mutating func keep(_ value: Value, as key: Key, cost: Int) {
        if young.updateValue((value, cost), forKey: key) == nil { size += cost }
        guard size > half else { return }
        old = young
        young = [:]
        size = 0
    }

    package mutating func forget() {
        young = [:]
        old = [:]
        size = 0
    }
}
