internal import Storage

/// Reading and writing files.
extension SFTPSession {
    /// OPEN's flags (section 6.3).
    private static let read: UInt32 = 1
    private static let writeNew: UInt32 = 2 | 8 | 0x20
    /// How old a temporary file is before it counts as left behind.
    private static let stale: UInt32 = 86_400

    // MARK: Reading

    /// Reads a file from `offset` on, in order, until it has `size` bytes; all it has when that is nil.
    ///
    /// - Parameters:
    ///   - limit: of the size.
    ///   - take: is given the bytes, a part after the other.
    /// - Returns: false when there is no such file.
    mutating func read(
        _ path: String, from offset: Int, size: Int?, limit: Int, take: (ArraySlice<UInt8>) throws(SFTPFailure) -> Void
    ) throws(SFTPFailure) -> Bool {
        let handle: [UInt8]
        do throws(SFTPFailure) {
            let request = send(.open, SSHWire.string(path), SSHWire.uint32(Self.read) + SSHWire.uint32(0))
            handle = try self.handle(from: request, doing: "read it")
        } catch {
            if case .status(let status, _) = error, status.code == SFTPStatus.missing { return false }
            throw error
        }
        defer {
            ignoreAll()
            close(handle)
        }
        let asking = send(.handleAttributes, SSHWire.string(handle))
        // Most files are small: they come with the answer to how large they are.
        let first = request(handle, at: offset, count: Self.part)
        let found = try attributes(from: asking, doing: "read it")
        guard !found.isFolder, let whole = found.size else { throw .damaged("it is no file") }
        if let size, whole != size { throw .damaged("it does not have \(size) bytes") }
        guard whole <= limit else { throw .damaged("it is larger than any such file can be") }
        guard offset < whole else { return true }
        var flow = Flow(handle: handle, next: min(whole, offset + Self.part), end: whole)
        flow.parts.append(Part(request: first, offset: offset, count: min(Self.part, whole - offset)))
        try drain(&flow, take: take)
        return true
    }

    /// A range that has been asked for.
    private struct Part {
        var request: UInt32
        var offset: Int
        var count: Int
    }

    private struct Flow {
        let handle: [UInt8]
        /// From where on nothing has been asked for.
        var next: Int
        let end: Int
        /// In order.
        var parts: [Part] = []
        /// How much to ask for at a time: servers may give less than that.
        var size = SFTPSession.part
    }

    private mutating func request(_ handle: [UInt8], at offset: Int, count: Int) -> UInt32 {
        send(.read, SSHWire.string(handle), SSHWire.uint64(UInt64(offset)) + SSHWire.uint32(UInt32(count)))
    }

    private mutating func drain(
        _ flow: inout Flow, take: (ArraySlice<UInt8>) throws(SFTPFailure) -> Void
    ) throws(SFTPFailure) {
        while true {
            while flow.next < flow.end, flow.parts.count < Self.inFlight {
                let count = min(flow.size, flow.end - flow.next)
                let id = request(flow.handle, at: flow.next, count: count)
                flow.parts.append(Part(request: id, offset: flow.next, count: count))
                flow.next += count
            }
            guard let part = flow.parts.first else { return }
            let bytes = try data(part)
            try take(bytes)
            if bytes.count == part.count {
                flow.parts.removeFirst()
                continue
            }
            flow.size = max(1024, min(flow.size, bytes.count))
            let rest = (offset: part.offset + bytes.count, count: part.count - bytes.count)
            let id = request(flow.handle, at: rest.offset, count: rest.count)
            flow.parts[0] = Part(request: id, offset: rest.offset, count: rest.count)
        }
    }

    private mutating func data(_ part: Part) throws(SFTPFailure) -> ArraySlice<UInt8> {
        switch try reply(to: part.request) {
        case .data(let bytes):
            guard !bytes.isEmpty else { throw .broken("data without bytes") }
            guard bytes.count <= part.count else {
                // The first request is made before the size is known.
                guard part.count < Self.part, bytes.count <= Self.part else { throw .broken("more than was asked for") }
                throw .damaged("it is longer than it was said to be")
            }
            return bytes
        case .status(let status):
            guard status.code == SFTPStatus.endOfFile else { throw .status(status, doing: "read it") }
            throw .damaged("it is shorter than it was said to be")
        default: throw .broken("an answer of another kind")
        }
    }

    // MARK: Writing

