internal import Models
internal import Storage

/// Files in the age format, version 1 (C2SP, https://age-encryption.org/v1), as the `age` command reads and writes them.
package enum Age {
    /// Whether the bytes begin as an age file does, binary or armored.
    package static func isEncrypted(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: "age-encryption.org/".utf8) || bytes.starts(with: "-----BEGIN AGE ENCRYPTED FILE-----".utf8)
    }

    package static func encrypt(
        _ bytes: [UInt8], to recipients: AgeRecipients, random: RandomBytes = .system
    ) throws(AgeError) -> [UInt8] {
        var writer = try AgeWriter(to: recipients, random: random)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 4096 + 1024)
        try writer.write(bytes, into: &out)
        try writer.finish(into: &out)
        return out
    }

    package static func decrypt(_ bytes: [UInt8], with identities: [AgeIdentity]) throws(AgeError) -> [UInt8] {
        var reader = AgeReader(identities: identities)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        try reader.read(bytes, into: &out)
        try reader.finish(into: &out)
        return out
    }

    /// How much is read at a time: flat memory, and few calls.
    private static let step = 16 * AgeStream.sealedSize

    /// Encrypts a file into a new one, which is there only when it is whole.
    package static func encrypt(
        file source: String, to target: String, for recipients: AgeRecipients, random: RandomBytes = .system
    ) throws(AgeError) {
        var writer = try AgeWriter(to: recipients, random: random)
        try pass(source, to: target) { part, out throws(AgeError) in
            if part.isEmpty { try writer.finish(into: &out) } else { try writer.write(part, into: &out) }
        }
    }

    /// Decrypts a file into a new one, which is there only when the whole file is authentic.
    package static func decrypt(
        file source: String, to target: String, with identities: [AgeIdentity]
    ) throws(AgeError) {
        var reader = AgeReader(identities: identities)
        try pass(source, to: target) { part, out throws(AgeError) in
            if part.isEmpty { try reader.finish(into: &out) } else { try reader.read(part, into: &out) }
        }
    }

    private static func pass(
        _ source: String, to target: String,
        through step: (_ part: [UInt8], _ out: inout [UInt8]) throws(AgeError) -> Void
    ) throws(AgeError) {
        let temporary = Files.temporaryName(beside: target)
        do throws(AgeError) {
            let from = try ageFile { () throws(FileError) in try OpenFile(reading: source) }
            let to = try ageFile { () throws(FileError) in try OpenFile(creating: temporary, mode: 0o600) }
            var isAtEnd = false
            var out: [UInt8] = []
            while !isAtEnd {
                let part = try ageFile { () throws(FileError) in try from.readNext(Self.step) }
                isAtEnd = part.isEmpty
                out.removeAll(keepingCapacity: true)
                try step(part, &out)
                try ageFile { () throws(FileError) in try to.write(out) }
            }
            try ageFile { () throws(FileError) in
                try to.sync()
                try Files.rename(temporary, to: target)
                try Files.syncFolder(Files.folder(of: target))
            }
        } catch {
            let failure = error
            try ageFile { () throws(FileError) in try Files.remove(temporary) }
            throw failure
        }
    }
}

/// Runs `body`, its file errors becoming those of encryption.
func ageFile<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(AgeError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
}
