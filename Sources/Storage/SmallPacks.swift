internal import GRDB
internal import Models

/// What it takes to merge a pack again: its content, and some kilobytes for each object, because each takes time and memory on the way.
/// Merging adds weights up.
enum PackWeight {
    private static let object = 4 << 10

    static func of(_ frames: [PlacedFrame]) -> Int {
        frames.reduce(0) { sum, frame in
            guard case .objects(let lengths) = frame.header.kind else { return sum + frame.header.contentLength }
            return sum + frame.header.contentLength + lengths.count * object
        }
    }
}

/// Which small packs are merged by later commands, so that an archive to which a page is added now and then does not end up
/// with a pack for each.
///
/// Packs are in tiers by their weight, each eight times the one below. When eight packs are in a tier, they are merged with all below it,
/// into one that belongs to a higher tier. So each byte is written anew once for each tier, and no tier has more than seven for long.
package struct SmallPacks {
    /// Weights below which a pack belongs to tier 0, 1 and 2.
    private static let tiers = [64 << 10, 512 << 10, 4 << 20]
    private static let perTier = 8
    /// What batches of good size leave, and mergings of small ones. Merging them brings little; only their number is kept low.
    private static let largest = 32 << 20
    private static let mostLarge = 32
    /// What one merging moves at most: some tenths of a second.
    private static let portion = 128 << 20

    package struct Pack: Sendable {
        package let id: Int64
        package let weight: Int
        package init(id: Int64, weight: Int) {
            self.id = id
            self.weight = weight
        }
    }

    /// - Parameter packs: in the order in which they were made.
    /// - Returns: at least two packs, or none when nothing is to be done.
    package static func due(_ packs: [Pack]) -> [Pack] {
        var isCarried = false
        var weight: Int?
        for (tier, limit) in tiers.enumerated() {
            let least = tier == 0 ? 0 : tiers[tier - 1]
            let count = packs.count { $0.weight >= least && $0.weight < limit }
            isCarried = count + (isCarried ? 1 : 0) >= perTier
            if isCarried { weight = limit }
        }
        if let weight { return portion(of: packs.filter { $0.weight < weight }) }
        let large = packs.filter { $0.weight >= (tiers.last ?? 0) && $0.weight < largest }
        return large.count > mostLarge ? portion(of: large) : []
    }

    private static func portion(of packs: [Pack]) -> [Pack] {
        var chosen: [Pack] = []
        var sum = 0
        for pack in packs where sum + pack.weight <= portion {
            chosen.append(pack)
            sum += pack.weight
        }
        return chosen.count > 1 ? chosen : []
    }

    static func fetch(_ db: Database) throws -> [Pack] {
        // Those that were merged thoroughly would lose what that gained.
        try Row.fetchAll(
            db,
            sql:
                "SELECT id, weight FROM packs WHERE weight < ? AND isWhole AND NOT isGone AND NOT isCompact ORDER BY id",
            arguments: [largest]
        ).map { Pack(id: (try $0.decode(forColumn: "id")), weight: (try $0.natural("weight"))) }
    }
}

extension Archive {
    /// Merges small packs if there are many: the work of some tenths of a second at most, in memory that does not depend on the archive.
    ///
    /// Nothing is done while another process merges. It may be stopped at any moment.
    /// - Parameter progress: told the bytes moved so far.
    /// - Returns: nil when there was nothing to do.
    @discardableResult
    public func mergeSmallPacks(progress: (Int) -> Void = { _ in }) throws(ArchiveError) -> CompactionReport? {
        guard try !duePacks().packs.isEmpty else { return nil }
        let lock: WriterLock
        do throws(ArchiveError) {
            lock = try compactionLock(seconds: 0)
        } catch {
            if case .busy = error { return nil }
            throw error
        }
        // Whoever held the lock until now has changed what is due.
        let (due, generation) = try duePacks()
        var report = CompactionReport()
        (report.packsBefore, report.bytesBefore) = try packTotals()
        if !due.isEmpty {
            // What the command before needed at hand.
            for reader in readers { reader.forget() }
            var compaction = try Compaction(self, packs: Set(due), .quick, at: generation)
            try compaction.write(progress)
            try compaction.commit()
        }
        (report.packsAfter, report.bytesAfter) = try packTotals()
        lock.release()
        return report
    }

    private func duePacks() throws(ArchiveError) -> (packs: [Int64], generation: Int) {
        try catalog.read { db in
            (SmallPacks.due(try SmallPacks.fetch(db)).map(\.id), try Catalog.generation(in: db))
        }
    }
}
