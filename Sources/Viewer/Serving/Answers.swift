internal import Models
internal import Storage
internal import SyncEngine
internal import Tracking

/// Answers requests out of an archive.
struct Answers: Sendable {
    /// What a request asks for.
    enum Wanted: Sendable {
        /// Nothing more is to be found out.
        case answered(Answer)
        case memento(MementoRequest, base: String)
        case page(PageAddress, base: String)
        case nothing

        /// Whether the comparisons of captures go into the answer.
        var isCompared: Bool {
            switch self {
            case .answered, .memento, .nothing, .page(.asset, _), .page(.frame, _), .page(.original, _): false
            case .page: true
            }
        }
    }

    private let view: ViewedArchive
    private let layout: Layout
    private let links = ServedLinks()
    private let requestGuard: RequestGuard
    private let cache = PartCache(capacity: 32 << 20)

    /// What may stand in an address: no address of an article is longer, and no page's parts are.
    private static let longestTarget = 16 << 10

    init(_ view: ViewedArchive, _ requestGuard: RequestGuard) {
        self.view = view
        self.requestGuard = requestGuard
        layout = Layout(view: view)
    }

    func wanted(_ asked: Asked) -> Wanted {
        switch requestGuard.verdict(asked) {
        case .refused(let answer): .answered(answer.guarded)
        case .admitted(let base):
            if asked.target.utf8.count > Self.longestTarget {
                .answered(Answer.text("The address is too long.\n", status: 414).guarded)
            } else if let request = MementoRequest(target: asked.target) {
                .memento(request, base: base)
            } else if let address = PageAddress(path: asked.path, query: asked.query) {
                .page(address, base: base)
            } else {
                .nothing
            }
        }
    }

    func answer(_ wanted: Wanted, _ asked: Asked, _ freshness: Freshness) -> Answer {
        do {
            return switch wanted {
            case .answered(let answer): answer
            case .memento(let request, let base):
                try (MementoAnswers(view.archive, originals, links, base: base).answer(request, asked) ?? notFound())
                    .guarded
            case .page(let address, let base): try (answer(to: address, asked, base, freshness) ?? notFound()).guarded
            case .nothing: try notFound().guarded
            }
        } catch {
            return answer(to: error).guarded
        }
    }

    private func answer(to error: any Error) -> Answer {
        switch error {
        case ArchiveError.noSuchArticle, ArchiveError.ambiguousArticle, ArchiveError.noSuchRevision,
            ArchiveError.noSuchCapture:
            do { return try notFound() } catch { return failed(error) }
        default: return failed(error)
        }
    }

    private var originals: OriginalAnswer { OriginalAnswer(view.archive, cache) }

    private func answer(
        to address: PageAddress, _ asked: Asked, _ base: String, _ freshness: Freshness
    ) throws -> Answer? {
        switch address {
        case .asset(let asset):
            return Answer(
                status: 200, headers: [("Content-Type", asset.mediaType), ("Cache-Control", "private, no-cache")],
                body: .bytes(asset.bytes))
        case .feed(let query):
            return .text(
                try ChangesFeed(view, links, base: base).xml(query), status: 200,
                type: "application/atom+xml; charset=utf-8")
        case .frame(let name): return try frame(name)
        case .original(let name):
            guard try view.archive.withheld(name) == nil, let found = try view.archive.capture(name) else { return nil }
            return try originals.answer(found.capture, asked)
        default:
            return try view.page(address, links).map {
                .html(try layout.html($0, links, notice: Self.notice(freshness)))
            }
        }
    }

    private func frame(_ name: CaptureName) throws -> Answer? {
        guard try view.archive.withheld(name) == nil, let found = try view.archive.capture(name) else { return nil }
        let detail = try view.archive.detail(of: found.capture, worker: 0)
        guard ShownPayload(detail).isFramed,
            let page = FramedPage(try view.archive.read(found.capture.payload), detail)
        else { return nil }
        return Answer(
            status: 200,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", PagePolicy.original),
                ("Connection-Allowlist", PagePolicy.connections), ("Cache-Control", "private, no-cache"),
            ], body: .bytes(page.html))
    }

    private static func notice(_ freshness: Freshness) -> String? {
        switch freshness {
        case .current: nil
        case .behind: "New captures are being compared: what was captured last may be missing here for a moment."
        case .stuck(let reason): "What was captured last may be missing here. \(reason)"
        }
    }

    private func notFound() throws -> Answer {
        let page = try Problem(view).page("There is no such page", "Nothing in this archive has this address.")
        return .html(try layout.html(page, links), status: 404)
    }

    private func failed(_ error: any Error) -> Answer {
        let (status, text) = Self.told(error)
        do {
            return .html(
                try layout.html(try Problem(view).page("This page cannot be shown", text), links), status: status)
        } catch {
            return .text(text, status: status)
        }
    }

    /// What went wrong, without the places on this machine where it did.
    static func told(_ error: any Error) -> (status: Int, text: String) {
        switch error {
        case ArchiveError.damaged:
            (
                500,
                "Something that is needed for this does not hash to its name, or is missing: the archive is damaged. 'stet verify' names it."
            )
        case ArchiveError.busy: (503, "Another process holds the archive. Try again in a moment.")
        case ArchiveError.file(let error) where error.isOutOfSpace: (507, "The disk is full.")
        case is InvalidCursor: (400, "This address goes on from a place that is not in this list.")
        case is TrackingError:
            (503, "What is compared cannot be kept: the archive's folder cannot be written to, or its disk is full.")
        default: (500, "Something went wrong. 'stet verify' may say what.")
        }
    }
}
