import Extraction
import Models

/// Texts made for one test each.
enum PlainFixture {
    static let headline = "Ferry turns back in the storm off Delin"

    /// Four paragraphs of running text.
    static let story = [
        "The ferry left the harbour at dawn with forty people on board, and the tide was already turning when it passed the mole.",
        "By noon, according to the harbour office, the wind had risen to seven, and two smaller boats had turned back to the quay.",
        "\"We have never seen the sea come up so fast,\" said Anna Brandt, the pilot, who has worked on the river for nineteen years.",
        "The company said that nobody was hurt, that the crew had been trained for such weather, and that sailings would go on.",
    ]

    static func read(_ text: String, language: String? = nil) -> Revision {
        PlainTextArticle.read(utf8: Array(text.utf8), language: language)
    }

    /// An empty line between each.
    static func read(paragraphs: [String]) -> Revision { read(paragraphs.joined(separator: "\n\n") + "\n") }

    /// The headline, the story, and the lines given where they are given.
    static func article(
        above: [String] = [], below: [String] = [], middle: [String] = [], after: [String] = []
    ) -> Revision {
        read(paragraphs: above + [headline] + below + story.prefix(2) + middle + story.suffix(2) + after)
    }
}

extension Revision {
    func texts(_ kind: Block.Kind = .paragraph) -> [String] { blocks.filter { $0.kind == kind }.map(\.text) }

    /// "paragraph: …" for each block: what a failed expectation should show.
    var outline: [String] { blocks.map { "\($0.kind): \($0.text)" } }
}
