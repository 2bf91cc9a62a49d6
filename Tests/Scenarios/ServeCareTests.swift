import Foundation
import Models
import Testing

/// What the server takes, holds and survives.
@Suite("The local web page under load and in trouble", .serialized)
struct ServeCareTests {
    /// A video that no compression makes smaller, and its bytes.
    private static func video(_ machine: Machine, megabytes: Int) throws -> (name: String, digest: String) {
        let made = try machine.shell(
            "openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c \(megabytes << 20) > film.mp4; sha256sum film.mp4 | head -c 64"
        )
        let run = try machine.stet(
            "capture", "film.mp4", "--url", "http://example.org/film.mp4", "--captured-at", "2026-05-01T00:00:00Z",
            "--archive", "press", "--json")
        try #require(run.exit == 0, "\(run.errors)")
        return (try #require(try run.lines.first?["capture"]?.string), made.text)
    }

    private static func megabytes(_ service: PageService, _ name: String) -> Int {
        Int(service.status(name).split(separator: " ").first ?? "").map { $0 >> 10 } ?? -1
    }

    @Test(
        "a payload of 300 MB is sent whole, in parts and to who leaves midway, in little memory and without threads left behind"
    )
    func largePayload() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let (name, digest) = try Self.video(machine, megabytes: 300)
        let service = try PageService(machine)
        let url = "\(service.root)/original/\(name)"
        #expect(
            try machine.shell("curl -sS '\(service.root)/none' -o none; curl -sS '\(url)' | sha256sum").text.hasPrefix(
                digest))
        let threads = service.status("Threads")
        // Across the border of two pieces, the end, and one byte.
        for range in ["4194300-4194400", "-1000", "209715200-209715200", "0-8388607"] {
            let run = try machine.shell(
                """
                curl -sS -r \(range) '\(url)' -o part -D head; grep -q '^HTTP/1.1 206' head; size=$(stat -c %s part)
                from=$(grep -i '^Content-Range' head | tr -dc '0-9 -' | tr -s ' ' | cut -d' ' -f2 | cut -d- -f1)
                [ -n "$from" ] || from=$(grep -i '^Content-Range' head | sed 's/.*bytes \\([0-9]*\\)-.*/\\1/')
                tail -c +$((from + 1)) film.mp4 | head -c $size | cmp - part
                """)
            #expect(run.exit == 0, "\(range): \(run.errors)")
        }
        // Twenty who take a little and then nothing, and go after a while.
        var connections: [Connection] = []
        for _ in 0..<20 {
            let connection = try Connection(service.port)
            connection.send(Array("GET /original/\(name) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
            #expect(!connection.read(atMost: 1000).isEmpty)
            connections.append(connection)
        }
        #expect(try service.get("/").status == 200, "others are answered meanwhile")
        connections.removeAll()
        #expect(try machine.shell("curl -sS '\(url)' | sha256sum").text.hasPrefix(digest))
        let most = Self.megabytes(service, "VmHWM")
        #expect(most > 0 && most < 200, "\(most) MB")
        #expect(Int(service.status("Threads")) ?? 99 <= (Int(threads) ?? 0) + 2)
    }

    @Test("a large payload whose pack was damaged is cut off before its end, and its sound parts are still sent")
    func damagedPayload() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        let (name, _) = try Self.video(machine, megabytes: 40)
        let pack = try #require(
            try machine.files(below: "press/packs").max { try machine.read($0).count < machine.read($1).count })
        let service = try PageService(machine)
        let url = "\(service.root)/original/\(name)"
        try machine.flip(pack, at: try machine.read(pack).count / 2)
        let run = try machine.shell("curl -sS '\(url)' -o out || echo ended $?")
        #expect(run.text.contains("ended 18"), "curl's exit for a body that ends early: \(run.text)")
        #expect(try machine.shell("curl -sS -r 0-999 '\(url)' | cmp -n 1000 - film.mp4").exit == 0)
        #expect(try service.get("/").status == 200)
    }

    @Test("two hundred connections that say nothing, or little, hold nobody up")
    func idleConnections() throws {
        let machine = try MementoTests.filled()
        let service = try PageService(machine)
        var connections: [Connection] = []
        for number in 0..<200 {
            let connection = try Connection(service.port)
            if number % 2 == 0 { connection.send(Array("GET / HTTP/1.1\r\nHost: loc".utf8)) }
            connections.append(connection)
        }
        for _ in 0..<20 { #expect(try service.get("/changes").status == 200) }
        connections[0].send(Array("alhost\r\nConnection: close\r\n\r\n".utf8))
        #expect(try Received.all(connections[0].rest()).first?.status == 200)
        connections.removeAll()
        #expect(try service.get("/").status == 200)
    }

    @Test("what is captured beside the server is shown, while many ask at once")
    func captureBeside() async throws {
        let machine = try MementoTests.filled()
        let service = try PageService(machine)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for round in 0..<25 {
                        let target = [
                            "/", "/changes", "/article?name=example.org", "/timemap/link/\(MementoTests.url)",
                        ][(worker + round) % 4]
                        let found = try service.get(target)
                        #expect(found.status == 200, "\(target): \(found.status)")
                    }
                }
            }
            group.addTask {
                for number in 1...6 {
                    let page = Story.page(headline: "Harbour lights number \(number)", Story.paragraphs)
                    let file = "beside-\(number).html"
                    try machine.write(page, to: file)
                    let run = try machine.stet(
                        "capture", file, "--url", "http://example.org/lights", "--captured-at",
                        "2026-07-0\(number)T00:00:00Z",
                        "--archive", "press")
                    #expect(run.exit == 0, "\(run.errors)")
                }
            }
            try await group.waitForAll()
        }
        #expect(
            try service.get("/timegate/http://example.org/lights")["location"]?.contains("/20260706000000/") == true)
        let page = try service.get("/article?name=example.org/lights")
        #expect(page.status == 200 && page.text.contains("Harbour lights number 6"))
    }

    @Test("while new captures cannot be taken in, what is known is shown at once, and the page says so")
    func behind() throws {
        let machine = try MementoTests.filled()
        let service = try PageService(machine)
        #expect(try !service.get("/changes").text.contains("may be missing here"))
        try MementoTests.capture(machine, MementoTests.page(3), "http://example.org/new", at: "2026-08-01T00:00:00Z")
        // As long as somebody else writes to the comparisons, nobody takes anything in.
        let run = try machine.shell(
            """
            python3 - <<'END'
            import sqlite3, time, urllib.request
            other = sqlite3.connect("press/tracking.sqlite", isolation_level=None, timeout=30)
            other.execute("BEGIN IMMEDIATE")
            start = time.monotonic()
            told = [b"may be missing here" in urllib.request.urlopen("\(service.root)" + path).read() for path in ("/changes", "/", "/changes")]
            gate = urllib.request.urlopen("\(service.root)/timegate/http://example.org/new").status
            print(told, gate, time.monotonic() - start < 20)
            other.execute("ROLLBACK")
            for _ in range(100):
                if b"may be missing here" not in urllib.request.urlopen("\(service.root)/changes").read():
                    print("current")
                    break
                time.sleep(0.1)
            END
            """)
        #expect(run.text == "[True, True, True] 200 True\ncurrent\n", "\(run.text) \(run.errors)")
    }

    @Test("SIGTERM and SIGINT end it at once with 0, whoever is still connected", arguments: ["TERM", "INT"])
    func signals(signal: String) throws {
        let machine = try MementoTests.filled()
        let run = try machine.shell(
            """
            HOME=home \(Machine.stet.path) serve --archive press --port 0 </dev/null >url 2>err & p=$!
            for i in $(seq 300); do [ -s url ] && break; sleep 0.1; done
            curl -sS "$(cat url)" >page
            exec 3<>/dev/tcp/127.0.0.1/$(sed 's/.*:\\([0-9]*\\).*/\\1/' url); printf 'GET / HTTP/1.1\\r\\nHost: loc' >&3
            kill -\(signal) $p; for i in $(seq 100); do kill -0 $p 2>/dev/null || break; sleep 0.1; done; kill -KILL $p 2>/dev/null || true
            code=0; wait $p || code=$?; echo "ended $code"
            """)
        #expect(run.text.contains("ended 0"), "\(run.text) \(run.errors)")
    }

    @Test(
        "where nothing can listen, that is said and is no success",
        arguments: [("TAKEN", "127.0.0.1", 74), ("0", "203.0.113.7", 64), ("0", "no such name", 64)])
    func listening(port: String, address: String, exit: Int) throws {
        let machine = try MementoTests.filled()
        let service = try PageService(machine)
        let run = try machine.stet(
            "serve", "--archive", "press", "--listen", address, "--port", port == "TAKEN" ? "\(service.port)" : port)
        #expect(
            Int(run.exit) == exit && run.errors.contains("stet: error: ") && run.text.isEmpty,
            "\(run.exit): \(run.errors)")
    }
}
