internal import Models
internal import Storage
internal import WebArchives

/// Finds the payload that a revisit record stands for.
struct RevisitResolver {
    let archive: Archive
    let pages: PageIndex

    struct Found {
        let payload: ObjectID
        let size: Int
        let mediaType: String
        let capture: CaptureName?
    }

    /// In the file itself, else among what the archive has of that address: at the time that the record names, or with the digest
    /// that it names.
    func find(
        _ response: ArchivedResponse, _ reference: RecordMeaning.Reference
    ) throws(ArchiveError) -> Found? {
        if let entry = pages.entry(reference), try archive.holds(entry.payload) {
            return Found(payload: entry.payload, size: entry.size, mediaType: entry.mediaType, capture: nil)
        }
        guard let key = ArticleKey(url: reference.url ?? response.url) else { return nil }
        if let date = reference.date {
            // The page may have said that its address is another, so that the key does not lead to it.
            let url = reference.url ?? response.url
            for capture in try archive.captures(ofSite: key.site, at: date)
            where try archive.detail(of: capture, worker: 0).url == url {
                if !reference.isNotModified, try matches(reference.payloadDigest, capture) == false { continue }
                return Self.found(capture)
            }
            return nil
        }
        guard let article = try archive.identity(of: key) else { return nil }
        for capture in try archive.history(of: article).flatMap(\.captures).reversed().prefix(Self.mostTried) {
            guard capture.capturedAt <= response.capturedAt, try matches(reference.payloadDigest, capture) == true
            else {
                continue
            }
            return Self.found(capture)
        }
        return nil
    }

    private static func found(_ capture: HistoryCapture) -> Found {
        Found(payload: capture.payload, size: capture.size, mediaType: capture.mediaType, capture: capture.name)
    }

    private static let mostTried = 1000

    /// Whether the record that a capture was made from stated that digest; nil when it stated none that can be compared.
    private func matches(_ text: String?, _ capture: HistoryCapture) throws(ArchiveError) -> Bool? {
        guard let text, let transport = try archive.detail(of: capture, worker: 0).transport else { return nil }
        let bytes = try archive.read(transport)
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes) } catch { return nil }
        let wanted = RecordDigest(text)
        for stated in document["record"]?["digests"]?.array ?? [] where stated["of"]?.string == "payload" {
            guard let digest = stated["stated"]?.string.map({ RecordDigest($0) }) else { continue }
            if digest.text == text { return true }
            guard let value = wanted.value, digest.algorithm == wanted.algorithm, digest.value != nil else { continue }
            return digest.value == value
        }
        return nil
    }
}
