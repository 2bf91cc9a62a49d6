internal import Models
internal import Storage

/// One logical file in a ciphertext of its own: the content, and zeros up to a padded size.
enum SealedFile {
    /// Encrypts `source` into the new file `target`; gives the size and hash of the content and the size of the ciphertext.
    static func seal(
        _ source: String, into target: String, for recipients: AgeRecipients, random: RandomBytes
    ) throws(SyncError) -> (bytes: Int, sha256: ObjectID, stored: Int) {
        let from = try syncFile { () throws(FileError) in try OpenFile(reading: source) }
        let to = try syncFile { () throws(FileError) in try OpenFile(creating: target, mode: 0o600) }
        var writer = try sealing(source) { () throws(AgeError) in try AgeWriter(to: recipients, random: random) }
        var hash = Hasher256()
        var bytes = 0
        var stored = 0
        var out: [UInt8] = []
        while true {
            let part = try syncFile { () throws(FileError) in try from.readNext(1 << 20) }
            if part.isEmpty { break }
            hash.update(part)
            bytes += part.count
            try sealing(source) { () throws(AgeError) in try writer.write(part, into: &out) }
            try flush(&out, to: to, &stored)
        }
        var padding = Padding.size(of: bytes) - bytes
        while padding > 0 {
            let part = [UInt8](repeating: 0, count: min(padding, 1 << 20))
            padding -= part.count
            try sealing(source) { () throws(AgeError) in try writer.write(part, into: &out) }
            try flush(&out, to: to, &stored)
        }
        try sealing(source) { () throws(AgeError) in try writer.finish(into: &out) }
        try flush(&out, to: to, &stored)
        try syncFile { () throws(FileError) in try to.sync() }
        return (bytes, hash.finish(), stored)
    }

    private static func flush(_ out: inout [UInt8], to file: borrowing OpenFile, _ stored: inout Int) throws(SyncError)
    {
        stored += out.count
        let part = out
        out.removeAll(keepingCapacity: true)
        do throws(FileError) { try file.write(part) } catch { throw .file(error) }
    }

    /// Decrypts `source` and appends to `target` what it lacks of the entry's content.
    ///
    /// - Parameters:
    ///   - name: of the ciphertext on the remote, for errors.
    ///   - progress: told the bytes that each step appends.
    static func open(
        _ source: String, called name: String, entry: EncryptedEntry, with identities: [AgeIdentity], to target: String,
        progress: (Int) -> Void
    ) throws(SyncError) {
        let from = try syncFile { () throws(FileError) in try OpenFile(reading: source) }
        let to = try syncFile { () throws(FileError) in try OpenFile(appending: target) }
        let held = try syncFile { () throws(FileError) in try to.size() }
        var reader = AgeReader(identities: identities)
        var check = ContentCheck(entry: entry, file: name)
        var out: [UInt8] = []
        var isAtEnd = false
        while !isAtEnd {
            let part = try syncFile { () throws(FileError) in try from.readNext(1 << 20) }
            isAtEnd = part.isEmpty
            out.removeAll(keepingCapacity: true)
            try opening(name, entry.name) { () throws(AgeError) in
                if isAtEnd { try reader.finish(into: &out) } else { try reader.read(part, into: &out) }
            }
            let start = check.count
            let content = try check.take(out)
            let new = Array(content.dropFirst(max(0, held - start)))
            do throws(FileError) { try to.write(new) } catch { throw .file(error) }
            progress(new.count)
        }
        try check.finish()
        try syncFile { () throws(FileError) in try to.sync() }
    }

    static func opened(
        _ bytes: [UInt8], called name: String, entry: EncryptedEntry, with identities: [AgeIdentity]
    ) throws(SyncError) -> [UInt8] {
        let plain = try opening(name, entry.name) { () throws(AgeError) in try Age.decrypt(bytes, with: identities) }
        var check = ContentCheck(entry: entry, file: name)
        let content = Array(try check.take(plain))
        try check.finish()
        return content
    }

    static func sealing<Value>(_ name: String, _ body: () throws(AgeError) -> Value) throws(SyncError) -> Value {
        do throws(AgeError) { return try body() } catch { throw .encryption(name, error) }
    }

    /// What is wrong with a ciphertext is damage of that file: the identity has been found to fit before.
    static func opening<Value>(
        _ name: String, _ logical: String? = nil, _ body: () throws(AgeError) -> Value
    ) throws(SyncError) -> Value {
        do throws(AgeError) { return try body() } catch {
            if case .file(let error) = error { throw .file(error) }
            throw .damaged(Self.damage(name, holding: logical, error.reason))
        }
    }

    static func damage(_ name: String, holding logical: String?, _ reason: String) -> Damage {
        Damage(file: name, reason: reason + (logical.map { "; it holds \($0)" } ?? ""))
    }
}

/// Takes a padded content as it is decrypted, and gives what is content.
private struct ContentCheck {
    let entry: EncryptedEntry
    let file: String
    private(set) var count = 0
    private var hash = Hasher256()

    init(entry: EncryptedEntry, file: String) {
        self.entry = entry
        self.file = file
    }

    mutating func take(_ plain: [UInt8]) throws(SyncError) -> ArraySlice<UInt8> {
        let content = plain.prefix(entry.bytes - count)
        guard plain[content.endIndex...].allSatisfy({ $0 == 0 }) else { throw damaged("its padding is not empty") }
        content.withUnsafeBytes { hash.update($0) }
        count += content.count
        return content
    }

    func finish() throws(SyncError) {
        guard count == entry.bytes, hash.finish() == entry.sha256 else {
            throw damaged("its content is not what the listing says")
        }
    }

    private func damaged(_ reason: String) -> SyncError {
        .damaged(SealedFile.damage(file, holding: entry.name, reason))
    }
}
