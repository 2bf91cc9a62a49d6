internal import Extraction
public import Models
public import Storage
internal import WebArchives

/// What the user says about captures that their files do not.
public struct CaptureOptions: Sendable {
    public var url: String?
    /// An article key that wins over the computed one.
    public var article: String?
    public var capturedAt: ObservationTime
    public var mediaType: String?
    /// Whether payloads are read as articles; if not, each payload counts as a revision of its own until the next reindexing.
    public var extracts = true
    /// Whether what does not have the digest that its web archive states is captured all the same.
    public var keepsDamaged = false

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
    /// A web archive that cannot be read, in plain words.
    case webArchive(String)
    /// A part of a web archive, in plain words.
    case record(String)

    public var description: String {
        switch self {
        case .file(let error): error.reason
        case .empty: "it is empty"
        case .notAFile: "it is neither a file nor a folder"
        case .webArchive(let reason), .record(let reason): reason
        }
    }

    public var isMissing: Bool {
        if case .file(let error) = self { return error.isMissing }
        return false
    }
}

/// Captures files into an archive, in batches, several at a time.
public struct FileCapturing: Sendable {
    let archive: Archive
    let options: CaptureOptions
    let tool: String
    private let clock: @Sendable () -> Timestamp

    public init(_ archive: Archive, options: CaptureOptions, tool: String, clock: @escaping @Sendable () -> Timestamp) {
        self.archive = archive
        self.options = options
        self.tool = tool
        self.clock = clock
    }

    /// Reads and records `sources`; `report` is told about each as soon as it is durable, in the order given.
    ///
    /// While one batch is being compressed, written and assessed, the next one is read.
    ///
    /// - Parameter assess: given each batch as it was recorded, says what each of its captures turned out to be.
    /// - Throws: when the archive itself cannot be written, and what `assess` throws. What was reported before is safe.
    public func capture<Verdict>(
        _ sources: [CaptureSource], assess: @escaping @Sendable ([Observation], [Recorded]) throws -> [Verdict],
        report: (CaptureOutcome<Verdict>) throws -> Void
    ) async throws {
        var queue = RecordingQueue(archive, isTimed: options.capturedAt == .now, assess: assess)
        for start in stride(from: 0, to: sources.count, by: Self.window) {
            let window = sources[start..<min(start + Self.window, sources.count)]
            let prepared = Cores.map(window.count) { index, _ in prepare(window[window.startIndex + index]) }
            for prepared in prepared {
                if case .webArchive(let source, let form, let file) = prepared {
                    try await captureWebArchive(source, form, file, into: &queue, report: report)
                } else {
                    try await queue.add(try finished(prepared), report: report)
                }
            }
        }
        try await queue.finish(report: report)
    }

    /// Sources that are read together.
    private static let window = 128

    /// A source that was read, or is too large to be held, or could not be read.
    private enum Prepared: Sendable {
        case ready(CaptureSource, Observation, notice: String?, hasOwnTime: Bool)
        case large(CaptureSource, capturedAt: Timestamp)
        case webArchive(CaptureSource, WebArchiveForm, InputFile)
        case failed(CaptureSource, CaptureFailure)
    }

