import Extraction
import Testing

@Suite("Declared encodings")
struct DeclarationTests {
    /// A byte that is not UTF-8, so that the declaration decides.
    private static let tail: [UInt8] = [0xE4, 0x20]

    private func read(_ markup: String, contentType: String? = nil, kind: DecodedText.Kind = .html) -> DecodedText {
        DecodedText(decoding: Array(markup.utf8) + Self.tail, contentType: contentType, kind: kind)
    }

    @Test(
        "a meta element declares the encoding, however it is written",
        arguments: [
            "<meta charset=koi8-r>", "<meta charset=\"koi8-r\">", "<META CHARSET='KOI8-R'/>", "<meta/charset=koi8-r >",
            "<meta\ncharset = koi8-r>", "<meta name=x charset=koi8-r content=y>", "<meta charset=\" koi8-r \">",
            "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>",
            "<meta content='text/html; charset=koi8-r' http-equiv='content-type'>",
            "<meta http-equiv=content-type content=\"text/html; charset='koi8-r'\">",
            "<meta http-equiv=content-type content='charset = koi8-r'>", "<meta charset=koi8-r charset=utf-8>",
            "<script>document.write('<meta charset=koi8-r>')</script>", "<!-- > --><meta charset=koi8-r>",
            "<!--><meta charset=koi8-r>", "<!doctype html><?php ?><meta charset=koi8-r>",
            "<p title='<meta charset=utf-8>'><meta charset=koi8-r>", "</x y='>'><meta charset=koi8-r>",
            "<meta charset=unknown><meta charset=koi8-r>", "< meta><meta charset=koi8-r>",
            "<meta http-equiv=refresh content='0; charset=utf-8'><meta charset=koi8-r>",
            "<?xml version='1.0' encoding='windows-1251'?><meta charset=koi8-r>",
        ])
    func meta(_ markup: String) {
        let text = read(markup)
        #expect(text.encoding == .koi8R)
        #expect(text.source == .meta)
    }

    @Test(
        "what only looks like a declaration is none",
        arguments: [
            "<!-- <meta charset=koi8-r> -->", "<!-- <meta charset=koi8-r>", "<metas charset=koi8-r>",
            "<meta name=charset content=koi8-r>", "<meta content='text/html; charset=koi8-r'>",
            "<meta http-equiv=refresh content='x; charset=koi8-r'>", "<!meta charset=koi8-r>", "<meta charset=>",
            "<meta charset=\"koi8-r>", "<p title='<meta charset=koi8-r>'>", "charset=koi8-r",
            "<?xml version='1.0' encoding=koi8-r?>", " <?xml version='1.0' encoding='koi8-r'?>",
        ])
    func noMeta(_ markup: String) {
        let text = read(markup)
        #expect(text.encoding != .koi8R)
        #expect(text.source == .detected || text.source == .fallback)
    }

    @Test("an XML declaration declares the encoding when no meta element does")
    func xmlDeclaration() {
        let text = read("<?xml version=\"1.0\" encoding=\"koi8-r\" ?><html>")
        #expect(text.encoding == .koi8R)
        #expect(text.source == .xmlDeclaration)
    }

    @Test("UTF-16 in a meta element means UTF-8, x-user-defined means windows-1252")
    func impossible() {
        #expect(
            DecodedText(decoding: Array("<meta charset=utf-16>ä".utf8), contentType: nil, kind: .html).encoding == .utf8
        )
        #expect(read("<meta charset=x-user-defined>").encoding == .windows1252)
    }

    @Test("a declaration behind four kilobytes of scripts still counts for bytes that are not UTF-8")
    func lateMeta() {
        let script = "<script>" + String(repeating: "var a = 1; ", count: 2000) + "</script>"
        #expect(read(script + "<meta charset=koi8-r>").encoding == .koi8R)
    }

    @Test("the header beats the meta element, a byte order mark beats both")
    func precedence() {
        let meta = "<meta charset=koi8-r>"
        let header = read(meta, contentType: "text/html; charset=windows-1251")
        #expect(header.encoding == .windows1251)
        #expect(header.source == .header)
        let mark = DecodedText(
            decoding: [0xEF, 0xBB, 0xBF] + Array(meta.utf8), contentType: "text/html; charset=windows-1251", kind: .html
        )
        #expect(mark.encoding == .utf8)
        #expect(mark.source == .byteOrderMark)
        #expect(string(mark.utf8) == meta)
    }

    @Test("markup in plain text declares nothing")
    func plainText() {
        #expect(read("<meta charset=koi8-r>", kind: .text).encoding != .koi8R)
    }

    @Test(
        "byte order marks are understood and taken away",
        arguments: [("efbbbf41c3a9", TextEncoding.utf8), ("feff004100e9", .utf16BE), ("fffe4100e900", .utf16LE)])
    func byteOrderMark(_ hex: String, encoding: TextEncoding) {
        let text = DecodedText(decoding: bytes(hex: hex), contentType: "text/plain; charset=gbk", kind: .text)
        #expect(string(text.utf8) == "Aé")
        #expect(text.encoding == encoding)
        #expect(text.source == .byteOrderMark)
    }

    @Test("malformed UTF-8 behind a byte order mark is repaired")
    func malformedAfterMark() {
        let text = DecodedText(decoding: bytes(hex: "efbbbf41ff42"), contentType: nil, kind: .text)
        #expect(string(text.utf8) == "A\u{FFFD}B")
        #expect(text.malformed == 1)
    }
}

