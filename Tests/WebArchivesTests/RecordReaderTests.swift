import Models
import Testing
import WebArchives

@Suite("Reading records")
struct RecordReaderTests {
    private static let one = Made.record(Made.http(Made.page))
    private static let two = Made.record(
        url: "https://news.example/other", id: "<urn:uuid:00000000-0000-4000-8000-000000000002>", Made.http(Made.page))
    private static let block = Made.http(Made.page)

    static let packings: [(name: String, bytes: [UInt8])] = [
        ("plain", one + two),
        ("a gzip member a record", Made.gzip(one) + Made.gzip(two)),
        ("one gzip member", Made.gzip(one + two)),
        (
            "a record over two gzip members",
            Made.gzip(Array(one[..<(one.count - 200)])) + Made.gzip(Array(one[(one.count - 200)...])) + Made.gzip(two)
        ),
        ("a zstd frame a record", Made.zstd(one) + Made.zstd(two)),
        ("a skippable frame before", [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3] + Made.zstd(one) + Made.zstd(two)),
        ("zeros after the last member", Made.gzip(one) + Made.gzip(two) + [UInt8](repeating: 0, count: 5000)),
        ("empty members", Made.gzip([]) + Made.gzip(one) + Made.gzip([]) + Made.gzip(two)),
        ("no empty lines at the end", one + two.dropLast(4)),
        ("too many empty lines", one + Made.bytes("\r\n\r\n\r\n") + two),
    ]

