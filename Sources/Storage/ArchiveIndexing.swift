internal import Foundation
internal import GRDB
internal import Models
internal import Synchronization

extension Archive {
    /// Throws the catalog's content away and computes it anew from the packs alone.
    ///
    /// - Returns: what could not be read; everything else is indexed.
    public func reindex() throws(ArchiveError) -> [Damage] {
        try withWriterLock { archive throws(ArchiveError) in
            // Without its stamp nobody believes the catalog: who is killed here leaves one that is made anew.
            try archive.catalog.clear()
            let damages = try archive.catchUp()
            try archive.catalog.stamp()
            return damages
        }
    }

    /// Indexes packs that the catalog has not seen, or not to their end. Call only under the writer lock.
    @discardableResult
    func catchUp() throws(ArchiveError) -> [Damage] {
        try finishRemoval()
        let names = try fileErrors { () throws(FileError) in
            try Files.sweepTemporaries(in: packsFolder)
            try Files.sweepTemporaries(in: stateFolder)
            return try Files.names(in: packsFolder).filter { $0.hasSuffix(".pack") }
        }
        let (known, isStarted) = try catalog.read { db in
            (
                try String.fetchSet(db, sql: "SELECT name FROM packs"),
                try Int.fetchOne(db, sql: "SELECT 1 FROM packs WHERE NOT isWhole LIMIT 1") != nil
            )
        }
        let unseen = names.filter { !known.contains($0) }
        guard !unseen.isEmpty || isStarted else { return [] }
        for reader in readers { reader.forget() }
        let gone = known.subtracting(names)
        // Before anything is read: frames of packs that are gone may be in unseen ones, too, and must be read there.
        try catalog.write { db in try Catalog.note(gone: gone, in: db) }
        var damages = try enterFrames(of: unseen)
        damages += try indexObjects(replacing: gone, few: unseen.count * 4 < known.count)
        damages += try indexLines()
        try catalog.write { db in
            try db.execute(sql: "UPDATE packs SET isWhole = 1 WHERE isWhole = 0")
            try Catalog.removeSuperseded(gone, from: db)
        }
        return damages
    }

    /// Indexes the lines of packs whose frames and objects were entered as they were written. Call only under the writer lock.
    func indexLines(ofReceived packs: Set<String>) throws(ArchiveError) {
        let others = try catalog.read { db in
            try String.fetchSet(db, sql: "SELECT name FROM packs WHERE isWhole = 0").subtracting(packs)
        }
        // Somebody was stopped while indexing: their objects come first.
        guard others.isEmpty else { return }
        if let damage = try indexLines().first { throw .damaged(damage) }
        try catalog.write { db in try db.execute(sql: "UPDATE packs SET isWhole = 1 WHERE isWhole = 0") }
    }

    /// Walks through packs from frame header to frame header.
    private func enterFrames(of packs: [String]) throws(ArchiveError) -> [Damage] {
        var damages: [Damage] = []
        for name in packs {
            let (pack, found) = try frames(ofPack: name)
            damages += found
            try catalog.write { db in
                let rows = try Catalog.insert(pack, isWhole: false, into: db)
                for (row, placed) in zip(rows, pack.frames) {
                    guard case .whole(let id, let size, _) = placed.header.kind else { continue }
                    try Catalog.insert(large: id, size: size, frame: row, into: db)
                }
            }
        }
        try catalog.write { db in try Catalog.settleFrames(in: db) }
        return damages
    }

    func frames(ofPack name: String) throws(ArchiveError) -> (pack: WrittenPack, damages: [Damage]) {
        try fileErrors { () throws(FileError) in
            let reader = try PackReader(folder: packsFolder, name: name)
            let walk = try reader.walk()
            let damages = walk.damages.map {
                Damage(file: "packs/\(name)", offset: $0.offset, reason: $0.reason)
            }
            return (WrittenPack(name: name, bytes: reader.length, frames: walk.frames), damages)
        }
    }

    /// Hashes the objects of packs that were entered just now, on all cores.
    private func indexObjects(replacing gone: Set<String>, few: Bool) throws(ArchiveError) -> [Damage] {
        let damages = Mutex<[Damage]>([])
        let walk = FrameWalk(catalog, of: "kind = 1 AND packs.isWhole = 0", isSelective: few)
        try Cores.run { worker throws(ArchiveError) in
            let reader = readers[worker]
            while let family = try walk.next() {
                var found: [(Int64, FrameObjects)] = []
                for frame in family {
                    do throws(FrameFailure) {
                        found.append((frame.row, try reader.objects(of: frame).objects))
                    } catch {
                        let damage = try damage(error)
                        damages.withLock { $0.append(damage) }
                    }
                }
                try catalog.write { db in
                    for (row, objects) in found {
                        if !gone.isEmpty { try Catalog.release(objects.ids, from: gone, in: db) }
                        try Catalog.insert(objects, frame: row, into: db)
                    }
                }
            }
        }
        return damages.withLock { $0 }
    }

