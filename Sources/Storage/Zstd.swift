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
    package func compress(_ content: UnsafeRawBufferPointer) throws(ZstdError) -> [UInt8] {
        var result = 0
        let bound = ZSTD_compressBound(content.count)
        let bytes = [UInt8](unsafeUninitializedCapacity: bound) { out, filled in
            result = ZSTD_compress2(context, out.baseAddress, bound, content.baseAddress, content.count)
            filled = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else { throw ZstdError(result) }
        return bytes
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

    /// The content of one zstd frame, which must be exactly `size` bytes.
    package func decompress(_ frame: [UInt8], size: Int) throws(ZstdError) -> [UInt8] {
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { out, filled in
            result = frame.withUnsafeBytes {
                ZSTD_decompressDCtx(context, out.baseAddress, size, $0.baseAddress, $0.count)
            }
            filled = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else { throw ZstdError(result) }
        return bytes
    }
}
