package import Models

/// What a response head says of the body that follows it.
///
/// The archive keeps a body without its codings, and the head as it was received. Written out, a record must hold a body that fits
/// its head, or no reader can make sense of it.
package struct MessageFraming: Hashable, Sendable {
    /// In the order in which they are applied.
    let codings: [ContentEncoding.Coding]
    let isChunked: Bool
    /// What the body was before its codings were taken off, where that is known.
    let original: ContentEncoding.Original?
    /// What `Content-Length` states, where that counts (RFC 9112, section 6.3).
    let length: Int?
    /// Whether the head asks for a coding that cannot be made. The body is then written without it, as it is kept.
    let isIncomplete: Bool

    /// No more codings than this are applied on each other; browsers know none but the first.
    private static let mostCodings = 4

    package init(_ head: ResponseHead, original: ContentEncoding.Original? = nil) {
        let content = Self.tokens(head.values(of: "Content-Encoding"))
        let transfer = Self.tokens(head.values(of: "Transfer-Encoding"))
        // No content follows these, whatever else their heads say (RFC 9110, section 6.4.1): what is kept with one came with another.
        let hasContent = head.status != 204 && head.status != 304
        isChunked = hasContent && transfer.last == "chunked"
        let wanted = hasContent ? content + transfer.filter { $0 != "chunked" } : []
        let known = wanted.compactMap { ContentEncoding.Coding(token: $0) }
        let isMadeable = known.count == wanted.count && known.count <= Self.mostCodings
        codings = isMadeable ? known : []
        isIncomplete = !isMadeable
        self.original = original
        let stated = head.values(of: "Content-Length").compactMap { Int($0) }
        length = isChunked || !hasContent ? nil : stated.first.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Of a body that nothing is said of.
    private init(isIncomplete: Bool) {
        codings = []
        isChunked = false
        length = nil
        original = nil
        self.isIncomplete = isIncomplete
    }

    /// Whether the body stands in a record as it is kept, apart from chunks.
    package var isPlain: Bool { codings.isEmpty && !isIncomplete }

    package static let none = MessageFraming(isIncomplete: false)

    private static func tokens(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.map { $0.trimmingSpace().lowercased() }.filter {
            !$0.isEmpty && $0 != "identity"
        }
    }
}

/// A body as it stands in a record.
package struct RecordBody: Sendable {
    package let bytes: [UInt8]
    package let digest: ObjectID
    /// Whether it is what the server sent, apart from how it was cut into chunks.
    package let isOriginal: Bool
    /// What a reader should be told.
    package let remark: Remark?

    package enum Remark: Hashable, Sendable, CaseIterable {
        /// The head names a coding that cannot be made.
        case codingUnknown
        /// The body is longer or shorter than the head says, although nothing of it is missing here.
        case lengthDiffers
        /// There is less than the head says: the transfer broke off.
        case truncated
    }

    /// - Parameter content: without any codings. An empty one stays empty: nothing came, or nothing was to come.
    package init(_ content: [UInt8], _ framing: MessageFraming) {
        var coded = content
        if !content.isEmpty {
            for (index, coding) in framing.codings.enumerated() {
                let isLast = index == framing.codings.count - 1
                // What came may be less than what was announced.
                coded = ContentEncoding.encode(
                    coded, coding, length: isLast ? framing.original?.size ?? framing.length : nil,
                    original: isLast ? framing.original : nil)
            }
        }
        isOriginal = framing.original.map { $0.isMatched(by: coded) } ?? framing.codings.isEmpty
        if framing.isChunked { coded = Self.chunked(coded) }
        bytes = coded
        digest = ObjectID(hashing: coded)
        remark = Self.remark(framing, count: coded.count)
    }

    private static func remark(_ framing: MessageFraming, count: Int) -> Remark? {
        if framing.isIncomplete { return .codingUnknown }
        guard let length = framing.length, count > 0 else { return nil }
        if let original = framing.original, original.size < length { return .truncated }
        guard length != count else { return nil }
        return framing.codings.isEmpty && count < length ? .truncated : .lengthDiffers
    }

    /// RFC 9112, section 7.1.
    private static func chunked(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 64)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let part = bytes[start..<min(start + chunk, bytes.count)]
            output += Array("\(String(part.count, radix: 16))\r\n".utf8)
            output += part
            output += Array("\r\n".utf8)
        }
        return output + Array("0\r\n\r\n".utf8)
    }

    private static let chunk = 1 << 20
}
