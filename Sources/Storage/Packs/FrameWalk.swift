internal import GRDB
internal import Models
internal import Synchronization

/// Hands out frames family by family to workers, so that with a cache that holds one family each frame is decoded once.
final class FrameWalk: Sendable {
    /// About so many frames at a time, if they are many small families.
    private static let portion = 128
    /// About so many bytes of content at a time: little, so that none has much to do still when the others are done.
    private static let comfortable = 4 << 20

    private struct Place {
        /// The last family looked up; frames without a root come first, as family 0.
        var last: Int64 = -1
        /// Looked up, and not handed out yet.
        var frames: ArraySlice<IndexedFrame> = []
    }

    private let catalog: Catalog
    private let condition: String
    private let order: String
    private let place = Mutex(Place())

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
            if place.frames.isEmpty {
                place.frames = try families(after: place.last)[...]
                guard let last = place.frames.last else { return nil }
                place.last = last.root ?? 0
            }
            let next = Self.firstFamilies(of: place.frames)
            place.frames = place.frames.dropFirst(next.count)
            return next
        }
    }

    private func families(after last: Int64) throws(ArchiveError) -> [IndexedFrame] {
        let frames = try fetch(after: last, until: .max, limit: Self.portion)
        guard frames.count == Self.portion, let end = frames.last.map({ $0.root ?? 0 }) else { return frames }
        // The last family may be cut off: it comes whole next time, or now if it is the only one.
        let whole = frames.filter { ($0.root ?? 0) != end }
        return whole.isEmpty ? try fetch(after: end - 1, until: end, limit: -1) : whole
    }

    /// As many as are comfortable, at least one.
    private static func firstFamilies(of frames: ArraySlice<IndexedFrame>) -> [IndexedFrame] {
        var bytes = 0
        for index in frames.indices {
            let isNext = index > frames.startIndex && frames[index].root != frames[index - 1].root
            if isNext, bytes >= comfortable { return Array(frames[..<index]) }
            bytes += frames[index].length
        }
        return Array(frames)
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
