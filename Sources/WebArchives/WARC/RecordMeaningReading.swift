internal import Models

extension RecordMeaning {
    /// What `record` means. Pure: records can be looked at on several cores.
    package init(_ record: RawRecord) {
        let header = record.header
        if let number = header["WARC-Segment-Number"], header.type == "continuation" || number != "1" || !record.isLast
        {
            self = .failed("it is a part of a record in segments, which are not supported")
            return
        }
        switch header.type {
        case "response", "resource", "revisit": self = Self.page(record)
        case "request": self = .request(Self.request(record))
        case "warcinfo":
            let digests = record.plainDigests
            if let damage = digests.first(where: { $0.verdict == .differs }) {
                self = .other(.record, [damage])
            } else {
                self = .information(software: Self.software(record.block))
            }
        case "continuation": self = .failed("it is a part of a record in segments, which are not supported")
        case "conversion": self = .other(.conversion, record.plainDigests)
        default: self = .other(.record, record.plainDigests)
        }
    }

    private static func page(_ record: RawRecord) -> RecordMeaning {
        let header = record.header
        guard let url = header.target else { return .failed("it does not say which address it is of") }
        let isWeb = url.hasWebScheme
        let headLength = MessageHead.length(record.block, header)
        guard isWeb || url.hasPrefix("file:") else { return .other(.record, record.plainDigests) }
        let isHTTP = header.type != "resource" && (header.isARC || headLength != nil || header.type == "response")
        if isHTTP, headLength == nil, !(header.type == "revisit" && record.block.isEmpty) {
            return .failed("it has no HTTP response in it")
        }
        let headBytes = headLength.map { Array(record.block[..<$0]) }
        let head = headBytes.flatMap { ResponseHead(parsing: $0) }
        if headBytes != nil, head == nil, header.type != "revisit" { return .failed("its HTTP status line is none") }
        let mediaType = header.type == "resource" ? header["Content-Type"] : head?["Content-Type"]
        let isRedirect = head.map { (300..<400).contains($0.status) && $0.status != 304 } ?? false
        if header.type != "revisit", !isRedirect {
            if !record.isWhole, mediaType != nil, PageLikeness.kind(mediaType: mediaType, url: url) == .page {
                return .failed("it is a page of \(record.length >> 20) MiB, which is more than is read of any")
            }
            guard record.isWhole, PageLikeness.kind(mediaType: mediaType, url: url) == .page,
                head.map({ $0.status >= 200 }) ?? true
            else { return .other(.requisite, record.digests(headLength ?? 0, nil)) }
        }
        guard let date = header["WARC-Date"].flatMap({ Timestamp($0) ?? Timestamp(dayOrMinute: $0) }) else {
            return .failed(
                header["WARC-Date"].map { "its date '\($0.prefix(40))' is none" } ?? "it does not say when it was made")
        }
        let recorded = headLength.map { Array(record.block[$0...]) } ?? record.block
        let body = header.type == "revisit" ? MessageBody([], head: nil) : MessageBody(recorded, head: head)
        if let refusal = body.refusal { return .failed(refusal) }
        let response = ArchivedResponse(
            url: url, capturedAt: date, status: head?.status, headBytes: headBytes, head: head, body: body.bytes,
            coded: body.removed.isEmpty
                ? nil : .init(size: recorded.count, id: ObjectID(hashing: recorded), codings: body.removed),
            mediaType: mediaType, place: record.place, header: header,
            digests: record.digests(headLength ?? 0, body), notices: record.notices + notices(header) + body.notices)
        guard header.type == "revisit" else { return .response(response) }
        return .revisit(response, reference(header))
    }

    private static func notices(_ header: RecordHeader) -> [String] {
        var notices: [String] = []
        if let reason = header["WARC-Truncated"] {
            notices.append("the crawler cut it short (WARC-Truncated: \(reason.prefix(40)))")
        }
        if let text = header["WARC-Target-URI"], header.target != text {
            notices.append("its address was written in a wrong way: '\(text.prefix(200))'")
        }
        return notices
    }

