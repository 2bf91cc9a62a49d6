internal import Extraction
internal import Models

/// An archived page as it is put into a frame.
///
/// Sandbox and policy keep it from running and loading anything. They say nothing of connections that browsers make ahead of need: for
/// `<link rel=preconnect>`, for a frame that will be refused, for a link while it is pressed. Each would tell a site that its page is
/// being read. So the elements that lead somewhere bear names here that mean nothing, and links can be seen and not followed. Whoever
/// wants the page as it was takes its bytes.
struct FramedPage: Sendable {
    /// UTF-8, whatever the page was in: no trick with character sets is left.
    let html: [UInt8]

    /// Nil for what is neither page nor text.
    init?(_ payload: [UInt8], _ detail: CaptureDetail) {
        switch ArticleReader.recognize(payload, mediaType: detail.mediaType).form {
        case .html:
            html = Self.disarmed(DecodedText(decoding: payload, contentType: detail.mediaType, kind: .html).utf8)
        case .text:
            let text = DecodedText(decoding: payload, contentType: detail.mediaType, kind: .text)
            let escaped = HTMLText.escaped(String(decoding: text.utf8, as: UTF8.self))
            html = Array("<!DOCTYPE html><pre style=\"white-space:pre-wrap\">\(escaped)</pre>".utf8)
        case .binary:
            return nil
        }
    }

    /// For an attribute in quotation marks: nothing else ends one or stands for something else in one.
    var attribute: String {
        var out: [UInt8] = []
        out.reserveCapacity(html.count + html.count / 16)
        for byte in html {
            switch byte {
            case UInt8(ascii: "&"): out += Self.ampersand
            case UInt8(ascii: "\""): out += Self.quotationMark
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let ampersand = Array("&amp;".utf8)
    private static let quotationMark = Array("&quot;".utf8)

    /// Elements that load, lead or connect, by what they are; pictures in SVG have links and sources of their own.
    private static let renamed: Set<String> = [
        "link", "meta", "base", "iframe", "frame", "object", "embed", "applet", "portal", "fencedframe", "svg", "math",
    ]
    private static let inert: Set<String> = ["a", "area"]
    private static let longestName = 11

    /// Tags are told by their bytes, wherever they stand: in a comment or a script this changes nothing that is seen.
    static func disarmed(_ page: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(page.count + page.count / 32)
        var at = 0
        while at < page.count {
            out.append(page[at])
            at += 1
            guard page[at - 1] == UInt8(ascii: "<") else { continue }
            if at < page.count, page[at] == UInt8(ascii: "/") {
                out.append(page[at])
                at += 1
            }
            guard let name = name(in: page, at: at) else { continue }
            if renamed.contains(name) { out += Array("x-".utf8) }
            out += page[at..<at + name.utf8.count]
            at += name.utf8.count
            if inert.contains(name) { out += Array(" inert".utf8) }
        }
        return out
    }

    /// A tag's whole name, in lower case; nil for what is none or a longer one.
    private static func name(in page: [UInt8], at start: Int) -> String? {
        var end = start
        while end < page.count, end - start <= longestName {
            switch page[end] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): end += 1
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20, UInt8(ascii: "/"), UInt8(ascii: ">"):
                return end == start ? nil : String(decoding: page[start..<end].map { $0 | 0x20 }, as: UTF8.self)
            default: return nil
            }
        }
        return nil
    }
}
