internal import Diffing
internal import Foundation
internal import GRDB
internal import Glibc
internal import Models
public import Storage

/// Follows the articles of an archive through time: which captures show them at all, what was edited between their states,
/// and which other articles tell of the same.
///
/// Everything here is computed from the archive and kept in a cache beside it, `tracking.sqlite`. Each question first brings
/// the cache up to date, which costs only what was captured since the last one.
public final class Tracker: Sendable {
    let archive: Archive
    let cache: TrackingCache
    let contents = HeldContents()
    let frequencies = HeldFrequencies()

    /// - Throws: `TrackingError` when the cache cannot be opened.
    public init(_ archive: Archive) throws(TrackingError) {
        self.archive = archive
        do {
            cache = try TrackingCache(path: archive.path + "/tracking.sqlite")
        } catch {
            throw TrackingError("\(error)")
        }
    }

    /// Empties the cache of an archive, of which nothing is left on the disk; the next question fills it anew.
    ///
    /// Others may have the file open: it stays, and they find it empty. Only one that SQLite cannot read, of which nobody can have made
    /// use, is removed.
    public static func discard(_ archive: Archive) throws(FileError) {
        let path = archive.path + "/tracking.sqlite"
        guard Files.exists(path) else { return }
        do {
            try TrackingCache(path: path).clear()
        } catch {
            let code = (error as? DatabaseError)?.resultCode ?? .SQLITE_NOTADB
            switch code {
            case .SQLITE_FULL: throw FileError("empty", path, code: ENOSPC)
            case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: throw FileError("empty", path, code: EBUSY)
            case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY: throw FileError("empty", path, code: EIO)
            // The log first: left behind, it would be taken for that of the next one.
            default: for suffix in ["-wal", "-shm", ""] { try Files.remove(path + suffix) }
            }
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try cache.database.read(body) } catch { throw Self.told(error) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try cache.database.write(body) } catch { throw Self.told(error) }
    }

    /// What the database says of itself, and of values that are not what a column holds, is about the cache.
    private static func told(_ error: any Error) -> any Error {
        switch error {
        case let error as DatabaseError: TrackingError("\(error)")
        case is RowDecodingError: RowSum.failure
        default: error
        }
    }

    /// What a capture's payload says; nil for what is no text, is too large for one, or is damaged: `verify` names that.
    func revision(of capture: HistoryCapture, worker: Int) throws(ArchiveError) -> Revision? {
        do {
            return try archive.interpretation(of: capture, worker: worker).revision
        } catch .damaged {
            return nil
        }
    }
}

/// Why the cache of comparisons cannot be used.
public struct TrackingError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
