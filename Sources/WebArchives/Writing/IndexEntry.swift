internal import Models

/// What an index says of a record, without where it stands.
package struct IndexEntry: Hashable, Sendable {
    package let key: String
    /// 14 digits, as indexes have it.
    package let time: String
    private let members: [JSON.Member]

    init(_ capture: ExportedCapture, kind: WARCRecord.Kind, digest: String) {
        let head = capture.head.flatMap { ResponseHead(parsing: $0) }
        key = SURT.key(of: capture.address.description)
        time = Self.digits(capture.capturedAt)
        let mediaType =
            kind == .revisit
            ? "warc/revisit" : capture.head == nil ? capture.detail.mediaType : head?["Content-Type"]
        members = Self.members(capture.address, mediaType, status: head?.status, digest)
    }

    /// Of a response on the way to a page.
    init(_ address: WARCAddress, _ date: Timestamp, _ head: ResponseHead, digest: String) {
        key = SURT.key(of: address.description)
        time = Self.digits(date)
        members = Self.members(address, head["Content-Type"], status: head.status, digest)
    }

    private static func members(
        _ address: WARCAddress, _ mediaType: String?, status: Int?, _ digest: String
    ) -> [JSON.Member] {
        var members: [JSON.Member] = [.init("url", .string(address.description))]
        if let mediaType = mediaType.map({ essence($0) }), !mediaType.isEmpty {
            members.append(.init("mime", .string(mediaType)))
        }
        if let status { members.append(.init("status", .string(String(status)))) }
        return members + [.init("digest", .string(digest))]
    }

    /// A line of CDXJ, without its end.
    ///
    /// - Parameters:
    ///   - offset: where the record begins in the file.
    ///   - length: how many bytes it takes there.
    package func line(file: String, offset: Int, length: Int) -> String {
        let place: [JSON.Member] = [
            .init("length", .string(String(length))), .init("offset", .string(String(offset))),
            .init("filename", .string(file)),
        ]
        return "\(key) \(time) \(JSON.object(members + place).text)"
    }

    private static func essence(_ mediaType: String) -> String {
        mediaType.prefix { $0 != ";" && $0 != "," && $0 != " " }.lowercased()
    }

    private static func digits(_ time: Timestamp) -> String {
        String(decoding: time.description.utf8.filter { (48...57).contains($0) }.prefix(14), as: UTF8.self)
    }
}
