import Extraction
import Models
import Testing

@Suite("Kinds of blocks in a page")
struct BlockKindTests {
    private let title = "<h1>Ferry in the storm</h1>"

    @Test(
        "text about a picture is a caption",
        arguments: [
            "<figure><img src=a.jpg><figcaption>The ferry at the mole.</figcaption></figure>",
            "<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>The ferry at the mole.</p></div>",
            "<table><tr><td><img src=a.jpg></td></tr><tr><td>The ferry at the mole.</td></tr></table>",
            "<div><img src=a.jpg><br>The ferry at the mole.</div>",
        ])
    func captions(_ picture: String) {
        let page = PageFixture.page("\(title)<article>\(picture)\(PageFixture.paragraphs)</article>")
        #expect(PageFixture.texts(page, .caption) == ["The ferry at the mole."])
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a quotation is a quotation")
    func quotation() {
        let quote = "<blockquote><p>“We turned back in time, and I am glad that we did.”</p></blockquote>"
        let page = PageFixture.page("\(title)<article>\(quote)\(PageFixture.paragraphs)</article>")
        #expect(PageFixture.texts(page, .quotation) == ["“We turned back in time, and I am glad that we did.”"])
    }

    @Test("a heading between paragraphs is kept, the headline and a heading over nothing are not")
    func headings() {
        let parts = PageFixture.story.map { "<p>\($0)</p>" }
        let page = PageFixture.page(
            "<article>\(title)\(parts[0])<h2>At noon</h2>\(parts[1])\(parts[2])<h2>Share</h2></article>")
        #expect(PageFixture.texts(page, .heading) == ["At noon"])
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("non-breaking spaces are spaces, soft hyphens and zero-width spaces are nothing")
    func invisible() {
        let text = PageFixture.story[0].replacing("forty people", with: "forty&nbsp;peo&shy;ple&#8203;")
        let page = PageFixture.page("\(title)<article><p>\(text)</p>\(PageFixture.paragraphs)</article>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a page in a right-to-left script is read, its byline and date too")
    func rightToLeft() {
        let first =
            "غادرت العبارة المرفأ عند الفجر وعلى متنها أربعون شخصا، وكان المد قد بدأ يتحول حين تجاوزت الحاجز القديم في الميناء."
        let second =
            "وقال مكتب الميناء إن الريح اشتدت عند الظهر، وإن قاربين صغيرين عادا إلى الرصيف قبل أن تبلغ الأمواج أعلى ارتفاع لها."
        let page = PageFixture.revision(
            """
            <html dir=rtl lang=ar><body><h1>العبارة في العاصفة</h1><div class=k>المرفأ الأسفل - ليلى حداد</div>
            <div class=t>الإثنين 2 آذار/مارس 2026 - 13:05</div><div class=m>\(first)<br><br>\(second)</div></body></html>
            """)
        #expect(PageFixture.texts(page) == [first, second])
        #expect(page.authors == ["ليلى حداد"])
        #expect(page.published == "2026-03-02T13:05:00")
    }
}
