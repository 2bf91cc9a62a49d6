internal import Glibc
package import Models

extension Archive {
    /// Objects up to this size share frames; larger ones are stored in pieces of their own.
    package static var largestShared: Int { 4 << 20 }
    static var pieceSize: Int { 4 << 20 }

    /// Stores a payload of any size from a file, holding a few megabytes of it at a time.
    ///
    /// It is durable when this returns, and means nothing until a record names it.
    ///
    /// - Parameter isReplaced: the archive's own copy is damaged.
    package func store(
        large file: borrowing OpenFile, isReplaced: Bool = false
    ) throws(ArchiveError) -> (id: ObjectID, size: Int) {
        let (id, size) = try Self.digest(of: file)
        if !isReplaced, try holds(id) { return (id, size) }
        let encoder = FrameEncoder(level: Self.captureLevel)
        var pack = try fileErrors { () throws(FileError) in try PackWriter(folder: packsFolder) }
        var hasher = Hasher256()
        var list: [UInt8] = []
        var at = 0
        while at < size {
            let piece = try fileErrors { () throws(FileError) in try file.read(min(Self.pieceSize, size - at), at: at) }
            guard !piece.isEmpty else { break }
            hasher.update(piece)
            let pieceID = ObjectID(hashing: piece)
            list += pieceID.bytes
            let frame = try encoder.encode(.piece, id: pieceID, content: piece)
            try fileErrors { () throws(FileError) in try pack.append(frame) }
            at += piece.count
        }
        // The file may be growing or changing under us: what is recorded must be what was stored.
        guard hasher.finish() == id else {
            throw .file(FileError("read (it changed meanwhile)", file.path, code: ESTALE))
        }
        let whole = try encoder.encode(
            .whole(object: id, size: size, pieces: list.count / 32), id: ObjectID(hashing: list), content: list)
        try fileErrors { () throws(FileError) in try pack.append(whole) }
        try fileErrors { () throws(FileError) in try pack.sync() }
        try withWriterLock { archive throws(ArchiveError) in
            // Renamed before, it could be merged and gone by the time it is entered.
            let done = try fileErrors { () throws(FileError) in try pack.finish() }
            try archive.catalog.write { db in
                try Catalog.remove(pack: done.name, from: db)
                let rows = try Catalog.insert(done, isWhole: true, into: db)
                if isReplaced { try Catalog.remove(object: id, from: db) }
                if let row = rows.last { try Catalog.insert(large: id, size: size, frame: row, into: db) }
            }
            if isReplaced { for reader in archive.readers { reader.forget() } }
        }
        return (id, size)
    }

    private static func digest(of file: borrowing OpenFile) throws(ArchiveError) -> (ObjectID, Int) {
        var hasher = Hasher256()
        var at = 0
        while true {
            let part = try fileErrors { () throws(FileError) in try file.read(1 << 20, at: at) }
            if part.isEmpty { return (hasher.finish(), at) }
            hasher.update(part)
            at += part.count
        }
    }
}
