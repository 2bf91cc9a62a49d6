import Models
import Testing
import Viewer

@Suite("What requests say")
struct ServingTests {
    @Test(
        "percent signs decode to bytes, and what they do not introduce stands for itself",
        arguments: [
            ("a%20b", "a b"), ("%C3%A9", "é"), ("%c3%a9", "é"), ("%", "%"), ("%4", "%4"), ("%41", "A"),
            ("%zz%41", "%zzA"),
            ("%00", "\0"), ("%FF", "\u{FFFD}"), ("%25%32%35", "%25"), ("", ""), ("+", "+"), ("%F0%9F%8C%89", "🌉"),
        ])
    func percent(text: String, decoded: String) {
        #expect(PercentText.decoded(Array(text.utf8)) == decoded)
    }

    @Test(
        "queries are read as browsers send forms",
        arguments: [
            ("a=1&b=2", "b", "2"), ("a=1+2%2B3", "a", "1 2+3"), ("a=&a=x", "a", "x"), ("a", "a", nil),
            ("a=b=c", "a", "b=c"),
            ("&&a=1&", "a", "1"), ("%61=1", "a", "1"), ("=1", "", "1"), ("b=1", "a", nil),
            ("a=%E2%80%8F", "a", "\u{200F}"),
        ])
    func query(text: String, name: String, value: String?) {
        #expect(QueryText(parsing: text)[name] == value)
    }

    @Test("what a query writes, it reads", arguments: ["a&b=c", "é ⁄ +%", "שלום", "\u{0}\u{1F}", "a/b:c@d", "🌉"])
    func queryRoundTrip(value: String) {
        var query = QueryText()
        query.add("name", value)
        query.add("none", nil)
        #expect(query.text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(QueryText(parsing: query.text.dropFirst())["name"] == value)
    }

