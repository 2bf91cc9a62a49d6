import Extraction
import Testing

@Suite("The tree: what is opened, closed and moved (WHATWG HTML 13.2.6)")
struct TreeConstructionTests {
    @Test("what a page leaves out is there", arguments: implied)
    func impliedTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("blocks close one another", arguments: blocks)
    func blocksTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("misnested formatting is put right", arguments: formatting)
    func formattingTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("tables hold cells, and what is none goes before them", arguments: tables)
    func tablesTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    @Test("forms, selects, frames and ruby", arguments: others)
    func othersTree(_ example: HTMLCase) {
        #expect(example.result == example.outline)
    }

    static let implied: [HTMLCase] = [
        .page("html, head and body", "x", "html{head{} body{'x'}}"),
        .page(
            "a head of what belongs there", "<meta charset=utf-8><title>a</title><p>b",
            "html{head{meta[charset=utf-8]{} title{'a'}} body{p{'b'}}}"),
        .page("text ends the head", "<title>a</title>b<link>", "html{head{title{'a'}} body{'b' link{}}}"),
        .page("space does not", "<title>a</title> <link> <p>", "html{head{title{'a'} ' ' link{} ' '} body{p{}}}"),
        .page("head elements after the head go into it", "<head></head><link><body>", "html{head{link{}} body{}}"),
        .page("a second body gives its attributes", "<body a=1>x<body a=2 b=3>y", "html{head{} body[a=1,b=3]{'xy'}}"),
        .page("a second html too", "<html a=1><p>x<html a=2 b=3>", "html[a=1,b=3]{head{} body{p{'x'}}}"),
        .page("a second head is dropped", "<head><title>a</title><head><link>", "html{head{title{'a'} link{}} body{}}"),
        .page("text after the body is in the body", "<body>a</body></html>b", "html{head{} body{'ab'}}"),
        .page(
            "elements after the body too", "<body>a</body><p>b</p></html><i>c", "html{head{} body{'a' p{'b'} i{'c'}}}"),
        .page("end tags before the body are dropped", "</p></div><title>a</title>", "html{head{title{'a'}} body{}}"),
        .page("an end tag of br opens a body", "</br>a", "html{head{} body{br{} 'a'}}"),
        .page(
            "metadata in noscript in the head", "<head><noscript><link><style>x</style></noscript><title>a",
            "html{head{noscript{link{} style{'x'}} title{'a'}} body{}}"),
        .page("other things end it", "<head><noscript><p>a</noscript>b", "html{head{noscript{}} body{p{'ab'}}}"),
    ]

