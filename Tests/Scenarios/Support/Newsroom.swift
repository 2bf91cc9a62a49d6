import Foundation
import Models
import Testing

/// An archive with everything that pages must be able to show: several sites and scripts, a long life, pages that are no articles, names that
/// mean something in markup, notes, snapshots.
struct Newsroom {
    let archive = "press"
    private let machine: Machine
    private var records: [String] = []

    init(_ machine: Machine) throws {
        self.machine = machine
        try machine.stet("init", archive, "--name", "The Delin <Desk> & “Co”")
        addLives()
        addScripts()
        addOddPages()
        try machine.write(records.joined(), to: "crawl.warc")
        #expect(try run("capture", "crawl.warc").exit == 0)
        try captureFiles()
        try #require(try run("snapshot", "-m", "First <b>snapshot</b> & more").exit == 0)
        try addNotes()
    }

    @discardableResult
    private func run(_ arguments: String...) throws -> Machine.Run {
        try machine.run(Machine.stet, ["--archive", archive] + arguments)
    }

    /// Captures of an article through a day, and the same event told elsewhere.
    private mutating func addLives() {
        for number in 0..<60 {
            var story = Story.paragraphs
            // Some captures differ in the page around the article alone, some in a figure, some in what somebody said.
            story[1] = story[1].replacingOccurrences(of: "4,200", with: "4,\(200 + number / 7 * 10)")
            if number > 30 { story[4] += " It was painted green in the year of the war, by order of the mayor." }
            if number > 45 { story.remove(at: 3) }
            add(
                "https://post.example/2026/bridge", at: number * 23,
                Story.page(
                    headline: number > 20 ? "Bridge to stay closed until summer" : "Bridge to stay closed until spring",
                    story,
                    related: "Ferry delayed, number \(number % 5)"))
        }
        var other = Story.paragraphs
        other[1] =
            "Some 4,900 people use it each day, and “there is no other way over for ten miles”, said Ruth Okafor, its engineer."
        other[2] =
            "Repairs are expected to cost 1.9 million and to begin when the water is low enough for the divers to work safely."
        add(
            "https://gazette.example/news/delin-bridge", at: 90,
            Story.page(headline: "Delin bridge closed for months", other))
        for (number, title) in ["Harbour lights restored", "Ferry delayed again", "Flood marks found in cellar"]
            .enumerated()
        {
            add(
                "https://gazette.example/news/\(number)", at: 100 + number,
                Story.page(
                    headline: title,
                    ["\(title), officials of the harbour said in a statement on Tuesday evening."]
                        + Story.paragraphs.reversed()))
        }
    }

