internal import Models
internal import Storage
internal import Tracking

/// One capture: the page as it was received, in a frame that runs and loads nothing, and everything that was recorded with it.
struct CapturePage<Links: Linking> {
    private let view: ViewedArchive
    private let links: Links

    /// Bytes of heads and other attachments that are shown.
    private static var mostShown: Int { 64 << 10 }
    /// Bytes of the article's text that are shown.
    private static var mostText: Int { 400 << 10 }

    init(_ view: ViewedArchive, _ links: Links) {
        self.view = view
        self.links = links
    }

    struct Fact {
        let name: String
        let value: String
        let isCode: Bool

        init(_ name: String, _ value: String, isCode: Bool = false) {
            self.name = name
            self.value = value
            self.isCode = isCode
        }
    }

    private struct Attachment {
        let title: String
        let text: String
    }

    private struct Text {
        let dir: String
        let paragraphs: [DirectedText]
    }

    private struct Model {
        let key: String
        let article: String?
        let headline: DirectedText
        let name: String
        let time: TimeText
        let state: String
        let tags: [Tag]
        let isFramed: Bool
        let frame: String?
        let enclosed: String?
        let original: String?
        let why: String?
        let facts: [Fact]
        let attachments: [Attachment]
        let notes: [String]
        let paragraphs: [DirectedText]
        let earlier: String?
        let later: String?
    }

    func page(_ name: CaptureName) throws -> Page? {
        if let withheld = try view.archive.withheld(name) {
            return try Problem(view).page(
                "Capture \(name) is not shown",
                "It was withdrawn on \(TimeText(withheld.since).text). The reason given: \(withheld.reason)")
        }
        guard let (article, capture) = try view.archive.capture(name) else { return nil }
        let detail = try view.archive.detail(of: capture, worker: 0)
        let revision = try view.archive.interpretation(of: capture).revision
        let timeline = try view.tracker.timeline(of: article)
        let entry = timeline.entries.first { $0.state.captures.contains(capture) }
        let payload = ShownPayload(detail)
        let enclosed =
            links.isServed || !payload.isFramed ? nil : FramedPage(try view.archive.read(capture.payload), detail)
        let headline = revision?.headline ?? article.headline ?? article.key.description
        let around = Self.neighbours(of: capture, timeline)
        let model = Model(
            key: article.key.description, article: links.href(.article(article.name, before: nil)),
            headline: DirectedText(headline), name: "\(capture.name)", time: TimeText(capture.capturedAt),
            state: entry.map { "State @\($0.state.number) of \(timeline.entries.count)" } ?? "Nothing was received",
            tags: entry.flatMap { Tag.health($0.health) }.map { [$0] } ?? [],
            isFramed: payload.isFramed && (links.isServed || enclosed != nil),
            frame: links.href(payload.isPicture ? .original(name) : .frame(name)), enclosed: enclosed?.attribute,
            original: links.href(.original(name)),
            why: payload.why, facts: facts(detail, capture), attachments: try attachments(detail),
            notes: try notes(on: capture), paragraphs: Self.shown(revision),
            earlier: around.0.flatMap { links.href(.capture($0)) },
            later: around.1.flatMap { links.href(.capture($0)) })
        return Page(
            title: "\(headline), \(TimeText(capture.capturedAt).text)", section: .articles,
            content: try view.templates.render("capture", model), original: enclosed)
    }

    /// As much as browsers lay out in a moment; hostile pages say more.
    private static func shown(_ revision: Revision?) -> [DirectedText] {
        var left = mostText
        var shown: [DirectedText] = []
        for block in revision?.blocks ?? [] {
            guard left > 0 else {
                shown.append(DirectedText("… 'stet show' has the rest."))
                break
            }
            let text = block.text.utf8.count <= left ? block.text : "\(block.text.prefix(left / 4)) …"
            left -= block.text.utf8.count
            shown.append(DirectedText(text))
        }
        return shown
    }

