private import CArchive
internal import Models
internal import Storage

/// Reads a bundle, believing nothing: its hash is checked against the signed packing list before it is opened, every size is
/// bounded by what the list says, every name must be one that stet writes, and every object is hashed before it is used.
struct BundleReader {
    let list: PackingList
    /// Where the bundle lies on this machine.
    let path: String

    private var file: String { "archive/\(list.bundleName)" }
    /// Objects up to this size are handed over in memory, larger ones as a file.
    private static let largestInMemory = 4 << 20

    /// What a bundle is made of, in the order in which it comes.
    enum Item {
        case log([UInt8])
        case object(ObjectID, [UInt8])
        case largeObject(ObjectID, path: String)
    }

    /// No bundle leans on more.
    static let largestBase = 64 << 20

    /// - Parameters:
    ///   - staging: a folder for large objects on their way; they are removed after `body` has seen them.
    ///   - object: the bytes of an object that an earlier bundle brought.
    func read(
        staging: String, object: (ObjectID) throws(SyncError) -> [UInt8], _ body: (Item) throws(SyncError) -> Void
    ) throws(SyncError) {
        try checkHash()
        var base: [UInt8] = []
        for id in list.base {
            base += try object(id)
            guard base.count <= Self.largestBase else { throw damage("it builds on more than any bundle may") }
        }
        let opened = try open()
        // libarchive would take a plain tar as well: then one bundle could be spelled in two ways.
        guard try syncFile({ () throws(FileError) in try opened.read(4, at: 0) }) == [0x28, 0xB5, 0x2F, 0xFD] else {
            throw damage("it is not compressed with zstd")
        }
        let previous = stet_enter_utf8_locale()
        defer { stet_leave_utf8_locale(previous) }
        guard let archive = archive_read_new() else { throw .packing("out of memory") }
        defer { archive_read_free(archive) }
        archive_read_support_format_tar(archive)
        let source = Unmanaged.passRetained(ExpandedSource(file: opened, base: base))
        defer { source.release() }
        let isOpen = archive_read_open(
            archive, source.toOpaque(), nil,
            { _, context, buffer in
                guard let context, let buffer else { return -1 }
                let part = Unmanaged<ExpandedSource>.fromOpaque(context).takeUnretainedValue().next()
                buffer.pointee = part?.baseAddress
                return part?.count ?? -1
            }, nil)
        guard isOpen == ARCHIVE_OK else { throw damage("it is no tar archive") }
        try readEntries(archive, staging: staging, body)
    }

    private func readEntries(
        _ archive: OpaquePointer, staging: String, _ body: (Item) throws(SyncError) -> Void
    ) throws(SyncError) {
        var names: Set<String> = []
        var tags: [String: [UInt8]] = [:]
        var budget = list.contentBytes
        var objects = 0
        var hashes: [String: ObjectID] = [:]
        while let entry = try nextEntry(archive, &names) {
            budget -= entry.size
            guard budget >= 0 else { throw damage("it holds more than its packing list says") }
            if let id = BagIt.object(named: entry.name) {
                objects += 1
                hashes[entry.name] = id
                try readObject(id, entry, archive, staging: staging, body)
                continue
            }
            let bytes = try content(archive, entry)
            switch entry.name {
            case BagIt.logName:
                hashes[entry.name] = ObjectID(hashing: bytes)
                try body(.log(bytes))
            case BagIt.readmeName: hashes[entry.name] = ObjectID(hashing: bytes)
            case BagIt.declarationName, BagIt.infoName, BagIt.manifestName, BagIt.tagManifestName:
                tags[entry.name] = bytes
            default: throw damage("it holds a file that no bundle has: \(entry.name.debugDescription)")
            }
        }
        guard hashes[BagIt.logName] != nil, hashes[BagIt.readmeName] != nil else {
            throw damage("it holds no log or no README")
        }
        guard objects == list.objects else {
            throw damage("it holds \(objects) objects, its packing list says \(list.objects)")
        }
        try checkBag(tags, hashes)
    }

    private struct Entry {
        let name: String
        let size: Int
    }

    private func nextEntry(_ archive: OpaquePointer, _ names: inout Set<String>) throws(SyncError) -> Entry? {
        var pointer: OpaquePointer?
        let result = archive_read_next_header(archive, &pointer)
        if result == ARCHIVE_EOF { return nil }
        guard result == ARCHIVE_OK, let pointer else { throw damage("its tar headers are broken") }
        guard archive_entry_filetype(pointer) == stet_regular_file, archive_entry_hardlink(pointer) == nil,
            archive_entry_symlink(pointer) == nil
        else { throw damage("it holds something that is no plain file") }
        guard let raw = archive_entry_pathname(pointer), let name = String(validatingCString: raw) else {
            throw damage("it holds a name that is no text")
        }
        let size = archive_entry_size(pointer)
        guard size >= 0, size <= Int64(list.contentBytes) else {
            throw damage("it holds more than its packing list says")
        }
        guard names.insert(name).inserted else { throw damage("it holds \(name.debugDescription) twice") }
        return Entry(name: name, size: Int(size))
    }

