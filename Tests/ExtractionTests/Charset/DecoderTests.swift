import Extraction
import Testing

@Suite("Decoders")
struct DecoderTests {
    @Test(
        "text in each encoding is read",
        arguments: [
            ("ibm866", "Привет", "8fe0a8a2a5e2"),
            ("iso8859-2", "Zażółć", "5a61bff3b3e6"),
            ("latin3", "ĉĝĥĵŝŭ", "e6f8b6bcfefd"),
            ("latin4", "ķļņŗ", "f3b6f1b3"),
            ("iso-8859-5", "Привет", "bfe0d8d2d5e2"),
            ("iso-8859-6", "مرحبا", "e5d1cdc8c7"),
            ("iso-8859-7", "Καλημέρα", "cae1ebe7ecddf1e1"),
            ("iso-8859-8", "שלום", "f9ece5ed"),
            ("iso-8859-8-i", "שלום", "f9ece5ed"),
            ("iso-8859-10", "ŊŋŠš", "afbfaaba"),
            ("iso-8859-13", "ąčęėį", "e0e8e6ebe1"),
            ("iso-8859-14", "ŵŷẁ", "f0feb8"),
            ("iso-8859-15", "€œŠž", "a4bda6b8"),
            ("iso-8859-16", "șțĂ€", "bafec3a4"),
            ("koi8-r", "Привет", "f0d2c9d7c5d4"),
            ("koi8-u", "Їжак", "b7d6c1cb"),
            ("macintosh", "Été “€”", "83748e20d2dbd3"),
            ("tis-620", "สวัสดี", "cac7d1cab4d5"),
            ("windows-1250", "Žluťoučký", "8e6c759d6f75e86bfd"),
            ("windows-1251", "Съешь", "d1fae5f8fc"),
            ("latin1", "“naïve” €", "936e61ef7665942080"),
            ("windows-1253", "Άγιος", "a2e3e9eff2"),
            ("iso-8859-9", "İstanbul", "dd7374616e62756c"),
            ("windows-1255", "שלום ₪", "f9ece5ed20a4"),
            ("windows-1256", "مرحبا", "e3d1cdc8c7"),
            ("windows-1257", "ąčęėį", "e0e8e6ebe1"),
            ("windows-1258", "đơư₫", "f0f5fdfe"),
            ("x-mac-cyrillic", "Привет", "8ff0e8e2e5f2"),
            ("gb2312", "你好，世界", "c4e3bac3a3accac0bde7"),
            ("gb18030", "你好ʷ😀", "c4e3bac38130b5389439fc36"),
            ("big5", "你好，世界", "a741a66ea141a540acc9"),
            ("euc-jp", "日本語ｶﾅ丂", "c6fccbdcb8ec8eb68ec58fb0a1"),
            ("iso-2022-jp", "日本語abc", "1b2442467c4b5c386c1b2842616263"),
            ("shift_jis", "日本語ｶﾅ①", "93fa967b8ceab6c58740"),
            ("euc-kr", "안녕하세요똠", "bec8b3e7c7cfbcbcbfe48c63"),
            ("utf-16", "aé漢😀", "6100e900226f3dd800de"),
            ("utf-16be", "aé漢😀", "006100e96f22d83dde00"),
            ("koi8-u", "ўЎ", "aebe"), ("big5", "Ê̄ê̌", "886288a5"), ("gb18030", "\u{E7C7}ḿ", "8135f437a8bc"),
            ("shift_jis", "\u{E000}", "f040"), ("iso-2022-jp", "¥‾ｱ", "1b284a5c7e1b284931"),
            ("x-user-defined", "a\u{F780}\u{F7FF}", "6180ff"), ("replacement", "\u{FFFD}", "616263"),
            ("windows-1252", "\u{81}\u{8D}\u{9D}", "818d9d"),
        ])
    func reads(_ label: String, text: String, hex: String) throws {
        let encoding = try #require(TextEncoding(label: label))
        let decoded = encoding.decode(bytes(hex: hex))
        #expect(string(decoded.utf8).unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(decoded.malformed == (encoding == .replacement ? 1 : 0))
    }

