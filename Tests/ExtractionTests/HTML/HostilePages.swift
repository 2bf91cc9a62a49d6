/// A page made to waste time, memory or stack, of about as many bytes as asked for.
struct HostilePage: Sendable, CustomStringConvertible {
    let description: String
    let make: @Sendable (Int) -> [UInt8]

    /// `unit` over and over between `prefix` and `suffix`.
    init(_ description: String, _ unit: String, after prefix: String = "", before suffix: String = "") {
        self.init(description, after: prefix, before: suffix) { _ in unit }
    }

    init(
        _ description: String, after prefix: String = "", before suffix: String = "",
        _ unit: @escaping @Sendable (Int) -> String
    ) {
        self.description = description
        make = { size in
            var bytes = Array(prefix.utf8)
            bytes.reserveCapacity(size + 4096)
            var number = 0
            while bytes.count < size {
                bytes += unit(number).utf8
                number += 1
            }
            return bytes + suffix.utf8
        }
    }

    static func many(_ unit: String, _ count: Int) -> String { String(repeating: unit, count: count) }

    static let all = depth + formatting + tables + characters + markup + attributes + searches

    private static let depth: [HostilePage] = [
        HostilePage("divs in divs", "<div>"), HostilePage("spans in spans", "<span>"),
        HostilePage("articles", "<article>"),
        HostilePage("lists in lists", "<ul><li>"), HostilePage("quotations", "<blockquote><p>x"),
        HostilePage("templates in templates", "<template>"), HostilePage("cells in templates", "<template><td>"),
        HostilePage("SVG in SVG", "<svg>"), HostilePage("groups in SVG", "<g>", after: "<svg>"),
        HostilePage("HTML in SVG in HTML", "<svg><foreignObject>"), HostilePage("MathML in MathML", "<math><mi>"),
        HostilePage("annotations", "<math><annotation-xml><svg>"), HostilePage("selects", "<select><option>"),
        HostilePage("groups of options", "<optgroup><option>", after: "<select>"),
        HostilePage("buttons", "<button><p>"), HostilePage("forms", "<form></form>"),
        HostilePage("marquees", "<marquee><b>"),
        HostilePage("objects", "<object>"), HostilePage("ruby", "<ruby><rt><rtc>"), HostilePage("frames", "<frameset>"),
        HostilePage("noscript", "<noscript>"),
        HostilePage("end tags far down", "<div></div>", after: many("<div>", 510)),
        HostilePage("blocks far down", "<div>x</div><p>y</p>", after: many("<div>", 510)),
    ]

    private static let formatting: [HostilePage] = [
        HostilePage("bold in bold", "<b>"), HostilePage("bold and italic", "<b><i>"),
        HostilePage("crossed", "<b><i></b></i>"), HostilePage("links", "<a>"),
        HostilePage("links and blocks", "<a><div>"),
        HostilePage("bold, italic, links", "<b><i><a>"),
        HostilePage("bold, italic, links and text", "<b><i><a href=x>x"),
        HostilePage("bold paragraphs", "<b><p>"), HostilePage("bold paragraphs that end", "<b><p></b>"),
        HostilePage("bold text in paragraphs", "<p><b>x"), HostilePage("many kinds of fonts") { "<font a\($0)><p>" },
        HostilePage("many kinds of bold") { "<b a=\($0)>" },
        HostilePage(
            "300 kinds before paragraphs", "<p>x", after: (0..<300).map { "<b a=\($0)>" }.joined()),
        HostilePage(
            "300 kinds before blocks", "<div>x</div>", after: (0..<300).map { "<i a=\($0)>" }.joined()),
        HostilePage("deep adoption", "<b>" + many("<div>", 500) + many("</b>", 60) + many("</div>", 510)),
        HostilePage(
            "adoption of many", "<b><i><u><s><a>" + many("<div>", 400) + many("</b></i></u>", 60) + many("</div>", 510)),
        HostilePage("adoption of eight", "<a><b><i><u><s><tt><div></a>"),
        HostilePage("adoption that moves children", "</b><b>x", after: "<b><p>"),
        HostilePage("nobr", "<nobr><div>"),
        HostilePage("end tags out of reach", "</b>", after: "<b><object>" + many("<span>", 500)),
        HostilePage("links that end", "<a></object>", after: "<a><div><object><i><i><i>"),
    ]

    private static let tables: [HostilePage] = [
        HostilePage("tables", "<table>"), HostilePage("tables in cells", "<table><tr><td>"),
        HostilePage("text before tables", "<table>x"), HostilePage("bold before tables", "<table><b>x"),
        HostilePage("columns after cells", "<td>x<col>", after: "<table>"),
        HostilePage("text that grows before a table", "x<tr><td>&amp;y</td></tr>", after: "<table>"),
        HostilePage("rows that end nothing", "</tr>", after: "<table><td>"),
        HostilePage("bold cells", "<td><b>", after: "<table>"),
        HostilePage("captions", "<caption>", after: "<table>"),
        HostilePage("inputs", "<input>", after: "<table><select>"),
        HostilePage("tables far down", "<table></table>", after: many("<span>", 500)),
    ]

