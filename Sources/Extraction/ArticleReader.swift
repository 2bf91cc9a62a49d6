public import Models

/// Reads captured bytes as an article. Pure: the same bytes, media type and address give the same result on every machine.
public enum ArticleReader {
    /// Raised whenever any result may change: revisions are compared only as read by the same version.
    public static let version = 2

    /// What a payload turned out to be.
    public struct Reading: Sendable {
        public enum Form: String, Sendable { case html, text, binary }
        public let form: Form
        /// As declared, else as recognised.
        public let mediaType: String
        /// Of text: the WHATWG name of the character set it was read in.
        public let characterSet: String?
        /// How many malformed sequences were replaced by U+FFFD.
        public let malformed: Int
        /// Nil for what is no text.
        public let revision: Revision?
    }

    /// - Parameters:
    ///   - mediaType: as the source declared it, with parameters; nil when it did not.
    ///   - url: where the page was found, against which addresses in it are resolved.
    public static func read(_ payload: [UInt8], mediaType: String?, url: String?) -> Reading {
        let recognized = recognize(payload, mediaType: mediaType)
        guard recognized.form != .binary else { return recognized }
        let isHTML = recognized.form == .html
        let text = DecodedText(decoding: payload, contentType: mediaType, kind: isHTML ? .html : .text)
        let revision = isHTML ? PageArticle.read(html: text.utf8, url: url) : PlainTextArticle.read(utf8: text.utf8)
        return Reading(
            form: recognized.form, mediaType: recognized.mediaType,
            characterSet: text.encoding.name, malformed: text.malformed, revision: revision)
    }

    /// What kind of thing a payload is, without reading it as an article. Its beginning suffices.
    public static func recognize(_ payload: [UInt8], mediaType: String?) -> Reading {
        if let binary = BinaryContent(recognizing: payload) {
            return Reading(
                form: .binary, mediaType: mediaType ?? binary.mediaType, characterSet: nil, malformed: 0, revision: nil)
        }
        let essence = mediaType.map { $0.prefix { $0 != ";" }.lowercased().trimmingSpace() }
        let isHTML = essence.map(isHTMLType) ?? HTMLRecognition.isPage(payload)
        return Reading(
            form: isHTML ? .html : .text, mediaType: mediaType ?? (isHTML ? "text/html" : "text/plain"),
            characterSet: nil, malformed: 0, revision: nil)
    }

    private static func isHTMLType(_ essence: String) -> Bool {
        essence == "text/html" || essence == "application/xhtml+xml"
    }
}
