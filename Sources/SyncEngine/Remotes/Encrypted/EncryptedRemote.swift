private import Glibc
internal import Models
package import Storage
internal import Synchronization

/// A remote on another remote, of which a stranger learns only how many files there are, their padded sizes, their ciphertexts'
/// hashes, and when they were written. `manifests/FORMAT.md` has the bytes.
///
/// Small files are gathered until `flush`, and travel together. Files that were uploaded are found here at once, by others
/// after `flush`.
package final class EncryptedRemote: Remote {
    let inner: any Remote
    let keys: EncryptedKeys
    let random: RandomBytes
    /// This process, in the order of what is written.
    let writer: String
    private let folder: String?
    private let isDamageTolerated: Bool
    let state: Mutex<EncryptedListing>

    /// Larger files are written by themselves.
    private static let largestSmall = 1 << 16
    /// Larger ones are written by themselves also when they come as bytes.
    private static let largestGathered = 1 << 20
    /// When so much waits to be written, it is.
    private static let mostPending = 8 << 20

    package var address: String { inner.address }
    package var canWrite: Bool { inner.canWrite }

    /// Whether a place says that it is an encrypted remote.
    package static func isThere(on remote: any Remote) throws(SyncError) -> Bool {
        try EncryptedKeys.marker(of: remote) != nil
    }

    /// Opens an encrypted remote and reads its listing.
    ///
    /// - Parameters:
    ///   - folder: where ciphertexts are prepared; beside the file that is uploaded when nil.
    ///   - isDamageTolerated: what can be read is used all the same, and `damage` says what cannot.
    package init(
        over inner: any Remote, identities: [AgeIdentity], folder: String? = nil, isDamageTolerated: Bool = false,
        random: RandomBytes = .system
    ) throws(SyncError) {
        self.inner = inner
        self.random = random
        self.folder = folder
        self.isDamageTolerated = isDamageTolerated
        writer = Hex.encode(random(8))
        keys = try EncryptedKeys.open(inner, identities: identities)
        var listing = EncryptedListing()
        try Self.refresh(&listing, inner, keys, isDamageTolerated: isDamageTolerated)
        state = Mutex(listing)
    }

    private init(made keys: EncryptedKeys, over inner: any Remote, folder: String?, random: RandomBytes) {
        self.inner = inner
        self.keys = keys
        self.random = random
        self.folder = folder
        isDamageTolerated = false
        writer = Hex.encode(random(8))
        state = Mutex(EncryptedListing())
    }

    /// Makes one where there is nothing yet.
    package static func make(
        over inner: any Remote, recipients: AgeRecipients, folder: String? = nil, random: RandomBytes = .system
    ) throws(SyncError) -> EncryptedRemote {
        let found = try inner.names(under: "manifests/") + inner.names(under: "archive/")
        // What an interrupted attempt leaves is no obstacle: nothing is encrypted to its key before the marker is there.
        let harmless = [EncryptedName.key, EncryptedName.signingKey, EncryptedName.signers]
        guard found.allSatisfy({ harmless.contains($0) }) else {
            throw .remote(
                inner.address, .misconfigured("it is not empty, and only an empty one can become an encrypted remote"))
        }
        let keys = try EncryptedKeys.make(on: inner, for: recipients, random: random)
        return EncryptedRemote(made: keys, over: inner, folder: folder, random: random)
    }

    /// Says anew who can open it. Whoever could before may have kept the remote's own key, and can open what they can reach.
    package func encryptKey(to recipients: AgeRecipients) throws(SyncError) {
        try keys.writeIdentity(to: inner, for: recipients, random: random)
        try keys.writeMarker(to: inner, for: recipients)
    }

    /// What could not be read of the listing; empty unless damage is tolerated.
    package var damage: [Damage] { state.withLock { $0.damage } }

    /// Reads what others have written since.
    package func refresh() throws(SyncError) {
        try state.withLock { state throws(SyncError) in
            try Self.refresh(&state, inner, keys, isDamageTolerated: isDamageTolerated)
        }
    }

    package func names(under prefix: String) throws(SyncError) -> [String] {
        state.withLock { $0.names(under: prefix) }
    }

    package func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        try current(name) { () throws(SyncError) in try readNow(name, limit: limit) }
    }

    private func readNow(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let found = try state.withLock { state throws(SyncError) -> Found? in try find(name, limit: limit, in: &state) }
        switch found {
        case nil: return nil
        case .here(let bytes): return bytes
        case .there(let entry, let file, let stored):
            guard let sealed = try inner.read(file, limit: stored) else {
                throw .damaged(SealedFile.damage(file, holding: name, "it is missing"))
            }
            return try SealedFile.opened(sealed, called: file, entry: entry, with: [keys.identity])
        }
    }

    private enum Found {
        case here([UInt8])
        case there(EncryptedEntry, file: String, stored: Int)
    }

    private func find(_ name: String, limit: Int, in state: inout EncryptedListing) throws(SyncError) -> Found? {
        switch state.pending[name] {
        case .removed: return nil
        case .small(let bytes):
            try check(bytes.count, limit, name)
            return .here(bytes)
        case .file(let file, let stored, _, let bytes, let sha256):
            try check(bytes, limit, name)
            let place = EncryptedEntry.Place.file(file, stored: stored)
            return .there(
                EncryptedEntry(name: name, sequence: 0, writer: writer, place: place, bytes: bytes, sha256: sha256),
                file: file, stored: stored)
        case nil: break
        }
        guard let (entry, segment) = state.entry(name) else { return nil }
        try check(entry.bytes, limit, name)
        switch entry.place {
        case .removed: return nil
        case .file(let file, let stored): return .there(entry, file: file, stored: stored)
        case .inside(let offset):
            let content = try content(of: segment, in: &state)
            guard offset + entry.bytes <= content.count else { return nil }
            let bytes = Array(content[offset..<offset + entry.bytes])
            guard ObjectID(hashing: bytes) == entry.sha256 else {
                throw .damaged(
                    SealedFile.damage(
                        EncryptedName.segment(segment), holding: name, "its content is not what the listing says"))
            }
            return .here(bytes)
        }
    }

    private func check(_ bytes: Int, _ limit: Int, _ name: String) throws(SyncError) {
        guard bytes <= limit else {
            throw .damaged(Damage(file: name, reason: "it is larger than any such file can be"))
        }
    }

    package func download(
        _ name: String, to path: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError) {
        try current(name) { () throws(SyncError) in try downloadNow(name, to: path, size: size, progress: progress) }
    }

    /// Does it once more when it finds damage and it turns out that the file was replaced since the listing was read.
    private func current<Value>(
        _ name: String, _ body: () throws(SyncError) -> Value
    ) throws(SyncError) -> Value {
        let before = state.withLock { $0.newest[name]?.entry }
        do throws(SyncError) { return try body() } catch {
            let failure = error
            guard case .damaged = failure, before != nil else { throw failure }
            do throws(SyncError) { try refresh() } catch { throw failure }
            guard state.withLock({ $0.newest[name]?.entry }) != before else { throw failure }
            return try body()
        }
    }

    private func downloadNow(
        _ name: String, to path: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError) {
        let found = try state.withLock { state throws(SyncError) -> Found? in try find(name, limit: .max, in: &state) }
        guard let found else { throw .damaged(Damage(file: name, reason: "it is missing")) }
        let held = Files.exists(path) ? try syncFile { () throws(FileError) in try Files.size(path) } : 0
        switch found {
        case .here(let bytes):
            guard bytes.count == size, held <= size else { throw wrongSize(name, size) }
            try syncFile { () throws(FileError) in
                let file = try OpenFile(appending: path)
                try file.write(Array(bytes.dropFirst(held)))
                try file.sync()
            }
            progress(size - held)
        case .there(let entry, let file, let stored):
            guard entry.bytes == size, held <= size else { throw wrongSize(name, size) }
            if let local = inner.localPath(of: file) {
                guard Files.exists(local) else {
                    throw .damaged(SealedFile.damage(file, holding: name, "it is missing"))
                }
                try SealedFile.open(
                    local, called: file, entry: entry, with: [keys.identity], to: path, progress: progress)
                return
            }
            try downloadThere(entry, file, stored: stored, to: path, left: size - held, progress)
        }
    }

    private func wrongSize(_ name: String, _ size: Int) -> SyncError {
        .damaged(Damage(file: name, reason: "it does not have \(size) bytes"))
    }

    /// The ciphertext is fetched beside the file, resumably, and decrypted when it is whole.
    private func downloadThere(
        _ entry: EncryptedEntry, _ file: String, stored: Int, to path: String, left: Int, _ progress: (Int) -> Void
    ) throws(SyncError) {
        // Named for the ciphertext, so that what was begun of another is never gone on with.
        let sealed = "\(path).\(file.dropFirst("archive/".utf8.count).prefix(12)).age"
        var left = left
        // What travels is the ciphertext, which is a little more than what was asked for.
        func moved(_ count: Int) {
            let told = min(count, left)
            left -= told
            if told > 0 { progress(told) }
        }
        do throws(SyncError) { try inner.download(file, to: sealed, size: stored, progress: moved) } catch {
            if case .damaged(let damage) = error {
                try syncFile { () throws(FileError) in try Files.remove(sealed) }
                throw .damaged(SealedFile.damage(file, holding: entry.name, damage.reason))
            }
            throw error
        }
        do throws(SyncError) {
            try SealedFile.open(
                sealed, called: file, entry: entry, with: [keys.identity], to: path, progress: { _ in })
        } catch {
            let failure = error
            if case .damaged = failure { try syncFile { () throws(FileError) in try Files.remove(sealed) } }
            throw failure
        }
        try syncFile { () throws(FileError) in try Files.remove(sealed) }
        moved(left)
    }

    package func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        guard canWrite else { throw fault(.readOnly) }
        guard EncryptedName.isLogical(name) else { throw fault(.misconfigured("'\(name)' is no name of a file")) }
        let pending = bytes.count <= Self.largestGathered ? .small(bytes) : try sealAndUpload(bytes)
        try state.withLock { state throws(SyncError) in
            try put(pending, under: name, in: &state)
            if state.pendingBytes > Self.mostPending { try flush(&state) }
        }
    }

    package func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        guard canWrite else { throw fault(.readOnly) }
        guard EncryptedName.isLogical(name) else { throw fault(.misconfigured("'\(name)' is no name of a file")) }
        let size = try syncFile { () throws(FileError) in try Files.size(path) }
        if size <= Self.largestSmall {
            try upload(syncFile { () throws(FileError) in try Files.read(path) }, to: name)
            progress(size)
            return
        }
        let temporary = Files.temporaryName(beside: folder.map { $0 + "/x" } ?? path)
        let pending: EncryptedListing.Pending
        do throws(SyncError) {
            pending = try sealAndUpload(path, size: size, through: temporary, progress)
        } catch {
            let failure = error
            try syncFile { () throws(FileError) in try Files.remove(temporary) }
            throw failure
        }
        try syncFile { () throws(FileError) in try Files.remove(temporary) }
        try state.withLock { state throws(SyncError) in
            try put(pending, under: name, in: &state)
        }
    }

    private func sealAndUpload(_ bytes: [UInt8]) throws(SyncError) -> EncryptedListing.Pending {
        let file = EncryptedName.file(Hex.encode(random(16)))
        let padding = [UInt8](repeating: 0, count: Padding.size(of: bytes.count) - bytes.count)
        let sealed = try SealedFile.sealing(file) { () throws(AgeError) in
            try Age.encrypt(bytes + padding, to: keys.recipients, random: random)
        }
        try inner.upload(sealed, to: file)
        return .file(
            file, stored: sealed.count, stubHash: ObjectID(hashing: sealed), bytes: bytes.count,
            sha256: ObjectID(hashing: bytes))
    }

    private func sealAndUpload(
        _ path: String, size: Int, through temporary: String, _ progress: (Int) -> Void
    ) throws(SyncError) -> EncryptedListing.Pending {
        let sealed = try SealedFile.seal(path, into: temporary, for: keys.recipients, random: random)
        let stubHash = try syncFile { () throws(FileError) in
            let file = try OpenFile(reading: temporary)
            var hash = Hasher256()
            while true {
                let part = try file.readNext(1 << 20)
                if part.isEmpty { return hash.finish() }
                hash.update(part)
            }
        }
        let file = EncryptedName.file(Hex.encode(random(16)))
        var left = size
        try inner.upload(file: temporary, to: file) { count in
            let told = min(count, left)
            left -= told
            if told > 0 { progress(told) }
        }
        // A stick that was pulled, or a file that somebody still writes to.
        let now = try syncFile { () throws(FileError) in try Files.size(path) }
        guard sealed.bytes == size, now == size else {
            try inner.remove(file)
            throw .file(FileError("read", path, code: EIO))
        }
        return .file(
            file, stored: sealed.stored, stubHash: stubHash, bytes: sealed.bytes, sha256: sealed.sha256)
    }

    package func remove(_ name: String) throws(SyncError) {
        guard canWrite else { throw fault(.readOnly) }
        try state.withLock { state throws(SyncError) in
            try put(state.entry(name) == nil ? nil : .removed, under: name, in: &state)
        }
    }

    private func put(
        _ what: EncryptedListing.Pending?, under name: String, in state: inout EncryptedListing
    ) throws(SyncError) {
        // A file that nobody was told of yet can go at once.
        if case .file(let file, _, _, _, _)? = state.wait(what, for: name) { try inner.remove(file) }
    }

    package func flush() throws(SyncError) {
        try state.withLock { state throws(SyncError) in try flush(&state) }
    }
}
