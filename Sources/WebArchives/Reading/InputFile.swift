internal import Glibc

/// An open file that is read at any place, by several readers at once.
package final class InputFile: Sendable {
    private let descriptor: Int32
    package let path: String
    package let size: Int

    package init(path: String) throws(WebArchiveError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .file(operation: "open", path: path, code: errno) }
        var info = stat()
        guard fstat(opened, &info) == 0 else {
            let code = errno
            close(opened)
            throw .file(operation: "stat", path: path, code: code)
        }
        descriptor = opened
        self.path = path
        size = Int(info.st_size)
    }

    /// Bytes that are at hand already, as a file without a name in the system's temporary folder.
    package init(holding bytes: [UInt8]) throws(WebArchiveError) {
        path = "-"
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(folder)/stet-XXXXXX".utf8CString)
        let made = mkstemp(&name)
        guard made >= 0 else { throw .file(operation: "create", path: folder, code: errno) }
        unlink(name)
        descriptor = made
        size = bytes.count
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(made, $0.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(operation: "write", path: path, code: errno) }
            written += count
        }
    }

    deinit { close(descriptor) }

    /// Fills `buffer` from `offset` on.
    ///
    /// - Returns: how many bytes were read; fewer than asked for only at the end of the file.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(WebArchiveError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let got = pread(
                descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
            if got < 0 {
                if errno == EINTR { continue }
                throw .file(operation: "read", path: path, code: errno)
            }
            if got == 0 { break }
            filled += got
        }
        return filled
    }

    /// Up to `count` bytes at `offset`; fewer only at the end of the file.
    package func read(_ count: Int, at offset: Int) throws(WebArchiveError) -> [UInt8] {
        var failure: WebArchiveError?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, min(count, size - offset))) { buffer, filled in
            do throws(WebArchiveError) {
                filled = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// Bytes one after another: a part of a file as it is, or inflated (a member of a ZIP file).
final class ByteInput {
    private let file: InputFile
    private let range: Range<Int>
    private var inflating: (decoder: Inflater, buffer: [UInt8], rest: Range<Int>, hasEnded: Bool)?
    private var at: Int
    /// How many bytes came out so far: the offset of the next one.
    private(set) var offset = 0

    init(_ file: InputFile, _ range: Range<Int>, isDeflated: Bool = false) {
        self.file = file
        self.range = range.clamped(to: 0..<file.size)
        at = self.range.lowerBound
        if isDeflated { inflating = (Inflater(.raw), [], 0..<0, false) }
    }

    /// The whole length, where it is known beforehand.
    var length: Int? { inflating == nil ? range.count : nil }

    /// Whether `seek` works.
    var canSeek: Bool { inflating == nil }

    func seek(to offset: Int) {
        precondition(canSeek)
        at = min(range.lowerBound + offset, range.upperBound)
        self.offset = at - range.lowerBound
    }

    /// - Returns: how many bytes were read; none only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(WebArchiveError) -> Int {
        let got = inflating == nil ? try readFile(into: buffer) : try inflate(into: buffer)
        offset += got
        return got
    }

    private func readFile(into buffer: UnsafeMutableRawBufferPointer) throws(WebArchiveError) -> Int {
        let count = min(buffer.count, range.upperBound - at)
        let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: at)
        at += got
        return got
    }

    private static let partSize = 1 << 17

    private func inflate(into buffer: UnsafeMutableRawBufferPointer) throws(WebArchiveError) -> Int {
        guard var state = inflating else { return 0 }
        defer { inflating = state }
        while !state.hasEnded {
            if state.rest.isEmpty {
                state.buffer = try file.read(min(Self.partSize, range.upperBound - at), at: at)
                at += state.buffer.count
                state.rest = 0..<state.buffer.count
                if state.rest.isEmpty { throw .damaged("the package ends within one of its members") }
            }
            let step = state.buffer.withUnsafeBytes { input in
                state.decoder.step(UnsafeRawBufferPointer(rebasing: input[state.rest]), into: buffer)
            }
            state.rest = state.rest.lowerBound + step.consumed..<state.rest.upperBound
            switch step.state {
            case .damaged: throw .damaged("a member of the package cannot be inflated")
            case .ended: state.hasEnded = true
            case .going: break
            }
            if step.produced > 0 { return step.produced }
        }
        return 0
    }
}
