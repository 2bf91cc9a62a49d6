import Capturing
import Foundation
import Glibc
import Models
import Synchronization
import Testing

@Suite("Fetching pages")
struct FetchTests {
    private static let page = "<html><body><h1>Café</h1><p>A page.</p></body></html>"

    /// What servers do, by the path that is asked for.
    private static func misbehave(_ request: LoopbackServer.Request, _ client: LoopbackServer.Connection) {
        switch request.path {
        case "/robots.txt": client.answer(404, "none")
        case "/moved": client.answer(301, [("Location", "/page?from=moved"), ("Set-Cookie", "a=b")], "moved")
        case "/cookie":
            let isKnown = request.field("Cookie") == "seen=1"
            if isKnown {
                client.answer(200, page)
            } else {
                client.answer(302, [("Location", "/cookie"), ("Set-Cookie", "seen=1")], "")
            }
        case "/round": client.answer(302, [("Location", "/round2")], "")
        case "/round2": client.answer(302, [("Location", "/round")], "")
        case "/home": client.answer(302, [("Location", "/")], "")
        case "/file": client.answer(302, [("Location", "file:///etc/passwd")], "")
        case "/silent": sleep(4)
        case "/slow":
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in 0..<6 {
                client.send("x")
                sleep(1)
            }
        case "/huge": client.answer(200, [], [UInt8](repeating: 0x41, count: 1 << 21))
        case "/endless":
            client.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            for _ in 0..<64 { client.send([UInt8](repeating: 0x41, count: 1 << 16)) }
        case "/reset":
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + page)
            usleep(50_000)
            client.reset()
        case "/short": client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n" + page)
        case "/long": client.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n" + page)
        case "/nothing": return
        case "/garbage": client.send("Good day to you\r\n\r\n")
        case "/head":
            client.send(
                "HTTP/1.1 200 OK\r\n" + String(repeating: "X: \(String(repeating: "y", count: 1000))\r\n", count: 400)
                    + "\r\n")
        case "/chunked":
            client.send(
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send("6\r\n<html>\r\n3;x=y\r\nabc\r\n0\r\nTrailer: z\r\n\r\n")
        case "/gzip": client.answer(200, [("Content-Encoding", "gzip"), ("Content-Type", "text/html")], Packed.page)
        case "/twice": client.answer(200, [("Content-Encoding", "gzip, gzip")], Packed.twice)
        case "/bomb": client.answer(200, [("Content-Encoding", "gzip")], Packed.bomb)
        case "/nonsense": client.answer(200, [("Content-Encoding", "gzip")], "no gzip at all")
        case "/cut": client.answer(200, [("Content-Encoding", "gzip")], Array(Packed.page.dropLast(20)))
        case "/unknown": client.answer(200, [("Content-Encoding", "rot13")], page)
        case "/empty": client.answer(200, "")
        case "/304": client.answer(304, "")
        case "/gone": client.answer(410, "<p>gone</p>")
        default: client.answer(200, page)
        }
    }

    private static let server = Result { try LoopbackServer { misbehave($0, $1) } }

    /// Compressed by the stock tool.
    private enum Packed {
        static let page = gzip(Array(FetchTests.page.utf8))
        static let twice = gzip(page)
        static let bomb = gzip([UInt8](repeating: 0, count: 3 << 20))

        private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
            let (input, output, process) = (Pipe(), Pipe(), Process())
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["gzip", "-c"]
            process.standardInput = input
            process.standardOutput = output
            guard (try? process.run()) != nil else { return [] }
            input.fileHandleForWriting.write(Data(bytes))
            input.fileHandleForWriting.closeFile()
            return [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        }
    }

    private static var options: FetchOptions {
        var options = FetchOptions()
        options.agent = FetchOptions.agent("stet/9", contact: "desk@example.net")
        options.largestBody = 1 << 20
        options.connectSeconds = 2
        options.idleSeconds = 2
        options.totalSeconds = 3
        options.attempts = 1
        options.delay = 0
        return options
    }

