import Extraction
import Models
import Testing

@Suite("What stands between and below the paragraphs of an article")
struct PlainTextBodyTests {
    private let story = PlainFixture.story.map { "paragraph: \($0)" }

    @Test(
        "lines of the page between paragraphs are left out",
        arguments: [
            ["Advertisement"], ["ADVERT"], ["Story continues below advertisement"], ["Share this article"],
            ["Facebook", "Twitter", "WhatsApp", "Email"], ["Share", "Tweet", "Print"],
            ["READ MORE: Harbour to be dredged in spring"], ["Read more: Harbour to be dredged in spring"],
            ["ALSO READ | Harbour to be dredged in spring"], ["► Watch: The storm from above"],
            ["Lire aussi : Le port sera dragué au printemps"], ["Читайте также: Порт углубят весной"],
            ["اقرأ أيضا: تعميق المرفأ في الربيع"], ["延伸阅读：港口将于春季疏浚"],
            ["Sign up for our newsletter"], ["Get the latest news in your inbox: sign up for the daily briefing"],
            ["Follow us on Facebook and Twitter"], ["Subscribe to our podcast"], ["Listen to this article"],
            ["Watch: The storm from above"],
            ["The storm from above - video"], ["Delin: How the ferry was saved - Sea and People"], ["2 min read"],
            ["Comments (12)"], ["5 minutes ago"], ["2h ago"], ["3小时前"], ["منذ 5 دقائق"],
        ])
    func between(_ lines: [String]) {
        let revision = PlainFixture.article(middle: lines)
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.outline == story)
    }

    @Test(
        "lines that resemble furniture and say something stay",
        arguments: [
            "Read the letter that the harbour office sent to the company in full, and judge for yourself what was known.",
            "Advertisement revenue fell by a third in the year of the storm, the company said in its report.",
            "Watch the tide: that is what the old pilots used to say to the young ones on the river.",
            "Share prices fell by four per cent in the first hour after the report was published on Thursday.",
            "\"Sign up for the lottery by Friday\", the notice on the door of the town hall said in large letters.",
        ])
    func kept(_ line: String) {
        let revision = PlainFixture.article(middle: [line])
        #expect(revision.texts().contains(line))
        #expect(revision.blocks.count == 5)
    }

    @Test("a heading above running text is a heading, and names in it do not make it furniture")
    func headings() {
        for heading in [
            "Rising water", "What comes next?", "Delin: the town by the river", "Two Boats - One Pilot",
            "Day three - the calm",
        ] {
            let revision = PlainFixture.article(middle: [heading])
            #expect(revision.texts(.heading) == [heading])
            #expect(revision.texts() == PlainFixture.story)
        }
    }

    @Test(
        "what follows the article is left out",
        arguments: [
            ["Comments", "Leave a comment"], ["Readers Comments (0)", "Add your comment"],
            [
                "Comments", "anna1984", "2 hours ago",
                "I was on that boat and it was worse than you write here, believe me.", "Reply", "otto", "1 hour ago",
                "So was my brother, and he says the same as you do.", "Reply",
            ],
            ["Related articles", "Harbour to be dredged in spring", "Pilot wins prize", "Old mole to be repaired"],
            ["Most read", "Harbour to be dredged in spring", "Pilot wins prize", "Old mole to be repaired"],
            ["Mehr zum Thema", "Der Hafen wird ausgebaggert", "Preis für die Lotsin"],
            ["مواضيع ذات صلة", "تعميق المرفأ في الربيع", "جائزة للمرشدة"],
            ["You may also like", "Harbour to be dredged in spring", "Pilot wins prize"],
            ["Copyright 2024 . All rights reserved"], ["© 2024 The Delin Courier. All rights reserved."],
            ["Alle Rechte vorbehalten"], ["About us", "Contact us", "Privacy policy", "Terms of use"],
            ["Contact us | Terms of use | Privacy policy"],
            ["SOURCE: The Courier and news agencies"],
            ["Source: The Courier", "Related news", "Pilot wins prize", "Old mole to be repaired"],
            [
                "Share this article", "Facebook", "Twitter", "Related news", "Pilot wins prize",
                "Copyright 2024. All rights reserved",
            ],
            ["Follow us on Twitter", "Sign up for our newsletter"],
            ["ab/cd", "Copyright 2024 The Courier. All rights reserved."],
            ["Tags: storm, ferry, Delin", "Related news", "Pilot wins prize", "Old mole to be repaired"],
        ])
    func after(_ lines: [String]) {
        let revision = PlainFixture.article(after: lines)
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.outline == story)
    }

    @Test("a list of other stories in the middle is left out, and the text behind it stays")
    func listInTheMiddle() {
        let revision = PlainFixture.article(middle: [
            "Related articles\nHarbour to be dredged in spring\nPilot wins prize"
        ])
        #expect(revision.outline == story)
    }

    @Test("the source and the dates below the article are taken")
    func closingLabels() {
        let revision = PlainFixture.article(after: [
            "Source: The Delin Courier and agencies", "Last updated: 4 November 2016",
        ])
        #expect(revision.publisher == "The Delin Courier")
        #expect(revision.modified == "2016-11-04")
        #expect(revision.outline == story)
    }

    @Test("an article about comments and copyright is not cut off")
    func subjects() {
        let paragraphs = [
            "Comments on the new law were invited until Friday, and more than four thousand were received by the ministry in time.",
            "Copyright would last for fifty years after the death of the author, instead of seventy, if the law were passed as it is.",
            "Related rights, such as those of singers and players, would not be changed by it, according to the minister of justice.",
        ]
        let revision = PlainFixture.read(paragraphs: ["Minister defends the new law"] + paragraphs)
        #expect(revision.texts() == paragraphs)
    }

    @Test("the stamps of a live blog stay with their entries when they are times of day")
    func liveBlog() {
        let revision = PlainFixture.article(middle: ["14:05"])
        #expect(revision.texts() == PlainFixture.story)
        #expect(revision.blocks.count <= 5)
    }

    @Test("items of a list and quotations are blocks of their own kind")
    func kinds() {
        let revision = PlainFixture.article(middle: [
            "- forty people were on board\n- two boats turned back", "> The sea was never so high.",
        ])
        #expect(revision.texts(.listItem) == ["forty people were on board", "two boats turned back"])
        #expect(revision.texts(.quotation) == ["The sea was never so high."])
        #expect(revision.texts() == PlainFixture.story)
        let kinds = revision.blocks.map(\.kind)
        #expect(kinds == [.paragraph, .paragraph, .listItem, .listItem, .quotation, .paragraph, .paragraph])
    }
}