    /// From right to left, without spaces, with words that do not end, and names that are markup.
    private mutating func addScripts() {
        let arabic = [
            "أعلن مجلس المدينة يوم الاثنين أن الجسر القديم فوق نهر الدلين سيبقى مغلقا حتى فصل الربيع بعد نقاش طويل.",
            "وقالت المهندسة روث أوكافور إن نحو 4200 شخص يستخدمونه كل يوم، وإنه «لا يوجد طريق آخر لمسافة عشرة أميال».",
            "ومن المتوقع أن تبلغ تكلفة الإصلاحات 1.4 مليون وأن تبدأ عندما ينخفض منسوب المياه بما يكفي للغواصين.",
        ]
        let hebrew = [
            "הגשר הישן מעל הדלין יישאר סגור עד האביב, כך הודיעה מועצת העיר ביום שני לאחר דיון ארוך בעניין התקציב.",
            "כ-4,200 בני אדם משתמשים בו מדי יום, ו״אין דרך אחרת במשך עשרה קילומטרים״, אמרה המהנדסת רות אוקפור.",
            "התיקונים צפויים לעלות 1.4 מיליון ולהתחיל כאשר המים יהיו נמוכים מספיק כדי שהצוללנים יוכלו לעבוד בבטחה.",
        ]
        for (language, headline, text, people) in [
            ("ar", "الجسر يبقى مغلقا حتى الربيع", arabic, "4200"), ("he", "הגשר יישאר סגור עד האביב", hebrew, "4,200"),
        ] {
            for (number, figure) in [people, "4500"].enumerated() {
                let page = Story.page(
                    headline: headline, text.map { $0.replacingOccurrences(of: people, with: figure) }
                )
                .replacingOccurrences(of: "lang=\"en\"", with: "lang=\"\(language)\" dir=\"rtl\"")
                add("https://\(language).post.example/bridge-\(language)", at: 200 + number, page)
            }
        }
        let word = String(repeating: "Brückenverstärkungsmaßnahmenfinanzierungsausschuss", count: 6)
        for number in 0..<2 {
            add(
                "https://post.example/\(word.prefix(90))", at: 210 + number,
                Story.page(
                    headline: "The \(word)",
                    ["The \(word) met \(number + 3) times, said its chairman after the third of its meetings."]
                        + Story.paragraphs))
            add(
                "https://post.example/markup?a=1&b=%22%3Cb%3E", at: 220 + number,
                Story.page(
                    headline:
                        "Is 3 &lt; 4 &amp; 5 &gt; 4? &quot;Yes&quot;, {{says}} &lt;script&gt;alert(1)&lt;/script&gt; \u{202E}evil\u{202C} \u{2067}x",
                    [
                        "Number \(number + 1) of the sums that were checked by the council was found to be right on Monday."
                    ] + Story.paragraphs))
        }
    }

    /// No longer there, a wall before it, an error.
    private mutating func addOddPages() {
        add("https://post.example/removed", at: 230, Story.page(headline: "Bridge money was never there"))
        add(
            "https://post.example/removed", at: 240, "<html><title>Gone</title><h1>410 Gone</h1></html>",
            status: "410 Gone")
        add("https://post.example/walled", at: 231, Story.page(headline: "Council sits in secret"))
        add(
            "https://post.example/walled", at: 241,
            "<html><title>Before you continue</title><body><h1>Before you continue</h1><p>We use cookies. Accept all cookies or manage your consent choices.</p><button>Accept all</button></body></html>"
        )
        add("https://post.example/walled", at: 251, Story.page(headline: "Council sat in secret"))
        add("https://post.example/broken", at: 232, Story.page(headline: "Divers wait for low water"))
        add(
            "https://post.example/broken", at: 242, "<html><title>Error</title><h1>503</h1></html>",
            status: "503 Service Unavailable")
    }

    private func captureFiles() throws {
        try machine.write(Story.text(), to: "Ablage für Brücke/Notiz 1 – été ‮.txt")
        try machine.write(Story.page(headline: "A page of a folder"), to: "Ablage für Brücke/a & b's \"page\" #1.html")
        #expect(try run("capture", "Ablage für Brücke").exit == 0)
    }

    private func addNotes() throws {
        let lines = try run("log", "post.example/2026/bridge", "--json").lines
        let capture = try #require(
            lines.first?["captures"]?.array?.first?["capture"]?.string ?? lines.first?["capture"]?.string)
        try #require(
            try run("note", capture, "Compare <the> \"print\" edition & call {{her}}", "--tag", "disputed").exit == 0)
    }

    private mutating func add(_ url: String, at minute: Int, _ body: String, status: String = "200 OK") {
        let number = records.count + 1
        let time = String(format: "2026-03-%02dT%02d:%02d:00Z", 2 + minute / 1440, minute / 60 % 24, minute % 60)
        let block = "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\nServer: Delin/1.0\r\n\r\n\(body)"
        records.append(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: \(url)\r\nWARC-Date: \(time)\r\n"
                + "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-\(String(format: "%012d", number))>\r\n"
                + "Content-Type: application/http; msgtype=response\r\nContent-Length: \(block.utf8.count)\r\n\r\n\(block)\r\n\r\n"
        )
    }
}
