public import Models
internal import Storage

/// The user's `allowed_signers` file: who is believed, and nowhere else.
public struct TrustFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Nobody, when there is no such file.
    public func signers() throws(SyncError) -> AllowedSigners { AllowedSigners(parsing: try text()) }

    /// Accepts a key. Returns false when just this was accepted already.
    ///
    /// - Parameters:
    ///   - validAfter: the key counts from then on; nil for always. Whole seconds.
    ///   - validBefore: the key counts until before then; nil for always.
    /// - Throws: `SyncError.unusableKey` for a key that could accept nobody.
    public func add(
        _ key: PublicKey, as principal: String, validAfter: Timestamp? = nil, validBefore: Timestamp? = nil
    ) throws(SyncError) -> Bool {
        if let weakness = key.weakness { throw .unusableKey(key.fingerprint, weakness.description) }
        let line = AllowedSigners.line(
            principal: principal, key: key, validAfter: validAfter, validBefore: validBefore)
        guard let wanted = AllowedSigners(parsing: line).entries.first, wanted.impediment == nil else {
            throw .badValidity("the time span ends before it begins, or cannot be written")
        }
        let old = try text()
        let isKnown = AllowedSigners(parsing: old).entries.contains { entry in
            entry.key == key && entry.principals == principal && entry.validAfter == wanted.validAfter
                && entry.validBefore == wanted.validBefore && !entry.isRevoked
        }
        if isKnown { return false }
        let start = old.isEmpty || old.hasSuffix("\n") ? old : old + "\n"
        try write(start + line + "\n")
        return true
    }

    /// Ends the validity of a key at `time`, in every line that holds it and would be valid longer. The lines stay, so that what was signed
    /// before stays good.
    ///
    /// - Parameter name: a principal, a fingerprint, or a key.
    /// - Returns: the lines as they are now.
    public func revoke(_ name: String, at time: Timestamp) throws(SyncError) -> [AllowedSigners.Entry] {
        var revoked: [AllowedSigners.Entry] = []
        var problem: SyncError?
        let lines = try text().split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let entry = Self.entry(line, called: name) else { return String(line) }
            if let end = entry.validBefore, end <= time { return String(line) }
            if let start = entry.validAfter, start >= time {
                problem = .badValidity("\(entry.principals) is valid only from \(start) on: remove it instead")
                return String(line)
            }
            let new = AllowedSigners.line(
                principal: Self.quoted(entry.principals), key: entry.key, validAfter: entry.validAfter,
                validBefore: time, isRevoked: true)
            revoked += AllowedSigners(parsing: new).entries
            return new
        }
        if let problem { throw problem }
        guard !revoked.isEmpty else { throw .noSuchTrust(name) }
        try write(lines.joined(separator: "\n"))
        return revoked
    }

    private static func quoted(_ principals: String) -> String {
        principals.contains(" ") || principals.contains("\t") ? "\"\(principals)\"" : principals
    }

    private static func entry(_ line: Substring, called name: String) -> AllowedSigners.Entry? {
        AllowedSigners(parsing: String(line)).entries.first { entry in
            entry.principals == name || entry.key.fingerprint == name || entry.key == PublicKey(name)
        }
    }

    /// Takes back every line whose principal or fingerprint is `name`. Other lines stay as they are, comments too.
    public func remove(_ name: String) throws(SyncError) -> [AllowedSigners.Entry] {
        var removed: [AllowedSigners.Entry] = []
        let kept = try text().split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            guard let entry = Self.entry(line, called: name) else { return true }
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
