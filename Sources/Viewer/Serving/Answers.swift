internal import Models
internal import Storage
internal import SyncEngine

/// Answers requests out of an archive.
struct Answers: Sendable {
    private let view: ViewedArchive
    private let layout: Layout
    private let links = ServedLinks()
    private let requestGuard: RequestGuard

    init(_ view: ViewedArchive, _ requestGuard: RequestGuard) {
        self.view = view
        self.requestGuard = requestGuard
        layout = Layout(view: view)
    }

    func answer(_ asked: Asked) -> Answer {
        var answer = requestGuard.refusal(asked) ?? self.permitted(asked)
        answer.headers += [
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("X-DNS-Prefetch-Control", "off"),
        ]
        return answer
    }

    private func permitted(_ asked: Asked) -> Answer {
        guard asked.method == "GET" || asked.method == "HEAD" else {
            return Answer(status: 405, headers: [("Allow", "GET, HEAD"), ("Content-Type", "text/plain")])
        }
        do {
            guard let address = PageAddress(path: asked.path, query: asked.query) else { return try notFound() }
            try view.refresh()
            return try answer(to: address, asked) ?? notFound()
        } catch {
            return failed(error)
        }
    }

    private func answer(to address: PageAddress, _ asked: Asked) throws -> Answer? {
        switch address {
        case .asset(let asset):
            return Answer(
                status: 200, headers: [("Content-Type", asset.mediaType), ("Cache-Control", "private, no-cache")],
                body: asset.bytes)
        case .feed(let query):
            let base = "http://" + (asked.headers["host"] ?? "localhost")
            return Answer(
                status: 200, headers: [("Content-Type", "application/atom+xml; charset=utf-8")],
                body: Array(try ChangesFeed(view, links, base: base).xml(query).utf8))
        case .frame(let name): return try frame(name)
        case .original(let name): return try original(name)
        default: return try view.page(address, links).map { .html(try layout.html($0, links)) }
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
            ], body: page.html)
    }

    private func original(_ name: CaptureName) throws -> Answer? {
        guard try view.archive.withheld(name) == nil, let found = try view.archive.capture(name) else { return nil }
        let detail = try view.archive.detail(of: found.capture, worker: 0)
        let payload = ShownPayload(detail)
        var headers = [
            ("Content-Type", payload.mediaType), ("Content-Security-Policy", PagePolicy.original),
            ("Connection-Allowlist", PagePolicy.connections),
            ("Cache-Control", "private, no-cache"),
        ]
        if !payload.isFramed {
            let file = "\(name)".replacing(":", with: "-")
            headers.append(("Content-Disposition", "attachment; filename=\"\(file)\""))
        }
        return Answer(status: 200, headers: headers, body: try view.archive.read(found.capture.payload))
    }

    private func notFound() throws -> Answer {
        let page = try Problem(view).page("There is no such page", "Nothing in this archive has this address.")
        return .html(try layout.html(page, links), status: 404)
    }

    /// What went wrong, without the places on this machine where it did.
    private func failed(_ error: any Error) -> Answer {
        let (status, text) =
            switch error {
            case ArchiveError.damaged:
                (
                    500,
                    "Something that this page needs does not hash to its name: it is damaged. 'stet verify' names it."
                )
            case ArchiveError.busy: (503, "Another process holds the archive. Try again in a moment.")
            default: (500, "This page could not be made. 'stet verify' may say why.")
            }
        do {
            return .html(
                try layout.html(try Problem(view).page("This page cannot be shown", text), links), status: status)
        } catch {
            return Answer(
                status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
        }
    }
}
