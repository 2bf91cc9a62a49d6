import Glibc

/// A growing array of raw memory, freed by whoever owns it: the parser while it runs, then `HTMLStorage`.
///
/// Not `Array`: the parser writes through several of them in turn and hands them to the document without a copy, and growth by
/// `realloc` moves large ones without touching their pages. Not a noncopyable type with a `deinit` either: with members of
/// such a type the optimizer of Swift 6.3 frees memory that was never made. Indices are checked in debug builds only.
struct HTMLBuffer<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private(set) var capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 8)
        base = Self.memory(realloc(nil, self.capacity * MemoryLayout<Element>.stride))
    }

    init(repeating element: Element, count: Int) {
        self.init(capacity: count + 256)
        append(repeating: element, count: count)
    }

    /// The buffer may not be used afterwards.
    func deallocate() {
        free(base)
    }

    private static func memory(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Element> {
        guard let raw else { fatalError("out of memory") }
        return raw.assumingMemoryBound(to: Element.self)
    }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        @inline(__always) nonmutating _modify {
            assert(index >= 0 && index < count)
            yield &base[index]
        }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count &+ 1) }
        base[count] = element
        count &+= 1
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        capacity = max(needed, capacity + capacity / 2)
        base = Self.memory(realloc(base, capacity * MemoryLayout<Element>.stride))
    }

    /// Makes room for `additional` more elements.
    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if count &+ additional > capacity { grow(to: count &+ additional) }
    }

    /// Sets how many elements count, after writing through `base` or to forget the last ones.
    @inline(__always)
    mutating func setCount(_ newCount: Int) {
        assert(newCount >= 0 && newCount <= capacity)
        count = newCount
    }

    mutating func append(repeating element: Element, count additional: Int) {
        reserve(additional)
        (base + count).update(repeating: element, count: additional)
        count &+= additional
    }

    /// Appends elements that may lie in this buffer itself.
    mutating func append(copying start: Int, count additional: Int) {
        assert(start >= 0 && start + additional <= count)
        reserve(additional)
        memcpy(base + count, base + start, additional * MemoryLayout<Element>.stride)
        count &+= additional
    }

    mutating func append(from source: UnsafePointer<Element>, count additional: Int) {
        reserve(additional)
        memcpy(base + count, source, additional * MemoryLayout<Element>.stride)
        count &+= additional
    }

    var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    /// Gives back what was reserved and is not used.
    mutating func shrink() {
        guard count + 64 < capacity else { return }
        capacity = max(count, 8)
        base = Self.memory(realloc(base, capacity * MemoryLayout<Element>.stride))
    }
}
