import Foundation
import Models
import Testing
import WebArchives

@Suite("Packages and saved pages")
struct PackageTests {
    private static let record = Made.gzip(Made.record(Made.http(Made.page)))

    private func package(
        _ warc: [UInt8] = record, digest: String? = nil, seal: String? = nil, name: String = "archive/data.warc.gz"
    ) throws -> WACZPackage {
        let hash = digest ?? "sha256:\(ObjectID(hashing: warc))"
        let document = Made.bytes(
            "{\"wacz_version\":\"1.1.1\",\"resources\":[{\"path\":\"\(name)\",\"hash\":\"\(hash)\"}]}")
        var members: [(String, [UInt8])] = [("datapackage.json", document), (name, warc)]
        if let seal {
            let stated = seal.isEmpty ? "\(ObjectID(hashing: document))" : seal
            members.append(
                (
                    "datapackage-digest.json",
                    Made.bytes(
                        "{\"hash\":\"sha256:\(stated)\",\"signedData\":{\"created\":\"2026-01-01T00:00:00Z\",\"publicKey\":\"K\"}}"
                    )
                ))
        }
        return try WACZPackage(try InputFile(holding: Made.zip(members)))
    }

    @Test("the records of a package are read, its digests are checked, its seal is told")
    func good() throws {
        let package = try package(seal: "")
        #expect(package.files.map(\.damage) == [nil])
        #expect(package.seal?.created == "2026-01-01T00:00:00Z")
        #expect(package.seal?.signer == "K")
        let reader = try RecordReader(package, try #require(package.files.first?.member))
        guard case .record(let record)? = try reader.next() else {
            Issue.record("no record")
            return
        }
        #expect(record.place.member == "archive/data.warc.gz")
        #expect(record.block == Made.http(Made.page))
        #expect(try reader.next() == nil)
    }

    @Test("what is not what datapackage.json says is damaged")
    func wrongDigest() throws {
        let zeros = String(repeating: "0", count: 64)
        #expect(try package(digest: "sha256:\(zeros)").files.first?.damage != nil)
        #expect(throws: WebArchiveError.self) { try package(seal: zeros) }
        let unknown = try package(digest: "blake3:\(zeros)")
        #expect(unknown.files.map(\.damage) == [nil])
        #expect(unknown.notices.contains { $0.contains("no digest of archive/data.warc.gz that can be checked") })
        #expect(throws: WebArchiveError.self) { try package(name: "data/none.txt") }
    }

    @Test("cut at any byte, or with any bit flipped, a package is refused, or damaged, or what it was")
    func hostile() throws {
        let document = Made.bytes(
            "{\"resources\":[{\"path\":\"archive/d.warc\",\"hash\":\"sha256:\(ObjectID(hashing: Made.bytes("WARC/1.0\r\n")))\"}]}"
        )
        let whole = Made.zip([("datapackage.json", document), ("archive/d.warc", Made.bytes("WARC/1.0\r\n"))])
        for end in 0..<whole.count {
            #expect(throws: WebArchiveError.self) { try WACZPackage(try InputFile(holding: Array(whole[..<end]))) }
        }
        for bit in 0..<(whole.count * 8) {
            var bytes = whole
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            do throws(WebArchiveError) {
                let package = try WACZPackage(try InputFile(holding: bytes))
                for (member, damage) in package.files where damage == nil {
                    let content = try ZIPDirectory(try InputFile(holding: bytes)).read(member, limit: 1000)
                    #expect(content == Made.bytes("WARC/1.0\r\n"), "bit \(bit)")
                }
            } catch {}
        }
    }

    @Test("the page in an MHTML file is found, and its encoding removed")
    func mhtml() throws {
        let text = """
            From: <Saved by Blink>\r
            Snapshot-Content-Location: https://news.example/story\r
            Subject: x\r
            Date: Mon, 2 Mar 2026 07:40:00 +0100\r
            MIME-Version: 1.0\r
            Content-Type: multipart/related;\r
            \ttype="text/html";\r
            \tboundary="----Bound----"\r
            \r
            \r
            ------Bound----\r
            Content-Type: image/png\r
            Content-Transfer-Encoding: base64\r
            Content-Location: https://news.example/x.png\r
            \r
            aGVsbG8=\r
            ------Bound----\r
            Content-Type: text/html\r
            Content-Transfer-Encoding: quoted-printable\r
            Content-Location: https://news.example/story\r
            \r
            <p>caf=C3=A9 a=\r
            nd tea</p>\r
            ------Bound------\r

            """
        let page = try MHTMLPage(parsing: Made.bytes(text))
        #expect(page.url == "https://news.example/story")
        #expect(page.savedAt == Timestamp("2026-03-02T06:40:00Z"))
        #expect(page.body == Made.bytes("<p>café and tea</p>"))
        #expect(page.others == 1)
        #expect(page.notices.isEmpty)
        #expect(WebArchiveForm.recognise(name: "x", beginning: Made.bytes(text)) == .mhtml)
        let bytes = Made.bytes(text)
        for end in 0..<bytes.count {
            do throws(WebArchiveError) { #expect(try MHTMLPage(parsing: Array(bytes[..<end])).others >= 0) } catch {}
        }
    }

    @Test(
        "what a saved page says of itself is read",
        arguments: [
            (
                "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://news.example/a \n saved date: Mon Mar 02 2026 07:40:00 GMT+0100 (CET)\n--><meta charset=utf-8>",
                "https://news.example/a", "2026-03-02T06:40:00Z"
            ),
            ("<!-- saved from url=(0022)https://news.example/b -->\n<html>", "https://news.example/b", nil),
            ("<!-- a comment --><html>", nil, nil), ("<!-- Page saved with SingleFile", nil, nil),
        ] as [(String, String?, String?)])
    func savedPages(_ text: String, _ url: String?, _ date: String?) {
        let note = SavedPageNote(parsing: Made.bytes(text))
        #expect(note?.url == url)
        #expect(note?.savedAt == date.flatMap { Timestamp($0) })
    }

    @Test("forms are known by their bytes, and by their names only where the bytes are damaged")
    func recognition() {
        let warc = Made.record(Made.http(Made.page))
        for bytes in [warc, Made.gzip(warc), Made.zstd(warc), Made.bytes("\r\n") + warc] {
            #expect(WebArchiveForm.recognise(name: "page.html", beginning: bytes) == .warc)
        }
        #expect(WebArchiveForm.recognise(name: "page.html", beginning: Made.page) == nil)
        #expect(WebArchiveForm.recognise(name: "x.warc.gz", beginning: Made.page) == .warc)
        #expect(WebArchiveForm.recognise(name: "x.gz", beginning: Made.gzip(Made.page)) == nil)
        #expect(WebArchiveForm.recognise(name: "x.zip", beginning: Made.zip([("a.txt", [1])])) == nil)
        #expect(WebArchiveForm.recognise(name: "x.wacz", beginning: Made.zip([("a.txt", [1])])) == .wacz)
    }
}
