/// Content codings: `gzip`, `deflate` (as zlib data, and as the raw data that some servers send), `br`, `zstd`.
package enum ContentCoding {
    /// Why a coding could not be taken off.
    package enum Failure: Error, Hashable {
        case unknown
        case broken
        case expands
    }

    /// Those that a head names, in the order in which they were applied.
    package static func named(in head: ResponseHead) -> [String] {
        MessageBody.codings(head.values(of: "Content-Encoding"))
    }

    /// A body without its codings, all of them or none: for one that has just been received, of which nothing may be missing.
    ///
    /// - Parameter limit: of each stage, in bytes.
    package static func remove(
        _ codings: [String], from body: [UInt8], limit: Int
    ) throws(Failure) -> [UInt8] {
        guard codings.count <= MessageBody.mostCodings else { throw .unknown }
        var bytes = body
        for coding in codings.reversed() where !bytes.isEmpty {
            guard let decoders = decoders(of: coding) else { throw .unknown }
            let results = decoders.lazy.map { decode(bytes, with: $0, limit: limit) }
            guard let result = results.first(where: { $0.end != .cut }) else { throw .broken }
            guard result.end == .whole else { throw .expands }
            bytes = result.bytes
        }
        return bytes
    }

    enum End: Hashable {
        case whole
        /// The data ends early, or is damaged from some place on.
        case cut
        case tooLarge
    }

    /// What may be tried in turn. Nil for a coding that is not known.
    static func decoders(of coding: String) -> [any StreamDecoder]? {
        switch coding {
        case "gzip", "x-gzip": [Inflater(.gzip)]
        case "deflate": [Inflater(.zlib), Inflater(.raw), Inflater(.gzip)]
        case "br": [BrotliDecoder()]
        case "zstd": [ZstdDecoder()]
        default: nil
        }
    }

    static func decode(
        _ body: [UInt8], with decoder: any StreamDecoder, limit: Int
    ) -> (bytes: [UInt8], end: End) {
        var out: [UInt8] = []
        out.reserveCapacity(min(max(body.count * 5, 1 << 14), limit))
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { room.deallocate() }
        let end = body.withUnsafeBytes { input in
            var rest = input[...]
            while true {
                let step = decoder.step(UnsafeRawBufferPointer(rebasing: rest), into: room)
                rest = rest.dropFirst(step.consumed)
                out += UnsafeRawBufferPointer(rebasing: room[..<step.produced])
                if out.count > limit { return End.tooLarge }
                switch step.state {
                case .ended:
                    // Several gzip members in a row are one body; what is none is left out, as every reader does.
                    guard rest.count > 3, decoder is Inflater, rest.starts(with: [0x1F, 0x8B, 8]) else { return .whole }
                    decoder.reset()
                case .damaged: return .cut
                case .going: if step.produced == 0, step.consumed == 0 { return .cut }
                }
            }
        }
        return (out, end)
    }
}
