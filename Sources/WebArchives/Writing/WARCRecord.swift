internal import Models

/// The name of a WARC record: the same capture, written out again in the same way, gives the same.
package struct WARCRecordID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// A UUID made of a hash (RFC 9562, version 8).
    ///
    /// - Parameter facts: what tells this record from all others.
    package init(of facts: [String]) {
        var bytes = Array(ObjectID(hashing: (["stet WARC record"] + facts).joined(separator: "\n")).bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Hex.encode(bytes).utf8)
        var text = "<urn:uuid:"
        for range in [0..<8, 8..<12, 12..<16, 16..<20, 20..<32] {
            if range.lowerBound > 0 { text += "-" }
            text += String(decoding: hex[range], as: UTF8.self)
        }
        description = text + ">"
    }
}

/// One record of a WARC file (WARC 1.1, ISO 28500:2017). `docs/EXPORT.md` says what stet writes into each kind.
struct WARCRecord {
    enum Kind: String {
        case warcinfo, response, resource, request, revisit, metadata
    }

    let kind: Kind
    let id: WARCRecordID
    /// The fields besides type, id, digest of the block, and length, in order.
    let fields: [(name: String, value: String)]
    /// The block in parts, so that a large one need not be copied.
    let block: [[UInt8]]

    var bytes: [UInt8] {
        var digest = Hasher256()
        for part in block { digest.update(part) }
        let count = block.reduce(0) { $0 + $1.count }
        var bytes = head(digest: digest.finish(), count: count)
        bytes.reserveCapacity(bytes.count + count + Self.end.count)
        for part in block { bytes += part }
        return bytes + Self.end
    }

    /// What stands before the block.
    func head(digest: ObjectID, count: Int) -> [UInt8] {
        var text = "WARC/1.1\r\nWARC-Type: \(kind.rawValue)\r\nWARC-Record-ID: \(id)\r\n"
        for (name, value) in fields { text += "\(name): \(Self.line(value))\r\n" }
        text += "WARC-Block-Digest: \(Self.digest(digest))\r\nContent-Length: \(count)\r\n\r\n"
        return Array(text.utf8)
    }

    /// What stands behind the block.
    static let end = Array("\r\n\r\n".utf8)

    /// Hexadecimal, as `sha256sum` prints it. warcio, FastWARC and pywb take it for what it is by its length.
    static func digest(_ id: ObjectID) -> String { "sha256:\(id)" }

    /// A value that ends with its line: a page's own text can end up in a field.
    private static func line(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
