package import Models

/// The records that one capture becomes, and what an index says of the first of them.
package struct CaptureRecords: Sendable {
    /// Each record a gzip member of its own, or plain.
    package let bytes: [UInt8]
    /// Of the first record, whose page it is.
    package let length: Int
    package let entry: IndexEntry
}

/// A record that others may refer to because it holds the same body.
package struct WrittenBody: Hashable, Sendable {
    let id: WARCRecordID
    let address: WARCAddress
    let date: Timestamp
}

/// Turns captures into WARC records.
package struct RecordEncoder: Sendable {
    /// Whether each record is compressed, as a gzip member of its own.
    package let isCompressed: Bool

    package init(isCompressed: Bool) { self.isCompressed = isCompressed }

    /// The record that holds the body if this capture is not written as a revisit.
    package static func body(of capture: ExportedCapture) -> WrittenBody {
        WrittenBody(
            id: recordID(capture, capture.head == nil ? .resource : .response), address: capture.address,
            date: capture.capturedAt)
    }

    /// - Parameter earlier: the record that holds the same body, if it was written before.
    package func encode(_ capture: ExportedCapture, _ body: RecordBody, same earlier: WrittenBody?) -> CaptureRecords {
        let record = Self.record(capture, body, same: earlier)
        let first = packed(record.bytes)
        let second = packed(Self.metadata(capture, describing: record.id, isOriginal: body.isOriginal).bytes)
        return CaptureRecords(
            bytes: first + second, length: first.count,
            entry: IndexEntry(capture, kind: record.kind, digest: WARCRecord.digest(body.digest)))
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

    static func recordID(_ capture: ExportedCapture, _ kind: WARCRecord.Kind) -> WARCRecordID {
        WARCRecordID(of: [kind.rawValue, "\(capture.origin):\(capture.index)", capture.detailID.description])
    }

    private static func record(
        _ capture: ExportedCapture, _ body: RecordBody, same earlier: WrittenBody?
    ) -> WARCRecord {
        let head = capture.block ?? []
        let kind: WARCRecord.Kind =
            earlier != nil ? .revisit : capture.head == nil ? .resource : .response
        return WARCRecord(
            kind: kind, id: recordID(capture, kind),
            fields: fields(capture, kind, digest: body.digest, remark: body.remark, same: earlier),
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
            fields += [
                ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
                ("WARC-Refers-To", earlier.id.description),
                ("WARC-Refers-To-Target-URI", earlier.address.description),
                ("WARC-Refers-To-Date", earlier.date.description),
            ]
        }
        if remark == .truncated { fields.append(("WARC-Truncated", "unspecified")) }
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