    static let blocks: [HTMLCase] = [
        HTMLCase("a paragraph ends at the next", "<p>a<p>b", "p{'a'} p{'b'}"),
        HTMLCase("a paragraph ends at a block", "<p>a<div>b</div>c", "p{'a'} div{'b'} 'c'"),
        HTMLCase("new blocks too", "<p>a<article>b<p>c<figure>d", "p{'a'} article{'b' p{'c'} figure{'d'}}"),
        HTMLCase("an inline element does not end it", "<p>a<span><p>b", "p{'a' span{}} p{'b'}"),
        HTMLCase("an end tag without a paragraph makes one", "a</p>b", "'a' p{} 'b'"),
        HTMLCase("a paragraph in a button stays open", "<p><button><p>a</button>b", "p{button{p{'a'}} 'b'}"),
        HTMLCase("headings do not nest", "<h1>a<h2>b</h1>c", "h1{'a'} h2{'b'} 'c'"),
        HTMLCase("a heading ends with any heading's end tag", "<h1>a</h3>b", "h1{'a'} 'b'"),
        HTMLCase("list items", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul{li{'a'} li{'b' ul{li{'c'}}} li{'d'}}"),
        HTMLCase("a list item ends paragraphs and divs", "<li><div>a<li>b", "li{div{'a'}} li{'b'}"),
        HTMLCase("but no sections", "<ul><li><section>a<li>b", "ul{li{section{'a' li{'b'}}}}"),
        HTMLCase(
            "terms and definitions", "<dl><dt>a<dd>b<dt>c<dd><p>d</dl>e", "dl{dt{'a'} dd{'b'} dt{'c'} dd{p{'d'}}} 'e'"),
        HTMLCase("an end tag closes what is in it", "<div><section><p>a</div>b", "div{section{p{'a'}}} 'b'"),
        HTMLCase("an end tag of nothing is dropped", "<div>a</section>b", "div{'ab'}"),
        HTMLCase("an unknown end tag stops at blocks", "<x><div>a</x>b", "x{div{'ab'}}"),
        HTMLCase("unknown elements are inline", "<p>a<x-y>b</x-y>c", "p{'a' x-y{'b'} 'c'}"),
        HTMLCase("pre and listing end a paragraph", "<p>a<pre>b", "p{'a'} pre{'b'}"),
        HTMLCase("hr ends a paragraph", "<p>a<hr>b", "p{'a'} hr{} 'b'"),
        HTMLCase("a button ends at the next", "<button>a<button>b", "button{'a'} button{'b'}"),
        HTMLCase("a line break in another's end tag", "a</br>b", "'a' br{} 'b'"),
        HTMLCase("an object holds its formatting", "<b>a<object>b</b>c</object>d", "b{'a' object{'bc'} 'd'}"),
    ]

    static let formatting: [HTMLCase] = [
        HTMLCase("crossed elements", "<b>1<i>2</b>3</i>4", "b{'1' i{'2'}} i{'3'} '4'"),
        HTMLCase("formatting around a block", "<b>1<p>2</b>3</p>4", "b{'1'} p{b{'2'} '3'} '4'"),
        HTMLCase("two around a block", "<i><b>1<p>2</i>3</p>4</b>", "i{b{'1'}} b{p{i{'2'} '3'} '4'}"),
        HTMLCase("formatting goes on in the next paragraph", "<p><b>1<p>2", "p{b{'1'}} p{b{'2'}}"),
        HTMLCase(
            "with its attributes", "<p><font color=red size=2>1<p>2",
            "p{font[color=red,size=2]{'1'}} p{font[color=red,size=2]{'2'}}"),
        HTMLCase("until its end tag", "<p><b>1<p>2</b>3<p>4", "p{b{'1'}} p{b{'2'} '3'} p{'4'}"),
        HTMLCase("three of a kind go on, not four", "<p><b><b><b><b>1<p>2", "p{b{b{b{b{'1'}}}}} p{b{b{b{'2'}}}}"),
        HTMLCase(
            "other attributes are another kind", "<p><b a><b><b><b>1<p>2",
            "p{b[a=]{b{b{b{'1'}}}}} p{b[a=]{b{b{b{'2'}}}}}"),
        HTMLCase("a link ends at the next", "<a href=1>x<a href=2>y", "a[href=1]{'x'} a[href=2]{'y'}"),
        HTMLCase(
            "also across a block", "<a href=1><div>x<a href=2>y", "a[href=1]{} div{a[href=1]{'x'} a[href=2]{'y'}}"),
        HTMLCase(
            "a link in a table cell is another's", "<a>1<table><td><a>2</table>", "a{'1' table{tbody{tr{td{a{'2'}}}}}}"),
        HTMLCase("nobr does not nest", "<nobr>1<nobr>2", "nobr{'1'} nobr{'2'}"),
        HTMLCase("an end tag of nothing", "1</b>2</i></a>3", "'123'"),
        HTMLCase("an end tag out of scope", "<b><table><td></b>1</table>", "b{table{tbody{tr{td{'1'}}}}}"),
        HTMLCase("blocks are moved out of formatting", "<b><em><div>1</b>2", "b{em{}} em{div{b{'1'} '2'}}"),
        HTMLCase("span is not formatting", "<p><span>1<p>2", "p{span{'1'}} p{'2'}"),
        HTMLCase("formatting opens again after a block", "<div><i>1</div>2", "div{i{'1'}} i{'2'}"),
        HTMLCase("but not for what is no text or element", "<div><i>1</div><!--c-->", "div{i{'1'}} <!c>"),
        HTMLCase("a marquee keeps formatting within", "<marquee><b>1</marquee>2", "marquee{b{'1'}} '2'"),
        HTMLCase(
            "a link ends a link that its item has closed", "<ul><li><a>1<li><a>2</ul>", "ul{li{a{'1'}} li{a{'2'}}}"),
    ]

    static let tables: [HTMLCase] = [
        HTMLCase("tbody and tr are implied", "<table><td>1", "table{tbody{tr{td{'1'}}}}"),
        HTMLCase("tr ends cells", "<table><tr><td>1<td>2<tr><th>3", "table{tbody{tr{td{'1'} td{'2'}} tr{th{'3'}}}}"),
        HTMLCase(
            "parts of a table end one another", "<table><thead><tr><td>1<tbody><tr><td>2<tfoot>",
            "table{thead{tr{td{'1'}}} tbody{tr{td{'2'}}} tfoot{}}"),
        HTMLCase(
            "colgroup is implied", "<table><col><col><tr><td>1", "table{colgroup{col{} col{}} tbody{tr{td{'1'}}}}"),
        HTMLCase("a caption", "<table><caption>1<p>2<tr><td>3", "table{caption{'1' p{'2'}} tbody{tr{td{'3'}}}}"),
        HTMLCase(
            "text goes before the table", "<table>1<tr>2<td>3</td>4</tr>5</table>6",
            "'1245' table{tbody{tr{td{'3'}}}} '6'"),
        HTMLCase("space stays in it", "<table> <tr> <td>1", "table{' ' tbody{tr{' ' td{'1'}}}}"),
        HTMLCase("elements go before the table", "<div><table><p>1<tr><td>2", "div{p{'1'} table{tbody{tr{td{'2'}}}}}"),
        HTMLCase(
            "formatting does too, and goes on", "<table><b>1<tr><td>2</table>3",
            "b{'1'} table{tbody{tr{td{'2'}}}} b{'3'}"),
        HTMLCase("a table in a table ends it", "<table><table><td>1", "table{} table{tbody{tr{td{'1'}}}}"),
        HTMLCase(
            "a table in a cell does not", "<table><td><table><td>1</table>2",
            "table{tbody{tr{td{table{tbody{tr{td{'1'}}}} '2'}}}}"),
        HTMLCase("cells outside of tables are dropped", "<tr><td>1</td></tr>", "'1'"),
        HTMLCase(
            "a hidden input stays in the table", "<table><input type=HIDDEN><input>",
            "input{} table{input[type=HIDDEN]{}}"),
        HTMLCase(
            "scripts and templates too", "<table><script>1</script><template>2</template>",
            "table{script{'1'} template{'2'}}"),
        HTMLCase("a form is empty in a table", "<table><form a=1><tr><td>1", "table{form[a=1]{} tbody{tr{td{'1'}}}}"),
        HTMLCase("a table ends no paragraph in quirks mode", "<p>1<table><td>2", "p{'1' table{tbody{tr{td{'2'}}}}}"),
        .page(
            "but does in standards mode", "<!DOCTYPE html><p>1<table><td>2",
            "!html html{head{} body{p{'1'} table{tbody{tr{td{'2'}}}}}}"),
        .page(
            "old doctypes mean quirks mode",
            "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN'><p>1<table>",
            "!html[public=-//W3C//DTD HTML 4.01 Transitional//EN] html{head{} body{p{'1' table{}}}}"),
        .page(
            "not with a system identifier",
            "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN' 'x'><p>1<table>",
            "!html[public=-//W3C//DTD HTML 4.01 Transitional//EN,system=x] html{head{} body{p{'1'} table{}}}"),
        HTMLCase(
            "an end tag of a table part ends the cell", "<table><td><b>1</tbody>2", "'2' table{tbody{tr{td{b{'1'}}}}}"),
        HTMLCase(
            "an end tag that is none of its parts is dropped", "<table><td>1</body></html></caption>2",
            "table{tbody{tr{td{'12'}}}}"),
        HTMLCase("comments stay in it", "<table><!--1--><tr><!--2-->", "table{<!1> tbody{tr{<!2>}}}"),
        HTMLCase("a paragraph's end tag before a table", "<table></p>", "p{} table{}"),
        HTMLCase("text after a table in a paragraph", "<p><table></table>1", "p{table{} '1'}"),
    ]

    static let others: [HTMLCase] = [
        HTMLCase("a form in a form is dropped", "<form a=1>1<form a=2>2</form>3</form>4", "form[a=1]{'12'} '34'"),
        HTMLCase("a form's end tag leaves what is open in it", "<form><div>1</form>2</div>3", "form{div{'12'}} '3'"),
        HTMLCase(
            "options end one another", "<select><option>1<option>2<optgroup><option>3</select>4",
            "select{option{'1'} option{'2'} optgroup{option{'3'}}} '4'"),
        HTMLCase(
            "a select holds what it is given", "<select><button>1</button><option><b>2</b></select>",
            "select{button{'1'} option{b{'2'}}}"),
        HTMLCase("a select in a select ends it", "<select><option>1<select>2", "select{option{'1'}} '2'"),
        HTMLCase("an input ends a select", "<select><option>1<input>", "select{option{'1'}} input{}"),
        HTMLCase("options outside of a select", "<option>1<option>2", "option{'1'} option{'2'}"),
        HTMLCase("ruby", "<ruby>a<rt>b<rp>c<rt>d</ruby>e", "ruby{'a' rt{'b'} rp{'c'} rt{'d'}} 'e'"),
        HTMLCase("a ruby text container", "<ruby><rtc>a<rt>b", "ruby{rtc{'a' rt{'b'}}}"),
        .page(
            "frames", "<frameset><frame src=a>text<frame></frameset><noframes>b</noframes>",
            "html{head{} frameset{frame[src=a]{} frame{}} noframes{'b'}}"),
        .page("frames in place of an empty body", "<p></p><frameset><frame>", "html{head{} frameset{frame{}}}"),
        .page("not of one with text", "<p>a<frameset><frame>", "html{head{} body{p{'a'}}}"),
        .page(
            "templates are part of the head", "<template><p>a</template><title>b",
            "html{head{template{p{'a'}} title{'b'}} body{}}"),
        HTMLCase(
            "cells stand in a template by themselves", "<p><template><td>a</td><td>b</template>",
            "p{template{td{'a'} td{'b'}}}"),
        HTMLCase("rows in a template", "<p><template><tr><td>a</template>b", "p{template{tr{td{'a'}}} 'b'}"),
        HTMLCase("columns in a template", "<p><template><col>a<col></template>", "p{template{col{} col{}}}"),
        HTMLCase("a template keeps formatting within", "<p><template><b>a</template>b", "p{template{b{'a'}} 'b'}"),
        HTMLCase(
            "templates in templates", "<p><template>a<template>b</template>c</template>d",
            "p{template{'a' template{'b'} 'c'} 'd'}"),
        HTMLCase("an end tag of a template that is not open", "<p>a</template>b", "p{'ab'}"),
        HTMLCase(
            "an end tag does not reach out of a template", "<div><template></div>a</template>b</div>c",
            "div{template{'a'} 'b'} 'c'"),
    ]
}
