internal import Models

/// Compresses planned frames, on all cores.
struct FrameWriting: Sendable {
    let archive: Archive
    let level: Int32

    /// The frames `range` of a plan, encoded, in order.
    ///
    /// What a frame leans on is content, not compressed bytes: so all of them can be compressed at the same time. Each brings what it
    /// leans on into memory only while it is compressed.
    func encode(_ frames: [PlannedFrame], _ range: Range<Int>) throws(ArchiveError) -> [EncodedFrame] {
        let start = range.lowerBound
        let contents = Cores.map(range.count) { offset, _ in frames[start + offset].content }
        return try Cores.map(range.count) { offset, worker throws(ArchiveError) in
            let frame = frames[start + offset]
            let base: FrameBase? =
                switch frame.base {
                case .planned(let number):
                    FrameBase(
                        id: frames[number].id,
                        content: number < start ? frames[number].content : contents[number - start])
                case .stored(let row): try storedBase(row, with: archive.readers[worker])
                case nil: nil
                }
            let encoder = FrameEncoder(level: level)
            return try encoder.encode(
                .objects(frame.objects.lengths), id: frame.id, content: contents[offset], base: base)
        }
    }

    /// A base that lies in a pack. One that cannot be read, or is no longer there, is no base: the frame that wanted it stands alone.
    private func storedBase(_ row: Int64, with reader: FrameReader) throws(ArchiveError) -> FrameBase? {
        let frame = try archive.catalog.read { db in try IndexedFrame.fetch(row: row, in: db) }
        guard let frame else { return nil }
        // What led to this base is of no use for the next one, and would be kept in memory beside the batch.
        defer { reader.forget() }
        do throws(FrameFailure) {
            return FrameBase(id: frame.id, content: try reader.soundContent(of: frame))
        } catch {
            if case .archive(let error) = error { throw error }
            return nil
        }
    }
}
