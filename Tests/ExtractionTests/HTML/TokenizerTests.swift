import Extraction
import Testing

@Suite("Tokens: tags, attributes, references, comments, doctypes (WHATWG HTML 13.2.5)")
struct TokenizerTests {
    @Test("character references in text are decoded as browsers decode them", arguments: references)
    func referenceTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("tags and attributes are read as browsers read them", arguments: tags)
    func tagTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("comments and doctypes begin and end where browsers say", arguments: comments + doctypes)
    func commentTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("a page may end anywhere", arguments: ends)
    func endTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("line ends, NULs and text elements are read as browsers read them", arguments: characters + rawTexts)
    func textTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    static let references: [HTMLCase] = [
        HTMLCase("a named reference", "a &amp; b", "'a & b'"),
        HTMLCase("names are case-sensitive", "&AMP;&Aacute;&aacute;&aMP;", "'&Áá&aMP;'"),
        HTMLCase("old names need no semicolon", "&copy 2026 &eacutex", "'© 2026 éx'"),
        HTMLCase("new names need one", "&hellip &hellip;", "'&hellip …'"),
        HTMLCase("the longest name counts", "&notin; &notit; &not", "'∉ ¬it; ¬'"),
        HTMLCase("a name of two characters", "&NotEqualTilde;", "'≂̸'"),
        HTMLCase("an unknown name stays", "&nosuch; &;", "'&nosuch; &;'"),
        HTMLCase("a lone ampersand stays", "a & b && c&", "'a & b && c&'"),
        HTMLCase("decimal and hexadecimal numbers", "&#233;&#xE9;&#XE9", "'ééé'"),
        HTMLCase("a number without digits stays", "&#; &#x; &#xg;", "'&#; &#x; &#xg;'"),
        HTMLCase("a number ends at the first other character", "&#65A &#x41G", "'AA AG'"),
        HTMLCase("numbers of windows-1252 are meant by C1 controls", "&#146;&#150;&#x80;", "'’–€'"),
        HTMLCase(
            "numbers that are no character", "&#0;&#xD800;&#x110000;&#99999999999;",
            "'\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}'"),
        HTMLCase("a reference is decoded once", "&amp;lt;", "'&lt;'"),
        HTMLCase("a reference that makes markup makes none", "&lt;b&gt;x", "'<b>x'"),
        HTMLCase("a no-break space stays", "a&nbsp;b", "'a\u{A0}b'"),
        HTMLCase("in attributes", "<p title='&lt;&amp;&quot;'>", "p[title=<&\"]{}"),
        HTMLCase(
            "in attributes names without semicolon end at no letter", "<p title='?a=1&copy=2&copyx&copy;&copy'>",
            "p[title=?a=1&copy=2&copyx©©]{}"),
        HTMLCase("in addresses", "<a href=?a=b&lang=en&amp;c=d>x</a>", "a[href=?a=b&lang=en&c=d]{'x'}"),
        HTMLCase("numbers in attributes", "<p title=&#65&#x42;>", "p[title=AB]{}"),
        HTMLCase("none in raw text", "<xmp>&lt;</xmp><style>&amp;</style>", "xmp{'&lt;'} style{'&amp;'}"),
        HTMLCase("but in titles and text areas", "<p><textarea>&amp;<b></textarea>", "p{textarea{'&<b>'}}"),
    ]

    static let tags: [HTMLCase] = [
        HTMLCase("names are in lower case", "<DIV CLASS=Big>x</dIv>y", "div[class=Big]{'x'} 'y'"),
        HTMLCase("the first of two attributes counts", "<p ID=1 id=2 Id=3>", "p[id=1]{}"),
        HTMLCase("quotes may be left out", "<p a=1 b='2' c=\"3\" d>", "p[a=1,b=2,c=3,d=]{}"),
        HTMLCase("space around the equals sign", "<p a = 1 b= '2' c =\n\"3\">", "p[a=1,b=2,c=3]{}"),
        HTMLCase("no space after a quote", "<p a='1'b=\"2\"c>", "p[a=1,b=2,c=]{}"),
        HTMLCase("a greater-than sign in quotes", "<p a='>' b>x", "p[a=>,b=]{'x'}"),
        HTMLCase("quotes in unquoted values and in names", "<p a=b'c\"d e'f=1>", "p[a=b'c\"d,e'f=1]{}"),
        HTMLCase("an equals sign begins a name", "<p =a=b>", "p[=a=b]{}"),
        HTMLCase("an empty value", "<p a= >x", "p[a=]{'x'}"),
        HTMLCase("a slash between attributes", "<p a/b / c=d/>x", "p[a=,b=,c=d/]{'x'}"),
        HTMLCase("a slash ends no ordinary element", "<div/>x<b/>y", "div{'x' b{'y'}}"),
        HTMLCase("void elements", "a<br>b<br/>c<hr>d<img src=x>e", "'a' br{} 'b' br{} 'c' hr{} 'd' img[src=x]{} 'e'"),
        HTMLCase("an end tag with attributes", "<p>a</p class=x>b", "p{'a'} 'b'"),
        HTMLCase("an end tag that closes itself", "<b>a</b/>b", "b{'a'} 'b'"),
        HTMLCase("a less-than sign before no name", "a < b <3 <", "'a < b <3 <'"),
        HTMLCase("an end tag without a name", "a</>b</ x>c</3>d", "'ab' <! x> 'c' <!3> 'd'"),
        HTMLCase("names hold nearly anything", "<a-b:c'd\"e<f>x", "a-b:c'd\"e<f{'x'}"),
        HTMLCase("names end at white space of any kind", "<p\ta\u{0C}b\nc>", "p[a=,b=,c=]{}"),
        HTMLCase("letters beyond ASCII keep their case", "<xÉ Ü=1>", "xÉ[Ü=1]{}"),
        HTMLCase("image is an old name of img", "<image src=x>", "img[src=x]{}"),
    ]

