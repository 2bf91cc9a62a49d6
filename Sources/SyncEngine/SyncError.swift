public import Models
public import Storage

/// Why something that came from elsewhere is not believed.
public enum Distrust: Hashable, Sendable {
    /// There is no signature file.
    case unsigned
    /// The signature file is no signature, or not over these bytes.
    case badSignature
    case wrongNamespace(found: String, wanted: String)
    /// Nobody the user trusts; the fingerprint, and the name that the remote itself gives it, which proves nothing.
    case unknownKey(fingerprint: String, claimedName: String?)
    /// The key is trusted, but not at the time at which the signature says it was made.
    case keyNotValidThen(fingerprint: String, at: Timestamp)
    /// The key is trusted, but the origin's genesis does not lead to it.
    case notTheOriginsKey(fingerprint: String, origin: OriginID)
    /// Fewer captures than have already been seen of this origin.
    case rollback(seen: Int, found: Int)
    /// A history that is not an extension of the one already seen.
    case fork(size: Int)
    /// Documents that are each signed but do not belong together.
    case mixed(String)
    /// A signed document that does not follow its format.
    case malformed(String)
}

/// Why a snapshot could not be made, checked or restored.
public enum SyncError: Error, Sendable {
    case distrust(file: String, Distrust)
    /// A file of the remote does not hash to what was signed, or is missing.
    case damaged(Damage)
    /// There is nothing to restore from there.
    case noSnapshot(String)
    case noSuchSnapshot(number: Int, have: [Int])
    /// The remote holds several origins and the user did not say which.
    case noSuchOrigin(String, have: [OriginID])
    case noKey(origin: OriginID, fingerprint: String, folder: String)
    case unusableKey(String, String)
    case notAKey(String)
    case noSuchTrust(String)
    /// A file that should hold a certificate in PEM form, and what is wrong with it.
    case notACertificate(String, String)
    case archive(ArchiveError)
    case file(FileError)
    /// libarchive or zstd refused to write.
    case packing(String)
}

/// Runs `body`, its file errors becoming sync errors.
func syncFile<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(SyncError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
}

/// Runs `body`, the store's errors becoming sync errors.
func syncArchive<Value: ~Copyable>(_ body: () throws(ArchiveError) -> Value) throws(SyncError) -> Value {
    do throws(ArchiveError) { return try body() } catch {
        switch error {
        case .file(let error): throw .file(error)
        case .damaged(let damage): throw .damaged(damage)
        default: throw .archive(error)
        }
    }
}
