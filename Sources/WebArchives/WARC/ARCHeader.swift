internal import Models

/// The line before each record of an ARC file: address, IP address, date, media type, length; version 2 has more between the
/// media type and the length.
enum ARCHeader {
    /// Longer lines are none.
    static let longest = 1 << 14

    /// Reads the line. Nil when it is none.
    static func parse(_ line: Slice<UnsafeRawBufferPointer>) -> RecordHeader? {
        let text = HeaderText.trimmed(line)
        guard text.count < longest, let scheme = text.firstIndex(of: UInt8(ascii: ":")), scheme > text.startIndex,
            text[..<scheme].allSatisfy({ isSchemeByte($0) })
        else { return nil }
        let parts = HeaderText.text(text).split(separator: " ", omittingEmptySubsequences: false)
        // Addresses may hold blanks: from the end, the fields are fixed, and the date shows which version's they are.
        guard let (date, isSecond) = dateIndex(parts) else { return nil }
        let address = parts[..<(date - 1)].joined(separator: "%20")
        var fields: [ResponseHead.Field] = [
            .init(name: "WARC-Type", value: address.hasPrefix("filedesc:") ? "warcinfo" : "response"),
            .init(name: "WARC-Target-URI", value: address),
            .init(name: "WARC-IP-Address", value: String(parts[date - 1])),
            .init(name: "Content-Type", value: String(parts[date + 1])),
            .init(name: "Content-Length", value: String(parts[parts.count - 1])),
        ]
        if let moment = moment(parts[date]) { fields.append(.init(name: "WARC-Date", value: moment.description)) }
        return RecordHeader(version: isSecond ? "ARC/2" : "ARC/1", fields: fields)
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || [0x2B, 0x2D, 0x2E].contains(byte)
    }

    private static func dateIndex(_ parts: [Substring]) -> (Int, isSecond: Bool)? {
        for (fromEnd, isSecond) in [(3, false), (8, true)] where parts.count >= fromEnd + 2 {
            let index = parts.count - fromEnd
            let digits = parts[index].utf8
            if (8...20).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) {
                return (index, isSecond)
            }
        }
        return nil
    }

    /// `YYYYMMDDhhmmss`; some writers left out the seconds.
    private static func moment(_ text: Substring) -> Timestamp? {
        let digits = Array(text.utf8)
        guard digits.count == 14 || digits.count == 12 || digits.count == 17 else { return nil }
        func part(_ range: Range<Int>) -> String {
            range.upperBound <= digits.count ? String(decoding: digits[range], as: UTF8.self) : "00"
        }
        return Timestamp(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z")
    }
}
