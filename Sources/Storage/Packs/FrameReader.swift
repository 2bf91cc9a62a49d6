internal import GRDB
internal import Models
internal import Synchronization

/// Why a frame's content cannot be had.
enum FrameFailure: Error {
    /// Damage in this frame, which need not be the one that was asked for: it may be one of its bases.
    case damaged(IndexedFrame, String)
    /// The frame needs one that is in no pack.
    case baseMissing(IndexedFrame)
    /// Its pack is not there: lost, or merged into another one meanwhile.
    case packMissing(IndexedFrame)
    case archive(ArchiveError)
}

/// Reads frames with all that they are compressed against.
///
/// One thread at a time; others wait. Whoever works on several cores uses several readers.
final class FrameReader: Sendable {
    /// Most frames that one may lead through. Writers stay far below; what exceeds it is no chain but an attack.
    static let longestChain = 256
    /// Open files are few, so that many packs cost no more than some.
    private static let mostPacks = 32

    private let folder: String
    private let catalog: Catalog
    private let state: Mutex<State>

    /// Where stored bytes stand. Packs are named for their bytes, so a catalog rebuilt meanwhile cannot make one frame pass for another.
    private struct Place: Hashable {
        let pack: String
        let offset: Int
        init(_ frame: IndexedFrame) {
            pack = frame.pack
            offset = frame.placed.offset
        }
    }

    private final class State {
        let decompressor = Decompressor()
        // By place, not by frame id: what is kept need not have been hashed, and a damaged copy must not pass for a sound one elsewhere.
        var cache: RecentlyUsed<Place, [UInt8]>
        var packs: [String: OpenPack] = [:]
        /// Where no sound frame was found: copies of it in other packs are taken first.
        var unsound: Set<Place> = []
        init(capacity: Int) { cache = RecentlyUsed(capacity: capacity) }
    }

    private final class OpenPack {
        let reader: PackReader
        init(folder: String, name: String) throws(FileError) { reader = try PackReader(folder: folder, name: name) }
    }

    /// - Parameter capacity: bytes of content to keep at hand. A family of frames should fit: then each is decoded once.
    init(folder: String, catalog: Catalog, capacity: Int) {
        self.folder = folder
        self.catalog = catalog
        state = Mutex(State(capacity: capacity))
    }

    /// The frame's content; what it hashes to is for the caller to check. When it is not right, `soundContent` may still find a way.
    func content(of frame: IndexedFrame) throws(FrameFailure) -> [UInt8] {
        try state.withLock { state throws(FrameFailure) in try content(of: frame, state) }
    }

    /// The frame's content if it is what the frame's id names. The failure names the first frame without which it cannot be read.
    func soundContent(of frame: IndexedFrame) throws(FrameFailure) -> [UInt8] {
        try state.withLock { state throws(FrameFailure) in
            do throws(FrameFailure) {
                let content = try content(of: frame, state)
                if try isSound(content, of: frame, state) { return content }
            } catch {
                if case .archive = error { throw error }
            }
            return try hashedContent(of: frame, state)
        }
    }

    /// The objects of a frame that is sound, with its content.
    func objects(of frame: IndexedFrame) throws(FrameFailure) -> (objects: FrameObjects, content: [UInt8]) {
        try state.withLock { state throws(FrameFailure) in
            let lengths = try lengths(of: frame, state)
            do throws(FrameFailure) {
                let content = try content(of: frame, state)
                if let found = FrameObjects(content: content, lengths: lengths, frameID: frame.id) {
                    return (found, content)
                }
            } catch {
                if case .archive = error { throw error }
            }
            let content = try hashedContent(of: frame, state)
            guard let found = FrameObjects(content: content, lengths: lengths, frameID: frame.id) else {
                throw .damaged(frame, Self.unsound)
            }
            return (found, content)
        }
    }

    private static let unsound = "its content does not hash to its name"

    /// The content by the long way: each frame that it leads through is hashed, and of one that lies in several packs any sound copy will do.
    private func hashedContent(of frame: IndexedFrame, _ state: State) throws(FrameFailure) -> [UInt8] {
        // A pack may have been put back under its name meanwhile.
        state.packs = [:]
        var tried: Set<Int64> = []
        return try hashedContent(of: frame, state, &tried)
    }

    /// - Parameter tried: rows of frames that were not sound, and of those on the way here.
    private func hashedContent(
        of frame: IndexedFrame, _ state: State, _ tried: inout Set<Int64>
    ) throws(FrameFailure) -> [UInt8] {
        guard tried.count < Self.longestChain, tried.insert(frame.row).inserted else {
            throw .damaged(frame, "it leads through more than \(Self.longestChain) frames")
        }
        let prefix = try frame.base.map { base throws(FrameFailure) in try hashedBase(base, of: frame, state, &tried) }
        state.unsound.insert(Place(frame))
        let content = try decode(frame, prefix: prefix ?? [], state)
        guard try isSound(content, of: frame, state) else { throw .damaged(frame, Self.unsound) }
        state.unsound.remove(Place(frame))
        state.cache.keep(content, as: Place(frame), cost: content.count)
        return content
    }

