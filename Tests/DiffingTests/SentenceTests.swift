import Diffing
import Testing

@Suite("Sentences")
struct SentenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let sentences: [String]
        let separator: String
        var testDescription: String { sentences.joined(separator: " | ") }

        init(_ sentences: String..., by separator: String = " ") {
            self.sentences = sentences
            self.separator = separator
        }
    }

    static let cases: [Case] = [
        Case("The fog was thick.", "The pilot slept."),
        Case("Why?", "Nobody knows!", "It sank."),
        Case("“This is out of the question.", "We stay,” he said."),
        Case("“Why did it sink?” he asked."),
        Case("It was “a miracle.”", "She wept."),
        Case("Gen. Valery Holm spoke to Mr. Dahl of the U.S. Navy at 9 a.m. on Monday.", "Then he left."),
        Case("J. R. Berg signed it.", "No. 12 is missing."),
        Case("It cost 2.5 million.", "They paid."),
        Case("It was founded in 1897.", "It closed in 1907."),
        Case("It waited... and left.", "Nobody saw it."),
        Case("Das Schiff sank am 3. Oktober vor der Küste.", "Niemand starb."),
        Case("« Nous partons. »", "Il est parti."),
        Case("我们等待。", "天气很冷！", "为什么？", by: ""),
        Case("船長は「決して諦めない！」と述べた。", "港は静かだ。", by: ""),
        Case("هل رأيت السفينة؟", "لا أحد يعلم.", "انتهى الأمر."),
        Case("Πού είναι το πλοίο;", "Το λιμάνι είναι άδειο."),
        Case("आग लगी।", "नाव डूब गई।"),
        Case("Նավը խորտակվեց։", "Ոչ ոք չգիտի։"),
        Case("האונייה הגיעה.", "הנמל סגור."),
        Case("no stop at all"),
        Case("She wrote to a.b@news.example today.", "He answered."),
        Case("It ended (at last).", "They slept."),
        Case("1. Open the hatch.", "2. Close it."),
    ]

    @Test("text is cut where sentences end", arguments: cases)
    func splitting(_ expected: Case) {
        let text = expected.sentences.joined(separator: expected.separator)
        #expect(SentenceSplitter.sentences(in: text) == expected.sentences)
    }

    @Test("text without words has no more sentences than marks")
    func nothing() {
        #expect(SentenceSplitter.sentences(in: "").isEmpty)
        #expect(SentenceSplitter.sentences(in: " \u{200F}\u{AD} ").isEmpty)
        #expect(SentenceSplitter.sentences(in: "...").count == 1)
    }
}