@Suite("Declarations that are wrong")
struct OverruledDeclarationTests {
    @Test(
        "UTF-8 that is declared to be something else is read as UTF-8",
        arguments: [
            "windows-1252", "iso-8859-1", "windows-1251", "iso-2022-jp", "utf-16", "gbk", "shift_jis", "euc-kr",
        ])
    func mislabelled(_ label: String) {
        let original = "Der Präsident hörte die Bürger: „Wir können für größere Städte nichts tun.“"
        let text = DecodedText(decoding: Array(original.utf8), contentType: "text/html; charset=\(label)", kind: .html)
        #expect(string(text.utf8) == original)
        #expect(text.encoding == .utf8)
        #expect(text.source == .detected)
        #expect(text.overruled == TextEncoding(label: label))
        #expect(text.malformed == 0)
    }

    @Test("a character of a multi-byte encoding that could be UTF-8 is left to the declaration")
    func accident() {
        let text = DecodedText(decoding: bytes(hex: "c4a3c4a3"), contentType: "text/html; charset=gbk", kind: .html)
        #expect(string(text.utf8) == "模模")
        #expect(text.source == .header)
    }

    @Test("what is declared as UTF-8 and has nothing of it is detected")
    func notUTF8() {
        let original = "Le président a été réélu à la majorité, malgré les réserves exprimées."
        let latin = original.unicodeScalars.map { UInt8($0.value) }
        let text = DecodedText(decoding: latin, contentType: "text/html; charset=utf-8", kind: .html)
        #expect(string(text.utf8) == original)
        #expect(text.encoding == .windows1252)
        #expect(text.overruled == .utf8)
    }

    @Test("UTF-8 with a fault in it stays UTF-8", arguments: [nil, "text/html; charset=utf-8"])
    func faultyUTF8(_ contentType: String?) {
        let input = Array("Größe für Bürger – über Köln".utf8) + [0xFC] + Array(" schön".utf8)
        let text = DecodedText(decoding: input, contentType: contentType, kind: .text)
        #expect(text.encoding == .utf8)
        #expect(text.malformed == 1)
    }

    @Test("UTF-8 that was cut off within a character stays UTF-8")
    func cutOffUTF8() {
        let text = DecodedText(decoding: Array("schön ".utf8) + [0xE2, 0x80], contentType: nil, kind: .text)
        #expect(text.encoding == .utf8)
        #expect(string(text.utf8) == "schön \u{FFFD}")
    }

    @Test("mislabelled UTF-8 that was cut off within a character is still UTF-8")
    func mislabelledAndCutOff() {
        let original = "Größe für Bürger – über Köln"
        let input = Array(original.utf8) + [0xE2, 0x80]
        let text = DecodedText(decoding: input, contentType: "text/html; charset=iso-8859-1", kind: .html)
        #expect(string(text.utf8) == original + "\u{FFFD}")
        #expect(text.overruled == .windows1252)
    }

    @Test("a page about garbled text is not mistaken for garbled text")
    func garbledOnPurpose() {
        let input = [0x93] + Array("caf".utf8) + [0xC3, 0xA9, 0x94] + Array(" should read caf".utf8) + [0xE9, 0x2E]
        let text = DecodedText(decoding: input, contentType: "text/html; charset=windows-1252", kind: .html)
        #expect(string(text.utf8) == "“cafÃ©” should read café.")
    }

    @Test("a multi-byte encoding in which most is malformed is not believed")
    func implausible() {
        let original = "Президент заявил, что выборы пройдут осенью, и поблагодарил всех избирателей страны."
        let cyrillic = TextEncoder(.koi8R).encode(original) ?? []
        let text = DecodedText(decoding: cyrillic, contentType: "text/html; charset=euc-jp", kind: .html)
        #expect(string(text.utf8) == original)
        #expect(text.overruled == .eucJP)
    }

    @Test("an encoding that only stands for U+FFFD is as good as none")
    func replacement() {
        let text = DecodedText(
            decoding: Array("plain".utf8), contentType: "text/plain; charset=hz-gb-2312", kind: .text)
        #expect(string(text.utf8) == "plain")
        #expect(text.malformed == 0)
    }
}

@Suite("Decoding of hostile payloads")
struct HostilePayloadTests {
    @Test(
        "whatever is declared for whatever bytes, the text is valid UTF-8",
        arguments: [nil, "utf-8", "utf-16", "gb18030", "iso-2022-jp", "windows-1255", "euc-jp", "replacement"])
    func anyBytes(_ label: String?) {
        var state: UInt64 = 42
        for round in 0..<300 {
            var input = Array((round % 2 == 0 ? "<meta charset=big5><p>" : "<?xml encoding=").utf8)
            for _ in 0..<(round * 7 % 500) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let byte = UInt8(truncatingIfNeeded: state >> 56)
                input.append(round % 3 == 0 ? byte : round % 3 == 1 ? byte | 0x80 : byte & 0x3F)
            }
            let text = DecodedText(decoding: input, contentType: label.map { "text/html; charset=\($0)" }, kind: .html)
            #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        }
    }

    @Test(
        "markup without end is read in time",
        arguments: [
            "<", "<!", "<!--", "<meta ", "<meta charset=", "<a b=\"", "<meta http-equiv=content-type content=charset",
            "&",
        ])
    func endless(_ unit: String) {
        let input = Array(String(repeating: unit, count: 200_000).utf8) + [0xE9]
        let text = DecodedText(decoding: input, contentType: nil, kind: .html)
        #expect(text.utf8.count >= input.count)
    }
}
