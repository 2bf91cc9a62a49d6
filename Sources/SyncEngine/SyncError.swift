public import Models
public import Storage

/// Why something that came from elsewhere is not believed.
public enum Distrust: Hashable, Sendable {
    /// There is no signature file.
    case unsigned
    /// The signature file is no signature, or not over these bytes.
    case badSignature
    case wrongNamespace(found: String, wanted: String)
    /// A key of a kind or length that is never believed.
    case weakKey(fingerprint: String, KeyWeakness)
    /// A signature with an algorithm that can be forged, e.g. `ssh-rsa`.
    case weakSignature(fingerprint: String, algorithm: String)
    /// A security key signed without anybody touching it.
    case untouchedKey(fingerprint: String)
    /// Nobody the user trusts; the fingerprint, the name that the remote itself gives it, which proves nothing, and the trusted key
    /// that signed an earlier snapshot of the same origin.
    case unknownKey(fingerprint: String, claimedName: String?, after: String?)
    /// The key is trusted, but its line in `allowed_signers` is for other namespaces.
    case keyNotForThis(fingerprint: String, namespace: String)
    /// The key is trusted, but not at the time at which the signature says it was made.
    case keyNotYetValid(fingerprint: String, at: Timestamp, from: Timestamp)
    case keyExpired(fingerprint: String, at: Timestamp, until: Timestamp)
    case keyRevoked(fingerprint: String, at: Timestamp, until: Timestamp)
    /// The key is trusted, but nothing in the origin's log leads to it.
    case notTheOriginsKey(fingerprint: String, origin: OriginID)
    /// The key signed for the origin once, and gave that up before the log had this size.
    case formerKey(fingerprint: String, origin: OriginID, size: Int)
    /// A record that names another key for the origin without the proof that both keys agreed.
    case badKeyChange(origin: OriginID, index: Int, reason: String)
    /// Fewer captures than have already been seen of this origin.
    case rollback(seen: Int, found: Int)
    /// A history that is not an extension of the one already seen.
    case fork(size: Int)
    /// Somebody else has signed as this very archive: its folder was copied and used twice.
    case copiedArchive(number: Int, size: Int)
    /// Two manifests with one number, each signed. `evidence`: where both are kept, relative to the archive.
    case equivocation(number: Int, evidence: [String])
    /// A head that `witness`, somebody's signed manifest, saw of `origin` is not in the log that is here.
    case witnessedFork(origin: OriginID, size: Int, witness: String)
    /// A manifest or packing list of another origin stands in its place.
    case otherOrigin(wanted: OriginID, found: OriginID)
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
    /// No key of that name or fingerprint, neither in the user's folder nor in `ssh-agent`.
    case noSuchKey(String, folder: String)
    /// A time span that ends before it begins, or a change to one that is not there.
    case badValidity(String)
    case noSuchTrust(String)
    /// An interrupted withdrawal must be finished first, and bundles cannot be signed anew without the key.
    case lacksKeyToForget
    /// What is chosen to travel is packed anew, and cannot be signed.
    case lacksKeyToChoose
    /// A file that should hold a certificate in PEM form, and what is wrong with it.
    case notACertificate(String, String)
    case archive(ArchiveError)
    case file(FileError)
    /// A remote, by its address, that could not be used.
    case remote(String, RemoteFault)
    /// A file, or a remote by its address, that could not be encrypted or decrypted.
    case encryption(String, AgeError)
    /// libarchive or zstd refused to write.
    case packing(String)
}

/// Runs `body`, its file errors becoming sync errors.
func syncFile<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(SyncError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
}

/// Runs `body`, the store's errors becoming sync errors.
func syncArchive<Value: ~Copyable>(_ body: () throws(ArchiveError) -> Value) throws(SyncError) -> Value {
    do throws(ArchiveError) { return try body() } catch { throw SyncError(store: error) }
}
