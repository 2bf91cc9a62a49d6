import Extraction
import Testing

/// A text and the date in it; nil where it must be refused.
struct DateReading: Sendable, CustomTestStringConvertible {
    let text: String
    let language: String?
    let date: String?

    init(_ text: String, _ date: String?, language: String? = nil) {
        self.text = text
        self.date = date
        self.language = language
    }

    var testDescription: String { "\(text) [\(language ?? "-")]" }
}

@Suite("Dates as pages write them")
struct DateReadingTests {
    @Test("a date in a European language is read", arguments: european)
    func readsEuropean(_ reading: DateReading) {
        #expect(ArticleDate(reading: reading.text, language: reading.language)?.description == reading.date)
    }

    static let european: [DateReading] = [
        DateReading("November 3, 2016", "2016-11-03"), DateReading("Nov 3, 2016", "2016-11-03"),
        DateReading("Nov. 3, 2016", "2016-11-03"), DateReading("3 November 2016", "2016-11-03"),
        DateReading("3rd of November 2016", "2016-11-03"), DateReading("Thursday, November 3rd, 2016", "2016-11-03"),
        DateReading("THURSDAY 3 NOVEMBER 2016", "2016-11-03"), DateReading("03-Nov-2016", "2016-11-03"),
        DateReading("3-Nov-16", "2016-11-03"), DateReading("2016 November 3", "2016-11-03"),
        DateReading("Published: Nov 3, 2016", "2016-11-03"), DateReading("Updated on 3 November 2016", "2016-11-03"),
        DateReading("3. November 2016", "2016-11-03"), DateReading("Donnerstag, 3. November 2016", "2016-11-03"),
        DateReading("03.11.2016", "2016-11-03"), DateReading("12. März 2020", "2020-03-12"),
        DateReading("1. Jänner 2019", "2019-01-01"), DateReading("Veröffentlicht am 3. November 2016", "2016-11-03"),
        DateReading("Stand: 03.11.2016", "2016-11-03"), DateReading("le 3 novembre 2016", "2016-11-03"),
        DateReading("jeudi 3 novembre 2016", "2016-11-03"), DateReading("1er août 2019", "2019-08-01"),
        DateReading("Publié le 14 février 2021", "2021-02-14"), DateReading("3 de noviembre de 2016", "2016-11-03"),
        DateReading("jueves, 3 de noviembre de 2016", "2016-11-03"),
        DateReading("12 sept. 2018", "2018-09-12"), DateReading("quinta-feira, 3 de novembro de 2016", "2016-11-03"),
        DateReading("1º de março de 2020", "2020-03-01"), DateReading("giovedì 3 novembre 2016", "2016-11-03"),
        DateReading("Pubblicato il 5 giugno 2017", "2017-06-05"),
        DateReading("donderdag 3 november 2016", "2016-11-03"),
        DateReading("3 maart 2020", "2020-03-03"), DateReading("torsdag den 3 november 2016", "2016-11-03"),
        DateReading("3. marraskuuta 2016", "2016-11-03"), DateReading("3 listopada 2016", "2016-11-03"),
        DateReading("czwartek, 3 listopada 2016 r.", "2016-11-03"), DateReading("3. listopadu 2016", "2016-11-03"),
        DateReading("3 noiembrie 2016", "2016-11-03"), DateReading("3 Kasım 2016 Perşembe", "2016-11-03"),
        DateReading("15 Ağustos 2019", "2019-08-15"), DateReading("3 Νοεμβρίου 2016", "2016-11-03"),
        DateReading("3 ноября 2016", "2016-11-03"), DateReading("3 ноября 2016 г.", "2016-11-03"),
        DateReading("четверг, 3 ноября 2016 года", "2016-11-03"),
        DateReading("03.11.2016", "2016-11-03", language: "ru"),
        DateReading("Опубликовано 15 мая 2018", "2018-05-15"), DateReading("3 листопада 2016", "2016-11-03"),
        DateReading("mardi 5 mars 2019", "2019-03-05"), DateReading("5 mar 2019", "2019-03-05"),
        DateReading("mar. 5 nov. 2019", "2019-11-05"),
    ]

    @Test("a date in another script is read", arguments: otherScripts)
    func readsOtherScripts(_ reading: DateReading) {
        #expect(ArticleDate(reading: reading.text, language: reading.language)?.description == reading.date)
    }

