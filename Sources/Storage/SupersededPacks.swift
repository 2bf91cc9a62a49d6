internal import GRDB
internal import Models

/// Packs that are about to go because others hold everything that is in them.
///
/// They lean on each other, so what is left when only some of them went could not be read. This list is on the disk before the first one
/// goes: whoever comes next finishes what was begun.
struct SupersededPacks {
    /// File names.
    let packs: [String]
    /// The packs that hold everything now. Without them nothing may go.
    let mergedInto: [String]

    var bytes: [UInt8] {
        let list: ([String]) -> JSON = { .array($0.sorted().map { .string($0) }) }
        return JSON.object([.init("mergedInto", list(mergedInto)), .init("packs", list(packs))]).canonicalBytes + [
            UInt8(ascii: "\n")
        ]
    }

    init(_ packs: [String], mergedInto: [String]) {
        self.packs = packs
        self.mergedInto = mergedInto
    }

    /// Nil when the bytes are not such a list: then nothing goes.
    init?(parsing bytes: [UInt8]) {
        guard bytes.last == UInt8(ascii: "\n"), let json = try? JSON(canonical: bytes.dropLast()),
            let packs = Self.names(json["packs"]), let mergedInto = Self.names(json["mergedInto"]), !mergedInto.isEmpty
        else { return nil }
        self.init(packs, mergedInto: mergedInto)
    }

    private static func names(_ json: JSON?) -> [String]? {
        guard let array = json?.array else { return nil }
        let names = array.compactMap(\.string).filter { name in
            name.hasSuffix(".pack") && ObjectID(name.dropLast(5)) != nil
        }
        return names.count == array.count ? names : nil
    }
}

extension Archive {
    /// Removes those of `packs` that nothing needs any more. Call under the writer lock, when the catalog has caught up.
    ///
    /// - Parameters:
    ///   - generation: the state of the catalog of which these are rows. Nothing goes when it was made anew.
    ///   - unreadable: rows of frames of lines that nobody can read.
    func remove(
        unneeded packs: Set<Int64>, mergedInto made: [String], at generation: Int, unreadable: Set<Int64> = []
    ) throws(ArchiveError) {
        let names = try catalog.read { db in
            guard try Catalog.generation(in: db) == generation else { return [String]() }
            return try packs.subtracting(try Catalog.needed(packs, unreadable: unreadable, in: db)).compactMap { pack in
                try String.fetchOne(db, sql: "SELECT name FROM packs WHERE id = ?", arguments: [pack])
            }
        }
        guard !names.isEmpty else { return }
        let superseded = SupersededPacks(names, mergedInto: made)
        do throws(FileError) {
            try Files.write(superseded.bytes, to: supersededPath)
        } catch {
            // On a full disk what makes room must not fail for want of room.
            guard error.isOutOfSpace else { throw .file(error) }
        }
        try remove(superseded)
    }

    /// Removes what somebody who was stopped was about to remove. Call under the writer lock.
    ///
    /// The catalog is not asked again: it may be older than the list, and some of the packs may be gone. Nothing can have come to need them
    /// meanwhile, because whoever adds a pack that leans on others gets here first.
    func finishRemoval() throws(ArchiveError) {
        guard Files.exists(supersededPath) else { return }
        let bytes = try fileErrors { () throws(FileError) in try Files.read(supersededPath, limit: 64 << 20) }
        if let list = SupersededPacks(parsing: bytes),
            list.mergedInto.allSatisfy({ Files.exists("\(packsFolder)/\($0)") })
        {
            return try remove(list)
        }
        try fileErrors { () throws(FileError) in try Files.remove(supersededPath) }
    }

    private func remove(_ superseded: SupersededPacks) throws(ArchiveError) {
        try catalog.write { db in
            for name in superseded.packs { try Catalog.remove(pack: name, from: db) }
        }
        try fileErrors { () throws(FileError) in
            for name in superseded.packs { try Files.remove("\(packsFolder)/\(name)") }
            try Files.syncFolder(packsFolder)
            try Files.remove(supersededPath)
        }
    }
}
