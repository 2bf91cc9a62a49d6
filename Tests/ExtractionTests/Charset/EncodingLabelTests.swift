import Extraction
import Testing

@Suite("Encoding labels")
struct EncodingLabelTests {
    @Test(
        "a label means what the Encoding Standard says",
        arguments: [
            ("utf-8", "UTF-8"), ("UTF8", "UTF-8"), ("unicode-1-1-utf-8", "UTF-8"), ("x-unicode20utf8", "UTF-8"),
            ("latin1", "windows-1252"), ("iso-8859-1", "windows-1252"), ("us-ascii", "windows-1252"),
            ("ansi_x3.4-1968", "windows-1252"), ("iso-8859-9", "windows-1254"), ("latin5", "windows-1254"),
            ("tis-620", "windows-874"), ("iso-8859-11", "windows-874"), ("gb2312", "GBK"), ("x-gbk", "GBK"),
            ("chinese", "GBK"), ("gb18030", "gb18030"), ("big5-hkscs", "Big5"), ("x-sjis", "Shift_JIS"),
            ("windows-31j", "Shift_JIS"), ("ms_kanji", "Shift_JIS"), ("x-euc-jp", "EUC-JP"),
            ("csiso2022jp", "ISO-2022-JP"), ("ks_c_5601-1987", "EUC-KR"), ("windows-949", "EUC-KR"),
            ("koi8-ru", "KOI8-U"), ("koi", "KOI8-R"), ("cp866", "IBM866"), ("x-mac-roman", "macintosh"),
            ("x-mac-ukrainian", "x-mac-cyrillic"), ("logical", "ISO-8859-8-I"), ("visual", "ISO-8859-8"),
            ("asmo-708", "ISO-8859-6"), ("sun_eu_greek", "ISO-8859-7"), ("l9", "ISO-8859-15"), ("utf-16", "UTF-16LE"),
            ("ucs-2", "UTF-16LE"), ("unicodefffe", "UTF-16BE"), ("x-user-defined", "x-user-defined"),
            ("hz-gb-2312", "replacement"), ("iso-2022-kr", "replacement"),
        ])
    func label(_ label: String, name: String) {
        #expect(TextEncoding(label: label)?.name == name)
        #expect(TextEncoding(label: "\t\(label.uppercased()) \r\n\u{C}")?.name == name)
    }

    @Test("every canonical name is a label of its own encoding", arguments: TextEncoding.allCases)
    func canonicalName(_ encoding: TextEncoding) {
        #expect(TextEncoding(label: encoding.name) == encoding)
    }

    @Test(
        "what is no label names no encoding",
        arguments: [
            "", " ", "utf", "utf-8 utf-8", "windows", "iso-8859-12", "utf-7", "UTF-32", "u\u{2011}tf-8", "latin",
        ])
    func unknown(_ label: String) {
        #expect(TextEncoding(label: label) == nil)
    }

    @Test(
        "the charset of a Content-Type header is found however it is written",
        arguments: [
            ("text/html; charset=utf-8", "UTF-8"), ("text/html;charset=UTF-8", "UTF-8"),
            ("text/html; CHARSET = \"windows-1251\"", "windows-1251"), ("text/html; charset='koi8-r'; x=y", "KOI8-R"),
            ("text/html; charset=gbk;foo=bar", "GBK"), ("text/html; charset=iso-8859-1, text/html", "windows-1252"),
            ("text/html; xcharset; charset=euc-kr", "EUC-KR"), ("charset=big5", "Big5"),
        ])
    func contentType(_ header: String, name: String) {
        #expect(TextEncoding(contentType: header)?.name == name)
    }

    @Test(
        "a header without a charset that is known names no encoding",
        arguments: [
            "", "text/html", "text/html; charset", "text/html; charset=", "text/html; charset=\"utf-8", "a; charset=xx",
        ])
    func noCharset(_ header: String) {
        #expect(TextEncoding(contentType: header) == nil)
    }
}
