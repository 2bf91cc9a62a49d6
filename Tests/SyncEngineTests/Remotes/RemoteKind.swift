import Foundation
import Models
import Storage
import SyncEngine
import Testing

/// A kind of remote, for tests that all of them must pass: a kind more is one line in `all`.
struct RemoteKind: Sendable, CustomTestStringConvertible {
    let name: String
    let canWrite: Bool
    /// A remote that holds these files and nothing else.
    let holding: @Sendable (Workplace, [String: [UInt8]]) throws -> any Remote

    var testDescription: String { name }

    /// - Parameter make: a remote with nothing in it, another one each time.
    init(_ name: String, make: @escaping @Sendable (Workplace) throws -> any Remote) {
        self.name = name
        canWrite = true
        holding = { place, files in
            let remote = try make(place)
            for (name, bytes) in files { try remote.upload(bytes, to: name) }
            return remote
        }
    }

    /// - Parameter publish: makes a remote of a folder that holds the files.
    init(readOnly name: String, publish: @escaping @Sendable (_ folder: String) throws -> any Remote) {
        self.name = name
        canWrite = false
        holding = { place, files in
            let folder = FolderRemote(path: place.path("published-\(UUID().uuidString)"))
            for (name, bytes) in files { try folder.upload(bytes, to: name) }
            try folder.upload(RemoteIndex(names: files.keys).bytes, to: RemoteIndex.name)
            return try publish(folder.path)
        }
    }

    func empty(_ place: Workplace) throws -> any Remote { try holding(place, [:]) }

    static let all: [RemoteKind] =
        [
            RemoteKind("a folder") { FolderRemote(path: $0.path("remote-\(UUID().uuidString)")) },
            RemoteKind("an account on another machine") { _ in
                try sshd.get().remote("remote-\(UUID().uuidString)")
            },
            RemoteKind("an encrypted folder") { place in
                let identity = AgeIdentity.make()
                return try EncryptedRemote.make(
                    over: FolderRemote(path: place.path("stick-\(UUID().uuidString)")),
                    recipients: try AgeRecipients([try #require(identity.recipient)]))
            },
            web("plain"), web("ranges"), web("reset"), web("busy"), web("near"),
        ] + (Ceph.isLeftOut ? [] : s3)

    /// One for all tests: it ends with them.
    private static let sshd = Result { try LoopbackSSH() }

    static let writable = all.filter(\.canWrite)

    private static let s3 = [
        RemoteKind("a bucket") { _ in
            try S3Remote("s3://\(Ceph.bucket())", environment: Ceph.environment(), options: Ceph.options)
        },
        RemoteKind("a prefix with odd letters in a bucket") { _ in
            let bucket = try Ceph.bucket()
            // What lies beside it must not be seen.
            for beside in ["", "/a b", "/a b+ü&<%41>/c/d"] {
                try S3Remote("s3://\(bucket)\(beside)", environment: Ceph.environment(), options: Ceph.options)
                    .upload([1], to: "manifests/beside")
            }
            return try S3Remote(
                "s3://\(bucket)/a b+ü&<%41>/c/", environment: Ceph.environment(), options: Ceph.options)
        },
        RemoteKind("a bucket at the end of a bad line") { _ in
            var options = Ceph.options
            // Others use the line, too: how often one is unlucky is not known.
            options.http.retry.attempts = 60
            return try S3Remote("s3://\(Ceph.bucket())/p", environment: Ceph.lineEnvironment(), options: options)
        },
    ]

    private static func web(_ manner: String) -> RemoteKind {
        RemoteKind(readOnly: "a web server (\(manner))") { folder in
            var options = HTTPClient.Options()
            options.retry.sleep = { _ in }
            return try HTTPRemote(TestServer.publish(folder, manner), environment: [:], options: options)
        }
    }
}

/// What became of a call, in a word or two, so that it can be compared.
func outcome(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "done"
    } catch let error as SyncError {
        switch error {
        case .damaged(let damage): return "damaged: \(damage.file): \(damage.reason)"
        case .file: return "file"
        case .remote(_, .unreachable(let reason)): return "unreachable: \(reason)"
        case .remote(_, .refused(let reason)): return "refused: \(reason)"
        case .remote(_, .misbehaved(let reason)): return "misbehaved: \(reason)"
        case .remote(_, .misconfigured(let reason)): return "misconfigured: \(reason)"
        case .remote(_, .readOnly): return "read only"
        default: return "another error: \(error)"
        }
    } catch {
        return "another error: \(error)"
    }
}
