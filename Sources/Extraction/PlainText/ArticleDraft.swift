import Models

/// An article as it is being put together from the passages of a text.
///
/// Three steps, from the top: what stands above and around the headline, the body, and what follows it. Each decision
/// rests on the line itself and on the article, never on which furniture happens to stand beside it, so that two
/// captures of one article agree.
struct ArticleDraft {
    var headline: String?
    var authors: [String] = []
    var published: ArticleDate?
    var modified: ArticleDate?
    var publisher: String?
    var url: String?
    /// A hint for dates such as 3/11/2016 and nothing else.
    var language: String?
    private(set) var blocks: [Revision.Block] = []

    mutating func append(_ kind: Revision.Block.Kind, _ passage: Passage) {
        blocks.append(Revision.Block(kind, passage.text))
    }

    /// Takes what the lines of a text say about it; the first statement stands.
    mutating func take(_ metadata: MetadataLine) {
        switch metadata {
        case .dates(let line): take(line, bareIsPublished: true)
        case .publisher(let name): publisher = publisher ?? name
        case .authors(let names): if authors.isEmpty { authors = names }
        case .headline(let text): headline = headline ?? text
        case .url(let address): url = url ?? address
        case .other: break
        }
    }

    mutating func take(_ line: DateLine, bareIsPublished: Bool) {
        published = published ?? line.first(.published)
        modified = modified ?? line.first(.modified)
        if bareIsPublished { published = published ?? line.first(.unlabelled) }
    }

    mutating func take(_ matter: FrontMatter) {
        headline = matter.title
        authors = matter.authors
        published = matter.published.flatMap { ArticleDate(metadata: $0, language: matter.language) }
        modified = matter.modified.flatMap { ArticleDate(metadata: $0, language: matter.language) }
        publisher = matter.publisher
        url = matter.url
        if let deck = matter.deck {
            blocks.append(Revision.Block(LineEnding.endsSentence(deck) ? .paragraph : .heading, deck))
        }
        language = matter.language ?? language
    }

    func revision() -> Revision {
        var guess = LanguageGuess()
        for block in blocks where block.kind != .caption {
            guess.read(block.text)
            if guess.isComplete { break }
        }
        if let headline { guess.read(headline) }
        return Revision(
            headline: headline, authors: authors, published: published?.description, modified: modified?.description,
            blocks: blocks, language: guess.tag ?? language, publisher: publisher, url: url)
    }
}
