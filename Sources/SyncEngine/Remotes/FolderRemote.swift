internal import Glibc
internal import Models
internal import Storage

/// A folder, a mounted stick, or an archive itself: any place with `archive/` and `manifests/`.
package struct FolderRemote: Remote {
    package let path: String
    package var address: String { path }
    package var canWrite: Bool { true }

    package init(path: String) { self.path = path }

    package func names(under prefix: String) throws(SyncError) -> [String] {
        let folder = String(prefix.prefix { $0 != "/" })
        guard Files.isFolder("\(path)/\(folder)") else { return [] }
        let names = try syncFile { () throws(FileError) in try Files.names(in: "\(path)/\(folder)") }
        return names.compactMap { name in
            let name = "\(folder)/\(name)"
            return name.hasPrefix(prefix) && RemoteName.isAllowed(name) ? name : nil
        }
    }

    package func localPath(of name: String) -> String? { "\(path)/\(name)" }

    package func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let file = "\(path)/\(name)"
        guard Files.exists(file) else { return nil }
        do throws(FileError) { return try Files.read(file, limit: limit) } catch {
            if error.isOutOfSpace {
                throw .damaged(Damage(file: name, reason: "it is larger than any such file can be"))
            }
            throw .file(error)
        }
    }

    package func download(
        _ name: String, to path: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError) {
        let source = try open(name)
        guard try syncFile({ () throws(FileError) in try source.size() }) == size else {
            throw .damaged(Damage(file: name, reason: "it does not have \(size) bytes"))
        }
        try syncFile { () throws(FileError) in
            let target = try OpenFile(appending: path)
            var at = try target.size()
            while at < size {
                let part = try source.read(min(1 << 20, size - at), at: at)
                if part.isEmpty { break }
                try target.write(part)
                at += part.count
                progress(part.count)
            }
            try target.sync()
        }
    }

    package func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        try syncFile { () throws(FileError) in
            try makeFolder(of: name)
            try Files.write(bytes, to: "\(path)/\(name)")
        }
    }

    package func upload(file source: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        let target = "\(path)/\(name)"
        let temporary = Files.temporaryName(beside: target)
        do throws(FileError) {
            try makeFolder(of: name)
            let from = try OpenFile(reading: source)
            let size = try from.size()
            let to = try OpenFile(creating: temporary)
            var at = 0
            while at < size {
                let part = try from.read(min(1 << 20, size - at), at: at)
                // Half a file must not be taken for a whole one.
                guard !part.isEmpty else { throw FileError("read", source, code: EIO) }
                try to.write(part)
                at += part.count
                progress(part.count)
            }
            try to.sync()
            try Files.rename(temporary, to: target)
            try Files.syncFolder(Files.folder(of: target))
        } catch {
            let failure = error
            try syncFile { () throws(FileError) in try Files.remove(temporary) }
            throw .file(failure)
        }
    }

    package func remove(_ name: String) throws(SyncError) {
        try syncFile { () throws(FileError) in try Files.remove("\(path)/\(name)") }
    }

    private func makeFolder(of name: String) throws(FileError) {
        try Files.makeFolder(path)
        try Files.makeFolder(Files.folder(of: "\(path)/\(name)"))
    }

    /// A large file, to be streamed.
    func open(_ name: String) throws(SyncError) -> OpenFile {
        let file = "\(path)/\(name)"
        guard Files.exists(file) else { throw .damaged(Damage(file: name, reason: "it is missing")) }
        return try syncFile { () throws(FileError) in try OpenFile(reading: file) }
    }
}
