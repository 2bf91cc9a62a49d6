package import Models

/// What a page that was saved into one HTML file says about where it came from: the comment that SingleFile writes before the page, or
/// the "saved from" mark that browsers write.
package struct SavedPageNote: Hashable, Sendable {
    package let url: String?
    package let savedAt: Timestamp?

    /// The comment is near the beginning.
    private static let reach = 8192

    /// Nil when there is no such comment.
    package init?(parsing page: [UInt8]) {
        let beginning = String(decoding: page.prefix(Self.reach), as: UTF8.self)
        if let note = Self.singleFile(beginning) {
            self = note
        } else if let url = Self.mark(beginning) {
            self.init(url: url, savedAt: nil)
        } else {
            return nil
        }
    }

    private init(url: String?, savedAt: Timestamp?) {
        self.url = url
        self.savedAt = savedAt
    }

    private static func singleFile(_ text: String) -> SavedPageNote? {
        guard let start = text.firstRange(of: "<!--"),
            let end = text[start.upperBound...].firstRange(of: "-->")
        else { return nil }
        let comment = text[start.upperBound..<end.lowerBound]
        guard comment.contains("Page saved with SingleFile") else { return nil }
        var (url, date): (String?, Timestamp?) = (nil, nil)
        for line in comment.split(whereSeparator: \.isNewline) {
            let text = line.trimmed
            if text.hasPrefix("url:") {
                let address = text.dropFirst(4).trimmed
                if address.hasWebScheme { url = address }
            } else if text.hasPrefix("saved date:") {
                date = scriptDate(text.dropFirst(11).trimmed)
            }
        }
        return url == nil && date == nil ? nil : SavedPageNote(url: url, savedAt: date)
    }

    /// `Sat Nov 21 2026 10:00:00 GMT+0100 (…)`, as ECMAScript writes it.
    private static func scriptDate(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 6, words[5].hasPrefix("GMT") else { return nil }
        return MailDate.parse("\(words[2]) \(words[1]) \(words[3]) \(words[4]) \(words[5].dropFirst(3))")
    }

    /// `<!-- saved from url=(0024)https://example.org/a -->`
    private static func mark(_ text: String) -> String? {
        guard let start = text.firstRange(of: "<!-- saved from url=("),
            let end = text[start.upperBound...].firstRange(of: "-->"),
            let close = text[start.upperBound..<end.lowerBound].firstIndex(of: ")")
        else { return nil }
        let address = text[text.index(after: close)..<end.lowerBound].trimmed
        return address.hasWebScheme ? address : nil
    }
}
