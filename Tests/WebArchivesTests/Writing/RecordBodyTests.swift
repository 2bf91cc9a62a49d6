import CBrotli
import CZlib
import CZstd
import Models
import Testing
import WebArchives

@Suite("A body made to fit its head")
struct RecordBodyTests {
    private static let text = Array(
        (1...400).map { "Paragraph \($0 * 7919 % 1000) of a long page, and \($0) more.\n" }.joined().utf8)

    private func framing(_ fields: String...) throws -> MessageFraming {
        let head = "HTTP/1.1 200 OK\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
        return MessageFraming(try #require(ResponseHead(parsing: Array(head.utf8))))
    }

    @Test(
        "decodes to the content again", arguments: ["gzip", "x-gzip", "deflate", "br", "zstd", "GZIP", "identity", ""])
    func round(coding: String) throws {
        for content in [Self.text, [1], Array(Self.text.prefix(70_000)) + Self.text] {
            let body = RecordBody(content, try framing("Content-Encoding: \(coding)"))
            #expect(decoded(body.bytes, coding.lowercased()) == content)
            #expect(body.remark == nil)
            #expect(body.digest == ObjectID(hashing: body.bytes))
        }
    }

    @Test("is as long as the head says, wherever the coding leaves room", arguments: ["gzip", "br", "zstd"])
    func length(coding: String) throws {
        let bare = RecordBody(Self.text, try framing("Content-Encoding: \(coding)")).bytes.count
        var lengths = [bare, bare + 40, bare + 300, bare + 5000, bare + 70_000]
        if coding == "gzip" { lengths += [bare + 1, bare + 2] }
        for length in lengths {
            let body = RecordBody(Self.text, try framing("Content-Encoding: \(coding)", "Content-Length: \(length)"))
            #expect(body.bytes.count == length, "\(coding) \(length - bare)")
            #expect(body.remark == nil)
            #expect(decoded(body.bytes, coding) == Self.text)
        }
    }

    @Test(
        "is complete and says so where it cannot be as short as the head says",
        arguments: ["gzip", "br", "zstd", "deflate"])
    func tooShort(coding: String) throws {
        let body = RecordBody(Self.text, try framing("Content-Encoding: \(coding)", "Content-Length: 50"))
        #expect(body.remark == .lengthDiffers)
        #expect(decoded(body.bytes, coding) == Self.text)
    }

    @Test("is not made as long as a head says that no body can be as long as", arguments: ["gzip", "br", "zstd"])
    func absurdLength(coding: String) throws {
        let bare = RecordBody(Self.text, try framing("Content-Encoding: \(coding)")).bytes
        for length in ["99999999999999", "9223372036854775807"] {
            let body = RecordBody(Self.text, try framing("Content-Encoding: \(coding)", "Content-Length: \(length)"))
            #expect(body.bytes == bare)
            #expect(body.remark == .lengthDiffers)
        }
    }

    @Test("of a transfer that broke off is as long as what came, and said to be cut short")
    func brokenOff() throws {
        let head = try #require(
            ResponseHead(
                parsing: Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9000000\r\n\r\n".utf8)))
        let original = ContentEncoding.Original(size: 30_000, sha256: ObjectID(hashing: "what came"))
        let body = RecordBody(Self.text, MessageFraming(head, original: original))
        #expect(body.bytes.count == 30_000)
        #expect(body.remark == .truncated)
    }

    @Test("is the server's own where that can be found again", arguments: [1, 3, 6, 9] as [Int32])
    func original(level: Int32) throws {
        let served = deflated(Self.text, level: level)
        let original = ContentEncoding.Original(size: served.count, sha256: ObjectID(hashing: served))
        let head = try #require(ResponseHead(parsing: Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".utf8)))
        let body = RecordBody(Self.text, MessageFraming(head, original: original))
        #expect(body.bytes == served)
        #expect(body.isOriginal)
        let other = ContentEncoding.Original(size: served.count, sha256: ObjectID(hashing: "something else"))
        #expect(!RecordBody(Self.text, MessageFraming(head, original: other)).isOriginal)
    }

    @Test("is cut into chunks that can be put together again")
    func chunks() throws {
        let content = [UInt8](repeating: 65, count: 2_500_000)
        let body = RecordBody(content, try framing("Transfer-Encoding: chunked", "Content-Length: 7"))
        let frames = "100000\r\n".utf8.count + "100000\r\n".utf8.count + "625a0\r\n".utf8.count + 3 * 2 + 5
        #expect(body.bytes.count == content.count + frames)
        #expect(body.bytes.starts(with: Array("100000\r\nAAAA".utf8)))
        #expect(body.bytes.suffix(8).elementsEqual("A\r\n0\r\n\r\n".utf8))
        #expect(body.remark == nil)
        #expect(RecordBody([], try framing("Transfer-Encoding: chunked")).bytes == Array("0\r\n\r\n".utf8))
        let none = try #require(
            ResponseHead(parsing: Array("HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)))
        #expect(RecordBody([], MessageFraming(none)).bytes.isEmpty)
    }

    @Test("says what could not be done")
    func remarks() throws {
        #expect(RecordBody(Self.text, try framing("Content-Encoding: exi")).remark == .codingUnknown)
        #expect(RecordBody(Self.text, try framing("Content-Encoding: exi")).bytes == Self.text)
        #expect(RecordBody(Self.text, try framing("Content-Length: 99999999")).remark == .truncated)
        #expect(RecordBody(Self.text, try framing("Content-Length: 5")).remark == .lengthDiffers)
        #expect(RecordBody([], try framing("Content-Length: 5")).remark == nil, "an answer to HEAD, or 304")
    }

    // MARK: Decoding, by the libraries

    private func decoded(_ bytes: [UInt8], _ coding: String) -> [UInt8]? {
        switch coding {
        case "gzip", "x-gzip": inflated(bytes, 31)
        case "deflate": inflated(bytes, 15)
        case "br": brotli(bytes)
        case "zstd": zstd(bytes)
        default: bytes
        }
    }

    private static let room = 1 << 20

    private func inflated(_ bytes: [UInt8], _ window: Int32) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: Self.room))
        let (read, count, result) = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let result = inflate(&stream, Z_FINISH)
                return (Int(stream.total_in), Int(stream.total_out), result)
            }
        }
        return result == Z_STREAM_END && read == bytes.count ? Array(output[..<count]) : nil
    }

    private func deflated(_ bytes: [UInt8], level: Int32) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: Self.room))
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
                return Int(stream.total_out)
            }
        }
        return Array(output[..<count])
    }

    private func brotli(_ bytes: [UInt8]) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: Self.room)
        var count = output.count
        let result = BrotliDecoderDecompress(bytes.count, bytes, &count, &output)
        return result == BROTLI_DECODER_RESULT_SUCCESS ? Array(output[..<count]) : nil
    }

    private func zstd(_ bytes: [UInt8]) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: Self.room)
        let count = ZSTD_decompress(&output, output.count, bytes, bytes.count)
        return ZSTD_isError(count) == 0 ? Array(output[..<count]) : nil
    }
}
