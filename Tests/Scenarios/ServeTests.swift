import Foundation
import Models
import Testing

/// The real server, over real sockets, as browsers, curl and those who mean no good speak to it.
@Suite("The local web page, as it speaks HTTP")
struct ServeTests {
    private static let body = Array(MementoTests.page(1).utf8)

    private struct Opened {
        let machine: Machine
        let service: PageService
        /// `/original/ORIGIN:INDEX` of the first capture.
        let original: String

        init(_ options: String = "--port 0") throws {
            machine = try MementoTests.filled()
            service = try PageService(machine, options)
            let line = try #require(
                try machine.stet("log", MementoTests.url, "--archive", "press", "--json").lines.first)
            let name = try #require(
                line["captures"]?.array?.first?["capture"]?.string ?? line["captures"]?.array?.first?.string)
            original = "/original/\(name)"
        }

        /// One of each kind of answer.
        var targets: [String] {
            [
                "/", "/?q=bridge", "/article?name=example.org", "/changes", "/changes.atom", "/snapshots",
                "/assets/stet.css", original, "/capture/\(original.dropFirst(10))",
                "/timegate/\(MementoTests.url)", "/timemap/link/\(MementoTests.url)",
                "/timemap/json/\(MementoTests.url)",
                "/memento/20260301060000/\(MementoTests.url)", "/memento/2026/\(MementoTests.url)", "/none",
            ]
        }
    }

    @Test("HEAD says what GET says, without a body, for every kind of answer")
    func head() throws {
        let opened = try Opened()
        for target in opened.targets {
            let get = try opened.service.get(target)
            let head = try opened.service.get(target, method: "HEAD")
            #expect(head.status == get.status && head.body.isEmpty, "\(target)")
            let names = { (found: Received) in
                found.headers.filter { $0.name != "date" }.map { "\($0.name): \($0.value)" }
            }
            #expect(names(head) == names(get), "\(target)")
            #expect(get["content-length"] == "\(get.body.count)" && get["date"] != nil, "\(target)")
            #expect(get["x-content-type-options"] == "nosniff" && get["referrer-policy"] == "no-referrer", "\(target)")
        }
    }

    @Test("curl -I shows status, type, length and tag of an original")
    func curl() throws {
        let opened = try Opened()
        let run = try opened.machine.shell("curl -sS -I '\(opened.service.root)\(opened.original)'")
        for line in [
            "HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: \(Self.body.count)",
            "ETag: \"\(ObjectID(hashing: Self.body))\"", "Accept-Ranges: bytes",
        ] {
            #expect(run.text.contains(line), "\(line): \(run.text)")
        }
        let resumed = try opened.machine.shell(
            """
            curl -sS '\(opened.service.root)\(opened.original)' -o whole; head -c 100 whole > part
            curl -sS -C - '\(opened.service.root)\(opened.original)' -o part; cmp part whole
            """)
        #expect(resumed.exit == 0)
    }

    @Test("ranges of originals and mementos are answered, and what is no range is not")
    func ranges() throws {
        let opened = try Opened()
        let size = Self.body.count
        let tag = "\"\(ObjectID(hashing: Self.body))\""
        let table: [([String], Int, Range<Int>)] = [
            (["Range: bytes=0-9"], 206, 0..<10), (["Range: bytes=10-"], 206, 10..<size),
            (["Range: bytes=-10"], 206, (size - 10)..<size), (["Range: bytes=0-999999999999999999999"], 206, 0..<size),
            (["Range: bytes=-999999999999999999999"], 206, 0..<size),
            (["Range: bytes=\(size - 1)-"], 206, (size - 1)..<size),
            (["Range: BYTES= 5 - 6"], 206, 5..<7), (["Range: bytes=\(size)-"], 416, 0..<0),
            (["Range: bytes=99999999999999999999-"], 416, 0..<0), (["Range: bytes=-0"], 416, 0..<0),
            (["Range: bytes=9-5"], 200, 0..<size), (["Range: bytes=a-b"], 200, 0..<size),
            (["Range: bytes="], 200, 0..<size),
            (["Range: bytes=0-1,4-5"], 200, 0..<size), (["Range: pages=0-1"], 200, 0..<size),
            (["Range: bytes=--1"], 200, 0..<size),
            (["Range: bytes=0-9", "If-Range: \(tag)"], 206, 0..<10),
            (["Range: bytes=0-9", "If-Range: W/\(tag)"], 200, 0..<size),
            (["Range: bytes=0-9", "If-Range: \"other\""], 200, 0..<size),
            (["Range: bytes=0-9", "If-Range: Sun, 01 Mar 2026 06:00:00 GMT"], 200, 0..<size),
            (["If-None-Match: \(tag)"], 304, 0..<0), (["If-None-Match: \"a\", W/\(tag)"], 304, 0..<0),
            (["If-None-Match: *"], 304, 0..<0), (["If-None-Match: \"a\""], 200, 0..<size),
            (["If-None-Match: \(tag)", "Range: bytes=0-9"], 304, 0..<0), (["If-Match: \"a\""], 412, 0..<0),
            (["If-Match: \(tag)"], 200, 0..<size),
        ]
        for target in [opened.original, "/memento/20260301060000/\(MementoTests.url)"] {
            for (headers, status, range) in table {
                let found = try opened.service.get(target, headers)
                #expect(found.status == status && found.body == Array(Self.body[range]), "\(headers): \(found.status)")
                #expect(
                    found["content-security-policy"]?.hasSuffix("sandbox") == true && found["etag"] == tag, "\(headers)"
                )
                let stated =
                    status == 206
                    ? "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
                    : status == 416 ? "bytes */\(size)" : nil
                #expect(found["content-range"] == stated, "\(headers)")
            }
        }
    }

    /// What is sent as it stands, with `\r\n` for line ends, and the statuses that may come back; none: the connection ends without a word.
    static let odd: [(String, [Int])] = [
        ("GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200]),
        ("GET http://HOST/changes HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200]),
        ("GET http://evil.example/changes HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200]),
        ("GET http://HOST HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200]),
        ("GET * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [400, 404]),
        ("OPTIONS * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [405]),
        ("GET // HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET //evil.example/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /.. HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /../../etc/passwd HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /assets/../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /assets/%2e%2e%2fstet.css HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /original/%00 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /article?name=%00%ff%fe HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /?q=%00%ff%22'*(NEAR HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200]),
        (
            "GET /?q=%&after=%zz&site=%&from=x&until=9999-99-99&kind=x&order=x HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            [200]
        ),
        (
            "GET /diff?from=0000:1&to=ffff:99999999999999999999 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            [404]
        ),
        ("GET /capture/0000:9223372036854775807 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /article?name=a&before=-9223372036854775808 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        ("GET /\(String(repeating: "/", count: 9000)) HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        (
            "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            [414, 431]
        ),
        (
            "GET /timegate/http://x.example/\(String(repeating: "%2e", count: 6000)) HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            [414]
        ),
        (
            "GET /timegate/http://x.example/%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            [404]
        ),
        ("GET /web/*/http://x.example/%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [404]),
        (
            "GET / HTTP/1.1\r\nHost: HOST\r\nX: \(String(repeating: "a", count: 200_000))\r\nConnection: close\r\n\r\n",
            [431]
        ),
        (
            "GET / HTTP/1.1\r\nHost: HOST\r\n\(String(repeating: "X: a\r\n", count: 5000))Connection: close\r\n\r\n",
            [431]
        ),
        ("FETCH / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [405]),
        ("get / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [405]),
        ("POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\nabc", [405]),
        ("POST / HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n", [405]),
        ("POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", [405]),
        (
            "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            [400, 405]
        ),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\nabc", [200]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", [400]),
        ("DELETE /original/0000:1 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [405]),
        ("CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [400, 405]),
        ("TRACE / HTTP/1.1\r\nHost: HOST\r\nCookie: a=b\r\nConnection: close\r\n\r\n", [405]),
        ("GET / HTTP/1.0\r\n\r\n", [200]), ("GET / HTTP/1.0\r\nHost: HOST\r\n\r\n", [200]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nconnection: Close\r\n\r\n", [200]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nUpgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n", [200]),
        ("GET / HTTP/2.0\r\nHost: HOST\r\n\r\n", [400, 505]), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400, 505]),
        ("GET /\r\n\r\n", [400, 505]), ("GET  / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200, 400]),
        ("\r\n\r\nGET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [200]),
        ("GET / HTTP/1.1\nHost: HOST\nConnection: close\n\n", [400, 505]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\n folded: a\r\nConnection: close\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost : HOST\r\nConnection: close\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nX\0Y: a\r\nConnection: close\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\nConnection: close\r\n\r\n", [400, 200]),
        ("GET / HTTP/1.1\r\nHost: HOST\r\nAccept-Datetime: \u{1}\r\nConnection: close\r\n\r\n", [400, 200]),
        ("GET /a b HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", [400]),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}", [400, 405]), ("SSH-2.0-x\r\n\r\n", [400, 405]),
        (
            "GET /changes HTTP/1.1\r\nHost: HOST\r\n\r\nGET /none HTTP/1.1\r\nHost: HOST\r\n\r\nHEAD / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            [200, 404, 200]
        ),
    ]

    @Test(
        "whatever is sent, nothing breaks, no fault of a client is called one of the server, and no place on the disk is told"
    )
    func oddRequests() throws {
        let opened = try Opened()
        let host = "127.0.0.1:\(opened.service.port)"
        for (text, statuses) in Self.odd {
            let shown = text.prefix(60)
            let found = try opened.service.send(Array(text.replacingOccurrences(of: "HOST", with: host).utf8))
            let isPipelined = statuses.count == 3
            #expect(
                isPipelined ? found.map(\.status) == statuses : found.count == 1 && statuses.contains(found[0].status),
                "\(shown): \(found.map(\.status))")
            for answer in found {
                #expect(
                    !answer.everything.contains(opened.machine.folder.path) && answer["set-cookie"] == nil, "\(shown)")
                if answer.status == 405 { #expect(answer["allow"] == "GET, HEAD", "\(shown)") }
                #expect(answer["x-content-type-options"] == "nosniff", "\(shown)")
            }
        }
        for bytes in [[0xFF, 0xFE], [0xC3, 0x28], [0xED, 0xA0, 0x80]] as [[UInt8]] {
            for target in ["/", "/timegate/http://x.example/", "/article?name="] {
                let request =
                    Array("GET \(target)".utf8) + bytes
                    + Array(" HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)
                let found = try opened.service.send(request)
                #expect(found.count == 1 && [400, 404].contains(found[0].status), "\(target) \(bytes)")
            }
        }
        #expect(try opened.service.isRunning && opened.service.get("/").status == 200)
    }

    static let guardedHeaders =
        [
            (["Host: localhost:PORT"], 200), (["Host: LOCALHOST:PORT"], 200), (["Host: localhost.:PORT"], 200),
            (["Host: 127.0.0.1:PORT"], 200), (["Host: [::1]:PORT"], 200), (["Host: localhost:9"], 200),
            (["Host: localhost"], 200),
            (["Host: evil.example:PORT"], 421), (["Host: evil.example"], 421),
            (["Host: localhost.evil.example:PORT"], 421),
            (["Host: 127.0.0.1.evil.example"], 421), (["Host: 0.0.0.0:PORT"], 421), (["Host: 192.168.1.1:PORT"], 421),
            ([], 400), (["Host:"], 400), (["Host: a b"], 400), (["Host: localhost:x"], 400),
            (["Host: localhost:99999"], 400),
            (["Host: localhost/evil"], 400), (["Host: user@localhost"], 400), (["Host: [::1"], 400),
            (["Host: localhost", "Host: evil.example"], 400),
            (
                ["Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"],
                403
            ),
            (["Host: localhost", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"], 403),
            (
                [
                    "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: iframe",
                ], 403
            ),
            (
                [
                    "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: document",
                ], 200
            ),
            (
                [
                    "Host: localhost", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: iframe",
                ], 200
            ),
            (["Host: localhost", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"], 200),
            (["Host: localhost:PORT", "Origin: http://localhost:PORT"], 200),
            (["Host: localhost:PORT", "Origin: http://evil.example"], 403),
            (["Host: localhost:PORT", "Origin: null"], 403),
            (["Host: localhost:PORT", "Origin: http://localhost:1"], 403),
        ] as [([String], Int)]

    @Test("only who names this machine is answered, and nobody's page may use this one")
    func guarded() throws {
        let opened = try Opened()
        for (headers, status) in Self.guardedHeaders {
            let lines = ["GET /changes.atom HTTP/1.1"] + headers + ["Connection: close", "", ""]
            let text = lines.joined(separator: "\r\n").replacing("PORT", with: "\(opened.service.port)")
            let found = try opened.service.send(Array(text.utf8))
            #expect(found.map(\.status) == [status], "\(headers)")
            #expect(found.allSatisfy { !$0.everything.contains("evil.example") })
        }
    }

    @Test("with --listen a token is needed, which opens once, becomes a cookie, and stands in no later address")
    func token() throws {
        for address in ["0.0.0.0", "127.0.0.2"] {
            let opened = try Opened("--port 0 --listen \(address)")
            let service = opened.service
            let target = address == "0.0.0.0" ? "127.0.0.1" : address
            #expect(!service.url.contains("0.0.0.0"))
            let token = try #require(
                URLComponents(string: service.url)?.queryItems?.first { $0.name == "token" }?.value)
            #expect(token.utf8.count == 32)
            func ask(_ path: String, _ headers: [String] = [], host: String = target) throws -> Received {
                let run = try opened.machine.shell(
                    "curl -sS -i -o answer --path-as-is \(headers.map { "-H '\($0)'" }.joined(separator: " ")) -H 'Host: \(host)' 'http://\(target):\(service.port)\(path)'; cat answer"
                )
                return try #require(try Received.all(Array(run.output)).first)
            }
            for headers in [
                [], ["Cookie: stet-token-\(service.port)=x"], ["Authorization: Bearer x"], ["Cookie: a=\(token)"],
            ] {
                let refused = try ask("/", headers)
                #expect(
                    refused.status == 401 && refused["www-authenticate"] == "Bearer" && !refused.text.contains(token))
            }
            #expect(try ask("/?token=\(token.dropLast())\(token.hasSuffix("0") ? "1" : "0")").status == 401)
            let open = try ask("/changes?kind=figure&token=\(token)")
            #expect(
                open.status == 303 && open["location"] == "/changes?kind=figure"
                    && open["referrer-policy"] == "no-referrer")
            let cookie = try #require(open["set-cookie"])
            #expect(cookie == "stet-token-\(service.port)=\(token); HttpOnly; SameSite=Lax; Path=/")
            // Nobody is led away.
            for path in ["//evil.example/", "/\\evil.example/", "///evil.example/"] {
                #expect(try ask("\(path)?token=\(token)")["location"] == "/evil.example/", "\(path)")
            }
            for headers in [["Cookie: b=c; stet-token-\(service.port)=\(token)"], ["Authorization: Bearer \(token)"]] {
                let page = try ask("/", headers)
                #expect(page.status == 200 && !page.text.contains(token))
                // A name that nobody here knows is answered, and not repeated.
                let feed = try ask("/changes.atom", headers, host: "evil.example")
                #expect(
                    feed.status == 200 && !feed.text.contains("evil.example")
                        && feed.text.contains("http://\(target):\(service.port)/"))
                let gate = try ask("/timegate/\(MementoTests.url)", headers, host: "evil.example")
                #expect(gate["location"]?.hasPrefix("http://\(target):\(service.port)/memento/") == true)
            }
        }
    }
}
