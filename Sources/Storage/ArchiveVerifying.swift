internal import Foundation
internal import GRDB
internal import Glibc
internal import Models
internal import Synchronization

/// What `verify` read and found in the store.
public struct StoreReport: Sendable {
    /// Details, payloads and header blocks of captures that are there and hash to their names.
    public var objects = 0
    /// Captures whose line, detail and payload are all sound.
    public var captures = 0
    public var damages: [Damage] = []
    public var missing: [Damage] = []
}

/// How much `verify` reads.
public enum VerificationDepth: Sendable {
    /// Everything is there, every frame header is sound, every log is whole. Contents are not read.
    case quick
    /// Every byte of every pack, every object.
    case full
}

extension Archive {
    /// Reads every byte of every pack, hashes every object, and follows every log from its lines to their payloads, on all cores.
    ///
    /// - Parameter progress: told the bytes read so far and the bytes there are.
    /// - Throws: `ArchiveError.catalog` when the catalog is not what the packs say. It is a cache: throw it away and try again.
    public func verify(
        _ depth: VerificationDepth = .full, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(ArchiveError) -> StoreReport {
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        for reader in readers { reader.forget() }
        try catalog.check(depth)
        let verification = StoreVerification(self, depth)
        try verification.checkPacks()
        if depth == .full { try verification.checkFrames(progress) }
        try verification.checkLogs()
        for reader in readers { reader.forget() }
        return try verification.report()
    }
}

/// One run of `verify`. Memory does not grow with what is sound: only what is lost is remembered.
private final class StoreVerification: Sendable {
    private struct Place: Hashable {
        let pack: String
        let offset: Int?
        let reason: String
    }
    private struct Findings {
        /// Damage with the objects that it costs, in the order in which it was found.
        var costs: [Place: [ObjectID]] = [:]
        var missing: [Damage] = []
        var logs: [Damage] = []
        var lost: Set<ObjectID> = []
        /// Packs whose bytes do not hash to their names.
        var changed: Set<String> = []
        var objects = 0
        var captures = 0
    }

    private let archive: Archive
    private let depth: VerificationDepth
    private let findings = Mutex(Findings())

    init(_ archive: Archive, _ depth: VerificationDepth) {
        self.archive = archive
        self.depth = depth
    }

    /// Every pack: its own hash, every frame header, and that the catalog knows the same frames.
    func checkPacks() throws(ArchiveError) {
        let packs = try archive.catalog.read { db in
            try Row.fetchAll(db, sql: "SELECT id, name, bytes FROM packs ORDER BY bytes DESC").map {
                ($0["id"] as Int64, $0["name"] as String)
            }
        }
        _ = try Cores.map(packs.count) { index, _ throws(ArchiveError) in try self.checkPack(packs[index]) }
    }

