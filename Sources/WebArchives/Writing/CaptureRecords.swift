package import Models

/// The records that one capture becomes, and what an index says of those that can be replayed.
package struct CaptureRecords: Sendable {
    /// Where a record stands in `bytes`.
    package struct Listed: Sendable {
        package let entry: IndexEntry
        package let offset: Int
        package let length: Int
    }

    /// Each record a gzip member of its own, or plain.
    package private(set) var bytes: [UInt8] = []
    /// The page's own record first.
    package private(set) var listed: [Listed] = []

    fileprivate mutating func add(_ record: [UInt8], _ entry: IndexEntry? = nil) {
        if let entry { listed.append(Listed(entry: entry, offset: bytes.count, length: record.count)) }
        bytes += record
    }
}

/// A record that others may refer to because it holds the same body.
package struct WrittenBody: Hashable, Sendable {
    let id: WARCRecordID
    let address: WARCAddress
    let date: Timestamp
    let digest: ObjectID
}

/// Turns captures into WARC records.
package struct RecordEncoder: Sendable {
    /// Whether each record is compressed, as a gzip member of its own.
    package let isCompressed: Bool

    package init(isCompressed: Bool) { self.isCompressed = isCompressed }

    /// The record that holds the body if this capture is not written as a revisit.
    package static func body(of capture: ExportedCapture, digest: ObjectID) -> WrittenBody {
        WrittenBody(
            id: recordID(capture, capture.head == nil ? .resource : .response), address: capture.address,
            date: capture.capturedAt, digest: digest)
    }

    /// - Parameter earlier: the record that holds the same body, if it was written before.
    package func encode(_ capture: ExportedCapture, _ body: RecordBody, same earlier: WrittenBody?) -> CaptureRecords {
        var records = CaptureRecords()
        let record = Self.record(capture, body, same: earlier)
        records.add(
            packed(record.bytes),
            IndexEntry(capture, kind: record.kind, digest: WARCRecord.digest(earlier?.digest ?? body.digest)))
        for (beside, entry) in Self.beside(capture, record.id) { records.add(packed(beside.bytes), entry) }
        records.add(packed(Self.metadata(capture, describing: record.id, isOriginal: body.isOriginal).bytes))
        return records
    }

    /// The request that a capture answers, and the answers that led to it: of these the heads alone were kept.
    private static func beside(
        _ capture: ExportedCapture, _ first: WARCRecordID
    ) -> [(record: WARCRecord, entry: IndexEntry?)] {
        var found: [(WARCRecord, IndexEntry?)] = []
        let exchanges = Exchanges(capture.transport)
        for (number, exchange) in exchanges.all.enumerated() {
            let address = WARCAddress(url: exchange.url)
            let isLast = number == exchanges.all.count - 1
            func id(_ kind: WARCRecord.Kind) -> WARCRecordID { recordID(capture, kind, number: number) }
            var answer = first
            if !isLast, let head = exchange.head, let parsed = ResponseHead(parsing: head) {
                answer = id(.response)
                let empty = WARCRecord.digest(ObjectID(hashing: []))
                var fields = Self.fields(of: exchange, address)
                if parsed["Content-Length"] != "0" { fields.append(("WARC-Truncated", "unspecified")) }
                fields += [
                    ("WARC-Payload-Digest", empty), ("Content-Type", "application/http; msgtype=response"),
                ]
                found.append(
                    (
                        WARCRecord(kind: .response, id: answer, fields: fields, block: [head]),
                        IndexEntry(address, exchange.startedAt, parsed, digest: empty)
                    ))
            }
            if let request = exchange.request, isLast || answer != first {
                let fields =
                    Self.fields(of: exchange, address) + [
                        ("WARC-Concurrent-To", answer.description),
                        ("Content-Type", "application/http; msgtype=request"),
                    ]
                found.append((WARCRecord(kind: .request, id: id(.request), fields: fields, block: [request]), nil))
            }
        }
        return found
    }

    private static func fields(of exchange: Exchanges.Exchange, _ address: WARCAddress) -> [(String, String)] {
        let fields = [("WARC-Date", exchange.startedAt.description), ("WARC-Target-URI", address.description)]
        return fields + (exchange.ip.map { [("WARC-IP-Address", $0)] } ?? [])
    }

    /// What is known of an attempt that got no answer. There is no page, so no index has it.
    package func encode(unanswered capture: ExportedCapture) -> [UInt8] {
        packed(Self.metadata(capture, describing: nil, isOriginal: nil).bytes)
    }

    /// The record that begins a file.
    package func info(file: String, _ facts: ExportFacts) -> [UInt8] {
        let block = Array(facts.fields(file: file).map { "\($0): \($1)\r\n" }.joined().utf8)
        let record = WARCRecord(
            kind: .warcinfo, id: WARCRecordID(of: ["warcinfo", ObjectID(hashing: block).description]),
            fields: [
                ("WARC-Date", facts.date.description), ("WARC-Filename", file),
                ("Content-Type", "application/warc-fields"),
            ], block: [block])
        return packed(record.bytes)
    }

    func packed(_ record: [UInt8]) -> [UInt8] {
        isCompressed ? Deflater.compress(record, .gzip, level: Self.level) : record
    }

    static let level: Int32 = 6

    /// - Parameter number: of the exchange; nil for the capture itself.
    static func recordID(_ capture: ExportedCapture, _ kind: WARCRecord.Kind, number: Int? = nil) -> WARCRecordID {
        let facts = [kind.rawValue, "\(capture.origin):\(capture.index)", capture.detailID.description]
        return WARCRecordID(of: facts + (number.map { [String($0)] } ?? []))
    }

    private static func record(
        _ capture: ExportedCapture, _ body: RecordBody, same earlier: WrittenBody?
    ) -> WARCRecord {
        let head = capture.block ?? []
        let kind: WARCRecord.Kind =
            earlier != nil ? .revisit : capture.head == nil ? .resource : .response
        return WARCRecord(
            kind: kind, id: recordID(capture, kind),
            fields: fields(capture, kind, digest: earlier?.digest ?? body.digest, remark: body.remark, same: earlier),
            block: earlier == nil ? [head, body.bytes] : [head])
    }

    static func fields(
        _ capture: ExportedCapture, _ kind: WARCRecord.Kind, digest: ObjectID, remark: RecordBody.Remark?,
        same earlier: WrittenBody?
    ) -> [(String, String)] {
        var fields: [(String, String)] = [
            ("WARC-Date", capture.capturedAt.description), ("WARC-Target-URI", capture.address.description),
        ]
        if let earlier {
            let profile = capture.detail.status == 304 ? "server-not-modified" : "identical-payload-digest"
            fields += [
                ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/\(profile)"),
                ("WARC-Refers-To", earlier.id.description),
                ("WARC-Refers-To-Target-URI", earlier.address.description),
                ("WARC-Refers-To-Date", earlier.date.description),
            ]
        }
        let exchanges = Exchanges(capture.transport)
        if let ip = exchanges.ip { fields.append(("WARC-IP-Address", ip)) }
        if let reason = exchanges.truncated ?? (remark == .truncated || capture.lacksBody ? "unspecified" : nil) {
            fields.append(("WARC-Truncated", reason))
        }
        fields.append(("WARC-Payload-Digest", WARCRecord.digest(digest)))
        if capture.head != nil {
            fields.append(("Content-Type", "application/http; msgtype=response"))
        } else if kind == .resource {
            fields.append(("Content-Type", capture.detail.mediaType))
        }
        return fields
    }

    /// What stet itself knows of a capture, in a record about the first.
    ///
    /// - Parameter isOriginal: whether the body is written as it came.
    static func metadata(
        _ capture: ExportedCapture, describing first: WARCRecordID?, isOriginal: Bool?
    ) -> WARCRecord {
        let detail = capture.detail
        let facts: [(String, String?)] = [
            ("stet-capture", capture.name.description), ("stet-origin", capture.origin.description),
            ("stet-article", capture.article.description), ("stet-detail", WARCRecord.digest(capture.detailID)),
            ("stet-payload", WARCRecord.digest(detail.payload)),
            ("stet-headers", detail.headers.map { WARCRecord.digest($0) }),
            ("stet-body", isOriginal.map { $0 ? "as received" : "coded again" }), ("stet-outcome", detail.outcome),
            ("stet-via", [detail.via.source, detail.via.path].compactMap(\.self).joined(separator: " ")),
            ("stet-tool", detail.via.tool), ("title", capture.title),
        ]
        let lines = facts.compactMap { name, value in value.map { "\(name): \(Self.line($0))\r\n" } }
        var fields = [
            ("WARC-Date", capture.capturedAt.description), ("WARC-Target-URI", capture.address.description),
        ]
        if let first { fields.append(("WARC-Refers-To", first.description)) }
        fields.append(("Content-Type", "application/warc-fields"))
        return WARCRecord(
            kind: .metadata, id: recordID(capture, .metadata), fields: fields, block: [Array(lines.joined().utf8)])
    }

    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}

/// What every file of one export says of itself.
package struct ExportFacts: Hashable, Sendable {
    package let software: String
    /// The archive's name and origin.
    package let archive: String
    package let origin: OriginID
    /// When the latest of what is in it was recorded: not the clock's time, so that the same export gives the same bytes.
    package let date: Timestamp
    /// What was chosen, in words; nil for everything.
    package let selection: String?

    package init(software: String, archive: String, origin: OriginID, date: Timestamp, selection: String?) {
        self.software = software
        self.archive = archive
        self.origin = origin
        self.date = date
        self.selection = selection
    }

    func fields(file: String) -> [(String, String)] {
        [
            ("software", software), ("format", "WARC File Format 1.1"),
            (
                "conformsTo",
                "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
            ), ("isPartOf", archive), ("stet-origin", origin.description),
            ("description", selection.map { "chosen: \($0)" } ?? "everything the archive holds"),
        ]
    }
}
