import Extraction
import Models
import Testing

@Suite("Furniture changes and the article does not")
struct PlainTextStabilityTests {
    private typealias Fixture = FurnitureFixture

    @Test(
        "whatever furniture a page has, the revision is that of the article alone", arguments: FurnitureFixture.articles
    )
    func furniture(_ article: FurnitureFixture.Article) {
        let bare = PlainFixture.read(Fixture.bare(article))
        #expect(bare.headline == article.head.first)
        #expect(bare.blocks.suffix(article.body.count).map(\.text) == article.body)
        var pages: Set<String> = []
        for seed in 0..<400 as Range<UInt64> {
            let page = Fixture.page(article, seed: seed)
            pages.insert(page)
            let revision = PlainFixture.read(page)
            guard revision.id != bare.id else { continue }
            Issue.record("seed \(seed): \(revision.headline ?? "no headline"), \(revision.outline)\n\(page)")
            return
        }
        #expect(pages.count > 300)
    }

    @Test("a single line of furniture, wherever it stands, changes nothing", arguments: FurnitureFixture.articles)
    func singleLines(_ article: FurnitureFixture.Article) {
        let bare = PlainFixture.read(Fixture.bare(article))
        var pages: [String] = []
        for lines in Fixture.above { pages.append((lines + article.head + article.body).joined(separator: "\n\n")) }
        for lines in Fixture.below { pages.append((article.head + lines + article.body).joined(separator: "\n\n")) }
        for lines in Fixture.after { pages.append((article.head + article.body + lines).joined(separator: "\n\n")) }
        #expect(pages.count == Fixture.above.count + Fixture.below.count + Fixture.after.count)
        for page in pages where PlainFixture.read(page).id != bare.id {
            Issue.record("\(PlainFixture.read(page).outline)\n\(page)")
        }
    }

    @Test("another word anywhere is another revision, with any furniture", arguments: FurnitureFixture.articles)
    func words(_ article: FurnitureFixture.Article) {
        let bare = PlainFixture.read(Fixture.bare(article))
        var changed = 0
        for (index, paragraph) in article.body.enumerated() {
            let words = paragraph.split(separator: " ")
            for place in words.indices where words[place].contains(where: \.isLetter) {
                var other = words
                other[place] = Substring(String(words[place].map { $0.isLetter ? "x" : $0 }))
                guard other[place] != words[place] else { continue }
                expectEdit(article, index, other.joined(separator: " "), from: bare, seed: UInt64(changed))
                changed += 1
            }
        }
        #expect(changed >= 30)
    }

    @Test("another digit is another revision")
    func digits() {
        let article = Fixture.articles[1]
        let bare = PlainFixture.read(Fixture.bare(article))
        var changed = 0
        for (index, paragraph) in article.body.enumerated() {
            for place in paragraph.indices where paragraph[place].isNumber {
                var other = paragraph
                other.replaceSubrange(place...place, with: paragraph[place] == "7" ? "8" : "7")
                expectEdit(article, index, other, from: bare, seed: UInt64(changed))
                changed += 1
            }
        }
        #expect(changed >= 18)
    }

    @Test("a sentence or a paragraph more or less is another revision", arguments: FurnitureFixture.articles)
    func sentences(_ article: FurnitureFixture.Article) {
        let bare = PlainFixture.read(Fixture.bare(article))
        for (index, paragraph) in article.body.enumerated() {
            let seed = UInt64(index)
            expectEdit(article, index, paragraph + " Nobody had seen it.", from: bare, seed: seed)
            expectEdit(article, index, "Nobody had seen it. " + paragraph, from: bare, seed: seed + 100)
            var body = article.body
            body.remove(at: index)
            let shorter = Fixture.Article(name: article.name, head: article.head, body: body)
            let revision = PlainFixture.read(Fixture.page(shorter, seed: seed))
            #expect(revision.id != bare.id)
            #expect(!revision.blocks.contains { $0.text == paragraph })
            body = article.body
            body.insert(
                "Nobody was on the quay to see it, according to the three people who were asked by the harbour office.",
                at: index)
            let longer = Fixture.Article(name: article.name, head: article.head, body: body)
            #expect(PlainFixture.read(Fixture.page(longer, seed: seed)).blocks.contains { $0.text == body[index] })
        }
    }

    @Test("another headline, writer or date is another revision")
    func head() {
        let article = Fixture.articles[0]
        let bare = PlainFixture.read(Fixture.bare(article))
        for (index, line) in ["Ferry turned back in the storm off Delin", "By Jane Roe", "4 November 2016"].enumerated()
        {
            var head = article.head
            head[index] = line
            #expect(PlainFixture.read(Fixture.bare(.init(name: "", head: head, body: article.body))).id != bare.id)
        }
    }

    /// The paragraph at `index` reads `text` instead: the body has it, and the rest is as it was.
    private func expectEdit(
        _ article: FurnitureFixture.Article, _ index: Int, _ text: String, from bare: Revision, seed: UInt64
    ) {
        var body = article.body
        body[index] = text
        let edited = Fixture.Article(name: article.name, head: article.head, body: body)
        let revision = PlainFixture.read(Fixture.page(edited, seed: seed))
        #expect(revision.id != bare.id)
        #expect(revision.blocks.suffix(body.count).map(\.text) == body)
    }
}
