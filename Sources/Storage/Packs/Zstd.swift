private import CZstd

/// zstd refused.
package struct ZstdError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    fileprivate init(_ code: Int) { description = String(cString: ZSTD_getErrorName(code)) }
}

/// A compression context, which is costly to make and good for any number of frames.
package struct Compressor: ~Copyable {
    private let context: OpaquePointer

    package init(level: Int32) {
        guard let made = ZSTD_createCCtx() else { fatalError("out of memory for a zstd context") }
        context = made
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    }

    deinit { ZSTD_freeCCtx(context) }

    /// One zstd frame (RFC 8878) that states its content size.
    ///
    /// - Parameter prefix: taken to stand before the content; needed again to decompress.
    package func compress(_ content: [UInt8], prefix: [UInt8] = []) throws(ZstdError) -> [UInt8] {
        // A level's own window may be smaller than pages are; then nothing of the prefix would be within reach.
        ZSTD_CCtx_setParameter(
            context, ZSTD_c_windowLog, prefix.isEmpty ? 0 : Self.windowLog(content.count + prefix.count))
        let bound = ZSTD_compressBound(content.count)
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: bound) { out, filled in
            result = content.withUnsafeBytes { content in
                prefix.withUnsafeBytes { prefix in
                    // Holds for one frame only.
                    if !prefix.isEmpty { ZSTD_CCtx_refPrefix(context, prefix.baseAddress, prefix.count) }
                    return ZSTD_compress2(context, out.baseAddress, bound, content.baseAddress, content.count)
                }
            }
            filled = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else { throw ZstdError(result) }
        return bytes
    }

    private static func windowLog(_ reach: Int) -> Int32 {
        min(27, max(10, Int32(Int.bitWidth - max(1, reach - 1).leadingZeroBitCount)))
    }
}

/// A decompression context, good for any number of frames.
package struct Decompressor: ~Copyable {
    private let context: OpaquePointer

    package init() {
        guard let made = ZSTD_createDCtx() else { fatalError("out of memory for a zstd context") }
        context = made
    }

    deinit { ZSTD_freeDCtx(context) }

    /// The content of one zstd frame, at most `size` bytes.
    ///
    /// - Parameter prefix: that of compression.
    package func decompress(_ frame: [UInt8], size: Int, prefix: [UInt8] = []) throws(ZstdError) -> [UInt8] {
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { out, filled in
            result = frame.withUnsafeBytes { frame in
                prefix.withUnsafeBytes { prefix in
                    if !prefix.isEmpty { ZSTD_DCtx_refPrefix(context, prefix.baseAddress, prefix.count) }
                    return ZSTD_decompressDCtx(context, out.baseAddress, size, frame.baseAddress, frame.count)
                }
            }
            filled = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else { throw ZstdError(result) }
        return bytes
    }
}
