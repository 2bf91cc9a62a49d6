"""What a hostile page tries, and the page around it. Everything outside is at NAME.outside.example, which the tests' browser finds at the trap."""
import dataclasses

PARAGRAPHS = """
<p>The old bridge over the Delin will stay closed until spring, the town council said on Monday after a long debate about money.</p>
<p>Some 4,200 people use it every day, and “there is no other way across for ten miles”, said its engineer, Ruth Okafor.</p>
<p>Repairs are expected to cost 1.4 million and to begin when the water is low enough for the divers to work safely.</p>
<p>Shopkeepers on the eastern bank have asked for a ferry, which the council promised to consider before the summer.</p>
"""

# Proves that a program loaded by a page can show itself: a file that the trap hands out.
BIG = 'style="position:absolute;left:0;top:0;width:100%;height:100%;display:block;z-index:9;font-size:90px"'


@dataclasses.dataclass
class Trick:
    name: str
    body: bytes
    media: str = "text/html; charset=utf-8"
    headers: tuple = ()
    url: str = ""
    # What an unprotected browser does with it: nothing, if the trick is for the viewer's own pages or for browsers of the past.
    works: bool = True
    # Where a click in its middle is part of it.
    click: bool = False
    # How long it may take to be shown.
    seconds: float = 20

    @property
    def address(self):
        return self.url or f"http://{self.name}.hostile.example/story"


def out(name, rest=""):
    return f"http://{name}.outside.example/load/{name}{rest}"


def run(name):
    """A program of one line with neither double quotes nor spaces, that fits into any attribute."""
    return (f"fetch('http://{name}.outside.example/ran/{name}',{{mode:'no-cors'}});document.title='RAN';"
            "try{localStorage.ran=1;document.cookie='ran=1'}catch(e){}")


def page(body="", head="", headline="Bridge to stay closed until spring", html='<html lang="en">', start="<body>", title=None):
    title = headline if title is None else title
    return (f'<!DOCTYPE html>\n{html}<head><meta charset="utf-8"><title>{title}</title>{head}</head>\n{start}<article><h1>{headline}</h1>'
            f"{PARAGRAPHS}{body}</article></body></html>\n").encode("utf-8", "surrogatepass")
