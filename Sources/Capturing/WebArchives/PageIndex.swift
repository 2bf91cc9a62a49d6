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
        let status: Int?
    }

    private var entries: [Entry] = []
    private var places: [Int: Int32] = [:]
    private var seen: Set<Int> = []
    private static let most = 500_000

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
                status: response.status))
        if let id = response.recordID { places[Self.key("id", id)] = place }
        places[Self.key("url", response.url, response.capturedAt)] = place
        if let digest = response.header["WARC-Payload-Digest"] {
            places[Self.key("digest", digest.lowercased())] = place
        }
        return true
    }

    func entry(_ reference: RecordMeaning.Reference) -> Entry? {
        var keys: [Int] = []
        if let id = reference.recordID { keys.append(Self.key("id", id)) }
        if let url = reference.url, let date = reference.date { keys.append(Self.key("url", url, date)) }
        // A server that only says "not modified" has sent nothing that the digest could be of.
        if let digest = reference.payloadDigest, !reference.isNotModified {
            keys.append(Self.key("digest", digest.lowercased()))
        }
        return keys.lazy.compactMap { places[$0] }.first.map { entries[Int($0)] }
    }

    private static func key(_ kind: String, _ value: String, _ time: Timestamp? = nil) -> Int {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(value)
        hasher.combine(time)
        return hasher.finalize()
    }
}
