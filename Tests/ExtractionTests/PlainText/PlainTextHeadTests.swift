import Extraction
import Models
import Testing

@Suite("What stands above the text of an article")
struct PlainTextHeadTests {
    private let story = PlainFixture.story.map { "paragraph: \($0)" }

    @Test("the first line is the headline and the paragraphs are the body, in order")
    func plain() {
        let revision = PlainFixture.article()
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.outline == story)
        #expect(revision.language == "en")
        #expect(revision.published == nil)
        #expect(revision.authors.isEmpty)
    }

    @Test(
        "lines of the page above the headline are left out",
        arguments: [
            ["FRI 26 - 4 - 2024"], ["Friday, April 26, 2024 | 10:33 GMT"], ["Home", "News", "Sport", "Weather"],
            ["Skip to content", "Menu", "Search", "Sign in"], ["Home > World > Europe"], ["ADVERTISEMENT"], ["Advert"],
            ["Breaking news"], ["Subscribe", "Log in"],
            [
                "Home", "News", "World", "Politics", "Business", "Technology", "Health", "Culture", "Opinion", "Video",
                "Travel",
                "Contact us",
            ],
        ])
    func navigation(_ lines: [String]) {
        let revision = PlainFixture.article(above: lines)
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.outline == story)
    }

    @Test("the menu of a site in lines of its own without gaps is left out")
    func menu() {
        let menu = [
            "The Delin Courier", "Home", "News", "World", "Politics", "Business", "Technology", "Health", "Culture",
            "Opinion",
            "Video", "Sign in", "Subscribe",
        ]
        let text = ([menu.joined(separator: "\n"), PlainFixture.headline] + PlainFixture.story).joined(
            separator: "\n\n")
        let revision = PlainFixture.read(text)
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.outline == story)
    }

    @Test(
        "a line that names the writer is the byline",
        arguments: [
            ("By Jane Doe", ["Jane Doe"]), ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
            ("BY JANE DOE, JOHN ROE AND MAX MUSTER", ["JANE DOE", "JOHN ROE", "MAX MUSTER"]),
            ("By Jane Doe in Beirut", ["Jane Doe"]), ("By Jane Doe, Reuters", ["Jane Doe"]),
            ("Written by Jane van der Berg", ["Jane van der Berg"]), ("Von Max Muster", ["Max Muster"]),
            ("Par Marie Curie et Jean Dupont", ["Marie Curie", "Jean Dupont"]),
            ("Автор: Анна Иванова", ["Анна Иванова"]),
            ("بقلم: سامي حداد", ["سامي حداد"]), ("מאת דנה לוי", ["דנה לוי"]), ("作者：王小明", ["王小明"]),
            ("By Jane Doe | Nov 3, 2016", ["Jane Doe"]), ("Author: Jane Doe", ["Jane Doe"]),
        ])
    func bylines(_ line: String, _ authors: [String]) {
        let revision = PlainFixture.article(below: [line])
        #expect(revision.authors == authors)
        #expect(revision.outline == story)
    }

    @Test(
        "a line that looks like a byline and is none stays",
        arguments: ["By Friday the water had gone", "By the river, in the rain"])
    func noByline(_ line: String) {
        let revision = PlainFixture.article(below: [line])
        #expect(revision.authors.isEmpty)
        #expect(revision.blocks.map(\.text).contains(line))
    }

    @Test(
        "lines of dates give the times of publication and change",
        arguments: [
            (["Nov 3, 2016"], "2016-11-03", nil),
            (["Published: 3 November 2016 14:05 GMT"], "2016-11-03T14:05:00Z", nil),
            (["Published: Nov 3, 2016 | Updated: Nov 4, 2016"], "2016-11-03", "2016-11-04"),
            (["Published 3 November 2016", "Updated 4 November 2016"], "2016-11-03", "2016-11-04"),
            (["Date: Nov 3, 2016", "Source: The Delin Courier"], "2016-11-03", nil),
            (["Posted on Nov 3, 2016 by Jane Doe"], "2016-11-03", nil),
            (["By Jane Doe", "2016-11-03"], "2016-11-03", nil),
            (["3 hours ago"], nil, nil), (["3/11/2016"], nil, nil), (["14:05"], nil, nil),
        ] as [([String], String?, String?)])
    func dates(_ lines: [String], _ published: String?, _ modified: String?) {
        let revision = PlainFixture.article(below: lines)
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.published == published)
        #expect(revision.modified == modified)
        #expect(revision.outline == story)
    }

    @Test("labels above the headline are read, and the headline is what follows them")
    func labels() {
        let revision = PlainFixture.article(above: [
            "SAT 27 - 4 - 2024", "Date: Nov 3, 2016\nSource: The Delin Courier",
        ])
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.published == "2016-11-03")
        #expect(revision.publisher == "The Delin Courier")
        #expect(revision.outline == story)
    }

    @Test("the language that was declared settles a date of three numbers")
    func declaredLanguage() {
        let text = ([PlainFixture.headline, "3/11/2016"] + PlainFixture.story).joined(separator: "\n\n")
        #expect(PlainFixture.read(text, language: "en-GB").published == "2016-11-03")
        #expect(PlainFixture.read(text, language: "en-US").published == "2016-03-11")
        #expect(PlainFixture.read(text).published == nil)
    }

    @Test("the title of the page gives the name of the site, and the headline is given once")
    func pageTitle() {
        let revision = PlainFixture.article(above: ["\(PlainFixture.headline) - The Delin Courier"])
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.publisher == "The Delin Courier")
        #expect(revision.outline == story)
    }

    @Test("the headline said twice is no heading")
    func headlineTwice() {
        let revision = PlainFixture.article(below: [PlainFixture.headline])
        #expect(revision.outline == story)
    }

    @Test("a line under the headline that says more of it is kept")
    func deck() {
        let standfirst = PlainFixture.article(below: [
            "Harbour office says that the wind rose faster than it was forecast to rise."
        ])
        #expect(standfirst.headline == PlainFixture.headline)
        #expect(
            standfirst.texts().first == "Harbour office says that the wind rose faster than it was forecast to rise.")
        #expect(standfirst.blocks.count == 5)
        let deck = PlainFixture.article(below: ["Forty people were on board", "By Jane Doe"])
        #expect(deck.texts(.heading) == ["Forty people were on board"])
        #expect(deck.authors == ["Jane Doe"])
    }

    @Test("the byline may stand below the standfirst")
    func standfirst() {
        let revision = PlainFixture.article(below: [
            "The harbour office says that the wind rose faster than it was forecast to rise on Thursday.",
            "By Jane Doe",
            "Published: 3 November 2016",
        ])
        #expect(revision.authors == ["Jane Doe"])
        #expect(revision.published == "2016-11-03")
        #expect(revision.blocks.count == 5)
    }

    @Test(
        "the line under a picture is a caption",
        arguments: [
            "The ferry at the mole on Thursday. Photograph: Jane Doe/The Courier",
            "The ferry at the mole on Thursday. REUTERS/Jane Doe",
            "The ferry at the mole on Thursday [Jane Doe/AFP]", "The ferry at the mole. (AP Photo/Jane Doe)",
            "FILE - The ferry at the mole in spring", "Photo: Jane Doe", "Foto: dpa", "صورة: رويترز",
            "The ferry at the mole on Thursday © Jane Doe",
        ])
    func captions(_ line: String) {
        let below = PlainFixture.article(below: [line])
        #expect(below.texts(.caption) == [line])
        #expect(below.texts() == PlainFixture.story)
        let middle = PlainFixture.article(middle: [line])
        #expect(middle.texts(.caption) == [line])
        #expect(middle.texts() == PlainFixture.story)
    }

    @Test("the line after \"Image caption\" is a caption")
    func announcedCaption() {
        let revision = PlainFixture.article(middle: ["Image caption,\nThe ferry before the storm"])
        #expect(revision.texts(.caption) == ["The ferry before the storm"])
        #expect(revision.texts() == PlainFixture.story)
    }

    @Test("a text without a headline is all body")
    func noHeadline() {
        let revision = PlainFixture.read(paragraphs: PlainFixture.story)
        #expect(revision.headline == nil)
        #expect(revision.outline == story)
    }

    @Test("one line is a headline when it reads like one, else a paragraph; no text is no article")
    func oneLine() {
        let title = PlainFixture.read("Ferry turns back in the storm")
        #expect(title.headline == "Ferry turns back in the storm")
        #expect(title.blocks.isEmpty)
        let sentence = PlainFixture.read(PlainFixture.story[0])
        #expect(sentence.headline == nil)
        #expect(sentence.texts() == [PlainFixture.story[0]])
        for empty in ["", "\n", " \n\t\n\u{A0}\n", "\u{FEFF}"] {
            let revision = PlainFixture.read(empty)
            #expect(revision.headline == nil)
            #expect(revision.blocks.isEmpty)
        }
    }
}
