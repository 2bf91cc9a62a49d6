internal import WebArchives

extension Feed {
    private static let largest = 64 << 20

    /// Sitemaps are often compressed files, whatever the server says of them. Nil where that fails.
    init?(fetched: Fetched) {
        var bytes = fetched.body
        if bytes.starts(with: [0x1F, 0x8B]) {
            do throws(ContentCoding.Failure) {
                bytes = try ContentCoding.remove(["gzip"], from: bytes, limit: Self.largest)
            } catch {
                return nil
            }
        }
        self.init(parsing: bytes, mediaType: fetched.mediaType, url: fetched.url)
    }
}
