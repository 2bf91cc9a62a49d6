package import Models

/// What one record holds of the web: an address, a moment, and what came back.
package struct ArchivedResponse: Sendable {
    /// The body as the record has it, where codings were removed.
    package struct Coded: Hashable, Sendable {
        package let size: Int
        package let id: ObjectID
        /// `chunked`, `gzip` … in the order of removal.
        package let codings: [String]
    }

    package let url: String
    package let capturedAt: Timestamp
    /// Nil for a resource, which came by no HTTP.
    package let status: Int?
    /// The HTTP head exactly as recorded, its empty line included.
    package let headBytes: [UInt8]?
    package let head: ResponseHead?
    /// With transfer and content codings removed.
    package let body: [UInt8]
    package let coded: Coded?
    /// As declared.
    package let mediaType: String?
    package let place: RecordPlace
    package let header: RecordHeader
    package let digests: [DigestCheck]
    /// What one should know about it, in plain words.
    package let notices: [String]

    package var recordID: String? { header.recordID }
    package var type: String { header.type }

    /// The address that the server sent the client to.
    package var location: String? {
        guard let status, (300..<400).contains(status) else { return nil }
        return head?["Location"]
    }

    /// What the record says of itself and is not so. Of a revisit, whose block is a header alone, writers often state another digest.
    package var damage: String? {
        let wrong = digests.filter { $0.verdict == .differs }
        guard let first = wrong.first else { return nil }
        return "its \(wrong.map(\.subject.rawValue).joined(separator: " and ")) "
            + "\(wrong.count > 1 ? "digests do" : "digest does") not match what it holds (\(first.digest.text.prefix(90)))"
    }
}

/// What a record is to somebody who captures articles.
package enum RecordMeaning: Sendable {
    case response(ArchivedResponse)
    /// A page was seen again, unchanged; the record refers to an earlier one.
    case revisit(ArchivedResponse, Reference)
    case request(Request)
    case information(software: String?)
    /// A part of a page, or something that is about the crawl: with what its digests were found to be.
    case other(Kind, [DigestCheck])
    /// It cannot be used.
    case failed(String)

    package enum Kind: Hashable, Sendable {
        case requisite
        case conversion
        case record
    }

    /// What a request says about the response to it.
    package struct Request: Hashable, Sendable {
        package let answers: [String]
        package let method: String
        /// `document`, `iframe`, `script` …, where the browser said so.
        package let destination: String?
        package let isScripted: Bool
        package let digests: [DigestCheck]
    }

    /// What a revisit refers to.
    package struct Reference: Hashable, Sendable {
        package let url: String?
        package let date: Timestamp?
        package let recordID: String?
        package let payloadDigest: String?
        package let isNotModified: Bool
    }
}
