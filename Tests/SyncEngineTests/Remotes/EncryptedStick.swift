import Foundation
import Models
import Storage
import SyncEngine
import Synchronization
import Testing

/// A stick with an encrypted remote, and the identity that opens it.
struct EncryptedStick {
    let place: Workplace
    let identity = AgeIdentity.make()

    init() throws {
        place = try Workplace()
        try place.write(Array("\(identity.secretText ?? "")\n".utf8), to: "key")
    }

    var folder: FolderRemote { FolderRemote(path: place.path("stick")) }
    var recipients: AgeRecipients { get throws { try AgeRecipients([try #require(identity.recipient)]) } }

    func make() throws -> EncryptedRemote { try EncryptedRemote.make(over: folder, recipients: recipients) }

    func open(tolerant: Bool = false) throws -> EncryptedRemote {
        try EncryptedRemote(over: folder, identities: [identity], isDamageTolerated: tolerant)
    }

    /// Every file on the stick.
    func files() throws -> [String] {
        try place.shell("cd stick; find . -type f | sed 's|^./||' | sort").text.split(separator: "\n").map(String.init)
    }

    static func isSegment(_ name: String) -> Bool {
        name.hasPrefix("manifests/") && name.hasSuffix(".age") && name.utf8.count == 46
    }
}

/// A remote that dies at a change: neither it nor any later one happens.
final class DyingRemote: Remote {
    private let inner: FolderRemote
    private let left: Mutex<Int>

    init(_ inner: FolderRemote, after count: Int) {
        self.inner = inner
        left = Mutex(count)
    }

    var isDead: Bool { left.withLock { $0 < 0 } }
    var address: String { inner.address }
    var canWrite: Bool { true }

    private func live() throws(SyncError) {
        let isDead = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isDead { throw .remote(address, .unreachable("the stick was pulled")) }
    }

    func names(under prefix: String) throws(SyncError) -> [String] { try inner.names(under: prefix) }
    func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? { try inner.read(name, limit: limit) }
    func download(_ name: String, to path: String, size: Int, progress: (Int) -> Void) throws(SyncError) {
        try inner.download(name, to: path, size: size, progress: progress)
    }
    func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        try live()
        try inner.upload(bytes, to: name)
    }
    func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        try live()
        try inner.upload(file: path, to: name, progress: progress)
    }
    func remove(_ name: String) throws(SyncError) {
        try live()
        try inner.remove(name)
    }
}

extension EncryptedRemote {
    /// Every file, by its name.
    func contents() throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in try names(under: "manifests/") + names(under: "archive/") {
            found[name] = try read(name, limit: 1 << 24)
        }
        return found
    }
}

/// The files that a call said are damaged; empty when it went well.
func damaged(_ body: () throws -> Void) -> [String] {
    do {
        try body()
        return []
    } catch let error as SyncError {
        if case .damaged(let damage) = error { return [damage.file] }
        return ["\(error)"]
    } catch {
        return ["\(error)"]
    }
}
