internal import Extraction
internal import Models
internal import Storage
internal import WebArchives

/// Captures the pages of one WARC, ARC or WACZ file: each response that is a page is a capture with its own address, time and status.
///
/// Three things go on at the same time: the next records are read, those before are looked at on all cores, those before them are
/// recorded. However large the file is, memory holds a few batches of records, and of what they unpack to less.
struct WebArchiveCapturing<Verdict: Sendable> {
    typealias Report = (CaptureOutcome<Verdict>) throws -> Void

    private let archive: Archive
    private let options: CaptureOptions
    private let tool: String
    private let source: CaptureSource
    private var state: CaptureState
    private let reading: ArchiveReading

    /// - Throws: when the file cannot be opened, or is a package that is not what it says of itself.
    init(
        _ archive: Archive, _ source: CaptureSource, _ file: InputFile, form: WebArchiveForm, options: CaptureOptions,
        tool: String
    ) throws(WebArchiveError) {
        self.archive = archive
        self.options = options
        self.tool = tool
        self.source = source
        let name = source.relativePath ?? "-"
        reading = try ArchiveReading(file, form: form, name: name, keepsDamaged: options.keepsDamaged)
        state = CaptureState(
            origin: .init(name: name, size: reading.size, form: form, package: reading.package, software: nil))
    }

    mutating func capture(into queue: inout RecordingQueue<Verdict>, report: Report) async throws {
        let worker = RecordWorker(options: options, path: source.relativePath)
        let reading = reading
        for notice in reading.notices { try note(notice, report) }
        var next = await reading.batch()
        while !next.isEmpty {
            let events = next
            async let following = reading.batch()
            // A request may stand behind the response to it.
            let requests = Cores.map(events.count) { index, _ in
                events[index].isRequest ? RecordWork?.some(worker.look(at: events[index])) : nil
            }
            state.note(requests: requests)
            for start in stride(from: 0, to: events.count, by: Self.group) {
                let works = Cores.map(min(Self.group, events.count - start)) { index, _ in
                    requests[start + index] ?? worker.look(at: events[start + index])
                }
                try await take(works, into: &queue, report)
            }
            next = await following
        }
        try await take([], isLast: true, into: &queue, report)
        try await resolveRevisits(into: &queue, report)
        if let summary = state.summary { try note(summary, report) }
    }

    /// Records that are looked at together: a few bytes of one may unpack to very many.
    private static var group: Int { max(8, Cores.count) }

    private func note(_ notice: String, _ report: Report) throws {
        try report(CaptureOutcome(source: source.name, result: .note(notice)))
    }

    // MARK: In the order of the records

    private mutating func take(
        _ works: [RecordWork], isLast: Bool = false, into queue: inout RecordingQueue<Verdict>, _ report: Report
    ) async throws {
        for work in state.ordered(works, isLast: isLast) {
            switch work {
            case .page(let page): try await take(page, into: &queue, report)
            case .redirect(let response): state.add(redirect: response)
            case .revisit(let response, let reference):
                state.revisits.append((response, reference))
                if state.revisits.count >= CaptureState.mostRevisits { try await resolveRevisits(into: &queue, report) }
            case .request: break
            case .information(let software): state.origin.software = software
            case .passed(let why): state.passed[why, default: 0] += 1
            case .failed(let url, let reason):
                try await queue.add(.failed(source: source.name, url: url, .record(reason)), report: report)
            }
        }
    }

    private mutating func take(
        _ page: ArchivedPage, into queue: inout RecordingQueue<Verdict>, _ report: Report
    ) async throws {
        if let why = state.reasonToPass(page) {
            state.passed[why, default: 0] += 1
            return
        }
        guard state.pages.add(page) else {
            state.twice += 1
            return
        }
        if try known(page.url, page.response.capturedAt, page.payload.id, report) { return }
        let evidence = RecordEvidence(
            origin: state.origin, response: page.response, redirects: state.redirects(to: page.response))
        let detail = detail(page, evidence)
        try await queue.add(
            .ready(
                source: source.name, url: page.response.url,
                Observation(
                    detail: detail.detail, payload: page.payload, attachments: detail.attachments,
                    interpretation: page.interpretation), notice: page.words, hasOwnTime: true), report: report)
    }

