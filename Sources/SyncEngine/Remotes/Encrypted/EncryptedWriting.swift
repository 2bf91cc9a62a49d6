internal import Models
internal import Storage

/// Reading and writing the segments that are an encrypted remote's listing.
extension EncryptedRemote {
    /// So many segments make a writer put the smaller ones together.
    private static let mostSegments = 48
    /// Segments of more than this are left as they are, and no more than four times this is put together.
    private static let largestMerged = 4 << 20
    /// How many replaced segments are remembered: a writer that began before so many merges is told of damage that is none.
    private static let mostRemembered = 2048

    static func refresh(
        _ state: inout EncryptedListing, _ inner: any Remote, _ keys: EncryptedKeys, isDamageTolerated: Bool
    ) throws(SyncError) {
        state.damage = []
        // Somebody may put segments together between our listing and our reading.
        for attempt in 1...5 {
            let names = try inner.names(under: "manifests/")
            let ids = Set(names.compactMap { EncryptedName.id(of: $0, in: "manifests", ending: ".age") })
            for id in state.segments.keys where !ids.contains(id) { state.drop(id) }
            var vanished: [String] = []
            var damage: [Damage] = []
            for id in ids.sorted() where state.segments[id] == nil {
                do throws(SyncError) {
                    if try !read(id, into: &state, inner, keys) { vanished.append(id) }
                } catch {
                    guard case .damaged(let found) = error else { throw error }
                    damage.append(found)
                }
            }
            if !vanished.isEmpty, attempt < 5 { continue }
            damage += Self.missing(names, ids, vanished, known: damage, state)
            // What went may have hidden an earlier entry that stays.
            state.rebuild()
            guard let first = damage.first else { return }
            guard isDamageTolerated else { throw .damaged(first) }
            state.damage = damage
            return
        }
    }

    /// The segments that were taken away: a stub or another segment knows of them, and none replaces them.
    private static func missing(
        _ names: [String], _ ids: Set<String>, _ vanished: [String], known: [Damage], _ state: EncryptedListing
    ) -> [Damage] {
        let stubs = Set(names.compactMap { EncryptedName.id(of: $0, in: "manifests", ending: ".sha256") })
        let told = known.compactMap { EncryptedName.id(of: $0.file, in: "manifests", ending: ".age") }
        let replaced = Set(state.segments.values.flatMap(\.segment.replaced))
        let gone = stubs.subtracting(ids).union(state.missing).union(vanished).subtracting(replaced).subtracting(told)
        return gone.sorted().map { Damage(file: EncryptedName.segment($0), reason: "it is missing") }
    }

    /// False when it is not there any more.
    private static func read(
        _ id: String, into state: inout EncryptedListing, _ inner: any Remote, _ keys: EncryptedKeys
    ) throws(SyncError) -> Bool {
        guard let (segment, content, stored) = try fetch(id, inner, keys) else { return false }
        state.add(id, segment, content: content, stored: stored)
        return true
    }

    private static func fetch(
        _ id: String, _ inner: any Remote, _ keys: EncryptedKeys
    ) throws(SyncError) -> (EncryptedSegment, [UInt8], stored: Int)? {
        let name = EncryptedName.segment(id)
        guard let sealed = try inner.read(name, limit: EncryptedSegment.mostBytes) else { return nil }
        let plain = try SealedFile.opening(name) { () throws(AgeError) in try Age.decrypt(sealed, with: [keys.identity])
        }
        do throws(FormatError) {
            let (segment, content) = try EncryptedSegment.parse(plain)
            return (segment, content, sealed.count)
        } catch {
            throw .damaged(Damage(file: name, reason: error.description))
        }
    }

    func content(of id: String, in state: inout EncryptedListing) throws(SyncError) -> [UInt8] {
        if let content = state.segments[id]?.content { return content }
        guard let (_, content, _) = try Self.fetch(id, inner, keys) else {
            throw .damaged(Damage(file: EncryptedName.segment(id), reason: "it is missing"))
        }
        return content
    }

    /// Writes what waits. Order: large files are there already; the segment that names them; its stub and signature; only then
    /// what it supersedes is removed. A crash in between leaves files that nothing names, or that no stub covers, and nothing else.
    func flush(_ state: inout EncryptedListing) throws(SyncError) {
        guard !state.pending.isEmpty else { return }
        let sequence = state.sequence + 1
        var entries: [EncryptedEntry] = []
        var content: [UInt8] = []
        var stub: [(String, Int, ObjectID)] = []
        var superseded: [String] = []
        for (name, what) in state.pending.sorted(by: { $0.key < $1.key }) {
            if case .file(let file, _)? = state.newest[name]?.entry.place { superseded.append(file) }
            switch what {
            case .removed:
                entries.append(EncryptedEntry(name: name, sequence: sequence, writer: writer, place: .removed))
            case .small(let bytes):
                entries.append(
                    EncryptedEntry(
                        name: name, sequence: sequence, writer: writer, place: .inside(offset: content.count),
                        bytes: bytes.count, sha256: ObjectID(hashing: bytes)))
                content += bytes
            case .file(let file, let stored, let hash, let bytes, let sha256):
                entries.append(
                    EncryptedEntry(
                        name: name, sequence: sequence, writer: writer, place: .file(file, stored: stored),
                        bytes: bytes, sha256: sha256))
                stub.append((file, stored, hash))
            }
        }
        let segment = EncryptedSegment(entries: entries, seen: state.segments.keys.sorted(), replaced: [])
        try write(segment, content, stub: stub, in: &state)
        for file in superseded { try inner.remove(file) }
        try merge(&state)
    }

