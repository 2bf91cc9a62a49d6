private import Glibc
internal import Models
internal import Storage

/// Brings bundles from a remote into an archive: fetched where they lie elsewhere, every byte checked, and kept beside the archive's own,
/// so that it can prove and hand on what it holds.
struct BundleIntake {
    let remote: any Remote
    let archive: Archive
    /// A folder for bundles on their way. What was interrupted goes on there.
    let downloads: String

    /// Bytes that a bundle still has to travel; none where it lies on this machine already.
    func bytesToFetch(_ list: PackingList) throws(SyncError) -> Int {
        if remote.localPath(of: "archive/\(list.bundleName)") != nil || isKept(list) { return 0 }
        let path = download(of: list)
        guard Files.exists(path) else { return list.bytes }
        let have = try syncFile { () throws(FileError) in try OpenFile(reading: path).size() }
        return max(0, list.bytes - have)
    }

    /// Reads a bundle into a batch. Its lines follow those that `reading` has seen.
    ///
    /// - Parameter progress: told the bytes that have travelled by each call.
    func read(
        _ list: PackingList, into batch: inout ReceivedBatch, _ reading: inout LogReading,
        progress: (Int) -> Void
    ) throws(SyncError) {
        let path = try fetch(list, progress)
        let reader = BundleReader(list: list, path: path)
        do throws(SyncError) {
            try read(reader, into: &batch, &reading)
        } catch {
            // A download that is not what was signed must not be taken for one that goes on.
            if case .damaged = error, path == download(of: list) {
                try syncFile { () throws(FileError) in try Files.remove(path) }
            }
            throw error
        }
    }

    private func read(
        _ reader: BundleReader, into batch: inout ReceivedBatch, _ reading: inout LogReading
    ) throws(SyncError) {
        let list = reader.list
        func object(_ id: ObjectID) throws(SyncError) -> [UInt8] {
            do throws(ArchiveError) { return try batch.read(id) } catch { throw SyncError(store: error) }
        }
        try reader.read(staging: archive.packsFolder, object: object) { item throws(SyncError) in
            switch item {
            case .log(let bytes): try reading.addLines(bytes, of: list)
            case .object(let id, let bytes):
                try reading.addObject(id, bytes, size: bytes.count, of: list)
                do throws(ArchiveError) { try batch.add(bytes, id: id) } catch { throw SyncError(store: error) }
            case .largeObject(let id, let path):
                let file = try syncFile { () throws(FileError) in try OpenFile(reading: path) }
                try reading.addObject(id, nil, size: try syncFile { () throws(FileError) in try file.size() }, of: list)
                do throws(ArchiveError) { try batch.add(large: file, id: id) } catch { throw SyncError(store: error) }
            }
        }
        let lines = try reading.endBundle(list) { id throws(SyncError) in
            do throws(ArchiveError) { return try batch.size(of: id) } catch { throw SyncError(store: error) }
        }
        do throws(ArchiveError) { try batch.add(lines, of: list.origin) } catch { throw SyncError(store: error) }
    }

    /// Before the lines are entered: content that did not come must not be taken for lost.
    func noteLeftOut(_ bundles: [VerifiedPackingList]) throws(SyncError) {
        try syncArchive { () throws(ArchiveError) in
            for list in bundles.map(\.list) {
                try archive.setLeftOut(list.leftOut, within: list.from..<list.to, of: list.origin)
            }
        }
    }

    /// Keeps a bundle that was read. Nothing leads to it before its snapshot's manifest is kept.
    func keep(_ bundle: VerifiedPackingList) throws(SyncError) {
        let list = bundle.list
        if !isKept(list) {
            let target = "\(archive.bundlesFolder)/\(list.bundleName)"
            let downloaded = download(of: list)
            if remote.localPath(of: "archive/\(list.bundleName)") == nil {
                try move(downloaded, to: target)
            } else {
                try FolderRemote(path: archive.path).copy("archive/\(list.bundleName)", from: remote, size: list.bytes)
            }
        }
        try syncFile { () throws(FileError) in
            try Files.write(bundle.bytes, signedBy: bundle.signature, to: "\(archive.bundlesFolder)/\(list.fileName)")
        }
    }

