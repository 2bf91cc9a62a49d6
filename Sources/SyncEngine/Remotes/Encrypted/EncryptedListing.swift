internal import Models
internal import Storage

/// What an encrypted remote holds, as far as its segments have been read, and what is still to be written.
struct EncryptedListing: Sendable {
    struct Held: Sendable {
        let segment: EncryptedSegment
        /// Bytes of the ciphertext.
        let stored: Int
        /// What follows the head; nil when it must be fetched again, so that memory stays bounded.
        var content: [UInt8]?
    }

    enum Pending: Sendable {
        case small([UInt8])
        case file(String, stored: Int, stubHash: ObjectID, bytes: Int, sha256: ObjectID)
        case removed
    }

    /// More of the small files than this is not kept in memory.
    private static let mostContent = 64 << 20

    private(set) var segments: [String: Held] = [:]
    /// The newest entry of each name, and the segment that says so.
    private(set) var newest: [String: (entry: EncryptedEntry, segment: String)] = [:]
    private(set) var sequence = 0
    private var contentBytes = 0
    /// By name, what is not written yet.
    private(set) var pending: [String: Pending] = [:]
    /// Of the small files among it.
    private(set) var pendingBytes = 0
    /// What was found wrong while reading; empty unless that is tolerated.
    var damage: [Damage] = []

    mutating func add(_ id: String, _ segment: EncryptedSegment, content: [UInt8], stored: Int) {
        let isKept = contentBytes + content.count <= Self.mostContent
        if isKept { contentBytes += content.count }
        segments[id] = Held(segment: segment, stored: stored, content: isKept ? content : nil)
        for entry in segment.entries {
            sequence = max(sequence, entry.sequence)
            // Of two segments with the same entry either will do; the one that replaces the other is the one that stays.
            if let known = newest[entry.name], known.entry.isNewer(than: entry) { continue }
            newest[entry.name] = (entry, id)
        }
    }

    /// Sets what waits under a name; gives what did.
    @discardableResult
    mutating func wait(_ what: Pending?, for name: String) -> Pending? {
        let old = pending[name]
        if case .small(let bytes)? = old { pendingBytes -= bytes.count }
        if case .small(let bytes)? = what { pendingBytes += bytes.count }
        pending[name] = what
        return old
    }

    mutating func clearPending() {
        pending = [:]
        pendingBytes = 0
    }

    mutating func drop(_ id: String) {
        guard let held = segments.removeValue(forKey: id) else { return }
        contentBytes -= held.content?.count ?? 0
        for entry in held.segment.entries where newest[entry.name]?.segment == id { newest[entry.name] = nil }
    }

    /// Segments that somebody saw, that nobody replaced, and that are not there.
    var missing: [String] {
        let replaced = Set(segments.values.flatMap(\.segment.replaced))
        return Set(segments.values.flatMap(\.segment.seen)).subtracting(replaced).subtracting(segments.keys).sorted()
    }

    func entry(_ name: String) -> (entry: EncryptedEntry, segment: String)? {
        guard let found = newest[name], found.entry.place != .removed else { return nil }
        return found
    }

    func names(under prefix: String) -> [String] {
        var names = pending.compactMap { name, what -> String? in
            if case .removed = what { return nil }
            return name.hasPrefix(prefix) ? name : nil
        }
        for (name, found) in newest where name.hasPrefix(prefix) && found.entry.place != .removed {
            if pending[name] == nil { names.append(name) }
        }
        return names
    }

    /// Files on the remote that an entry of one of the segments names, and that no name leads to any more.
    func superseded(in ids: [String]) -> [String] {
        let current = Set(
            newest.values.compactMap { found -> String? in
                if case .file(let file, _) = found.entry.place { return file }
                return nil
            })
        return ids.flatMap { segments[$0]?.segment.entries ?? [] }.compactMap { entry in
            guard case .file(let file, _) = entry.place, !current.contains(file) else { return nil }
            return file
        }
    }
}

extension EncryptedListing {
    /// Computes anew which entry is the newest of each name, after segments have gone.
    mutating func rebuild() {
        let all = segments
        segments = [:]
        newest = [:]
        contentBytes = 0
        for (id, held) in all.sorted(by: { $0.key < $1.key }) {
            add(id, held.segment, content: held.content ?? [], stored: held.stored)
            if held.content == nil { segments[id]?.content = nil }
        }
    }
}
