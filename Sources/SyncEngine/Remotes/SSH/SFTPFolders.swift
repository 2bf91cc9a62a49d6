/// Folders, and files by name.
extension SFTPSession {
    /// No remote has so many files. A folder that is listed without end would fill the memory.
    private static let mostFiles = 1_000_000
    /// Requests for more names, on their way at once. OpenSSH answers each with 100.
    private static let inFlightNames = 16

    /// All in a folder; nil when there is none.
    mutating func entries(of folder: String) throws(SFTPFailure) -> [SFTPEntry]? {
        let handle: [UInt8]
        do throws(SFTPFailure) {
            handle = try self.handle(from: send(.openFolder, SSHWire.string(folder)), doing: "list \(folder)")
        } catch {
            if case .status(let status, _) = error, status.code == SFTPStatus.missing { return nil }
            throw error
        }
        defer {
            ignoreAll()
            close(handle)
        }
        var entries: [SFTPEntry] = []
        var requests: [UInt32] = []
        var isAtEnd = false
        while !isAtEnd || !requests.isEmpty {
            while !isAtEnd, requests.count < Self.inFlightNames {
                requests.append(send(.readFolder, SSHWire.string(handle)))
            }
            switch try reply(to: requests.removeFirst()) {
            case .names(let more):
                guard !more.isEmpty else { throw .broken("a list without names") }
                entries += more
            case .status(let status):
                // What else was asked for past the end may come to anything.
                guard isAtEnd || status.code == SFTPStatus.endOfFile else {
                    throw .status(status, doing: "list \(folder)")
                }
                isAtEnd = true
            default: throw .broken("an answer of another kind")
            }
            guard entries.count <= Self.mostFiles else {
                throw .broken("more than \(Self.mostFiles) files in a folder")
            }
        }
        return entries
    }

    /// Makes a folder and every missing one above it; it is no error when there is one.
    mutating func makeFolder(_ folder: String) throws(SFTPFailure) {
        let doing = "make the folder \(folder)"
        var status = try status(of: send(.makeFolder, SSHWire.string(folder), SSHWire.uint32(0)))
        if status.code == SFTPStatus.missing, let parent = Self.parent(of: folder) {
            try makeFolder(parent)
            status = try self.status(of: send(.makeFolder, SSHWire.string(folder), SSHWire.uint32(0)))
        }
        if status.code == SFTPStatus.ok {
            try syncFolder(Self.parent(of: folder) ?? ".")
            return
        }
        // Another may have made it at the same time; servers do not say why they fail.
        if case .attributes(let found) = try reply(to: send(.attributes, SSHWire.string(folder))), found.isFolder {
            return
        }
        throw try explained(status, in: folder, doing: doing)
    }

    /// A new name is durable then, as far as the other machine can tell. Some servers cannot open folders.
    private mutating func syncFolder(_ folder: String) throws(SFTPFailure) {
        guard extensions.contains(.sync) else { return }
        if let handle = try folderHandle(openingFolder(folder)) { try syncFolder(handle) }
    }

    mutating func openingFolder(_ folder: String) -> UInt32 {
        send(.open, SSHWire.string(folder), SSHWire.uint32(1) + SSHWire.uint32(0))
    }

    mutating func folderHandle(_ opening: UInt32) throws(SFTPFailure) -> [UInt8]? {
        if case .handle(let handle) = try reply(to: opening) { return handle }
        return nil
    }

    mutating func syncFolder(_ handle: [UInt8]) throws(SFTPFailure) {
        let request = send(.sync, SSHWire.string(handle))
        close(handle)
        _ = try reply(to: request, within: patience(forSyncing: 0))
    }

    /// A slow stick takes its time for what has been written.
    func patience(forSyncing bytes: Int) -> Duration { patience.answer + .seconds(bytes >> 19) }

    private static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
        return String(path[..<slash])
    }

    mutating func remove(_ path: String) throws(SFTPFailure) {
        let status = try status(of: send(.remove, SSHWire.string(path)))
        guard status.code == SFTPStatus.ok || status.code == SFTPStatus.missing else {
            throw .status(status, doing: "remove it")
        }
    }

    /// Puts a file in another's place.
    mutating func replace(_ path: String, by temporary: String) throws(SFTPFailure) {
        let names = SSHWire.string(temporary) + SSHWire.string(path)
        if extensions.contains(.posixRename) {
            return try succeed(send(.posixRename, names), doing: "rename it")
        }
        // The plain rename refuses to replace.
        if try status(of: send(.rename, names)).code == SFTPStatus.ok { return }
        try remove(path)
        try succeed(send(.rename, names), doing: "rename it")
    }

    /// A failure for which servers have no words may be a full disk: asks for the space that is left.
    mutating func explained(
        _ status: SFTPStatus, in folder: String, doing: String
    ) throws(SFTPFailure) -> SFTPFailure {
        let plain = SFTPFailure.status(status, doing: doing)
        guard status.code == SFTPStatus.failure, extensions.contains(.fileSystem),
            case .extended(let bytes) = try reply(to: send(.fileSystem, SSHWire.string(folder)))
        else { return plain }
        var reader = SSHReader(bytes)
        let fields = (0..<11).compactMap { _ in reader.uint64() }
        guard fields.count == 11 else { return plain }
        // Fragment size, blocks and files that are left for us, files altogether.
        let (space, isOver) = fields[1].multipliedReportingOverflow(by: fields[4])
        if !isOver, space < 1 << 20 { return .refused("\(doing): no space left on its disk") }
        if fields[5] > 0, fields[7] == 0 { return .refused("\(doing): no room for more files on its disk") }
        return plain
    }
}
