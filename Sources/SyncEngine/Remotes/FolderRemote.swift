package import Models
internal import Storage

/// A folder, a mounted stick, or an archive itself: any place with `archive/` and `manifests/`.
package struct FolderRemote: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Names below `folder`, e.g. `manifests/….json`. None when there is no such folder.
    func names(in folder: String) throws(SyncError) -> [String] {
        guard Files.isFolder("\(path)/\(folder)") else { return [] }
        return try syncFile { () throws(FileError) in try Files.names(in: "\(path)/\(folder)").map { "\(folder)/\($0)" }
        }
    }

    /// A small file's bytes; nil when there is none.
    func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let file = "\(path)/\(name)"
        guard Files.exists(file) else { return nil }
        do throws(FileError) { return try Files.read(file, limit: limit) } catch {
            if error.isOutOfSpace {
                throw .damaged(Damage(file: name, reason: "it is larger than any such file can be"))
            }
            throw .file(error)
        }
    }

    /// A large file, to be streamed.
    func open(_ name: String) throws(SyncError) -> OpenFile {
        let file = "\(path)/\(name)"
        guard Files.exists(file) else { throw .damaged(Damage(file: name, reason: "it is missing")) }
        return try syncFile { () throws(FileError) in try OpenFile(reading: file) }
    }

    /// The numbers of the snapshots of every origin, by file name alone: what is in the files is checked later.
    package func snapshotNumbers() throws(SyncError) -> [OriginID: [Int]] {
        var numbers: [OriginID: [Int]] = [:]
        for name in try names(in: "manifests") {
            guard let (origin, rest) = Self.split(name, folder: "manifests"), rest.count == 1 else { continue }
            numbers[origin, default: []].append(rest[0])
        }
        return numbers.mapValues { $0.sorted() }
    }

    /// A bundle's packing list, by its name.
    struct BundleName: Hashable, Sendable {
        let file: String
        let from: Int
        let to: Int
    }

    func bundles(of origin: OriginID) throws(SyncError) -> [BundleName] {
        var bundles: [BundleName] = []
        for name in try names(in: "archive") {
            guard let (found, rest) = Self.split(name, folder: "archive"), found == origin, rest.count == 2,
                rest[0] < rest[1]
            else { continue }
            bundles.append(BundleName(file: name, from: rest[0], to: rest[1]))
        }
        return bundles.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// The origin that a file is named for, in `manifests/` or `archive/`.
    static func origin(in name: String) -> OriginID? {
        name.split(separator: "/").last?.split(separator: "-").first.flatMap { OriginID($0) }
    }

    /// `FOLDER/ORIGIN-N[-M].json`
    private static func split(_ name: String, folder: String) -> (OriginID, [Int])? {
        guard name.hasSuffix(".json") else { return nil }
        let parts = name.dropFirst(folder.count + 1).dropLast(5).split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, let origin = OriginID(first) else { return nil }
        let numbers = parts.dropFirst().compactMap { part in
            Int(part).flatMap { String($0) == part && $0 >= 0 ? $0 : nil }
        }
        return numbers.count == parts.count - 1 ? (origin, numbers) : nil
    }
}
