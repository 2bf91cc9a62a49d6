import Models
import Testing
import WebArchives

@Suite("A capture's WARC records")
struct CaptureRecordsTests {
    private static let digest = ObjectID(hashing: "<p>One</p>")
    private let origin = OriginID(ObjectID(hashing: "an origin"))

    private func capture(
        head: String?, url: String = "https://a.example/x?y=\u{E4}", title: String? = "Two\r\nlines"
    ) throws -> ExportedCapture {
        let time = try #require(Timestamp("2026-03-01T06:40:00.250Z"))
        let content = Array("<p>One</p>".utf8)
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: url, article: nil, capturedAt: time, payload: ObjectID(hashing: content), size: content.count,
            mediaType: "text/html", status: 200, headers: head.map { ObjectID(hashing: $0) }, outcome: "ok",
            via: .init(source: "http", path: nil, tool: "stet 1"), salt: Salt(using: &random))
        return ExportedCapture(
            origin: origin, index: 7, article: ArticleKey(path: "x"), address: WARCAddress(url: url), detail: detail,
            detailID: ObjectID(hashing: "a detail"), head: head.map { Array($0.utf8) }, title: title)
    }

    private func text(_ capture: ExportedCapture, same: WrittenBody? = nil) -> String {
        let body = RecordBody(Array("<p>One</p>".utf8), capture.framing)
        let records = RecordEncoder(isCompressed: false).encode(capture, body, same: same)
        return String(decoding: records.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    @Test("are these bytes, for a response")
    func response() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        #expect(
            text(try capture(head: head)) == """
                WARC/1.1
                WARC-Type: response
                WARC-Record-ID: <urn:uuid:af6001f8-8b3f-8cdd-9096-9309005c10d1>
                WARC-Date: 2026-03-01T06:40:00.250Z
                WARC-Target-URI: https://a.example/x?y=%C3%A4
                WARC-Payload-Digest: sha256:\(ObjectID(hashing: "<p>One</p>"))
                Content-Type: application/http; msgtype=response
                WARC-Block-Digest: sha256:\(ObjectID(hashing: head + "<p>One</p>"))
                Content-Length: \(head.utf8.count + 10)

                HTTP/1.1 200 OK
                Content-Type: text/html

                <p>One</p>

                WARC/1.1
                WARC-Type: metadata
                WARC-Record-ID: <urn:uuid:4eaf6ae8-bcd5-859f-b373-80a69dcdb1a4>
                WARC-Date: 2026-03-01T06:40:00.250Z
                WARC-Target-URI: https://a.example/x?y=%C3%A4
                WARC-Refers-To: <urn:uuid:af6001f8-8b3f-8cdd-9096-9309005c10d1>
                Content-Type: application/warc-fields
                WARC-Block-Digest: sha256:1d1aaa904bb94120e1a8ebf7fad04a9cc59ff464678c80744704717c58617cbb
                Content-Length: 487

                stet-capture: \(origin.short):7
                stet-origin: \(origin)
                stet-article: file:x
                stet-detail: sha256:\(ObjectID(hashing: "a detail"))
                stet-payload: sha256:\(ObjectID(hashing: "<p>One</p>"))
                stet-headers: sha256:\(ObjectID(hashing: head))
                stet-body: as received
                stet-outcome: ok
                stet-via: http
                stet-tool: stet 1
                title: Two  lines



                """)
    }

    @Test("refer to the first with the same body, and hold the head alone")
    func revisit() throws {
        let first = try capture(head: "HTTP/1.1 200 OK\r\n\r\n", url: "https://a.example/first")
        let later = try capture(head: "HTTP/1.1 200 OK\r\nDate: later\r\n\r\n")
        let lines = text(later, same: RecordEncoder.body(of: first, digest: Self.digest)).split(separator: "\n").map(
            String.init)
        #expect(lines[1] == "WARC-Type: revisit")
        #expect(lines.contains("WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"))
        #expect(lines.contains("WARC-Refers-To-Target-URI: https://a.example/first"))
        #expect(lines.contains("WARC-Refers-To-Date: 2026-03-01T06:40:00.250Z"))
        #expect(lines.contains { $0.hasPrefix("WARC-Refers-To: <urn:uuid:") })
        #expect(lines.contains("Content-Length: \("HTTP/1.1 200 OK\r\nDate: later\r\n\r\n".utf8.count)"))
        #expect(!lines.contains("<p>One</p>"))
    }

    @Test("of what came by no HTTP are resources")
    func resource() throws {
        let lines = text(try capture(head: nil)).split(separator: "\n").map(String.init)
        #expect(lines[1] == "WARC-Type: resource")
        #expect(lines.contains("Content-Type: text/html"))
        #expect(lines.contains("Content-Length: 10"))
    }

    @Test("cannot be broken out of by what a page or an address says")
    func injection() throws {
        let evil = "https://a.example/\r\nWARC-Type: warcinfo\r\n\r\n"
        let text = text(try capture(head: nil, url: evil, title: "x\r\n\r\nWARC/1.1\r\nWARC-Type: warcinfo"))
        let lines = text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("WARC-Type: ") } == ["WARC-Type: resource", "WARC-Type: metadata"])
        #expect(text.contains("WARC-Target-URI: https://a.example/%0D%0AWARC-Type:%20warcinfo%0D%0A%0D%0A\n"))
    }

    @Test("are named the same each time, and each differently")
    func names() throws {
        let (a, b) = (try capture(head: nil), try capture(head: "HTTP/1.1 200 OK\r\n\r\n"))
        #expect(RecordEncoder.body(of: a, digest: Self.digest) == RecordEncoder.body(of: a, digest: Self.digest))
        #expect(RecordEncoder.body(of: a, digest: Self.digest) != RecordEncoder.body(of: b, digest: Self.digest))
    }
}
