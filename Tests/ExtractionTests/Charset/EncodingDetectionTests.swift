import Extraction
import Testing

@Suite("Encodings that are not declared")
struct EncodingDetectionTests {
    @Test("a text of a few lines is read in the encoding it is in", arguments: DetectionFixture.all)
    func detected(_ fixture: DetectionFixture) throws {
        let input = try #require(TextEncoder(fixture.encoding).encode(fixture.text), "\(fixture.encoding.name)")
        let text = DecodedText(decoding: input, contentType: nil, kind: .text)
        #expect(string(text.utf8) == fixture.text, "read as \(text.encoding.name)")
        #expect(text.encoding == fixture.encoding)
        #expect(text.source == .detected)
    }

    @Test(
        "a page is read in the encoding it is in, markup and scripts notwithstanding", arguments: DetectionFixture.all)
    func detectedInMarkup(_ fixture: DetectionFixture) throws {
        let script = "<script>for (let i = 0; i < list.length; i++) { show(list[i], \"entry\") }</script>\n"
        let words = fixture.text.split(separator: ". ").joined(separator: ".</p>\n<p class=\"story-text\" id=\"p1\">")
        let page =
            "<!doctype html><html><head>\(script)</head><body><div class=\"page main\"><p>\(words)</p></div></body>"
        let input = try #require(TextEncoder(fixture.encoding).encode(page))
        let text = DecodedText(decoding: input, contentType: "text/html", kind: .html)
        #expect(text.encoding == fixture.encoding)
        #expect(string(text.utf8) == page)
    }

    @Test("the same bytes always give the same answer", arguments: DetectionFixture.all)
    func deterministic(_ fixture: DetectionFixture) throws {
        let input = try #require(TextEncoder(fixture.encoding).encode(fixture.text))
        let first = DecodedText(decoding: input, contentType: nil, kind: .text)
        for _ in 0..<3 {
            let again = DecodedText(decoding: input, contentType: nil, kind: .text)
            #expect(again.encoding == first.encoding)
            #expect(again.utf8 == first.utf8)
        }
    }

    @Test("ASCII and UTF-8 need no declaration", arguments: ["", "plain", "naïve", "漢字", "😀 and 𝄞"])
    func utf8(_ original: String) {
        let text = DecodedText(decoding: Array(original.utf8), contentType: nil, kind: .text)
        #expect(string(text.utf8) == original)
        #expect(text.encoding == .utf8)
        #expect(text.source == .detected)
    }

    @Test(
        "UTF-16 without a byte order mark is recognised",
        arguments: [
            "Plain English text.", "Выборы 2024 года, и что дальше?\n", "مرحبا بكم في المدينة، أهلا",
            "漢字の文。\r\n2行目 です。",
        ])
    func utf16(_ original: String) {
        let units = Array(original.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for (input, encoding) in [(little, TextEncoding.utf16LE), (big, .utf16BE)] {
            let text = DecodedText(decoding: input, contentType: nil, kind: .text)
            #expect(string(text.utf8) == original)
            #expect(text.encoding == encoding)
        }
    }

    @Test("ISO-2022-JP is recognised by its escape sequences")
    func iso2022JP() {
        let text = DecodedText(decoding: bytes(hex: "1b2442467c4b5c386c1b2842 2e"), contentType: nil, kind: .text)
        #expect(string(text.utf8) == "日本語.")
        #expect(text.encoding == .iso2022JP)
    }

    @Test("terminal colours are not ISO-2022-JP")
    func escapes() {
        let text = DecodedText(decoding: Array("\u{1B}[1mbold\u{1B}[0m".utf8), contentType: nil, kind: .text)
        #expect(text.encoding == .utf8)
    }

    @Test("noise is read as windows-1252, and said to be a guess at nothing")
    func noise() {
        var state: UInt32 = 7
        let input = (0..<4000).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        let text = DecodedText(decoding: input, contentType: nil, kind: .text)
        #expect(text.encoding == .windows1252)
        #expect(text.source == .fallback)
    }
}
