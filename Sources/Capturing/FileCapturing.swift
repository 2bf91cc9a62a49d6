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
            for prepared in prepared { try await queue.add(try finished(prepared), report: report) }
        }
        try await queue.finish(report: report)
    }

    /// Sources that are read together.
    private static let window = 128

    /// A source that was read, or is too large to be held, or could not be read.
    private enum Prepared: Sendable {
        case ready(CaptureSource, Observation, notice: String?)
        case large(CaptureSource, capturedAt: Timestamp)
        case failed(CaptureSource, CaptureFailure)
    }

    /// Reads and interprets.
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
            notice: notice(reading))
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

    private func finished(_ prepared: Prepared) throws(ArchiveError) -> PreparedCapture {
        switch prepared {
        case .ready(let source, let observation, let notice):
            .ready(source: source.name, url: options.url, observation, notice: notice)
        case .failed(let source, let failure): failed(source, failure)
        case .large(let source, let capturedAt): try large(source, capturedAt)
        }
    }

    private func failed(_ source: CaptureSource, _ failure: CaptureFailure) -> PreparedCapture {
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
        var reading = ArticleReader.read(start, mediaType: options.mediaType, url: options.url)
        let isText = options.extracts && reading.form != .binary && size <= Interpreter.largestText
        if isText {
            do throws(FileError) {
                reading = ArticleReader.read(try file.read(size, at: 0), mediaType: options.mediaType, url: options.url)
            } catch {
                return failed(source, .file(error))
            }
        }
        let detail = detail(source, capturedAt: capturedAt, payload: id, size: size, mediaType: reading.mediaType)
        let interpretation = archive.interpret(detail, isText ? reading.revision : nil)
        let observation = Observation(detail: detail, payload: nil, interpretation: interpretation)
        let tooLarge = "larger than \(Interpreter.largestText >> 20) MiB: kept, but not read as an article"
        let notice = isText || reading.form == .binary ? notice(reading) : tooLarge
        return .ready(source: source.name, url: options.url, observation, notice: notice)
    }
}

extension Archive {
    /// The interpretation of a payload that was read already.
    func interpret(_ detail: CaptureDetail, _ revision: Revision?) -> Interpretation {
        Interpretation(key: Interpreter.key(detail, revision: revision), revision: revision)
    }
}
