private import CZstd
internal import Storage

/// The tar stream inside a bundle, part by part, for libarchive, which knows nothing of bytes that a stream builds on. A class because a C
/// callback must find it again; used by one thread at a time.
final class ExpandedSource {
    private let file: OpenFile
    private let context: OpaquePointer
    private let base: UnsafeMutableRawBufferPointer
    private let input: UnsafeMutableRawBufferPointer
    private let output: UnsafeMutableRawBufferPointer
    private var filled = 0
    private var used = 0
    private var isEnded = false

    /// - Parameter base: what the writer took to stand before the stream.
    init(file: consuming OpenFile, base bytes: [UInt8]) {
        guard let context = ZSTD_createDCtx() else { fatalError("out of memory for a zstd context") }
        self.file = file
        self.context = context
        base = .allocate(byteCount: bytes.count, alignment: 16)
        base.copyBytes(from: bytes)
        input = .allocate(byteCount: 1 << 17, alignment: 16)
        output = .allocate(byteCount: ZSTD_DStreamOutSize(), alignment: 16)
        // What a stranger's zstd takes without being told otherwise.
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27)
        if !bytes.isEmpty { ZSTD_DCtx_refPrefix(context, base.baseAddress, base.count) }
    }

    deinit {
        ZSTD_freeDCtx(context)
        base.deallocate()
        input.deallocate()
        output.deallocate()
    }

    /// Empty at the end; nil when the stream is broken. Valid until the next call.
    func next() -> UnsafeRawBufferPointer? {
        guard !isEnded else { return UnsafeRawBufferPointer(rebasing: output[..<0]) }
        var out = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        while out.pos == 0 {
            if used == filled {
                do throws(FileError) {
                    let part = try file.readNext(input.count)
                    // A stream has one frame: what is cut short has not ended.
                    guard !part.isEmpty else { return nil }
                    input.copyBytes(from: part)
                    filled = part.count
                    used = 0
                } catch {
                    return nil
                }
            }
            var source = ZSTD_inBuffer(src: input.baseAddress, size: filled, pos: used)
            let left = ZSTD_decompressStream(context, &out, &source)
            used = source.pos
            guard ZSTD_isError(left) == 0 else { return nil }
            if left == 0 {
                isEnded = true
                break
            }
        }
        return UnsafeRawBufferPointer(rebasing: output[..<out.pos])
    }
}
