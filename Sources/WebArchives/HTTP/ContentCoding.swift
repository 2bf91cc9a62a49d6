/// Content codings: `gzip`, `deflate` (as zlib data, and as the raw data that some servers send), `br`, `zstd`.
enum ContentCoding {
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
