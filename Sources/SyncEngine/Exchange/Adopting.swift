public import Models
public import Storage

/// Saves what a copy of an archive recorded after its log and the one held here went separate ways: its lines are appended here verbatim, as
/// adopted ones. Done again, it adopts nothing twice.
public struct Adopter: Sendable {
    private let archive: Archive
    private let copy: Archive
    private let tool: String
    private static let batch = 512
    private static let largestInMemory = 4 << 20

    /// - Parameter copy: the archive that will not be used any more.
    public init(_ archive: Archive, from copy: Archive, tool: String) {
        self.archive = archive
        self.copy = copy
        self.tool = tool
    }

    /// The part of one log that only the copy has.
    public struct Tail: Sendable {
        public let origin: OriginID
        public let name: String
        /// From where on the two differ, and how far each goes.
        public let first: Int
        public let size: Int
        public let held: Int
        let root: ObjectID
        /// Nothing differs: the copy only has more. That is brought by `push` and `pull`, signed by whom it is of.
        public var isOnlyAhead: Bool { held == first }
    }

    /// Logs of which the copy has records that are not here.
    public func tails() throws(SyncError) -> [Tail] {
        let here = try syncArchive { () throws(ArchiveError) in try archive.logs() }
        var tails: [Tail] = []
        for log in try syncArchive({ () throws(ArchiveError) in try copy.logs() }) {
            guard let held = here.first(where: { $0.origin == log.origin }) else {
                tails.append(
                    Tail(
                        origin: log.origin, name: log.name, first: 0, size: log.head.size, held: 0, root: log.head.root)
                )
                continue
            }
            let first = try commonLines(log.origin, min(log.head.size, held.head.size))
            guard first < log.head.size else { continue }
            tails.append(
                Tail(
                    origin: log.origin, name: log.name, first: first, size: log.head.size, held: held.head.size,
                    root: log.head.root))
        }
        return tails
    }

    private func commonLines(_ origin: OriginID, _ size: Int) throws(SyncError) -> Int {
        try syncArchive { () throws(ArchiveError) in
            var at = 0
            while at < size {
                let range = at..<min(size, at + 4096)
                let (ours, theirs) = (try archive.lines(range, of: origin), try copy.lines(range, of: origin))
                guard ours.count == range.count, theirs.count == range.count else {
                    throw .damaged(Damage(file: "packs", reason: "lines of the log of \(origin.short) are missing"))
                }
                if let different = zip(ours, theirs).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
                    return at + different.offset
                }
                at = range.upperBound
            }
            return size
        }
    }

    /// What was adopted of a tail.
    public struct Adopted: Sendable {
        public let tail: Tail
        public let records: Int
        public let captures: Int
        /// Withdrawals among them: they are kept, but what they withdrew must be forgotten again if it is here.
        public let withdrawals: Int
    }

    /// - Parameter place: where the copy lies.
    public func adopt(_ tail: Tail, place: String) throws(SyncError) -> Adopted {
        let known = try adoptedLeaves()
        var (records, captures, withdrawals) = (0, 0, 0)
        var at = tail.first
        while at < tail.size {
            let range = at..<min(tail.size, at + Self.batch)
            let lines = try syncArchive { () throws(ArchiveError) in try copy.lines(range, of: tail.origin) }
            let details = try details(of: lines.filter { !known.contains($0.leafHash) })
            if !details.isEmpty {
                try bringObjects(of: details)
                try syncArchive { () throws(ArchiveError) in _ = try archive.record(details) }
            }
            records += details.count
            captures += details.count { $0.captured != nil }
            withdrawals += details.count {
                if case .adopted(let one) = $0 { one.line.kind == .withdrawal } else { false }
            }
            at = range.upperBound
        }
        if captures > 0 {
            try syncArchive { () throws(ArchiveError) in
                try archive.record(
                    custody: .adopt(
                        origin: tail.origin, first: tail.first, size: tail.size, root: tail.root,
                        place: CustodyPlace(path: place)), tool: tool)
            }
        }
        return Adopted(tail: tail, records: records, captures: captures, withdrawals: withdrawals)
    }

    /// Of lines that some log held here has adopted already.
    private func adoptedLeaves() throws(SyncError) -> Set<ObjectID> {
        try syncArchive { () throws(ArchiveError) in
            var leaves: Set<ObjectID> = []
            for log in try archive.logs() {
                for line in try archive.lines(of: .adopted, in: log.origin) where try archive.holds(line.detail) {
                    if case .adopted(let detail) = try parsed(try archive.read(line.detail)) {
                        leaves.insert(detail.line.leafHash)
                    }
                }
            }
            return leaves
        }
    }

    private func details(of lines: [LogLine]) throws(SyncError) -> [Detail] {
        var random = SystemRandomNumberGenerator()
        return try syncArchive { () throws(ArchiveError) in
            var details: [Detail] = []
            for line in lines {
                // What the copy adopted itself stands, or stood, where it came from.
                let body = try copy.holds(line.detail) ? try parsed(try copy.read(line.detail)) : nil
                if case .adopted(let inner)? = body {
                    if let again = AdoptedDetail(inner.line, body: inner.body, salt: Salt(using: &random)) {
                        details.append(.adopted(again))
                    }
                } else if let detail = AdoptedDetail(line, body: body, salt: Salt(using: &random)) {
                    details.append(.adopted(detail))
                }
            }
            return details
        }
    }

    private func parsed(_ bytes: [UInt8]) throws(ArchiveError) -> Detail {
        do throws(FormatError) { return try Detail(parsing: bytes) } catch { throw .format(error) }
    }

    /// Without records they mean nothing: whoever is stopped here has lost nothing.
    private func bringObjects(of details: [Detail]) throws(SyncError) {
        var batch = ReceivedBatch(archive)
        for capture in details.compactMap(\.captured) {
            for id in capture.objects {
                if try syncArchive({ () throws(ArchiveError) in try archive.holds(id) }) { continue }
                try bring(id, size: id == capture.payload ? capture.size : 0, into: &batch)
            }
        }
        do throws(ArchiveError) { try batch.finish() } catch { throw SyncError(store: error) }
    }

    private func bring(_ id: ObjectID, size: Int, into batch: inout ReceivedBatch) throws(SyncError) {
        do throws(ArchiveError) {
            guard size > Self.largestInMemory else {
                return try batch.add(try copy.read(id), id: id)
            }
        } catch {
            throw SyncError(store: error)
        }
        let path = Files.temporaryName(beside: archive.packsFolder + "/object")
        let file = try syncFile { () throws(FileError) in try OpenFile(creating: path) }
        var failure: FileError?
        do throws(ArchiveError) {
            try copy.stream(id) { part in
                guard failure == nil else { return }
                do throws(FileError) { try file.write(part) } catch { failure = error }
            }
            if failure == nil { try batch.add(large: file, id: id) }
        } catch {
            try syncFile { () throws(FileError) in try Files.remove(path) }
            throw SyncError(store: error)
        }
        try syncFile { () throws(FileError) in try Files.remove(path) }
        if let failure { throw .file(failure) }
    }
}
