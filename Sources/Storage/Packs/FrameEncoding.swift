internal import Models

/// A frame as it will stand in a pack.
struct EncodedFrame: Sendable {
    let header: FrameHeader
    let stored: [UInt8]
}

/// The frame that another one is compressed against.
struct FrameBase: Sendable {
    let id: ObjectID
    let content: [UInt8]
}

/// Turns contents into frames. Not to be shared between threads, so that each can have one.
struct FrameEncoder: ~Copyable {
    private let compressor: Compressor

    /// - Parameter level: zstd's.
    init(level: Int32) { compressor = Compressor(level: level) }

    /// The smallest of stored, compressed and, with a base, delta.
    func encode(
        _ kind: FrameHeader.Kind, id: ObjectID, content: [UInt8], base: FrameBase? = nil
    ) throws(ArchiveError) -> EncodedFrame {
        var best: (codec: FrameHeader.Codec, bytes: [UInt8])?
        if let base, base.id != id, !base.content.isEmpty {
            best = (.delta, try compress(content, prefix: base.content))
        }
        // A delta ties a frame's fate to another's: that must pay. Where it obviously does, the plain one is not even tried.
        if best.map({ $0.bytes.count > content.count / 8 }) ?? true {
            let plain = try compress(content, prefix: nil)
            if best.map({ plain.count - plain.count / 8 <= $0.bytes.count }) ?? true { best = (.zstd, plain) }
        }
        guard let best, best.bytes.count < content.count else {
            return EncodedFrame(
                header: FrameHeader(
                    kind: kind, codec: .stored, contentLength: content.count, storedLength: content.count, id: id,
                    base: nil), stored: content)
        }
        return EncodedFrame(
            header: FrameHeader(
                kind: kind, codec: best.codec, contentLength: content.count, storedLength: best.bytes.count, id: id,
                base: best.codec == .delta ? base?.id : nil), stored: best.bytes)
    }

    private func compress(_ content: [UInt8], prefix: [UInt8]?) throws(ArchiveError) -> [UInt8] {
        do throws(ZstdError) {
            guard let prefix else { return try compressor.compress(content) }
            return try compressor.compress(content, prefix: prefix)
        } catch {
            throw .compression(error.description)
        }
    }
}
