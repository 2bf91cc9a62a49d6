/// A distinct state of an article's content: headline, byline, dates and body, as one extractor version reads them.
public struct Revision: Hashable, Sendable {
    /// A piece of the body, in reading order.
    public struct Block: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// `standfirst` is the summary between headline and text: what readers see of an article before they read it.
            case paragraph, heading, listItem, quotation, caption, standfirst
        }
        public let kind: Kind
        /// One line, white space collapsed; never empty.
        public let text: String
        public init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    public var headline: String?
    public var authors: [String]
    /// ISO 8601: `2016-11-03`, or `2016-11-03T14:05:00Z` with `Z` or the offset that the page gave.
    public var published: String?
    public var modified: String?
    public var blocks: [Block]
    /// BCP 47, as declared or recognised. Not part of the identity: it says nothing that the text does not.
    public var language: String?
    /// The outlet's name. Not part of the identity.
    public var publisher: String?
    /// The address that the page declares as its own, resolved. Not part of the identity.
    public var url: String?

    public init(
        headline: String? = nil, authors: [String] = [], published: String? = nil, modified: String? = nil,
        blocks: [Block] = [], language: String? = nil, publisher: String? = nil, url: String? = nil
    ) {
        self.headline = headline
        self.authors = authors
        self.published = published
        self.modified = modified
        self.blocks = blocks
        self.language = language
        self.publisher = publisher
        self.url = url
    }

    /// SHA-256 of the canonical JSON of headline, authors, dates and body: two captures with the same id say the same.
    public var id: ObjectID {
        ObjectID(
            hashing: JSON.object([
                .init("authors", .array(authors.map { .string($0) })),
                .init("body", .array(blocks.map { [.string($0.kind.rawValue), .string($0.text)] })),
                .init("headline", JSON(headline)), .init("modified", JSON(modified)),
                .init("published", JSON(published)),
            ]).canonicalBytes)
    }

    /// The text as people read it: headline, byline, then the blocks, an empty line between each.
    public var text: String {
        var lines: [String] = []
        if let headline { lines.append(headline) }
        let byline = authors.joined(separator: ", ")
        let dates = [published, modified.map { "modified \($0)" }].compactMap(\.self).joined(separator: ", ")
        let under = [byline, dates].filter { !$0.isEmpty }.joined(separator: " · ")
        if !under.isEmpty { lines.append(under) }
        lines += blocks.map { block in
            switch block.kind {
            case .paragraph, .caption, .standfirst: block.text
            case .heading: "## " + block.text
            case .listItem: "- " + block.text
            case .quotation: "> " + block.text
            }
        }
        return lines.joined(separator: "\n\n") + "\n"
    }
}
