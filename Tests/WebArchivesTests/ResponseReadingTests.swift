import Models
import Testing
import WebArchives

/// A body as a record may have it, and what must come out of it.
struct CodedBody: Sendable {
    let name: String
    let head: String
    let recorded: [UInt8]
    let body: [UInt8]
    let removed: [String]
    let notices: Int

    init(_ name: String, _ head: String, _ recorded: [UInt8], _ body: [UInt8], _ removed: [String], _ notices: Int) {
        self.name = name
        self.head = head
        self.recorded = recorded
        self.body = body
        self.removed = removed
        self.notices = notices
    }

    static let body = Made.bytes("<p>one two three</p>")
    static let chunked = Made.bytes("7\r\n<p>one \r\nd;x=y\r\ntwo three</p>\r\n0\r\n\r\n")
    static let gzip = Made.gzip(body)

    static let bodies: [CodedBody] = [
        CodedBody("plain", "", body, body, [], 0),
        CodedBody("chunked", "Transfer-Encoding: chunked\r\n", chunked, body, ["chunked"], 0),
        CodedBody("not chunked after all", "Transfer-Encoding: chunked\r\n", body, body, [], 1),
        CodedBody(
            "without the last chunk", "Transfer-Encoding: chunked\r\n", Array(chunked.dropLast(5)), body,
            ["chunked"], 1
        ),
        CodedBody(
            "with wrong chunks", "Transfer-Encoding: chunked\r\n", Made.bytes("3\r\n<p>\r\nzz\r\nrest</p>"),
            Made.bytes("<p>zz\r\nrest</p>"), ["chunked"], 1
        ),
        CodedBody("gzip", "Content-Encoding: gzip\r\n", gzip, body, ["gzip"], 0),
        CodedBody("x-gzip, upper case", "content-encoding: X-GZIP\r\n", gzip, body, ["x-gzip"], 0),
        CodedBody("gzip in name only", "Content-Encoding: gzip\r\n", body, body, [], 1),
        CodedBody("gzip cut off", "Content-Encoding: gzip\r\n", Array(gzip.dropLast(4)), body, ["gzip"], 1),
        CodedBody("twice", "Content-Encoding: gzip, gzip\r\n", Made.gzip(gzip), body, ["gzip", "gzip"], 0),
        CodedBody("zstd", "Content-Encoding: zstd\r\n", Made.zstd(body), body, ["zstd"], 0),
        CodedBody(
            "raw deflate", "Content-Encoding: deflate\r\n", Array(gzip[10..<(gzip.count - 8)]), body, ["deflate"], 0
        ),
        CodedBody(
            "chunked gzip", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            Made.bytes("\(String(gzip.count, radix: 16))\r\n") + gzip + Made.bytes("\r\n0\r\n\r\n"), body,
            ["chunked", "gzip"], 0
        ),
        CodedBody("identity", "Content-Encoding: identity\r\n", body, body, [], 0),
        CodedBody("unknown", "Content-Encoding: rot13\r\n", body, body, [], 1),
        CodedBody(
            "empty", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", Made.bytes("0\r\n\r\n"), [],
            ["chunked"], 0
        ),
    ]
}

/// Digests as records state them of the same body.
enum StatedDigest {
    static let body = CodedBody.body
    static let all: [(String, DigestCheck.Verdict)] = {
        let hex = ObjectID(hashing: body).description
        return [
            ("sha256:\(hex)", .matches), ("SHA-256:\(hex.uppercased())", .matches),
            ("sha1:JI23LICQMBBTTHPIW42MQHUGQB6MVFHD", .differs),
            ("sha1:1112H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", .differs), ("sha256:abc", .differs),
            ("md5:00000000000000000000000000000000", .differs), ("blake3:\(hex)", .notChecked), ("none", .notChecked),
        ]
    }()
}

@Suite("What a record means")
struct ResponseReadingTests {
    @Test("codings are removed, and what cannot be is kept and told", arguments: CodedBody.bodies)
    func body(
        _ made: CodedBody
    ) throws {
        let response = try #require(try Made.response(Made.record(Made.http(made.recorded, more: made.head))))
        #expect(response.body == made.body, "\(made.name)")
        #expect(response.coded?.codings ?? [] == made.removed, "\(made.name)")
        #expect(response.notices.count == made.notices, "\(made.name): \(response.notices)")
        if let coded = response.coded {
            #expect(coded.id == ObjectID(hashing: made.recorded))
            #expect(coded.size == made.recorded.count)
        }
        #expect(response.headBytes?.suffix(4) == Made.bytes("\r\n\r\n")[...])
        #expect(response.status == 200)
    }

