internal import Models
internal import Storage
internal import WebArchives

/// What an export wrote.
public struct ExportReport: Hashable, Sendable {
    /// All that were written, in whatever form.
    public var captures = 0
    /// Of these: only a reference to an earlier capture with the same body.
    public var revisits = 0
    /// Of these: attempts that got no answer, of which there is no page.
    public var unanswered = 0
    /// Of these: the body could not be given the coding that the head names.
    public var uncoded = 0
    /// Of these: the body is not as long as the head says.
    public var otherLength = 0
    /// Of these: the head is of a protocol that replay tools do not know.
    public var otherProtocol = 0
    /// Captures that the logs name and whose content is not here.
    public var withoutContent = 0
    /// The files, in order.
    public var files: [String] = []

    public init() {}
}

/// Reads captures for an export, article by article and each by time, and writes them as WARC records.
///
/// So the captures of a page lie together, a body that was seen before is found among a few, and frames are decoded once. Reading, coding and
/// compressing are done on all cores; memory holds a window of captures, however many there are.
struct CaptureExport {
    let archive: Archive
    let selection: Selection?
    let encoder: RecordEncoder

    /// Called for each record that can be replayed, in the order in which they are written; with the capture for the page itself.
    typealias Listing = (ExportedCapture?, IndexEntry, WARCSequence.Place, _ length: Int) throws(ArchiveError) -> Void

    private struct Item: Sendable {
        let article: ArticleIdentity
        let capture: HistoryCapture
    }

    private enum Prepared: Sendable {
        case held(ExportedCapture, RecordBody)
        case large(ExportedCapture)
        case unanswered(ExportedCapture)
    }

    /// Bodies above this many bytes are streamed, where they have no coding.
    private static let largestHeld = 16 << 20
    private static let windowBytes = 32 << 20
    private static let windowCaptures = 512

    func run(to sequence: WARCSequence, listing: Listing) throws(ArchiveError) -> ExportReport {
        var report = ExportReport()
        var same = SameBodies()
        var window: [Item] = []
        var bytes = 0
        for article in try archive.articles(fitting: selection) {
            for capture in try archive.captures(of: article, since: selection?.since) {
                window.append(Item(article: article, capture: capture))
                bytes += min(capture.size, Self.largestHeld)
                if bytes >= Self.windowBytes || window.count == Self.windowCaptures {
                    try write(window, &same, to: sequence, &report, listing: listing)
                    (window, bytes) = ([], 0)
                }
            }
        }
        try write(window, &same, to: sequence, &report, listing: listing)
        try sequence.finish()
        report.withoutContent = try archive.capturesWithoutContent()
        return report
    }

    private func write(
        _ window: [Item], _ same: inout SameBodies, to sequence: WARCSequence, _ report: inout ExportReport,
        listing: Listing
    ) throws(ArchiveError) {
        let prepared = try Cores.map(window.count) { index, worker throws(ArchiveError) in
            try prepare(window[index], worker: worker)
        }
        let earlier = zip(window, prepared).map { item, prepared in
            if case .held(let capture, let body) = prepared { return same.earlier(capture, body, of: item.article) }
            return nil
        }
        let encoded = Cores.map(prepared.count) { index, _ in
            if case .held(let capture, let body) = prepared[index] {
                return CaptureRecords?.some(encoder.encode(capture, body, same: earlier[index]))
            }
            return nil
        }
        for index in prepared.indices {
            report.captures += 1
            switch prepared[index] {
            case .held(let capture, let body):
                guard let records = encoded[index] else { continue }
                report.count(capture, body, isRevisit: earlier[index] != nil)
                let place = try sequence.place(for: records.bytes.count)
                try sequence.write(records.bytes)
                for (number, listed) in records.listed.enumerated() {
                    try listing(number == 0 ? capture : nil, listed.entry, place + listed.offset, listed.length)
                }
            case .large(let capture): try stream(capture, to: sequence, listing: listing)
            case .unanswered(let capture):
                report.unanswered += 1
                let bytes = encoder.encode(unanswered: capture)
                _ = try sequence.place(for: bytes.count)
                try sequence.write(bytes)
            }
        }
    }