    @Test("records are read alike however they are packed, whatever the name says", arguments: packings)
    func packing(_ packed: (name: String, bytes: [UInt8])) throws {
        for name in ["x.warc", "x.warc.gz", "x.warc.zst", "x"] {
            let records = try Made.records(packed.bytes, name: name)
            #expect(records.map(\.block) == [Self.block, Self.block], "\(packed.name) as \(name)")
            #expect(try Made.damage(packed.bytes, name: name).isEmpty)
            #expect(
                records.compactMap(\.header.target) == ["https://news.example/story", "https://news.example/other"])
        }
    }

    @Test("a place is where the record begins, in the file or in what its member unpacks to")
    func places() throws {
        #expect(try Made.records(Self.one + Self.two).map(\.place.offset) == [0, Self.one.count])
        let packed = Made.gzip(Self.one)
        #expect(try Made.records(packed + Made.gzip(Self.two)).map(\.place.offset) == [0, packed.count])
        let single = try Made.records(Made.gzip(Self.one + Self.two)).map(\.place)
        #expect(single.map(\.offset) == [0, 0])
        #expect(single.map(\.inside) == [0, Self.one.count])
    }

    @Test(
        "headers of other versions and spellings are read",
        arguments: ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1", "WARC/2.0"])
    func spellings(_ version: String) throws {
        let text =
            "\(version)\nwarc-type: Response\nwarc-target-uri:   <https://news.example/a b>\nWARC-DATE: 2026-03-02T06:40:00.123456Z\n"
            + "X-Folded: one\n  two\ncontent-type: application/http;msgtype=response\ncontent-length: \(Self.block.count)\n\n"
        let record = try #require(try Made.records(Made.bytes(text) + Self.block + Made.bytes("\n\n")).first)
        #expect(record.header["X-Folded"] == "one two")
        #expect(record.header.target == "https://news.example/a%20b")
        guard case .response(let response) = RecordMeaning(record) else {
            Issue.record("no response")
            return
        }
        #expect(response.capturedAt == Timestamp("2026-03-02T06:40:00.123Z"))
        #expect(response.body == Made.page)
        #expect(response.notices.count == 1)
    }

    @Test(
        "a record with a wrong length is told, and the next one is read",
        arguments: [-200, -5, 40, 1_000_000, 10_000_000_000])
    func wrongLength(_ difference: Int) throws {
        let wrong = Made.record(length: Self.block.count + difference, Self.block)
        for bytes in [wrong + Self.two, Made.gzip(wrong) + Made.gzip(Self.two), Made.gzip(wrong + Self.two)] {
            let isPacked = bytes[0] == 0x1F
            let records = try Made.records(bytes)
            #expect(try Made.damage(bytes).count == 1)
            // What a length that is too large swallows within one member cannot be read again.
            if !isPacked || difference < 0 || bytes.count == Made.gzip(wrong).count + Made.gzip(Self.two).count {
                #expect(records.map(\.header.target) == ["https://news.example/other"], "\(difference)")
            } else {
                #expect(records.isEmpty)
            }
        }
    }

    @Test("a length that takes in some of the record's end is told, unless the digest says that it is right")
    func swallowedEnd() throws {
        let wrong = Made.record(length: Self.block.count + 3, Self.block)
        #expect(try Made.records(wrong + Self.two).map(\.notices.count) == [1, 0])
        #expect(try Made.records(Made.gzip(wrong + Self.two)).map(\.notices.count) == [1, 0])
        let digest = "WARC-Block-Digest: sha256:\(ObjectID(hashing: Self.block))\r\n"
        let short = Made.record(more: digest, Self.block).dropLast(4)
        #expect(try Made.records(short + Self.two).map(\.notices.count) == [0, 0])
    }

    enum Garbage: String, CaseIterable, Sendable {
        case text, zeros, noLength, negativeLength, enormousLength, endlessHeader

        var bytes: [UInt8] {
            switch self {
            case .text: Made.bytes("garbage that is no record at all\r\nand more\r\n")
            case .zeros: [UInt8](repeating: 0, count: 3000)
            case .noLength: Made.bytes("WARC/1.1\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n")
            case .negativeLength: Made.bytes("WARC/1.1\r\nContent-Length: -5\r\n\r\n\r\n")
            case .enormousLength: Made.bytes("WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n\r\n")
            case .endlessHeader: Made.bytes("WARC/1.1\r\n" + String(repeating: "X: y\r\n", count: 300_000) + "\r\n")
            }
        }
    }

    @Test("what is no record is told, and reading goes on behind it", arguments: Garbage.allCases)
    func garbage(_ garbage: Garbage) throws {
        for bytes in [
            Self.one + garbage.bytes + Made.bytes("\r\n") + Self.two,
            Made.gzip(Self.one) + Made.gzip(garbage.bytes) + Made.gzip(Self.two),
        ] {
            #expect(!(try Made.damage(bytes).isEmpty))
            #expect(try Made.records(bytes).map(\.header.target).last == "https://news.example/other")
        }
    }

    @Test("a damaged member is told, and the next one is read", arguments: [0, 1, 2, 5, 30, 200, 500])
    func damagedMember(_ place: Int) throws {
        var bytes = Made.gzip(Self.one) + Made.gzip(Self.two)
        bytes[place] ^= 0xFF
        let damaged = try Made.damage(bytes, name: "x.warc.gz")
        let targets = try Made.records(bytes, name: "x.warc.gz").map(\.header.target)
        // The time in a gzip header means nothing.
        #expect(place == 5 ? damaged.isEmpty : damaged.count == 1)
        #expect(targets.last == "https://news.example/other")
        #expect(targets.count == (place == 5 ? 2 : 1))
    }

    @Test("cut at any byte, what is whole is read, what is not is told, and nothing else comes out")
    func truncation() throws {
        let small = Made.record(Made.http(Made.bytes("<p>one</p>")))
        for whole in [small + small, Made.gzip(small) + Made.gzip(small), Made.zstd(small) + Made.zstd(small)] {
            let half = whole.count / 2
            for end in 1..<whole.count {
                let events = try Made.events(Array(whole[..<end]), name: "x.warc.gz")
                let records = events.compactMap { if case .record(let record) = $0 { record } else { nil } }
                #expect(records.allSatisfy { $0.block == Made.http(Made.bytes("<p>one</p>")) }, "\(end)")
                // A record's own end may be missing from a plain file: its length says that it is whole.
                #expect(records.count <= (end >= whole.count - 4 ? 2 : end >= half - 4 ? 1 : 0), "\(end)")
                if end < half - 4 || (end > half + 1 && end < whole.count - 4) {
                    #expect(events.count > records.count, "\(end)")
                }
            }
        }
    }

    @Test("no flipped bit of a packed file changes a block unseen")
    func flippedBits() throws {
        let block = Made.http(Made.bytes("<p>one</p>"))
        let whole = Made.gzip(Made.record(block)) + Made.gzip(Made.record(block))
        for bit in 0..<(whole.count * 8) {
            var bytes = whole
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let records = try Made.records(bytes, name: "x.warc.gz")
            #expect(records.allSatisfy { $0.block == block }, "bit \(bit)")
        }
    }

    @Test("no flipped bit of a plain record with digests changes a body unseen")
    func flippedBitsWithDigest() throws {
        let body = Made.bytes("<p>one</p>")
        let block = Made.http(body)
        let digest = "WARC-Block-Digest: sha256:\(ObjectID(hashing: block))\r\n"
        let whole = Made.record(more: digest, block)
        let start = whole.count - 4 - block.count
        for bit in (start * 8)..<((start + block.count) * 8) {
            var bytes = whole
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            if let response = try Made.response(bytes) { #expect(response.damage != nil, "bit \(bit)") }
        }
    }

    @Test("a bomb is not unpacked, and many false beginnings end")
    func hostile() throws {
        let beginnings = [UInt8]((0..<60_000).flatMap { _ in [0x1F, 0x8B, 8, 0] as [UInt8] })
        #expect(try Made.records(Made.gzip(Self.one) + beginnings, name: "x.warc.gz").count == 1)
        let claims = Made.bytes(String(repeating: "WARC/1.0\r\nContent-Length: 100000\r\n\r\n", count: 8000))
        #expect(try Made.records(claims).isEmpty)
    }
}

@Suite("Reading ARC files")
struct ARCTests {
    private static let description = "filedesc://x.arc 0.0.0.0 20050301120000 text/plain 10\n1 0 Test\n\n\n"
    private static let block = Made.http(Made.page)

    @Test(
        "both versions are read, packed or not",
        arguments: [
            "http://news.example/a 192.0.2.1 20050301120001 text/html \(block.count)\n",
            "http://news.example/a b 192.0.2.1 20050301120001 text/html \(block.count)\n",
            "http://news.example/a 192.0.2.1 20050301120001 text/html 200 - - 120 x.arc \(block.count)\n",
        ])
    func versions(_ line: String) throws {
        let record = Made.bytes(line) + Self.block + Made.bytes("\n")
        for bytes in [
            Made.bytes(Self.description) + record + record,
            Made.gzip(Made.bytes(Self.description)) + Made.gzip(record) + Made.gzip(record),
        ] {
            #expect(try Made.damage(bytes, name: "x.arc").isEmpty)
            let records = try Made.records(bytes, name: "x.arc")
            #expect(records.count == 3)
            guard case .response(let response) = RecordMeaning(try #require(records.last)) else {
                Issue.record("no response")
                return
            }
            #expect(response.body == Made.page)
            #expect(response.capturedAt == Timestamp("2005-03-01T12:00:01Z"))
            #expect(response.url.hasPrefix("http://news.example/a"))
            #expect(WebArchiveForm.recognise(name: "any", beginning: bytes) == .arc)
        }
    }

    @Test("lengths that are none are told")
    func badLengths() throws {
        let text =
            Self.description + "http://news.example/a 192.0.2.1 20050301120001 text/html -1\n\n"
            + "http://news.example/b 192.0.2.1 20050301120001 text/html abc\n\n"
        #expect(try Made.damage(Made.bytes(text), name: "x.arc").count == 2)
    }
}
