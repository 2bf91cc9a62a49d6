import Glibc

/// Held by whoever appends to an archive. It is the kernel's (`flock`), so a process that dies gives it back.
struct WriterLock: ~Copyable {
    private let descriptor: Int32

    /// Waits up to `seconds`.
    ///
    /// - Parameter isShared: others may hold it in the same way, nobody alone.
    init(_ path: String, archive: String, seconds: Int, isShared: Bool = false) throws(ArchiveError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(FileError("lock", path)) }
        var waited = 0
        while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let error = FileError("lock", path)
                throw .file(error)
            }
            guard waited < seconds * 1_000_000 else { throw .busy(archive, seconds: seconds) }
            usleep(5_000)
            waited += 5_000
        }
    }

    /// Gives the lock back. Calling it is what keeps the lock alive until then; after an error it goes at once.
    consuming func release() {}

    deinit { if descriptor >= 0 { close(descriptor) } }
}
