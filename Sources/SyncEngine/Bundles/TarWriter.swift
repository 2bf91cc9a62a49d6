private import CArchive
private import CZstd
internal import Glibc
internal import Models
internal import Storage

/// Writes a deterministic `.tar.zst`: PAX tar by libarchive, compressed as one zstd frame.
///
/// Owner, mode and time of every entry are fixed, so the same entries give the same tar stream on every machine; the compressed
/// bytes may differ between versions of zstd, which is why the packing list, not the manifest, names their hash.
struct TarWriter: ~Copyable {
    private let archive: OpaquePointer
    private let sink: Unmanaged<CompressedSink>

    /// - Parameter base: bytes taken to stand before the tar stream; needed again to read it.
    init(to file: consuming OpenFile, level: Int32, base: [UInt8] = []) throws(SyncError) {
        guard let archive = archive_write_new() else { throw .packing("out of memory") }
        let sink = Unmanaged.passRetained(CompressedSink(file: file, level: level, base: base))
        archive_write_set_format_pax_restricted(archive)
        archive_write_set_bytes_per_block(archive, 1 << 16)
        // Without padding to whole blocks at the end, the tar stream is as long as its entries say.
        archive_write_set_bytes_in_last_block(archive, 1)
        let opened = archive_write_open(
            archive, sink.toOpaque(), nil,
            { _, context, bytes, count in
                guard let context, let bytes else { return -1 }
                let sink = Unmanaged<CompressedSink>.fromOpaque(context).takeUnretainedValue()
                return sink.write(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
            }, nil)
        guard opened == ARCHIVE_OK else {
            let reason = String(cString: archive_error_string(archive))
            archive_write_free(archive)
            sink.release()
            throw .packing(reason)
        }
        self.archive = archive
        self.sink = sink
    }

    deinit {
        archive_write_free(archive)
        sink.release()
    }

    /// An entry whose bytes `body` hands over in parts that add up to `size`.
    func add(
        _ name: String, size: Int, _ body: (_ write: ([UInt8]) throws(SyncError) -> Void) throws(SyncError) -> Void
    )
        throws(SyncError)
    {
        let previous = stet_enter_utf8_locale()
        defer { stet_leave_utf8_locale(previous) }
        guard let entry = archive_entry_new() else { throw .packing("out of memory") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_size(entry, Int64(size))
        archive_entry_set_filetype(entry, stet_regular_file)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_mtime(entry, 0, 0)
        archive_entry_set_uid(entry, 0)
        archive_entry_set_gid(entry, 0)
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure() }
        try body { bytes throws(SyncError) in
            let done = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
            guard done == bytes.count else { throw failure() }
        }
        guard archive_write_finish_entry(archive) == ARCHIVE_OK else { throw failure() }
    }

    func add(_ name: String, _ bytes: [UInt8]) throws(SyncError) {
        try add(name, size: bytes.count) { write throws(SyncError) in try write(bytes) }
    }

    /// The bundle's bytes are durable when this returns, still under the name they were written to.
    func finish() throws(SyncError) -> (sha256: ObjectID, bytes: Int, contentBytes: Int) {
        guard archive_write_close(archive) == ARCHIVE_OK else { throw failure() }
        let sink = sink.takeUnretainedValue()
        return try syncFile { () throws(FileError) in try sink.finish() }
    }

    private func failure() -> SyncError {
        if let error = sink.takeUnretainedValue().failure { return .file(error) }
        return .packing(String(cString: archive_error_string(archive)))
    }
}

/// Compresses what libarchive hands it. A class because a C callback must find it again; used by one thread at a time.
private final class CompressedSink {
    private let file: OpenFile
    private let context: OpaquePointer
    private var hasher = Hasher256()
    private var bytes = 0
    private var contentBytes = 0
    private(set) var failure: FileError?

    /// zstd reads it for as long as it compresses.
    private let base: UnsafeMutableRawBufferPointer?

    init(file: consuming OpenFile, level: Int32, base: [UInt8]) {
        guard let context = ZSTD_createCCtx() else { fatalError("out of memory for a zstd context") }
        self.file = file
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        // The stock zstd refuses windows above 2^27 unless told otherwise, so a stranger's plain `tar --zstd` opens this.
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 26)
        ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        guard !base.isEmpty else {
            self.base = nil
            return
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: base.count, alignment: 16)
        copy.copyBytes(from: base)
        ZSTD_CCtx_refPrefix(context, copy.baseAddress, copy.count)
        self.base = copy
    }

    deinit {
        ZSTD_freeCCtx(context)
        base?.deallocate()
    }

    func write(_ content: UnsafeRawBufferPointer) -> Bool {
        contentBytes += content.count
        return run(content, ZSTD_e_continue)
    }

    func finish() throws(FileError) -> (sha256: ObjectID, bytes: Int, contentBytes: Int) {
        _ = run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end)
        if let failure { throw failure }
        try file.sync()
        return (hasher.finish(), bytes, contentBytes)
    }

    private func run(_ content: UnsafeRawBufferPointer, _ end: ZSTD_EndDirective) -> Bool {
        var input = ZSTD_inBuffer(src: content.baseAddress, size: content.count, pos: 0)
        var part = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
        while failure == nil {
            let remaining = part.withUnsafeMutableBytes { buffer in
                var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                let remaining = ZSTD_compressStream2(context, &output, &input, end)
                guard ZSTD_isError(remaining) == 0 else {
                    failure = FileError("compress", file.path, code: ENOMEM)
                    return remaining
                }
                keep(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<output.pos]))
                return remaining
            }
            let isDone = end == ZSTD_e_end ? remaining == 0 : input.pos == input.size
            if isDone { break }
        }
        return failure == nil
    }

    private func keep(_ compressed: UnsafeRawBufferPointer) {
        do throws(FileError) { try file.write(compressed) } catch { failure = error }
        hasher.update(compressed)
        bytes += compressed.count
    }
}
