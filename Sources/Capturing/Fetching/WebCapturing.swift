internal import Extraction
public import Models
public import Storage

/// Turns fetched pages into captures, and fetches what the user names.
public struct WebCapturing: Sendable {
    let archive: Archive
    private let tool: String

    public init(_ archive: Archive, tool: String) {
        self.archive = archive
        self.tool = tool
    }

    /// How what is recorded came about: `via.source`.
    public enum Source: String, Sendable {
        case page = "http"
        /// Asked for because a page shows it.
        case requisite = "http-requisite"
    }

    /// - Parameters:
    ///   - article: that it is known to be, whatever redirects and error pages say.
    ///   - basis: the capture that the request's conditions were taken from, if it had any.
    public func observation(
        _ fetched: Fetched, article: ArticleKey?, basis: CaptureName?, source: Source = .page
    ) throws(ArchiveError) -> Observation {
        var article = article
        // An error page does not say which article it is.
        if article == nil, fetched.outcome != .ok || (fetched.status ?? 200) >= 400 {
            article = ArticleKey(url: fetched.requestedURL)
        }
        if fetched.isUnmodified, let earlier = try basis.flatMap({ name throws(ArchiveError) in try earlier(name) }) {
            return observation(fetched, article, source, earlier)
        }
        let reading =
            fetched.outcome.isReceived && !fetched.isUnmodified
            ? ArticleReader.read(fetched.body, mediaType: fetched.mediaType, url: fetched.url) : nil
        let payload = Payload(fetched.body)
        let content = Content(
            payload: payload.id, size: fetched.body.count,
            mediaType: reading?.mediaType ?? fetched.mediaType ?? "application/octet-stream",
            revision: reading?.revision)
        return observation(fetched, article, source, content, payload)
    }

    /// What a capture's payload is.
    private struct Content {
        let payload: ObjectID
        let size: Int
        let mediaType: String
        let revision: Revision?
    }

    private func observation(
        _ fetched: Fetched, _ article: ArticleKey?, _ source: Source, _ content: Content, _ payload: Payload? = nil
    ) -> Observation {
        let computed = ArticleKey(url: fetched.url, canonical: content.revision?.url, path: nil)
        let stated = article.flatMap { $0 == computed ? nil : $0 }
        let transport = Payload(fetched.transport)
        let head = fetched.head.isEmpty ? nil : Payload(fetched.head)
        // What has not changed is no longer at hand: nothing was received then.
        let isLost = fetched.isUnmodified && payload != nil
        let certificates = fetched.certificates.isEmpty ? nil : Payload(fetched.certificates)
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: fetched.url, article: stated?.description, capturedAt: fetched.startedAt, payload: content.payload,
            size: content.size, mediaType: String(content.mediaType.prefix(1000)), status: fetched.status,
            headers: head?.id, transport: transport.id, certificates: certificates?.id,
            outcome: (isLost ? FetchOutcome.other : fetched.outcome).rawValue,
            via: .init(source: source.rawValue, path: nil, tool: tool),
            salt: Salt(using: &random))
        return Observation(
            detail: detail, payload: payload, attachments: [head, transport, certificates].compactMap(\.self),
            interpretation: archive.interpret(detail, content.revision))
    }

    /// Nil where it cannot be had any more.
    private func earlier(_ name: CaptureName) throws(ArchiveError) -> Content? {
        do throws(ArchiveError) {
            guard let capture = try archive.capture(name)?.capture else { return nil }
            let revision = try archive.interpretation(of: capture).revision
            return Content(
                payload: capture.payload, size: capture.size, mediaType: capture.mediaType, revision: revision)
        } catch .damaged {
            return nil
        }
    }

    /// What a request for the page of a capture may go by; nil where the capture gives nothing to go by, or is not at hand whole.
    public func conditions(of name: CaptureName) throws(ArchiveError) -> PageRequest.Conditions? {
        guard let capture = try archive.capture(name)?.capture, try earlier(name) != nil else { return nil }
        return try conditions(of: capture)
    }

    private func conditions(of capture: HistoryCapture) throws(ArchiveError) -> PageRequest.Conditions? {
        do throws(ArchiveError) {
            let detail = try archive.detail(of: capture, worker: 0)
            guard detail.outcome == "ok", detail.status == 200, detail.via.source == Source.page.rawValue,
                let url = detail.url, let headers = detail.headers
            else { return nil }
            return PageRequest.Conditions(url: url, head: try archive.read(headers))
        } catch .damaged {
            return nil
        }
    }

    /// Of the captures looked through for one that a request can go by.
    private static let mostLooked = 8

    /// The latest capture of an address whose answer a request can go by, with what it can go by.
    func basis(of url: String) throws(ArchiveError) -> (CaptureName, PageRequest.Conditions)? {
        guard let key = ArticleKey(url: url), let article = try archive.identity(of: key) else { return nil }
        let captures = try archive.history(of: article).flatMap(\.captures).sorted { $0.capturedAt > $1.capturedAt }
        for capture in captures.prefix(Self.mostLooked) {
            if let conditions = try conditions(of: capture), try earlier(capture.name) != nil {
                return (capture.name, conditions)
            }
        }
        return nil
    }
}