    private func readObject(
        _ id: ObjectID, _ entry: Entry, _ archive: OpaquePointer, staging: String,
        _ body: (Item) throws(SyncError) -> Void
    ) throws(SyncError) {
        if entry.size <= Self.largestInMemory {
            let bytes = try content(archive, entry)
            guard ObjectID(hashing: bytes) == id else { throw damage("object \(id.short) does not hash to its name") }
            try body(.object(id, bytes))
            return
        }
        let path = Files.temporaryName(beside: staging + "/object")
        defer { removeQuietly(path) }
        let file = try syncFile { () throws(FileError) in try OpenFile(creating: path) }
        var hasher = Hasher256()
        try parts(archive, entry) { part throws(SyncError) in
            hasher.update(part)
            try syncFile { () throws(FileError) in try file.write(part) }
        }
        guard hasher.finish() == id else { throw damage("object \(id.short) does not hash to its name") }
        try body(.largeObject(id, path: path))
    }

    /// A temporary file that cannot be removed now is swept away by the archive later.
    private func removeQuietly(_ path: String) {
        do throws(FileError) { try Files.remove(path) } catch { return }
    }

    private func content(_ archive: OpaquePointer, _ entry: Entry) throws(SyncError) -> [UInt8] {
        var bytes: [UInt8] = []
        try parts(archive, entry) { bytes += $0 }
        return bytes
    }

    private func parts(
        _ archive: OpaquePointer, _ entry: Entry, _ body: ([UInt8]) throws(SyncError) -> Void
    ) throws(SyncError) {
        var rest = entry.size
        while rest > 0 {
            var got = 0
            let part = [UInt8](unsafeUninitializedCapacity: min(rest, 1 << 20)) { buffer, filled in
                got = archive_read_data(archive, buffer.baseAddress, buffer.count)
                filled = max(0, got)
            }
            guard got > 0 else { throw damage("\(entry.name) is cut short") }
            rest -= got
            try body(part)
        }
    }

    private func open() throws(SyncError) -> OpenFile {
        guard Files.exists(path) else { throw damage("it is missing") }
        return try syncFile { () throws(FileError) in try OpenFile(reading: path) }
    }

    private func checkHash() throws(SyncError) {
        let opened = try open()
        let size = try syncFile { () throws(FileError) in try opened.size() }
        guard size == list.bytes else { throw damage("it has \(size) bytes, its packing list says \(list.bytes)") }
        var hasher = Hasher256()
        var at = 0
        while at < size {
            let part = try syncFile { () throws(FileError) in try opened.read(1 << 20, at: at) }
            guard !part.isEmpty else { break }
            hasher.update(part)
            at += part.count
        }
        guard hasher.finish() == list.sha256 else { throw damage("it does not hash to what its packing list says") }
    }

    /// The bag's own manifests must say what is there, so that other people's tools come to the same result.
    private func checkBag(_ tags: [String: [UInt8]], _ hashes: [String: ObjectID]) throws(SyncError) {
        guard tags[BagIt.declarationName] == BagIt.declaration, let manifest = tags[BagIt.manifestName],
            let tagManifest = tags[BagIt.tagManifestName], let info = tags[BagIt.infoName]
        else { throw damage("it is no BagIt bag") }
        guard Self.parse(manifest) == hashes else {
            throw damage("its manifest-sha256.txt does not list what is in it")
        }
        let expected = [BagIt.declarationName: BagIt.declaration, BagIt.infoName: info, BagIt.manifestName: manifest]
        guard Self.parse(tagManifest) == expected.mapValues({ ObjectID(hashing: $0) }) else {
            throw damage("its tagmanifest-sha256.txt does not list what is in it")
        }
    }

    private static func parse(_ bytes: [UInt8]) -> [String: ObjectID]? {
        var entries: [String: ObjectID] = [:]
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        for line in text.split(separator: "\n") {
            guard let id = ObjectID(line.prefix(64)), line.dropFirst(64).hasPrefix("  "),
                entries.updateValue(id, forKey: String(line.dropFirst(66))) == nil
            else { return nil }
        }
        return entries
    }

    private func damage(_ reason: String) -> SyncError { .damaged(Damage(file: file, reason: reason)) }

    /// Checks the bundle's bytes alone, without opening it.
    func verifyHash() throws(SyncError) { try checkHash() }
}
