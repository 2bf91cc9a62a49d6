import Glibc

/// Held by whoever appends to an archive. It is the kernel's (`flock`), so a process that dies gives it back.
struct WriterLock: ~Copyable {
    /// In microseconds: what nobody minds waiting without being told.
    private static let moment = 1_000_000

    private let descriptor: Int32

    /// Waits up to `seconds`.
    ///
    /// - Parameters:
    ///   - isShared: others may hold it in the same way, nobody alone.
    ///   - waiting: called once if this takes longer than a moment.
    init(
        _ path: String, archive: String, seconds: Int, isShared: Bool = false, waiting: () -> Void = {}
    ) throws(ArchiveError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(FileError("lock", path)) }
        var waited = 0
        while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let error = FileError("lock", path)
                throw .file(error)
            }
            guard waited < seconds * 1_000_000 else { throw .busy(archive, seconds: seconds) }
            let moment: UInt32 = waited < Self.moment ? 5_000 : 50_000
            if waited < Self.moment, waited + Int(moment) >= Self.moment { waiting() }
            usleep(moment)
            waited += Int(moment)
        }
    }

    /// Gives the lock back. Calling it is what keeps the lock alive until then; after an error it goes at once.
    consuming func release() {}

    deinit { if descriptor >= 0 { close(descriptor) } }
}
