internal import Foundation
internal import GRDB
package import Models

/// What an archive has lost, as `verify` finds it.
package struct Losses: Sendable {
    /// Objects that cannot be had.
    package var objects: Set<ObjectID> = []
    /// File names of packs that are damaged or missing.
    package var packs: Set<String> = []
    /// Logs with lines missing, and the head that was seen of each.
    package var logs: [OriginID: Manifest.Head] = [:]
    /// Damage that no copy of objects or lines can mend.
    package var others: [Damage] = []
    package var isNothing: Bool { objects.isEmpty && packs.isEmpty && logs.isEmpty }
}

extension Archive {
    package func losses(
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(ArchiveError) -> Losses {
        let report = try verify(progress: progress)
        var losses = Losses()
        for damage in report.damages + report.missing {
            losses.objects.formUnion(damage.objects)
            if damage.file.hasPrefix("packs/") {
                losses.packs.insert(String(damage.file.dropFirst(6)))
            } else if damage.objects.isEmpty {
                losses.others.append(damage)
            }
        }
        let held = try logs()
        for (origin, head) in try heads() {
            let log = held.first { $0.origin == origin }
            if (log?.head.size ?? 0) < head.size { losses.logs[origin] = head }
        }
        return losses
    }

    /// Moves everything that is sound out of damaged packs, and removes those in which nothing is left.
    ///
    /// - Parameter lost: objects that nobody could give back.
    package func salvage(_ names: Set<String>, lost: Set<ObjectID>) throws(ArchiveError) {
        let lock = try compactionLock()
        try withWriterLock { archive throws(ArchiveError) in _ = try archive.catchUp() }
        let (packs, generation) = try catalog.read { db in
            let damaged = try names.compactMap { name in
                try Int64.fetchOne(db, sql: "SELECT id FROM packs WHERE name = ?", arguments: [name])
            }
            return (try Catalog.closure(of: Set(damaged), in: db), try Catalog.generation(in: db))
        }
        if !packs.isEmpty {
            var compaction = try Compaction(self, packs: packs, at: generation, lost: lost)
            try compaction.write { _ in }
            try compaction.commit()
        }
        lock.release()
    }

    /// Whether lines, together with those held here, make the log whose head was seen.
    package func completes(
        _ origin: OriginID, with lines: [Int: LogLine], to head: Manifest.Head
    ) throws(ArchiveError) -> Bool {
        var frontier = MerkleFrontier()
        while frontier.size < head.size {
            let range = frontier.size..<min(head.size, frontier.size + 1024)
            let held = Dictionary(try self.lines(range, of: origin).map { ($0.index, $0) }) { first, _ in first }
            for index in range {
                guard let line = held[index] ?? lines[index] else { return false }
                frontier.append(line.leafHash)
            }
        }
        return frontier.root == head.root
    }
}