    private static let characters: [HostilePage] = [
        HostilePage("NULs", "\0"), HostilePage("NULs in text", "a\0"), HostilePage("NULs in tags", "<a\0b c\0d=\0>\0"),
        HostilePage("NULs in SVG", "\0", after: "<svg>"), HostilePage("less-than signs", "<"),
        HostilePage("end of nothing", "</"),
        HostilePage("ampersands", "&"), HostilePage("references", "&amp;"),
        HostilePage("nested references", "&amp;amp;"),
        HostilePage("references that never end", "&a"), HostilePage("a long number", "1", after: "&#"),
        HostilePage("a long hexadecimal number", "F", after: "&#x"),
        HostilePage("a long name", "CounterClockwise", after: "&"),
        HostilePage("references of two characters", "&nGt;"), HostilePage("references nearly", "&notit;"),
        HostilePage("numbers", "&#1;"), HostilePage("CR LF", "\r\n"), HostilePage("CR", "\r"),
        HostilePage("text", "lorem ipsum "),
        HostilePage("a word", "x"), HostilePage("spaces", " "), HostilePage("no-break spaces", "\u{A0}"),
        HostilePage("combining marks", "\u{301}"), HostilePage("right-to-left marks", "\u{202E}x"),
    ]

    private static let markup: [HostilePage] = [
        HostilePage("paragraphs", "<p>"), HostilePage("paragraphs of text", "<p>x"), HostilePage("items", "<li>"),
        HostilePage("definitions", "<dd>"), HostilePage("headings", "<h1>x"), HostilePage("line breaks", "<br>"),
        HostilePage("a comment that never ends", "x", after: "<!--"),
        HostilePage("a comment of dashes", "-", after: "<!--"),
        HostilePage("a comment of ends", ">", after: "<!--"), HostilePage("comments", "<!---->"),
        HostilePage("bogus comments", "<?>"),
        HostilePage("a script that never ends", "x", after: "<script>"),
        HostilePage("a script of tags", "<", after: "<script>"),
        HostilePage("scripts in comments in a script", "<!--<script>", after: "<script>"),
        HostilePage("comments in a script", "<!--", after: "<script>"), HostilePage("scripts", "<script><!--</script>"),
        HostilePage("JSON that opens", "[{\"a\":", after: "<script type=application/ld+json>"),
        HostilePage(
            "JSON of backslashes", "\\",
            after: "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\""),
        HostilePage("a title", "<", after: "<title>"), HostilePage("titles", "<title>x</title>"),
        HostilePage("metadata", "<meta property=og:title content=x>"),
        HostilePage("dates", "<time datetime=2026-01-01>1 January 2026</time>"),
        HostilePage("plaintext", "<p>", after: "<plaintext>"),
        HostilePage("a text area", "</textare>", after: "<textarea>"),
        HostilePage("CDATA", "]]", after: "<svg><![CDATA["),
        HostilePage("CDATA sections", "<![CDATA[x]]>", after: "<svg>"),
        HostilePage("doctypes", "<!doctype>"), HostilePage("a long doctype", "x", after: "<!doctype "),
    ]

    private static let attributes: [HostilePage] = [
        HostilePage("one attribute", "x", after: "<p title=\"", before: "\">x"),
        HostilePage("an attribute that never ends", "x", after: "<a href=\""),
        HostilePage("many attributes", after: "<p ", before: ">x") { "a\($0) " },
        HostilePage("one attribute again and again", "a ", after: "<p "),
        HostilePage("an attribute of references", "&amp;", after: "<p title=\"", before: "\">x"),
        HostilePage("attributes of new names") { "<b a\($0) b\($0) c\($0)>" }, HostilePage("short tags", "<b a>"),
        HostilePage("dense tags", "<b a c d e f g h i j k l m n o p q r s t u v w x y z>"),
        HostilePage("classes", "article ", after: "<div class=\"", before: "\">x"),
        HostilePage("slashes", "/", after: "<a "), HostilePage("equals signs", "=", after: "<a "),
        HostilePage("space in a tag", " ", after: "<a "),
        HostilePage("attributes of the body") { "<body a\($0)>" },
        HostilePage("attributes of the root") { "<html a\($0)>" },
        HostilePage("elements of new names") { "<x\($0)>" }, HostilePage("end tags of new names") { "</x\($0)>" },
        HostilePage("a long name of an element", "x", after: "<"),
        HostilePage("names that crowd one place") { "<q\(String($0 &* 7919, radix: 36))z w\($0 % 97)q>" },
    ]

    private static let searches: [HostilePage] = [
        HostilePage("rules under spans", "<hr>", after: "<p><button>" + many("<span>", 500)),
        HostilePage("unknown end tags under spans", "</x>", after: "<x><object>" + many("<span>", 500)),
        HostilePage("items under blocks", "<li></li>", after: "<ul><li>" + many("<div>", 500)),
        HostilePage("end tags of items under spans", "</li>", after: "<li><object>" + many("<span>", 500)),
        HostilePage("end tags in SVG", "</y>", after: "<svg>" + many("<g>", 500)),
        HostilePage("ends of paragraphs", "</p>"),
        HostilePage("ends of lines", "</br>"),
    ]
}
