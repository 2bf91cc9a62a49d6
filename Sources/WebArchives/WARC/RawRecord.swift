/// Where a record is.
package struct RecordPlace: Hashable, Sendable {
    /// The member of a package that holds it.
    package var member: String?
    /// Of its first byte, or of the gzip member or zstd frame that holds it.
    package var offset: Int
    /// Where it begins within what that unpacks to.
    package var inside: Int

    package init(member: String?, offset: Int, inside: Int) {
        self.member = member
        self.offset = offset
        self.inside = inside
    }
}

/// A record of a WARC or ARC file: its header, and its block as it is.
package struct RawRecord: Sendable {
    package var place: RecordPlace
    package let header: RecordHeader
    /// The whole block, or its beginning where `isWhole` is false.
    package let block: [UInt8]
    /// Of the whole block.
    package let length: Int
    /// Whether all of the block is held; one that is large and shows that it is no page is not.
    package let isWhole: Bool
    /// The digests of a block that is not held, checked while it passed by.
    package let checked: [DigestCheck]
    /// What is odd about how it lies in the file, in plain words.
    package private(set) var notices: [String]

    func noting(_ notice: String) -> RawRecord {
        var noted = self
        noted.notices.append(notice)
        return noted
    }
}

/// A record that is not whole, or bytes that are no record.
package struct DamagedRecord: Hashable, Sendable {
    package var place: RecordPlace
    package let header: RecordHeader?
    /// In plain words.
    package let reason: String

    package init(place: RecordPlace, header: RecordHeader?, reason: String) {
        self.place = place
        self.header = header
        self.reason = reason
    }
}

/// What comes next in a web archive.
package enum RecordEvent: Sendable {
    case record(RawRecord)
    case damaged(DamagedRecord)
}

/// A digest that a record states, and what became of checking it.
package struct DigestCheck: Hashable, Sendable {
    package enum Subject: String, Hashable, Sendable {
        case block, payload
    }
    package enum Verdict: String, Hashable, Sendable {
        case matches
        /// It is the digest of the body without the transfer coding that the record has.
        case matchesUnchunked
        /// It is the digest of the body with every coding removed.
        case matchesDecoded
        case differs
        /// The algorithm is not known, or the body was not looked at.
        case notChecked
    }
    package let subject: Subject
    package let digest: RecordDigest
    package let verdict: Verdict

    package init(_ subject: Subject, _ digest: RecordDigest, _ verdict: Verdict) {
        self.subject = subject
        self.digest = digest
        self.verdict = verdict
    }
}
