package import Models

/// The article of an HTML page.
package enum PageArticle {
    /// - Parameters:
    ///   - html: the page in UTF-8.
    ///   - url: where the page was found.
    package static func read(html: [UInt8], url: String?) -> Revision {
        let page = HTMLDocument(parsing: html)
        let metadata = PageMetadata(page: page, address: url.flatMap { WebAddress($0) })
        let headline = metadata.headline
        var found = Found(blocks: [], head: nil)
        if let body = page.body {
            let all = HeadZone.markStandfirst(
                in: PageBlockReader.blocks(of: page, in: body), page: page, headline: headline)
            found = find(
                page, body, all, headline: headline, authors: metadata.authors, language: metadata.language,
                trustingNames: true)
            // Names of classes mislead on some sites: where they leave next to nothing, they are not listened to.
            if found.prose < Self.little, all.contains(where: { $0.isMarkedFurniture && $0.isProse }) {
                let second = find(
                    page, body, all, headline: headline, authors: metadata.authors, language: metadata.language,
                    trustingNames: false)
                if second.prose > found.prose * 4 { found = second }
            }
        }
        let blocks = found.blocks.map(\.revisionBlock)
        var language = metadata.language?.isEmpty == false ? metadata.language : nil
        if language == nil {
            var guess = LanguageGuess()
            for block in blocks where !guess.isComplete { guess.read(block.text) }
            language = guess.tag
        }
        let bylines = (found.head?.authors ?? []).filter { PageAuthors.mayBeAuthor($0, headline: headline) }
        return Revision(
            headline: headline, authors: metadata.authors.isEmpty ? bylines : metadata.authors,
            published: metadata.published, modified: metadata.modified,
            blocks: blocks, language: language, publisher: metadata.publisher, url: metadata.url)
    }

    /// Bytes of running text below which a second look is taken.
    private static let little = 250

    private struct Found {
        let blocks: [PageBlock]
        let head: ArticleHeadRegion?

        var prose: Int { blocks.reduce(0) { $0 + ($1.isProse ? $1.length : 0) } }
    }

    private static func find(
        _ page: HTMLDocument, _ body: NodeID, _ all: [PageBlock], headline: String?, authors: [String],
        language: String?,
        trustingNames: Bool
    ) -> Found {
        let containers = ArticleContainer(page: page, body: body, blocks: all, trustingNames: trustingNames).find(
            in: body)
        let start = all.firstIndex { block in
            containers.contains(block.element)
                || page.ancestors(of: block.element).prefix(200).contains { containers.contains($0) }
        }
        let head = ArticleHeadRegion(all, headline: headline, start: start ?? all.count, language: language)
        let blocks = ArticleBlocks(page: page, headline: headline, authors: authors)
            .choose(from: all, in: containers, head: head, trustingNames: trustingNames)
        return Found(blocks: blocks, head: head)
    }
}
