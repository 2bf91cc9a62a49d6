internal import Glibc
public import Models

/// An archive on this machine's disk: packs and logs, and the catalog over them. `archive/FORMAT.md` has the bytes.
///
/// Several processes may use one archive at the same time. What is written is durable when a call returns.
public final class Archive: Sendable {
    /// The archive's folder.
    public let path: String
    public let origin: OriginID
    public let name: String

    let catalog: Catalog
    /// Why the catalog that was found had to be thrown away, if it had to.
    public let discardedCatalog: String?
    let interpreter: Interpreter
    let clock: @Sendable () -> Timestamp
    /// How long a writer waits for another one.
    let patience: Int
    /// One for each core; the first also serves whoever reads one object.
    let readers: [FrameReader]

    package static let format = 1

    package var packsFolder: String { path + "/packs" }
    package var bundlesFolder: String { path + "/archive" }
    package var manifestsFolder: String { path + "/manifests" }
    /// Bundles on their way from a remote. They may be thrown away at any time.
    package var incomingFolder: String { path + "/state/incoming" }
    var stateFolder: String { path + "/state" }
    var lockPath: String { stateFolder + "/lock" }
    var headsPath: String { stateFolder + "/heads.json" }
    var supersededPath: String { stateFolder + "/superseded.json" }

    /// Opens the archive at `path`. A missing or outdated catalog is rebuilt first, which reads all packs.
    ///
    /// - Parameter clock: gives `recordedAt` of new lines.
    public init(
        opening path: String, interpreter: Interpreter, clock: @escaping @Sendable () -> Timestamp, patience: Int = 120
    ) throws(ArchiveError) {
        let stamp = try Self.stamp(at: path)
        self.path = path
        self.interpreter = interpreter
        self.clock = clock
        self.patience = patience
        origin = stamp.origin
        name = stamp.name
        let rules = "\(ArticleKey.version);\(interpreter.version)"
        (catalog, discardedCatalog) = try Self.openCatalog(of: path, patience: patience, computedBy: rules)
        let (catalog, folder) = (catalog, path + "/packs")
        readers = (0..<Cores.count).map { _ in
            FrameReader(folder: folder, catalog: catalog, capacity: (64 << 20) / Cores.count)
        }
        if catalog.isNew { try makeCatalog() }
    }

    /// Makes an archive in a folder that is empty or not there, with a log of one line.
    ///
    /// - Parameter key: the public key, in OpenSSH form without comment, that alone may sign for the new origin.
    public static func create(
        at path: String, name: String, key: String, tool: String, salt: Salt, interpreter: Interpreter,
        clock: @escaping @Sendable () -> Timestamp
    ) throws(ArchiveError) -> Archive {
        let detail = Detail.genesis(GenesisDetail(name: name, key: key, salt: salt, tool: tool))
        let line = LogLine(genesis: detail.id, recordedAt: clock())
        let origin = OriginID(line.leafHash)
        do throws(FileError) {
            if Files.exists(path), try !Files.names(in: path).isEmpty {
                throw FileError("create", path, code: ENOTEMPTY)
            }
            for folder in ["", "/packs", "/archive", "/manifests", "/state"] { try Files.makeFolder(path + folder) }
        } catch {
            throw error.code == ENOTEMPTY ? .occupied(path) : .file(error)
        }
        var pack: PackWriter
        do throws(FileError) { pack = try PackWriter(folder: path + "/packs") } catch { throw .file(error) }
        let encoder = FrameEncoder(level: captureLevel)
        let frames = [
            try encoder.encode(
                .objects([detail.bytes.count]), id: FrameObjects.frameID(of: [detail.id]), content: detail.bytes),
            try encoder.encode(lines: [line], origin: origin),
        ]
        do throws(FileError) {
            for frame in frames { try pack.append(frame) }
            _ = try pack.finish()
            // Last, because this file is what makes the folder an archive.
            try Files.write(Self.stamp(name: name, origin: origin), to: path + "/stet.json")
        } catch {
            throw .file(error)
        }
        return try Archive(opening: path, interpreter: interpreter, clock: clock)
    }

    /// The nearest folder with a `stet.json`, from `folder` upwards.
    package static func enclosing(_ folder: String) -> String? {
        var folder = folder
        while true {
            if Files.exists(folder + "/stet.json") { return folder }
            if folder == "/" || folder == "." { return nil }
            folder = Files.folder(of: folder)
        }
    }

    private static func stamp(name: String, origin: OriginID) -> [UInt8] {
        JSON.object([
            .init("format", JSON(format)), .init("name", .string(name)), .init("origin", .string(origin.description)),
        ]).canonicalBytes + [UInt8(ascii: "\n")]
    }

    private static func stamp(at path: String) throws(ArchiveError) -> (name: String, origin: OriginID) {
        let bytes: [UInt8]
        do {
            bytes = try Files.read(path + "/stet.json", limit: 1 << 20)
        } catch {
            throw error.isMissing ? .noArchive(path) : .file(error)
        }
        guard let json = try? JSON(parsing: bytes) else { throw .damaged(unreadableStamp("it is not valid JSON")) }
        if let found = json["format"]?.integer, found > format { throw .newerFormat(path, format: Int(found)) }
        guard let name = json["name"]?.string, let origin = json["origin"]?.string.flatMap({ OriginID($0) }),
            stamp(name: name, origin: origin) == bytes
        else { throw .damaged(unreadableStamp("it does not say what it must")) }
        return (name, origin)
    }

    private static func unreadableStamp(_ reason: String) -> Damage { Damage(file: "stet.json", reason: reason) }

    /// Throws the catalog away; the next to open the archive makes it anew. This one must not be used any more.
    public func discardCatalog() throws(ArchiveError) {
        try withWriterLock { archive throws(ArchiveError) in try archive.catalog.discard() }
    }

    /// A cache that cannot even be opened is thrown away; without room for a new one that fails with its own error.
    ///
    /// - Returns: the reason why the one found was thrown away, too.
    private static func openCatalog(
        of path: String, patience: Int, computedBy rules: String
    ) throws(ArchiveError) -> (Catalog, String?) {
        let file = try CatalogFile(archive: path, patience: patience)
        do throws(ArchiveError) {
            return (try Catalog(file, computedBy: rules), nil)
        } catch {
            guard case .catalog(let reason) = error else { throw error }
            try file.remove { () throws(ArchiveError) in
                do throws(ArchiveError) {
                    _ = try Catalog(file, computedBy: rules)
                    return false
                } catch {
                    guard case .catalog = error else { throw error }
                    return true
                }
            }
            return (try Catalog(try CatalogFile(archive: path, patience: patience), computedBy: rules), reason)
        }
    }

    private func makeCatalog() throws(ArchiveError) {
        try withWriterLock { archive throws(ArchiveError) in
            // Several may have found it missing; the first one makes it.
            guard try !archive.catalog.isCurrent else { return }
            try archive.catalog.clear()
            _ = try archive.catchUp()
            try archive.catalog.stamp()
        }
    }

    /// Runs `body` while no other process appends.
    func withWriterLock<Value>(_ body: (Archive) throws(ArchiveError) -> Value) throws(ArchiveError) -> Value {
        let lock = try WriterLock(lockPath, archive: path, seconds: patience)
        let value = try body(self)
        lock.release()
        return value
    }
}
