private import Glibc
internal import Models
internal import Storage
internal import Synchronization

/// A folder on another machine, reached through the system's ssh. Nothing but its sshd is needed there.
///
/// One session serves all calls, one at a time; it begins with the first and lasts as long as this object. When it breaks off, the
/// call that was under way fails and the next one begins another. `progress` must not call the remote.
package final class SSHRemote: Remote {
    /// What the names of files begin with that are not whole yet.
    static let temporary = ".tmp-"

    package let location: SSHAddress
    package var address: String { location.text }
    package var canWrite: Bool { true }
    private let command: SSHCommand
    private let patience: SFTPSession.Patience
    private let session = Mutex<SFTPSession?>(nil)

    /// - Parameters:
    ///   - address: `ssh://[user@]host[:port]/path`
    ///   - patience: how long the other side may be silent; nil for what suits people and slow disks.
    package init(
        _ address: String, command: SSHCommand = .ofEnvironment, patience: Duration? = nil
    ) throws(SyncError) {
        location = try SSHAddress(address)
        self.command = command
        self.patience = patience.map { SFTPSession.Patience(beginning: $0, answer: $0) } ?? SFTPSession.Patience()
    }

    package func names(under prefix: String) throws(SyncError) -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? prefix
        let path = try path(of: folder)
        let entries = try perform(folder) { (session) throws(SFTPFailure) in try session.entries(of: path) ?? [] }
        return entries.compactMap { entry in
            guard let file = entry.name, !file.hasPrefix(Self.temporary), !entry.attributes.isFolder else { return nil }
            let name = "\(folder)/\(file)"
            return name.hasPrefix(prefix) ? name : nil
        }
    }

    package func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let path = try path(of: name)
        return try perform(name) { (session) throws(SFTPFailure) in
            var bytes: [UInt8] = []
            let isThere = try session.read(path, from: 0, size: nil, limit: limit) { bytes += $0 }
            return isThere ? bytes : nil
        }
    }

    package func download(
        _ name: String, to target: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError) {
        let path = try path(of: name)
        let file = try syncFile { () throws(FileError) in try OpenFile(appending: target) }
        let start = try syncFile { () throws(FileError) in try file.size() }
        let isThere = try perform(name) { (session) throws(SFTPFailure) in
            try session.read(path, from: start, size: size, limit: size) { (part) throws(SFTPFailure) in
                var failure: FileError?
                part.withUnsafeBytes { bytes in
                    do throws(FileError) { try file.write(bytes) } catch { failure = error }
                }
                if let failure { throw .file(failure) }
                progress(part.count)
            }
        }
        guard isThere else { throw .damaged(Damage(file: name, reason: "it is missing")) }
        try syncFile { () throws(FileError) in try file.sync() }
    }

    package func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        var rest = bytes[...]
        let source: (Int) throws(FileError) -> [UInt8] = { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        try upload(to: name, rewind: { rest = bytes[...] }, progress: { _ in }, source: source)
    }

    package func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        let file = try syncFile { () throws(FileError) in try OpenFile(reading: path) }
        let size = try syncFile { () throws(FileError) in try file.size() }
        var offset = 0
        try upload(
            to: name, rewind: { offset = 0 }, progress: progress,
            source: { (count) throws(FileError) in
                let part = try file.read(min(count, size - offset), at: offset)
                // Somebody shortened it: half of it must not pass for the file.
                guard !part.isEmpty || offset == size else { throw FileError("read", path, code: EIO) }
                offset += part.count
                return part
            })
    }

    package func remove(_ name: String) throws(SyncError) {
        let path = try path(of: name)
        try perform(name) { (session) throws(SFTPFailure) in try session.remove(path) }
    }

    private func upload(
        to name: String, rewind: () -> Void, progress: (Int) -> Void, source: (Int) throws(FileError) -> [UInt8]
    ) throws(SyncError) {
        let path = try path(of: name)
        let folder = Files.folder(of: path)
        try perform(name) { (session) throws(SFTPFailure) in
            rewind()
            let tag =
                String(UInt64.random(in: .min ... .max), radix: 36)
                + String(UInt64.random(in: .min ... .max), radix: 36)
            try session.write(Files.name(of: path), in: folder, tag: tag, source: source, progress: progress)
        }
    }

    /// Where a file lies there. Names come from documents of others too: none may lead out of the folder.
    private func path(of name: String) throws(SyncError) -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw .damaged(Damage(file: name, reason: "no file of a remote can have that name")) }
        switch location.path {
        case ".": return name
        case "/": return "/" + name
        default: return "\(location.path)/\(name)"
        }
    }

    // MARK: The session

    /// Runs `body` with the session, which is begun when there is none, and kept unless it came to an end.
    ///
    /// One that died while nobody used it is found out only now: then `body` runs again with a new one.
    private func perform<Value: Sendable>(
        _ name: String, _ body: (inout SFTPSession) throws(SFTPFailure) -> Value
    ) throws(SyncError) -> Value {
        try session.withLock { (kept) throws(SyncError) -> Value in
            do throws(SFTPFailure) {
                if var old = kept {
                    kept = nil
                    let before = old.answers
                    do throws(SFTPFailure) { return try Self.run(&old, keeping: &kept, body) } catch {
                        guard case .ended(.unreachable) = error, old.answers == before else { throw error }
                    }
                }
                var fresh = try begin()
                return try Self.run(&fresh, keeping: &kept, body)
            } catch {
                throw describe(error, name)
            }
        }
    }

    private static func run<Value: Sendable>(
        _ session: inout SFTPSession, keeping kept: inout sending SFTPSession?,
        _ body: (inout SFTPSession) throws(SFTPFailure) -> Value
    ) throws(SFTPFailure) -> Value {
        do throws(SFTPFailure) {
            let value = try body(&session)
            kept = session
            return value
        } catch {
            if case .ended = error {} else { kept = session }
            throw error
        }
    }

    private func begin() throws(SFTPFailure) -> SFTPSession {
        let process: LinkedProcess
        do throws(ChildProcess.StartError) {
            let limit = min(.seconds(5), patience.beginning)
            let configured = try LinkedProcess(command.question(location)).everything(within: limit)
            process = try LinkedProcess(
                command.session(location, configured: configured, canAsk: SSHCommand.canAsk))
        } catch {
            throw .ended(.misconfigured("ssh cannot be started (\(error.reason))"))
        }
        return try SFTPSession(process, patience: patience)
    }

    private func describe(_ failure: SFTPFailure, _ name: String) -> SyncError {
        switch failure {
        case .ended(let reason): fault(reason)
        case .refused(let reason): fault(.refused("\(name): \(reason)"))
        case .damaged(let reason): .damaged(Damage(file: name, reason: reason))
        case .file(let error): .file(error)
        case .status(let status, let doing): fault(.refused("\(name): cannot \(doing): \(status.words)"))
        }
    }
}
