import Foundation
import Models
import Storage
import SyncEngine
import Testing

private let nothingsHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/// The examples in AWS's documentation of Signature Version 4 for S3.
struct SigningExample: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let path: String
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var payload = nothingsHash
    let signed: String
    let signature: String
    var testDescription: String { name }
}

@Suite("Signing requests for S3")
struct SignatureV4Tests {
    static let examples = [
        SigningExample(
            name: "a part of an object", method: "GET", path: "/test.txt", headers: [("Range", "bytes=0-9")],
            signed: "host;range;x-amz-content-sha256;x-amz-date",
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        SigningExample(
            name: "an upload", method: "PUT", path: "/test%24file.text",
            headers: [
                ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            payload: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            signed: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        SigningExample(
            name: "a query without a value", method: "GET", path: "/", query: [("lifecycle", "")],
            signed: "host;x-amz-content-sha256;x-amz-date",
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        SigningExample(
            name: "a list", method: "GET", path: "/", query: [("prefix", "J"), ("max-keys", "2")],
            signed: "host;x-amz-content-sha256;x-amz-date",
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ]

    @Test("AWS's examples come out as AWS says", arguments: examples)
    func documented(_ example: SigningExample) throws {
        let time = try #require(Timestamp("2013-05-24T00:00:00Z"))
        let stamp = SignatureV4.stamp(time)
        #expect(stamp == "20130524T000000Z")
        let subject = SignatureV4.Subject(
            method: example.method, path: example.path, query: example.query,
            headers: example.headers + [
                ("Host", "examplebucket.s3.amazonaws.com"), ("X-Amz-Content-Sha256", example.payload),
                ("X-Amz-Date", stamp),
            ], payloadHash: example.payload)
        let signer = SignatureV4(
            accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1", service: "s3")
        #expect(
            signer.authorization(of: subject, stamp: stamp)
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=\(example.signed), Signature=\(example.signature)")
    }

    /// Of AWS's test suite for any service: its credentials, its time, `example.amazonaws.com`.
    @Test(
        "AWS's test suite comes out as it says",
        arguments: [
            ("GET", [], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("POST", [], "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            (
                "GET", [("Param2", "value2"), ("Param1", "value1")],
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            ),
        ])
    func suite(_ method: String, _ query: [(String, String)], _ signature: String) throws {
        let subject = SignatureV4.Subject(
            method: method, path: "/", query: query.map { (name: $0, value: $1) },
            headers: [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")],
            payloadHash: nothingsHash)
        let signer = SignatureV4(
            accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1",
            service: "service")
        #expect(signer.authorization(of: subject, stamp: "20150830T123600Z").hasSuffix("Signature=\(signature)"))
    }
}

@Suite("Where a bucket is and who we are there")
struct S3SettingsTests {
    private static let keys = ["AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "SK"]

    private func settings(_ environment: [String: String], _ address: String = "s3://bucket") throws -> S3Settings {
        try S3Settings(for: #require(S3Address(address)), environment: environment)
    }

    @Test("addresses are read, or refused")
    func addresses() throws {
        #expect(S3Address("s3://b")?.prefix == "")
        #expect(S3Address("s3://b/")?.prefix == "")
        #expect(S3Address("s3://b/a/b c/")?.prefix == "a/b c")
        #expect(S3Address("S3://b.c-d/x")?.bucket == "b.c-d")
        for wrong in [
            "s3:/b", "s3://", "s3:///x", "s3://b//x", "s3://b/../x", "s3://b/./x", "s3://a:b@c/d", "s3://b/x\n",
            "s3://../x",
            "http://b", "s3://b/" + String(repeating: "x", count: 801),
        ] { #expect(S3Address(wrong) == nil, "\(wrong)") }
    }

    @Test("the environment says it all, and wins over the files")
    func environment() throws {
        let place = try Workplace()
        try Files.write(
            Array("[default]\naws_access_key_id=FILE\naws_secret_access_key=FILES\n".utf8),
            to: place.path("credentials"))
        var environment = Self.keys
        environment["AWS_SHARED_CREDENTIALS_FILE"] = place.path("credentials")
        var found = try settings(environment)
        #expect(found.accessKey == "AK" && found.secretKey == "SK" && found.sessionToken == nil)
        #expect(found.endpoint.description == "https://s3.us-east-1.amazonaws.com/" && !found.isPathStyle)
        environment["AWS_SESSION_TOKEN"] = "T"
        environment["AWS_DEFAULT_REGION"] = "eu-west-1"
        found = try settings(environment)
        #expect(found.sessionToken == "T" && found.endpoint.host == "s3.eu-west-1.amazonaws.com")
        environment["AWS_REGION"] = "cn-north-1"
        environment["AWS_CA_BUNDLE"] = "/ca.pem"
        found = try settings(environment)
        #expect(found.endpoint.host == "s3.cn-north-1.amazonaws.com.cn" && found.certificates == "/ca.pem")
        environment["AWS_ENDPOINT_URL"] = "https://ceph.example.org:8443/"
        found = try settings(environment)
        #expect(found.endpoint.port == 8443 && found.isPathStyle && found.region == "cn-north-1")
        environment["AWS_ENDPOINT_URL_S3"] = "http://[::1]:9000"
        found = try settings(environment)
        #expect(found.endpoint.host == "[::1]" && found.endpoint.scheme == "http")
        environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
        #expect(try settings(environment).endpoint.host == "s3.cn-north-1.amazonaws.com.cn")
        // Dots in a host name are more than a wildcard certificate covers.
        #expect(try settings(Self.keys, "s3://my.bucket").isPathStyle)
        #expect(try settings(Self.keys, "s3://My_Bucket").isPathStyle)
    }

    @Test("profiles are read from both files, with their services and remarks")
    func profiles() throws {
        let place = try Workplace()
        try place.shell(
            """
            mkdir .aws
            cat > .aws/credentials <<'END'
            # keys
            [default]
            aws_access_key_id = D
            aws_secret_access_key = DS

            [desk]
            aws_access_key_id=K/+=
            aws_secret_access_key = S#x;y
            aws_session_token = TT
            END
            cat > .aws/config <<'END'
            [default]
            region = us-west-2 # far away
            [profile desk]
            region = eu-central-1
            services = ceph
            s3 =
              addressing_style = virtual
              max_concurrent_requests = 3
            output = json
            [ profile   inline ]
            aws_access_key_id = I
            aws_secret_access_key = IS
            endpoint_url = http://127.0.0.1:7
            [profile cloud]
            sso_session = x
            [services ceph]
            s3 =
              endpoint_url = https://s3.example.org
            dynamodb =
              endpoint_url = https://wrong.example.org
            END
            """)
        let home = ["HOME": place.folder]
        let plain = try settings(home)
        #expect(plain.accessKey == "D" && plain.secretKey == "DS" && plain.region == "us-west-2")
        let desk = try settings(home.merging(["AWS_PROFILE": "desk"]) { $1 })
        #expect(desk.accessKey == "K/+=" && desk.secretKey == "S#x;y" && desk.sessionToken == "TT")
        #expect(desk.endpoint.host == "s3.example.org" && !desk.isPathStyle && desk.region == "eu-central-1")
        let inline = try settings(home.merging(["AWS_PROFILE": "inline"]) { $1 })
        #expect(inline.accessKey == "I" && inline.endpoint.port == 7 && inline.isPathStyle)
        for (profile, part) in [("cloud", "sso_session"), ("nobody", "there is no profile 'nobody'")] {
            do {
                _ = try settings(home.merging(["AWS_PROFILE": profile]) { $1 })
                Issue.record("\(profile)")
            } catch let complaint as S3Settings.Complaint {
                #expect(complaint.reason.contains(part))
            }
        }
    }

    @Test(
        "what is missing or wrong is said, and no secret with it",
        arguments: [
            ([:], "there are no credentials"),
            (["AWS_ACCESS_KEY_ID": "AK"], "AWS_SECRET_ACCESS_KEY is not"),
            (keys.merging(["AWS_ENDPOINT_URL": "https://me:s3cret@host"]) { $1 }, "AWS_ENDPOINT_URL is not"),
            (keys.merging(["AWS_ENDPOINT_URL": "host:80"]) { $1 }, "AWS_ENDPOINT_URL is not"),
            (keys.merging(["AWS_ENDPOINT_URL_S3": "http://h/path"]) { $1 }, "AWS_ENDPOINT_URL_S3 is not"),
            (keys.merging(["AWS_REGION": "evil.example.org/"]) { $1 }, "AWS_REGION is not"),
        ] as [([String: String], String)])
    func complaints(_ environment: [String: String], _ part: String) throws {
        var environment = environment
        environment["AWS_CONFIG_FILE"] = "/dev/null"
        environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        let got = outcome { _ = try openRemote("s3://b/p", environment: environment, clock: Ceph.now) }
        #expect(got.hasPrefix("misconfigured: ") && got.contains(part), "\(got)")
        #expect(!got.contains("s3cret"))
    }
}

@Suite("The XML of S3 servers")
struct XMLElementTests {
    @Test("elements, text and references are read")
    func reading() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <a:List xmlns="http://s3/" b='1'>
              <Key>a&amp;b&lt;&#x41;&#228;</Key><Empty/><Key >second</Key
            ><Inner><Key>third</Key></Inner>
            </a:List>

            """
        let root = try #require(XMLElement(parsing: Array(text.utf8)))
        #expect(root.name == "List" && root.text == "" && root.children.count == 4)
        #expect(root["Key"] == "a&b<Aä" && root.all("Key").map(\.text) == ["a&b<Aä", "second"])
        #expect(root["Empty"] == "" && root["Inner"] == "" && root["Other"] == nil)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "a", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a>&x;</a>",
            "<a><!-- x --></a>", "<a><![CDATA[x]]></a>", "<a b></a>", "<a b=c></a>", "<a>&#xD800;</a>", "<a>&amp</a>",
            "<a>&#99999999999999;</a>", "</a>", "<?xml", "<?xml >", "< a/>",
            String(repeating: "<a>", count: 100_000),
            String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17),
        ])
    func refusing(_ text: String) {
        #expect(XMLElement(parsing: Array(text.utf8)) == nil)
    }

    @Test("text that is no UTF-8 is refused")
    func invalidText() {
        #expect(XMLElement(parsing: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) == nil)
    }
}

@Suite("A real S3 server", .enabled(if: !Ceph.isLeftOut))
struct S3ServerTests {
    private func remote(
        _ bucket: String, _ change: (inout [String: String], inout S3Remote.Options) -> Void = { _, _ in }
    ) throws -> S3Remote {
        var (environment, options) = (try Ceph.environment(), Ceph.options)
        change(&environment, &options)
        return try S3Remote("s3://\(bucket)", environment: environment, options: options)
    }

    @Test("what it refuses is explained, without secrets")
    func refusals() throws {
        let place = try Workplace()
        let bucket = try Ceph.bucket()
        let name = "manifests/x"
        let missing = try remote("not-there-\(UUID().uuidString.lowercased())")
        let wrongSecret = try remote(bucket) { environment, _ in environment["AWS_SECRET_ACCESS_KEY"] = "s3cret" }
        let wrongKey = try remote(bucket) { environment, _ in environment["AWS_ACCESS_KEY_ID"] = "s3cret" }
        let late = Timestamp("2020-01-01T00:00:00Z")
        let wrongClock = try remote(bucket) { _, options in options.clock = { late ?? Ceph.now() } }
        for (remote, part) in [
            (missing, "misconfigured: there is no bucket"), (wrongSecret, "refused: the secret key does not belong"),
            (wrongKey, "refused: the server does not know this access key"),
            (wrongClock, "refused: this machine's clock says 2020-01-01T00:00:00Z, the server's "),
        ] {
            for got in [
                outcome { _ = try remote.names(under: "manifests/") }, outcome { _ = try remote.stems(in: "archive") },
                outcome { _ = try remote.read(name, limit: 10) }, outcome { try remote.upload([1], to: name) },
                outcome { try remote.remove(name) },
                outcome { try remote.download(name, to: place.path("back"), size: 1, progress: { _ in }) },
            ] {
                #expect(got.hasPrefix(part), "\(got)")
                #expect(!got.contains("s3cret"))
            }
            #expect(remote.traffic.requests <= 6, "tried again in vain")
        }
    }

    @Test("nobody listening, or no such host, is unreachable after some tries")
    func unreachable() throws {
        for endpoint in ["http://127.0.0.1:1", "http://no-such-host.invalid"] {
            let remote = try remote("b") { environment, options in
                environment["AWS_ENDPOINT_URL_S3"] = endpoint
                options.http.retry.attempts = 3
            }
            #expect(outcome { _ = try remote.read("manifests/x", limit: 10) }.hasPrefix("unreachable: "))
            #expect(remote.traffic.requests == 3)
        }
    }

    @Test("a page of names is a request, and so is everything else; one connection serves them all")
    func requests() throws {
        let place = try Workplace()
        let remote = try remote(Ceph.bucket())
        var before = 0
        let cost = { () -> Int in
            defer { before = remote.traffic.requests }
            return remote.traffic.requests - before
        }
        let origin = String(repeating: "a1", count: 32)
        for number in 1...250 { try remote.upload([1], to: "manifests/\(origin)-\(number).json") }
        #expect(cost() == 250)
        #expect(try remote.names(under: "manifests/").count == 250)
        #expect(cost() == 3)
        #expect(try remote.stems(in: "manifests") == [origin])
        #expect(cost() == 1)
        _ = try remote.read("manifests/\(origin)-1.json", limit: 10)
        #expect(cost() == 1)
        try Files.write([UInt8](repeating: 7, count: 11 << 20), to: place.path("large"))
        // What is unfinished, begin, three parts, complete.
        try remote.upload(file: place.path("large"), to: "archive/large") { _ in }
        #expect(cost() == 6)
        try remote.download("archive/large", to: place.path("back"), size: 11 << 20) { _ in }
        #expect(cost() == 1)
        try remote.remove("archive/large")
        #expect(cost() == 1)
    }

    @Test("an upload in parts goes on where it was cut off")
    func resumed() throws {
        let place = try Workplace()
        let bucket = try Ceph.bucket()
        let name = "archive/large"
        var bytes = [UInt8](repeating: 0, count: 21 << 20)
        for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: index &* 31 ^ index >> 11) }
        try Files.write(bytes, to: place.path("large"))
        // A line that ends for good in the middle of the third part.
        let first = try remote(bucket) { _, options in options.http.retry.attempts = 1 }
        let server = try TestServer("cut.py", [String(Ceph.port.get()), String(13 << 20)])
        let cut = try S3Remote(
            "s3://\(bucket)", environment: Ceph.environment(port: server.port),
            options: {
                var options = Ceph.options
                options.http.retry.attempts = 2
                return options
            }())
        let got = outcome { try cut.upload(file: place.path("large"), to: name, progress: { _ in }) }
        #expect(got.hasPrefix("unreachable: "), "\(got)")
        #expect(try first.names(under: "archive/") == [])
        let again = try remote(bucket)
        var sum = 0
        try again.upload(file: place.path("large"), to: name) { sum += $0 }
        #expect(sum == bytes.count)
        // Two parts were there.
        #expect(again.traffic.sent < 12 << 20, "\(again.traffic)")
        #expect(try again.read(name, limit: bytes.count) == bytes)
    }
}