    /// Enters the lines of packs that were entered just now, log by log in their order, some at a time so that memory does not
    /// grow with a log.
    private func indexLines() throws(ArchiveError) -> [Damage] {
        var damages: [Damage] = []
        var detailless: [DetaillessLine] = []
        var place: (origin: Data, first: Int, row: Int64) = (Data(), -1, 0)
        while true {
            let at = place
            let next = try catalog.read { db in
                try Row.fetchOne(
                    db,
                    sql: """
                        SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables)
                        WHERE origin IS NOT NULL AND packs.isWhole = 0 AND (origin, first, frames.id) > (?, ?, ?)
                        ORDER BY origin, first, frames.id LIMIT 1
                        """, arguments: [at.origin, at.first, at.row]
                ).map { try IndexedFrame($0) }
            }
            guard let frame = next, let origin = frame.origin else {
                damages += try enterDetailless(detailless)
                try complete()
                return damages
            }
            place = (origin.id.data, frame.first, frame.row)
            do throws(FrameFailure) {
                let lines = try lines(in: frame, with: readers[0])
                try frameFailures { () throws(ArchiveError) in try index(lines, of: origin, &detailless) }
            } catch {
                damages.append(try damage(error))
            }
        }
    }

    /// The lines of a frame, checked to be what the frame says.
    func lines(in frame: IndexedFrame, with reader: FrameReader) throws(FrameFailure) -> [LogLine] {
        let content = try reader.soundContent(of: frame)
        guard let origin = frame.origin,
            let lines = LogLine.parse(content, origin: origin, from: frame.first, count: frame.count)
        else { throw .damaged(frame, "its content does not hash to its name") }
        return lines
    }

    private func index(
        _ lines: [LogLine], of origin: OriginID, _ detailless: inout [DetaillessLine]
    ) throws(ArchiveError) {
        // Neighbours go to one worker: their payloads lie in the same frames.
        let run = 32
        for start in stride(from: 0, to: lines.count, by: 1024) {
            let part = Array(lines[start..<min(start + 1024, lines.count)])
            let runs = (part.count + run - 1) / run
            let read = try Cores.map(runs) {
                number, worker throws(ArchiveError) -> ([IndexedRecord], [DetaillessLine]) in
                var records: [IndexedRecord] = []
                var detailless: [DetaillessLine] = []
                for line in part[(number * run)..<min((number + 1) * run, part.count)] {
                    do throws(ArchiveError) {
                        records.append(try self.record(line, of: origin, with: self.readers[worker]))
                    } catch {
                        guard case .damaged(let damage) = error else { throw error }
                        detailless.append(DetaillessLine(line: line, origin: origin, damage: damage))
                    }
                }
                return (records, detailless)
            }
            for (_, found) in read { detailless += found }
            try catalog.write { db in _ = try Catalog.insert(read.flatMap(\.0), own: self.origin, into: db) }
        }
    }

    /// Lines stand in the log without their details when these were withdrawn, or not chosen to come; else that is damage, but to the details
    /// alone: the log goes on.
    private func enterDetailless(_ lines: [DetaillessLine]) throws(ArchiveError) -> [Damage] {
        guard !lines.isEmpty else { return [] }
        let leftOut = try leftOut()
        return try catalog.write { db in
            var damages: [Damage] = []
            for found in lines {
                let line = found.line
                let isLeftOut = leftOut[found.origin]?.contains { $0.contains(line.index) } ?? false
                let record = IndexedRecord(line: line, origin: found.origin, detail: nil, interpretation: nil)
                try Catalog.insert([record], own: self.origin, into: db)
                if try isLeftOut || self.isWithheld(line, of: found.origin, in: db) { continue }
                damages.append(found.damage)
                try Catalog.note(detailless: line, of: found.origin, in: db)
            }
            return damages
        }
    }

