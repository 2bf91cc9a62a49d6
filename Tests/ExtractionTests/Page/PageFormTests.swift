import Extraction
import Models
import Testing

@Suite("Forms that article pages have")
struct PageFormTests {
    private let title = "<h1>Ferry in the storm</h1>"

    @Test(
        "the summary below the headline is a block of its own kind, inside and outside the text's element",
        arguments: [true, false])
    func standfirst(_ isInside: Bool) {
        let summary = "<p class=standfirst>Forty people were on board when the wind rose to seven off the mole</p>"
        let body = PageFixture.paragraphs
        let page = PageFixture.page(
            isInside ? "<article>\(title)\(summary)\(body)</article>" : "\(title)\(summary)<article>\(body)</article>")
        #expect(page.blocks.first?.kind == .standfirst)
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test("a text that has the name of a summary is the text")
    func summaryText() {
        let page = PageFixture.page("\(title)<div class=summary>\(PageFixture.paragraphs)</div>")
        #expect(PageFixture.texts(page) == PageFixture.story)
    }

    @Test(
        "fields between headline and text are no part of the text",
        arguments: [
            "<div class=author-name>HARBOUR DESK</div>", "<p>by Jeff Miller — November 18, 2019</p>",
            "<p>Nov. 19, 2019 8:03 am ET</p>", "<p class=estimated-read-time>2 minutes to read</p>",
            "<p class=dateline>November 20, 2019 - 11:28 AMT</p>", "<p>Jane Doe</p>",
        ])
    func fields(_ field: String) {
        let head = "<meta name=author content='Jane Doe'>"
        let page = PageFixture.page(
            "<article>\(title)<div>\(field)</div>\(PageFixture.paragraphs)</article>", head: head)
        #expect(page.blocks.map(\.text) == PageFixture.story)
    }

    @Test("every entry of a live blog is read, in the page's order, without clocks and share bars")
    func liveBlog() {
        let entry = { (hour: Int, text: String) in
            "<div class=live-entry><time datetime=2016-11-03T\(hour):05:00Z>\(hour):05</time>"
                + "<div class=share-bar><a href=#>Share</a></div><p>\(text)</p></div>"
        }
        let entries = zip([14, 13, 12], PageFixture.story).map(entry).joined()
        let page = PageFixture.page("\(title)<div itemprop=articleBody>\(entries)</div>")
        #expect(PageFixture.texts(page).filter { $0.utf8.count > 20 } == PageFixture.story)
    }

    @Test("a gallery's captions are captions, and its counters and buttons are nothing")
    func gallery() {
        let slide = { (number: Int) in
            "<figure><img src=\(number).jpg><figcaption>The mole at dawn, picture \(number)</figcaption></figure>"
        }
        let gallery = "<div>\((1...3).map(slide).joined())<button>Next</button></div>"
        let page = PageFixture.page("\(title)<article>\(PageFixture.paragraphs)\(gallery)</article>")
        #expect(PageFixture.texts(page) == PageFixture.story)
        #expect(PageFixture.texts(page, .caption).count == 3)
    }

    @Test("an AMP page is read like any other")
    func amp() {
        let page = PageFixture.revision(
            """
            <!doctype html><html amp lang=en><head><title>Ferry in the storm</title><style amp-custom>.a{color:red}</style>
            <style amp-boilerplate>body{visibility:hidden}</style></head><body><amp-sidebar><ul><li><a href=/>Home</a></ul></amp-sidebar>
            \(title)<amp-img src=a.jpg><noscript><img src=a.jpg></noscript></amp-img><section class=body>\(PageFixture.paragraphs)</section>
            <amp-ad><div>Buy two umbrellas, pay for one</div></amp-ad><amp-social-share type=twitter></amp-social-share></body></html>
            """)
        #expect(PageFixture.texts(page) == PageFixture.story)
        #expect(page.headline == "Ferry in the storm")
    }

    @Test("a print version without any structure is read")
    func printVersion() {
        let text = PageFixture.story.joined(separator: "<br><br>")
        let page = PageFixture.page(
            "<b>Ferry in the storm</b><hr>\(text)<hr><font size=1>Printed from post.example</font><script>print()</script>"
        )
        #expect(
            PageFixture.texts(page).starts(with: PageFixture.story)
                || PageFixture.texts(page).suffix(4).dropLast() == PageFixture.story[...])
    }

    @Test("Hebrew and Arabic pages keep every word, their marks of direction and vowels with them")
    func rightToLeft() {
        let hebrew =
            "המעבורת יצאה מן הנמל עם שחר, ועל סיפונה ארבעים נוסעים, והגאות כבר פנתה כשעברה את שובר הגלים, כך נמסר מן הנמל."
        let arabic =
            "غادرت العبّارة الميناء عند الفجر وعلى متنها أربعون راكبًا، وكان المدّ قد انقلب حين مرّت بحاجز الأمواج، وفق مكتب الميناء."
        let page = PageFixture.page(
            "<h1>مَعبر</h1><article><p>\(hebrew)</p><p>\(arabic)</p></article>", attributes: "lang=ar dir=rtl")
        #expect(PageFixture.texts(page) == [hebrew, arabic])
    }
}

@Suite("Telling pages from texts")
struct RecognitionTests {
    private let rest = "<html><head><title>T</title></head><body><p>Text</p></body></html>"

    @Test(
        "a page is recognised behind whatever precedes it",
        arguments: [
            "", "\u{FEFF}", "\n\n  ", "<!-- saved from url -->", "<?xml version='1.0'?>\n<!DOCTYPE html>",
            "<!--[if IE ]><![endif]-->\n<!--[if IE 7]>\n", "<!-- a > b -->",
            "<b>Warning</b>: undefined constant in /srv/x.php\n\n",
            "Notice: undefined index\n<!DOCTYPE HTML PUBLIC '-//W3C//DTD'>",
        ])
    func pages(_ start: String) {
        #expect(ArticleReader.read(Array((start + rest).utf8), mediaType: nil, url: nil).form == .html)
    }

    @Test(
        "a text about HTML is a text",
        arguments: [
            "How to write a page\n\n```\n<html>\n<head><title>T</title></head>\n```\n",
            "The tag <html> begins a page, and <title> names it.\n", "1 < 2, said the <b>bold</b> teacher.\n",
        ])
    func texts(_ text: String) {
        #expect(ArticleReader.read(Array(text.utf8), mediaType: nil, url: nil).form == .text)
    }
}
