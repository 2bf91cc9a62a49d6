internal import GRDB
internal import Models

/// Everything a pack holds, read and hashed.
struct PackContents {
    var pack: WrittenPack
    var objects: [FrameObjects?]
    var lines: [(origin: OriginID, line: LogLine)]
    var damages: [PackDamage]
}

extension Archive {
    /// Throws the catalog's content away and computes it anew from the packs alone.
    ///
    /// - Returns: what could not be read; everything else is indexed.
    public func reindex() throws(ArchiveError) -> [Damage] {
        try withWriterLock { archive throws(ArchiveError) in
            try archive.catalog.write { db in
                for table in ["packs", "frames", "objects", "logs", "records", "articles", "revisions", "captures"] {
                    try db.execute(sql: "DELETE FROM \(table)")
                }
            }
            return try archive.catchUp()
        }
    }

    /// Indexes packs that the catalog has not seen. Call only under the writer lock.
    @discardableResult
    func catchUp() throws(ArchiveError) -> [Damage] {
        let names: [String]
        do throws(FileError) {
            try Files.sweepTemporaries(in: packsFolder)
            names = try Files.names(in: packsFolder).filter { $0.hasSuffix(".pack") }
        } catch {
            throw .file(error)
        }
        let known = try catalog.read { db in try Set(String.fetchAll(db, sql: "SELECT name FROM packs")) }
        let unseen = names.filter { !known.contains($0) }
        guard !unseen.isEmpty else { return [] }
        // Packs are named by hashes, so their order says nothing: first all objects, then all lines in log order.
        var lines: [OriginID: [LogLine]] = [:]
        var damages: [Damage] = []
        for name in unseen {
            let contents = try contents(ofPack: name)
            try catalog.write { db in try Catalog.insert(contents.pack, objects: contents.objects, into: db) }
            for (origin, line) in contents.lines { lines[origin, default: []].append(line) }
            damages += contents.damages.map { Damage(file: "packs/\($0.pack)", offset: $0.offset, reason: $0.reason) }
        }
        for (origin, unsorted) in lines.sorted(by: { $0.key < $1.key }) {
            damages += try index(unsorted.sorted { $0.index < $1.index }, of: origin)
        }
        return damages
    }

    private func index(_ lines: [LogLine], of origin: OriginID) throws(ArchiveError) -> [Damage] {
        var damages: [Damage] = []
        var start = 0
        while start < lines.count {
            // Some at a time, so that memory does not grow with the log.
            let part = lines[start..<min(start + 256, lines.count)]
            var records: [IndexedRecord] = []
            for line in part {
                do {
                    records.append(try record(line, of: origin))
                } catch .damaged(let damage) {
                    damages.append(damage)
                }
            }
            try catalog.write { db in _ = try Catalog.insert(records, into: db) }
            start += part.count
        }
        return damages
    }

    /// A line with its detail read and its payload interpreted.
    func record(_ line: LogLine, of origin: OriginID) throws(ArchiveError) -> IndexedRecord {
        let detail = try detail(line.detail)
        var interpretation: Interpretation?
        if case .capture(let capture) = detail {
            interpretation = interpreter.interpret(capture, try readableText(of: capture))
        }
        return IndexedRecord(line: line, origin: origin, detail: detail, interpretation: interpretation)
    }

    /// Nil for what is too large to be read as text, and for what is damaged or missing: `verify` finds and names that, and the
    /// capture must stay visible all the same.
    private func readableText(of capture: CaptureDetail) throws(ArchiveError) -> [UInt8]? {
        guard capture.size <= interpreter.largestText else { return nil }
        do {
            return try read(capture.payload)
        } catch .damaged {
            return nil
        }
    }

    /// Reads a whole pack, hashing every object in it.
    func contents(ofPack name: String) throws(ArchiveError) -> PackContents {
        do {
            let reader = try PackReader(folder: packsFolder, name: name)
            let walk = try reader.walk()
            var contents = PackContents(
                pack: WrittenPack(name: name, bytes: reader.length, frames: walk.frames), objects: [], lines: [],
                damages: walk.damages)
            let decompressor = Decompressor()
            for frame in walk.frames {
                do throws(PackError) {
                    let content = try reader.content(of: frame, with: decompressor)
                    try contents.add(
                        frame, content, damage: reader.damage(frame.offset, "its content does not hash to its name"))
                } catch {
                    guard case .damage(let damage) = error else { throw error }
                    contents.objects.append(nil)
                    contents.damages.append(damage)
                }
            }
            return contents
        } catch let error as FileError {
            throw .file(error)
        } catch PackError.file(let error) {
            throw .file(error)
        } catch PackError.damage(let damage) {
            throw .damaged(Damage(file: "packs/\(name)", offset: damage.offset, reason: damage.reason))
        } catch {
            throw .catalog("\(error)")
        }
    }
}

extension PackContents {
    /// Takes a frame's content apart, or throws `damage` when it is not what the frame's id names.
    mutating func add(_ frame: PlacedFrame, _ content: [UInt8], damage: @autoclosure () -> PackDamage) throws(PackError)
    {
        switch frame.header.kind {
        case .objects(let lengths):
            guard let found = FrameObjects(content: content, lengths: lengths, frameID: frame.header.id) else {
                throw .damage(damage())
            }
            objects.append(found)
        case .lines(let origin, let from, let count):
            guard ObjectID(hashing: content) == frame.header.id,
                let parsed = Self.parse(content, origin: origin, from: from, count: count)
            else { throw .damage(damage()) }
            lines += parsed.map { (origin, $0) }
            objects.append(nil)
        case .piece, .whole:
            guard ObjectID(hashing: content) == frame.header.id else { throw .damage(damage()) }
            objects.append(nil)
        }
    }

    /// Nil unless the lines are those of `origin` from `from` on; a genesis line must itself hash to the origin.
    private static func parse(_ content: [UInt8], origin: OriginID, from: Int, count: Int) -> [LogLine]? {
        var lines: [LogLine] = []
        guard content.last == UInt8(ascii: "\n") else { return nil }
        for part in content.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard let line = try? LogLine(parsing: Array(part)), line.index == from + lines.count,
                line.origin == origin || (line.origin == nil && OriginID(line.leafHash) == origin)
            else { return nil }
            lines.append(line)
        }
        return lines.count == count ? lines : nil
    }
}
