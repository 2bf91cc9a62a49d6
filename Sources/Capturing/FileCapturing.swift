public import Diffing
internal import Extraction
public import Models
public import Storage

/// What the user says about captures that their files do not.
public struct CaptureOptions: Sendable {
    public var url: String?
    /// An article key that wins over the computed one.
    public var article: String?
    public var capturedAt: ObservationTime
    public var mediaType: String?

    /// When the page is said to have been observed.
    public enum ObservationTime: Hashable, Sendable {
        /// When stet reads it: the only time that stet itself can vouch for.
        case now
        case at(Timestamp)
        /// When the file was last changed: for folders of pages that were saved earlier.
        case fileTime
    }

    public init(
        url: String? = nil, article: String? = nil, capturedAt: ObservationTime = .now, mediaType: String? = nil
    ) {
        self.url = url
        self.article = article
        self.capturedAt = capturedAt
        self.mediaType = mediaType
    }
}

/// Why nothing could be captured from a source.
public enum CaptureFailure: Hashable, Sendable, CustomStringConvertible {
    case file(FileError)
    case empty
    case notAFile

    public var description: String {
        switch self {
        case .file(let error): error.reason
        case .empty: "it is empty"
        case .notAFile: "it is neither a file nor a folder"
        }
    }

    public var isMissing: Bool {
        if case .file(let error) = self { return error.isMissing }
        return false
    }
}

/// Captures files into an archive, in batches, several at a time.
public struct FileCapturing: Sendable {
    /// What became of one source.
    public struct Outcome: Sendable {
        public enum Result: Sendable {
            case recorded(Recorded)
            case failed(CaptureFailure)
        }
        public let source: String
        public let result: Result
        /// What the user should know about it although it was recorded.
        public let notice: String?
        /// How the page looks on its own, without the article's earlier states; nil for what is no text or was not recorded.
        public let health: PageHealth?

        package init(source: String, result: Result, notice: String?, health: PageHealth? = nil) {
            self.source = source
            self.result = result
            self.notice = notice
            self.health = health
        }
    }

    private let archive: Archive
    private let options: CaptureOptions
    private let tool: String
    private let clock: @Sendable () -> Timestamp

    public init(_ archive: Archive, options: CaptureOptions, tool: String, clock: @escaping @Sendable () -> Timestamp) {
        self.archive = archive
        self.options = options
        self.tool = tool
        self.clock = clock
    }

    /// Reads and records `sources`; `report` is told about each as soon as it is durable, in the order given.
    ///
    /// - Throws: when the archive itself cannot be written. What was reported before is safe.
    public func capture(_ sources: [CaptureSource], report: (Outcome) throws -> Void) async throws {
        var start = 0
        while start < sources.count {
            var batch = try CaptureBatch(archive)
            var pending: [Pending] = []
            while start < sources.count, batch.size < CaptureBatch.comfortableSize, batch.count < 4096 {
                let window = sources[start..<min(start + 32, sources.count)]
                for prepared in await prepare(window) {
                    pending.append(try add(prepared, to: &batch))
                }
                start += window.count
            }
            let recorded = try batch.commit()
            try deliver(pending, recorded, report)
        }
    }

    /// A source on its way: its place in the batch, or why it has none.
    private enum Pending {
        case added(String, notice: String?, health: PageHealth?)
        case failed(String, CaptureFailure)
    }

    private func deliver(_ pending: [Pending], _ recorded: [Recorded], _ report: (Outcome) throws -> Void) rethrows {
        var next = recorded.makeIterator()
        for item in pending {
            switch item {
            case .added(let source, let notice, let health):
                guard let recorded = next.next() else { return }
                try report(Outcome(source: source, result: .recorded(recorded), notice: notice, health: health))
            case .failed(let source, let failure):
                try report(Outcome(source: source, result: .failed(failure), notice: nil))
            }
        }
    }

    /// A source that was read, or is too large to be held, or could not be read.
    private enum Prepared: Sendable {
        case ready(CaptureSource, Observation, notice: String?, health: PageHealth?)
        case large(CaptureSource, capturedAt: Timestamp)
        case failed(CaptureSource, CaptureFailure)
    }

