internal import Models

/// Compresses planned frames, on all cores.
struct FrameWriting: Sendable {
    let archive: Archive
    let level: Int32

    /// The frames `range` of a plan, encoded, in order.
    ///
    /// What a frame leans on is content, not compressed bytes: so all of them can be compressed at the same time.
    func encode(_ frames: [PlannedFrame], _ range: Range<Int>) throws(ArchiveError) -> [EncodedFrame] {
        let bases = try storedBases(frames[range])
        let start = range.lowerBound
        return try Cores.map(range.count) { offset, _ throws(ArchiveError) in
            let frame = frames[start + offset]
            let base: FrameBase? =
                switch frame.base {
                case .planned(let number): FrameBase(id: frames[number].id, content: frames[number].content)
                case .stored(let row): bases[row]
                case nil: nil
                }
            let encoder = FrameEncoder(level: level)
            return try encoder.encode(
                .objects(frame.objects.lengths), id: frame.id, content: frame.content, base: base)
        }
    }

    /// The contents of the bases that lie in packs. One that cannot be read, or is no longer there, is no base: the frame
    /// that wanted it stands alone.
    private func storedBases(_ frames: ArraySlice<PlannedFrame>) throws(ArchiveError) -> [Int64: FrameBase] {
        var rows: Set<Int64> = []
        for case .stored(let row)? in frames.map(\.base) { rows.insert(row) }
        let sorted = rows.sorted()
        let found = try Cores.map(sorted.count) { index, worker throws(ArchiveError) -> FrameBase? in
            let frame = try archive.catalog.read { db in try IndexedFrame.fetch(row: sorted[index], in: db) }
            guard let frame else { return nil }
            // What led to this base is of no use for the next one, and would be kept in memory beside the batch.
            defer { archive.readers[worker].forget() }
            do throws(FrameFailure) {
                return FrameBase(id: frame.id, content: try archive.readers[worker].soundContent(of: frame))
            } catch {
                if case .archive(let error) = error { throw error }
                return nil
            }
        }
        return Dictionary(uniqueKeysWithValues: zip(sorted, found).compactMap { row, base in base.map { (row, $0) } })
    }
}