    private func hashedBase(
        _ base: ObjectID, of frame: IndexedFrame, _ state: State, _ tried: inout Set<Int64>
    ) throws(FrameFailure) -> [UInt8] {
        var first: FrameFailure?
        for copy in try copies(of: base) {
            do throws(FrameFailure) {
                return try hashedContent(of: copy, state, &tried)
            } catch {
                if case .archive = error { throw error }
                first = first ?? error
            }
        }
        throw first ?? .baseMissing(frame)
    }

    /// The lengths of the objects in a frame, which the catalog does not hold.
    func lengths(of frame: IndexedFrame) throws(FrameFailure) -> [Int] {
        try state.withLock { state throws(FrameFailure) in try lengths(of: frame, state) }
    }

    /// The frame as it stands in its pack, when it is sound.
    func encoded(_ frame: IndexedFrame) throws(FrameFailure) -> EncodedFrame {
        _ = try soundContent(of: frame)
        return try state.withLock { state throws(FrameFailure) in
            let pack = try open(frame, state)
            let encoded: EncodedFrame?
            do throws(FileError) {
                encoded = try pack.reader.encodedFrame(at: frame.placed.offset)
            } catch {
                throw .archive(.file(error))
            }
            guard let encoded, encoded.header.id == frame.id else { throw .damaged(frame, "no frame begins here") }
            return encoded
        }
    }

    /// Forgets contents and open files: after damage, or when packs have moved.
    func forget() {
        state.withLock { state in
            state.cache.forget()
            state.packs = [:]
            state.unsound = []
        }
    }

    /// Forgets contents: for whoever goes through whole families and needs none of what is behind it. The next ones then come to lie in
    /// the same memory; memory that is new to the process costs verifying a fifth of its time.
    func forgetContents() { state.withLock { $0.cache.forget() } }

    private func content(of frame: IndexedFrame, _ state: State) throws(FrameFailure) -> [UInt8] {
        if let held = state.cache[Place(frame)] { return held }
        var chain = [frame]
        var prefix: [UInt8] = []
        while let last = chain.last, let base = last.base {
            let found = try find(base, for: last, state)
            if let held = state.cache[Place(found)] {
                prefix = held
                break
            }
            guard chain.count < Self.longestChain else {
                throw .damaged(frame, "it leads through more than \(Self.longestChain) frames")
            }
            chain.append(found)
        }
        for link in chain.reversed() {
            prefix = try decode(link, prefix: prefix, state)
            // Nothing builds on a piece, and an object of many is read from its first to its last.
            if case .piece = link.placed.header.kind { continue }
            state.cache.keep(prefix, as: Place(link), cost: prefix.count)
        }
        return prefix
    }

    private func isSound(_ content: [UInt8], of frame: IndexedFrame, _ state: State) throws(FrameFailure) -> Bool {
        guard case .objects = frame.placed.header.kind else { return ObjectID(hashing: content) == frame.id }
        let lengths = try lengths(of: frame, state)
        return FrameObjects(content: content, lengths: lengths, frameID: frame.id) != nil
    }

    private func lengths(of frame: IndexedFrame, _ state: State) throws(FrameFailure) -> [Int] {
        let pack = try open(frame, state)
        let header: FrameHeader?
        do throws(FileError) {
            header = try pack.reader.frame(at: frame.placed.offset)?.header
        } catch {
            throw .archive(.file(error))
        }
        guard let header, case .objects(let lengths) = header.kind, header.contentLength == frame.length else {
            throw .damaged(frame, "no frame begins here")
        }
        return lengths
    }

    private func find(
        _ base: ObjectID, for frame: IndexedFrame, _ state: State
    ) throws(FrameFailure) -> IndexedFrame {
        let found = try frameFailures { () throws(ArchiveError) in
            try catalog.read { db in try IndexedFrame.fetch(base, in: db) }
        }
        guard let found else { throw .baseMissing(frame) }
        if !state.unsound.contains(Place(found)) { return found }
        return try copies(of: base).first { !state.unsound.contains(Place($0)) } ?? found
    }

    private func copies(of frame: ObjectID) throws(FrameFailure) -> [IndexedFrame] {
        try frameFailures { () throws(ArchiveError) in
            try catalog.read { db in try IndexedFrame.fetchCopies(frame, in: db) }
        }
    }

    private func decode(_ frame: IndexedFrame, prefix: [UInt8], _ state: State) throws(FrameFailure) -> [UInt8] {
        let pack = try open(frame, state)
        do throws(PackError) {
            return try pack.reader.content(of: frame.placed, prefix: prefix, with: state.decompressor)
        } catch {
            switch error {
            case .file(let error): throw .archive(.file(error))
            case .damage(let damage): throw .damaged(frame, damage.reason)
            }
        }
    }

    private func open(_ frame: IndexedFrame, _ state: State) throws(FrameFailure) -> OpenPack {
        if let held = state.packs[frame.pack] { return held }
        do throws(FileError) {
            let opened = try OpenPack(folder: folder, name: frame.pack)
            if state.packs.count >= Self.mostPacks { state.packs = [:] }
            state.packs[frame.pack] = opened
            return opened
        } catch {
            throw error.isMissing ? .packMissing(frame) : .archive(.file(error))
        }
    }
}
