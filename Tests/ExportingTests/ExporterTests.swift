import Exporting
import Foundation
import Models
import Storage
import Testing
import WebArchives

@Suite("An export")
struct ExporterTests {
    @Test("written twice gives the same bytes, also when the packs were made anew in between")
    func deterministic() throws {
        let temporary = try TemporaryArchive()
        for page in Served.all { try temporary.record([page]) }
        let first = try temporary.exporter().writeWARC(to: temporary.path("a/out.warc.gz"), largest: 1 << 30)
        _ = try temporary.archive.compact(.all)
        _ = try temporary.exporter().writeWARC(to: temporary.path("b/out.warc.gz"), largest: 1 << 30)
        #expect(first.captures == Served.all.count)
        let bytes = try ["a", "b"].map { try Data(contentsOf: URL(filePath: temporary.path("\($0)/out.warc.gz"))) }
        #expect(bytes[0] == bytes[1])
    }

    @Test("is split where a file would grow too large, and no capture is torn apart")
    func split() throws {
        let temporary = try TemporaryArchive()
        var random = SystemRandomNumberGenerator()
        let pages = (0..<40).map { number in
            Page(
                "https://a.example/\(number)",
                (0..<2000).map { _ in String(random.next(), radix: 36) }.joined(separator: " "))
        }
        try temporary.record(pages)
        let report = try temporary.exporter().writeWARC(to: temporary.path("out.warc.gz"), largest: 100_000)
        try #require(report.files.count > 3)
        #expect(
            report.files.prefix(2).map { URL(filePath: $0).lastPathComponent } == ["out.warc.gz", "out-00002.warc.gz"])
        var responses = 0
        for file in report.files {
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
            #expect(size <= 100_000)
            let index = try temporary.tool("warcio", ["index", "-f", "warc-type", file]).text
            #expect(index.hasPrefix("{\"warc-type\": \"warcinfo\"}"))
            let (pages, notes) = (count("resource", index), count("metadata", index))
            #expect(pages == notes && pages > 0)
            responses += pages
        }
        #expect(responses == 40)
        let names = try FileManager.default.contentsOfDirectory(atPath: temporary.folder)
        #expect(!names.contains { $0.hasPrefix(".tmp-") })
        let folder = try temporary.exporter().writeWARC(to: temporary.path("many"), largest: 100_000)
        #expect(folder.files.count == report.files.count)
        #expect(folder.files.allSatisfy { $0.contains("/many/press-") && $0.hasSuffix(".warc.gz") })
    }

    private func count(_ kind: String, _ index: String) -> Int {
        index.components(separatedBy: "\"warc-type\": \"\(kind)\"").count - 1
    }

    @Test("refers to an earlier record of the article with the same body, and to no other")
    func revisits() throws {
        let temporary = try TemporaryArchive()
        try temporary.record([
            Page("https://a.example/x", "One\ntext.", at: 0, head: Served.head("Date: 1")),
            Page("https://a.example/x", "One\ntext.", at: 10, head: Served.head("Date: 2")),
            Page("https://a.example/x", "Another\ntext.", at: 20, head: Served.head("Date: 3")),
            Page("https://a.example/x", "One\ntext.", at: 30, head: Served.head("Date: 4")),
            // The same text in another coding is another body.
            Page("https://a.example/x", "One\ntext.", at: 40, head: Served.head("Content-Encoding: gzip")),
            // And another article's.
            Page("https://a.example/y", "One\ntext.", at: 50, head: Served.head("Date: 5")),
        ])
        let report = try temporary.exporter().writeWARC(to: temporary.path("out.warc"), largest: 1 << 30)
        #expect(report.captures == 6 && report.revisits == 2)
        let fields = "warc-type,warc-date,warc-refers-to-date,warc-refers-to-target-uri,content-length"
        let index = try temporary.tool("warcio", ["index", "-f", fields, "out.warc"]).text.split(separator: "\n")
            .map { try JSON(parsing: Array($0.utf8)) }
        let revisits = index.filter { $0["warc-type"]?.string == "revisit" }
        #expect(revisits.map { $0["warc-date"]?.string } == ["2026-03-01T00:00:10.250Z", "2026-03-01T00:00:30.250Z"])
        #expect(revisits.allSatisfy { $0["warc-refers-to-date"]?.string == "2026-03-01T00:00:00.250Z" })
        #expect(revisits.allSatisfy { $0["warc-refers-to-target-uri"]?.string == "https://a.example/x" })
        // The head of that very answer, and nothing else.
        #expect(revisits.allSatisfy { $0["content-length"]?.string == String(Served.head("Date: 2").utf8.count) })
    }

    @Test(
        "an answer that the page is as it was refers to the page, however that was coded; without it, it holds the page"
    )
    func notModified() throws {
        let temporary = try TemporaryArchive()
        let answer = Served.head("Content-Encoding: gzip", "Content-Length: 9", status: "304 Not Modified")
        var unchanged = Page("https://a.example/x", "One\ntext.", at: 10, head: answer)
        unchanged.status = 304
        try temporary.record([
            Page("https://a.example/x", "One\ntext.", at: 0, head: Served.head("Content-Encoding: gzip")), unchanged,
        ])
        let whole = try temporary.exporter().writeWARC(to: temporary.path("out.warc"), largest: 1 << 30)
        #expect(whole.captures == 2 && whole.revisits == 1)
        let reading = try RecordReader(file: InputFile(path: temporary.path("out.warc")), name: "out.warc")
        var (digest, reference): (String?, RecordMeaning.Reference?)
        while let event = try reading.next() {
            guard case .record(let record) = event else { continue }
            if record.header.type == "response" { digest = record.header["WARC-Payload-Digest"] }
            if case .revisit(_, let found) = RecordMeaning(record) { reference = found }
        }
        #expect(reference?.isNotModified == true)
        #expect(digest != nil && reference?.payloadDigest == digest)
        let since = Timestamp(milliseconds: TemporaryArchive.epoch.milliseconds + 5000)
        let selection = Selection(sites: nil, articles: nil, since: since)
        _ = try temporary.exporter(selection).writeWARC(to: temporary.path("late.warc"), largest: 1 << 30)
        let late = try String(contentsOfFile: temporary.path("late.warc"), encoding: .utf8)
        #expect(late.contains("304 Not Modified") && late.contains("\r\n\r\nOne\ntext.\r\n"))
    }

    @Test("holds what was chosen, and nothing else")
    func selection() throws {
        let temporary = try TemporaryArchive()
        try temporary.record([
            Page("https://a.example/x", "A\nx", at: 0), Page("https://a.example/x", "A\nx2", at: 100),
            Page("https://a.example/y", "A\ny", at: 50), Page("https://b.example/z", "B\nz", at: 200),
        ])
        let since = Timestamp(milliseconds: TemporaryArchive.epoch.milliseconds + 60_000)
        let cases: [(Selection, Int)] = [
            (Selection(sites: ["a.example"], articles: nil, since: nil), 3),
            (Selection(sites: nil, articles: ["a.example/x"], since: nil), 2),
            (Selection(sites: nil, articles: nil, since: since), 2),
            (Selection(sites: ["a.example"], articles: ["a.example/x"], since: since), 1),
            (Selection(sites: ["c.example"], articles: nil, since: nil), 0),
        ]
        for (selection, expected) in cases {
            let report = try temporary.exporter(selection).writeWARC(to: temporary.path("out.warc"), largest: 1 << 30)
            #expect(report.captures == expected)
            let files = try temporary.exporter(selection).writeFiles(to: temporary.path("files"))
            #expect(files.captures == expected)
        }
    }

    @Test("tells the redirects that led to a page, the request, and the server's address")
    func exchanges() throws {
        let temporary = try TemporaryArchive()
        var page = Page("https://a.example/new", Served.text, head: Served.head())
        let moved = "HTTP/1.1 301 Moved Permanently\r\nLocation: https://a.example/new\r\nContent-Length: 0\r\n\r\n"
        page.transport = .object([
            .init("format", 1), .init("kind", "http"),
            .init(
                "exchanges",
                .array([
                    .object([
                        .init("url", "http://a.example/old"), .init("startedAt", "2026-03-01T00:00:00Z"),
                        .init("request", "GET /old HTTP/1.1\r\nHost: a.example\r\n\r\n"), .init("head", .string(moved)),
                        .init("address", "192.0.2.7"),
                    ]),
                    .object([
                        .init("url", "https://a.example/new"), .init("startedAt", "2026-03-01T00:00:00.100Z"),
                        .init("request", "GET /new HTTP/1.1\r\nHost: a.example\r\n\r\n"),
                        .init("address", "2001:db8::7"),
                    ]),
                ])),
        ])
        var failed = Page("https://a.example/late", "")
        failed.outcome = "timeout"
        try temporary.record([page, failed])
        let report = try temporary.exporter().writeWARC(to: temporary.path("out.warc.gz"), largest: 1 << 30)
        #expect(report.captures == 2 && report.unanswered == 1)
        #expect(try temporary.tool("warcio", ["check", "out.warc.gz"]).exit == 0)
        let index = try temporary.tool(
            "warcio", ["index", "-f", "warc-type,warc-target-uri,warc-ip-address,http:status", "out.warc.gz"]
        ).text.split(separator: "\n").map(String.init)
        #expect(
            index == [
                #"{"warc-type": "warcinfo"}"#,
                #"{"warc-type": "metadata", "warc-target-uri": "https://a.example/late"}"#,
                #"{"warc-type": "response", "warc-target-uri": "https://a.example/new", "warc-ip-address": "2001:db8::7", "http:status": "200"}"#,
                #"{"warc-type": "response", "warc-target-uri": "http://a.example/old", "warc-ip-address": "192.0.2.7", "http:status": "301"}"#,
                #"{"warc-type": "request", "warc-target-uri": "http://a.example/old", "warc-ip-address": "192.0.2.7"}"#,
                #"{"warc-type": "request", "warc-target-uri": "https://a.example/new", "warc-ip-address": "2001:db8::7"}"#,
                #"{"warc-type": "metadata", "warc-target-uri": "https://a.example/new"}"#,
            ])
    }

    @Test("of files has each page as it came, each state as text, and a table that lists both")
    func readable() throws {
        let temporary = try TemporaryArchive()
        try temporary.record([
            Page("https://a.example/news/bridge?id=7", "Bridge * closed\n1. Not a list.", at: 0, head: Served.head()),
            Page("https://a.example/news/bridge?id=7", "Bridge * closed\n1. Not a list.", at: 60, head: Served.head()),
            Page("https://a.example/news/bridge?id=7", "Bridge open\nAt last.", at: 120, head: Served.head()),
        ])
        let report = try temporary.exporter().writeFiles(to: temporary.path("out"))
        #expect(report.captures == 3)
        let rows = try String(contentsOfFile: temporary.path("out/index.tsv"), encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        try #require(rows.count == 4)
        #expect(rows[0].first == "article" && rows.allSatisfy { $0.count == 14 })
        #expect(rows.dropFirst().map { $0[1] } == ["1", "1", "2"])
        for row in rows.dropFirst() {
            let bytes = try Data(contentsOf: URL(filePath: temporary.path("out/\(row[11])")))
            #expect(ObjectID(hashing: Array(bytes)).description == row[9])
            #expect(try String(contentsOfFile: temporary.path("out/\(row[12])"), encoding: .utf8) == Served.head())
        }
        #expect(rows[2][13].isEmpty)
        let text = try String(contentsOfFile: temporary.path("out/\(rows[1][13])"), encoding: .utf8)
        #expect(
            text.hasPrefix(
                "# Bridge \\* closed\n\n1\\. Not a list.\n\n---\n\n- article: a.example/news/bridge?id=7, state 1\n"))
        #expect(try String(contentsOfFile: temporary.path("out/README.txt"), encoding: .utf8).contains("index.tsv"))
    }

    @Test("that fails leaves nothing half-written behind")
    func failure() throws {
        let temporary = try TemporaryArchive()
        try temporary.record(Served.all)
        let packs = try FileManager.default.contentsOfDirectory(atPath: temporary.path("press/packs")).filter {
            $0.hasSuffix(".pack")
        }
        #expect(!packs.isEmpty)
        for pack in packs {
            let file = URL(filePath: temporary.path("press/packs/\(pack)"))
            var bytes = try Data(contentsOf: file)
            for at in stride(from: 100, to: bytes.count, by: 50) { bytes[at] ^= 0x55 }
            try bytes.write(to: file)
        }
        // Opened anew: what was just written is remembered.
        let archive = try Archive(
            opening: temporary.archive.path, interpreter: TemporaryArchive.interpreter,
            clock: { TemporaryArchive.epoch })
        let exporter = try Exporter(
            archive, nil, description: nil, software: "stet test", clock: { TemporaryArchive.epoch })
        #expect(throws: ExportError.self) {
            try exporter.writeWARC(to: temporary.path("out/x.warc.gz"), largest: 1 << 30)
        }
        #expect(throws: ExportError.self) {
            try exporter.writeWACZ(to: temporary.path("out/x.wacz"), largest: 1 << 30, key: WACZKey())
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path("out")).isEmpty)
    }
}
