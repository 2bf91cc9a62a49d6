package import Models

/// The record of a capture whose body is too large to be held: the body is handed over twice, first to be measured, then to be written.
///
/// Content codings are not applied to such a body; it may be chunked.
package struct StreamedRecord: ~Copyable {
    private let capture: ExportedCapture
    private let isChunked: Bool
    private var blockDigest = Hasher256()
    private var payloadDigest = Hasher256()
    private var count = 0

    package init(_ capture: ExportedCapture) {
        self.capture = capture
        isChunked = capture.framing.isChunked
        let head = capture.block ?? []
        blockDigest.update(head)
        count = head.count
    }

    /// What a part of the body is in the record. Parts must be the same in both passes.
    package func coded(_ part: [UInt8]) -> [UInt8] {
        guard isChunked, !part.isEmpty else { return part }
        return Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8)
    }

    /// What follows the last part.
    package var end: [UInt8] { isChunked ? Array("0\r\n\r\n".utf8) : [] }

    /// First pass. The end must be measured, too.
    package mutating func measure(_ coded: [UInt8]) {
        blockDigest.update(coded)
        payloadDigest.update(coded)
        count += coded.count
    }

    package var digest: ObjectID { payloadDigest.finish() }

    /// What stands before the body.
    package var beginning: [UInt8] {
        let kind: WARCRecord.Kind = capture.head == nil ? .resource : .response
        let record = WARCRecord(
            kind: kind, id: RecordEncoder.recordID(capture, kind),
            fields: RecordEncoder.fields(capture, kind, digest: digest, remark: nil, same: nil), block: [])
        return record.head(digest: blockDigest.finish(), count: count) + (capture.block ?? [])
    }

    /// What stands after the body.
    package static var ending: [UInt8] { WARCRecord.end }

    package var entry: IndexEntry {
        IndexEntry(capture, kind: capture.head == nil ? .resource : .response, digest: WARCRecord.digest(digest))
    }

    /// The record about this one.
    package func metadata(_ encoder: RecordEncoder) -> [UInt8] {
        let first = RecordEncoder.recordID(capture, capture.head == nil ? .resource : .response)
        return encoder.packed(
            RecordEncoder.metadata(capture, describing: first, isOriginal: capture.framing.isPlain).bytes)
    }
}

/// One gzip member that is made in parts, or none.
package final class MemberStream {
    private let deflater: Deflater?

    package init(isCompressed: Bool) { deflater = isCompressed ? Deflater(.gzip, level: RecordEncoder.level) : nil }

    package func write(_ bytes: [UInt8]) -> [UInt8] {
        guard let deflater else { return bytes }
        var output: [UInt8] = []
        bytes.withUnsafeBytes { deflater.write($0, to: &output) }
        return output
    }

    package func finish() -> [UInt8] {
        var output: [UInt8] = []
        deflater?.finish(to: &output)
        return output
    }
}
