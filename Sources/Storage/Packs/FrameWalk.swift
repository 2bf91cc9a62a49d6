internal import GRDB
internal import Models
internal import Synchronization

/// Hands out frames family by family to workers, so that with a cache that holds one family each frame is decoded once.
final class FrameWalk: Sendable {
    /// About so many frames at a time, if they are many small families.
    private static let portion = 128
    /// About so many bytes of content at a time: much less than there is, or one worker has all of it and the others none.
    private static let comfortable = 16 << 20

    private let catalog: Catalog
    private let condition: String
    private let order: String
    /// The last family handed out; frames without a root come first, as family 0.
    private let place = Mutex<Int64>(-1)

    /// - Parameters:
    ///   - condition: SQL over the columns of `frames`.
    ///   - isSelective: few frames fulfil it; walking through the index of all families would take longer than sorting these.
    init(_ catalog: Catalog, of condition: String, isSelective: Bool = false) {
        self.catalog = catalog
        self.condition = condition
        order = isSelective ? "+root" : "root"
    }

    /// Whole families, bases before what builds on them; nil when there are no more.
    func next() throws(ArchiveError) -> [IndexedFrame]? {
        try place.withLock { place throws(ArchiveError) in
            var frames = try fetch(after: place, until: .max, limit: Self.portion)
            guard let end = frames.last.map({ $0.root ?? 0 }) else { return nil }
            if frames.count == Self.portion {
                // The last family may be cut off: it comes whole next time, or now if it is the only one.
                let whole = frames.filter { ($0.root ?? 0) != end }
                frames = whole.isEmpty ? try fetch(after: end - 1, until: end, limit: -1) : whole
            }
            frames = Self.firstFamilies(of: frames)
            place = frames.last.map { $0.root ?? 0 } ?? end
            return frames
        }
    }

    /// As many as are comfortable, at least one.
    private static func firstFamilies(of frames: [IndexedFrame]) -> [IndexedFrame] {
        var bytes = 0
        for (index, frame) in frames.enumerated() {
            let isNext = index > 0 && frame.root != frames[index - 1].root
            if isNext, bytes >= comfortable { return Array(frames[..<index]) }
            bytes += frame.length
        }
        return frames
    }

    private func fetch(after: Int64, until: Int64, limit: Int) throws(ArchiveError) -> [IndexedFrame] {
        try catalog.read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables)
                    WHERE \(order) > ? AND \(order) <= ? AND (\(condition))
                    ORDER BY \(order), depth, frames.id LIMIT ?
                    """)
            return try Row.fetchAll(find, arguments: [after, until, limit]).map { try IndexedFrame($0) }
        }
    }
}
