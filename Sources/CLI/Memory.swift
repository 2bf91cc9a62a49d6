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

    /// Gives freed blocks back to the system when many are kept. A command that runs through many batches calls this between them: what it
    /// holds at a time stays the same, but the holes between would grow, to 160 MB beside 80 in use after 20,000 pages.
    static func giveBackSpare() {
        if mallinfo2().fordblks > 64 << 20 { malloc_trim(0) }
    }
}
