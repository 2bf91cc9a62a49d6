internal import Models

/// A frame's content cut into its objects, each named.
struct FrameObjects: Sendable {
    let ids: [ObjectID]
    /// Where each object begins in the content.
    let starts: [Int]
    let lengths: [Int]

    /// Hashes every object; nil when together they are not what the frame's id names. The lengths must add up to the content's.
    init?(content: [UInt8], lengths: [Int], frameID: ObjectID) {
        var start = 0
        var ids: [ObjectID] = []
        ids.reserveCapacity(lengths.count)
        content.withUnsafeBytes { buffer in
            for length in lengths {
                ids.append(ObjectID(hashing: UnsafeRawBufferPointer(rebasing: buffer[start..<start + length])))
                start += length
            }
        }
        guard Self.frameID(of: ids) == frameID else { return nil }
        self.init(ids: ids, lengths: lengths)
    }

    /// Objects whose names are known already.
    init(ids: [ObjectID], lengths: [Int]) {
        var start = 0
        starts = lengths.map { length in
            defer { start += length }
            return start
        }
        self.ids = ids
        self.lengths = lengths
    }

    /// SHA-256 of the object ids one after the other: names the content without hashing it twice.
    static func frameID(of ids: [ObjectID]) -> ObjectID {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ids.count * 32)
        for id in ids { bytes += id.bytes }
        return ObjectID(hashing: bytes)
    }
}
