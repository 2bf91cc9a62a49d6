import Diffing
import Models
import Viewer

/// Articles to compare, written for these tests.
enum Pages {
    static let bridge = [
        "The old bridge over the Delin will stay closed until spring, the town council said on Monday after a long debate.",
        "Some 4,200 people use it every day, and “there is no other way across for ten miles”, said its engineer, Ruth Okafor.",
        "Repairs are expected to cost 1.4 million and to begin when the water is low enough for the divers to work safely.",
        "Nobody was hurt when a lorry broke through the railing in March. The driver was pulled from the cab by two anglers.",
        "The ferry that served the town until 1911 lies in the museum, where visitors may board it once in each month.",
        "The council meets again on Thursday to vote on the money, and the mayor said that she expected a large majority for it.",
        "A petition against the closing had been signed by more than nine hundred people when the meeting began.",
    ]

    /// Words changed, a paragraph moved up, one split, one gone, one new.
    static let bridgeLater = [
        bridge[0], bridge[1].replacing("4,200", with: "4,300").replacing("no other way", with: "hardly another way"),
        bridge[4], bridge[2].replacing("1.4", with: "2.1"),
        "Nobody was hurt when a lorry broke through the railing in March.",
        "The driver was pulled from the cab by two anglers.", bridge[5],
        "The regional government announced on Tuesday evening that it would lend the town two pontoons of the army.",
    ]

    static let arabic = [
        "أعلن مجلس المدينة يوم الاثنين أن الجسر القديم فوق النهر سيبقى مغلقا حتى الربيع بعد نقاش طويل بين الأعضاء.",
        "ويستخدم الجسر نحو 4200 شخص كل يوم، وقالت المهندسة Ruth Okafor إنه لا يوجد طريق آخر لعشرة أميال.",
        "وطالب أصحاب المتاجر بعبارة مؤقتة ووعد المجلس بالنظر في الأمر قبل حلول فصل الصيف المقبل.",
    ]

    static let hostile = [
        "<script>alert(1)</script>", "\" onload=\"x", "<img src=x onerror=y>", "&lt;b&gt;", "</style><script>",
        "\u{202E}gnirts", "a\u{0}b\u{1B}c", "<!-- ", "]]>", "<base href=//evil.example>", "<td></table>",
    ]

    static func revision(_ paragraphs: [String], headline: String = "Bridge closed", language: String? = nil)
        -> Revision
    {
        Revision(headline: headline, blocks: paragraphs.map { .init(.paragraph, $0) }, language: language)
    }

    static func html(_ from: Revision, _ to: Revision) -> String {
        func facts(_ revision: Revision) -> [(name: String, value: String)] {
            [("capture", "b02f02df47ae:1"), ("payload", "\(ObjectID(hashing: [1]))"), ("revision", "\(revision.id)")]
        }
        return DiffPage.html(
            Comparison(from: from, to: to), article: "post.example/bridge",
            from: .init(title: "@1", capturedAt: "2026-11-20T06:28:26.735Z", facts: facts(from)),
            to: .init(title: "@2", capturedAt: "2026-11-21T06:28:26.735Z", facts: facts(to)))
    }

    static var bridgeHTML: String {
        html(revision(bridge, language: "en"), revision(bridgeLater, headline: "Bridge to stay closed", language: "en"))
    }
}