    private func move(_ downloaded: String, to target: String) throws(SyncError) {
        do throws(FileError) {
            try Files.rename(downloaded, to: target)
            try Files.syncFolder(archive.bundlesFolder)
        } catch {
            guard error.code == EXDEV else { throw .file(error) }
            let own = FolderRemote(path: archive.path)
            try own.upload(file: downloaded, to: "archive/\(Files.name(of: target))") { _ in }
            try syncFile { () throws(FileError) in try Files.remove(downloaded) }
        }
    }

    func keep(_ manifest: VerifiedManifest) throws(SyncError) {
        let path = "\(archive.manifestsFolder)/\(manifest.manifest.fileName)"
        try syncFile { () throws(FileError) in
            // A timestamp that does not hold is no part of the evidence, and no reason to refuse it.
            if let token = manifest.timestamp { try Files.write(token, to: path + ".tsr") }
            try Files.write(manifest.bytes, signedBy: manifest.signature, to: path)
        }
    }

    private func download(of list: PackingList) -> String { list.downloadPath(in: downloads) }

    /// Whether the archive has that very bundle, by its size; its hash is checked whenever it is read.
    private func isKept(_ list: PackingList) -> Bool {
        let path = "\(archive.bundlesFolder)/\(list.fileName)"
        do throws(FileError) {
            guard Files.exists(path), try Files.read(path, limit: Verifier.largestDocument) == list.encoded else {
                return false
            }
            return try OpenFile(reading: "\(archive.bundlesFolder)/\(list.bundleName)").size() == list.bytes
        } catch {
            return false
        }
    }

    /// Where the bundle lies on this machine, after it has come here if need be.
    private func fetch(_ list: PackingList, _ progress: (Int) -> Void) throws(SyncError) -> String {
        let name = "archive/\(list.bundleName)"
        if isKept(list) { return "\(archive.bundlesFolder)/\(list.bundleName)" }
        if let path = remote.localPath(of: name) {
            progress(list.bytes)
            return path
        }
        return try remote.fetch(list, to: downloads, progress: progress)
    }
}

extension Files {
    /// A document and its `.sig` beside it. The signature first: a document without one must never be seen, a signature without one
    /// nobody reads.
    static func write(_ bytes: [UInt8], signedBy signature: [UInt8], to path: String) throws(FileError) {
        try write(signature, to: path + ".sig")
        try write(bytes, to: path)
    }
}

extension PackingList {
    /// Where the bundle lies while it is on its way. What was interrupted goes on there.
    func downloadPath(in folder: String) -> String { "\(folder)/\(sha256).tar.zst" }
}

extension SyncError {
    /// An error of the store, a file's or a damage where it is one.
    init(store error: ArchiveError) {
        switch error {
        case .file(let error): self = .file(error)
        case .damaged(let damage): self = .damaged(damage)
        default: self = .archive(error)
        }
    }
}

extension Remote {
    /// Where a bundle lies on this machine, after it has come to `downloads` if need be. Whoever reads it checks its hash; a download
    /// that does not have it is thrown away, so that the next one begins anew.
    func localCopy(of list: PackingList, in downloads: String) throws(SyncError) -> String {
        if let path = localPath(of: "archive/\(list.bundleName)") { return path }
        let path = try fetch(list, to: downloads) { _ in }
        do throws(SyncError) {
            try BundleReader(list: list, path: path).verifyHash()
        } catch {
            try syncFile { () throws(FileError) in try Files.remove(path) }
            throw error
        }
        return path
    }

    /// Brings a bundle into `downloads`; part of it may be there. It is not checked.
    func fetch(_ list: PackingList, to downloads: String, progress: (Int) -> Void) throws(SyncError) -> String {
        try syncFile { () throws(FileError) in try Files.makeFolder(downloads) }
        let path = list.downloadPath(in: downloads)
        try download("archive/\(list.bundleName)", to: path, size: list.bytes, progress: progress)
        return path
    }

    /// Copies a file that lies on this machine, or comes here as it is written.
    func copy(_ name: String, from other: any Remote, size: Int, progress: (Int) -> Void = { _ in }) throws(SyncError) {
        guard let path = other.localPath(of: name) else {
            throw .damaged(Damage(file: name, reason: "it is not on this machine"))
        }
        guard Files.exists(path) else { throw .damaged(Damage(file: name, reason: "it is missing")) }
        try upload(file: path, to: name, progress: progress)
    }
}
