internal import Foundation
internal import GRDB
internal import Models

/// An object on its way into a frame.
struct PackedObject: Sendable {
    let id: ObjectID
    let bytes: [UInt8]
    /// Objects of one site alone share frames.
    let site: String
    /// The row of the frame that holds what is most like it: the capture before, or a page of its site.
    let likeness: Int64?
    /// The likeness is the same article, not just a neighbour.
    let isSuccessor: Bool
}

/// How objects are put together to frames, and how frames lean on each other. `archive/FORMAT.md` has the measurements.
struct FrameLimits: Sendable {
    /// Content of one frame.
    var frame = 2 << 20
    /// Content to decode in order to read one frame, its own included: what a random read costs.
    var reach = 8 << 20
    /// Frames to decode in order to read one.
    var depth = 64
    /// Content that depends on one frame: what a flipped bit costs.
    var family = 32 << 20

    static let payloads = FrameLimits()
    /// Details are asked for one at a time, and are small.
    static let details = FrameLimits(frame: 256 << 10, reach: 1 << 20, depth: 32, family: 8 << 20)
}

/// A frame to be written: its objects, and the frame it is compressed against.
struct PlannedFrame: Sendable {
    enum Base: Hashable, Sendable {
        /// Another planned frame, by its number.
        case planned(Int)
        /// A frame in a pack, by its row in the catalog.
        case stored(Int64)
    }
    let id: ObjectID
    let objects: FrameObjects
    /// Its objects' bytes. Empty when it was written and no frame to come can need it.
    fileprivate(set) var parts: [[UInt8]]
    /// How many bytes these are.
    let length: Int
    let base: Base?

    /// Copied together, unless there is one object only.
    var content: [UInt8] {
        if parts.count == 1 { return parts[0] }
        var content: [UInt8] = []
        content.reserveCapacity(length)
        for part in parts { content += part }
        return content
    }
}

/// Puts objects together to frames and chooses the base of each.
///
/// The base is the frame that holds the captures before; for pages seen for the first time, the frame before of the same site.
/// A frame that would reach too far goes on from half way up that chain; one whose family is full begins a new one.
struct FramePlanner {
    private struct Link {
        let depth: Int
        let reach: Int
        let parent: PlannedFrame.Base?
        let root: PlannedFrame.Base
        /// The stored frame's base, for looking it up.
        let parentID: ObjectID?
    }

    private let limits: FrameLimits
    /// Rows of packs whose frames are about to go.
    private let leaving: Set<Int64>
    private(set) var frames: [PlannedFrame] = []
    private var links: [PlannedFrame.Base: Link] = [:]
    private var families: [PlannedFrame.Base: Int] = [:]
    /// The last frame planned, and its site.
    private var latest: (site: String, frame: Int)?
    private var open: [PackedObject] = []
    private var openBytes = 0

    init(_ limits: FrameLimits, leaving: Set<Int64> = []) {
        self.limits = limits
        self.leaving = leaving
    }

    /// Objects must come site by site, like next to like. A frame is planned when it is full or its site is done.
    mutating func add(_ object: PackedObject, in db: Database) throws {
        if let last = open.last {
            let isFull = openBytes + object.bytes.count > limits.frame
            // Articles that were apart before stay apart, if that does not make tiny frames: each then has its own past at hand.
            let parts =
                last.likeness != object.likeness && openBytes >= limits.frame / 4
                && last.isSuccessor && object.isSuccessor
            if last.site != object.site || isFull || parts { try close(in: db) }
        }
        open.append(object)
        openBytes += object.bytes.count
    }

    /// Plans what is left.
    mutating func close(in db: Database) throws {
        guard let first = open.first else { return }
        let base = try base(for: first.site, in: db)
        let number = frames.count
        let parent = base.flatMap { links[$0] }
        let root = parent?.root ?? .planned(number)
        links[.planned(number)] = Link(
            depth: (parent?.depth ?? 0) + 1, reach: (parent?.reach ?? 0) + openBytes, parent: base, root: root,
            parentID: nil)
        families[root, default: 0] += openBytes
        let ids = open.map(\.id)
        frames.append(
            PlannedFrame(
                id: FrameObjects.frameID(of: ids), objects: FrameObjects(ids: ids, lengths: open.map(\.bytes.count)),
                parts: open.map(\.bytes), length: openBytes, base: base))
        latest = (first.site, number)
        open = []
        openBytes = 0
    }

    /// Lets go of the contents of frames before `end` that no frame to come can lean on.
    mutating func release(before end: Int) {
        let root = latest.flatMap { links[.planned($0.frame)]?.root }
        for number in 0..<end where links[.planned(number)]?.root != root { frames[number].parts = [] }
    }

    private func likeliest() -> (row: Int64, isMost: Bool)? {
        var votes: [Int64: Int] = [:]
        var successors = 0
        for object in open {
            guard let row = object.likeness else { continue }
            votes[row, default: 0] += object.bytes.count
            if object.isSuccessor { successors += object.bytes.count }
        }
        guard let best = votes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        return (best.key, successors * 2 >= openBytes)
    }

    private mutating func base(for site: String, in db: Database) throws -> PlannedFrame.Base? {
        let stored = likeliest()
        let before = latest.flatMap { $0.site == site ? PlannedFrame.Base.planned($0.frame) : nil }
        var wanted: [PlannedFrame.Base] = []
        if let stored, stored.isMost { wanted.append(.stored(stored.row)) }
        if let before { wanted.append(before) }
        if let stored, !stored.isMost { wanted.append(.stored(stored.row)) }
        for candidate in wanted {
            if let base = try usable(candidate, in: db) { return base }
        }
        return nil
    }

    /// `wanted` if its chain and its family have room, else the frame half way up that chain, else nil.
    private mutating func usable(_ wanted: PlannedFrame.Base, in db: Database) throws -> PlannedFrame.Base? {
        guard let link = try link(wanted, in: db) else { return nil }
        guard families[link.root, default: 0] + openBytes <= limits.family else { return nil }
        var at: (base: PlannedFrame.Base, link: Link) = (wanted, link)
        if link.depth < limits.depth, link.reach + openBytes <= limits.reach { return wanted }
        while at.link.depth > max(1, link.depth / 2) || at.link.reach + openBytes > limits.reach
            || (at.link.reach > link.reach / 2 && at.link.depth > 1)
        {
            guard let up = try parent(of: at.link, in: db) else { return nil }
            at = up
        }
        return at.base
    }

    private mutating func link(_ base: PlannedFrame.Base, in db: Database) throws -> Link? {
        if let held = links[base] { return held }
        guard case .stored(let row) = base, let frame = try IndexedFrame.fetch(row: row, in: db) else { return nil }
        return try note(frame, in: db)
    }

    private mutating func note(_ frame: IndexedFrame, in db: Database) throws -> Link? {
        guard let root = frame.root, !leaving.contains(frame.packID) else { return nil }
        if families[.stored(root)] == nil {
            guard let family = try IndexedFrame.fetch(row: root, in: db)?.family else { return nil }
            families[.stored(root)] = family
        }
        let link = Link(
            depth: frame.depth, reach: frame.reach, parent: nil, root: .stored(root), parentID: frame.base)
        links[.stored(frame.row)] = link
        return link
    }

    private mutating func parent(of link: Link, in db: Database) throws -> (PlannedFrame.Base, Link)? {
        if let parent = link.parent { return try self.link(parent, in: db).map { (parent, $0) } }
        guard let id = link.parentID, let frame = try IndexedFrame.fetch(id, in: db) else { return nil }
        return try note(frame, in: db).map { (.stored(frame.row), $0) }
    }
}