    private static let clock = Surroundings(now: { Timestamp(clampingSeconds: Int64(time(nil))) }, sleep: { _ in })

    private static func fetch(_ path: String, _ options: FetchOptions = options) throws -> Fetched {
        let request = try #require(PageRequest(try server.get().root + path))
        return PageFetcher(options, clock).fetch(request)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let outcome: FetchOutcome
        var status: Int?
        var body: String?
        var testDescription: String { path }
    }

    static let cases: [Case] = [
        Case(path: "/page", outcome: .ok, status: 200, body: page),
        Case(path: "/moved", outcome: .ok, status: 200, body: page),
        Case(path: "/cookie", outcome: .ok, status: 200, body: page),
        Case(path: "/chunked", outcome: .ok, status: 200, body: "<html>abc"),
        Case(path: "/gzip", outcome: .ok, status: 200, body: page),
        Case(path: "/twice", outcome: .ok, status: 200, body: page),
        Case(path: "/long", outcome: .ok, status: 200, body: "<html>"),
        Case(path: "/empty", outcome: .ok, status: 200, body: ""),
        Case(path: "/gone", outcome: .ok, status: 410, body: "<p>gone</p>"),
        Case(path: "/home", outcome: .home, status: 200, body: page),
        Case(path: "/round", outcome: .loop, status: 302), Case(path: "/file", outcome: .redirect, status: 302),
        Case(path: "/silent", outcome: .timeout), Case(path: "/slow", outcome: .timeout, status: 200),
        Case(path: "/huge", outcome: .tooLarge, status: 200), Case(path: "/endless", outcome: .tooLarge, status: 200),
        Case(path: "/reset", outcome: .reset, status: 200), Case(path: "/short", outcome: .truncated, status: 200),
        Case(path: "/nothing", outcome: .reset), Case(path: "/garbage", outcome: .malformed),
        Case(path: "/head", outcome: .malformed, status: 200), Case(path: "/bomb", outcome: .bomb, status: 200),
        Case(path: "/nonsense", outcome: .coding, status: 200), Case(path: "/cut", outcome: .coding, status: 200),
        Case(path: "/unknown", outcome: .coding, status: 200), Case(path: "/304", outcome: .malformed, status: 304),
    ]

    @Test("what a server does is recorded as what it is", arguments: cases)
    func isWhatItIs(_ given: Case) throws {
        let fetched = try Self.fetch(given.path)
        #expect(fetched.outcome == given.outcome, "\(fetched.reason ?? "")")
        #expect(fetched.status == given.status)
        #expect(String(decoding: fetched.body, as: UTF8.self) == given.body ?? "")
        let transport = try JSON(parsing: fetched.transport)
        #expect(transport.canonicalBytes == fetched.transport)
        #expect(transport["outcome"]?.string == given.outcome.rawValue)
    }

