/// Tells pages that people read from what pages are made of.
package enum PageLikeness {
    /// What kind of thing a response is, as far as its header and address show.
    package enum Kind: Hashable, Sendable {
        case page
        /// Images, styles, scripts, data, fonts …
        case requisite
    }

    /// Types of which articles are made. A response that does not say is looked at.
    package static func kind(mediaType: String?, url: String) -> Kind {
        let path = path(of: url)
        if path == "/robots.txt" || path == "/ads.txt" || path == "/favicon.ico" { return .requisite }
        let essence = (mediaType ?? "").prefix { $0 != ";" }.trimmed.lowercased()
        switch essence {
        case "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown", "":
            return isRequisiteName(path) ? .requisite : .page
        default: return .requisite
        }
    }

    static func mayBePage(_ header: RecordHeader, beginning: [UInt8]) -> Bool {
        guard let url = header.target else { return false }
        switch header.type {
        case "response", "revisit":
            guard let end = MessageHead.length(beginning, header),
                let head = ResponseHead(parsing: Array(beginning[..<end]))
            else { return false }
            return kind(mediaType: head["Content-Type"], url: url) == .page
        case "resource": return kind(mediaType: header["Content-Type"], url: url) == .page
        default: return false
        }
    }

    private static let requisiteEndings: Set<String> = [
        "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp", "css", "js", "mjs", "map",
        "json",
        "jsonp", "xml", "rss", "atom", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "m4s", "m3u8", "mpd",
        "ogg", "ts",
        "wav", "webm", "vtt", "pdf", "zip", "gz", "wasm", "swf",
    ]

    private static func isRequisiteName(_ path: String) -> Bool {
        guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        let ending = path[path.index(after: dot)...]
        return ending.utf8.count <= 5 && requisiteEndings.contains(ending.lowercased())
    }

    /// Without scheme, host, query and fragment.
    private static func path(of url: String) -> String {
        let utf8 = url.utf8
        let end = utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? utf8.endIndex
        let whole = url[..<end]
        guard let colon = whole.utf8.firstIndex(of: UInt8(ascii: ":")) else { return String(whole) }
        let rest = whole[whole.index(after: colon)...].drop { $0 == "/" }
        guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return "/" }
        return String(rest[slash...])
    }
}