    /// Enters what records say whose details came back.
    private func complete() throws(ArchiveError) {
        var place: (log: Int64, index: Int) = (-1, -1)
        while true {
            let at = place
            let found = try catalog.read { db in try Catalog.completable(after: at, in: db) }
            guard let last = found.last else { return }
            place = (last.log, last.line.index)
            var records: [IndexedRecord] = []
            for (_, origin, line) in found {
                do throws(ArchiveError) {
                    records.append(try record(line, of: origin, with: readers[0]))
                } catch {
                    guard case .damaged = error else { throw error }
                }
            }
            let complete = records
            try catalog.write { db in try Catalog.complete(complete, own: self.origin, in: db) }
        }
    }

    /// A line with its detail read and its payload interpreted.
    func record(
        _ line: LogLine, of origin: OriginID, with reader: FrameReader
    ) throws(ArchiveError) -> IndexedRecord {
        let detail = try detail(line.detail, with: reader)
        return IndexedRecord(
            line: line, origin: origin, detail: detail, interpretation: try interpretation(of: detail, with: reader))
    }

    /// Nil for what records no observation.
    func interpretation(of detail: Detail, with reader: FrameReader) throws(ArchiveError) -> Interpretation? {
        guard let capture = detail.captured else { return nil }
        return interpreter.interpret(capture, try readableText(of: capture, with: reader))
    }

    /// Nil for what is too large to be read as text, and for what is damaged or missing: `verify` finds and names that, and the
    /// capture must stay visible all the same.
    private func readableText(of capture: CaptureDetail, with reader: FrameReader) throws(ArchiveError) -> [UInt8]? {
        guard capture.size <= interpreter.largestText else { return nil }
        do {
            return try read(capture.payload, with: reader)
        } catch .damaged {
            return nil
        }
    }

    /// Damage as it is reported, without the objects that it costs.
    func damage(_ failure: FrameFailure) throws(ArchiveError) -> Damage {
        switch failure {
        case .archive(let error): throw error
        case .damaged(let frame, let reason):
            Damage(file: "packs/\(frame.pack)", offset: frame.placed.offset, reason: reason)
        case .baseMissing(let frame):
            Damage(
                file: "packs/\(frame.pack)", offset: frame.placed.offset,
                reason: "the frame that it builds on is missing")
        case .packMissing(let frame): Damage(file: "packs/\(frame.pack)", reason: "the pack is missing")
        }
    }
}

/// A line whose detail cannot be had.
private struct DetaillessLine {
    let line: LogLine
    let origin: OriginID
    let damage: Damage
}

extension LogLine {
    /// Nil unless the lines are those of `origin` from `from` on; a genesis line must itself hash to the origin.
    static func parse(_ content: [UInt8], origin: OriginID, from: Int, count: Int) -> [LogLine]? {
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

extension Catalog {
    /// Takes objects out that lie in packs that are gone, so that they can be entered where they are now.
    static func release(_ ids: [ObjectID], from gone: Set<String>, in db: Database) throws {
        let find = try db.cachedStatement(
            sql: """
                SELECT packs.name FROM objects JOIN frames ON frames.id = objects.frame JOIN packs ON packs.id = frames.pack
                WHERE objects.id = ?
                """)
        let remove = try db.cachedStatement(sql: "DELETE FROM objects WHERE id = ?")
        for id in ids {
            guard let pack = try String.fetchOne(find, arguments: [id.data]), gone.contains(pack) else { continue }
            try remove.execute(arguments: [id.data])
        }
    }

    /// Says which packs are no longer there.
    static func note(gone: Set<String>, in db: Database) throws {
        try db.execute(sql: "UPDATE packs SET isGone = 0 WHERE isGone = 1")
        for name in gone {
            // One that was not indexed to its end never will be.
            let isWhole = try Bool.fetchOne(db, sql: "SELECT isWhole FROM packs WHERE name = ?", arguments: [name])
            if isWhole == false { try remove(pack: name, from: db) }
            try db.cachedStatement(sql: "UPDATE packs SET isGone = 1 WHERE name = ?").execute(arguments: [name])
        }
    }

    /// Forgets packs that are gone and hold nothing that is not held elsewhere: they were merged, and whoever did it was stopped
    /// before the catalog knew. A pack that is gone with objects in it stays known: that is a loss, and `verify` names it.
    static func removeSuperseded(_ gone: Set<String>, from db: Database) throws {
        for name in gone {
            let pack = try Int64.fetchOne(db, sql: "SELECT id FROM packs WHERE name = ?", arguments: [name])
            guard let pack else { continue }
            let holds = try Int.fetchOne(
                db, sql: "SELECT 1 FROM objects WHERE frame IN (SELECT id FROM frames WHERE pack = ?) LIMIT 1",
                arguments: [pack])
            if holds == nil { try remove(pack: pack, from: db) }
        }
    }
}
