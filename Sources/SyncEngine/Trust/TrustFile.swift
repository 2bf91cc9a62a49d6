internal import Storage

/// The user's `allowed_signers` file: who is believed, and nowhere else.
public struct TrustFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Nobody, when there is no such file.
    public func signers() throws(SyncError) -> AllowedSigners { AllowedSigners(parsing: try text()) }

    /// Accepts a key. Returns false when it was accepted already under this name.
    public func add(_ key: PublicKey, as principal: String) throws(SyncError) -> Bool {
        let old = try text()
        if AllowedSigners(parsing: old).entries.contains(where: { $0.key == key && $0.principals == principal }) {
            return false
        }
        let start = old.isEmpty || old.hasSuffix("\n") ? old : old + "\n"
        try write(start + AllowedSigners.line(principal: principal, key: key) + "\n")
        return true
    }

    /// Takes back every line whose principal or fingerprint is `name`. Other lines stay as they are, comments too.
    public func remove(_ name: String) throws(SyncError) -> [AllowedSigners.Entry] {
        var removed: [AllowedSigners.Entry] = []
        let kept = try text().split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            guard let entry = AllowedSigners(parsing: String(line)).entries.first,
                entry.principals == name || entry.key.fingerprint == name || entry.key.description == name
            else { return true }
            removed.append(entry)
            return false
        }
        guard !removed.isEmpty else { throw .noSuchTrust(name) }
        try write(kept.joined(separator: "\n"))
        return removed
    }

    private func text() throws(SyncError) -> String {
        guard Files.exists(path) else { return "" }
        return String(
            decoding: try syncFile { () throws(FileError) in try Files.read(path, limit: 16 << 20) }, as: UTF8.self)
    }

    private func write(_ text: String) throws(SyncError) {
        try syncFile { () throws(FileError) in
            try Files.makeFolder(Files.folder(of: path), mode: 0o700)
            try Files.write(Array(text.utf8), to: path, mode: 0o600)
        }
    }
}
