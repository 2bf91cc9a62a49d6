internal import Models
internal import Storage

/// Names of files and folders that every file system takes: what cannot stand in one is written as %XX.
enum ExportName {
    /// The folder of an article, relative.
    static func folder(of article: ArticleKey) -> String {
        let parts = article.description.split(separator: "/", omittingEmptySubsequences: true)
        return parts.map { component(String($0)) }.joined(separator: "/")
    }

    /// A capture's own name, without ending. Two never have the same: the origin and the index are in it.
    static func file(_ capture: CaptureName, at capturedAt: Timestamp) -> String {
        let time = component(capturedAt.description.replacing(":", with: ""), longest: 40)
        return "\(time)-\(capture.originPrefix)-\(capture.index)"
    }

    static func ending(_ mediaType: String) -> String {
        if mediaType.hasPrefix("text/html") || mediaType.hasPrefix("application/xhtml") { return "html" }
        if mediaType.hasPrefix("text/markdown") { return "md" }
        return mediaType.hasPrefix("text/") ? "txt" : "bin"
    }

    static func component(_ text: String, longest: Int = 120) -> String {
        var name = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.properties.isAlphabetic && byte < 128 || (48...57).contains(byte)
            if isPlain || byte == 45 || byte == 95 || (byte == 46 && !name.isEmpty) {
                name.unicodeScalars.append(scalar)
            } else {
                name += byte < 16 ? "%0\(String(byte, radix: 16))" : "%\(String(byte, radix: 16))"
            }
            if name.utf8.count > longest { break }
        }
        return name.utf8.count > longest ? "\(name)~\(ObjectID(hashing: text).short)" : name
    }
}
