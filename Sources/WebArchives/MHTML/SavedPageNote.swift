package import Models

/// What a page that was saved into one HTML file says about where it came from: the comment that SingleFile writes before the page, or
/// the "saved from" mark that browsers write.
package struct SavedPageNote: Hashable, Sendable {
    package let url: String?
    package let savedAt: Timestamp?

    /// The comment is near the beginning.
    private static let reach = 8192

    private static let longest = 4096

    /// Nil when there is no such comment.
    package init?(parsing page: [UInt8]) {
        guard let comment = Self.comment(page) else { return nil }
        if comment.hasPrefix(Self.browserMark) {
            guard let url = Self.mark(comment) else { return nil }
            self.init(url: url, savedAt: nil)
        } else if let note = Self.singleFile(comment) {
            self = note
        } else {
            return nil
        }
    }

    private static let singleFileMark = "Page saved with SingleFile"
    private static let browserMark = "saved from url=("

    /// The first comment that begins with one of the marks, without what is around it.
    private static func comment(_ page: [UInt8]) -> String? {
        var rest = page.prefix(reach)
        while let mark = rest.firstIndex(of: UInt8(ascii: "!")) {
            rest = rest[(mark + 1)...]
            guard mark > 0, page[mark - 1] == UInt8(ascii: "<"), rest.starts(with: "--".utf8) else { continue }
            let text = page[(mark + 3)...].prefix(longest).drop { $0 <= 0x20 }
            guard text.starts(with: singleFileMark.utf8) || text.starts(with: browserMark.utf8) else { continue }
            let comment = String(decoding: text, as: UTF8.self)
            return comment.firstRange(of: "-->").map { String(comment[..<$0.lowerBound]) }
        }
        return nil
    }

    private init(url: String?, savedAt: Timestamp?) {
        self.url = url
        self.savedAt = savedAt
    }

    private static func singleFile(_ comment: String) -> SavedPageNote? {
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

    /// `saved from url=(0024)https://example.org/a`
    private static func mark(_ comment: String) -> String? {
        guard let close = comment.firstIndex(of: ")") else { return nil }
        let address = comment[comment.index(after: close)...].trimmed
        return address.hasWebScheme ? address : nil
    }
}
