import Extraction
import Testing

@Suite("SVG, MathML and fragments (WHATWG HTML 13.2.6.5, 13.4)")
struct ForeignContentTests {
    @Test("SVG and MathML in a page", arguments: foreign)
    func foreignTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("what a fragment is depends on where it would stand", arguments: fragments)
    func fragmentTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    static let foreign: [HTMLCase] = [
        HTMLCase("elements close themselves", "<svg><path/><g/>a</svg>b", "svg:svg{svg:path{} svg:g{} 'a'} 'b'"),
        HTMLCase(
            "names of SVG keep their capitals", "<svg viewbox=1><foreignobject><lineargradient>",
            "svg:svg[viewBox=1]{svg:foreignObject{lineargradient{}}}"),
        HTMLCase(
            "other names lose them", "<svg><LinearGradient GradientUnits=x><Foo Bar=1>",
            "svg:svg{svg:linearGradient[gradientUnits=x]{svg:foo[bar=1]{}}}"),
        HTMLCase(
            "an attribute of MathML", "<math definitionurl=x viewbox=y>", "math:math[definitionURL=x,viewbox=y]{}"),
        HTMLCase("a block ends SVG", "<svg><g><p>a", "svg:svg{svg:g{}} p{'a'}"),
        HTMLCase("formatting ends MathML", "<math><mrow><b>a", "math:math{math:mrow{}} b{'a'}"),
        HTMLCase(
            "font ends it only with its own attributes", "<svg><font x=1>a</font><font color=b>c",
            "svg:svg{svg:font[x=1]{'a'}} font[color=b]{'c'}"),
        HTMLCase("links do not end it", "<svg><a>b</a></svg>c", "svg:svg{svg:a{'b'}} 'c'"),
        HTMLCase(
            "HTML in foreignObject, desc and title",
            "<svg><desc><p>a</p></desc><title><b>c</b></title><foreignObject><div>d",
            "svg:svg{svg:desc{p{'a'}} svg:title{b{'c'}} svg:foreignObject{div{'d'}}}"),
        HTMLCase(
            "HTML in text of MathML", "<math><mi><b>a</b></mi><mtext><p>b",
            "math:math{math:mi{b{'a'}} math:mtext{p{'b'}}}"),
        HTMLCase("but mglyph and malignmark", "<math><mi><mglyph><b>", "math:math{math:mi{math:mglyph{} b{}}}"),
        HTMLCase(
            "HTML in an annotation that says so", "<math><annotation-xml encoding='Text/HTML'><p>a",
            "math:math{math:annotation-xml[encoding=Text/HTML]{p{'a'}}}"),
        HTMLCase(
            "and in no other", "<math><annotation-xml encoding='text/xml'><p>a",
            "math:math{math:annotation-xml[encoding=text/xml]{}} p{'a'}"),
        HTMLCase(
            "SVG in an annotation", "<math><annotation-xml><svg><g>", "math:math{math:annotation-xml{svg:svg{svg:g{}}}}"
        ),
        HTMLCase("a CDATA section is text", "<svg><![CDATA[a<b>]]&amp;]]>c", "svg:svg{'a<b>]]&amp;c'}"),
        HTMLCase("a script in SVG holds markup", "<svg><script>a<b/>c</script>d", "svg:svg{svg:script{'a'}} b{'cd'}"),
        HTMLCase(
            "a style in SVG holds markup", "<svg><style>a<g/>&amp;</style>", "svg:svg{svg:style{'a' svg:g{} '&'}}"),
        HTMLCase("an end tag of a paragraph ends it", "<svg><g></p>a", "svg:svg{svg:g{}} p{} 'a'"),
        HTMLCase("an end tag closes what is in it", "<svg><g><path></svg>a", "svg:svg{svg:g{svg:path{}}} 'a'"),
        HTMLCase(
            "end tags in any case", "<svg><foreignObject>a</FOREIGNOBJECT>b</SVG>c",
            "svg:svg{svg:foreignObject{'a'} 'b'} 'c'"),
        HTMLCase(
            "SVG in a table goes before it", "<table><svg><g>a</g></svg><tr><td>b",
            "svg:svg{svg:g{'a'}} table{tbody{tr{td{'b'}}}}"),
        HTMLCase(
            "SVG in a paragraph", "<p>a<svg><title>b</title></svg>c<p>d", "p{'a' svg:svg{svg:title{'b'}} 'c'} p{'d'}"),
        HTMLCase("SVG in a select", "<select><option><svg><g></select>a", "select{option{svg:svg{svg:g{}}}} 'a'"),
    ]

    static let fragments: [HTMLCase] = [
        .fragment("in a block", in: .div, "a<p>b</div>c", "'a' p{'bc'}"),
        .fragment("in a table", in: .table, "<tr><td>a", "tbody{tr{td{'a'}}}"),
        .fragment("in a row", in: .tr, "<td>a<td>b</tr><p>", "td{'a'} td{'b' p{}}"),
        .fragment("in a cell", in: .td, "a</td><b>c", "'a' b{'c'}"),
        .fragment("in a part of a table", in: .tbody, "<td>a", "tr{td{'a'}}"),
        .fragment("in a list of columns", in: .colgroup, "<col>a<col>", "col{} col{}"),
        .fragment("in a template", in: .template, "<td>a", "td{'a'}"),
        .fragment("in a title", in: .title, "<b>&amp;</title>", "'<b>&</title>'"),
        .fragment("in a script", in: .script, "<!--&amp;</script>", "'<!--&amp;</script>'"),
        .fragment("in a style", in: .style, "a<b>", "'a<b>'"),
        .fragment("in a head", in: .head, "<title>a</title><p>b", "title{'a'} p{'b'}"),
        .fragment("in html", in: .html, "<body>a", "head{} body{'a'}"),
        .fragment("in a select", in: .select, "<option>a<input><option>b", "option{'a'} option{'b'}"),
        .fragment("in SVG", in: .svg, of: .svg, "<g/><lineargradient>a", "svg:g{} svg:linearGradient{'a'}"),
        .fragment("in a foreign object", in: .foreignObject, of: .svg, "<p>a", "p{'a'}"),
        .fragment("in MathML", in: .math, of: .mathML, "<mi><b>a", "math:mi{b{'a'}}"),
        .fragment("in frames", in: .frameset, "<frame>a<frameset>", "frame{} frameset{}"),
        .fragment("a body has no place in one", in: .div, "<html a=1><head><body b=2>c", "'c'"),
    ]
}
