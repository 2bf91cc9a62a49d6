package import Models

/// The article of an HTML page.
package enum PageArticle {
    /// - Parameters:
    ///   - html: the page in UTF-8.
    ///   - url: where the page was found.
    package static func read(html: [UInt8], url: String?) -> Revision {
        let page = HTMLDocument(parsing: html)
        let metadata = PageMetadata(page: page, address: url.flatMap { WebAddress($0) })
        let headline = PageHeadline.choose(page, in: page.body, declared: metadata.headlines, publisher: metadata.publisher)
        var blocks: [Revision.Block] = []
        if let body = page.body {
            let all = PageBlockReader.blocks(of: page, in: body)
            let containers = ArticleContainer(page: page, blocks: all).find(in: body)
            blocks = ArticleBlocks(page: page, headline: headline).choose(from: all, in: containers)
        }
        var language = metadata.language?.isEmpty == false ? metadata.language : nil
        if language == nil {
            var guess = LanguageGuess()
            for block in blocks where !guess.isComplete { guess.read(block.text) }
            language = guess.tag
        }
        return Revision(
            headline: headline, authors: metadata.authors, published: metadata.published, modified: metadata.modified, blocks: blocks,
            language: language, publisher: metadata.publisher, url: metadata.url)
    }
}
