internal import GRDB
package import Models

/// An object that is read in parts, in any order, none larger than a few megabytes. Each part is verified; those of a large object against the list
/// of its pieces, and only who reads all of them in their order can tell whether that list is the object's: see `isWholeVerified`.
package struct ObjectParts: Sendable {
    package let id: ObjectID
    package let size: Int
    /// Where each part begins, and at the end where the last one ends.
    private let bounds: [Int]
    /// Of a large object.
    private let pieces: [ObjectID]?
    private let archive: Archive

    init(_ id: ObjectID, _ lengths: [Int], _ pieces: [ObjectID]?, _ archive: Archive) {
        self.id = id
        var bounds = [0]
        for length in lengths { bounds.append(bounds[bounds.count - 1] + length) }
        self.bounds = bounds
        size = bounds[bounds.count - 1]
        self.pieces = pieces
        self.archive = archive
    }

    /// Whether each part alone is known to be of this object.
    package var isWholeVerified: Bool { pieces == nil }

    package var count: Int { bounds.count - 1 }

    package func range(_ part: Int) -> Range<Int> { bounds[part]..<bounds[part + 1] }

    /// The part that holds a byte; nil at the end and beyond.
    package func part(holding offset: Int) -> Int? {
        guard offset >= 0, offset < size else { return nil }
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if bounds[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    package func bytes(_ part: Int) throws(ArchiveError) -> [UInt8] {
        guard let pieces else { return try archive.read(id) }
        return try archive.piece(part, of: id, named: pieces[part], length: range(part).count)
    }
}

extension Archive {
    /// An object's parts: one, or the pieces of a large object.
    package func parts(of id: ObjectID) throws(ArchiveError) -> ObjectParts {
        let location = try location(of: id)
        guard location.isLarge else { return ObjectParts(id, [location.length], nil, self) }
        let reader = readers[readers.count - 1]
        let (list, lengths) = try whilePacksMove(id, reader) { () throws(FrameFailure) in
            let frame = try frameFailures { () throws(ArchiveError) in try self.location(of: id).frame }
            let lengths = try frameFailures { () throws(ArchiveError) in try self.pieceLengths(frame) }
            return (try reader.soundContent(of: frame), lengths)
        }
        let pieces = stride(from: 0, to: list.count, by: 32).compactMap {
            ObjectID(rawBytes: list[$0..<min($0 + 32, list.count)])
        }
        guard pieces.count == lengths.count, lengths.reduce(0, +) == location.length else {
            throw .damaged(try named(location.frame, "its pieces are not those that it lists", [id]))
        }
        return ObjectParts(id, lengths, pieces, self)
    }

    private func pieceLengths(_ whole: IndexedFrame) throws(ArchiveError) -> [Int] {
        try catalog.read { db in
            let find = try db.cachedStatement(
                sql: "SELECT contentLength FROM frames WHERE pack = ? AND offset < ? ORDER BY offset DESC LIMIT ?")
            return try Row.fetchAll(find, arguments: [whole.packID, whole.placed.offset, whole.count])
                .map { try $0.natural(at: 0) }.reversed()
        }
    }

    fileprivate func piece(
        _ number: Int, of id: ObjectID, named name: ObjectID, length: Int
    ) throws(ArchiveError) -> [UInt8] {
        let reader = readers[readers.count - 1]
        let (frame, content) = try whilePacksMove(id, reader) { () throws(FrameFailure) in
            let piece = try frameFailures { () throws(ArchiveError) in try self.piece(number, of: id) }
            return (piece, try reader.soundContent(of: piece))
        }
        guard frame.id == name, content.count == length else {
            throw .damaged(try named(frame, "it is not the piece that object \(id.short) lists", [id]))
        }
        return content
    }
}