    @Test("the body of a bomb is refused")
    func bomb() throws {
        // A stored zstd block cannot be a bomb; a run-length block is one: 128 KiB in four bytes.
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58]
        for _ in 0..<1000 { frame += Made.little(131_072 << 3 | 2, 3) + [0x41] }
        frame += Made.little(1 << 3 | 3, 3) + [0x41]
        let record = Made.record(Made.http(frame, more: "Content-Encoding: zstd\r\n"))
        guard case .failed(let reason) = RecordMeaning(try #require(try Made.records(record).first)) else {
            Issue.record("it was unpacked")
            return
        }
        #expect(reason.contains("unpacks to more"))
    }

    @Test("a stated digest is checked in every spelling", arguments: StatedDigest.all)
    func digest(_ stated: String, _ verdict: DigestCheck.Verdict) throws {
        let record = Made.record(more: "WARC-Payload-Digest: \(stated)\r\n", Made.http(CodedBody.body))
        let response = try #require(try Made.response(record))
        #expect(response.digests.map(\.verdict) == [verdict], "\(stated)")
        #expect((response.damage == nil) == (verdict != .differs))
    }

    @Test("the same digest is known in base 32, base 64 and hexadecimal digits")
    func spellings() throws {
        // Of the three letters abc (FIPS 180-4, appendix A).
        let block = Made.bytes("abc")
        for text in [
            "sha1:a9993e364706816aba3e25717850c26c9cd0d89d", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
            "sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
            "SHA1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0",
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "md5:900150983cd24fb0d6963f7d28e17f72",
        ] {
            #expect(block.withUnsafeBytes { RecordDigest(text).matches($0) } == true, "\(text)")
        }
    }

    @Test("a payload digest may be of the body with its chunks, without them, or with nothing around it")
    func payloadDigests() throws {
        let coded = Made.gzip(CodedBody.body)
        let chunked = Made.bytes("\(String(coded.count, radix: 16))\r\n") + coded + Made.bytes("\r\n0\r\n\r\n")
        let head = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
        for (bytes, verdict) in [
            (chunked, DigestCheck.Verdict.matches), (coded, .matchesUnchunked), (CodedBody.body, .matchesDecoded),
        ] {
            let digest = "WARC-Payload-Digest: sha256:\(ObjectID(hashing: bytes))\r\n"
            let response = try #require(try Made.response(Made.record(more: digest, Made.http(chunked, more: head))))
            #expect(response.digests.map(\.verdict) == [verdict])
        }
    }

    @Test(
        "what is no page is told apart",
        arguments: [
            ("image/png", "https://news.example/x", "200 OK"), ("text/css", "https://news.example/x", "200 OK"),
            ("text/html", "https://news.example/x.png", "404 Not Found"),
            ("text/html", "https://news.example/favicon.ico", "404 Not Found"),
            ("text/plain", "https://news.example/robots.txt", "200 OK"),
            ("application/json", "https://news.example/api/x", "200 OK"),
        ])
    func requisites(_ type: String, _ url: String, _ status: String) throws {
        let record = Made.record(url: url, Made.http(CodedBody.body, status: status, type: type))
        guard case .other(.requisite, _) = RecordMeaning(try #require(try Made.records(record).first)) else {
            Issue.record("\(type) \(url) was taken for a page")
            return
        }
    }

    @Test(
        "what cannot be a capture says why",
        arguments: [
            (Made.record(url: nil, Made.http(CodedBody.body)), "address"),
            (Made.record(date: nil, Made.http(CodedBody.body)), "when"),
            (Made.record(date: "yesterday", Made.http(CodedBody.body)), "date"),
            // Fourteen bytes, thirteen characters.
            (Made.record(date: "202001011200\u{E9}", Made.http(CodedBody.body)), "date"),
            (Made.record(Made.bytes("no http")), "HTTP"),
            (Made.record(Made.bytes("HTTP/1.1 abc\r\n\r\n")), "status"),
            (Made.record(more: "WARC-Segment-Number: 1\r\n", Made.http(CodedBody.body)), "segments"),
            (Made.record(type: "continuation", more: "WARC-Segment-Number: 2\r\n", CodedBody.body), "segments"),
        ])
    func failures(_ record: [UInt8], _ word: String) throws {
        guard case .failed(let reason) = RecordMeaning(try #require(try Made.records(record).first)) else {
            Issue.record("it was taken for something")
            return
        }
        #expect(reason.contains(word))
    }

    @Test(
        "records that are about the crawl are no captures",
        arguments: ["urn:text:https://news.example/", "dns:news.example", "metadata://gnu.org/x", "screenshot:x"])
    func others(_ url: String) throws {
        let record = Made.record(type: "resource", url: url, contentType: "text/plain", CodedBody.body)
        guard case .other(.record, _) = RecordMeaning(try #require(try Made.records(record).first)) else {
            Issue.record("\(url) was taken for a page")
            return
        }
    }

    @Test("a crawler that cut a body short says so, and it is told")
    func truncated() throws {
        let record = Made.record(more: "WARC-Truncated: length\r\n", Made.http(CodedBody.body))
        #expect(try Made.response(record)?.notices.first?.contains("length") == true)
    }
}
