import Extraction
import Models
import Testing

/// Articles, and the lines that pages put around them.
enum FurnitureFixture {
    struct Article: Sendable, CustomTestStringConvertible {
        let name: String
        /// Headline, byline, dates.
        let head: [String]
        let body: [String]

        var testDescription: String { name }
    }

    static let articles: [Article] = [
        Article(
            name: "a report", head: [PlainFixture.headline, "By Jane Doe", "3 November 2016"], body: PlainFixture.story),
        Article(
            name: "a report with headings, a caption and figures",
            head: [
                "Council votes to rebuild the old mole",
                "The ferry at the mole on Thursday. Photograph: Jane Doe/The Courier",
            ],
            body: [
                "The council of Delin voted on Tuesday by 21 to 14 to rebuild the old mole, at a cost of 3.4 million, before next winter.",
                "Why it broke",
                "The mole was built in 1912 and mended in 1954, and it has been closed since a storm tore away 40 metres of it in May.",
                "\"It should have been done ten years ago,\" said Otto Lind, who leads the fishermen. \"Now it will cost twice as much.\"",
                "What happens next",
                "Work is to begin in March. Until then the ferry will land at the timber quay, which can take only 2 boats at a time.",
                "The vote was the third in 4 years.",
            ]),
        Article(
            name: "ein deutscher Bericht",
            head: ["Fähre kehrt wegen des Sturms um", "Von Max Muster", "3. November 2016"],
            body: [
                "Die Fähre hatte den Hafen bei Sonnenaufgang mit vierzig Menschen an Bord verlassen, und die Flut kehrte sich bereits um.",
                "Gegen Mittag war der Wind nach Angaben des Hafenamts auf Stärke sieben gestiegen, und zwei kleinere Boote waren umgekehrt.",
                "Das Unternehmen teilte mit, dass niemand verletzt wurde und dass die Mannschaft für solches Wetter ausgebildet sei.",
            ]),
        Article(
            name: "تقرير", head: ["العبّارة تعود إلى الميناء بسبب العاصفة", "بقلم: سامي حداد"],
            body: [
                "غادرت العبّارة الميناء عند الفجر وعلى متنها أربعون راكبا، وكان المد قد بدأ بالانحسار حين مرت بالرصيف القديم.",
                "وقال مكتب الميناء إن الريح بلغت الدرجة السابعة عند الظهر، وإن قاربين صغيرين عادا إلى الرصيف قبل العبّارة.",
                "وأكدت الشركة أن أحدا لم يصب بأذى، وأن الطاقم مدرب على مثل هذا الطقس، وأن الرحلات ستستمر كالمعتاد.",
            ]),
        Article(
            name: "сообщение", head: ["Паром вернулся в порт из-за шторма", "3 ноября 2016"],
            body: [
                "Паром вышел из порта на рассвете, на борту было сорок человек, и прилив уже менялся, когда он проходил мимо мола.",
                "К полудню, по данным управления порта, ветер усилился до семи баллов, и две небольшие лодки вернулись к причалу.",
                "В компании сообщили, что никто не пострадал, что команда обучена работе в такую погоду и что рейсы продолжатся.",
            ]),
    ]

    static let above: [[String]] = [
        ["FRI 26 - 4 - 2024"], ["Saturday, April 27, 2024 | 10:33 GMT"], ["Home", "News", "Sport", "Opinion"],
        ["Skip to content", "Menu", "Search", "Sign in"], ["Home > News > World"], ["Advertisement"],
        ["Log in", "Subscribe"],
        ["Live TV"], ["Breaking news"],
    ]

    /// Below the byline.
    static let below: [[String]] = [
        ["Share", "Facebook", "Twitter", "Email"], ["Listen to this article"], ["5 min read"], ["12 comments"],
        ["Print this article"],
        ["Save for later", "Copy link"], ["3 hours ago"],
    ]

