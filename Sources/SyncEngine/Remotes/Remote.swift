package import Models
internal import Storage

/// Any place that keeps files by name: a folder or stick, a bucket, a web server, an account on another machine.
///
/// Names have two parts, `manifests/…` and `archive/…`, in lower-case letters, digits, `-`, `.` and `_`. A remote knows nothing of what
/// is in the files and is never believed about it: whoever reads checks signatures and hashes. What every remote must keep:
/// - a file that is being written is not there, or still what it was, until it is whole;
/// - what was uploaded is durable, and is found by `names` and `read`, when the call returns;
/// - nothing is assumed about others who write at the same time but that each single file is somebody's whole file.
package protocol Remote: Sendable {
    /// As people write it, without secrets.
    var address: String { get }
    var canWrite: Bool { get }

    /// Names of all files that begin with `prefix`, which names a folder at least, e.g. `archive/` or `manifests/ab12…-`; in any
    /// order. None when there is no such folder.
    func names(under prefix: String) throws(SyncError) -> [String]

    /// What stands before the first `-` in the names of a folder's files, each once; whole names for those without. It says which
    /// origins are there, and is asked for because some remotes answer it without listing everything.
    func stems(in folder: String) throws(SyncError) -> Set<String>

    /// A small file's bytes; nil when there is none. One that is larger than `limit` is damaged.
    func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]?

    /// Where the file lies on this machine's disk, if it does: it then needs no download.
    func localPath(of name: String) -> String?

    /// Appends the file's bytes from the local file's current length on, so that what was interrupted goes on where it stopped.
    ///
    /// - Parameters:
    ///   - path: is made when it is not there.
    ///   - size: what the file must have; more is never written, less is damage. What is in it is for the caller to check.
    ///   - progress: told the bytes that have arrived by each call.
    func download(
        _ name: String, to path: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError)

    func upload(_ bytes: [UInt8], to name: String) throws(SyncError)

    /// - Parameter progress: told the bytes that have left by each call.
    func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError)

    /// Nothing happens when there is no such file.
    func remove(_ name: String) throws(SyncError)

    /// What was uploaded and removed before is durable, and seen by others, when this returns, and all of it before anything that
    /// comes after. Only remotes that gather small files before they write them have something to do.
    func flush() throws(SyncError)
}

/// Why a remote could not be used.
public enum RemoteFault: Hashable, Sendable {
    /// It cannot be reached, or did not answer in time, or broke off, after all tries.
    case unreachable(String)
    /// It does not let us in, or not do this.
    case refused(String)
    /// It answered with something that it must not.
    case misbehaved(String)
    /// What is said about it, by the user or the environment, is not enough, or wrong.
    case misconfigured(String)
    /// It can only be read.
    case readOnly
}

extension Remote {
    package func stems(in folder: String) throws(SyncError) -> Set<String> {
        var stems: Set<String> = []
        for name in try names(under: folder + "/") {
            let file = name.dropFirst(folder.utf8.count + 1)
            stems.insert(String(file.prefix { $0 != "-" }))
        }
        return stems
    }

    package func localPath(of name: String) -> String? { nil }

    package func flush() throws(SyncError) {}

    func fault(_ fault: RemoteFault) -> SyncError { .remote(address, fault) }

    /// The numbers of the snapshots of every origin, by file name alone: what is in the files is checked later.
    package func snapshotNumbers(of origin: OriginID? = nil) throws(SyncError) -> [OriginID: [Int]] {
        var numbers: [OriginID: [Int]] = [:]
        for name in try names(under: "manifests/" + (origin.map { "\($0)-" } ?? "")) {
            guard let (origin, rest) = RemoteName.split(name, folder: "manifests"), rest.count == 1 else { continue }
            numbers[origin, default: []].append(rest[0])
        }
        return numbers.mapValues { $0.sorted() }
    }

    /// - Parameter start: only those whose lines begin there.
    func bundles(of origin: OriginID, from start: Int? = nil) throws(SyncError) -> [BundleName] {
        var bundles: [BundleName] = []
        for name in try names(under: "archive/\(origin)-" + (start.map { "\($0)-" } ?? "")) {
            guard let (found, rest) = RemoteName.split(name, folder: "archive"), found == origin, rest.count == 2,
                rest[0] < rest[1]
            else { continue }
            bundles.append(BundleName(file: name, from: rest[0], to: rest[1]))
        }
        return bundles.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }
}

/// A bundle's packing list, by its name.
struct BundleName: Hashable, Sendable {
    let file: String
    let from: Int
    let to: Int
}

/// How files of a remote are named.
enum RemoteName {
    /// Whether a file may have that name: `FOLDER/FILE`, neither of which is hidden or leads elsewhere. What else lies on a remote is not ours.
    static func isAllowed(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                part.first.map { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") } ?? false
                    && part.count <= 255 && part.allSatisfy(isPart)
            }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The origin that a file is named for, in `manifests/` or `archive/`.
    static func origin(in name: String) -> OriginID? {
        name.split(separator: "/").last?.split(separator: "-").first.flatMap { OriginID($0) }
    }

    /// `FOLDER/ORIGIN-N[-M].json`
    static func split(_ name: String, folder: String) -> (OriginID, [Int])? {
        guard name.hasSuffix(".json") else { return nil }
        let parts = name.dropFirst(folder.utf8.count + 1).dropLast(5)
            .split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, let origin = OriginID(first) else { return nil }
        let numbers = parts.dropFirst().compactMap { part in
            Int(part).flatMap { String($0) == part && $0 >= 0 ? $0 : nil }
        }
        return numbers.count == parts.count - 1 ? (origin, numbers) : nil
    }
}
