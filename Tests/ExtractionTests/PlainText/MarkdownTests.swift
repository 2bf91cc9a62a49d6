import Extraction
import Models
import Testing

@Suite("Articles written as Markdown")
struct MarkdownTests {
    @Test("front matter gives headline, authors, dates and address, and is no text")
    func frontMatter() {
        let revision = PlainFixture.read(
            """
            ---
            title: "Ferry turns back: the storm off Delin"
            date: 2016-11-03 14:05:00 -0500
            lastmod: 2016-11-04
            authors:
              - Jane Doe
              - John Roe
            source: The Delin Courier
            url: https://courier.example/ferry
            lang: en
            tags: [storm, ferry]
            ---

            \(PlainFixture.story[0])
            """)
        #expect(revision.headline == "Ferry turns back: the storm off Delin")
        #expect(revision.authors == ["Jane Doe", "John Roe"])
        #expect(revision.published == "2016-11-03T14:05:00-05:00")
        #expect(revision.modified == "2016-11-04")
        #expect(revision.publisher == "The Delin Courier")
        #expect(revision.url == "https://courier.example/ferry")
        #expect(revision.outline == ["paragraph: \(PlainFixture.story[0])"])
    }

    @Test("front matter that is never closed is text")
    func openFrontMatter() {
        let revision = PlainFixture.read("---\ntitle: A\n\n" + PlainFixture.story.joined(separator: "\n\n"))
        #expect(revision.texts().suffix(4) == PlainFixture.story[...])
    }

    @Test(
        "front matter is read as people write it",
        arguments: [
            (
                "---\ntitle: \"Ferry turns back: the\n  storm off Delin\"\nweight: 1\n---\n",
                "Ferry turns back: the storm off Delin"
            ),
            ("\n---\ntitle: 'The pilot''s day'\n---\n", "The pilot's day"),
            ("draft: false\n---\ntitle: The pilot's day # not final\n---\n", "The pilot's day # not final"),
            ("---\ntitle: \"The \\\"old\\\" mole\" # as agreed\n---\n", "The \"old\" mole"),
            ("---\ntitle: 'Tis the season\nslug: season\n---\n", "'Tis the season"),
            ("---\ntitle: >-\n  Ferry turns\n  back\n---\n", "Ferry turns back"),
            (
                "---\ntitle: Ferry turns back\n  in the storm\n# a remark\n\ntopics:\n  - sea\n---\n",
                "Ferry turns back in the storm"
            ),
            ("+++\ntitle = \"Ferry turns back\"\n[params]\nweight = 1\n+++\n", "Ferry turns back"),
            ("---\r\ntitle: Ferry turns back\r\n---\r\n", "Ferry turns back"),
        ])
    func frontMatterForms(_ matter: String, _ title: String) {
        let revision = PlainFixture.read(matter + "\n" + PlainFixture.story[0] + "\n")
        #expect(revision.headline == title)
        #expect(revision.texts() == [PlainFixture.story[0]])
    }

    @Test("the deck in front matter stands at the beginning of the text")
    func deck() {
        let revision = PlainFixture.read(
            "---\ntitle: Ferry turns back\ndeck: Forty **people** were on board.\nsummary: Not shown.\n---\n\n\(PlainFixture.story[0])\n"
        )
        #expect(revision.texts() == ["Forty people were on board.", PlainFixture.story[0]])
    }

    @Test("a text between two rules is no front matter")
    func rules() {
        let revision = PlainFixture.read(
            "---\n\(PlainFixture.story[0])\nThe rule is: nobody sails alone.\n---\n\(PlainFixture.story[1])\n")
        #expect(revision.texts().contains(PlainFixture.story[0]))
        #expect(revision.texts().contains("The rule is: nobody sails alone."))
    }

