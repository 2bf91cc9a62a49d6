internal import Foundation
internal import GRDB
internal import Models

/// What `verify` read and found in the store.
public struct StoreReport: Sendable {
    /// Details, payloads and header blocks of captures that are there and hash to their names.
    public var objects = 0
    /// Captures whose line, detail and payload are all sound.
    public var captures = 0
    public var damages: [Damage] = []
    public var missing: [Damage] = []
}

extension Archive {
    /// Reads every byte of every pack, hashes every object, and follows every log from its lines to their payloads.
    ///
    /// - Parameter progress: told the bytes read so far and the bytes there are.
    public func verify(progress: (Int, Int) -> Void) throws(ArchiveError) -> StoreReport {
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        var report = StoreReport()
        let packs = try packsToVerify(&report)
        let total = packs.reduce(0) { $0 + $1.bytes }
        var done = 0
        var sound: Set<ObjectID> = []
        for pack in packs {
            try verify(pack.name, sound: &sound, report: &report)
            done += pack.bytes
            progress(done, total)
        }
        try verifyLogs(sound: sound, report: &report)
        return report
    }

    private func packsToVerify(_ report: inout StoreReport) throws(ArchiveError) -> [(name: String, bytes: Int)] {
        let known = try catalog.read { db in
            try Row.fetchAll(db, sql: "SELECT name, bytes FROM packs ORDER BY id").map {
                (name: $0["name"] as String, bytes: $0["bytes"] as Int)
            }
        }
        for pack in known where !Files.exists("\(packsFolder)/\(pack.name)") {
            let lost = try objects(inPack: pack.name)
            report.missing.append(
                try damage(Damage(file: "packs/\(pack.name)", reason: "the pack is missing"), to: lost))
        }
        return known.filter { Files.exists("\(packsFolder)/\($0.name)") }
    }

    private func verify(_ name: String, sound: inout Set<ObjectID>, report: inout StoreReport) throws(ArchiveError) {
        let contents = try contents(ofPack: name)
        var found: Set<ObjectID> = []
        for case let frame? in contents.objects { found.formUnion(frame.ids) }
        found.formUnion(try soundLargeObjects(contents))
        sound.formUnion(found)
        let lost = try objects(inPack: name).filter { !found.contains($0) }
        if !contents.damages.isEmpty {
            for damage in contents.damages {
                let here = try objects(inPack: name, from: damage.offset).filter { !found.contains($0) }
                report.damages.append(
                    try self.damage(
                        Damage(file: "packs/\(name)", offset: damage.offset, reason: damage.reason), to: here))
            }
        } else if !lost.isEmpty {
            report.damages.append(
                try damage(Damage(file: "packs/\(name)", reason: "objects do not hash to their names"), to: lost))
        }
        let digest = try fileErrors { () throws(FileError) in try PackReader(folder: packsFolder, name: name).digest() }
        if "\(digest).pack" != name, contents.damages.isEmpty, lost.isEmpty {
            report.damages.append(Damage(file: "packs/\(name)", reason: "its bytes do not hash to its name"))
        }
    }

    /// Large objects whose pieces, hashed one after the other, give their name.
    private func soundLargeObjects(_ contents: PackContents) throws(ArchiveError) -> [ObjectID] {
        var sound: [ObjectID] = []
        for frame in contents.pack.frames {
            guard case .whole(let id, _, _) = frame.header.kind else { continue }
            do {
                try stream(id) { _ in }
                sound.append(id)
            } catch .damaged {
                continue
            }
        }
        return sound
    }

    /// What the catalog says lies in a pack, or in the frame at `offset` of it.
    private func objects(inPack name: String, from offset: Int? = nil) throws(ArchiveError) -> [ObjectID] {
        try catalog.read { db in
            let condition = offset == nil ? "" : "AND frames.offset = \(offset ?? 0)"
            return try Data.fetchAll(
                db,
                sql: """
                    SELECT objects.id FROM packs JOIN frames ON pack = packs.id JOIN objects ON frame = frames.id
                    WHERE packs.name = ? \(condition)
                    """, arguments: [name]
            ).map { try ObjectID(catalog: $0) }
        }
    }

    private func verifyLogs(sound: Set<ObjectID>, report: inout StoreReport) throws(ArchiveError) {
        let heads = try heads()
        for log in try logs() {
            if let head = heads[log.origin] { try verify(log, against: head, report: &report) }
            var index = 0
            while true {
                let lines = try lines(index..<index + 1024, of: log.origin)
                if lines.isEmpty { break }
                for line in lines {
                    if line.index != index { report.missing.append(gap(log.origin, index..<line.index)) }
                    index = line.index + 1
                    try verify(line, sound: sound, report: &report)
                }
            }
        }
        for origin in heads.keys where try logs().allSatisfy({ $0.origin != origin }) {
            report.missing.append(Damage(file: "packs", reason: "the log of \(origin.short) is missing"))
        }
    }

    private func verify(_ log: LogSummary, against head: Manifest.Head, report: inout StoreReport) throws(ArchiveError)
    {
        guard log.head.size >= head.size else {
            report.missing.append(gap(log.origin, log.head.size..<head.size))
            return
        }
        if try root(of: log.origin, size: head.size) != head.root {
            report.damages.append(
                Damage(
                    file: "packs", reason: "the log of \(log.origin.short) is not the one whose head was seen before"))
        }
    }

    private func gap(_ origin: OriginID, _ range: Range<Int>) -> Damage {
        Damage(
            file: "packs",
            reason: "lines \(range.lowerBound) to \(range.upperBound - 1) of the log of \(origin.short) are missing")
    }

    private func verify(_ line: LogLine, sound: Set<ObjectID>, report: inout StoreReport) throws(ArchiveError) {
        guard sound.contains(line.detail) else {
            try note(line.detail, "the detail of record \(line.index)", &report)
            return
        }
        guard line.kind == .capture else { return }
        guard let detail = try? Detail(parsing: read(line.detail)), case .capture(let capture) = detail else {
            report.damages.append(Damage(file: "packs", reason: "the detail of record \(line.index) is no capture"))
            return
        }
        report.objects += 1
        var isWhole = true
        for object in capture.objects {
            if sound.contains(object) {
                report.objects += 1
            } else {
                isWhole = false
                try note(object, "the payload of capture \(line.index)", &report)
            }
        }
        if isWhole { report.captures += 1 }
    }

    /// Objects already named with the pack they lie in are not named again.
    private func note(_ object: ObjectID, _ what: String, _ report: inout StoreReport) throws(ArchiveError) {
        let isNamed = (report.damages + report.missing).contains { $0.objects.contains(object) }
        guard !isNamed else { return }
        report.missing.append(try damage(Damage(file: "packs", reason: "\(what) is missing"), to: [object]))
    }
}
