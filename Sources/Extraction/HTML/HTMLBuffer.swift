import Glibc

/// A growing array of raw memory, freed by whoever owns it: the parser while it runs, then `HTMLStorage`.
///
/// Not `Array`: the parser writes through several of them in turn and hands them to the document without a copy, and growth by
/// `realloc` moves large ones without touching their pages. Not a noncopyable type with a `deinit` either: with members of
/// such a type the optimizer of Swift 6.3 frees memory that was never made.
///
/// Every index and every stretch is checked against `count`, in release too: whatever a page does to the parser, it ends the
/// program before it reads or writes memory it should not. That costs 8 to 10 % of parsing (27.9 ms against 25.5 for 31 MB of
/// news pages), some 2 % of reading an article. What is left to be known of raw memory:
/// - A pointer from `pointer(to:count:)` or `place(of:)` is not kept across an append, which may move the elements.
/// - `HTMLBytes` keeps one, checked when it is made, into a document, whose buffers never change.
/// - The static tables are checked once against each other (`HTMLNameTables.isSound`), and names against their count.
/// - Numbers of nodes and places of bytes fit the 32 bits they are kept in: see `HTMLParser.Limits.source`.
struct HTMLBuffer<Element: BitwiseCopyable> {
    private var base: UnsafeMutablePointer<Element>
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
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of the buffer")
            return base[index]
        }
        @inline(__always) nonmutating _modify {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of the buffer")
            yield &base[index]
        }
    }

    /// Where an element is, valid until the buffer grows: one check for several reads and writes.
    @inline(__always)
    func place(of index: Int) -> UnsafeMutablePointer<Element> {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of the buffer")
        return base + index
    }

    /// A stretch as a pointer, valid until the buffer grows.
    @inline(__always)
    func pointer(to start: Int, count length: Int) -> UnsafePointer<Element> {
        check(start, length)
        return UnsafePointer(base + start)
    }

    @inline(__always)
    private func check(_ start: Int, _ length: Int) {
        precondition(start >= 0 && length >= 0 && length <= count && start <= count &- length, "out of the buffer")
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

    /// Forgets the last elements.
    @inline(__always)
    mutating func setCount(_ newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "more than there are")
        count = newCount
    }

    mutating func append(repeating element: Element, count additional: Int) {
        precondition(additional >= 0, "a negative count")
        reserve(additional)
        (base + count).update(repeating: element, count: additional)
        count &+= additional
    }

    /// Appends elements that may lie in this buffer itself.
    mutating func append(copying start: Int, count additional: Int) {
        check(start, additional)
        reserve(additional)
        memcpy(base + count, base + start, additional * MemoryLayout<Element>.stride)
        count &+= additional
    }

    /// Copies elements to another place in this buffer, which is not within them.
    func copy(_ start: Int, count length: Int, to target: Int) {
        check(start, length)
        check(target, length)
        memmove(base + target, base + start, length * MemoryLayout<Element>.stride)
    }

    /// Appends elements that lie elsewhere.
    mutating func append(from source: UnsafePointer<Element>, count additional: Int) {
        precondition(additional >= 0, "a negative count")
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