    /// The fingerprints were computed with a second implementation of the standard's decoders, in Python.
    @Test(
        "every pair of bytes is read as the standard says",
        arguments: [
            (TextEncoding.gb18030, 0xDA70_8651_B4A9_97FE, 8826), (.big5, 0xC07F_8B47_2DEF_01E9, 14547),
            (.eucJP, 0x2FE3_13D4_AE38_6955, 29465), (.shiftJIS, 0xE6FF_29BD_BC84_7FE1, 11132),
            (.eucKR, 0x8ECB_9143_A2FF_DC98, 15976),
        ] as [(TextEncoding, UInt64, Int)])
    func allPairs(_ encoding: TextEncoding, expected: UInt64, malformed: Int) {
        var input: [UInt8] = []
        for lead in UInt8(0x80)...0xFF { for trail in UInt8(0)...0xFF { input += [lead, trail, 0x0A] } }
        let decoded = encoding.decode(input)
        #expect(fingerprint(decoded.utf8) == expected)
        #expect(decoded.malformed == malformed)
    }

    @Test("every JIS X 0212 character is read")
    func jis0212() {
        var input: [UInt8] = []
        for row in UInt8(0xA1)...0xFE { for cell in UInt8(0xA1)...0xFE { input += [0x8F, row, cell, 0x0A] } }
        let decoded = TextEncoding.eucJP.decode(input)
        #expect(fingerprint(decoded.utf8) == 0x31F2_F93B_FE4A_587B)
        #expect(decoded.malformed == 2769)
    }

    @Test(
        "a character that is cut off at the end is one malformed sequence",
        arguments: [
            (TextEncoding.utf8, "41e6bc"), (.utf8, "41f09f98"), (.gbk, "41c4"), (.gb18030, "418130"),
            (.gb18030, "41813084"),
            (.big5, "41a7"), (.eucJP, "41c6"), (.eucJP, "418fb0"), (.shiftJIS, "4193"), (.eucKR, "41be"),
            (.utf16LE, "410022"), (.utf16LE, "41003dd8"), (.utf16LE, "41003dd800"), (.iso2022JP, "411b24424b"),
        ])
    func cutOff(_ encoding: TextEncoding, hex: String) {
        let decoded = encoding.decode(bytes(hex: hex))
        #expect(string(decoded.utf8) == "A\u{FFFD}")
        #expect(decoded.malformed == 1)
    }

    @Test(
        "a malformed pair never swallows markup",
        arguments: [TextEncoding.gbk, .big5, .eucJP, .shiftJIS, .eucKR, .utf8, .gb18030])
    func markup(_ encoding: TextEncoding) {
        let decoded = encoding.decode([0xE4] + Array("<b>".utf8) + [0xE4] + Array("</b>".utf8))
        #expect(string(decoded.utf8).filter(\.isASCII) == "<b></b>")
        #expect(decoded.malformed == 2)
    }

    @Test(
        "faults in ISO-2022-JP are marked and reading goes on",
        arguments: [
            ("1b2442467c1b28424a", "日J", 0), ("1b24421b284241", "\u{FFFD}A", 1), ("1b41", "\u{FFFD}A", 1),
            ("1b244241", "\u{FFFD}", 1), ("0e41", "\u{FFFD}A", 1), ("80", "\u{FFFD}", 1),
            ("1b24284a", "\u{FFFD}$(J", 1),
        ])
    func iso2022JP(_ hex: String, text: String, malformed: Int) {
        let decoded = TextEncoding.iso2022JP.decode(bytes(hex: hex))
        #expect(string(decoded.utf8) == text)
        #expect(decoded.malformed == malformed)
    }

    @Test("lone surrogates in UTF-16 are marked", arguments: [("d83d0041", "\u{FFFD}A"), ("de000041", "\u{FFFD}A")])
    func surrogates(_ hex: String, text: String) {
        #expect(string(TextEncoding.utf16BE.decode(bytes(hex: hex)).utf8) == text)
    }

    @Test("whatever the bytes, the text is valid UTF-8", arguments: TextEncoding.allCases)
    func anyBytes(_ encoding: TextEncoding) {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for length in 0..<200 {
            let input = (0..<length).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let byte = UInt8(truncatingIfNeeded: state >> 56)
                return length % 3 == 0 ? byte : length % 3 == 1 ? byte | 0x80 : byte & 0x7F
            }
            let decoded = encoding.decode(input)
            #expect(String(validating: decoded.utf8, as: UTF8.self) != nil)
            #expect(decoded.malformed <= length)
        }
    }
}