    static let comments: [HTMLCase] = [
        HTMLCase("a comment", "a<!-- b -->c", "'a' <! b > 'c'"),
        HTMLCase("comments that end at once", "<p><!--><!---><!---->", "p{<!> <!> <!>}"),
        HTMLCase("a comment that ends in an exclamation mark", "<p><!--a--!>b", "p{<!a> 'b'}"),
        HTMLCase("dashes in a comment", "<p><!--a--b- ->--->c", "p{<!a--b- ->-> 'c'}"),
        HTMLCase("a comment within a comment", "<p><!--a<!--b-->c-->", "p{<!a<!--b> 'c-->'}"),
        HTMLCase(
            "instructions and unknown declarations are comments", "<p><?php x?><!ELEMENT y>z",
            "p{<!?php x?> <!ELEMENT y> 'z'}"),
        HTMLCase("a CDATA section is a comment in HTML", "<p><![CDATA[x]]>y", "p{<![CDATA[x]]> 'y'}"),
        HTMLCase("a single dash begins no comment", "<p><!-a-->b", "p{<!-a--> 'b'}"),
        .page(
            "comments outside the body",
            "<!--a--><html><!--b--><head></head><!--c--><body></body><!--d--></html><!--e-->",
            "<!a> html{<!b> head{} <!c> body{} <!d>} <!e>"),
    ]

    static let doctypes: [HTMLCase] = [
        .page("a doctype", "<!DOCTYPE html>x", "!html html{head{} body{'x'}}"),
        .page("a doctype in any case", "<!docType  HTML >x", "!html html{head{} body{'x'}}"),
        .page(
            "a doctype with identifiers", "<!DOCTYPE html PUBLIC \"-//A\" 'b'>",
            "!html[public=-//A,system=b] html{head{} body{}}"),
        .page(
            "a doctype with a system identifier", "<!DOCTYPE html SYSTEM 'about:legacy-compat'>",
            "!html[system=about:legacy-compat] html{head{} body{}}"),
        .page(
            "an identifier that does not end", "<!DOCTYPE html PUBLIC \"a>b", "!html[public=a] html{head{} body{'b'}}"
        ),
        .page("a doctype after content is dropped", "x<!DOCTYPE html>y", "html{head{} body{'xy'}}"),
        .page("white space before a doctype is dropped", " \n<!DOCTYPE html> <p>", "!html html{head{} body{p{}}}"),
    ]