    static let otherScripts: [DateReading] = [
        DateReading("3 نوفمبر 2016", "2016-11-03"), DateReading("٣ نوفمبر ٢٠١٦", "2016-11-03"),
        DateReading("الخميس 3 نوفمبر 2016", "2016-11-03"), DateReading("3 تشرين الثاني 2016", "2016-11-03"),
        DateReading("3 تشرين الثاني/نوفمبر 2016", "2016-11-03"), DateReading("14 كانون الأول 2020", "2020-12-14"),
        DateReading("7 كانون الثاني 2021", "2021-01-07"), DateReading("تاريخ النشر: 5 أيار 2015", "2015-05-05"),
        DateReading("آخر تحديث: 21 يونيو 2019", "2019-06-21"), DateReading("12 أفريل 2018", "2018-04-12"),
        DateReading("3 غشت 2018", "2018-08-03"), DateReading("3/11/2016", "2016-11-03", language: "ar"),
        DateReading("٠٣/١١/٢٠١٦", "2016-11-03", language: "ar"), DateReading("3 בנובמבר 2016", "2016-11-03"),
        DateReading("יום חמישי, 3 בנובמבר 2016", "2016-11-03"), DateReading("פורסם: 03.11.2016", "2016-11-03"),
        DateReading("۳ نوامبر ۲۰۱۶", "2016-11-03"), DateReading("3 ژانویه 2020", "2020-01-03"),
        DateReading("2016年11月3日", "2016-11-03"), DateReading("2016年11月3日 星期四", "2016-11-03"),
        DateReading("发布时间：2016年11月3日", "2016-11-03"), DateReading("2016年11月3日(木)", "2016-11-03"),
        DateReading("２０１６年１１月３日", "2016-11-03"), DateReading("2016년 11월 3일", "2016-11-03"),
        DateReading("입력 2016.11.03", "2016-11-03"), DateReading("3 नवंबर 2016", "2016-11-03"),
        DateReading("३ नवंबर २०१६", "2016-11-03"), DateReading("Kamis, 3 November 2016", "2016-11-03"),
    ]

    @Test("a time and its zone are read with the date, and no zone is invented", arguments: clocks)
    func readsClocks(_ reading: DateReading) {
        #expect(ArticleDate(reading: reading.text, language: reading.language)?.description == reading.date)
    }

    static let clocks: [DateReading] = [
        DateReading("Nov 3, 2016 14:05", "2016-11-03T14:05:00"),
        DateReading("Nov 3, 2016 2:05 PM", "2016-11-03T14:05:00"),
        DateReading("Nov 3, 2016, 2:05 p.m.", "2016-11-03T14:05:00"),
        DateReading("November 3, 2016 at 12:30 a.m. EDT", "2016-11-03T00:30:00-04:00"),
        DateReading("12:30 p.m. GMT, 3 November 2016", "2016-11-03T12:30:00Z"),
        DateReading("3 November 2016 14:05 ET", "2016-11-03T14:05:00"),
        DateReading("3 November 2016 14:05 MSK", "2016-11-03T14:05:00"),
        DateReading("3 Nov 2016 17.05 CET", "2016-11-03T17:05:00+01:00"),
        DateReading("03.11.2016, 14:05 Uhr", "2016-11-03T14:05:00"),
        DateReading("03.11.2016 14.05 Uhr", "2016-11-03T14:05:00"),
        DateReading("le 3 novembre 2016 à 14h05", "2016-11-03T14:05:00"),
        DateReading("3 ноября 2016, 14:05", "2016-11-03T14:05:00"),
        DateReading("3 Kasım 2016 saat 14:05", "2016-11-03T14:05:00"),
        DateReading("3 نوفمبر 2016 14:05 بتوقيت غرينتش", "2016-11-03T14:05:00Z"),
        DateReading("2016年11月3日 14时05分", "2016-11-03T14:05:00"),
        DateReading("2016年11月3日 午後2時5分", "2016-11-03T14:05:00"),
        DateReading("2016년 11월 3일 오후 2:05", "2016-11-03T14:05:00"),
        DateReading("3. nov. 2016 kl. 14.05", "2016-11-03T14:05:00"),
        DateReading("Thu, 03 Nov 2016 14:05:00 +0200", "2016-11-03T14:05:00+02:00"),
        DateReading("Thu Nov 3 14:05:00 2016", "2016-11-03T14:05:00"),
        DateReading("3 November 2016 14:05 GMT+2", "2016-11-03T14:05:00+02:00"),
        DateReading("3 November 2016 14:05 JST", "2016-11-03T14:05:00+09:00"),
    ]

    @Test("three numbers are read as the language, the weekday or their size says", arguments: numeric)
    func readsNumeric(_ reading: DateReading) {
        #expect(ArticleDate(reading: reading.text, language: reading.language)?.description == reading.date)
    }

