package import Models

/// A page that a browser saved with all its parts in one file (RFC 2557).
package struct MHTMLPage: Sendable {
    package let url: String?
    package let savedAt: Timestamp?
    /// The main document, its transfer encoding removed.
    package let body: [UInt8]
    package let mediaType: String
    /// Headers of the whole and of the main document's part, as they stand in the file.
    package let headers: [UInt8]
    /// The parts beside the main document.
    package let others: Int
    package let notices: [String]
    /// The main document as it is in the file.
    package let coded: ArchivedResponse.Coded?

    /// No saved page is larger.
    package static let largest = 256 << 20
    private static let mostParts = 100_000

    static func isPage(_ beginning: [UInt8]) -> Bool {
        guard let first = beginning.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first & 0xDF),
            let fields = MIMEFields(beginning[...]), fields["mime-version"] != nil || fields["from"] != nil
        else {
            return false
        }
        return fields.mediaType == "multipart/related"
    }

    /// - Throws: when it is no such file, or one without a page.
    package init(parsing bytes: [UInt8]) throws(WebArchiveError) {
        guard let fields = MIMEFields(bytes[...]), fields.mediaType == "multipart/related",
            let boundary = fields.parameter("boundary"), !boundary.isEmpty
        else { throw .damaged("it is no MHTML file: its header does not say where its parts are") }
        let (parts, isWhole) = Self.parts(bytes, from: fields.end, boundary)
        let location = fields["snapshot-content-location"] ?? fields["content-location"]
        let pages = parts.compactMap { part in MIMEFields(bytes[part]).map { (part, $0) } }
            .filter {
                $0.1.mediaType.map { ["text/html", "application/xhtml+xml", "text/plain"].contains($0) } ?? false
            }
        let start = fields.parameter("start")
        let chosen =
            pages.first { start != nil && $0.1["content-id"] == start }
            ?? pages.first { location != nil && $0.1["content-location"] == location } ?? pages.first
        guard let (part, partFields) = chosen else { throw .damaged("there is no page in this MHTML file") }
        let raw = bytes[partFields.end..<part.upperBound]
        let encoding = partFields["content-transfer-encoding"]
        body = TransferEncoding.decode(raw, encoding)
        coded =
            ["quoted-printable", "base64"].contains(encoding?.lowercased() ?? "")
            ? .init(size: raw.count, id: ObjectID(hashing: Array(raw)), codings: [encoding?.lowercased() ?? ""]) : nil
        mediaType = partFields["content-type"] ?? "text/html"
        let address = (location ?? partFields["content-location"]).flatMap(RecordHeader.address)
        url = address.flatMap { $0.hasWebScheme ? $0 : nil }
        savedAt = fields["date"].flatMap { MailDate.parse($0) }
        headers = Array(bytes[..<fields.end] + bytes[part.lowerBound..<partFields.end])
        others = parts.count - 1
        notices = isWhole ? [] : ["the file ends early: the page may not be whole"]
    }

    private static func parts(
        _ bytes: [UInt8], from start: Int, _ boundary: String
    ) -> (parts: [Range<Int>], isWhole: Bool) {
        let mark = Array("--\(boundary)".utf8)
        var parts: [Range<Int>] = []
        var (line, begin): (Int, Int?) = (start, nil)
        while line < bytes.count, parts.count < mostParts {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            if bytes[line...].starts(with: mark), isMark(bytes[(line + mark.count)..<end]) {
                if let begin { parts.append(begin..<max(begin, before(line, bytes))) }
                if bytes[(line + mark.count)..<end].starts(with: "--".utf8) { return (parts, true) }
                begin = min(end + 1, bytes.count)
            }
            line = end + 1
        }
        if let begin { parts.append(begin..<bytes.count) }
        return (parts, false)
    }

    private static func isMark(_ rest: ArraySlice<UInt8>) -> Bool {
        let text = rest.starts(with: "--".utf8) ? rest.dropFirst(2) : rest
        return text.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    /// The line end before a boundary belongs to the boundary.
    private static func before(_ line: Int, _ bytes: [UInt8]) -> Int {
        guard line > 0, bytes[line - 1] == 0x0A else { return line }
        return line > 1 && bytes[line - 2] == 0x0D ? line - 2 : line - 1
    }
}

/// `Fri, 21 Nov 1997 09:55:06 -0600` (RFC 5322, section 3.3).
package enum MailDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    package static func parse(_ text: String) -> Timestamp? {
        var words = text.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
        if let first = words.first, first.utf8.first.map({ !(48...57).contains($0) }) ?? true { words.removeFirst() }
        guard words.count >= 4, let month = months.firstIndex(of: String(words[1].lowercased().prefix(3))),
            let day = Int(words[0]), let year = Int(words[2]), year >= 1970, year <= 9999
        else { return nil }
        let clock = words[3].split(separator: ":").map(String.init)
        guard clock.count >= 2 else { return nil }
        let second = clock.count > 2 ? clock[2] : "00"
        var zone = words.count > 4 ? words[4] : "+0000"
        if zone.utf8.count != 5 || !(zone.hasPrefix("+") || zone.hasPrefix("-")) { zone = "+0000" }
        func two(_ number: String) -> String { number.utf8.count == 1 ? "0\(number)" : number }
        return Timestamp(
            "\(year)-\(two(String(month + 1)))-\(two(String(day)))T\(two(clock[0])):\(two(clock[1])):\(two(second))"
                + "\(zone.prefix(3)):\(zone.suffix(2))")
    }
}
