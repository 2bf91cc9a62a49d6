import Extraction
import Models

/// Pages made for one test each.
enum PageFixture {
    /// Three paragraphs of running text.
    static let story = [
        "The ferry left the harbour at dawn, with forty people on board, and the tide was already turning when it passed the mole.",
        "By noon, according to the harbour office, the wind had risen to seven, and two smaller boats had turned back to the quay.",
        "The company said that nobody was hurt, that the crew had been trained for such weather, and that sailings would go on.",
    ]

    static var paragraphs: String { story.map { "<p>\($0)</p>" }.joined(separator: "\n") }

    static let nav = "<nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>"

    static func page(_ body: String, head: String = "", attributes: String = "lang=en") -> Revision {
        let html =
            "<!DOCTYPE html><html \(attributes)><head><title>Ferry in the storm | The Post</title>\(head)</head><body>\(body)</body></html>"
        return revision(html)
    }

    static func revision(_ html: String, url: String? = "https://post.example/news/1") -> Revision {
        ArticleReader.read(Array(html.utf8), mediaType: "text/html; charset=utf-8", url: url).revision ?? Revision()
    }

    static func texts(_ revision: Revision, _ kind: Revision.Block.Kind = .paragraph) -> [String] {
        revision.blocks.filter { $0.kind == kind }.map(\.text)
    }
}