    /// Reads and interprets on all cores.
    private func prepare(_ window: ArraySlice<CaptureSource>) async -> [Prepared] {
        await withTaskGroup(of: (Int, Prepared).self) { group in
            for (index, source) in zip(window.indices, window) {
                group.addTask { @concurrent in (index, self.prepare(source)) }
            }
            var all: [(Int, Prepared)] = []
            for await item in group { all.append(item) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func prepare(_ source: CaptureSource) -> Prepared {
        do throws(FileError) {
            switch source.place {
            case .standardInput:
                let payload = try Files.readStandardInput()
                return payload.isEmpty ? .failed(source, .empty) : ready(source, payload, capturedAt: try time(of: nil))
            case .file(let path):
                guard Files.isRegular(path) else { return .failed(source, .notAFile) }
                let time = try time(of: path)
                if try Files.size(path) > CaptureBatch.largestShared { return .large(source, capturedAt: time) }
                let payload = try Files.read(path)
                return payload.isEmpty ? .failed(source, .empty) : ready(source, payload, capturedAt: time)
            }
        } catch {
            return .failed(source, .file(error))
        }
    }

    private func time(of path: String?) throws(FileError) -> Timestamp {
        switch options.capturedAt {
        case .now: clock()
        case .at(let time): time
        case .fileTime: try path.map { path throws(FileError) in try Files.changed(path) } ?? clock()
        }
    }

    private func ready(_ source: CaptureSource, _ payload: [UInt8], capturedAt: Timestamp) -> Prepared {
        let reading = ArticleReader.read(payload, mediaType: options.mediaType, url: options.url)
        let detail = detail(
            source, capturedAt: capturedAt, payload: ObjectID(hashing: payload), size: payload.count,
            mediaType: reading.mediaType)
        let interpretation = archive.interpret(detail, reading.revision)
        return .ready(
            source, Observation(detail: detail, payload: payload, interpretation: interpretation),
            notice: notice(reading),
            health: reading.revision.map { PageHealth.judge(CapturedPage(revision: $0), earlier: []) })
    }

    private func notice(_ reading: ArticleReader.Reading) -> String? {
        if reading.form == .binary { return "no text (\(reading.mediaType)): kept as it is" }
        if reading.malformed > 0, let name = reading.characterSet {
            return
                "\(reading.malformed) bytes are not valid \(name) and show as \u{FFFD}; the original is kept as it is"
        }
        return nil
    }

    private func detail(
        _ source: CaptureSource, capturedAt: Timestamp, payload: ObjectID, size: Int, mediaType: String
    ) -> CaptureDetail {
        var random = SystemRandomNumberGenerator()
        return CaptureDetail(
            url: options.url, article: options.article, capturedAt: capturedAt, payload: payload, size: size,
            mediaType: mediaType, status: nil, headers: nil, outcome: "ok",
            via: .init(source: source.kind, path: source.relativePath, tool: tool), salt: Salt(using: &random))
    }

    private func add(_ prepared: Prepared, to batch: inout CaptureBatch) throws(ArchiveError) -> Pending {
        switch prepared {
        case .ready(let source, let observation, let notice, let health):
            batch.add(observation)
            return .added(source.name, notice: notice, health: health)
        case .failed(let source, let failure): return .failed(source.name, failure)
        case .large(let source, let capturedAt): return try addLarge(source, capturedAt, to: &batch)
        }
    }

    /// A payload that is not held in memory unless it may be an article.
    private func addLarge(
        _ source: CaptureSource, _ capturedAt: Timestamp, to batch: inout CaptureBatch
    ) throws(ArchiveError) -> Pending {
        guard case .file(let path) = source.place else { return .failed(source.name, .notAFile) }
        let file: OpenFile
        let start: [UInt8]
        do throws(FileError) {
            let opened = try OpenFile(reading: path)
            start = try opened.read(1 << 16, at: 0)
            file = opened
        } catch {
            return .failed(source.name, .file(error))
        }
        let (id, size) = try batch.store(large: file)
        var reading = ArticleReader.read(start, mediaType: options.mediaType, url: options.url)
        let isText = reading.form != .binary && size <= Interpreter.largestText
        if isText {
            do throws(FileError) {
                reading = ArticleReader.read(try file.read(size, at: 0), mediaType: options.mediaType, url: options.url)
            } catch {
                return .failed(source.name, .file(error))
            }
        }
        let detail = detail(source, capturedAt: capturedAt, payload: id, size: size, mediaType: reading.mediaType)
        let interpretation = archive.interpret(detail, isText ? reading.revision : nil)
        batch.add(Observation(detail: detail, payload: nil, interpretation: interpretation))
        let tooLarge = "larger than \(Interpreter.largestText >> 20) MiB: kept, but not read as an article"
        return .added(source.name, notice: isText || reading.form == .binary ? notice(reading) : tooLarge, health: nil)
    }
}

extension Archive {
    /// The interpretation of a payload that was read already.
    func interpret(_ detail: CaptureDetail, _ revision: Revision?) -> Interpretation {
        Interpretation(key: Interpreter.key(detail, revision: revision), revision: revision)
    }
}
