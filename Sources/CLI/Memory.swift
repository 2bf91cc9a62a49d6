import CMalloc

/// How this process uses the heap.
enum Memory {
    /// Keeps the blocks of pages and frames, some megabytes each, from being handed back to the system and faulted in again for the
    /// next page: a third of all page faults of `capture` and `verify`. Larger limits save more faults, and cost up to 200 MB in the
    /// heaps of threads; so do more than two heaps.
    static func keepFreedBlocks() {
        mallopt(M_MMAP_THRESHOLD, 8 << 20)
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_TRIM_THRESHOLD, 16 << 20)
    }
}