    @Test("headings are written with signs in front or lines below")
    func headings() {
        let revision = PlainFixture.read(
            """
            # \(PlainFixture.headline) #

            \(PlainFixture.story[0])

            ## Rising water

            \(PlainFixture.story[1])

            Calm again
            ----------

            \(PlainFixture.story[2])
            """)
        #expect(revision.headline == PlainFixture.headline)
        #expect(
            revision.outline == [
                "paragraph: \(PlainFixture.story[0])", "heading: Rising water", "paragraph: \(PlainFixture.story[1])",
                "heading: Calm again", "paragraph: \(PlainFixture.story[2])",
            ])
        let underlined = PlainFixture.read("Ferry turns back\n================\n\n" + PlainFixture.story[0])
        #expect(underlined.headline == "Ferry turns back")
        #expect(underlined.texts() == [PlainFixture.story[0]])
    }

    @Test("lists, quotations and tables keep their kind and order")
    func kinds() {
        let revision = PlainFixture.read(
            """
            # Ferry turns back

            - forty *people*
            * two boats
            1. one pilot

            > The sea was never
            > so **high**.

            | Boat | People |
            |------|-------:|
            | Ferry | 40 |

            \(PlainFixture.story[0])
            """)
        #expect(
            revision.outline == [
                "listItem: forty people", "listItem: two boats", "listItem: one pilot",
                "quotation: The sea was never so high.",
                "paragraph: Boat | People", "paragraph: Ferry | 40", "paragraph: \(PlainFixture.story[0])",
            ])
    }

    @Test(
        "marks go and words stay",
        arguments: [
            ("a **bold** and *leaning* and ~~gone~~ word", "a bold and leaning and gone word"),
            ("see [the report](https://x.example/a_b \"title\") now", "see the report now"),
            ("see [the report][1] and [Moscow] (the city)", "see the report and [Moscow] (the city)"),
            ("a <b>bold</b> word<br>and <a href=\"https://x.example\">link</a>", "a bold word and link"),
            ("5 < 6 and 7 > 6, a_b_c stays", "5 < 6 and 7 > 6, a_b_c stays"), ("1 * 2 * 3", "1 * 2 * 3"),
            ("caf&eacute; &amp; bar &#8211; open", "café & bar – open"), ("\\*not bold\\*", "*not bold*"),
            ("run `make all` now", "run make all now"), ("<https://x.example/> is it", "https://x.example/ is it"),
            ("before ![the mole](mole.png) after", "before after"), ("{{< note >}}kept{{< /note >}}", "kept"),
        ])
    func inline(_ markdown: String, _ text: String) {
        let revision = PlainFixture.read("# Ferry turns back\n\n\(PlainFixture.story[0])\n\n\(markdown)\n")
        #expect(revision.texts() == [PlainFixture.story[0], text])
    }

    @Test("addresses of links are no text: changing one is no edit")
    func addresses() {
        let one = PlainFixture.read(
            "# Ferry\n\nSee [the report][1] and [the letter](https://a.example/1).\n\n[1]: https://a.example/r\n")
        let two = PlainFixture.read(
            "# Ferry\n\nSee [the report][1] and [the letter](https://b.example/2?x=1).\n\n[1]: https://b.example/s\n")
        #expect(one.texts() == ["See the report and the letter."])
        #expect(one.id == two.id)
    }

    @Test("a picture alone is the caption that it carries")
    func pictures() {
        let revision = PlainFixture.read(
            "# Ferry turns back\n\n\(PlainFixture.story[0])\n\n![The ferry at the mole](mole.png)\n\n\(PlainFixture.story[1])\n"
        )
        #expect(revision.texts(.caption) == ["The ferry at the mole"])
        #expect(revision.texts() == Array(PlainFixture.story.prefix(2)))
    }

    @Test("code is kept as a paragraph, and what looks like Markdown in it too")
    func code() {
        let revision = PlainFixture.read(
            "# Ferry turns back\n\n```\nmake all\n# not a heading\n```\n\n\(PlainFixture.story[0])\n")
        #expect(revision.texts() == ["make all # not a heading", PlainFixture.story[0]])
        #expect(revision.texts(.heading).isEmpty)
    }

    @Test("HTML blocks in Markdown are read as what they are")
    func html() {
        let revision = PlainFixture.read(
            "# Ferry turns back\n\n<h2>Rising water</h2>\n<p>\(PlainFixture.story[0])</p>\n<blockquote>The sea was high.</blockquote>\n"
        )
        #expect(
            revision.outline == [
                "heading: Rising water", "paragraph: \(PlainFixture.story[0])", "quotation: The sea was high.",
            ])
    }

    @Test("a paragraph over several lines is one")
    func softBreaks() {
        let lines = PlainFixture.story[0].replacing(", ", with: ",\n")
        let revision = PlainFixture.read("# Ferry turns back\n\n\(lines)\n")
        #expect(revision.texts() == [PlainFixture.story[0]])
    }

    @Test(
        "a sign in a text that is no Markdown is text",
        arguments: ["#1 in the league", "* the mole was built in 1912", "[sic]", "5 * 3 * 2"])
    func noMarkdown(_ line: String) {
        let revision = PlainFixture.article(middle: [
            line + " and stays where it is, as the harbour office said on Thursday."
        ])
        #expect(revision.blocks.count == 5)
        #expect(revision.texts().prefix(2) == PlainFixture.story[..<2])
    }
}
