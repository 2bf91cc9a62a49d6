/// The static tables as pointers, which are valid while `withTables` runs. Whoever looks something up by a name's number
/// checks first that it is less than `HTMLNameTable.count`, as those of a document's own names are not.
struct HTMLNameTables {
    let keys: UnsafePointer<UInt64>
    let slots: UnsafePointer<UInt16>
    let ends: UnsafePointer<UInt16>
    let flags: UnsafePointer<UInt16>
    let svgTags: UnsafePointer<UInt16>
    let svgAttributes: UnsafePointer<UInt16>

    static func withTables<R>(_ body: (HTMLNameTables) -> R) -> R {
        precondition(isSound, "the tables of names disagree")
        return HTMLNameTable.keys.withUnsafePointer { keys in
            HTMLNameTable.slots.withUnsafePointer { slots in
                HTMLNameTable.ends.withUnsafePointer { ends in
                    HTMLNameTable.flags.withUnsafePointer { flags in
                        HTMLNameTable.svgTags.withUnsafePointer { svgTags in
                            HTMLNameTable.svgAttributes.withUnsafePointer { svgAttributes in
                                body(
                                    HTMLNameTables(
                                        keys: keys, slots: slots, ends: ends, flags: flags, svgTags: svgTags,
                                        svgAttributes: svgAttributes))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whether no table leads out of another: looked at once.
    private static let isSound: Bool = {
        let count = HTMLNameTable.count
        let byName = [HTMLNameTable.ends, HTMLNameTable.flags, HTMLNameTable.svgTags, HTMLNameTable.svgAttributes]
        let ends = HTMLNameTable.ends
        return byName.allSatisfy { $0.count == count } && HTMLNameTable.keys.count == count
            && HTMLNameTable.startActions.utf8CodeUnitCount == count
            && HTMLNameTable.endActions.utf8CodeUnitCount == count
            && HTMLNameTable.slots.count == 1 << Int(HTMLNameTable.slotBits)
            && HTMLNameTable.slots.allSatisfy { Int($0) < count } && HTMLNameTable.slots.contains(0)
            && (HTMLNameTable.svgTags + HTMLNameTable.svgAttributes).allSatisfy { Int($0) < count }
            && zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 }
            && ends.allSatisfy { Int($0) <= HTMLNameTable.letters.utf8CodeUnitCount } && HTMLEntityTable.isSound
    }()

    /// The number of a static name, 0 if it is none.
    @inline(__always)
    func find(_ bytes: UnsafePointer<UInt8>, count: Int, key: UInt64) -> UInt16 {
        let mask = 1 &<< Int(HTMLNameTable.slotBits) &- 1
        var slot = HTMLNameKey.slot(key, bits: HTMLNameTable.slotBits)
        while true {
            let candidate = slots[slot]
            if candidate == 0 { return 0 }
            if keys[Int(candidate)] == key {
                let end = Int(ends[Int(candidate)])
                let start = Int(ends[Int(candidate) &- 1])
                if end &- start == count,
                    count <= 8 || HTMLNameKey.matches(bytes, HTMLNameTable.letters.utf8Start + start, count: count)
                {
                    return candidate
                }
            }
            slot = (slot &+ 1) & mask
        }
    }
}

extension Array {
    /// For tables, which are not empty.
    fileprivate func withUnsafePointer<R>(_ body: (UnsafePointer<Element>) -> R) -> R {
        withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("an empty table") }
            return body(base)
        }
    }
}

/// The names of one document that are not static. They are numbered from `first`.
struct HTMLNameRegistry {
    struct Entry: BitwiseCopyable {
        let key: UInt64
        let start: UInt32
        let count: UInt32
    }

    static var first: Int { HTMLNameTable.count + 1 }
    /// More names than this share `HTMLName.unrecorded`, as do names that crowd one place of the hash table: both
    /// happen only where a page is made to waste time.
    static var limit: Int { 60_000 }
    static var longestProbe: Int { 96 }

    private var entries = HTMLBuffer<Entry>(capacity: 64)
    private var letters = HTMLBuffer<UInt8>(capacity: 1024)
    private var slots = HTMLBuffer<UInt16>(repeating: 0, count: 256)
    private var bits: UInt64 = 8

    /// One more than the highest number given out.
    var nameCount: Int { Self.first + entries.count }

    /// The number of a name, 0 if it has none yet.
    func find(_ bytes: UnsafePointer<UInt8>, count: Int, key: UInt64) -> UInt16 {
        var slot = HTMLNameKey.slot(key, bits: bits)
        let mask = 1 << Int(bits) - 1
        for _ in 0..<Self.longestProbe {
            let candidate = slots[slot]
            if candidate == 0 { return 0 }
            let entry = entries[Int(candidate) - Self.first]
            if entry.key == key, Int(entry.count) == count,
                count <= 8
                    || HTMLNameKey.matches(bytes, letters.pointer(to: Int(entry.start), count: count), count: count)
            {
                return candidate
            }
            slot = (slot + 1) & mask
        }
        return HTMLName.unrecorded.raw
    }

    /// Numbers a name that `find` did not find.
    mutating func add(_ bytes: UnsafePointer<UInt8>, count: Int, key: UInt64) -> UInt16 {
        guard entries.count < Self.limit else { return HTMLName.unrecorded.raw }
        let start = letters.count
        for index in 0..<count {
            let byte = bytes[index]
            letters.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        let number = UInt16(nameCount)
        entries.append(Entry(key: key, start: UInt32(start), count: UInt32(count)))
        if entries.count * 2 > 1 << Int(bits) {
            rebuild()
        } else {
            place(number, key: key)
        }
        return number
    }

    private mutating func place(_ number: UInt16, key: UInt64) {
        var slot = HTMLNameKey.slot(key, bits: bits)
        let mask = 1 << Int(bits) - 1
        for _ in 0..<Self.longestProbe {
            if slots[slot] == 0 {
                slots[slot] = number
                return
            }
            slot = (slot + 1) & mask
        }
    }

    private mutating func rebuild() {
        bits += 1
        slots.setCount(0)
        slots.append(repeating: 0, count: 1 << Int(bits))
        for index in 0..<entries.count {
            place(UInt16(Self.first + index), key: entries[index].key)
        }
    }

    func spelling(of name: HTMLName) -> String {
        if name == .unrecorded { return "unrecorded-name" }
        if name.index < HTMLNameTable.count {
            guard name != .none else { return "" }
            let start = Int(HTMLNameTable.ends[name.index - 1])
            let length = Int(HTMLNameTable.ends[name.index]) - start
            return String(
                decoding: UnsafeBufferPointer(start: HTMLNameTable.letters.utf8Start + start, count: length),
                as: UTF8.self)
        }
        precondition(name.index < nameCount, "a name of another document")
        let entry = entries[name.index - Self.first]
        return String(
            decoding: UnsafeBufferPointer(
                start: letters.pointer(to: Int(entry.start), count: Int(entry.count)), count: Int(entry.count)),
            as: UTF8.self)
    }

    var byteCount: Int { entries.byteCount + letters.byteCount + slots.byteCount }

    func deallocate() {
        entries.deallocate()
        letters.deallocate()
        slots.deallocate()
    }

    mutating func shrink() {
        entries.shrink()
        letters.shrink()
        slots.shrink()
    }
}
