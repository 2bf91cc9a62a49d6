import Foundation
import Models
import Storage
import SyncEngine
import Testing

@Suite("Web servers that misbehave")
struct HTTPRemoteTests {
    private let place: Workplace
    private static let origin = String(repeating: "a1", count: 32)
    private static let large = "archive/\(origin)-0-7.tar.zst"
    private static let bytes: [UInt8] = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }

    init() throws {
        place = try Workplace()
        let folder = FolderRemote(path: place.path("published"))
        try folder.upload(Self.bytes, to: Self.large)
        try folder.upload([1], to: "manifests/\(Self.origin)-1.json")
        let names = ["manifests/\(Self.origin)-1.json", "archive/\(Self.origin)-0-7.json"]
        try folder.upload(RemoteIndex(names: names).bytes, to: RemoteIndex.name)
    }

    private func remote(
        _ manner: String, environment: [String: String] = [:], _ change: (inout HTTPClient.Options) -> Void = { _ in }
    ) throws -> HTTPRemote {
        var options = HTTPClient.Options()
        options.retry.sleep = { _ in }
        options.retry.attempts = 3
        change(&options)
        return try HTTPRemote(
            TestServer.publish(place.path("published"), manner), environment: environment, options: options)
    }

    private func download(_ remote: HTTPRemote, size: Int = bytes.count, to file: String = "back") -> String {
        outcome { try remote.download(Self.large, to: place.path(file), size: size, progress: { _ in }) }
    }

    @Test(
        "what it does is named for what it is",
        arguments: [
            ("down", "unreachable: the server answers with status 500, again and again", 3),
            ("forbidden", "refused: the server answers with status 403", 1),
            (
                "locked", "refused: the server answers with status 401: put a name and a password for it into ~/.netrc",
                1
            ),
            ("away", "misbehaved: it sends us elsewhere, to http://localhost", 1),
            ("round", "misbehaved: it sends us from one place to the next without end", 6),
            ("downgrade", "misbehaved: it sends us elsewhere, to somewhere", 1),
        ])
    func kinds(_ manner: String, _ expected: String, _ requests: Int) throws {
        for ask in [
            { remote in outcome { _ = try remote.names(under: "manifests/") } },
            { remote in outcome { _ = try remote.read("manifests/x", limit: 10) } },
            { remote in download(remote) },
        ] as [(HTTPRemote) -> String] {
            let remote = try remote(manner)
            #expect(ask(remote) == expected)
            #expect(remote.traffic.requests == requests)
        }
        #expect(try Files.size(place.path("back")) == 0)
    }

    @Test("what never ends is cut off at what it may have")
    func endless() throws {
        let remote = try remote("endless")
        let got = outcome { _ = try remote.read("manifests/x", limit: 100_000) }
        #expect(got == "damaged: manifests/x: it is larger than any such file can be")
        #expect(download(remote) == "damaged: \(Self.large): it does not have 1000000 bytes")
        #expect(try Files.size(place.path("back")) == 1_000_000)
        // An error page: its length does not matter.
        #expect(try self.remote("complaining").read("manifests/x", limit: 10) == nil)
        #expect(remote.traffic.received < 8 << 20)
    }

    @Test("a length that is not true is noticed")
    func lengths() throws {
        #expect(download(try remote("longer")) == "damaged: \(Self.large): it does not have 1000000 bytes")
        #expect(
            outcome { _ = try remote("longer").read("manifests/\(Self.origin)-1.json", limit: 10) }.hasPrefix(
                "unreachable"))
    }

    @Test("another part than was asked for is not put in the place of the right one")
    func otherPart() throws {
        try Files.write(Array(Self.bytes[..<1000]), to: place.path("back"))
        let got = download(try remote("otherpart"))
        #expect(got == "damaged: \(Self.large): the server did not send the part that it was asked for")
        #expect(try Files.size(place.path("back")) == 1000)
    }

    @Test("one that always breaks off is given up, one that gets on is not")
    func breaking() throws {
        #expect(download(try remote("deaf"), to: "deaf").hasPrefix("unreachable: "))
        let remote = try remote("reset")
        #expect(download(remote) == "done")
        #expect(try Files.read(place.path("back")) == Self.bytes)
        // More than it tries for one failure: what arrives in between counts. A reset may take some of it along.
        #expect(remote.traffic.requests >= 5)
    }

    @Test("one that says nothing is given up when its time is over")
    func silent() throws {
        let remote = try remote("silent") { options in
            options.idleSeconds = 1
            options.retry.attempts = 2
        }
        #expect(outcome { _ = try remote.read("manifests/x", limit: 10) }.hasPrefix("unreachable: "))
        #expect(remote.traffic.requests == 2)
    }

    @Test("it waits as long as it is asked to, and longer each time, but not for ever")
    func waiting() throws {
        let waits = Recorded()
        let busy = try remote("busy") { $0.retry.sleep = { waits.note($0) } }
        #expect(try busy.read("manifests/\(Self.origin)-1.json", limit: 10) == [1])
        #expect(waits.numbers == [1000, 1000])
        let down = try remote("down") { options in
            options.retry = RetryPolicy(
                attempts: 8, pause: 100, longestPause: 1000, sleep: { waits.note($0) }, jitter: { $0 })
        }
        #expect(outcome { _ = try down.read("manifests/x", limit: 10) }.hasPrefix("unreachable: "))
        #expect(waits.numbers.dropFirst(2) == [100, 200, 400, 800, 1000, 1000, 1000])
    }

    @Test("names and passwords come from ~/.netrc, never from the address")
    func passwords() throws {
        try Files.write(
            Array("machine 127.0.0.1 login reader password sesame\n".utf8), to: place.path(".netrc"), mode: 0o600)
        let remote = try remote("locked", environment: ["HOME": place.folder])
        #expect(try remote.read("manifests/\(Self.origin)-1.json", limit: 10) == [1])
        let got = outcome { _ = try HTTPRemote("http://reader:sesame@127.0.0.1/", environment: [:]) }
        #expect(got == "misconfigured: put the name and the password into ~/.netrc")
        for wrong in ["http://", "http:///x", "https://host/x?token=1", "http://host/#x", "http://ho st/"] {
            #expect(outcome { _ = try HTTPRemote(wrong, environment: [:]) }.hasPrefix("misconfigured: "), "\(wrong)")
        }
    }

    @Test("without an index it says what its owner must do")
    func noIndex() throws {
        try FolderRemote(path: place.path("published")).remove(RemoteIndex.name)
        let remote = try remote("plain")
        let got = outcome { _ = try remote.stems(in: "manifests") }
        #expect(got.hasPrefix("misconfigured: it has no manifests/index.json") && got.contains("stet push"))
        #expect(try remote.read("manifests/\(Self.origin)-1.json", limit: 10) == [1])
    }

    @Test("an index that lies costs a request for each lie, and nothing else")
    func lies() throws {
        let other = String(repeating: "0f", count: 32)
        let index = RemoteIndex(names: [
            "manifests/\(Self.origin)-1.json", "manifests/\(Self.origin)-2.json", "manifests/\(other)-1.json",
            "archive/\(other)-0-3.json",
        ])
        try FolderRemote(path: place.path("published")).upload(index.bytes, to: RemoteIndex.name)
        let remote = try remote("ranges")
        #expect(try remote.stems(in: "archive") == [other])
        for name in try remote.names(under: "manifests/") where name != "manifests/\(Self.origin)-1.json" {
            #expect(try remote.read(name, limit: 10) == nil)
        }
        let got = outcome {
            try remote.download("archive/\(other)-0-3.tar.zst", to: place.path("back"), size: 9, progress: { _ in })
        }
        #expect(got == "damaged: archive/\(other)-0-3.tar.zst: it is missing")
        #expect(remote.traffic.requests == 8)
        for text in [
            "", "<html>", "{\"format\":1,\"origins\":{\"../../x\":{}}}\n", String(repeating: "[", count: 9 << 20),
        ] {
            try FolderRemote(path: place.path("published")).upload(Array(text.utf8), to: RemoteIndex.name)
            let got = outcome { _ = try remote.names(under: "archive/") }
            #expect(
                got.hasPrefix("misbehaved: its manifests/index.json cannot be used")
                    || got.hasPrefix("damaged: manifests/index.json"))
        }
    }

    @Test("an index that has not changed is not sent again; one that has is")
    func condition() throws {
        let remote = try remote("ranges")
        #expect(try remote.names(under: "archive/").count == 3)
        let before = remote.traffic.received
        #expect(try remote.names(under: "archive/").count == 3)
        #expect(remote.traffic.requests == 2 && remote.traffic.received - before < before)
        try FolderRemote(path: place.path("published")).upload(RemoteIndex().bytes, to: RemoteIndex.name)
        #expect(try remote.names(under: "archive/") == [])
    }

    @Test("only a server that shows a certificate of a known authority is listened to")
    func certificates() throws {
        let made = try place.shell(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 10 \
              -subj /CN=test -addext subjectAltName=IP:127.0.0.1
            """)
        try #require(made.exit == 0)
        let server = try TestServer("files.py", [place.folder, place.path("cert.pem"), place.path("key.pem")])
        let address = "https://127.0.0.1:\(server.port)/ranges/published"
        let stranger = try HTTPRemote(address, environment: [:])
        #expect(outcome { _ = try stranger.names(under: "archive/") }.hasPrefix("unreachable: SSL certificate problem"))
        #expect(stranger.traffic.requests == 1)
        let known = try HTTPRemote(address, environment: ["CURL_CA_BUNDLE": place.path("cert.pem")])
        #expect(try known.names(under: "archive/").count == 3)
        let otherName = try HTTPRemote(
            "https://localhost:\(server.port)/ranges/published", environment: ["CURL_CA_BUNDLE": place.path("cert.pem")]
        )
        #expect(outcome { _ = try otherName.names(under: "archive/") }.hasPrefix("unreachable: SSL"))
    }
}

/// Numbers told by others.
private final class Recorded: @unchecked Sendable {
    private let lock = NSLock()
    private var told: [Int] = []
    func note(_ number: Int) { lock.withLock { told.append(number) } }
    var numbers: [Int] { lock.withLock { told } }
}

@Suite("The index of a remote")
struct RemoteIndexTests {
    private static let a = String(repeating: "a1", count: 32)

    @Test("it has one spelling, and says what it was made from")
    func spelling() throws {
        let names = [
            "manifests/\(Self.a)-1.json", "manifests/\(Self.a)-1.json.sig", "manifests/\(Self.a)-2.json",
            "manifests/\(Self.a)-2.json.tsr", "manifests/\(Self.a)-4.json", "manifests/\(Self.a)-4.json.tsr",
            "manifests/allowed_signers", "archive/\(Self.a)-7-12.json", "archive/\(Self.a)-0-7.json",
            "archive/\(Self.a)-12-13.tar.zst", "archive/\(Self.a)-13-13.json", "archive/readme",
        ]
        let index = RemoteIndex(names: names)
        let text = """
            {"format":1,"origins":{"\(Self.a)":{"bundles":[[0,7],[7,12]],"snapshots":2,"timestamps":[2]}}}

            """
        #expect(String(decoding: index.bytes, as: UTF8.self) == text)
        #expect(try RemoteIndex(parsing: index.bytes) == index)
        let empty = RemoteIndex(names: [])
        #expect(String(decoding: empty.bytes, as: UTF8.self) == "{\"format\":1,\"origins\":{}}\n")
        #expect(try RemoteIndex(parsing: empty.bytes) == empty)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "{}\n", "{\"format\":1,\"origins\":{}}", "{\"format\":2,\"origins\":{}}\n",
            "{\"origins\":{},\"format\":1}\n",
            "{\"format\":1,\"origins\":[]}\n", "{\"format\":1,\"origins\":{},\"x\":1}\n",
            "{\"format\":1,\"origins\":{\"x\":{}}}\n",
            entry("\"bundles\":[],\"snapshots\":-1,\"timestamps\":[]"),
            entry("\"bundles\":[],\"snapshots\":250001,\"timestamps\":[]"),
            entry("\"bundles\":[],\"snapshots\":9007199254740991,\"timestamps\":[]"),
            entry("\"bundles\":[[0,0]],\"snapshots\":1,\"timestamps\":[]"),
            entry("\"bundles\":[[0,2],[0,1]],\"snapshots\":1,\"timestamps\":[]"),
            entry("\"bundles\":[[0,1,2]],\"snapshots\":1,\"timestamps\":[]"),
            entry("\"bundles\":[\"../x\"],\"snapshots\":1,\"timestamps\":[]"),
            entry("\"bundles\":[],\"snapshots\":1,\"timestamps\":[2]"),
            entry("\"bundles\":[],\"snapshots\":1,\"timestamps\":[1,1]"),
            entry("\"bundles\":[],\"snapshots\":1,\"timestamps\":[0]"),
            entry("\"bundles\":[],\"more\":1,\"snapshots\":1,\"timestamps\":[]"),
        ])
    func refusing(_ text: String) {
        #expect(throws: RemoteIndex.Malformed.self) { try RemoteIndex(parsing: Array(text.utf8)) }
    }

    private static func entry(_ text: String) -> String {
        "{\"format\":1,\"origins\":{\"\(a)\":{\(text)}}}\n"
    }
}

@Suite("Opening a remote by its address")
struct OpeningTests {
    private func open(_ text: String) throws -> any Remote {
        try openRemote(
            text, environment: ["AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "s3cret"], clock: Ceph.now)
    }

    @Test("the scheme decides, and an address without one is a folder")
    func schemes() throws {
        #expect(try open("s3://bucket/a/b/") is S3Remote)
        #expect(try open("s3://bucket/a/b/").address == "s3://bucket/a/b")
        #expect(try open("https://Example.org/x/").address == "https://example.org/x")
        #expect(try open("HTTP://example.org") is HTTPRemote)
        for path in ["/media/stick", "stick", "C:stick", "../x", "a:/b", "//x"] {
            #expect(try open(path).address == path)
            #expect(try open(path) is FolderRemote)
        }
        for wrong in ["ftp://me:s3cret@host/x", "file:///x", "s3://", "://x", "s3://me:s3cret@b"] {
            let got = outcome { _ = try open(wrong) }
            #expect(got.hasPrefix("misconfigured: ") && !got.contains("s3cret"), "\(got)")
        }
    }
}
