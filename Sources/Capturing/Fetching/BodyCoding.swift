private import CZlib
internal import WebArchives

/// Takes off what a server put around a body although it was asked not to.
struct BodyCoding {
    /// `gzip`, or several as in `gzip, gzip`.
    let name: String
    /// The bytes as received.
    let coded: Int

    /// - Returns: nil where the head names no coding.
    static func name(in head: ResponseHead) -> String? {
        let names = head.values(of: "Content-Encoding").flatMap { $0.split(separator: ",") }.map {
            $0.lowercased().filter { !$0.isWhitespace }
        }.filter { !$0.isEmpty && $0 != "identity" }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    /// - Parameter limit: of each stage, in bytes.
    static func decode(_ body: [UInt8], _ name: String, limit: Int) -> Result<[UInt8], Failure> {
        let names = name.split(separator: ",").map { $0.filter { $0 != " " } }
        guard names.count <= 3 else { return .failure(.unknown) }
        var bytes = body
        for name in names.reversed() {
            let result: Result<[UInt8], Failure> =
                switch name {
                case "gzip", "x-gzip": inflate(bytes, window: 15 + 32, limit: limit)
                case "deflate": deflated(bytes, limit: limit)
                default: .failure(.unknown)
                }
            guard case .success(let decoded) = result else { return result }
            bytes = decoded
        }
        return .success(bytes)
    }

    enum Failure: Error, Hashable {
        case unknown
        case broken
        case expands
    }

    /// Some servers leave zlib's frame away.
    private static func deflated(_ bytes: [UInt8], limit: Int) -> Result<[UInt8], Failure> {
        let framed = inflate(bytes, window: 15, limit: limit)
        return framed == .failure(.broken) ? inflate(bytes, window: -15, limit: limit) : framed
    }

    private static func inflate(_ bytes: [UInt8], window: Int32, limit: Int) -> Result<[UInt8], Failure> {
        guard !bytes.isEmpty else { return .success([]) }
        var stream = z_stream()
        guard
            inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return .failure(.broken) }
        defer { inflateEnd(&stream) }
        var input = bytes
        var room = [UInt8](repeating: 0, count: 1 << 16)
        var out: [UInt8] = []
        return input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                let code = room.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    return CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                let count = room.count - Int(stream.avail_out)
                guard out.count + count <= limit else { return .failure(.expands) }
                out += room[..<count]
                switch code {
                case Z_OK where count > 0 || stream.avail_in > 0: continue
                case Z_STREAM_END:
                    // Members of gzip may follow each other (RFC 1952, 2.2); what else follows is no part of the body.
                    let isNext =
                        window > 15 + 16 && stream.avail_in > 1 && stream.next_in[0] == 0x1F
                        && stream.next_in[1] == 0x8B
                    guard isNext, inflateReset(&stream) == Z_OK else { return .success(out) }
                default: return .failure(.broken)
                }
            }
        }
    }
}
