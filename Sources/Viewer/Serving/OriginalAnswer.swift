internal import Models
internal import Storage

/// A capture's payload as it was received, under the policy that keeps it from doing anything.
struct OriginalAnswer {
    private let archive: Archive
    private let cache: PartCache

    init(_ archive: Archive, _ cache: PartCache) {
        self.archive = archive
        self.cache = cache
    }

    /// - Parameters:
    ///   - isReplay: the status is what the page's own server said, as mementos do, where a browser can show it.
    ///   - headers: more of them.
    func answer(
        _ capture: HistoryCapture, _ asked: Asked, isReplay: Bool = false,
        headers more: [(name: String, value: String)] = []
    ) throws -> Answer {
        let detail = try archive.detail(of: capture, worker: 0)
        let parts = try archive.parts(of: capture.payload)
        let tag = "\"\(capture.payload)\""
        var headers =
            more + [
                ("Content-Security-Policy", PagePolicy.original),
                ("Connection-Allowlist", PagePolicy.connections), ("Cache-Control", "private, no-cache"), ("ETag", tag),
            ]
        if let refused = Self.precondition(asked, tag) { return Answer(status: refused, headers: headers) }
        let shown = ShownPayload(detail)
        headers += [("Content-Type", shown.mediaType), ("Accept-Ranges", "bytes")]
        if !shown.isFramed {
            let file = "\(capture.name)".replacing(":", with: "-")
            headers.append(("Content-Disposition", "attachment; filename=\"\(file)\""))
        }
        let status = isReplay ? Self.replayed(detail.status) : 200
        switch Self.range(asked, tag, status, size: parts.size) {
        case .whole:
            return Answer(
                status: status, headers: headers, body: .payload(PayloadBody(parts, 0..<parts.size, cache)))
        case .part(let range):
            headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(parts.size)"))
            return Answer(status: 206, headers: headers, body: .payload(PayloadBody(parts, range, cache)))
        case .unsatisfiable:
            headers.removeAll { $0.name == "Content-Disposition" || $0.name == "Content-Type" }
            return Answer(status: 416, headers: headers + [("Content-Range", "bytes */\(parts.size)")])
        }
    }

    /// RFC 9110 section 13.2.2; nil: go on.
    private static func precondition(_ asked: Asked, _ tag: String) -> Int? {
        if let wanted = asked.headers["if-match"], !EntityTags.match(wanted, tag) { return 412 }
        if let known = asked.headers["if-none-match"], EntityTags.match(known, tag) { return 304 }
        return nil
    }

    private static func range(_ asked: Asked, _ tag: String, _ status: Int, size: Int) -> RequestedRange {
        guard asked.method == "GET", status == 200 else { return .whole }
        // A weak tag or a date cannot vouch for bytes.
        if let condition = asked.headers["if-range"], condition != tag { return .whole }
        return RequestedRange(asked.headers["range"], size: size)
    }

    /// Errors are told again with the page that told them. Browsers and proxies act on some other statuses by themselves, and those
    /// that forward, or mean something only between a client and a server, have nothing to forward to here.
    private static func replayed(_ status: Int?) -> Int {
        guard let status, (400...599).contains(status), ![401, 407, 408, 421, 425].contains(status) else { return 200 }
        return status
    }
}
