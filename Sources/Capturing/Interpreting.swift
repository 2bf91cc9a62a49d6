internal import Extraction
internal import Models
public import Storage

extension Interpreter {
    /// Reads payloads as articles, by this version's extractor.
    public static let articles = Interpreter(version: "\(ArticleReader.version)", largestText: largestText) {
        detail, payload in
        // Without the page that it speaks of, "not modified" is no page at all.
        guard let payload, detail.isReceived, detail.status != 304 || detail.size > 0 else {
            return Interpretation(key: key(detail, revision: nil), revision: nil)
        }
        let revision = ArticleReader.read(payload, mediaType: detail.mediaType, url: detail.url).revision
        return Interpretation(key: key(detail, revision: revision), revision: revision)
    }

    /// Pages and texts are far smaller; what is larger is kept, but not read as an article.
    public static let largestText = 32 << 20

    /// What the user stated, else the address, else what the page declares, else the file's own path.
    static func key(_ detail: CaptureDetail, revision: Revision?) -> ArticleKey {
        if let stated = detail.article.flatMap({ ArticleKey(stated: $0) }) { return stated }
        return ArticleKey(url: detail.url, canonical: revision?.url, path: detail.via.path) ?? ArticleKey(path: "-")
    }
}
