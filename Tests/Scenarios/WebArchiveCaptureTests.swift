import Foundation
import Models
import Testing

@Suite("Capturing web archives")
struct WebArchiveCaptureTests {
    private static let page = """
        <!DOCTYPE html><html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>
        <p>The bridge over the river was closed on Monday after inspectors found cracks in two of its pillars, the city said.</p>
        <p>It will stay closed for at least three weeks, and buses will take another way through the old town, it said.</p>
        <p>Engineers will look at the other pillars as well, and publish what they find at the end of the month.</p></article></body></html>
        """
    private static let edited = page.replacingOccurrences(of: "three weeks", with: "five weeks")

    private static func record(
        _ type: String, _ url: String, _ date: String, _ block: String, id: Int, more: String = "",
        contentType: String = "application/http; msgtype=response"
    ) -> String {
        "WARC/1.1\r\nWARC-Type: \(type)\r\nWARC-Target-URI: \(url)\r\nWARC-Date: \(date)\r\n"
            + "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-\(String(format: "%012d", id))>\r\n\(more)"
            + "Content-Type: \(contentType)\r\nContent-Length: \(block.utf8.count)\r\n\r\n\(block)\r\n\r\n"
    }

    private static func http(_ body: String, _ status: String = "200 OK", _ more: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\n\(more)\r\n\(body)"
    }

    private static func id(_ number: Int) -> String {
        "<urn:uuid:00000000-0000-4000-8000-\(String(format: "%012d", number))>"
    }

    /// Two visits to an article, by way of a redirect, with an image, a form's answer, a revisit, and the article's end.
    private static let crawl: String = {
        let story = "https://news.example/story"
        let info = "software: TestCrawler/1.0\r\n"
        return [
            record("warcinfo", "urn:x", "2026-03-02T06:00:00Z", info, id: 1, contentType: "application/warc-fields"),
            record(
                "response", "http://news.example/story", "2026-03-02T06:39:59Z",
                http("", "301 Moved Permanently", "Location: \(story)\r\n"), id: 2),
            record(
                "response", story, "2026-03-02T06:40:00Z", http(page), id: 3,
                more: "WARC-Payload-Digest: sha256:\(ObjectID(hashing: page))\r\n"),
            record(
                "response", "https://news.example/logo.png", "2026-03-02T06:40:01Z",
                http("xx").replacingOccurrences(of: "text/html", with: "image/png"), id: 4),
            record("response", "https://news.example/search", "2026-03-02T06:40:02Z", http(page), id: 5),
            record(
                "request", "https://news.example/search", "2026-03-02T06:40:02Z",
                "POST /search HTTP/1.1\r\n\r\nq=x", id: 6, more: "WARC-Concurrent-To: \(id(5))\r\n",
                contentType: "application/http; msgtype=request"),
            record(
                "revisit", story, "2026-03-03T06:40:00Z", "HTTP/1.1 304 Not Modified\r\n\r\n", id: 7,
                more: "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\n"
                    + "WARC-Refers-To-Target-URI: \(story)\r\nWARC-Refers-To-Date: 2026-03-02T06:40:00Z\r\n"),
            record("response", story, "2026-03-04T06:40:00Z", http(edited), id: 8),
            record("response", story, "2026-03-05T06:40:00Z", http("<h1>Gone</h1>", "410 Gone"), id: 9),
        ].joined()
    }()

    private func archive(_ machine: Machine) throws { try machine.stet("init", "press") }

    private func capture(_ machine: Machine, _ names: String...) throws -> Machine.Run {
        try machine.run(Machine.stet, ["--archive", "press", "capture", "--json"] + names)
    }

