internal import Foundation
internal import GRDB
package import Models

/// What is being made to disappear. It is written to `state/forgetting.json` before anything is withdrawn, and removed when
/// nothing is left: so whoever finds it finishes the work.
package struct Erasure: Hashable, Sendable {
    /// The records whose content goes. While one of them is not withdrawn, nothing may go.
    package var records: Set<RecordReference>
    /// Details, payloads and what came with them. Named here alone: once the details are gone, no log leads to them.
    package var objects: Set<ObjectID>
    /// File names of packs that must be gone in the end.
    package var packs: Set<String> = []

    package init(records: Set<RecordReference>, objects: Set<ObjectID>) {
        self.records = records
        self.objects = objects
    }

    fileprivate init?(parsing bytes: [UInt8]) {
        guard let json = try? JSON(canonical: bytes), let objects = json["objects"]?.array,
            let packs = json["packs"]?.array, let records = json["records"]?.array
        else { return nil }
        self.objects = Set(objects.compactMap { $0.string.flatMap { ObjectID($0) } })
        self.packs = Set(packs.compactMap(\.string))
        self.records = Set(
            records.compactMap { item in
                guard let origin = item["origin"]?.string.flatMap({ OriginID($0) }), let index = item["index"]?.integer,
                    let leaf = item["leaf"]?.string.flatMap({ ObjectID($0) })
                else { return nil }
                return RecordReference(origin: origin, index: Int(index), leaf: leaf)
            })
        guard self.objects.count == objects.count, self.packs.count == packs.count, self.records.count == records.count
        else { return nil }
    }

    fileprivate var bytes: [UInt8] {
        let records = records.sorted { ($0.origin, $0.index) < ($1.origin, $1.index) }
        return JSON.object([
            .init("objects", .array(objects.sorted().map { .string($0.description) })),
            .init("packs", .array(packs.sorted().map { .string($0) })),
            .init(
                "records",
                .array(
                    records.map {
                        [
                            "origin": .string($0.origin.description), "index": JSON($0.index),
                            "leaf": .string($0.leaf.description),
                        ]
                    })),
        ]).canonicalBytes
    }
}

/// A record and all that would go with it.
package struct ErasableRecord: Sendable {
    package let reference: RecordReference
    /// Its detail and its payload.
    package let objects: Set<ObjectID>
    /// What came with the payload; others may need it, too.
    package var attachments: Set<ObjectID> = []
    /// Captures that have the same payload.
    package let sharing: [RecordReference]
}

extension Archive {
    /// Runs `body` while no other process forgets anything; throws `busy` when another one does for longer than `seconds`.
    package func whileForgetting<Failure: Error, Value>(
        seconds: Int, wrapping: (ArchiveError) -> Failure, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let lock: WriterLock
        do throws(ArchiveError) {
            lock = try WriterLock(path + "/state/forget-lock", archive: path, seconds: seconds)
        } catch {
            throw wrapping(error)
        }
        let value = try body()
        lock.release()
        return value
    }

    private var erasurePath: String { path + "/state/forgetting.json" }
    /// How often packs are rewritten because others went on capturing meanwhile.
    private static var rounds: Int { 20 }

    /// What was begun and not finished.
    package func unfinishedErasure() throws(ArchiveError) -> Erasure? {
        guard Files.exists(erasurePath) else { return nil }
        let bytes = try fileErrors { () throws(FileError) in try Files.read(erasurePath, limit: 64 << 20) }
        guard let erasure = Erasure(parsing: bytes) else {
            throw .damaged(Damage(file: "state/forgetting.json", reason: "it does not say what it must"))
        }
        return erasure
    }

    package func begin(_ erasure: Erasure) throws(ArchiveError) {
        try fileErrors { () throws(FileError) in try Files.write(erasure.bytes, to: erasurePath) }
    }

    /// Nothing is left of it, or nothing of it was withdrawn.
    package func end(_ erasure: Erasure) throws(ArchiveError) {
        try fileErrors { () throws(FileError) in
            try Files.remove(erasurePath)
            try Files.syncFolder(Files.folder(of: erasurePath))
        }
    }

    /// A capture or note, with what would go with it; the objects of one that was withdrawn are those still held.
    package func erasable(_ name: CaptureName) throws(ArchiveError) -> ErasableRecord {
        guard let (origin, line) = try record(named: name), line.kind.isWithdrawable else {
            throw .noSuchCapture("\(name)")
        }
        let reference = RecordReference(line, of: origin)
        guard try holds(line.detail) else { return ErasableRecord(reference: reference, objects: [], sharing: []) }
        guard let capture = try detail(line.detail, with: readers[0]).captured else {
            return ErasableRecord(reference: reference, objects: [line.detail], sharing: [])
        }
        let sharing = try captures(where: "captures.payload = ?", [capture.payload.data]).map { ($0.origin, $0.index) }
        var others: Set<RecordReference> = []
        for (origin, index) in sharing {
            guard let line = try self.line(index, of: origin) else { continue }
            others.insert(RecordReference(line, of: origin))
        }
        others.remove(reference)
        return ErasableRecord(
            reference: reference, objects: [line.detail, capture.payload],
            attachments: Set(capture.attachments.map(\.id)),
            sharing: others.sorted { ($0.origin, $0.index) < ($1.origin, $1.index) })
    }

