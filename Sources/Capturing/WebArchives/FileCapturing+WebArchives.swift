internal import Extraction
internal import Models
internal import Storage
internal import WebArchives

extension FileCapturing {
    /// Captures what a web archive holds, into the same queue as the files beside it.
    func captureWebArchive<Verdict>(
        _ source: CaptureSource, _ form: WebArchiveForm, _ file: InputFile, into queue: inout RecordingQueue<Verdict>,
        report: (CaptureOutcome<Verdict>) throws -> Void
    ) async throws {
        if form == .mhtml {
            try await queue.add(savedPage(source, file), report: report)
            return
        }
        guard options.url == nil, options.article == nil, options.mediaType == nil, !options.capturedAt.isStated else {
            let reason =
                "a web archive says addresses, times and types itself: leave --url, --article, --captured-at, --media-type away"
            try await queue.add(failed(source, .webArchive(reason)), report: report)
            return
        }
        do {
            var capturing = try WebArchiveCapturing<Verdict>(
                archive, source, file, form: form, options: options, tool: tool)
            try await capturing.capture(into: &queue, report: report)
        } catch let error as WebArchiveError {
            try await queue.add(failed(source, CaptureFailure(error)), report: report)
        }
    }

    /// An MHTML file: one capture of the page in it.
    private func savedPage(_ source: CaptureSource, _ file: InputFile) -> PreparedCapture {
        let page: MHTMLPage
        do throws(WebArchiveError) {
            guard file.size <= MHTMLPage.largest else {
                throw .tooLarge("it is larger than any saved page that is read")
            }
            page = try MHTMLPage(parsing: try file.read(file.size, at: 0))
        } catch {
            return failed(source, CaptureFailure(error))
        }
        let url = options.url ?? page.url.flatMap { ArticleKey(url: $0) == nil ? nil : $0 }
        guard page.body.count <= Interpreter.largestText, !page.body.isEmpty else {
            return failed(
                source, .webArchive(page.body.isEmpty ? "the page in it is empty" : "the page in it is too large"))
        }
        let stated = options.capturedAt.stated
        guard let time = stated ?? page.savedAt else {
            return failed(source, .webArchive("it does not say when it was saved: say it with --captured-at"))
        }
        let reading =
            options.extracts
            ? ArticleReader.read(page.body, mediaType: page.mediaType, url: url)
            : ArticleReader.recognize(Array(page.body.prefix(512)), mediaType: page.mediaType)
        let (payload, evidence) = (Payload(page.body), Payload(page.evidence(of: source.relativePath, file.size)))
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: url, article: options.article, capturedAt: time, payload: payload.id, size: page.body.count,
            mediaType: reading.mediaType, status: nil, headers: nil, transport: evidence.id, outcome: "ok",
            via: .init(source: "mhtml", path: source.relativePath, tool: tool), salt: Salt(using: &random))
        let notices = page.notices + [reading.notice].compactMap(\.self)
        return .ready(
            source: source.name, url: url,
            Observation(
                detail: detail, payload: payload, attachments: [evidence],
                interpretation: archive.interpret(detail, options.extracts ? reading.revision : nil)),
            notice: notices.isEmpty ? nil : notices.joined(separator: "; "), hasOwnTime: true)
    }
}

extension MHTMLPage {
    /// The document that the capture's `transport` names.
    fileprivate func evidence(of name: String?, _ size: Int) -> [UInt8] {
        let members: [(String, JSON?)] = [
            ("format", .integer(1)), ("kind", "mhtml"),
            ("file", .object([.init("name", .string(name ?? "-")), .init("size", JSON(size))])),
            ("url", url.map { .string(String($0.prefix(2048))) }), ("date", savedAt.map { .string($0.description) }),
            (
                "coded",
                coded.map {
                    .object([
                        .init("encoding", .string($0.codings.joined(separator: ", "))),
                        .init("sha256", .string($0.id.description)), .init("size", JSON($0.size)),
                    ])
                }
            ),
            ("otherParts", JSON(others)),
        ]
        return JSON.object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } }).canonicalBytes
    }
}

extension ArticleReader.Reading {
    /// What one should know of the payload, in plain words.
    var notice: String? {
        if form == .binary { return "no text (\(mediaType)): kept as it is" }
        if malformed > 0, let name = characterSet {
            return "\(malformed) bytes are not valid \(name) and show as \u{FFFD}; the original is kept as it is"
        }
        return nil
    }
}

extension CaptureFailure {
    init(_ error: WebArchiveError) {
        switch error {
        case .file(let operation, let path, let code): self = .file(FileError(operation, path, code: code))
        default: self = .webArchive(error.description)
        }
    }
}

extension CaptureOptions.ObservationTime {
    /// The time that the user said.
    fileprivate var stated: Timestamp? {
        if case .at(let time) = self { return time }
        return nil
    }

    fileprivate var isStated: Bool { stated != nil }
}
