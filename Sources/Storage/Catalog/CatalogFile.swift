internal import Models
internal import Synchronization

/// The right to have the catalog's file open.
///
/// Whoever opens the catalog shares a lock for as long as it is open, and only who has that lock alone may remove the file. Otherwise two
/// catalogs would live side by side, and SQLite, which finds its log by name, would take the one's for the other's.
final class CatalogFile: Sendable {
    let path: String
    private let archive: String
    private let patience: Int
    private let lock: Mutex<WriterLock?>

    init(archive: String, patience: Int) throws(ArchiveError) {
        path = archive + "/catalog.sqlite"
        self.archive = archive
        self.patience = patience
        lock = Mutex(try Self.lock(archive, patience, isShared: true))
    }

    /// Removes the file, which must be closed here.
    ///
    /// - Parameter isBad: asked again when nobody else has the file open: somebody may have been faster.
    func remove(if isBad: () throws(ArchiveError) -> Bool = { () throws(ArchiveError) in true }) throws(ArchiveError) {
        // The kernel cannot change a lock from shared to exclusive in one step: two who wanted to would wait for each other.
        lock.withLock { $0 = nil }
        let alone = try Self.lock(archive, patience, isShared: false)
        if try isBad() {
            try fileErrors { () throws(FileError) in
                // The log first: left behind, it would be taken for that of the next catalog.
                for ending in ["-wal", "-shm", ""] { try Files.remove(path + ending) }
            }
        }
        alone.release()
    }

    private static func lock(_ archive: String, _ patience: Int, isShared: Bool) throws(ArchiveError) -> WriterLock {
        try WriterLock(archive + "/state/catalog-lock", archive: archive, seconds: patience, isShared: isShared)
    }
}
