package import Models

/// A capture as it is written to a WARC file.
package struct ExportedCapture: Sendable {
    package let origin: OriginID
    package let index: Int
    package let article: ArticleKey
    package let address: WARCAddress
    package let capturedAt: Timestamp
    package let detail: CaptureDetail
    /// The signed detail's object.
    package let detailID: ObjectID
    /// The status line and header fields as they were received; nil for what came by no HTTP.
    package let head: [UInt8]?
    /// How the response came, where that was recorded.
    package let transport: JSON?
    /// What the record's reader is shown for a title.
    package let title: String?

    package init(
        origin: OriginID, index: Int, article: ArticleKey, address: WARCAddress, detail: CaptureDetail,
        detailID: ObjectID, head: [UInt8]?, transport: JSON? = nil, title: String?
    ) {
        self.origin = origin
        self.index = index
        self.article = article
        self.address = address
        self.detail = detail
        self.detailID = detailID
        self.head = head
        self.transport = transport
        self.title = title
        capturedAt = detail.capturedAt
    }

    package var name: CaptureName { CaptureName(origin: origin, index: index) }

    /// The head as it stands in a record: with the empty line that ends it.
    var block: [UInt8]? {
        guard let head else { return nil }
        if head.ends(with: "\r\n\r\n") || head.ends(with: "\n\n") { return head }
        return head + Array((head.ends(with: "\n") ? "\r\n" : "\r\n\r\n").utf8)
    }

    package var framing: MessageFraming {
        guard let parsed = head.flatMap({ ResponseHead(parsing: $0) }) else { return .none }
        return MessageFraming(parsed, original: original)
    }

    private var original: ContentEncoding.Original? {
        // What is known of a chunked body is what it was with its chunks.
        guard let coded = transport?["coded"], coded["encoding"]?.string?.contains("chunked") != true,
            let size = coded["size"]?.integer,
            let sha256 = coded["sha256"]?.string.flatMap({ ObjectID($0) })
        else { return nil }
        return ContentEncoding.Original(size: Int(size), sha256: sha256)
    }

    /// Whether an answer came whose body was not kept.
    var lacksBody: Bool {
        guard let head, detail.size == 0, detail.outcome != "ok" else { return false }
        let status = ResponseHead(parsing: head)?.status ?? 0
        return status >= 200 && status != 204 && status != 304
    }

    /// Whether there is something that a server or a file gave. A failed attempt gave nothing, which is another thing than an empty page.
    package var isAnswered: Bool { detail.outcome == "ok" || head != nil || detail.size > 0 }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