    @Test(
        "each page becomes a capture with its own time and status, however the file is packed",
        arguments: ["", ".gz", ".zst"])
    func pages(_ packing: String) throws {
        let machine = try Machine()
        try archive(machine)
        try Data(Self.crawl.utf8).write(to: machine.folder.appending(path: "crawl.warc"))
        if packing == ".gz" { try machine.shell("gzip crawl.warc") }
        if packing == ".zst" { try machine.shell("zstd -q --rm crawl.warc") }
        let run = try capture(machine, "crawl.warc\(packing)")
        #expect(run.exit == 0, "\(run.errors)")
        #expect(run.errors.contains("parts of pages"))
        let lines = try run.lines
        #expect(lines.count == 4)
        #expect(
            lines.allSatisfy {
                $0["url"]?.string == "https://news.example/story" && $0["source"]?.string == "crawl.warc\(packing)"
            })
        let times = lines.compactMap { $0["capturedAt"]?.string }.sorted()
        #expect(
            times == ["2026-03-02T06:40:00Z", "2026-03-03T06:40:00Z", "2026-03-04T06:40:00Z", "2026-03-05T06:40:00Z"])
        #expect(lines.filter { $0["payload"]?.string == ObjectID(hashing: Self.page).description }.count == 2)
        let again = try capture(machine, "crawl.warc\(packing)")
        #expect(try again.summary["unchanged"]?.integer == 4)
        #expect(try machine.stet("--archive", "press", "log", "news.example/story", "--json").lines.count >= 3)
        #expect(try machine.stet("--archive", "press", "verify").exit == 0)
    }

    @Test("the evidence says where a capture came from, and the header block is kept as it was")
    func evidence() throws {
        let machine = try Machine()
        try archive(machine)
        try Data(Self.crawl.utf8).write(to: machine.folder.appending(path: "crawl.warc"))
        let first = try #require(try capture(machine, "crawl.warc").lines.first)
        let name = try #require(first["capture"]?.string)
        try machine.stet("--archive", "press", "snapshot")
        try machine.stet("--archive", "press", "prove", name, "-o", "proof.json")
        let text = try String(contentsOf: machine.folder.appending(path: "proof.json"), encoding: .utf8)
        let proof = try JSON(parsing: Array(text.utf8))
        let evidence = try JSON(parsing: Array(try #require(proof["transport"]?["text"]?.string).utf8))
        #expect(evidence["kind"]?.string == "warc")
        #expect(evidence["file"]?["name"]?.string == "crawl.warc")
        #expect(evidence["record"]?["id"]?.string == Self.id(3))
        #expect(evidence["record"]?["software"]?.string == "TestCrawler/1.0")
        #expect(evidence["record"]?["digests"]?.array?.first?["verdict"]?.string == "matches")
        #expect(evidence["redirects"]?.array?.first?["url"]?.string == "http://news.example/story")
        #expect(proof["headers"]?["text"]?.string == Self.http(""))
    }

    @Test("a record with a wrong digest has failed, and is captured only when that is asked for")
    func wrongDigest() throws {
        let machine = try Machine()
        try archive(machine)
        let wrong = Self.record(
            "response", "https://news.example/other", "2026-03-02T06:40:00Z", Self.http(Self.page), id: 20,
            more: "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n")
        try Data((Self.crawl + wrong).utf8).write(to: machine.folder.appending(path: "crawl.warc"))
        let run = try capture(machine, "crawl.warc")
        #expect(run.exit == 3)
        let failed = try #require(try run.lines.first { $0["status"]?.string == "failed" })
        #expect(failed["url"]?.string == "https://news.example/other")
        #expect(failed["reason"]?.string?.contains("byte \(Self.crawl.utf8.count)") == true)
        let kept = try capture(machine, "crawl.warc", "--keep-damaged")
        #expect(kept.exit == 0)
        #expect(kept.errors.contains("does not match"))
    }

    @Test("a revisit of another file's page becomes a capture of that page's payload, or has failed")
    func revisits() throws {
        let machine = try Machine()
        try archive(machine)
        let url = "https://news.example/story?from=feed"
        let page = Self.page.replacingOccurrences(
            of: "<title>", with: "<link rel=canonical href=\"https://news.example/story\"><title>")
        let digest = "WARC-Payload-Digest: sha256:\(ObjectID(hashing: page))\r\n"
        let reference = "WARC-Refers-To-Target-URI: \(url)\r\nWARC-Refers-To-Date: "
        let files = [
            "first.warc": Self.record("response", url, "2026-03-02T06:40:00Z", Self.http(page), id: 1, more: digest),
            "second.warc": Self.record(
                "revisit", url, "2026-03-03T06:40:00Z", Self.http(""), id: 2,
                more: digest + reference + "2026-03-02T06:40:00Z\r\n"),
            "stranger.warc": Self.record(
                "revisit", url, "2026-03-04T06:40:00Z", "", id: 3, more: digest + reference + "2025-01-01T00:00:00Z\r\n"
            ),
        ]
        for (name, text) in files { try Data(text.utf8).write(to: machine.folder.appending(path: name)) }
        #expect(try capture(machine, "first.warc").exit == 0)
        let line = try #require(try capture(machine, "second.warc").lines.first)
        #expect(line["status"]?.string == "unchanged")
        #expect(line["payload"]?.string == ObjectID(hashing: page).description)
        #expect(line["capturedAt"]?.string == "2026-03-03T06:40:00Z")
        #expect(line["article"]?.string == "news.example/story")
        let stranger = try capture(machine, "stranger.warc")
        #expect(stranger.exit == 65)
        #expect(stranger.text.contains("neither in this file nor in the archive"))
    }

    @Test("a revisit is of the page that has its digest, and of none that has another")
    func revisitDigests() throws {
        let machine = try Machine()
        try archive(machine)
        let (url, time) = ("https://news.example/story", "2026-03-02T06:40:00Z")
        func digest(_ text: String) -> String { "WARC-Payload-Digest: sha256:\(ObjectID(hashing: text))\r\n" }
        func revisit(_ text: String, _ day: Int) -> String {
            Self.record(
                "revisit", url, "2026-03-0\(day)T06:40:00Z", Self.http(""), id: day,
                more: digest(text) + "WARC-Refers-To-Target-URI: \(url)\r\nWARC-Refers-To-Date: \(time)\r\n")
        }
        // Two pages in the same second.
        let pages = [Self.page, Self.edited].enumerated().map { number, page in
            Self.record("response", url, time, Self.http(page), id: 10 + number, more: digest(page))
        }
        let crawl = pages.joined() + revisit(Self.page, 3) + revisit(Self.edited, 4) + revisit("another", 5)
        try Data(crawl.utf8).write(to: machine.folder.appending(path: "one.warc"))
        let lines = try capture(machine, "one.warc").lines
        func payload(_ day: Int) -> String? {
            lines.first { $0["capturedAt"]?.string == "2026-03-0\(day)T06:40:00Z" }?["payload"]?.string
        }
        #expect(payload(3) == ObjectID(hashing: Self.page).description)
        #expect(payload(4) == ObjectID(hashing: Self.edited).description)
        #expect(payload(5) == nil && lines.count { $0["status"]?.string == "failed" } == 1)
        // The same with the pages in the archive.
        try Data((revisit(Self.edited, 6) + revisit("another", 7)).utf8).write(
            to: machine.folder.appending(path: "two.warc"))
        let later = try capture(machine, "two.warc").lines
        let found = later.first { $0["capturedAt"]?.string == "2026-03-06T06:40:00Z" }
        #expect(found?["payload"]?.string == ObjectID(hashing: Self.edited).description)
        #expect(later.count { $0["status"]?.string == "failed" } == 1)
    }

    @Test("an answer \"not modified\" that has the page's body in it is a capture of the page")
    func notModifiedWithBody() throws {
        let machine = try Machine()
        try archive(machine)
        let answer = Self.record(
            "response", "https://news.example/story", "2026-03-02T06:40:00Z",
            Self.http(Self.page, "304 Not Modified"), id: 1)
        try Data(answer.utf8).write(to: machine.folder.appending(path: "one.warc"))
        let line = try #require(try capture(machine, "one.warc").lines.first)
        #expect(line["payload"]?.string == ObjectID(hashing: Self.page).description)
        #expect(line["article"]?.string == "news.example/story")
    }

    @Test("a file's capture that was exported is of the same article when it comes back, and so is a revisit of it")
    func exportedFile() throws {
        let machine = try Machine()
        try archive(machine)
        let name = "a b%20\u{E9}.html"
        for time in ["2026-03-02T06:40:00Z", "2026-03-03T06:40:00Z"] {
            try Data(Self.page.utf8).write(to: machine.folder.appending(path: name))
            #expect(try capture(machine, "--captured-at", time, name).exit == 0)
        }
        let key = try #require(try capture(machine, name).lines.first?["article"]?.string)
        #expect(key.hasPrefix("file:"))
        #expect(try machine.stet("export", "--warc", "out.warc", "--archive", "press").exit == 0)
        try machine.stet("init", "other")
        let lines = try machine.run(Machine.stet, ["--archive", "other", "capture", "--json", "out.warc"]).lines
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0["article"]?.string == key })
    }

    @Test("what is no web archive in spite of its name cannot be read; addresses and times are the archive's own")
    func refused() throws {
        let machine = try Machine()
        try archive(machine)
        for (name, text) in [("x.warc.gz", "no archive"), ("x.wacz", "none"), ("x.warc", "\u{0}\u{1}\u{2}")] {
            try Data(text.utf8).write(to: machine.folder.appending(path: name))
            #expect(try capture(machine, name).exit == 65, "\(name)")
        }
        try Data(Self.crawl.utf8).write(to: machine.folder.appending(path: "crawl.warc"))
        #expect(try capture(machine, "crawl.warc", "--url", "https://news.example/x").exit == 65)
        #expect(try capture(machine, "crawl.warc", "--captured-at", "2026-01-01T00:00:00Z").exit == 65)
        #expect(
            try machine.run(Machine.stet, ["--archive", "press", "capture", "-"], input: Data(Self.crawl.utf8)).exit
                == 0)
    }

    @Test("a page that SingleFile saved is captured with the address and time that it states")
    func singleFile() throws {
        let machine = try Machine()
        try archive(machine)
        let note =
            "<!--\n Page saved with SingleFile \n url: https://news.example/story \n saved date: Mon Mar 02 2026 07:40:00 GMT+0100 (CET)\n-->"
        try Data((note + Self.page).utf8).write(to: machine.folder.appending(path: "saved.html"))
        let line = try #require(try capture(machine, "saved.html").lines.first)
        #expect(line["article"]?.string == "news.example/story")
        #expect(line["capturedAt"]?.string == "2026-03-02T06:40:00Z")
    }

    /// What each file of the shared collection gives: captures and exit code. Some are broken on purpose.
    private static let shared: [(String, captures: Int, exit: Int32)] = [
        ("warcio/example.warc", 2, 0), ("warcio/example.warc.gz", 2, 0), ("warcio/example.arc.gz", 1, 0),
        ("warcio/example-iana.org-chunked.warc", 1, 0), ("warcio/example-resource.warc.gz", 1, 0),
        ("warcio/example-bad-non-chunked.warc.gz", 2, 0), ("warcio/example-wget-bad-target-uri.warc.gz", 1, 0),
        ("warcio/example-space-in-target-uri.warc.gz", 0, 0), ("warcio/post-test.warc.gz", 0, 0),
        ("warcio/bad.arc", 0, 65), ("warcio/example-digest.warc", 0, 65), ("warcio/example-trunc.warc", 0, 65),
        ("warcio/example-wrong-chunks.warc.gz", 0, 65), ("py-wacz/example-collection.warc", 1, 0),
        ("py-wacz/example-resource.warc.gz", 2, 0), ("py-wacz/example-warcinfo-metadata.warc", 1, 0),
        ("py-wacz/valid_example_1.wacz", 1, 0), ("py-wacz/valid_example_2.wacz", 1, 0),
        ("py-wacz/valid_signed_example_1.wacz", 1, 0), ("py-wacz/invalid_example_1.wacz", 0, 65),
        // Its signature is a test authority's, which is not looked at; its digests are right.
        ("py-wacz/invalid_signed_example_1.wacz", 1, 0),
    ]

    private static let collection = Machine.repository.deletingLastPathComponent().appending(
        path: "shared/data/web-archives")

    @Test(
        "every file of the shared collection gives the right captures or the right error",
        .enabled(if: FileManager.default.fileExists(atPath: collection.path)), arguments: shared)
    func collected(_ name: String, _ captures: Int, _ exit: Int32) throws {
        let machine = try Machine()
        try archive(machine)
        let run = try capture(machine, Self.collection.appending(path: name).path)
        #expect(run.exit == exit, "\(run.errors)")
        let statuses = try run.lines.compactMap { $0["status"]?.string }
        #expect(statuses.filter { $0 != "failed" }.count == captures)
    }
}
