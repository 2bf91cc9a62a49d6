"""Tricks with character sets, media types, headers, size, and texts that the viewer shows on its own pages."""
from hostile.trick import PARAGRAPHS, Trick, out, page, run


def tricks():
    yield from charsets()
    yield from media()
    yield from headers()
    yield from sizes()
    yield from texts()


def script(name):
    return f"<script>{run(name)}</script>"


def charsets():
    def seven(text):
        return text.replace("<", "+ADw-").replace(">", "+AD4-").replace('"', "+ACI-")

    yield Trick("charset-utf7", page(seven(script("charset-utf7"))).replace(b"utf-8", b"utf-7"), "text/html; charset=utf-7", works=False)
    yield Trick("charset-utf7-bom", b"+/v8-" + seven(page(script("charset-utf7-bom")).decode()).encode(), "text/html", works=False)
    yield Trick("charset-utf16", page(script("charset-utf16")).decode().encode("utf-16-le"), "text/html", works=False)
    yield Trick("charset-utf16-named", page(script("charset-utf16-named")).decode().encode("utf-16-be"), "text/html; charset=utf-16be")
    yield Trick("charset-utf16-bom", page(script("charset-utf16-bom")).decode().encode("utf-16"), "text/html; charset=utf-8")
    escaped = page('<p title="\x1b$B"><p title="\x1b(B><img src=x onerror=RUN>">x</p>'.replace("RUN", run("charset-iso2022jp")))
    yield Trick("charset-iso2022jp", escaped.replace(b"utf-8", b"iso-2022-jp"), "text/html; charset=iso-2022-jp", works=False)
    dollars = page('<p id="\x1b(J">\\"><img src=x onerror=RUN></p>'.replace("RUN", run("charset-iso2022jp-yen"))).replace(b'<meta charset="utf-8">', b"")
    yield Trick("charset-iso2022jp-yen", dollars, "text/html")
    eaten = page('<p title="Q"> onmouseover="x"><p title=" onerror=RUN ">x</p>'.replace("RUN", run("charset-eaten"))).replace(b'"Q"', b'"\x83"')
    yield Trick("charset-eaten", eaten, "text/html; charset=shift_jis", works=False)
    yield Trick("charset-hz", page("~{<script>~}").replace(b"utf-8", b"hz-gb-2312"), "text/html; charset=hz-gb-2312", works=False)
    yield Trick("charset-markup", page(script("charset-markup")), 'text/html; charset="><script>alert(1)</script>"')