    private func detail(
        _ page: ArchivedPage, _ evidence: RecordEvidence
    ) -> (detail: CaptureDetail, attachments: [Payload]) {
        detail(
            evidence, url: page.url, path: page.path, payload: page.payload.id, size: page.payload.bytes.count,
            mediaType: page.mediaType)
    }

    private func detail(
        _ evidence: RecordEvidence, url: String?, path: String?, payload: ObjectID, size: Int, mediaType: String
    ) -> (detail: CaptureDetail, attachments: [Payload]) {
        var random = SystemRandomNumberGenerator()
        let (head, transport) = (evidence.response.headBytes.map { Payload($0) }, evidence.payload)
        let detail = CaptureDetail(
            url: url, article: options.article, capturedAt: evidence.response.capturedAt, payload: payload, size: size,
            mediaType: mediaType, status: evidence.response.status, headers: head?.id, transport: transport.id,
            outcome: "ok", via: .init(source: state.origin.form.rawValue, path: path, tool: tool),
            salt: Salt(using: &random))
        return (detail, [head, transport].compactMap(\.self))
    }

    /// Whether this very observation is in the archive; then it is told.
    private func known(_ url: String?, _ time: Timestamp, _ payload: ObjectID, _ report: Report) throws -> Bool {
        guard let (key, capture) = try archive.capture(of: payload, at: time, url: url) else { return false }
        try report(CaptureOutcome(source: source.name, url: url, result: .known(capture, key)))
        return true
    }

    // MARK: Revisits

    /// Everything before is recorded first: that is what they refer to.
    private mutating func resolveRevisits(into queue: inout RecordingQueue<Verdict>, _ report: Report) async throws {
        guard !state.revisits.isEmpty else { return }
        let revisits = state.revisits
        state.revisits = []
        try await queue.finish(report: report)
        let resolver = RevisitResolver(archive: archive, pages: state.pages)
        for (response, reference) in revisits {
            if let why = state.reasonToPass(response) {
                state.passed[why, default: 0] += 1
                continue
            }
            guard let found = try resolver.find(response, reference) else {
                let reason =
                    "revisit record at byte \(response.place.offset): the record that it refers to is neither in this file nor in the archive"
                try await queue.add(
                    .failed(source: source.name, url: response.url, .record(reason)), report: report)
                continue
            }
            let (url, path) = RecordWorker(options: options, path: source.relativePath).identity(response)
            if try known(url, response.capturedAt, found.payload, report) { continue }
            var evidence = RecordEvidence(
                origin: state.origin, response: response, redirects: state.redirects(to: response))
            evidence.revisit = (reference, found.capture)
            let made = detail(
                evidence, url: url, path: path, payload: found.payload, size: found.size,
                mediaType: found.mediaType)
            let revision =
                options.extracts && found.size <= Interpreter.largestText
                ? ArticleReader.read(try archive.read(found.payload), mediaType: found.mediaType, url: url)
                    .revision : nil
            let key = RecordWorker.key(
                options.article, url: url, path: path, revision: revision)
            try await queue.add(
                .ready(
                    source: source.name, url: response.url,
                    Observation(
                        detail: made.detail, payload: nil, attachments: made.attachments,
                        interpretation: Interpretation(key: key, revision: revision)),
                    notice: ([response.damage] + response.notices).compactMap(\.self).first, hasOwnTime: true),
                report: report)
        }
    }
}

extension RecordEvent {
    fileprivate var isRequest: Bool {
        if case .record(let record) = self { return record.header.type == "request" }
        return false
    }
}