    private func checkPack(_ pack: (id: Int64, name: String)) throws(ArchiveError) {
        guard Files.exists("\(archive.packsFolder)/\(pack.name)") else {
            let lost = try archive.catalog.read { db in try Catalog.objects(inPack: pack.id, db) }
            let damage = try archive.damage(
                Damage(file: "packs/\(pack.name)", reason: "the pack is missing"), to: lost)
            findings.withLock {
                $0.missing.append(damage)
                $0.lost.formUnion(lost)
            }
            return
        }
        let (walked, damages) = try archive.frames(ofPack: pack.name)
        let known = try archive.catalog.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables) WHERE pack = ? ORDER BY offset",
                arguments: [pack.id]
            ).map { try IndexedFrame($0) }
        }
        var isChanged = false
        if depth == .full {
            let digest = try fileErrors { () throws(FileError) in
                try PackReader(folder: archive.packsFolder, name: pack.name).digest()
            }
            isChanged = "\(digest).pack" != pack.name
        }
        let found = Dictionary(walked.frames.map { ($0.offset, $0) }) { first, _ in first }
        var lost: [(IndexedFrame, [ObjectID])] = []
        for frame in known where !frame.isSame(as: found[frame.placed.offset]) {
            lost.append((frame, try archive.catalog.read { db in try Catalog.objects(inFrame: frame.row, db) }))
        }
        // The pack's bytes are those that were written: then it is the catalog that is wrong.
        let isIntact = depth == .full && !isChanged
        if isIntact, !lost.isEmpty || (damages.isEmpty && known.count != walked.frames.count) {
            throw .catalog("it does not know the frames of \(pack.name)")
        }
        findings.withLock { findings in
            if isChanged { findings.changed.insert(pack.name) }
            for damage in damages {
                findings.costs[Place(pack: pack.name, offset: damage.offset, reason: damage.reason), default: []] += []
            }
            for (frame, objects) in lost {
                let place = Place(pack: pack.name, offset: frame.placed.offset, reason: "no frame begins here")
                findings.costs[place, default: []] += objects
                findings.lost.formUnion(objects)
            }
        }
    }

    /// Every frame, decoded once, and every object in it.
    func checkFrames(_ progress: @escaping @Sendable (Int, Int) -> Void) throws(ArchiveError) {
        let total = try archive.catalog.read { db in
            try Int.fetchOne(db, sql: "SELECT SUM(contentLength) FROM frames") ?? 0
        }
        let done = Mutex(0)
        let walk = FrameWalk(archive.catalog, of: "1")
        try Cores.run { worker throws(ArchiveError) in
            let reader = archive.readers[worker]
            while let family = try walk.next() {
                for frame in family { try check(frame, with: reader) }
                let bytes = family.reduce(0) { $0 + $1.length }
                let sum = done.withLock { done in
                    done += bytes
                    return done
                }
                progress(sum, total)
            }
        }
    }

    private func check(_ frame: IndexedFrame, with reader: FrameReader) throws(ArchiveError) {
        do throws(FrameFailure) {
            switch frame.placed.header.kind {
            case .objects: try checkObjects(frame, with: reader)
            case .lines: try checkLines(frame, with: reader)
            case .piece: _ = try reader.soundContent(of: frame)
            case .whole: try checkLarge(frame, with: reader)
            }
        } catch {
            try note(error, of: frame, with: reader)
        }
    }

    private func checkObjects(_ frame: IndexedFrame, with reader: FrameReader) throws(FrameFailure) {
        let lengths = try reader.lengths(of: frame)
        let content = try reader.content(of: frame)
        guard let objects = FrameObjects(content: content, lengths: lengths, frameID: frame.id) else {
            throw .damaged(frame, "its content does not hash to its name")
        }
        let known = try frameFailures { () throws(ArchiveError) in
            try archive.catalog.read { db in try Catalog.places(inFrame: frame.row, db) }
        }
        let names = Dictionary(zip(objects.starts, zip(objects.ids, objects.lengths))) { first, second in
            // Only an empty object begins where another does.
            first.1 == 0 ? second : first
        }
        for (id, start, length) in known where length > 0 {
            guard let name = names[start], name.0 == id, name.1 == length else {
                throw .archive(.catalog("it does not know the objects of \(frame.pack)"))
            }
        }
    }

    private func checkLines(_ frame: IndexedFrame, with reader: FrameReader) throws(FrameFailure) {
        let lines = try archive.lines(in: frame, with: reader)
        try frameFailures { () throws(ArchiveError) in
            guard let origin = frame.origin else { return }
            let held = try archive.lines(frame.first..<frame.first + frame.count, of: origin)
            if held == lines { return }
            let byIndex = Dictionary(held.map { ($0.index, $0) }) { first, _ in first }
            for line in lines {
                // A line whose detail cannot be read is not in the catalog.
                guard let other = byIndex[line.index] else { continue }
                if other != line { throw .catalog("it does not know the log of \(origin.short)") }
            }
        }
    }

    private func checkLarge(_ frame: IndexedFrame, with reader: FrameReader) throws(FrameFailure) {
        _ = try reader.soundContent(of: frame)
        for id in try objects(of: frame) {
            do throws(ArchiveError) {
                try archive.streamLarge(id, with: reader) { _ in }
            } catch {
                guard case .damaged = error else { throw .archive(error) }
                throw .damaged(frame, "a piece of it is damaged or missing")
            }
        }
    }

    private func objects(of frame: IndexedFrame) throws(FrameFailure) -> [ObjectID] {
        try frameFailures { () throws(ArchiveError) in
            try archive.catalog.read { db in try Catalog.objects(inFrame: frame.row, db) }
        }
    }

    /// A frame that cannot be read counts where the damage is: that may be in a frame that it builds on.
    private func note(
        _ failure: FrameFailure, of frame: IndexedFrame, with reader: FrameReader
    ) throws(ArchiveError) {
        let lost = try archive.catalog.read { db in try Catalog.objects(inFrame: frame.row, db) }
        var place: Place
        switch failure {
        case .archive(let error): throw error
        case .packMissing: return
        case .baseMissing(let at):
            place = Place(
                pack: at.pack, offset: at.placed.offset, reason: "the frame that it builds on is missing")
        case .damaged(let at, let reason):
            place = Place(pack: at.pack, offset: at.placed.offset, reason: reason)
            do throws(FrameFailure) {
                if let first = try reader.diagnose(frame) {
                    place = Place(pack: first.frame.pack, offset: first.frame.placed.offset, reason: first.reason)
                }
            } catch {
                guard case .damaged(let first, let reason) = error else { break }
                place = Place(pack: first.pack, offset: first.placed.offset, reason: reason)
            }
        }
        let named = place
        findings.withLock { findings in
            // Named already, by what was found in the pack's headers.
            if lost.isEmpty || !findings.lost.isSuperset(of: lost) || findings.costs[named] != nil {
                findings.costs[named, default: []] += lost
            }
            findings.lost.formUnion(lost)
        }
    }

    /// Every log from its lines to their payloads.
    func checkLogs() throws(ArchiveError) {
        let heads = try archive.heads()
        let logs = try archive.logs()
        for log in logs {
            if let head = heads[log.origin] { try check(log, against: head) }
            try checkGaps(log.origin)
            let size = try archive.catalog.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT MAX(idx) + 1 FROM records JOIN logs ON logs.id = log WHERE origin = ?",
                    arguments: [log.origin.id.data]) ?? 0
            }
            let run = 256
            _ = try Cores.map((size + run - 1) / run) { number, worker throws(ArchiveError) in
                try self.checkLines(
                    number * run..<min((number + 1) * run, size), of: log.origin, with: self.archive.readers[worker])
            }
        }
        let own = logs.first { $0.origin == archive.origin }
        if own?.name != archive.name {
            let reason = own == nil ? "it names an origin whose log is not here" : "its name is not that of its own log"
            findings.withLock { $0.logs.append(Damage(file: "stet.json", reason: reason)) }
        }
        for origin in heads.keys where logs.allSatisfy({ $0.origin != origin }) {
            let damage = Damage(file: "packs", reason: "the log of \(origin.short) is missing")
            findings.withLock { $0.logs.append(damage) }
        }
    }

    private func check(_ log: LogSummary, against head: Manifest.Head) throws(ArchiveError) {
        guard log.head.size >= head.size else { return noteGap(log.origin, log.head.size..<head.size) }
        if try archive.root(of: log.origin, size: head.size) != head.root {
            let reason = "the log of \(log.origin.short) is not the one whose head was seen before"
            findings.withLock {
                $0.costs[Place(pack: "", offset: nil, reason: reason), default: []] += []
            }
        }
    }

    private func checkGaps(_ origin: OriginID) throws(ArchiveError) {
        let gaps = try archive.catalog.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT before, idx FROM (SELECT idx, lag(idx, 1, -1) OVER (ORDER BY idx) AS before FROM records
                        JOIN logs ON logs.id = log WHERE origin = ?) WHERE idx <> before + 1
                    """, arguments: [origin.id.data]
            ).map { (($0["before"] as Int) + 1)..<($0["idx"] as Int) }
        }
        for gap in gaps { noteGap(origin, gap) }
    }

    private func noteGap(_ origin: OriginID, _ range: Range<Int>) {
        let damage = Damage(
            file: "packs",
            reason: "lines \(range.lowerBound) to \(range.upperBound - 1) of the log of \(origin.short) are missing")
        findings.withLock { $0.logs.append(damage) }
    }

    private func checkLines(
        _ range: Range<Int>, of origin: OriginID, with reader: FrameReader
    ) throws(ArchiveError) {
        var held: (frame: Int64, content: [UInt8])?
        for record in try archive.catalog.read({ db in try RecordRow.fetch(range, of: origin, db) }) {
            guard try isThere(record.detail, record.place != nil, as: "the detail of record \(record.index)") else {
                continue
            }
            guard record.isCapture, let place = record.place else { continue }
            guard let capture = record.capture else { throw .catalog("it does not know capture \(record.index)") }
            var needed = [(capture.payload, capture.isPayloadHeld)]
            if depth == .full {
                if held?.frame != place.frame { held = try content(of: place.frame, with: reader) }
                guard let content = held?.content, place.start + place.length <= content.count else { continue }
                let detail = Array(content[place.start..<place.start + place.length])
                guard detail.isDetail(of: capture) else {
                    throw .catalog("it does not know capture \(record.index) of \(origin.short)")
                }
                if let headers = detail.object(named: "headers") {
                    needed.append((headers, try archive.holds(headers)))
                }
            }
            var sound = 1
            for (object, isHeld) in needed
            where try isThere(object, isHeld, as: "the payload of capture \(record.index)") {
                sound += 1
            }
            let (objects, isWhole) = (sound, sound == needed.count + 1)
            findings.withLock { findings in
                findings.objects += objects
                if isWhole { findings.captures += 1 }
            }
        }
    }

    /// Nil when it cannot be read: that was named when frames were checked.
    private func content(
        of row: Int64, with reader: FrameReader
    ) throws(ArchiveError) -> (frame: Int64, content: [UInt8])? {
        guard let frame = try archive.catalog.read({ db in try IndexedFrame.fetch(row: row, in: db) }) else {
            return nil
        }
        do throws(FrameFailure) {
            return (row, try reader.content(of: frame))
        } catch {
            if case .archive(let error) = error { throw error }
            return nil
        }
    }

    /// Objects already named with the pack they lie in are not named again.
    private func isThere(_ object: ObjectID, _ isHeld: Bool, as what: @autoclosure () -> String) throws(ArchiveError)
        -> Bool
    {
        if findings.withLock({ $0.lost.contains(object) }) { return false }
        if isHeld { return true }
        let damage = try archive.damage(Damage(file: "packs", reason: "\(what()) is missing"), to: [object])
        findings.withLock { findings in
            findings.lost.insert(object)
            findings.missing.append(damage)
        }
        return false
    }

    func report() throws(ArchiveError) -> StoreReport {
        let findings = findings.withLock { $0 }
        var report = StoreReport(objects: findings.objects, captures: findings.captures)
        for (place, objects) in findings.costs.sorted(by: {
            ($0.key.pack, $0.key.offset ?? -1) < ($1.key.pack, $1.key.offset ?? -1)
        }) {
            let file = place.pack.isEmpty ? "packs" : "packs/\(place.pack)"
            report.damages.append(
                try archive.damage(Damage(file: file, offset: place.offset, reason: place.reason), to: objects))
        }
        for pack in findings.changed.sorted() where !findings.costs.keys.contains(where: { $0.pack == pack }) {
            report.damages.append(Damage(file: "packs/\(pack)", reason: "its bytes do not hash to its name"))
        }
        report.missing = findings.missing + findings.logs
        return report
    }
}

/// What the catalog says of a capture that its detail says, too.
struct CaptureRow: Sendable {
    let payload: ObjectID
    let size: Int
    let capturedAt: Int64
    let mediaType: String
    let isPayloadHeld: Bool
}

/// What the catalog says of a record.
struct RecordRow: Sendable {
    let index: Int
    let isCapture: Bool
    let detail: ObjectID
    /// Where the detail lies; nil when it is in no pack.
    let place: (frame: Int64, start: Int, length: Int)?
    let capture: CaptureRow?

    // Columns by number: by name they take longer than the query.
    static func fetch(_ range: Range<Int>, of origin: OriginID, _ db: Database) throws -> [RecordRow] {
        guard let log = try Log.fetch(origin, in: db) else { return [] }
        let find = try db.cachedStatement(
            sql: """
                SELECT records.idx, records.kind = 'capture', records.detail, objects.frame, objects.start, objects.length,
                    payload, size, capturedAt, mediaType, EXISTS(SELECT 1 FROM objects o WHERE o.id = payload)
                FROM records LEFT JOIN objects ON objects.id = records.detail
                LEFT JOIN captures ON captures.log = records.log AND captures.idx = records.idx
                WHERE records.log = ? AND records.idx >= ? AND records.idx < ? ORDER BY records.idx
                """)
        return try Row.fetchAll(find, arguments: [log.id, range.lowerBound, range.upperBound]).map { row in
            let frame: Int64? = row[3]
            let payload: Data? = row[6]
            return RecordRow(
                index: row[0], isCapture: row[1], detail: try ObjectID(catalog: row[2]),
                place: frame.map { ($0, row[4], row[5]) },
                capture: try payload.map {
                    CaptureRow(
                        payload: try ObjectID(catalog: $0), size: row[7], capturedAt: row[8], mediaType: row[9],
                        isPayloadHeld: row[10])
                })
        }
    }
}

// A detail that hashes to its name is exactly what was written: canonical JSON, where a quotation mark inside a string is always
// escaped. So a member can be found without parsing, which would take longer than everything else in verifying small captures.
extension [UInt8] {
    /// Whether these bytes, a capture's detail, say what the catalog says.
    fileprivate func isDetail(of row: CaptureRow) -> Bool {
        guard let time = Timestamp(milliseconds: row.capturedAt) else { return false }
        let mediaType = JSON.string(row.mediaType).canonicalBytes
        return position(of: Array("\"payload\":\"\(row.payload)\"".utf8)) != nil
            && position(of: Array("\"size\":\(row.size),".utf8)) != nil
            && position(of: Array("\"capturedAt\":\"\(time)\"".utf8)) != nil
            && position(of: Array("\"mediaType\":".utf8) + mediaType) != nil
    }

    /// The object that a member of a detail names.
    fileprivate func object(named name: String) -> ObjectID? {
        let key = Array("\"\(name)\":\"".utf8)
        guard let start = position(of: key).map({ $0 + key.count }), start + 64 <= count else { return nil }
        return ObjectID(String(decoding: self[start..<start + 64], as: UTF8.self))
    }

    private func position(of part: [UInt8]) -> Int? {
        guard part.count <= count else { return nil }
        return withUnsafeBytes { (whole: UnsafeRawBufferPointer) -> Int? in
            part.withUnsafeBytes { (part: UnsafeRawBufferPointer) -> Int? in
                guard let whole = whole.baseAddress, let start = part.baseAddress else { return nil }
                return (0...(self.count - part.count)).first { memcmp(whole + $0, start, part.count) == 0 }
            }
        }
    }
}

extension IndexedFrame {
    /// Whether a frame found in a pack is the one that the catalog knows.
    fileprivate func isSame(as found: PlacedFrame?) -> Bool {
        guard let found else { return false }
        let (a, b) = (placed.header, found.header)
        return a.id == b.id && a.base == b.base && a.codec == b.codec && a.contentLength == b.contentLength
            && a.storedLength == b.storedLength && placed.headerLength == found.headerLength
    }
}

extension Catalog {
    static func objects(inPack pack: Int64, _ db: Database) throws -> [ObjectID] {
        try Data.fetchAll(
            db, sql: "SELECT objects.id FROM frames JOIN objects ON frame = frames.id WHERE pack = ?",
            arguments: [pack]
        ).map { try ObjectID(catalog: $0) }
    }

    static func objects(inFrame frame: Int64, _ db: Database) throws -> [ObjectID] {
        try places(inFrame: frame, db).map(\.id)
    }

    static func places(inFrame frame: Int64, _ db: Database) throws -> [(id: ObjectID, start: Int, length: Int)] {
        let find = try db.cachedStatement(sql: "SELECT id, start, length FROM objects WHERE frame = ?")
        return try Row.fetchAll(find, arguments: [frame]).map {
            (try ObjectID(catalog: $0["id"]), $0["start"], $0["length"])
        }
    }

    /// Whether SQLite finds its own file in order, and whether what was computed from pages is what was entered.
    func check(_ depth: VerificationDepth) throws(ArchiveError) {
        let pragma = depth == .full ? "integrity_check" : "quick_check"
        let found = try read { db in try String.fetchOne(db, sql: "PRAGMA \(pragma)(1)") }
        guard found == "ok" else { throw .catalog(found ?? "no answer") }
        guard depth == .full else { return }
        guard try read({ db in try Tally.entered(in: db) == Tally.counted(in: db) }) else {
            throw .catalog("what it says of articles and revisions was changed")
        }
    }
}