    @Test(
        "times are written and read as HTTP has them",
        arguments: [
            ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
            ("1969-12-31T00:00:00Z", "Wed, 31 Dec 1969 00:00:00 GMT"),
            ("0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
            ("2026-11-21T21:00:00Z", "Sat, 21 Nov 2026 21:00:00 GMT"),
        ])
    func date(time: String, text: String) throws {
        let time = try #require(Timestamp(time))
        #expect(HTTPDate.text(time) == text && HTTPDate.parse(text) == time)
    }

    @Test(
        "what is no time as HTTP has them is none",
        arguments: [
            "", "Sun", "06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT", "Sun,  06 Nov 1994 08:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        ])
    func noDate(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    @Test(
        "stamps of 4 to 14 digits are times",
        arguments: [
            ("20260302064000", "2026-03-02T06:40:00Z"), ("2026", "2026-01-01T00:00:00Z"),
            ("202603", "2026-03-01T00:00:00Z"),
            ("2026030206", "2026-03-02T06:00:00Z"), ("202", nil), ("202613", nil), ("20260230000000", nil),
            ("202603020640000", nil), ("2026030206400a", nil), ("٢٠٢٦", nil), ("", nil),
        ])
    func stamp(text: String, time: String?) {
        #expect(StampText.parse(text)?.description == time)
    }

    @Test(
        "what Memento clients ask for is read from the whole target, the page's own query included",
        arguments: [
            ("/timegate/http://x.example/a?b=c", "timeGate http://x.example/a?b=c"),
            ("/timegate/x.example", "timeGate http://x.example/"),
            ("/timegate/x.example:81/a", "timeGate http://x.example:81/a"),
            ("/timegate/https%3A%2F%2Fx.example%2Fa%3Fb%3D%2526", "timeGate https://x.example/a?b=%26"),
            ("/timegate/http://b%C3%BCcher.example/", "timeGate http://b%C3%BCcher.example/"),
            ("/timegate/http://x.example/\"><", "timeGate http://x.example/%22%3E%3C"),
            ("/timemap/link/http://x.example/", "timeMap link nil http://x.example/"),
            ("/timemap/json/20260101000000/http://x.example/", "timeMap json 20260101000000 http://x.example/"),
            ("/timemap/link/2026.example/", "timeMap link nil http://2026.example/"),
            (
                "/memento/20260101000000/http://x.example/?q=/a//b",
                "memento 20260101000000 own http://x.example/?q=/a//b"
            ),
            ("/memento/20260101000000-abcd1234:7/x.example", "memento 20260101000000-abcd1234:7 own http://x.example/"),
            ("/web/20260101000000id_/x.example", "memento 20260101000000 id_ http://x.example/"),
            ("/web/2026/x.example", "memento 20260101000000  http://x.example/"),
            ("/web/x.example/2026/", "timeGate http://x.example/2026/"),
            ("/web/*/x.example", "calendar http://x.example/"),
            ("/web/timemap/link/x.example", "timeMap link nil http://x.example/"),
            ("/timegate/ftp://x.example/", "none"), ("/timegate/javascript:alert(1)", "none"), ("/timegate/", "none"),
            ("/timegate", "none"), ("/timemap/xml/x.example", "none"), ("/memento/x/x.example", "none"),
            ("/memento/20260101000000-x/x.example", "none"), ("/memento/20260101000000", "none"), ("/", "none"),
            ("", "none"),
            ("//timegate/x.example", "none"), ("/web/", "none"), ("/timegate/localhost", "none"), ("/article", "none"),
        ])
    func memento(target: String, expected: String) {
        let found =
            switch MementoRequest(target: target) {
            case .timeGate(let address, _): "timeGate \(address.text)"
            case .timeMap(let address, let format, let from):
                "timeMap \(format) \(from.map { "\($0)" } ?? "nil") \(address.text)"
            case .memento(let stamp, let address, .own): "memento \(stamp) own \(address.text)"
            case .memento(let stamp, let address, .wayback(let modifier)):
                "memento \(stamp) \(modifier) \(address.text)"
            case .calendar(let address): "calendar \(address.text)"
            case nil: "none"
            }
        #expect(found == expected)
    }

    @Test(
        "ranges of a payload of ten bytes",
        arguments: [
            (nil, .whole), ("bytes=0-4", .part(0..<5)), ("bytes=5-", .part(5..<10)), ("bytes=-3", .part(7..<10)),
            ("bytes=-30", .part(0..<10)), ("bytes=9-99999999999999999999", .part(9..<10)),
            ("bytes=10-", .unsatisfiable),
            ("bytes=-0", .unsatisfiable), ("bytes=0-1,3-4", .whole), ("bytes=4-3", .whole), ("bytes=", .whole),
            ("bytes=-", .whole), ("bytes", .whole), ("items=0-1", .whole), ("bytes=+1-2", .whole),
            ("bytes=١-٢", .whole),
        ] as [(String?, RequestedRange)])
    func range(header: String?, expected: RequestedRange) {
        #expect(RequestedRange(header, size: 10) == expected)
    }

    @Test("nothing is a part of an empty payload", arguments: ["bytes=0-", "bytes=-1", "bytes=0-0"])
    func emptyRange(header: String) {
        #expect(RequestedRange(header, size: 0) == .unsatisfiable)
    }

    @Test(
        "a base for addresses is made of names that were checked, and of nothing else",
        arguments: [
            ("127.0.0.1", nil, "LOCALHOST.:7383", "http://localhost:7383"),
            ("127.0.0.1", nil, "[::1]:80", "http://[::1]:80"),
            ("127.0.0.1", nil, "evil.example", "421"), ("127.0.0.1", nil, "localhost\r\nX: y", "400"),
            ("192.0.2.1", "secret", "192.0.2.1:1", "http://192.0.2.1:1"),
            ("192.0.2.1", "secret", "evil.example", "http://192.0.2.7:99"),
            ("desk.example", "secret", "Desk.Example:99", "http://desk.example:99"),
            ("0.0.0.0", "secret", "192.0.2.7:99", "http://192.0.2.7:99"),
            ("0.0.0.0", "other", "192.0.2.7:99", "401"),
        ] as [(String, String?, String, String)])
    func base(listening: String, token: String?, host: String, expected: String) {
        let guarding = RequestGuard(host: listening, port: 99, token: token)
        let asked = Asked(
            target: "/", headers: [("Host", host), ("Authorization", "Bearer secret")], local: "192.0.2.7:99")
        switch guarding.verdict(asked) {
        case .admitted(let base): #expect(base == expected)
        case .refused(let answer): #expect("\(answer.status)" == expected)
        }
    }

    @Test("a second value of a header is not lost, nor a second host")
    func repeated() {
        let asked = Asked(
            target: "/a?b", headers: [("Host", "a"), ("HOST", "b"), ("Range", "x"), ("range", "y")],
            local: "127.0.0.1:1")
        #expect(asked.hosts == ["a", "b"] && asked.headers["range"] == "x, y")
        #expect(asked.path == "/a" && asked.target == "/a?b")
    }
}
