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

    private final class State {
        let decompressor = Decompressor()
        // By what names the content, so that a catalog rebuilt meanwhile cannot make one frame pass for another.
        var cache: RecentlyUsed<ObjectID, [UInt8]>
        var packs: [String: OpenPack] = [:]
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

    /// The frame's content; what it hashes to is for the caller to check.
    func content(of frame: IndexedFrame) throws(FrameFailure) -> [UInt8] {
        try state.withLock { state throws(FrameFailure) in try content(of: frame, state) }
    }

    /// The frame's content if it is what the frame's id names.
    func soundContent(of frame: IndexedFrame) throws(FrameFailure) -> [UInt8] {
        try state.withLock { state throws(FrameFailure) in
            let content = try content(of: frame, state)
            guard try isSound(content, of: frame, state) else {
                throw .damaged(frame, "its content does not hash to its name")
            }
            return content
        }
    }

    /// The first frame without which `frame` cannot be read, and what is wrong with it; nil when all is well.
    func diagnose(_ frame: IndexedFrame) throws(FrameFailure) -> (frame: IndexedFrame, reason: String)? {
        try state.withLock { state throws(FrameFailure) in
            state.cache.forget()
            var chain = [frame]
            while let last = chain.last, let base = last.base, chain.count < Self.longestChain {
                chain.append(try find(base, for: last))
            }
            for link in chain.reversed() {
                let content = try content(of: link, state)
                guard try isSound(content, of: link, state) else {
                    return (link, "its content does not hash to its name")
                }
            }
            return nil
        }
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
        }
    }

    private func content(of frame: IndexedFrame, _ state: State) throws(FrameFailure) -> [UInt8] {
        if let held = state.cache[frame.id] { return held }
        var chain = [frame]
        var prefix: [UInt8] = []
        while let last = chain.last, let base = last.base {
            if let held = state.cache[base] {
                prefix = held
                break
            }
            guard chain.count < Self.longestChain else {
                throw .damaged(frame, "it leads through more than \(Self.longestChain) frames")
            }
            chain.append(try find(base, for: last))
        }
        for link in chain.reversed() {
            prefix = try decode(link, prefix: prefix, state)
            // Nothing builds on a piece, and an object of many is read from its first to its last.
            if case .piece = link.placed.header.kind { continue }
            state.cache.keep(prefix, as: link.id, cost: prefix.count)
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

    private func find(_ base: ObjectID, for frame: IndexedFrame) throws(FrameFailure) -> IndexedFrame {
        let found: IndexedFrame?
        do throws(ArchiveError) {
            found = try catalog.read { db in try IndexedFrame.fetch(base, in: db) }
        } catch {
            throw .archive(error)
        }
        guard let found else { throw .baseMissing(frame) }
        return found
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
