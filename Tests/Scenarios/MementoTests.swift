import Foundation
import Models
import Testing

/// The real server asked as clients of RFC 7089 do.
@Suite("Memento")
struct MementoTests {
    static let url = "http://www.example.org/news/bridge?id=7&x=%C3%A9"

    static func page(_ number: Int) -> String { Story.page(Array(Story.paragraphs.prefix(number + 1))) }

    /// Four captures of one page, two of them within one second, and another page of the same site.
    static let times = [
        "2026-03-01T06:00:00Z", "2026-03-02T06:00:00.250Z", "2026-03-02T06:00:00.750Z", "2026-03-05T12:00:00Z",
    ]

    static func filled() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        for (index, time) in times.enumerated() {
            try capture(machine, page(index + 1), url, at: time)
        }
        try capture(machine, page(2), "https://example.org/", at: times[0])
        return machine
    }

    @discardableResult
    static func capture(_ machine: Machine, _ text: String, _ url: String, at time: String) throws -> JSON {
        try machine.write(text, to: "page.html")
        let run = try machine.stet(
            "capture", "page.html", "--url", url, "--captured-at", time, "--archive", "press", "--json")
        try #require(run.exit == 0, "\(run.errors)")
        return try #require(try run.lines.first)
    }

    static let stamps = ["20260301060000", "20260302060000", "20260302060000-", "20260305120000"]

    static let negotiated =
        [
            (nil, 3), ("Thu, 05 Mar 2026 12:00:00 GMT", 3), ("Fri, 01 Jan 2100 00:00:00 GMT", 3),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 01 Mar 2026 06:00:00 GMT", 0),
            ("Sun, 01 Mar 2026 18:00:00 GMT", 0), ("Sun, 01 Mar 2026 18:00:01 GMT", 1),
            ("Mon, 02 Mar 2026 06:00:00 GMT", 1), ("Mon, 02 Mar 2026 06:00:01 GMT", 1),
            ("mon, 02 mar 2026 07:00:00 gmt", 1), ("Sat, 02 Mar 2026 07:00:00 GMT", 1),
        ] as [(String?, Int)]

    @Test("a TimeGate leads to the memento nearest to the time that is asked for, else to the last one")
    func timeGate() throws {
        let service = try PageService(try Self.filled())
        for (time, expected) in Self.negotiated {
            let found = try service.get("/timegate/\(Self.url)", time.map { ["Accept-Datetime: \($0)"] } ?? [])
            #expect(found.status == 302 && found["vary"] == "accept-datetime" && found.body.isEmpty)
            let location = try #require(found["location"])
            #expect(location == "\(service.root)/memento/\(Self.stamps[expected])/\(Self.url)")
            let link = try #require(found["link"])
            #expect(link.contains("<\(Self.url)>; rel=\"original\""))
            #expect(
                link.contains(
                    "<\(service.root)/timemap/link/\(Self.url)>; rel=\"timemap\"; type=\"application/link-format\""))
            for (name, index) in [("first", 0), ("last", 3)] {
                #expect(link.contains("/\(Self.stamps[index])/\(Self.url)>; rel=\"\(name) "), "\(name): \(link)")
            }
            #expect(link.contains("prev memento\"") == (expected > 0) || link.contains("first prev memento"))
            #expect(link.contains("next memento\"") == (expected < 3) || link.contains("last next memento"))
            let memento = try service.get(String(location.dropFirst(service.root.utf8.count)))
            #expect(memento.status == 200 && memento.body == Array(Self.page(expected + 1).utf8))
            #expect(memento["memento-datetime"].map { link.contains("datetime=\"\($0)\"") } == true)
        }
    }

    @Test("a time that is none, and a page that nobody captured, are refused as what they are")
    func refusals() throws {
        let machine = try Self.filled()
        let service = try PageService(machine)
        for time in [
            "yesterday", "2026-03-01T06:00:00Z", "Sun, 01 Mar 2026 06:00:00 CET", "Sun, 32 Mar 2026 06:00:00 GMT", "",
        ] {
            #expect(try service.get("/timegate/\(Self.url)", ["Accept-Datetime: \(time)"]).status == 400, "\(time)")
        }
        let unknown = [
            "http://example.org/none", "ftp://example.org/news/bridge?id=7", "file:///etc/passwd",
            "javascript:alert(1)",
            "urn:x", "", "http://", "https://user@/", "mailto:a@example.org",
        ]
        for url in unknown {
            for place in [
                "timegate", "timemap/link", "timemap/json", "memento/20260301060000", "web", "web/2026id_", "web/*",
            ] {
                let found = try service.get("/\(place)/\(url)")
                #expect(found.status == 404 && found["memento-datetime"] == nil, "/\(place)/\(url)")
            }
        }
    }

    static let spellings = [
        url, "https://www.example.org/news/bridge?id=7&x=%C3%A9", "http://example.org/news/bridge?id=7&x=%c3%a9",
        "HTTP://WWW.EXAMPLE.ORG:80/news/bridge?id=7&x=%C3%A9", "example.org/news/bridge?id=7&x=%C3%A9",
        "//example.org/news/bridge?id=7&x=%C3%A9", "http:/example.org/news/bridge?id=7&x=%C3%A9",
        "http://example.org/news/bridge/?id=7&x=%C3%A9", "http://example.org/./news/../news/bridge?id=7&x=%C3%A9",
        "http%3A%2F%2Fwww.example.org%2Fnews%2Fbridge%3Fid%3D7%26x%3D%25C3%25A9",
        "http%3a//example.org/news/bridge%3Fid=7&x=%25C3%25A9",
        "http://example.org/news/bridge%3Fid=7&x=%C3%A9",
        "http://example.org/news/bridge?id=7&x=%C3%A9&utm_source=a",
        "http://example.org./news/bridge?id=7&x=%C3%A9", "http://user:word@example.org/news/bridge?id=7&x=%C3%A9",
    ]

    @Test("a page is found under every spelling of its address")
    func spellings() throws {
        let service = try PageService(try Self.filled())
        for url in Self.spellings {
            let gate = try service.get("/timegate/\(url)")
            let location = try #require(gate["location"], "\(gate.status)")
            #expect(location.hasPrefix("\(service.root)/memento/20260305120000/http"), "\(location)")
            let found = try service.get(String(location.dropFirst(service.root.utf8.count)))
            #expect(found.status == 200 && found.body == Array(Self.page(4).utf8), "\(found.everything)")
            #expect(try service.get("/timemap/link/\(url)").text.contains("rel=\"last memento\""))
            #expect(try service.get("/memento/20260301060000/\(url)").body == Array(Self.page(1).utf8))
        }
    }

    @Test("a memento is the original bytes with the original type, under the policy that lets nothing of it run")
    func memento() throws {
        let machine = try Self.filled()
        let service = try PageService(machine)
        let path = "/memento/20260301060000/\(Self.url)"
        let found = try service.get(path)
        #expect(found.status == 200 && found.body == Array(Self.page(1).utf8))
        #expect(found["memento-datetime"] == "Sun, 01 Mar 2026 06:00:00 GMT" && found["vary"] == nil)
        #expect(found["content-type"]?.hasPrefix("text/html") == true)
        #expect(found["etag"] == "\"\(ObjectID(hashing: found.body))\"")
        let policy = try #require(found["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && policy.hasSuffix("sandbox"))
        #expect(found["x-content-type-options"] == "nosniff" && found["referrer-policy"] == "no-referrer")
        let link = try #require(found["link"])
        for part in [
            "<\(Self.url)>; rel=\"original\"", "<\(service.root)/timegate/\(Self.url)>; rel=\"timegate\"",
            "rel=\"first memento\"; datetime=\"Sun, 01 Mar 2026 06:00:00 GMT\"", "rel=\"next memento\"",
            "rel=\"last memento\"",
        ] {
            #expect(link.contains(part), "\(part): \(link)")
        }
        #expect(!link.contains("prev"))
    }

    @Test("a second with two captures names the first, and the other has an address of its own; both are listed")
    func sharedSecond() throws {
        let machine = try Self.filled()
        let service = try PageService(machine)
        #expect(try service.get("/memento/20260302060000/\(Self.url)").body == Array(Self.page(2).utf8))
        let lines = try service.get("/timemap/link/\(Self.url)").text.split(separator: ",\n")
        let mementos = lines.filter { $0.contains("memento\"; datetime") }
        try #require(mementos.count == 4)
        for (index, line) in mementos.enumerated() {
            let address = String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
            #expect(address.hasPrefix("\(service.root)/memento/\(Self.stamps[index])"))
            let found = try service.get(String(address.dropFirst(service.root.utf8.count)))
            #expect(found.status == 200 && found.body == Array(Self.page(index + 1).utf8), "\(address)")
        }
        // The name of another article's capture, and one that is none, lead back to the second.
        let name = try #require(
            mementos[2].firstRange(of: "20260302060000-").map { mementos[2][$0.upperBound...].prefix { $0 != "/" } })
        let other = "\(name.prefix { $0 != ":" }):5"
        for wrong in [other, "0000:1"] {
            let found = try service.get("/memento/20260302060000-\(wrong)/\(Self.url)")
            #expect(found["location"] == "\(service.root)/memento/20260302060000/\(Self.url)", "\(wrong)")
        }
    }

    static let stamped = [
        ("/memento/20260301060001/", "/memento/20260301060000/"), ("/memento/2026/", "/memento/20260301060000/"),
        ("/memento/20260304/", "/memento/20260305120000/"),
        ("/memento/20990101000000/", "/memento/20260305120000/"),
        ("/memento/00000101000000/", "/memento/20260301060000/"),
        ("/web/20260301070000id_/", "/web/20260301060000id_/"), ("/web/20260304/", "/web/20260305120000/"),
        ("/web/", "/web/20260305120000/"), ("/web/2026if_/", "/web/20260301060000if_/"),
    ]

    @Test("a stamp that names no capture leads to the nearest one, as wayback machines do")
    func nearest() throws {
        let service = try PageService(try Self.filled())
        for (path, expected) in Self.stamped {
            let found = try service.get(path + Self.url)
            #expect(found.status == 302 && found["location"] == service.root + expected + Self.url, "\(path)")
        }
    }

    @Test("addresses of wayback machines are answered: the page unchanged, its calendar, its TimeMap")
    func wayback() throws {
        let service = try PageService(try Self.filled())
        for modifier in ["", "id_", "if_"] {
            let found = try service.get("/web/20260301060000\(modifier)/\(Self.url)")
            #expect(found.status == 200 && found.body == Array(Self.page(1).utf8), "\(modifier)")
            #expect(found["memento-datetime"] == "Sun, 01 Mar 2026 06:00:00 GMT")
        }
        #expect(try service.get("/web/timemap/link/\(Self.url)").text == service.get("/timemap/link/\(Self.url)").text)
        let calendar = try service.get("/web/*/\(Self.url)")
        let page = try service.get(try #require(calendar["location"]))
        #expect(calendar.status == 302 && page.status == 200 && page.text.contains("example.org/news/bridge"))
        for path in [
            "/memento/2026030106000/", "/memento/20261301060000/", "/memento/202603010600001/", "/memento/x/",
            "/memento/20260301060000",
        ] {
            #expect(try [302, 404].contains(service.get(path + Self.url).status), "\(path)")
        }
        #expect(try service.get("/memento/20261301000000/\(Self.url)").status == 404)
    }

    @Test("TimeMaps say from when until when they go, in both formats")
    func timeMaps() throws {
        let service = try PageService(try Self.filled())
        let link = try service.get("/timemap/link/\(Self.url)")
        #expect(link["content-type"] == "application/link-format")
        #expect(
            link.text.contains(
                """
                <\(service.root)/timemap/link/\(Self.url)>; rel="self"; type="application/link-format"; \
                from="Sun, 01 Mar 2026 06:00:00 GMT"; until="Thu, 05 Mar 2026 12:00:00 GMT"
                """))
        let json = try JSON(parsing: try service.get("/timemap/json/\(Self.url)").body)
        let list = try #require(json["mementos"]?["list"]?.array)
        #expect(list.count == 4 && list[0]["datetime"]?.string == "2026-03-01T06:00:00Z")
        #expect(
            json["mementos"]?["first"]?["uri"] == list[0]["uri"] && json["mementos"]?["last"]?["uri"] == list[3]["uri"])
        #expect(json["original_uri"]?.string == Self.url && json["mementos"]?["next"] == nil)
        // From a later one on.
        let rest = try service.get("/timemap/link/20260303000000/\(Self.url)").text
        #expect(rest.contains("from=\"Mon, 02 Mar 2026 06:00:00 GMT\"") && rest.contains("rel=\"timemap\""))
        #expect(!rest.contains("/memento/20260301060000/"))
    }

    @Test(
        "a page with very many captures has several TimeMaps, each of which names the next, and together they list all")
    func manyMementos() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let url = "http://example.org/live"
        var warc = ""
        for number in 0..<4100 {
            let body = "<html><body><h1>Live</h1><p>\(Story.paragraphs[number % 5])</p></body></html>"
            let response = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            // Two in each minute, in one second each.
            let time = String(
                format: "2026-05-%02dT%02d:%02d:00Z", 1 + number / 2880, number / 120 % 24, number / 2 % 60)
            let head = [
                "WARC/1.0", "WARC-Type: response",
                String(format: "WARC-Record-ID: <urn:uuid:6f6c2d3e-0000-4000-8000-%012d>", number),
                "WARC-Date: \(time)", "WARC-Target-URI: \(url)", "Content-Type: application/http; msgtype=response",
                "Content-Length: \(response.utf8.count)", "", "",
            ]
            warc += head.joined(separator: "\r\n") + response + "\r\n\r\n"
        }
        try machine.write(warc, to: "live.warc")
        let run = try machine.stet("capture", "live.warc", "--archive", "press", "--quiet")
        try #require(run.exit == 0, "\(run.errors)")
        let service = try PageService(machine)
        var listed: [Substring] = []
        var maps: [String] = []
        var next: String? = "\(service.root)/timemap/link/\(url)"
        while let address = next, maps.count < 10 {
            maps.append(address)
            let map = try service.get(String(address.dropFirst(service.root.utf8.count)))
            let lines = map.text.split(separator: ",\n")
            let addresses = lines.map { $0.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" } }
            listed += zip(lines, addresses).filter { $0.0.contains("memento\"; datetime") }.map(\.1)
            let others = zip(lines, addresses).filter { $0.0.contains("rel=\"timemap\"") }.map { String($0.1) }
            next = others.first { !maps.contains($0) }
        }
        #expect(maps.count == 3 && listed.count == 4100 && Set(listed).count == 4100)
        for address in [listed[0], listed[1999], listed[2000], listed[4099]] {
            #expect(try service.get(String(address.dropFirst(service.root.utf8.count))).status == 200, "\(address)")
        }
    }

    @Test("what was not received, was withdrawn, or is of another page, is no memento")
    func notMementos() throws {
        let machine = try Self.filled()
        // Nothing listens there.
        let none = "http://127.0.0.1:1/none"
        try machine.stet("capture", none, "--archive", "press", "--delay", "0")
        let name = try #require(
            try Self.capture(machine, "<p>\(Story.paragraphs[4])</p>", Self.url, at: "2026-04-01T00:00:00Z")["capture"]?
                .string)
        let service = try PageService(machine)
        #expect(try service.get("/timegate/\(none)").status == 404)
        #expect(try service.get("/timemap/link/\(none)").status == 404)
        #expect(try service.get("/timegate/\(Self.url)")["location"]?.contains("/20260401000000/") == true)
        let forgotten = try machine.stet("forget", name, "--yes", "--reason", "asked to", "--archive", "press")
        try #require(forgotten.exit == 0, "\(forgotten.errors)")
        #expect(try service.get("/timegate/\(Self.url)")["location"]?.contains("/20260305120000/") == true)
        #expect(try service.get("/memento/20260401000000/\(Self.url)").status == 302)
        #expect(try service.get("/original/\(name)").status == 404)
        #expect(try !service.get("/timemap/link/\(Self.url)").text.contains("20260401"))
    }

    @Test("an archived error is told again as the error it was, and says that it is a memento")
    func archivedErrors() throws {
        let machine = try Self.filled()
        let body = "<html><body><h1>Gone</h1></body></html>"
        let response =
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nLocation: http://evil.example/\r\n\r\n" + body
        try machine.write(
            """
            WARC/1.0\r
            WARC-Type: response\r
            WARC-Record-ID: <urn:uuid:6f6c2d3e-0000-4000-8000-000000000001>\r
            WARC-Date: 2026-06-01T00:00:00Z\r
            WARC-Target-URI: \(Self.url)\r
            Content-Type: application/http; msgtype=response\r
            Content-Length: \(response.utf8.count)\r
            \r
            \(response)\r
            \r

            """, to: "gone.warc")
        let run = try machine.stet("capture", "gone.warc", "--archive", "press")
        try #require(run.exit == 0, "\(run.errors)")
        let service = try PageService(machine)
        let found = try service.get("/memento/20260601000000/\(Self.url)")
        #expect(found.status == 404 && found.text == body, "\(found.everything)")
        #expect(found["memento-datetime"] == "Mon, 01 Jun 2026 00:00:00 GMT" && found["location"] == nil)
        #expect(found["content-security-policy"]?.hasSuffix("sandbox") == true)
    }

    @Test("pywb finds and loads the right memento through our TimeGate and TimeMap")
    func pywb() throws {
        let machine = try Self.filled()
        let service = try PageService(machine)
        let python = Machine.repository.appending(path: ".build-tools/bin/python3").path
        try #require(FileManager.default.isExecutableFile(atPath: python), "scripts/test installs pywb")
        let script = Machine.repository.appending(path: "Tests/Tools/memento.py").path
        for source in ["/web/", "/timegate/"] {
            let run = try machine.shell(
                "'\(python)' '\(script)' '\(service.root)\(source)' '\(Self.url)' 20260302070000")
            let lines = try run.text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
            try #require(lines.count == 2, "\(run.errors)")
            #expect(
                lines[0]["timestamps"]?.array?.compactMap(\.string) == [
                    "20260301060000", "20260302060000", "20260302060000", "20260305120000",
                ])
            #expect(lines[1]["closest"]?.string == "20260302060000")
            #expect(lines[1]["status"]?.integer == 200)
            #expect(lines[1]["sha256"]?.string == "\(ObjectID(hashing: Array(Self.page(2).utf8)))")
            #expect(lines[1]["memento-datetime"]?.string == "Mon, 02 Mar 2026 06:00:00 GMT")
        }
    }
}
