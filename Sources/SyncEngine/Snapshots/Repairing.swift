public import Models
package import Storage

/// Puts back what an archive has lost, from bundles: those beside it, and those of other places.
///
/// No signature is needed: objects are believed for their hashes, and lines when with them the log has the head that was seen before.
public struct Repairer: Sendable {
    private let archive: Archive
    private let remotes: [any Remote]

    /// - Parameter remotes: tried in order after the archive's own bundles.
    package init(_ archive: Archive, from remotes: [any Remote]) {
        self.archive = archive
        self.remotes = [FolderRemote(path: archive.path)] + remotes
    }

    public struct Report: Sendable {
        /// Objects that were lost and are there again.
        public var recovered = 0
        /// Log lines that were lost and are there again.
        public var lines = 0
        /// Packs that were damaged or missing.
        public var packs = 0
        /// The places besides the archive itself that gave something.
        public var sources: [CustodyPlace] = []
    }

    /// Afterwards `verify` says what could not be put back.
    public func repair(
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(SyncError) -> Report {
        let losses = try syncArchive { () throws(ArchiveError) in try archive.losses(progress: progress) }
        var report = Report()
        guard !losses.isNothing else { return report }
        report.packs = losses.packs.count
        var missing = losses.objects
        var wholeLogs: Set<OriginID> = []
        while true {
            let before = missing.count
            try fetch(&missing, losses, &wholeLogs, &report)
            report.recovered += before - missing.count
            guard missing.count < before || report.lines > 0 else { break }
            // What a record needs is known when its detail is there again.
            let more = try syncArchive { () throws(ArchiveError) in try archive.missingObjects() }.subtracting(missing)
            if more.isEmpty { break }
            missing.formUnion(more)
        }
        let lost = missing
        try archiveErrors { () throws(ArchiveError) in try archive.salvage(losses.packs, lost: lost) }
        return report
    }

    /// Takes from all places what is missing.
    private func fetch(
        _ missing: inout Set<ObjectID>, _ losses: Losses, _ wholeLogs: inout Set<OriginID>, _ report: inout Report
    ) throws(SyncError) {
        var lines: [OriginID: [Int: LogLine]] = [:]
        var batch = ReceivedBatch(archive)
        for (number, remote) in remotes.enumerated() where !missing.isEmpty || wholeLogs.count < losses.logs.count {
            let before = (missing.count, report.lines)
            for list in try packingLists(in: remote) {
                try fetch(list, remote, &missing, losses, &lines, &batch)
            }
            // With the lines come details and payloads that were not known to be lost.
            for (origin, head) in losses.logs where !wholeLogs.contains(origin) {
                let found = lines[origin] ?? [:]
                guard try isWhole(origin, found, head) else { continue }
                wholeLogs.insert(origin)
                let sorted = found.values.sorted { $0.index < $1.index }
                try archiveErrors { () throws(ArchiveError) in try batch.add(sorted, of: origin) }
                report.lines += sorted.count
            }
            if number > 0, before != (missing.count, report.lines) {
                let source = CustodyPlace(of: remote)
                if !report.sources.contains(source) { report.sources.append(source) }
            }
        }
        try archiveErrors { () throws(ArchiveError) in try batch.finish() }
    }

    private func isWhole(
        _ origin: OriginID, _ lines: [Int: LogLine], _ head: Manifest.Head
    ) throws(SyncError) -> Bool {
        try syncArchive { () throws(ArchiveError) in try archive.completes(origin, with: lines, to: head) }
    }

    private func archiveErrors(_ body: () throws(ArchiveError) -> Void) throws(SyncError) {
        do throws(ArchiveError) { try body() } catch {
            switch error {
            case .file(let error): throw .file(error)
            case .damaged(let damage): throw .damaged(damage)
            default: throw .archive(error)
            }
        }
    }

    /// Packing lists that can be read; others are of no use here, and `verify` names them.
    private func packingLists(in remote: any Remote) throws(SyncError) -> [PackingList] {
        var lists: [PackingList] = []
        for name in try remote.names(under: "archive/") where name.hasSuffix(".json") {
            guard let bytes = try remote.read(name, limit: 1 << 20) else { continue }
            do throws(FormatError) {
                lists.append(try PackingList(parsing: bytes))
            } catch {
                continue
            }
        }
        return lists
    }

    /// Takes from a bundle what is missing. A damaged bundle gives nothing.
    private func fetch(
        _ list: PackingList, _ remote: any Remote, _ missing: inout Set<ObjectID>, _ losses: Losses,
        _ lines: inout [OriginID: [Int: LogLine]], _ batch: inout ReceivedBatch
    ) throws(SyncError) {
        let isLogBroken = losses.logs[list.origin] != nil
        guard !missing.isEmpty || isLogBroken else { return }
        do throws(SyncError) {
            try BundleReader(list: list, path: try remote.localCopy(of: list, in: archive.incomingFolder)).read(
                staging: archive.packsFolder, object: object
            ) { item throws(SyncError) in
                switch item {
                case .log(let bytes):
                    guard isLogBroken else { return }
                    for line in Self.parse(bytes) { lines[list.origin, default: [:]][line.index] = line }
                case .object(let id, let bytes):
                    let isLost = missing.remove(id) != nil
                    guard isLost || isLogBroken else { return }
                    try archiveErrors { () throws(ArchiveError) in
                        try batch.add(bytes, id: id, isReplaced: isLost)
                    }
                case .largeObject(let id, let path):
                    let isLost = missing.remove(id) != nil
                    guard isLost || isLogBroken else { return }
                    let file = try syncFile { () throws(FileError) in try OpenFile(reading: path) }
                    try archiveErrors { () throws(ArchiveError) in
                        try batch.add(large: file, id: id, isReplaced: isLost)
                    }
                }
            }
        } catch {
            guard case .damaged = error else { throw error }
        }
    }

    /// What a bundle builds on: where that is lost itself, the bundle gives nothing.
    private func object(_ id: ObjectID) throws(SyncError) -> [UInt8] {
        try syncArchive { () throws(ArchiveError) in try archive.read(id) }
    }

    private static func parse(_ bytes: [UInt8]) -> [LogLine] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { part in
            do throws(FormatError) { return try LogLine(parsing: Array(part)) } catch { return nil }
        }
    }
}