    /// Writes a file under another name, makes it durable, and gives it its own.
    ///
    /// - Parameters:
    ///   - tag: what no other who writes at the same time has.
    ///   - source: the next bytes, at most so many; none at the end.
    ///   - progress: told the bytes that have arrived.
    mutating func write(
        _ name: String, in folder: String, tag: String, source: (Int) throws(FileError) -> [UInt8],
        progress: (Int) -> Void
    ) throws(SFTPFailure) {
        let temporary = "\(folder)/.tmp-\(tag)"
        let (handle, folderHandle) = try create(temporary, in: folder)
        do throws(SFTPFailure) {
            if !swept.contains(folder) { try sweep(folder, besides: handle) }
            do throws(SFTPFailure) { try fill(handle, source: source, progress: progress) } catch {
                close(handle)
                throw error
            }
            try replace("\(folder)/\(name)", by: temporary)
        } catch {
            throw try givenUp(temporary, in: folder, because: error)
        }
        if let folderHandle { try syncFolder(folderHandle) }
    }

    /// Opens the new file, and its folder to sync it later, where that can be done.
    private mutating func create(
        _ temporary: String, in folder: String
    ) throws(SFTPFailure) -> (file: [UInt8], folder: [UInt8]?) {
        var hasMadeFolder = false
        while true {
            let flags = SSHWire.uint32(Self.writeNew) + SSHWire.uint32(0)
            let file = send(.open, SSHWire.string(temporary), flags)
            let opening = extensions.contains(.sync) ? openingFolder(folder) : nil
            let answer = try reply(to: file)
            let folderHandle = try opening.flatMap { (id) throws(SFTPFailure) in try self.folderHandle(id) }
            if case .handle(let handle) = answer { return (handle, folderHandle) }
            if let folderHandle { close(folderHandle) }
            guard case .status(let status) = answer, status.code != SFTPStatus.ok else {
                throw .broken("an answer of another kind")
            }
            guard status.code == SFTPStatus.missing, !hasMadeFolder else {
                throw try explained(status, in: folder, doing: "write it")
            }
            try makeFolder(folder)
            hasMadeFolder = true
        }
    }

    /// Writes all, syncs and closes. A request that concerns the same file is never done before an earlier one, so that all can be on
    /// their way together.
    private mutating func fill(
        _ handle: [UInt8], source: (Int) throws(FileError) -> [UInt8], progress: (Int) -> Void
    ) throws(SFTPFailure) {
        let name = SSHWire.string(handle)
        var offset = 0
        var parts: [(request: UInt32, count: Int)] = []
        var isAtEnd = false
        while true {
            while !isAtEnd, parts.count < Self.inFlight {
                let bytes: [UInt8]
                do throws(FileError) { bytes = try source(Self.part) } catch { throw .file(error) }
                if bytes.isEmpty {
                    isAtEnd = true
                } else {
                    let head = name + SSHWire.uint64(UInt64(offset)) + SSHWire.uint32(UInt32(bytes.count))
                    parts.append((send(.write, head, bytes), bytes.count))
                    offset += bytes.count
                }
            }
            guard let part = parts.first else { break }
            try succeed(part.request, doing: "write it")
            progress(part.count)
            parts.removeFirst()
        }
        let sync = extensions.contains(.sync) ? send(.sync, name) : nil
        let close = send(.close, name)
        if let sync { try succeed(sync, doing: "make it durable", within: patience(forSyncing: offset)) }
        try succeed(close, doing: "write it", within: patience(forSyncing: offset))
    }

    /// Cleans up after a file that could not be written, and says why it could not.
    private mutating func givenUp(
        _ temporary: String, in folder: String, because failure: SFTPFailure
    ) throws(SFTPFailure) -> SFTPFailure {
        if case .ended = failure { return failure }
        ignoreAll()
        var reason = failure
        if case .status(let status, let doing) = failure { reason = try explained(status, in: folder, doing: doing) }
        _ = try status(of: send(.remove, SSHWire.string(temporary)))
        return reason
    }

    /// Removes what was left behind by others who were interrupted, once in a session. Time is the other machine's: a file that was
    /// made just now tells it.
    private mutating func sweep(_ folder: String, besides handle: [UInt8]) throws(SFTPFailure) {
        swept.insert(folder)
        let request = send(.handleAttributes, SSHWire.string(handle))
        let now: UInt32
        let entries: [SFTPEntry]
        do throws(SFTPFailure) {
            now = try attributes(from: request, doing: "write it").changed ?? 0
            entries = try self.entries(of: folder) ?? []
        } catch {
            // A folder may be one to put files into and not to look at.
            if case .status = error { return }
            throw error
        }
        for entry in entries {
            guard let name = entry.name, name.hasPrefix(SSHRemote.temporary), let changed = entry.attributes.changed,
                changed < now, now - changed > Self.stale
            else { continue }
            // Whose it is, or whether it is still there, is nothing to us.
            _ = try status(of: send(.remove, SSHWire.string("\(folder)/\(name)")))
        }
    }
}