    private static func reference(_ header: RecordHeader) -> Reference {
        Reference(
            url: header["WARC-Refers-To-Target-URI"].flatMap(RecordHeader.address),
            date: header["WARC-Refers-To-Date"].flatMap { Timestamp($0) }, recordID: header["WARC-Refers-To"],
            payloadDigest: header["WARC-Payload-Digest"],
            isNotModified: header["WARC-Profile"]?.hasSuffix("server-not-modified") ?? false)
    }

    private static func request(_ record: RawRecord) -> Request {
        let head = MessageHead.length(record.block, record.header) ?? 0
        let lines = record.block[..<head].split(separator: 0x0A, maxSplits: RecordHeader.mostFields)
        let method = lines.first.map { String(decoding: $0.prefix { $0 != 0x20 }.prefix(20), as: UTF8.self) }
        func value(_ name: String) -> String? {
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon - line.startIndex == name.utf8.count,
                    String(decoding: line[..<colon], as: UTF8.self).lowercased() == name
                else { continue }
                return String(decoding: line[(colon + 1)...].prefix(100), as: UTF8.self).trimmed
            }
            return nil
        }
        return Request(
            answers: record.header.fields.filter { $0.name.lowercased() == "warc-concurrent-to" }.map(\.value),
            method: method ?? "", destination: value("sec-fetch-dest"),
            isScripted: value("x-requested-with") != nil, digests: record.digests(head, nil))
    }

    private static func software(_ block: [UInt8]) -> String? {
        for line in block.prefix(1 << 16).split(separator: 0x0A) {
            let text = String(decoding: line.prefix(300), as: UTF8.self)
            if text.prefix(9).lowercased() == "software:" { return text.dropFirst(9).trimmed }
        }
        return nil
    }
}

extension String {
    /// `http:` or `https:`, in any case.
    var hasWebScheme: Bool {
        let start = prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }
}

extension RawRecord {
    /// The only segment of a record in segments has no total length of its own.
    fileprivate var isLast: Bool { header["WARC-Segment-Total-Length"] != nil }

    /// Of a record whose payload is its block.
    fileprivate var plainDigests: [DigestCheck] { digests(0, nil) }

    /// Checks what the record states about itself.
    ///
    /// What crawlers call the payload is the body with the transfer coding or without it, and now and then with no coding at all.
    fileprivate func digests(_ head: Int, _ body: MessageBody?) -> [DigestCheck] {
        guard isWhole else { return checked }
        return header.digests.map { subject, digest in
            guard digest.algorithm != nil, digest.value != nil else {
                return DigestCheck(subject, digest, digest.unreadVerdict)
            }
            let asRecorded = block.withUnsafeBytes { block in
                digest.matches(subject == .block ? block : UnsafeRawBufferPointer(rebasing: block[head...]))
            }
            if asRecorded == true { return DigestCheck(subject, digest, .matches) }
            guard subject == .payload else { return DigestCheck(subject, digest, .differs) }
            var tried = body
            if tried == nil, head > 0 {
                tried = MessageBody(Array(block[head...]), head: ResponseHead(parsing: Array(block[..<head])))
            }
            guard let tried else { return DigestCheck(subject, digest, .differs) }
            if let unchunked = tried.unchunked, digest.matches(unchunked) {
                return DigestCheck(subject, digest, .matchesUnchunked)
            }
            if !tried.removed.isEmpty, digest.matches(tried.bytes) {
                return DigestCheck(subject, digest, .matchesDecoded)
            }
            return DigestCheck(subject, digest, .differs)
        }
    }
}

extension RecordDigest {
    fileprivate func matches(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { matches($0) } ?? false }
}

extension Timestamp {
    /// WARC 1.1 allows dates that are only a year, a month, a day or a minute (W3C-DTF): the beginning of that.
    fileprivate init?(dayOrMinute text: String) {
        switch text.utf8.count {
        case 4: self.init("\(text)-01-01T00:00:00Z")
        case 7: self.init("\(text)-01T00:00:00Z")
        case 10: self.init("\(text)T00:00:00Z")
        case 17 where text.hasSuffix("Z"): self.init("\(text.dropLast()):00Z")
        case 14 where text.utf8.allSatisfy { (48...57).contains($0) }:  // As ARC has it; some converters left it so.
            let digits = Array(text)
            func part(_ range: Range<Int>) -> String { String(digits[range]) }
            self.init(
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z")
        default: return nil
        }
    }
}