    private func write(
        _ segment: EncryptedSegment, _ content: [UInt8], stub files: [(String, Int, ObjectID)],
        in state: inout EncryptedListing
    ) throws(SyncError) {
        let id = Hex.encode(random(16))
        let name = EncryptedName.segment(id)
        let sealed = try SealedFile.sealing(name) { () throws(AgeError) in
            try Age.encrypt(segment.encoded(content: content), to: keys.recipients, random: random)
        }
        try inner.upload(sealed, to: name)
        state.add(id, segment, content: content, stored: sealed.count)
        // From here on it is written, whatever becomes of the stub. (Nothing waits when segments are put together.)
        state.clearPending()
        let lines = (files + [(name, sealed.count, ObjectID(hashing: sealed))]).sorted { $0.0 < $1.0 }
        var text = "# stet encrypted remote, format 1\n"
        for (file, bytes, hash) in lines { text += "# \(bytes) bytes\n\(hash)  \(file)\n" }
        let signature = try SSHSignature(signing: Array(text.utf8), namespace: .remote, with: keys.signing)
        // The stub last: one without a signature would look as if somebody had taken that away.
        try inner.upload(Array(signature.armored.utf8), to: EncryptedName.stub(id) + ".sig")
        try inner.upload(Array(text.utf8), to: EncryptedName.stub(id))
    }

    /// Puts small segments together when there are many. The old ones go when the new one is durable.
    private func merge(_ state: inout EncryptedListing) throws(SyncError) {
        var ids: [String] = []
        var bytes = 0
        for (id, held) in state.segments.sorted(by: { ($0.value.stored, $0.key) < ($1.value.stored, $1.key) })
        where held.stored <= Self.largestMerged && bytes + held.stored <= 4 * Self.largestMerged {
            ids.append(id)
            bytes += held.stored
        }
        // Damage must not be covered up, nor what could not be read be forgotten.
        guard ids.count >= Self.mostSegments, state.damage.isEmpty else { return }
        var entries: [EncryptedEntry] = []
        var content: [UInt8] = []
        for id in ids {
            let old = try self.content(of: id, in: &state)
            for entry in state.segments[id]?.segment.entries ?? [] {
                guard let newest = state.newest[entry.name], newest.entry == entry, newest.segment == id else {
                    continue
                }
                guard case .inside(let offset) = entry.place else {
                    entries.append(entry)
                    continue
                }
                entries.append(
                    EncryptedEntry(
                        name: entry.name, sequence: entry.sequence, writer: entry.writer,
                        place: .inside(offset: content.count), bytes: entry.bytes, sha256: entry.sha256))
                content += old[offset..<offset + entry.bytes]
            }
        }
        let superseded = state.superseded(in: ids)
        let inherited = ids.flatMap { state.segments[$0]?.segment.replaced ?? [] }
        let segment = EncryptedSegment(
            entries: entries.sorted { $0.name < $1.name },
            seen: state.segments.keys.filter { !ids.contains($0) }.sorted(),
            replaced: Array((ids + inherited).prefix(Self.mostRemembered)))
        try write(segment, content, stub: try stubs(of: ids, in: state, without: superseded), in: &state)
        for file in superseded { try inner.remove(file) }
        for id in ids {
            state.drop(id)
            try inner.remove(EncryptedName.stub(id))
            try inner.remove(EncryptedName.stub(id) + ".sig")
            try inner.remove(EncryptedName.segment(id))
        }
    }

    /// The lines of the stubs that go, for the files that stay.
    private func stubs(
        of ids: [String], in state: EncryptedListing, without gone: [String]
    ) throws(SyncError) -> [(String, Int, ObjectID)] {
        var hashes: [String: ObjectID] = [:]
        for id in ids {
            guard let bytes = try inner.read(EncryptedName.stub(id), limit: 1 << 24) else { continue }
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
                guard parts.count == 2, let hash = ObjectID(parts[0]) else { continue }
                hashes[String(parts[1].drop { $0 == " " })] = hash
            }
        }
        let gone = Set(gone)
        return ids.flatMap { state.segments[$0]?.segment.entries ?? [] }.compactMap { entry in
            guard case .file(let file, let stored) = entry.place, !gone.contains(file), let hash = hashes[file] else {
                return nil
            }
            return (file, stored, hash)
        }
    }
}
