package import Glibc
package import Models

/// An open file that closes itself.
package struct OpenFile: ~Copyable {
    package let descriptor: Int32
    package let path: String

    package init(reading path: String) throws(FileError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw FileError("open", path) }
    }

    /// A new file; it is an error if there is one of that name.
    package init(creating path: String, mode: mode_t = 0o644) throws(FileError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        self.path = path
        guard descriptor >= 0 else { throw FileError("create", path) }
    }

    /// Writes go to the end; a new file is made where there is none.
    package init(appending path: String, mode: mode_t = 0o644) throws(FileError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode)
        self.path = path
        guard descriptor >= 0 else { throw FileError("open", path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    package func size() throws(FileError) -> Int {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError("stat", path) }
        return Int(info.st_size)
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    package func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = FileError("read", path)
                    return
                }
                if got == 0 { return }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads on from the current position, for pipes too.
    package func readNext(_ count: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = FileError("read", path)
                    return
                }
                if got == 0 { return }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty {
            let done = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if done < 0 {
                if errno == EINTR { continue }
                throw FileError("write", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[done...])
        }
    }

    package func write(_ bytes: [UInt8]) throws(FileError) {
        var failure: FileError?
        bytes.withUnsafeBytes { buffer in
            do throws(FileError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Replaces bytes that were written before; further writes go to the end as before.
    package func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError("write", path) }
            done += count
        }
    }

    /// Returns when the bytes are on the disk, as far as the system can know.
    package func sync() throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError("fsync", path) }
    }
}

/// What stet does with files, each call with its error.
package enum Files {
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    package static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    package static func isRegular(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }

    package static func isLink(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
    }

    /// When the file's content was last changed.
    package static func changed(_ path: String) throws(FileError) -> Timestamp {
        Timestamp(clampingSeconds: Int64(try information(path).st_mtim.tv_sec))
    }

    /// Everything up to the end of the standard input.
    package static func readStandardInput() throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = Glibc.read(0, &part, part.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw FileError("read", "standard input") }
            if got == 0 { return bytes }
            bytes += part[..<got]
        }
    }

    package static func information(_ path: String) throws(FileError) -> stat {
        var info = stat()
        guard stat(path, &info) == 0 else { throw FileError("stat", path) }
        return info
    }

    package static func size(_ path: String) throws(FileError) -> Int { Int(try information(path).st_size) }

    package static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
        let file = try OpenFile(reading: path)
        let size = try file.size()
        guard size <= limit else { throw FileError("read", path, code: EFBIG) }
        let bytes = try file.read(size, at: 0)
        guard bytes.count == size else { throw FileError("read", path, code: EIO) }
        return bytes
    }

    /// The names in a folder, without `.` and `..`, in byte order.
    package static func names(in folder: String) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else { throw FileError("list", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted(by: precedes)
    }

    /// By bytes. The generic comparison takes ten times as long, which is felt in folders of 10,000 snapshots.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        let found = a.utf8.withContiguousStorageIfAvailable { a in
            b.utf8.withContiguousStorageIfAvailable { b in
                guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
                let order = memcmp(first, second, min(a.count, b.count))
                return order == 0 ? a.count < b.count : order < 0
            }
        }
        return (found ?? nil) ?? a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    /// Makes `path` and every missing folder above it.
    package static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(FileError) {
        if mkdir(path, mode) == 0 || (errno == EEXIST && isFolder(path)) { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw FileError("make folder", path)
        }
        try makeFolder(String(path[..<slash]), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError("make folder", path) }
    }

    package static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
    }

    package static func rename(_ from: String, to path: String) throws(FileError) {
        guard Glibc.rename(from, path) == 0 else { throw FileError("rename", path) }
    }

    /// After a rename: the new name itself is durable when this returns.
    package static func syncFolder(_ folder: String) throws(FileError) {
        let file = try OpenFile(reading: folder)
        try file.sync()
    }

    /// Replaces or makes a small file so that at every instant either the old or the new bytes are there, whole.
    package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(FileError) {
        let temporary = temporaryName(beside: path)
        do throws(FileError) {
            let file = try OpenFile(creating: temporary, mode: mode)
            try file.write(bytes)
            try file.sync()
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
        try syncFolder(folder(of: path))
    }

    /// Moves a finished folder to its place, which may be an empty folder.
    package static func publish(_ staging: String, as path: String) throws(FileError) {
        try rename(staging, to: path)
        try syncFolder(folder(of: path))
    }

    /// Removes a folder and all in it, following no links; none is no error.
    package static func removeTree(_ path: String) throws(FileError) {
        guard exists(path) || isLink(path) else { return }
        if isFolder(path), !isLink(path) {
            for name in try names(in: path) { try removeTree("\(path)/\(name)") }
            guard rmdir(path) == 0 else { throw FileError("remove", path) }
        } else {
            try remove(path)
        }
    }

    /// A name that no other process uses, in the same folder so that a rename is atomic. `.tmp-` marks what may be swept away.
    package static func temporaryName(beside path: String) -> String {
        let tag = String(UInt64.random(in: .min ... .max), radix: 36)
        return "\(folder(of: path))/.tmp-\(getpid())-\(tag)"
    }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    package static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Whether a process may still write. One that was killed is none, although its number stays taken until its parent has looked at it, which
    /// for orphans in containers may be never.
    private static func isRunning(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 || errno != ESRCH else { return false }
        do throws(FileError) {
            let status = try OpenFile(reading: "/proc/\(process)/stat").read(1 << 12, at: 0)
            guard let end = status.lastIndex(of: UInt8(ascii: ")")) else { return true }
            return !status[end...].starts(with: Array(") Z".utf8))
        } catch {
            return true
        }
    }

    /// Removes what interrupted processes left behind: temporary files whose process no longer lives.
    package static func sweepTemporaries(in folder: String) throws(FileError) {
        for name in try names(in: folder) where name.hasPrefix(".tmp-") {
            let owner = name.dropFirst(5).prefix { $0 != "-" }
            guard let process = pid_t(owner), process != getpid(), !isRunning(process) else { continue }
            try remove("\(folder)/\(name)")
        }
    }
}
