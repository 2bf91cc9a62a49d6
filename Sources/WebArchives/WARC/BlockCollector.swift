/// Takes in a record's block in parts: holds what may be a page, and checks the digests of what passes by.
struct BlockCollector {
    let length: Int
    private(set) var missing: Int
    private(set) var held: [UInt8] = []
    private(set) var isWhole = true
    private let header: RecordHeader
    /// Whether it is known that the block is held, or not.
    private var isDecided: Bool
    private var hashers: [(check: DigestCheck, hasher: DigestHasher?)] = []

    init(_ header: RecordHeader, length: Int) {
        self.header = header
        self.length = length
        missing = length
        isDecided = length <= RecordReader.smallBlock
        held.reserveCapacity(min(length, 1 << 18))
    }

    mutating func add(_ part: UnsafeRawBufferPointer) {
        missing -= part.count
        if !isDecided, held.count + part.count > RecordReader.beginning {
            isDecided = true
            held += UnsafeRawBufferPointer(rebasing: part.prefix(RecordReader.beginning))
            if length > RecordReader.largestBlock || !PageLikeness.mayBePage(header, beginning: held) {
                passBy(rest: UnsafeRawBufferPointer(rebasing: part.dropFirst(RecordReader.beginning)))
            } else {
                held += UnsafeRawBufferPointer(rebasing: part.dropFirst(RecordReader.beginning))
            }
        } else if isWhole {
            held += part
        } else {
            for index in hashers.indices { hashers[index].hasher?.update(part) }
        }
    }

    /// From here on, the block is hashed and not held.
    private mutating func passBy(rest: UnsafeRawBufferPointer) {
        isWhole = false
        let head = MessageHead.length(held, header) ?? 0
        for (subject, digest) in header.digests {
            var hasher = DigestHasher(digest)
            held.withUnsafeBytes { held in
                hasher?.update(subject == .block ? held : UnsafeRawBufferPointer(rebasing: held[head...]))
            }
            hasher?.update(rest)
            hashers.append((DigestCheck(subject, digest, .notChecked), hasher))
        }
    }

    /// Of a block that was not held.
    var checks: [DigestCheck] {
        hashers.map { check, hasher in
            guard let hasher else { return DigestCheck(check.subject, check.digest, check.digest.unreadVerdict) }
            if hasher.matches { return DigestCheck(check.subject, check.digest, .matches) }
            // The digest may be of the body without its codings, which were not removed here.
            return DigestCheck(check.subject, check.digest, check.subject == .block ? .differs : .notChecked)
        }
    }

    /// Whether the block's own digest says that it is right.
    var isConfirmed: Bool {
        guard let digest = header["WARC-Block-Digest"].map({ RecordDigest($0) }) else { return false }
        if isWhole { return held.withUnsafeBytes { digest.matches($0) } ?? false }
        return checks.contains { $0.subject == .block && $0.verdict == .matches }
    }
}

extension RecordHeader {
    /// What the record states about itself. That of a revisit is about the record it refers to.
    var digests: [(DigestCheck.Subject, RecordDigest)] {
        var digests: [(DigestCheck.Subject, RecordDigest)] = []
        if let text = self["WARC-Block-Digest"] { digests.append((.block, RecordDigest(text))) }
        if type != "revisit", let text = self["WARC-Payload-Digest"] { digests.append((.payload, RecordDigest(text))) }
        return digests
    }
}

extension RecordDigest {
    /// Of a digest that cannot be computed: an unknown algorithm proves nothing; what cannot be a value is no value.
    var unreadVerdict: DigestCheck.Verdict { algorithm == nil ? .notChecked : .differs }
}
