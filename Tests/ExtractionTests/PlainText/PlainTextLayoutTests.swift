import Extraction
import Models
import Testing

@Suite("How a text is laid out")
struct PlainTextLayoutTests {
    /// Fills lines to `width`, as mail does.
    private static func wrapped(_ text: String, width: Int, indent: String = "") -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return (lines + [indent + line]).joined(separator: "\n")
    }

    private func expectStory(_ revision: Revision) {
        #expect(revision.headline == PlainFixture.headline)
        #expect(revision.outline == PlainFixture.story.map { "paragraph: \($0)" })
    }

    @Test("lines filled to one width are put together again, whatever the width", arguments: [60, 65, 72, 78, 80])
    func hardWrapped(_ width: Int) {
        let paragraphs = [PlainFixture.headline] + PlainFixture.story
        expectStory(PlainFixture.read(paragraphs.map { Self.wrapped($0, width: width) }.joined(separator: "\n\n")))
    }

    @Test("a text set in from the margin is the same text")
    func indented() {
        let paragraphs = [PlainFixture.headline] + PlainFixture.story
        expectStory(
            PlainFixture.read(paragraphs.map { Self.wrapped($0, width: 70, indent: "    ") }.joined(separator: "\n\n")))
        expectStory(PlainFixture.read(paragraphs.map { "    " + $0 }.joined(separator: "\n\n")))
        expectStory(PlainFixture.read(paragraphs.map { "\t" + $0 + "  \t" }.joined(separator: "\n\n\n")))
    }

    @Test("paragraphs need no empty lines between them")
    func withoutGaps() {
        expectStory(PlainFixture.read(([PlainFixture.headline] + PlainFixture.story).joined(separator: "\n")))
    }

    @Test(
        "lines end in every way that lines end",
        arguments: ["\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}", "\u{C}"])
    func lineEnds(_ end: String) {
        let text = ([PlainFixture.headline, ""] + PlainFixture.story).joined(separator: end) + end
        expectStory(PlainFixture.read(text))
        #expect(PlainFixture.read(text).id == PlainFixture.read(text.replacing(end, with: "\n")).id)
    }

    @Test(
        "white space of every kind is one space, and what is invisible is nothing",
        arguments: [
            ("the tide", "the\u{A0}tide"), ("the tide", "the \u{A0} tide"), ("the tide", "the\u{2009}tide"),
            ("the tide", "the\u{202F}tide"),
            ("the tide", "the\t tide"), ("the tide", "the\u{3000}tide"), ("harbour", "har\u{AD}bour"),
            ("harbour", "har\u{200B}bour"),
            ("harbour", "har\u{FEFF}bour"), ("harbour", "har\u{2060}bour"), ("harbour", "har\u{0}bour"),
        ])
    func whiteSpace(_ plain: String, _ odd: String) {
        let text = ([PlainFixture.headline] + PlainFixture.story).joined(separator: "\n\n")
        let changed = text.replacing(plain, with: odd)
        #expect(changed != text)
        #expect(PlainFixture.read(changed).id == PlainFixture.read(text).id)
    }

    @Test("a line of signs divides and is no text", arguments: ["---", "* * *", "________", "• • •", "***", "====="])
    func rules(_ rule: String) {
        expectStory(PlainFixture.article(middle: [rule]))
    }

    @Test("Arabic text is read from head to tail")
    func arabic() {
        let story = [
            "غادرت العبّارة الميناء عند الفجر وعلى متنها أربعون راكبا، وكان المد قد بدأ بالانحسار حين مرت بالرصيف القديم.",
            "وقال مكتب الميناء إن الريح بلغت الدرجة السابعة عند الظهر، وإن قاربين صغيرين عادا إلى الرصيف قبل العبّارة.",
            "وأكدت الشركة أن أحدا لم يصب بأذى، وأن الطاقم مدرب على مثل هذا الطقس، وأن الرحلات ستستمر كالمعتاد.",
        ]
        let text =
            (["الرئيسية", "العبّارة تعود إلى الميناء بسبب العاصفة", "بقلم: سامي حداد", "3 تشرين الثاني 2016"] + story
            + ["شارك", "مواضيع ذات صلة", "تعميق المرفأ في الربيع", "جائزة للمرشدة", "جميع الحقوق محفوظة"]).joined(
                separator: "\n\n")
        let revision = PlainFixture.read(text)
        #expect(revision.headline == "العبّارة تعود إلى الميناء بسبب العاصفة")
        #expect(revision.authors == ["سامي حداد"])
        #expect(revision.published == "2016-11-03")
        #expect(revision.language == "ar")
        #expect(revision.texts() == story)
    }

    @Test("Hebrew text is read from head to tail")
    func hebrew() {
        let story = [
            "המעבורת יצאה מהנמל עם שחר ועל סיפונה ארבעים נוסעים, והגאות כבר החלה להתחלף כאשר חלפה על פני המזח הישן.",
            "בצהריים, לפי משרד הנמל, התחזקה הרוח לדרגה שבע, ושתי סירות קטנות יותר כבר חזרו אל הרציף לפני המעבורת.",
        ]
        let revision = PlainFixture.read(
            paragraphs: ["המעבורת חזרה לנמל בגלל הסערה", "מאת דנה לוי", "3 בנובמבר 2016"] + story + [
                "תגובות", "הוסף תגובה", "כל הזכויות שמורות",
            ])
        #expect(revision.headline == "המעבורת חזרה לנמל בגלל הסערה")
        #expect(revision.authors == ["דנה לוי"])
        #expect(revision.published == "2016-11-03")
        #expect(revision.language == "he")
        #expect(revision.texts() == story)
    }

    @Test("Chinese and Japanese lines are joined without a space, others with one")
    func unspaced() {
        let sentence = "渡轮在黎明时分载着四十名乘客离开港口，经过防波堤时潮水已经开始转向，中午风力达到七级，两艘小船已经返回码头。"
        let text = String(repeating: sentence, count: 6)
        var lines: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(36)))
            rest = rest.dropFirst(36)
        }
        let revision = PlainFixture.read("渡轮因风暴折返港口\n\n" + lines.joined(separator: "\n"))
        #expect(revision.headline == "渡轮因风暴折返港口")
        #expect(revision.texts() == [text])
        #expect(revision.language == "zh")
    }

    @Test("verses stay lines")
    func verses() {
        let lines = [
            "The tide is out, the boats are dry", "The gulls walk up and down", "And nobody can tell me why",
            "There is no light in town",
        ]
        let revision = PlainFixture.read(lines.joined(separator: "\n"))
        #expect(([revision.headline].compactMap(\.self) + revision.blocks.map(\.text)) == lines)
    }
}