    private static func neighbours(of capture: HistoryCapture, _ timeline: Timeline) -> (CaptureName?, CaptureName?) {
        let all = timeline.entries.flatMap(\.state.captures)
        guard let at = all.firstIndex(of: capture) else { return (nil, nil) }
        return (at > 0 ? all[at - 1].name : nil, at + 1 < all.count ? all[at + 1].name : nil)
    }

    private func facts(_ detail: CaptureDetail, _ capture: HistoryCapture) -> [Fact] {
        var facts = [Fact("Address", detail.url ?? "none: a file"), Fact("Observed", TimeText(detail.capturedAt).text)]
        facts.append(Fact("Recorded", TimeText(capture.recordedAt).text))
        if let status = detail.status { facts.append(Fact("HTTP status", "\(status)")) }
        if detail.outcome != "ok" { facts.append(Fact("Outcome", detail.outcome)) }
        let path = detail.via.path.map { " \($0)" } ?? ""
        return facts + [
            Fact("Type", detail.mediaType), Fact("Size", Counted.bytes(detail.size)),
            Fact("SHA-256", "\(detail.payload)", isCode: true), Fact("Came by", detail.via.source + path),
            Fact("Recorded with", detail.via.tool), Fact("Record", "\(capture.name)", isCode: true),
            Fact("Log of", "\(capture.origin)", isCode: true),
        ]
    }

    private func attachments(_ detail: CaptureDetail) throws -> [Attachment] {
        let all = [
            ("The response's headers, as received", detail.headers), ("How it came", detail.transport),
            ("The server's certificates", detail.certificates),
        ]
        var found: [Attachment] = []
        for case (let title, let id?) in all {
            let bytes = try view.archive.read(id)
            let cut = bytes.count > Self.mostShown ? "\n… \(Counted.bytes(bytes.count - Self.mostShown)) more" : ""
            found.append(
                Attachment(title: title, text: String(decoding: bytes.prefix(Self.mostShown), as: UTF8.self) + cut))
        }
        return found
    }

    private func notes(on capture: HistoryCapture) throws -> [String] {
        try (view.archive.notes(on: [capture])[capture.name] ?? []).compactMap { record in
            guard case .note(let note) = record.detail else { return nil }
            let tags = note.tags.map { "+\($0)" }.sorted() + note.untags.map { "-\($0)" }.sorted()
            return ([TimeText(record.line.recordedAt).text + ":"] + tags + [note.text]).joined(separator: " ")
        }
    }
}

/// How a payload may be shown, and under which type: what others have declared is not repeated unless it is one of these.
struct ShownPayload {
    /// A media type that is safe to name, with its parameters.
    let mediaType: String
    let isFramed: Bool
    let isPicture: Bool
    let why: String?

    /// More is not put into a frame: browsers choke on it.
    private static let mostFramed = 16 << 20
    private static let framed: Set<String> = [
        "text/html", "application/xhtml+xml", "text/plain", "image/png", "image/jpeg", "image/gif", "image/webp",
        "image/avif",
    ]

    init(_ detail: CaptureDetail) {
        let declared = Self.isPlain(detail.mediaType) ? detail.mediaType : "application/octet-stream"
        mediaType = declared
        let kind = declared.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        isPicture = kind.hasPrefix("image/") && kind != "image/svg+xml"
        if detail.size == 0 {
            (isFramed, why) = (false, "No bytes were received.")
        } else if !Self.framed.contains(kind) {
            (isFramed, why) = (false, "A payload of this type is not shown here.")
        } else if detail.size > Self.mostFramed {
            (isFramed, why) = (false, "This payload is too large to be shown in a frame.")
        } else {
            (isFramed, why) = (true, nil)
        }
    }

    /// Whether it can stand in a header: RFC 9110 section 8.3.1, without what could break out of one.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.contains("/")
    }
}
