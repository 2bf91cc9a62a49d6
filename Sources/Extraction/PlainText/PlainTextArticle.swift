package import Models

/// Reads a text without HTML as an article: what is on a page when somebody selects all of it and copies, wire copy,
/// hard-wrapped mail, Markdown.
package enum PlainTextArticle {
    /// - Parameters:
    ///   - utf8: valid UTF-8 without a byte order mark, as `DecodedText` gives it.
    ///   - language: BCP 47 where the source declared it; settles ambiguous dates. The text decides about
    ///     `Revision.language`.
    package static func read(utf8: [UInt8], language: String? = nil) -> Revision {
        var draft = ArticleDraft()
        draft.language = language
        let (passages, isMarkedUp) = utf8.withUnsafeBufferPointer { Self.passages($0, &draft) }
        let bodyStart = ArticleHead(passages, isMarkedUp: isMarkedUp).read(into: &draft)
        let body = ArticleTail(passages, from: bodyStart, isMarkedUp: isMarkedUp).body(&draft)
        ArticleBody(body[...], isMarkedUp: isMarkedUp).read(into: &draft)
        return draft.revision()
    }

    private static func passages(
        _ bytes: UnsafeBufferPointer<UInt8>, _ draft: inout ArticleDraft
    ) -> (passages: [Passage], isMarkedUp: Bool) {
        let lines = TextLines(bytes: bytes)
        if let matter = FrontMatter(lines) {
            draft.take(matter)
            return (MarkdownPassages.read(bytes, from: matter.end), true)
        }
        guard MarkdownSource.isMarkdown(lines) else { return (TextPassages.read(bytes), false) }
        return (MarkdownPassages.read(bytes, from: 0), true)
    }
}
