internal import Glibc
internal import Storage

/// Somebody else watches with this archive.
public struct WatchBusy: Error, Hashable, Sendable {
    public let path: String
}

/// Two watches with one archive would undo each other's state. The kernel lets go of it when the process ends, however it does.
final class WatchLock {
    private let descriptor: Int32

    init(_ path: String, archive: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw WatchBusy(path: archive)
        }
    }

    deinit { close(descriptor) }
}
