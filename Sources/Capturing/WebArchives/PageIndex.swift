internal import Models
internal import Storage
internal import WebArchives

/// The pages of one web archive that were captured so far: what revisits in it refer to.
///
/// Keys are hashes with this process's own seed, so that a file with very many pages needs little memory; what is found is the
/// page that was captured, whose payload is in the archive.
struct PageIndex {
    struct Entry {
        let payload: ObjectID
        let size: Int
        let mediaType: String
        /// Of the response as it was recorded, where its record states it.
        fileprivate let digest: StatedDigest?
    }

    /// A digest's value as a hash: memory holds one for each page.
    fileprivate struct StatedDigest: Hashable {
        let algorithm: RecordDigest.Algorithm
        let value: Int

        /// Nil for one that can be compared with no other.
        init?(_ text: String?) {
            guard let digest = text.map({ RecordDigest($0) }), let algorithm = digest.algorithm,
                let value = digest.value
            else { return nil }
            self.algorithm = algorithm
            self.value = value.hashValue
        }

        /// What has another algorithm contradicts nothing.
        func contradicts(_ other: StatedDigest?) -> Bool {
            guard let other else { return false }
            return algorithm == other.algorithm && value != other.value
        }
    }

    /// An entry for a key, and where the one before it for the same key is.
    private struct Link {
        let entry: Int32
        let previous: Int32?
    }

    private var entries: [Entry] = []
    private var links: [Link] = []
    /// The last link for each key. Several pages of one address may have been captured in the same second.
    private var places: [Int: Int32] = [:]
    private var seen: Set<Int> = []
    private static let most = 500_000
    private static let mostTried = 1000

    /// False if the same page was there before.
    mutating func add(_ page: ArchivedPage) -> Bool {
        let response = page.response
        guard entries.count < Self.most else { return true }
        var identity = Hasher()
        identity.combine(response.url)
        identity.combine(response.capturedAt)
        identity.combine(page.payload.id)
        guard seen.insert(identity.finalize()).inserted else { return false }
        let place = Int32(entries.count)
        entries.append(
            Entry(
                payload: page.payload.id, size: page.payload.bytes.count, mediaType: page.mediaType,
                digest: StatedDigest(response.header["WARC-Payload-Digest"])))
        if let id = response.recordID { link(Self.key("id", id), to: place) }
        link(Self.key("url", response.url, response.capturedAt), to: place)
        if let digest = response.header["WARC-Payload-Digest"] { link(Self.key(digest: digest), to: place) }
        return true
    }

    private mutating func link(_ key: Int, to place: Int32) {
        let link = Int32(links.count)
        links.append(Link(entry: place, previous: places.updateValue(link, forKey: key)))
    }

    /// The page that a revisit refers to, unless it is another than the revisit's own digest says.
    func entry(_ reference: RecordMeaning.Reference) -> Entry? {
        var keys: [Int] = []
        if let id = reference.recordID { keys.append(Self.key("id", id)) }
        if let url = reference.url, let date = reference.date { keys.append(Self.key("url", url, date)) }
        // A server that only says "not modified" has sent nothing that the digest could be of.
        if let digest = reference.payloadDigest, !reference.isNotModified {
            keys.append(Self.key(digest: digest))
        }
        let wanted = reference.isNotModified ? nil : StatedDigest(reference.payloadDigest)
        for key in keys {
            var next = places[key]
            var tried = 0
            while let place = next, tried < Self.mostTried {
                let link = links[Int(place)]
                let entry = entries[Int(link.entry)]
                if wanted?.contradicts(entry.digest) != true { return entry }
                next = link.previous
                tried += 1
            }
        }
        return nil
    }

    /// Of a digest that is not known here, as it is spelled.
    private static func key(digest text: String) -> Int {
        guard let digest = StatedDigest(text) else { return key("digest", text) }
        var hasher = Hasher()
        hasher.combine(digest)
        return hasher.finalize()
    }

    private static func key(_ kind: String, _ value: String, _ time: Timestamp? = nil) -> Int {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(value)
        hasher.combine(time)
        return hasher.finalize()
    }
}