def media():
    html = lambda name: page(script(name) + f'<img src="{out(name)}">')
    for name, kind, works in [
        ("media-plain", "text/plain", False), ("media-none", "", True), ("media-octets", "application/octet-stream", False),
        ("media-png", "image/png", False), ("media-json", "application/json", False), ("media-unknown", "x/y", False),
        ("media-text-unknown", "text/unknown", False), ("media-two", "text/html, text/plain", False),
        ("media-markup", 'text/html; x="<script>alert(1)</script>"', True), ("media-mixed", "multipart/x-mixed-replace; boundary=x", False),
        ("media-mhtml", "multipart/related", False), ("media-css", "text/css", False), ("media-script", "text/javascript", False),
        ("media-case", "TEXT/HTML;CHARSET=UTF-8", True),
    ]:
        yield Trick(name, html(name), kind, works=works)
    space = 'xmlns="http://www.w3.org/1999/xhtml"'

    def xhtml(name, before="", inside=""):
        return Trick(name, (f'<?xml version="1.0" encoding="utf-8"?>{before}<html {space}><head><title>Bridge closed</title></head><body>'
                            f"<h1>Bridge closed</h1>{PARAGRAPHS}{inside}</body></html>").encode(), "application/xhtml+xml")

    yield xhtml("xml-script", inside=f"<script>//<![CDATA[\n{run('xml-script')}//]]></script>")
    yield xhtml("xml-stylesheet", f'<?xml-stylesheet type="text/css" href="{out("xml-stylesheet")}"?>')
    sheet = xhtml("xml-xslt", f'<?xml-stylesheet type="text/xsl" href="{out("xml-xslt")}"?>')
    sheet.works = False
    yield sheet
    bomb = xhtml("xml-entity-bomb", '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + "]>", "<p>&m;</p>")
    bomb.works = False
    yield bomb
    outside = xhtml("xml-entity-outside", f'<!DOCTYPE html [<!ENTITY x SYSTEM "{out("xml-entity-outside")}"><!ENTITY f SYSTEM "file:///etc/passwd">]>',
                    "<p>&x;&f;</p>")
    outside.works = False
    yield outside
    svg = (f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>new Image().src="{out("svg-page")}"</script>'
           f'<image href="{out("svg-page")}"/><foreignObject width="500" height="500"><p {space}>The old bridge</p></foreignObject></svg>')
    yield Trick("svg-page", svg.encode(), "image/svg+xml")
    yield Trick("svg-as-html", svg.replace("svg-page", "svg-as-html").encode(), "text/html")
    pdf = (f"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({out('pdf')})>>/AA<</WC<</S/JavaScript/JS(app.launchURL"
           f"('{out('pdf')}'))>>>>>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    yield Trick("pdf", pdf.encode(), "application/pdf", works=False)
    feed = (f'<?xml version="1.0"?><?xml-stylesheet href="{out("feed")}" type="text/css"?><rss version="2.0"><channel><title>x</title><item>'
            f'<description>&lt;img src="{out("feed")}"&gt;</description></item></channel></rss>')
    yield Trick("feed", feed.encode(), "application/rss+xml", works=False)


def headers():
    def of(name, *lines, works=False, body=""):
        made = [line.replace("OUT", out(name)) for line in lines]
        return Trick(name, page(body.replace("OUT", out(name))), headers=tuple(made), works=works)

    yield of("header-refresh", "Refresh: 0; url=OUT", works=True)
    yield of("header-link", "Link: <OUT>; rel=preload; as=image", "Link: <OUT>; rel=stylesheet", works=True)
    yield of("header-preconnect", "Link: <http://header-preconnect.outside.example>; rel=preconnect", works=True)
    yield of("header-cookie", "Set-Cookie: ran=1; Path=/", "Set-Cookie2: ran=2", "Clear-Site-Data: \"*\"")
    yield of("header-policy", "Content-Security-Policy: default-src * 'unsafe-inline'; report-uri OUT",
             "Content-Security-Policy-Report-Only: default-src 'none'; report-uri OUT", body='<img src="OUT">', works=True)
    yield of("header-report", 'Report-To: {"group":"x","max_age":9,"endpoints":[{"url":"OUT"}]}', 'NEL: {"report_to":"x","max_age":9}')
    yield of("header-transport", "Strict-Transport-Security: max-age=99999999", "Alt-Svc: h3=\":443\"", "Public-Key-Pins: x")
    yield of("header-frame", "X-Frame-Options: ALLOWALL", "Access-Control-Allow-Origin: *", "Service-Worker-Allowed: /")
    yield of("header-location", "Location: OUT", "Content-Location: OUT", "URI: OUT")
    yield of("header-speculation", 'Speculation-Rules: "OUT"', "Supports-Loading-Mode: fenced-frame", works=False)
    yield of("header-attachment", "Content-Disposition: attachment; filename=\"x.html\"", body='<img src="OUT">')
    yield of("header-length", "Content-Length: 3", "Transfer-Encoding: chunked", body='<img src="OUT">')
    yield of("header-line-ends", "X-A: b\rSet-Cookie: ran=1\r\tRefresh: 0;url=OUT", "X-B: c\n Set-Cookie: ran=1", "X-C: d\0e", "X-D: \x0bSet-Cookie: ran=1")
    yield of("header-markup", "X-<script>alert(1)</script>: </pre><script>alert(1)</script>", "X-Bidi: \u202eabc\u2066",
             'X-Quote: "\'><img src=x onerror=alert(1)>', "X-Mustache: {{headline}}{{{x}}}{{>page}}{{#a}}")
    yield of("header-long", "X-Long: " + "a" * 60_000, *[f"X-Many-{number}: x" for number in range(400)])


def sizes():
    start, end = page().split(b"</article>")
    end = b"</article>" + end
    yield Trick("size-nested", start + b"<div>" * 1_000_000 + b"x" + end, works=False, seconds=60)
    yield Trick("size-siblings", start + b"<i>x</i>" * 200_000 + end, works=False, seconds=60)
    yield Trick("size-attribute", start + b'<p title="' + b"a" * 20_000_000 + b'">x</p>' + end, works=False, seconds=60)
    yield Trick("size-formatting", start + b"<b><i><u><a href=x>" * 2_000 + b"</p>" * 2_000 + end, works=False, seconds=60)
    yield Trick("size-tables", start + b"<table><tr><td>" * 3_000 + b"x" + end, works=False, seconds=60)
    yield Trick("size-word", start + b"<p>" + b"w" * 400_000 + b"</p>" + end, works=False, seconds=60)
    yield Trick("size-entities", start + b"<p>" + b"&nGg;" * 40_000 + b"</p>" + end, works=False, seconds=60)
    yield Trick("size-marks", start + b"<p>" + ("Z" + "\u0300\u0489" * 60_000).encode() + b"</p>" + end, works=False, seconds=60)


MARKUP = '</title></script></style></textarea><script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg/onload=alert(1)>'
MUSTACHE = "{{7*7}} {{{headline}}} {{>page}} {{#articles}}x{{/articles}} {{=<% %>=}} ${7*7} #{7*7} <%= 7*7 %>"


def texts():
    escaped = MARKUP.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")

    def of(name, headline="Bridge to stay closed until spring", **more):
        parts = {key: more.pop(key) for key in ("body", "head", "html", "title") if key in more}
        return Trick(name, page(parts.pop("body", ""), headline=headline, **parts), works=False, **more)

    yield of("text-headline", escaped)
    yield of("text-headline-mustache", MUSTACHE.replace("<", "&lt;"))
    yield of("text-headline-bidi", "\u202eecruos \u2067abc\u2069\u2069\u200f (evil) \u202d\u2066x")
    yield of("text-headline-long", "Very long headline " * 5_000)
    yield of("text-headline-word", "x" * 20_000)
    yield of("text-headline-control", "A\x01B\x07C\x1bD\x7fE\ufeffF\u2028G\u0085H&#0;&#x1b;[31mI")
    yield of("text-headline-empty", " \u200b\u00a0 ")
    yield of("text-headline-closing", "--&gt;]]&gt;&lt;/main&gt;&lt;/body&gt;&lt;/html&gt;&lt;plaintext&gt;")
    yield of("text-byline", head=f'<meta name="author" content="{escaped}">')
    yield of("text-byline-mustache", head=f'<meta name="author" content="{MUSTACHE.replace("<", "&lt;")}">')
    yield of("text-body", body=f"<p>{escaped} {MUSTACHE.replace('<', '&lt;')} and then some more words of the story to make a paragraph.</p>" * 3)
    yield of("text-body-bidi", body="<p>\u202e\u202e\u202eThis paragraph turns everything that follows around, and never says where it ends.</p>" * 3)
    yield of("text-language", html="<html lang='en\"&gt;&lt;script&gt;alert(1)&lt;/script&gt;' dir='rtl\" onload=\"alert(1)'>")
    yield of("text-site", head=f'<meta property="og:site_name" content="{escaped}">')
    yield of("text-dates", head='<meta property="article:published_time" content="2026-01-01T00:00:00Z&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">')
    yield of("text-canonical", head='<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="javascript:alert(1)">')
    yield of("text-image", body='<figure><img src="javascript:alert(1)" alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"><figcaption>'
             f"{escaped}</figcaption></figure>")
    yield of("text-structured", head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"<\\/script><script>alert(1)<\\/script>",'
             '"author":{"name":"{{x}}"},"url":"javascript:alert(1)","datePublished":"<b>"}</script>')
    yield of("url-markup", url='http://url-markup.hostile.example/"><script>alert(1)</script><img src=x onerror=alert(1)>')
    yield of("url-encoded", url="http://url-encoded.hostile.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E%0d%0aSet-Cookie:ran=1%00")
    yield of("url-quote", url="http://url-quote.hostile.example/a'b`c{{x}}?q=<b>&r=\"#x")
    yield of("url-climbing", url="http://url-climbing.hostile.example/../../../../etc/passwd/%2e%2e%2f%2e%2e%2f/..%5c..%5cx")
    yield of("url-odd-host", url="http://xn--url-odd-host-\u202e.hostile.example//evil.example/\u202egpj.html")
    yield of("url-long", url="http://url-long.hostile.example/" + "a" * 3_000)
    yield of("url-question", url="http://url-question.hostile.example/?&=%&%zz&a[]=1;b;;#")
    yield of("url-javascript", url="javascript:alert(document.domain)//url-javascript")
    yield of("url-data", url="data:text/html,<script>alert(1)</script>")
    yield of("url-user", url="http://admin:secret@url-user.hostile.example:99999/x")