extension WebCapturing {
    /// Fetches and records pages; `report` is told about each as soon as it is durable, in the order in which they came.
    ///
    /// - Parameters:
    ///   - article: whose pages they are; nil for what their addresses say.
    ///   - images: whether the images of each article are captured with it.
    public func capture<Verdict>(
        _ urls: [String], with fetcher: PageFetcher, article: ArticleKey? = nil, images: Bool = false,
        workers: Int = 8, assess: @escaping @Sendable ([Observation], [Recorded]) throws -> [Verdict],
        report: (CaptureOutcome<Verdict>) throws -> Void
    ) async throws {
        var limits = CaptureBatchLimits()
        limits.captures = Self.together
        var queue = RecordingQueue(archive, isTimed: false, limits: limits, assess: assess)
        var start = 0
        while start < urls.count {
            let part = Array(urls[start..<min(start + Self.together, urls.count)])
            var prepared: [PreparedCapture] = []
            let wanted = try part.map { try self.wanted($0, isWhole: images) }
            try HostQueues.run(wanted, workers: workers, host: \.request.host) { wanted in
                if let wait = fetcher.awaitHost(of: wanted.request) { return Result.heldBack(milliseconds: wait) }
                let fetched = fetcher.fetch(wanted.request)
                return .fetched(fetched, images: images ? fetchImages(of: fetched, with: fetcher) : [])
            } done: { place, result in
                guard case .fetched(let fetched, let found) = result else {
                    if case .heldBack(let wait) = result {
                        let reason = "not asked for: its host wants to be left alone for \((wait + 999) / 1000) seconds"
                        prepared.append(.failed(source: part[place], url: wanted[place].request.url, .record(reason)))
                    }
                    return
                }
                let observation = try observation(fetched, article, basis: wanted[place].basis)
                prepared.append(.ready(source: part[place], url: fetched.url, observation, notice: nil))
                for image in found {
                    let observation = try self.observation(image, article: nil, basis: nil, source: .requisite)
                    prepared.append(.ready(source: image.requestedURL, url: image.url, observation, notice: nil))
                }
            }
            for prepared in prepared { try await queue.add(prepared, report: report) }
            start += part.count
        }
        try await queue.finish(report: report)
    }

    /// Pages that are fetched before any is recorded: memory holds them all.
    private static var together: Int { 8 }

    /// What came of one of them.
    private enum Result: Sendable {
        case fetched(Fetched, images: [Fetched])
        case heldBack(milliseconds: Int)
    }

    private struct Wanted: Sendable {
        let request: PageRequest
        let basis: CaptureName?
    }

    /// - Parameter isWhole: the page is needed, even if nothing has changed.
    private func wanted(_ url: String, isWhole: Bool) throws -> Wanted {
        guard var request = PageRequest(url) else { throw FormatError(document: url, problem: "it is no web address") }
        let found = isWhole ? nil : try basis(of: request.url)
        request.conditions = found?.1
        return Wanted(request: request, basis: found?.0)
    }

    /// Whether something was ever received of a page. That it could not be had says nothing about which article it is.
    func isHeld(_ key: ArticleKey) throws(ArchiveError) -> Bool {
        guard let article = try archive.identity(of: key) else { return false }
        return try !archive.history(of: article).isEmpty
    }

    /// What the address was found to be before is what it is, unless the user says otherwise.
    private func observation(
        _ fetched: Fetched, _ article: ArticleKey?, basis: CaptureName?
    ) throws(ArchiveError) -> Observation {
        var known = article
        if known == nil, let key = ArticleKey(url: fetched.requestedURL), try isHeld(key) {
            known = key
        }
        return try observation(fetched, article: known, basis: basis, source: .page)
    }
}