    @Test("nobody there is a refusal, and a name that is none is that")
    func namesUnreached() throws {
        let closed = try LoopbackServer { $1.answer(200, "") }.port
        let cases: [(String, FetchOutcome)] = [
            ("http://127.0.0.1:\(closed)/a", .refused), ("http://nowhere.invalid/a", .dns),
        ]
        for (url, outcome) in cases {
            let fetched = PageFetcher(Self.options, Self.clock).fetch(try #require(PageRequest(url)))
            #expect(fetched.outcome == outcome)
            #expect(!fetched.outcome.isReached)
        }
    }

    @Test("the document says how a page came: heads byte for byte, addresses, times")
    func givesEvidence() throws {
        let root = try Self.server.get().root
        let fetched = try Self.fetch("/moved")
        #expect(fetched.requestedURL == root + "/moved")
        #expect(fetched.url == root + "/page?from=moved")
        #expect(String(decoding: fetched.head, as: UTF8.self).hasPrefix("HTTP/1.1 200 Said\r\nContent-Type: "))
        #expect(fetched.head.suffix(4) == [13, 10, 13, 10])
        let transport = try JSON(parsing: fetched.transport)
        #expect(transport["format"]?.integer == 1)
        #expect(transport["kind"]?.string == "http")
        #expect(transport["robots"]?["decision"]?.string == "allowed")
        let exchanges = try #require(transport["exchanges"]?.array)
        try #require(exchanges.count == 2)
        #expect(exchanges.map { $0["status"]?.integer } == [301, 200])
        #expect(exchanges[0]["head"]?.string?.hasPrefix("HTTP/1.1 301 Said\r\nLocation: /page?from=moved\r\n") == true)
        #expect(exchanges[1]["head"] == nil)
        let sent = try #require(exchanges[0]["request"]?.string)
        #expect(sent.hasPrefix("GET /moved HTTP/1.1\r\nHost: 127.0.0.1"))
        #expect(sent.hasSuffix("\r\n\r\n"))
        for line in ["User-Agent: stet/9 (+desk@example.net)", "Accept-Encoding: identity"] {
            #expect(sent.contains("\r\n\(line)\r\n"))
        }
        #expect(exchanges[0]["address"]?.string == "127.0.0.1")
        #expect(exchanges[0]["port"]?.integer == Int64(try Self.server.get().port))
        #expect(exchanges[1]["timings"]?["total"] != nil || exchanges[1]["timings"] == [:])
    }

    @Test("of a body that came coded, what came is in the document")
    func tellsCoding() throws {
        let fetched = try Self.fetch("/gzip")
        let coded = try #require(try JSON(parsing: fetched.transport)["coded"])
        #expect(coded["encoding"]?.string == "gzip")
        #expect(coded["size"]?.integer == Int64(Packed.page.count))
        #expect(coded["sha256"]?.string == ObjectID(hashing: Packed.page).description)
    }

    @Test("robots.txt is asked first, and kept to, unless told otherwise; what it forbids is not asked for")
    func keepsToRobots() throws {
        let asked = Mutex<[String]>([])
        let server = try LoopbackServer { request, client in
            asked.withLock { $0.append(request.path) }
            let rules = "User-agent: *\nDisallow: /secret\nCrawl-delay: 7\n"
            switch request.path {
            case "/robots.txt": client.answer(200, [("Content-Type", "text/plain")], rules)
            case "/detour": client.answer(302, [("Location", "/secret/x")], "")
            default: client.answer(200, Self.page)
            }
        }
        let waits = Mutex<[Int]>([])
        var clock = Self.clock
        clock.sleep = { wait in waits.withLock { $0.append(wait) } }
        var options = Self.options
        let fetcher = PageFetcher(options, clock)
        let outcomes = try ["/open", "/secret/x", "/detour", "/open2"].map { path in
            fetcher.fetch(try #require(PageRequest(server.root + path))).outcome
        }
        #expect(outcomes == [.ok, .robots, .robots, .ok])
        #expect(asked.withLock { $0 } == ["/robots.txt", "/open", "/detour", "/open2"])
        #expect(waits.withLock { $0 }.contains { $0 > 5000 })
        options.ignoresRobots = true
        let fetched = PageFetcher(options, Self.clock).fetch(try #require(PageRequest(server.root + "/secret/x")))
        #expect(fetched.outcome == .ok)
        #expect(try JSON(parsing: fetched.transport)["robots"]?["decision"]?.string == "ignored")
    }

    static let robotsStatuses: [(Int, Bool)] = [(404, true), (403, true), (429, false), (500, false), (503, false)]

    @Test(
        "a robots.txt that is not there allows everything, one that cannot be had nothing", arguments: robotsStatuses)
    func judgesRobotsStatus(_ status: Int, _ allows: Bool) throws {
        let outcome = allows ? FetchOutcome.ok : FetchOutcome.robots
        let server = try LoopbackServer { request, client in
            let isRobots = request.path == "/robots.txt"
            client.answer(isRobots ? status : 200, "x")
        }
        let request = try #require(PageRequest(server.root + "/a"))
        #expect(PageFetcher(Self.options, Self.clock).fetch(request).outcome == outcome)
    }

    @Test("what fails by chance is tried again, with growing pauses; Retry-After is kept to")
    func triesAgain() throws {
        let count = Mutex(0)
        let server = try LoopbackServer { request, client in
            guard request.path != "/robots.txt" else { return client.answer(404, "") }
            let number = count.withLock { held in
                held += 1
                return held
            }
            switch number {
            case 1: client.answer(503, [("Retry-After", "20")], "busy")
            case 2: client.reset()
            default: client.answer(200, Self.page)
            }
        }
        let waits = Mutex<[Int]>([])
        var clock = Self.clock
        clock.sleep = { wait in waits.withLock { $0.append(wait) } }
        var options = Self.options
        options.attempts = 4
        let fetched = PageFetcher(options, clock).fetch(try #require(PageRequest(server.root + "/a")))
        #expect(fetched.outcome == .ok)
        #expect(fetched.status == 200)
        #expect(try JSON(parsing: fetched.transport)["tries"]?.integer == 3)
        let waited = waits.withLock { $0 }
        try #require(waited.count == 2)
        #expect(waited[0] >= 20_000)
        #expect((2000...4000).contains(waited[1]))
    }

    @Test("a request can ask for what has changed only")
    func asksConditionally() throws {
        let server = try LoopbackServer { request, client in
            let tag = "\"v1\""
            let isKnown = request.field("If-None-Match") == tag
            client.answer(isKnown ? 304 : 200, [("ETag", tag)], isKnown ? "" : Self.page)
        }
        let fetcher = PageFetcher(Self.options, Self.clock)
        var request = try #require(PageRequest(server.root + "/a"))
        let first = fetcher.fetch(request)
        request.conditions = PageRequest.Conditions(url: first.url, head: first.head)
        #expect(fetcher.fetch(request).isUnmodified)
        // Another page's mark must not be shown to this one.
        request = try #require(PageRequest(server.root + "/b"))
        request.conditions = PageRequest.Conditions(url: first.url, head: first.head)
        #expect(fetcher.fetch(request).status == 200)
    }

    @Test("what a proxy is told, and where it is, is no evidence")
    func keepsProxiesOut() throws {
        let asked = Mutex<[String]>([])
        let server = try LoopbackServer { request, client in
            asked.withLock { $0.append(request.head) }
            if request.head.hasPrefix("CONNECT ") {
                return client.answer(407, [("Proxy-Authenticate", "Basic realm=\"inner\"")], "no")
            }
            client.answer(request.path.hasSuffix("/robots.txt") ? 404 : 200, Self.page)
        }
        let proxy = "http://desk:secret@127.0.0.1:\(server.port)"
        var options = Self.options
        options.ignoresRobots = true
        options.proxies = Proxies(http: proxy, https: proxy)
        for (url, isReceived) in [("http://news.example/a", true), ("https://news.example/a", false)] {
            let fetched = PageFetcher(options, Self.clock).fetch(try #require(PageRequest(url)))
            #expect(fetched.outcome.isReceived == isReceived, "\(fetched.reason ?? "")")
            #expect(!fetched.isPrivate)
            let exchange = try #require(try JSON(parsing: fetched.transport)["exchanges"]?.array?.first)
            #expect(exchange["proxied"]?.bool == true)
            #expect(exchange["address"] == nil)
            #expect(exchange["port"] == nil)
            #expect(exchange["request"]?.string?.hasPrefix("GET http://news.example/a ") ?? !isReceived)
            let text = String(decoding: fetched.transport + fetched.head, as: UTF8.self)
            for secret in ["CONNECT ", "roxy-", "Basic", "127.0.0.1", "inner"] { #expect(!text.contains(secret)) }
        }
        let heads = asked.withLock { $0 }
        #expect(heads.contains { $0.hasPrefix("CONNECT news.example:443 ") })
        #expect(heads.allSatisfy { $0.contains("Proxy-Authorization: Basic ") })
    }

    static let proxyChoices: [(String, String?)] = [
        ("http://news.example/", "plain:1"), ("https://news.example/", "all:1"), ("http://inner.example/", nil),
        ("http://www.inner.example/", nil), ("http://dinner.example/", "plain:1"), ("http://10.1.2.3/", nil),
        ("https://11.1.2.3/", "all:1"), ("https://[::1]/", nil),
    ]

    @Test("each scheme has its own proxy, and some hosts none", arguments: proxyChoices)
    func choosesProxies(_ url: String, _ proxy: String?) {
        let proxies = Proxies(http: "plain:1", all: "all:1", exceptions: ".inner.example, 10.0.0.0/8 ::1")
        #expect(proxies.proxy(forURL: url) == proxy)
    }

    @Test("each request to a host has a turn of its own; a clock that is set back holds nobody up")
    func takesTurns() throws {
        let now = Mutex<Int64>(1_800_000_000)
        let waits = Mutex<[Int]>([])
        var clock = Self.clock
        clock.now = { Timestamp(clampingSeconds: now.withLock { $0 }) }
        clock.sleep = { wait in waits.withLock { $0.append(wait) } }
        var options = Self.options
        options.delay = 1000
        options.ignoresRobots = true
        let fetcher = PageFetcher(options, clock)
        let request = try #require(PageRequest(try Self.server.get().root + "/page"))
        for _ in 0..<4 { #expect(fetcher.fetch(request).outcome == .ok) }
        #expect(waits.withLock { $0 } == [1000, 2000, 3000])
        now.withLock { $0 -= 3600 }
        #expect(fetcher.fetch(request).outcome == .ok)
        #expect(waits.withLock { $0.count } == 3)
    }

    @Test("who comes from outside is not led inside")
    func staysOutside() throws {
        var request = try #require(PageRequest(try Self.server.get().root + "/page"))
        request.allowsPrivate = false
        let fetched = PageFetcher(Self.options, Self.clock).fetch(request)
        #expect(fetched.outcome == .privateAddress)
        #expect(fetched.status == nil)
    }

    static let addresses: [(String, Bool)] = [
        ("127.0.0.1", true), ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.1.1", true),
        ("169.254.169.254", true), ("100.64.0.1", true), ("0.0.0.0", true), ("224.0.0.1", true), ("8.8.8.8", false),
        ("::1", true), ("::", true), ("fe80::1", true), ("fd00::1", true), ("::ffff:10.0.0.1", true),
        ("::ffff:8.8.8.8", false), ("64:ff9b::a00:1", true), ("64:ff9b::808:808", false), ("64:ff9b:1::808:808", true),
        ("2002:7f00:1::", true), ("2001:4860::8888", false),
    ]

    @Test("addresses that are not on the public internet are known", arguments: addresses)
    func knowsPrivate(_ text: String, _ isPrivate: Bool) throws {
        #expect(try #require(NetworkAddress(text)).isPrivate == isPrivate)
    }

    @Test("a secure connection leaves version, cipher and certificates; one that cannot be trusted is refused")
    func keepsCertificates() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stet-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.page.utf8).write(to: folder.appending(path: "a.html"))
        let server = try SecureServer(folder)
        let request = try #require(PageRequest("https://localhost:\(server.port)/plain/a.html"))
        var options = Self.options
        #expect(PageFetcher(options, Self.clock).fetch(request).outcome == .tls)
        options.authorities = folder.appending(path: "ca.pem").path
        let fetched = PageFetcher(options, Self.clock).fetch(request)
        #expect(fetched.outcome == .ok, "\(fetched.reason ?? "")")
        let tls = try #require(try JSON(parsing: fetched.transport)["exchanges"]?.array?.last?["tls"])
        #expect(tls["version"]?.string?.hasPrefix("TLSv1.") == true)
        #expect(tls["cipher"]?.string?.isEmpty == false)
        let text = String(decoding: fetched.certificates, as: UTF8.self)
        let chain = try String(contentsOf: folder.appending(path: "chain.pem"), encoding: .utf8)
        #expect(text.split(separator: "\n") == chain.split(separator: "\n"))
    }
}
