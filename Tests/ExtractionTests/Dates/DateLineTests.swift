import Extraction
import Models
import Testing

@Suite("Lines of dates")
struct DateLineTests {
    @Test("a line may give the dates of publication and change")
    func labels() throws {
        let line = try #require(DateLine("Published: Nov 3, 2016 | Updated: Nov 4, 2016 14:05"))
        #expect(line.entries.map(\.meaning) == [.published, .modified])
        #expect(line.first(.published)?.description == "2016-11-03")
        #expect(line.first(.modified)?.description == "2016-11-04T14:05:00")
        #expect(line.first(.unlabelled) == nil)
    }

    @Test(
        "labels are known in many languages",
        arguments: [
            ("Aktualisiert am 4. November 2016", DateLine.Meaning.modified),
            ("Mis à jour le 4 novembre 2016", .modified),
            ("Publicado el 4 de noviembre de 2016", .published), ("Atualizado em 4 de novembro de 2016", .modified),
            ("Обновлено 4 ноября 2016", .modified), ("آخر تحديث: 4 نوفمبر 2016", .modified),
            ("نشر في 4 نوفمبر 2016", .published),
            ("עודכן: 4 בנובמבר 2016", .modified), ("Güncelleme: 4 Kasım 2016", .modified), ("更新：2016年11月4日", .modified),
            ("4 November 2016", .unlabelled), ("Last modified 4 November 2016", .modified),
        ])
    func languages(_ text: String, _ meaning: DateLine.Meaning) throws {
        let line = try #require(DateLine(text))
        #expect(line.entries.map(\.meaning) == [meaning])
        #expect(line.entries.first?.date.description == "2016-11-04")
    }

    @Test(
        "a sentence with a date in it is no line of dates",
        arguments: [
            "The talks on 3 November 2016 failed.", "Election 2016", "Updated", "Published by Jane Doe",
            "Nov 3, 2016 | Sport", "Released in 2016",
        ])
    func sentences(_ text: String) {
        #expect(DateLine(text)?.entries.count == nil)
    }

    @Test(
        "a clock of the page is told from text, readable or not",
        arguments: [
            ("FRI 26 - 4 - 2024", true), ("Friday, April 26 | 10:33 GMT", true), ("Thursday", true),
            ("3/11/2016", true),
            ("14:05", true), ("Updated 14:05", true), ("الجمعة 26 - 4 - 2024", true), ("2024年4月26日", true),
            ("2016", false),
            ("Friday the shops were shut", false), ("Three dead", false), ("1-0", false), ("", false),
        ])
    func clocks(_ text: String, _ isDateLine: Bool) {
        #expect(ArticleDate.isDateLine(text) == isDateLine)
    }

    @Test(
        "the first date inside a short line is found",
        arguments: [
            ("BEIRUT, Nov 2, 2016 (Reuters)", "2016-11-02"),
            ("By Jane Doe | 3 November 2016 14:05 GMT | Beirut", "2016-11-03T14:05:00Z"),
            ("Posted by admin on 2016-11-03", "2016-11-03"), ("Room 12 at 14:05", nil), ("Call 555-0143 today", nil),
        ] as [(String, String?)])
    func find(_ text: String, _ date: String?) {
        #expect(ArticleDate.find(in: text)?.description == date)
    }

    @Test("no date is looked for in a long line")
    func long() {
        let line = String(repeating: "word ", count: 70) + "November 3, 2016"
        #expect(ArticleDate.find(in: line) == nil)
    }

    @Test("the moment is known only with the offset")
    func moment() {
        let known = ArticleDate(reading: "2016-11-03T14:05:00+02:00")?.timestamp
        #expect(known != nil)
        #expect(known == ArticleDate(reading: "2016-11-03T12:05:00Z")?.timestamp)
        #expect(known == ArticleDate(metadata: "1478174700")?.timestamp)
        #expect(ArticleDate(reading: "2016-11-03T14:05:00")?.timestamp == nil)
        #expect(ArticleDate(reading: "2016-11-03")?.timestamp == nil)
    }

    @Test(
        "a description reads back as the same date",
        arguments: ["2016-11-03", "2016-11-03T14:05:00", "1999-12-31T23:59:59Z", "2016-02-29T00:00:00+05:45"])
    func roundTrip(_ text: String) {
        #expect(ArticleDate(metadata: text)?.description == text)
    }
}