    static let numeric: [DateReading] = [
        DateReading("3/11/2016", "2016-03-11", language: "en-US"),
        DateReading("3/11/2016", "2016-11-03", language: "en-GB"),
        DateReading("3/11/2016", "2016-11-03", language: "fr"),
        DateReading("3/11/2016", "2016-11-03", language: "de-AT"),
        DateReading("25/11/2016", "2016-11-25"), DateReading("11/25/2016", "2016-11-25"),
        DateReading("3/3/2016", "2016-03-03"), DateReading("Thursday 3/11/2016", "2016-11-03"),
        DateReading("Friday 3/11/2016", "2016-03-11"), DateReading("2016/11/3", "2016-11-03"),
        DateReading("2016.11.03", "2016-11-03"), DateReading("2016-11-03", "2016-11-03"),
        DateReading("Publié le 3/11/2016", "2016-11-03"), DateReading("3-11-2016", "2016-11-03", language: "nl"),
        DateReading("03.11.16", "2016-11-03", language: "de"), DateReading("20161103", "2016-11-03"),
    ]

    @Test("what is no date, or more than one, is refused", arguments: refused)
    func refuse(_ text: String) {
        #expect(ArticleDate(reading: text)?.description == nil)
    }

    static let refused: [String] = [
        "", " ", "3/11/2016", "11-3-2016", "3 November", "November 2016", "2016", "November", "Thursday", "14:05",
        "February 30, 2016", "29 February 2015", "31 April 2016", "32.01.2016", "2016-13-01", "2016-00-10",
        "0 May 2016",
        "2 hours ago", "yesterday", "3 days ago", "vor 2 Stunden", "il y a 3 heures", "منذ ساعتين", "2小时前", "3時間前",
        "+1 202 555 0143", "(020) 7946 0018", "555-0143", "1-800-555-0199", "192.168.10.12", "2.0.11", "1.2.2016.4",
        "Nov 3, 2016 – Nov 5, 2016", "3 November 2016 and 4 December 2016", "March April 5 2016", "3 May 1200",
        "3 May 2950",
        "Chapter 3, 2016", "3 of 2016", "15 million", "16:9", "3-2-1", "99/99/9999", "12345678901234567890",
        "3,11,2016",
    ]

    @Test("metadata may also be Unix time or a machine's form", arguments: metadata)
    func readsMetadata(_ reading: DateReading) {
        #expect(ArticleDate(metadata: reading.text, language: reading.language)?.description == reading.date)
    }

    static let metadata: [DateReading] = [
        DateReading("2016-11-03T14:05:00Z", "2016-11-03T14:05:00Z"),
        DateReading("2016-11-03T14:05:00+02:00", "2016-11-03T14:05:00+02:00"),
        DateReading("2016-11-03T14:05:00.123-0500", "2016-11-03T14:05:00-05:00"),
        DateReading("2016-11-03T14:05", "2016-11-03T14:05:00"),
        DateReading("2016-11-03 14:05:09", "2016-11-03T14:05:09"),
        DateReading("20161103T140500Z", "2016-11-03T14:05:00Z"),
        DateReading("2016-11-03T14:05:00 +0100", "2016-11-03T14:05:00+01:00"),
        DateReading("Thu, 03 Nov 2016 14:05:00 GMT", "2016-11-03T14:05:00Z"),
        DateReading("2016-11-03T14:05:00+01:00[Europe/Berlin]", "2016-11-03T14:05:00+01:00"),
        DateReading("Thu Nov 03 2016 14:05:00 GMT+0100 (Central European Standard Time)", "2016-11-03T14:05:00+01:00"),
        DateReading("2016-11-03T14:05:00+05:30", "2016-11-03T14:05:00+05:30"),
        DateReading("2016-11-03T14:05:00-03:30", "2016-11-03T14:05:00-03:30"),
        DateReading("1478181900", "2016-11-03T14:05:00Z"), DateReading("1478181900000", "2016-11-03T14:05:00Z"),
        DateReading(" 1478181900.5 ", "2016-11-03T14:05:00Z"), DateReading("0", nil), DateReading("12345", nil),
        DateReading("0000-00-00", nil), DateReading("0001-01-01T00:00:00Z", nil),
        DateReading("2016-11-03T25:05:00Z", nil),
        DateReading("null", nil), DateReading("undefined", nil), DateReading("NaN", nil),
        DateReading("Invalid Date", nil),
        DateReading("{{ date }}", nil), DateReading("99999999999999999999", nil),
    ]
}
