import CMalloc

/// How this process uses the heap.
enum Memory {
    /// Keeps the blocks of pages and frames, some megabytes each, from being handed back to the system and faulted in again for the
    /// next page: half of all page faults of `capture` and `verify`, a tenth of their time, for a few megabytes more.
    static func keepFreedBlocks() {
        mallopt(M_MMAP_THRESHOLD, 8 << 20)
        mallopt(M_TRIM_THRESHOLD, 128 << 20)
    }
}