    /// Reads and interprets.
    private func prepare(_ source: CaptureSource) -> Prepared {
        do throws(FileError) {
            switch source.place {
            case .standardInput:
                let payload = try Files.readStandardInput()
                if let form = WebArchiveForm.recognise(name: "-", beginning: Array(payload.prefix(8192))) {
                    return webArchive(source, form) { () throws(WebArchiveError) in try InputFile(holding: payload) }
                }
                return payload.isEmpty ? .failed(source, .empty) : ready(source, payload, capturedAt: try time(of: nil))
            case .file(let path):
                guard Files.isRegular(path) else { return .failed(source, .notAFile) }
                let time = try time(of: path)
                let size = try Files.size(path)
                let isLarge = size > Archive.largestShared
                let payload = isLarge ? try OpenFile(reading: path).read(1 << 16, at: 0) : try Files.read(path)
                if size > 0, let form = WebArchiveForm.recognise(name: path, beginning: Array(payload.prefix(8192))) {
                    return webArchive(source, form) { () throws(WebArchiveError) in try InputFile(path: path) }
                }
                if isLarge { return .large(source, capturedAt: time) }
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
        let (url, ownTime) = stated(in: payload)
        let reading = reading(payload, url: url)
        let object = Payload(payload)
        let detail = detail(
            source, url: url, capturedAt: ownTime ?? capturedAt, payload: object.id, size: payload.count,
            mediaType: reading.mediaType, saysItself: url != options.url || ownTime != nil)
        let interpretation = archive.interpret(detail, options.extracts ? reading.revision : nil)
        return .ready(
            source, Observation(detail: detail, payload: object, interpretation: interpretation),
            notice: reading.notice, hasOwnTime: ownTime != nil)
    }

    /// What the user says of a page, else what the page says of how it was saved.
    private func stated(in beginning: [UInt8]) -> (url: String?, time: Timestamp?) {
        let note = SavedPageNote(parsing: beginning)
        return (
            options.url ?? note?.url.flatMap { ArticleKey(url: $0) == nil ? nil : $0 },
            options.capturedAt == .now ? note?.savedAt : nil
        )
    }

    /// Without extraction, the beginning alone says what kind of thing it is.
    private func reading(_ payload: [UInt8], url: String?) -> ArticleReader.Reading {
        guard options.extracts else {
            return ArticleReader.recognize(Array(payload.prefix(512)), mediaType: options.mediaType)
        }
        return ArticleReader.read(payload, mediaType: options.mediaType, url: url)
    }

    private func detail(
        _ source: CaptureSource, url: String?, capturedAt: Timestamp, payload: ObjectID, size: Int, mediaType: String,
        saysItself: Bool = false
    ) -> CaptureDetail {
        var random = SystemRandomNumberGenerator()
        return CaptureDetail(
            url: url, article: options.article, capturedAt: capturedAt, payload: payload, size: size,
            mediaType: mediaType, status: nil, headers: nil, outcome: "ok",
            via: .init(source: saysItself ? "saved" : source.kind, path: source.relativePath, tool: tool),
            salt: Salt(using: &random))
    }

    private func finished(_ prepared: Prepared) throws(ArchiveError) -> PreparedCapture {
        switch prepared {
        case .ready(let source, let observation, let notice, let hasOwnTime):
            .ready(
                source: source.name, url: observation.detail.url, observation, notice: notice, hasOwnTime: hasOwnTime)
        case .webArchive(let source, _, _): failed(source, .notAFile)
        case .failed(let source, let failure): failed(source, failure)
        case .large(let source, let capturedAt): try large(source, capturedAt)
        }
    }

    private func webArchive(
        _ source: CaptureSource, _ form: WebArchiveForm, _ open: () throws(WebArchiveError) -> InputFile
    ) -> Prepared {
        do throws(WebArchiveError) { return .webArchive(source, form, try open()) } catch {
            return .failed(source, CaptureFailure(error))
        }
    }

    func failed(_ source: CaptureSource, _ failure: CaptureFailure) -> PreparedCapture {
        .failed(source: source.name, url: options.url, failure)
    }

    /// A payload that is not held in memory unless it may be an article.
    private func large(_ source: CaptureSource, _ capturedAt: Timestamp) throws(ArchiveError) -> PreparedCapture {
        guard case .file(let path) = source.place else { return failed(source, .notAFile) }
        let file: OpenFile
        let start: [UInt8]
        do throws(FileError) {
            let opened = try OpenFile(reading: path)
            start = try opened.read(1 << 16, at: 0)
            file = opened
        } catch {
            return failed(source, .file(error))
        }
        let (id, size) = try archive.store(large: file)
        let (url, ownTime) = stated(in: start)
        var reading = ArticleReader.read(start, mediaType: options.mediaType, url: url)
        let isText = options.extracts && reading.form != .binary && size <= Interpreter.largestText
        if isText {
            do throws(FileError) {
                reading = ArticleReader.read(try file.read(size, at: 0), mediaType: options.mediaType, url: url)
            } catch {
                return failed(source, .file(error))
            }
        }
        let detail = detail(
            source, url: url, capturedAt: ownTime ?? capturedAt, payload: id, size: size,
            mediaType: reading.mediaType, saysItself: url != options.url || ownTime != nil)
        let interpretation = archive.interpret(detail, isText ? reading.revision : nil)
        let observation = Observation(detail: detail, payload: nil, interpretation: interpretation)
        let tooLarge = "larger than \(Interpreter.largestText >> 20) MiB: kept, but not read as an article"
        let notice = isText || reading.form == .binary ? reading.notice : tooLarge
        return .ready(source: source.name, url: url, observation, notice: notice, hasOwnTime: ownTime != nil)
    }
}

extension Archive {
    /// The interpretation of a payload that was read already.
    func interpret(_ detail: CaptureDetail, _ revision: Revision?) -> Interpretation {
        Interpretation(key: Interpreter.key(detail, revision: revision), revision: revision)
    }
}
