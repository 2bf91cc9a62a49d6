import Diffing
import Models
import Testing

@Suite("Capture health")
struct PageHealthTests {
    private static let story = [
        flood, bridge, school, relief,
        "The mayor of Osterby, Marta Lund, said that the dykes north of the town had held but would have to be raised by a metre before autumn.",
        "“We were lucky this time,” she told the Karna Post. “Another hour of rain and the hospital would have been cut off.”",
        "Engineers from the regional water board began to inspect the pumping stations on Wednesday, two of which had failed during the night.",
        "Farmers in the lower valley reported the loss of some 300 sheep and most of the potato harvest. The region has asked for help.",
        "Insurers expect claims of about 40 million crowns, according to Henrik Dahl, who heads their association.",
    ]
    static let article = Revision(
        headline: "Flood in Osterby leaves forty cellars under water",
        blocks: story.map { .init(.paragraph, $0) }, publisher: "Karna Post")

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let page: CapturedPage
        let isFirst: Bool
        let expected: String

        init(
            _ name: String, _ expected: String, first: Bool = false, status: Int? = 200, title: String? = nil,
            headline: String? = nil, isLedHome: Bool = false, _ lines: [String]
        ) {
            testDescription = name
            self.expected = expected
            isFirst = first
            page = CapturedPage(
                revision: Revision(
                    headline: headline, blocks: lines.map { .init(.paragraph, $0) }, publisher: "Karna Post"),
                status: status, title: title, isLedHome: isLedHome)
        }
    }

    private static let index = (1...20).map { "Council votes on plan \($0) for the northern quarter" }
    private static let rewritten = [
        "Rescuers worked through the night.",
        "Water from the hills reached the old town towards ten, and by midnight nobody could pass the market.",
        "No lives were lost. The army sent two hundred soldiers with boats.",
    ]
    private static let aboutCookies =
        Array(
            repeating:
                "Publishers have relied on cookies for twenty years, and few readers understood what they agreed to.",
            count: 12)
        + ["“We value your privacy” is how most of the banners begin, researchers found."]

    static let withHistory: [Case] = [
        Case("the same page", "healthy", headline: article.headline, story),
        Case(
            "a page with one figure changed", "healthy", headline: article.headline,
            [flood.replacing("forty", with: "sixty")] + story.dropFirst()),
        Case("half of the paragraphs gone", "healthy", headline: article.headline, Array(story.prefix(5))),
        Case("three times as long", "healthy", headline: article.headline, story + rewritten + aboutCookies),
        Case("rewritten under the same headline", "healthy", headline: article.headline, rewritten),
        Case("the beginning alone", "suspect stub", headline: article.headline, [flood + " " + bridge]),
        Case(
            "the beginning and an offer", "suspect loginWall", headline: article.headline,
            [flood, bridge, "Already a subscriber? Log in to continue."]),
        Case(
            "a French offer", "suspect loginWall", headline: article.headline,
            [flood, bridge, "Cet article est réservé aux abonnés."]),
        Case(
            "a log-in page", "suspect loginWall", headline: "Welcome back", ["Sign in to continue to the Karna Post."]),
        Case("nothing at all", "suspect empty", []),
        Case(
            "a bot check", "suspect captcha", title: "Just a moment...",
            ["Checking your browser before accessing the site."]),
        Case(
            "a bot check by status", "suspect captcha", status: 403,
            ["Verify you are human by completing the action below."]),
        Case("a Russian bot check", "suspect captcha", headline: "Проверка", ["Подтвердите, что вы не робот."]),
        Case("a Chinese bot check", "suspect captcha", headline: "验证", ["请完成验证后继续访问。"]),
        Case("a Turkish bot check", "suspect captcha", ["Devam etmek için robot olmadığınızı doğrulayın."]),
        Case(
            "a consent wall", "suspect consentWall", headline: "We value your privacy",
            ["We and our partners store and/or access information on a device.", "Accept all", "Manage preferences"]),
        Case(
            "a German consent wall", "suspect consentWall", headline: "Mit Werbung weiterlesen",
            ["Wir und unsere Partner verarbeiten Daten.", "Zustimmen und weiter"]),
        Case(
            "a Spanish consent wall", "suspect consentWall", headline: "Tu privacidad es importante",
            ["Utilizamos cookies propias y de terceros."]),
        Case(
            "an Italian consent wall", "suspect consentWall",
            ["Noi e i nostri partner utilizziamo i cookie.", "Accetta e continua"]),
        Case(
            "a Dutch consent wall", "suspect consentWall",
            ["Wij gebruiken cookies om de site te verbeteren.", "Alles accepteren"]),
        Case(
            "a Portuguese consent wall", "suspect consentWall",
            ["Usamos cookies para melhorar a sua experiência.", "Aceitar todos"]),
        Case(
            "an Arabic consent wall", "suspect consentWall",
            ["نستخدم ملفات تعريف الارتباط لتحسين الموقع.", "قبول الكل"]),
        Case("a Hebrew error page", "suspect errorPage", headline: "שגיאה", ["הדף לא נמצא"]),
        Case("a Japanese error page", "suspect errorPage", headline: "エラー", ["お探しのページが見つかりません。"]),
        Case(
            "an error page with status 200", "suspect errorPage", headline: "Page not found",
            ["The page you requested could not be found."]),
        Case("a server's failure", "suspect errorPage", status: 500, ["Internal Server Error"]),
        Case("a gateway's failure without words", "suspect errorPage", status: 502, []),
        Case("not found", "gone", status: 404, headline: "Page not found", ["Try the search."]),
        Case("gone for good", "gone", status: 410, []),
        Case("unavailable for legal reasons", "gone withdrawn", status: 451, []),
        Case("not found, but the article is there", "healthy", status: 404, headline: article.headline, story),
        Case(
            "taken down", "suspect withdrawn", headline: article.headline,
            ["This article has been removed pending review. We will publish a statement on Friday."]),
        Case(
            "taken down in Spanish", "suspect withdrawn", headline: "Aviso",
            ["Este artículo ha sido retirado por decisión de la redacción."]),
        Case("taken down in Chinese", "suspect withdrawn", ["该文章已被删除"]),
        Case(
            "taken down with status 404", "gone withdrawn", status: 404,
            ["This story has been removed for legal reasons."]),
        Case("the index page", "suspect homePage", headline: "News from the valley", index),
        Case("the index page under the outlet's name", "suspect homePage", headline: "Karna Post", rewritten),
        Case("led to the root", "suspect homePage", headline: "Today", isLedHome: true, rewritten),
        Case(
            "another article", "suspect other", headline: "Ten walks along the coast",
            aboutCookies.dropLast().map { $0 + " Walks." }),
    ]

    static let first: [Case] = [
        Case("an article", "healthy", first: true, headline: article.headline, story),
        Case("a brief", "healthy", first: true, headline: "Boy missing", ["The boy was not found, police said."]),
        Case("an article about consent walls", "healthy", first: true, headline: "How banners trick us", aboutCookies),
        Case(
            "a brief about access", "healthy", first: true,
            headline: "Aid convoy is denied access to the town in the east",
            ["Access denied again: lorries turned back on Friday, the agency said."]),
        Case(
            "a bot check", "suspect captcha", first: true, title: "Just a moment...",
            ["Enable JavaScript and cookies to continue"]),
        Case(
            "a consent wall", "suspect consentWall", first: true, headline: "Before you continue",
            ["We use cookies and data to deliver and maintain services.", "Reject all", "Accept all"]),
        Case("an error page", "suspect errorPage", first: true, headline: "404 Not Found", ["nginx"]),
        Case("nothing", "suspect empty", first: true, []),
        Case("not found", "gone", first: true, status: 404, ["Not here."]),
    ]

    @Test("each page is judged as a reporter would", arguments: withHistory + first)
    func judged(_ expected: Case) {
        let health = PageHealth.judge(expected.page, earlier: expected.isFirst ? [] : [Self.article])
        let told = [health.state.rawValue, health.reason?.rawValue].compactMap(\.self).joined(separator: " ")
        #expect(told == expected.expected)
        #expect(!health.isReturned)
    }

    @Test("the table has every reason")
    func table() {
        let reasons = Set(
            (Self.withHistory + Self.first).compactMap {
                $0.expected.split(separator: " ").dropFirst().first.map(String.init)
            })
        #expect(reasons == Set(PageHealth.Reason.allCases.map(\.rawValue)))
    }

    @Test("an article that is back after it was gone has returned")
    func returned() {
        let page = CapturedPage(revision: Self.article, status: 200)
        for last in [PageHealth.State.gone, .suspect] {
            #expect(PageHealth.judge(page, earlier: [Self.article], last: last).isReturned)
        }
        #expect(!PageHealth.judge(page, earlier: [Self.article], last: .healthy).isReturned)
        #expect(!PageHealth.judge(page, earlier: []).isReturned)
        let gone = CapturedPage(revision: nil, status: 404)
        #expect(!PageHealth.judge(gone, earlier: [Self.article], last: .suspect).isReturned)
    }

    @Test("any earlier good revision will do, and the latest gives the likeness")
    func likeness() throws {
        let other = Revision(headline: "Other", blocks: Self.rewritten.map { .init(.paragraph, $0) })
        let health = PageHealth.judge(CapturedPage(revision: Self.article), earlier: [other, Self.article])
        #expect(health.state == .healthy)
        #expect(try #require(health.likeness) < 0.2)
        let same = PageHealth.judge(CapturedPage(revision: Self.article), earlier: [Self.article])
        #expect(same.state == .healthy)
    }
}
