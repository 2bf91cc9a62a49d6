import Exporting
import Foundation
import Models
import Storage
import Testing
import WebArchives

@Suite("What other tools make of an export")
struct ConformanceTests {
    /// Every manner twice: the second time the body is the same.
    private func filled() throws -> (TemporaryArchive, [Page]) {
        let temporary = try TemporaryArchive()
        var pages = Served.all
        var file = Page(nil, Served.text)
        file.path = "in/saved page.html"
        pages.append(file)
        pages += pages.map { page in
            var later = page
            later.seconds = 86_400
            return later
        }
        try temporary.record(pages)
        return (temporary, pages)
    }

    @Test("warcio and FastWARC find every digest right, whether records are compressed or not")
    func digests() throws {
        let (temporary, pages) = try filled()
        for name in ["out.warc.gz", "out.warc"] {
            let report = try temporary.exporter().writeWARC(to: temporary.path(name), largest: 1 << 30)
            #expect(report.captures == pages.count && report.otherLength == 0 && report.uncoded == 0)
            let warcio = try temporary.tool("warcio", ["check", "-v", name])
            #expect(warcio.exit == 0, "\(warcio.text)")
            #expect(warcio.text.components(separatedBy: "digest pass").count > pages.count)
            let fastwarc = try temporary.tool("fastwarc", ["check", "-q", name])
            #expect(fastwarc.exit == 0, "\(fastwarc.text)")
        }
    }

    @Test("pywb serves exactly the original bytes of every capture")
    func replay() throws {
        let (temporary, pages) = try filled()
        let report = try temporary.exporter().writeWARC(to: temporary.path("out.warc.gz"), largest: 1 << 30)
        #expect(report.revisits == pages.count / 2 - 1, "all but the empty page")
        let accepted = ["identity", "gzip, deflate, br"]
        let requests = pages.flatMap { page in
            accepted.map { accept in
                let url = page.url ?? "file:///in/saved%20page.html"
                return JSON.object([
                    .init("time", .string(digits(page.capturedAt))), .init("url", .string(escaped(url))),
                    .init("accept", .string(accept)),
                ]).text
            }
        }
        let run = try temporary.tool(
            "python3", [TemporaryArchive.tools.appending(path: "replay.py").path, "out.warc.gz", "replayed"],
            input: requests.joined(separator: "\n") + "\n")
        #expect(run.exit == 0, "\(run.text)")
        let answers = try run.text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        try #require(answers.count == pages.count * accepted.count)
        for (number, answer) in answers.enumerated() {
            let page = pages[number / accepted.count]
            let name = "\(page.url ?? "") \(accepted[number % accepted.count])"
            #expect(answer["problem"] == .null, "\(name): \(answer.text)")
            #expect(answer["sha256"]?.string == ObjectID(hashing: page.body).description, "\(name): \(answer.text)")
            #expect(answer["status"]?.integer == (page.url?.hasSuffix("/gone") == true ? 410 : 200), "\(name)")
            #expect(
                answer["of"]?.string?.contains(page.seconds == 0 ? "01 Mar 2026" : "02 Mar 2026") == true, "\(name)")
        }
    }

    @Test("wacz finds the package valid, its signature is good, and cdxj-indexer makes the index that is in it")
    func package() throws {
        let (temporary, pages) = try filled()
        let key = WACZKey()
        let report = try temporary.exporter().writeWACZ(to: temporary.path("out.wacz"), largest: 1 << 30, key: key)
        #expect(report.captures == pages.count)
        let valid = try temporary.tool("wacz", ["validate", "-f", "out.wacz"])
        #expect(valid.exit == 0 && valid.text.contains("the passed WACZ is valid"), "\(valid.text)")
        let signature = try temporary.tool(
            "python3", [TemporaryArchive.tools.appending(path: "wacz-signature.py").path, "out.wacz"])
        #expect(signature.text == "good \(key.publicKey)\n", "\(signature.text)")
        let unpacked = try temporary.tool("python3", ["-m", "zipfile", "-e", "out.wacz", "wacz"])
        #expect(unpacked.exit == 0, "\(unpacked.text)")
        let indexed = try temporary.tool("cdxj-indexer", ["-s", "wacz/archive/data.warc.gz"])
        let ours = try temporary.tool(
            "python3", ["-c", "import gzip; print(gzip.open('wacz/indexes/index.cdx.gz').read().decode(), end='')"])
        let (theirs, own) = (try entries(indexed.text), try entries(ours.text))
        #expect(own.count == pages.count)
        #expect(theirs == own)
        let index = try String(contentsOfFile: temporary.path("wacz/indexes/index.idx"), encoding: .utf8)
        #expect(index.hasPrefix("!meta 0 {\"format\":\"cdxj-gzip-1.0\",\"filename\":\"index.cdx.gz\"}\n"), "\(index)")
        let lines = try String(contentsOfFile: temporary.path("wacz/pages/pages.jsonl"), encoding: .utf8)
            .split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        #expect(lines.count == pages.count + 1)
        #expect(lines[0]["format"]?.string == "json-pages-1.0")
        #expect(lines.dropFirst().allSatisfy { $0["url"]?.string != nil && $0["ts"]?.string != nil })
    }

    @Test("an archive with nothing in it gives files that are valid, too")
    func empty() throws {
        let temporary = try TemporaryArchive()
        _ = try temporary.exporter().writeWARC(to: temporary.path("out.warc.gz"), largest: 1 << 30)
        _ = try temporary.exporter().writeWACZ(to: temporary.path("out.wacz"), largest: 1 << 30, key: WACZKey())
        for (tool, arguments) in [
            ("warcio", ["check", "out.warc.gz"]), ("fastwarc", ["check", "-q", "out.warc.gz"]),
            ("wacz", ["validate", "-f", "out.wacz"]),
        ] {
            let run = try temporary.tool(tool, arguments)
            #expect(run.exit == 0, "\(tool): \(run.text)")
        }
    }

    /// Key, time and members: numbers of places are texts in both.
    private func entries(_ text: String) throws -> [String: [String: String]] {
        var found: [String: [String: String]] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, case .object(let members) = try JSON(parsing: Array(parts[2].utf8)) else {
                continue
            }
            let values = members.map { ($0.name, $0.value.string ?? "") }
            let own = Dictionary(values) { first, _ in first }
            found["\(parts[0]) \(parts[1]) \(own["offset"] ?? "")"] = own
        }
        return found
    }

    private func digits(_ time: Timestamp) -> String { String(time.description.filter(\.isNumber).prefix(14)) }

    /// As a client asks for it: without fragment.
    private func escaped(_ url: String) -> String {
        url.utf8.prefix { $0 != UInt8(ascii: "#") }.map {
            $0 > 0x20 && $0 < 0x7F ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16, uppercase: true)
        }
        .joined()
    }
}