    static let between: [[String]] = [
        ["Advertisement"], ["Story continues below advertisement"], ["READ MORE: Harbour to be dredged in spring"],
        ["READ MORE: Two held after fire at the fish hall"], ["Share this article"],
        ["Facebook", "Twitter", "WhatsApp"],
        ["Sign up for our newsletter"], ["Follow us on Facebook"], ["Watch: The storm from above"], ["5 minutes ago"],
        ["17 minutes ago"],
        ["Delin: How the ferry was saved - Sea and People"], ["Listen to this article"],
        ["Lesen Sie auch: Der Hafen wird ausgebaggert"],
        ["اقرأ أيضا: تعميق المرفأ في الربيع"], ["Читайте также: Порт углубят весной"], ["Advert"],
    ]

    static let after: [[String]] = [
        ["Readers Comments (0)", "Add your comment"], ["Comments (17)", "Leave a comment"], ["Share", "Tweet"],
        [
            "Related News", "Harbour to be dredged in spring", "Pilot wins prize for the rescue",
            "Old mole to be repaired by winter",
        ],
        [
            "Related Articles", "Why the old mole broke", "Pilot wins prize for the rescue",
            "Two held after fire at the fish hall",
        ],
        [
            "Related stories", "Harbour to be dredged in spring",
            "Divers are to begin as soon as the ice has gone, the harbour office says.",
            "Pilot wins prize for the rescue", "Anna Brandt brought forty people home through the storm of the year.",
        ],
        [
            "SOURCE: The Courier and news agencies", "School to close for a week", "School to close for a week",
            "Four boats sold", "Four boats sold",
        ],
        ["Tags: storm, ferry, Delin"],
        [
            "Comments", "anna1984", "3 hours ago", "I was there and it was worse.", "Reply", "otto", "1 hour ago",
            "So was I.", "Reply",
        ],
        ["Most read", "Two held after fire at the fish hall", "School to close for a week", "Four boats sold"],
        ["You may also like", "School to close for a week", "Four boats sold"], ["Follow us on Twitter"],
        ["Sign up for our newsletter"], ["About us", "Contact us", "Privacy policy", "Terms of use"],
        ["Copyright 2024 . All rights reserved"], ["© 2025 The Delin Courier. All rights reserved."],
        ["Mehr zum Thema", "Der Hafen wird ausgebaggert", "Preis für die Lotsin"],
        ["مواضيع ذات صلة", "تعميق المرفأ في الربيع", "جائزة للمرشدة"],
        ["Читайте также", "Порт углубят весной", "Премия лоцману"],
    ]

    /// The article alone.
    static func bare(_ article: Article) -> String { (article.head + article.body).joined(separator: "\n\n") + "\n" }

    /// The article with furniture that depends on `seed` and on nothing else.
    static func page(_ article: Article, seed: UInt64) -> String {
        var chance = Chance(seed: seed)
        var parts: [String] = []
        func add(_ groups: [[String]], most: Int) {
            for _ in 0..<chance.below(most + 1) {
                let separator = chance.below(2) == 0 ? "\n" : "\n\n"
                parts.append(groups[chance.below(groups.count)].joined(separator: separator))
            }
        }
        add(above, most: 3)
        parts += article.head
        add(below, most: 2)
        for (index, paragraph) in article.body.enumerated() {
            // Before running text and behind it: what stands between a heading and its paragraph is another matter.
            let isText = paragraph.count > 80 && index > 0 && article.body[index - 1].count > 80
            if isText { add(between, most: 1) }
            parts.append(paragraph)
        }
        add(after, most: 4)
        return laid(parts, &chance)
    }

    /// With more or less white space between and around the lines.
    private static func laid(_ parts: [String], _ chance: inout Chance) -> String {
        var page = ""
        let indent = ["", "    ", "\t"][chance.below(3)]
        let end = ["\n", "\r\n", " \n"][chance.below(3)]
        for part in parts {
            for line in part.split(separator: "\n") { page += indent + line + end }
            page += end
        }
        return page
    }

    /// SplitMix64: the same numbers on every machine.
    struct Chance {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func below(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ mixed >> 31) % UInt64(bound))
        }
    }
}