    static let ends: [HTMLCase] = [
        .page("an empty page", "", "html{head{} body{}}"),
        HTMLCase("in a tag name", "a<b", "'a'"),
        HTMLCase("after a tag name", "a<b ", "'a'"),
        HTMLCase("in an attribute name", "a<b c", "'a'"),
        HTMLCase("before a value", "a<b c=", "'a'"),
        HTMLCase("in a value", "a<b c='d", "'a'"),
        HTMLCase("in an unquoted value", "a<b c=d", "'a'"),
        HTMLCase("after a value", "a<b c='d'", "'a'"),
        HTMLCase("after a slash", "a<b /", "'a'"),
        HTMLCase("in an end tag", "<b>a</b", "b{'a'}"),
        HTMLCase("after the less-than sign", "a<", "'a<'"),
        HTMLCase("after the slash of an end tag", "a</", "'a</'"),
        HTMLCase("after an exclamation mark", "a<!", "'a' <!>"),
        HTMLCase("in a bogus comment", "a<!b", "'a' <!b>"),
        HTMLCase("in a comment", "a<!--b", "'a' <!b>"),
        HTMLCase("in the end of a comment", "a<!--b-", "'a' <!b>"),
        HTMLCase("further in the end of a comment", "a<!--b--", "'a' <!b>"),
        HTMLCase("after an exclamation mark in a comment", "a<!--b--!", "'a' <!b>"),
        .page("in a doctype", "<!DOCTYPE", "! html{head{} body{}}"),
        .page("in the name of a doctype", "<!DOCTYPE ht", "!ht html{head{} body{}}"),
        .page("in an identifier", "<!DOCTYPE html PUBLIC 'x", "!html[public=x] html{head{} body{}}"),
        HTMLCase("in a reference", "a&am", "'a&am'"),
        HTMLCase("in an old reference", "a&amp", "'a&'"),
        HTMLCase("in a number", "a&#6", "'a\u{6}'"),
        .page("in a title", "<title>a<b", "html{head{title{'a<b'}} body{}}"),
        .page("in a script", "<script>a<!--b<script>", "html{head{script{'a<!--b<script>'}} body{}}"),
        .page("in the end tag of a script", "<script>a</script ", "html{head{script{'a'}} body{}}"),
        HTMLCase("in a text area", "<p><textarea>a</textare", "p{textarea{'a</textare'}}"),
        HTMLCase("in a CDATA section", "<svg><![CDATA[a]]", "svg:svg{'a]]'}"),
        HTMLCase("in a table cell", "<table><td>a", "table{tbody{tr{td{'a'}}}}"),
        .page("in a template", "<template><td>a", "html{head{template{td{'a'}}} body{}}"),
    ]

    static let characters: [HTMLCase] = [
        HTMLCase("CR LF and CR are LF", "a\r\nb\rc\r\r\nd", "'a⏎b⏎c⏎⏎d'"),
        HTMLCase("a CR as a reference stays", "a&#13;b", "'a\rb'"),
        HTMLCase("line ends in values", "<p title='a\r\nb'>", "p[title=a\nb]{}"),
        HTMLCase("the first line feed of pre is dropped", "<pre>\n\na</pre><pre>\r\nb</pre>", "pre{'⏎a'} pre{'b'}"),
        HTMLCase("the first line feed of a text area is dropped", "<textarea>\n\na</textarea>", "textarea{'⏎a'}"),
        HTMLCase("also as a reference", "<pre>&#10;a</pre>", "pre{'a'}"),
        HTMLCase("NULs in the body are dropped", "a\0b<p>\0c", "'ab' p{'c'}"),
        HTMLCase("NULs in names and values are replaced", "<p\0 a\0=b\0>x", "p\u{FFFD}[a\u{FFFD}=b\u{FFFD}]{'x'}"),
        HTMLCase("NULs in comments are replaced", "<p><!--a\0-->", "p{<!a\u{FFFD}>}"),
        HTMLCase("NULs in scripts are replaced", "<p><script>a\0</script>", "p{script{'a\u{FFFD}'}}"),
        HTMLCase("NULs in SVG are replaced", "<svg>a\0b", "svg:svg{'a\u{FFFD}b'}"),
        .page("a byte order mark is no text", "\u{FEFF}<title>a</title>", "html{head{title{'a'}} body{}}"),
    ]

    static let rawTexts: [HTMLCase] = [
        HTMLCase(
            "a script ends at its end tag only", "<p><script>a</b></scrip></script>b", "p{script{'a</b></scrip>'} 'b'}"),
        HTMLCase("in any case, with anything after", "<p><script>a</SCRIPT x=y>b", "p{script{'a'} 'b'}"),
        HTMLCase("a comment hides no end of a script", "<p><script><!-- </script>b", "p{script{'<!-- '} 'b'}"),
        HTMLCase(
            "a script within a comment does", "<p><script><!-- <script></script> --></script>b",
            "p{script{'<!-- <script></script> -->'} 'b'}"),
        HTMLCase(
            "until the comment ends", "<p><script><!-- <script> --></script>b", "p{script{'<!-- <script> -->'} 'b'}"),
        HTMLCase(
            "style, xmp, iframe and noembed hold text",
            "<xmp><b></xmp><iframe><b></iframe><noembed><b></noembed><style><b></style>",
            "xmp{'<b>'} iframe{'<b>'} noembed{'<b>'} style{'<b>'}"),
        .page("a title holds text", "<title><b>a</b></title>", "html{head{title{'<b>a</b>'}} body{}}"),
        .page(
            "noscript holds markup where scripts are off", "<body><noscript><p>a</noscript>",
            "html{head{} body{noscript{p{'a'}}}}"),
        HTMLCase(
            "plaintext never ends", "<p>a<plaintext><b></plaintext>&amp;", "p{'a'} plaintext{'<b></plaintext>&amp;'}"),
    ]
}