    private func prepare(_ item: Item, worker: Int) throws(ArchiveError) -> Prepared {
        let capture = try exported(item, worker: worker)
        guard capture.isAnswered else { return .unanswered(capture) }
        let framing = capture.framing
        if item.capture.size > Self.largestHeld, framing.isPlain { return .large(capture) }
        let content = try archive.read(item.capture.payload, worker: worker)
        return .held(capture, RecordBody(content, framing))
    }

    private func exported(_ item: Item, worker: Int) throws(ArchiveError) -> ExportedCapture {
        let detail = try archive.detail(of: item.capture, worker: worker)
        var head: [UInt8]?
        if let id = detail.headers { head = try archive.read(id, worker: worker) }
        var transport: JSON?
        if let id = detail.transport {
            let bytes = try archive.read(id, worker: worker)
            do throws(JSONError) {
                transport = try JSON(parsing: bytes)
            } catch {
                throw .format(FormatError(document: "transport", problem: "\(error)"))
            }
        }
        return ExportedCapture(
            origin: item.capture.origin, index: item.capture.index, article: item.article.key,
            address: Self.address(of: detail, item.article), detail: detail, detailID: item.capture.detail, head: head,
            transport: transport, title: item.capture.headline)
    }

    private static func address(of detail: CaptureDetail, _ article: ArticleIdentity) -> WARCAddress {
        if let url = detail.url { return WARCAddress(url: url) }
        return WARCAddress(path: detail.via.path ?? article.key.description)
    }

    private func stream(
        _ capture: ExportedCapture, to sequence: WARCSequence, listing: Listing
    ) throws(ArchiveError) {
        let payload = capture.detail.payload
        var record = StreamedRecord(capture)
        try archive.stream(payload, worker: 0) { record.measure(record.coded($0)) }
        record.measure(record.end)
        let place = try sequence.place(for: capture.detail.size)
        let member = MemberStream(isCompressed: encoder.isCompressed)
        try sequence.write(member.write(record.beginning))
        try archive.stream(payload, worker: 0) { try sequence.write(member.write(record.coded($0))) }
        try sequence.write(member.write(record.end + StreamedRecord.ending) + member.finish())
        try listing(capture, record.entry, place, sequence.offset - place.offset)
        try sequence.write(record.metadata(encoder))
    }
}

/// Which bodies of an article were written, so that a capture that shows the same refers to the first.
private struct SameBodies {
    private var article: ArticleIdentity?
    /// By what they are in a record.
    private var written: [ObjectID: WrittenBody] = [:]
    /// By what they are without codings: the answer "not modified" says nothing of these.
    private var payloads: [ObjectID: WrittenBody] = [:]

    mutating func earlier(
        _ capture: ExportedCapture, _ body: RecordBody, of article: ArticleIdentity
    ) -> WrittenBody? {
        if self.article != article {
            self.article = article
            (written, payloads) = ([:], [:])
        }
        guard !body.bytes.isEmpty else { return nil }
        if let earlier = written[body.digest] { return earlier }
        let payload = capture.detail.payload
        if capture.detail.status == 304, let earlier = payloads[payload] { return earlier }
        let record = RecordEncoder.body(of: capture, digest: body.digest)
        written[body.digest] = record
        if payloads[payload] == nil { payloads[payload] = record }
        return nil
    }
}

extension ExportReport {
    fileprivate mutating func count(_ capture: ExportedCapture, _ body: RecordBody, isRevisit: Bool) {
        if isRevisit { revisits += 1 }
        switch body.remark {
        case .codingUnknown: uncoded += 1
        case .lengthDiffers: otherLength += 1
        case .truncated, nil: break
        }
        if let head = capture.head, !head.starts(with: "HTTP/1.".utf8) { otherProtocol += 1 }
    }
}
