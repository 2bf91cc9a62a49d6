internal import Extraction
internal import Models

/// An archived page as the value of a frame's `srcdoc`: what lay in a file of its own would run when somebody opens that file.
struct EnclosedOriginal: Sendable {
    /// Escaped for an attribute in quotation marks.
    let attribute: String

    /// Nil for what is neither page nor text nor picture.
    init?(_ payload: [UInt8], _ detail: CaptureDetail) {
        guard ShownPayload(detail).isFramed else { return nil }
        let reading = ArticleReader.recognize(payload, mediaType: detail.mediaType)
        switch reading.form {
        case .html:
            let text = DecodedText(decoding: payload, contentType: detail.mediaType, kind: .html)
            attribute = Self.quoted(String(decoding: text.utf8, as: UTF8.self))
        case .text:
            let text = DecodedText(decoding: payload, contentType: detail.mediaType, kind: .text)
            let escaped = HTMLText.escaped(String(decoding: text.utf8, as: UTF8.self))
            attribute = Self.quoted("<pre style=\"white-space:pre-wrap\">\(escaped)</pre>")
        case .binary:
            return nil
        }
    }

    /// Nothing else ends an attribute or stands for something else in one.
    private static func quoted(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + text.utf8.count / 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += Array("&amp;".utf8)
            case UInt8(ascii: "\""): out += Array("&quot;".utf8)
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
