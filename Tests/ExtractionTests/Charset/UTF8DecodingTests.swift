import Extraction
import Testing

@Suite("UTF-8")
struct UTF8DecodingTests {
    /// Tables 3-8 to 3-11 of the Unicode Standard, and the ends of the ranges in table 3-7.
    @Test(
        "each maximal subpart of an ill-formed sequence becomes one U+FFFD",
        arguments: [
            ("61f1808 0e180c262 80 63 80 bf 64", "a???b?c??d"),
            ("c0af e080bf f08182 41", "????????A"), ("eda080 edbfbf edaf 41", "????????A"),
            ("f4919293 ff 41 80bf 42", "?????A??B"), ("e180 e2f0 9192 f1bf 41", "????A"),
            ("c2", "?"), ("c241", "?A"), ("e0a0", "?"), ("e09f80", "???"), ("ed9f", "?"), ("f090", "?"),
            ("f08f80", "???"),
            ("f48f bf", "?"), ("f4908080", "????"), ("f5808080", "????"), ("fe", "?"), ("80", "?"),
            ("f09f98", "?"), ("f09f9841", "?A"), ("efbfbd", "?"),
        ])
    func maximalSubpart(_ hex: String, expected: String) {
        let decoded = TextEncoding.utf8.decode(bytes(hex: hex))
        #expect(string(decoded.utf8) == expected.replacing("?", with: "\u{FFFD}"))
        #expect(decoded.malformed == (hex == "efbfbd" ? 0 : expected.count { $0 == "?" }))
    }

    @Test("well-formed text comes through as it is", arguments: ["", "a", "é", "漢字", "😀", "\u{FFFF}\u{10FFFF}\0"])
    func wellFormed(_ text: String) {
        let decoded = TextEncoding.utf8.decode(Array(text.utf8))
        #expect(decoded.utf8 == Array(text.utf8))
        #expect(decoded.malformed == 0)
    }

    /// Blocks of 32 bytes are looked at together, so every place in one must be tried.
    @Test("a fault is found wherever it stands", arguments: ["a", "é", "漢", "😀", "aé漢😀"])
    func anywhere(_ unit: String) {
        let text = Array(String(repeating: unit, count: 40).utf8)
        #expect(UTF8Validation.isValid(text))
        for index in text.indices {
            var broken = text
            broken[index] = 0xFF
            #expect(!UTF8Validation.isValid(broken))
            let decoded = TextEncoding.utf8.decode(broken)
            #expect(decoded.utf8 == Array(String(decoding: broken, as: UTF8.self).utf8))
            #expect(decoded.malformed >= 1)
        }
        for length in text.indices {
            let prefix = Array(text[..<length])
            #expect(UTF8Validation.isValid(prefix) == (String(validating: prefix, as: UTF8.self) != nil))
        }
    }

    @Test("the length of the ASCII at the start is found", arguments: [0, 1, 7, 31, 32, 33, 63, 64, 100])
    func asciiPrefix(_ length: Int) {
        let ascii = [UInt8](repeating: 0x41, count: length)
        #expect(UTF8Validation.asciiPrefix(of: ascii) == length)
        #expect(UTF8Validation.asciiPrefix(of: ascii + [0xC3, 0xA9] + ascii) == length)
    }

    @Test("text that is ASCII or UTF-8 is handed on without a copy")
    func noCopy() {
        let text = Array("<p>Grüße aus Köln</p>".utf8)
        let decoded = DecodedText(decoding: text, contentType: nil, kind: .text)
        let isSame = text.withUnsafeBufferPointer { first in
            decoded.utf8.withUnsafeBufferPointer { $0.baseAddress == first.baseAddress }
        }
        #expect(isSame)
    }
}