    /// Those that came with no capture but these. A site's certificates, say, stay as long as any capture needs them. They are in no
    /// index: the details are read.
    package func unshared(
        _ attachments: Set<ObjectID>, by records: Set<RecordReference>
    ) throws(ArchiveError) -> Set<ObjectID> {
        var own = attachments
        guard !own.isEmpty else { return own }
        let going = Dictionary(grouping: records, by: \.origin).mapValues { Set($0.map(\.index)) }
        for capture in try captures(where: "1", []) where going[capture.origin]?.contains(capture.index) != true {
            own.subtract(try read(capture.detail).attachments)
        }
        return own
    }

    /// Whether every record of it was withdrawn: only then may anything go.
    ///
    /// Asked of the packs, not of what the catalog knew last: whoever was stopped between writing the withdrawal and entering it has
    /// withdrawn, and nobody would come back to it.
    package func isWithdrawn(_ erasure: Erasure) throws(ArchiveError) -> Bool {
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        for record in erasure.records where try !isWithheld(record.index, of: record.origin) { return false }
        return true
    }

    /// Records that their origin withdrew, or this archive hides, and whose details are here all the same.
    package func withdrawnButHeld() throws(ArchiveError) -> Set<RecordReference> {
        try catalog.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT subjects.origin AS origin, target, leaf, logs.origin AS author, records.* FROM subjects
                    JOIN logs ON logs.id = subjects.log JOIN logs held ON held.origin = subjects.origin
                    JOIN records ON records.log = held.id AND records.idx = target
                    WHERE subjects.kind = 'withdrawal' AND EXISTS (SELECT 1 FROM objects WHERE id = records.detail)
                    """)
            var found: Set<RecordReference> = []
            for row in rows {
                let (origin, author) = (
                    OriginID(try ObjectID(catalog: (try row.decode(forColumn: "origin")))),
                    OriginID(try ObjectID(catalog: (try row.decode(forColumn: "author"))))
                )
                let line = try Catalog.line(row, index: (try row.natural("target")), origin: origin)
                let reference = RecordReference(line, of: origin)
                if author == origin || author == self.origin,
                    try ObjectID(catalog: (try row.decode(forColumn: "leaf"))) == reference.leaf
                {
                    found.insert(reference)
                }
            }
            return found
        }
    }

    /// What would go with such records: captures that were not withdrawn keep what they need.
    package func erasure(of records: Set<RecordReference>) throws(ArchiveError) -> Erasure {
        var erasure = Erasure(records: records, objects: [])
        var attached: Set<ObjectID> = []
        for record in records {
            guard let line = try line(record.index, of: record.origin) else { continue }
            erasure.objects.insert(line.detail)
            guard let capture = try detail(line.detail, with: readers[0]).captured else { continue }
            if try captures(where: "captures.payload = ?", [capture.payload.data]).isEmpty {
                erasure.objects.insert(capture.payload)
            }
            attached.formUnion(capture.attachments.map(\.id))
        }
        erasure.objects.formUnion(try unshared(attached, by: records))
        return erasure
    }

    /// Rewrites every pack that holds, or builds on, what goes, and scrubs the catalog. When it returns no file of the store has it.
    ///
    /// Others may go on reading and capturing. Whoever is stopped in between leaves everything else in place.
    package func erase(
        _ begun: Erasure, progress: @escaping (Int) -> Void = { _ in }
    ) throws(ArchiveError) {
        let lock = try compactionLock()
        var erasure = begun
        for round in 1... {
            try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
            let (packs, generation) = try packs(holding: erasure)
            if packs.isEmpty { break }
            guard round <= Self.rounds else { throw .busy(path, seconds: patience) }
            erasure.packs.formUnion(packs.map(\.name))
            try begin(erasure)
            var compaction = try Compaction(
                self, packs: Set(packs.map(\.id)), at: generation, lost: erasure.objects, isErasing: true)
            try compaction.write(progress)
            // Made again to the byte after an interruption, it is not one of those that must go.
            erasure.packs.remove(try compaction.commit())
            try begin(erasure)
        }
        try catalog.scrub()
        lock.release()
    }

    /// Packs that must be rewritten: with the objects, with copies of objects that lie elsewhere too (nobody knows of which,
    /// without reading them), with what was left of a run before; and all packs that lean on these.
    private func packs(
        holding erasure: Erasure
    ) throws(ArchiveError) -> (packs: [(id: Int64, name: String)], generation: Int) {
        try catalog.read { db in
            var found: Set<Int64> = []
            for object in erasure.objects {
                let pack = try Int64.fetchOne(
                    db, sql: "SELECT pack FROM frames JOIN objects ON objects.frame = frames.id WHERE objects.id = ?",
                    arguments: [object.data])
                if let pack { found.insert(pack) }
            }
            for name in erasure.packs {
                let pack = try Int64.fetchOne(db, sql: "SELECT id FROM packs WHERE name = ?", arguments: [name])
                if let pack { found.insert(pack) }
            }
            found.formUnion(
                try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT DISTINCT pack FROM frames WHERE
                            (kind = 1 AND count > (SELECT COUNT(*) FROM objects WHERE frame = frames.id))
                            OR (kind = 4 AND NOT EXISTS (SELECT 1 FROM objects WHERE frame = frames.id))
                        """))
            guard !found.isEmpty else { return ([], 0) }
            let packs = try Catalog.closure(of: found, in: db).compactMap { id in
                try String.fetchOne(db, sql: "SELECT name FROM packs WHERE id = ?", arguments: [id]).map { (id, $0) }
            }
            return (packs, try Catalog.generation(in: db))
        }
    }
}

extension Catalog {
    /// Leaves nothing in SQLite's free pages, nor in its log, of what was deleted.
    func scrub() throws(ArchiveError) {
        try scrubbed { db in
            try db.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; VACUUM")
        }
    }
}
