import Extraction
import Testing

@Suite("Payloads that are not text")
struct BinaryContentTests {
    @Test(
        "a file is recognised by how it begins",
        arguments: [
            ("255044462d312e37", "application/pdf"), ("504b030414000000", "application/zip"),
            ("89504e470d0a1a0a", "image/png"), ("ffd8ffe000104a46", "image/jpeg"), ("474946383961", "image/gif"),
            ("1f8b0800", "application/gzip"), ("28b52ffd04", "application/zstd"), ("7f454c4602", "application/x-elf"),
            ("0000001c6674797069736f6d", "video/mp4"), ("00000020667479706176696600", "image/avif"),
            ("524946462400000057454250", "image/webp"), ("1a45dfa3", "video/webm"), ("494433030000", "audio/mpeg"),
            ("774f463200", "font/woff2"), ("d0cf11e0a1b11ae1", "application/x-ole-storage"),
            ("7b5c727466315c616e7369", "application/rtf"), ("425a683931415926535945", "application/x-bzip2"),
            ("fd377a585a0000", "application/x-xz"), ("424d36000000000000003600", "image/bmp"),
        ])
    func signature(_ hex: String, mediaType: String) {
        let content = BinaryContent(recognizing: bytes(hex: hex))
        #expect(content?.mediaType == mediaType)
        #expect(content?.evidence == .signature)
    }

    @Test(
        "a ZIP archive that is a document is named as one",
        arguments: [
            ("mimetypeapplication/epub+zipPK\u{3}\u{4}", "application/epub+zip"),
            (
                "[Content_Types].xml word/document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            ),
            ("data.txt", "application/zip"),
        ])
    func zip(_ entry: String, mediaType: String) {
        let header = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
        #expect(BinaryContent(recognizing: header + Array(entry.utf8))?.mediaType == mediaType)
    }

    @Test("what is full of control characters is not text")
    func controls() {
        let noise = (0..<512).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let content = BinaryContent(recognizing: noise)
        #expect(content?.mediaType == "application/octet-stream")
        #expect(content?.evidence == .controlCharacters)
    }

    @Test(
        "text is text",
        arguments: [
            "", "a", "<html><p>Hello</p>", "BMW and BM", "ID3 is a tag", "PK said so", "MZ", "RIFF", "\t\r\n\u{C} x",
            "\u{1B}[1mbold\u{1B}[0m", "<p>one \0 NUL in a page that is otherwise in order</p>",
        ])
    func text(_ text: String) {
        #expect(BinaryContent(recognizing: Array(text.utf8)) == nil)
    }

    @Test("text in UTF-16 and in legacy encodings is text")
    func legacyText() {
        var utf16: [UInt8] = []
        for unit in "Hello, this is a line of text.\n".utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(BinaryContent(recognizing: utf16) == nil)
        #expect(BinaryContent(recognizing: [0xFF, 0xFE] + utf16) == nil)
        #expect(BinaryContent(recognizing: bytes(hex: "cff0e8e2e5f2 20 ece8f0")) == nil)
    }
}
