internal import Foundation
internal import GRDB
internal import Models
internal import Synchronization

/// One run of `verify`. Memory does not grow with what is sound: only what is lost is remembered.
final class StoreVerification: Sendable {
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
        var withheld = 0
        var leftOut = 0
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
                ((try $0.decode(forColumn: "id")) as Int64, (try $0.decode(forColumn: "name")) as String)
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
                sql: "SELECT \(IndexedFrame.columns) FROM \(IndexedFrame.tables) WHERE name = ? ORDER BY offset",
                arguments: [pack.name]
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
                reader.forgetContents()
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
            try note(error, of: frame)
        }
    }

    private func checkObjects(_ frame: IndexedFrame, with reader: FrameReader) throws(FrameFailure) {
        let (objects, _) = try reader.objects(of: frame)
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
        let content = try reader.soundContent(of: frame)
        guard let origin = frame.origin else { return }
        let held = try frameFailures { () throws(ArchiveError) in
            try archive.lines(frame.first..<frame.first + frame.count, of: origin)
        }
        // A line has one spelling: reading it takes several times as long as writing it.
        var written: [UInt8] = []
        written.reserveCapacity(content.count)
        for line in held { written += line.bytes + [UInt8(ascii: "\n")] }
        if held.count == frame.count, written == content { return }
        let lines = try archive.lines(in: frame, with: reader)
        try frameFailures { () throws(ArchiveError) in
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
    private func note(_ failure: FrameFailure, of frame: IndexedFrame) throws(ArchiveError) {
        let lost = try archive.catalog.read { db in try Catalog.objects(inFrame: frame.row, db) }
        let place: Place
        switch failure {
        case .archive(let error): throw error
        case .packMissing(let at):
            // Its own objects were named when packs were looked for; those that build on them are lost with them.
            guard at.pack != frame.pack else { return }
            place = Place(
                pack: frame.pack, offset: frame.placed.offset,
                reason: "it builds on a frame in \(at.pack), which is missing")
        case .baseMissing(let at):
            place = Place(
                pack: at.pack, offset: at.placed.offset, reason: "the frame that it builds on is missing")
        case .damaged(let at, let reason):
            place = Place(pack: at.pack, offset: at.placed.offset, reason: reason)
        }
        findings.withLock { findings in
            // Named already, by what was found in the pack's headers.
            if lost.isEmpty || !findings.lost.isSuperset(of: lost) || findings.costs[place] != nil {
                findings.costs[place, default: []] += lost
            }
            findings.lost.formUnion(lost)
        }
    }

    /// Every log from its lines to their payloads.
    func checkLogs() throws(ArchiveError) {
        if let damage = try archive.damageToRepacked() { findings.withLock { $0.logs.append(damage) } }
        let heads = try archive.heads()
        let logs = try archive.logs()
        for log in logs {
            if let head = heads[log.origin] { try check(log, against: head) }
            try checkGaps(log.origin)
            let size = try archive.catalog.read { db in
                try Log.fetch(log.origin, in: db)?.end ?? 0
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
            let damage = Damage(
                file: "packs", reason: "the log of \(origin.short) is missing, whose head is in state/heads.json")
            findings.withLock { $0.logs.append(damage) }
        }
    }

    private func check(_ log: LogSummary, against head: Manifest.Head) throws(ArchiveError) {
        guard log.head.size >= head.size else {
            return noteGap(log.origin, log.head.size..<head.size, ", by state/heads.json")
        }
        if try archive.root(of: log.origin, size: head.size) != head.root {
            let reason = "the log of \(log.origin.short) is not the one whose head is in state/heads.json"
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
            ).map { (((try $0.decode(forColumn: "before")) as Int) + 1)..<(try $0.natural("idx")) }
        }
        for gap in gaps { noteGap(origin, gap) }
    }

    private func noteGap(_ origin: OriginID, _ range: Range<Int>, _ source: String = "") {
        let damage = Damage(
            file: "packs",
            reason:
                "lines \(range.lowerBound) to \(range.upperBound - 1) of the log of \(origin.short) are missing\(source)"
        )
        findings.withLock { $0.logs.append(damage) }
    }

    private func checkLines(
        _ range: Range<Int>, of origin: OriginID, with reader: FrameReader
    ) throws(ArchiveError) {
        var held: (frame: Int64, content: [UInt8])?
        let leftOut = try archive.leftOut()[origin] ?? []
        for record in try archive.catalog.read({ db in try RecordRow.fetch(range, of: origin, db) }) {
            if record.capture == nil, try archive.isWithheld(record.index, of: origin) {
                findings.withLock { $0.withheld += 1 }
                continue
            }
            if record.place == nil, leftOut.contains(where: { $0.contains(record.index) }) {
                findings.withLock { $0.leftOut += 1 }
                continue
            }
            guard try isThere(record.detail, record.place != nil, as: "the detail of record \(record.index)") else {
                continue
            }
            guard record.kind == .capture || (record.kind == .adopted && record.capture != nil),
                let place = record.place
            else { continue }
            guard let capture = record.capture else { throw .catalog("it does not know capture \(record.index)") }
            var needed = [(capture.payload, capture.isPayloadHeld)]
            if depth == .full {
                if held?.frame != place.frame { held = try content(of: place.frame, with: reader) }
                guard let content = held?.content, place.start + place.length <= content.count else { continue }
                var detail = Array(content[place.start..<place.start + place.length])
                if record.kind == .adopted { detail = try adopted(in: detail) }
                guard detail.isDetail(of: capture) else {
                    throw .catalog("it does not know capture \(record.index) of \(origin.short)")
                }
                for attached in detail.attachments { needed.append((attached, try archive.holds(attached))) }
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

    /// The detail of the line that was adopted.
    private func adopted(in bytes: [UInt8]) throws(ArchiveError) -> [UInt8] {
        do throws(FormatError) {
            return try Detail(parsing: bytes).captured.map { Detail.capture($0).bytes } ?? []
        } catch {
            throw .format(error)
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
        var report = StoreReport(
            objects: findings.objects, captures: findings.captures, withheld: findings.withheld,
            leftOut: findings.leftOut)
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
