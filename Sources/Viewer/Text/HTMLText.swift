internal import Diffing

/// Text for a page: whatever comes from outside is written through here and nowhere else.
enum HTMLText {
    /// Safe between tags and in quoted attributes.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: needsCare) else { return text }
        var out = ""
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            // Controls have no place in a page, and directional overrides could make text read as what it is not.
            case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
                "\u{2066}"..."\u{2069}":
                out += "\u{FFFD}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// `del` and `ins` say to machines what was struck out and put in; not every screen reader tells, so hidden words do.
    static func marked(_ operation: WordRun.Operation, _ html: String) -> String {
        switch operation {
        case .equal: html
        case .delete: "<del>\(hidden("[deleted: "))\(html)\(hidden("]"))</del>"
        case .insert: "<ins>\(hidden("[inserted: "))\(html)\(hidden("]"))</ins>"
        }
    }

    /// The page's own words for those who only hear it; `text` is HTML.
    static func hidden(_ text: String) -> String { "<span class=\"vh\" lang=\"en\">\(text)</span>" }

    /// Whether a byte may belong to something that is not written as it is: what follows 0xC2 or 0xE2 decides there.
    private static func needsCare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        case 0x7F, 0xC2, 0xE2: true
        default: byte < 0x20
        }
    }
}
