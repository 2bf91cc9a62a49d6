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
    /// Whether payloads are read as articles; if not, each payload counts as a revision of its own until the next reindexing.
    public var extracts = true

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
    /// While one batch is being compressed and written, the next one is read.
    ///
    /// - Throws: when the archive itself cannot be written. What was reported before is safe.
    public func capture(_ sources: [CaptureSource], report: (Outcome) throws -> Void) async throws {
        var start = 0
        var earlier: (pending: [Pending], recording: Task<[Recorded], any Error>)?
        while start < sources.count {
            var batch = Batch()
            while start < sources.count, batch.size < Archive.comfortableBatch, batch.observations.count < 4096 {
                let window = sources[start..<min(start + Self.window, sources.count)]
                for prepared in await prepare(window) { try batch.add(add(prepared)) }
                start += window.count
            }
            if let earlier { try deliver(earlier.pending, try await earlier.recording.value, report) }
            let (archive, observations) = (archive, batch.observations)
            earlier = (batch.pending, Task.detached { try archive.record(observations) })
        }
        if let earlier { try deliver(earlier.pending, try await earlier.recording.value, report) }
    }

    /// Sources that are read together.
    private static let window = 128

    /// What will be recorded together.
    private struct Batch {
        var pending: [Pending] = []
        var observations: [Observation] = []
        var size = 0

        mutating func add(_ added: (pending: Pending, observation: Observation?)) {
            pending.append(added.pending)
            guard let observation = added.observation else { return }
            observations.append(observation)
            size += (observation.payload?.bytes.count ?? 0) + 512
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
        let sources = Array(window)
        let tickets = Tickets()
        return await withTaskGroup(of: [(Int, Prepared)].self) { group in
            for _ in 0..<Cores.count {
                group.addTask { @concurrent in
                    var own: [(Int, Prepared)] = []
                    while true {
                        let index = tickets.take()
                        guard index < sources.count else { return own }
                        own.append((index, self.prepare(sources[index])))
                    }
                }
            }
            var all: [(Int, Prepared)] = []
            for await part in group { all += part }
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
                if try Files.size(path) > Archive.largestShared { return .large(source, capturedAt: time) }
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
        let reading = reading(payload)
        let object = Payload(payload)
        let detail = detail(
            source, capturedAt: capturedAt, payload: object.id, size: payload.count,
            mediaType: reading.mediaType)
        let interpretation = archive.interpret(detail, options.extracts ? reading.revision : nil)
        return .ready(
            source, Observation(detail: detail, payload: object, interpretation: interpretation),
            notice: notice(reading),
            health: options.extracts
                ? reading.revision.map { PageHealth.judge(CapturedPage(revision: $0), earlier: []) } : nil)
    }

    /// Without extraction, the beginning alone says what kind of thing it is.
    private func reading(_ payload: [UInt8]) -> ArticleReader.Reading {
        guard options.extracts else {
            return ArticleReader.recognize(Array(payload.prefix(512)), mediaType: options.mediaType)
        }
        return ArticleReader.read(payload, mediaType: options.mediaType, url: options.url)
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

    private func add(_ prepared: Prepared) throws(ArchiveError) -> (Pending, Observation?) {
        switch prepared {
        case .ready(let source, let observation, let notice, let health):
            (.added(source.name, notice: notice, health: health), observation)
        case .failed(let source, let failure): (.failed(source.name, failure), nil)
        case .large(let source, let capturedAt): try addLarge(source, capturedAt)
        }
    }

    /// A payload that is not held in memory unless it may be an article.
    private func addLarge(
        _ source: CaptureSource, _ capturedAt: Timestamp
    ) throws(ArchiveError) -> (Pending, Observation?) {
        guard case .file(let path) = source.place else { return (.failed(source.name, .notAFile), nil) }
        let file: OpenFile
        let start: [UInt8]
        do throws(FileError) {
            let opened = try OpenFile(reading: path)
            start = try opened.read(1 << 16, at: 0)
            file = opened
        } catch {
            return (.failed(source.name, .file(error)), nil)
        }
        let (id, size) = try archive.store(large: file)
        var reading = ArticleReader.read(start, mediaType: options.mediaType, url: options.url)
        let isText = options.extracts && reading.form != .binary && size <= Interpreter.largestText
        if isText {
            do throws(FileError) {
                reading = ArticleReader.read(try file.read(size, at: 0), mediaType: options.mediaType, url: options.url)
            } catch {
                return (.failed(source.name, .file(error)), nil)
            }
        }
        let detail = detail(source, capturedAt: capturedAt, payload: id, size: size, mediaType: reading.mediaType)
        let interpretation = archive.interpret(detail, isText ? reading.revision : nil)
        let observation = Observation(detail: detail, payload: nil, interpretation: interpretation)
        let tooLarge = "larger than \(Interpreter.largestText >> 20) MiB: kept, but not read as an article"
        let notice = isText || reading.form == .binary ? notice(reading) : tooLarge
        return (.added(source.name, notice: notice, health: nil), observation)
    }
}

extension Archive {
    /// The interpretation of a payload that was read already.
    func interpret(_ detail: CaptureDetail, _ revision: Revision?) -> Interpretation {
        Interpretation(key: Interpreter.key(detail, revision: revision), revision: revision)
    }
}
