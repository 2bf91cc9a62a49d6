private import CBrotli
private import CZstd
package import Models

/// Applies content codings (RFC 9110, section 8.4.1), so that a body is again what its head says.
///
/// The bytes that the server sent are not kept, only what they meant. Where the head states a length, codings are made to have just
/// that length where their formats allow for it: a client that is told another length drops or awaits bytes.
package enum ContentEncoding {
    enum Coding: String {
        case gzip, deflate
        case brotli = "br"
        case zstandard = "zstd"

        init?(token: String) {
            switch token {
            case "gzip", "x-gzip": self = .gzip
            case "deflate": self = .deflate
            case "br": self = .brotli
            case "zstd": self = .zstandard
            default: return nil
            }
        }
    }

    /// The body as it came, before its coding was taken off: what a coding made anew should be.
    package struct Original: Hashable, Sendable {
        package let size: Int
        package let sha256: ObjectID

        package init(size: Int, sha256: ObjectID) {
            self.size = size
            self.sha256 = sha256
        }

        func isMatched(by bytes: [UInt8]) -> Bool { bytes.count == size && ObjectID(hashing: bytes) == sha256 }
    }

    /// - Parameters:
    ///   - length: how long the result should be. It may be longer or shorter nevertheless.
    ///   - original: what the server sent. Servers use the same libraries as this: often their very bytes can be had again.
    static func encode(_ bytes: [UInt8], _ coding: Coding, length: Int?, original: Original?) -> [UInt8] {
        if let original, bytes.count <= longestSearched, let found = search(bytes, coding, original) { return found }
        return switch coding {
        case .gzip: gzip(bytes, length: length)
        case .deflate: smallest(length, [6, 9]) { Deflater.compress(bytes, .zlib, level: $0) }
        case .brotli: brotli(bytes, length: length)
        case .zstandard: zstandard(bytes, length: length)
        }
    }

    /// A search takes as long as coding a body several times.
    private static let longestSearched = 4 << 20

    private static func search(_ bytes: [UInt8], _ coding: Coding, _ original: Original) -> [UInt8]? {
        switch coding {
        case .gzip: return searchGzip(bytes, original)
        case .deflate:
            return levels(around: original.size) {
                Deflater.compress(bytes, .zlib, level: $0)
            } matching: {
                original.isMatched(by: $0) ? $0 : nil
            }
        case .brotli:
            for window in [22, 19] {
                for quality in [5, 4, 6] {
                    let output = brotli(bytes, quality: quality, window: window, metadata: 0)
                    if original.isMatched(by: output) { return output }
                }
            }
            return nil
        case .zstandard:
            return levels(around: original.size) {
                zstandard(bytes, level: $0)
            } matching: {
                original.isMatched(by: $0) ? $0 : nil
            }
        }
    }

    /// Tries the common level first, then the others, by what the size says.
    private static func levels(
        around size: Int, _ encode: (Int32) -> [UInt8], matching: ([UInt8]) -> [UInt8]?
    ) -> [UInt8]? {
        let first = encode(6)
        if let found = matching(first) { return found }
        // A higher level now and then gives more bytes.
        let others: [Int32] = first.count < size ? [5, 4, 3, 2, 1, 9, 8, 7] : [9, 8, 7, 5, 4, 3, 2, 1]
        for level in others {
            if let found = matching(encode(level)) { return found }
        }
        return nil
    }

    /// The first that is no longer than it should be, else the last.
    private static func smallest(_ length: Int?, _ levels: [Int32], _ encode: (Int32) -> [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        for level in levels {
            output = encode(level)
            guard let length, output.count > length else { break }
        }
        return output
    }

    /// What a head states may be any number.
    private static let longestPadding = 1 << 24

    // MARK: gzip

    /// What is missing to the length stands in the header as a comment (RFC 1952, FCOMMENT), which every reader passes over.
    private static func gzip(_ bytes: [UInt8], length: Int?) -> [UInt8] {
        let member = smallest(length, [6, 9]) { Deflater.compress(bytes, .gzip, level: $0) }
        guard let length, member.count < length, length - member.count <= longestPadding else { return member }
        var padded = Array(member[..<gzipHeader])
        padded[3] |= 0x10
        padded += [UInt8](repeating: UInt8(ascii: " "), count: length - member.count - 1) + [0]
        return padded + member[gzipHeader...]
    }

    private static func searchGzip(_ bytes: [UInt8], _ original: Original) -> [UInt8]? {
        var trailer: [UInt8] = []
        trailer.appendLittle(Checksum32.of(bytes))
        trailer.appendLittle(UInt32(truncatingIfNeeded: bytes.count))
        let around = original.size - gzipHeader - trailer.count
        return levels(around: around) {
            Deflater.compress(bytes, .none, level: $0)
        } matching: { data in
            guard data.count == around else { return nil }
            // Servers say different things of how, and on which system, they compress: zlib itself 2, 4 or 0, and 3.
            for (speed, system) in [(0, 3), (2, 3), (4, 3), (0, 255), (2, 255), (0, 0)] as [(UInt8, UInt8)] {
                let member = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, speed, system] + data + trailer
                if original.isMatched(by: member) { return member }
            }
            return nil
        }
    }

    private static let gzipHeader = 10

    // MARK: br

    /// What is missing to the length stands before the data as metadata (RFC 7932, section 9.2).
    private static func brotli(_ bytes: [UInt8], length: Int?) -> [UInt8] {
        var quality = 5
        var output = brotli(bytes, quality: quality, metadata: 0)
        guard let length else { return output }
        if output.count > length {
            quality = 11
            output = brotli(bytes, quality: quality, metadata: 0)
        }
        guard output.count < length else { return output }
        // How much the block's own head takes depends on how much is in it.
        let bare = output
        var metadata = max(1, length - output.count - 3)
        for _ in 0..<6 where metadata > 0 && metadata <= longestPadding {
            output = brotli(bytes, quality: quality, metadata: metadata)
            if output.count == length { return output }
            metadata += length - output.count
        }
        return bare
    }

    private static func brotli(_ bytes: [UInt8], quality: Int, window: Int = 22, metadata: Int) -> [UInt8] {
        guard let encoder = BrotliEncoderCreateInstance(nil, nil, nil) else { fatalError("out of memory") }
        defer { BrotliEncoderDestroyInstance(encoder) }
        BrotliEncoderSetParameter(encoder, BROTLI_PARAM_QUALITY, numericCast(quality))
        BrotliEncoderSetParameter(encoder, BROTLI_PARAM_LGWIN, numericCast(window))
        BrotliEncoderSetParameter(encoder, BROTLI_PARAM_SIZE_HINT, numericCast(min(bytes.count, 1 << 30)))
        var output: [UInt8] = []
        if metadata > 0 {
            run(encoder, BROTLI_OPERATION_EMIT_METADATA, [UInt8](repeating: 0x20, count: metadata), &output)
        }
        run(encoder, BROTLI_OPERATION_FINISH, bytes, &output)
        return output
    }

    private static func run(
        _ encoder: OpaquePointer, _ operation: BrotliEncoderOperation, _ bytes: [UInt8], _ output: inout [UInt8]
    ) {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        bytes.withUnsafeBufferPointer { input in
            var left = input.count
            var next = input.baseAddress
            var isDone = false
            while !isDone {
                let count = part.withUnsafeMutableBufferPointer { buffer in
                    var room = buffer.count
                    var place = buffer.baseAddress
                    BrotliEncoderCompressStream(encoder, operation, &left, &next, &room, &place, nil)
                    return buffer.count - room
                }
                output += part[..<count]
                isDone = left == 0 && BrotliEncoderHasMoreOutput(encoder) == 0
            }
        }
    }

    // MARK: zstd

    /// What is missing to the length follows as a skippable frame (RFC 8878, section 3.1.2) where there is room for its head.
    private static func zstandard(_ bytes: [UInt8], length: Int?) -> [UInt8] {
        var output = smallest(length, [3, 12, 19]) { zstandard(bytes, level: $0) }
        guard let length, length > output.count else { return output }
        let padding = length - output.count - skippableHead
        guard padding >= 0, padding <= longestPadding else { return output }
        output.appendLittle(UInt32(0x184D_2A50))
        output.appendLittle(UInt32(padding))
        return output + [UInt8](repeating: 0x20, count: padding)
    }

    private static let skippableHead = 8

    private static func zstandard(_ bytes: [UInt8], level: Int32) -> [UInt8] {
        guard let context = ZSTD_createCCtx() else { fatalError("out of memory for a zstd context") }
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        // Clients refuse larger windows (RFC 9659).
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 23)
        return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, filled in
            let count = bytes.withUnsafeBytes {
                ZSTD_compress2(context, buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
            }
            precondition(ZSTD_isError(count) == 0, "zstd has enough room")
            filled = count
        }
    }
}
